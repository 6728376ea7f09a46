//! `A7.gap_entropy` (ETG): rhythm of the reviews.

use crate::score::Evidence;
use crate::signals::{Case, Family, Prior, Say, Signal, Spec};

/// `A7.gap_entropy`, as its [`Spec`] says.
pub struct GapEntropy;

static SPEC: Spec = Spec {
    code: "A7.gap_entropy",
    family: Family::A7,
    what: "Shannon entropy of the gaps between the reviewer's neighbouring reviews, in classes of 0, 1-3, 4-7, 8-14, 15-33 and more days (ETG)",
    why: "Work to order has a rhythm, life has not.",
    range: (0.0, 1.8),
    unit: "nats",
    missing: "with fewer than two other reviews by the reviewer, or where days are not known",
    source: "Rayana and Akoglu 2015 (ETG)",
    high: Say {
        en: "irregular gaps between reviews",
        fr: "intervalles irréguliers entre les avis",
    },
    low: Say {
        en: "regular gaps between reviews",
        fr: "intervalles réguliers entre les avis",
    },
    prior: Prior {
        centre: 0.6,
        scale: 0.45,
        weight: -0.05,
    },
};

impl Signal for GapEntropy {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let view = case.around.reviewer.as_ref().filter(|view| view.reviews >= 2)?;
        let gaps = view.gaps?;
        Some(gaps.entropy.clamp(0.0, 1.8))
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        self.extract(case)
            .and(case.around.reviewer.as_ref())
            .map_or_else(Evidence::default, |view| {
                Evidence::fact(
                    "entropy of the gaps",
                    format!("{:.2}", view.gaps.unwrap_or_default().entropy),
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
        check_signal(&GapEntropy, &Review::default(), &around_reviewer(view), &[])
    }

    #[test]
    fn fires() {
        let gaps = Some(Gaps {
            mean: 12.0,
            sd: 20.0,
            entropy: 1.5,
        });
        assert!(
            value(ReviewerView {
                reviews: 5,
                gaps,
                ..ReviewerView::default()
            }) > Some(1.2)
        );
    }

    #[test]
    fn stays_silent_on_a_look_alike() {
        let gaps = Some(Gaps {
            mean: 7.0,
            sd: 0.0,
            entropy: 0.0,
        });
        assert!(
            value(ReviewerView {
                reviews: 5,
                gaps,
                ..ReviewerView::default()
            }) < Some(0.2)
        );
    }

    #[test]
    fn is_missing_without_history() {
        assert_eq!(
            check_signal(&GapEntropy, &Review::default(), &Surroundings::default(), &[]),
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
