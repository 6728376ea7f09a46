//! `B1.copied_from_other`: one text, several names.

use crate::score::Evidence;
use crate::signals::{Case, Family, Prior, Say, Signal, Spec};

/// `B1.copied_from_other`, as its [`Spec`] says.
pub struct CopiedFromOther;

static SPEC: Spec = Spec {
    code: "B1.copied_from_other",
    family: Family::B1,
    what: "similarity of the nearest other text where all that are as near were written by other reviewers and are not all known to be later, else 0",
    why: "A slip posts the same text twice under one name; two names need two people, or one with two accounts. Whoever was first did not copy.",
    range: (0.0, 1.0),
    unit: "similarity",
    missing: "without a text of five words, or as of an unknown day",
    source: "MinHash: Broder 1997; duplicates as marks: Jindal and Liu 2008",
    high: Say {
        en: "nearly the same text under another name",
        fr: "presque le même texte sous un autre nom",
    },
    low: Say {
        en: "no such text under another name",
        fr: "pas de tel texte sous un autre nom",
    },
    prior: Prior {
        centre: 0.02,
        scale: 0.15,
        weight: 0.25,
    },
};

impl Signal for CopiedFromOther {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let copy = case.around.copy?;
        Some(if copy.same_reviewer || copy.first {
            0.0
        } else {
            copy.similarity.clamp(0.0, 1.0)
        })
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        case.around.copy.map_or_else(Evidence::default, |copy| {
            Evidence::fact("similarity", format!("{:.2}", copy.similarity))
                .and("by the same reviewer", copy.same_reviewer)
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
            &CopiedFromOther,
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
                same_reviewer: true,
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
            check_signal(&CopiedFromOther, &Review::default(), &Surroundings::default(), &[]),
            None
        );
    }
}
