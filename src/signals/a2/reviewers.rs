//! `A2.reviewers`: how many others wrote of the property.

use crate::score::Evidence;
use crate::signals::{Case, Family, Prior, Say, Signal, Spec};

/// `A2.reviewers`, as its [`Spec`] says.
pub struct Reviewers;

static SPEC: Spec = Spec {
    code: "A2.reviewers",
    family: Family::A2,
    what: "natural logarithm of one more than the number of the property's other reviewers",
    why: "The more individual contributors, the more astroturfers are diluted. New houses have few.",
    range: (0.0, 20.0),
    unit: "ln(1 + reviewers)",
    missing: "without the property, or where the file names no reviewers",
    source: "advice 2",
    high: Say {
        en: "many other reviewers of this property",
        fr: "beaucoup d'autres auteurs pour cet établissement",
    },
    low: Say {
        en: "few other reviewers of this property",
        fr: "peu d'autres auteurs pour cet établissement",
    },
    prior: Prior {
        centre: 3.5,
        scale: 1.2,
        weight: -0.1,
    },
};

impl Signal for Reviewers {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let view = case.around.property.as_ref()?;
        (view.reviewers > 0 || (case.around.reviewer.is_some() && view.reviews == 0))
            .then(|| f64::from(view.reviewers).ln_1p())
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        self.extract(case)
            .and(case.around.property.as_ref())
            .map_or_else(Evidence::default, |view| {
                Evidence::fact("other reviewers", view.reviewers)
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
        check_signal(&Reviewers, &Review::default(), &around_property(view), &[])
    }

    #[test]
    fn fires() {
        assert!(
            value(PropertyView {
                reviews: 200,
                reviewers: 180,
                ..PropertyView::default()
            }) > Some(5.0)
        );
    }

    #[test]
    fn stays_silent_on_a_look_alike() {
        assert!(
            value(PropertyView {
                reviews: 200,
                reviewers: 1,
                ..PropertyView::default()
            }) < Some(1.0)
        );
    }

    #[test]
    fn is_missing_without_others() {
        assert_eq!(
            check_signal(&Reviewers, &Review::default(), &Surroundings::default(), &[]),
            None
        );
        assert_eq!(
            value(PropertyView {
                reviews: 9,
                reviewers: 0,
                ..PropertyView::default()
            }),
            None
        );
    }
}
