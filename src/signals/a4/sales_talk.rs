//! `A4.sales_talk`: talk that sells: imperatives and promises to the reader.

use crate::score::Evidence;
use crate::signals::{Case, Family, NO_LISTED_TEXT, Prior, Say, Signal, Spec};
use crate::text::List;

/// `A4.sales_talk`, as its [`Spec`] says.
pub struct SalesTalk;

static SPEC: Spec = Spec {
    code: "A4.sales_talk",
    family: Family::A4,
    what: "sales phrases per 100 words of title and body (20 words added): \"look no further\", \"your search ends here\", \"laissez-vous séduire\"",
    why: "A guest tells what happened to him; a seller tells the reader what to do. Warm recommendations (\"go there!\") are not on the list.",
    range: (0.0, 100.0),
    unit: "per 100 words",
    missing: NO_LISTED_TEXT,
    source: "advice 4",
    high: Say {
        en: "addresses the reader like an advertisement",
        fr: "s'adresse au lecteur comme une publicité",
    },
    low: Say {
        en: "no sales talk",
        fr: "pas de discours de vente",
    },
    prior: Prior {
        centre: 0.2,
        scale: 0.8,
        weight: 0.5,
    },
};

impl Signal for SalesTalk {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        case.listed_rate(&[List::Sales])
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        case.listed_evidence(&[List::Sales])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signals::testing::{on_french, on_text};

    // The texts are invented.
    #[test]
    fn fires_on_an_advertisement() {
        assert!(
            on_text(
                &SalesTalk,
                "Look no further! Treat yourself to a night here and let our chefs pamper you. Book now!"
            ) > Some(6.0)
        );
        assert!(
            on_french(
                &SalesTalk,
                "N'attendez plus, laissez-vous séduire et réservez dès maintenant votre prochain séjour !"
            ) > Some(5.0)
        );
    }

    #[test]
    fn is_silent_on_a_warm_recommendation() {
        assert_eq!(
            on_text(
                &SalesTalk,
                "We would go back any time, ask for a room on the garden side and try the soup"
            ),
            Some(0.0)
        );
        assert_eq!(
            on_french(
                &SalesTalk,
                "Nous y retournerons, demandez une chambre côté jardin et goûtez la soupe"
            ),
            Some(0.0)
        );
    }

    #[test]
    fn is_missing_without_enough_words() {
        assert_eq!(on_text(&SalesTalk, "Book now"), None);
    }
}
