//! `A6.phone_resolution`: photos with the shape of phone photos.

use super::mean;
use crate::score::Evidence;
use crate::signals::{Case, Family, Prior, Say, Signal, Spec};

/// `A6.phone_resolution`, as its [`Spec`] says.
pub struct PhoneResolution;

static SPEC: Spec = Spec {
    code: "A6.phone_resolution",
    family: Family::A6,
    what: "share of photos whose sides stand as 4:3, 16:9 or 18:9 to 20:9, within 1 %, upright or not",
    why: "Phones give these shapes, cameras with interchangeable lenses 3:2, advertising banners others. Sites crop, and users do.",
    range: (0.0, 1.0),
    unit: "share of photos",
    missing: "no photo of known size",
    source: "advice 6",
    high: Say {
        en: "photos with the shape of phone photos",
        fr: "photos au format des téléphones",
    },
    low: Say {
        en: "photos of a shape that phones do not give",
        fr: "photos d'un format étranger aux téléphones",
    },
    prior: Prior {
        centre: 0.75,
        scale: 0.35,
        weight: -0.2,
    },
};

impl Signal for PhoneResolution {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        mean(
            case.photos
                .iter()
                .filter(|photo| photo.size.0 > 0 && photo.size.1 > 0)
                .map(|photo| f64::from(u8::from(is_phone_shape(photo.size)))),
        )
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        self.extract(case).map_or_else(Evidence::default, |value| {
            Evidence::fact("share of phone shapes", format!("{value:.2}"))
        })
    }
}

fn is_phone_shape((width, height): (u32, u32)) -> bool {
    let ratio = f64::from(width.max(height)) / f64::from(width.min(height));
    [4.0 / 3.0, 16.0 / 9.0]
        .iter()
        .any(|shape| (ratio / shape - 1.0).abs() < 0.01)
        || (1.98..=2.24).contains(&ratio)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signals::testing::check_signal;

    use crate::context::Surroundings;
    use crate::review::Review;
    use crate::signals::PhotoFacts;

    fn of(photos: &[PhotoFacts]) -> Option<f64> {
        check_signal(&PhoneResolution, &Review::default(), &Surroundings::default(), photos)
    }

    #[test]
    fn phone_shapes_are_told_from_others() {
        let with = |width, height| PhotoFacts {
            size: (width, height),
            ..PhotoFacts::default()
        };
        for (width, height) in [(4032, 3024), (3024, 4032), (1920, 1080), (1600, 720), (1024, 768)] {
            assert_eq!(of(&[with(width, height)]), Some(1.0), "{width} x {height}");
        }
        for (width, height) in [(6000, 4000), (1080, 1080), (2000, 600)] {
            assert_eq!(of(&[with(width, height)]), Some(0.0), "{width} x {height}");
        }
        assert_eq!(of(&[with(0, 0)]), None);
    }

    #[test]
    fn is_missing_without_photos() {
        assert_eq!(of(&[]), None);
    }
}
