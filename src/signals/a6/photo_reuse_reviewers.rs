//! `A6.photo_reuse_reviewers`: the same photo used by other reviewers.

use crate::score::Evidence;
use crate::signals::{Case, Family, Prior, Say, Signal, Spec};

/// `A6.photo_reuse_reviewers`, as its [`Spec`] says.
pub struct PhotoReuseReviewers;

static SPEC: Spec = Spec {
    code: "A6.photo_reuse_reviewers",
    family: Family::A6,
    what: "ln(1 + most near-identical photos of other reviewers that one of its photos has; perceptual hash)",
    why: "Two reviewers do not take the same photo. Couples who share theirs, and menus photographed alike, are rare explanations.",
    range: (0.0, 20.0),
    unit: "log of a count",
    missing: "no photo file could be read",
    source: "advice 6; Zauner 2010 (perceptual hashes)",
    high: Say {
        en: "a photo that other reviewers use too",
        fr: "une photo utilisée par d'autres auteurs",
    },
    low: Say {
        en: "photos that nobody else uses",
        fr: "photos que personne d'autre n'utilise",
    },
    prior: Prior {
        centre: 0.0,
        scale: 0.7,
        weight: 0.8,
    },
};

impl Signal for PhotoReuseReviewers {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let most = case.photos.iter().map(|photo| photo.seen_by_others).max()?;
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
            &PhotoReuseReviewers,
            &Review::default(),
            &Surroundings::default(),
            photos,
        )
    }

    #[test]
    fn reuse_is_told_from_photos_of_ones_own() {
        let with = |seen_by_others| PhotoFacts {
            seen_by_others,
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
