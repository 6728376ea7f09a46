//! `A2.busiest_week_share`: the share of the greatest burst.

use crate::score::Evidence;
use crate::signals::{Case, Family, Prior, Say, Signal, Spec};

/// `A2.busiest_week_share`, as its [`Spec`] says.
pub struct BusiestWeekShare;

static SPEC: Spec = Spec {
    code: "A2.busiest_week_share",
    family: Family::A2,
    what: "share of the property's dated reviews, this one included, that its busiest seven days hold",
    why: "A campaign fills a few days. So does an opening, a festival, or a request for reviews sent to all guests.",
    range: (0.0, 1.0),
    unit: "share",
    missing: "with fewer than five other reviews whose day is known, or where its own is not",
    source: "advice 2",
    high: Say {
        en: "a large share of this property's reviews came within one week",
        fr: "une grande part des avis est arrivée en une semaine",
    },
    low: Say {
        en: "reviews of this property spread over time",
        fr: "avis répartis dans le temps",
    },
    prior: Prior {
        centre: 0.12,
        scale: 0.12,
        weight: 0.2,
    },
};

impl Signal for BusiestWeekShare {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let burst = case.around.property.as_ref()?.burst.filter(|burst| burst.dated >= 5)?;
        Some(burst.busiest_share.clamp(0.0, 1.0))
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        self.extract(case).map_or_else(Evidence::default, |share| {
            Evidence::fact("share of the busiest seven days", format!("{share:.2}"))
        })
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
        check_signal(&BusiestWeekShare, &Review::default(), &around_property(view), &[])
    }

    #[test]
    fn fires() {
        assert_eq!(
            value(PropertyView {
                reviews: 20,
                burst: Some(Burst {
                    dated: 20,
                    busiest_share: 0.7,
                    ..Burst::default()
                }),
                ..PropertyView::default()
            }),
            Some(0.7)
        );
    }

    #[test]
    fn stays_silent_on_a_look_alike() {
        assert!(
            value(PropertyView {
                reviews: 200,
                burst: Some(Burst {
                    dated: 200,
                    busiest_share: 0.04,
                    ..Burst::default()
                }),
                ..PropertyView::default()
            }) < Some(0.1)
        );
    }

    #[test]
    fn is_missing_without_others() {
        assert_eq!(
            check_signal(&BusiestWeekShare, &Review::default(), &Surroundings::default(), &[]),
            None
        );
        assert_eq!(
            value(PropertyView {
                reviews: 20,
                ..PropertyView::default()
            }),
            None
        );
        // All the others are known to the month only.
        assert_eq!(
            value(PropertyView {
                reviews: 20,
                burst: Some(Burst {
                    busiest_share: 1.0,
                    ..Burst::default()
                }),
                ..PropertyView::default()
            }),
            None
        );
    }
}
