//! `MAiDE-up`: real reviews from Booking.com and reviews by GPT-4, `real_<Language>.csv` and `generated_<Language>.csv`.

use super::masking::{Hotel, Masks};
use super::{CsvFile, ImportError, Imported, entries, key, label, name_of, one_line};
use crate::text::Language;
use std::collections::{BTreeMap, HashMap};
use std::path::Path;

/// Languages of the corpus for which names can be taken out without a trace.
const LANGUAGES: [(&str, Language); 5] = [
    ("English", Language::EN),
    ("French", Language::FR),
    ("German", Language::DE),
    ("Italian", Language::IT),
    ("Spanish", Language::ES),
];

/// What stands in a cell instead of nothing.
const MISSING: [&str; 7] = ["nan", "none", "na", "n/a", "null", "-", "."];

pub(super) fn import(path: &Path) -> Result<Imported, ImportError> {
    let mut hotels: HashMap<(String, String), Hotel> = HashMap::new();
    let mut counts = Counts::default();
    let mut rows = Vec::new();
    for file in entries(path)? {
        let Some((class, language)) = name_of(&file)
            .strip_suffix(".csv")
            .and_then(|name| name.split_once('_'))
        else {
            continue;
        };
        let fake = match class {
            "generated" => true,
            "real" => false,
            _ => continue,
        };
        let Some(&(_, language)) = LANGUAGES.iter().find(|(name, _)| *name == language) else {
            counts.other_languages.push(name_of(&file).to_owned());
            continue;
        };
        let csv = CsvFile::read(&file, &["Hotel Name", "City Name", "Upside_Review", "Downside_Review"])?;
        for record in &csv.records {
            let (name, city) = (one_line(csv.get(record, 0)), one_line(csv.get(record, 1)));
            let joined = counts.join(csv.get(record, 2), csv.get(record, 3), fake);
            if joined.is_empty() {
                counts.of(fake).empty += 1;
                continue;
            }
            let hotel = hotels
                .entry((name.clone(), city.clone()))
                .or_insert_with(|| Hotel::new(&name, &city));
            let (text, masks) = hotel.mask(&joined, language);
            if text.is_empty() {
                counts.of(fake).empty += 1;
                continue;
            }
            counts.of(fake).add(masks);
            rows.push(vec![
                String::new(),
                key("maide-up property", &format!("{name}\u{1f}{city}")),
                name,
                city,
                language.code().to_owned(),
                text,
                label(fake),
            ]);
        }
    }
    if rows.is_empty() {
        return Err(ImportError::NotTheCorpus {
            path: path.to_owned(),
            expected: "files such as real_English.csv and generated_English.csv".to_owned(),
            found: "none".to_owned(),
        });
    }
    let notes = counts.notes();
    Ok(Imported::new(
        &[
            "review_id",
            "property_id",
            "property_name",
            "property_place",
            "language",
            "text",
            "label",
        ],
        rows,
        notes,
    ))
}

#[derive(Default)]
struct Counts {
    by_class: BTreeMap<bool, ClassCounts>,
    other_languages: Vec<String>,
}

#[derive(Default)]
struct ClassCounts {
    empty: usize,
    nan: usize,
    line_breaks: usize,
    one_side: usize,
    hotel_names: usize,
    city_names: usize,
}

impl ClassCounts {
    fn add(&mut self, masks: Masks) {
        self.hotel_names += usize::from(masks.hotel > 0);
        self.city_names += usize::from(masks.city > 0);
    }
}

impl Counts {
    fn of(&mut self, fake: bool) -> &mut ClassCounts {
        self.by_class.entry(fake).or_default()
    }

    /// Upside and downside in one line, without the word "nan".
    ///
    /// An upside without a full stop gets one before the downside: the two were fields of a form, not one sentence, and
    /// real guests leave the stop away where the generator never does.
    fn join(&mut self, upside: &str, downside: &str, fake: bool) -> String {
        let counts = self.of(fake);
        let is_nan = |word: &str| {
            word.trim_matches(|c: char| c.is_ascii_punctuation())
                .eq_ignore_ascii_case("nan")
        };
        counts.nan += usize::from(
            [upside, downside]
                .iter()
                .any(|side| side.split_whitespace().any(is_nan)),
        );
        counts.line_breaks += usize::from([upside, downside].iter().any(|side| side.trim().contains(['\n', '\r'])));
        let side = |side: &str| {
            let side = one_line(side);
            let kept = side
                .split(' ')
                .filter(|word| !is_nan(word))
                .collect::<Vec<_>>()
                .join(" ");
            if MISSING.contains(&kept.to_lowercase().as_str()) {
                String::new()
            } else {
                kept
            }
        };
        let (mut joined, downside) = (side(upside), side(downside));
        counts.one_side += usize::from(joined.is_empty() != downside.is_empty());
        if !joined.is_empty() && !downside.is_empty() {
            joined.push_str(if joined.ends_with(|c: char| c.is_alphanumeric() || c == ')') {
                ". "
            } else {
                " "
            });
        }
        joined + &downside
    }

    fn notes(mut self) -> Vec<String> {
        let mut notes = Vec::new();
        let (fakes, genuine) = (std::mem::take(self.of(true)), std::mem::take(self.of(false)));
        let mut note = |what: &str, count: fn(&ClassCounts) -> usize| {
            notes.push(format!(
                "{what}: in {} fake and {} genuine reviews",
                count(&fakes),
                count(&genuine)
            ));
        };
        note("upside and downside joined, one of the two missing", |counts| {
            counts.one_side
        });
        note("the word \"nan\" removed", |counts| counts.nan);
        note("line breaks and runs of white space made one blank", |counts| {
            counts.line_breaks
        });
        note(
            "the hotel's name replaced by \"the hotel\" in the review's language",
            |counts| counts.hotel_names,
        );
        note("the city's name taken out or replaced by \"the city\"", |counts| {
            counts.city_names
        });
        note("rows without text dropped", |counts| counts.empty);
        notes.push("score, sentiment and the language of the prompt left out".to_owned());
        if !self.other_languages.is_empty() {
            notes.push(format!(
                "not read, names cannot be masked in their language: {}",
                self.other_languages.join(", ")
            ));
        }
        notes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sides_are_joined_without_a_seam() {
        let mut counts = Counts::default();
        assert_eq!(counts.join("Clean\nand near ", "nan", true), "Clean and near");
        assert_eq!(counts.join("Clean", "Too loud.", false), "Clean. Too loud.");
        assert_eq!(counts.join("Clean!", " nan Too  loud. NaN.", false), "Clean! Too loud.");
        assert_eq!(counts.join("nan", "N/A", true), "");
        assert_eq!(
            (
                counts.of(true).nan,
                counts.of(true).line_breaks,
                counts.of(true).one_side
            ),
            (2, 1, 1)
        );
    }
}
