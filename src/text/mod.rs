//! Text, analysed once per review and shared by all signals.

mod claims;
pub mod dictionary;
mod fold;
mod language;
mod lexicon;
mod sentences;
mod tokens;

pub use claims::{Clause, Claims};
pub use fold::{fold, push_folded};
pub use language::{Identified, Language, identify};
pub use lexicon::{Aspect, Hit, Lexicon, List};
pub use tokens::{Case, Kind, Token, Tokens};

use crate::score::{Passage, Span};
use std::ops::Range;

/// A text with all that signals ask of it.
pub struct Analysis<'t> {
    /// Which field it is.
    pub passage: Passage,
    /// The text as it stands in the file.
    pub source: &'t str,
    /// Its tokens.
    pub tokens: Tokens,
    /// Its sentences, as ranges of tokens.
    pub sentences: Vec<Range<u32>>,
    /// Its language: as stated, else as identified; `None` where it could not be told.
    pub language: Option<Language>,
    /// What identification says, whatever the file states.
    pub identified: Option<Identified>,
    /// Word list entries found, sorted by list and place; empty where the language has no lists.
    pub hits: Vec<Hit>,
    /// Clauses with their opinion; empty where the language has no lists.
    pub clauses: Vec<Clause>,
    /// Number of words and numbers.
    pub words: usize,
}

impl<'t> Analysis<'t> {
    /// Analyses a text. `stated` is the language that the file or the user gives.
    pub fn new(passage: Passage, source: &'t str, stated: Option<Language>) -> Analysis<'t> {
        let tokens = Tokens::of(source);
        let sentences = sentences::split(source, &tokens);
        let identified = identify(source, &tokens);
        let language = stated.or(identified.map(|identified| identified.language));
        let hits = language.and_then(Lexicon::of).map(|lexicon| lexicon.find(&tokens)).unwrap_or_default();
        let clauses = if hits.is_empty() { Vec::new() } else { claims::clauses(&tokens, &sentences, &hits) };
        let words = tokens.list.iter().filter(|token| matches!(token.kind, Kind::Word | Kind::Number)).count();
        Analysis { passage, source, tokens, sentences, language, identified, hits, clauses, words }
    }

    /// Whether the word lists of the language are complete, so that counts of them mean something.
    pub fn has_lists(&self) -> bool {
        self.language.is_some_and(Lexicon::is_full)
    }

    /// Entries of one list, by place.
    pub fn hits_of(&self, list: List) -> &[Hit] {
        let from = self.hits.partition_point(|hit| hit.list < list);
        let to = self.hits.partition_point(|hit| hit.list <= list);
        &self.hits[from..to]
    }

    /// Number of entries of one list.
    pub fn count(&self, list: List) -> usize {
        self.hits_of(list).len()
    }

    /// A count per hundred words; 0 in a text without words.
    pub fn per_hundred_words(&self, count: usize) -> f64 {
        100.0 * count as f64 / self.words.max(1) as f64
    }

    /// The words (no numbers, no signs).
    pub fn word_tokens(&self) -> impl Iterator<Item = &Token> + Clone {
        self.tokens.list.iter().filter(|token| token.kind == Kind::Word)
    }

    /// The stretch of source that a range of tokens covers.
    pub fn span(&self, tokens: Range<usize>) -> Span {
        let first = self.tokens.list.get(tokens.start).map_or(0, |token| token.start as usize);
        let last = tokens.end.checked_sub(1).and_then(|last| self.tokens.list.get(last)).map_or(first, |token| token.end as usize);
        Span { passage: self.passage, bytes: first..last.max(first) }
    }

    /// The spans of all entries of a list.
    pub fn spans_of(&self, list: List) -> Vec<Span> {
        self.hits_of(list).iter().map(|hit| self.span(hit.tokens())).collect()
    }

    /// The text of a token as written.
    pub fn written(&self, token: &Token) -> &'t str {
        &self.source[token.start as usize..token.end as usize]
    }

    /// Aspects praised and criticised.
    pub fn claims(&self) -> Claims {
        claims::claims(&self.clauses, &self.hits)
    }
}
