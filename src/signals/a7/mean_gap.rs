//! `A7.mean_gap`: days between reviews.

use crate::score::Evidence;
use crate::signals::{Case, Family, Prior, Say, Signal, Spec};

/// `A7.mean_gap`, as its [`Spec`] says.
pub struct MeanGap;

static SPEC: Spec = Spec {
    code: "A7.mean_gap",
    family: Family::A7,
    what: "natural logarithm of one more than the mean days between the reviewer's neighbouring reviews",
    why: "Genuine reviewers write now and then for years.",
    range: (0.0, 12.0),
    unit: "ln(1 + days)",
    missing: "with fewer than two other reviews by the reviewer, or where days are not known",
    source: "advice 7",
    high: Say {
        en: "long pauses between reviews",
        fr: "longues pauses entre les avis",
    },
    low: Say {
        en: "hardly any pause between reviews",
        fr: "presque pas de pause entre les avis",
    },
    prior: Prior {
        centre: 3.8,
        scale: 1.5,
        weight: -0.15,
    },
};

impl Signal for MeanGap {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let view = case.around.reviewer.as_ref().filter(|view| view.reviews >= 2)?;
        let gaps = view.gaps?;
        Some(gaps.mean.max(0.0).ln_1p())
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        self.extract(case)
            .and(case.around.reviewer.as_ref())
            .map_or_else(Evidence::default, |view| {
                Evidence::fact(
                    "mean days between reviews",
                    format!("{:.1}", view.gaps.unwrap_or_default().mean),
                )
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::Surroundings;
    use crate::context::{Gaps, ReviewerView};
    use crate::review::Review;
    use crate::signals::testing::*;
    fn value(view: ReviewerView) -> Option<f64> {
        check_signal(&MeanGap, &Review::default(), &around_reviewer(view), &[])
    }

    #[test]
    fn fires() {
        let gaps = Some(Gaps {
            mean: 120.0,
            sd: 90.0,
            entropy: 0.5,
        });
        assert!(
            value(ReviewerView {
                reviews: 5,
                gaps,
                ..ReviewerView::default()
            }) > Some(4.0)
        );
    }

    #[test]
    fn stays_silent_on_a_look_alike() {
        let gaps = Some(Gaps {
            mean: 0.5,
            sd: 0.5,
            entropy: 0.5,
        });
        assert!(
            value(ReviewerView {
                reviews: 5,
                gaps,
                ..ReviewerView::default()
            }) < Some(1.0)
        );
    }

    #[test]
    fn is_missing_without_history() {
        assert_eq!(
            check_signal(&MeanGap, &Review::default(), &Surroundings::default(), &[]),
            None
        );
        assert_eq!(
            value(ReviewerView {
                reviews: 5,
                ..ReviewerView::default()
            }),
            None
        );
    }
}
