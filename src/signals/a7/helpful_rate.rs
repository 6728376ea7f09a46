//! `A7.helpful_rate`: thanks per contribution.

use crate::score::Evidence;
use crate::signals::{Case, Family, Prior, Say, Signal, Spec};

/// `A7.helpful_rate`, as its [`Spec`] says.
pub struct HelpfulRate;

static SPEC: Spec = Spec {
    code: "A7.helpful_rate",
    family: Family::A7,
    what: "natural logarithm of one more than the helpful votes that the reviewer has per contribution",
    why: "Readers thank those who help them. New reviews have had no time to be thanked.",
    range: (0.0, 12.0),
    unit: "ln(1 + votes per contribution)",
    missing: "where the file does not show contributions and votes",
    source: "advice 7",
    high: Say {
        en: "readers find the reviewer helpful",
        fr: "auteur jugé utile par les lecteurs",
    },
    low: Say {
        en: "hardly any helpful votes per contribution",
        fr: "presque pas de votes utiles par contribution",
    },
    prior: Prior {
        centre: 0.5,
        scale: 0.4,
        weight: -0.1,
    },
};

impl Signal for HelpfulRate {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let contributions = case.review.reviewer_reviews.filter(|count| *count > 0)?;
        Some((f64::from(case.review.reviewer_helpful_votes?) / f64::from(contributions)).ln_1p())
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        match (
            self.extract(case),
            case.review.reviewer_reviews,
            case.review.reviewer_helpful_votes,
        ) {
            (Some(_), Some(contributions), Some(votes)) => {
                Evidence::fact("contributions", contributions).and("helpful votes", votes)
            }
            _ => Evidence::default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::Surroundings;
    use crate::review::Review;
    use crate::signals::testing::*;

    fn value(review: Review) -> Option<f64> {
        check_signal(&HelpfulRate, &review, &Surroundings::default(), &[])
    }

    #[test]
    fn fires() {
        assert!(
            value(Review {
                reviewer_reviews: Some(10),
                reviewer_helpful_votes: Some(40),
                ..Review::default()
            }) > Some(1.5)
        );
    }

    #[test]
    fn stays_silent_on_a_look_alike() {
        assert_eq!(
            value(Review {
                reviewer_reviews: Some(10),
                reviewer_helpful_votes: Some(0),
                ..Review::default()
            }),
            Some(0.0)
        );
    }

    #[test]
    fn is_missing_without_a_profile() {
        assert_eq!(value(Review::default()), None);
        assert_eq!(
            value(Review {
                reviewer_reviews: Some(0),
                reviewer_helpful_votes: Some(0),
                ..Review::default()
            }),
            None
        );
    }
}
