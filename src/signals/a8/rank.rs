//! `A8.rank` (Rank): order among the property's reviews.

use crate::score::Evidence;
use crate::signals::{Case, Family, Prior, Say, Signal, Spec};

/// `A8.rank`, as its [`Spec`] says.
pub struct Rank;

static SPEC: Spec = Spec {
    code: "A8.rank",
    family: Family::A8,
    what: "natural logarithm of one more than the number of the property's reviews before this one (Rank)",
    why: "Early reviews weigh most. In files that begin in the middle, rank is too low.",
    range: (0.0, 20.0),
    unit: "ln(1 + reviews before)",
    missing: "without dates, or where the property has no other review",
    source: "Rayana and Akoglu 2015 (Rank)",
    high: Say {
        en: "many reviews came before",
        fr: "beaucoup d'avis précèdent",
    },
    low: Say {
        en: "few reviews came before",
        fr: "peu d'avis précèdent",
    },
    prior: Prior {
        centre: 3.0,
        scale: 1.4,
        weight: -0.1,
    },
};

impl Signal for Rank {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let view = case.around.property.as_ref()?;
        Some(f64::from(view.rank.filter(|_| view.reviews > 0)?).ln_1p())
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        self.extract(case)
            .and(case.around.property.as_ref())
            .map_or_else(Evidence::default, |view| {
                Evidence::fact("reviews before this one", view.rank.unwrap_or(0))
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
        check_signal(&Rank, &Review::default(), &around_property(view), &[])
    }

    #[test]
    fn fires() {
        assert!(
            value(PropertyView {
                reviews: 300,
                rank: Some(250),
                ..PropertyView::default()
            }) > Some(5.0)
        );
    }

    #[test]
    fn stays_silent_on_a_look_alike() {
        assert_eq!(
            value(PropertyView {
                reviews: 300,
                rank: Some(0),
                ..PropertyView::default()
            }),
            Some(0.0)
        );
    }

    #[test]
    fn is_missing_without_others() {
        assert_eq!(
            check_signal(&Rank, &Review::default(), &Surroundings::default(), &[]),
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
