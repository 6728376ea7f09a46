//! `A8.rating_variety`: whether guests disagree.

use crate::score::Evidence;
use crate::signals::{Case, Family, Prior, Say, Signal, Spec};

/// `A8.rating_variety`, as its [`Spec`] says.
pub struct RatingVariety;

static SPEC: Spec = Spec {
    code: "A8.rating_variety",
    family: Family::A8,
    what: "Shannon entropy of the whole stars of the property's other ratings",
    why: "Real guests disagree. Excellent houses get uniform praise without any fraud.",
    range: (0.0, 1.61),
    unit: "nats",
    missing: "with fewer than five other ratings",
    source: "advice 8",
    high: Say {
        en: "varied ratings of this property",
        fr: "notes variées pour cet établissement",
    },
    low: Say {
        en: "uniform ratings of this property",
        fr: "notes uniformes pour cet établissement",
    },
    prior: Prior {
        centre: 1.1,
        scale: 0.3,
        weight: -0.1,
    },
};

impl Signal for RatingVariety {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let view = case.around.property.as_ref()?;
        Some(
            view.ratings
                .entropy()
                .filter(|_| view.ratings.count >= 5)?
                .clamp(0.0, 1.61),
        )
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        self.extract(case)
            .and(case.around.property.as_ref())
            .map_or_else(Evidence::default, |view| {
                Evidence::fact("other ratings, one to five stars", format!("{:?}", view.ratings.stars))
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
        check_signal(&RatingVariety, &Review::default(), &around_property(view), &[])
    }

    #[test]
    fn fires() {
        assert!(
            value(PropertyView {
                ratings: ratings(&[1.0, 2.0, 3.0, 4.0, 5.0]),
                ..PropertyView::default()
            }) > Some(1.5)
        );
    }

    #[test]
    fn stays_silent_on_a_look_alike() {
        assert!(
            value(PropertyView {
                ratings: ratings(&[5.0; 9]),
                ..PropertyView::default()
            }) < Some(0.1)
        );
    }

    #[test]
    fn is_missing_without_others() {
        assert_eq!(
            check_signal(&RatingVariety, &Review::default(), &Surroundings::default(), &[]),
            None
        );
        assert_eq!(
            value(PropertyView {
                ratings: ratings(&[5.0; 4]),
                ..PropertyView::default()
            }),
            None
        );
    }
}
