//! [`LabelReader`]: from the words of a label column to fake or genuine.
//!
//! Which word means fake is read from a table of vocabularies in use, never guessed, and always shown
//! ([`LabelReader::mapping`]). Two vocabularies in one file are an error: somebody joined two files, and whether `1` and
//! `fake` mean the same is not for us to say.

use crate::error::Position;
use std::sync::Arc;

/// A pair of words in use for labels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Vocabulary {
    /// How messages name it.
    name: &'static str,
    fake: &'static [&'static str],
    genuine: &'static [&'static str],
}

/// All that are read without being told, in the order in which messages list them. Lower case.
const VOCABULARIES: [Vocabulary; 6] = [
    Vocabulary {
        name: "fake/genuine",
        fake: &["fake"],
        genuine: &["genuine"],
    },
    // A table program or pandas writes a column of 0 and 1 with gaps as 0.0 and 1.0.
    Vocabulary {
        name: "1/0",
        fake: &["1", "1.0"],
        genuine: &["0", "0.0"],
    },
    Vocabulary {
        name: "deceptive/truthful",
        fake: &["deceptive"],
        genuine: &["truthful"],
    },
    // Y: filtered, as in the YelpChi files.
    Vocabulary {
        name: "Y/N",
        fake: &["y", "yes"],
        genuine: &["n", "no"],
    },
    Vocabulary {
        name: "true/false",
        fake: &["true"],
        genuine: &["false"],
    },
    // Computer generated, original: Salminen et al. 2022.
    Vocabulary {
        name: "CG/OR",
        fake: &["cg"],
        genuine: &["or"],
    },
];

/// Words that stand for no value.
const MISSING: [&str; 6] = ["", "none", "na", "n/a", "nan", "null"];

/// What is wrong with labels.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LabelError {
    /// A word of no known vocabulary.
    #[error(
        "{position}, field label: expected {expected}, found {found:?}; say which value means fake with --positive VALUE"
    )]
    Unknown {
        /// Where.
        position: Position,
        /// The vocabularies that are read.
        expected: String,
        /// The value.
        found: String,
    },
    /// A word of another vocabulary than that of the records before.
    #[error(
        "{position}, field label: expected {expected} as in record {first}, found {found:?}; use one pair of words, or \
         say which value means fake with --positive VALUE"
    )]
    Mixture {
        /// Where.
        position: Position,
        /// The vocabulary of the records before.
        expected: &'static str,
        /// The record that set it.
        first: u64,
        /// The value.
        found: String,
    },
    /// Fakes only, or genuine reviews only, or no labels at all.
    #[error(
        "{files}: field label: expected fake and genuine reviews, found {fakes} fake and {genuine} genuine ({missing} without a label); {remedy}"
    )]
    OneClass {
        /// The inputs.
        files: String,
        /// Number of fakes.
        fakes: u64,
        /// Number of genuine reviews.
        genuine: u64,
        /// Number of rows without a label.
        missing: u64,
        /// What to do.
        remedy: String,
    },
}

/// How many labels of each kind were read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LabelCounts {
    /// Labelled as fake.
    pub fakes: u64,
    /// Labelled as genuine.
    pub genuine: u64,
    /// Without a label.
    pub missing: u64,
}

/// Reads labels, over one or several files, each with its own vocabulary.
#[derive(Clone, Debug, Default)]
pub struct LabelReader {
    positive: Option<String>,
    files: Vec<FileLabels>,
    counts: LabelCounts,
}

#[derive(Clone, Debug)]
struct FileLabels {
    file: Arc<str>,
    /// The vocabulary and the record that set it.
    vocabulary: Option<(Vocabulary, u64)>,
    counts: LabelCounts,
    /// With a positive value: the other values, as written, up to [`SHOWN`] and in order of appearance.
    others: Vec<String>,
}

/// How many different genuine values the mapping lists.
const SHOWN: usize = 5;

impl LabelReader {
    /// Reads the known vocabularies.
    pub fn new() -> LabelReader {
        LabelReader::default()
    }

    /// Reads `positive` as fake and every other value as genuine. Case and white space around do not matter.
    pub fn with_positive(positive: &str) -> LabelReader {
        LabelReader {
            positive: Some(positive.trim().to_owned()),
            ..LabelReader::default()
        }
    }

    /// Reads one label: `Some(true)` is fake, `None` no label. It is counted.
    ///
    /// # Errors
    /// A word that is not known, or one of another vocabulary than that of the same file's records before.
    pub fn read(&mut self, value: Option<&str>, position: &Position) -> Result<Option<bool>, LabelError> {
        let value = value.unwrap_or("").trim();
        let known = self.files.iter().position(|labels| labels.file == position.file);
        let index = known.unwrap_or_else(|| {
            self.files.push(FileLabels {
                file: Arc::clone(&position.file),
                vocabulary: None,
                counts: LabelCounts::default(),
                others: Vec::new(),
            });
            self.files.len() - 1
        });
        let labels = &mut self.files[index];
        let label = match &self.positive {
            Some(positive) => labels.read_positive(value, positive),
            None => labels.read_word(value, position)?,
        };
        for counts in [&mut labels.counts, &mut self.counts] {
            match label {
                Some(true) => counts.fakes += 1,
                Some(false) => counts.genuine += 1,
                None => counts.missing += 1,
            }
        }
        Ok(label)
    }

    /// How the labels were read, a line for each file: what a command prints before it uses them.
    pub fn mapping(&self) -> Vec<String> {
        self.files
            .iter()
            .map(|labels| labels.mapping(self.positive.as_deref()))
            .collect()
    }

    /// What was counted so far, over all files.
    pub fn counts(&self) -> LabelCounts {
        self.counts
    }

    /// The counts, once every record was read.
    ///
    /// # Errors
    /// Where not both classes occur: nothing can be learnt or measured then.
    pub fn finish(&self) -> Result<LabelCounts, LabelError> {
        let LabelCounts {
            fakes,
            genuine,
            missing,
        } = self.counts;
        if fakes > 0 && genuine > 0 {
            return Ok(self.counts);
        }
        let remedy = match (&self.positive, fakes + genuine) {
            (_, 0) => "name the column that holds the labels with --map label=COLUMN".to_owned(),
            (Some(positive), _) if fakes == 0 => format!("no value is {positive:?}: check --positive"),
            (Some(_), _) => "every value is that of --positive: check it".to_owned(),
            (None, _) if fakes == 0 => "add a file that holds fakes".to_owned(),
            (None, _) => "add a file that holds genuine reviews".to_owned(),
        };
        let files = self
            .files
            .iter()
            .map(|labels| &*labels.file)
            .collect::<Vec<_>>()
            .join(", ");
        let files = if files.is_empty() { "no input".to_owned() } else { files };
        Err(LabelError::OneClass {
            files,
            fakes,
            genuine,
            missing,
            remedy,
        })
    }
}

impl FileLabels {
    fn read_positive(&mut self, value: &str, positive: &str) -> Option<bool> {
        // Before the words for no value, so that somebody's own word for fakes may be one of them.
        if !positive.is_empty() && value.to_lowercase() == positive.to_lowercase() {
            return Some(true);
        }
        if is_missing(value) {
            return None;
        }
        if self.others.len() <= SHOWN && !self.others.iter().any(|other| other == value) {
            self.others.push(value.to_owned());
        }
        Some(false)
    }

    fn read_word(&mut self, value: &str, position: &Position) -> Result<Option<bool>, LabelError> {
        if is_missing(value) {
            return Ok(None);
        }
        let word = value.to_lowercase();
        let found = VOCABULARIES.iter().find_map(|vocabulary| {
            let fake = vocabulary.fake.contains(&word.as_str());
            (fake || vocabulary.genuine.contains(&word.as_str())).then_some((*vocabulary, fake))
        });
        match (found, self.vocabulary) {
            (Some((vocabulary, fake)), Some((earlier, _))) if vocabulary == earlier => Ok(Some(fake)),
            (Some((vocabulary, fake)), None) => {
                self.vocabulary = Some((vocabulary, position.record));
                Ok(Some(fake))
            }
            (Some(_), Some((earlier, first))) => Err(LabelError::Mixture {
                position: position.clone(),
                expected: earlier.name,
                first,
                found: value.to_owned(),
            }),
            (None, _) => Err(LabelError::Unknown {
                position: position.clone(),
                expected: VOCABULARIES.map(|vocabulary| vocabulary.name).join(", "),
                found: value.to_owned(),
            }),
        }
    }

    fn mapping(&self, positive: Option<&str>) -> String {
        let LabelCounts {
            fakes,
            genuine,
            missing,
        } = self.counts;
        let words = match (positive, self.vocabulary) {
            (Some(positive), _) => {
                let mut others = self
                    .others
                    .iter()
                    .take(SHOWN)
                    .map(|other| format!("{other:?}"))
                    .collect::<Vec<_>>()
                    .join(", ");
                if self.others.len() > SHOWN {
                    others.push_str(", ...");
                }
                let others = if others.is_empty() {
                    "any other value".to_owned()
                } else {
                    others
                };
                format!("{positive:?} = fake ({fakes}), {others} = genuine ({genuine})")
            }
            (None, Some((vocabulary, _))) => {
                format!(
                    "{:?} = fake ({fakes}), {:?} = genuine ({genuine})",
                    vocabulary.fake[0], vocabulary.genuine[0]
                )
            }
            (None, None) => "none found".to_owned(),
        };
        format!("labels: {words}, without a label {missing}")
    }
}

fn is_missing(value: &str) -> bool {
    MISSING.iter().any(|word| value.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(file: &str, record: u64) -> Position {
        Position {
            file: file.into(),
            record,
            line: record + 1,
        }
    }

    fn read_all(reader: &mut LabelReader, file: &str, values: &[&str]) -> Result<Vec<Option<bool>>, LabelError> {
        (1..)
            .zip(values)
            .map(|(record, value)| reader.read(Some(value), &at(file, record)))
            .collect()
    }

    #[test]
    fn every_vocabulary_is_read_whatever_its_case() {
        for (fake, genuine) in [
            ("fake", "GENUINE"),
            ("1", "0"),
            ("1.0", "0.0"),
            ("Deceptive", "truthful"),
            ("Y", "n"),
            ("TRUE", "False"),
            ("CG", "OR"),
        ] {
            let mut reader = LabelReader::new();
            assert_eq!(
                read_all(&mut reader, "f", &[fake, genuine, "", " nan "]).unwrap(),
                [Some(true), Some(false), None, None]
            );
            assert_eq!(
                reader.finish().unwrap(),
                LabelCounts {
                    fakes: 1,
                    genuine: 1,
                    missing: 2
                }
            );
        }
    }

    #[test]
    fn a_mixture_names_both_records() {
        let mut reader = LabelReader::new();
        let error = read_all(&mut reader, "r.csv", &["", "fake", "genuine", "1"]).unwrap_err();
        assert_eq!(
            error.to_string(),
            "r.csv: record 4 (line 5), field label: expected fake/genuine as in record 2, found \"1\"; use one pair of \
             words, or say which value means fake with --positive VALUE"
        );
    }

    #[test]
    fn several_files_may_each_use_their_own_words() {
        let mut reader = LabelReader::new();
        read_all(&mut reader, "a.csv", &["fake", "fake"]).unwrap();
        read_all(&mut reader, "b.csv", &["0", "1", "none"]).unwrap();
        assert_eq!(
            reader.finish().unwrap(),
            LabelCounts {
                fakes: 3,
                genuine: 1,
                missing: 1
            }
        );
        assert_eq!(
            reader.mapping(),
            [
                "labels: \"fake\" = fake (2), \"genuine\" = genuine (0), without a label 0",
                "labels: \"1\" = fake (1), \"0\" = genuine (1), without a label 1"
            ]
        );
    }

    #[test]
    fn an_unknown_word_is_refused_with_the_remedy() {
        // In the files of Rayana and Akoglu -1 is the fake: nobody would guess that.
        let error = read_all(&mut LabelReader::new(), "f", &["-1"]).unwrap_err();
        assert!(matches!(&error, LabelError::Unknown { found, .. } if found == "-1"));
        assert!(error.to_string().contains("--positive VALUE"));
    }

    #[test]
    fn a_positive_value_makes_every_other_genuine() {
        let mut reader = LabelReader::with_positive("-1");
        assert_eq!(
            read_all(&mut reader, "f", &["-1", "1", "", "x"]).unwrap(),
            [Some(true), Some(false), None, Some(false)]
        );
        assert_eq!(
            reader.mapping(),
            ["labels: \"-1\" = fake (1), \"1\", \"x\" = genuine (2), without a label 1"]
        );
        let mut reader = LabelReader::with_positive("Spam");
        read_all(&mut reader, "f", &["ham", "eggs"]).unwrap();
        assert!(
            reader
                .finish()
                .unwrap_err()
                .to_string()
                .contains("no value is \"Spam\": check --positive")
        );
    }

    #[test]
    fn one_class_is_an_error_with_the_remedy() {
        let mut reader = LabelReader::new();
        read_all(&mut reader, "f", &["fake", "fake"]).unwrap();
        assert_eq!(
            reader.finish().unwrap_err().to_string(),
            "f: field label: expected fake and genuine reviews, found 2 fake and 0 genuine (0 without a label); add a file \
             that holds genuine reviews"
        );
        let mut reader = LabelReader::new();
        read_all(&mut reader, "f", &["", ""]).unwrap();
        assert!(reader.finish().unwrap_err().to_string().contains("--map label=COLUMN"));
    }
}
