//! `A5.hedged_criticism`: high praise with one small complaint behind a contrast word.

use super::{Stance, hedged};
use crate::score::Evidence;
use crate::signals::{Case, Family, Prior, Say, Signal, Spec};

/// `A5.hedged_criticism`, as its [`Spec`] says.
pub struct HedgedCriticism;

static SPEC: Spec = Spec {
    code: "A5.hedged_criticism",
    family: Family::A5,
    what: "introduction x few x mild x short: introduced by \"only downside\" or played down (\"no big deal\") 1, by a contrast word, a hedge or a wish (\"would have liked\") 0.7, by nothing 0.25; one complaint 1, two 0.8, three 0.4, more 0; 0 with a severe one; short is 1 up to a quarter of the words and falls to 0 at six in ten, and below 40 words counts opinions on both sides (strong ones twice) the more in place of words",
    why: "A fake often includes a few minor criticisms to look credible. Honest enthusiasts mention a small fault too, so this is one piece of evidence among others; balanced reviews with several real complaints stay at 0.",
    range: (0.0, 1.0),
    unit: "product of shares",
    missing: "stars not at the upper end, or no text as written of at least five words in English or French, whose word lists are complete",
    source: "advice 5",
    high: Say {
        en: "high praise with a token criticism",
        fr: "grands éloges et une critique de pure forme",
    },
    low: Say {
        en: "no token criticism",
        fr: "pas de critique de pure forme",
    },
    prior: Prior {
        centre: 0.1,
        scale: 0.25,
        weight: 0.4,
    },
};

impl Signal for HedgedCriticism {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        hedged(case, Stance::Praise)
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        case.contrary()
            .filter(|_| hedged(case, Stance::Praise) > Some(0.0))
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
        check_signal(&HedgedCriticism, &review, &Surroundings::default(), &[])
    }

    // The texts are invented.
    const TOKEN: &str = "An amazing hotel with the best staff, a superb breakfast and a wonderful pool. The only downside was the small wardrobe.";
    const TOKEN_FR: &str = "Un hôtel magnifique, un personnel exceptionnel, un petit déjeuner délicieux. Seul petit bémol, la taille de la douche.";
    const BALANCED: &str = "Good location and kind staff, but the shower was cold, the street was noisy and breakfast poor. The bed sagged, \
        though the price was fair. The carpet was dirty and nobody answered the phone.";

    #[test]
    fn fires_on_a_token_complaint() {
        assert!(of(Some(5.0), TOKEN, Language::EN) > Some(0.3));
        assert!(of(Some(5.0), TOKEN_FR, Language::FR) > Some(0.3));
    }

    #[test]
    fn a_contrast_word_may_follow_the_concession() {
        let before = "The street was noisy. But an amazing hotel, the best staff, a superb breakfast, a wonderful pool, and a view to remember.";
        let without = before.replace("But an", "An");
        assert!(of(Some(5.0), before, Language::EN) > of(Some(5.0), &without, Language::EN));
    }

    #[test]
    fn is_silent_on_balanced_reviews_and_plain_praise() {
        assert!(of(Some(5.0), BALANCED, Language::EN) < Some(0.15));
        assert_eq!(
            of(
                Some(5.0),
                "Clean room, kind staff and a good breakfast. We will come back.",
                Language::EN
            ),
            Some(0.0)
        );
    }

    #[test]
    fn is_silent_on_severe_complaints() {
        assert_eq!(
            of(
                Some(5.0),
                "Wonderful staff and a superb view, but we found bed bugs in the mattress.",
                Language::EN
            ),
            Some(0.0)
        );
    }

    #[test]
    fn is_missing_without_the_highest_stars_or_enough_words() {
        assert_eq!(of(Some(4.0), TOKEN, Language::EN), None);
        assert_eq!(of(Some(1.0), TOKEN, Language::EN), None);
        assert_eq!(of(None, TOKEN, Language::EN), None);
        assert_eq!(of(Some(5.0), "Superb", Language::EN), None);
    }
}
