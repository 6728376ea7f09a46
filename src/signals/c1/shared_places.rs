//! `C1.shared_places`: places where both sides were reviewed.

use crate::score::Evidence;
use crate::signals::{Case, Family, Prior, Say, Signal, Spec};

/// `C1.shared_places`, as its [`Spec`] says.
pub struct SharedPlaces;

static SPEC: Spec = Spec {
    code: "C1.shared_places",
    family: Family::C1,
    what: "natural logarithm of one more than the number of places in which the reviewer praised the favourite more than its rivals there; 0 where he did not rate it higher",
    why: "Fighting the same competitors in town after town is a pattern, once is a taste.",
    range: (0.0, 8.0),
    unit: "ln(1 + places)",
    missing: "without the reviewer, or without ratings of both sides",
    source: "the case of 2013",
    high: Say {
        en: "both sides of one rivalry reviewed in several places",
        fr: "les deux camps d'une rivalité évalués en plusieurs lieux",
    },
    low: Say {
        en: "no rivalry across places",
        fr: "pas de rivalité d'un lieu à l'autre",
    },
    prior: Prior {
        centre: 0.2,
        scale: 0.5,
        weight: 0.25,
    },
};

impl Signal for SharedPlaces {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let favourite = case
            .around
            .reviewer
            .as_ref()?
            .favourite
            .filter(|favourite| favourite.rivals.count > 0)?;
        let higher = favourite.ratings.mean()? - favourite.rivals.mean()? >= 1.0;
        Some(if higher {
            f64::from(favourite.shared_places).ln_1p().min(8.0)
        } else {
            0.0
        })
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        let Some(favourite) = self
            .extract(case)
            .and(case.around.reviewer.as_ref())
            .and_then(|view| view.favourite)
        else {
            return Evidence::default();
        };
        Evidence::fact("shared places", favourite.shared_places).and("ratings of rivals there", favourite.rivals.count)
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
        check_signal(&SharedPlaces, &Review::default(), &around_reviewer(view), &[])
    }

    #[test]
    fn fires() {
        assert!(
            value(Favourite {
                ratings: ratings(&[5.0; 8]),
                rivals: ratings(&[1.0; 6]),
                shared_places: 4,
                ..Favourite::default()
            }) > Some(1.5)
        );
    }

    #[test]
    fn stays_silent_on_a_look_alike() {
        assert_eq!(
            value(Favourite {
                ratings: ratings(&[4.0; 8]),
                rivals: ratings(&[4.0; 6]),
                shared_places: 4,
                ..Favourite::default()
            }),
            Some(0.0)
        );
    }

    #[test]
    fn is_missing_without_both_sides() {
        assert_eq!(
            value(Favourite {
                ratings: ratings(&[4.0; 8]),
                ..Favourite::default()
            }),
            None
        );
        assert_eq!(
            check_signal(&SharedPlaces, &Review::default(), &Surroundings::default(), &[]),
            None
        );
    }
}
