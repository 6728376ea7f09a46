//! Folding: what makes `Été`, `ete` and `ÉTÉ` one word.

use std::sync::LazyLock;
use unicode_normalization::char::{decompose_canonical, is_combining_mark};

/// The letters of Western and Central Europe beyond ASCII, folded beforehand: they are nearly all there are.
const LATIN: std::ops::Range<u32> = 0x80..0x250;
/// Those that fold to one character.
static FOLDED: LazyLock<Vec<Option<char>>> = LazyLock::new(|| {
    let mut folded = String::new();
    LATIN
        .map(|code| {
            folded.clear();
            push_slowly(char::from_u32(code)?, &mut folded);
            let mut characters = folded.chars();
            characters.next().filter(|_| characters.next().is_none())
        })
        .collect()
});

/// The folded form of a character where it is one character and quickly found.
#[inline]
pub fn folded_char(c: char) -> Option<char> {
    if c.is_ascii() {
        Some(c.to_ascii_lowercase())
    } else {
        *FOLDED.get((u32::from(c).checked_sub(LATIN.start)?) as usize)?
    }
}

/// Appends the folded form of a character: lower case, without accents, ligatures opened, apostrophes straight.
#[inline]
pub fn push_folded(c: char, folded: &mut String) {
    match folded_char(c) {
        Some(c) => folded.push(c),
        None => push_slowly(c, folded),
    }
}

fn push_slowly(c: char, folded: &mut String) {
    match c {
        'œ' | 'Œ' => folded.push_str("oe"),
        'æ' | 'Æ' => folded.push_str("ae"),
        'ß' | 'ẞ' => folded.push_str("ss"),
        'ø' | 'Ø' => folded.push('o'),
        'ł' | 'Ł' => folded.push('l'),
        'ı' => folded.push('i'),
        '’' | '‘' | 'ʼ' | '´' | '`' => folded.push('\''),
        _ => {
            for lower in c.to_lowercase() {
                decompose_canonical(lower, |part| {
                    if !is_combining_mark(part) {
                        folded.push(part);
                    }
                });
            }
        }
    }
}

/// The folded form of a text, every character on its own.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        push_folded(c, &mut folded);
    }
    folded
}

/// Whether the character is one of the signs in use as an apostrophe inside words.
#[inline]
pub fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | '´')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_case_and_apostrophes_fold() {
        assert_eq!(fold("L’Été à Œuvre, STRASSE straße"), "l'ete a oeuvre, strasse strasse");
        assert_eq!(fold("e\u{301}te\u{301}"), "ete");
        assert_eq!(fold("日本 Ωμέγα"), "日本 ωμεγα");
    }
}
