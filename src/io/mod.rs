//! Reading and writing review files.
//!
//! ```text
//! bytes -> decode: decompressed, UTF-8 -> delimited | json | parquet: records
//!       -> survey: one pass over all -> columns: which feeds which field -> Reading
//!       -> Source::records, as often as needed -> normalize -> ... -> write: CSV, JSON Lines, Parquet
//! ```
//!
//! What a file is, how it is encoded, delimited and named is told from its content. [`Source::open`] reads it once from
//! end to end to find that out; [`Source::records`] then gives its records, and can be called again for a second pass.

mod columns;
mod contained;
mod decode;
mod delimited;
mod fit;
#[cfg(all(test, feature = "cli"))]
mod fuzz;
mod json;
mod observed;
pub(crate) mod output;
mod parquet;
mod parquet_pages;
mod pass;
pub mod photos;
#[cfg(test)]
mod real_files;
pub mod rejects;
mod rules;
mod saved;
mod shape;
mod source;
mod survey;
#[cfg(test)]
mod tests;
mod words;
pub mod write;
mod write_csv;
mod write_jsonl;
mod write_parquet;

use std::path::PathBuf;

pub use columns::Candidate;
pub use contained::silence_contained_panics;
pub use decode::{Charset, Compression};
pub use delimited::Dialect;
pub use json::Layout;
pub use observed::{Calendar, Dates, Numbers};
pub use output::Output;
pub use pass::Records;
pub use shape::Shape;
pub use source::{Format, Source};
pub use survey::{ColumnSurvey, Survey};

use crate::normalize::Given;
use crate::review::Date;
use crate::text::Language;

/// What the user says about how files are read. The default says nothing: everything is told from the files.
#[derive(Clone, Debug, Default)]
pub struct ReadOptions {
    /// Field and column, in the order given; a field that takes several columns may come several times, or name them
    /// joined by `+`; an empty column takes the field away.
    pub map: Vec<(String, String)>,
    /// A file that keeps mappings: read where it exists, written where it does not know the columns yet.
    pub mapping_file: Option<PathBuf>,
    /// The language of all reviews.
    pub language: Option<Language>,
    /// The day on which the files were collected, from which "3 weeks ago" counts.
    pub crawled: Option<Date>,
    /// The encoding, by a label of the WHATWG Encoding Standard such as `windows-1251`.
    pub encoding: Option<String>,
    /// Folders where photos may lie, besides that of the file.
    pub photos: Vec<PathBuf>,
}

impl ReadOptions {
    fn given(&self) -> Given {
        Given {
            language: self.language,
            crawled: self.crawled,
        }
    }
}

/// Why an input cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// A folder for photos is none.
    #[error("folder for photos: {0}")]
    Photos(#[from] photos::PhotoError),
    /// The operating system, or the decompression, fails.
    #[error("{file}: {error}")]
    Io {
        /// The input.
        file: String,
        /// What failed.
        #[source]
        error: std::io::Error,
    },
    /// It was written to between two readings, so that what was learnt from the first does not hold for the second.
    #[error(
        "{file}: expected a file that stays as it is while it is read, found that it was written to ({before} bytes when it \
         was opened, {now} now); run again when nothing writes to it"
    )]
    Changed {
        /// The input.
        file: String,
        /// Its size when it was opened, bytes.
        before: u64,
        /// Its size now, bytes.
        now: u64,
    },
    /// There is nothing in it.
    #[error("{file}: the file is empty, expected reviews as delimited text, JSON or Parquet")]
    Empty {
        /// The input.
        file: String,
    },
    /// It is something else.
    #[error("{file}: expected reviews as delimited text, JSON or Parquet, found {found}")]
    NoFile {
        /// The input.
        file: String,
        /// What it is.
        found: String,
    },
    /// It is a table, but not of reviews.
    #[error(
        "{file}: no reviews found: looked for a column of texts (text, review, comment, avis, bewertung ...), or for one of \
         reviewers (user, author, pseudo ...) and one of properties (hotel, restaurant, place ...), found columns {columns}; \
         say which is which with --map text=COLUMN, or --map reviewer_name=COLUMN --map property_name=COLUMN"
    )]
    NoReviews {
        /// The input.
        file: String,
        /// Its columns.
        columns: String,
    },
    /// More columns than a table of reviews has.
    #[error("{file}: expected at most {most} columns, found {found}; drop those that are not of reviews")]
    TooManyColumns {
        /// The input.
        file: String,
        /// Columns that it has.
        found: usize,
        /// Columns that it may have.
        most: usize,
    },
    /// `--map` names a field that does not exist.
    #[error("unknown field {field}; fields are {known}")]
    UnknownField {
        /// The name.
        field: String,
        /// The names that exist.
        known: String,
    },
    /// `--map` names a column that does not exist.
    #[error("{file}: no column is named {column}; columns are {columns}")]
    UnknownColumn {
        /// The input.
        file: String,
        /// The name.
        column: String,
        /// The names that exist.
        columns: String,
    },
    /// `--mapping` names a file that keeps no mapping.
    #[error("{file}: no mapping can be read from it or written to it: {reason}")]
    MappingFile {
        /// The file.
        file: String,
        /// What is wrong.
        reason: String,
    },
    /// No such encoding.
    #[error("unknown encoding {label}; use a label such as utf-8, windows-1252, utf-16le")]
    Encoding {
        /// The label.
        label: String,
    },
}
