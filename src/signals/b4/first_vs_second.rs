//! `B4.first_vs_second`: first against second person (PP1).

use crate::score::Evidence;
use crate::signals::{Case, Family, Prior, Say, Signal, Spec};
use crate::text::{Analysis, FEWEST_WORDS, List};

/// `B4.first_vs_second`, as its [`Spec`] says.
pub struct FirstVsSecond;

static SPEC: Spec = Spec {
    code: "B4.first_vs_second",
    family: Family::B4,
    what: "(first-person pronouns - second-person pronouns) / (both + 2) (PP1)",
    why: "A report tells what happened to the writer, an advertisement what will happen to the reader. Advice to other travellers is honest and in the second person too.",
    range: (-1.0, 1.0),
    unit: "balance",
    missing: "no pronoun of either person, or no text as written of at least five words in English or French, whose word lists are complete",
    source: "PP1 in Li et al. 2011, Rayana & Akoglu 2015",
    high: Say {
        en: "tells what happened to the writer",
        fr: "raconte ce qui est arrivé à l'auteur",
    },
    low: Say {
        en: "speaks to the reader more than of the stay",
        fr: "parle au lecteur plus que du séjour",
    },
    prior: Prior {
        centre: 0.5,
        scale: 0.35,
        weight: -0.15,
    },
};

impl Signal for FirstVsSecond {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let text = case.listed_text().filter(|text| text.words >= FEWEST_WORDS)?;
        let (first, second) = counts(text);
        (first + second > 0.0).then(|| (first - second) / (first + second + 2.0))
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        let Some(text) = case.text.filter(|_| self.extract(case).is_some()) else {
            return Evidence::default();
        };
        let (first, second) = counts(text);
        Evidence::fact("first person", first).and("second person", second)
    }
}

fn counts(text: &Analysis<'_>) -> (f64, f64) {
    (
        text.count_any(&[List::FirstSingular, List::FirstPlural]) as f64,
        text.count(List::Second) as f64,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signals::testing::{on_french, on_text};

    // The texts are invented.
    #[test]
    fn reports_are_told_from_addresses() {
        assert!(on_text(&FirstVsSecond, "We stayed two nights, I slept well and our dog too") > Some(0.5));
        assert!(on_text(&FirstVsSecond, "You will love it, your room awaits you and your family") < Some(-0.5));
        assert!(on_french(&FirstVsSecond, "Vous serez conquis, votre chambre vous attend") < Some(-0.3));
    }

    #[test]
    fn is_missing_without_pronouns() {
        assert_eq!(on_text(&FirstVsSecond, "Clean room, soft bed, good breakfast"), None);
    }

    #[test]
    fn is_missing_without_enough_words() {
        assert_eq!(on_text(&FirstVsSecond, "I did"), None);
    }
}
