//! Tails of the distributions that findings are tested against, as natural logarithms so that nothing underflows.

/// ln of the gamma function for `x > 0` (Lanczos, g = 7; relative error below 1e-13).
pub(super) fn ln_gamma(x: f64) -> f64 {
    const COEFFICIENTS: [f64; 9] = [
        0.999_999_999_999_809_9,
        676.520_368_121_885_1,
        -1_259.139_216_722_402_8,
        771.323_428_777_653_1,
        -176.615_029_162_140_6,
        12.507_343_278_686_905,
        -0.138_571_095_265_720_12,
        9.984_369_578_019_572e-6,
        1.505_632_735_149_311_6e-7,
    ];
    if x < 0.5 {
        return (std::f64::consts::PI / (std::f64::consts::PI * x).sin()).ln() - ln_gamma(1.0 - x);
    }
    let x = x - 1.0;
    let t = x + 7.5;
    let series = COEFFICIENTS[1..]
        .iter()
        .enumerate()
        .map(|(i, c)| c / (x + i as f64 + 1.0))
        .sum::<f64>();
    0.5 * (2.0 * std::f64::consts::PI).ln() + (x + 0.5) * t.ln() - t + (COEFFICIENTS[0] + series).ln()
}

/// ln of the number of ways to choose `k` of `n`.
pub(super) fn ln_choose(n: f64, k: f64) -> f64 {
    if k <= 0.0 || k >= n {
        0.0
    } else {
        ln_gamma(n + 1.0) - ln_gamma(k + 1.0) - ln_gamma(n - k + 1.0)
    }
}

/// ln of a sum of terms whose logarithms are given by `term`, from `from` until they no longer matter.
fn ln_tail(from: u32, to: u32, term: impl Fn(f64) -> f64) -> f64 {
    let first = term(f64::from(from));
    let (mut sum, mut highest) = (1.0, first);
    for k in from + 1..=to {
        let next = term(f64::from(k));
        if next > highest {
            sum = sum * (highest - next).exp() + 1.0;
            highest = next;
        } else {
            let part = (next - highest).exp();
            sum += part;
            if part < 1e-12 * sum {
                break;
            }
        }
    }
    (highest + sum.ln()).min(0.0)
}

/// ln P(X >= k) for a Poisson variable.
pub(super) fn ln_poisson_tail(k: u32, mean: f64) -> f64 {
    if k == 0 {
        return 0.0;
    }
    let mean = mean.max(1e-300);
    ln_tail(k, k + 100_000, |k| k * mean.ln() - mean - ln_gamma(k + 1.0))
}

/// ln P(X >= k) for a negative binomial variable of a mean and a size (variance `mean + mean^2 / size`).
pub(super) fn ln_negative_binomial_tail(k: u32, mean: f64, size: f64) -> f64 {
    if k == 0 {
        return 0.0;
    }
    let (yes, no) = ((mean / (mean + size)).ln(), (size / (mean + size)).ln());
    ln_tail(k, k + 100_000, |k| {
        ln_gamma(k + size) - ln_gamma(size) - ln_gamma(k + 1.0) + size * no + k * yes
    })
}

/// ln P(X >= k) for a binomial variable.
pub(crate) fn ln_binomial_tail(k: u32, n: u32, share: f64) -> f64 {
    if k == 0 {
        return 0.0;
    }
    if k > n {
        return f64::NEG_INFINITY;
    }
    let share = share.clamp(1e-12, 1.0 - 1e-12);
    let (yes, no) = (share.ln(), (1.0 - share).ln());
    ln_tail(k, n, |k| ln_choose(f64::from(n), k) + k * yes + (f64::from(n) - k) * no)
}

/// ln P(X >= k) where `drawn` are drawn without replacement from `all`, of which `marked` are marked.
pub(super) fn ln_hypergeometric_tail(k: u32, drawn: u32, marked: u32, all: u32) -> f64 {
    if k == 0 {
        return 0.0;
    }
    let most = drawn.min(marked);
    if k > most {
        return f64::NEG_INFINITY;
    }
    // Fewer cannot come out where the others are too few.
    let least = (drawn + marked).saturating_sub(all);
    let (n, m, t) = (f64::from(drawn), f64::from(marked), f64::from(all));
    ln_tail(k.max(least), most, |k| {
        ln_choose(m, k) + ln_choose(t - m, n - k) - ln_choose(t, n)
    })
}

/// A property that a reviewer may meet somebody at.
#[derive(Clone, Copy, Debug)]
pub(super) struct Chance {
    /// Probability that one review of that time is of it.
    pub share: f64,
    /// Number of the reviewer's reviews that are near enough in time.
    pub near: f64,
}

/// ln of a bound on the probability that a reviewer with so many reviews meets somebody at `met` or more of some properties: the
/// expected number of ways to do so, each review of a property of its own (union bound). With `e_k` the sum over all
/// sets of `k` properties of the product of a value of each, it is `e_k(share x near)`, or `n! / (n - k)! x e_k(share)`, which
/// is less where many reviews are near.
pub(super) fn ln_meetings(met: u32, reviews: usize, chances: &[Chance]) -> f64 {
    let ln_sum = |value: &dyn Fn(&Chance) -> f64| {
        let mut sums = vec![0.0; met as usize + 1];
        sums[0] = 1.0;
        for chance in chances {
            let value = value(chance);
            for k in (1..sums.len()).rev() {
                sums[k] += value * sums[k - 1];
            }
        }
        sums[met as usize].max(f64::MIN_POSITIVE).ln()
    };
    let ln_orders = (0..met as usize)
        .map(|taken| (reviews.saturating_sub(taken).max(1) as f64).ln())
        .sum::<f64>();
    let by_time = ln_sum(&|chance| chance.share * chance.near);
    let by_number = ln_sum(&|chance| chance.share) + ln_orders;
    by_time.min(by_number).min(0.0)
}

/// ln of the p-value of the first of some independent p-values, of it with the second, or of all of them together,
/// whichever is the least: times the ways to choose.
pub(super) fn ln_best(ln_ps: &[f64]) -> f64 {
    let ways = (1..=ln_ps.len()).map(|first| ln_fisher(&ln_ps[..first]));
    (ways.fold(0.0, f64::min) + (ln_ps.len() as f64).ln()).min(0.0)
}

/// ln of the p-value of independent p-values by Fisher's method.
pub(super) fn ln_fisher(ln_ps: &[f64]) -> f64 {
    let ln_w: f64 = ln_ps.iter().sum();
    let (mut term, mut sum) = (1.0, 1.0);
    for i in 1..ln_ps.len() {
        term *= -ln_w / i as f64;
        sum += term;
    }
    (ln_w + sum.ln()).min(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(found: f64, expected: f64) {
        assert!(
            (found - expected).abs() < 1e-9 * expected.abs().max(1.0),
            "{found} against {expected}"
        );
    }

    // Expected values by exact sums in rational arithmetic.
    #[test]
    fn tails_are_those_of_the_distributions() {
        close(ln_gamma(5.0), 24f64.ln());
        close(ln_choose(10.0, 3.0), 120f64.ln());
        close(ln_binomial_tail(9, 10, 0.5), (11.0f64 / 1024.0).ln());
        close(ln_hypergeometric_tail(6, 8, 6, 14), (28.0f64 / 3003.0).ln());
        close(ln_poisson_tail(1, 0.5), (1.0 - (-0.5f64).exp()).ln());
        // Geometric: size 1, success 1/2.
        close(ln_negative_binomial_tail(3, 1.0, 1.0), (1.0f64 / 8.0).ln());
    }

    #[test]
    fn meetings_are_counted_by_their_ways() {
        let even = [Chance {
            share: 1.0 / 30.0,
            near: 5.0,
        }; 5];
        // All five: 5! / 30^5; two of five: 5 x 4 orders, ten sets.
        close(ln_meetings(5, 5, &even), (120.0 / 30f64.powi(5)).ln());
        close(ln_meetings(2, 5, &even), (20.0 * 10.0 / 900.0f64).ln());
        // Where one review is near each property, there is one way.
        let apart = [Chance { share: 0.1, near: 1.0 }; 3];
        close(ln_meetings(3, 3, &apart), 0.001f64.ln());
        // More than one way is to be expected.
        let common = [Chance { share: 0.5, near: 5.0 }; 5];
        assert_eq!(ln_meetings(1, 40, &common), 0.0);
    }

    #[test]
    fn p_values_are_combined() {
        // Of two: w (1 - ln w); of one it is the p-value itself.
        close(ln_fisher(&[0.01f64.ln()]), 0.01f64.ln());
        let w: f64 = 0.01 * 0.2;
        close(ln_fisher(&[0.01f64.ln(), 0.2f64.ln()]), (w * (1.0 - w.ln())).ln());
        // What tells nothing costs the choice alone.
        close(ln_best(&[-20.0, 0.0, 0.0]), -20.0 + 3f64.ln());
        assert!(ln_best(&[-20.0, -10.0, 0.0]) < ln_best(&[-20.0, 0.0, 0.0]));
    }

    #[test]
    fn two_p_values_of_chance_are_seldom_small_together() {
        // Both uniform: their product is below one in a hundred six times as often.
        const STEPS: u32 = 400;
        let uniform = || (0..STEPS).map(|step| ((f64::from(step) + 0.5) / f64::from(STEPS)).ln());
        let pairs = || uniform().flat_map(|a| uniform().map(move |b| [a, b]));
        let share = |ln_p: fn(&[f64]) -> f64| {
            pairs().filter(|pair| ln_p(pair) < 0.01f64.ln()).count() as f64 / f64::from(STEPS * STEPS)
        };
        assert!(share(|pair| pair.iter().sum()) > 0.05);
        assert!(share(ln_fisher) < 0.011 && share(ln_best) < 0.011);
    }

    #[test]
    fn tails_have_edges() {
        assert_eq!(ln_binomial_tail(0, 5, 0.1), 0.0);
        assert_eq!(ln_binomial_tail(6, 5, 0.1), f64::NEG_INFINITY);
        assert_eq!(ln_hypergeometric_tail(3, 2, 2, 9), f64::NEG_INFINITY);
        assert!(ln_poisson_tail(500, 1.0) < -1000.0 && ln_poisson_tail(500, 1.0).is_finite());
    }
}
