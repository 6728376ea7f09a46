//! `B3.in_campaign`: how weighty the weightiest campaign is that the review belongs to.

use crate::score::Evidence;
use crate::signals::{Case, Family, Prior, Say, Signal, Spec};

/// `B3.in_campaign`, as its [`Spec`] says.
pub struct InCampaign;

static SPEC: Spec = Spec {
    code: "B3.in_campaign",
    family: Family::B3,
    what: "weight of the weightiest campaign (near-duplicates, template phrases, burst, group, insider, competitor attack, cross-site) that the review belongs to: the decimal logarithm of the odds against chance, corrected, at most 3 for each review but one and 3.4 for a burst, times the campaign's reviews; at most 12; 0 where it belongs to none, or to one whose members disclose their affiliation",
    why: "Astroturfing is a campaign: several reviews, one will. A review that looks ordinary on its own is not when thirty like it came with it. Events, drives for genuine reviews and households make like patterns; each finding lists what the file cannot rule out.",
    range: (0.0, 12.0),
    unit: "log10 of odds times reviews",
    missing: "where neither property nor reviewer nor text is known, and as of the review's time",
    source: "own tests; groups after Mukherjee, Liu & Glance 2012, bursts after Fei et al. 2013",
    high: Say {
        en: "part of a pattern of several reviews that chance hardly makes",
        fr: "fait partie d'un ensemble d'avis que le hasard n'explique guère",
    },
    low: Say {
        en: "not part of any pattern of several reviews",
        fr: "ne fait partie d'aucun ensemble d'avis",
    },
    prior: Prior {
        centre: 0.0,
        scale: 2.0,
        weight: 0.7,
    },
};

impl Signal for InCampaign {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        case.around
            .campaign
            .as_ref()
            .map(|view| view.weight.clamp(0.0, SPEC.range.1))
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        let Some((view, (id, kind))) = case
            .around
            .campaign
            .as_ref()
            .and_then(|view| Some((view, view.campaign.as_ref()?)))
        else {
            return Evidence::default();
        };
        Evidence::fact("campaign", id)
            .and("kind", kind.name())
            .and("reviews in it", view.reviews)
            .and("reviewers in it", view.reviewers)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::campaigns::{CampaignView, Kind};
    use crate::context::Surroundings;
    use crate::review::Review;
    use crate::signals::testing::check_signal;

    fn value(campaign: Option<CampaignView>) -> Option<f64> {
        check_signal(
            &InCampaign,
            &Review::default(),
            &Surroundings {
                campaign,
                ..Surroundings::default()
            },
            &[],
        )
    }

    #[test]
    fn fires_with_the_weight_of_the_campaign() {
        let view = CampaignView {
            campaign: Some(("burst-1".into(), Kind::Burst)),
            weight: 5.5,
            reviews: 20,
            reviewers: 20,
            group: None,
        };
        assert_eq!(value(Some(view.clone())), Some(5.5));
        assert_eq!(value(Some(CampaignView { weight: 300.0, ..view })), Some(12.0));
    }

    #[test]
    fn is_zero_outside_of_any() {
        assert_eq!(value(Some(CampaignView::default())), Some(0.0));
    }

    #[test]
    fn is_missing_where_campaigns_were_not_looked_for() {
        assert_eq!(value(None), None);
    }
}
