//! `A7.impossible_travel`: stays too close in time and too far apart.

use crate::score::Evidence;
use crate::signals::{Case, Family, Prior, Say, Signal, Spec};

/// `A7.impossible_travel`, as its [`Spec`] says.
pub struct ImpossibleTravel;

static SPEC: Spec = Spec {
    code: "A7.impossible_travel",
    family: Family::A7,
    what: "natural logarithm of one more than the thousands of km per day (above one) that this stay and a neighbouring one imply; half where only the days of publication are known",
    why: "Nobody dines in Lyon and in Sydney on one day. But many write of several journeys on one evening, so that days of publication count half.",
    range: (0.0, 4.0),
    unit: "ln(1 + 1000 km a day)",
    missing: "without another review within seven days at a known place",
    source: "advice 7",
    high: Say {
        en: "stays too close in time and too far apart",
        fr: "séjours trop proches dans le temps et trop éloignés",
    },
    low: Say {
        en: "stays that one person can have made",
        fr: "séjours compatibles entre eux",
    },
    prior: Prior {
        centre: 0.05,
        scale: 0.3,
        weight: 0.25,
    },
};

impl Signal for ImpossibleTravel {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let travel = case.around.reviewer.as_ref()?.travel?;
        let thousands = travel.km / f64::from(travel.days.max(1)) / 1000.0;
        let value = (thousands - 1.0).max(0.0).ln_1p().min(4.0);
        Some(if travel.stays { value } else { value / 2.0 })
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        match (
            self.extract(case),
            case.around.reviewer.as_ref().and_then(|view| view.travel),
        ) {
            (Some(_), Some(travel)) => Evidence::fact("km", format!("{:.0}", travel.km)).and("days", travel.days),
            _ => Evidence::default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::Surroundings;
    use crate::context::{ReviewerView, Travel};
    use crate::review::Review;
    use crate::signals::testing::*;
    fn value(view: ReviewerView) -> Option<f64> {
        check_signal(&ImpossibleTravel, &Review::default(), &around_reviewer(view), &[])
    }

    #[test]
    fn fires() {
        let travel = Some(Travel {
            km: 16_000.0,
            days: 0,
            stays: true,
        });
        assert!(
            value(ReviewerView {
                reviews: 4,
                travel,
                ..ReviewerView::default()
            }) > Some(2.0)
        );
    }

    #[test]
    fn stays_silent_on_a_look_alike() {
        let travel = Some(Travel {
            km: 900.0,
            days: 0,
            stays: true,
        });
        assert_eq!(
            value(ReviewerView {
                reviews: 4,
                travel,
                ..ReviewerView::default()
            }),
            Some(0.0)
        );
    }

    #[test]
    fn is_missing_without_history() {
        assert_eq!(
            check_signal(&ImpossibleTravel, &Review::default(), &Surroundings::default(), &[]),
            None
        );
        assert_eq!(
            value(ReviewerView {
                reviews: 4,
                ..ReviewerView::default()
            }),
            None
        );
    }
}
