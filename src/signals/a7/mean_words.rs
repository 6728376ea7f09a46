//! `A7.mean_words` (RL): length of the reviewer's other texts.

use crate::score::Evidence;
use crate::signals::{Case, Family, Prior, Say, Signal, Spec};

/// `A7.mean_words`, as its [`Spec`] says.
pub struct MeanWords;

static SPEC: Spec = Spec {
    code: "A7.mean_words",
    family: Family::A7,
    what: "natural logarithm of one more than the mean words of the reviewer's other reviews (RL)",
    why: "Paid reviews are short, for they are paid by the piece.",
    range: (0.0, 12.0),
    unit: "ln(1 + words)",
    missing: "without other reviews by the reviewer that show it",
    source: "Mukherjee et al. 2013 (RL)",
    high: Say {
        en: "the reviewer writes at length",
        fr: "l'auteur écrit longuement",
    },
    low: Say {
        en: "the reviewer writes little",
        fr: "l'auteur écrit peu",
    },
    prior: Prior {
        centre: 4.4,
        scale: 0.7,
        weight: -0.1,
    },
};

impl Signal for MeanWords {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let value = case.around.reviewer.as_ref()?.mean_words?;
        Some(value.ln_1p())
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        self.extract(case).map_or_else(Evidence::default, |_| {
            Evidence::fact(
                "mean words",
                format!(
                    "{:.2}",
                    case.around
                        .reviewer
                        .as_ref()
                        .and_then(|view| view.mean_words)
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
        check_signal(&MeanWords, &Review::default(), &around_reviewer(view), &[])
    }

    #[test]
    fn fires() {
        assert!(
            value(ReviewerView {
                reviews: 4,
                mean_words: Some(180.0),
                ..ReviewerView::default()
            }) > Some(5.0)
        );
    }

    #[test]
    fn stays_silent_on_a_look_alike() {
        assert!(
            value(ReviewerView {
                reviews: 4,
                mean_words: Some(9.0),
                ..ReviewerView::default()
            }) < Some(2.5)
        );
    }

    #[test]
    fn is_missing_without_history() {
        assert_eq!(
            check_signal(&MeanWords, &Review::default(), &Surroundings::default(), &[]),
            None
        );
        assert_eq!(value(ReviewerView::default()), None);
    }
}
