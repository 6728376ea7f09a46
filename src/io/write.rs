//! Writing scores: the input's own columns, unchanged and in order, and the columns of Turfwatch after them.
//!
//! Several inputs in one output give the union of their columns, and `turf_source` says where a row is from. Columns of
//! these names in the input come from an earlier run; they are replaced, and opening the file says so.

use std::io;
use std::path::Path;

use super::Source;
use super::output::Output;
use super::write_csv::CsvSink;
use super::write_jsonl::JsonSink;
use super::write_parquet::ParquetSink;
use crate::normalize::RawRecord;
use crate::review::Review;
use crate::score::Score;

pub use super::write_parquet::MatrixWriter;

/// The columns that are added, in order; `turf_source` only where there are several inputs.
pub const ADDED: [&str; 8] = [
    "turf_probability",
    "turf_logit",
    "turf_band",
    "turf_evidence",
    "turf_reasons",
    "turf_explanation",
    "turf_model",
    "turf_source",
];

/// Format of an output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Comma separated, UTF-8, with a header.
    Csv,
    /// One JSON object a line, with the evidence of every reason.
    Jsonl,
    /// Parquet.
    Parquet,
}

impl Format {
    /// The format of a name: `csv`, `jsonl`, `parquet`.
    pub fn from_name(name: &str) -> Option<Format> {
        match name {
            "csv" => Some(Format::Csv),
            "jsonl" | "ndjson" | "json" => Some(Format::Jsonl),
            "parquet" => Some(Format::Parquet),
            _ => None,
        }
    }

    /// The format that the ending of a file name says; CSV where it says none.
    pub fn of_path(path: &Path) -> Format {
        let ending = path
            .extension()
            .map(|ending| ending.to_string_lossy().to_ascii_lowercase());
        ending
            .and_then(|ending| Format::from_name(&ending))
            .unwrap_or(Format::Csv)
    }
}

/// How to write.
#[derive(Clone, Copy, Debug)]
pub struct SinkOptions {
    /// The format.
    pub format: Format,
    /// Neutralise in all columns what a spreadsheet would run as a formula, not only in those that are added.
    pub spreadsheet_safe: bool,
}

/// What is written of one review beside its record.
#[derive(Clone, Copy)]
pub struct ScoredRow<'a> {
    /// The score.
    pub score: &'a Score,
    /// The sentence.
    pub explanation: &'a str,
    /// Name and digest of the model.
    pub model: &'a str,
    /// The review, from which evidence is quoted.
    pub review: &'a Review,
}

/// Takes scored records, in order.
pub trait Sink: Send {
    /// Writes one record of the source of that index.
    ///
    /// # Errors
    /// Where it cannot be written.
    fn write(&mut self, source: usize, record: &RawRecord, row: &ScoredRow<'_>) -> Result<(), WriteError>;

    /// Ends the output. Without this, a file never appears.
    ///
    /// # Errors
    /// Where what is left cannot be written.
    fn finish(self: Box<Self>) -> Result<(), WriteError>;
}

/// Why an output cannot be written.
#[derive(Debug, thiserror::Error)]
#[error("{file}: cannot be written: {error}")]
pub struct WriteError {
    /// The output.
    pub file: String,
    /// What failed.
    #[source]
    pub error: io::Error,
}

impl WriteError {
    /// Makes errors of one output.
    pub(super) fn at(path: Option<&Path>) -> impl Fn(io::Error) -> WriteError + use<> {
        let file = path.map_or("standard output".to_owned(), |path| path.display().to_string());
        move |error| WriteError {
            file: file.clone(),
            error,
        }
    }
}

/// Begins an output for the records of these sources; standard output where there is no path.
///
/// # Errors
/// Where it cannot be created.
pub fn open(path: Option<&Path>, sources: &[Source], options: &SinkOptions) -> Result<Box<dyn Sink>, WriteError> {
    let failed = WriteError::at(path);
    let output = Output::create(path).map_err(&failed)?;
    let layout = Layout::of(
        &sources
            .iter()
            .map(|source| (&**source.name(), source.reading().header.as_slice()))
            .collect::<Vec<_>>(),
    );
    Ok(match options.format {
        Format::Csv => Box::new(CsvSink::begin(output, layout, options.spreadsheet_safe, failed)?),
        Format::Jsonl => Box::new(JsonSink::begin(output, layout, failed)),
        Format::Parquet => Box::new(ParquetSink::begin(output, layout, failed)?),
    })
}

/// Makes errors of one output.
pub(super) type Failed = Box<dyn Fn(io::Error) -> WriteError + Send>;

/// Which column of which source stands where in the output.
pub(super) struct Layout {
    /// Names of the input's columns.
    pub names: Vec<String>,
    /// By source and output column, the column of the source.
    columns: Vec<Vec<Option<usize>>>,
    /// Names of the sources, where a row must say which it is from.
    sources: Option<Vec<String>>,
    /// Whether a source has columns that are replaced.
    pub replaces: bool,
}

impl Layout {
    /// Lines up the columns of sources by name; the second column of a name with the second of that name.
    pub fn of(sources: &[(&str, &[String])]) -> Layout {
        let mut names: Vec<String> = Vec::new();
        let mut columns = Vec::new();
        let mut replaces = false;
        for (_, header) in sources {
            let mut places = vec![None; names.len()];
            for (column, name) in header.iter().enumerate() {
                if ADDED.contains(&name.as_str()) {
                    replaces = true;
                    continue;
                }
                let free = (0..names.len()).find(|&place| names[place] == *name && places[place].is_none());
                let place = free.unwrap_or_else(|| {
                    names.push(name.clone());
                    places.push(None);
                    names.len() - 1
                });
                places[place] = Some(column);
            }
            columns.push(places);
        }
        columns.iter_mut().for_each(|places| places.resize(names.len(), None));
        let several = sources.len() > 1;
        let sources = several.then(|| sources.iter().map(|(name, _)| (*name).to_owned()).collect());
        Layout {
            names,
            columns,
            sources,
            replaces,
        }
    }

    /// The names of the columns that are added.
    pub fn added(&self) -> &'static [&'static str] {
        if self.sources.is_some() {
            &ADDED
        } else {
            &ADDED[..ADDED.len() - 1]
        }
    }

    /// The values of a record, in the order of [`Layout::names`].
    pub fn values<'r>(&self, source: usize, record: &'r RawRecord) -> impl Iterator<Item = Option<&'r str>> {
        self.columns[source].iter().map(|column| record.get((*column)?))
    }

    /// The name of a source, where rows say it.
    pub fn source(&self, source: usize) -> Option<&str> {
        self.sources.as_ref().map(|names| names[source].as_str())
    }

    /// The names, each different from those before it: the second `date` becomes `date_2`.
    pub fn unique_names(&self) -> Vec<String> {
        let mut unique: Vec<String> = Vec::new();
        for name in &self.names {
            let mut candidate = name.clone();
            let mut number = 2;
            while unique.contains(&candidate) {
                candidate = format!("{name}_{number}");
                number += 1;
            }
            unique.push(candidate);
        }
        unique
    }
}

/// All reasons in one field, strongest first: `BASE:-2.100;A4.brochure_density:+1.230`. They add up to `turf_logit`.
pub fn reasons(score: &Score) -> String {
    const LENGTH: usize = 32;
    let mut reasons = String::with_capacity(LENGTH * (score.reasons.len() + 1));
    reasons.push_str("BASE:");
    push_thousandths(score.milli_base, true, &mut reasons);
    for reason in &score.reasons {
        reasons.push(';');
        reasons.push_str(&reason.code);
        reasons.push(':');
        push_thousandths(reason.milli_logit, true, &mut reasons);
    }
    reasons
}

/// Appends a number of thousandths with three decimals, as `{:.3}` or `{:+.3}` writes it; a row has dozens of them.
pub(super) fn push_thousandths(milli: i64, plus: bool, text: &mut String) {
    if milli < 0 {
        text.push('-');
    } else if plus {
        text.push('+');
    }
    let (whole, rest) = (milli.unsigned_abs() / 1000, milli.unsigned_abs() % 1000);
    let digit = |number: u64, text: &mut String| text.push(char::from(b'0' + (number % 10) as u8));
    let mut place = 1;
    while whole / place >= 10 {
        place *= 10;
    }
    while place > 0 {
        digit(whole / place, text);
        place /= 10;
    }
    text.push('.');
    for place in [100, 10, 1] {
        digit(rest / place, text);
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::error::Position;
    use crate::score::{Band, Evidence, Origin, Passage, Reason, Span};

    /// A score of two reasons.
    pub fn score() -> Score {
        let reason = |code: &'static str, milli_logit, evidence| Reason {
            code: code.into(),
            milli_logit,
            value: 1.5,
            above: true,
            origin: Origin::Learnt,
            evidence,
        };
        let spans = vec![Span {
            passage: Passage::Text,
            bytes: 4..10,
        }];
        Score {
            milli_logit: -500,
            milli_base: -2000,
            evidence: 0.75,
            band: Band::Review,
            reasons: vec![
                reason(
                    "A4.brochure_density",
                    1750,
                    Evidence {
                        spans,
                        facts: vec![("hits", "1".to_owned())],
                    },
                ),
                reason("A7.history", -250, Evidence::default()),
            ],
        }
    }

    /// A source made for a test: name, header, rows.
    pub type Made<'a> = (&'a str, &'a [&'a str], &'a [&'a [&'a str]]);

    /// Writes records of sources and gives the bytes of the file.
    pub fn written(format: Format, spreadsheet_safe: bool, sources: &[Made<'_>]) -> Vec<u8> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out");
        let headers: Vec<Vec<String>> = sources
            .iter()
            .map(|(_, header, _)| header.iter().map(|name| (*name).to_owned()).collect())
            .collect();
        let named: Vec<(&str, &[String])> = sources
            .iter()
            .zip(&headers)
            .map(|((name, ..), header)| (*name, header.as_slice()))
            .collect();
        let output = Output::create(Some(&path)).unwrap();
        let failed: Failed = Box::new(WriteError::at(None));
        let layout = Layout::of(&named);
        let mut sink: Box<dyn Sink> = match format {
            Format::Csv => Box::new(CsvSink::begin(output, layout, spreadsheet_safe, failed).unwrap()),
            Format::Jsonl => Box::new(JsonSink::begin(output, layout, failed)),
            Format::Parquet => Box::new(ParquetSink::begin(output, layout, failed).unwrap()),
        };
        let score = score();
        let review = Review {
            text: Some("a éllégant b".to_owned()),
            ..Review::default()
        };
        for (source, (_, _, rows)) in sources.iter().enumerate() {
            for row in *rows {
                let record = RawRecord::from_fields(
                    Position {
                        file: "f".into(),
                        record: 1,
                        line: 2,
                    },
                    row.iter().copied(),
                );
                sink.write(
                    source,
                    &record,
                    &ScoredRow {
                        score: &score,
                        explanation: "=why",
                        model: "m@1",
                        review: &review,
                    },
                )
                .unwrap();
            }
        }
        sink.finish().unwrap();
        std::fs::read(path).unwrap()
    }

    #[test]
    fn columns_line_up_by_name_and_earlier_scores_are_left_out() {
        let own = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let (a, b) = (own(&["id", "date", "date", "turf_band"]), own(&["text", "date", "id"]));
        let layout = Layout::of(&[("a", &a), ("b", &b)]);
        assert_eq!(layout.names, ["id", "date", "date", "text"]);
        assert_eq!(layout.unique_names(), ["id", "date", "date_2", "text"]);
        assert_eq!(
            layout.columns,
            [
                vec![Some(0), Some(1), Some(2), None],
                vec![Some(2), Some(1), None, Some(0)]
            ]
        );
        assert!(layout.replaces);
    }

    #[test]
    fn reasons_add_up() {
        assert_eq!(
            reasons(&score()),
            "BASE:-2.000;A4.brochure_density:+1.750;A7.history:-0.250"
        );
    }

    proptest::proptest! {
        #[test]
        fn thousandths_are_written_as_numbers_are(milli in proptest::prop_oneof![-3000i64..3000, -1_000_000_000_000..1_000_000_000_000i64]) {
            let mut text = String::new();
            push_thousandths(milli, true, &mut text);
            proptest::prop_assert_eq!(&text, &format!("{:+.3}", milli as f64 / 1000.0));
            text.clear();
            push_thousandths(milli, false, &mut text);
            proptest::prop_assert_eq!(&text, &format!("{:.3}", milli as f64 / 1000.0));
        }
    }

    #[test]
    fn formats_by_name_and_ending() {
        assert_eq!(Format::of_path(Path::new("a/b.JSONL")), Format::Jsonl);
        assert_eq!(Format::of_path(Path::new("b.parquet")), Format::Parquet);
        assert_eq!(Format::of_path(Path::new("b")), Format::Csv);
    }
}
