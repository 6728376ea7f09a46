//! `C2.affiliation_disclosed`: the writer says that he belongs to the property.

use crate::score::Evidence;
use crate::signals::{Case, Family, Prior, Say, Signal, Spec};

/// `C2.affiliation_disclosed`, as its [`Spec`] says.
pub struct AffiliationDisclosed;

static SPEC: Spec = Spec {
    code: "C2.affiliation_disclosed",
    family: Family::C2,
    what: "1 where the text says that its writer works for, owns or is close to the property; else 0. A bare \"full disclosure\" counts only with such a tie in its sentence",
    why: "Whoever speaks of a brand that he works for says who he is: disclosure is the opposite of concealment and lowers the suspicion. The rating may still be biased, and readers should know.",
    range: (0.0, 1.0),
    unit: "yes or no",
    missing: "no text as written in English or French",
    source: "the transparency rule of the case that started it",
    high: Say {
        en: "says that the writer is tied to the property",
        fr: "l'auteur déclare un lien avec l'établissement",
    },
    low: Say {
        en: "declares no tie",
        fr: "ne déclare aucun lien",
    },
    prior: Prior {
        centre: 0.0,
        scale: 0.5,
        weight: -0.4,
    },
};

impl Signal for AffiliationDisclosed {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let texts: Vec<_> = case.listed_passages().collect();
        (!texts.is_empty()).then(|| f64::from(u8::from(texts.iter().any(|text| !text.ties().is_empty()))))
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        let spans = case
            .listed_passages()
            .flat_map(|text| text.ties().into_iter().map(|hit| text.span(hit.tokens())))
            .collect();
        Evidence {
            spans,
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
    fn fires_on_disclosure() {
        for text in [
            "I work for this hotel, so take my praise with a grain of salt",
            "Full disclosure: my sister is a manager there. The rooms are clean.",
        ] {
            assert_eq!(on_text(&AffiliationDisclosed, text), Some(1.0), "{text}");
        }
        assert_eq!(
            on_french(&AffiliationDisclosed, "Je travaille pour cet hôtel, je préfère le dire"),
            Some(1.0)
        );
    }

    #[test]
    fn is_silent_on_other_work_and_empty_announcements() {
        for text in [
            "I work for a bank and travel a lot, the hotel was fine",
            "Full disclosure: I hate spicy food, but the curry was good",
            "The manager works hard and his staff is kind",
        ] {
            assert_eq!(on_text(&AffiliationDisclosed, text), Some(0.0), "{text}");
        }
        assert_eq!(
            on_french(
                &AffiliationDisclosed,
                "Je travaille pour une banque et je voyage beaucoup"
            ),
            Some(0.0)
        );
    }

    #[test]
    fn is_missing_in_other_languages() {
        let review = crate::review::Review {
            text: Some("Izba bola malá ale čistá a personál bol milý".into()),
            ..Default::default()
        };
        assert_eq!(
            crate::signals::testing::check_signal(&AffiliationDisclosed, &review, &Default::default(), &[]),
            None
        );
    }
}
