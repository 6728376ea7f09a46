//! `B4.punctuation_variety`: how varied the punctuation is.

use crate::score::Evidence;
use crate::signals::{Case, Family, NO_TEXT, Prior, Say, Signal, Spec};
use crate::text::{FEWEST_WORDS, Kind};

/// `B4.punctuation_variety`, as its [`Spec`] says.
pub struct PunctuationVariety;

static SPEC: Spec = Spec {
    code: "B4.punctuation_variety",
    family: Family::B4,
    what: "entropy of the kinds of signs, in nats, drawn to 0 by n / (n + 5) for n signs; kinds: , . ! ? : ; - ( ) quotes ... and others",
    why: "People use brackets, dashes and rows of dots; machine-written reviews keep to commas and full stops. Kinds of apostrophes and quotes are not told apart: they come from how texts were collected.",
    range: (0.0, 3.0),
    unit: "nats",
    missing: NO_TEXT,
    source: "own; Ott et al. 2011 (punctuation)",
    high: Say {
        en: "varied punctuation",
        fr: "ponctuation variée",
    },
    low: Say {
        en: "commas and full stops only",
        fr: "virgules et points seulement",
    },
    prior: Prior {
        centre: 0.6,
        scale: 0.3,
        weight: -0.1,
    },
};

impl Signal for PunctuationVariety {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let text = case.text.filter(|text| text.words >= FEWEST_WORDS)?;
        let mut kinds = [0u32; 11];
        for token in text.tokens.list.iter().filter(|token| token.kind == Kind::Punctuation) {
            let slot = match text.written(token) {
                "," => 0,
                "." => 1,
                "!" => 2,
                "?" => 3,
                ":" => 4,
                ";" => 5,
                "-" | "–" | "—" => 6,
                "(" | ")" => 7,
                "\"" | "“" | "”" | "«" | "»" | "'" | "‘" | "’" | "„" => 8,
                "…" => 9,
                _ => 10,
            };
            kinds[slot] += 1;
        }
        let total = f64::from(kinds.iter().sum::<u32>());
        let entropy: f64 = kinds
            .iter()
            .filter(|count| **count > 0)
            .map(|count| f64::from(*count) / total)
            .map(|share| -share * share.ln())
            .sum();
        Some(entropy.max(0.0) * total / (total + 5.0))
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        self.extract(case).map_or_else(Evidence::default, |value| {
            Evidence::fact("entropy of signs", format!("{value:.2}"))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signals::testing::on_text;

    // The texts are invented.
    #[test]
    fn varied_signs_are_told_from_plain_ones() {
        let varied = on_text(
            &PunctuationVariety,
            "Well (sort of): the room - nice! The bath? Hmm; \"vintage\", they said...",
        );
        let plain = on_text(
            &PunctuationVariety,
            "The room was nice. The bath was small. The food was good.",
        );
        assert!(varied > Some(1.0) && plain == Some(0.0), "{varied:?} {plain:?}");
    }

    #[test]
    fn is_missing_without_enough_words() {
        assert_eq!(on_text(&PunctuationVariety, "(Nice!)"), None);
    }
}
