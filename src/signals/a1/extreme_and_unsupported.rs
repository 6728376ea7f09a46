//! `A1.extreme_and_unsupported`: extreme, and neither argued nor corroborated.

use super::argumentation::Argumentation;
use super::claims_supported::ClaimsSupported;
use crate::score::Evidence;
use crate::signals::{Case, Family, Prior, Say, Signal, Spec};

/// `A1.extreme_and_unsupported`, as its [`Spec`] says.
pub struct ExtremeAndUnsupported;

static SPEC: Spec = Spec {
    code: "A1.extreme_and_unsupported",
    family: Family::A1,
    what: "extremity of the stars x exp(-details per 100 words / 4) x (1 - A1.claims_supported). One half stands for a missing A1.claims_supported",
    why: "The advice is to keep an extreme review only if it is well argued and corroborated by others. A short enthusiastic review of a new property is extreme and unsupported without being false.",
    range: (0.0, 1.0),
    unit: "product of shares",
    missing: "no rating, or no text as written of at least five words in English or French, whose word lists are complete",
    source: "advice 1",
    high: Say {
        en: "extreme, with little detail and little corroboration",
        fr: "extrême, peu détaillé et peu corroboré",
    },
    low: Say {
        en: "extreme words are backed, or there are none",
        fr: "propos étayés, ou mesurés",
    },
    prior: Prior {
        centre: 0.2,
        scale: 0.2,
        weight: 0.5,
    },
};

impl Signal for ExtremeAndUnsupported {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let argued = 1.0 - (-Argumentation.extract(case)? / 4.0).exp();
        let extremity = case.rating_extremity()?;
        Some(extremity * (1.0 - argued) * (1.0 - ClaimsSupported.extract(case).unwrap_or(0.5)))
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        if self.extract(case).is_none() {
            return Evidence::default();
        }
        let mut evidence = Argumentation.evidence(case);
        if let Some(share) = ClaimsSupported.extract(case) {
            evidence = evidence.and("share of its claims that others make", format!("{share:.2}"));
        }
        evidence
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signals::testing::check_signal;

    use crate::context::{PropertyView, Surroundings};
    use crate::review::Review;
    use crate::text::{Aspect, Language};

    // The texts are invented.
    const BARE: &str =
        "Amazing hotel, the best staff ever, everything perfect and the most wonderful breakfast in the world.";
    const ARGUED: &str = "Best hotel of our trip: room 12 on the second floor, €95 a night, 5 minutes walk to the station, and Marco at reception.";

    fn of(text: &str, rating: Option<f64>, around: &Surroundings) -> Option<f64> {
        let review = Review {
            text: Some(text.to_owned()),
            rating,
            language: Some(Language::EN),
            ..Review::default()
        };
        check_signal(&ExtremeAndUnsupported, &review, around, &[])
    }

    #[test]
    fn fires_on_bare_extremes() {
        assert!(of(BARE, Some(5.0), &Surroundings::default()) > Some(0.4));
    }

    #[test]
    fn is_silent_on_argued_or_moderate_reviews() {
        assert!(of(ARGUED, Some(5.0), &Surroundings::default()) < Some(0.15));
        assert_eq!(of(BARE, Some(3.0), &Surroundings::default()), Some(0.0));
    }

    #[test]
    fn what_others_say_too_is_supported() {
        let around = |others| {
            let property = PropertyView {
                claiming: 10,
                claims: [[others, 0]; Aspect::ALL.len()],
                ..PropertyView::default()
            };
            Surroundings {
                property: Some(property),
                ..Surroundings::default()
            }
        };
        assert_eq!(of(BARE, Some(5.0), &around(5)), Some(0.0));
        assert!(of(BARE, Some(5.0), &around(0)) > Some(0.8));
    }

    #[test]
    fn is_missing_without_stars_or_enough_words() {
        assert_eq!(of(BARE, None, &Surroundings::default()), None);
        assert_eq!(of("Best ever!", Some(5.0), &Surroundings::default()), None);
    }
}
