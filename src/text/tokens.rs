//! Words, numbers and signs of a text, with their folded form.

use super::fold::{is_apostrophe, push_folded};
use unicode_normalization::char::is_combining_mark;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Letters, with inner apostrophes.
    Word,
    /// Starts with a digit: `12`, `4.5`, `12th`, `10h30`.
    Number,
    /// A single punctuation mark.
    Punctuation,
    /// Anything else that is not white space: currency signs, emoji, arrows.
    Symbol,
}

/// How a word is capitalised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Case {
    /// No capital, or a script without case.
    Lower,
    /// Only the first letter is a capital (one-letter capitals too).
    Capital,
    /// At least two letters, all capitals.
    Upper,
    /// Anything else.
    Mixed,
}

/// One token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Byte offset of its start in the source.
    pub start: u32,
    /// Byte offset of its end in the source.
    pub end: u32,
    /// Byte offset in [`Tokens::folded`] of its folded form.
    pub folded_start: u32,
    /// Byte offset of the end of its folded form.
    pub folded_end: u32,
    /// What it is.
    pub kind: Kind,
    /// Its capitals.
    pub case: Case,
    /// White space, or the start of the text, stands before it.
    pub spaced: bool,
}

/// The tokens of a text.
///
/// `folded` holds the folded forms with one blank before, between and after them, punctuation included, so that a word
/// list entry with blanks around it matches on word boundaries and never across a comma. Numbers are `#` in it. Hyphens
/// inside compounds are tokens with an empty folded form, so that `state-of-the-art` and `state of the art` are the same.
#[derive(Clone, Debug, Default)]
pub struct Tokens {
    /// The tokens in order.
    pub list: Vec<Token>,
    /// Their folded forms.
    pub folded: String,
}

/// Elided words of French that stand before an apostrophe and are tokens of their own.
const ELIDED: [&str; 14] = [
    "l", "d", "j", "m", "t", "s", "n", "c", "qu", "jusqu", "lorsqu", "puisqu", "dell", "all",
];

impl Tokens {
    /// Splits a text.
    pub fn of(source: &str) -> Tokens {
        let mut tokens = Tokens {
            list: Vec::with_capacity(source.len() / 5),
            folded: String::with_capacity(source.len() + 16),
        };
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
        tokens
    }

    /// The folded form of a token.
    pub fn folded_of(&self, token: &Token) -> &str {
        &self.folded[token.folded_start as usize..token.folded_end as usize]
    }

    fn push(&mut self, start: usize, end: usize, kind: Kind, case: Case, fold: impl FnOnce(&mut String)) {
        let folded_start = self.folded.len() as u32;
        fold(&mut self.folded);
        let folded_end = self.folded.len() as u32;
        self.folded.push(' ');
        self.list.push(Token {
            start: start as u32,
            end: end as u32,
            folded_start,
            folded_end,
            kind,
            case,
            spaced: false,
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
            start: start as u32,
            end: end as u32,
            folded_start: at,
            folded_end: at,
            kind: Kind::Punctuation,
            case: Case::Lower,
            spaced: false,
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
            return;
        }
        let mut end = start + first.len_utf8();
        let mut begin = start;
        while let Some(&(at, c)) = rest.peek() {
            if c.is_alphanumeric() && !is_ideograph(c) || is_combining_mark(c) {
                end = at + c.len_utf8();
                rest.next();
            } else if is_apostrophe(c) && source[at + c.len_utf8()..].starts_with(char::is_alphabetic) {
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
        let case = case_of(word);
        self.push(start, end, Kind::Word, case, |folded| {
            for c in word.chars() {
                push_folded(c, folded);
            }
        });
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

/// White space, and the marks without width that exports leave behind.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || c == '\u{feff}' || c == '\u{200b}'
}

fn case_of(word: &str) -> Case {
    let (mut upper, mut lower, mut first_upper, mut letters) = (0, 0, false, 0);
    for c in word.chars().filter(|c| c.is_alphabetic()) {
        if c.is_uppercase() {
            upper += 1;
            first_upper |= letters == 0;
        } else {
            lower += 1;
        }
        letters += 1;
    }
    match (upper, lower) {
        (0, _) => Case::Lower,
        (1, _) if first_upper => Case::Capital,
        (_, 0) => Case::Upper,
        _ => Case::Mixed,
    }
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{e00}'..='\u{e7f}' | '\u{20000}'..='\u{2fa1f}')
}

fn is_punctuation(c: char) -> bool {
    c.is_ascii_punctuation() && !matches!(c, '$' | '+' | '<' | '=' | '>' | '^' | '`' | '|' | '~')
        || matches!(
            c,
            '…' | '–'
                | '—'
                | '«'
                | '»'
                | '“'
                | '”'
                | '„'
                | '‘'
                | '’'
                | '¿'
                | '¡'
                | '·'
                | '•'
                | '、'
                | '。'
                | '،'
                | '؟'
                | '！'
                | '？'
                | '，'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(source: &str) -> Vec<String> {
        let tokens = Tokens::of(source);
        tokens
            .list
            .iter()
            .map(|token| tokens.folded_of(token).to_owned())
            .collect()
    }

    #[test]
    fn elisions_and_possessives_are_words_of_their_own() {
        assert_eq!(
            words("L’hôtel d'à côté, aujourd'hui"),
            ["l'", "hotel", "d'", "a", "cote", ",", "aujourd'hui"]
        );
        assert_eq!(
            words("The hotel's bar: it's what I don't like"),
            [
                "the", "hotel", "'s", "bar", ":", "it", "'s", "what", "i", "don't", "like"
            ]
        );
    }

    #[test]
    fn hyphens_inside_compounds_leave_no_trace() {
        let tokens = Tokens::of("A state-of-the-art week‑end - not 5-star");
        assert_eq!(tokens.folded, " a state of the art week end - not # - star ");
        assert_eq!(tokens.folded_of(&tokens.list[2]), "");
    }

    #[test]
    fn numbers_are_masked_and_keep_their_span() {
        let source = "Room 214, 4.5 km, 10h30, €95!";
        assert_eq!(
            words(source),
            ["room", "#", ",", "#", "km", ",", "#", ",", "€", "#", "!"]
        );
        let tokens = Tokens::of(source);
        assert_eq!(
            &source[tokens.list[3].start as usize..tokens.list[3].end as usize],
            "4.5"
        );
    }

    #[test]
    fn case_is_told_apart() {
        let tokens = Tokens::of("the Best HOTEL iPhone I");
        let cases: Vec<Case> = tokens.list.iter().map(|token| token.case).collect();
        assert_eq!(
            cases,
            [Case::Lower, Case::Capital, Case::Upper, Case::Mixed, Case::Capital]
        );
    }

    proptest::proptest! {
        #[test]
        fn spans_lie_on_characters_and_cover_all_but_white_space(source in "\\PC{0,200}") {
            let tokens = Tokens::of(&source);
            let mut at = 0;
            for token in &tokens.list {
                let (start, end) = (token.start as usize, token.end as usize);
                proptest::prop_assert!(at <= start && start < end);
                proptest::prop_assert!(source[at..start].chars().all(is_blank));
                at = end;
            }
            proptest::prop_assert!(source[at..].chars().all(is_blank));
        }
    }
}
