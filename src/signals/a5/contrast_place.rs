//! `A5.contrast_place`: where the contrary clauses stand.

use crate::score::Evidence;
use crate::signals::{Case, Family, Prior, Say, Signal, Spec};

/// `A5.contrast_place`, as its [`Spec`] says.
pub struct ContrastPlace;

static SPEC: Spec = Spec {
    code: "A5.contrast_place",
    family: Family::A5,
    what: "mean place of the words against the review's own side, 0 at its beginning, 1 at its end",
    why: "Token criticism is appended at the end. Many honest writers close with the small fault as well.",
    range: (0.0, 1.0),
    unit: "share of the text",
    missing: "no text of at least five words in English or French, or neither stars nor words take a side, or it says nothing against its own side",
    source: "advice 5",
    high: Say {
        en: "the contrary remark stands at the end",
        fr: "la remarque contraire est à la fin",
    },
    low: Say {
        en: "the contrary remark stands early",
        fr: "la remarque contraire vient tôt",
    },
    prior: Prior {
        centre: 0.55,
        scale: 0.25,
        weight: 0.1,
    },
};

impl Signal for ContrastPlace {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        case.contrary()?.place
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        case.contrary()
            .filter(|found| found.place.is_some())
            .map_or_else(Evidence::default, |found| found.evidence())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signals::testing::check_signal;

    use crate::context::Surroundings;
    use crate::review::Review;
    use crate::text::Language;

    fn of(rating: Option<f64>, text: &str, language: Language) -> Option<f64> {
        let review = Review {
            rating,
            text: Some(text.to_owned()),
            language: Some(language),
            ..Review::default()
        };
        check_signal(&ContrastPlace, &review, &Surroundings::default(), &[])
    }

    // The texts are invented.
    #[test]
    fn the_end_is_told_from_the_beginning() {
        let late = of(
            Some(5.0),
            "Kind staff, a superb room and a lovely garden. The shower was dirty.",
            Language::EN,
        );
        let early = of(
            Some(5.0),
            "The shower was dirty. Kind staff, a superb room and a lovely garden.",
            Language::EN,
        );
        assert!(late > Some(0.7) && early < Some(0.3), "{late:?} {early:?}");
        assert!(
            of(
                Some(5.0),
                "Personnel gentil, superbe chambre et joli jardin. La douche était sale.",
                Language::FR
            ) > Some(0.6)
        );
    }

    #[test]
    fn is_missing_without_a_contrary_remark() {
        assert_eq!(
            of(
                Some(5.0),
                "Kind staff, a superb room and a lovely garden.",
                Language::EN
            ),
            None
        );
    }
}
