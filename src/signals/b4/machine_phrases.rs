//! `B4.machine_phrases`: phrases frequent in machine-written reviews.

use crate::score::Evidence;
use crate::signals::{Case, Family, NO_LISTED_TEXT, Prior, Say, Signal, Spec};
use crate::text::List;

/// `B4.machine_phrases`, as its [`Spec`] says.
pub struct MachinePhrases;

static SPEC: Spec = Spec {
    code: "B4.machine_phrases",
    family: Family::B4,
    what: "phrases and list markers that language models favour, per 100 words (20 words added)",
    why: "\"From the moment I arrived\", \"a true testament to\": models repeat them. People who write formally, or have a model polish an honest text, do too.",
    range: (0.0, 100.0),
    unit: "per 100 words",
    missing: NO_LISTED_TEXT,
    source: "own; Ignat et al. 2024 (MAiDE-up); Gambetti & Han 2023",
    high: Say {
        en: "phrases frequent in machine-written reviews",
        fr: "tournures fréquentes dans les textes générés",
    },
    low: Say {
        en: "no phrases typical of machines",
        fr: "pas de tournures typiques des textes générés",
    },
    prior: Prior {
        centre: 0.4,
        scale: 1.0,
        weight: 0.3,
    },
};

impl Signal for MachinePhrases {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let text = case.listed_text()?;
        text.rate(text.count(List::Machine))
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        let Some(text) = case.listed_text().filter(|_| self.extract(case).is_some()) else {
            return Evidence::default();
        };
        Evidence {
            spans: text.spans_of_any(&[List::Machine]),
            facts: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signals::testing::{on_french, on_text};

    // The texts are invented.
    #[test]
    fn fires_on_the_usual_phrases() {
        let english = "From the moment I stepped in, the attention to detail was evident. A true testament to hospitality that exceeded all expectations.";
        let french = "Dès notre arrivée, nous avons été accueillis chaleureusement. En conclusion, je recommande vivement cet établissement.";
        assert!(on_text(&MachinePhrases, english) > Some(5.0));
        assert!(on_french(&MachinePhrases, french) > Some(2.0));
    }

    #[test]
    fn is_silent_on_plain_speech() {
        assert_eq!(
            on_text(
                &MachinePhrases,
                "Nice little place, the owner is a laugh and the soup is great. Bus stops outside."
            ),
            Some(0.0)
        );
        assert_eq!(
            on_french(
                &MachinePhrases,
                "Petit resto sympa, le patron est drôle et la soupe est bonne"
            ),
            Some(0.0)
        );
    }

    #[test]
    fn is_missing_without_enough_words() {
        assert_eq!(on_text(&MachinePhrases, "Overall"), None);
    }
}
