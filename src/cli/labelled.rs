//! Labelled files, read for training and for measuring.

use super::input::{self, ReadArgs};
use super::progress;
use super::slices::Slice;
use crate::context::Horizon;
use crate::evidence;
use crate::features;
use crate::io::Source;
use crate::lexical::Grams;
use crate::normalize::{Field, Reject};
use crate::passes::{self, GatherOptions, Outcome};
use crate::review::Review;
use crate::signals::SIGNALS;
use crate::text::fold;
use crate::train::examples::{Example, Examples};
use crate::train::labels::LabelReader;
use crate::train::selection::{Selection, UnknownEvidence};
use anyhow::{Context as _, bail};
use ndarray::{Array1, Array2, Axis};
use std::path::PathBuf;

/// Which evidence a model may use.
#[derive(clap::Args)]
pub struct EvidenceArgs {
    /// Use these families (A4), signals (A4.brochure_words) or ngrams only
    #[arg(long, value_name = "FAMILY,...", value_delimiter = ',')]
    signals: Vec<String>,
    /// Leave these families, signals or ngrams out
    #[arg(long, value_name = "FAMILY,...", value_delimiter = ',')]
    without: Vec<String>,
}

impl EvidenceArgs {
    /// What is selected.
    pub fn selection(&self) -> Result<Selection, UnknownEvidence> {
        Selection::new(&self.signals, &self.without)
    }
}

/// What labelled files hold.
pub struct Labelled {
    /// Rows with their signals.
    pub examples: Examples,
    /// Number of each row's record in its file, from 1.
    pub records: Vec<u64>,
    /// Day of publication by row.
    pub days: Vec<Option<i32>>,
    /// Values of the columns asked for, by column and row.
    pub columns: Vec<Vec<Option<String>>>,
    /// Rows without a label, left out.
    pub unlabelled: usize,
    /// Records rejected.
    pub rejected: u64,
    /// Evidence strength by row.
    pub strengths: Vec<f64>,
    /// SHA-256 of each file, first 16 digits.
    pub digests: Vec<String>,
}

/// What to read.
pub struct Wanted<'a> {
    /// `property`, `reviewer`, or a column.
    pub group: &'a str,
    /// Further columns, or slices of this tool's own, whose values are kept.
    pub columns: &'a [String],
    /// What views of context may know.
    pub horizon: Horizon,
    /// The label that means fake, where the user says so.
    pub positive: Option<&'a str>,
    /// Table of properties.
    pub properties: Option<&'a std::path::Path>,
}

/// Reads labelled files; each is a corpus of its own, with its own context. Says on standard error how labels were read
/// and which columns were not used.
pub fn load(files: &[PathBuf], read: &ReadArgs, wanted: &Wanted<'_>) -> anyhow::Result<Labelled> {
    let properties = input::properties(wanted.properties)?;
    let mut labelled = Labelled {
        examples: Examples::default(),
        records: Vec::new(),
        days: Vec::new(),
        columns: vec![Vec::new(); wanted.columns.len()],
        unlabelled: 0,
        rejected: 0,
        strengths: Vec::new(),
        digests: Vec::new(),
    };
    let mut rows: Vec<Array1<f64>> = Vec::new();
    for (corpus, (source, file)) in read.open(files)?.iter().zip(files).enumerate() {
        labelled.digests.push(digest(file)?);
        labelled.examples.corpora.push(corpus_name(file));
        load_one(corpus, source, wanted, &properties, &mut labelled, &mut rows)?;
    }
    labelled.examples.signals = Array2::zeros((rows.len(), SIGNALS.len()));
    for (mut to, from) in labelled.examples.signals.axis_iter_mut(Axis(0)).zip(rows) {
        to.assign(&from);
    }
    Ok(labelled)
}

fn load_one(
    corpus: usize,
    source: &Source,
    wanted: &Wanted<'_>,
    properties: &crate::context::Properties,
    labelled: &mut Labelled,
    rows: &mut Vec<Array1<f64>>,
) -> anyhow::Result<()> {
    let reading = source.reading();
    if !reading.mapping.has(Field::Label) {
        bail!(
            "{}: expected a column `label` (fake or genuine), found none; name it with --map label=COLUMN",
            source.name()
        );
    }
    let corpus_name = labelled.examples.corpora[corpus].clone();
    let mut columns = Vec::new();
    for name in wanted.columns {
        columns.push(Slice::named(name, reading).with_context(|| {
            format!(
                "{}: column {name}: not in the header, and none of {}",
                source.name(),
                Slice::OWN.join(", ")
            )
        })?);
    }
    let group_column = match wanted.group {
        "property" | "reviewer" => None,
        name => Some(reading.column(name).with_context(|| {
            format!(
                "{}: --group {name}: expected property, reviewer or a column; not in the header",
                source.name()
            )
        })?),
    };
    let behaviour_only = reading.column("campaign").is_some();
    let used: Vec<usize> = columns.iter().filter_map(Slice::column).chain(group_column).collect();
    say_unused(source, &used);

    let sources = std::slice::from_ref(source);
    let bar = progress::bar(0, "reading");
    let gathered = passes::gather(
        sources,
        &GatherOptions {
            horizon: wanted.horizon,
            properties,
            copies: true,
        },
        |n| bar.inc(n),
    )?;
    let mut labels = wanted
        .positive
        .map_or_else(LabelReader::new, LabelReader::with_positive);
    let mut warnings = Default::default();
    passes::in_order(
        source,
        0,
        &mut warnings,
        |record, review, row| {
            let (signals, grams, strength, kept) = gathered.case(&review, row, |case| {
                let kept: Vec<Option<String>> = columns
                    .iter()
                    .map(|column| column.value(record, case, &corpus_name))
                    .collect();
                (
                    features::signal_row(case),
                    Grams::of_case(case),
                    evidence::strength(case),
                    kept,
                )
            });
            let group = match group_column {
                Some(column) => record.get(column).unwrap_or_default().trim().to_owned(),
                None => group_of(wanted.group, &review).unwrap_or_default(),
            };
            (
                signals,
                grams,
                strength,
                group,
                kept,
                review.published.map(|date| date.day),
            )
        },
        |outcome| -> anyhow::Result<()> {
            match outcome {
                Outcome::Rejected(reject) => say_rejected(&reject, &mut labelled.rejected),
                Outcome::Read(record, (signals, grams, strength, group, kept, day)) => {
                    let Some(fake) = labels.read(reading.label(&record), &record.position)? else {
                        labelled.unlabelled += 1;
                        return Ok(());
                    };
                    // A row without a key is a group of its own.
                    let group = if group.is_empty() {
                        format!("\u{0}{corpus}:{}", record.position.record)
                    } else {
                        group
                    };
                    labelled.examples.rows.push(Example {
                        corpus,
                        fake,
                        group,
                        grams,
                        behaviour_only,
                    });
                    labelled.records.push(record.position.record);
                    labelled.days.push(day);
                    labelled.strengths.push(strength);
                    for (column, value) in labelled.columns.iter_mut().zip(kept) {
                        column.push(value);
                    }
                    rows.push(signals);
                }
            }
            Ok(())
        },
    )?;
    bar.finish_and_clear();
    for line in labels.mapping() {
        eprintln!("{}: {line}", source.name());
    }
    Ok(())
}

fn group_of(group: &str, review: &Review) -> Option<String> {
    match group {
        "reviewer" => review
            .reviewer_id
            .clone()
            .or_else(|| review.reviewer_name.as_deref().map(fold)),
        _ => review
            .property_id
            .clone()
            .or_else(|| review.property_name.as_deref().map(fold)),
    }
}

fn say_unused(source: &Source, used: &[usize]) {
    let reading = source.reading();
    let unused: Vec<&str> = (0..reading.header.len())
        .filter(|column| reading.mapping.fields_of(*column).next().is_none() && !used.contains(column))
        .map(|column| reading.header[column].as_str())
        .collect();
    if !unused.is_empty() {
        eprintln!("{}: columns not used: {}", source.name(), unused.join(", "));
    }
}

/// Rejects shown one by one before only the count goes on.
const SHOWN: u64 = 5;

fn say_rejected(reject: &Reject, rejected: &mut u64) {
    *rejected += 1;
    if *rejected <= SHOWN {
        eprintln!("left out: {reject}");
    }
}

/// The file's name without ending, in the characters that a code may have.
fn corpus_name(path: &std::path::Path) -> String {
    let stem = path
        .file_name()
        .and_then(|name| name.to_str())
        .and_then(|name| name.split('.').next())
        .unwrap_or("corpus");
    let name: String = stem
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() {
                c.to_ascii_lowercase()
            } else {
                '_'
            }
        })
        .collect();
    if name.is_empty() { "corpus".to_owned() } else { name }
}

fn digest(path: &std::path::Path) -> anyhow::Result<String> {
    use sha2::{Digest as _, Sha256};
    let bytes = std::fs::read(path).with_context(|| path.display().to_string())?;
    Ok(Sha256::digest(bytes)
        .iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect())
}
