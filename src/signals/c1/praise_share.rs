//! `C1.praise_share`: where the praise goes.

use crate::score::Evidence;
use crate::signals::{Case, Family, Prior, Say, Signal, Spec};

/// `C1.praise_share`, as its [`Spec`] says.
pub struct PraiseShare;

static SPEC: Spec = Spec {
    code: "C1.praise_share",
    family: Family::C1,
    what: "share of the reviewer's praise (four stars or more) that goes to one brand, or to one property where no brand is known, with one half among two added",
    why: "An insider's praise has one address. So has that of a regular guest.",
    range: (0.0, 1.0),
    unit: "share",
    missing: "with fewer than three reviews of praise",
    source: "the case of 2013",
    high: Say {
        en: "nearly all praise by this reviewer goes to one brand or property",
        fr: "presque tous les éloges de l'auteur vont à une marque ou un établissement",
    },
    low: Say {
        en: "praise by this reviewer goes to many",
        fr: "les éloges de l'auteur se répartissent",
    },
    prior: Prior {
        centre: 0.4,
        scale: 0.2,
        weight: 0.2,
    },
};

impl Signal for PraiseShare {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let favourite = case
            .around
            .reviewer
            .as_ref()?
            .favourite
            .filter(|favourite| favourite.praise >= 3)?;
        Some((f64::from(favourite.praise_of_favourite) + 0.5) / (f64::from(favourite.praise) + 2.0))
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        let Some(favourite) = self
            .extract(case)
            .and(case.around.reviewer.as_ref())
            .and_then(|view| view.favourite)
        else {
            return Evidence::default();
        };
        Evidence::fact("reviews of praise", favourite.praise).and(
            if favourite.is_brand {
                "of one brand"
            } else {
                "of one property"
            },
            favourite.praise_of_favourite,
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::Surroundings;
    use crate::context::{Favourite, ReviewerView};
    use crate::review::Review;
    use crate::signals::testing::*;
    fn value(favourite: Favourite) -> Option<f64> {
        let view = ReviewerView {
            reviews: 8,
            favourite: Some(favourite),
            ..ReviewerView::default()
        };
        check_signal(&PraiseShare, &Review::default(), &around_reviewer(view), &[])
    }

    #[test]
    fn fires() {
        assert!(
            value(Favourite {
                is_brand: true,
                praise: 12,
                praise_of_favourite: 12,
                ..Favourite::default()
            }) > Some(0.8)
        );
    }

    #[test]
    fn stays_silent_on_a_look_alike() {
        assert!(
            value(Favourite {
                is_brand: true,
                praise: 12,
                praise_of_favourite: 2,
                ..Favourite::default()
            }) < Some(0.25)
        );
    }

    #[test]
    fn is_missing_without_both_sides() {
        assert_eq!(
            value(Favourite {
                is_brand: true,
                praise: 2,
                praise_of_favourite: 2,
                ..Favourite::default()
            }),
            None
        );
        assert_eq!(
            check_signal(&PraiseShare, &Review::default(), &Surroundings::default(), &[]),
            None
        );
    }
}
