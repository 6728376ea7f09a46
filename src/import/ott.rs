//! The Deceptive Opinion Spam Corpus: `<polarity>_polarity/<class>_from_<source>/fold<k>/<c>_<hotel>_<i>.txt`.

use super::{ImportError, Imported, entries, label, name_of, one_line, read_text};
use std::path::{Path, PathBuf};

pub(super) const POLARITIES: [&str; 2] = ["positive", "negative"];

/// A review of the corpus and what its path says.
pub(super) struct OttReview {
    pub polarity: &'static str,
    pub fake: bool,
    pub fold: char,
    pub hotel: String,
    pub text: String,
    pub trimmed: bool,
}

pub(super) fn import(path: &Path) -> Result<Imported, ImportError> {
    let reviews = read(path)?;
    let trimmed = |fake: bool| {
        reviews
            .iter()
            .filter(|review| review.trimmed && review.fake == fake)
            .count()
    };
    let notes = vec![format!(
        "white space trimmed and collapsed in {} fake and {} genuine reviews",
        trimmed(true),
        trimmed(false)
    )];
    let header = ["review_id", "property_id", "text", "polarity", "fold", "label"];
    let rows = reviews.into_iter().map(|review| {
        vec![
            String::new(),
            review.hotel,
            review.text,
            review.polarity.to_owned(),
            review.fold.to_string(),
            label(review.fake),
        ]
    });
    Ok(Imported::new(&header, rows.collect(), notes))
}

/// The folder that holds the two polarities: the path, or the one folder in it that does.
pub(super) fn root_of(path: &Path) -> Result<PathBuf, ImportError> {
    let holds = |folder: &Path| {
        POLARITIES
            .iter()
            .all(|polarity| folder.join(format!("{polarity}_polarity")).is_dir())
    };
    if holds(path) {
        return Ok(path.to_owned());
    }
    let inner = entries(path)?.into_iter().find(|entry| holds(entry));
    inner.ok_or_else(|| ImportError::NotTheCorpus {
        path: path.to_owned(),
        expected: "the folders positive_polarity and negative_polarity".to_owned(),
        found: entries(path)
            .unwrap_or_default()
            .iter()
            .map(|entry| name_of(entry).to_owned())
            .collect::<Vec<_>>()
            .join(", "),
    })
}

pub(super) fn read(path: &Path) -> Result<Vec<OttReview>, ImportError> {
    let root = root_of(path)?;
    let mut reviews = Vec::new();
    for polarity in POLARITIES {
        for class in entries(&root.join(format!("{polarity}_polarity")))? {
            let fake = match name_of(&class) {
                name if name.starts_with("deceptive") => true,
                name if name.starts_with("truthful") => false,
                _ => continue,
            };
            for fold in entries(&class)?
                .into_iter()
                .filter(|fold| name_of(fold).starts_with("fold"))
            {
                for file in entries(&fold)? {
                    reviews.extend(review_of(&file, polarity, fake, &fold)?);
                }
            }
        }
    }
    if reviews.is_empty() {
        return Err(ImportError::NotTheCorpus {
            path: root,
            expected: "reviews such as positive_polarity/truthful_from_TripAdvisor/fold1/t_hilton_1.txt".to_owned(),
            found: "none".to_owned(),
        });
    }
    Ok(reviews)
}

fn review_of(file: &Path, polarity: &'static str, fake: bool, fold: &Path) -> Result<Option<OttReview>, ImportError> {
    let Some((_, hotel, _)) = parts(file) else {
        return Ok(None);
    };
    let raw = read_text(file)?;
    let text = one_line(&raw);
    let fold = name_of(fold).chars().last().unwrap_or('0');
    // A line break at the very end belongs to the file, not to the text.
    let trimmed = raw.strip_suffix('\n').unwrap_or(&raw) != text;
    Ok(Some(OttReview {
        polarity,
        fake,
        fold,
        hotel: hotel.to_owned(),
        text,
        trimmed,
    }))
}

/// Class, hotel and number from a file name such as `t_hilton_1.txt`.
pub(super) fn parts(file: &Path) -> Option<(&str, &str, &str)> {
    let mut parts = name_of(file).strip_suffix(".txt")?.split('_');
    let found = (parts.next()?, parts.next()?, parts.next()?);
    parts.next().is_none().then_some(found)
}
