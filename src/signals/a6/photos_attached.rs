//! `A6.photos_attached`: how many photos come with the review.

use crate::score::Evidence;
use crate::signals::{Case, Family, Prior, Say, Signal, Spec};

/// `A6.photos_attached`, as its [`Spec`] says.
pub struct PhotosAttached;

static SPEC: Spec = Spec {
    code: "A6.photos_attached",
    family: Family::A6,
    what: "ln(1 + photos named in the review's columns)",
    why: "Photos of one's own are evidence that one was there, as long as they are one's own: the other signals of this family look at that.",
    range: (0.0, 20.0),
    unit: "log of a count",
    missing: "the review names no photo: files do not say whether that means none",
    source: "advice 6; own",
    high: Say {
        en: "comes with photos",
        fr: "accompagné de photos",
    },
    low: Say {
        en: "comes with a single photo",
        fr: "accompagné d'une seule photo",
    },
    prior: Prior {
        centre: 1.1,
        scale: 0.5,
        weight: -0.1,
    },
};

impl Signal for PhotosAttached {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let count = case.review.photos.len();
        (count > 0).then(|| (count as f64).ln_1p())
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        self.extract(case).map_or_else(Evidence::default, |_| {
            Evidence::fact("photos", case.review.photos.len())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signals::testing::check_signal;

    use crate::context::Surroundings;
    use crate::review::Review;

    #[test]
    fn names_are_counted_and_none_is_missing() {
        let of = |photos: Vec<String>| {
            check_signal(
                &PhotosAttached,
                &Review {
                    photos,
                    ..Review::default()
                },
                &Surroundings::default(),
                &[],
            )
        };
        assert!(
            of(vec!["a.jpg".to_owned(), "b.jpg".to_owned()]).is_some_and(|value| (value - 3f64.ln()).abs() < 1e-12)
        );
        assert_eq!(of(Vec::new()), None);
    }
}
