//! `A6.camera_class`: what the photos were taken with.

use super::mean;
use crate::score::Evidence;
use crate::signals::Camera;
use crate::signals::{Case, Family, Prior, Say, Signal, Spec};

/// `A6.camera_class`, as its [`Spec`] says.
pub struct CameraClass;

static SPEC: Spec = Spec {
    code: "A6.camera_class",
    family: Family::A6,
    what: "mean over photos whose EXIF names the camera: phone or tablet 0, compact or action camera 0.5, interchangeable lenses or drone 1",
    why: "The more professional the photo, the less likely it comes from an ordinary user. Many amateurs travel with good cameras.",
    range: (0.0, 1.0),
    unit: "class",
    missing: "no photo whose EXIF names a known camera",
    source: "advice 6",
    high: Say {
        en: "photos from professional equipment",
        fr: "photos prises avec du matériel professionnel",
    },
    low: Say {
        en: "photos from a phone",
        fr: "photos prises avec un téléphone",
    },
    prior: Prior {
        centre: 0.15,
        scale: 0.3,
        weight: 0.35,
    },
};

impl Signal for CameraClass {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        mean(
            case.photos
                .iter()
                .filter_map(|photo| photo.camera)
                .map(|camera| match camera {
                    Camera::Phone => 0.0,
                    Camera::Compact => 0.5,
                    Camera::Professional => 1.0,
                }),
        )
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        self.extract(case).map_or_else(Evidence::default, |value| {
            Evidence::fact("mean class of the cameras", format!("{value:.2}"))
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
        check_signal(&CameraClass, &Review::default(), &Surroundings::default(), photos)
    }

    #[test]
    fn professional_cameras_are_told_from_phones() {
        let with = |camera| PhotoFacts {
            camera,
            ..PhotoFacts::default()
        };
        assert_eq!(of(&[with(Some(Camera::Professional)), with(None)]), Some(1.0));
        assert_eq!(of(&[with(Some(Camera::Phone)), with(Some(Camera::Phone))]), Some(0.0));
        assert_eq!(of(&[with(None)]), None);
    }

    #[test]
    fn is_missing_without_photos() {
        assert_eq!(of(&[]), None);
    }
}
