//! `A1.capitals`: share of shouted words (PCW).

use crate::score::Evidence;
use crate::signals::{Case, Family, NO_TEXT, Prior, Say, Signal, Spec};
use crate::text::{Analysis, FEWEST_WORDS};

/// `A1.capitals`, as its [`Spec`] says.
pub struct Capitals;

static SPEC: Spec = Spec {
    code: "A1.capitals",
    family: Family::A1,
    what: "words of three letters or more in capitals, usual abbreviations left out, / (words + 10) (PCW)",
    why: "Shouting replaces argument. Some writers only mean to stress one word; brand names and abbreviations are left out.",
    range: (0.0, 1.0),
    unit: "share of words",
    missing: NO_TEXT,
    source: "advice 1; PCW in Rayana & Akoglu 2015",
    high: Say {
        en: "shouts in capitals",
        fr: "écrit en majuscules",
    },
    low: Say {
        en: "no shouting",
        fr: "pas de majuscules criardes",
    },
    prior: Prior {
        centre: 0.01,
        scale: 0.03,
        weight: 0.15,
    },
};

impl Signal for Capitals {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let text = case.text.filter(|text| text.words >= FEWEST_WORDS)?;
        Some(shouted(text).count() as f64 / (text.words + 10) as f64)
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        let Some(text) = case.text.filter(|text| text.words >= FEWEST_WORDS) else {
            return Evidence::default();
        };
        Evidence {
            spans: shouted(text).map(|at| text.span(at..at + 1)).collect(),
            facts: Vec::new(),
        }
    }
}

/// Written in capitals by everyone.
const ABBREVIATIONS: [&str; 24] = [
    "atm", "bbq", "bnb", "cnn", "cbd", "diy", "dvd", "faq", "gps", "hdmi", "led", "ibis", "nyc", "spa", "tgv", "ter",
    "rer", "usa", "usb", "suv", "vip", "wifi", "vtc", "hbo",
];

fn shouted<'a>(text: &'a Analysis<'_>) -> impl Iterator<Item = usize> + 'a {
    text.tokens.list.iter().enumerate().filter_map(move |(at, token)| {
        let word = text.tokens.folded_of(token);
        (token.case == crate::text::Case::Upper && word.len() > 2 && !ABBREVIATIONS.contains(&word)).then_some(at)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signals::testing::on_text;

    // The texts are invented.
    #[test]
    fn fires_on_shouting() {
        assert!(on_text(&Capitals, "DO NOT GO THERE, the WORST hotel in town") > Some(0.1));
    }

    #[test]
    fn is_silent_on_abbreviations() {
        assert_eq!(
            on_text(
                &Capitals,
                "The TV had CNN and the WIFI worked, the ATM is near the BBQ area"
            ),
            Some(0.0)
        );
    }

    #[test]
    fn is_missing_without_enough_words() {
        assert_eq!(on_text(&Capitals, "AVOID"), None);
    }
}
