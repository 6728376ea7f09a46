//! `B5.j_shape`: praise, anger, and nothing between.

use crate::score::Evidence;
use crate::signals::{Case, Family, Prior, Say, Signal, Spec};

/// `B5.j_shape`, as its [`Spec`] says.
pub struct JShape;

static SPEC: Spec = Spec {
    code: "B5.j_shape",
    family: Family::B5,
    what: "share of one and five stars among the property's other ratings, with one among two added, times how evenly they share: 2 x sqrt(ones x fives) / (ones + fives)",
    why: "Praise to order on one side, angry guests on the other, nobody in between. Houses that divide tastes look the same.",
    range: (0.0, 1.0),
    unit: "share",
    missing: "with fewer than five other ratings",
    source: "Hu, Zhang, Pavlou 2009",
    high: Say {
        en: "ratings at both ends and few between",
        fr: "notes aux deux extrémités et peu entre elles",
    },
    low: Say {
        en: "ratings not split to both ends",
        fr: "notes non partagées entre les extrémités",
    },
    prior: Prior {
        centre: 0.2,
        scale: 0.15,
        weight: 0.1,
    },
};

impl Signal for JShape {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let ratings = case
            .around
            .property
            .as_ref()
            .map(|view| view.ratings)
            .filter(|ratings| ratings.count >= 5)?;
        let (ones, fives) = (f64::from(ratings.stars[0]), f64::from(ratings.stars[4]));
        if ones + fives == 0.0 {
            return Some(0.0);
        }
        let ends = (ones + fives + 1.0) / (f64::from(ratings.count) + 2.0);
        Some(ends * 2.0 * (ones * fives).sqrt() / (ones + fives))
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        self.extract(case)
            .and(case.around.property.as_ref())
            .map_or_else(Evidence::default, |view| {
                Evidence::fact("other ratings, one to five stars", format!("{:?}", view.ratings.stars))
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
        check_signal(&JShape, &Review::default(), &around_property(view), &[])
    }

    #[test]
    fn fires() {
        assert!(
            value(PropertyView {
                ratings: ratings(&[1.0, 5.0, 1.0, 5.0, 5.0, 1.0, 1.0, 5.0]),
                ..PropertyView::default()
            }) > Some(0.8)
        );
    }

    #[test]
    fn stays_silent_on_a_look_alike() {
        assert!(
            value(PropertyView {
                ratings: ratings(&[5.0; 12]),
                ..PropertyView::default()
            }) < Some(0.1)
        );
    }

    #[test]
    fn is_missing_without_others() {
        assert_eq!(
            check_signal(&JShape, &Review::default(), &Surroundings::default(), &[]),
            None
        );
        assert_eq!(
            value(PropertyView {
                ratings: ratings(&[1.0; 4]),
                ..PropertyView::default()
            }),
            None
        );
    }
}
