//! `B4.objective_share`: words of fact (OW).

use crate::score::Evidence;
use crate::signals::{Case, Family, NO_LISTED_TEXT, Prior, Say, Signal, Spec};
use crate::text::List;

/// `B4.objective_share`, as its [`Spec`] says.
pub struct ObjectiveShare;

static SPEC: Spec = Spec {
    code: "B4.objective_share",
    family: Family::B4,
    what: "words of fact and measure per 100 words (20 words added) (OW)",
    why: "Reports of a stay name things and measures. Short honest praise does not.",
    range: (0.0, 100.0),
    unit: "per 100 words",
    missing: NO_LISTED_TEXT,
    source: "OW in Li et al. 2011, Rayana & Akoglu 2015",
    high: Say {
        en: "many words of fact",
        fr: "beaucoup de mots factuels",
    },
    low: Say {
        en: "few words of fact",
        fr: "peu de mots factuels",
    },
    prior: Prior {
        centre: 7.0,
        scale: 4.0,
        weight: -0.15,
    },
};

impl Signal for ObjectiveShare {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let text = case.listed_text()?;
        text.rate(text.count(List::Objective))
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        let Some(text) = case.listed_text().filter(|_| self.extract(case).is_some()) else {
            return Evidence::default();
        };
        Evidence {
            spans: text.spans_of_any(&[List::Objective]),
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
    fn report_is_told_from_feeling() {
        assert!(
            on_text(
                &ObjectiveShare,
                "The room had a desk, a wardrobe, a window to the street and a shower"
            ) > Some(6.0)
        );
        assert!(on_text(&ObjectiveShare, "I loved it, so lovely and wonderful and amazing") < Some(2.0));
        assert!(
            on_french(
                &ObjectiveShare,
                "La chambre a une douche, une fenêtre, un bureau et une armoire"
            ) > Some(4.0)
        );
    }

    #[test]
    fn is_missing_without_enough_words() {
        assert_eq!(on_text(&ObjectiveShare, "A room"), None);
    }
}
