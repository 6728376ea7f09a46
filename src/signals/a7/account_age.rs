//! `A7.account_age`: age of the account at posting.

use crate::score::Evidence;
use crate::signals::{Case, Family, Prior, Say, Signal, Spec};

/// `A7.account_age`, as its [`Spec`] says.
pub struct AccountAge;

static SPEC: Spec = Spec {
    code: "A7.account_age",
    family: Family::A7,
    what: "natural logarithm of one more than the days from the reviewer's joining to this review",
    why: "Accounts made for a purpose are used at once. So are those of guests who join to tell of one stay.",
    range: (0.0, 12.0),
    unit: "ln(1 + days)",
    missing: "where either date is missing, or the reviewer seems to have joined after the review",
    source: "advice 7",
    high: Say {
        en: "an old account",
        fr: "compte ancien",
    },
    low: Say {
        en: "an account made shortly before",
        fr: "compte créé peu avant",
    },
    prior: Prior {
        centre: 5.5,
        scale: 1.8,
        weight: -0.3,
    },
};

impl Signal for AccountAge {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let (joined, published) = (case.review.reviewer_since?, case.review.published?);
        // A month of joining is the review's own month at the latest, and counts from its first day.
        (published.day >= joined.day).then(|| f64::from(published.day - joined.day).ln_1p())
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        match (self.extract(case), case.review.reviewer_since) {
            (Some(_), Some(joined)) => Evidence::fact("joined", joined),
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
        check_signal(&AccountAge, &review, &Surroundings::default(), &[])
    }

    #[test]
    fn fires() {
        let day = |day| crate::review::Date::from_ymd(2024, 5, day);
        assert!(
            value(Review {
                reviewer_since: day(1),
                published: day(3),
                ..Review::default()
            }) < Some(1.2)
        );
    }

    #[test]
    fn stays_silent_on_a_look_alike() {
        let joined = crate::review::Date::from_ym(2015, 2);
        assert!(
            value(Review {
                reviewer_since: joined,
                published: crate::review::Date::from_ymd(2024, 5, 3),
                ..Review::default()
            }) > Some(8.0)
        );
    }

    #[test]
    fn is_missing_without_a_profile() {
        assert_eq!(value(Review::default()), None);
        let day = |day| crate::review::Date::from_ymd(2024, 5, day);
        assert_eq!(
            value(Review {
                reviewer_since: day(3),
                published: day(1),
                ..Review::default()
            }),
            None
        );
    }
}
