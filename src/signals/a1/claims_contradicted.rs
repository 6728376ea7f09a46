//! `A1.claims_contradicted`: what others say to the contrary.

use super::{Claim, claims};
use crate::score::Evidence;
use crate::signals::{Case, Family, Prior, Say, Signal, Spec};

/// `A1.claims_contradicted`, as its [`Spec`] says.
pub struct ClaimsContradicted;

static SPEC: Spec = Spec {
    code: "A1.claims_contradicted",
    family: Family::A1,
    what: "of the review's (aspect, praise or criticism) claims on whose aspect at least two others take a side, the share where at least two say the opposite, and more than twice as many as agree",
    why: "Praise of what everybody else complains about, or blame of what everybody else praises, needs an explanation. Tastes and rooms differ, and houses are renovated.",
    range: (0.0, 1.0),
    unit: "share",
    missing: "without claims in the text on whose aspect two others take a side, or with fewer than five other reviews that make any",
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
        let (claims, _) = judged(case)?;
        let contradicted = claims
            .iter()
            .filter(|claim| claim.opposite >= 2 && claim.opposite > 2 * claim.same)
            .count();
        Some(contradicted as f64 / claims.len() as f64)
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        let Some((claims, claiming)) = judged(case) else {
            return Evidence::default();
        };
        let most = claims.iter().map(|claim| claim.opposite).max().unwrap_or(0);
        Evidence::fact("claims", claims.len())
            .and("other reviews that claim anything", claiming)
            .and("most that contradict one claim", most)
    }
}

/// The claims of the review on whose aspect two others take a side, so that they could contradict it, and how many other
/// reviews claim anything. `None` without such claims.
fn judged(case: &Case<'_>) -> Option<(Vec<Claim>, u32)> {
    let (mut claims, claiming) = claims(case)?;
    claims.retain(|claim| claim.same + claim.opposite >= 2);
    (!claims.is_empty()).then_some((claims, claiming))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::PropertyView;
    use crate::context::Surroundings;
    use crate::review::Review;
    use crate::signals::testing::*;
    fn value(text: &str, praising: u32, criticising: u32) -> Option<f64> {
        let review = Review {
            text: Some(text.to_owned()),
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

    // Invented.
    const PRAISE: &str = "The staff were friendly.";
    const BLAME: &str = "The staff were rude.";

    #[test]
    fn fires() {
        assert_eq!(value(PRAISE, 1, 9), Some(1.0));
        assert_eq!(value(BLAME, 9, 1), Some(1.0));
    }

    #[test]
    fn stays_silent_on_a_look_alike() {
        assert_eq!(value(PRAISE, 6, 9), Some(0.0));
        assert_eq!(value(BLAME, 9, 6), Some(0.0));
    }

    #[test]
    fn is_missing_where_others_do_not_speak_of_it() {
        for text in [PRAISE, BLAME] {
            assert_eq!(value(text, 0, 1), None);
            assert_eq!(value(text, 1, 0), None);
            assert_eq!(value(text, 1, 1), Some(0.0));
        }
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
