//! `B4.subjective_share`: words of opinion (SW).

use crate::score::Evidence;
use crate::signals::{Case, Family, NO_LISTED_TEXT, Prior, Say, Signal, Spec};
use crate::text::List;

/// `B4.subjective_share`, as its [`Spec`] says.
pub struct SubjectiveShare;

static SPEC: Spec = Spec {
    code: "B4.subjective_share",
    family: Family::B4,
    what: "words of opinion and feeling per 100 words (20 words added) (SW)",
    why: "Invented reviews lean on feeling. So do honest enthusiasts.",
    range: (0.0, 100.0),
    unit: "per 100 words",
    missing: NO_LISTED_TEXT,
    source: "SW in Li et al. 2011, Rayana & Akoglu 2015",
    high: Say {
        en: "many words of feeling",
        fr: "beaucoup de mots de ressenti",
    },
    low: Say {
        en: "few words of feeling",
        fr: "peu de mots de ressenti",
    },
    prior: Prior {
        centre: 7.0,
        scale: 4.0,
        weight: 0.15,
    },
};

impl Signal for SubjectiveShare {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let text = case.listed_text()?;
        text.rate(text.count(List::Subjective))
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        let Some(text) = case.listed_text().filter(|_| self.extract(case).is_some()) else {
            return Evidence::default();
        };
        Evidence {
            spans: text.spans_of_any(&[List::Subjective]),
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
    fn feeling_is_told_from_report() {
        assert!(
            on_text(
                &SubjectiveShare,
                "I loved the lovely rooms and felt the wonderful and amazing atmosphere"
            ) > Some(9.0)
        );
        assert!(
            on_text(
                &SubjectiveShare,
                "The bus stops two blocks away and the desk closes at ten"
            ) < Some(1.0)
        );
        assert!(
            on_french(
                &SubjectiveShare,
                "Une chambre magnifique, un séjour agréable, j'ai adoré et aimé l'ambiance"
            ) > Some(6.0)
        );
    }

    #[test]
    fn is_missing_without_enough_words() {
        assert_eq!(on_text(&SubjectiveShare, "Lovely"), None);
    }
}
