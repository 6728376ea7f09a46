//! `B2.days_since_previous`: the gap before this review.

use crate::score::Evidence;
use crate::signals::{Case, Family, Prior, Say, Signal, Spec};

/// `B2.days_since_previous`, as its [`Spec`] says.
pub struct DaysSincePrevious;

static SPEC: Spec = Spec {
    code: "B2.days_since_previous",
    family: Family::B2,
    what: "natural logarithm of one more than the days since the property's previous review",
    why: "Reviews to order follow on each other. Well-visited houses get several a day.",
    range: (0.0, 12.0),
    unit: "ln(1 + days)",
    missing: "where days are not known, or no review came before",
    source: "Fei et al. 2013; Xie et al. 2012",
    high: Say {
        en: "long after the previous review",
        fr: "longtemps après l'avis précédent",
    },
    low: Say {
        en: "right after the previous review",
        fr: "juste après l'avis précédent",
    },
    prior: Prior {
        centre: 2.0,
        scale: 1.3,
        weight: -0.05,
    },
};

impl Signal for DaysSincePrevious {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let burst = case.around.property.as_ref()?.burst?;
        Some(f64::from(burst.days_since_previous?).ln_1p())
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        match (
            self.extract(case),
            case.around.property.as_ref().and_then(|view| view.burst),
        ) {
            (Some(_), Some(burst)) => {
                Evidence::fact("days since the previous review", burst.days_since_previous.unwrap_or(0))
            }
            _ => Evidence::default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::Burst;
    use crate::context::PropertyView;
    use crate::context::Surroundings;
    use crate::review::Review;
    use crate::signals::testing::*;
    fn value(view: PropertyView) -> Option<f64> {
        check_signal(&DaysSincePrevious, &Review::default(), &around_property(view), &[])
    }

    #[test]
    fn fires() {
        assert!(
            value(PropertyView {
                reviews: 40,
                burst: Some(Burst {
                    days_since_previous: Some(90),
                    ..Burst::default()
                }),
                ..PropertyView::default()
            }) > Some(4.0)
        );
    }

    #[test]
    fn stays_silent_on_a_look_alike() {
        assert_eq!(
            value(PropertyView {
                reviews: 40,
                burst: Some(Burst {
                    days_since_previous: Some(0),
                    ..Burst::default()
                }),
                ..PropertyView::default()
            }),
            Some(0.0)
        );
    }

    #[test]
    fn is_missing_without_others() {
        assert_eq!(
            check_signal(&DaysSincePrevious, &Review::default(), &Surroundings::default(), &[]),
            None
        );
        assert_eq!(
            value(PropertyView {
                reviews: 40,
                burst: Some(Burst {
                    reviews: 3,
                    ..Burst::default()
                }),
                ..PropertyView::default()
            }),
            None
        );
    }
}
