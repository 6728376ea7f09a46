//! Sketches of texts, by which those that may be near-duplicates find each other when the texts are no longer in memory,
//! and the shingles by which they are verified.

use crate::text::Tokens;

/// Bins of the one-permutation MinHash.
const BINS: usize = 256;
/// Bands by which near-duplicates find each other, and the minima in each: texts of similarity 0.6 share a band with
/// probability 1 - (1 - 0.6^3)^16 = 0.98, texts of 0.1 with 0.016.
pub(super) const BANDS: usize = 16;
const ROWS: usize = 3;

/// Sketch of the set of word 3-shingles of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct TextSketch {
    /// Minimum of each bin, in four bits; 0 where the bin is empty (Li, Owen, Zhang 2012).
    bins: [u8; BINS / 2],
    /// Hashes of the bands.
    pub bands: [u32; BANDS],
}

impl TextSketch {
    /// Sketches a text given the hashes of its words.
    pub fn of(words: &[u64]) -> TextSketch {
        let mut minima = [u32::MAX; BINS];
        let mut slots = [u32::MAX; BANDS * ROWS];
        shingles(words, |shingle| {
            let value = (shingle >> 8) as u32;
            let bin = &mut minima[shingle as usize % BINS];
            *bin = (*bin).min(value);
            for (slot, (multiplier, offset)) in slots.iter_mut().zip(PERMUTATIONS) {
                *slot = (*slot).min((value ^ offset).wrapping_mul(multiplier));
            }
        });
        let mut bins = [0; BINS / 2];
        for (i, minimum) in minima
            .into_iter()
            .enumerate()
            .filter(|(_, minimum)| *minimum != u32::MAX)
        {
            // Fifteen values for a bin in use; the minimum is mixed, for its high bits are nearly always 0.
            let value = 1 + (mix(u64::from(minimum)) % 15) as u8;
            bins[i / 2] |= value << (4 * (i % 2));
        }
        let mut bands = [0; BANDS];
        for (band, rows) in bands.iter_mut().zip(slots.chunks_exact(ROWS)) {
            *band = rows.iter().fold(0u64, |hash, row| mix(hash ^ u64::from(*row))) as u32;
        }
        TextSketch { bins, bands }
    }

    /// Jaccard similarity of the shingles, 0 to 1, with a standard error of about 0.03 to 0.04 (less for short texts).
    pub fn similarity(&self, other: &TextSketch) -> f64 {
        let (mut used, mut both, mut equal) = (0u32, 0u32, 0u32);
        for (a, b) in self.bins.iter().zip(other.bins) {
            for (a, b) in [(a & 15, b & 15), (a >> 4, b >> 4)] {
                used += u32::from(a | b != 0);
                both += u32::from(a != 0 && b != 0);
                equal += u32::from(a == b && a != 0);
            }
        }
        // One in fifteen of the bins that hold different shingles agrees by chance.
        const CHANCE: f64 = 1.0 / 15.0;
        let shared = (f64::from(equal) - CHANCE * f64::from(both)) / (1.0 - CHANCE);
        (shared / f64::from(used.max(1))).max(0.0)
    }
}

/// The set of word 3-shingles of a text.
///
/// Hashes of 32 bits stand for them, in rising order: two texts of a hundred words have two shingles that collide once in
/// 400,000 pairs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Shingles(Vec<u32>);

impl Shingles {
    /// The shingles of a text given the hashes of its words.
    pub fn of(words: &[u64]) -> Shingles {
        let mut all = Vec::with_capacity(words.len());
        shingles(words, |shingle| all.push((shingle >> 32) as u32));
        all.sort_unstable();
        all.dedup();
        all.shrink_to_fit();
        Shingles(all)
    }

    /// Jaccard similarity of two sets, 0 to 1: what they have in common by what either has.
    pub fn similarity(&self, other: &Shingles) -> f64 {
        let (mut i, mut j, mut both) = (0, 0, 0usize);
        while let (Some(a), Some(b)) = (self.0.get(i), other.0.get(j)) {
            both += usize::from(a == b);
            i += usize::from(a <= b);
            j += usize::from(b <= a);
        }
        both as f64 / (self.0.len() + other.0.len() - both).max(1) as f64
    }
}

/// Sketch of an owner's answer: three minima over its word 3-shingles. Two answers share each minimum with a probability
/// of their similarity, so that the share of minima in use more than once tells how many answers follow a template.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct AnswerSketch(pub [u32; 3]);

impl AnswerSketch {
    pub fn of(text: &str) -> AnswerSketch {
        let tokens = Tokens::of(text);
        let words = super::event::words(&tokens);
        let mut minima = [u32::MAX; 3];
        shingles(&words, |shingle| {
            for (i, minimum) in minima.iter_mut().enumerate() {
                *minimum = (*minimum).min((mix(shingle ^ (0x9e37 + i as u64)) >> 32) as u32);
            }
        });
        AnswerSketch(if words.is_empty() {
            [0; 3]
        } else {
            minima.map(|minimum| minimum.max(1))
        })
    }
}

/// Hashes of all runs of three words; a text of fewer words is one shingle.
fn shingles(words: &[u64], mut take: impl FnMut(u64)) {
    let hash = |run: &[u64]| {
        run.iter()
            .fold(0x51_7c_c1_b7, |hash: u64, word| mix(hash.rotate_left(21) ^ word))
    };
    if words.len() < 3 {
        take(hash(words));
    }
    words.windows(3).for_each(|run| take(hash(run)));
}

/// SimHash (Charikar 2002) over word bigrams, 128 bits; zero for a text without words.
pub(super) fn simhash(words: &[u64]) -> [u64; 2] {
    let mut ones = BitCounts::default();
    let mut add = |hash: u64| ones.add([mix(hash), mix(hash ^ 0x5bd1_e995_97f4_a7c1)]);
    match words {
        [] => return [0; 2],
        [only] => add(*only),
        _ => words
            .windows(2)
            .for_each(|pair| add(mix(pair[0]).rotate_left(17) ^ pair[1])),
    }
    ones.majority()
}

/// How often each of 128 bits was set. Eight counters of a byte share a word, and are emptied before they run over.
#[derive(Default)]
struct BitCounts {
    lanes: [u64; 16],
    in_lanes: u32,
    ones: [[u32; 8]; 16],
    added: u32,
}

impl BitCounts {
    fn add(&mut self, bits: [u64; 2]) {
        /// A byte with each of its bits in a byte of its own.
        const SPREAD: [u64; 256] = {
            let mut spread = [0; 256];
            let mut byte = 0;
            while byte < 256 {
                let mut bit = 0;
                while bit < 8 {
                    spread[byte] |= ((byte as u64 >> bit) & 1) << (8 * bit);
                    bit += 1;
                }
                byte += 1;
            }
            spread
        };
        let bytes = bits.into_iter().flat_map(u64::to_le_bytes);
        for (lane, byte) in self.lanes.iter_mut().zip(bytes) {
            *lane += SPREAD[usize::from(byte)];
        }
        self.added += 1;
        self.in_lanes += 1;
        if self.in_lanes == 255 {
            self.empty_lanes();
        }
    }

    fn empty_lanes(&mut self) {
        for (lane, ones) in self.lanes.iter_mut().zip(&mut self.ones) {
            for (count, byte) in ones.iter_mut().zip(std::mem::take(lane).to_le_bytes()) {
                *count += u32::from(byte);
            }
        }
        self.in_lanes = 0;
    }

    /// The bits that were set more often than not.
    fn majority(mut self) -> [u64; 2] {
        self.empty_lanes();
        let mut bits = [0u64; 2];
        for (at, ones) in self.ones.as_flattened().iter().enumerate() {
            bits[at / 64] |= u64::from(2 * ones > self.added) << (at % 64);
        }
        bits
    }
}

/// Cosine similarity that two SimHashes stand for, 0 to 1.
pub(super) fn cosine(a: [u64; 2], b: [u64; 2]) -> f64 {
    let apart = (a[0] ^ b[0]).count_ones() + (a[1] ^ b[1]).count_ones();
    (std::f64::consts::PI * f64::from(apart) / 128.0).cos().max(0.0)
}

/// The finaliser of splitmix64.
pub(super) const fn mix(x: u64) -> u64 {
    let x = x.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

/// Odd multiplier and offset of each permutation of 32-bit values.
const PERMUTATIONS: [(u32, u32); BANDS * ROWS] = {
    let mut all = [(0, 0); BANDS * ROWS];
    let mut i = 0;
    while i < all.len() {
        let random = mix(i as u64);
        all[i] = (random as u32 | 1, (random >> 32) as u32);
        i += 1;
    }
    all
};

#[cfg(test)]
mod tests {
    use super::*;

    /// Two texts of `length` words that share all but the words from `changed` on.
    fn pair(length: u64, changed: u64, seed: u64) -> (Vec<u64>, Vec<u64>, f64) {
        let word = |i: u64, salt: u64| mix(i.wrapping_mul(7919) ^ salt);
        let a: Vec<u64> = (0..length).map(|i| word(i, seed)).collect();
        let b: Vec<u64> = (0..length)
            .map(|i| word(i, if i < changed { seed } else { seed ^ 0xffff }))
            .collect();
        let shared = changed.saturating_sub(2) as f64;
        let all = 2.0 * (length - 2) as f64 - shared;
        (a, b, shared / all)
    }

    #[test]
    fn similarity_is_close_to_the_exact_one() {
        for length in [8, 30, 120, 400] {
            for tenths in [0, 5, 8, 9, 10] {
                let mut squares = 0.0;
                let trials = 60;
                for seed in 0..trials {
                    let (a, b, exact) = pair(length, length * tenths / 10, seed);
                    let error = TextSketch::of(&a).similarity(&TextSketch::of(&b)) - exact;
                    squares += error * error;
                }
                let error = (squares / trials as f64).sqrt();
                assert!(
                    error < 0.05,
                    "{length} words, {tenths} tenths shared: standard error {error}"
                );
            }
        }
    }

    #[test]
    fn shingles_are_compared_exactly() {
        // Invented. Ten words have eight shingles; one word changed in the middle takes three of them.
        let of = |text: &str| Shingles::of(&super::super::event::words(&Tokens::of(text)));
        let one = of("the soup was cold and the waiter laughed at us");
        let other = of("the soup was cold but the waiter laughed at us");
        assert_eq!(one.similarity(&one), 1.0);
        assert_eq!(one.similarity(&other), 5.0 / 11.0);
        assert_eq!(other.similarity(&one), 5.0 / 11.0);
        assert_eq!(one.similarity(&of("a walk in the park before noon")), 0.0);
        assert_eq!(one, of("The soup was cold, and the waiter laughed at us!"));
    }

    #[test]
    fn simhash_is_the_sign_of_the_sums() {
        for length in [1, 2, 3, 100, 256, 257, 700] {
            let words: Vec<u64> = (0..length).map(mix).collect();
            let grams: Vec<u64> = match words.as_slice() {
                [only] => vec![*only],
                words => words
                    .windows(2)
                    .map(|pair| mix(pair[0]).rotate_left(17) ^ pair[1])
                    .collect(),
            };
            let halves = grams.iter().map(|gram| [mix(*gram), mix(gram ^ 0x5bd1_e995_97f4_a7c1)]);
            let mut expected = [0u64; 2];
            for bit in 0..128 {
                let sum: i32 = halves
                    .clone()
                    .map(|half| if half[bit / 64] >> (bit % 64) & 1 == 1 { 1 } else { -1 })
                    .sum();
                expected[bit / 64] |= u64::from(sum > 0) << (bit % 64);
            }
            assert_eq!(simhash(&words), expected, "{length} words");
        }
    }

    #[test]
    fn near_copies_share_a_band_and_others_do_not() {
        let shares = |a: &TextSketch, b: &TextSketch| a.bands.iter().zip(b.bands).any(|(a, b)| *a == b);
        let found = |tenths: u64| {
            (0..200u64)
                .filter(|seed| {
                    let (a, b, _) = pair(80, 80 * tenths / 10, *seed);
                    shares(&TextSketch::of(&a), &TextSketch::of(&b))
                })
                .count()
        };
        assert!(found(8) >= 190, "similarity 0.66: {}", found(8));
        assert_eq!(found(0), 0);
    }

    #[test]
    fn cosine_of_like_and_unlike_texts() {
        let (a, b, _) = pair(200, 180, 1);
        assert_eq!(cosine(simhash(&a), simhash(&a)), 1.0);
        assert!((cosine(simhash(&a), simhash(&b)) - 0.9).abs() < 0.08);
        let (a, b, _) = pair(200, 0, 1);
        assert!(cosine(simhash(&a), simhash(&b)) < 0.35);
    }

    #[test]
    fn answers_from_a_template_share_their_minima() {
        let shared = |a: &str, b: &str| {
            AnswerSketch::of(a)
                .0
                .iter()
                .zip(AnswerSketch::of(b).0)
                .filter(|(a, b)| **a == *b)
                .count()
        };
        // Invented.
        let template = |name: &str| {
            format!(
                "Dear {name}, thank you so much for taking the time to share your experience with us. Your satisfaction is our priority and we will pass your comments on to the teams concerned. We hope to welcome you again very soon."
            )
        };
        assert!(shared(&template("Ann"), &template("Bob")) >= 2);
        assert_eq!(
            shared(
                &template("Ann"),
                "Ann, sorry about the lift: the part came on Tuesday and it runs again. Come and see the new bar."
            ),
            0
        );
    }
}
