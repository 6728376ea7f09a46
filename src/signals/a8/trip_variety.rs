//! `A8.trip_variety`: variety of kinds of trip.

use crate::score::Evidence;
use crate::signals::{Case, Family, Prior, Say, Signal, Spec};

/// `A8.trip_variety`, as its [`Spec`] says.
pub struct TripVariety;

static SPEC: Spec = Spec {
    code: "A8.trip_variety",
    family: Family::A8,
    what: "Shannon entropy of the kinds of trip of the property's other reviews",
    why: "A varied public is hard to fake. Houses have their public, and files their languages.",
    range: (0.0, 5.0),
    unit: "nats",
    missing: "with fewer than five other reviews for which it is known",
    source: "advice 8",
    high: Say {
        en: "reviews from all kinds of trip",
        fr: "avis de voyages de tous types",
    },
    low: Say {
        en: "reviews from one kind of trip only",
        fr: "avis d'un seul type de voyage",
    },
    prior: Prior {
        centre: 1.1,
        scale: 0.4,
        weight: -0.05,
    },
};

impl Signal for TripVariety {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let view = case.around.property.as_ref()?;
        Some(view.trip_types.entropy)
            .filter(|_| view.trip_types.items >= 5)
            .map(|entropy| entropy.clamp(0.0, 5.0))
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        self.extract(case)
            .and(case.around.property.as_ref())
            .map_or_else(Evidence::default, |view| {
                Evidence::fact("kinds of trip", view.trip_types.kinds)
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::PropertyView;
    use crate::context::Surroundings;
    use crate::context::Variety;
    use crate::review::Review;
    use crate::signals::testing::*;
    fn value(view: PropertyView) -> Option<f64> {
        check_signal(&TripVariety, &Review::default(), &around_property(view), &[])
    }

    #[test]
    fn fires() {
        let varied = Variety {
            items: 9,
            kinds: 3,
            entropy: 1.0,
        };
        assert!(
            value(PropertyView {
                trip_types: varied,
                ..PropertyView::default()
            }) > Some(0.9)
        );
    }

    #[test]
    fn stays_silent_on_a_look_alike() {
        let one = Variety {
            items: 9,
            kinds: 1,
            entropy: 0.0,
        };
        assert_eq!(
            value(PropertyView {
                trip_types: one,
                ..PropertyView::default()
            }),
            Some(0.0)
        );
    }

    #[test]
    fn is_missing_without_others() {
        assert_eq!(
            check_signal(&TripVariety, &Review::default(), &Surroundings::default(), &[]),
            None
        );
        assert_eq!(
            value(PropertyView {
                reviews: 9,
                ..PropertyView::default()
            }),
            None
        );
    }
}
