//! `B1.copies`: how often the text occurs.

use crate::score::Evidence;
use crate::signals::{Case, Family, Prior, Say, Signal, Spec};

/// `B1.copies`, as its [`Spec`] says.
pub struct Copies;

static SPEC: Spec = Spec {
    code: "B1.copies",
    family: Family::B1,
    what: "natural logarithm of one more than the number of other reviews with nearly the same text (0.6 or more)",
    why: "Templates are used many times.",
    range: (0.0, 16.0),
    unit: "ln(1 + copies)",
    missing: "without a text of five words, or as of an unknown day",
    source: "MinHash: Broder 1997; duplicates as marks: Jindal and Liu 2008",
    high: Say {
        en: "many reviews with nearly the same text",
        fr: "beaucoup d'avis au texte presque identique",
    },
    low: Say {
        en: "no other review with this text",
        fr: "aucun autre avis avec ce texte",
    },
    prior: Prior {
        centre: 0.03,
        scale: 0.3,
        weight: 0.2,
    },
};

impl Signal for Copies {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let copy = case.around.copy?;
        Some(f64::from(copy.copies).ln_1p())
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        case.around
            .copy
            .map_or_else(Evidence::default, |copy| Evidence::fact("copies", copy.copies))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::CopyView;
    use crate::context::Surroundings;
    use crate::review::Review;
    use crate::signals::testing::*;
    fn value(copy: CopyView) -> Option<f64> {
        // Invented.
        let text = "We stayed three nights in a room over the yard and slept very well in spite of the market below.";
        check_signal(
            &Copies,
            &Review {
                text: Some(text.to_owned()),
                ..Review::default()
            },
            &around_copy(copy),
            &[],
        )
    }

    #[test]
    fn fires() {
        assert!(
            value(CopyView {
                similarity: 0.9,
                copies: 7,
                ..CopyView::default()
            }) > Some(1.5)
        );
    }

    #[test]
    fn stays_silent_on_a_look_alike() {
        assert_eq!(value(CopyView::default()), Some(0.0));
    }

    #[test]
    fn is_missing_where_copies_were_not_looked_for() {
        assert_eq!(
            check_signal(&Copies, &Review::default(), &Surroundings::default(), &[]),
            None
        );
    }
}
