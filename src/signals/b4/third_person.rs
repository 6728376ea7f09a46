//! `B4.third_person`: "he", "they", "il", "ils".

use crate::score::Evidence;
use crate::signals::{Case, Family, NO_LISTED_TEXT, Prior, Say, Signal, Spec};
use crate::text::List;

/// `B4.third_person`, as its [`Spec`] says.
pub struct ThirdPerson;

static SPEC: Spec = Spec {
    code: "B4.third_person",
    family: Family::B4,
    what: "pronouns and possessives of the third person per 100 words (20 words added)",
    why: "Fakes speak of the writer and of companions in other proportions than reports of a stay do; which way depends on the corpus, so the weight by hand is next to nothing.",
    range: (0.0, 100.0),
    unit: "per 100 words",
    missing: NO_LISTED_TEXT,
    source: "Ott et al. 2011; Li et al. 2014",
    high: Say {
        en: "speaks of others by pronoun",
        fr: "parle des autres par pronoms",
    },
    low: Say {
        en: "hardly a pronoun of the third person",
        fr: "presque aucun pronom de la troisième personne",
    },
    prior: Prior {
        centre: 3.0,
        scale: 2.5,
        weight: 0.1,
    },
};

impl Signal for ThirdPerson {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let text = case.listed_text()?;
        text.rate(text.count(List::Third))
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        let Some(text) = case.listed_text().filter(|_| self.extract(case).is_some()) else {
            return Evidence::default();
        };
        Evidence {
            spans: text.spans_of_any(&[List::Third]),
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
        assert!(on_text(&ThirdPerson, "They gave her a towel and he took his bag to them") > Some(6.0));
        assert!(on_french(&ThirdPerson, "Ils sont gentils et elle parle anglais, il nous aide") > Some(6.0));
    }

    #[test]
    fn other_persons_are_not() {
        assert_eq!(on_text(&ThirdPerson, "I loved my room and we had good food"), Some(0.0));
        assert_eq!(
            on_french(&ThirdPerson, "Nous avons une chambre propre et je reviendrai"),
            Some(0.0)
        );
    }

    #[test]
    fn is_missing_without_enough_words() {
        assert_eq!(on_text(&ThirdPerson, "Hello"), None);
    }
}
