//! `A3.response_delay`: how long the owner takes.

use crate::score::Evidence;
use crate::signals::{Case, Family, Prior, Say, Signal, Spec};

/// `A3.response_delay`, as its [`Spec`] says.
pub struct ResponseDelay;

static SPEC: Spec = Spec {
    code: "A3.response_delay",
    family: Family::A3,
    what: "natural logarithm of one more than the median days from review to answer",
    why: "Answers that come at once show that somebody reads. Answers written years later in one go do not.",
    range: (0.0, 12.0),
    unit: "ln(1 + days)",
    missing: "with fewer than three answers, or where their days are not known",
    source: "advice 3",
    high: Say {
        en: "answers come late",
        fr: "réponses tardives",
    },
    low: Say {
        en: "answers come quickly",
        fr: "réponses rapides",
    },
    prior: Prior {
        centre: 1.8,
        scale: 1.0,
        weight: 0.05,
    },
};

impl Signal for ResponseDelay {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let answers = case
            .around
            .property
            .as_ref()?
            .answers
            .filter(|answers| answers.answered >= 3)?;
        Some(answers.median_delay?.ln_1p())
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        match (
            self.extract(case),
            case.around.property.as_ref().and_then(|view| view.answers),
        ) {
            (Some(_), Some(answers)) => Evidence::fact("median days to an answer", answers.median_delay.unwrap_or(0.0))
                .and("answers", answers.answered),
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
        check_signal(&ResponseDelay, &Review::default(), &around_property(view), &[])
    }

    #[test]
    fn fires() {
        assert!(
            value(PropertyView {
                answers: Some(Answers {
                    answered: 9,
                    median_delay: Some(200.0),
                    ..Answers::default()
                }),
                ..PropertyView::default()
            }) > Some(5.0)
        );
    }

    #[test]
    fn stays_silent_on_a_look_alike() {
        assert!(
            value(PropertyView {
                answers: Some(Answers {
                    answered: 9,
                    median_delay: Some(2.0),
                    ..Answers::default()
                }),
                ..PropertyView::default()
            }) < Some(1.5)
        );
    }

    #[test]
    fn is_missing_without_others() {
        assert_eq!(
            check_signal(&ResponseDelay, &Review::default(), &Surroundings::default(), &[]),
            None
        );
        assert_eq!(
            value(PropertyView {
                answers: Some(Answers {
                    answered: 2,
                    median_delay: Some(2.0),
                    ..Answers::default()
                }),
                ..PropertyView::default()
            }),
            None
        );
    }
}
