//! Fitting a model: n-gram evidence cross-fitted, linfa-logistic on the dense matrix, calibration, bands.
//!
//! One order of steps for `train` and for every fold of `evaluate`:
//!
//! 1. Inner folds by group over the training rows.
//! 2. For each corpus and language, n-gram blocks learnt on all folds but one give that one its columns, so that the
//!    classifier sees honest values; the blocks that are kept are the mean over the folds.
//! 3. Columns are standardised, missing values at the mean, and rows weighted by repetition where several corpora are
//!    pooled (linfa takes no weights).
//! 4. The L2 penalty is the one with the lowest log-loss on the inner folds.
//! 5. Each inner fold is scored as if it had come later, by blocks and a classifier that never saw it; these scores are
//!    calibrated and give the bands.

use super::logistic::{self, FitError};
use super::ngrams;
use super::selection::Selection;
use super::splits::{Folds, SplitError};
use crate::context::Horizon;
use crate::features::standardise;
use crate::lexical::{Block, Column, Familiarity, Grams, Kind, Weights};
use crate::model::{Bands, Calibration, Feature, Model, Settings, logit};
use crate::score::Origin;
use crate::scorer::Scorer;
use crate::signals::{SIGNALS, Spec};
use crate::text::Language;
use ndarray::{Array1, Array2, Axis};
use rayon::prelude::*;
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
    /// Signals `(n_rows, n_signals)` in the order of [`SIGNALS`], NaN where missing.
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

/// How to fit.
#[derive(Clone, Debug)]
pub struct Options {
    /// Inner folds, for cross-fitting and for choosing the penalty.
    pub folds: usize,
    /// Seed of the inner folds.
    pub seed: u64,
    /// L2 penalties to choose from.
    pub alphas: Vec<f64>,
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
    pub alpha: f64,
    /// Log-loss on the inner folds by penalty.
    pub log_loss: Vec<(f64, f64)>,
    /// For each training row, in the order given, its calibrated log-odds at even prevalence as seen by a model that was
    /// not fitted on it.
    pub left_out: Vec<f64>,
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
    let candidates: Vec<(f64, Result<Array1<f64>, FitError>)> = options
        .alphas
        .par_iter()
        .map(|alpha| {
            (
                *alpha,
                left_out_margins(&x, &labels, &repeats, &fold_of, k, *alpha, &scaling),
            )
        })
        .collect();
    let mut log_loss = Vec::new();
    let mut best: Option<(f64, f64)> = None;
    let mut failed = None;
    for (alpha, margins) in candidates {
        match margins {
            Ok(margins) => {
                let loss = weighted_log_loss(&margins, &labels, &repeats);
                log_loss.push((alpha, loss));
                if best.is_none_or(|(_, least)| loss < least) {
                    best = Some((alpha, loss));
                }
            }
            Err(error) => failed = Some(error),
        }
    }
    let Some((alpha, _)) = best else {
        return Err(failed.unwrap_or(FitError::OneClass { rows: rows.len() }).into());
    };
    let every: Vec<usize> = (0..rows.len()).collect();
    let fitted = fit_repeated(&x, &labels, &repeats, &every, alpha, &scaling)?;
    let margins = honest_margins(joined, &without, &labels, &repeats, &teaching, &fold_of, alpha)?;
    let (slope, offset) = calibrate(&margins, &labels, &repeats);
    let (fakes, genuine) = weighted_counts(&labels, &repeats);
    let even = Calibration {
        slope,
        offset: offset - (fakes / genuine).ln(),
    };

    let left_out: Vec<f64> = margins.iter().map(|margin| even.slope * margin + even.offset).collect();
    let share = labels.iter().filter(|fake| **fake).count() as f64 / labels.len() as f64;
    let bands = Bands {
        review: 0.0,
        suspect: 0.0,
        group: GROUP,
    };
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
        bands,
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
    model.settings.bands = bands_of(examples, rows, &left_out, &model, options.false_accusations);
    Ok(Trained {
        model,
        alpha,
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

/// Which rows teach a block.
struct Plan {
    corpus: usize,
    language: Option<Language>,
    rows: Vec<usize>,
}

/// Rows of each class that a block needs.
const BLOCK_ROWS: usize = 60;

/// A block for each corpus and language with enough of both classes. A corpus with fakes only borrows the genuine rows of
/// the corpora whose groups it shares.
fn plan_blocks(examples: &Examples, rows: &[usize]) -> Vec<Plan> {
    let mut cells: BTreeMap<(usize, Option<Language>), Vec<usize>> = BTreeMap::new();
    let mut texts: Vec<(usize, Option<Language>)> = Vec::new();
    for &row in rows {
        let example = &examples.rows[row];
        let Some(grams) = example.grams.as_ref().filter(|_| !example.behaviour_only) else {
            continue;
        };
        if grams.language.is_none() && !grams.stemmed {
            continue;
        }
        cells.entry((example.corpus, grams.language)).or_default().push(row);
        texts.push((row, grams.language));
    }
    let mut plans = Vec::new();
    for ((corpus, language), mut members) in cells {
        let fakes = members.iter().filter(|row| examples.rows[**row].fake).count();
        if fakes == members.len() {
            let groups: BTreeSet<&str> = members.iter().map(|row| examples.rows[*row].group.as_str()).collect();
            members.extend(
                texts
                    .iter()
                    .filter(|(row, of)| {
                        let example = &examples.rows[*row];
                        *of == language
                            && !example.fake
                            && example.corpus != corpus
                            && groups.contains(example.group.as_str())
                    })
                    .map(|(row, _)| *row),
            );
        }
        if fakes >= BLOCK_ROWS && members.len() - fakes >= BLOCK_ROWS {
            plans.push(Plan {
                corpus,
                language,
                rows: members,
            });
        }
    }
    plans
}

/// Block columns of the training rows, in the order of `rows`, as seen by blocks that did not learn from them.
struct CrossFitted {
    /// The blocks to keep: the mean of what the folds learnt, not one more block learnt on all rows. That one would have
    /// seen more texts than those whose columns the classifier was fitted on, and its values would lie off theirs.
    blocks: Vec<Block>,
    /// Columns of each row by blocks that did not see its fold.
    whole: Array2<f64>,
    /// By fold: the same as if that fold did not exist, and for its own rows the columns by the mean of those blocks, just
    /// as for a text that is scored later.
    without: Vec<Array2<f64>>,
}

/// A block that left out folds `f` and `g` serves the rows of `g` in the world without `f` and those of `f` in the world
/// without `g`; with `f = g` it serves the rows of `f` in the whole.
fn cross_fit(examples: &Examples, rows: &[usize], plans: &[Plan], fold_of: &[usize], k: usize) -> CrossFitted {
    let fold_of_row: BTreeMap<usize, usize> = rows.iter().copied().zip(fold_of.iter().copied()).collect();
    let width = Column::ALL.len();
    let missing = || Array2::from_elem((rows.len(), plans.len() * width), f64::NAN);
    let mut fitted = CrossFitted {
        blocks: Vec::new(),
        whole: missing(),
        without: (0..k).map(|_| missing()).collect(),
    };
    let pairs: Vec<(usize, usize)> = (0..k).flat_map(|f| (f..k).map(move |g| (f, g))).collect();
    for (at, plan) in plans.iter().enumerate() {
        let learnt: Vec<[Weights; 2]> = pairs
            .par_iter()
            .map(|(f, g)| {
                let kept: Vec<&Example> = plan
                    .rows
                    .iter()
                    .filter(|row| !matches!(fold_of_row.get(row), Some(fold) if fold == f || fold == g))
                    .map(|row| &examples.rows[*row])
                    .collect();
                Kind::ALL.map(|kind| {
                    let texts: Vec<ngrams::Labelled<'_>> = kept
                        .iter()
                        .filter_map(|example| Some((&example.grams.as_ref()?.counts[kind as usize], example.fake)))
                        .collect();
                    ngrams::learn(kind, &texts)
                })
            })
            .collect();
        let of = |f: usize, g: usize| {
            // Every pair is in the list, the smaller fold first.
            let found = pairs.iter().position(|pair| *pair == (f.min(g), f.max(g)));
            &learnt[found.unwrap_or_default()]
        };
        let bare = |weights: [&Weights; 2]| Block::new(&examples.corpora[plan.corpus], plan.language, weights);
        let familiarity = familiarity(
            examples,
            plan,
            &fold_of_row,
            &|fold| bare([&of(fold, fold)[0], &of(fold, fold)[1]]),
            k,
        );
        let block = |weights: [&Weights; 2]| {
            let mut block = bare(weights);
            block.familiarity = familiarity;
            block
        };
        let single = |f: usize, g: usize| block([&of(f, g)[0], &of(f, g)[1]]);
        let mean = |members: Vec<&[Weights; 2]>| {
            let of_kind =
                [0, 1].map(|kind| ngrams::mean(&members.iter().map(|weights| &weights[kind]).collect::<Vec<_>>()));
            block([&of_kind[0], &of_kind[1]])
        };
        let fill = |columns: &mut Array2<f64>, fold: usize, block: &Block| {
            for (position, row) in rows
                .iter()
                .enumerate()
                .filter(|(position, _)| fold_of[*position] == fold)
            {
                let example = &examples.rows[*row];
                let grams = example.grams.as_ref().filter(|_| !example.behaviour_only);
                if let Some(values) = grams.and_then(|grams| block.values(grams)) {
                    for (column, value) in values.into_iter().enumerate() {
                        columns[[position, at * width + column]] = value;
                    }
                }
            }
        };
        for g in 0..k {
            fill(&mut fitted.whole, g, &single(g, g));
        }
        fitted.without.par_iter_mut().enumerate().for_each(|(f, columns)| {
            for g in (0..k).filter(|g| *g != f) {
                fill(columns, g, &single(f, g));
            }
            fill(
                columns,
                f,
                &mean((0..k).filter(|g| *g != f).map(|g| of(f, g)).collect()),
            );
        });
        fitted.blocks.push(mean((0..k).map(|g| of(g, g)).collect()));
    }
    fitted
}

/// What the plan's texts look like to blocks that did not learn from them. No label is looked at.
fn familiarity(
    examples: &Examples,
    plan: &Plan,
    fold_of_row: &BTreeMap<usize, usize>,
    block_without: &dyn Fn(usize) -> Block,
    k: usize,
) -> Option<Familiarity> {
    let mut texts = Vec::new();
    for fold in 0..k {
        let block = block_without(fold);
        let of_fold = plan.rows.iter().filter(|row| fold_of_row.get(row) == Some(&fold));
        texts.extend(of_fold.filter_map(|row| block.raw(examples.rows[*row].grams.as_ref()?)));
    }
    Familiarity::of(&texts)
}

/// Signals and block columns side by side; what a behaviour-only row says by its text is missing, and so is what the model
/// may not use.
fn join(examples: &Examples, rows: &[usize], columns: &Array2<f64>, evidence: &Selection) -> Array2<f64> {
    let unused: Vec<bool> = SIGNALS
        .iter()
        .map(|signal| !evidence.keeps(signal.spec().code))
        .collect();
    let mut joined = Array2::from_elem((rows.len(), SIGNALS.len() + columns.ncols()), f64::NAN);
    for (at, &row) in rows.iter().enumerate() {
        for (column, value) in examples.signals.row(row).iter().enumerate() {
            let of_text = SIGNALS[column].spec().reads_text();
            joined[[at, column]] = if unused[column] || examples.rows[row].behaviour_only && of_text {
                f64::NAN
            } else {
                *value
            };
        }
    }
    for (mut to, from) in joined
        .axis_iter_mut(Axis(1))
        .skip(SIGNALS.len())
        .zip(columns.axis_iter(Axis(1)))
    {
        to.assign(&from);
    }
    joined
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

/// How often each row counts. With one corpus, once. With several, the corpora that share groups form a unit, and in each
/// unit the smaller class is repeated until both weigh the same, at most this many times; what is left of the larger
/// class beyond that is thinned evenly.
const MOST_REPEATS: usize = 10;

fn pooled(examples: &Examples, rows: &[usize]) -> bool {
    rows.iter()
        .any(|row| examples.rows[*row].corpus != examples.rows[rows[0]].corpus)
}

fn repeats(examples: &Examples, rows: &[usize]) -> Vec<usize> {
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

/// Observed values of each class that a weight is learnt from; below, the weight is the documented one. Campaigns that we
/// planted do not count: on their own they teach how they were planted.
const LEAST_OBSERVED: usize = 30;

/// What decides which weights the rows can teach.
struct Teaching {
    /// For each row: its label is not of our own making, or there are no others.
    by_others: Vec<bool>,
    /// Several corpora are pooled.
    pooled: bool,
}

impl Teaching {
    fn of(examples: &Examples, rows: &[usize]) -> Teaching {
        let planted = |row: &usize| examples.rows[*row].behaviour_only;
        let all_planted = rows.iter().all(planted);
        Teaching {
            by_others: rows.iter().map(|row| all_planted || !planted(row)).collect(),
            pooled: pooled(examples, rows),
        }
    }

    fn select(&self, rows: &[usize]) -> Teaching {
        Teaching {
            by_others: rows.iter().map(|row| self.by_others[*row]).collect(),
            pooled: self.pooled,
        }
    }
}

/// Mean and deviation of each column, and where its weight comes from.
struct Scaling {
    mean: Vec<f64>,
    scale: Vec<f64>,
    observed: Vec<u64>,
    /// Enough was observed of both classes, it varies, and it does not merely tell pooled corpora apart.
    learnable: Vec<bool>,
    /// It was observed and never varied.
    constant: Vec<bool>,
}

impl Scaling {
    fn of(raw: &Array2<f64>, repeats: &[usize], fake: &[bool], teaching: &Teaching) -> Scaling {
        let mut scaling = Scaling {
            mean: Vec::new(),
            scale: Vec::new(),
            observed: Vec::new(),
            learnable: Vec::new(),
            constant: Vec::new(),
        };
        for (at, column) in raw.axis_iter(Axis(1)).enumerate() {
            let (mut weight, mut sum, mut squares) = (0.0, 0.0, 0.0);
            let (mut observed, mut classes) = (0u64, [0usize; 2]);
            for (((value, repeats), fake), taught) in column.iter().zip(repeats).zip(fake).zip(&teaching.by_others) {
                if !value.is_nan() && *repeats > 0 {
                    let times = *repeats as f64;
                    weight += times;
                    sum += times * value;
                    squares += times * value * value;
                    observed += 1;
                    if *taught {
                        classes[usize::from(*fake)] += 1;
                    }
                }
            }
            let mean = if weight > 0.0 { sum / weight } else { 0.0 };
            let deviation = if weight > 0.0 {
                (squares / weight - mean * mean).max(0.0).sqrt()
            } else {
                0.0
            };
            let enough = classes.iter().all(|count| *count >= LEAST_OBSERVED) && deviation > 1e-9;
            let by_hand = |spec: &Spec| spec.describes_property() || spec.describes_campaign();
            let by_hand = teaching.pooled && SIGNALS.get(at).is_some_and(|signal| by_hand(signal.spec()));
            let learnable = enough && !by_hand;
            scaling.mean.push(mean);
            scaling.scale.push(if deviation > 1e-9 { deviation } else { 1.0 });
            scaling.observed.push(observed);
            scaling.learnable.push(learnable);
            scaling.constant.push(weight > 0.0 && deviation <= 1e-9);
        }
        scaling
    }

    fn apply(&self, raw: &Array2<f64>) -> Array2<f64> {
        Array2::from_shape_fn(raw.dim(), |(row, column)| {
            if self.learnable[column] {
                standardise(raw[[row, column]], self.mean[column], self.scale[column])
            } else {
                0.0
            }
        })
    }

    /// The feature of the model. A prior weight is in calibrated log-odds, so the slope is taken out of it.
    fn feature(&self, column: usize, code: &str, weight: f64, slope: f64) -> Feature {
        let observed = self.observed[column];
        match SIGNALS.get(column).filter(|_| !self.learnable[column]) {
            Some(signal) => {
                let prior = signal.spec().prior;
                // Observed, but always the same: rows like those of training must not be moved by a weight that
                // calibration did not know of.
                let centre = if self.constant[column] {
                    self.mean[column]
                } else {
                    prior.centre
                };
                Feature {
                    code: code.to_owned(),
                    weight: prior.weight / slope,
                    mean: centre,
                    scale: prior.scale,
                    origin: Origin::Prior,
                    observed,
                }
            }
            None => Feature {
                code: code.to_owned(),
                weight,
                mean: self.mean[column],
                scale: self.scale[column],
                origin: Origin::Learnt,
                observed,
            },
        }
    }
}

fn fit_repeated(
    x: &Array2<f64>,
    fake: &[bool],
    repeats: &[usize],
    rows: &[usize],
    alpha: f64,
    scaling: &Scaling,
) -> Result<logistic::Fit, FitError> {
    let used: Vec<usize> = (0..x.ncols()).filter(|column| scaling.learnable[*column]).collect();
    let repeated: Vec<usize> = rows
        .iter()
        .flat_map(|row| std::iter::repeat_n(*row, repeats[*row]))
        .collect();
    let labels: Vec<bool> = repeated.iter().map(|row| fake[*row]).collect();
    let matrix = Array2::from_shape_fn((repeated.len(), used.len()), |(row, column)| {
        x[[repeated[row], used[column]]]
    });
    let fitted = logistic::fit(matrix.view(), &labels, alpha)?;
    let mut weights = Array1::zeros(x.ncols());
    for (column, weight) in used.into_iter().zip(fitted.weights) {
        weights[column] = weight;
    }
    Ok(logistic::Fit {
        weights,
        intercept: fitted.intercept,
    })
}

/// Margins of each fold's rows by a classifier, and by blocks, that were fitted as if the fold did not exist. Unlike
/// [`left_out_margins`], which choose the penalty, they carry whatever shift there is between rows that blocks were
/// cross-fitted on and texts that are scored later.
fn honest_margins(
    joined: impl Fn(&Array2<f64>) -> Array2<f64> + Sync,
    without: &[Array2<f64>],
    fake: &[bool],
    repeats: &[usize],
    teaching: &Teaching,
    fold_of: &[usize],
    alpha: f64,
) -> Result<Array1<f64>, FitError> {
    let by_fold: Vec<Result<Vec<(usize, f64)>, FitError>> = without
        .par_iter()
        .enumerate()
        .map(|(fold, columns)| {
            let raw = joined(columns);
            let (left_out, kept): (Vec<usize>, Vec<usize>) = (0..fake.len()).partition(|row| fold_of[*row] == fold);
            let kept_labels: Vec<bool> = kept.iter().map(|row| fake[*row]).collect();
            let kept_repeats: Vec<usize> = kept.iter().map(|row| repeats[*row]).collect();
            let kept_raw = raw.select(Axis(0), &kept);
            let scaling = Scaling::of(&kept_raw, &kept_repeats, &kept_labels, &teaching.select(&kept));
            let x = scaling.apply(&raw);
            let fitted = fit_repeated(&x, fake, repeats, &kept, alpha, &scaling)?;
            Ok(left_out
                .into_iter()
                .map(|row| (row, x.row(row).dot(&fitted.weights) + fitted.intercept))
                .collect())
        })
        .collect();
    let mut margins = Array1::zeros(fake.len());
    for fold in by_fold {
        for (row, margin) in fold? {
            margins[row] = margin;
        }
    }
    Ok(margins)
}

fn left_out_margins(
    x: &Array2<f64>,
    fake: &[bool],
    repeats: &[usize],
    fold_of: &[usize],
    folds: usize,
    alpha: f64,
    scaling: &Scaling,
) -> Result<Array1<f64>, FitError> {
    let mut margins = Array1::zeros(x.nrows());
    for fold in 0..folds {
        let kept: Vec<usize> = (0..x.nrows()).filter(|row| fold_of[*row] != fold).collect();
        let fitted = fit_repeated(x, fake, repeats, &kept, alpha, scaling)?;
        for row in (0..x.nrows()).filter(|row| fold_of[*row] == fold) {
            margins[row] = x.row(row).dot(&fitted.weights) + fitted.intercept;
        }
    }
    Ok(margins)
}

fn weighted_log_loss(margins: &Array1<f64>, fake: &[bool], repeats: &[usize]) -> f64 {
    let (mut sum, mut weight) = (0.0, 0.0);
    for ((margin, fake), repeats) in margins.iter().zip(fake).zip(repeats) {
        let signed = if *fake { *margin } else { -margin };
        // ln(1 + e^-m), without overflow.
        let loss = if signed > 0.0 {
            (-signed).exp().ln_1p()
        } else {
            signed.exp().ln_1p() - signed
        };
        sum += *repeats as f64 * loss;
        weight += *repeats as f64;
    }
    sum / weight
}

fn weighted_counts(fake: &[bool], repeats: &[usize]) -> (f64, f64) {
    let of = |class: bool| {
        fake.iter()
            .zip(repeats)
            .filter(|(fake, _)| **fake == class)
            .map(|(_, repeats)| *repeats as f64)
            .sum::<f64>()
    };
    (of(true), of(false))
}

/// Slope and offset of a logistic regression of the labels on the margins (Platt 1999). Where the margins tell nothing,
/// the slope is near 0, never below.
fn calibrate(margins: &Array1<f64>, fake: &[bool], repeats: &[usize]) -> (f64, f64) {
    let (mut slope, mut offset) = (1.0, 0.0);
    // Newton's method on two parameters; a hundredth of a row's worth of penalty keeps it finite on separable rows.
    for _ in 0..100 {
        let (mut g, mut h) = ([0.02 * (slope - 1.0), 0.0], [0.02, 0.0, 1e-6]);
        for ((margin, fake), repeats) in margins.iter().zip(fake).zip(repeats) {
            let p = 1.0 / (1.0 + (-(slope * margin + offset)).exp());
            let times = *repeats as f64;
            let residual = times * (p - if *fake { 1.0 } else { 0.0 });
            let weight = times * p * (1.0 - p);
            g[0] += residual * margin;
            g[1] += residual;
            h[0] += weight * margin * margin;
            h[1] += weight * margin;
            h[2] += weight;
        }
        let determinant = h[0] * h[2] - h[1] * h[1];
        let step = [
            (h[2] * g[0] - h[1] * g[1]) / determinant,
            (h[0] * g[1] - h[1] * g[0]) / determinant,
        ];
        if !step.iter().all(|s| s.is_finite()) {
            break;
        }
        slope -= step[0].clamp(-1.0, 1.0);
        offset -= step[1].clamp(-1.0, 1.0);
        if step.iter().all(|s| s.abs() < 1e-10) {
            break;
        }
    }
    (slope.max(1e-3), offset)
}

/// Share of genuine reviews above which `review` begins, in each labelled corpus and in all background files together.
const REVIEW_SHARE: f64 = 0.10;
/// The same for each background file by itself: no kind of file may fill the queue.
const REVIEW_SHARE_OF_A_FILE: f64 = 0.20;
/// Log-odds that make a group of families count as evidence of its own: odds raised by a quarter.
const GROUP: f64 = 0.22;

/// Bands by the genuine rows left out. `suspect` holds the wanted share in the corpus where it is hardest to hold. Files with
/// planted campaigns taught no text, so their own reviews are scored with it: texts that the model never saw, from other
/// places and kinds of property than the labelled corpora. They are one background for `suspect`, since the last
/// hundredth of a single file is its own odd corner.
fn bands_of(examples: &Examples, rows: &[usize], left_out: &[f64], model: &Model, false_accusations: f64) -> Bands {
    let even = Scorer::new(model, Some(0.5)).ok();
    let mut by_corpus: BTreeMap<usize, Vec<f64>> = BTreeMap::new();
    let mut background: Vec<f64> = Vec::new();
    for (row, logit) in rows.iter().zip(left_out) {
        let example = &examples.rows[*row];
        if example.fake {
            continue;
        }
        let grams = example.grams.as_ref();
        let logit = match &even {
            Some(scorer) if example.behaviour_only => {
                let language = grams.and_then(|grams| grams.language);
                scorer.reasons(examples.signals.row(*row), grams, language).0 as f64 / 1000.0
            }
            _ => *logit,
        };
        by_corpus.entry(example.corpus).or_default().push(logit);
        if example.behaviour_only {
            background.push(logit);
        }
    }
    let behaviour_only: BTreeSet<usize> = rows
        .iter()
        .map(|row| &examples.rows[*row])
        .filter(|example| example.behaviour_only)
        .map(|example| example.corpus)
        .collect();
    for scores in by_corpus.values_mut().chain([&mut background]) {
        scores.sort_by(f64::total_cmp);
    }
    let highest = |share: f64, scores: &[&Vec<f64>]| {
        scores
            .iter()
            .map(|scores| quantile(scores, 1.0 - share))
            .fold(f64::NEG_INFINITY, f64::max)
    };
    let (files, labelled): (Vec<_>, Vec<_>) = by_corpus
        .iter()
        .partition(|(corpus, _)| behaviour_only.contains(corpus));
    let background = (!background.is_empty()).then_some(&background);
    let known: Vec<&Vec<f64>> = labelled
        .into_iter()
        .map(|(_, scores)| scores)
        .chain(background)
        .collect();
    let suspect = highest(false_accusations, &known);
    let files: Vec<&Vec<f64>> = files.into_iter().map(|(_, scores)| scores).collect();
    let review = highest(REVIEW_SHARE, &known).max(highest(REVIEW_SHARE_OF_A_FILE, &files));
    let review = if review.is_finite() { review } else { logit(0.5) };
    Bands {
        review,
        suspect: if suspect.is_finite() {
            suspect.max(review)
        } else {
            review + 1.0
        },
        group: GROUP,
    }
}

/// The smallest value that at most the wanted share of the rest exceeds.
fn quantile(sorted: &[f64], share: f64) -> f64 {
    let at = (share * sorted.len() as f64).ceil() as usize;
    // A hair above: a row at the threshold is in the band.
    sorted
        .get(at.max(1) - 1)
        .map_or(f64::NEG_INFINITY, |value| value + 1e-3)
}
