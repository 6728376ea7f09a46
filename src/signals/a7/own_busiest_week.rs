//! `A7.own_busiest_week`: the reviewer's longest burst.

use crate::score::Evidence;
use crate::signals::{Case, Family, Prior, Say, Signal, Spec};

/// `A7.own_busiest_week`, as its [`Spec`] says.
pub struct OwnBusiestWeek;

static SPEC: Spec = Spec {
    code: "A7.own_busiest_week",
    family: Family::A7,
    what: "share of the reviewer's reviews, this one included, that his busiest seven days hold",
    why: "An account that wrote all it ever wrote within a week was made for it, or for a journey.",
    range: (0.0, 1.0),
    unit: "share",
    missing: "with fewer than two other reviews by the reviewer, or where days are not known",
    source: "advice 7",
    high: Say {
        en: "nearly all reviews by this reviewer within one week",
        fr: "presque tous les avis de l'auteur en une semaine",
    },
    low: Say {
        en: "reviews by this reviewer spread over time",
        fr: "avis de l'auteur répartis dans le temps",
    },
    prior: Prior {
        centre: 0.5,
        scale: 0.3,
        weight: 0.2,
    },
};

impl Signal for OwnBusiestWeek {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let view = case.around.reviewer.as_ref().filter(|view| view.reviews >= 2)?;
        Some((f64::from(view.most_in_a_week?) / f64::from(view.reviews + 1)).min(1.0))
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        self.extract(case)
            .and(case.around.reviewer.as_ref())
            .map_or_else(Evidence::default, |view| {
                Evidence::fact("most reviews in seven days", view.most_in_a_week.unwrap_or(0))
                    .and("other reviews", view.reviews)
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
        check_signal(&OwnBusiestWeek, &Review::default(), &around_reviewer(view), &[])
    }

    #[test]
    fn fires() {
        assert_eq!(
            value(ReviewerView {
                reviews: 9,
                most_in_a_week: Some(10),
                ..ReviewerView::default()
            }),
            Some(1.0)
        );
    }

    #[test]
    fn stays_silent_on_a_look_alike() {
        assert!(
            value(ReviewerView {
                reviews: 19,
                most_in_a_week: Some(2),
                ..ReviewerView::default()
            }) < Some(0.2)
        );
    }

    #[test]
    fn is_missing_without_history() {
        assert_eq!(
            check_signal(&OwnBusiestWeek, &Review::default(), &Surroundings::default(), &[]),
            None
        );
        assert_eq!(
            value(ReviewerView {
                reviews: 1,
                most_in_a_week: Some(2),
                ..ReviewerView::default()
            }),
            None
        );
    }
}
