//! Phrases: runs of words that the reviews of one property, or of one brand, share.
//!
//! The first pass counts every run of six words by property and by brand, in a table of fixed size that counts a little too
//! high at times, and keeps the runs that stand [`FEWEST`] times. What is usual elsewhere is told by a sample of the
//! texts as hashed words: all of a smaller file. Runs that even so many reviews would not make a template are left out; for the
//! others the texts of the property are read again, so that what is kept of a phrase is exact.

use super::event::{Core, NONE, spoken};
use super::sketch::mix;
use crate::campaigns::phrases::{ln_by_rate, ln_by_topic, unlikely};
use crate::text::Tokens;
use rustc_hash::{FxHashMap, FxHashSet};

/// Words of a run.
pub(crate) const RUN: usize = 6;
/// Fewest reviews that make a template of a run.
pub(crate) const FEWEST: u32 = 5;
/// Texts in the sample at most.
const SAMPLED: usize = 1 << 16;
/// Runs that are kept at most.
const KEPT: usize = 1 << 19;

/// The words of a text in order, by 31 bits of their hashes. The lowest bit marks a word of the property's own name or
/// place, and is 0 where these are not told apart.
#[derive(Clone, Debug)]
pub(super) struct Words(Box<[u32]>);

impl Words {
    /// Given the hashes of the words and those of the property's name and place.
    pub fn of(words: &[u64], own: &[u64]) -> Words {
        let short = |word: &u64| (word >> 32) as u32 & !1 | u32::from(own.contains(word));
        Words(words.iter().map(short).collect())
    }
}

/// The runs of a text's words with their hashes, in order of the text.
fn runs(words: &[u32]) -> impl Iterator<Item = (&[u32], u64)> {
    // The hash is a polynomial of the words, so that the next one takes two multiplications.
    const BASE: u64 = 0x9e37_79b9_7f4a_7c15;
    const GONE: u64 = BASE.wrapping_pow(RUN as u32);
    let add = |hash: u64, word: &u32| hash.wrapping_mul(BASE).wrapping_add(u64::from(word & !1));
    let first = words.iter().take(RUN - 1).fold(0, add);
    words.windows(RUN).scan((first, 0), move |(hash, gone), run| {
        *hash = add(*hash, &run[RUN - 1]).wrapping_sub(GONE.wrapping_mul(*gone));
        *gone = u64::from(run[0] & !1);
        Some((run, *hash))
    })
}

/// A text's words, rising, each once.
fn distinct(words: &[u32]) -> Vec<u32> {
    let mut words: Vec<u32> = words.iter().map(|word| word & !1).collect();
    words.sort_unstable();
    words.dedup();
    words
}

/// What a run is counted in: the property, and the brand, whose key has 32 bits; [`NONE`] where not known.
fn scopes(core: &Core) -> [u64; 2] {
    [core.property, u64::from(core.brand)]
}

fn is_brand(scope: u64) -> bool {
    scope >> 32 == 0
}

fn key(scope: u64, run: u64) -> u64 {
    mix(run ^ scope)
}

/// Counts of keys up to 15, at times too high and never too low: the lower of two counters of four bits, of which only the
/// lower ones are raised (count-min with conservative update). Both are in one line of the cache.
#[derive(Debug)]
struct Counts(Vec<Line>);

#[derive(Clone, Copy, Debug)]
#[repr(align(64))]
struct Line([u8; Line::BYTES]);

impl Line {
    const BYTES: usize = 64;

    fn get(&self, counter: usize) -> u8 {
        self.0[counter / 2] >> (4 * (counter % 2)) & 15
    }
}

impl Counts {
    /// Lines at most: 64 MiB.
    const MOST: usize = 1 << 20;
    const HIGHEST: u8 = 15;
    /// For so many keys the counts are seldom too high.
    const KEYS_OF_A_LINE: usize = 64;

    fn for_keys(keys: usize) -> Counts {
        let lines = (keys / Counts::KEYS_OF_A_LINE).next_power_of_two();
        Counts(vec![Line([0; Line::BYTES]); lines.min(Counts::MOST)])
    }

    fn line(&self, key: u64) -> usize {
        (key >> 32) as usize & (self.0.len() - 1)
    }

    /// Brings the lines of keys into the cache, many at a time: counting alone would wait for each.
    fn fetch(&self, keys: impl Iterator<Item = u64>) {
        let fetched = keys.fold(0, |all, key| all ^ self.0[self.line(key)].0[0]);
        std::hint::black_box(fetched);
    }

    /// Counts a key and says how often it was counted.
    fn add(&mut self, key: u64) -> u8 {
        let line = self.line(key);
        let line = &mut self.0[line];
        let counters = [key, key >> 16].map(|part| part as usize % (2 * Line::BYTES));
        let count = line.get(counters[0]).min(line.get(counters[1]));
        for counter in counters {
            let raised = line.get(counter) == count && count < Counts::HIGHEST;
            line.0[counter / 2] += u8::from(raised) << (4 * (counter % 2));
        }
        (count + 1).min(Counts::HIGHEST)
    }
}

/// A text as it is counted.
#[derive(Clone, Copy)]
struct Text<'a> {
    hash: u64,
    scopes: [u64; 2],
    words: &'a [u32],
}

/// Texts, their words behind each other: texts that are let go of leave no holes in memory.
#[derive(Debug, Default)]
struct Sample {
    /// Hash, scopes, and where the words end.
    texts: Vec<(u64, [u64; 2], usize)>,
    words: Vec<u32>,
}

impl Sample {
    fn push(&mut self, text: Text<'_>) {
        self.words.extend_from_slice(text.words);
        self.texts.push((text.hash, text.scopes, self.words.len()));
    }

    fn len(&self) -> usize {
        self.texts.len()
    }

    fn iter(&self) -> impl Iterator<Item = Text<'_>> {
        self.texts.iter().scan(0, |start, (hash, scopes, end)| {
            let words = &self.words[std::mem::replace(start, *end)..*end];
            Some(Text {
                hash: *hash,
                scopes: *scopes,
                words,
            })
        })
    }

    /// Keeps the texts whose hash begins with so many zeros.
    fn thin(&mut self, zeros: u32) {
        let mut kept = Sample::default();
        let thinned = self.iter().filter(|text| text.hash.leading_zeros() >= zeros);
        thinned.for_each(|text| kept.push(text));
        *self = kept;
    }
}

/// A run that a property, or a brand, has in several reviews.
#[derive(Debug)]
struct Repeated {
    scope: u64,
    words: [u32; RUN],
    hash: u64,
    /// How often; never too low.
    times: u32,
}

/// What the first pass learns of phrases.
#[derive(Debug)]
pub(super) struct Phrases {
    /// Texts in the sample at most.
    most: usize,
    /// The texts whose hash begins with as many zeros as are needed to have no more.
    sample: Sample,
    zeros: u32,
    runs: Runs,
    /// `None` as long as all texts are in the sample, for they can be counted when their number is known.
    counts: Option<Counts>,
}

#[derive(Debug, Default)]
struct Runs {
    counted: u64,
    repeated: FxHashMap<u64, Repeated>,
    /// Zeros with which the keys of runs begin that are kept.
    zeros: u32,
}

impl Runs {
    fn count(&mut self, counts: &mut Counts, text: Text<'_>) {
        let foreign = |(words, _): &(&[u32], u64)| words.iter().all(|word| word & 1 == 0);
        for scope in text.scopes.into_iter().filter(|scope| *scope != NONE) {
            let runs = || runs(text.words).filter(foreign);
            counts.fetch(runs().map(|(_, hash)| key(scope, hash)));
            for (words, hash) in runs() {
                self.counted += 1;
                let key = key(scope, hash);
                if u32::from(counts.add(key)) >= FEWEST && key.leading_zeros() >= self.zeros {
                    self.keep(key, scope, words, hash);
                }
            }
        }
    }

    fn keep(&mut self, key: u64, scope: u64, words: &[u32], hash: u64) {
        let kept = self.repeated.entry(key).or_insert_with(|| Repeated {
            scope,
            words: std::array::from_fn(|at| words[at]),
            hash,
            times: FEWEST - 1,
        });
        kept.times += 1;
        while self.repeated.len() > KEPT {
            self.zeros += 1;
            self.repeated.retain(|key, _| key.leading_zeros() >= self.zeros);
        }
    }
}

impl Default for Phrases {
    fn default() -> Phrases {
        Phrases::sampling(SAMPLED)
    }
}

impl Phrases {
    fn sampling(most: usize) -> Phrases {
        Phrases {
            most,
            sample: Sample::default(),
            zeros: 0,
            runs: Runs::default(),
            counts: None,
        }
    }

    /// Adds a text.
    pub fn add(&mut self, core: &Core, words: &Words) {
        let text = Text {
            hash: core.text,
            scopes: scopes(core),
            words: &words.0,
        };
        if let Some(counts) = &mut self.counts {
            self.runs.count(counts, text);
        }
        if text.hash.leading_zeros() >= self.zeros {
            self.sample.push(text);
        }
        while self.sample.len() > self.most {
            if self.counts.is_none() {
                self.count_sample(Counts::for_keys(usize::MAX / 2));
            }
            self.zeros += 1;
            self.sample.thin(self.zeros);
        }
    }

    fn count_sample(&mut self, mut counts: Counts) {
        self.sample.iter().for_each(|text| self.runs.count(&mut counts, text));
        self.counts = Some(counts);
    }

    /// The runs that may be templates, given the events of all rows.
    pub fn suspects(mut self, cores: &[Core]) -> Suspects {
        if self.counts.is_none() {
            self.count_sample(Counts::for_keys(self.sample.words.len()));
        }
        self.counts = None;
        let looked_at = self.runs.counted as f64;
        let mut list: Vec<Suspect> = self.runs.repeated.into_values().map(Suspect::of).collect();
        let of_runs: FxHashSet<u64> = list.iter().map(|run| run.scope).collect();
        let tally = |reviews: &mut dyn Iterator<Item = [u64; 2]>| {
            let mut by_scope: FxHashMap<u64, u32> = FxHashMap::default();
            let scopes = reviews.flatten().filter(|scope| of_runs.contains(scope));
            scopes.for_each(|scope| *by_scope.entry(scope).or_default() += 1);
            by_scope
        };
        let sampled = tally(&mut self.sample.iter().map(|text| text.scopes));
        let reviews = tally(&mut cores.iter().filter(|core| speaks(core)).map(scopes));
        for run in &mut list {
            run.reviews = reviews.get(&run.scope).copied().unwrap_or(0);
            run.elsewhere.reviews = self.sample.len() as u32 - sampled.get(&run.scope).copied().unwrap_or(0);
        }
        count_runs(&mut list, &self.sample);
        list.retain(|run| unlikely(ln_by_rate(run.times, run.reviews, &run.elsewhere), looked_at));
        find_rarest(&mut list, &self.sample);
        count_topics(&mut list, &self.sample);
        // Runs that the topic explains are kept where another one is not explained, for they may go together.
        let telling: FxHashSet<u64> = list
            .iter()
            .filter(|run| run.may_tell(looked_at))
            .map(|run| run.scope)
            .collect();
        list.retain(|run| telling.contains(&run.scope));
        list.sort_unstable_by_key(|run| (is_brand(run.scope), run.scope, run.words));
        Suspects::of(list, looked_at)
    }
}

/// Whether a review has a run at all.
fn speaks(core: &Core) -> bool {
    usize::from(core.words) >= RUN
}

/// What the texts of a sample that are of other properties, or other brands, have in common with a run.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Elsewhere {
    /// Texts.
    pub reviews: u32,
    /// Those of them that hold the run.
    pub run: u32,
    /// Those of them that hold its two rarest words.
    pub topic: u32,
}

/// Counts the texts of other scopes that hold each run.
fn count_runs(list: &mut [Suspect], sample: &Sample) {
    let mut by_hash: FxHashMap<u64, Vec<u32>> = FxHashMap::default();
    for (run, at) in list.iter().zip(0..) {
        by_hash.entry(run.hash).or_default().push(at);
    }
    for text in sample.iter() {
        let mut held: Vec<&Vec<u32>> = runs(text.words).filter_map(|(_, hash)| by_hash.get(&hash)).collect();
        held.sort_unstable();
        held.dedup();
        for at in held.into_iter().flatten() {
            let run = &mut list[*at as usize];
            run.elsewhere.run += u32::from(!text.scopes.contains(&run.scope));
        }
    }
}

/// Finds the two words of each run that the fewest texts hold.
fn find_rarest(list: &mut [Suspect], sample: &Sample) {
    let words = list.iter().flat_map(|run| run.words);
    let mut texts: FxHashMap<u32, u32> = words.map(|word| (word, 0)).collect();
    for word in sample.iter().flat_map(|text| distinct(text.words)) {
        if let Some(count) = texts.get_mut(&word) {
            *count += 1;
        }
    }
    for run in list {
        let mut words = run.words.map(|word| (texts[&word], word));
        words.sort_unstable();
        let other = words.iter().find(|word| **word != words[0]).unwrap_or(&words[0]);
        run.rarest = [words[0].1, other.1];
    }
}

/// Counts the texts that hold the two rarest words of each run.
fn count_topics(list: &mut [Suspect], sample: &Sample) {
    let mut by_rarest: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
    for (run, at) in list.iter().zip(0..) {
        by_rarest.entry(run.rarest[0]).or_default().push(at);
    }
    for text in sample.iter() {
        let words = distinct(text.words);
        for at in words.iter().filter_map(|word| by_rarest.get(word)).flatten() {
            let run = &mut list[*at as usize];
            let topic = u32::from(words.binary_search(&run.rarest[1]).is_ok());
            if text.scopes.contains(&run.scope) {
                run.topic_here += topic;
            } else {
                run.elsewhere.topic += topic;
            }
        }
    }
}

/// A run that may be a template.
#[derive(Debug)]
struct Suspect {
    scope: u64,
    words: [u32; RUN],
    hash: u64,
    /// How often its scope has it; never too low.
    times: u32,
    /// Its two rarest words, the rarer one first; one word twice where it has no other.
    rarest: [u32; 2],
    /// Reviews of its scope that have a run at all.
    reviews: u32,
    /// Those of them in the sample that hold its two rarest words.
    topic_here: u32,
    elsewhere: Elsewhere,
}

impl Suspect {
    /// Whether the topic may not explain it: as many hold its rarest words as are known to, or hold the run.
    fn may_tell(&self, looked_at: f64) -> bool {
        let topic = self.topic_here.max(self.times);
        unlikely(ln_by_topic(self.times, topic, &self.elsewhere), looked_at)
    }

    fn of(run: Repeated) -> Suspect {
        Suspect {
            scope: run.scope,
            words: run.words,
            hash: run.hash,
            times: run.times,
            rarest: [0; 2],
            reviews: 0,
            topic_here: 0,
            elsewhere: Elsewhere::default(),
        }
    }
}

/// The runs that may be templates, for which texts are read again.
#[derive(Debug, Default)]
pub(super) struct Suspects {
    list: Vec<Suspect>,
    by_key: FxHashMap<u64, u32>,
    by_scope: FxHashMap<u64, std::ops::Range<usize>>,
    looked_at: f64,
}

/// A run that a text read again speaks of.
#[derive(Debug)]
pub(super) struct Spoken {
    suspect: u32,
    /// As it stands in the text, where it does; else the text has only its two rarest words.
    written: Option<[String; RUN]>,
}

impl Suspects {
    fn of(list: Vec<Suspect>, looked_at: f64) -> Suspects {
        let by_key = list
            .iter()
            .zip(0..)
            .map(|(run, at)| (key(run.scope, run.hash), at))
            .collect();
        let mut by_scope: FxHashMap<u64, std::ops::Range<usize>> = FxHashMap::default();
        for (at, run) in list.iter().enumerate() {
            by_scope.entry(run.scope).or_insert(at..at).end = at + 1;
        }
        Suspects {
            list,
            by_key,
            by_scope,
            looked_at,
        }
    }

    /// Whether the text of an event must be read again.
    pub fn concern(&self, core: &Core) -> bool {
        !self.list.is_empty() && speaks(core) && scopes(core).iter().any(|scope| self.by_scope.contains_key(scope))
    }

    /// What a text says, given its tokens and the hashes of its words.
    pub fn spoken(&self, core: &Core, text: &str, tokens: &Tokens, words: &[u64]) -> Vec<Spoken> {
        let own = scopes(core);
        let of_scopes = || own.iter().filter_map(|scope| self.by_scope.get(scope)).cloned();
        let words = Words::of(words, &[]);
        let held = distinct(&words.0);
        let holds = |word: &u32| held.binary_search(word).is_ok();
        let mut spoken: Vec<Spoken> = of_scopes()
            .flatten()
            .filter(|at| self.list[*at].rarest.iter().all(holds))
            .map(|at| Spoken {
                suspect: at as u32,
                written: None,
            })
            .collect();
        for (at, (_, hash)) in runs(&words.0).enumerate() {
            for suspect in own.iter().filter_map(|scope| self.by_key.get(&key(*scope, hash))) {
                let held = spoken.iter_mut().find(|spoken| spoken.suspect == *suspect);
                if let Some(held) = held.filter(|held| held.written.is_none()) {
                    held.written = Some(written(text, tokens, at));
                }
            }
        }
        spoken
    }

    /// The phrases, given what each row says, by rising rows.
    pub fn phrases(self, said: impl Iterator<Item = (u32, Vec<Spoken>)>) -> Said {
        let mut phrases: Vec<Phrase> = self
            .list
            .into_iter()
            .map(|run| Phrase {
                scope: run.scope,
                by_brand: is_brand(run.scope),
                words: run.words,
                written: Default::default(),
                spoken: Vec::new(),
                reviews: run.reviews,
                elsewhere: run.elsewhere,
            })
            .collect();
        for (row, spoken) in said {
            for of_run in spoken {
                let phrase = &mut phrases[of_run.suspect as usize];
                phrase.spoken.push((row, of_run.written.is_some()));
                // Of several spellings the last: small letters before capitals, accents before none.
                phrase.written = std::mem::take(&mut phrase.written).max(of_run.written.unwrap_or_default());
            }
        }
        Said {
            phrases,
            looked_at: self.looked_at,
        }
    }
}

/// The words of a run that begins at a word, each with the sign that ties it to the one before.
fn written(text: &str, tokens: &Tokens, first: usize) -> [String; RUN] {
    let mut words = spoken(tokens).skip(first);
    let mut end = None;
    std::array::from_fn(|_| {
        let Some(token) = words.next() else {
            return String::new();
        };
        let (from, to) = (token.start as usize, token.end as usize);
        let tie = end.replace(to).map_or("", |end: usize| match &text[end..from] {
            tie @ ("" | "'" | "’" | "-") => tie,
            _ => " ",
        });
        format!("{tie}{}", &text[from..to])
    })
}

/// Phrases that reviews of a property, or of a brand, share.
#[derive(Debug, Default)]
pub(crate) struct Said {
    /// By property or brand.
    pub phrases: Vec<Phrase>,
    /// Runs that were looked at.
    pub looked_at: f64,
}

/// A run of words with the reviews of one property, or of one brand, that hold it.
#[derive(Clone, Debug)]
pub(crate) struct Phrase {
    /// Key of the property or brand.
    pub scope: u64,
    /// Whether it is a brand.
    pub by_brand: bool,
    /// Hashes of its words.
    pub words: [u32; RUN],
    /// Its words, each with the sign that ties it to the one before.
    pub written: [String; RUN],
    /// Rows of the property's reviews that hold its two rarest words, and whether they hold the run.
    pub spoken: Vec<(u32, bool)>,
    /// Rows of the property with text.
    pub reviews: u32,
    /// What is usual elsewhere.
    pub elsewhere: Elsewhere,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_told_as_they_are_written() {
        let text = "With l'evening, the well-fair people d'old Room";
        let told = written(text, &Tokens::of(text), 1);
        assert_eq!(told.concat(), "l'evening the well-fair people");
    }

    #[test]
    fn runs_have_the_same_hash_wherever_they_stand() {
        let words = |of: &[u64]| Words::of(&of.iter().map(|word| mix(*word)).collect::<Vec<u64>>(), &[]);
        let hashes = |words: &Words| runs(&words.0).map(|(_, hash)| hash).collect::<Vec<u64>>();
        let all = hashes(&words(&[9, 8, 1, 2, 3, 4, 5, 6, 7]));
        assert_eq!(all.len(), 4);
        assert_eq!(hashes(&words(&[1, 2, 3, 4, 5, 6])), [all[2]]);
        assert_ne!(hashes(&words(&[2, 1, 3, 4, 5, 6])), [all[2]]);
        assert!(hashes(&words(&[1, 2, 3, 4, 5])).is_empty() && hashes(&words(&[])).is_empty());
    }

    #[test]
    fn a_sample_does_not_hang_on_the_order_of_reviews_and_finds_what_all_texts_tell() {
        // Invented words: a run that one of ten properties has in forty reviews, among words that anybody may use together.
        let words = |seed: u64, i: u64| (0..12).map(|at| mix(seed ^ i << 8 ^ at) % 40).collect::<Vec<u64>>();
        let shared: Vec<u64> = words(1, 1)[..RUN].to_vec();
        let reviews: Vec<(Core, Words)> = (0..4000)
            .map(|i| {
                let said = if i % 100 == 0 {
                    [words(2, i), shared.clone()].concat()
                } else {
                    words(3, i)
                };
                let review = crate::Review {
                    property_id: Some((i % 10).to_string()),
                    text: Some(
                        said.iter()
                            .map(|word| {
                                format!(
                                    "w{}{} ",
                                    ["a", "e", "i", "o"][*word as usize / 10],
                                    ["b", "c", "d", "f", "g", "k", "l", "m", "n", "p"][*word as usize % 10]
                                )
                            })
                            .collect(),
                    ),
                    ..Default::default()
                };
                let event = super::super::Event::of(0, &review, None, None, &Default::default());
                (event.core, event.words.expect("is long enough"))
            })
            .collect();
        let cores: Vec<Core> = reviews.iter().map(|(core, _)| *core).collect();
        let suspects = |order: &mut dyn Iterator<Item = &(Core, Words)>, most: usize| {
            let mut phrases = Phrases::sampling(most);
            order.for_each(|(core, words)| phrases.add(core, words));
            let suspects = phrases.suspects(&cores);
            let told = |run: &Suspect| (run.words, run.times, run.rarest, run.elsewhere);
            (suspects.list.iter().map(told).collect::<Vec<_>>(), suspects.looked_at)
        };
        let straight = suspects(&mut reviews.iter(), 1000);
        assert_eq!(straight.0.len(), 1);
        assert_eq!(straight.0[0].1, 40);
        assert!(straight.0[0].3.reviews < 1000);
        assert_eq!(suspects(&mut reviews.iter().rev(), 1000), straight);
        let whole = suspects(&mut reviews.iter(), 4000);
        assert_eq!(
            (whole.0[0].0, whole.0[0].3.reviews, whole.1),
            (straight.0[0].0, 3600, straight.1)
        );
    }

    #[test]
    fn counts_are_never_too_low_and_seldom_too_high() {
        let mut counts = Counts::for_keys(64_000);
        let mut high = 0;
        for i in 0..64_000u64 {
            // Every hundredth key comes eight times.
            let times = if i % 100 == 0 { 8 } else { 1 };
            let mut count = 0;
            for _ in 0..times {
                count = counts.add(mix(i));
            }
            assert!(count >= times);
            high += usize::from(u32::from(count) >= FEWEST && times == 1);
        }
        assert!(high < 300, "{high}");
        (0..40).for_each(|_| assert!(counts.add(7) <= 15));
    }
}
