//! `A4.language_confidence`: how clearly the text is in one language.

use crate::score::Evidence;
use crate::signals::{Case, Family, Prior, Say, Signal, Spec};
use crate::text::FEWEST_WORDS;

/// `A4.language_confidence`, as its [`Spec`] says.
pub struct LanguageConfidence;

static SPEC: Spec = Spec {
    code: "A4.language_confidence",
    family: Family::A4,
    what: "confidence of the language identification, 0 to 1",
    why: "Text assembled or translated badly is hard to identify. Short texts and mixed ones (\"le check-in était easy\") are too.",
    range: (0.0, 1.0),
    unit: "confidence",
    missing: "no text of at least five words, or no language could be told",
    source: "advice 4",
    high: Say {
        en: "clearly in one language",
        fr: "clairement dans une langue",
    },
    low: Say {
        en: "language hard to identify",
        fr: "langue difficile à identifier",
    },
    prior: Prior {
        centre: 0.85,
        scale: 0.2,
        weight: -0.1,
    },
};

impl Signal for LanguageConfidence {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        case.text
            .filter(|text| text.words >= FEWEST_WORDS)?
            .identified()
            .map(|identified| identified.confidence.clamp(0.0, 1.0))
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        let Some(identified) = case
            .text
            .filter(|_| self.extract(case).is_some())
            .and_then(|text| text.identified())
        else {
            return Evidence::default();
        };
        Evidence::fact("language", identified.language).and("confidence", format!("{:.2}", identified.confidence))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signals::testing::on_text;

    // The texts are invented.
    #[test]
    fn clear_language_is_told_from_a_jumble() {
        let clear = on_text(
            &LanguageConfidence,
            "The room was small but it was clean and the staff were kind to us",
        );
        let jumble = on_text(
            &LanguageConfidence,
            "hotel bon good personal molto bien clean ok super room nett",
        );
        assert!(clear > Some(0.6) && jumble.unwrap_or(0.0) < 0.6, "{clear:?} {jumble:?}");
    }

    #[test]
    fn is_missing_without_enough_words() {
        assert_eq!(on_text(&LanguageConfidence, "OK"), None);
    }
}
