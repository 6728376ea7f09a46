//! `A7.rating_entropy` (ERD): variety of the reviewer's ratings.

use crate::score::Evidence;
use crate::signals::{Case, Family, Prior, Say, Signal, Spec};

/// `A7.rating_entropy`, as its [`Spec`] says.
pub struct RatingEntropy;

static SPEC: Spec = Spec {
    code: "A7.rating_entropy",
    family: Family::A7,
    what: "Shannon entropy of the whole stars of the reviewer's other ratings (ERD)",
    why: "A real guest is now pleased, now not. Careful choosers are mostly pleased.",
    range: (0.0, 1.61),
    unit: "nats",
    missing: "without the reviewer, or with fewer than two other ratings",
    source: "Rayana and Akoglu 2015 (ERD)",
    high: Say {
        en: "stars spread over the scale",
        fr: "notes réparties sur l'échelle",
    },
    low: Say {
        en: "always the same stars",
        fr: "toujours la même note",
    },
    prior: Prior {
        centre: 0.7,
        scale: 0.45,
        weight: -0.15,
    },
};

impl Signal for RatingEntropy {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let view = case.around.reviewer.as_ref().filter(|view| view.ratings.count >= 2)?;
        Some(view.ratings.entropy()?.clamp(0.0, 1.61))
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
        check_signal(&RatingEntropy, &Review::default(), &around_reviewer(view), &[])
    }

    #[test]
    fn fires() {
        assert!(
            value(ReviewerView {
                ratings: ratings(&[1.0, 3.0, 4.0, 5.0]),
                ..ReviewerView::default()
            }) > Some(1.3)
        );
    }

    #[test]
    fn stays_silent_on_a_look_alike() {
        assert!(
            value(ReviewerView {
                ratings: ratings(&[5.0, 5.0, 5.0, 5.0]),
                ..ReviewerView::default()
            }) < Some(0.1)
        );
    }

    #[test]
    fn is_missing_without_history() {
        assert_eq!(
            check_signal(&RatingEntropy, &Review::default(), &Surroundings::default(), &[]),
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
