//! `B4.comma_rate`: commas.

use crate::score::Evidence;
use crate::signals::{Case, Family, NO_TEXT, Prior, Say, Signal, Spec};

/// `B4.comma_rate`, as its [`Spec`] says.
pub struct CommaRate;

static SPEC: Spec = Spec {
    code: "B4.comma_rate",
    family: Family::B4,
    what: "commas per 100 words (20 words added)",
    why: "Copy and machine-written reviews string clauses and lists with commas.",
    range: (0.0, 100.0),
    unit: "per 100 words",
    missing: NO_TEXT,
    source: "Ott et al. 2011 (punctuation)",
    high: Say {
        en: "many commas",
        fr: "beaucoup de virgules",
    },
    low: Say {
        en: "few commas",
        fr: "peu de virgules",
    },
    prior: Prior {
        centre: 4.5,
        scale: 2.5,
        weight: 0.05,
    },
};

impl Signal for CommaRate {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let text = case.text?;
        let count = text
            .tokens
            .list
            .iter()
            .filter(|token| matches!(text.written(token), "," | "،" | "、" | "，"))
            .count();
        text.rate(count)
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        self.extract(case).map_or_else(Evidence::default, |value| {
            Evidence::fact("per 100 words", format!("{value:.1}"))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signals::testing::on_text;

    // The texts are invented.
    #[test]
    fn commas_are_counted() {
        assert_eq!(on_text(&CommaRate, "one, two, three, four, five"), Some(16.0));
        assert_eq!(on_text(&CommaRate, "one two three four five"), Some(0.0));
    }

    #[test]
    fn is_missing_without_enough_words() {
        assert_eq!(on_text(&CommaRate, "one, two"), None);
    }
}
