//! `A4.brochure_words`: words of the commercial brochure.

use crate::score::Evidence;
use crate::signals::{Case, Family, NO_LISTED_TEXT, Prior, Say, Signal, Spec};
use crate::text::List;

/// `A4.brochure_words`, as its [`Spec`] says.
pub struct BrochureWords;

static SPEC: Spec = Spec {
    code: "A4.brochure_words",
    family: Family::A4,
    what: "brochure words per 100 words of title and body (20 words added)",
    why: "Boasts, nestled, unrivalled, opulent: words of copywriters more than of guests. Some guests write for a living.",
    range: (0.0, 100.0),
    unit: "per 100 words",
    missing: NO_LISTED_TEXT,
    source: "advice 4",
    high: Say {
        en: "uses the words of a brochure",
        fr: "emploie des mots de brochure",
    },
    low: Say {
        en: "no brochure words",
        fr: "pas de mots de brochure",
    },
    prior: Prior {
        centre: 0.2,
        scale: 0.8,
        weight: 0.45,
    },
};

impl Signal for BrochureWords {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        case.listed_rate(&[List::BrochureWord])
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        case.listed_evidence(&[List::BrochureWord])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signals::testing::{on_french, on_text};

    // The texts are invented.
    #[test]
    fn fires_on_copywriters_words() {
        assert!(
            on_text(
                &BrochureWords,
                "This opulent hotel boasts an unrivalled spa and world-class dining, exquisitely nestled by the sea"
            ) > Some(8.0)
        );
        assert!(
            on_french(
                &BrochureWords,
                "Un écrin raffiné et somptueux, un lieu enchanteur au charme incomparable et authentique"
            ) > Some(3.0)
        );
    }

    #[test]
    fn is_silent_on_a_pleased_guest() {
        assert_eq!(
            on_text(
                &BrochureWords,
                "The hotel has a nice spa and good food, and it lies right by the sea"
            ),
            Some(0.0)
        );
        assert_eq!(
            on_french(
                &BrochureWords,
                "Bel hôtel avec un spa agréable, on y mange bien, juste au bord de la mer"
            ),
            Some(0.0)
        );
    }

    #[test]
    fn is_missing_without_enough_words() {
        assert_eq!(on_text(&BrochureWords, "Opulent"), None);
    }
}
