//! `A3.response_rate`: how often the owner answers.

use crate::score::Evidence;
use crate::signals::{Case, Family, Prior, Say, Signal, Spec};

/// `A3.response_rate`, as its [`Spec`] says.
pub struct ResponseRate;

static SPEC: Spec = Spec {
    code: "A3.response_rate",
    family: Family::A3,
    what: "share of the property's other reviews that the owner answered, with one review in four added as answered among two",
    why: "A manager who answers is probably serious. Small houses have no time for it.",
    range: (0.0, 1.0),
    unit: "share",
    missing: "where the file shows no answers, or with fewer than five other reviews",
    source: "advice 3",
    high: Say {
        en: "the owner answers most reviews",
        fr: "le propriétaire répond à la plupart des avis",
    },
    low: Say {
        en: "the owner hardly ever answers",
        fr: "le propriétaire ne répond presque jamais",
    },
    prior: Prior {
        centre: 0.35,
        scale: 0.35,
        weight: -0.1,
    },
};

impl Signal for ResponseRate {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let answers = case
            .around
            .property
            .as_ref()?
            .answers
            .filter(|answers| answers.known >= 5)?;
        Some((f64::from(answers.answered) + 0.5) / (f64::from(answers.known) + 2.0))
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        match (
            self.extract(case),
            case.around.property.as_ref().and_then(|view| view.answers),
        ) {
            (Some(_), Some(answers)) => {
                Evidence::fact("other reviews", answers.known).and("answered", answers.answered)
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
        check_signal(&ResponseRate, &Review::default(), &around_property(view), &[])
    }

    #[test]
    fn fires() {
        assert!(
            value(PropertyView {
                answers: Some(Answers {
                    known: 50,
                    answered: 50,
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
                    known: 50,
                    ..Answers::default()
                }),
                ..PropertyView::default()
            }) < Some(0.1)
        );
    }

    #[test]
    fn is_missing_without_others() {
        assert_eq!(
            check_signal(&ResponseRate, &Review::default(), &Surroundings::default(), &[]),
            None
        );
        assert_eq!(
            value(PropertyView {
                answers: Some(Answers {
                    known: 4,
                    answered: 4,
                    ..Answers::default()
                }),
                ..PropertyView::default()
            }),
            None
        );
    }
}
