//! [`Counter`], which counts the n-grams of a text.

use super::Counts;

/// Counts hashes, in a table that is never more than half full.
pub(super) struct Counter {
    /// Hash and count in one number, the count in the lower 16 bits; 0 where nothing stands.
    slots: Vec<u64>,
    /// The slots in use, in order of first occurrence.
    used: Vec<u32>,
    /// The upper bits of a hash, which are random, choose its slot.
    shift: u32,
}

const COUNT: u64 = 0xffff;

impl Counter {
    /// With room for so many; a long text repeats itself, and the table grows where it does not.
    pub(super) fn for_about(hashes: usize) -> Counter {
        const MOST: usize = 1 << 14;
        let bits = usize::BITS - hashes.min(MOST).leading_zeros() + 1;
        Counter {
            slots: vec![0; 1 << bits],
            used: Vec::with_capacity(1 << (bits - 1)),
            shift: u32::BITS - bits,
        }
    }

    /// Counts one.
    #[inline]
    pub(super) fn add(&mut self, hash: u32) {
        let at = self.slot(hash);
        let slot = &mut self.slots[at];
        if *slot == 0 {
            *slot = u64::from(hash) << 16 | 1;
            self.used.push(at as u32);
            if 2 * self.used.len() > self.slots.len() {
                self.grow();
            }
        } else if *slot & COUNT < COUNT {
            *slot += 1;
        }
    }

    /// Where a hash stands or belongs.
    #[inline]
    fn slot(&self, hash: u32) -> usize {
        let last = self.slots.len() - 1;
        let mut at = (hash >> self.shift) as usize;
        while self.slots[at] != 0 && self.slots[at] >> 16 != u64::from(hash) {
            at = (at + 1) & last;
        }
        at
    }

    #[cold]
    fn grow(&mut self) {
        let slots = vec![0; 2 * self.slots.len()];
        let old = std::mem::replace(&mut self.slots, slots);
        self.shift -= 1;
        for at in 0..self.used.len() {
            let held = old[self.used[at] as usize];
            let slot = self.slot((held >> 16) as u32);
            self.slots[slot] = held;
            self.used[at] = slot as u32;
        }
    }

    /// What was counted.
    pub(super) fn counts(self) -> Counts {
        let mut counts = Counts {
            once: Vec::with_capacity(self.used.len()),
            repeated: Vec::new(),
        };
        for at in self.used {
            let held = self.slots[at as usize];
            match ((held >> 16) as u32, (held & COUNT) as u16) {
                (hash, 1) => counts.once.push(hash),
                repeated => counts.repeated.push(repeated),
            }
        }
        counts.repeated.sort_unstable();
        counts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn counting_is_sorting(mut hashes in proptest::collection::vec(proptest::prop_oneof![proptest::num::u32::ANY, 0u32..9, u32::MAX - 3..], 0..300), few in 0usize..300) {
            let mut counter = Counter::for_about(few);
            hashes.iter().for_each(|hash| counter.add(*hash));
            let counts = counter.counts();
            let sorted = counts.sorted();
            proptest::prop_assert_eq!(counts.once.len() + counts.repeated.len(), sorted.len());
            proptest::prop_assert!(counts.repeated.iter().all(|(_, count)| *count > 1));
            proptest::prop_assert!(sorted.windows(2).all(|pair| pair[0].0 < pair[1].0));
            let again: Vec<u32> = sorted.iter().flat_map(|(hash, count)| vec![*hash; usize::from(*count)]).collect();
            hashes.sort_unstable();
            proptest::prop_assert_eq!(again, hashes);
        }
    }
}
