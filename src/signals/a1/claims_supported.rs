//! `A1.claims_supported`: corroboration by other reviews of the property.

use super::{claims, needed};
use crate::score::Evidence;
use crate::signals::{Case, Family, Prior, Say, Signal, Spec};

/// `A1.claims_supported`, as its [`Spec`] says.
pub struct ClaimsSupported;

static SPEC: Spec = Spec {
    code: "A1.claims_supported",
    family: Family::A1,
    what: "share of the review's (aspect, praise or criticism) claims that at least two other reviews of the property, and one in twenty of those that claim anything, make too",
    why: "What several guests saw independently is probably so. A rare experience is no lie.",
    range: (0.0, 1.0),
    unit: "share",
    missing: "without claims in the text, or with fewer than five other reviews that make any",
    source: "advice 1",
    high: Say {
        en: "what it claims is borne out by others",
        fr: "ce qui est affirmé est confirmé par d'autres",
    },
    low: Say {
        en: "what it claims is said by hardly anyone else",
        fr: "ce qui est affirmé ne l'est presque par personne d'autre",
    },
    prior: Prior {
        centre: 0.7,
        scale: 0.35,
        weight: -0.25,
    },
};

impl Signal for ClaimsSupported {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let (claims, claiming) = claims(case)?;
        let supported = claims.iter().filter(|claim| claim.same >= needed(claiming)).count();
        Some(supported as f64 / claims.len() as f64)
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        let Some((claims, claiming)) = claims(case) else {
            return Evidence::default();
        };
        let most = claims.iter().map(|claim| claim.same).max().unwrap_or(0);
        Evidence::fact("claims", claims.len())
            .and("other reviews that claim anything", claiming)
            .and("most that agree with one claim", most)
    }
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
        check_signal(&ClaimsSupported, &review, &around_property(view), &[])
    }

    #[test]
    fn fires() {
        assert_eq!(value(12, 1), Some(1.0));
    }

    #[test]
    fn stays_silent_on_a_look_alike() {
        assert_eq!(value(1, 1), Some(0.0));
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
            check_signal(&ClaimsSupported, &review, &around_property(view), &[]),
            None
        );
        assert_eq!(
            check_signal(&ClaimsSupported, &Review::default(), &Surroundings::default(), &[]),
            None
        );
    }
}
