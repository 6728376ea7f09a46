//! `A1.rating_deviation` (RD): stars against the property's other ratings.

use crate::score::Evidence;
use crate::signals::{Case, Family, Prior, Say, Signal, Spec};

/// `A1.rating_deviation`, as its [`Spec`] says.
pub struct RatingDeviation;

static SPEC: Spec = Spec {
    code: "A1.rating_deviation",
    family: Family::A1,
    what: "distance in stars from the mean of the property's other ratings, which is drawn to the file's mean as if three more ratings stood there (RD)",
    why: "An extreme rating counts only where others bear it out. One unlucky stay also stands alone.",
    range: (0.0, 4.0),
    unit: "stars",
    missing: "without a rating, a property or any other rating",
    source: "advice 1; Rayana and Akoglu 2015 (RD, avgRD); Lim et al. 2010 (DEV is RD/4 above a threshold)",
    high: Say {
        en: "stars far from what others give",
        fr: "note éloignée de celle des autres",
    },
    low: Say {
        en: "stars as others give them",
        fr: "note semblable à celle des autres",
    },
    prior: Prior {
        centre: 0.9,
        scale: 0.8,
        weight: 0.25,
    },
};

impl Signal for RatingDeviation {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let view = case.around.property.as_ref().filter(|view| view.ratings.count > 0)?;
        let centre = case.around.corpus.ratings.mean().or_else(|| view.ratings.mean())?;
        const WEIGHT: f64 = 3.0;
        Some(
            (case.review.rating? - view.ratings.shrunk_mean(centre, WEIGHT))
                .abs()
                .min(4.0),
        )
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        match (self.extract(case), &case.around.property) {
            (Some(_), Some(view)) => Evidence::fact(
                "mean of the other ratings",
                format!("{:.1}", view.ratings.mean().unwrap_or(0.0)),
            )
            .and("other ratings", view.ratings.count),
            _ => Evidence::default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::PropertyView;
    use crate::context::Surroundings;
    use crate::review::Review;
    use crate::signals::testing::*;
    fn value(view: PropertyView) -> Option<f64> {
        check_signal(
            &RatingDeviation,
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
                ratings: ratings(&[1.0; 20]),
                ..PropertyView::default()
            }) > Some(3.0)
        );
    }

    #[test]
    fn stays_silent_on_a_look_alike() {
        assert!(
            value(PropertyView {
                ratings: ratings(&[5.0, 5.0, 4.0, 5.0, 5.0]),
                ..PropertyView::default()
            }) < Some(0.8)
        );
        // One other rating does not make a deviation of four stars.
        assert!(
            value(PropertyView {
                ratings: ratings(&[1.0]),
                ..PropertyView::default()
            }) < Some(2.5)
        );
    }

    #[test]
    fn is_missing_without_others() {
        assert_eq!(
            check_signal(
                &RatingDeviation,
                &Review {
                    rating: Some(5.0),
                    ..Review::default()
                },
                &Surroundings::default(),
                &[]
            ),
            None
        );
        assert_eq!(value(PropertyView::default()), None);
    }
}
