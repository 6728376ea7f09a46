//! [`Ledger`], every distinct review with the little that finding campaigns needs.

use super::event::{Core, DISCLOSED, FEW_SHOWN, SHOWN, UNDATED};
use super::history::Context;
use super::phrases::Said;

/// A number that stands for "not known".
pub(crate) const UNKNOWN: u32 = u32::MAX;

/// A review.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Entry {
    /// Row of the file, the first of those that are this review.
    pub row: u32,
    /// Number of its reviewer; [`UNKNOWN`] without.
    pub reviewer: u32,
    /// Number of its property; [`UNKNOWN`] without.
    pub property: u32,
    /// Number of its property across sites; [`UNKNOWN`] without a name, and where the file knows one site only.
    pub anywhere: u32,
    /// First and last day on which it can have been published; `None` where not known.
    pub days: Option<(i32, i32)>,
    /// Stars.
    pub stars: Option<f32>,
    /// Hash of the brand; 0 where not known.
    pub brand: u32,
    /// Hash of the place; 0 where not known.
    pub place: u32,
    /// Hash of the category; 0 where not known.
    pub category: u32,
    /// Number of its text; [`UNKNOWN`] without one of a few words.
    pub text: u32,
    /// Words of the text.
    pub words: u16,
    /// Aspects praised and criticised.
    pub claims: [u16; 2],
    /// Hash of the site.
    pub site: u64,
    /// Key that stays the same for the same review in another file.
    pub identity: u64,
    /// The reviewer wrote no other.
    pub lone: bool,
    /// The site shows few reviews by the reviewer in all; `None` where it shows nothing.
    pub novice: Option<bool>,
    /// The text says that its author works for the property, owns it or is close to it.
    pub discloses: bool,
    /// Occasion that the text names, see [`super::occasion`]; 0 where it names none.
    pub occasion: u8,
}

impl Entry {
    /// The day, where known.
    pub fn day(&self) -> Option<i32> {
        self.days.filter(|(start, end)| start == end).map(|(day, _)| day)
    }

    /// Four stars or more.
    pub fn praises(&self) -> bool {
        self.stars.is_some_and(|stars| stars >= 3.99)
    }

    /// Two and a half stars or fewer.
    pub fn runs_down(&self) -> bool {
        self.stars.is_some_and(|stars| stars <= 2.51)
    }
}

/// Reviews in order of time, undated ones last, each once.
#[derive(Debug, Default)]
pub(crate) struct Ledger {
    pub entries: Vec<Entry>,
    pub reviewers: usize,
    pub properties: usize,
    /// Pairs of different texts that are near each other, with thousandths of similarity; each pair both ways.
    pub near: Vec<(u32, u32, u16)>,
    /// Phrases that reviews of a property, or of a brand, share.
    pub said: Said,
    /// Whether any place is known.
    pub places_known: bool,
    /// Whether any brand is known.
    pub brands_known: bool,
}

impl Context {
    /// The ledger of the whole file, given the phrases that were found.
    pub(super) fn ledger(&self, said: Said) -> Ledger {
        let slots = self.all.entries.iter();
        let entries: Vec<Entry> = slots.map(|row| self.entry(*row)).collect();
        Ledger {
            reviewers: self.reviewers.len(),
            properties: self.properties.len(),
            near: self.copies.near_texts().to_vec(),
            said,
            places_known: entries.iter().any(|entry| entry.place != 0),
            brands_known: entries.iter().any(|entry| entry.brand != 0),
            entries,
        }
    }

    fn entry(&self, row: u32) -> Entry {
        let at = row as usize;
        let core: &Core = &self.cores[at];
        let number = |group: Option<usize>| group.map_or(UNKNOWN, |group| group as u32);
        Entry {
            row,
            reviewer: number(self.reviewers.of(at)),
            property: number(self.properties.of(at)),
            anywhere: number(self.anywhere.of(at)),
            days: (core.end != UNDATED).then_some((core.start, core.end)),
            stars: core.stars().map(|stars| stars as f32),
            brand: core.brand,
            place: core.place.key,
            category: core.category,
            text: number(self.copies.text_of(at)),
            words: core.words,
            claims: core.claims,
            site: core.site,
            identity: core.identity,
            lone: self.lone[at],
            novice: (core.flags & SHOWN != 0).then_some(core.flags & FEW_SHOWN != 0),
            discloses: core.flags & DISCLOSED != 0,
            occasion: core.occasion,
        }
    }
}
