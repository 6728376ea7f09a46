//! `A8.reviews`: how many reviews the property has.

use crate::score::Evidence;
use crate::signals::{Case, Family, Prior, Say, Signal, Spec};

/// `A8.reviews`, as its [`Spec`] says.
pub struct Reviews;

static SPEC: Spec = Spec {
    code: "A8.reviews",
    family: Family::A8,
    what: "natural logarithm of one more than the number of the property's other reviews",
    why: "Few reviews make it hard to judge, and one fake weighs much.",
    range: (0.0, 20.0),
    unit: "ln(1 + reviews)",
    missing: "without the property",
    source: "advice 8",
    high: Say {
        en: "many other reviews of this property",
        fr: "beaucoup d'autres avis sur cet établissement",
    },
    low: Say {
        en: "few other reviews of this property",
        fr: "peu d'autres avis sur cet établissement",
    },
    prior: Prior {
        centre: 3.5,
        scale: 1.3,
        weight: -0.1,
    },
};

impl Signal for Reviews {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let view = case.around.property.as_ref()?;
        Some(f64::from(view.reviews).ln_1p())
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        self.extract(case)
            .and(case.around.property.as_ref())
            .map_or_else(Evidence::default, |view| Evidence::fact("other reviews", view.reviews))
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
        check_signal(&Reviews, &Review::default(), &around_property(view), &[])
    }

    #[test]
    fn fires() {
        assert!(
            value(PropertyView {
                reviews: 300,
                ..PropertyView::default()
            }) > Some(5.0)
        );
    }

    #[test]
    fn stays_silent_on_a_look_alike() {
        assert_eq!(value(PropertyView::default()), Some(0.0));
    }

    #[test]
    fn is_missing_without_others() {
        assert_eq!(
            check_signal(&Reviews, &Review::default(), &Surroundings::default(), &[]),
            None
        );
    }
}
