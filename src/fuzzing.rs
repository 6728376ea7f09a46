//! Fuzzing on a stable compiler: seeds in the forms that are read here, damaged as files get damaged, put to targets that
//! check what must hold of any input.
//!
//! `cargo test` runs the short form. `TURFWATCH_FUZZ_EXECUTIONS=N` sets the number of executions of all targets together,
//! `TURFWATCH_FUZZ_SEED=S` other random numbers. docs/decisions/0041-fuzzing.md says why it is done this way.

use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::{Config, RngSeed, TestCaseError, TestError, TestRunner};
use std::cell::Cell;
use std::time::{Duration, Instant};

/// The targets, and how many of a thousand executions each has: the quick ones more.
const TARGETS: [(&str, u64); 13] = [
    ("dates", 250),
    ("numbers", 250),
    ("prose", 120),
    ("tokens", 120),
    ("analysis", 20),
    ("delimited", 120),
    ("json", 80),
    ("files", 10),
    ("mapping", 2),
    ("parquet", 4),
    ("photos", 12),
    ("models", 10),
    ("scores", 2),
];

/// Executions of all targets where nothing else is asked for.
const SHORT: u64 = 100_000;

fn asked<T: std::str::FromStr>(variable: &str, otherwise: T) -> T {
    std::env::var(variable).map_or(otherwise, |value| {
        let number = value.parse();
        number.unwrap_or_else(|_| panic!("{variable}={value}: expected a number"))
    })
}

/// Puts damaged seeds to a target, which panics where something does not hold. `words` are put in here and there: what
/// the format gives a meaning to.
///
/// # Panics
/// With the smallest input that was found on which the target panics.
pub fn fuzz(name: &str, seeds: &[Vec<u8>], words: &[&[u8]], target: impl Fn(&[u8])) {
    let share = TARGETS.iter().find(|(known, _)| *known == name).expect("a target").1;
    let executions = asked("TURFWATCH_FUZZ_EXECUTIONS", SHORT) * share / 1000;
    let seed = asked("TURFWATCH_FUZZ_SEED", 1);
    let config = Config {
        cases: u32::try_from(executions.max(1)).expect("fewer than four thousand million executions"),
        max_shrink_iters: 20_000,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(seed),
        ..Config::default()
    };
    let slowest = Cell::new((Duration::ZERO, 0));
    let inputs = (any::<Index>(), prop::collection::vec(damage(), 0..7));
    let found = TestRunner::new(config).run(&inputs, |(seed, damages)| {
        let input = damaged(seeds, words, seed, &damages);
        let started = Instant::now();
        target(&input);
        if started.elapsed() > slowest.get().0 {
            slowest.set((started.elapsed(), input.len()));
        }
        Ok::<(), TestCaseError>(())
    });
    match found {
        Ok(()) => {
            let (time, bytes) = slowest.get();
            println!(
                "fuzz {name}: {executions} executions, seed {seed}; slowest {:.1} ms ({bytes} bytes)",
                time.as_secs_f64() * 1000.0
            );
        }
        Err(TestError::Fail(reason, (seed, damages))) => {
            let input = damaged(seeds, words, seed, &damages);
            panic!("fuzz {name}: {reason}\ninput: b\"{}\"", input.escape_ascii());
        }
        Err(TestError::Abort(reason)) => panic!("fuzz {name}: {reason}"),
    }
}

/// What happens to a file.
#[derive(Clone, Debug)]
enum Damage {
    Flip {
        at: Index,
        bit: u32,
    },
    Put {
        at: Index,
        byte: u8,
    },
    Insert {
        at: Index,
        word: Index,
    },
    Overwrite {
        at: Index,
        word: Index,
    },
    Remove {
        at: Index,
        length: usize,
    },
    Repeat {
        at: Index,
        length: usize,
        times: usize,
    },
    Move {
        from: Index,
        length: usize,
        to: Index,
    },
    Splice {
        other: Index,
        from: Index,
        length: usize,
        at: Index,
    },
    CutOff {
        at: Index,
    },
}

fn damage() -> impl Strategy<Value = Damage> {
    let at = any::<Index>;
    let length = || prop_oneof![1..4usize, 1..64usize];
    prop_oneof![
        2 => (at(), 0..8u32).prop_map(|(at, bit)| Damage::Flip { at, bit }),
        2 => (at(), any::<u8>()).prop_map(|(at, byte)| Damage::Put { at, byte }),
        4 => (at(), at()).prop_map(|(at, word)| Damage::Insert { at, word }),
        2 => (at(), at()).prop_map(|(at, word)| Damage::Overwrite { at, word }),
        2 => (at(), length()).prop_map(|(at, length)| Damage::Remove { at, length }),
        1 => (at(), length(), 1..20usize).prop_map(|(at, length, times)| Damage::Repeat { at, length, times }),
        1 => (at(), length(), at()).prop_map(|(from, length, to)| Damage::Move { from, length, to }),
        1 => (at(), at(), length(), at()).prop_map(|(other, from, length, at)| Damage::Splice { other, from, length, at }),
        1 => at().prop_map(|at| Damage::CutOff { at }),
    ]
}

fn damaged(seeds: &[Vec<u8>], words: &[&[u8]], seed: Index, damages: &[Damage]) -> Vec<u8> {
    let mut bytes = seed.get(seeds).clone();
    for damage in damages {
        // One more place than there are bytes: the end.
        let place = |at: &Index, bytes: &[u8]| at.index(bytes.len() + 1);
        let stretch = |from: usize, length: usize, bytes: &[u8]| from..(from + length).min(bytes.len());
        match damage {
            Damage::Flip { at, bit } => {
                let at = place(at, &bytes);
                bytes.iter_mut().skip(at).take(1).for_each(|byte| *byte ^= 1 << bit);
            }
            Damage::Put { at, byte } => {
                let at = place(at, &bytes);
                bytes.insert(at, *byte);
            }
            Damage::Insert { at, word } => {
                let at = place(at, &bytes);
                bytes.splice(at..at, word.get(words).iter().copied());
            }
            Damage::Overwrite { at, word } => {
                let word = *word.get(words);
                let at = place(at, &bytes);
                let over = stretch(at, word.len(), &bytes);
                bytes.splice(over, word.iter().copied());
            }
            Damage::Remove { at, length } => {
                let gone = stretch(place(at, &bytes), *length, &bytes);
                bytes.drain(gone);
            }
            Damage::Repeat { at, length, times } => {
                let at = place(at, &bytes);
                let again = bytes[stretch(at, *length, &bytes)].repeat(*times);
                bytes.splice(at..at, again);
            }
            Damage::Move { from, length, to } => {
                let moved: Vec<u8> = bytes.drain(stretch(place(from, &bytes), *length, &bytes)).collect();
                let to = place(to, &bytes);
                bytes.splice(to..to, moved);
            }
            Damage::Splice {
                other,
                from,
                length,
                at,
            } => {
                let other = other.get(seeds);
                let taken = other[stretch(place(from, other), *length, other)].to_vec();
                let at = place(at, &bytes);
                bytes.splice(at..at, taken);
            }
            Damage::CutOff { at } => bytes.truncate(place(at, &bytes)),
        }
    }
    bytes
}

#[test]
fn the_shares_of_the_targets_make_a_thousand() {
    assert_eq!(TARGETS.iter().map(|(_, share)| share).sum::<u64>(), 1000);
}

#[test]
#[should_panic(expected = "input: b\"qnever\"")]
fn a_failure_is_made_small() {
    let seeds = [b"never".to_vec()];
    fuzz("files", &seeds, &[b"q"], |input| assert!(!input.contains(&b'q')));
}
