//! [`Counter`], which counts the n-grams of a text.

use super::Counts;

/// Hashes to be counted, four bytes each.
pub(super) struct Counter(Vec<u32>);

impl Counter {
    /// With room for so many.
    pub(super) fn for_about(hashes: usize) -> Counter {
        Counter(Vec::with_capacity(hashes))
    }

    /// Counts one.
    #[inline]
    pub(super) fn add(&mut self, hash: u32) {
        self.0.push(hash);
    }

    /// What was counted. Most n-grams of a text are in it once: a filter of bits sets them apart at little cost, and only what
    /// may be repeated is looked up.
    pub(super) fn counts(self) -> Counts {
        let filter = Filter::of(&self.0);
        let mut once = Vec::with_capacity(self.0.len());
        let mut others = Vec::with_capacity(self.0.len() / 2);
        for hash in self.0 {
            if filter.may_repeat(hash) {
                others.push(hash);
            } else {
                once.push(hash);
            }
        }
        let mut repeated = counted(&others);
        repeated.retain(|(hash, count)| {
            if *count == 1 {
                once.push(*hash);
            }
            *count > 1
        });
        Counts { once, repeated }
    }
}

/// Distinct hashes with their counts, in order of first occurrence.
fn counted(hashes: &[u32]) -> Vec<(u32, u16)> {
    let mut counted: Vec<(u32, u16)> = Vec::with_capacity(hashes.len());
    // Open addressing by the upper bits, which are random; a slot holds the place in `counted`, and at most half are used.
    const FREE: u32 = u32::MAX;
    let bits = (2 * hashes.len()).max(2).next_power_of_two().ilog2();
    let mut slots = vec![FREE; 1 << bits];
    for hash in hashes {
        let mut slot = (hash >> (u32::BITS - bits)) as usize;
        loop {
            match counted.get_mut(slots[slot] as usize) {
                None => {
                    slots[slot] = counted.len() as u32;
                    counted.push((*hash, 1));
                    break;
                }
                Some((held, count)) if held == hash => {
                    *count = count.saturating_add(1);
                    break;
                }
                Some(_) => slot = (slot + 1) % slots.len(),
            }
        }
    }
    counted
}

/// The hashes of a text by their upper bits, which are random: those seen, and those seen again.
struct Filter {
    words: Vec<[u64; 2]>,
    shift: u32,
}

impl Filter {
    fn of(hashes: &[u32]) -> Filter {
        /// Bits for every hash: one in so many is taken for a repeated one and is not.
        const ROOM: usize = 32;
        const MOST: u32 = 24;
        let bits = (ROOM * hashes.len().max(2)).ilog2().min(MOST);
        let mut filter = Filter {
            words: vec![[0; 2]; 1 << (bits - 6)],
            shift: u32::BITS - bits,
        };
        for hash in hashes {
            let (word, bit) = filter.place(*hash);
            let [seen, again] = &mut filter.words[word];
            *again |= *seen & bit;
            *seen |= bit;
        }
        filter
    }

    #[inline]
    fn place(&self, hash: u32) -> (usize, u64) {
        let place = hash >> self.shift;
        ((place / 64) as usize, 1 << (place % 64))
    }

    #[inline]
    fn may_repeat(&self, hash: u32) -> bool {
        let (word, bit) = self.place(hash);
        self.words[word][1] & bit != 0
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
