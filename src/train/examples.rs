//! Labelled reviews, reduced to what learning needs, and how often each row counts.

use crate::lexical::Grams;
use ndarray::Array2;
use std::collections::{BTreeMap, BTreeSet};

/// A labelled review, reduced to what learning needs.
#[derive(Clone, Debug)]
pub struct Example {
    /// Index of its corpus in [`Examples::corpora`].
    pub corpus: usize,
    /// Its label.
    pub fake: bool,
    /// Rows of one group are never on both sides of a split.
    pub group: String,
    /// N-grams of its body.
    pub grams: Option<Grams>,
    /// It teaches behaviour only: its text is missing for learning (planted campaigns).
    pub behaviour_only: bool,
}

/// Labelled reviews with their signals.
#[derive(Clone, Debug, Default)]
pub struct Examples {
    /// Names of the corpora.
    pub corpora: Vec<String>,
    /// The rows.
    pub rows: Vec<Example>,
    /// Signals `(n_rows, n_signals)` in the order of [`SIGNALS`](crate::signals::SIGNALS), NaN where missing.
    pub signals: Array2<f64>,
}

impl Examples {
    /// The labels.
    pub fn labels(&self) -> Vec<bool> {
        self.rows.iter().map(|row| row.fake).collect()
    }

    /// The groups.
    pub fn groups(&self) -> Vec<&str> {
        self.rows.iter().map(|row| row.group.as_str()).collect()
    }
}
/// Most repetitions of a row.
const MOST_REPEATS: usize = 10;

/// Whether the rows are of several corpora.
pub(super) fn pooled(examples: &Examples, rows: &[usize]) -> bool {
    rows.iter()
        .any(|row| examples.rows[*row].corpus != examples.rows[rows[0]].corpus)
}

/// How often each row counts. With one corpus, once. With several, the corpora that share groups form a unit, and in each
/// unit the smaller class is repeated until both weigh the same, at most [`MOST_REPEATS`] times; what is left of the larger
/// class beyond that is thinned evenly.
pub(super) fn repeats(examples: &Examples, rows: &[usize]) -> Vec<usize> {
    if !pooled(examples, rows) {
        return vec![1; rows.len()];
    }
    let unit = units(examples, rows);
    let mut repeats = vec![1; rows.len()];
    for this in unit.values().copied().collect::<BTreeSet<usize>>() {
        let of_class = |fake: bool| -> Vec<usize> {
            rows.iter()
                .enumerate()
                .filter(|(_, row)| unit[&examples.rows[**row].corpus] == this && examples.rows[**row].fake == fake)
                .map(|(at, _)| at)
                .collect()
        };
        let (mut smaller, mut larger) = (of_class(true), of_class(false));
        if smaller.len() > larger.len() {
            std::mem::swap(&mut smaller, &mut larger);
        }
        if smaller.is_empty() {
            continue;
        }
        let times = ((larger.len() as f64 / smaller.len() as f64).round() as usize).clamp(1, MOST_REPEATS);
        for &at in &smaller {
            repeats[at] = times;
        }
        let wanted = smaller.len() * MOST_REPEATS;
        if larger.len() > wanted {
            for (i, &at) in larger.iter().enumerate() {
                // Every so many-th row stays, spread over the whole.
                repeats[at] = usize::from((i + 1) * wanted / larger.len() > i * wanted / larger.len());
            }
        }
    }
    repeats
}

/// The unit of each corpus: corpora that share a group are one.
fn units(examples: &Examples, rows: &[usize]) -> BTreeMap<usize, usize> {
    let mut unit: BTreeMap<usize, usize> = rows
        .iter()
        .map(|row| (examples.rows[*row].corpus, examples.rows[*row].corpus))
        .collect();
    let mut first: BTreeMap<&str, usize> = BTreeMap::new();
    for &row in rows {
        let example = &examples.rows[row];
        let seen = *first.entry(example.group.as_str()).or_insert(example.corpus);
        let (a, b) = (unit[&seen], unit[&example.corpus]);
        if a != b {
            for other in unit.values_mut().filter(|other| **other == a.max(b)) {
                *other = a.min(b);
            }
        }
    }
    unit
}
