//! `B4.mean_sentence_length`: words per sentence.

use crate::score::Evidence;
use crate::signals::{Case, Family, NO_TEXT, Prior, Say, Signal, Spec};
use crate::text::FEWEST_WORDS;

/// `B4.mean_sentence_length`, as its [`Spec`] says.
pub struct MeanSentenceLength;

static SPEC: Spec = Spec {
    code: "B4.mean_sentence_length",
    family: Family::B4,
    what: "ln(words / sentences)",
    why: "Copy and machine-written reviews keep to middle-long sentences; people run on, or stop short.",
    range: (0.0, 10.0),
    unit: "log of words",
    missing: NO_TEXT,
    source: "Burgoon et al. 2003; Feng et al. 2012",
    high: Say {
        en: "long sentences",
        fr: "phrases longues",
    },
    low: Say {
        en: "short sentences",
        fr: "phrases courtes",
    },
    prior: Prior {
        centre: 2.6,
        scale: 0.4,
        weight: 0.05,
    },
};

impl Signal for MeanSentenceLength {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let text = case
            .text
            .filter(|text| text.words >= FEWEST_WORDS && !text.sentences.is_empty())?;
        Some(
            (text.words as f64 / text.sentences.len() as f64)
                .max(1.0)
                .ln()
                .min(10.0),
        )
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        self.extract(case).map_or_else(Evidence::default, |value| {
            Evidence::fact("words per sentence", format!("{:.1}", value.exp()))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signals::testing::on_text;

    // The texts are invented.
    #[test]
    fn words_per_sentence() {
        assert_eq!(
            on_text(&MeanSentenceLength, "One two three four. Five six seven eight."),
            Some(4f64.ln())
        );
    }

    #[test]
    fn is_missing_without_enough_words() {
        assert_eq!(on_text(&MeanSentenceLength, "Too short."), None);
    }
}
