//! Margins of rows by classifiers that were not fitted on them.

use super::columns::{Penalty, Scaling, Teaching, fit_repeated};
use super::logistic::{self, FitError, Precision};
use crate::lexical::Column;
use crate::model::Mixture;
use crate::signals::{Family, Group, SIGNALS};
use ndarray::{Array1, Array2, ArrayView1, Axis};
use rayon::prelude::*;

/// What margins of rows left out are computed with.
pub(super) struct Honest<'a> {
    pub fake: &'a [bool],
    pub repeats: &'a [usize],
    pub teaching: &'a Teaching,
    pub fold_of: &'a [usize],
}

/// The margin of a row in its parts.
#[derive(Clone, Default)]
pub(super) struct Margin {
    intercept: f64,
    /// Of the signals, by group of families.
    signals: [f64; Group::COUNT],
    /// Of each n-gram block.
    blocks: Vec<f64>,
}

impl Margin {
    fn of(row: ArrayView1<'_, f64>, fitted: &logistic::Fit) -> Margin {
        let terms = &row * &fitted.weights;
        let (signals, blocks) = terms.view().split_at(Axis(0), SIGNALS.len());
        let mut by_group = [0.0; Group::COUNT];
        for (signal, term) in SIGNALS.iter().zip(signals) {
            by_group[signal.spec().family.group() as usize] += term;
        }
        let blocks = blocks.exact_chunks(Column::ALL.len());
        Margin {
            intercept: fitted.intercept,
            signals: by_group,
            blocks: blocks.into_iter().map(|block| block.sum()).collect(),
        }
    }

    /// The margin, and what each group of families adds to it, n-grams among them.
    pub fn sum(&self, mixture: Option<Mixture>, words: u32) -> (f64, [f64; Group::COUNT]) {
        let mut groups = self.signals;
        groups[Family::B4.group() as usize] += match mixture {
            Some(mixture) => mixture.counted(&self.blocks, words),
            None => self.blocks.iter().sum(),
        };
        (self.intercept + groups.iter().sum::<f64>(), groups)
    }
}

impl Honest<'_> {
    /// Margins of each fold's rows by a classifier, and by blocks, that were fitted as if the fold did not exist. Unlike
    /// [`left_out_margins`], which choose the penalty, they carry whatever shift there is between rows that blocks were
    /// cross-fitted on and texts that are scored later.
    pub fn margins(
        &self,
        joined: impl Fn(&Array2<f64>) -> Array2<f64> + Sync,
        without: &[Array2<f64>],
        penalty: Penalty,
    ) -> Result<Vec<Margin>, FitError> {
        let by_fold: Vec<Result<Vec<(usize, Margin)>, FitError>> = without
            .par_iter()
            .enumerate()
            .map(|(fold, columns)| {
                let raw = joined(columns);
                let (left_out, kept): (Vec<usize>, Vec<usize>) =
                    (0..self.fake.len()).partition(|row| self.fold_of[*row] == fold);
                let kept_labels: Vec<bool> = kept.iter().map(|row| self.fake[*row]).collect();
                let kept_repeats: Vec<usize> = kept.iter().map(|row| self.repeats[*row]).collect();
                let kept_raw = raw.select(Axis(0), &kept);
                let scaling = Scaling::of(&kept_raw, &kept_repeats, &kept_labels, &self.teaching.select(&kept));
                let x = scaling.apply(&raw);
                let fitted = fit_repeated(
                    &x,
                    self.fake,
                    self.repeats,
                    &kept,
                    (penalty, Precision::Exact),
                    &scaling,
                )?;
                Ok(left_out
                    .into_iter()
                    .map(|row| (row, Margin::of(x.row(row), &fitted)))
                    .collect())
            })
            .collect();
        let mut margins = vec![Margin::default(); self.fake.len()];
        for fold in by_fold {
            for (row, margin) in fold? {
                margins[row] = margin;
            }
        }
        Ok(margins)
    }
}

/// Margins that choose a penalty: the columns are those of the whole.
pub(super) fn left_out_margins(
    x: &Array2<f64>,
    fake: &[bool],
    repeats: &[usize],
    fold_of: &[usize],
    folds: usize,
    penalty: Penalty,
    scaling: &Scaling,
) -> Result<Array1<f64>, FitError> {
    let mut margins = Array1::zeros(x.nrows());
    for fold in 0..folds {
        let kept: Vec<usize> = (0..x.nrows()).filter(|row| fold_of[*row] != fold).collect();
        let fitted = fit_repeated(x, fake, repeats, &kept, (penalty, Precision::Rough), scaling)?;
        for row in (0..x.nrows()).filter(|row| fold_of[*row] == fold) {
            margins[row] = x.row(row).dot(&fitted.weights) + fitted.intercept;
        }
    }
    Ok(margins)
}
