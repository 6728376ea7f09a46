//! A linear support vector machine on sparse rows, by dual coordinate descent.
//!
//! Hsieh et al. 2008, algorithm 1, squared hinge loss: the solver of liblinear. The bias is the weight of a constant 1
//! and penalised like the others. Rows are visited in an order drawn from a fixed seed, so that the same rows give the
//! same bits.

/// A sparse row: bucket and value.
pub type SparseRow = Vec<(u32, f32)>;

/// Passes over the rows at most.
const PASSES: usize = 400;
/// Largest violation of the optimality conditions at which the solver stops, as in liblinear.
const TOLERANCE: f64 = 0.1;

/// Fits `columns` weights and a bias; margins are positive for fakes. Errors of a class cost `C / its share / 2`, so that
/// both classes weigh the same.
pub fn fit(rows: &[SparseRow], fake: &[bool], columns: usize, c: f64) -> (Vec<f32>, f64) {
    let n = rows.len();
    let fakes = fake.iter().filter(|fake| **fake).count().max(1);
    let cost = |fake: bool| c * n as f64 / 2.0 / if fake { fakes } else { (n - fakes).max(1) } as f64;
    let squared: Vec<f64> = rows
        .iter()
        .map(|row| 1.0 + row.iter().map(|(_, v)| f64::from(*v) * f64::from(*v)).sum::<f64>())
        .collect();
    let mut weights = vec![0f32; columns];
    let mut bias = 0.0;
    let mut alpha = vec![0.0; n];
    let mut order: Vec<usize> = (0..n).collect();
    let mut state = 0x2545_f491_4f6c_dd1du64;
    for _ in 0..PASSES {
        for i in (1..n).rev() {
            // xorshift64*: any fixed sequence serves.
            state ^= state >> 12;
            state ^= state << 25;
            state ^= state >> 27;
            order.swap(i, (state.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % (i + 1));
        }
        let mut worst: f64 = 0.0;
        for &i in &order {
            let y = if fake[i] { 1.0 } else { -1.0 };
            let diagonal = 0.5 / cost(fake[i]);
            let margin = bias
                + rows[i]
                    .iter()
                    .map(|(at, v)| f64::from(weights[*at as usize]) * f64::from(*v))
                    .sum::<f64>();
            let gradient = y * margin - 1.0 + diagonal * alpha[i];
            let projected = if alpha[i] == 0.0 { gradient.min(0.0) } else { gradient };
            worst = worst.max(projected.abs());
            if projected.abs() > 1e-12 {
                let before = alpha[i];
                alpha[i] = f64::max(before - gradient / (squared[i] + diagonal), 0.0);
                let step = (alpha[i] - before) * y;
                bias += step;
                for (at, v) in &rows[i] {
                    weights[*at as usize] += (step * f64::from(*v)) as f32;
                }
            }
        }
        if worst < TOLERANCE {
            break;
        }
    }
    (weights, bias)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separable_rows_are_separated_and_the_same_rows_give_the_same_bits() {
        let rows: Vec<SparseRow> = (0..40u32).map(|i| vec![(i % 2, 1.0), (2 + i % 5, 0.5)]).collect();
        let fake: Vec<bool> = (0..40).map(|i| i % 2 == 0).collect();
        let (weights, bias) = fit(&rows, &fake, 7, 1.0);
        for (row, fake) in rows.iter().zip(&fake) {
            let margin: f64 = bias
                + row
                    .iter()
                    .map(|(at, v)| f64::from(weights[*at as usize] * v))
                    .sum::<f64>();
            assert_eq!(margin > 0.0, *fake);
        }
        assert_eq!(fit(&rows, &fake, 7, 1.0), (weights, bias));
    }

    /// Expected: `LinearSVC(C=1, loss="squared_hinge", dual=True, tol=1e-10, class_weight="balanced")` of scikit-learn 1.9.1.
    #[test]
    fn weights_agree_with_liblinear() {
        let rows: Vec<SparseRow> = vec![
            vec![(0, 1.0)],
            vec![(0, 0.5), (1, 1.0)],
            vec![(1, 1.0)],
            vec![(1, 0.3), (2, 1.0)],
            vec![(0, 0.8), (2, 0.1)],
        ];
        let (weights, bias) = fit(&rows, &[true, true, false, false, false], 3, 1.0);
        for (ours, theirs) in weights.iter().map(|w| f64::from(*w)).chain([bias]).zip(LIBLINEAR) {
            assert!((ours - theirs).abs() < 0.02, "{weights:?} {bias}");
        }
    }

    const LIBLINEAR: [f64; 4] = [0.81571, 0.28044, -0.49336, -0.41370];
}
