//! `A7.mean_deviation` (avgRD): the reviewer against everybody else.

use crate::score::Evidence;
use crate::signals::{Case, Family, Prior, Say, Signal, Spec};

/// `A7.mean_deviation`, as its [`Spec`] says.
pub struct MeanDeviation;

static SPEC: Spec = Spec {
    code: "A7.mean_deviation",
    family: Family::A7,
    what: "mean distance in stars of the reviewer's other ratings from those that others gave the same properties (avgRD)",
    why: "Whoever keeps contradicting everybody else follows an aim, or has a taste of his own.",
    range: (0.0, 4.0),
    unit: "stars",
    missing: "without other reviews by the reviewer that show it",
    source: "Rayana and Akoglu 2015 (avgRD)",
    high: Say {
        en: "the reviewer's ratings keep differing from others'",
        fr: "les notes de l'auteur s'écartent de celles des autres",
    },
    low: Say {
        en: "the reviewer rates as others do",
        fr: "l'auteur note comme les autres",
    },
    prior: Prior {
        centre: 0.9,
        scale: 0.5,
        weight: 0.2,
    },
};

impl Signal for MeanDeviation {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let value = case.around.reviewer.as_ref()?.rating_deviation?;
        Some(value.clamp(0.0, 4.0))
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        self.extract(case).map_or_else(Evidence::default, |_| {
            Evidence::fact(
                "mean deviation, stars",
                format!(
                    "{:.2}",
                    case.around
                        .reviewer
                        .as_ref()
                        .and_then(|view| view.rating_deviation)
                        .unwrap_or_default()
                ),
            )
        })
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
        check_signal(&MeanDeviation, &Review::default(), &around_reviewer(view), &[])
    }

    #[test]
    fn fires() {
        assert!(
            value(ReviewerView {
                reviews: 4,
                rating_deviation: Some(2.5),
                ..ReviewerView::default()
            }) > Some(2.0)
        );
    }

    #[test]
    fn stays_silent_on_a_look_alike() {
        assert!(
            value(ReviewerView {
                reviews: 4,
                rating_deviation: Some(0.4),
                ..ReviewerView::default()
            }) < Some(0.5)
        );
    }

    #[test]
    fn is_missing_without_history() {
        assert_eq!(
            check_signal(&MeanDeviation, &Review::default(), &Surroundings::default(), &[]),
            None
        );
        assert_eq!(value(ReviewerView::default()), None);
    }
}
