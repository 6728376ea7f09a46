//! How the n-gram blocks of several corpora count together.

use serde::{Deserialize, Serialize};

/// Each block knows the fakes of one corpus; a fake met later may be of another kind. With `L` the log-odds that the blocks of a
/// text's language give, their evidence together is that of a mixture of kinds,
/// `ln ((unknown + (1 - unknown) * mean e^L) / (1 - alike + alike * mean e^L))`, and not the sum of `L`, which would be right if
/// every fake were of all kinds at once.
///
/// So a text unlike all fakes known is still `unknown` times as likely among fakes: it is not cleared by being unlike what one
/// machine wrote, nor a fake of one kind by being unlike another. One that is like the fakes of one corpus is no surer than that
/// this may be chance: a share `alike` of genuine reviews reads so. A few words say little either way.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mixture {
    /// Share of fakes that are of no kind known.
    pub unknown: f64,
    /// Share of genuine reviews that read like a fake.
    pub alike: f64,
    /// Words at which half of a block's log-odds counts.
    pub half: f64,
    /// Log-odds of a unit of a block's margin.
    pub unit: f64,
}

/// Steps in which the way from no evidence to all of it is gone.
const STEPS: i32 = 32;
/// Log-odds beyond which nothing more is told apart.
const LIMIT: f64 = 100.0;

impl Mixture {
    /// Whether the numbers make sense.
    pub fn is_sound(&self) -> bool {
        self.unknown > 0.0
            && self.alike > 0.0
            && self.unknown + self.alike < 1.0
            && self.half >= 0.0
            && self.unit > 0.0
            && (self.half + self.unit).is_finite()
    }

    /// By block the share of its margin that counts, from 0 to 1, in a text of so many words. A block that cannot read the
    /// text has a margin of exactly 0.
    ///
    /// The evidence of the mixture is shared out by Aumann and Shapley's rule: each block gets its margin times the mean slope on
    /// the straight way from 0 to the margins of all.
    pub fn shares(&self, margins: &[f64], words: u32) -> Vec<f64> {
        let words = f64::from(words);
        let speaking = margins.iter().filter(|margin| **margin != 0.0).count();
        let mut shares = vec![0.0; margins.len()];
        if speaking == 0 || words == 0.0 {
            return shares;
        }
        let counted = words / (words + self.half);
        let step = |margin: f64| (margin * self.unit * counted).clamp(-LIMIT, LIMIT) / f64::from(STEPS);
        let factors: Vec<f64> = margins.iter().map(|margin| step(*margin).exp()).collect();
        // From the middle of the first step on.
        let begin = |margin: &f64| {
            if *margin == 0.0 {
                0.0
            } else {
                (0.5 * step(*margin)).exp() / speaking as f64
            }
        };
        let mut odds: Vec<f64> = margins.iter().map(begin).collect();
        for _ in 0..STEPS {
            let mean: f64 = odds.iter().sum();
            let slope = (1.0 - self.unknown) / (self.unknown + (1.0 - self.unknown) * mean)
                - self.alike / (1.0 - self.alike + self.alike * mean);
            for ((share, odds), factor) in shares.iter_mut().zip(&mut odds).zip(&factors) {
                *share += slope * *odds;
                *odds *= factor;
            }
        }
        for share in &mut shares {
            *share *= counted / f64::from(STEPS);
        }
        shares
    }

    /// What of the margins counts, in all.
    pub fn counted(&self, margins: &[f64], words: u32) -> f64 {
        let shares = self.shares(margins, words);
        shares.iter().zip(margins).map(|(share, margin)| share * margin).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MIXTURE: Mixture = Mixture {
        unknown: 0.3,
        alike: 0.002,
        half: 10.0,
        unit: 1.0,
    };
    const LONG: u32 = 1_000_000;

    #[test]
    fn blocks_that_say_nothing_or_read_nothing_count_nothing() {
        assert_eq!(MIXTURE.counted(&[], 100), 0.0);
        assert_eq!(MIXTURE.counted(&[0.0, 0.0], 100), 0.0);
        assert_eq!(MIXTURE.counted(&[-3.0], 0), 0.0);
        let alone = MIXTURE.counted(&[-3.0], 100);
        assert_eq!(MIXTURE.counted(&[0.0, -3.0, 0.0], 100), alone);
    }

    #[test]
    fn a_text_unlike_all_fakes_known_may_be_of_another_kind() {
        let sure = MIXTURE.counted(&[-20.0, -15.0, -30.0], LONG);
        assert!((sure - 0.3f64.ln()).abs() < 0.05, "{sure}");
        // Like one kind and unlike two: a third of the kinds known is enough.
        let one = MIXTURE.counted(&[-8.0, 4.0, -8.0], LONG);
        let mean = 4f64.exp() / 3.0;
        let expected = ((0.3 + 0.7 * mean) / (0.998 + 0.002 * mean)).ln();
        assert!((one - expected).abs() < 0.05, "{one} {expected}");
    }

    #[test]
    fn the_unit_is_that_of_what_is_bounded() {
        let wide = Mixture { unit: 2.0, ..MIXTURE };
        let (once, twice) = (MIXTURE.counted(&[-3.0], LONG), wide.counted(&[-1.5], LONG));
        assert!((once - 2.0 * twice).abs() < 1e-9);
    }

    #[test]
    fn a_few_words_say_little() {
        assert!(MIXTURE.counted(&[4.0], 5) < 0.5 * MIXTURE.counted(&[4.0], 200));
    }

    proptest::proptest! {
        #[test]
        fn shares_are_shares_and_more_evidence_is_more(
            margins in proptest::collection::vec(-12.0..12.0f64, 1..5),
            more in 0.1..3.0f64,
            at in proptest::prelude::any::<proptest::sample::Index>(),
            words in 0u32..500,
        ) {
            let shares = MIXTURE.shares(&margins, words);
            proptest::prop_assert!(shares.iter().all(|share| (0.0..=1.0).contains(share)), "{shares:?}");
            let before = MIXTURE.counted(&margins, words);
            let surest = (0.7 / 0.002f64).ln();
            proptest::prop_assert!((0.3f64.ln() - 0.1..surest + 0.1).contains(&before), "{before}");
            let mut raised = margins;
            let at = at.index(raised.len());
            raised[at] += more;
            proptest::prop_assert!(MIXTURE.counted(&raised, words) > before - 0.02);
        }
    }
}
