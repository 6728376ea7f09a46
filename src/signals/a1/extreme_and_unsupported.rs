//! `A1.extreme_and_unsupported`: extreme, and neither argued nor corroborated.

use super::argumentation::Argumentation;
use super::{claims, needed};
use crate::score::Evidence;
use crate::signals::{Case, Family, Prior, Say, Signal, Spec};

/// `A1.extreme_and_unsupported`, as its [`Spec`] says.
pub struct ExtremeAndUnsupported;

static SPEC: Spec = Spec {
    code: "A1.extreme_and_unsupported",
    family: Family::A1,
    what: "extremity of the stars x exp(-details per 100 words / 4) x (1 - corroboration); of the claims on the side of the stars, praise above three and criticism below, corroboration is (those that A1.claims_supported counts + 0.5) / (all + 1), one half where there are none or A1.claims_supported is missing",
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
        en: "extreme stars are backed, or the stars are moderate",
        fr: "note extrême étayée, ou note modérée",
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
        let (supported, made) = corroboration(case)?;
        // Half a claim: one alone does not decide.
        let corroborated = (supported as f64 + 0.5) / (made as f64 + 1.0);
        Some(extremity * (1.0 - argued) * (1.0 - corroborated))
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        if self.extract(case).is_none() {
            return Evidence::default();
        }
        match corroboration(case) {
            Some((supported, made)) if made > 0 => Argumentation
                .evidence(case)
                .and("claims on the side of its stars", made)
                .and("claims of these that others make", supported),
            _ => Argumentation.evidence(case),
        }
    }
}

/// How many of the claims on the side of the stars others make too, and how many these are; none where nothing can be
/// compared. A token concession, which is true as a rule, corroborates nothing. `None` without rating.
fn corroboration(case: &Case<'_>) -> Option<(usize, usize)> {
    let praises = case.review.rating? > 3.0;
    let (claims, claiming) = claims(case).unwrap_or_default();
    let own = || claims.iter().filter(|claim| claim.praise == praises);
    let supported = own().filter(|claim| claim.same >= needed(claiming)).count();
    Some((supported, own().count()))
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
    const ATTACK: &str =
        "Awful hotel, rude staff, everything dirty and the most disgusting breakfast we ever had in our life.";
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

    /// Around a property of which ten others claim something, so many of them praise and so many blame of every aspect.
    fn around(praise: u32, blame: u32) -> Surroundings {
        let property = PropertyView {
            claiming: 10,
            claims: [[praise, blame]; Aspect::ALL.len()],
            ..PropertyView::default()
        };
        Surroundings {
            property: Some(property),
            ..Surroundings::default()
        }
    }

    #[test]
    fn what_others_say_too_is_supported() {
        for (text, stars, borne_out) in [(BARE, 5.0, around(5, 0)), (ATTACK, 1.0, around(0, 5))] {
            let alone = of(text, Some(stars), &around(0, 0));
            assert!(of(text, Some(stars), &borne_out) < Some(0.25), "{text}");
            assert!(alone > Some(0.75), "{alone:?} {text}");
        }
    }

    #[test]
    fn a_token_concession_corroborates_nothing() {
        for (text, stars, others) in [(ATTACK, 1.0, around(5, 0)), (BARE, 5.0, around(0, 5))] {
            let token = if stars < 3.0 {
                "The pool was nice."
            } else {
                "The pool was dirty."
            };
            let conceding = of(&format!("{text} {token}"), Some(stars), &others);
            assert!(conceding > Some(0.75), "{conceding:?} {text}");
        }
    }

    #[test]
    fn one_claim_alone_does_not_decide() {
        let text = "We came by train in spring and the staff were friendly.";
        let value = |others: &Surroundings| of(text, Some(5.0), others).expect("has stars and words");
        let unknown = value(&Surroundings::default());
        assert!(value(&around(5, 0)) > 0.4 * unknown);
        assert!(value(&around(0, 0)) < 1.6 * unknown);
        // Nothing is said on the side of one star, so that nothing can be borne out.
        assert_eq!(of(text, Some(1.0), &around(5, 0)), Some(unknown));
    }

    #[test]
    fn is_missing_without_stars_or_enough_words() {
        assert_eq!(of(BARE, None, &Surroundings::default()), None);
        assert_eq!(of("Best ever!", Some(5.0), &Surroundings::default()), None);
    }
}
