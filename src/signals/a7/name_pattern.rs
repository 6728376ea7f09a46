//! `A7.name_pattern`: names of one pattern at one property.

use crate::score::Evidence;
use crate::signals::{Case, Family, Prior, Say, Signal, Spec};

/// `A7.name_pattern`, as its [`Spec`] says.
pub struct NamePattern;

static SPEC: Spec = Spec {
    code: "A7.name_pattern",
    family: Family::A7,
    what: "surprise that so many other reviews of the property are by reviewers whose name has the same shape (letters and digits by run): (seen - expected) / sqrt(expected + 1), expected from the file's share of that shape",
    why: "Accounts made together are often named alike. Sites that give out names do the same for everyone, which the expectation takes into account.",
    range: (-4.0, 10.0),
    unit: "standard deviations",
    missing: "without a name, or with fewer than five other reviews",
    source: "advice 7",
    high: Say {
        en: "names of the same pattern among reviewers of this property",
        fr: "pseudonymes de même forme chez cet établissement",
    },
    low: Say {
        en: "a name of its own pattern",
        fr: "pseudonyme de forme différente des autres",
    },
    prior: Prior {
        centre: 0.0,
        scale: 1.2,
        weight: 0.2,
    },
};

impl Signal for NamePattern {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let view = case.around.property.as_ref().filter(|view| view.reviews >= 5)?;
        case.review.reviewer_name.as_ref()?;
        let expected = case.around.corpus.name_shape? * f64::from(view.reviews);
        Some(((f64::from(view.same_name_shape) - expected) / (expected + 1.0).sqrt()).clamp(-4.0, 10.0))
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        self.extract(case)
            .and(case.around.property.as_ref())
            .map_or_else(Evidence::default, |view| {
                Evidence::fact("other reviews by names of the same shape", view.same_name_shape)
                    .and("other reviews", view.reviews)
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::PropertyView;
    use crate::context::Surroundings;
    use crate::review::Review;
    use crate::signals::testing::*;
    fn value(view: PropertyView) -> Option<f64> {
        check_signal(
            &NamePattern,
            &Review {
                reviewer_name: Some("mark4471".to_owned()),
                ..Review::default()
            },
            &around_property(view),
            &[],
        )
    }

    #[test]
    fn fires() {
        assert!(
            value(PropertyView {
                reviews: 20,
                same_name_shape: 12,
                ..PropertyView::default()
            }) > Some(4.0)
        );
    }

    #[test]
    fn stays_silent_on_a_look_alike() {
        assert!(
            value(PropertyView {
                reviews: 20,
                same_name_shape: 3,
                ..PropertyView::default()
            }) < Some(1.0)
        );
    }

    #[test]
    fn is_missing_without_others() {
        assert_eq!(
            check_signal(
                &NamePattern,
                &Review {
                    reviewer_name: Some("mark4471".to_owned()),
                    ..Review::default()
                },
                &Surroundings::default(),
                &[]
            ),
            None
        );
        assert_eq!(
            value(PropertyView {
                reviews: 4,
                same_name_shape: 4,
                ..PropertyView::default()
            }),
            None
        );
    }
}
