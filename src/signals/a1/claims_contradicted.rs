//! `A1.claims_contradicted`: what others say to the contrary.

use crate::score::Evidence;
use crate::signals::{Case, Family, Prior, Say, Signal, Spec};

/// `A1.claims_contradicted`, as its [`Spec`] says.
pub struct ClaimsContradicted;

static SPEC: Spec = Spec {
    code: "A1.claims_contradicted",
    family: Family::A1,
    what: "share of the review's (aspect, praise or criticism) claims where at least two others say the opposite, and more than twice as many as agree",
    why: "Praise of what everybody else complains about needs an explanation. Tastes and rooms differ, and houses are renovated.",
    range: (0.0, 1.0),
    unit: "share",
    missing: "without claims in the text, or with fewer than five other reviews that make any",
    source: "advice 1",
    high: Say {
        en: "what it claims is contradicted by others",
        fr: "ce qui est affirmé est contredit par d'autres",
    },
    low: Say {
        en: "what it claims is not contradicted",
        fr: "ce qui est affirmé n'est pas contredit",
    },
    prior: Prior {
        centre: 0.1,
        scale: 0.25,
        weight: 0.25,
    },
};

impl Signal for ClaimsContradicted {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let (claims, _) = claims(case)?;
        let contradicted = claims
            .iter()
            .filter(|(same, opposite)| *opposite >= 2 && *opposite > 2 * *same)
            .count();
        Some(contradicted as f64 / claims.len() as f64)
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        let Some((claims, claiming)) = claims(case) else {
            return Evidence::default();
        };
        let most = claims.iter().map(|(_, opposite)| *opposite).max().unwrap_or(0);
        Evidence::fact("claims", claims.len())
            .and("other reviews that claim anything", claiming)
            .and("most that contradict one claim", most)
    }
}

/// Claims of the review: for each, other reviews that make it and that say the opposite, and all that claim anything.
fn claims(case: &Case<'_>) -> Option<(Vec<(u32, u32)>, u32)> {
    const FEWEST: u32 = 5;
    let view = case.around.property.as_ref().filter(|view| view.claiming >= FEWEST)?;
    let claims = case.text?.claims();
    let made = [claims.positive, claims.negative]
        .into_iter()
        .enumerate()
        .flat_map(|(polarity, set)| {
            (0..view.claims.len())
                .filter(move |aspect| set >> aspect & 1 == 1)
                .map(move |aspect| (view.claims[aspect][polarity], view.claims[aspect][1 - polarity]))
        });
    let made: Vec<(u32, u32)> = made.collect();
    (!made.is_empty()).then_some((made, view.claiming))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::PropertyView;
    use crate::context::Surroundings;
    use crate::review::Review;
    use crate::signals::testing::*;
    fn value(praising: u32, criticising: u32) -> Option<f64> {
        // Invented.
        let review = Review {
            text: Some("The staff were friendly.".to_owned()),
            language: Some(crate::text::Language::EN),
            ..Review::default()
        };
        let mut view = PropertyView {
            reviews: 20,
            claiming: 20,
            ..PropertyView::default()
        };
        let staff = crate::text::Aspect::ALL
            .iter()
            .position(|aspect| *aspect == crate::text::Aspect::Staff)
            .expect("is listed");
        view.claims[staff] = [praising, criticising];
        check_signal(&ClaimsContradicted, &review, &around_property(view), &[])
    }

    #[test]
    fn fires() {
        assert_eq!(value(1, 9), Some(1.0));
    }

    #[test]
    fn stays_silent_on_a_look_alike() {
        assert_eq!(value(6, 9), Some(0.0));
    }

    #[test]
    fn is_missing_where_few_others_claim_anything() {
        let review = Review {
            text: Some("The staff were friendly.".to_owned()),
            ..Review::default()
        };
        let view = PropertyView {
            claiming: 4,
            ..PropertyView::default()
        };
        assert_eq!(
            check_signal(&ClaimsContradicted, &review, &around_property(view), &[]),
            None
        );
        assert_eq!(
            check_signal(&ClaimsContradicted, &Review::default(), &Surroundings::default(), &[]),
            None
        );
    }
}
