//! `A1.word_extremity`: extreme words per hundred words.

use crate::score::Evidence;
use crate::signals::{Case, Family, NO_LISTED_TEXT, Prior, Say, Signal, Spec};
use crate::text::List;

/// `A1.word_extremity`, as its [`Spec`] says.
pub struct WordExtremity;

static SPEC: Spec = Spec {
    code: "A1.word_extremity",
    family: Family::A1,
    what: "strong opinion words, superlatives and absolutes, and half of the intensifiers, per 100 words of title and body (20 words added)",
    why: "Writers who invent an experience reach for the strongest words. Enthusiasts do so too: what counts is whether reasons and details come with them.",
    range: (0.0, 100.0),
    unit: "per 100 words",
    missing: NO_LISTED_TEXT,
    source: "advice 1; Ott et al. 2011; Li et al. 2014",
    high: Say {
        en: "speaks in superlatives and absolutes",
        fr: "parle en superlatifs et en absolus",
    },
    low: Say {
        en: "measured choice of words",
        fr: "vocabulaire mesuré",
    },
    prior: Prior {
        centre: 6.0,
        scale: 4.0,
        weight: 0.3,
    },
};

impl Signal for WordExtremity {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let strong = case.listed_rate(&EXTREME)?;
        Some((strong + 0.5 * case.listed_rate(&[List::Intensifier])?).min(100.0))
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        case.listed_evidence(&EXTREME)
    }
}

const EXTREME: [List; 4] = [
    List::StrongPositive,
    List::StrongNegative,
    List::Superlative,
    List::Absolute,
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signals::testing::{on_french, on_text};

    // The texts are invented.
    const GUSHING: &str =
        "Absolutely the best hotel ever, everything was amazing and the staff is always incredibly wonderful.";
    const MEASURED: &str =
        "The room was clean and the breakfast decent. We paid 95 euros and would come back for a night.";

    #[test]
    fn fires_on_superlatives() {
        assert!(on_text(&WordExtremity, GUSHING) > Some(12.0));
        assert!(
            on_french(
                &WordExtremity,
                "Le meilleur hôtel du monde, tout était absolument parfait, un accueil extraordinaire !"
            ) > Some(12.0)
        );
    }

    #[test]
    fn is_silent_on_measured_praise() {
        assert!(on_text(&WordExtremity, MEASURED) < Some(2.5));
        assert!(
            on_french(
                &WordExtremity,
                "La chambre était propre et le petit déjeuner correct. Nous avons payé 95 euros."
            ) < Some(2.5)
        );
    }

    #[test]
    fn is_missing_without_enough_words() {
        assert_eq!(on_text(&WordExtremity, "Best ever!"), None);
    }
}
