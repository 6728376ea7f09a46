//! The matrix that the classifier is fitted on: signals and n-gram columns side by side, scaled, and which of them the rows
//! can teach a weight.

use super::examples::{Examples, pooled};
use super::logistic::{self, FitError, Precision};
use super::selection::Selection;
use crate::features::standardise;
use crate::model::Feature;
use crate::score::Origin;
use crate::signals::{Family, SIGNALS, Spec};
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

    /// Whether several corpora are pooled.
    pub fn pooled(&self) -> bool {
        self.pooled
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
    /// The weight that the signal's documentation gives it, per standardised unit; 0 where it is not learnable or no signal.
    documented: Vec<f64>,
}

impl Scaling {
    pub fn of(raw: &Array2<f64>, repeats: &[usize], fake: &[bool], teaching: &Teaching) -> Scaling {
        let mut scaling = Scaling {
            mean: Vec::new(),
            scale: Vec::new(),
            observed: Vec::new(),
            learnable: Vec::new(),
            constant: Vec::new(),
            documented: Vec::new(),
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
            let prior = SIGNALS.get(at).filter(|_| learnable).map(|signal| signal.spec().prior);
            scaling
                .documented
                .push(prior.map_or(0.0, |prior| prior.weight * deviation / prior.scale));
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

/// How hard weights are held: `alpha / 2 * |weights|^2` for n-gram columns; for signals `1 / signal_scale^2` times that, of what
/// they differ by from a common multiple of the documented weights. A hundred hand-made signals learnt from one corpus carry
/// its habits elsewhere unless they are held harder than what was read off thousands of texts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Penalty {
    /// L2 penalty, 1/C of scikit-learn.
    pub alpha: f64,
    /// What standardised signals are multiplied by before the fit.
    pub signal_scale: f64,
}

/// What the column of all signals, each by its documented weight, is multiplied by before the fit: its own weight is hardly held.
const DOCUMENTED_SCALE: f64 = 10.0;

/// Whether a weight says the opposite of the signal's documentation. That is an accident of a corpus, or of columns that share
/// what they say: nobody could be told why a history of reviews, or the words of a brochure left out, should speak against
/// him. Style (B4) has no side by nature and may surprise.
fn contradicts(column: usize, weight: f64) -> bool {
    SIGNALS.get(column).is_some_and(|signal| {
        let spec = signal.spec();
        spec.family != Family::B4 && weight * spec.prior.weight < 0.0
    })
}

/// Fits the columns that can be learnt on some rows of `x`, each as often as it counts. One more column adds the signals up by their
/// documented weights, so that what is held to 0 is how each differs from a multiple of its documentation. Signals whose weights
/// contradict their documentation are left out, with weight 0, and the rest is fitted again; so is a sum with a weight below 0.
pub(super) fn fit_repeated(
    x: &Array2<f64>,
    fake: &[bool],
    repeats: &[usize],
    rows: &[usize],
    (penalty, precision): (Penalty, Precision),
    scaling: &Scaling,
) -> Result<logistic::Fit, FitError> {
    let repeated: Vec<usize> = rows
        .iter()
        .flat_map(|row| std::iter::repeat_n(*row, repeats[*row]))
        .collect();
    let labels: Vec<bool> = repeated.iter().map(|row| fake[*row]).collect();
    let scale = |column: usize| {
        if column < SIGNALS.len() {
            penalty.signal_scale
        } else {
            1.0
        }
    };
    let mut columns: Vec<usize> = (0..x.ncols()).filter(|column| scaling.learnable[*column]).collect();
    let mut documented = scaling.documented.clone();
    loop {
        let sums: Array1<f64> = x
            .axis_iter(Axis(0))
            .map(|row| columns.iter().map(|column| row[*column] * documented[*column]).sum())
            .collect();
        let matrix = Array2::from_shape_fn((repeated.len(), columns.len() + 1), |(row, at)| match columns.get(at) {
            Some(column) => x[[repeated[row], *column]] * scale(*column),
            None => sums[repeated[row]] * DOCUMENTED_SCALE,
        });
        let fitted = logistic::fit(matrix.view(), &labels, penalty.alpha, precision)?;
        let of_sum = fitted.weights[columns.len()] * DOCUMENTED_SCALE;
        if of_sum < 0.0 {
            documented.fill(0.0);
            continue;
        }
        let weights = columns.iter().zip(&fitted.weights);
        let (left_out, kept): (Vec<_>, Vec<_>) = weights
            .map(|(column, weight)| (*column, weight * scale(*column) + of_sum * documented[*column]))
            .partition(|(column, weight)| contradicts(*column, *weight));
        if left_out.is_empty() {
            let mut weights = Array1::zeros(x.ncols());
            for (column, weight) in kept {
                weights[column] = weight;
            }
            return Ok(logistic::Fit {
                weights,
                intercept: fitted.intercept,
            });
        }
        columns = kept.into_iter().map(|(column, _)| column).collect();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(code: &str) -> usize {
        SIGNALS
            .iter()
            .position(|signal| signal.spec().code == code)
            .expect("in the registry")
    }

    /// Weights learnt from two hundred rows in which the given columns are high in fakes, and others in no class, each with
    /// noise of its own.
    fn fitted(high_in_fakes: &[usize], in_neither: &[usize], penalty: Penalty) -> Array1<f64> {
        let fake: Vec<bool> = (0..200).map(|row| row % 2 == 0).collect();
        let mut raw = Array2::from_elem((200, SIGNALS.len() + 1), f64::NAN);
        for (at, column) in high_in_fakes.iter().chain(in_neither).enumerate() {
            for row in 0..200 {
                let noise = ((row * (at + 3) * 37) % 101) as f64 / 101.0;
                let high = fake[row] && at < high_in_fakes.len();
                raw[[row, *column]] = noise + if high { 0.6 } else { 0.0 };
            }
        }
        let repeats = vec![1; 200];
        let teaching = Teaching {
            by_others: vec![true; 200],
            pooled: false,
        };
        let scaling = Scaling::of(&raw, &repeats, &fake, &teaching);
        let rows: Vec<usize> = (0..200).collect();
        let fit = fit_repeated(
            &scaling.apply(&raw),
            &fake,
            &repeats,
            &rows,
            (penalty, Precision::Exact),
            &scaling,
        );
        fit.expect("fits").weights
    }

    #[test]
    fn behaviour_does_not_speak_against_its_documentation_and_style_may() {
        let [history, only, second] = ["A7.history", "A7.only_review", "B4.second_person"].map(column);
        let penalty = Penalty {
            alpha: 1.0,
            signal_scale: 1.0,
        };
        let weights = fitted(&[history, only, second], &[], penalty);
        assert!(SIGNALS[history].spec().prior.weight < 0.0);
        assert_eq!(weights[history], 0.0);
        assert!(weights[only] > 0.0 && weights[second] > 0.0, "{weights}");
        assert_eq!(weights.iter().filter(|weight| **weight != 0.0).count(), 2);
    }

    #[test]
    fn signals_are_held_to_a_multiple_of_their_documentation() {
        let [telling, silent] = ["A7.only_review", "A7.extreme_share"].map(column);
        let documented = |at: usize| SIGNALS[at].spec().prior.weight / SIGNALS[at].spec().prior.scale;
        assert!(documented(telling) > 0.0 && documented(silent) > 0.0);
        // Weight of the signal that tells nothing, against the documented one, by that of the signal that tells.
        let ratio = |signal_scale| {
            let alpha = 1.0;
            let weights = fitted(&[telling], &[silent], Penalty { alpha, signal_scale });
            assert!(weights[telling] > 0.0, "{weights}");
            weights[silent] / weights[telling]
        };
        let (free, held) = (ratio(1.0), ratio(0.01));
        assert!(held > 0.1 && free < 0.5 * held, "{free} {held}");
    }
}
