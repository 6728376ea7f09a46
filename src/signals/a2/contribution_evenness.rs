//! `A2.contribution_evenness`: whether many hands or few wrote.

use crate::score::Evidence;
use crate::signals::{Case, Family, Prior, Say, Signal, Spec};

/// `A2.contribution_evenness`, as its [`Spec`] says.
pub struct ContributionEvenness;

static SPEC: Spec = Spec {
    code: "A2.contribution_evenness",
    family: Family::A2,
    what: "entropy of the property's reviews by reviewer, divided by its greatest value, the logarithm of the number of reviews",
    why: "Where a few accounts wrote most of the reviews, they can carry the rating. Regular guests of a restaurant also come back.",
    range: (0.0, 1.0),
    unit: "share of the greatest entropy",
    missing: "with fewer than five other reviews by known reviewers",
    source: "advice 2",
    high: Say {
        en: "reviews spread over many reviewers",
        fr: "avis répartis entre de nombreux auteurs",
    },
    low: Say {
        en: "few reviewers wrote most of the reviews",
        fr: "quelques auteurs ont écrit la plupart des avis",
    },
    prior: Prior {
        centre: 0.98,
        scale: 0.05,
        weight: -0.1,
    },
};

impl Signal for ContributionEvenness {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let view = case
            .around
            .property
            .as_ref()
            .filter(|view| view.contributions.items >= 5)?;
        Some((view.contributions.entropy / f64::from(view.contributions.items).ln()).clamp(0.0, 1.0))
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        self.extract(case)
            .and(case.around.property.as_ref())
            .map_or_else(Evidence::default, |view| {
                Evidence::fact("reviews", view.contributions.items).and("reviewers", view.contributions.kinds)
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::PropertyView;
    use crate::context::Surroundings;
    use crate::context::Variety;
    use crate::review::Review;
    use crate::signals::testing::*;
    fn value(view: PropertyView) -> Option<f64> {
        check_signal(&ContributionEvenness, &Review::default(), &around_property(view), &[])
    }

    #[test]
    fn fires() {
        let even = Variety {
            items: 10,
            kinds: 10,
            entropy: 10f64.ln(),
        };
        assert_eq!(
            value(PropertyView {
                contributions: even,
                ..PropertyView::default()
            }),
            Some(1.0)
        );
    }

    #[test]
    fn stays_silent_on_a_look_alike() {
        let one = Variety {
            items: 10,
            kinds: 2,
            entropy: 0.33,
        };
        assert!(
            value(PropertyView {
                contributions: one,
                ..PropertyView::default()
            }) < Some(0.2)
        );
    }

    #[test]
    fn is_missing_without_others() {
        assert_eq!(
            check_signal(&ContributionEvenness, &Review::default(), &Surroundings::default(), &[]),
            None
        );
    }
}
