//! Sentences as ranges of tokens.

use super::tokens::{Kind, Token, Tokens};
use std::ops::Range;

/// Words after which a full stop does not end a sentence (folded).
const ABBREVIATIONS: [&str; 20] = [
    "mr", "mrs", "ms", "dr", "st", "ste", "mme", "mlle", "m", "prof", "approx", "min", "hr", "hrs", "etc", "vs", "no",
    "av", "bd", "env",
];

/// Splits tokens into sentences: at `.`, `!`, `?`, `…` followed by white space or the end, and at line breaks.
pub fn split(source: &str, tokens: &Tokens) -> Vec<Range<u32>> {
    let mut sentences = Vec::new();
    let list = &tokens.list;
    let mut begin = 0;
    for (i, token) in list.iter().enumerate() {
        let next = list.get(i + 1);
        let gap_end = next.map_or(source.len(), |next| next.start as usize);
        let broken = source.as_bytes()[token.end as usize..gap_end].contains(&b'\n');
        let closed = next.is_none_or(|next| next.spaced) && is_terminal(source, token) && !abbreviates(tokens, i);
        if broken || closed || next.is_none() {
            if list[begin..=i]
                .iter()
                .any(|token| matches!(token.kind, Kind::Word | Kind::Number))
            {
                sentences.push(begin as u32..i as u32 + 1);
                begin = i + 1;
            } else if let Some(last) = sentences.last_mut() {
                // Signs alone ("...", ":-)") belong to the sentence before them.
                last.end = i as u32 + 1;
                begin = i + 1;
            }
        }
    }
    sentences
}

fn is_terminal(source: &str, token: &Token) -> bool {
    token.kind == Kind::Punctuation
        && source[token.start as usize..token.end as usize].starts_with(['.', '!', '?', '…', '。', '！', '？', '؟'])
}

fn abbreviates(tokens: &Tokens, at: usize) -> bool {
    at > 0
        && tokens.list[at - 1].kind == Kind::Word
        && tokens.folded_of(&tokens.list[at]) == "."
        && at + 1 < tokens.list.len()
        && ABBREVIATIONS.contains(&tokens.folded_of(&tokens.list[at - 1]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(source: &str) -> usize {
        split(source, &Tokens::of(source)).len()
    }

    #[test]
    fn sentences_end_where_a_reader_ends_them() {
        assert_eq!(count("We stayed at St. Regis. It was 4.5 km away! Really?!"), 3);
        assert_eq!(count("Très bien\nÀ refaire"), 2);
        assert_eq!(count("Nice... very nice :-)"), 2);
        assert_eq!(count(""), 0);
        assert_eq!(count("..."), 0);
    }
}
