//! `A7.highest_similarity` (MCS): the nearest of the reviewer's other texts.

use crate::score::Evidence;
use crate::signals::{Case, Family, Prior, Say, Signal, Spec};

/// `A7.highest_similarity`, as its [`Spec`] says.
pub struct HighestSimilarity;

static SPEC: Spec = Spec {
    code: "A7.highest_similarity",
    family: Family::A7,
    what: "highest cosine similarity of the text to one of the reviewer's other texts, estimated from sketches of word pairs (MCS)",
    why: "One text used twice, with small changes.",
    range: (0.0, 1.0),
    unit: "cosine",
    missing: "without other texts by the reviewer",
    source: "Mukherjee et al. 2013 (MCS)",
    high: Say {
        en: "closer than usual to another text by the reviewer",
        fr: "plus proche que d'ordinaire d'un autre texte de l'auteur",
    },
    low: Say {
        en: "no other text by the reviewer is like it",
        fr: "aucun autre texte de l'auteur ne lui ressemble",
    },
    prior: Prior {
        centre: 0.22,
        scale: 0.18,
        weight: 0.25,
    },
};

impl Signal for HighestSimilarity {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        Some(case.around.reviewer.as_ref()?.similarity?.highest.clamp(0.0, 1.0))
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        self.extract(case).map_or_else(Evidence::default, |near| {
            Evidence::fact("cosine similarity", format!("{near:.2}"))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::Surroundings;
    use crate::context::{ReviewerView, Similarity};
    use crate::review::Review;
    use crate::signals::testing::*;
    fn value(view: ReviewerView) -> Option<f64> {
        check_signal(&HighestSimilarity, &Review::default(), &around_reviewer(view), &[])
    }

    #[test]
    fn fires() {
        let similarity = Some(Similarity {
            mean: 0.9,
            highest: 0.9,
        });
        assert_eq!(
            value(ReviewerView {
                reviews: 4,
                similarity,
                ..ReviewerView::default()
            }),
            Some(0.9)
        );
    }

    #[test]
    fn stays_silent_on_a_look_alike() {
        let similarity = Some(Similarity {
            mean: 0.1,
            highest: 0.2,
        });
        assert!(
            value(ReviewerView {
                reviews: 4,
                similarity,
                ..ReviewerView::default()
            }) < Some(0.3)
        );
    }

    #[test]
    fn is_missing_without_history() {
        assert_eq!(
            check_signal(&HighestSimilarity, &Review::default(), &Surroundings::default(), &[]),
            None
        );
        assert_eq!(
            value(ReviewerView {
                reviews: 4,
                ..ReviewerView::default()
            }),
            None
        );
    }
}
