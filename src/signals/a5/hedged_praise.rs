//! `A5.hedged_praise`: an attack with one small word of praise.

use super::{Stance, hedged};
use crate::score::Evidence;
use crate::signals::{Case, Family, Prior, Say, Signal, Spec};

/// `A5.hedged_praise`, as its [`Spec`] says.
pub struct HedgedPraise;

static SPEC: Spec = Spec {
    code: "A5.hedged_praise",
    family: Family::A5,
    what: "the mirror of A5.hedged_criticism: \"only good thing\" 1, a contrast word or a hedge 0.7, nothing 0.25; one word of praise 1, two 0.8, three 0.4, more 0; 0 with strong praise; short is 1 up to a quarter of the words and falls to 0 at six in ten, and below 40 words counts opinions on both sides (strong ones twice) the more in place of words",
    why: "An attack on a competitor often includes a little praise to look fair. Fair guests do the same.",
    range: (0.0, 1.0),
    unit: "product of shares",
    missing: "stars not at the lower end, or no text as written of at least five words in English or French, whose word lists are complete",
    source: "advice 5",
    high: Say {
        en: "an attack with token praise",
        fr: "une attaque et un éloge de pure forme",
    },
    low: Say {
        en: "no token praise",
        fr: "pas d'éloge de pure forme",
    },
    prior: Prior {
        centre: 0.1,
        scale: 0.25,
        weight: 0.3,
    },
};

impl Signal for HedgedPraise {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        hedged(case, Stance::Attack)
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        case.contrary()
            .filter(|_| hedged(case, Stance::Attack) > Some(0.0))
            .map_or_else(Evidence::default, |found| found.evidence())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signals::testing::check_signal;

    use crate::context::Surroundings;
    use crate::review::Review;
    use crate::text::Language;

    fn of(rating: Option<f64>, text: &str, language: Language) -> Option<f64> {
        let review = Review {
            rating,
            text: Some(text.to_owned()),
            language: Some(language),
            ..Review::default()
        };
        check_signal(&HedgedPraise, &review, &Surroundings::default(), &[])
    }

    // The texts are invented.
    const TOKEN: &str = "Dirty room, rude staff and disgusting food, the worst hotel of our trip. The only good thing was the location.";
    const TOKEN_FR: &str =
        "Chambre sale, personnel désagréable, nourriture horrible, un cauchemar. Seul point positif, l'emplacement.";

    #[test]
    fn fires_on_token_praise() {
        assert!(of(Some(1.0), TOKEN, Language::EN) > Some(0.3));
        assert!(of(Some(1.0), TOKEN_FR, Language::FR) > Some(0.3));
    }

    #[test]
    fn is_silent_on_fair_and_on_plain_complaints() {
        assert_eq!(
            of(
                Some(1.0),
                "The room was dirty and nobody came to clean it for two days.",
                Language::EN
            ),
            Some(0.0)
        );
    }

    #[test]
    fn is_missing_without_the_lowest_stars_or_enough_words() {
        assert_eq!(of(Some(2.5), TOKEN, Language::EN), None);
        assert_eq!(of(Some(5.0), TOKEN, Language::EN), None);
        assert_eq!(of(None, TOKEN, Language::EN), None);
        assert_eq!(of(Some(1.0), "Horrible", Language::EN), None);
    }
}
