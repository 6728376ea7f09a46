//! Copies: texts that are the same, or nearly.
//!
//! The sketches of all texts are compared where they share a band of minima. Of the pairs that may be near each other by
//! their sketches, the texts are read again and compared by the shingles themselves, so that what is kept of a pair is
//! its exact similarity.

use super::CopyView;
use super::event::{Core, NONE, UNDATED, WORDS_OF_A_COPY};
use super::groups::Groups;
use super::history::Context;
use super::sketch::{BANDS, Shingles, TextSketch};
use rayon::prelude::*;
use rustc_hash::FxHashMap;

/// Similarity by sketches from which two texts are compared exactly: [`DISTANT`] less two standard errors, about.
const CANDIDATE: f64 = 0.1;
/// Similarity, in thousandths, from which two texts are near each other at all.
const NEAR: u16 = 500;
/// From which pairs are kept for finding templates, until campaigns were looked for.
const DISTANT: u16 = 150;
/// From which they count as copies.
const COPY: u16 = 600;
/// Texts in one band that are compared each with each; of more, each is compared with this many that follow.
const COMPARED: usize = 48;
/// Reviews of one text that are looked at one by one for who wrote them, and of what.
const LOOKED_AT: usize = 1000;

/// Pairs of rows whose texts are different and may be near each other by their sketches; for each text one row.
pub(super) fn candidates(cores: &[Core], sketches: &[(u32, TextSketch)]) -> Vec<(u32, u32)> {
    // The same words have the same sketch. By the hash of the text, so that neither rows nor ids decide which of many are
    // compared.
    let mut distinct: Vec<(u64, u32, &TextSketch)> = sketches
        .iter()
        .map(|(row, sketch)| (cores[*row as usize].text, *row, sketch))
        .collect();
    distinct.par_sort_unstable_by_key(|(text, row, _)| (*text, *row));
    distinct.dedup_by_key(|(text, _, _)| *text);
    let compare = |band: usize| {
        let mut by_band: Vec<(u32, u32)> = distinct
            .iter()
            .zip(0..)
            .map(|((_, _, sketch), text)| (sketch.bands[band], text))
            .collect();
        by_band.sort_unstable();
        let mut near = Vec::new();
        for bucket in by_band.chunk_by(|a, b| a.0 == b.0) {
            for (i, (_, a)) in bucket.iter().enumerate() {
                let (_, row, sketch) = distinct[*a as usize];
                for (_, b) in bucket[i + 1..].iter().take(COMPARED) {
                    let (_, other_row, other) = distinct[*b as usize];
                    if sketch.similarity(other) >= CANDIDATE {
                        near.push((row, other_row));
                    }
                }
            }
        }
        near
    };
    let mut pairs: Vec<(u32, u32)> = (0..BANDS).into_par_iter().flat_map_iter(compare).collect();
    pairs.par_sort_unstable();
    pairs.dedup();
    pairs
}

/// The rows of pairs, rising, each once.
pub(super) fn rows_of(pairs: &[(u32, u32)]) -> Vec<u32> {
    let mut rows: Vec<u32> = pairs.iter().flat_map(|(a, b)| [*a, *b]).collect();
    rows.par_sort_unstable();
    rows.dedup();
    rows
}

/// The pairs with their exact similarity in thousandths, where the shingles of both are known and they have a part in common.
pub(super) fn verified(pairs: Vec<(u32, u32)>, of_row: &FxHashMap<u32, Shingles>) -> Vec<(u32, u32, u16)> {
    let exact = |(a, b): (u32, u32)| {
        let similarity = of_row.get(&a)?.similarity(of_row.get(&b)?);
        let thousandths = (similarity * 1000.0).round() as u16;
        (thousandths >= DISTANT).then_some((a, b, thousandths))
    };
    pairs.into_par_iter().filter_map(exact).collect()
}

/// Texts that are near each other, over the whole file.
#[derive(Debug, Default)]
pub(super) struct Copies {
    /// Reviews by text.
    texts: Groups,
    /// Pairs of texts that are near each other, both ways: text, other text, thousandths of similarity.
    near: Vec<(u32, u32, u16)>,
}

impl Copies {
    /// Copies among texts of at least [`WORDS_OF_A_COPY`] words, given pairs of rows with the similarity of their texts.
    pub fn of(cores: &[Core], near: &[(u32, u32, u16)]) -> Copies {
        let texts = Groups::build(cores, |core| {
            if usize::from(core.words) < WORDS_OF_A_COPY {
                NONE
            } else {
                core.text
            }
        });
        let text = |row: u32| texts.of(row as usize).map(|text| text as u32);
        let mut near: Vec<(u32, u32, u16)> = near
            .iter()
            .filter_map(|(a, b, similarity)| Some((text(*a)?, text(*b)?, *similarity)))
            .flat_map(|(a, b, similarity)| [(a, b, similarity), (b, a, similarity)])
            .collect();
        near.par_sort_unstable();
        Copies { texts, near }
    }

    /// Pairs of different texts with a part in common, both ways, with thousandths of similarity.
    pub fn near_texts(&self) -> &[(u32, u32, u16)] {
        &self.near
    }

    /// The number of a row's text.
    pub fn text_of(&self, row: usize) -> Option<usize> {
        self.texts.of(row)
    }

    /// Lets go of the pairs that are no near-duplicates.
    pub fn forget_distant(&mut self) {
        self.near.retain(|(_, _, near)| *near >= NEAR);
        self.near.shrink_to_fit();
    }

    /// Texts near a text, with thousandths of similarity.
    fn near(&self, text: usize) -> impl Iterator<Item = (usize, u16)> + '_ {
        let from = self.near.partition_point(|(of, _, _)| (*of as usize) < text);
        self.near[from..]
            .iter()
            .take_while(move |(of, _, _)| *of as usize == text)
            .filter(|(_, _, near)| *near >= NEAR)
            .map(|(_, other, near)| (*other as usize, *near))
    }
}

impl Context {
    pub(super) fn copy_view(&self, row: usize) -> Option<CopyView> {
        let texts = &self.copies.texts;
        let own = self.visible(texts, row)?;
        let core = &self.cores[row];
        // A text that stands again under the same id is no copy, even where it was edited.
        let others = |text: usize| {
            let slots = match self.horizon {
                super::Horizon::Full => texts.slots(text),
                super::Horizon::AsOf => texts.before(&self.cores, texts.slots(text), core.start),
            };
            let looked_at = slots.clone().take(LOOKED_AT).map(|slot| texts.at(&self.cores, slot));
            let others: Vec<&Core> = looked_at.filter(|other| other.identity != core.identity).collect();
            let repeated = slots.len().min(LOOKED_AT) - others.len();
            (others, slots.len() - repeated)
        };
        let mut view = CopyView::default();
        let mut nearest = 0;
        let mut look = |near: u16, (others, count): (Vec<&Core>, usize)| {
            if count == 0 {
                return;
            }
            if near >= COPY {
                view.copies += count as u32;
            }
            if near > nearest {
                nearest = near;
                view.similarity = f64::from(near) / 1000.0;
                (view.same_reviewer, view.same_property, view.other_site) = (false, false, false);
                view.first = true;
            }
            if near == nearest {
                view.same_reviewer |= others
                    .iter()
                    .any(|other| other.reviewer == core.reviewer && core.reviewer != NONE);
                view.same_property |= others
                    .iter()
                    .any(|other| other.property == core.property && core.property != NONE);
                view.other_site |= others.iter().any(|other| other.site != core.site);
                let later = |other: &&Core| core.end != UNDATED && other.end != UNDATED && other.start > core.end;
                view.first &= others.len() == count && others.iter().all(later);
            }
        };
        let text = texts.of(row)?;
        let same = if own.count() == 0 {
            (Vec::new(), 0)
        } else {
            others(text)
        };
        look(1000, same);
        for (other, near) in self.copies.near(text) {
            // Texts with the same shingles in another order are still not the same text.
            look(near.min(999), others(other));
        }
        Some(view)
    }
}
