//! `A6.saturation`: how strong the colours are.

use super::mean;
use crate::score::Evidence;
use crate::signals::{Case, Family, Prior, Say, Signal, Spec};

/// `A6.saturation`, as its [`Spec`] says.
pub struct Saturation;

static SPEC: Spec = Spec {
    code: "A6.saturation",
    family: Family::A6,
    what: "mean saturation (HSV), 0 to 1",
    why: "Advertising strengthens colours. So do phones by default, and sunsets.",
    range: (0.0, 1.0),
    unit: "saturation",
    missing: "no photo file could be read",
    source: "advice 6; own",
    high: Say {
        en: "strong colours, as in advertising",
        fr: "couleurs soutenues, comme en publicité",
    },
    low: Say {
        en: "plain colours",
        fr: "couleurs neutres",
    },
    prior: Prior {
        centre: 0.32,
        scale: 0.13,
        weight: 0.1,
    },
};

impl Signal for Saturation {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        mean(case.photos.iter().map(|photo| photo.saturation.clamp(0.0, 1.0)))
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        self.extract(case).map_or_else(Evidence::default, |value| {
            Evidence::fact("mean saturation", format!("{value:.2}"))
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
        check_signal(&Saturation, &Review::default(), &Surroundings::default(), photos)
    }

    #[test]
    fn strong_colours_are_told_from_plain_ones() {
        let with = |saturation| PhotoFacts {
            saturation,
            ..PhotoFacts::default()
        };
        assert_eq!(of(&[with(0.75), with(0.25)]), Some(0.5));
    }

    #[test]
    fn is_missing_without_photos() {
        assert_eq!(of(&[]), None);
    }
}
