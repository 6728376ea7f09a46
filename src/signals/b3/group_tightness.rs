//! `B3.group_tightness`: how completely the members of the review's group cover its properties.

use crate::score::Evidence;
use crate::signals::{Case, Family, Prior, Say, Signal, Spec};

/// `B3.group_tightness`, as its [`Spec`] says.
pub struct GroupTightness;

static SPEC: Spec = Spec {
    code: "B3.group_tightness",
    family: Family::B3,
    what: "share of all pairs of a member and a property of the group that were reviewed, where the review belongs to a group of reviewers who wrote on the same several properties close in time with like ratings; else 0",
    why: "Paid accounts are sent to the same list of houses and cover it; people who know the same houses cover it in part.",
    range: (0.0, 1.0),
    unit: "share",
    missing: "without the reviewer or the property, and as of the review's time",
    source: "Mukherjee, Liu & Glance 2012 (group member coupling)",
    high: Say {
        en: "a group of reviewers who cover the same list of properties",
        fr: "un groupe d'auteurs qui couvrent la même liste d'établissements",
    },
    low: Say {
        en: "no group of reviewers",
        fr: "pas de groupe d'auteurs",
    },
    prior: Prior {
        centre: 0.0,
        scale: 0.5,
        weight: 0.3,
    },
};

impl Signal for GroupTightness {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let view = case.around.campaign.as_ref()?;
        case.around.reviewer.as_ref().and(case.around.property.as_ref())?;
        Some(view.group.map_or(0.0, |(_, tightness)| tightness.clamp(0.0, 1.0)))
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        let group = self
            .extract(case)
            .and(case.around.campaign.as_ref())
            .and_then(|view| view.group);
        group.map_or_else(Evidence::default, |(_, tightness)| {
            Evidence::fact(
                "pairs of member and property reviewed",
                format!("{:.0} %", 100.0 * tightness),
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::campaigns::CampaignView;
    use crate::context::{PropertyView, ReviewerView, Surroundings};
    use crate::review::Review;
    use crate::signals::testing::check_signal;

    fn value(group: Option<(u32, f64)>) -> Option<f64> {
        let around = Surroundings {
            campaign: Some(CampaignView {
                group,
                ..CampaignView::default()
            }),
            reviewer: Some(ReviewerView::default()),
            property: Some(PropertyView::default()),
            ..Surroundings::default()
        };
        check_signal(&GroupTightness, &Review::default(), &around, &[])
    }

    #[test]
    fn grows_with_the_share() {
        assert!(value(Some((8, 0.9))) > value(Some((8, 0.4))));
    }

    #[test]
    fn is_zero_without_a_group() {
        assert_eq!(value(None), Some(0.0));
    }

    #[test]
    fn is_missing_without_the_reviewer() {
        let around = Surroundings {
            campaign: Some(CampaignView::default()),
            ..Surroundings::default()
        };
        assert_eq!(check_signal(&GroupTightness, &Review::default(), &around, &[]), None);
    }
}
