//! `B5.rating_divergence`: the histogram against that of its like.

use crate::score::Evidence;
use crate::signals::{Case, Family, Prior, Say, Signal, Spec};

/// `B5.rating_divergence`, as its [`Spec`] says.
pub struct RatingDivergence;

static SPEC: Spec = Spec {
    code: "B5.rating_divergence",
    family: Family::B5,
    what: "Jensen-Shannon divergence of the property's other ratings by star from those of its category (of the file where no category is known), drawn to them as if ten more ratings stood there",
    why: "A histogram bent by a campaign differs from that of its like. So does that of an excellent house.",
    range: (0.0, 0.7),
    unit: "nats",
    missing: "with fewer than five other ratings, or fewer than twenty in the file",
    source: "Feng et al. 2012 (distributional footprints); Lin 1991",
    high: Say {
        en: "ratings of this property spread unlike those of others",
        fr: "notes réparties autrement que chez les autres",
    },
    low: Say {
        en: "ratings of this property spread like those of others",
        fr: "notes réparties comme chez les autres",
    },
    prior: Prior {
        centre: 0.03,
        scale: 0.03,
        weight: 0.1,
    },
};

impl Signal for RatingDivergence {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let view = case.around.property.as_ref().filter(|view| view.ratings.count >= 5)?;
        let all = case.around.corpus.ratings;
        if all.count < 20 {
            return None;
        }
        const WEIGHT: f64 = 10.0;
        let divergence = (0..5).map(|star| {
            let usual = f64::from(all.stars[star]) / f64::from(all.count);
            let here =
                (f64::from(view.ratings.stars[star]) + WEIGHT * usual) / (f64::from(view.ratings.count) + WEIGHT);
            let middle = (usual + here) / 2.0;
            let part = |share: f64| {
                if share > 0.0 {
                    share * (share / middle).ln() / 2.0
                } else {
                    0.0
                }
            };
            part(usual) + part(here)
        });
        Some(divergence.sum::<f64>().clamp(0.0, 0.7))
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
        check_signal(&RatingDivergence, &Review::default(), &around_property(view), &[])
    }

    #[test]
    fn fires() {
        assert!(
            value(PropertyView {
                ratings: ratings(&[1.0; 60]),
                ..PropertyView::default()
            }) > Some(0.2)
        );
    }

    #[test]
    fn stays_silent_on_a_look_alike() {
        assert!(
            value(PropertyView {
                ratings: ratings(&[5.0, 5.0, 4.0, 4.0, 3.0, 1.0, 5.0]),
                ..PropertyView::default()
            }) < Some(0.02)
        );
    }

    #[test]
    fn is_missing_without_others() {
        assert_eq!(
            check_signal(&RatingDivergence, &Review::default(), &Surroundings::default(), &[]),
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
