//! The matrix that the classifier is fitted on: signals and n-gram columns side by side, scaled, and which of them the rows
//! can teach a weight.

use super::examples::{Examples, pooled};
use super::logistic::{self, FitError};
use super::selection::Selection;
use crate::features::standardise;
use crate::model::Feature;
use crate::score::Origin;
use crate::signals::{SIGNALS, Spec};
use ndarray::{Array1, Array2, Axis};

/// Signals and block columns side by side; what a behaviour-only row says by its text is missing, and so is what the model
/// may not use.
pub(super) fn join(examples: &Examples, rows: &[usize], columns: &Array2<f64>, evidence: &Selection) -> Array2<f64> {
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
/// Observed values of each class that a weight is learnt from; below, the weight is the documented one. Campaigns that we
/// planted do not count: on their own they teach how they were planted.
pub(super) const LEAST_OBSERVED: usize = 30;

/// What decides which weights the rows can teach.
pub(super) struct Teaching {
    /// For each row: its label is not of our own making, or there are no others.
    by_others: Vec<bool>,
    /// Several corpora are pooled.
    pooled: bool,
}

impl Teaching {
    pub fn of(examples: &Examples, rows: &[usize]) -> Teaching {
        let planted = |row: &usize| examples.rows[*row].behaviour_only;
        let all_planted = rows.iter().all(planted);
        Teaching {
            by_others: rows.iter().map(|row| all_planted || !planted(row)).collect(),
            pooled: pooled(examples, rows),
        }
    }

    pub fn select(&self, rows: &[usize]) -> Teaching {
        Teaching {
            by_others: rows.iter().map(|row| self.by_others[*row]).collect(),
            pooled: self.pooled,
        }
    }
}

/// Mean and deviation of each column, and where its weight comes from.
pub(super) struct Scaling {
    mean: Vec<f64>,
    scale: Vec<f64>,
    observed: Vec<u64>,
    /// Enough was observed of both classes, it varies, and it does not merely tell pooled corpora apart.
    learnable: Vec<bool>,
    /// It was observed and never varied.
    constant: Vec<bool>,
}

impl Scaling {
    pub fn of(raw: &Array2<f64>, repeats: &[usize], fake: &[bool], teaching: &Teaching) -> Scaling {
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

    pub fn apply(&self, raw: &Array2<f64>) -> Array2<f64> {
        Array2::from_shape_fn(raw.dim(), |(row, column)| {
            if self.learnable[column] {
                standardise(raw[[row, column]], self.mean[column], self.scale[column])
            } else {
                0.0
            }
        })
    }

    /// The feature of the model. A prior weight is in calibrated log-odds, so the slope is taken out of it.
    pub fn feature(&self, column: usize, code: &str, weight: f64, slope: f64) -> Feature {
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

pub(super) fn fit_repeated(
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
