//! `B6.network_suspicion`: suspicion from the graph of reviewers and properties alone.

use crate::score::Evidence;
use crate::signals::{Case, Family, Prior, Say, Signal, Spec};

/// `B6.network_suspicion`, as its [`Spec`] says.
pub struct NetworkSuspicion;

static SPEC: Spec = Spec {
    code: "B6.network_suspicion",
    family: Family::B6,
    what: "-1.5 ln(reviews by the reviewer) + E - X/2, where E is how far the log-odds of the property's share of one-review authors (this review left out, ten pseudo-reviews at the file's share added) stand above the likeness-weighted mean of the twenty properties that share most reviewers with it, and X is how far that mean stands above the file's; priors known from elsewhere add 4 x (mean prior of the reviewer's reviews - mean of the file) + logit(reviewer's prior) - logit(mean reviewer's prior)",
    why: "Accounts made for a campaign write once, and gather at the property that pays for them, more than the audience that it shares with others would explain. A newly opened or a much advertised house gathers new authors too.",
    range: (-60.0, 60.0),
    unit: "log-odds, up to a constant",
    missing: "without the reviewer or the property, where no reviewer in the file has a second review, and as of the review's time",
    source: "own; the idea of passing suspicion along the graph from Rayana & Akoglu 2015 (SpEagle). On their YelpChi graph AUC 0.76 without and 0.78 with priors, where loopy belief propagation with priors has 0.72",
    high: Say {
        en: "a reviewer without other reviews at a property that gathers such reviewers",
        fr: "un auteur sans autre avis, sur un établissement qui en rassemble beaucoup",
    },
    low: Say {
        en: "a reviewer with other reviews, at a property whose reviewers are those of similar properties",
        fr: "un auteur d'autres avis, sur un établissement au public comparable à celui de ses semblables",
    },
    prior: Prior {
        centre: -1.0,
        scale: 1.6,
        weight: 0.3,
    },
};

impl Signal for NetworkSuspicion {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let network = case.around.network?;
        Some((network.suspicion + network.priors.unwrap_or(0.0)).clamp(SPEC.range.0, SPEC.range.1))
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        let Some(network) = case.around.network else {
            return Evidence::default();
        };
        let percent = |share: f64| format!("{:.0} %", 100.0 * share);
        let evidence = Evidence::fact("reviews by the reviewer", network.reviews_by_reviewer);
        let evidence = match network.reviews {
            0 => evidence,
            reviews => evidence.and(
                "other reviews of the property by one-review authors",
                percent(f64::from(network.single_reviewers) / f64::from(reviews)),
            ),
        };
        evidence.and(
            "the same at properties with the same audience",
            percent(network.single_share_of_peers),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::{NetworkView, Surroundings};
    use crate::review::Review;
    use crate::signals::testing::check_signal;

    fn value(network: Option<NetworkView>) -> Option<f64> {
        check_signal(
            &NetworkSuspicion,
            &Review::default(),
            &Surroundings {
                network,
                ..Surroundings::default()
            },
            &[],
        )
    }

    #[test]
    fn fires_on_a_lone_review_where_such_gather() {
        let found = NetworkView {
            suspicion: 0.8,
            reviews_by_reviewer: 1,
            single_reviewers: 30,
            reviews: 40,
            single_share_of_peers: 0.3,
            ..NetworkView::default()
        };
        assert_eq!(value(Some(found)), Some(0.8));
        assert_eq!(
            value(Some(NetworkView {
                priors: Some(1.2),
                ..found
            })),
            Some(2.0)
        );
    }

    #[test]
    fn stays_silent_on_a_lone_review_among_regulars_and_on_regulars() {
        let first_review = NetworkView {
            suspicion: -0.6,
            reviews_by_reviewer: 1,
            reviews: 40,
            ..NetworkView::default()
        };
        assert!(value(Some(first_review)) < Some(0.0));
        let regular = NetworkView {
            suspicion: -4.0,
            reviews_by_reviewer: 14,
            reviews: 40,
            ..NetworkView::default()
        };
        assert!(value(Some(regular)) < Some(-3.0));
    }

    #[test]
    fn is_missing_without_a_graph() {
        assert_eq!(value(None), None);
    }
}
