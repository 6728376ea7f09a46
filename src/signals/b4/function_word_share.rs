//! `B4.function_word_share`: share of function words.

use crate::score::Evidence;
use crate::signals::{Case, Family, Prior, Say, Signal, Spec};
use crate::text::{FEWEST_WORDS, Lexicon, List};

/// `B4.function_word_share`, as its [`Spec`] says.
pub struct FunctionWordShare;

static SPEC: Spec = Spec {
    code: "B4.function_word_share",
    family: Family::B4,
    what: "function words / words, in English, French, German, Spanish and Italian",
    why: "The closed-class words make the most stable part of a style; note-like and copywritten texts have fewer of them.",
    range: (0.0, 1.0),
    unit: "share of words",
    missing: "no text of at least five words in one of the five languages",
    source: "Mosteller & Wallace 1964; Feng et al. 2012",
    high: Say {
        en: "many function words",
        fr: "beaucoup de mots grammaticaux",
    },
    low: Say {
        en: "few function words",
        fr: "peu de mots grammaticaux",
    },
    prior: Prior {
        centre: 0.48,
        scale: 0.08,
        weight: -0.05,
    },
};

impl Signal for FunctionWordShare {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let text = case.text.filter(|text| text.words >= FEWEST_WORDS)?;
        text.language.and_then(Lexicon::of)?;
        let covered: usize = text.hits_of(List::Function).iter().map(|hit| hit.tokens().len()).sum();
        Some((covered as f64 / text.words as f64).min(1.0))
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        self.extract(case).map_or_else(Evidence::default, |share| {
            Evidence::fact("share of function words", format!("{share:.2}"))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signals::testing::{on_french, on_text};

    // The texts are invented.
    #[test]
    fn sentences_are_told_from_notes() {
        assert!(on_text(&FunctionWordShare, "It was in the room that we had when we were there") > Some(0.6));
        assert!(
            on_text(
                &FunctionWordShare,
                "Clean room, soft bed, good breakfast, friendly staff"
            ) < Some(0.1)
        );
        assert!(
            on_french(
                &FunctionWordShare,
                "Il y avait dans la chambre ce que nous avions chez nous"
            ) > Some(0.4)
        );
    }

    #[test]
    fn is_missing_in_other_languages() {
        let review = crate::review::Review {
            text: Some("Izba bola malá ale čistá a personál bol milý".into()),
            ..Default::default()
        };
        assert_eq!(
            crate::signals::testing::check_signal(&FunctionWordShare, &review, &Default::default(), &[]),
            None
        );
    }

    #[test]
    fn is_missing_without_enough_words() {
        assert_eq!(on_text(&FunctionWordShare, "It was"), None);
    }
}
