//! `A1.aspects_covered`: how many aspects of a stay the review speaks of.

use crate::score::Evidence;
use crate::signals::{Case, Family, NO_LISTED_TEXT, Prior, Say, Signal, Spec};
use crate::text::{Analysis, Aspect, FEWEST_WORDS, List};

/// `A1.aspects_covered`, as its [`Spec`] says.
pub struct AspectsCovered;

static SPEC: Spec = Spec {
    code: "A1.aspects_covered",
    family: Family::A1,
    what: "ln(1 + number of the 16 aspects named)",
    why: "A stay leaves something to say of several things: bed, noise, breakfast, price. A review of one dish or one view is honest too.",
    range: (0.0, 2.84),
    unit: "log of a count",
    missing: NO_LISTED_TEXT,
    source: "advice 1",
    high: Say {
        en: "speaks of many aspects",
        fr: "parle de nombreux aspects",
    },
    low: Say {
        en: "speaks of hardly any aspect",
        fr: "ne parle de presque aucun aspect",
    },
    prior: Prior {
        centre: 1.5,
        scale: 0.5,
        weight: -0.1,
    },
};

impl Signal for AspectsCovered {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let text = case.listed_text().filter(|text| text.words >= FEWEST_WORDS)?;
        Some((aspects(text).count() as f64).ln_1p())
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        let Some(text) = case.listed_text().filter(|text| text.words >= FEWEST_WORDS) else {
            return Evidence::default();
        };
        let names: Vec<&str> = aspects(text).map(Aspect::name).collect();
        Evidence::fact("aspects", names.join(" "))
    }
}

fn aspects<'a>(text: &'a Analysis<'_>) -> impl Iterator<Item = Aspect> + 'a {
    Aspect::ALL
        .into_iter()
        .filter(|aspect| text.count(List::Aspect(*aspect)) > 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signals::testing::{on_french, on_text};

    // The texts are invented.
    #[test]
    fn aspects_count_once_each() {
        let many = on_text(
            &AspectsCovered,
            "Clean room, comfortable bed, noisy street, cold breakfast, fair price and free parking",
        );
        let one = on_text(&AspectsCovered, "The breakfast was good, really a good breakfast");
        assert!(many > Some(1.7) && one < Some(1.2), "{many:?} {one:?}");
        assert!(
            on_french(
                &AspectsCovered,
                "Chambre propre, lit confortable, rue bruyante, petit déjeuner froid, parking gratuit"
            ) > Some(1.6)
        );
    }

    #[test]
    fn is_missing_without_enough_words() {
        assert_eq!(on_text(&AspectsCovered, "Nice bed"), None);
    }
}
