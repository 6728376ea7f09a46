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
    /// One bit per bucket: whether it holds anything.
    used: Vec<u64>,
    /// Buckets in use before each 64.
    before: Vec<u32>,
    /// What the buckets in use hold, in order.
    entries: Vec<Entry>,
}

/// Of a block without weights.
impl Default for Table {
    fn default() -> Table {
        Table::of(std::iter::empty())
    }
}

impl Table {
    /// Of all buckets in order; those left out at the end hold nothing.
    pub fn of(buckets: impl Iterator<Item = Entry>) -> Table {
        let mut used = vec![0; BUCKETS / 64];
        let mut entries = Vec::new();
        for (at, entry) in buckets.enumerate().filter(|(_, entry)| entry[2] != 0) {
            used[at / 64] |= 1 << (at % 64);
            entries.push(entry);
        }
        Table {
            before: before(&used),
            used,
            entries,
        }
    }

    /// Of its parts, as [`Table::parts`] gives them; says what is wrong where they do not fit each other.
    pub fn from_parts(used: &[u8], entries: &[u8]) -> Result<Table, String> {
        let (used, rest) = used.as_chunks();
        if used.len() != BUCKETS / 64 || !rest.is_empty() {
            return Err(format!(
                "expected {BUCKETS} bits, found {} bytes",
                8 * used.len() + rest.len()
            ));
        }
        let used: Vec<u64> = used.iter().map(|word| u64::from_le_bytes(*word)).collect();
        let expected: usize = used.iter().map(|word| word.count_ones() as usize).sum();
        let (entries, rest) = entries.as_chunks();
        if entries.len() != expected || !rest.is_empty() {
            return Err(format!("expected {expected} buckets in use, found {}", entries.len()));
        }
        Ok(Table {
            before: before(&used),
            used,
            entries: entries.iter().map(signed).collect(),
        })
    }

    /// Which buckets are in use, one bit each from the lowest of the first byte on, and what they hold.
    pub fn parts(&self) -> (Vec<u8>, Vec<u8>) {
        let used = self.used.iter().flat_map(|word| word.to_le_bytes());
        let entries = self.entries.as_flattened().iter().map(|byte| *byte as u8);
        (used.collect(), entries.collect())
    }

    /// What the bucket of an n-gram holds, widened for sums; `None` where it holds nothing.
    #[inline]
    pub fn get(&self, kind: Kind, hash: u32) -> Option<[i64; 3]> {
        let first = match kind {
            Kind::Words => 0,
            Kind::Chars => 1 << Kind::Words.bits(),
        };
        let bucket = first + super::bucket_of(kind, hash);
        let (word, bit) = (bucket / 64, 1 << (bucket % 64));
        let used = self.used[word];
        if used & bit == 0 {
            return None;
        }
        let [weight, ratio, idf] = self.entries[(self.before[word] + (used & (bit - 1)).count_ones()) as usize];
        Some([i64::from(weight), i64::from(ratio), i64::from(idf)])
    }
}

fn signed(&[weight, ratio, idf]: &[u8; 3]) -> Entry {
    [weight as i8, ratio as i8, idf as i8]
}

fn before(used: &[u64]) -> Vec<u32> {
    let counts = used.iter().scan(0, |sum, word| {
        let before = *sum;
        *sum += word.count_ones();
        Some(before)
    });
    counts.collect()
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
                    proptest::prop_assert_eq!(table.get(kind, hash), held.get(&(first + bucket)).map(|entry| entry.map(i64::from)));
                }
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
