//! Occasions: feasts and events that a text names, which bring many guests, and many reviews, at once.

use crate::text::{Kind, Tokens};
use rustc_hash::FxHashMap;
use std::sync::LazyLock;
use xxhash_rust::xxh3::xxh3_64;

/// Folded words that name an occasion, with what it is called in their language.
const WORDS: [(&str, &str); 42] = [
    ("christmas", "Christmas"),
    ("xmas", "Christmas"),
    ("thanksgiving", "Thanksgiving"),
    ("easter", "Easter"),
    ("halloween", "Halloween"),
    ("valentine", "Valentine's Day"),
    ("valentines", "Valentine's Day"),
    ("festival", "festival"),
    ("festivals", "festival"),
    ("carnival", "carnival"),
    ("concert", "concert"),
    ("concerts", "concert"),
    ("marathon", "marathon"),
    ("triathlon", "triathlon"),
    ("tournament", "tournament"),
    ("championship", "championship"),
    ("olympics", "Olympics"),
    ("congress", "congress"),
    ("conference", "conference"),
    ("convention", "convention"),
    ("exhibition", "exhibition"),
    ("expo", "exhibition"),
    ("wedding", "wedding"),
    ("graduation", "graduation"),
    ("groupon", "Groupon"),
    ("noel", "Noël"),
    ("paques", "Pâques"),
    ("valentin", "Saint-Valentin"),
    ("reveillon", "réveillon"),
    ("carnaval", "carnaval"),
    ("tournoi", "tournoi"),
    ("championnat", "championnat"),
    ("olympiques", "Jeux olympiques"),
    ("congres", "congrès"),
    ("colloque", "colloque"),
    ("seminaire", "séminaire"),
    ("exposition", "exposition"),
    ("mariage", "mariage"),
    ("inauguration", "inauguration"),
    ("reouverture", "réouverture"),
    ("reopening", "reopening"),
    ("biennale", "biennale"),
];

/// Place in [`WORDS`], plus one, by the hash of the word.
static BY_HASH: LazyLock<FxHashMap<u64, u8>> = LazyLock::new(|| {
    WORDS
        .iter()
        .zip(1..)
        .map(|((word, _), at)| (xxh3_64(word.as_bytes()), at))
        .collect()
});

/// The first occasion that a text names: a number for [`name`], 0 where there is none.
pub(super) fn named(tokens: &Tokens) -> u8 {
    let words = tokens.list.iter().filter(|token| token.kind == Kind::Word);
    let mut known = words.filter_map(|token| BY_HASH.get(&token.hash));
    known.next().map_or(0, |at| first_of_name(*at))
}

/// Several words for one occasion share the number of the first.
fn first_of_name(at: u8) -> u8 {
    let name = name(at);
    WORDS
        .iter()
        .zip(1..)
        .find(|((_, other), _)| *other == name)
        .map_or(at, |(_, first)| first)
}

/// What an occasion is called.
pub(crate) fn name(at: u8) -> &'static str {
    usize::from(at)
        .checked_sub(1)
        .and_then(|at| WORDS.get(at))
        .map_or("", |(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn occasions_are_named_in_two_languages() {
        let found = |text: &str| name(named(&Tokens::of(text)));
        assert_eq!(found("We came for the Lorvane Festival and stayed"), "festival");
        assert_eq!(found("Ouvert à Noël, quelle chance"), "Noël");
        assert_eq!(found("XMAS dinner"), found("Christmas dinner"));
        assert_eq!(found("A quiet room over the yard"), "");
    }
}
