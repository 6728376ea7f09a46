//! `A3.templated_answers`: how individual the answers are.

use crate::score::Evidence;
use crate::signals::{Case, Family, Prior, Say, Signal, Spec};

/// `A3.templated_answers`, as its [`Spec`] says.
pub struct TemplatedAnswers;

static SPEC: Spec = Spec {
    code: "A3.templated_answers",
    family: Family::A3,
    what: "share of the owner's answers whose text is nearly that of another",
    why: "Who pastes the same answer under every review does not answer. Large houses have a style sheet.",
    range: (0.0, 1.0),
    unit: "share",
    missing: "with fewer than four answers",
    source: "advice 3",
    high: Say {
        en: "the owner pastes the same answer",
        fr: "le propriétaire colle la même réponse",
    },
    low: Say {
        en: "the owner answers individually",
        fr: "le propriétaire répond individuellement",
    },
    prior: Prior {
        centre: 0.3,
        scale: 0.3,
        weight: 0.1,
    },
};

impl Signal for TemplatedAnswers {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let answers = case
            .around
            .property
            .as_ref()?
            .answers
            .filter(|answers| answers.answered >= 4)?;
        Some((f64::from(answers.templated) / f64::from(answers.answered)).min(1.0))
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        match (
            self.extract(case),
            case.around.property.as_ref().and_then(|view| view.answers),
        ) {
            (Some(_), Some(answers)) => {
                Evidence::fact("answers", answers.answered).and("nearly the same as another", answers.templated)
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
        check_signal(&TemplatedAnswers, &Review::default(), &around_property(view), &[])
    }

    #[test]
    fn fires() {
        assert!(
            value(PropertyView {
                answers: Some(Answers {
                    answered: 10,
                    templated: 9,
                    ..Answers::default()
                }),
                ..PropertyView::default()
            }) > Some(0.8)
        );
    }

    #[test]
    fn stays_silent_on_a_look_alike() {
        assert_eq!(
            value(PropertyView {
                answers: Some(Answers {
                    answered: 10,
                    ..Answers::default()
                }),
                ..PropertyView::default()
            }),
            Some(0.0)
        );
    }

    #[test]
    fn is_missing_without_others() {
        assert_eq!(
            check_signal(&TemplatedAnswers, &Review::default(), &Surroundings::default(), &[]),
            None
        );
        assert_eq!(
            value(PropertyView {
                answers: Some(Answers {
                    answered: 3,
                    templated: 3,
                    ..Answers::default()
                }),
                ..PropertyView::default()
            }),
            None
        );
    }
}
