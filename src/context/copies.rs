//! Copies: texts that are the same, or nearly.
//!
//! The sketches of all texts are compared where they share a band of minima, once, and only the similarities found are
//! kept. The same text counts exactly; a nearly equal one by its estimated similarity.

use super::CopyView;
use super::event::{Core, NONE, UNDATED, WORDS_OF_A_COPY};
use super::groups::Groups;
use super::history::Context;
use super::sketch::{BANDS, TextSketch};
use rayon::prelude::*;

/// Estimated similarity, in thousandths, from which two texts are near each other at all.
const NEAR: u16 = 500;
/// From which pairs are kept for finding templates, until campaigns were looked for.
const DISTANT: u16 = 250;
/// From which they count as copies.
const COPY: u16 = 600;
/// Texts in one band that are compared each with each; of more, each is compared with this many that follow.
const COMPARED: usize = 48;
/// Reviews of one text that are looked at one by one for who wrote them, and of what.
const LOOKED_AT: usize = 1000;

/// Texts that are near each other, over the whole file.
#[derive(Debug, Default)]
pub(super) struct Copies {
    /// Reviews by text.
    texts: Groups,
    /// Pairs of texts that are near each other, both ways: text, other text, thousandths of similarity.
    near: Vec<(u32, u32, u16)>,
}

impl Copies {
    /// Finds near-duplicates among texts of at least [`WORDS_OF_A_COPY`] words.
    pub fn find(cores: &[Core], sketches: &[(u32, TextSketch)]) -> Copies {
        let texts = Groups::build(cores, |core| {
            if usize::from(core.words) < WORDS_OF_A_COPY {
                NONE
            } else {
                core.text
            }
        });
        // One sketch for each text: the same words have the same sketch.
        let mut of_text: Vec<Option<u32>> = vec![None; texts.len()];
        for (at, (row, _)) in sketches.iter().enumerate() {
            if let Some(text) = texts.of(*row as usize) {
                of_text[text] = Some(at as u32);
            }
        }
        let sketch = |text: u32| of_text[text as usize].map(|at| &sketches[at as usize].1);
        let compare = |band: usize| {
            let mut by_band: Vec<(u32, u32)> = (0..texts.len() as u32)
                .filter_map(|text| Some((sketch(text)?.bands[band], text)))
                .collect();
            // Texts are numbered by their hash, so that neither rows nor ids decide which of many are compared.
            by_band.sort_unstable();
            let mut near = Vec::new();
            for bucket in by_band.chunk_by(|a, b| a.0 == b.0) {
                for (i, (_, a)) in bucket.iter().enumerate() {
                    for (_, b) in bucket[i + 1..].iter().take(COMPARED) {
                        let similarity = sketch(*a).zip(sketch(*b)).map_or(0.0, |(a, b)| a.similarity(b));
                        let thousandths = (similarity.min(1.0) * 1000.0).round() as u16;
                        if thousandths >= DISTANT {
                            near.extend([(*a, *b, thousandths), (*b, *a, thousandths)]);
                        }
                    }
                }
            }
            near
        };
        let mut near: Vec<(u32, u32, u16)> = (0..BANDS).into_par_iter().flat_map_iter(compare).collect();
        near.par_sort_unstable();
        near.dedup();
        near.shrink_to_fit();
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
            // Two texts of which the sketches agree in full are still not the same text.
            look(near.min(999), others(other));
        }
        Some(view)
    }
}
