//! `A6.exposure`: how balanced the exposure is.

use super::mean;
use crate::score::Evidence;
use crate::signals::{Case, Family, Prior, Say, Signal, Spec};

/// `A6.exposure`, as its [`Spec`] says.
pub struct Exposure;

static SPEC: Spec = Spec {
    code: "A6.exposure",
    family: Family::A6,
    what: "mean of (1 - |2 x mean luminance - 1|) x (1 - share of black and white pixels)",
    why: "Professionals expose for the whole scene; snapshots have burnt windows and dark corners. Plain daylight is balanced as well.",
    range: (0.0, 1.0),
    unit: "balance",
    missing: "no photo file could be read",
    source: "advice 6; own",
    high: Say {
        en: "evenly exposed photos",
        fr: "photos à l'exposition équilibrée",
    },
    low: Say {
        en: "unbalanced exposure, as in snapshots",
        fr: "exposition inégale, comme sur un instantané",
    },
    prior: Prior {
        centre: 0.75,
        scale: 0.15,
        weight: 0.1,
    },
};

impl Signal for Exposure {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        mean(
            case.photos
                .iter()
                .map(|photo| ((1.0 - (2.0 * photo.exposure - 1.0).abs()) * (1.0 - photo.clipped)).clamp(0.0, 1.0)),
        )
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        self.extract(case).map_or_else(Evidence::default, |value| {
            Evidence::fact("balance of the exposure", format!("{value:.2}"))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signals::testing::check_signal;

    use crate::context::Surroundings;
    use crate::review::Review;
    use crate::signals::PhotoFacts;

    fn of(photos: &[PhotoFacts]) -> Option<f64> {
        check_signal(&Exposure, &Review::default(), &Surroundings::default(), photos)
    }

    #[test]
    fn balanced_light_is_told_from_burnt_windows() {
        let with = |exposure, clipped| PhotoFacts {
            exposure,
            clipped,
            ..PhotoFacts::default()
        };
        assert_eq!(of(&[with(0.5, 0.0)]), Some(1.0));
        assert!(of(&[with(0.25, 0.2)]) < Some(0.5));
    }

    #[test]
    fn is_missing_without_photos() {
        assert_eq!(of(&[]), None);
    }
}
