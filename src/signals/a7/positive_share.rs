//! `A7.positive_share` (PR): praise by the reviewer.

use crate::score::Evidence;
use crate::signals::{Case, Family, Prior, Say, Signal, Spec};

/// `A7.positive_share`, as its [`Spec`] says.
pub struct PositiveShare;

static SPEC: Spec = Spec {
    code: "A7.positive_share",
    family: Family::A7,
    what: "share of four and five stars among the reviewer's other ratings, with one among two added (PR)",
    why: "Accounts for praise only praise. Uniform praise is no fraud, so that the weight is small.",
    range: (0.0, 1.0),
    unit: "share",
    missing: "without the reviewer, or where the file has no other review by the same reviewer",
    source: "Mukherjee et al. 2013 (PR)",
    high: Say {
        en: "the reviewer nearly always praises",
        fr: "l'auteur loue presque toujours",
    },
    low: Say {
        en: "the reviewer seldom praises",
        fr: "l'auteur loue rarement",
    },
    prior: Prior {
        centre: 0.65,
        scale: 0.2,
        weight: 0.05,
    },
};

impl Signal for PositiveShare {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let view = case.around.reviewer.as_ref().filter(|view| view.ratings.count > 0)?;
        Some((f64::from(view.ratings.stars[3] + view.ratings.stars[4]) + 1.0) / f64::from(view.ratings.count + 2))
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        self.extract(case)
            .and(case.around.reviewer.as_ref())
            .map_or_else(Evidence::default, |view| {
                Evidence::fact("four and five stars", view.ratings.stars[3] + view.ratings.stars[4])
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
        check_signal(&PositiveShare, &Review::default(), &around_reviewer(view), &[])
    }

    #[test]
    fn fires() {
        assert!(
            value(ReviewerView {
                ratings: ratings(&[5.0, 4.0, 5.0, 5.0, 5.0, 4.0]),
                ..ReviewerView::default()
            }) > Some(0.8)
        );
    }

    #[test]
    fn stays_silent_on_a_look_alike() {
        assert!(
            value(ReviewerView {
                ratings: ratings(&[4.0, 3.0, 2.0, 2.0, 3.0, 1.0]),
                ..ReviewerView::default()
            }) < Some(0.4)
        );
    }

    #[test]
    fn is_missing_without_history() {
        assert_eq!(
            check_signal(&PositiveShare, &Review::default(), &Surroundings::default(), &[]),
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
