//! `A7.extreme_share`: one and five stars.

use crate::score::Evidence;
use crate::signals::{Case, Family, Prior, Say, Signal, Spec};

/// `A7.extreme_share`, as its [`Spec`] says.
pub struct ExtremeShare;

static SPEC: Spec = Spec {
    code: "A7.extreme_share",
    family: Family::A7,
    what: "share of one and five stars among the reviewer's other ratings, with one among two added",
    why: "Who always praises or always damns is no judge. Many ordinary people write only when delighted or angry.",
    range: (0.0, 1.0),
    unit: "share",
    missing: "without the reviewer, or where the file has no other review by the same reviewer",
    source: "advice 7; Mukherjee et al. 2013 (EXT)",
    high: Say {
        en: "nearly always one or five stars",
        fr: "presque toujours une ou cinq étoiles",
    },
    low: Say {
        en: "stars of all kinds",
        fr: "notes variées",
    },
    prior: Prior {
        centre: 0.55,
        scale: 0.2,
        weight: 0.15,
    },
};

impl Signal for ExtremeShare {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let view = case.around.reviewer.as_ref().filter(|view| view.ratings.count > 0)?;
        Some(f64::from(view.ratings.stars[0] + view.ratings.stars[4] + 1) / f64::from(view.ratings.count + 2))
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        self.extract(case)
            .and(case.around.reviewer.as_ref())
            .map_or_else(Evidence::default, |view| {
                Evidence::fact("one star", view.ratings.stars[0])
                    .and("five stars", view.ratings.stars[4])
                    .and("other ratings", view.ratings.count)
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::ReviewerView;
    use crate::context::Surroundings;
    use crate::review::Review;
    use crate::signals::testing::*;
    fn value(view: ReviewerView) -> Option<f64> {
        check_signal(&ExtremeShare, &Review::default(), &around_reviewer(view), &[])
    }

    #[test]
    fn fires() {
        assert!(
            value(ReviewerView {
                ratings: ratings(&[5.0, 5.0, 1.0, 5.0, 5.0, 1.0]),
                ..ReviewerView::default()
            }) > Some(0.8)
        );
    }

    #[test]
    fn stays_silent_on_a_look_alike() {
        assert!(
            value(ReviewerView {
                ratings: ratings(&[4.0, 3.0, 5.0, 2.0, 4.0, 4.0]),
                ..ReviewerView::default()
            }) < Some(0.4)
        );
    }

    #[test]
    fn is_missing_without_history() {
        assert_eq!(
            check_signal(&ExtremeShare, &Review::default(), &Surroundings::default(), &[]),
            None
        );
        assert_eq!(
            value(ReviewerView {
                ratings: ratings(&[]),
                ..ReviewerView::default()
            }),
            None
        );
    }
}
