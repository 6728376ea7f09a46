//! `B4.quotation_marks`: quotations.

use crate::score::Evidence;
use crate::signals::{Case, Family, NO_TEXT, Prior, Say, Signal, Spec};

/// `B4.quotation_marks`, as its [`Spec`] says.
pub struct QuotationMarks;

static SPEC: Spec = Spec {
    code: "B4.quotation_marks",
    family: Family::B4,
    what: "pairs of quotation marks per 100 words (20 words added); straight, curly and French ones alike",
    why: "Quoting what was said or written on the spot is a detail. Ironic quotes are another matter.",
    range: (0.0, 100.0),
    unit: "per 100 words",
    missing: NO_TEXT,
    source: "Ott et al. 2011 (punctuation)",
    high: Say {
        en: "quotes what was said",
        fr: "cite des propos",
    },
    low: Say {
        en: "no quotations",
        fr: "pas de citations",
    },
    prior: Prior {
        centre: 0.2,
        scale: 0.5,
        weight: -0.05,
    },
};

impl Signal for QuotationMarks {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let text = case.text?;
        let marks = text
            .tokens
            .list
            .iter()
            .filter(|token| matches!(text.written(token), "\"" | "“" | "”" | "«" | "»" | "„"))
            .count();
        text.rate_of_weight(marks as f64 / 2.0)
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
    fn kinds_of_quotes_count_alike() {
        for text in [
            "He said \"no problem\" to us both",
            "He said “no problem” to us both",
            "He said « no problem » to us both",
        ] {
            assert_eq!(on_text(&QuotationMarks, text), Some(100.0 / 27.0), "{text}");
        }
        assert_eq!(on_text(&QuotationMarks, "It's what they'd said to us"), Some(0.0));
    }

    #[test]
    fn is_missing_without_enough_words() {
        assert_eq!(on_text(&QuotationMarks, "\"No\""), None);
    }
}
