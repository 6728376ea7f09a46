//! `B4.type_token`: variety of the vocabulary.

use crate::score::Evidence;
use crate::signals::{Case, Family, Prior, Say, Signal, Spec};

/// `B4.type_token`, as its [`Spec`] says.
pub struct TypeToken;

static SPEC: Spec = Spec {
    code: "B4.type_token",
    family: Family::B4,
    what: "ln(distinct words) / ln(words) (Herdan's C)",
    why: "Padding repeats words; copy avoids it. The measure falls slowly with length.",
    range: (0.0, 1.0),
    unit: "ratio of logs",
    missing: "fewer than ten words",
    source: "Herdan 1960; Burgoon et al. 2003",
    high: Say {
        en: "varied vocabulary",
        fr: "vocabulaire varié",
    },
    low: Say {
        en: "repetitive vocabulary",
        fr: "vocabulaire répétitif",
    },
    prior: Prior {
        centre: 0.93,
        scale: 0.035,
        weight: -0.05,
    },
};

impl Signal for TypeToken {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let mut words: Vec<u64> = case.text?.word_tokens().map(|token| token.hash).collect();
        let all = words.len();
        if all < 10 {
            return None;
        }
        words.sort_unstable();
        words.dedup();
        Some((words.len() as f64).ln() / (all as f64).ln())
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        self.extract(case).map_or_else(Evidence::default, |value| {
            Evidence::fact("variety", format!("{value:.3}"))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signals::testing::on_text;

    // The texts are invented.
    #[test]
    fn repetition_lowers_it() {
        assert_eq!(
            on_text(&TypeToken, "one two three four five six seven eight nine ten"),
            Some(1.0)
        );
        assert!(on_text(&TypeToken, "good good good good good good good good good food") < Some(0.4));
    }

    #[test]
    fn is_missing_below_ten_words() {
        assert_eq!(on_text(&TypeToken, "The room was clean and the bed soft"), None);
    }
}
