//! `A7.text_similarity` (ACS): likeness to the reviewer's other texts.

use crate::score::Evidence;
use crate::signals::{Case, Family, Prior, Say, Signal, Spec};

/// `A7.text_similarity`, as its [`Spec`] says.
pub struct TextSimilarity;

static SPEC: Spec = Spec {
    code: "A7.text_similarity",
    family: Family::A7,
    what: "mean cosine similarity of the text to the reviewer's other texts, estimated from sketches of word pairs (ACS)",
    why: "Who writes for a fee repeats himself. A habit of style does so a little.",
    range: (0.0, 1.0),
    unit: "cosine",
    missing: "without other texts by the reviewer",
    source: "Mukherjee et al. 2013 (ACS)",
    high: Say {
        en: "like the reviewer's other texts",
        fr: "semblable aux autres textes de l'auteur",
    },
    low: Say {
        en: "unlike the reviewer's other texts",
        fr: "différent des autres textes de l'auteur",
    },
    prior: Prior {
        centre: 0.12,
        scale: 0.12,
        weight: 0.15,
    },
};

impl Signal for TextSimilarity {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        Some(case.around.reviewer.as_ref()?.similarity?.mean.clamp(0.0, 1.0))
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
        check_signal(&TextSimilarity, &Review::default(), &around_reviewer(view), &[])
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
            check_signal(&TextSimilarity, &Review::default(), &Surroundings::default(), &[]),
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
