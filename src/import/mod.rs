//! Public corpora as labelled review files.
//!
//! Every corpus was collected in a way that gives its labels away to anything that looks for it: a blank at the end, a word
//! that only the generator left, the order of rows. An importer's work is to take away what does not come from the reviews
//! themselves, and to say what it took away. What stays is listed in docs/import.md.

mod machine;
mod maide_up;
mod masking;
mod op_spam_ai;
mod ott;
mod yelp;

use std::io::Write;
use std::path::{Path, PathBuf};
use xxhash_rust::xxh3::xxh3_64_with_seed;

/// A corpus that can be imported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Corpus {
    /// Deceptive Opinion Spam Corpus v1.4 (Ott et al. 2011, 2013).
    Ott,
    /// `MAiDE-up` (Ignat, Xu, Mihalcea 2024).
    MaideUp,
    /// `op_spam_AI` (Buscaldi), machine-written variants of the Ott reviews.
    OpSpamAi,
    /// Yelp hotel reviews (Mukherjee et al. 2013), stemmed.
    YelpHotel,
    /// `YelpChi` as a graph of reviewers and properties (with `UGFraud`).
    YelpchiGraph,
    /// Reviews by a language model of 2026, written for this project, beside real ones from before there were any.
    Machine,
}

impl Corpus {
    /// All of them.
    pub const ALL: [Corpus; 6] = [
        Corpus::Ott,
        Corpus::MaideUp,
        Corpus::OpSpamAi,
        Corpus::YelpHotel,
        Corpus::YelpchiGraph,
        Corpus::Machine,
    ];

    /// The name used on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Corpus::Ott => "ott",
            Corpus::MaideUp => "maide-up",
            Corpus::OpSpamAi => "op-spam-ai",
            Corpus::YelpHotel => "yelp-hotel",
            Corpus::YelpchiGraph => "yelpchi-graph",
            Corpus::Machine => "machine",
        }
    }
}

/// What cannot be imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// A file or folder cannot be read.
    #[error("{path}: {source}")]
    Io {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A file is no valid CSV.
    #[error("{path}: {source}")]
    Csv {
        /// Which.
        path: PathBuf,
        /// Why, with record and line.
        source: csv::Error,
    },
    /// The path does not hold the corpus.
    #[error("{path}: expected {expected}, found {found}")]
    NotTheCorpus {
        /// Which.
        path: PathBuf,
        /// What was looked for.
        expected: String,
        /// What is there.
        found: String,
    },
    /// A review file cannot be read.
    #[error(transparent)]
    Reviews(#[from] crate::io::ReadError),
    /// A value that the corpus does not have.
    #[error("{path}: record {record}, field {field}: expected {expected}, found {found:?}")]
    Field {
        /// Which file.
        path: PathBuf,
        /// 1-based number of the record, the header not counted.
        record: u64,
        /// The column.
        field: &'static str,
        /// What was looked for.
        expected: &'static str,
        /// What is there.
        found: String,
    },
}

/// A corpus with canonical columns, in random order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imported {
    /// Names of the columns.
    pub header: Vec<&'static str>,
    /// One entry a column each.
    pub rows: Vec<Vec<String>>,
    /// What was neutralised and counted, a sentence each.
    pub notes: Vec<String>,
}

/// Reads a corpus.
///
/// # Errors
/// A path that cannot be read or does not hold the corpus, or a value that the corpus does not have.
pub fn import(corpus: Corpus, path: &Path) -> Result<Imported, ImportError> {
    match corpus {
        Corpus::Ott => ott::import(path),
        Corpus::MaideUp => maide_up::import(path),
        Corpus::OpSpamAi => op_spam_ai::import(path),
        Corpus::YelpHotel => yelp::import_hotel(path),
        Corpus::YelpchiGraph => yelp::import_graph(path),
        Corpus::Machine => machine::import(path),
    }
}

impl Imported {
    /// Gives the rows their ids and their order. Column 0 is the id, the last the label; both play no part in either, nor
    /// does the order in which the rows come.
    fn new(header: &[&'static str], mut rows: Vec<Vec<String>>, mut notes: Vec<String>) -> Imported {
        let content = |row: &[String]| row[1..row.len() - 1].join("\u{1f}");
        // The same text may stand in a corpus several times; the second is told apart by its number.
        rows.sort();
        let mut seen: std::collections::HashMap<String, u32> = std::collections::HashMap::new();
        for row in &mut rows {
            let content = content(row);
            let occurrence = seen.entry(content.clone()).and_modify(|times| *times += 1).or_default();
            row[0] = key("review", &format!("{content}\u{1f}{occurrence}"));
        }
        rows.sort_by_cached_key(|row| xxh3_64_with_seed(row[0].as_bytes(), ORDER_SEED));
        let labels = |word: &str| {
            rows.iter()
                .filter(|row| row.last().is_some_and(|label| label == word))
                .count()
        };
        notes.push(format!(
            "{} rows ({} fake, {} genuine), in random order (seed {ORDER_SEED}), with new review ids",
            rows.len(),
            labels(FAKE),
            labels(GENUINE)
        ));
        Imported {
            header: header.to_vec(),
            rows,
            notes,
        }
    }

    /// Writes comma separated values with a header.
    ///
    /// # Errors
    /// What the writer reports.
    pub fn write_csv(&self, writer: impl Write) -> Result<(), csv::Error> {
        let mut csv = csv::Writer::from_writer(writer);
        csv.write_record(&self.header)?;
        for row in &self.rows {
            csv.write_record(row)?;
        }
        csv.flush()?;
        Ok(())
    }
}

const FAKE: &str = "fake";
const GENUINE: &str = "genuine";
const ORDER_SEED: u64 = 20;

/// A new id: a keyed hash of what identifies the thing, so that neither its old number nor its place shows.
fn key(kind: &str, content: &str) -> String {
    format!(
        "{:016x}",
        xxh3_64_with_seed(content.as_bytes(), xxh3_64_with_seed(kind.as_bytes(), 0x7475_7266))
    )
}

fn label(fake: bool) -> String {
    if fake { FAKE } else { GENUINE }.to_owned()
}

/// The text in one line: white space of any kind, line breaks too, is one blank between words and nothing at the ends.
fn one_line(text: &str) -> String {
    text.split(|c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}'))
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// A text file, and whether it had to be read as Windows-1252's letters because it is no UTF-8.
fn read_text(path: &Path) -> Result<String, ImportError> {
    let bytes = std::fs::read(path).map_err(|source| ImportError::Io {
        path: path.to_owned(),
        source,
    })?;
    Ok(String::from_utf8(bytes).unwrap_or_else(|error| error.into_bytes().into_iter().map(char::from).collect()))
}

/// Entries of a folder, by name.
fn entries(folder: &Path) -> Result<Vec<PathBuf>, ImportError> {
    let io = |source| ImportError::Io {
        path: folder.to_owned(),
        source,
    };
    let mut paths = std::fs::read_dir(folder)
        .map_err(io)?
        .map(|entry| Ok(entry.map_err(io)?.path()))
        .collect::<Result<Vec<_>, ImportError>>()?;
    paths.sort();
    Ok(paths)
}

/// The name of a file or folder, `""` where it has none.
fn name_of(path: &Path) -> &str {
    path.file_name().and_then(|name| name.to_str()).unwrap_or("")
}

/// A CSV file, read by column name.
struct CsvFile {
    path: PathBuf,
    records: Vec<csv::StringRecord>,
    columns: Vec<usize>,
}

impl CsvFile {
    /// Reads all records; `columns` are the names that [`CsvFile::get`] counts.
    fn read(path: &Path, columns: &[&str]) -> Result<CsvFile, ImportError> {
        let csv = |source| ImportError::Csv {
            path: path.to_owned(),
            source,
        };
        let mut reader = csv::Reader::from_path(path).map_err(csv)?;
        let header = reader.headers().map_err(csv)?.clone();
        let position = |column: &&str| {
            let missing = || ImportError::NotTheCorpus {
                path: path.to_owned(),
                expected: format!("a column {column:?}"),
                found: header.iter().collect::<Vec<_>>().join(", "),
            };
            header
                .iter()
                .position(|name| name.trim_start_matches('\u{feff}').trim() == *column)
                .ok_or_else(missing)
        };
        let columns = columns.iter().map(position).collect::<Result<Vec<_>, _>>()?;
        let records = reader.records().collect::<Result<Vec<_>, _>>().map_err(csv)?;
        Ok(CsvFile {
            path: path.to_owned(),
            records,
            columns,
        })
    }

    fn get<'r>(&self, record: &'r csv::StringRecord, column: usize) -> &'r str {
        // csv refuses records that are shorter than the header.
        record.get(self.columns[column]).unwrap_or("")
    }

    fn bad(&self, index: usize, field: &'static str, expected: &'static str, found: &str) -> ImportError {
        ImportError::Field {
            path: self.path.clone(),
            record: index as u64 + 1,
            field,
            expected,
            found: found.to_owned(),
        }
    }
}

/// A file: the path itself, or the file of that name in the folder.
fn file_in(path: &Path, name: &str) -> PathBuf {
    if path.is_dir() {
        path.join(name)
    } else {
        path.to_owned()
    }
}

#[cfg(test)]
mod tests;
