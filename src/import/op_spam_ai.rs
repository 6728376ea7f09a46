//! `op_spam_AI`: what GPT-3 and Llama made of the first words of the truthful Ott reviews, and T5's paraphrases of GPT-3's.

use super::ott::{self, OttReview, POLARITIES};
use super::{ImportError, Imported, entries, label, name_of, one_line, read_text};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Words of the truthful review that the authors gave to the generator, by their README.
const PROMPT_WORDS: usize = 10;
/// Fewer words in common with the truthful review are chance, not a copy ("We stayed at the").
const FEWEST_COPIED: usize = 5;
/// Shorter remains say nothing.
const FEWEST_LEFT: usize = 5;

/// Folder of a generator, its name in the column, and whether its texts begin with the prompt.
const GENERATORS: [(&str, &str, bool); 3] = [
    ("generated_GPT3", "gpt3", true),
    ("generated_LLama", "llama", true),
    ("paraphrased", "t5-paraphrase", false),
];

/// The folds of the Ott corpus, by hotel.
const FOLDS: [(&str, [&str; 4]); 5] = [
    ("1", ["hilton", "james", "monaco", "sofitel"]),
    ("2", ["affinia", "ambassador", "hardrock", "talbott"]),
    ("3", ["conrad", "fairmont", "hyatt", "omni"]),
    ("4", ["homewood", "knickerbocker", "sheraton", "swissotel"]),
    ("5", ["allegro", "amalfi", "intercontinental", "palmer"]),
];

pub(super) fn import(path: &Path) -> Result<Imported, ImportError> {
    let ott = ott_beside(path);
    // A copied beginning is looked for in all truthful reviews: a few files are numbered unlike their source.
    let truthful: Option<Vec<&str>> = ott.as_ref().map(|reviews| {
        reviews
            .iter()
            .filter(|review| !review.fake)
            .map(|review| review.text.as_str())
            .collect()
    });
    let mut counts = Counts::default();
    let mut rows = Vec::new();
    for (folder, generator, prompted) in GENERATORS {
        for file in text_files(path, folder)? {
            let inside = file.strip_prefix(path).unwrap_or(&file).to_string_lossy().into_owned();
            let polarity = POLARITIES.into_iter().find(|polarity| inside.contains(polarity));
            let (Some(polarity), Some((_, hotel, _))) = (polarity, ott::parts(&file)) else {
                continue;
            };
            let Some(fold) = FOLDS
                .iter()
                .find_map(|(fold, hotels)| hotels.contains(&hotel).then_some(*fold))
            else {
                return Err(ImportError::NotTheCorpus {
                    path: file.clone(),
                    expected: "the name of one of the 20 Ott hotels".to_owned(),
                    found: hotel.to_owned(),
                });
            };
            let whole = one_line(&read_text(&file)?);
            let copied = |text: &str| match &truthful {
                Some(truthful) => truthful
                    .iter()
                    .map(|source| common_words(text, source))
                    .max()
                    .filter(|&words| words >= FEWEST_COPIED),
                None => prompted.then_some(PROMPT_WORDS),
            };
            let mut text = counts.cut(&whole, copied(&whole));
            // Some texts say the copied words again in the sentence after.
            while let Some(again) = text.as_deref().filter(|_| truthful.is_some()).and_then(copied) {
                text = text.and_then(|text| cut(&text, again));
            }
            counts.nothing_left += usize::from(text.is_none() && !whole.is_empty());
            if let Some(text) = text {
                *counts.kept.entry(generator).or_default() += 1;
                rows.push(vec![
                    String::new(),
                    hotel.to_owned(),
                    text,
                    polarity.to_owned(),
                    fold.to_owned(),
                    generator.to_owned(),
                    label(true),
                ]);
            }
        }
    }
    if rows.is_empty() {
        return Err(ImportError::NotTheCorpus {
            path: path.to_owned(),
            expected: "reviews such as generated_GPT3_positive/generated_GPT3_positive/g_hilton_1.txt".to_owned(),
            found: "none".to_owned(),
        });
    }
    let notes = counts.notes(truthful.is_some());
    Ok(Imported::new(
        &[
            "review_id",
            "property_id",
            "text",
            "polarity",
            "fold",
            "generator",
            "label",
        ],
        rows,
        notes,
    ))
}

/// The Ott reviews, where they lie beside this corpus.
fn ott_beside(path: &Path) -> Option<Vec<OttReview>> {
    let parent = path.canonicalize().ok()?.parent()?.to_owned();
    ["ott", "op_spam_v1.4"]
        .iter()
        .find_map(|name| ott::read(&parent.join(name)).ok())
}

#[derive(Default)]
struct Counts {
    empty: usize,
    cut: usize,
    nothing_left: usize,
    by_length: BTreeMap<usize, usize>,
    kept: BTreeMap<&'static str, usize>,
}

impl Counts {
    fn cut(&mut self, whole: &str, copied: Option<usize>) -> Option<String> {
        if whole.is_empty() {
            self.empty += 1;
            return None;
        }
        let Some(copied) = copied else {
            return Some(whole.to_owned());
        };
        *self.by_length.entry(copied).or_default() += 1;
        self.cut += 1;
        cut(whole, copied)
    }

    fn notes(&self, measured: bool) -> Vec<String> {
        let lengths = self
            .by_length
            .iter()
            .map(|(words, times)| format!("{words}: {times}"))
            .collect::<Vec<_>>()
            .join(", ");
        let how = if measured {
            format!(
                "as many words as each text has in common with the beginning of a truthful Ott review (words: texts; {lengths})"
            )
        } else {
            format!(
                "the first {PROMPT_WORDS} words of GPT-3 and Llama texts; the Ott corpus is not beside this one, so that the copied words could not be measured"
            )
        };
        vec![
            format!(
                "words copied from truthful Ott reviews cut from {} texts: {how}, and the rest of that sentence",
                self.cut
            ),
            format!(
                "{} empty texts and {} of which fewer than {FEWEST_LEFT} words were left dropped",
                self.empty, self.nothing_left
            ),
            format!(
                "kept: {}",
                self.kept
                    .iter()
                    .map(|(name, rows)| format!("{name} {rows}"))
                    .collect::<Vec<_>>()
                    .join(", ")
            ),
            "all are fakes: to learn from them, add the truthful reviews of the ott corpus".to_owned(),
        ]
    }
}

/// The text without the copied words; `None` where nothing of use is left.
///
/// Where the cut falls inside a sentence, the sentence goes: a text that begins in the middle of one would be known as
/// machine-written by that alone. Where it is the only sentence its rest is kept, with a capital.
fn cut(whole: &str, copied: usize) -> Option<String> {
    let words: Vec<&str> = whole.split(' ').collect();
    let rest = words.get(copied..).unwrap_or_default();
    let whole_sentence = words[..copied.min(words.len())]
        .last()
        .is_some_and(|word| ends_sentence(word));
    let next = if whole_sentence {
        Some(0)
    } else {
        rest.iter().position(|word| ends_sentence(word)).map(|end| end + 1)
    };
    let kept = next
        .and_then(|next| rest.get(next..))
        .filter(|kept| kept.len() >= FEWEST_LEFT)
        .unwrap_or(rest);
    (kept.len() >= FEWEST_LEFT).then(|| capitalised(&kept.join(" ")))
}

fn common_words(one: &str, other: &str) -> usize {
    one.split(' ').zip(other.split(' ')).take_while(|(a, b)| a == b).count()
}

fn ends_sentence(word: &str) -> bool {
    word.trim_end_matches(['"', '\'', ')', '”', '’'])
        .ends_with(['.', '!', '?', '…'])
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// Text files of the folders whose name starts so, at any depth, by path.
fn text_files(path: &Path, folder: &str) -> Result<Vec<PathBuf>, ImportError> {
    let mut files = Vec::new();
    let mut open: Vec<PathBuf> = entries(path)?
        .into_iter()
        .filter(|entry| entry.is_dir() && name_of(entry).starts_with(folder))
        .collect();
    while let Some(folder) = open.pop() {
        for entry in entries(&folder)? {
            if entry.is_dir() {
                open.push(entry);
            } else if name_of(&entry).ends_with(".txt") {
                files.push(entry);
            }
        }
    }
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Invented texts.
    #[test]
    fn copied_words_go_and_the_sentence_with_them() {
        let whole =
            "We came here for a wedding in the old town and it rained. The rooms were large and quiet at night.";
        assert_eq!(cut(whole, 10).unwrap(), "The rooms were large and quiet at night.");
        let ends = "We came here for a wedding in the old town. The rooms were large and quiet at night.";
        assert_eq!(cut(ends, 10).unwrap(), "The rooms were large and quiet at night.");
        let single = "We came here for a wedding in the old town and it rained without end for days";
        assert_eq!(cut(single, 10).unwrap(), "And it rained without end for days");
        assert_eq!(cut("We came here for a wedding in the old town.", 10), None);
        assert_eq!(Counts::default().cut("We came.", None).unwrap(), "We came.");
    }
}
