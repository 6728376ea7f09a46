//! `A7.negative_share` (NR): criticism by the reviewer.

use crate::score::Evidence;
use crate::signals::{Case, Family, Prior, Say, Signal, Spec};

/// `A7.negative_share`, as its [`Spec`] says.
pub struct NegativeShare;

static SPEC: Spec = Spec {
    code: "A7.negative_share",
    family: Family::A7,
    what: "share of one and two stars among the reviewer's other ratings, with one half among two added (NR)",
    why: "Accounts against competitors only criticise. Some write only when something went wrong.",
    range: (0.0, 1.0),
    unit: "share",
    missing: "without the reviewer, or where the file has no other review by the same reviewer",
    source: "Mukherjee et al. 2013 (NR)",
    high: Say {
        en: "the reviewer nearly always criticises",
        fr: "l'auteur critique presque toujours",
    },
    low: Say {
        en: "the reviewer seldom criticises",
        fr: "l'auteur critique rarement",
    },
    prior: Prior {
        centre: 0.22,
        scale: 0.15,
        weight: 0.15,
    },
};

impl Signal for NegativeShare {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let view = case.around.reviewer.as_ref().filter(|view| view.ratings.count > 0)?;
        Some((f64::from(view.ratings.stars[0] + view.ratings.stars[1]) + 0.5) / f64::from(view.ratings.count + 2))
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        self.extract(case)
            .and(case.around.reviewer.as_ref())
            .map_or_else(Evidence::default, |view| {
                Evidence::fact("one and two stars", view.ratings.stars[0] + view.ratings.stars[1])
                    .and("other ratings", view.ratings.count)
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
        check_signal(&NegativeShare, &Review::default(), &around_reviewer(view), &[])
    }

    #[test]
    fn fires() {
        assert!(
            value(ReviewerView {
                ratings: ratings(&[1.0, 1.0, 2.0, 1.0, 1.0, 1.0]),
                ..ReviewerView::default()
            }) > Some(0.7)
        );
    }

    #[test]
    fn stays_silent_on_a_look_alike() {
        assert!(
            value(ReviewerView {
                ratings: ratings(&[5.0, 4.0, 5.0, 2.0, 5.0, 4.0]),
                ..ReviewerView::default()
            }) < Some(0.3)
        );
    }

    #[test]
    fn is_missing_without_history() {
        assert_eq!(
            check_signal(&NegativeShare, &Review::default(), &Surroundings::default(), &[]),
            None
        );
        assert_eq!(
            value(ReviewerView {
                ratings: ratings(&[]),
                ..ReviewerView::default()
            }),
            None
        );
    }
}
