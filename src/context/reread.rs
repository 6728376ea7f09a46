//! [`Reread`], the texts of some rows read again before the second pass, when the first one has told which of them matter.

use super::event::{Core, words};
use super::phrases::{Spoken, Suspects};
use super::sketch::Shingles;
use crate::text::Tokens;

/// Which rows are read again, and what is asked of their texts: the shingles of those that may be copies, and the phrases
/// that their reviews may share.
#[derive(Debug)]
pub struct Reread<'a> {
    cores: &'a [Core],
    copies: Vec<u32>,
    phrases: &'a Suspects,
    needed: bool,
}

/// What a text that was read again says.
#[derive(Debug)]
pub struct Answer {
    pub(super) row: u32,
    pub(super) shingles: Option<Shingles>,
    pub(super) spoken: Vec<Spoken>,
}

impl<'a> Reread<'a> {
    /// `copies` are rows that may be copies, rising.
    pub(super) fn new(cores: &'a [Core], copies: Vec<u32>, phrases: &'a Suspects) -> Reread<'a> {
        let needed = !copies.is_empty() || cores.iter().any(|core| phrases.concern(core));
        Reread {
            cores,
            copies,
            phrases,
            needed,
        }
    }

    /// Whether any text must be read again.
    pub(super) fn is_needed(&self) -> bool {
        self.needed
    }

    /// What the text of a row says; `None` where nothing is asked of it, or nothing is found.
    pub fn answer(&self, row: usize, text: &str) -> Option<Answer> {
        let core = self.cores.get(row)?;
        let copied = self.copies.binary_search(&(row as u32)).is_ok();
        let concerned = self.phrases.concern(core);
        if !copied && !concerned {
            return None;
        }
        let tokens = Tokens::of(text);
        let words = words(&tokens);
        let spoken = if concerned {
            self.phrases.spoken(core, text, &tokens, &words)
        } else {
            Vec::new()
        };
        (copied || !spoken.is_empty()).then(|| Answer {
            row: row as u32,
            shingles: copied.then(|| Shingles::of(&words)),
            spoken,
        })
    }
}
