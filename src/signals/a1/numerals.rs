//! `A1.numerals`: numbers per hundred words.

use crate::score::Evidence;
use crate::signals::{Case, Family, NO_TEXT, Prior, Say, Signal, Spec};
use crate::text::{Analysis, Kind};

/// `A1.numerals`, as its [`Spec`] says.
pub struct Numerals;

static SPEC: Spec = Spec {
    code: "A1.numerals",
    family: Family::A1,
    what: "numbers in figures per 100 words (20 words added), in any language",
    why: "Numbers come from a bill, a door or a clock. Reviews without any are common and mostly honest.",
    range: (0.0, 100.0),
    unit: "per 100 words",
    missing: NO_TEXT,
    source: "advice 1; Ott et al. 2011; Feng et al. 2012",
    high: Say {
        en: "cites numbers",
        fr: "cite des chiffres",
    },
    low: Say {
        en: "cites no number",
        fr: "ne cite aucun chiffre",
    },
    prior: Prior {
        centre: 1.2,
        scale: 1.2,
        weight: -0.15,
    },
};

impl Signal for Numerals {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let text = case.text?;
        text.rate(numbers(text).count())
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        let Some(text) = case.text.filter(|_| self.extract(case).is_some()) else {
            return Evidence::default();
        };
        Evidence {
            spans: numbers(text).map(|at| text.span(at..at + 1)).collect(),
            facts: Vec::new(),
        }
    }
}

fn numbers<'a>(text: &'a Analysis<'_>) -> impl Iterator<Item = usize> + 'a {
    text.tokens
        .list
        .iter()
        .enumerate()
        .filter(|(_, token)| token.kind == Kind::Number)
        .map(|(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signals::testing::on_text;

    // The texts are invented.
    #[test]
    fn numbers_are_counted_in_any_language() {
        assert!(on_text(&Numerals, "Room 12, 3 nights, 240 euros, breakfast until 10:30") > Some(10.0));
        let slovak = crate::review::Review {
            text: Some("Izba 12 stála 80 eur a bola na 3. poschodí".into()),
            ..Default::default()
        };
        assert!(crate::signals::testing::check_signal(&Numerals, &slovak, &Default::default(), &[]) > Some(8.0));
    }

    #[test]
    fn a_text_without_numbers_has_none() {
        assert_eq!(on_text(&Numerals, "A lovely stay with kind people"), Some(0.0));
    }

    #[test]
    fn is_missing_without_enough_words() {
        assert_eq!(on_text(&Numerals, "10/10"), None);
    }
}
