//! `A8.months`: variety in time.

use crate::score::Evidence;
use crate::signals::{Case, Family, Prior, Say, Signal, Spec};

/// `A8.months`, as its [`Spec`] says.
pub struct Months;

static SPEC: Spec = Spec {
    code: "A8.months",
    family: Family::A8,
    what: "natural logarithm of one more than the number of months with a review of the property",
    why: "Reviews over years are hard to fake.",
    range: (0.0, 8.0),
    unit: "ln(1 + months)",
    missing: "without dated other reviews",
    source: "advice 8",
    high: Say {
        en: "reviews over many months",
        fr: "avis répartis sur de nombreux mois",
    },
    low: Say {
        en: "reviews in few months",
        fr: "avis concentrés sur peu de mois",
    },
    prior: Prior {
        centre: 2.8,
        scale: 0.9,
        weight: -0.1,
    },
};

impl Signal for Months {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let view = case.around.property.as_ref()?;
        (view.months > 0).then(|| f64::from(view.months).ln_1p())
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        self.extract(case)
            .and(case.around.property.as_ref())
            .map_or_else(Evidence::default, |view| {
                Evidence::fact("months with a review", view.months)
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
        check_signal(&Months, &Review::default(), &around_property(view), &[])
    }

    #[test]
    fn fires() {
        assert!(
            value(PropertyView {
                months: 40,
                ..PropertyView::default()
            }) > Some(3.5)
        );
    }

    #[test]
    fn stays_silent_on_a_look_alike() {
        assert!(
            value(PropertyView {
                months: 1,
                ..PropertyView::default()
            }) < Some(0.8)
        );
    }

    #[test]
    fn is_missing_without_others() {
        assert_eq!(
            check_signal(&Months, &Review::default(), &Surroundings::default(), &[]),
            None
        );
        assert_eq!(value(PropertyView::default()), None);
    }
}
