//! `A6.photo_reuse_properties`: the same photo used for other properties.

use crate::score::Evidence;
use crate::signals::{Case, Family, Prior, Say, Signal, Spec};

/// `A6.photo_reuse_properties`, as its [`Spec`] says.
pub struct PhotoReuseProperties;

static SPEC: Spec = Spec {
    code: "A6.photo_reuse_properties",
    family: Family::A6,
    what: "ln(1 + most near-identical photos of other properties that one of its photos has; perceptual hash)",
    why: "A photo shows one place. One that illustrates two places was not taken at one of them; chains with rooms that look alike are told apart by the hash as a rule.",
    range: (0.0, 20.0),
    unit: "log of a count",
    missing: "no photo file could be read",
    source: "advice 6; Zauner 2010 (perceptual hashes)",
    high: Say {
        en: "a photo also used for another property",
        fr: "une photo utilisée aussi pour un autre établissement",
    },
    low: Say {
        en: "photos of this property only",
        fr: "photos de cet établissement seulement",
    },
    prior: Prior {
        centre: 0.0,
        scale: 0.7,
        weight: 0.8,
    },
};

impl Signal for PhotoReuseProperties {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let most = case.photos.iter().map(|photo| photo.seen_elsewhere).max()?;
        Some(f64::from(most).ln_1p())
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        self.extract(case).map_or_else(Evidence::default, |value| {
            Evidence::fact("near-identical photos", format!("{:.0}", value.exp() - 1.0))
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
        check_signal(
            &PhotoReuseProperties,
            &Review::default(),
            &Surroundings::default(),
            photos,
        )
    }

    #[test]
    fn reuse_is_told_from_photos_of_ones_own() {
        let with = |seen_elsewhere| PhotoFacts {
            seen_elsewhere,
            ..PhotoFacts::default()
        };
        assert!(of(&[with(0), with(3)]).is_some_and(|value| (value - 4f64.ln()).abs() < 1e-12));
        assert_eq!(of(&[with(0)]), Some(0.0));
    }

    #[test]
    fn is_missing_without_photos() {
        assert_eq!(of(&[]), None);
    }
}
