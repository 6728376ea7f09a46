//! `A4.unknown_words`: share of words that no dictionary has.

use crate::score::Evidence;
use crate::signals::{Case, Family, Prior, Say, Signal, Spec};
use crate::text::{FEWEST_WORDS, Kind, Tokens, dictionary};
use std::cell::LazyCell;

/// `A4.unknown_words`, as its [`Spec`] says.
pub struct UnknownWords;

static SPEC: Spec = Spec {
    code: "A4.unknown_words",
    family: Family::A4,
    what: "lower-case words that the spelling dictionary does not know / (lower-case words + 10); names (capitalised words and those of the property, its brand and place), numbers and drawn-out words (\"sooo\") left out",
    why: "Approximate language may come from a firm that is paid by the comment. It also comes from thumbs, from local dishes and from guests who write in a foreign language, so it weighs little on its own.",
    range: (0.0, 1.0),
    unit: "share of words",
    missing: "fewer than five lower-case words, or no dictionary of the language (English and French have one)",
    source: "advice 4",
    high: Say {
        en: "many words that no dictionary has",
        fr: "beaucoup de mots absents du dictionnaire",
    },
    low: Say {
        en: "spelt like the dictionary",
        fr: "orthographe du dictionnaire",
    },
    prior: Prior {
        centre: 0.015,
        scale: 0.025,
        weight: 0.15,
    },
};

impl Signal for UnknownWords {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let found = unknown(case)?;
        (found.checked >= FEWEST_WORDS).then(|| found.unknown.len() as f64 / (found.checked + 10) as f64)
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        let (Some(text), Some(found)) = (case.text, unknown(case).filter(|found| found.checked >= FEWEST_WORDS)) else {
            return Evidence::default();
        };
        Evidence {
            spans: found.unknown.iter().map(|at| text.span(*at..at + 1)).collect(),
            facts: vec![("unknown words", format!("{} of {}", found.unknown.len(), found.checked))],
        }
    }
}

struct Found {
    unknown: Vec<usize>,
    checked: usize,
}

fn unknown(case: &Case<'_>) -> Option<Found> {
    let text = case.text?;
    let language = text.language?;
    let review = case.review;
    // Asked for only where a word is not known.
    let names = LazyCell::new(|| {
        let fields = [
            &review.property_name,
            &review.property_brand,
            &review.property_place,
            &review.reviewer_place,
        ];
        let names = fields.into_iter().flatten().map(|name| Tokens::of(name));
        names
            .flat_map(|name| name.list)
            .map(|part| part.hash)
            .collect::<Vec<u64>>()
    });
    let mut found = Found {
        unknown: Vec::new(),
        checked: 0,
    };
    for (at, token) in text.tokens.list.iter().enumerate() {
        if token.kind != Kind::Word || token.case != crate::text::Case::Lower {
            continue;
        }
        let word = text.tokens.folded_of(token);
        let known = dictionary::knows(language.code(), word)?;
        if !known && (is_drawn_out(word) || names.contains(&token.hash)) {
            continue;
        }
        found.checked += 1;
        if !known {
            found.unknown.push(at);
        }
    }
    Some(found)
}

/// Three times the same letter in a row.
fn is_drawn_out(word: &str) -> bool {
    word.as_bytes()
        .windows(3)
        .any(|three| three[0] == three[1] && three[1] == three[2])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signals::testing::{check_signal, on_french, on_text};

    use crate::context::Surroundings;
    use crate::review::Review;

    // The texts are invented.
    #[test]
    fn fires_on_misspelt_text() {
        assert!(
            on_text(
                &UnknownWords,
                "the personel was verry freindly and the restorant was beautifull"
            ) > Some(0.2)
        );
        assert!(
            on_french(
                &UnknownWords,
                "la chanbre étais propre et le personel tres acceuillant dans le restorant"
            ) > Some(0.1)
        );
    }

    #[test]
    fn is_silent_on_names_numbers_and_drawn_out_words() {
        assert_eq!(
            on_text(
                &UnknownWords,
                "We met Zbigniew and Ayşe near Ksamil at 10h30, it was sooooo good to be there"
            ),
            Some(0.0)
        );
        let review = Review {
            text: Some("the stay at zyrkonia was good and we liked the room".to_owned()),
            property_name: Some("Hotel Zyrkonia".to_owned()),
            ..Review::default()
        };
        assert_eq!(
            check_signal(&UnknownWords, &review, &Surroundings::default(), &[]),
            Some(0.0)
        );
    }

    #[test]
    fn is_missing_without_dictionary_or_words() {
        let review = Review {
            text: Some("Izba bola malá ale čistá a personál bol milý".to_owned()),
            ..Review::default()
        };
        assert_eq!(
            check_signal(&UnknownWords, &review, &Surroundings::default(), &[]),
            None
        );
        assert_eq!(on_text(&UnknownWords, "verry gud"), None);
    }
}
