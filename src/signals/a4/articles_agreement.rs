//! `A4.articles_agreement`: slips of articles and agreement.

use crate::score::Evidence;
use crate::signals::{Case, Family, Prior, Say, Signal, Spec};

/// `A4.articles_agreement`, as its [`Spec`] says.
pub struct ArticlesAgreement;

static SPEC: Spec = Spec {
    code: "A4.articles_agreement",
    family: Family::A4,
    what: "slips per 100 words (20 words added) that rules on neighbouring words can tell: \"a amazing\", \"the hotel have\", \"must to\", \"le chambre\", \"à le restaurant\", doubled words",
    why: "Approximate language may come from a firm that is paid by the comment. It comes far more often from honest guests who write in a foreign language, so it weighs little on its own.",
    range: (0.0, 100.0),
    unit: "per 100 words",
    missing: "no text of at least five words in English or French",
    source: "advice 4",
    high: Say {
        en: "slips of articles and agreement",
        fr: "des fautes d'articles et d'accord",
    },
    low: Say {
        en: "no slips that rules can tell",
        fr: "aucune faute que des règles simples révèlent",
    },
    prior: Prior {
        centre: 0.2,
        scale: 0.8,
        weight: 0.15,
    },
};

impl Signal for ArticlesAgreement {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let text = case.text?;
        text.rate(text.slips()?.len())
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        let Some(text) = case.text.filter(|_| self.extract(case).is_some()) else {
            return Evidence::default();
        };
        Evidence {
            spans: text.slips().into_iter().flatten().map(|slip| text.span(slip)).collect(),
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
    fn fires_on_slips() {
        assert!(
            on_text(
                &ArticlesAgreement,
                "The hotel have a amazing pool, you must to stay here"
            ) > Some(8.0)
        );
        assert!(
            on_french(
                &ArticlesAgreement,
                "Le chambre était belle et le accueil bien, on va à le restaurant"
            ) > Some(8.0)
        );
    }

    #[test]
    fn is_silent_on_sound_language() {
        assert_eq!(
            on_text(
                &ArticlesAgreement,
                "We waited an hour for a unique view, which had had an honest write-up"
            ),
            Some(0.0)
        );
        assert_eq!(
            on_french(
                &ArticlesAgreement,
                "L'hôtel est au bord de la mer et l'accueil nous a plu"
            ),
            Some(0.0)
        );
    }

    #[test]
    fn is_missing_without_enough_words() {
        assert_eq!(on_text(&ArticlesAgreement, "A apple"), None);
    }
}
