//! `B1.copied_text`: near-duplicates.

use crate::score::Evidence;
use crate::signals::{Case, Family, Prior, Say, Signal, Spec};

/// `B1.copied_text`, as its [`Spec`] says.
pub struct CopiedText;

static SPEC: Spec = Spec {
    code: "B1.copied_text",
    family: Family::B1,
    what: "similarity of the text to the nearest other text in the file (Jaccard, word triples; 0 below one half), times 1 - exp(-words / 12); 0 where it is known to have been there first",
    why: "Texts that are sold are sold more than once. Short phrases are written by many, and the first writer is copied without any fault of his.",
    range: (0.0, 1.0),
    unit: "similarity",
    missing: "without a text of five words, or as of an unknown day",
    source: "MinHash: Broder 1997; duplicates as marks: Jindal and Liu 2008",
    high: Say {
        en: "nearly the same text as another review",
        fr: "presque le même texte qu'un autre avis",
    },
    low: Say {
        en: "a text of its own",
        fr: "texte original",
    },
    prior: Prior {
        centre: 0.03,
        scale: 0.2,
        weight: 0.5,
    },
};

impl Signal for CopiedText {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let copy = case.around.copy?;
        if copy.first {
            return Some(0.0);
        }
        let words = case.text.map_or(WORDS_OF_STEMMED, |text| text.words as f64);
        Some((copy.similarity * (1.0 - (-words / 12.0).exp())).clamp(0.0, 1.0))
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        case.around.copy.map_or_else(Evidence::default, |copy| {
            Evidence::fact("similarity", format!("{:.2}", copy.similarity))
                .and("copies", copy.copies)
                .and("by the same reviewer", copy.same_reviewer)
                .and("of the same property", copy.same_property)
        })
    }
}

/// Where the text is not as written its words are not counted, and it is taken for one of ordinary length.
const WORDS_OF_STEMMED: f64 = 100.0;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::CopyView;
    use crate::context::Surroundings;
    use crate::review::Review;
    use crate::signals::testing::*;
    fn value(copy: CopyView) -> Option<f64> {
        // Invented.
        let text = "We stayed three nights in a room over the yard and slept very well in spite of the market below.";
        check_signal(
            &CopiedText,
            &Review {
                text: Some(text.to_owned()),
                ..Review::default()
            },
            &around_copy(copy),
            &[],
        )
    }

    #[test]
    fn fires() {
        assert!(
            value(CopyView {
                similarity: 0.95,
                copies: 1,
                ..CopyView::default()
            }) > Some(0.7)
        );
    }

    #[test]
    fn stays_silent_on_a_look_alike() {
        assert_eq!(value(CopyView::default()), Some(0.0));
        let copied_by_others = CopyView {
            similarity: 0.95,
            copies: 1,
            first: true,
            ..CopyView::default()
        };
        assert_eq!(value(copied_by_others), Some(0.0));
    }

    #[test]
    fn is_missing_where_copies_were_not_looked_for() {
        assert_eq!(
            check_signal(&CopiedText, &Review::default(), &Surroundings::default(), &[]),
            None
        );
    }
}
