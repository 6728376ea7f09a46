//! `A6.sharpness`: how sharp the photos are.

use super::mean;
use crate::score::Evidence;
use crate::signals::{Case, Family, Prior, Say, Signal, Spec};

/// `A6.sharpness`, as its [`Spec`] says.
pub struct Sharpness;

static SPEC: Spec = Spec {
    code: "A6.sharpness",
    family: Family::A6,
    what: "mean of ln(1 + variance of the Laplacian of the luminance, at 512 pixels)",
    why: "Advertising photos are sharp all over. Good phones come close.",
    range: (0.0, 20.0),
    unit: "log of a variance",
    missing: "no photo file could be read",
    source: "advice 6; Pech-Pacheco et al. 2000 (focus measure)",
    high: Say {
        en: "photos of professional sharpness",
        fr: "photos d'une netteté professionnelle",
    },
    low: Say {
        en: "soft photos",
        fr: "photos peu nettes",
    },
    prior: Prior {
        centre: 6.3,
        scale: 1.0,
        weight: 0.1,
    },
};

impl Signal for Sharpness {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        mean(
            case.photos
                .iter()
                .map(|photo| photo.sharpness.max(0.0).ln_1p().min(20.0)),
        )
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        self.extract(case).map_or_else(Evidence::default, |value| {
            Evidence::fact("log sharpness", format!("{value:.1}"))
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
        check_signal(&Sharpness, &Review::default(), &Surroundings::default(), photos)
    }

    #[test]
    fn sharp_photos_are_told_from_soft_ones() {
        let with = |sharpness| PhotoFacts {
            sharpness,
            ..PhotoFacts::default()
        };
        assert!(of(&[with(3000.0)]) > Some(7.0));
        assert!(of(&[with(20.0)]) < Some(4.0));
    }

    #[test]
    fn is_missing_without_photos() {
        assert_eq!(of(&[]), None);
    }
}
