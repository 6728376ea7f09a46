//! `A4.language_unusual`: a language that neither the reviewer nor the guests of the property use.

use crate::score::Evidence;
use crate::signals::{Case, Family, Prior, Say, Signal, Spec};

/// `A4.language_unusual`, as its [`Spec`] says.
pub struct LanguageUnusual;

static SPEC: Spec = Spec {
    code: "A4.language_unusual",
    family: Family::A4,
    what: "mean over reviewer and property, where known, of other reviews in other languages / (other reviews of known language + 2)",
    why: "An account that changes its language, or a language that no other guest of the property writes, is unusual. Travellers who speak several languages are common. Where all write the same language it is 0, however many they are.",
    range: (0.0, 1.0),
    unit: "share",
    missing: "language not told, or neither reviewer nor property has another review of known language",
    source: "advice 4",
    high: Say {
        en: "in a language unusual for the reviewer or the property",
        fr: "dans une langue inhabituelle pour l'auteur ou l'établissement",
    },
    low: Say {
        en: "in the usual language",
        fr: "dans la langue habituelle",
    },
    prior: Prior {
        centre: 0.1,
        scale: 0.25,
        weight: 0.15,
    },
};

impl Signal for LanguageUnusual {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        case.text?.language?;
        let reviewer = case.around.reviewer.as_ref().map(|view| view.same_language);
        let property = case
            .around
            .property
            .as_ref()
            .map(|view| (view.same_language, view.languages.items));
        let shares: Vec<f64> = [reviewer, property]
            .into_iter()
            .flatten()
            .filter(|(_, known)| *known > 0)
            .map(|(same, known)| f64::from(known.saturating_sub(same)) / f64::from(known + 2))
            .collect();
        (!shares.is_empty()).then(|| (shares.iter().sum::<f64>() / shares.len() as f64).clamp(0.0, 1.0))
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        if self.extract(case).is_none() {
            return Evidence::default();
        }
        let mut evidence = Evidence::default();
        if let Some(language) = case.text.and_then(|text| text.language) {
            evidence = evidence.and("language", language);
        }
        if let Some(view) = &case.around.reviewer {
            evidence = evidence.and(
                "reviewer's other reviews in it",
                format!("{} of {}", view.same_language.0, view.same_language.1),
            );
        }
        if let Some(view) = &case.around.property {
            evidence = evidence.and(
                "property's other reviews in it",
                format!("{} of {}", view.same_language, view.languages.items),
            );
        }
        evidence
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signals::testing::check_signal;

    use crate::context::{PropertyView, ReviewerView, Surroundings, Variety};
    use crate::review::Review;

    fn of(reviewer: (u32, u32), property: (u32, u32)) -> Option<f64> {
        let around = Surroundings {
            reviewer: Some(ReviewerView {
                same_language: reviewer,
                ..ReviewerView::default()
            }),
            property: Some(PropertyView {
                same_language: property.0,
                languages: Variety {
                    items: property.1,
                    ..Variety::default()
                },
                ..PropertyView::default()
            }),
            ..Surroundings::default()
        };
        let review = Review {
            text: Some("The room was fine and the staff were kind".to_owned()),
            ..Review::default()
        };
        check_signal(&LanguageUnusual, &review, &around, &[])
    }

    #[test]
    fn fires_where_nobody_else_writes_it() {
        assert!(of((0, 8), (0, 40)) > Some(0.85));
    }

    #[test]
    fn is_silent_where_it_is_usual_or_little_is_known() {
        assert!(of((8, 8), (30, 40)) < Some(0.25));
        assert_eq!(of((0, 1), (0, 0)), Some(1.0 / 3.0));
        assert_eq!(
            of((1, 1), (0, 0)),
            of((90, 90), (4000, 4000)),
            "the size of a file says nothing"
        );
    }

    #[test]
    fn is_missing_without_other_reviews() {
        assert_eq!(of((0, 0), (0, 0)), None);
    }
}
