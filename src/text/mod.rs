//! Text, analysed once per review and shared by all signals.

mod claims;
mod details;
pub mod dictionary;
mod fold;
#[cfg(all(test, feature = "cli"))]
mod fuzz;
mod grammar;
mod language;
mod lexicon;
#[cfg(test)]
mod lexicon_reference;
mod sentences;
mod ties;
mod tokens;
#[cfg(test)]
mod tokens_reference;
// A part of the build script; the library only tests it.
#[cfg(test)]
mod wordlists;

pub use claims::{Claims, Clause};
pub use details::{Detail, DetailKind};
pub use fold::{fold, folded_char, push_folded};
pub use language::{Identification, Identified, Language, identify};
pub use lexicon::{Aspect, Hit, Lexicon, List};
pub use tokens::{Case, Kind, Token, Tokens};

use crate::score::{Passage, Span};
use std::cell::OnceCell;
use std::ops::Range;

/// Words below which a rate says nothing.
pub const FEWEST_WORDS: usize = 5;

/// Words added to a text's own when a rate is computed.
pub const PADDING: usize = 20;

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
    identified: OnceCell<Identification>,
    details: OnceCell<Vec<Detail>>,
    /// Word list entries found, sorted by list and place; empty where the language has no lists.
    pub hits: Vec<Hit>,
    /// Where the entries of each list found begin in `hits`.
    lists: Vec<(List, usize)>,
    /// Clauses with their opinion; empty where the language has no lists.
    pub clauses: Vec<Clause>,
    /// Number of words and numbers.
    pub words: usize,
}

impl<'t> Analysis<'t> {
    /// Analyses a text. `stated` is the language that the file or the user gives.
    pub fn new(passage: Passage, source: &'t str, stated: Option<Language>) -> Analysis<'t> {
        Analysis::of(passage, source, stated, OnceCell::new())
    }

    /// The same, where the language was identified before: the answer of [`Analysis::identification`].
    pub fn again(
        passage: Passage,
        source: &'t str,
        stated: Option<Language>,
        identified: Identification,
    ) -> Analysis<'t> {
        Analysis::of(passage, source, stated, OnceCell::from(identified))
    }

    fn of(
        passage: Passage,
        source: &'t str,
        stated: Option<Language>,
        identified: OnceCell<Identification>,
    ) -> Analysis<'t> {
        let tokens = Tokens::of(source);
        let sentences = sentences::split(source, &tokens);
        let language = stated.or_else(|| {
            let found = identified.get_or_init(|| identify(source, &tokens)).found();
            found.map(|identified| identified.language)
        });
        let hits = language
            .and_then(Lexicon::of)
            .map(|lexicon| lexicon.find(&tokens))
            .unwrap_or_default();
        let clauses = if hits.is_empty() {
            Vec::new()
        } else {
            claims::clauses(&tokens, &sentences, &hits)
        };
        let starts = (0..hits.len()).filter(|at| *at == 0 || hits[*at].list != hits[at - 1].list);
        let lists = starts.map(|at| (hits[at].list, at)).collect();
        let words = tokens
            .list
            .iter()
            .filter(|token| matches!(token.kind, Kind::Word | Kind::Number))
            .count();
        Analysis {
            passage,
            source,
            tokens,
            sentences,
            language,
            identified,
            details: OnceCell::new(),
            hits,
            lists,
            clauses,
            words,
        }
    }

    /// What identification says of the language, whatever the file states. Found when first asked for: of a title, and of
    /// a text in a stated language, it is often not needed.
    pub fn identified(&self) -> Option<Identified> {
        let found = self.identified.get_or_init(|| identify(self.source, &self.tokens));
        found.found()
    }

    /// How the language was identified; `None` where nothing asked for it yet.
    pub fn identification(&self) -> Option<Identification> {
        self.identified.get().copied()
    }

    /// Whether the word lists of the language are complete, so that counts of them mean something.
    pub fn has_lists(&self) -> bool {
        self.language.is_some_and(Lexicon::is_full)
    }

    /// Entries of one list, by place.
    #[inline]
    pub fn hits_of(&self, list: List) -> &[Hit] {
        let Ok(at) = self.lists.binary_search_by_key(&list, |(list, _)| *list) else {
            return &[];
        };
        let end = self.lists.get(at + 1).map_or(self.hits.len(), |(_, next)| *next);
        &self.hits[self.lists[at].1..end]
    }

    /// Number of entries of one list.
    pub fn count(&self, list: List) -> usize {
        self.hits_of(list).len()
    }

    /// A count per hundred words; 0 in a text without words.
    pub fn per_hundred_words(&self, count: usize) -> f64 {
        100.0 * count as f64 / self.words.max(1) as f64
    }

    /// A count per hundred words, as if [`PADDING`] more words without any stood there, so that one hit in a short text
    /// gives no extreme rate; at most 100. `None` below [`FEWEST_WORDS`] words.
    pub fn rate(&self, count: usize) -> Option<f64> {
        self.rate_of_weight(count as f64)
    }

    /// As [`Analysis::rate`], for a weighted count.
    pub fn rate_of_weight(&self, weight: f64) -> Option<f64> {
        (self.words >= FEWEST_WORDS).then(|| (100.0 * weight / (self.words + PADDING) as f64).min(100.0))
    }

    /// Number of places at which an entry of any of the lists begins: a word in two of the lists counts once.
    pub fn count_any(&self, lists: &[List]) -> usize {
        let mut starts: Vec<u32> = lists
            .iter()
            .flat_map(|list| self.hits_of(*list))
            .map(|hit| hit.first)
            .collect();
        starts.sort_unstable();
        starts.dedup();
        starts.len()
    }

    /// The spans of all entries of several lists, in order of place, each once.
    pub fn spans_of_any(&self, lists: &[List]) -> Vec<Span> {
        let mut spans: Vec<Span> = lists.iter().flat_map(|list| self.spans_of(*list)).collect();
        spans.sort_by_key(|span| (span.bytes.start, span.bytes.end));
        spans.dedup();
        spans
    }

    /// The sum of the clauses' positive opinions, and that of their negative ones, both as positive numbers.
    pub fn opinions(&self) -> (i32, i32) {
        self.clauses.iter().fold((0, 0), |(praise, blame), clause| {
            (praise + clause.polarity.max(0), blame + (-clause.polarity).max(0))
        })
    }

    /// The words (no numbers, no signs).
    #[inline]
    pub fn word_tokens(&self) -> impl Iterator<Item = &Token> + Clone {
        self.tokens.list.iter().filter(|token| token.kind == Kind::Word)
    }

    /// The stretch of source that a range of tokens covers.
    pub fn span(&self, tokens: Range<usize>) -> Span {
        let first = self
            .tokens
            .list
            .get(tokens.start)
            .map_or(0, |token| token.start as usize);
        let last = tokens
            .end
            .checked_sub(1)
            .and_then(|last| self.tokens.list.get(last))
            .map_or(first, |token| token.end as usize);
        Span {
            passage: self.passage,
            bytes: first..last.max(first),
        }
    }

    /// The spans of all entries of a list.
    pub fn spans_of(&self, list: List) -> Vec<Span> {
        self.hits_of(list).iter().map(|hit| self.span(hit.tokens())).collect()
    }

    /// The text of a token as written.
    #[inline]
    pub fn written(&self, token: &Token) -> &'t str {
        &self.source[token.start as usize..token.end as usize]
    }

    /// Aspects praised and criticised.
    pub fn claims(&self) -> Claims {
        claims::claims(&self.clauses, &self.hits)
    }
}
