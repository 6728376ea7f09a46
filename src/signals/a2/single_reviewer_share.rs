//! `A2.single_reviewer_share`: reviewers of the property who wrote nothing else.

use crate::score::Evidence;
use crate::signals::{Case, Family, Prior, Say, Signal, Spec};

/// `A2.single_reviewer_share`, as its [`Spec`] says.
pub struct SingleReviewerShare;

static SPEC: Spec = Spec {
    code: "A2.single_reviewer_share",
    family: Family::A2,
    what: "share of the property's other reviewers who have one review only in all that is known, with one single and two reviewers added",
    why: "Paid accounts are used once. Many honest guests review once in their life, so that only a share above the usual tells anything.",
    range: (0.0, 1.0),
    unit: "share",
    missing: "with fewer than three other reviewers, or where no reviewer in the file has more than one review",
    source: "advice 2",
    high: Say {
        en: "most reviewers of this property wrote nothing else",
        fr: "la plupart des auteurs n'ont rien écrit d'autre",
    },
    low: Say {
        en: "reviewers of this property write elsewhere too",
        fr: "les auteurs écrivent aussi ailleurs",
    },
    prior: Prior {
        centre: 0.5,
        scale: 0.25,
        weight: 0.2,
    },
};

impl Signal for SingleReviewerShare {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let view = case
            .around
            .property
            .as_ref()
            .filter(|view| view.reviewers >= 3 && case.around.corpus.reviewers_repeat)?;
        Some(f64::from(view.single_reviewers + 1) / f64::from(view.reviewers + 2))
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        self.extract(case)
            .and(case.around.property.as_ref())
            .map_or_else(Evidence::default, |view| {
                Evidence::fact("other reviewers", view.reviewers).and("with one review only", view.single_reviewers)
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::PropertyView;
    use crate::context::Surroundings;
    use crate::review::Review;
    use crate::signals::testing::*;
    fn value(view: PropertyView) -> Option<f64> {
        check_signal(&SingleReviewerShare, &Review::default(), &around_property(view), &[])
    }

    #[test]
    fn fires() {
        assert!(
            value(PropertyView {
                reviewers: 30,
                single_reviewers: 29,
                ..PropertyView::default()
            }) > Some(0.9)
        );
    }

    #[test]
    fn stays_silent_on_a_look_alike() {
        assert!(
            value(PropertyView {
                reviewers: 30,
                single_reviewers: 6,
                ..PropertyView::default()
            }) < Some(0.3)
        );
    }

    #[test]
    fn is_missing_without_others() {
        assert_eq!(
            check_signal(&SingleReviewerShare, &Review::default(), &Surroundings::default(), &[]),
            None
        );
        assert_eq!(
            value(PropertyView {
                reviewers: 2,
                single_reviewers: 2,
                ..PropertyView::default()
            }),
            None
        );
    }
}
