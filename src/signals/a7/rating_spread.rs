//! `A7.rating_spread`: variance of the reviewer's ratings.

use crate::score::Evidence;
use crate::signals::{Case, Family, Prior, Say, Signal, Spec};

/// `A7.rating_spread`, as its [`Spec`] says.
pub struct RatingSpread;

static SPEC: Spec = Spec {
    code: "A7.rating_spread",
    family: Family::A7,
    what: "standard deviation of the reviewer's other ratings",
    why: "Praise for one side and attacks on the other spread stars to both ends; so does strong taste.",
    range: (0.0, 2.0),
    unit: "stars",
    missing: "without the reviewer, or with fewer than two other ratings",
    source: "advice 7",
    high: Say {
        en: "stars at both ends of the scale",
        fr: "notes aux deux extrémités",
    },
    low: Say {
        en: "stars close together",
        fr: "notes resserrées",
    },
    prior: Prior {
        centre: 0.8,
        scale: 0.5,
        weight: 0.05,
    },
};

impl Signal for RatingSpread {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let view = case.around.reviewer.as_ref().filter(|view| view.ratings.count >= 2)?;
        Some(view.ratings.sd()?.clamp(0.0, 2.0))
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        self.extract(case)
            .and(case.around.reviewer.as_ref())
            .map_or_else(Evidence::default, |view| {
                Evidence::fact("other ratings, one to five stars", format!("{:?}", view.ratings.stars))
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
        check_signal(&RatingSpread, &Review::default(), &around_reviewer(view), &[])
    }

    #[test]
    fn fires() {
        assert!(
            value(ReviewerView {
                ratings: ratings(&[1.0, 5.0, 1.0, 5.0]),
                ..ReviewerView::default()
            }) > Some(1.9)
        );
    }

    #[test]
    fn stays_silent_on_a_look_alike() {
        assert!(
            value(ReviewerView {
                ratings: ratings(&[4.0, 4.0, 5.0, 4.0]),
                ..ReviewerView::default()
            }) < Some(0.6)
        );
    }

    #[test]
    fn is_missing_without_history() {
        assert_eq!(
            check_signal(&RatingSpread, &Review::default(), &Surroundings::default(), &[]),
            None
        );
        assert_eq!(
            value(ReviewerView {
                ratings: ratings(&[5.0]),
                ..ReviewerView::default()
            }),
            None
        );
    }
}
