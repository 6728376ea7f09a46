//! `B4.mean_word_length`: letters per word.

use crate::score::Evidence;
use crate::signals::{Case, Family, NO_TEXT, Prior, Say, Signal, Spec};
use crate::text::FEWEST_WORDS;

/// `B4.mean_word_length`, as its [`Spec`] says.
pub struct MeanWordLength;

static SPEC: Spec = Spec {
    code: "B4.mean_word_length",
    family: Family::B4,
    what: "letters / words, in any alphabetic language",
    why: "Copy prefers long words. So do some writers and some languages.",
    range: (1.0, 30.0),
    unit: "letters",
    missing: NO_TEXT,
    source: "Burgoon et al. 2003; Ott et al. 2011",
    high: Say {
        en: "long words",
        fr: "mots longs",
    },
    low: Say {
        en: "short words",
        fr: "mots courts",
    },
    prior: Prior {
        centre: 4.4,
        scale: 0.5,
        weight: 0.1,
    },
};

impl Signal for MeanWordLength {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let text = case.text.filter(|text| text.words >= FEWEST_WORDS)?;
        let (letters, words) = text.word_tokens().fold((0u64, 0u32), |(letters, words), token| {
            (letters + u64::from(token.letters), words + 1)
        });
        (words > 0).then(|| (letters as f64 / f64::from(words)).clamp(1.0, 30.0))
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        self.extract(case).map_or_else(Evidence::default, |value| {
            Evidence::fact("letters per word", format!("{value:.2}"))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signals::testing::on_text;

    // The texts are invented.
    #[test]
    fn letters_per_word() {
        assert_eq!(on_text(&MeanWordLength, "an été in to my"), Some(2.2));
    }

    #[test]
    fn is_missing_without_enough_words() {
        assert_eq!(on_text(&MeanWordLength, "An inn"), None);
    }
}
