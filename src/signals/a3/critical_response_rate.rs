//! `A3.critical_response_rate`: whether criticism is answered.

use crate::score::Evidence;
use crate::signals::{Case, Family, Prior, Say, Signal, Spec};

/// `A3.critical_response_rate`, as its [`Spec`] says.
pub struct CriticalResponseRate;

static SPEC: Spec = Spec {
    code: "A3.critical_response_rate",
    family: Family::A3,
    what: "share of the property's other reviews of two stars or fewer that the owner answered, with one half among one added",
    why: "A manager who faces each criticism has less need of bought praise.",
    range: (0.0, 1.0),
    unit: "share",
    missing: "where the file shows no answers, or with fewer than three other critical reviews",
    source: "advice 3",
    high: Say {
        en: "the owner answers criticism",
        fr: "le propriétaire répond aux critiques",
    },
    low: Say {
        en: "criticism is left unanswered",
        fr: "les critiques restent sans réponse",
    },
    prior: Prior {
        centre: 0.4,
        scale: 0.35,
        weight: -0.15,
    },
};

impl Signal for CriticalResponseRate {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let answers = case
            .around
            .property
            .as_ref()?
            .answers
            .filter(|answers| answers.critical >= 3)?;
        Some((f64::from(answers.critical_answered) + 0.5) / (f64::from(answers.critical) + 1.0))
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        match (
            self.extract(case),
            case.around.property.as_ref().and_then(|view| view.answers),
        ) {
            (Some(_), Some(answers)) => {
                Evidence::fact("critical reviews", answers.critical).and("answered", answers.critical_answered)
            }
            _ => Evidence::default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::Answers;
    use crate::context::PropertyView;
    use crate::context::Surroundings;
    use crate::review::Review;
    use crate::signals::testing::*;
    fn value(view: PropertyView) -> Option<f64> {
        check_signal(&CriticalResponseRate, &Review::default(), &around_property(view), &[])
    }

    #[test]
    fn fires() {
        assert!(
            value(PropertyView {
                answers: Some(Answers {
                    critical: 10,
                    critical_answered: 10,
                    ..Answers::default()
                }),
                ..PropertyView::default()
            }) > Some(0.9)
        );
    }

    #[test]
    fn stays_silent_on_a_look_alike() {
        assert!(
            value(PropertyView {
                answers: Some(Answers {
                    critical: 10,
                    answered: 90,
                    ..Answers::default()
                }),
                ..PropertyView::default()
            }) < Some(0.1)
        );
    }

    #[test]
    fn is_missing_without_others() {
        assert_eq!(
            check_signal(&CriticalResponseRate, &Review::default(), &Surroundings::default(), &[]),
            None
        );
        assert_eq!(
            value(PropertyView {
                answers: Some(Answers {
                    critical: 2,
                    ..Answers::default()
                }),
                ..PropertyView::default()
            }),
            None
        );
    }
}
