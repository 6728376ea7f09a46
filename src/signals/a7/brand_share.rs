//! `A7.brand_share`: one brand among the reviewer's reviews.

use crate::score::Evidence;
use crate::signals::{Case, Family, Prior, Say, Signal, Spec};

/// `A7.brand_share`, as its [`Spec`] says.
pub struct BrandShare;

static SPEC: Spec = Spec {
    code: "A7.brand_share",
    family: Family::A7,
    what: "share of the reviewer's ratings, this one included, that are of the favourite brand, with one half among two added",
    why: "Whoever writes of one brand only may be paid by it. So do members of its loyalty scheme.",
    range: (0.0, 1.0),
    unit: "share",
    missing: "with fewer than two other ratings by the reviewer, or where no brand is known",
    source: "advice 7",
    high: Say {
        en: "most reviews by this reviewer are of one brand",
        fr: "la plupart des avis de l'auteur portent sur une marque",
    },
    low: Say {
        en: "reviews by this reviewer are of many brands",
        fr: "les avis de l'auteur portent sur plusieurs marques",
    },
    prior: Prior {
        centre: 0.45,
        scale: 0.2,
        weight: 0.1,
    },
};

impl Signal for BrandShare {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let view = case.around.reviewer.as_ref().filter(|view| view.ratings.count >= 2)?;
        let favourite = view.favourite.filter(|favourite| favourite.is_brand)?;
        Some(((f64::from(favourite.ratings.count) + 0.5) / (f64::from(view.ratings.count) + 3.0)).min(1.0))
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        let Some(favourite) = self
            .extract(case)
            .and(case.around.reviewer.as_ref())
            .and_then(|view| view.favourite)
        else {
            return Evidence::default();
        };
        Evidence::fact("ratings of the favourite brand", favourite.ratings.count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::Surroundings;
    use crate::context::{Favourite, ReviewerView};
    use crate::review::Review;
    use crate::signals::testing::*;
    fn value(view: ReviewerView) -> Option<f64> {
        check_signal(&BrandShare, &Review::default(), &around_reviewer(view), &[])
    }

    fn share(of_brand: usize, others: usize) -> Option<f64> {
        let favourite = Some(Favourite {
            is_brand: true,
            ratings: ratings(&vec![5.0; of_brand]),
            ..Favourite::default()
        });
        value(ReviewerView {
            ratings: ratings(&vec![4.0; others]),
            favourite,
            ..ReviewerView::default()
        })
    }

    #[test]
    fn fires() {
        assert!(share(9, 8) > Some(0.7));
    }

    #[test]
    fn stays_silent_on_a_look_alike() {
        assert!(share(3, 14) < Some(0.3));
    }

    #[test]
    fn is_missing_without_history() {
        assert_eq!(
            check_signal(&BrandShare, &Review::default(), &Surroundings::default(), &[]),
            None
        );
        assert_eq!(
            value(ReviewerView {
                reviews: 9,
                ratings: ratings(&[4.0; 9]),
                ..ReviewerView::default()
            }),
            None
        );
    }
}
