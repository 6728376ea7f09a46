//! [`Table`], what a block has learnt per hash bucket. Most buckets hold nothing, so that a bit says which do and only
//! those are kept: a table must stay in the cache, for every n-gram of every text is looked up in it.

use super::Kind;

/// Margin weight, naive-Bayes log-count ratio and inverse document frequency of a bucket, each in one byte.
pub type Entry = [i8; 3];

/// Number of buckets of both kinds.
const BUCKETS: usize = (1 << Kind::Words.bits()) + (1 << Kind::Chars.bits());

/// Buckets by number, those of words first. One with an inverse document frequency of 0 holds nothing.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// By eight buckets.
    eights: Vec<Eight>,
    /// By [`MANY`] buckets, how many before them hold anything.
    before: Vec<u32>,
    /// What the buckets in use hold, in order, and last what all others hold: nothing. As many for each as there are blocks.
    entries: Vec<Entry>,
}

/// Eight buckets.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Eight {
    /// Which of them hold anything, one bit each from the lowest on.
    used: u8,
    /// How many do of those before them, counted from the last multiple of [`MANY`] on.
    before: u8,
}

/// As many buckets as can be counted by a byte up to the last eight.
const MANY: usize = 256;

/// What a bucket holds that holds nothing.
const NOTHING: Entry = [0; 3];

/// Of a block without weights.
impl Default for Table {
    fn default() -> Table {
        Table::of(std::iter::empty())
    }
}

impl Table {
    /// Of all buckets in order; those left out at the end hold nothing.
    pub fn of(buckets: impl Iterator<Item = Entry>) -> Table {
        let mut used = vec![0; BUCKETS / 8];
        let mut entries = Vec::new();
        for (at, entry) in buckets.enumerate().filter(|(_, entry)| entry[2] != 0) {
            used[at / 8] |= 1 << (at % 8);
            entries.push(entry);
        }
        entries.push(NOTHING);
        let (eights, before, _) = counted(&used);
        Table {
            eights,
            before,
            entries,
        }
    }

    /// Tables of one block each as one, so that an n-gram is looked up once for all of them.
    pub fn beside(tables: &[&Table]) -> Table {
        let any = |at: usize| tables.iter().fold(0, |any, table| any | table.eights[at].used);
        let used: Vec<u8> = (0..BUCKETS / 8).map(any).collect();
        let (eights, before, count) = counted(&used);
        let mut entries = vec![NOTHING; (count as usize + 1) * tables.len()];
        for (place, table) in tables.iter().enumerate() {
            let (mut from, mut to) = (0, place);
            for (any, own) in used.iter().zip(&table.eights) {
                let mut any = *any;
                while any != 0 {
                    let lowest = any & any.wrapping_neg();
                    if own.used & lowest != 0 {
                        entries[to] = table.entries[from];
                        from += 1;
                    }
                    to += tables.len();
                    any ^= lowest;
                }
            }
        }
        Table {
            eights,
            before,
            entries,
        }
    }

    /// Of its parts, as [`Table::parts`] gives them; says what is wrong where they do not fit each other.
    pub fn from_parts(used: &[u8], entries: &[u8]) -> Result<Table, String> {
        if used.len() != BUCKETS / 8 {
            return Err(format!("expected {BUCKETS} bits, found {} bytes", used.len()));
        }
        let (eights, before, expected) = counted(used);
        let (found, rest) = entries.as_chunks();
        if found.len() != expected as usize || !rest.is_empty() {
            return Err(format!("expected {expected} buckets in use, found {}", found.len()));
        }
        let mut entries = Vec::with_capacity(found.len() + 1);
        entries.extend(found.iter().map(signed));
        entries.push(NOTHING);
        Ok(Table {
            eights,
            before,
            entries,
        })
    }

    /// Of the table of one block, which buckets are in use, one bit each from the lowest of the first byte on, and what they
    /// hold.
    pub fn parts(&self) -> (Vec<u8>, Vec<u8>) {
        let used = self.eights.iter().map(|eight| eight.used);
        let entries = &self.entries[..self.entries.len() - 1];
        let entries = entries.as_flattened().iter().map(|byte| *byte as u8);
        (used.collect(), entries.collect())
    }

    /// What the bucket of an n-gram holds, an entry of each block, as many as the table is made of; zeros where it holds
    /// nothing.
    #[inline]
    pub fn get<const BLOCKS: usize>(&self, kind: Kind, hash: u32) -> &[Entry; BLOCKS] {
        let first = match kind {
            Kind::Words => 0,
            Kind::Chars => 1 << Kind::Words.bits(),
        };
        self.bucket(first + super::bucket_of(kind, hash))
    }

    #[inline]
    fn bucket<const BLOCKS: usize>(&self, bucket: usize) -> &[Entry; BLOCKS] {
        let (Eight { used, before }, bit) = (self.eights[bucket / 8], 1 << (bucket % 8));
        let at = if used & bit == 0 {
            self.entries.len() - BLOCKS
        } else {
            let before = self.before[bucket / MANY] as usize + usize::from(before);
            (before + usize::from(ONES[usize::from(used & (bit - 1))])) * BLOCKS
        };
        self.entries[at..]
            .first_chunk()
            .expect("as many entries for each bucket as there are blocks")
    }
}

/// Bits set in a byte: not all processors for which this is built count them in one step.
const ONES: [u8; 256] = {
    let mut ones = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        ones[byte] = (byte as u8).count_ones() as u8;
        byte += 1;
    }
    ones
};

fn signed(&[weight, ratio, idf]: &[u8; 3]) -> Entry {
    [weight as i8, ratio as i8, idf as i8]
}

/// [`Table::eights`] and [`Table::before`] of the buckets in use, and how many these are.
fn counted(used: &[u8]) -> (Vec<Eight>, Vec<u32>, u32) {
    let mut count = 0;
    let mut eights = Vec::with_capacity(used.len());
    let mut before = Vec::with_capacity(used.len() * 8 / MANY);
    for many in used.chunks(MANY / 8) {
        before.push(count);
        let mut within = 0;
        for used in many {
            eights.push(Eight {
                used: *used,
                // Less than `MANY` before the last eight.
                before: within as u8,
            });
            within += u32::from(ONES[usize::from(*used)]);
        }
        count += within;
    }
    (eights, before, count)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rustc_hash::FxHashMap;

    proptest::proptest! {
        #[test]
        fn what_is_put_in_is_found_again(
            held in proptest::collection::vec((0..BUCKETS, proptest::num::i8::ANY, proptest::num::i8::ANY, 1..127i8), 0..200),
        ) {
            let held: FxHashMap<usize, Entry> = held.into_iter().map(|(at, weight, ratio, idf)| (at, [weight, ratio, idf])).collect();
            let table = Table::of((0..BUCKETS).map(|at| held.get(&at).copied().unwrap_or_default()));
            let (used, entries) = table.parts();
            proptest::prop_assert_eq!(Table::from_parts(&used, &entries), Ok(table.clone()));
            for kind in Kind::ALL {
                let first = if kind == Kind::Words { 0 } else { 1 << Kind::Words.bits() };
                for bucket in 0..1 << kind.bits() {
                    let hash = (bucket as u32) << (32 - kind.bits());
                    let expected = held.get(&(first + bucket)).copied().unwrap_or(NOTHING);
                    proptest::prop_assert_eq!(table.get(kind, hash), &[expected]);
                }
            }
        }

        #[test]
        fn tables_side_by_side_hold_what_each_holds(
            held in proptest::array::uniform3(proptest::collection::vec((0..BUCKETS, 1..127i8), 0..200)),
        ) {
            let table = |held: &Vec<(usize, i8)>| {
                let held: FxHashMap<usize, i8> = held.iter().copied().collect();
                Table::of((0..BUCKETS).map(|at| held.get(&at).map_or(NOTHING, |idf| [3, 4, *idf])))
            };
            let tables = held.each_ref().map(table);
            let beside = Table::beside(&tables.each_ref());
            for bucket in 0..BUCKETS {
                let expected = tables.each_ref().map(|table| table.bucket::<1>(bucket)[0]);
                proptest::prop_assert_eq!(beside.bucket(bucket), &expected);
            }
        }
    }

    #[test]
    fn parts_that_do_not_fit_are_refused() {
        let table = Table::of([[1, 2, 3], [0, 0, 0], [4, 5, 6]].into_iter());
        let (used, entries) = table.parts();
        assert!(Table::from_parts(&used[1..], &entries).is_err());
        assert!(Table::from_parts(&used, &entries[3..]).is_err());
        assert!(Table::from_parts(&used, &entries[1..]).is_err());
        assert!(Table::from_parts(&used, &entries).is_ok());
    }
}
