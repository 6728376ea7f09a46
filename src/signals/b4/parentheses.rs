//! `B4.parentheses`: brackets.

use crate::score::Evidence;
use crate::signals::{Case, Family, NO_TEXT, Prior, Say, Signal, Spec};

/// `B4.parentheses`, as its [`Spec`] says.
pub struct Parentheses;

static SPEC: Spec = Spec {
    code: "B4.parentheses",
    family: Family::B4,
    what: "opening brackets per 100 words (20 words added)",
    why: "Brackets hold asides that only a real stay supplies; Ott et al. find more of them in truthful reviews.",
    range: (0.0, 100.0),
    unit: "per 100 words",
    missing: NO_TEXT,
    source: "Ott et al. 2011 (punctuation)",
    high: Say {
        en: "asides in brackets",
        fr: "apartés entre parenthèses",
    },
    low: Say {
        en: "no brackets",
        fr: "pas de parenthèses",
    },
    prior: Prior {
        centre: 0.5,
        scale: 0.7,
        weight: -0.1,
    },
};

impl Signal for Parentheses {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let text = case.text?;
        let count = text
            .tokens
            .list
            .iter()
            .filter(|token| matches!(text.written(token), "(" | "["))
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
    fn brackets_are_counted() {
        assert_eq!(
            on_text(&Parentheses, "The room (number 4) was fine"),
            Some(100.0 / 26.0)
        );
        assert_eq!(on_text(&Parentheses, "The room was fine :)"), None);
        assert_eq!(on_text(&Parentheses, "The room was fine for us :)"), Some(0.0));
    }

    #[test]
    fn is_missing_without_enough_words() {
        assert_eq!(on_text(&Parentheses, "(four)"), None);
    }
}
