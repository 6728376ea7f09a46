//! Counts that can be added to and taken from in any order with the same bits.

use super::Variety;
use rustc_hash::FxHashMap;

/// Counts by kind, with their entropy kept as a whole number.
#[derive(Clone, Debug, Default)]
pub(super) struct Tally {
    counts: FxHashMap<u64, u32>,
    items: u32,
    /// Sum over kinds of `count ln count`, in units of 2^-20.
    logs: i64,
    shared: u32,
}

impl Tally {
    /// Counts one of a kind; kind 0 is not known and not counted.
    pub fn add(&mut self, kind: u64) {
        if kind != 0 {
            let count = self.counts.entry(kind).or_default();
            *count += 1;
            self.items += 1;
            self.logs += logs(*count) - logs(*count - 1);
            self.shared += match *count {
                1 => 0,
                2 => 2,
                _ => 1,
            };
        }
    }

    /// Takes back one that was counted.
    pub fn remove(&mut self, kind: u64) {
        let Some(count) = self.counts.get_mut(&kind) else {
            return;
        };
        *count -= 1;
        self.items -= 1;
        self.logs += logs(*count) - logs(*count + 1);
        self.shared -= match *count {
            0 => 0,
            1 => 2,
            _ => 1,
        };
        if *count == 0 {
            self.counts.remove(&kind);
        }
    }

    /// How many of a kind.
    pub fn of(&self, kind: u64) -> u32 {
        self.counts.get(&kind).copied().unwrap_or(0)
    }

    /// Items of kinds that occur more than once.
    pub fn shared(&self) -> u32 {
        self.shared
    }

    /// Distinct kinds.
    pub fn kinds(&self) -> u32 {
        self.counts.len() as u32
    }

    /// Items, kinds and entropy.
    pub fn variety(&self) -> Variety {
        let items = f64::from(self.items);
        let entropy = if self.items == 0 {
            0.0
        } else {
            (items.ln() - self.logs as f64 / UNIT / items).max(0.0)
        };
        // One kind has no entropy; the fixed point leaves a trace of one.
        Variety {
            items: self.items,
            kinds: self.kinds(),
            entropy: if self.kinds() < 2 { 0.0 } else { entropy },
        }
    }
}

const UNIT: f64 = (1u64 << 20) as f64;

fn logs(count: u32) -> i64 {
    let count = f64::from(count);
    if count < 2.0 {
        0
    } else {
        (count * count.ln() * UNIT).round() as i64
    }
}

/// Whole numbers by class, for a median: 0 to 30 one by one, then wider classes.
#[derive(Clone, Debug)]
pub(super) struct Delays {
    classes: [u32; CLASSES],
    count: u32,
}

const CLASSES: usize = 44;

impl Default for Delays {
    fn default() -> Delays {
        Delays {
            classes: [0; CLASSES],
            count: 0,
        }
    }
}

impl Delays {
    pub fn add(&mut self, days: u16) {
        self.classes[class(days)] += 1;
        self.count += 1;
    }

    pub fn remove(&mut self, days: u16) {
        self.classes[class(days)] -= 1;
        self.count -= 1;
    }

    /// The lower median, in days; above 30 the middle of its class.
    pub fn median(&self) -> Option<f64> {
        let mut left = self.count.checked_sub(1)? / 2;
        for (class, count) in self.classes.iter().enumerate() {
            if left < *count {
                return Some(if class <= 30 {
                    class as f64
                } else {
                    30.0 * 1.5f64.powf((class - 31) as f64 + 0.5)
                });
            }
            left -= count;
        }
        None
    }
}

fn class(days: u16) -> usize {
    if days <= 30 {
        days as usize
    } else {
        (31 + ((f64::from(days) / 30.0).ln() / 1.5f64.ln()) as usize).min(CLASSES - 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn entropy_is_that_of_the_counts_whatever_the_order(kinds in proptest::collection::vec(1u64..6, 0..60), gone in 0usize..60) {
            let mut tally = Tally::default();
            kinds.iter().for_each(|kind| tally.add(*kind));
            let gone = gone.min(kinds.len());
            kinds[..gone].iter().for_each(|kind| tally.remove(*kind));
            let mut fresh = Tally::default();
            kinds[gone..].iter().rev().for_each(|kind| fresh.add(*kind));
            proptest::prop_assert_eq!(tally.variety(), fresh.variety());
            let n = (kinds.len() - gone) as f64;
            let shares = (1..6).map(|kind| kinds[gone..].iter().filter(|k| **k == kind).count() as f64 / n).filter(|share| *share > 0.0);
            let entropy: f64 = shares.map(|share| -share * share.ln()).sum();
            proptest::prop_assert!((fresh.variety().entropy - entropy).abs() < 1e-4);
        }

        #[test]
        fn median_is_exact_in_the_first_month(mut days in proptest::collection::vec(0u16..30, 1..40)) {
            let mut delays = Delays::default();
            days.iter().for_each(|d| delays.add(*d));
            days.sort_unstable();
            proptest::prop_assert_eq!(delays.median(), Some(f64::from(days[(days.len() - 1) / 2])));
        }
    }

    #[test]
    fn no_delays_have_no_median_and_long_ones_a_near_one() {
        let mut delays = Delays::default();
        assert_eq!(delays.median(), None);
        delays.add(400);
        let median = delays.median().expect("one delay");
        assert!((300.0..=500.0).contains(&median), "{median}");
        delays.remove(400);
        assert_eq!(delays.median(), None);
    }
}
