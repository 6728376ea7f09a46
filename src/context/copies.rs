//! Copies: texts that are the same, or nearly.

use super::CopyView;
use super::event::Core;
use super::history::Context;
use super::sketch::TextSketch;

/// Texts that are near each other, over the whole file.
#[derive(Debug, Default)]
pub(super) struct Copies {}

impl Copies {
    /// Finds near-duplicates.
    pub fn find(_cores: &[Core], _sketches: Vec<(u32, TextSketch)>) -> Copies {
        Copies {}
    }
}

impl Context {
    pub(super) fn copy_view(&self, _row: usize) -> Option<CopyView> {
        None
    }
}
