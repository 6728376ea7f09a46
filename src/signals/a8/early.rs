//! `A8.early` (ETF): how early after the first review.

use crate::score::Evidence;
use crate::signals::{Case, Family, Prior, Say, Signal, Spec};

/// `A8.early`, as its [`Spec`] says.
pub struct Early;

static SPEC: Spec = Spec {
    code: "A8.early",
    family: Family::A8,
    what: "1 - days / 213 since the property's first review, 0 after seven months (ETF)",
    why: "The first reviews of a house weigh most, and pay most. Somebody must be first.",
    range: (0.0, 1.0),
    unit: "share of seven months",
    missing: "without dates, or where the property has no other review",
    source: "Mukherjee et al. 2013 (ETF)",
    high: Say {
        en: "among the first reviews of this property",
        fr: "parmi les premiers avis sur cet établissement",
    },
    low: Say {
        en: "long after the first review of this property",
        fr: "longtemps après le premier avis",
    },
    prior: Prior {
        centre: 0.15,
        scale: 0.3,
        weight: 0.15,
    },
};

impl Signal for Early {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let view = case.around.property.as_ref()?;
        const SEVEN_MONTHS: f64 = 213.0;
        let days = view.days_since_first.filter(|_| view.reviews > 0)?;
        Some((1.0 - f64::from(days) / SEVEN_MONTHS).max(0.0))
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        self.extract(case)
            .and(case.around.property.as_ref())
            .map_or_else(Evidence::default, |view| {
                Evidence::fact("days since the first review", view.days_since_first.unwrap_or(0))
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::PropertyView;
    use crate::context::Surroundings;
    use crate::review::Review;
    use crate::signals::testing::*;
    fn value(view: PropertyView) -> Option<f64> {
        check_signal(&Early, &Review::default(), &around_property(view), &[])
    }

    #[test]
    fn fires() {
        assert!(
            value(PropertyView {
                reviews: 9,
                days_since_first: Some(3),
                ..PropertyView::default()
            }) > Some(0.9)
        );
    }

    #[test]
    fn stays_silent_on_a_look_alike() {
        assert_eq!(
            value(PropertyView {
                reviews: 9,
                days_since_first: Some(900),
                ..PropertyView::default()
            }),
            Some(0.0)
        );
    }

    #[test]
    fn is_missing_without_others() {
        assert_eq!(
            check_signal(&Early, &Review::default(), &Surroundings::default(), &[]),
            None
        );
        assert_eq!(
            value(PropertyView {
                days_since_first: Some(0),
                ..PropertyView::default()
            }),
            None
        );
    }
}
