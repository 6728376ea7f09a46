//! `A7.gap_regularity`: statistics of the gaps.

use crate::score::Evidence;
use crate::signals::{Case, Family, Prior, Say, Signal, Spec};

/// `A7.gap_regularity`, as its [`Spec`] says.
pub struct GapRegularity;

static SPEC: Spec = Spec {
    code: "A7.gap_regularity",
    family: Family::A7,
    what: "standard deviation of the days between the reviewer's neighbouring reviews, divided by their mean plus one",
    why: "A steady rhythm is that of work to order. Weekly diners have one too.",
    range: (0.0, 30.0),
    unit: "share of the mean",
    missing: "with fewer than two other reviews by the reviewer, or where days are not known",
    source: "advice 7",
    high: Say {
        en: "very uneven gaps between reviews",
        fr: "intervalles très inégaux entre les avis",
    },
    low: Say {
        en: "very even gaps between reviews",
        fr: "intervalles très réguliers entre les avis",
    },
    prior: Prior {
        centre: 1.1,
        scale: 0.6,
        weight: -0.05,
    },
};

impl Signal for GapRegularity {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let view = case.around.reviewer.as_ref().filter(|view| view.reviews >= 2)?;
        let gaps = view.gaps?;
        Some((gaps.sd / (gaps.mean + 1.0)).clamp(0.0, 30.0))
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        self.extract(case)
            .and(case.around.reviewer.as_ref())
            .map_or_else(Evidence::default, |view| {
                Evidence::fact(
                    "mean days between reviews",
                    format!("{:.1}", view.gaps.unwrap_or_default().mean),
                )
                .and("standard deviation", format!("{:.1}", view.gaps.unwrap_or_default().sd))
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
        check_signal(&GapRegularity, &Review::default(), &around_reviewer(view), &[])
    }

    #[test]
    fn fires() {
        let gaps = Some(Gaps {
            mean: 12.0,
            sd: 30.0,
            entropy: 1.5,
        });
        assert!(
            value(ReviewerView {
                reviews: 5,
                gaps,
                ..ReviewerView::default()
            }) > Some(2.0)
        );
    }

    #[test]
    fn stays_silent_on_a_look_alike() {
        let gaps = Some(Gaps {
            mean: 7.0,
            sd: 0.1,
            entropy: 0.0,
        });
        assert!(
            value(ReviewerView {
                reviews: 5,
                gaps,
                ..ReviewerView::default()
            }) < Some(0.1)
        );
    }

    #[test]
    fn is_missing_without_history() {
        assert_eq!(
            check_signal(&GapRegularity, &Review::default(), &Surroundings::default(), &[]),
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
