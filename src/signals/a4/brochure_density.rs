//! `A4.brochure_density`: phrases of the commercial brochure.

use crate::score::Evidence;
use crate::signals::{Case, Family, NO_LISTED_TEXT, Prior, Say, Signal, Spec};
use crate::text::List;

/// `A4.brochure_density`, as its [`Spec`] says.
pub struct BrochureDensity;

static SPEC: Spec = Spec {
    code: "A4.brochure_density",
    family: Family::A4,
    what: "brochure phrases per 100 words of title and body (20 words added)",
    why: "Whoever sells writes like the brochure: enviable location, perfect blend, haven of peace. Guests borrow a phrase now and then; several of them in one review are rare.",
    range: (0.0, 100.0),
    unit: "per 100 words",
    missing: NO_LISTED_TEXT,
    source: "advice 4",
    high: Say {
        en: "reads like a commercial brochure",
        fr: "se lit comme une brochure commerciale",
    },
    low: Say {
        en: "no brochure phrases",
        fr: "pas de formules de brochure",
    },
    prior: Prior {
        centre: 0.2,
        scale: 0.8,
        weight: 0.6,
    },
};

impl Signal for BrochureDensity {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        case.listed_rate(&[List::BrochurePhrase])
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        case.listed_evidence(&[List::BrochurePhrase])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signals::testing::{on_french, on_text};

    // The texts are invented.
    #[test]
    fn fires_on_the_language_of_brochures() {
        let english = "A haven of peace offering a perfect blend of timeless elegance and impeccably appointed rooms, steeped in history.";
        let french = "Un véritable havre de paix dans un cadre idyllique, des prestations haut de gamme et un service irréprochable.";
        assert!(on_text(&BrochureDensity, english) > Some(5.0));
        assert!(on_french(&BrochureDensity, french) > Some(3.0));
    }

    #[test]
    fn is_silent_on_a_pleased_guest() {
        assert_eq!(
            on_text(
                &BrochureDensity,
                "Lovely hotel in a great location near the station, spotless rooms and very kind staff"
            ),
            Some(0.0)
        );
        assert_eq!(
            on_french(
                &BrochureDensity,
                "Très bel hôtel bien situé près de la gare, chambres propres et personnel très gentil"
            ),
            Some(0.0)
        );
    }

    #[test]
    fn is_missing_without_enough_words() {
        assert_eq!(on_text(&BrochureDensity, "A haven of peace"), None);
    }
}
