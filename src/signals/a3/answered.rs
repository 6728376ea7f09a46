//! `A3.answered`: whether the owner answered this review.

use crate::signals::{Case, Family, Prior, Say, Signal, Spec};

/// `A3.answered`, as its [`Spec`] says.
pub struct Answered;

static SPEC: Spec = Spec {
    code: "A3.answered",
    family: Family::A3,
    what: "1 where the owner answered this review, else 0",
    why: "An owner who answers a review takes it for that of a guest. Most owners answer the praise first.",
    range: (0.0, 1.0),
    unit: "yes or no",
    missing: "where the file shows no answers, and as of the review's time",
    source: "advice 3",
    high: Say {
        en: "answered by the owner",
        fr: "réponse du propriétaire",
    },
    low: Say {
        en: "not answered by the owner",
        fr: "sans réponse du propriétaire",
    },
    prior: Prior {
        centre: 0.4,
        scale: 0.5,
        weight: -0.05,
    },
};

impl Signal for Answered {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        Some(f64::from(u8::from(case.around.property.as_ref()?.answered?)))
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
        check_signal(&Answered, &Review::default(), &around_property(view), &[])
    }

    #[test]
    fn fires() {
        assert_eq!(
            value(PropertyView {
                answered: Some(true),
                ..PropertyView::default()
            }),
            Some(1.0)
        );
    }

    #[test]
    fn stays_silent_on_a_look_alike() {
        assert_eq!(
            value(PropertyView {
                answered: Some(false),
                ..PropertyView::default()
            }),
            Some(0.0)
        );
    }

    #[test]
    fn is_missing_without_others() {
        assert_eq!(
            check_signal(&Answered, &Review::default(), &Surroundings::default(), &[]),
            None
        );
        assert_eq!(value(PropertyView::default()), None);
    }
}
