//! From signals to one row of an ndarray matrix `(n_reviews, n_features)`.
//!
//! The columns are the signals in the order of [`SIGNALS`], then the learnt evidence of the model's lexical blocks. A
//! missing value is NaN in the matrix and becomes the column's mean once scaled, so that it adds nothing.

use crate::signals::{Case, SIGNALS};
use ndarray::Array1;

/// How far from the mean, in standard deviations, a value may pull. It limits what one odd value can do to a score.
pub const CLIP: f64 = 3.0;

/// The signals of a case, NaN where missing.
pub fn signal_row(case: &Case<'_>) -> Array1<f64> {
    SIGNALS
        .iter()
        .map(|signal| signal.extract(case).unwrap_or(f64::NAN))
        .collect()
}

/// A value on the scale of the model: centred, scaled, clipped; 0 where missing.
#[inline]
pub fn standardise(value: f64, mean: f64, scale: f64) -> f64 {
    if value.is_nan() {
        0.0
    } else {
        ((value - mean) / scale).clamp(-CLIP, CLIP)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_value_adds_nothing_and_an_odd_one_is_limited() {
        assert_eq!(standardise(f64::NAN, 3.0, 2.0), 0.0);
        assert_eq!(standardise(5.0, 3.0, 2.0), 1.0);
        assert_eq!(standardise(-500.0, 3.0, 2.0), -CLIP);
    }
}
