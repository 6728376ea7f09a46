//! `A7.places`: places that the reviewer wrote of.

use crate::score::Evidence;
use crate::signals::{Case, Family, Prior, Say, Signal, Spec};

/// `A7.places`, as its [`Spec`] says.
pub struct Places;

static SPEC: Spec = Spec {
    code: "A7.places",
    family: Family::A7,
    what: "natural logarithm of one more than the number of places that the reviewer's other reviews are of",
    why: "Travellers travel. Locals who review the restaurants of their town do not.",
    range: (0.0, 20.0),
    unit: "ln(1 + places)",
    missing: "without other reviews of known places",
    source: "advice 7",
    high: Say {
        en: "the reviewer wrote of many places",
        fr: "l'auteur a écrit sur de nombreux lieux",
    },
    low: Say {
        en: "the reviewer wrote of one place only",
        fr: "l'auteur n'a écrit que sur un lieu",
    },
    prior: Prior {
        centre: 1.2,
        scale: 0.6,
        weight: -0.1,
    },
};

impl Signal for Places {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let view = case.around.reviewer.as_ref().filter(|view| view.places > 0)?;
        Some(f64::from(view.places).ln_1p())
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        self.extract(case)
            .and(case.around.reviewer.as_ref())
            .map_or_else(Evidence::default, |view| Evidence::fact("places", view.places))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::ReviewerView;
    use crate::context::Surroundings;
    use crate::review::Review;
    use crate::signals::testing::*;
    fn value(view: ReviewerView) -> Option<f64> {
        check_signal(&Places, &Review::default(), &around_reviewer(view), &[])
    }

    #[test]
    fn fires() {
        assert!(
            value(ReviewerView {
                places: 12,
                ..ReviewerView::default()
            }) > Some(2.5)
        );
    }

    #[test]
    fn stays_silent_on_a_look_alike() {
        assert!(
            value(ReviewerView {
                places: 1,
                ..ReviewerView::default()
            }) < Some(0.7)
        );
    }

    #[test]
    fn is_missing_without_history() {
        assert_eq!(
            check_signal(&Places, &Review::default(), &Surroundings::default(), &[]),
            None
        );
        assert_eq!(value(ReviewerView::default()), None);
    }
}
