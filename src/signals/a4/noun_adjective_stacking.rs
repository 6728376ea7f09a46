//! `A4.noun_adjective_stacking`: rows of adjectives.

use crate::score::Evidence;
use crate::signals::{Case, Family, NO_LISTED_TEXT, Prior, Say, Signal, Spec};
use crate::text::{Analysis, Kind, Language, List};
use std::ops::Range;

/// `A4.noun_adjective_stacking`, as its [`Spec`] says.
pub struct NounAdjectiveStacking;

static SPEC: Spec = Spec {
    code: "A4.noun_adjective_stacking",
    family: Family::A4,
    what: "adjectives beyond the second in every row of them (joined by nothing, commas, \"and\", \"et\"), per 100 words (20 words added)",
    why: "\"Elegant, spacious, luminous and impeccably clean\": copy stacks adjectives. A pair of them is everyday language and counts nothing.",
    range: (0.0, 100.0),
    unit: "per 100 words",
    missing: NO_LISTED_TEXT,
    source: "advice 4; own",
    high: Say {
        en: "stacks adjectives like advertising copy",
        fr: "empile les adjectifs comme un texte publicitaire",
    },
    low: Say {
        en: "no stacked adjectives",
        fr: "pas d'adjectifs empilés",
    },
    prior: Prior {
        centre: 0.4,
        scale: 1.0,
        weight: 0.3,
    },
};

impl Signal for NounAdjectiveStacking {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let text = case.listed_text()?;
        text.rate(rows(text).iter().map(|row| row.adjectives - 2).sum())
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        case.listed_text()
            .filter(|_| self.extract(case).is_some())
            .map_or_else(Evidence::default, |text| Evidence {
                spans: rows(text).into_iter().map(|row| text.span(row.tokens)).collect(),
                facts: Vec::new(),
            })
    }
}

struct Row {
    tokens: Range<usize>,
    adjectives: usize,
}

/// Rows of three adjectives or more.
fn rows(text: &Analysis<'_>) -> Vec<Row> {
    let list = &text.tokens.list;
    let mut adjective: Vec<bool> = list
        .iter()
        .map(|token| token.kind == Kind::Word && is_shaped_like_one(text.tokens.folded_of(token), text.language))
        .collect();
    for opinion in [List::Positive, List::StrongPositive, List::BrochureWord] {
        for hit in text.hits_of(opinion).iter().filter(|hit| hit.end == hit.first + 1) {
            adjective[hit.first as usize] = true;
        }
    }
    let mut rows = Vec::new();
    let mut at = 0;
    while at < list.len() {
        let mut row = Row {
            tokens: at..at,
            adjectives: 0,
        };
        let mut next = at;
        while next < list.len() {
            if adjective[next] {
                row.adjectives += 1;
                row.tokens.end = next + 1;
            } else if row.adjectives == 0
                || !matches!(
                    text.tokens.folded_of(&list[next]),
                    "," | "and" | "et" | "&" | "very" | "so" | "tres"
                )
            {
                break;
            }
            next += 1;
        }
        at = next.max(at) + 1;
        if row.adjectives > 2 {
            rows.push(row);
        }
    }
    rows
}

/// By ending; adverbs and nouns with the same endings are rare inside a row.
fn is_shaped_like_one(word: &str, language: Option<Language>) -> bool {
    if word.len() < 6 {
        return false;
    }
    match (language, word.as_bytes()) {
        (Some(Language::EN), [.., b'f', b'u', b'l'] | [.., b'o', b'u', b's'] | [.., b'i', b'c']) => true,
        (Some(Language::EN), [.., b'i', b'v', b'e'] | [.., b'a' | b'i', b'b', b'l', b'e']) => true,
        (Some(Language::EN), [.., b'l', b'e', b's', b's']) => true,
        // The singular of a French word decides.
        (Some(Language::FR), [.., b'e', b'u', b'x']) => true,
        (Some(Language::FR), [singular @ .., b's'] | singular) => matches!(
            singular,
            [.., b'e', b'u', b's', b'e']
                | [.., b'a' | b'i', b'b', b'l', b'e']
                | [.., b'i', b'q', b'u', b'e']
                | [.., b'i', b'f']
                | [.., b'i', b'v', b'e']
        ),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signals::testing::{on_french, on_text};

    // The texts are invented.
    #[test]
    fn fires_on_stacks() {
        assert!(
            on_text(
                &NounAdjectiveStacking,
                "An elegant, spacious, luxurious and comfortable suite with a charming, peaceful and stylish terrace"
            ) > Some(6.0)
        );
        assert!(
            on_french(
                &NounAdjectiveStacking,
                "Une chambre spacieuse, lumineuse, élégante et confortable pour un séjour inoubliable"
            ) > Some(3.0)
        );
    }

    #[test]
    fn is_silent_on_pairs() {
        assert_eq!(
            on_text(
                &NounAdjectiveStacking,
                "A clean and quiet room, friendly and helpful staff, good food"
            ),
            Some(0.0)
        );
        assert_eq!(
            on_french(
                &NounAdjectiveStacking,
                "Chambre propre et calme, personnel gentil et serviable"
            ),
            Some(0.0)
        );
    }

    #[test]
    fn is_missing_without_enough_words() {
        assert_eq!(on_text(&NounAdjectiveStacking, "Clean, quiet, comfortable"), None);
    }
}
