//! `B2.single_reviewers_in_burst`: throw-away accounts inside the burst.

use crate::score::Evidence;
use crate::signals::{Case, Family, Prior, Say, Signal, Spec};

/// `B2.single_reviewers_in_burst`, as its [`Spec`] says.
pub struct SingleReviewersInBurst;

static SPEC: Spec = Spec {
    code: "B2.single_reviewers_in_burst",
    family: Family::B2,
    what: "share of reviewers with one review only in all that is known among the other reviews within seven days, with one half among one added",
    why: "Throw-away accounts are used together. A festival brings people who write once, too.",
    range: (0.0, 1.0),
    unit: "share",
    missing: "where days are not known, with fewer than two other reviews in those days, or where no reviewer in the file has more than one review",
    source: "Fei et al. 2013; Xie et al. 2012",
    high: Say {
        en: "reviewers of these days wrote nothing else",
        fr: "les auteurs de ces jours n'ont rien écrit d'autre",
    },
    low: Say {
        en: "reviewers of these days write elsewhere too",
        fr: "les auteurs de ces jours écrivent aussi ailleurs",
    },
    prior: Prior {
        centre: 0.5,
        scale: 0.25,
        weight: 0.2,
    },
};

impl Signal for SingleReviewersInBurst {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let burst = case.around.property.as_ref()?.burst?;
        (burst.reviews >= 2 && case.around.corpus.reviewers_repeat)
            .then(|| (f64::from(burst.single_reviewers) + 0.5) / (f64::from(burst.reviews) + 1.0))
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        match (
            self.extract(case),
            case.around.property.as_ref().and_then(|view| view.burst),
        ) {
            (Some(_), Some(burst)) => Evidence::fact("other reviews within seven days", burst.reviews)
                .and("by reviewers with one review only", burst.single_reviewers),
            _ => Evidence::default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::Burst;
    use crate::context::PropertyView;
    use crate::context::Surroundings;
    use crate::review::Review;
    use crate::signals::testing::*;
    fn value(view: PropertyView) -> Option<f64> {
        check_signal(&SingleReviewersInBurst, &Review::default(), &around_property(view), &[])
    }

    #[test]
    fn fires() {
        assert!(
            value(PropertyView {
                reviews: 40,
                burst: Some(Burst {
                    reviews: 9,
                    single_reviewers: 9,
                    ..Burst::default()
                }),
                ..PropertyView::default()
            }) > Some(0.9)
        );
    }

    #[test]
    fn stays_silent_on_a_look_alike() {
        assert!(
            value(PropertyView {
                reviews: 40,
                burst: Some(Burst {
                    reviews: 9,
                    single_reviewers: 2,
                    ..Burst::default()
                }),
                ..PropertyView::default()
            }) < Some(0.3)
        );
    }

    #[test]
    fn is_missing_without_others() {
        assert_eq!(
            check_signal(
                &SingleReviewersInBurst,
                &Review::default(),
                &Surroundings::default(),
                &[]
            ),
            None
        );
        assert_eq!(
            value(PropertyView {
                reviews: 40,
                burst: Some(Burst {
                    reviews: 1,
                    single_reviewers: 1,
                    ..Burst::default()
                }),
                ..PropertyView::default()
            }),
            None
        );
    }
}
