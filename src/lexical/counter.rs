//! [`Counter`], which counts the n-grams of a text.

use super::Counts;

/// Distinct hashes with their counts. Open addressing by the upper bits of a hash, which are random, in tables small enough
/// to stay in the cache.
pub(super) struct Counter {
    /// In order of first occurrence.
    counted: Vec<(u32, u16)>,
    /// One more than the place in `counted`, or 0; at most half are used.
    slots: Vec<u32>,
    /// What leaves the bits of a hash that number a slot.
    shift: u32,
}

impl Counter {
    /// With room for so many hashes, distinct or not. It grows where there are more, and long texts have fewer distinct ones.
    pub(super) fn for_about(hashes: usize) -> Counter {
        const MOST: usize = 1 << 16;
        let hashes = hashes.clamp(2, MOST);
        let mut counter = Counter {
            counted: Vec::with_capacity(hashes),
            slots: Vec::new(),
            shift: 0,
        };
        counter.allot(hashes);
        counter
    }

    /// Makes slots for so many hashes, and gives those counted theirs.
    fn allot(&mut self, hashes: usize) {
        let bits = (2 * hashes).next_power_of_two().ilog2();
        self.shift = u32::BITS - bits;
        self.slots = vec![0; 1 << bits];
        for (place, (hash, _)) in self.counted.iter().enumerate() {
            let mut slot = (hash >> self.shift) as usize;
            while self.slots[slot] != 0 {
                slot = (slot + 1) & (self.slots.len() - 1);
            }
            self.slots[slot] = place as u32 + 1;
        }
    }

    /// Counts one.
    #[inline]
    pub(super) fn add(&mut self, hash: u32) {
        let mut slot = (hash >> self.shift) as usize;
        loop {
            match self.counted.get_mut((self.slots[slot] as usize).wrapping_sub(1)) {
                Some((held, count)) if *held == hash => {
                    *count = count.saturating_add(1);
                    return;
                }
                Some(_) => slot = (slot + 1) & (self.slots.len() - 1),
                None => break,
            }
        }
        self.counted.push((hash, 1));
        self.slots[slot] = self.counted.len() as u32;
        if 2 * self.counted.len() > self.slots.len() {
            self.allot(self.slots.len());
        }
    }

    /// What was counted.
    pub(super) fn counts(self) -> Counts {
        let mut counts = Counts {
            once: Vec::with_capacity(self.counted.len()),
            repeated: Vec::new(),
        };
        for (hash, count) in self.counted {
            if count == 1 {
                counts.once.push(hash);
            } else {
                counts.repeated.push((hash, count));
            }
        }
        counts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn counting_is_sorting(mut hashes in proptest::collection::vec(proptest::prop_oneof![proptest::num::u32::ANY, 0u32..9, u32::MAX - 3..], 0..300)) {
            let mut counter = Counter::for_about(0);
            hashes.iter().for_each(|hash| counter.add(*hash));
            let counts = counter.counts();
            proptest::prop_assert!(counts.repeated.iter().all(|(_, count)| *count > 1));
            let sorted = counts.sorted();
            proptest::prop_assert!(sorted.windows(2).all(|pair| pair[0].0 < pair[1].0));
            let again: Vec<u32> = sorted.iter().flat_map(|(hash, count)| vec![*hash; usize::from(*count)]).collect();
            hashes.sort_unstable();
            proptest::prop_assert_eq!(again, hashes);
        }
    }

    #[test]
    fn counts_end_at_the_largest_number() {
        let mut counter = Counter::for_about(70_000);
        (0..70_000).for_each(|_| counter.add(7));
        assert_eq!(counter.counts().repeated, [(7, u16::MAX)]);
    }
}
