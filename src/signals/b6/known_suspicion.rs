//! `B6.known_suspicion`: what is known from elsewhere of the reviewer's other reviews.

use crate::score::Evidence;
use crate::signals::{Case, Family, Prior, Say, Signal, Spec};

/// `B6.known_suspicion`, as its [`Spec`] says.
pub struct KnownSuspicion;

static SPEC: Spec = Spec {
    code: "B6.known_suspicion",
    family: Family::B6,
    what: "mean of the prior suspicion (0 to 1, column `prior`) of the reviewer's other reviews",
    why: "Whoever wrote suspect reviews before is more likely to have written another. The priors are somebody else's judgement and may be wrong.",
    range: (0.0, 1.0),
    unit: "mean prior",
    missing: "where no other review of the reviewer has a prior, and as of the review's time",
    source: "Rayana & Akoglu 2015 (SpEagle)",
    high: Say {
        en: "other reviews by this reviewer are under suspicion elsewhere",
        fr: "d'autres avis de l'auteur sont suspectés par ailleurs",
    },
    low: Say {
        en: "other reviews by this reviewer are not under suspicion elsewhere",
        fr: "les autres avis de l'auteur ne sont pas suspectés par ailleurs",
    },
    prior: Prior {
        centre: 0.2,
        scale: 0.15,
        weight: 0.3,
    },
};

impl Signal for KnownSuspicion {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        case.around.network?.others_prior
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        let mean = self
            .extract(case)
            .map(|mean| Evidence::fact("mean prior of the reviewer's other reviews", format!("{mean:.2}")));
        mean.unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::{NetworkView, Surroundings};
    use crate::review::Review;
    use crate::signals::testing::check_signal;

    fn value(others_prior: Option<f64>) -> Option<f64> {
        let network = Some(NetworkView {
            others_prior,
            ..NetworkView::default()
        });
        check_signal(
            &KnownSuspicion,
            &Review::default(),
            &Surroundings {
                network,
                ..Surroundings::default()
            },
            &[],
        )
    }

    #[test]
    fn is_the_mean_of_what_is_known() {
        assert_eq!(value(Some(0.8)), Some(0.8));
    }

    #[test]
    fn stays_low_where_the_others_are_trusted() {
        assert!(value(Some(0.05)) < Some(SPEC.prior.centre));
    }

    #[test]
    fn is_missing_where_nothing_is_known() {
        assert_eq!(value(None), None);
        assert_eq!(
            check_signal(
                &KnownSuspicion,
                &Review {
                    prior: Some(0.9),
                    ..Review::default()
                },
                &Surroundings::default(),
                &[]
            ),
            None
        );
    }
}
