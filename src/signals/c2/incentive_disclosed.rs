//! `C2.incentive_disclosed`: the writer says that he was rewarded or invited.

use crate::score::Evidence;
use crate::signals::{Case, Family, Prior, Say, Signal, Spec};
use crate::text::List;

/// `C2.incentive_disclosed`, as its [`Spec`] says.
pub struct IncentiveDisclosed;

static SPEC: Spec = Spec {
    code: "C2.incentive_disclosed",
    family: Family::C2,
    what: "1 where the text says that the stay was offered, discounted or rewarded for the review; else 0",
    why: "A disclosed incentive is no concealment, so it lowers the suspicion of astroturfing; the opinion was still paid for, and a moderator may apply the rules on incentives. A guest who won a night, or tells of an offer that he declined, writes the same words.",
    range: (0.0, 1.0),
    unit: "yes or no",
    missing: "no text as written in English or French",
    source: "the transparency rule of the case that started it",
    high: Say {
        en: "says that the stay was offered or rewarded",
        fr: "l'auteur déclare une contrepartie",
    },
    low: Say {
        en: "declares no reward",
        fr: "ne déclare aucune contrepartie",
    },
    prior: Prior {
        centre: 0.0,
        scale: 0.5,
        weight: -0.2,
    },
};

impl Signal for IncentiveDisclosed {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let mut texts = case.listed_passages().peekable();
        texts.peek()?;
        Some(f64::from(u8::from(texts.any(|text| text.count(List::Incentive) > 0))))
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        let spans = case
            .listed_passages()
            .flat_map(|text| text.spans_of(List::Incentive))
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
    fn fires_on_a_declared_reward() {
        assert_eq!(
            on_text(
                &IncentiveDisclosed,
                "We received a free stay in exchange for an honest review"
            ),
            Some(1.0)
        );
        assert_eq!(
            on_french(
                &IncentiveDisclosed,
                "Séjour offert en échange de mon avis, je tiens à le préciser"
            ),
            Some(1.0)
        );
    }

    #[test]
    fn is_silent_on_a_glass_of_welcome() {
        assert_eq!(
            on_text(
                &IncentiveDisclosed,
                "They gave us a free drink on arrival and an upgrade"
            ),
            Some(0.0)
        );
        assert_eq!(
            on_french(&IncentiveDisclosed, "Un verre nous a été offert à l'arrivée"),
            Some(0.0)
        );
    }

    #[test]
    fn is_missing_without_text() {
        let review = crate::review::Review::default();
        assert_eq!(
            crate::signals::testing::check_signal(&IncentiveDisclosed, &review, &Default::default(), &[]),
            None
        );
    }
}
