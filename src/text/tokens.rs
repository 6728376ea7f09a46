//! Words, numbers and signs of a text, with their folded form.

use super::fold::{is_apostrophe, push_folded};
use unicode_normalization::char::is_combining_mark;
use xxhash_rust::xxh3::xxh3_64;

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

impl Case {
    /// By the number of capitals and of other letters, and whether the first letter is a capital.
    fn of(upper: u32, lower: u32, first_upper: bool) -> Case {
        match (upper, lower) {
            (0, _) => Case::Lower,
            (1, _) if first_upper => Case::Capital,
            (_, 0) => Case::Upper,
            _ => Case::Mixed,
        }
    }
}

/// One token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// XXH3-64 of its folded form.
    pub hash: u64,
    /// Byte offset of its start in the source.
    pub start: u32,
    /// Byte offset of its end in the source.
    pub end: u32,
    /// Byte offset in [`Tokens::folded`] of its folded form.
    pub folded_start: u32,
    /// Byte offset of the end of its folded form.
    pub folded_end: u32,
    /// Letters of a word; 0 for all else.
    pub letters: u32,
    /// What it is.
    pub kind: Kind,
    /// Its capitals.
    pub case: Case,
    /// White space, or the start of the text, stands before it.
    pub spaced: bool,
    /// A hyphen inside a compound, which leaves no trace in the folded text.
    pub silent: bool,
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
pub(super) const ELIDED: [&str; 14] = [
    "l", "d", "j", "m", "t", "s", "n", "c", "qu", "jusqu", "lorsqu", "puisqu", "dell", "all",
];

impl Tokens {
    /// Splits a text.
    pub fn of(source: &str) -> Tokens {
        let mut tokens = Tokens {
            list: Vec::with_capacity(source.len() / 4 + 4),
            folded: String::with_capacity(source.len() + source.len() / 4 + 16),
        };
        tokens.read(source);
        tokens
    }

    /// Splits a text in place of the one before, in the same memory.
    pub(super) fn read(&mut self, source: &str) {
        let tokens = self;
        tokens.list.clear();
        tokens.folded.clear();
        tokens.folded.push(' ');
        let bytes = source.as_bytes();
        let mut at = 0;
        let mut spaced = true;
        while let Some(byte) = bytes.get(at) {
            let c = match CLASSES[usize::from(*byte)] {
                Class::Blank => {
                    spaced = true;
                    at += 1;
                    continue;
                }
                Class::Wide => char_at(source, at),
                _ => char::from(*byte),
            };
            let end = at + c.len_utf8();
            if is_blank(c) {
                spaced = true;
                at = end;
                continue;
            }
            let first = tokens.list.len();
            at = if is_letter(c) {
                tokens.word(source, at, c)
            } else if c.is_numeric() {
                tokens.number(source, at)
            } else if is_hyphen(c) && !spaced && tokens.joins(source, at, end) {
                tokens.push(at, end, Kind::Punctuation, Case::Lower, true);
                end
            } else {
                let kind = if is_punctuation(c) {
                    Kind::Punctuation
                } else {
                    Kind::Symbol
                };
                push_folded(c, &mut tokens.folded);
                tokens.push(at, end, kind, Case::Lower, false);
                end
            };
            tokens.list[first].spaced = spaced;
            spaced = false;
        }
    }

    /// The folded form of a token.
    #[inline]
    pub fn folded_of(&self, token: &Token) -> &str {
        &self.folded[token.folded_start as usize..token.folded_end as usize]
    }

    /// Adds a token whose folded form stands at the end of `folded`, from where the last token's blank ended.
    fn push(&mut self, start: usize, end: usize, kind: Kind, case: Case, silent: bool) {
        // The folded text begins with a blank, and every token but silent ones leaves one behind it.
        let folded_start = self
            .list
            .last()
            .map_or(1, |last| last.folded_end + u32::from(!last.silent));
        let folded_end = self.folded.len() as u32;
        let hash = xxh3_64(&self.folded.as_bytes()[folded_start as usize..]);
        if !silent {
            self.folded.push(' ');
        }
        self.list.push(Token {
            hash,
            start: start as u32,
            end: end as u32,
            folded_start,
            folded_end,
            letters: 0,
            kind,
            case,
            spaced: false,
            silent,
        });
    }

    /// Whether a hyphen stands inside a compound: right between two words.
    fn joins(&self, source: &str, start: usize, end: usize) -> bool {
        let after_word = self
            .list
            .last()
            .is_some_and(|last| last.kind == Kind::Word && last.end as usize == start);
        after_word && source[end..].starts_with(char::is_alphabetic)
    }

    /// Adds the words of a run of letters, apostrophes and digits that begins at `start`; returns where it ends.
    fn word(&mut self, source: &str, start: usize, first: char) -> usize {
        let bytes = source.as_bytes();
        let mut at = start + first.len_utf8();
        if is_ideograph(first) {
            push_folded(first, &mut self.folded);
            self.push_letters(start, at, Case::Lower, 1);
            return at;
        }
        let mut begin = start;
        loop {
            at = skip_letters(bytes, at);
            let Some(byte) = bytes.get(at) else { break };
            let (c, letter) = match CLASSES[usize::from(*byte)] {
                Class::Wide => {
                    let c = char_at(source, at);
                    (
                        c,
                        (is_letter(c) || c.is_numeric()) && !is_ideograph(c) || is_combining_mark(c),
                    )
                }
                Class::Other => (char::from(*byte), false),
                Class::Blank | Class::Letter | Class::Digit => break,
            };
            let after = at + c.len_utf8();
            // Some of the signs in use as an apostrophe are letters by their kind, and stay so.
            if !letter {
                if !is_apostrophe(c) || !source[after..].starts_with(is_letter_of_a_word) {
                    break;
                }
                if ELIDED
                    .iter()
                    .any(|elided| source[begin..at].eq_ignore_ascii_case(elided))
                {
                    self.push_word(source, begin, after);
                    begin = after;
                } else if matches!(bytes[after], b's' | b'S') && !source[after + 1..].starts_with(char::is_alphanumeric)
                {
                    self.push_word(source, begin, at);
                    begin = at;
                }
            }
            at = after;
        }
        self.push_word(source, begin, at);
        at
    }

    fn push_word(&mut self, source: &str, start: usize, end: usize) {
        let word = &source[start..end];
        let marks = word.bytes().fold(Marks::default(), Marks::and);
        let (case, letters) = if marks.wide {
            word.chars().for_each(|c| push_folded(c, &mut self.folded));
            case_of(word)
        } else {
            let folded = self.folded.len();
            self.folded.push_str(word);
            if marks.upper > 0 {
                self.folded[folded..].make_ascii_lowercase();
            }
            let first_upper = || {
                let first = word.bytes().find(u8::is_ascii_alphabetic);
                first.is_some_and(|first| first.is_ascii_uppercase())
            };
            let first_upper = marks.upper == 1 && first_upper();
            (
                Case::of(marks.upper, marks.letters - marks.upper, first_upper),
                marks.letters,
            )
        };
        self.push_letters(start, end, case, letters);
    }

    fn push_letters(&mut self, start: usize, end: usize, case: Case, letters: u32) {
        self.push(start, end, Kind::Word, case, false);
        if let Some(word) = self.list.last_mut() {
            word.letters = letters;
        }
    }

    /// Adds a number; returns where it ends.
    fn number(&mut self, source: &str, start: usize) -> usize {
        let bytes = source.as_bytes();
        let mut at = start;
        loop {
            at = skip_letters(bytes, at);
            match bytes.get(at) {
                Some(b'.' | b',' | b':') if bytes.get(at + 1).is_some_and(u8::is_ascii_digit) => at += 1,
                Some(128..) => {
                    let c = char_at(source, at);
                    if !c.is_alphanumeric() {
                        break;
                    }
                    at += c.len_utf8();
                }
                _ => break,
            }
        }
        self.folded.push('#');
        self.push(start, at, Kind::Number, Case::Lower, false);
        at
    }
}

/// What `char::is_alphabetic` says, told at once of Latin, Cyrillic and Arabic letters.
#[inline]
fn is_letter(c: char) -> bool {
    matches!(c, 'a'..='z' | 'A'..='Z' | 'À'..='Ö' | 'Ø'..='ö' | 'ø'..='\u{24f}' | '\u{400}'..='\u{47f}' | '\u{620}'..='\u{64a}')
        || c.is_alphabetic()
}

/// A letter that words are made of; an ideograph is a word of its own.
pub(super) fn is_letter_of_a_word(c: char) -> bool {
    is_letter(c) && !is_ideograph(c)
}

/// What the bytes of a word tell of it, counted one by one: for so few, that is faster than many at once.
#[derive(Clone, Copy, Default)]
struct Marks {
    upper: u32,
    letters: u32,
    /// There are others than those of ASCII.
    wide: bool,
}

impl Marks {
    #[inline]
    fn and(self, byte: u8) -> Marks {
        let class = CLASSES[usize::from(byte)];
        let letter = matches!(class, Class::Letter);
        Marks {
            upper: self.upper + u32::from(letter && byte & 0x20 == 0),
            letters: self.letters + u32::from(letter),
            wide: self.wide | matches!(class, Class::Wide),
        }
    }
}

/// What a byte begins.
#[derive(Clone, Copy)]
enum Class {
    Blank,
    Letter,
    Digit,
    Other,
    /// A character of several bytes.
    Wide,
}

const CLASSES: [Class; 256] = {
    let mut classes = [Class::Wide; 256];
    let mut byte = 0;
    while byte < 128 {
        classes[byte] = match byte as u8 {
            // What `char::is_whitespace` takes for white space.
            b'\t'..=b'\r' | b' ' => Class::Blank,
            b'a'..=b'z' | b'A'..=b'Z' => Class::Letter,
            b'0'..=b'9' => Class::Digit,
            _ => Class::Other,
        };
        byte += 1;
    }
    classes
};

/// The offset of the first byte from `at` on that begins no letter or digit of ASCII and no letter of Latin-1, of the Latin
/// extensions A and B, of Cyrillic or Arabic, with which nearly all words are written that are no ideographs.
fn skip_letters(bytes: &[u8], mut at: usize) -> usize {
    loop {
        match bytes.get(at).map(|byte| CLASSES[usize::from(*byte)]) {
            Some(Class::Letter | Class::Digit) => at += 1,
            Some(Class::Wide)
                if matches!(
                    bytes[at..],
                    [0xc3, 0x80..=0x96 | 0x98..=0xb6 | 0xb8..=0xbf, ..] | [0xc4..=0xc9 | 0xd0 | 0xd1, ..]
                        | [0xd8, 0xa0..=0xbf, ..]
                        | [0xd9, 0x80..=0x8a, ..]
                ) =>
            {
                at += 2
            }
            _ => return at,
        }
    }
}

fn char_at(source: &str, at: usize) -> char {
    // Only ever asked for where a character begins.
    source[at..].chars().next().unwrap_or_default()
}

/// White space, and the marks without width that exports leave behind.
pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace() || c == '\u{feff}' || c == '\u{200b}'
}

/// The capitals of a word, and the number of its letters.
pub(super) fn case_of(word: &str) -> (Case, u32) {
    let (mut upper, mut first_upper, mut letters) = (0, false, 0);
    for is_upper in word.chars().filter_map(capital) {
        upper += u32::from(is_upper);
        first_upper |= is_upper && letters == 0;
        letters += 1;
    }
    (Case::of(upper, letters - upper, first_upper), letters)
}

/// Whether a letter is a capital; `None` of what is no letter.
#[inline]
fn capital(c: char) -> Option<bool> {
    match c {
        'a'..='z' | 'ß'..='ö' | 'ø'..='ÿ' => Some(false),
        'A'..='Z' | 'À'..='Ö' | 'Ø'..='Þ' => Some(true),
        '\u{620}'..='\u{64a}' => Some(false),
        _ => is_letter(c).then(|| c.is_uppercase()),
    }
}

pub(super) fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

pub(super) fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{e00}'..='\u{e7f}' | '\u{20000}'..='\u{2fa1f}')
}

pub(super) fn is_punctuation(c: char) -> bool {
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
    use super::super::tokens_reference;
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

    #[test]
    fn capitals_are_those_of_unicode() {
        for c in '\0'..=char::MAX {
            assert_eq!(capital(c), c.is_alphabetic().then(|| c.is_uppercase()), "{c:?}");
        }
    }

    #[test]
    fn only_letters_and_digits_are_skipped() {
        for c in '\0'..=char::MAX {
            let skipped = skip_letters(c.to_string().as_bytes(), 0);
            assert!(
                skipped == 0 || skipped == c.len_utf8() && c.is_alphanumeric() && !is_ideograph(c),
                "{c:?}"
            );
        }
    }

    #[test]
    fn an_apostrophe_before_an_ideograph_leaves_no_empty_word() {
        let tokens = Tokens::of("J'日");
        assert!(tokens.list.iter().all(|token| token.start < token.end));
        assert_eq!(tokens.list.len(), 3);
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

        #[test]
        fn they_are_those_of_the_reference(source in "(\\PC|[a-zA-Z 0-9.,:'’-]|[éÉ×÷ÿªœßĳ\u{301}Ωж]|日|\\s){0,80}") {
            let tokens = Tokens::of(&source);
            let expected = tokens_reference::of(&source);
            proptest::prop_assert_eq!(&tokens.list, &expected.list);
            proptest::prop_assert_eq!(&tokens.folded, &expected.folded);
        }
    }
}
