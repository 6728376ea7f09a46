//! `B4.lack_of_specifics`: share of sentences without any detail.

use crate::score::Evidence;
use crate::signals::{Case, Family, Prior, Say, Signal, Spec};
use crate::text::{Analysis, Detail, FEWEST_WORDS, Kind};
use std::ops::Range;

/// `B4.lack_of_specifics`, as its [`Spec`] says.
pub struct LackOfSpecifics;

static SPEC: Spec = Spec {
    code: "B4.lack_of_specifics",
    family: Family::B4,
    what: "sentences without a concrete detail (A1.argumentation), a number or a name / sentences",
    why: "What was invented, by a person or a machine, stays general. Short honest praise does too.",
    range: (0.0, 1.0),
    unit: "share of sentences",
    missing: "fewer than two sentences of words, or no text as written, or no complete word lists of the language",
    source: "own; Ott et al. 2011 (spatial detail)",
    high: Say {
        en: "general throughout",
        fr: "reste général",
    },
    low: Say {
        en: "most sentences name something that can be checked",
        fr: "la plupart des phrases citent un fait vérifiable",
    },
    prior: Prior {
        centre: 0.6,
        scale: 0.25,
        weight: 0.3,
    },
};

impl Signal for LackOfSpecifics {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let text = case
            .listed_text()
            .filter(|text| text.words >= FEWEST_WORDS && text.sentences.len() >= 2)?;
        let details = text.details();
        let vague = text
            .sentences
            .iter()
            .filter(|sentence| !is_specific(text, details, sentence))
            .count();
        Some(vague as f64 / text.sentences.len() as f64)
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        self.extract(case).map_or_else(Evidence::default, |value| {
            Evidence::fact("share of general sentences", format!("{value:.2}"))
        })
    }
}

/// Holds a detail, a number, or a capitalised word that does not begin the sentence ("I" and shouting are none).
fn is_specific(text: &Analysis<'_>, details: &[Detail], sentence: &Range<u32>) -> bool {
    let tokens = sentence.start as usize..sentence.end as usize;
    let names = |at: usize| {
        let token = &text.tokens.list[at];
        let inner = at > tokens.start && text.tokens.list[at - 1].kind == Kind::Word;
        token.kind == Kind::Number || inner && token.case == crate::text::Case::Capital && token.end - token.start > 2
    };
    details.iter().any(|detail| tokens.contains(&detail.tokens.start)) || tokens.clone().any(names)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signals::testing::{on_french, on_text};

    // The texts are invented.
    #[test]
    fn general_talk_is_told_from_report() {
        let vague = "The staff were lovely. The hotel is amazing. We enjoyed every moment. Highly recommended.";
        let report = "Room 12 faces the yard. We walked to Ksamil in ten minutes. Breakfast ends at 10:30.";
        assert_eq!(on_text(&LackOfSpecifics, vague), Some(1.0));
        assert_eq!(on_text(&LackOfSpecifics, report), Some(0.0));
        assert_eq!(
            on_french(
                &LackOfSpecifics,
                "Personnel adorable. Un hôtel magnifique. Nous recommandons."
            ),
            Some(1.0)
        );
    }

    #[test]
    fn is_missing_without_enough_words() {
        assert_eq!(on_text(&LackOfSpecifics, "Room 12."), None);
    }
}
