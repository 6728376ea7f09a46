//! `A7.contributions`: the count on the profile.

use crate::score::Evidence;
use crate::signals::{Case, Family, Prior, Say, Signal, Spec};

/// `A7.contributions`, as its [`Spec`] says.
pub struct Contributions;

static SPEC: Spec = Spec {
    code: "A7.contributions",
    family: Family::A7,
    what: "natural logarithm of one more than the number of contributions that the site shows for the reviewer",
    why: "Few contributions are the best known mark of accounts made for a purpose. Everybody starts with one.",
    range: (0.0, 20.0),
    unit: "ln(1 + contributions)",
    missing: "where the file does not show them",
    source: "advice 7",
    high: Say {
        en: "many contributions",
        fr: "beaucoup de contributions",
    },
    low: Say {
        en: "few contributions",
        fr: "peu de contributions",
    },
    prior: Prior {
        centre: 2.5,
        scale: 1.5,
        weight: -0.4,
    },
};

impl Signal for Contributions {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        Some(f64::from(case.review.reviewer_reviews?).ln_1p())
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        case.review
            .reviewer_reviews
            .map_or_else(Evidence::default, |count| Evidence::fact("contributions", count))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::Surroundings;
    use crate::review::Review;
    use crate::signals::testing::*;

    fn value(review: Review) -> Option<f64> {
        check_signal(&Contributions, &review, &Surroundings::default(), &[])
    }

    #[test]
    fn fires() {
        assert!(
            value(Review {
                reviewer_reviews: Some(1),
                ..Review::default()
            }) < Some(0.7)
        );
    }

    #[test]
    fn stays_silent_on_a_look_alike() {
        assert!(
            value(Review {
                reviewer_reviews: Some(64),
                ..Review::default()
            }) > Some(4.0)
        );
    }

    #[test]
    fn is_missing_without_a_profile() {
        assert_eq!(value(Review::default()), None);
    }
}
