//! `B1.copied_to_other_property`: one text, several properties.

use crate::score::Evidence;
use crate::signals::{Case, Family, Prior, Say, Signal, Spec};

/// `B1.copied_to_other_property`, as its [`Spec`] says.
pub struct CopiedToOtherProperty;

static SPEC: Spec = Spec {
    code: "B1.copied_to_other_property",
    family: Family::B1,
    what: "similarity of the nearest other text where all that are as near are of another property and are not all known to be later, else 0",
    why: "One text cannot be true of two houses. Chains with the same breakfast come close.",
    range: (0.0, 1.0),
    unit: "similarity",
    missing: "without a text of five words, or as of an unknown day",
    source: "MinHash: Broder 1997; duplicates as marks: Jindal and Liu 2008",
    high: Say {
        en: "nearly the same text about another property",
        fr: "presque le même texte sur un autre établissement",
    },
    low: Say {
        en: "no such text about another property",
        fr: "pas de tel texte sur un autre établissement",
    },
    prior: Prior {
        centre: 0.02,
        scale: 0.15,
        weight: 0.3,
    },
};

impl Signal for CopiedToOtherProperty {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let copy = case.around.copy?;
        Some(if copy.same_property || copy.first {
            0.0
        } else {
            copy.similarity.clamp(0.0, 1.0)
        })
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        case.around.copy.map_or_else(Evidence::default, |copy| {
            Evidence::fact("similarity", format!("{:.2}", copy.similarity))
                .and("of the same property", copy.same_property)
        })
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
            &CopiedToOtherProperty,
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
        assert_eq!(
            value(CopyView {
                similarity: 0.9,
                copies: 1,
                ..CopyView::default()
            }),
            Some(0.9)
        );
    }

    #[test]
    fn stays_silent_on_a_look_alike() {
        assert_eq!(
            value(CopyView {
                similarity: 0.9,
                copies: 1,
                same_property: true,
                ..CopyView::default()
            }),
            Some(0.0)
        );
    }

    #[test]
    fn stays_silent_on_the_one_that_was_copied() {
        assert_eq!(
            value(CopyView {
                similarity: 0.9,
                copies: 1,
                first: true,
                ..CopyView::default()
            }),
            Some(0.0)
        );
    }

    #[test]
    fn is_missing_where_copies_were_not_looked_for() {
        assert_eq!(
            check_signal(
                &CopiedToOtherProperty,
                &Review::default(),
                &Surroundings::default(),
                &[]
            ),
            None
        );
    }
}
