//! `B2.burst_rate`: reviews per week against the property's own history.

use crate::campaigns::Kind;
use crate::score::Evidence;
use crate::signals::{Case, Family, Prior, Say, Signal, Spec};

/// `B2.burst_rate`, as its [`Spec`] says.
pub struct BurstRate;

static SPEC: Spec = Spec {
    code: "B2.burst_rate",
    family: Family::B2,
    what: "signed root of twice the log-likelihood ratio of the other reviews of the property in the seven days around this one (as of its time: the six before) against its own usual rate, as Poisson counts",
    why: "Campaigns come in bursts. So do festivals, openings and holidays.",
    range: (-6.0, 20.0),
    unit: "standard deviations",
    missing: "where days are not known, the property has fewer than three other reviews, or the review belongs to a burst that was found and is counted as a campaign (B3.in_campaign)",
    source: "Fei et al. 2013; Xie et al. 2012",
    high: Say {
        en: "a burst of reviews of this property",
        fr: "afflux d'avis sur cet établissement",
    },
    low: Say {
        en: "no more reviews than usual at the time",
        fr: "pas plus d'avis que d'habitude à ce moment",
    },
    prior: Prior {
        centre: 0.3,
        scale: 1.3,
        weight: 0.3,
    },
};

impl Signal for BurstRate {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let burst = case.around.property.as_ref()?.burst?;
        // A finding counts the same reviews, and knows more: who wrote them, with which stars, at which time of the year.
        let found = case.around.campaign.as_ref().and_then(|view| view.campaign.as_ref());
        if found.is_some_and(|(_, kind)| *kind == Kind::Burst) {
            return None;
        }
        if case.around.property.as_ref()?.reviews < 3 || burst.usual <= 0.0 {
            return None;
        }
        let (seen, usual) = (f64::from(burst.reviews), burst.usual);
        let ratio = if seen > 0.0 {
            seen * (seen / usual).ln() - (seen - usual)
        } else {
            usual
        };
        Some(((2.0 * ratio.max(0.0)).sqrt() * (seen - usual).signum()).clamp(-6.0, 20.0))
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        match (
            self.extract(case),
            case.around.property.as_ref().and_then(|view| view.burst),
        ) {
            (Some(_), Some(burst)) => Evidence::fact("other reviews within seven days", burst.reviews)
                .and("usual in seven days", format!("{:.1}", burst.usual)),
            _ => Evidence::default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::campaigns::CampaignView;
    use crate::context::{Burst, PropertyView, Surroundings};
    use crate::review::Review;
    use crate::signals::testing::*;

    fn value(view: PropertyView) -> Option<f64> {
        check_signal(&BurstRate, &Review::default(), &around_property(view), &[])
    }

    fn burst() -> PropertyView {
        PropertyView {
            reviews: 40,
            burst: Some(Burst {
                reviews: 13,
                usual: 0.3,
                ..Burst::default()
            }),
            ..PropertyView::default()
        }
    }

    #[test]
    fn fires() {
        assert!(value(burst()) > Some(5.0));
    }

    #[test]
    fn stays_silent_on_a_look_alike() {
        assert!(
            value(PropertyView {
                reviews: 40,
                burst: Some(Burst {
                    reviews: 21,
                    usual: 20.0,
                    ..Burst::default()
                }),
                ..PropertyView::default()
            }) < Some(1.0)
        );
    }

    #[test]
    fn counts_a_burst_once() {
        let within = |kind| {
            let campaign = CampaignView {
                campaign: Some(("finding".into(), kind)),
                weight: 4.5,
                ..CampaignView::default()
            };
            let around = Surroundings {
                campaign: Some(campaign),
                ..around_property(burst())
            };
            check_signal(&BurstRate, &Review::default(), &around, &[])
        };
        assert_eq!(within(Kind::Burst), None, "B3.in_campaign counts it");
        assert!(within(Kind::Insider) > Some(5.0), "no other kind tests the rate");
    }

    #[test]
    fn is_missing_without_others() {
        assert_eq!(
            check_signal(&BurstRate, &Review::default(), &Surroundings::default(), &[]),
            None
        );
        assert_eq!(
            value(PropertyView {
                reviews: 2,
                burst: Some(Burst {
                    reviews: 2,
                    usual: 0.1,
                    ..Burst::default()
                }),
                ..PropertyView::default()
            }),
            None
        );
    }
}
