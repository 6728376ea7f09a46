//! `A6.stripped_metadata`: photos without metadata.

use super::mean;
use crate::score::Evidence;
use crate::signals::{Case, Family, Prior, Say, Signal, Spec};

/// `A6.stripped_metadata`, as its [`Spec`] says.
pub struct StrippedMetadata;

static SPEC: Spec = Spec {
    code: "A6.stripped_metadata",
    family: Family::A6,
    what: "share of photos without any EXIF",
    why: "Photos copied from a website have lost their metadata. Review sites and messengers strip it as well, so it tells little by itself.",
    range: (0.0, 1.0),
    unit: "share of photos",
    missing: "no photo file could be read",
    source: "advice 6",
    high: Say {
        en: "photos without metadata",
        fr: "photos sans métadonnées",
    },
    low: Say {
        en: "photos with metadata",
        fr: "photos avec métadonnées",
    },
    prior: Prior {
        centre: 0.7,
        scale: 0.4,
        weight: 0.1,
    },
};

impl Signal for StrippedMetadata {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        mean(case.photos.iter().map(|photo| f64::from(u8::from(!photo.has_exif))))
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        self.extract(case).map_or_else(Evidence::default, |value| {
            Evidence::fact("share of photos without metadata", format!("{value:.2}"))
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
        check_signal(&StrippedMetadata, &Review::default(), &Surroundings::default(), photos)
    }

    #[test]
    fn photos_without_exif_are_counted() {
        let with = |has_exif| PhotoFacts {
            has_exif,
            ..PhotoFacts::default()
        };
        assert_eq!(of(&[with(true), with(false)]), Some(0.5));
        assert_eq!(of(&[with(true)]), Some(0.0));
    }

    #[test]
    fn is_missing_without_photos() {
        assert_eq!(of(&[]), None);
    }
}
