//! `B3.group_size`: how many reviewers are in the review's group.

use crate::score::Evidence;
use crate::signals::{Case, Family, Prior, Say, Signal, Spec};

/// `B3.group_size`, as its [`Spec`] says.
pub struct GroupSize;

static SPEC: Spec = Spec {
    code: "B3.group_size",
    family: Family::B3,
    what: "ln(1 + reviewers in the group), where the review belongs to a group of reviewers who wrote on the same several properties close in time with like ratings; else 0",
    why: "Couples and friends eat and travel together; eight accounts that rate the same five houses alike in the same weeks are hardly friends.",
    range: (0.0, 15.0),
    unit: "ln(1 + reviewers)",
    missing: "without the reviewer or the property, and as of the review's time",
    source: "Mukherjee, Liu & Glance 2012 (group size)",
    high: Say {
        en: "one of several reviewers who wrote on the same properties together",
        fr: "l'un de plusieurs auteurs qui ont écrit ensemble sur les mêmes établissements",
    },
    low: Say {
        en: "no group of reviewers",
        fr: "pas de groupe d'auteurs",
    },
    prior: Prior {
        centre: 0.0,
        scale: 1.5,
        weight: 0.3,
    },
};

impl Signal for GroupSize {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let view = case.around.campaign.as_ref()?;
        case.around.reviewer.as_ref().and(case.around.property.as_ref())?;
        Some(view.group.map_or(0.0, |(reviewers, _)| f64::from(reviewers).ln_1p()))
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        let group = self
            .extract(case)
            .and(case.around.campaign.as_ref())
            .and_then(|view| view.group);
        group.map_or_else(Evidence::default, |(reviewers, _)| {
            Evidence::fact("reviewers in the group", reviewers)
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
        check_signal(&GroupSize, &Review::default(), &around, &[])
    }

    #[test]
    fn grows_with_the_group() {
        assert!(value(Some((8, 0.9))) > value(Some((2, 0.9))));
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
        assert_eq!(check_signal(&GroupSize, &Review::default(), &around, &[]), None);
    }
}
