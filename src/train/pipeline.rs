//! Fitting a model: n-gram evidence cross-fitted, linfa-logistic on the dense matrix, calibration, bands.
//!
//! One order of steps for `train` and for every fold of `evaluate`:
//!
//! 1. Inner folds by group over the training rows.
//! 2. For each corpus and language, n-gram blocks learnt on all folds but one give that one its columns, so that the
//!    classifier sees honest values; the blocks that are kept are the mean over the folds.
//! 3. Columns are standardised, missing values at the mean, and rows weighted by repetition where several corpora are
//!    pooled (linfa takes no weights).
//! 4. The L2 penalty, and how much harder it holds the signals to their documentation, are those with the lowest log-loss on
//!    the inner folds; where several corpora are pooled, signals are held as hard as carries over to a corpus left out.
//! 5. Each inner fold is scored as if it had come later, by blocks and a classifier that never saw it; these scores are
//!    calibrated and give the bands.

use super::blocks::{CrossFitted, cross_fit, plan_blocks};
use super::calibration::{UNSET, bands_of, calibrate, weighted_counts, weighted_log_loss};
use super::columns::{LEAST_OBSERVED, Penalty, Scaling, Teaching, fit_repeated, join};
use super::examples::{Examples, repeats};
use super::logistic::{FitError, Precision};
use super::margins::{Honest, left_out_margins};
use super::selection::Selection;
use super::splits::{Folds, SplitError};
use crate::context::Horizon;
use crate::lexical::{Column, Grams};
use crate::model::{Calibration, Mixture, Model, Settings};
use crate::signals::{Group, SIGNALS};
use crate::text::Language;
use ndarray::{Array1, Array2};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// How to fit.
#[derive(Clone, Debug)]
pub struct Options {
    /// Inner folds, for cross-fitting and for choosing the penalty.
    pub folds: usize,
    /// Seed of the inner folds.
    pub seed: u64,
    /// L2 penalties to choose from.
    pub alphas: Vec<f64>,
    /// Scales of the signals to choose from, see [`Penalty`].
    pub signal_scales: Vec<f64>,
    /// Share of fakes that scores assume; that of the training rows where `None`.
    pub prevalence: Option<f64>,
    /// Highest share of genuine reviews in `suspect`.
    pub false_accusations: f64,
    /// What context the signals were computed with.
    pub horizon: Horizon,
    /// Which evidence the model may use.
    pub evidence: Selection,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            folds: 5,
            seed: 1,
            alphas: vec![3.0, 10.0, 30.0, 100.0, 300.0],
            signal_scales: vec![1.0, 0.5, FIRST_SIGNAL_SCALE, 0.15, 0.05],
            prevalence: None,
            false_accusations: 0.01,
            horizon: Horizon::Full,
            evidence: Selection::default(),
        }
    }
}

/// What cannot be trained on.
#[derive(Debug, thiserror::Error)]
pub enum TrainError {
    /// The folds cannot be made.
    #[error("inner folds: {0}")]
    Split(#[from] SplitError),
    /// The fit failed at every penalty.
    #[error(transparent)]
    Fit(#[from] FitError),
}

/// A fitted model and how it was chosen.
#[derive(Clone, Debug)]
pub struct Trained {
    /// The model, unnamed and without card.
    pub model: Model,
    /// The penalty chosen.
    pub penalty: Penalty,
    /// Log-loss on the inner folds by penalty.
    pub log_loss: Vec<(Penalty, f64)>,
    /// For each training row, in the order given, its calibrated log-odds at even prevalence as seen by a model that was
    /// not fitted on it.
    pub left_out: Vec<f64>,
}

/// In a model of several corpora: share of fakes that are of no kind known, share of genuine reviews that read like a fake, and
/// words at which half of what n-grams say counts.
const UNKNOWN: f64 = 1.0 / 3.0;
const ALIKE: f64 = 0.01;
const HALF: f64 = 10.0;

/// The scale of the signals at which `alpha` is chosen.
const FIRST_SIGNAL_SCALE: f64 = 0.3;
/// In a model of several corpora: penalty of the signals, per row. Folds within the corpora would choose what tells their own rows
/// apart; this was chosen by what carries over to a corpus left out.
const POOLED_PENALTY: f64 = 0.1;

fn lowest(log_loss: &[(Penalty, f64)]) -> Option<Penalty> {
    let best = log_loss.iter().min_by(|a, b| a.1.total_cmp(&b.1))?;
    Some(best.0)
}

/// Fits a model on some rows of the examples.
pub fn fit(examples: &Examples, rows: &[usize], options: &Options) -> Result<Trained, TrainError> {
    let fake = examples.labels();
    let folds = Folds::grouped_within(rows, &examples.groups(), &fake, options.folds, options.seed)?;
    let plans = if options.evidence.keeps_ngrams() {
        plan_blocks(examples, rows)
    } else {
        Vec::new()
    };
    let fold_of = fold_of(rows, &folds);
    let k = folds.splits.len();
    let CrossFitted { blocks, whole, without } = cross_fit(examples, rows, &plans, &fold_of, k);
    let codes: Vec<String> = SIGNALS
        .iter()
        .map(|signal| signal.spec().code.to_owned())
        .chain(
            blocks
                .iter()
                .flat_map(|block| Column::ALL.map(|column| block.code(column))),
        )
        .collect();
    let joined = |columns: &Array2<f64>| join(examples, rows, columns, &options.evidence);
    let raw = joined(&whole);
    let labels: Vec<bool> = rows.iter().map(|row| fake[*row]).collect();
    let repeats = repeats(examples, rows);

    // Scaled by all training rows: means and deviations see no label.
    let teaching = Teaching::of(examples, rows);
    let scaling = Scaling::of(&raw, &repeats, &labels, &teaching);
    let x = scaling.apply(&raw);
    let search = |penalties: Vec<Penalty>| -> Result<Vec<(Penalty, f64)>, FitError> {
        let tried: Vec<Result<(Penalty, f64), FitError>> = penalties
            .into_par_iter()
            .map(|penalty| {
                let margins = left_out_margins(&x, &labels, &repeats, &fold_of, k, penalty, &scaling)?;
                Ok((penalty, weighted_log_loss(&margins, &labels, &repeats)))
            })
            .collect();
        // A penalty at which the fit fails is passed over, as long as there is another.
        let (done, failed): (Vec<_>, Vec<_>) = tried.into_iter().partition(Result::is_ok);
        if done.is_empty() {
            failed.into_iter().collect()
        } else {
            done.into_iter().collect()
        }
    };
    // One after the other: a grid of both takes three times as long.
    let held = POOLED_PENALTY * repeats.iter().sum::<usize>() as f64;
    let alphas = options.alphas.iter().map(|alpha| Penalty {
        alpha: *alpha,
        signal_scale: if teaching.pooled() {
            (alpha / held).sqrt()
        } else {
            FIRST_SIGNAL_SCALE
        },
    });
    let mut log_loss = search(alphas.collect())?;
    let first = lowest(&log_loss).ok_or(FitError::OneClass { rows: rows.len() })?;
    let scales = options
        .signal_scales
        .iter()
        .filter(|scale| !teaching.pooled() && **scale != FIRST_SIGNAL_SCALE);
    log_loss.extend(search(
        scales
            .map(|scale| Penalty {
                signal_scale: *scale,
                ..first
            })
            .collect(),
    )?);
    let penalty = lowest(&log_loss).unwrap_or(first);
    let every: Vec<usize> = (0..rows.len()).collect();
    let fitted = fit_repeated(&x, &labels, &repeats, &every, (penalty, Precision::Exact), &scaling)?;
    let honest = Honest {
        fake: &labels,
        repeats: &repeats,
        teaching: &teaching,
        fold_of: &fold_of,
    };
    let margins = honest.margins(joined, &without, penalty)?;
    let words: Vec<u32> = rows
        .iter()
        .map(|row| examples.rows[*row].grams.as_ref().map_or(0, Grams::words))
        .collect();
    let summed = |mixture: Option<Mixture>| -> (Array1<f64>, Vec<[f64; Group::COUNT]>) {
        let summed = margins
            .iter()
            .zip(&words)
            .map(|(margin, words)| margin.sum(mixture, *words));
        let (margins, groups): (Vec<f64>, Vec<_>) = summed.unzip();
        (margins.into(), groups)
    };
    let mixture = teaching.pooled().then(|| Mixture {
        unknown: UNKNOWN,
        alike: ALIKE,
        half: HALF,
        unit: calibrate(&summed(None).0, &labels, &repeats, None).0,
    });
    let (margins, groups) = summed(mixture);
    // What a unit of margin is worth stays: all fakes here are of known kinds, so that a new slope would undo what the mixture
    // holds back for others, and drown what was set by hand.
    let (slope, offset) = calibrate(&margins, &labels, &repeats, mixture.map(|mixture| mixture.unit));
    let (fakes, genuine) = weighted_counts(&labels, &repeats);
    let even = Calibration {
        slope,
        offset: offset - (fakes / genuine).ln(),
    };

    let left_out: Vec<f64> = margins.iter().map(|margin| even.slope * margin + even.offset).collect();
    let share = labels.iter().filter(|fake| **fake).count() as f64 / labels.len() as f64;
    let features = codes
        .iter()
        .enumerate()
        .filter(|(_, code)| options.evidence.keeps(code))
        .map(|(column, code)| scaling.feature(column, code, fitted.weights[column], slope))
        .collect();
    let settings = Settings {
        features,
        intercept: fitted.intercept,
        calibration: even,
        prevalence: options.prevalence.unwrap_or(share),
        horizon: options.horizon,
        mixture,
        bands: UNSET,
        languages: languages(examples, rows),
        notice: None,
    };
    let mut model = Model {
        name: "model".to_owned(),
        settings,
        blocks,
        card: serde_json::Value::Null,
        digest: String::new(),
    };
    let groups: Vec<_> = groups.iter().map(|groups| groups.map(|sum| slope * sum)).collect();
    let left_out_of = |row: usize| (left_out[row], groups[row]);
    model.settings.bands = bands_of(examples, rows, left_out_of, &model, options.false_accusations);
    Ok(Trained {
        model,
        penalty,
        log_loss,
        left_out,
    })
}

/// Languages of which enough texts of both classes were learnt from.
fn languages(examples: &Examples, rows: &[usize]) -> Vec<String> {
    let mut counts: BTreeMap<Language, [usize; 2]> = BTreeMap::new();
    for row in rows
        .iter()
        .map(|row| &examples.rows[*row])
        .filter(|row| !row.behaviour_only)
    {
        if let Some(language) = row.grams.as_ref().and_then(|grams| grams.language) {
            counts.entry(language).or_default()[usize::from(row.fake)] += 1;
        }
    }
    let enough = counts
        .into_iter()
        .filter(|(_, classes)| classes.iter().all(|count| *count >= LEAST_OBSERVED));
    enough.map(|(language, _)| language.code().to_owned()).collect()
}

fn fold_of(rows: &[usize], folds: &Folds) -> Vec<usize> {
    let tested: BTreeMap<usize, usize> = folds
        .splits
        .iter()
        .enumerate()
        .flat_map(|(fold, split)| split.test.iter().map(move |row| (*row, fold)))
        .collect();
    rows.iter()
        .map(|row| tested.get(row).copied().unwrap_or(usize::MAX))
        .collect()
}
