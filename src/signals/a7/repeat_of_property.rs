//! `A7.repeat_of_property`: one reviewer, one property, several reviews.

use crate::score::Evidence;
use crate::signals::{Case, Family, Prior, Say, Signal, Spec};

/// `A7.repeat_of_property`, as its [`Spec`] says.
pub struct RepeatOfProperty;

static SPEC: Spec = Spec {
    code: "A7.repeat_of_property",
    family: Family::A7,
    what: "natural logarithm of one more than the number of the reviewer's other reviews of this same property",
    why: "One account that reviews one house again and again stands to gain from it. Regular guests exist, and names shared by several people look the same.",
    range: (0.0, 12.0),
    unit: "ln(1 + reviews)",
    missing: "without the reviewer, or where no reviewer in the file has more than one review",
    source: "advice 7",
    high: Say {
        en: "several reviews of this property by the same reviewer",
        fr: "plusieurs avis du même auteur sur cet établissement",
    },
    low: Say {
        en: "the reviewer's only review of this property",
        fr: "seul avis de l'auteur sur cet établissement",
    },
    prior: Prior {
        centre: 0.1,
        scale: 0.4,
        weight: 0.25,
    },
};

impl Signal for RepeatOfProperty {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let view = case
            .around
            .reviewer
            .as_ref()
            .filter(|_| case.around.corpus.reviewers_repeat && case.around.property.is_some())?;
        Some(f64::from(view.same_property).ln_1p())
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        self.extract(case)
            .and(case.around.reviewer.as_ref())
            .map_or_else(Evidence::default, |view| {
                Evidence::fact("other reviews of this property", view.same_property)
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::ReviewerView;
    use crate::context::Surroundings;
    use crate::review::Review;
    use crate::signals::testing::*;
    fn value(view: ReviewerView) -> Option<f64> {
        check_signal(&RepeatOfProperty, &Review::default(), &around_reviewer(view), &[])
    }

    fn of_both(same_property: u32) -> Option<f64> {
        let around = around_reviewer(ReviewerView {
            reviews: 8,
            same_property,
            ..ReviewerView::default()
        });
        check_signal(
            &RepeatOfProperty,
            &Review::default(),
            &Surroundings {
                property: Some(Default::default()),
                ..around
            },
            &[],
        )
    }

    #[test]
    fn fires() {
        assert!(of_both(5) > Some(1.5));
    }

    #[test]
    fn stays_silent_on_a_look_alike() {
        assert_eq!(of_both(0), Some(0.0));
    }

    #[test]
    fn is_missing_without_history() {
        assert_eq!(
            check_signal(&RepeatOfProperty, &Review::default(), &Surroundings::default(), &[]),
            None
        );
        assert_eq!(
            value(ReviewerView {
                same_property: 3,
                ..ReviewerView::default()
            }),
            None
        );
    }
}
