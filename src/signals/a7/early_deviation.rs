//! `A7.early_deviation` (WRD): deviation of early ratings.

use crate::score::Evidence;
use crate::signals::{Case, Family, Prior, Say, Signal, Spec};

/// `A7.early_deviation`, as its [`Spec`] says.
pub struct EarlyDeviation;

static SPEC: Spec = Spec {
    code: "A7.early_deviation",
    family: Family::A7,
    what: "the same as mean_deviation, each rating weighted by rank^-1.5 of its order among the property's reviews (WRD)",
    why: "The first ratings of a property weigh most on it, and pay most.",
    range: (0.0, 4.0),
    unit: "stars",
    missing: "without other reviews by the reviewer that show it",
    source: "Rayana and Akoglu 2015 (WRD)",
    high: Say {
        en: "early ratings that later ones contradict",
        fr: "notes précoces que les suivantes contredisent",
    },
    low: Say {
        en: "early ratings that later ones bear out",
        fr: "notes précoces confirmées ensuite",
    },
    prior: Prior {
        centre: 0.9,
        scale: 0.6,
        weight: 0.1,
    },
};

impl Signal for EarlyDeviation {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let value = case.around.reviewer.as_ref()?.early_rating_deviation?;
        Some(value.clamp(0.0, 4.0))
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        self.extract(case).map_or_else(Evidence::default, |_| {
            Evidence::fact(
                "weighted deviation, stars",
                format!(
                    "{:.2}",
                    case.around
                        .reviewer
                        .as_ref()
                        .and_then(|view| view.early_rating_deviation)
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
        check_signal(&EarlyDeviation, &Review::default(), &around_reviewer(view), &[])
    }

    #[test]
    fn fires() {
        assert!(
            value(ReviewerView {
                reviews: 4,
                early_rating_deviation: Some(2.5),
                ..ReviewerView::default()
            }) > Some(2.0)
        );
    }

    #[test]
    fn stays_silent_on_a_look_alike() {
        assert!(
            value(ReviewerView {
                reviews: 4,
                early_rating_deviation: Some(0.4),
                ..ReviewerView::default()
            }) < Some(0.5)
        );
    }

    #[test]
    fn is_missing_without_history() {
        assert_eq!(
            check_signal(&EarlyDeviation, &Review::default(), &Surroundings::default(), &[]),
            None
        );
        assert_eq!(value(ReviewerView::default()), None);
    }
}
