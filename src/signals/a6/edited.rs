//! `A6.edited`: photos passed through editing software.

use super::mean;
use crate::score::Evidence;
use crate::signals::{Case, Family, Prior, Say, Signal, Spec};

/// `A6.edited`, as its [`Spec`] says.
pub struct Edited;

static SPEC: Spec = Spec {
    code: "A6.edited",
    family: Family::A6,
    what: "share of the photos with EXIF whose software tag names an editor",
    why: "Advertising photos are edited. So are many holiday photos, in a free app.",
    range: (0.0, 1.0),
    unit: "share of photos",
    missing: "no photo with EXIF",
    source: "advice 6",
    high: Say {
        en: "photos edited with software",
        fr: "photos retouchées par logiciel",
    },
    low: Say {
        en: "no trace of editing software",
        fr: "aucune trace de logiciel de retouche",
    },
    prior: Prior {
        centre: 0.1,
        scale: 0.25,
        weight: 0.3,
    },
};

impl Signal for Edited {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        mean(
            case.photos
                .iter()
                .filter(|photo| photo.has_exif)
                .map(|photo| f64::from(u8::from(photo.editor.is_some()))),
        )
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        let mut editors: Vec<&str> = case
            .photos
            .iter()
            .filter(|photo| photo.has_exif)
            .filter_map(|photo| photo.editor.as_deref())
            .collect();
        editors.sort_unstable();
        editors.dedup();
        self.extract(case)
            .map_or_else(Evidence::default, |_| Evidence::fact("software", editors.join(", ")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signals::testing::check_signal;

    use crate::context::Surroundings;
    use crate::review::Review;
    use crate::signals::PhotoFacts;

    #[test]
    fn editors_are_told_from_plain_exif() {
        let of = |photos: &[PhotoFacts]| check_signal(&Edited, &Review::default(), &Surroundings::default(), photos);
        let plain = PhotoFacts {
            has_exif: true,
            ..PhotoFacts::default()
        };
        let edited = PhotoFacts {
            editor: Some("Adobe Lightroom".to_owned()),
            ..plain.clone()
        };
        assert_eq!(of(&[plain.clone(), edited]), Some(0.5));
        assert_eq!(of(&[plain]), Some(0.0));
        assert_eq!(of(&[PhotoFacts::default()]), None);
        assert_eq!(of(&[]), None);
    }
}
