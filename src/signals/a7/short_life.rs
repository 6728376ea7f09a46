//! `A7.short_life` (BST): days of activity.

use crate::score::Evidence;
use crate::signals::{Case, Family, Prior, Say, Signal, Spec};

/// `A7.short_life`, as its [`Spec`] says.
pub struct ShortLife;

static SPEC: Spec = Spec {
    code: "A7.short_life",
    family: Family::A7,
    what: "1 - span / 28 where fewer than 28 days lie between the reviewer's first and last review, else 0 (BST)",
    why: "Spam accounts live for days, genuine ones for years. A first journey also fills a fortnight.",
    range: (0.0, 1.0),
    unit: "share",
    missing: "without other reviews by the reviewer, or where days are not known",
    source: "Mukherjee et al. 2013 (BST)",
    high: Say {
        en: "all reviews by this reviewer within a few days",
        fr: "tous les avis de l'auteur en quelques jours",
    },
    low: Say {
        en: "the reviewer has been active for longer",
        fr: "auteur actif depuis plus longtemps",
    },
    prior: Prior {
        centre: 0.25,
        scale: 0.35,
        weight: 0.3,
    },
};

impl Signal for ShortLife {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let view = case.around.reviewer.as_ref().filter(|view| view.reviews > 0)?;
        const WINDOW: f64 = 28.0;
        Some((1.0 - f64::from(view.span_days?) / WINDOW).max(0.0))
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        self.extract(case)
            .and(case.around.reviewer.as_ref())
            .map_or_else(Evidence::default, |view| {
                Evidence::fact("days from first to last review", view.span_days.unwrap_or(0))
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
        check_signal(&ShortLife, &Review::default(), &around_reviewer(view), &[])
    }

    #[test]
    fn fires() {
        assert!(
            value(ReviewerView {
                reviews: 3,
                span_days: Some(2),
                ..ReviewerView::default()
            }) > Some(0.9)
        );
    }

    #[test]
    fn stays_silent_on_a_look_alike() {
        assert_eq!(
            value(ReviewerView {
                reviews: 3,
                span_days: Some(900),
                ..ReviewerView::default()
            }),
            Some(0.0)
        );
    }

    #[test]
    fn is_missing_without_history() {
        assert_eq!(
            check_signal(&ShortLife, &Review::default(), &Surroundings::default(), &[]),
            None
        );
        assert_eq!(
            value(ReviewerView {
                span_days: Some(0),
                ..ReviewerView::default()
            }),
            None
        );
    }
}
