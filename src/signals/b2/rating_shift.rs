//! `B2.rating_shift`: the rating inside the burst.

use crate::score::Evidence;
use crate::signals::{Case, Family, Prior, Say, Signal, Spec};

/// `B2.rating_shift`, as its [`Spec`] says.
pub struct RatingShift;

static SPEC: Spec = Spec {
    code: "B2.rating_shift",
    family: Family::B2,
    what: "mean of the ratings within seven days, shrunk to that outside as if three more ratings stood there, less that outside, with the sign turned so that positive means: this review pushes the same way",
    why: "A campaign moves the mean. So does a new cook.",
    range: (-4.0, 4.0),
    unit: "stars",
    missing: "without a rating, where days are not known, or with fewer than two ratings inside or three outside",
    source: "Fei et al. 2013; Xie et al. 2012",
    high: Say {
        en: "the ratings of these days shift the way this review does",
        fr: "les notes de ces jours vont dans le sens de cet avis",
    },
    low: Say {
        en: "the ratings of these days do not shift its way",
        fr: "les notes de ces jours ne vont pas dans son sens",
    },
    prior: Prior {
        centre: 0.0,
        scale: 0.4,
        weight: 0.2,
    },
};

impl Signal for RatingShift {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let burst = case.around.property.as_ref()?.burst?;
        if burst.ratings.count < 2 || burst.ratings_outside.count < 3 {
            return None;
        }
        let outside = burst.ratings_outside.mean()?;
        let push = case.review.rating? - outside;
        Some(if push == 0.0 {
            0.0
        } else {
            (burst.ratings.shrunk_mean(outside, 3.0) - outside) * push.signum()
        })
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        match (
            self.extract(case),
            case.around.property.as_ref().and_then(|view| view.burst),
        ) {
            (Some(_), Some(burst)) => Evidence::fact(
                "mean within seven days",
                format!("{:.1}", burst.ratings.mean().unwrap_or(0.0)),
            )
            .and(
                "mean outside",
                format!("{:.1}", burst.ratings_outside.mean().unwrap_or(0.0)),
            ),
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
        check_signal(
            &RatingShift,
            &Review {
                rating: Some(5.0),
                ..Review::default()
            },
            &around_property(view),
            &[],
        )
    }

    #[test]
    fn fires() {
        assert!(
            value(PropertyView {
                reviews: 40,
                burst: Some(Burst {
                    ratings: ratings(&[5.0; 9]),
                    ratings_outside: ratings(&[3.0; 20]),
                    ..Burst::default()
                }),
                ..PropertyView::default()
            }) > Some(1.0)
        );
    }

    #[test]
    fn stays_silent_on_a_look_alike() {
        assert!(
            value(PropertyView {
                reviews: 40,
                burst: Some(Burst {
                    ratings: ratings(&[4.0; 9]),
                    ratings_outside: ratings(&[4.0; 20]),
                    ..Burst::default()
                }),
                ..PropertyView::default()
            })
            .is_some_and(|shift| shift.abs() < 0.1)
        );
    }

    #[test]
    fn is_missing_without_others() {
        assert_eq!(
            check_signal(
                &RatingShift,
                &Review {
                    rating: Some(5.0),
                    ..Review::default()
                },
                &Surroundings::default(),
                &[]
            ),
            None
        );
        assert_eq!(
            value(PropertyView {
                reviews: 40,
                burst: Some(Burst {
                    ratings: ratings(&[5.0]),
                    ratings_outside: ratings(&[3.0; 20]),
                    ..Burst::default()
                }),
                ..PropertyView::default()
            }),
            None
        );
    }
}
