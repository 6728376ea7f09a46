//! `A5.contrary_severity`: how serious the contrary remarks are.

use super::Contrary;
use crate::score::Evidence;
use crate::signals::{Case, Family, Prior, Say, Signal, Spec};

/// `A5.contrary_severity`, as its [`Spec`] says.
pub struct ContrarySeverity;

static SPEC: Spec = Spec {
    code: "A5.contrary_severity",
    family: Family::A5,
    what: "(strong ones + 0.5) / (all of them + 1): in praise, severe issues and strong blame against minor issues and mild blame; in an attack, strong praise against mild",
    why: "What is conceded to look fair costs nothing: the size of the wardrobe, not the bed bugs. Where nothing serious happened, honest reviews concede trifles too.",
    range: (0.0, 1.0),
    unit: "share",
    missing: "no text of at least five words in English or French, or neither stars nor words take a side, or no word of the lists tells how serious what it says against its own side is",
    source: "advice 5",
    high: Say {
        en: "concedes serious points",
        fr: "concède des points sérieux",
    },
    low: Say {
        en: "concedes trifles only",
        fr: "ne concède que des broutilles",
    },
    prior: Prior {
        centre: 0.3,
        scale: 0.15,
        weight: -0.15,
    },
};

impl Signal for ContrarySeverity {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let found = judged(case)?;
        Some((found.strong as f64 + 0.5) / ((found.strong + found.mild) as f64 + 1.0))
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        judged(case).map_or_else(Evidence::default, |found| {
            found.evidence().and("strong", found.strong).and("mild", found.mild)
        })
    }
}

/// What stands against the review's own side, where a word of the lists tells how serious it is.
fn judged<'c>(case: &'c Case<'_>) -> Option<&'c Contrary<'c>> {
    case.contrary().filter(|found| found.strong + found.mild > 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signals::testing::check_signal;

    use crate::context::Surroundings;
    use crate::review::Review;
    use crate::text::Language;

    fn of(rating: Option<f64>, text: &str, language: Language) -> Option<f64> {
        let review = Review {
            rating,
            text: Some(text.to_owned()),
            language: Some(language),
            ..Review::default()
        };
        check_signal(&ContrarySeverity, &review, &Surroundings::default(), &[])
    }

    // The texts are invented.
    #[test]
    fn trifles_are_told_from_serious_points() {
        let trifle = of(
            Some(5.0),
            "Superb hotel and lovely staff, but the room was a bit small.",
            Language::EN,
        );
        let serious = of(
            Some(5.0),
            "Superb hotel and lovely staff, but we had bed bugs and food poisoning.",
            Language::EN,
        );
        assert!(trifle < Some(0.3) && serious > Some(0.6), "{trifle:?} {serious:?}");
        assert!(
            of(
                Some(5.0),
                "Superbe hôtel et personnel adorable, mais la chambre était un peu petite.",
                Language::FR
            ) < Some(0.4)
        );
    }

    #[test]
    fn is_missing_without_a_contrary_remark_that_can_be_judged() {
        assert_eq!(of(Some(5.0), "Superb hotel and lovely staff.", Language::EN), None);
        let untold = "Superb hotel, lovely staff. Only downside: the kettle was blue.";
        assert_eq!(of(Some(5.0), untold, Language::EN), None);
    }
}
