//! `A8.language_variety`: variety of languages.

use crate::score::Evidence;
use crate::signals::{Case, Family, Prior, Say, Signal, Spec};

/// `A8.language_variety`, as its [`Spec`] says.
pub struct LanguageVariety;

static SPEC: Spec = Spec {
    code: "A8.language_variety",
    family: Family::A8,
    what: "Shannon entropy of the languages of the property's other reviews",
    why: "A varied public is hard to fake. Houses have their public, and files their languages.",
    range: (0.0, 5.0),
    unit: "nats",
    missing: "with fewer than five other reviews for which it is known",
    source: "advice 8",
    high: Say {
        en: "reviews in several languages",
        fr: "avis en plusieurs langues",
    },
    low: Say {
        en: "reviews in one language only",
        fr: "avis en une seule langue",
    },
    prior: Prior {
        centre: 0.3,
        scale: 0.35,
        weight: -0.05,
    },
};

impl Signal for LanguageVariety {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let view = case.around.property.as_ref()?;
        Some(view.languages.entropy)
            .filter(|_| view.languages.items >= 5)
            .map(|entropy| entropy.clamp(0.0, 5.0))
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        self.extract(case)
            .and(case.around.property.as_ref())
            .map_or_else(Evidence::default, |view| {
                Evidence::fact("languages", view.languages.kinds)
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::PropertyView;
    use crate::context::Surroundings;
    use crate::context::Variety;
    use crate::review::Review;
    use crate::signals::testing::*;
    fn value(view: PropertyView) -> Option<f64> {
        check_signal(&LanguageVariety, &Review::default(), &around_property(view), &[])
    }

    #[test]
    fn fires() {
        let varied = Variety {
            items: 9,
            kinds: 3,
            entropy: 1.0,
        };
        assert!(
            value(PropertyView {
                languages: varied,
                ..PropertyView::default()
            }) > Some(0.9)
        );
    }

    #[test]
    fn stays_silent_on_a_look_alike() {
        let one = Variety {
            items: 9,
            kinds: 1,
            entropy: 0.0,
        };
        assert_eq!(
            value(PropertyView {
                languages: one,
                ..PropertyView::default()
            }),
            Some(0.0)
        );
    }

    #[test]
    fn is_missing_without_others() {
        assert_eq!(
            check_signal(&LanguageVariety, &Review::default(), &Surroundings::default(), &[]),
            None
        );
        assert_eq!(
            value(PropertyView {
                reviews: 9,
                ..PropertyView::default()
            }),
            None
        );
    }
}
