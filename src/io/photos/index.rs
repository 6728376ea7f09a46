//! Which photos of an input are the same.

use crate::signals::PhotoFacts;
use rustc_hash::FxHashMap;

/// Bits in which the hashes of near-identical photos may differ.
pub(super) const DISTANCE: u32 = 5;

/// One band more than bits may differ: two hashes within the distance agree in at least one band.
const BANDS: u32 = DISTANCE + 1;

/// All photos of an input, to find those that other reviewers or other properties use too.
#[derive(Clone, Debug, Default)]
pub struct PhotoIndex {
    photos: Vec<Shown>,
    bands: FxHashMap<(u32, u64), Vec<u32>>,
}

#[derive(Clone, Copy, Debug)]
struct Shown {
    hash: u64,
    reviewer: Option<u64>,
    property: Option<u64>,
}

impl PhotoIndex {
    /// Adds a photo with the keys of its reviewer and its property, where known. Photos without structure (a plain wall, a
    /// clear sky), whose hashes agree by chance, are left out.
    pub fn add(&mut self, hash: u64, reviewer: Option<u64>, property: Option<u64>) {
        if !(8..=56).contains(&hash.count_ones()) {
            return;
        }
        let at = self.photos.len() as u32;
        self.photos.push(Shown {
            hash,
            reviewer,
            property,
        });
        for band in 0..BANDS {
            self.bands.entry((band, bits_of(hash, band))).or_default().push(at);
        }
    }

    /// Adds all photos of another index. The order does not change any answer.
    pub fn merge(&mut self, other: &PhotoIndex) {
        for shown in &other.photos {
            self.add(shown.hash, shown.reviewer, shown.property);
        }
    }

    /// Fills in how many near-identical photos other reviewers, and other properties, have.
    pub fn fill(&self, photo: &mut PhotoFacts, reviewer: Option<u64>, property: Option<u64>) {
        let mut near: Vec<u32> = (0..BANDS)
            .filter_map(|band| self.bands.get(&(band, bits_of(photo.hash, band))))
            .flatten()
            .copied()
            .filter(|at| (self.photos[*at as usize].hash ^ photo.hash).count_ones() <= DISTANCE)
            .collect();
        near.sort_unstable();
        near.dedup();
        let other = |mine: Option<u64>, theirs: Option<u64>| mine.is_some() && theirs.is_some() && mine != theirs;
        let count = |differs: &dyn Fn(&Shown) -> bool| {
            near.iter().filter(|at| differs(&self.photos[**at as usize])).count() as u32
        };
        photo.seen_by_others = count(&|shown| other(reviewer, shown.reviewer));
        photo.seen_elsewhere = count(&|shown| other(property, shown.property));
    }
}

/// The bits of a band: 64 bits in six bands, the last one shorter.
fn bits_of(hash: u64, band: u32) -> u64 {
    let width = u64::BITS.div_ceil(BANDS);
    (hash >> (band * width)) & ((1 << width) - 1)
}
