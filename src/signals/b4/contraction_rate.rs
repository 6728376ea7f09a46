//! `B4.contraction_rate`: contracted forms, in English.

use crate::score::Evidence;
use crate::signals::{Case, Family, Prior, Say, Signal, Spec};
use crate::text::Language;

/// `B4.contraction_rate`, as its [`Spec`] says.
pub struct ContractionRate;

static SPEC: Spec = Spec {
    code: "B4.contraction_rate",
    family: Family::B4,
    what: "words with an inner apostrophe (\"don't\", \"we're\") per 100 words (20 words added); possessives left out; the kind of apostrophe does not matter",
    why: "Talk contracts, copy and machine-written English do not.",
    range: (0.0, 100.0),
    unit: "per 100 words",
    missing: "no English text of at least five words",
    source: "own; Li et al. 2014",
    high: Say {
        en: "contracts as in talk",
        fr: "contracte comme à l'oral",
    },
    low: Say {
        en: "no contractions",
        fr: "pas de contractions",
    },
    prior: Prior {
        centre: 1.5,
        scale: 1.5,
        weight: -0.1,
    },
};

impl Signal for ContractionRate {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let text = case.text.filter(|text| text.language == Some(Language::EN))?;
        let contracted = text.word_tokens().filter(|token| {
            let word = text.tokens.folded_of(token);
            word.len() > 2 && word.find('\'').is_some_and(|at| at > 0)
        });
        text.rate(contracted.count())
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
    use crate::signals::testing::{on_french, on_text};

    // The texts are invented.
    #[test]
    fn contractions_are_counted_and_possessives_are_not() {
        assert_eq!(
            on_text(&ContractionRate, "We didn't sleep, they don’t care"),
            Some(100.0 * 2.0 / 26.0)
        );
        assert_eq!(
            on_text(&ContractionRate, "The hotel's bar and Marco's food"),
            on_text(&ContractionRate, "One bar and good food, and and")
        );
        assert_eq!(on_french(&ContractionRate, "L'hôtel d'à côté n'est pas mal"), None);
    }

    #[test]
    fn is_missing_without_enough_words() {
        assert_eq!(on_text(&ContractionRate, "Don't"), None);
    }
}
