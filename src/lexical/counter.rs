//! [`Counter`], which counts the n-grams of a text.

use super::Counts;

/// Distinct hashes with their counts. Open addressing by the upper bits of a hash, which are random, in tables small enough
/// to stay in the cache.
pub(super) struct Counter {
    /// A hash in the upper half and its count in the lower; 0 where there is none. At most half are used.
    slots: Vec<u64>,
    /// The slots in use, in order of first occurrence.
    used: Vec<u32>,
    /// What leaves the bits of a hash that number a slot.
    shift: u32,
}

impl Counter {
    /// With room for so many hashes, distinct or not. It grows where there are more, and long texts have fewer distinct ones.
    pub(super) fn for_about(hashes: usize) -> Counter {
        const MOST: usize = 1 << 16;
        let bits = (2 * hashes.clamp(1, MOST)).next_power_of_two().ilog2();
        Counter {
            slots: vec![0; 1 << bits],
            used: Vec::new(),
            shift: u32::BITS - bits,
        }
    }

    /// Doubles the number of slots.
    fn grow(&mut self) {
        let slots = vec![0; 2 * self.slots.len()];
        let before = std::mem::replace(&mut self.slots, slots);
        self.shift -= 1;
        let last = self.slots.len() - 1;
        for at in &mut self.used {
            let held = before[*at as usize];
            let mut slot = hash_of(held) as usize >> self.shift;
            while self.slots[slot] != 0 {
                slot = (slot + 1) & last;
            }
            self.slots[slot] = held;
            *at = slot as u32;
        }
    }

    /// Counts some more.
    pub(super) fn add(&mut self, hashes: &[u32]) {
        // Room is made beforehand, so that the loop is a short one.
        let before = self.used.len();
        while 2 * (before + hashes.len()) > self.slots.len() {
            self.grow();
        }
        self.used.resize(before + hashes.len(), 0);
        let mut fresh = self.used[before..].iter_mut();
        let slots = self.slots.as_mut_slice();
        let last = slots.len() - 1;
        for hash in hashes {
            let mut at = (hash >> self.shift) as usize;
            loop {
                let slot = &mut slots[at & last];
                if *slot == 0 {
                    *slot = u64::from(*hash) << u32::BITS | 1;
                    if let Some(fresh) = fresh.next() {
                        *fresh = (at & last) as u32;
                    }
                    break;
                }
                if hash_of(*slot) == *hash {
                    // A text has fewer n-grams than would carry into the hash.
                    *slot += 1;
                    break;
                }
                at += 1;
            }
        }
        let left = fresh.len();
        self.used.truncate(before + hashes.len() - left);
    }

    /// What was counted.
    pub(super) fn counts(self) -> Counts {
        let mut once = Vec::with_capacity(self.used.len());
        let mut repeated = Vec::with_capacity(self.used.len() / 4);
        for at in &self.used {
            let slot = self.slots[*at as usize];
            let (hash, count) = (hash_of(slot), slot as u32);
            if count == 1 {
                once.push(hash);
            } else {
                repeated.push((hash, u16::try_from(count).unwrap_or(u16::MAX)));
            }
        }
        Counts { once, repeated }
    }
}

/// The hash in a slot.
#[inline]
fn hash_of(slot: u64) -> u32 {
    (slot >> u32::BITS) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn counting_is_sorting(mut hashes in proptest::collection::vec(proptest::prop_oneof![proptest::num::u32::ANY, 0u32..9, u32::MAX - 3..], 0..300)) {
            let mut counter = Counter::for_about(0);
            hashes.chunks(70).for_each(|hashes| counter.add(hashes));
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
        counter.add(&[7; 70_000]);
        assert_eq!(counter.counts().repeated, [(7, u16::MAX)]);
    }
}
