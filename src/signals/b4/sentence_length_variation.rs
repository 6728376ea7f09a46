//! `B4.sentence_length_variation`: how unequal the sentences are.

use super::sentence_lengths;
use crate::score::Evidence;
use crate::signals::{Case, Family, Prior, Say, Signal, Spec};

/// `B4.sentence_length_variation`, as its [`Spec`] says.
pub struct SentenceLengthVariation;

static SPEC: Spec = Spec {
    code: "B4.sentence_length_variation",
    family: Family::B4,
    what: "standard deviation of the words per sentence / their mean",
    why: "People alternate long and short sentences; machine-written reviews are more even.",
    range: (0.0, 10.0),
    unit: "coefficient of variation",
    missing: "fewer than three sentences of words, or no text as written",
    source: "own; burstiness of machine-written text",
    high: Say {
        en: "sentences of very unequal length",
        fr: "phrases de longueurs très inégales",
    },
    low: Say {
        en: "sentences of even length",
        fr: "phrases de longueur régulière",
    },
    prior: Prior {
        centre: 0.5,
        scale: 0.2,
        weight: -0.2,
    },
};

impl Signal for SentenceLengthVariation {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let lengths = sentence_lengths(case.text?);
        if lengths.len() < 3 {
            return None;
        }
        let mean = lengths.iter().sum::<f64>() / lengths.len() as f64;
        let variance = lengths.iter().map(|length| (length - mean).powi(2)).sum::<f64>() / lengths.len() as f64;
        Some((variance.sqrt() / mean).min(10.0))
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        self.extract(case).map_or_else(Evidence::default, |value| {
            Evidence::fact("variation of sentence length", format!("{value:.2}"))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signals::testing::on_text;

    // The texts are invented.
    #[test]
    fn even_sentences_are_told_from_uneven_ones() {
        let even = "The room was very clean. The staff were so kind. The food was quite good.";
        let uneven =
            "Wow. We had no idea that one could sleep so well in a bed this small, right next to the rails. Odd.";
        assert_eq!(on_text(&SentenceLengthVariation, even), Some(0.0));
        assert!(on_text(&SentenceLengthVariation, uneven) > Some(0.9));
    }

    #[test]
    fn is_missing_below_three_sentences() {
        assert_eq!(
            on_text(&SentenceLengthVariation, "The room was clean. The bed was soft."),
            None
        );
    }
}
