//! The tokens of a text, found character by character: what the fast path in [`super::tokens`] must equal.

use super::fold::{is_apostrophe, push_folded};
use super::tokens::{
    Case, ELIDED, Kind, Token, Tokens, case_of, is_blank, is_hyphen, is_ideograph, is_letter_of_a_word, is_punctuation,
};
use unicode_normalization::char::is_combining_mark;
use xxhash_rust::xxh3::xxh3_64;

/// Splits a text.
pub fn of(source: &str) -> Tokens {
    Reference::default().of(source)
}

#[derive(Default)]
struct Reference {
    list: Vec<Token>,
    folded: String,
}

impl Reference {
    fn of(mut self, source: &str) -> Tokens {
        let tokens = &mut self;
        tokens.folded.push(' ');
        let mut rest = source.char_indices().peekable();
        let mut spaced = true;
        while let Some((start, c)) = rest.next() {
            if is_blank(c) {
                spaced = true;
                continue;
            }
            let first = tokens.list.len();
            if c.is_alphabetic() {
                tokens.word(source, start, c, &mut rest);
            } else if c.is_numeric() {
                tokens.number(source, start, c, &mut rest);
            } else if is_hyphen(c) && !spaced && tokens.joins(start, rest.peek().map(|(_, next)| *next)) {
                tokens.push_silent(start, start + c.len_utf8());
            } else {
                let kind = if is_punctuation(c) {
                    Kind::Punctuation
                } else {
                    Kind::Symbol
                };
                tokens.push(start, start + c.len_utf8(), kind, Case::Lower, |folded| {
                    push_folded(c, folded)
                });
            }
            tokens.list[first].spaced = spaced;
            spaced = false;
        }
        Tokens {
            list: self.list,
            folded: self.folded,
        }
    }

    fn push(&mut self, start: usize, end: usize, kind: Kind, case: Case, fold: impl FnOnce(&mut String)) {
        let folded_start = self.folded.len() as u32;
        fold(&mut self.folded);
        let folded_end = self.folded.len() as u32;
        self.folded.push(' ');
        self.list.push(Token {
            hash: xxh3_64(&self.folded.as_bytes()[folded_start as usize..folded_end as usize]),
            start: start as u32,
            end: end as u32,
            folded_start,
            folded_end,
            letters: 0,
            kind,
            case,
            spaced: false,
            silent: false,
        });
    }

    /// Whether a hyphen at `start` stands inside a compound: right between two words.
    fn joins(&self, start: usize, next: Option<char>) -> bool {
        let after_word = self
            .list
            .last()
            .is_some_and(|last| last.kind == Kind::Word && last.end as usize == start);
        after_word && next.is_some_and(char::is_alphabetic)
    }

    /// A token that leaves no trace in the folded text.
    fn push_silent(&mut self, start: usize, end: usize) {
        let at = self.folded.len() as u32;
        let token = Token {
            hash: xxh3_64(b""),
            start: start as u32,
            end: end as u32,
            folded_start: at,
            folded_end: at,
            letters: 0,
            kind: Kind::Punctuation,
            case: Case::Lower,
            spaced: false,
            silent: true,
        };
        self.list.push(token);
    }

    fn word(
        &mut self,
        source: &str,
        start: usize,
        first: char,
        rest: &mut std::iter::Peekable<std::str::CharIndices<'_>>,
    ) {
        if is_ideograph(first) {
            self.push(start, start + first.len_utf8(), Kind::Word, Case::Lower, |folded| {
                push_folded(first, folded)
            });
            self.list.last_mut().expect("just added").letters = 1;
            return;
        }
        let mut end = start + first.len_utf8();
        let mut begin = start;
        while let Some(&(at, c)) = rest.peek() {
            if c.is_alphanumeric() && !is_ideograph(c) || is_combining_mark(c) {
                end = at + c.len_utf8();
                rest.next();
            } else if is_apostrophe(c) && source[at + c.len_utf8()..].starts_with(is_letter_of_a_word) {
                let after = at + c.len_utf8();
                if ELIDED
                    .iter()
                    .any(|elided| source[begin..at].eq_ignore_ascii_case(elided))
                {
                    self.push_word(source, begin, after);
                    begin = after;
                } else if source[after..].starts_with(['s', 'S'])
                    && !source[after + 1..].starts_with(char::is_alphanumeric)
                {
                    self.push_word(source, begin, at);
                    begin = at;
                }
                end = after;
                rest.next();
            } else {
                break;
            }
        }
        self.push_word(source, begin, end);
    }

    fn push_word(&mut self, source: &str, start: usize, end: usize) {
        let word = &source[start..end];
        let (case, letters) = case_of(word);
        self.push(start, end, Kind::Word, case, |folded| {
            for c in word.chars() {
                push_folded(c, folded);
            }
        });
        self.list.last_mut().expect("just added").letters = letters;
    }

    fn number(
        &mut self,
        source: &str,
        start: usize,
        first: char,
        rest: &mut std::iter::Peekable<std::str::CharIndices<'_>>,
    ) {
        let mut end = start + first.len_utf8();
        while let Some(&(at, c)) = rest.peek() {
            let separator =
                matches!(c, '.' | ',' | ':') && source[at + 1..].starts_with(|next: char| next.is_ascii_digit());
            if !(c.is_alphanumeric() || separator) {
                break;
            }
            end = at + c.len_utf8();
            rest.next();
        }
        self.push(start, end, Kind::Number, Case::Lower, |folded| folded.push('#'));
    }
}
