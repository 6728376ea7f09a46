//! `A5.contrast_share`: how much of the review speaks against its own side.

use super::weighed;
use crate::score::Evidence;
use crate::signals::{Case, Family, Prior, Say, Signal, Spec};

/// `A5.contrast_share`, as its [`Spec`] says.
pub struct ContrastShare;

static SPEC: Spec = Spec {
    code: "A5.contrast_share",
    family: Family::A5,
    what: "share of the words that stand in clauses against the side that stars or words take; times one less A5.hedged_criticism or A5.hedged_praise, since a token concession weighs nothing",
    why: "Honest reviews weigh both sides; token criticism is short.",
    range: (0.0, 1.0),
    unit: "share of words",
    missing: "no text of at least five words in English or French, or neither stars nor words take a side",
    source: "advice 5",
    high: Say {
        en: "weighs both sides",
        fr: "pèse le pour et le contre",
    },
    low: Say {
        en: "says next to nothing against its own side",
        fr: "ne dit presque rien contre son propre camp",
    },
    prior: Prior {
        centre: 0.12,
        scale: 0.12,
        weight: -0.15,
    },
};

impl Signal for ContrastShare {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        case.contrary().map(weighed)
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        case.contrary()
            .filter(|found| weighed(found) > 0.0)
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
        check_signal(&ContrastShare, &review, &Surroundings::default(), &[])
    }

    // The texts are invented.
    #[test]
    fn both_sides_are_weighed() {
        let balanced = of(
            Some(4.0),
            "Good location and kind staff, but the shower was cold and the street was noisy.",
            Language::EN,
        );
        assert!(balanced > Some(0.3), "{balanced:?}");
        assert!(
            of(
                Some(4.0),
                "Bon emplacement, mais la douche était froide et la rue bruyante.",
                Language::FR
            ) > Some(0.3)
        );
    }

    #[test]
    fn a_token_concession_weighs_nothing() {
        let token =
            "Superb hotel and lovely staff, perfect from start to finish. My only tiny complaint: the soap was small.";
        assert!(of(Some(5.0), token, Language::EN) < Some(0.05));
        // The stars say that it is meant.
        assert!(of(Some(4.0), token, Language::EN) > Some(0.2));
    }

    #[test]
    fn plain_praise_has_none() {
        assert_eq!(
            of(
                Some(5.0),
                "Good location, kind staff and a superb breakfast.",
                Language::EN
            ),
            Some(0.0)
        );
    }

    #[test]
    fn is_missing_where_no_side_is_taken() {
        assert_eq!(of(None, "We came by train and left on Monday.", Language::EN), None);
        assert_eq!(
            of(Some(3.0), "We came by train and left on Monday.", Language::EN),
            None
        );
    }
}
