//! `A1.rating_extremity`: how far the stars stand from the middle (EXT).

use crate::score::Evidence;
use crate::signals::{Case, Family, Prior, Say, Signal, Spec};

/// `A1.rating_extremity`, as its [`Spec`] says.
pub struct RatingExtremity;

static SPEC: Spec = Spec {
    code: "A1.rating_extremity",
    family: Family::A1,
    what: "|stars - 3| / 2; 1 at either end of the file's own scale (EXT)",
    why: "Fakes are written to move an average, so they stand at the ends. So do most honest reviews: on its own this says little, and uniform praise is no fraud. It matters together with what is not argued.",
    range: (0.0, 1.0),
    unit: "share of the way from three stars to the end",
    missing: "no rating",
    source: "advice 1; EXT in Mukherjee et al. 2013, Rayana & Akoglu 2015",
    high: Say {
        en: "rating at the end of the scale",
        fr: "note à l'extrémité de l'échelle",
    },
    low: Say {
        en: "moderate rating",
        fr: "note modérée",
    },
    prior: Prior {
        centre: 0.7,
        scale: 0.35,
        weight: 0.15,
    },
};

impl Signal for RatingExtremity {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        case.rating_extremity()
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        case.review.rating.map_or_else(Evidence::default, |rating| {
            Evidence::fact("stars", format!("{rating:.1}"))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signals::testing::check_signal;

    use crate::context::Surroundings;
    use crate::review::{End, Review};

    fn of(rating: Option<f64>, rating_end: Option<End>) -> Option<f64> {
        check_signal(
            &RatingExtremity,
            &Review {
                rating,
                rating_end,
                ..Review::default()
            },
            &Surroundings::default(),
            &[],
        )
    }

    #[test]
    fn the_ends_of_the_scale_are_extreme_and_the_middle_is_not() {
        assert_eq!(of(Some(5.0), Some(End::Highest)), Some(1.0));
        assert_eq!(of(Some(1.0), None), Some(1.0));
        assert_eq!(of(Some(4.0), None), Some(0.5));
        assert_eq!(of(Some(3.0), None), Some(0.0));
        assert_eq!(of(None, None), None);
    }
}
