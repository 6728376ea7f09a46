//! `A1.argumentation`: concrete details per hundred words.

use crate::score::Evidence;
use crate::signals::{Case, Family, NO_LISTED_TEXT, Prior, Say, Signal, Spec};
use crate::text::FEWEST_WORDS;

/// `A1.argumentation`, as its [`Spec`] says.
pub struct Argumentation;

static SPEC: Spec = Spec {
    code: "A1.argumentation",
    family: Family::A1,
    what: "details per 100 words (20 words added): room and floor numbers, prices, hours and durations, distances, staff and places nearby by name count 1, words of place and time 0.4",
    why: "Someone who was there can tell what a reader can check. Deceptive reviews of hotels say little of space and number. Short honest reviews are vague as well.",
    range: (0.0, 100.0),
    unit: "per 100 words",
    missing: NO_LISTED_TEXT,
    source: "advice 1; Ott et al. 2011 (spatial detail); Feng et al. 2012",
    high: Say {
        en: "argued with details that can be checked",
        fr: "argumenté avec des détails vérifiables",
    },
    low: Say {
        en: "hardly a detail that can be checked",
        fr: "presque aucun détail vérifiable",
    },
    prior: Prior {
        centre: 3.5,
        scale: 2.5,
        weight: -0.4,
    },
};

impl Signal for Argumentation {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let text = case.listed_text()?;
        text.rate_of_weight(text.details().iter().map(|detail| detail.kind.weight()).sum())
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        let Some(text) = case.listed_text().filter(|text| text.words >= FEWEST_WORDS) else {
            return Evidence::default();
        };
        let details = text.details();
        let spans = details.iter().map(|detail| text.span(detail.tokens.clone())).collect();
        Evidence {
            spans,
            ..Evidence::fact("details", details.len())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signals::testing::{on_french, on_text};

    // The texts are invented.
    #[test]
    fn details_are_counted() {
        let english = "Room 214 on the third floor faced the yard. We paid €95 a night, and Marco at reception moved us at 10:30.";
        let french =
            "Chambre 214 au troisième étage, côté cour. Nous avons payé 95 euros et attendu 20 minutes à la réception.";
        assert!(on_text(&Argumentation, english) > Some(8.0));
        assert!(on_french(&Argumentation, french) > Some(8.0));
    }

    #[test]
    fn praise_without_detail_has_none() {
        assert_eq!(
            on_text(
                &Argumentation,
                "A wonderful place, lovely staff, everything perfect, I loved it so much."
            ),
            Some(0.0)
        );
        assert_eq!(
            on_french(
                &Argumentation,
                "Un endroit merveilleux, un personnel adorable, tout était parfait."
            ),
            Some(0.0)
        );
    }

    #[test]
    fn is_missing_without_enough_words() {
        assert_eq!(on_text(&Argumentation, "Room 214"), None);
    }
}
