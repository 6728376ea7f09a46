//! `B5.rating_trend`: how the ratings move.

use crate::score::Evidence;
use crate::signals::{Case, Family, Prior, Say, Signal, Spec};

/// `B5.rating_trend`, as its [`Spec`] says.
pub struct RatingTrend;

static SPEC: Spec = Spec {
    code: "B5.rating_trend",
    family: Family::B5,
    what: "mean of the later half of the property's dated ratings less that of the earlier half, shrunk as if eight pairs of equal ratings were added",
    why: "A rating bought after bad reviews rises. So does that of a house under new management.",
    range: (-4.0, 4.0),
    unit: "stars",
    missing: "with fewer than six other ratings, or where they are not dated",
    source: "own",
    high: Say {
        en: "the ratings of this property have been rising",
        fr: "les notes de cet établissement ont monté",
    },
    low: Say {
        en: "the ratings of this property have been falling",
        fr: "les notes de cet établissement ont baissé",
    },
    prior: Prior {
        centre: 0.0,
        scale: 0.4,
        weight: 0.05,
    },
};

impl Signal for RatingTrend {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let view = case.around.property.as_ref().filter(|view| view.ratings.count >= 6)?;
        let pairs = f64::from(view.ratings.count) / 2.0;
        Some((view.rating_trend? * pairs / (pairs + 8.0)).clamp(-4.0, 4.0))
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        self.extract(case)
            .and(case.around.property.as_ref())
            .map_or_else(Evidence::default, |view| {
                Evidence::fact(
                    "later half less earlier half, stars",
                    format!("{:.1}", view.rating_trend.unwrap_or(0.0)),
                )
            })
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
        check_signal(&RatingTrend, &Review::default(), &around_property(view), &[])
    }

    #[test]
    fn fires() {
        assert!(
            value(PropertyView {
                ratings: ratings(&[4.0; 40]),
                rating_trend: Some(2.0),
                ..PropertyView::default()
            }) > Some(1.0)
        );
    }

    #[test]
    fn stays_silent_on_a_look_alike() {
        assert!(
            value(PropertyView {
                ratings: ratings(&[4.0; 40]),
                rating_trend: Some(0.1),
                ..PropertyView::default()
            }) < Some(0.1)
        );
    }

    #[test]
    fn is_missing_without_others() {
        assert_eq!(
            check_signal(&RatingTrend, &Review::default(), &Surroundings::default(), &[]),
            None
        );
        assert_eq!(
            value(PropertyView {
                ratings: ratings(&[4.0; 40]),
                ..PropertyView::default()
            }),
            None
        );
    }
}
