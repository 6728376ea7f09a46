//! The classifier: `linfa-logistic` with its traps guarded.
//!
//! linfa-logistic 0.8.1 makes the majority class the positive one, stops at an absolute gradient tolerance without
//! saying whether it converged, and takes NaN without a word. Here labels are read back after the fit and the weights
//! turned so that positive means fake, the tolerance grows with the rows, and the gradient is checked.

use linfa::prelude::*;
// The glob brings the trait in under a name that `Fit` below takes.
use linfa::traits::Fit as _;
use linfa_logistic::LogisticRegression;
use ndarray::{Array1, Array2, ArrayView2, ShapeBuilder};

/// A fitted logistic regression: log-odds of fake = `intercept + weights . x`.
#[derive(Clone, Debug, PartialEq)]
pub struct Fit {
    /// One weight a column.
    pub weights: Array1<f64>,
    /// Log-odds at the origin.
    pub intercept: f64,
}

/// Why a fit was refused or did not succeed.
#[derive(Debug, thiserror::Error)]
pub enum FitError {
    /// A value is NaN or infinite.
    #[error("row {row}, column {column}: expected a finite number; missing values must be filled before the fit")]
    NotFinite {
        /// 0-based row.
        row: usize,
        /// 0-based column.
        column: usize,
    },
    /// Rows and labels differ in number.
    #[error("{rows} rows, but {labels} labels")]
    Lengths {
        /// Rows of the matrix.
        rows: usize,
        /// Labels.
        labels: usize,
    },
    /// There is nothing to tell apart.
    #[error("all {rows} rows have the same label; both fake and genuine rows are needed")]
    OneClass {
        /// Rows of the matrix.
        rows: usize,
    },
    /// The solver failed.
    #[error("the solver failed: {0}")]
    Solver(String),
    /// The solver returned before the gradient vanished.
    #[error(
        "the fit did not converge: gradient {gradient:.2e} a row after {iterations} iterations; standardise the columns or raise the penalty"
    )]
    Unconverged {
        /// Largest component of the gradient, per row.
        gradient: f64,
        /// Limit of iterations.
        iterations: u64,
    },
}

/// How near to its optimum a fit ends: the norm of the gradient of the objective, per row, at which it stops.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Precision {
    /// As near as coefficients are shown: 1e-6.
    Exact,
    /// Near enough to compare penalties by what they leave unexplained, in half of the steps: 3e-5. Both bundled models chose
    /// the same penalty by either.
    Rough,
}

impl Precision {
    fn gradient(self) -> f64 {
        match self {
            Precision::Exact => 1e-6,
            Precision::Rough => 3e-5,
        }
    }
}

const ITERATIONS: u64 = 2000;
/// Largest component of the gradient of the objective, per row, that counts as converged.
const CONVERGED: f64 = 1e-4;

/// Fits on `x` of shape `(n_rows, n_columns)`, standardised, with an L2 penalty of `alpha / 2 * |weights|^2` (the
/// intercept is free). `alpha` is 1/C of scikit-learn.
pub fn fit(x: ArrayView2<'_, f64>, fake: &[bool], alpha: f64, precision: Precision) -> Result<Fit, FitError> {
    if x.nrows() != fake.len() {
        return Err(FitError::Lengths {
            rows: x.nrows(),
            labels: fake.len(),
        });
    }
    if let Some(((row, column), _)) = x.indexed_iter().find(|(_, value)| !value.is_finite()) {
        return Err(FitError::NotFinite { row, column });
    }
    let fakes = fake.iter().filter(|fake| **fake).count();
    if fakes == 0 || fakes == fake.len() {
        return Err(FitError::OneClass { rows: fake.len() });
    }
    // Column-major input fits about twice as fast.
    let mut columns = Array2::zeros(x.dim().f());
    columns.assign(&x);
    let targets = Array1::from_iter(fake.iter().copied());
    let dataset = Dataset::new(columns, targets);
    let fitted = LogisticRegression::default()
        .alpha(alpha)
        .max_iterations(ITERATIONS)
        .gradient_tolerance(precision.gradient() * fake.len() as f64)
        .fit(&dataset)
        .map_err(|e| FitError::Solver(e.to_string()))?;
    let sign = if fitted.labels().pos.class { 1.0 } else { -1.0 };
    let fit = Fit {
        weights: fitted.params().mapv(|weight| sign * weight),
        intercept: sign * fitted.intercept(),
    };
    let gradient = gradient(x, fake, alpha, &fit) / fake.len() as f64;
    if gradient.is_nan() || gradient > CONVERGED {
        return Err(FitError::Unconverged {
            gradient,
            iterations: ITERATIONS,
        });
    }
    Ok(fit)
}

/// Largest component of the gradient of the penalised log-likelihood.
fn gradient(x: ArrayView2<'_, f64>, fake: &[bool], alpha: f64, fit: &Fit) -> f64 {
    let margins = x.dot(&fit.weights) + fit.intercept;
    let residuals: Array1<f64> = margins
        .iter()
        .zip(fake)
        .map(|(margin, fake)| 1.0 / (1.0 + (-margin).exp()) - if *fake { 1.0 } else { 0.0 })
        .collect();
    let by_weight = x.t().dot(&residuals) + alpha * &fit.weights;
    by_weight
        .iter()
        .fold(residuals.sum().abs(), |largest, g| largest.max(g.abs()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Eight rows, two columns: high first column goes with fake.
    fn rows() -> Array2<f64> {
        ndarray::array![
            [2.0, 0.1],
            [1.5, -0.4],
            [1.0, 1.2],
            [0.2, -1.0],
            [-0.3, 0.8],
            [-1.0, 0.5],
            [-1.4, -0.7],
            [-2.0, -0.5]
        ]
    }

    #[test]
    fn positive_means_fake_whichever_class_is_larger() {
        for fakes in [3, 4, 5] {
            let fake: Vec<bool> = (0..8).map(|row| row < fakes).collect();
            let fit = fit(rows().view(), &fake, 1.0, Precision::Exact).expect("fits");
            assert!(fit.weights[0] > 0.0, "{fakes} fakes of 8: {fit:?}");
            let margins = rows().dot(&fit.weights) + fit.intercept;
            assert!(margins[0] > 0.0 && margins[7] < 0.0, "{fakes} fakes of 8: {margins}");
        }
    }

    /// Expected numbers: `LogisticRegression(C=1/alpha, tol=1e-12, max_iter=100000)` of scikit-learn 1.9.1 on the same rows.
    #[test]
    fn coefficients_agree_with_scikit_learn() {
        let fake = [true, true, false, true, false, false, true, false];
        for (alpha, weights, intercept) in SCIKIT_LEARN {
            let fit = fit(rows().view(), &fake, alpha, Precision::Exact).expect("fits");
            for (ours, theirs) in fit.weights.iter().zip(weights) {
                assert!((ours - theirs).abs() < 1e-4, "alpha {alpha}: {fit:?}");
            }
            assert!((fit.intercept - intercept).abs() < 1e-4, "alpha {alpha}: {fit:?}");
        }
    }

    const SCIKIT_LEARN: [(f64, [f64; 2], f64); 2] = [
        (1.0, [0.66498273, -1.16909499], 0.03077086),
        (0.1, [1.45518022, -3.31738233], 0.24673838),
    ];

    #[test]
    fn what_linfa_would_take_in_silence_is_refused() {
        let mut holed = rows();
        holed[[3, 1]] = f64::NAN;
        let fake = [true, true, true, true, false, false, false, false];
        assert!(matches!(
            fit(holed.view(), &fake, 1.0, Precision::Exact),
            Err(FitError::NotFinite { row: 3, column: 1 })
        ));
        assert!(matches!(
            fit(rows().view(), &[true; 8], 1.0, Precision::Exact),
            Err(FitError::OneClass { rows: 8 })
        ));
        assert!(matches!(
            fit(rows().view(), &fake[..7], 1.0, Precision::Exact),
            Err(FitError::Lengths { rows: 8, labels: 7 })
        ));
    }
}
