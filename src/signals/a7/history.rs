//! `A7.history`: how much else the reviewer wrote.

use crate::score::Evidence;
use crate::signals::{Case, Family, Prior, Say, Signal, Spec};

/// `A7.history`, as its [`Spec`] says.
pub struct History;

static SPEC: Spec = Spec {
    code: "A7.history",
    family: Family::A7,
    what: "natural logarithm of one more than the number of the reviewer's other reviews in the file",
    why: "Throw-away accounts have no past. In small files nobody has one.",
    range: (0.0, 20.0),
    unit: "ln(1 + reviews)",
    missing: "without the reviewer, or where no reviewer in the file has more than one review",
    source: "advice 7; Mukherjee et al. 2013",
    high: Say {
        en: "the reviewer has a history",
        fr: "l'auteur a un historique",
    },
    low: Say {
        en: "the reviewer has hardly any history",
        fr: "l'auteur n'a presque pas d'historique",
    },
    prior: Prior {
        centre: 1.0,
        scale: 1.0,
        weight: -0.3,
    },
};

impl Signal for History {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let view = case
            .around
            .reviewer
            .as_ref()
            .filter(|_| case.around.corpus.reviewers_repeat)?;
        Some(f64::from(view.reviews).ln_1p())
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
        check_signal(&History, &Review::default(), &around_reviewer(view), &[])
    }

    #[test]
    fn fires() {
        assert!(
            value(ReviewerView {
                reviews: 20,
                ..ReviewerView::default()
            }) > Some(3.0)
        );
    }

    #[test]
    fn stays_silent_on_a_look_alike() {
        assert_eq!(value(ReviewerView::default()), Some(0.0));
    }

    #[test]
    fn is_missing_without_history() {
        assert_eq!(
            check_signal(&History, &Review::default(), &Surroundings::default(), &[]),
            None
        );
        let mut around = around_reviewer(ReviewerView::default());
        around.corpus.reviewers_repeat = false;
        assert_eq!(check_signal(&History, &Review::default(), &around, &[]), None);
    }
}
