//! `A7.most_in_a_day` (MNR): reviews per day.

use crate::score::Evidence;
use crate::signals::{Case, Family, Prior, Say, Signal, Spec};

/// `A7.most_in_a_day`, as its [`Spec`] says.
pub struct MostInADay;

static SPEC: Spec = Spec {
    code: "A7.most_in_a_day",
    family: Family::A7,
    what: "natural logarithm of the most reviews that the reviewer posted in one day, this one included (MNR)",
    why: "Paid accounts work through a list. Travellers catch up after a trip as well.",
    range: (0.0, 12.0),
    unit: "ln(reviews)",
    missing: "without other reviews by the reviewer, or where days are not known",
    source: "Mukherjee et al. 2013 (MNR)",
    high: Say {
        en: "several reviews by this reviewer on one day",
        fr: "plusieurs avis de cet auteur le même jour",
    },
    low: Say {
        en: "the reviewer never posts twice a day",
        fr: "jamais deux avis de l'auteur le même jour",
    },
    prior: Prior {
        centre: 0.4,
        scale: 0.5,
        weight: 0.15,
    },
};

impl Signal for MostInADay {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let view = case.around.reviewer.as_ref().filter(|view| view.reviews > 0)?;
        Some(f64::from(view.most_in_a_day?.max(1)).ln())
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        self.extract(case)
            .and(case.around.reviewer.as_ref())
            .map_or_else(Evidence::default, |view| {
                Evidence::fact("most reviews in one day", view.most_in_a_day.unwrap_or(0))
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
        check_signal(&MostInADay, &Review::default(), &around_reviewer(view), &[])
    }

    #[test]
    fn fires() {
        assert!(
            value(ReviewerView {
                reviews: 9,
                most_in_a_day: Some(8),
                ..ReviewerView::default()
            }) > Some(2.0)
        );
    }

    #[test]
    fn stays_silent_on_a_look_alike() {
        assert_eq!(
            value(ReviewerView {
                reviews: 9,
                most_in_a_day: Some(1),
                ..ReviewerView::default()
            }),
            Some(0.0)
        );
    }

    #[test]
    fn is_missing_without_history() {
        assert_eq!(
            check_signal(&MostInADay, &Review::default(), &Surroundings::default(), &[]),
            None
        );
        assert_eq!(
            value(ReviewerView {
                most_in_a_day: Some(1),
                ..ReviewerView::default()
            }),
            None
        );
    }
}
