//! `C1.favourite_gap`: one brand against its rivals in the same places.

use crate::context::{Ratings, Side};
use crate::score::Evidence;
use crate::signals::{Case, Family, Prior, Say, Signal, Spec};

/// `C1.favourite_gap`, as its [`Spec`] says.
pub struct FavouriteGap;

static SPEC: Spec = Spec {
    code: "C1.favourite_gap",
    family: Family::C1,
    what: "lower bound of the reviewer's mean stars for the favourite brand less that for its rivals in the same places: the difference less one standard error, with a standard deviation of at least 1.2 stars; a quarter of it where the review discloses an affiliation",
    why: "The case that started this: an insider praised the hotels of his own group and ran down its competitors in the same towns. Loyal guests prefer a brand too, yet seldom give its rivals one star.",
    range: (-6.0, 4.0),
    unit: "stars",
    missing: "without the reviewer, without ratings of both sides, or where the review is of neither",
    source: "the case of 2013",
    high: Say {
        en: "praise for one brand and low stars for its rivals in the same places",
        fr: "éloges d'une marque et mauvaises notes à ses concurrents des mêmes lieux",
    },
    low: Say {
        en: "the favourite brand and its rivals are rated alike",
        fr: "la marque préférée et ses concurrents sont notés de même",
    },
    prior: Prior {
        centre: -0.5,
        scale: 1.0,
        weight: 0.6,
    },
};

impl Signal for FavouriteGap {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let favourite = case
            .around
            .reviewer
            .as_ref()?
            .favourite
            .filter(|favourite| favourite.side != Side::Neither)?;
        let (own, rivals) = (favourite.ratings, favourite.rivals);
        let difference = own.mean()? - rivals.mean()?;
        const LEAST_SD: f64 = 1.2;
        let variance =
            |ratings: &Ratings| ratings.sd().unwrap_or(0.0).max(LEAST_SD).powi(2) / f64::from(ratings.count.max(1));
        let bound = difference - (variance(&own) + variance(&rivals)).sqrt();
        Some((bound * if bound > 0.0 { undisclosed(case) } else { 1.0 }).clamp(-6.0, 4.0))
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        let Some(favourite) = self
            .extract(case)
            .and(case.around.reviewer.as_ref())
            .and_then(|view| view.favourite)
        else {
            return Evidence::default();
        };
        let mean = |ratings: Ratings| format!("{:.1} ({} ratings)", ratings.mean().unwrap_or(0.0), ratings.count);
        Evidence::fact("favourite", mean(favourite.ratings))
            .and("rivals in the same places", mean(favourite.rivals))
            .and("shared places", favourite.shared_places)
    }
}

/// A disclosed affiliation is not deception: it takes three quarters of the weight.
fn undisclosed(case: &Case<'_>) -> f64 {
    if case.listed_passages().any(|passage| !passage.ties().is_empty()) {
        0.25
    } else {
        1.0
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
        check_signal(&FavouriteGap, &Review::default(), &around_reviewer(view), &[])
    }

    #[test]
    fn fires() {
        let insider = Favourite {
            is_brand: true,
            ratings: ratings(&[5.0; 8]),
            rivals: ratings(&[1.0; 6]),
            side: Side::Rival,
            ..Favourite::default()
        };
        assert!(value(insider) > Some(3.0));
    }

    #[test]
    fn stays_silent_on_a_look_alike() {
        let loyal = Favourite {
            is_brand: true,
            ratings: ratings(&[5.0, 2.0, 4.0]),
            rivals: ratings(&[4.0, 5.0]),
            side: Side::Favourite,
            ..Favourite::default()
        };
        assert!(value(loyal) < Some(0.0));
        let once = Favourite {
            is_brand: true,
            ratings: ratings(&[5.0]),
            rivals: ratings(&[3.0]),
            side: Side::Favourite,
            ..Favourite::default()
        };
        assert!(value(once) < Some(0.5), "two ratings prove little");
    }

    #[test]
    fn is_missing_without_both_sides() {
        assert_eq!(
            value(Favourite {
                is_brand: true,
                ratings: ratings(&[5.0; 3]),
                side: Side::Favourite,
                ..Favourite::default()
            }),
            None
        );
        assert_eq!(
            check_signal(&FavouriteGap, &Review::default(), &Surroundings::default(), &[]),
            None
        );
    }

    #[test]
    fn whoever_says_so_is_no_insider_in_disguise() {
        let favourite = Favourite {
            is_brand: true,
            ratings: ratings(&[5.0; 8]),
            rivals: ratings(&[1.0; 6]),
            side: Side::Favourite,
            ..Favourite::default()
        };
        // Invented.
        let says = Review {
            text: Some("I should say that I work for this hotel. The rooms are quiet.".to_owned()),
            language: Some(crate::text::Language::EN),
            ..Review::default()
        };
        let around = around_reviewer(ReviewerView {
            reviews: 8,
            favourite: Some(favourite),
            ..ReviewerView::default()
        });
        assert!(check_signal(&FavouriteGap, &says, &around, &[]) < Some(1.0));
    }
}
