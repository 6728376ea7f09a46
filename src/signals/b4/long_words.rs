//! `B4.long_words`: share of long words.

use crate::score::Evidence;
use crate::signals::{Case, Family, NO_TEXT, Prior, Say, Signal, Spec};
use crate::text::FEWEST_WORDS;

/// `B4.long_words`, as its [`Spec`] says.
pub struct LongWords;

static SPEC: Spec = Spec {
    code: "B4.long_words",
    family: Family::B4,
    what: "words of more than six letters / (words + 5)",
    why: "Copy and machine-written reviews use more long words than talk does.",
    range: (0.0, 1.0),
    unit: "share of words",
    missing: NO_TEXT,
    source: "Pennebaker et al. 2001 (Sixltr); Li et al. 2014",
    high: Say {
        en: "many long words",
        fr: "beaucoup de mots longs",
    },
    low: Say {
        en: "few long words",
        fr: "peu de mots longs",
    },
    prior: Prior {
        centre: 0.16,
        scale: 0.07,
        weight: 0.1,
    },
};

impl Signal for LongWords {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let text = case.text.filter(|text| text.words >= FEWEST_WORDS)?;
        let long = text.word_tokens().filter(|token| token.letters > 6).count();
        Some(long as f64 / (text.words + 5) as f64)
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        self.extract(case).map_or_else(Evidence::default, |value| {
            Evidence::fact("share of long words", format!("{value:.2}"))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signals::testing::on_text;

    // The texts are invented.
    #[test]
    fn long_words_are_counted() {
        assert_eq!(
            on_text(&LongWords, "unforgettable accommodation and impeccable hospitality"),
            Some(0.4)
        );
        assert_eq!(on_text(&LongWords, "nice bed and good food"), Some(0.0));
    }

    #[test]
    fn is_missing_without_enough_words() {
        assert_eq!(on_text(&LongWords, "Accommodation"), None);
    }
}
