//! `B4.first_person_singular`: "I", "my", "je", "mon".

use crate::score::Evidence;
use crate::signals::{Case, Family, NO_LISTED_TEXT, Prior, Say, Signal, Spec};
use crate::text::List;

/// `B4.first_person_singular`, as its [`Spec`] says.
pub struct FirstPersonSingular;

static SPEC: Spec = Spec {
    code: "B4.first_person_singular",
    family: Family::B4,
    what: "pronouns and possessives of the first person singular per 100 words (20 words added)",
    why: "Fakes speak of the writer and of companions in other proportions than reports of a stay do; which way depends on the corpus, so the weight by hand is next to nothing.",
    range: (0.0, 100.0),
    unit: "per 100 words",
    missing: NO_LISTED_TEXT,
    source: "Ott et al. 2011; Li et al. 2014",
    high: Say {
        en: "speaks much of \"I\"",
        fr: "parle beaucoup à la première personne",
    },
    low: Say {
        en: "hardly says \"I\"",
        fr: "ne dit presque jamais « je »",
    },
    prior: Prior {
        centre: 3.0,
        scale: 2.5,
        weight: 0.1,
    },
};

impl Signal for FirstPersonSingular {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let text = case.listed_text()?;
        text.rate(text.count(List::FirstSingular))
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        let Some(text) = case.listed_text().filter(|_| self.extract(case).is_some()) else {
            return Evidence::default();
        };
        Evidence {
            spans: text.spans_of_any(&[List::FirstSingular]),
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
    fn they_are_counted() {
        assert!(on_text(&FirstPersonSingular, "I loved my room and I told my friends") > Some(6.0));
        assert!(
            on_french(
                &FirstPersonSingular,
                "J'ai aimé ma chambre et je reviendrai avec mes amis"
            ) > Some(6.0)
        );
    }

    #[test]
    fn other_persons_are_not() {
        assert_eq!(
            on_text(&FirstPersonSingular, "The room was clean and the bed was soft"),
            Some(0.0)
        );
        assert_eq!(
            on_french(&FirstPersonSingular, "La chambre était propre et le lit confortable"),
            Some(0.0)
        );
    }

    #[test]
    fn is_missing_without_enough_words() {
        assert_eq!(on_text(&FirstPersonSingular, "Hello"), None);
    }
}
