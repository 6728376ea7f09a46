//! `A1.reasons_given`: reasons per hundred words.

use crate::score::Evidence;
use crate::signals::{Case, Family, NO_LISTED_TEXT, Prior, Say, Signal, Spec};
use crate::text::List;

/// `A1.reasons_given`, as its [`Spec`] says.
pub struct ReasonsGiven;

static SPEC: Spec = Spec {
    code: "A1.reasons_given",
    family: Family::A1,
    what: "connectives of reason and consequence per 100 words (20 words added)",
    why: "Argued reviews say why: because, so that, car, parce que. Short ones need not.",
    range: (0.0, 100.0),
    unit: "per 100 words",
    missing: NO_LISTED_TEXT,
    source: "advice 1",
    high: Say {
        en: "gives reasons",
        fr: "donne des raisons",
    },
    low: Say {
        en: "gives no reason",
        fr: "ne donne aucune raison",
    },
    prior: Prior {
        centre: 0.8,
        scale: 0.8,
        weight: -0.15,
    },
};

impl Signal for ReasonsGiven {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let text = case.listed_text()?;
        text.rate(text.count(List::Because))
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        case.listed_text()
            .filter(|_| self.extract(case).is_some())
            .map_or_else(Evidence::default, |text| Evidence {
                spans: text.spans_of(List::Because),
                facts: Vec::new(),
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signals::testing::{on_french, on_text};

    // The texts are invented.
    #[test]
    fn reasons_are_counted() {
        assert!(
            on_text(
                &ReasonsGiven,
                "We left early because the boiler had failed and there was no hot water"
            ) > Some(2.0)
        );
        assert!(
            on_french(
                &ReasonsGiven,
                "Nous sommes partis plus tôt parce que la chaudière était en panne"
            ) > Some(2.0)
        );
    }

    #[test]
    fn bare_praise_gives_none() {
        assert_eq!(
            on_text(&ReasonsGiven, "Wonderful hotel, lovely people, a perfect stay"),
            Some(0.0)
        );
    }

    #[test]
    fn is_missing_without_enough_words() {
        assert_eq!(on_text(&ReasonsGiven, "Because."), None);
    }
}
