//! `A1.exclamation`: share of sentences with an exclamation mark (RES).

use crate::score::Evidence;
use crate::signals::{Case, Family, NO_TEXT, Prior, Say, Signal, Spec};
use crate::text::{Analysis, FEWEST_WORDS};

/// `A1.exclamation`, as its [`Spec`] says.
pub struct Exclamation;

static SPEC: Spec = Spec {
    code: "A1.exclamation",
    family: Family::A1,
    what: "sentences with \"!\" / (sentences + 1) (RES)",
    why: "Exclamation stands in for argument in many invented reviews. Cheerful people write like that as well.",
    range: (0.0, 1.0),
    unit: "share of sentences",
    missing: NO_TEXT,
    source: "advice 1; RES in Rayana & Akoglu 2015; Li et al. 2014",
    high: Say {
        en: "exclamation in place of argument",
        fr: "des exclamations en guise d'arguments",
    },
    low: Say {
        en: "calm punctuation",
        fr: "ponctuation calme",
    },
    prior: Prior {
        centre: 0.15,
        scale: 0.2,
        weight: 0.2,
    },
};

impl Signal for Exclamation {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let text = case.text.filter(|text| text.words >= FEWEST_WORDS)?;
        Some(exclaiming(text).count() as f64 / (text.sentences.len() + 1) as f64)
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        let Some(text) = case.text.filter(|text| text.words >= FEWEST_WORDS) else {
            return Evidence::default();
        };
        let count = exclaiming(text).count();
        let spans = exclaiming(text).map(|at| text.span(at..at + 1)).collect();
        Evidence {
            spans,
            ..Evidence::fact("sentences that exclaim", format!("{count} of {}", text.sentences.len()))
        }
    }
}

/// The first exclamation mark of every sentence that has one.
fn exclaiming<'a>(text: &'a Analysis<'_>) -> impl Iterator<Item = usize> + 'a {
    text.sentences.iter().filter_map(|sentence| {
        (sentence.start as usize..sentence.end as usize)
            .find(|at| text.written(&text.tokens.list[*at]).starts_with(['!', '！']))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signals::testing::on_text;

    // The texts are invented.
    #[test]
    fn fires_on_exclamation() {
        assert_eq!(
            on_text(&Exclamation, "What a place! We loved it!! Go there!"),
            Some(0.75)
        );
    }

    #[test]
    fn is_nearly_silent_on_one_cheerful_end() {
        let text = "We had a quiet room. Breakfast was fine. The pool is small. Parking cost ten euros. Thank you Ana!";
        assert!(on_text(&Exclamation, text) < Some(0.2));
    }

    #[test]
    fn is_missing_without_enough_words() {
        assert_eq!(on_text(&Exclamation, "Great!"), None);
    }
}
