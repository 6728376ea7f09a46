//! `A7.only_review` (ISR): the reviewer's only review.

use crate::score::Evidence;
use crate::signals::{Case, Family, Prior, Say, Signal, Spec};

/// `A7.only_review`, as its [`Spec`] says.
pub struct OnlyReview;

static SPEC: Spec = Spec {
    code: "A7.only_review",
    family: Family::A7,
    what: "1 where the file has no other review by the reviewer, else 0 (ISR)",
    why: "The strongest single mark on filtered reviews. Most people write one review, so that it never tells enough alone.",
    range: (0.0, 1.0),
    unit: "yes or no",
    missing: "without the reviewer, or where no reviewer in the file has more than one review",
    source: "Rayana and Akoglu 2015 (ISR)",
    high: Say {
        en: "the reviewer's only review in the file",
        fr: "seul avis de l'auteur dans le fichier",
    },
    low: Say {
        en: "the reviewer wrote other reviews",
        fr: "l'auteur a écrit d'autres avis",
    },
    prior: Prior {
        centre: 0.5,
        scale: 0.5,
        weight: 0.3,
    },
};

impl Signal for OnlyReview {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let view = case
            .around
            .reviewer
            .as_ref()
            .filter(|_| case.around.corpus.reviewers_repeat)?;
        Some(if view.reviews == 0 { 1.0 } else { 0.0 })
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        self.extract(case)
            .and(case.around.reviewer.as_ref())
            .map_or_else(Evidence::default, |view| {
                Evidence::fact("other reviews by the reviewer", view.reviews)
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
        check_signal(&OnlyReview, &Review::default(), &around_reviewer(view), &[])
    }

    #[test]
    fn fires() {
        assert_eq!(value(ReviewerView::default()), Some(1.0));
    }

    #[test]
    fn stays_silent_on_a_look_alike() {
        assert_eq!(
            value(ReviewerView {
                reviews: 3,
                ..ReviewerView::default()
            }),
            Some(0.0)
        );
    }

    #[test]
    fn is_missing_without_history() {
        assert_eq!(
            check_signal(&OnlyReview, &Review::default(), &Surroundings::default(), &[]),
            None
        );
        let mut around = around_reviewer(ReviewerView::default());
        around.corpus.reviewers_repeat = false;
        assert_eq!(check_signal(&OnlyReview, &Review::default(), &around, &[]), None);
    }
}
