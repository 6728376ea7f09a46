//! `A9.same_text_elsewhere`: one text on several sites.

use crate::signals::{Case, Family, Prior, Say, Signal, Spec};

/// `A9.same_text_elsewhere`, as its [`Spec`] says.
pub struct SameTextElsewhere;

static SPEC: Spec = Spec {
    code: "A9.same_text_elsewhere",
    family: Family::A9,
    what: "similarity of the nearest other text (Jaccard, word triples) where it stands on another site, else 0",
    why: "The same text on two sites is at times one guest who tells both, at times one text sold twice.",
    range: (0.0, 1.0),
    unit: "similarity",
    missing: "where the file knows one site only, or without a text of five words",
    source: "advice 9",
    high: Say {
        en: "nearly the same text on another site",
        fr: "presque le même texte sur un autre site",
    },
    low: Say {
        en: "the text is on this site only",
        fr: "texte présent sur ce seul site",
    },
    prior: Prior {
        centre: 0.02,
        scale: 0.15,
        weight: 0.15,
    },
};

impl Signal for SameTextElsewhere {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let copy = case.around.copy.filter(|_| case.around.corpus.sites > 1)?;
        Some(if copy.other_site {
            copy.similarity.clamp(0.0, 1.0)
        } else {
            0.0
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::CopyView;
    use crate::context::Surroundings;
    use crate::review::Review;
    use crate::signals::testing::*;
    fn value(copy: CopyView) -> Option<f64> {
        check_signal(&SameTextElsewhere, &Review::default(), &around_copy(copy), &[])
    }

    #[test]
    fn fires() {
        assert_eq!(
            value(CopyView {
                similarity: 0.9,
                copies: 1,
                other_site: true,
                ..CopyView::default()
            }),
            Some(0.9)
        );
    }

    #[test]
    fn stays_silent_on_a_look_alike() {
        assert_eq!(
            value(CopyView {
                similarity: 0.9,
                copies: 1,
                ..CopyView::default()
            }),
            Some(0.0)
        );
    }

    #[test]
    fn is_missing_without_sites() {
        let around = Surroundings {
            copy: Some(CopyView::default()),
            ..Surroundings::default()
        };
        assert_eq!(check_signal(&SameTextElsewhere, &Review::default(), &around, &[]), None);
    }
}
