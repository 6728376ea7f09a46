//! What n-grams know: learnt evidence that reaches the classifier as a few dense columns.
//!
//! A [`Block`] is learnt from one corpus in one language. For word n-grams (1 to 2) and character n-grams (3 to 6) it
//! holds, per hash bucket, the weight of a linear support vector machine over tf-idf, the naive-Bayes log-count ratio
//! (Wang & Manning 2012), and the inverse document frequency, each in one byte. Texts are never stored: evidence is
//! found again by hashing the text that is scored.

mod counter;
mod table;

pub use table::{Entry, Table};

use crate::review::TextForm;
use crate::score::{Evidence, Passage, Span};
use crate::signals::Case;
use crate::text::{Analysis, Language, Tokens, folded_char, push_folded};
use counter::Counter;
use serde::{Deserialize, Serialize};
use std::sync::{LazyLock, OnceLock};

/// The kinds of n-gram.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Words and signs, singly and in pairs; numbers are one word.
    Words,
    /// Characters, three to six, over folded text with white space collapsed and marks at both ends.
    Chars,
}

impl Kind {
    /// Both kinds.
    pub const ALL: [Kind; 2] = [Kind::Words, Kind::Chars];

    /// Base-2 logarithm of the number of buckets.
    pub const fn bits(self) -> u32 {
        match self {
            Kind::Words => 17,
            Kind::Chars => 18,
        }
    }
}

/// Columns that a block gives. Words and characters are added up: apart, they say nearly the same, and a regression on
/// both gives them weights of opposite signs that no reader can follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// Margins of the support vector machines on words and on characters, where they speak for a fake; 0 elsewhere.
    Above,
    /// The same where they speak for a genuine review. Apart from the former, since not to look like one kind of fake says
    /// little against the others.
    Below,
    /// For words and for characters, the sum of the naive-Bayes log-count ratios of the n-grams that the block knows, over
    /// the root of their number.
    Ratio,
}

impl Column {
    /// All columns, in the order of the matrix.
    pub const ALL: [Column; 3] = [Column::Above, Column::Below, Column::Ratio];
}

/// The distinct n-grams of a text, by their hashes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Counts {
    /// Those that occur once, nearly all, in no order.
    pub once: Vec<u32>,
    /// The others with their counts, in order of first occurrence.
    pub repeated: Vec<(u32, u16)>,
}

impl Counts {
    /// All with their counts, sorted by hash.
    pub fn sorted(&self) -> Vec<(u32, u16)> {
        let once = self.once.iter().map(|hash| (*hash, 1));
        let mut all: Vec<(u32, u16)> = once.chain(self.repeated.iter().copied()).collect();
        all.sort_unstable();
        all
    }
}

/// The n-grams of the body of a review.
#[derive(Clone, Debug, PartialEq)]
pub struct Grams {
    /// By kind, as in [`Kind::ALL`].
    pub counts: [Counts; 2],
    /// Language of the text; `None` for stemmed text and where it could not be told.
    pub language: Option<Language>,
    /// Whether the text is stemmed.
    pub stemmed: bool,
}

impl Grams {
    /// The n-grams of a case; `None` where its body is missing or has fewer than three words.
    pub fn of_case(case: &Case<'_>) -> Option<Grams> {
        let text = case.review.text.as_deref()?;
        match case.text {
            Some(analysis) => (analysis.words >= 3).then(|| Grams::of(analysis)),
            None if case.review.text_form == TextForm::Stemmed => {
                let analysis = Analysis::new(Passage::Text, text, Language::from_code("und"));
                let mut grams = Grams::of(&analysis);
                grams.language = None;
                grams.stemmed = true;
                (analysis.words >= 3).then_some(grams)
            }
            None => None,
        }
    }

    /// Words and signs of the text.
    pub fn words(&self) -> u32 {
        let [words, _] = &self.counts;
        let repeated: u32 = words.repeated.iter().map(|(_, count)| u32::from(*count)).sum();
        // One more than pairs.
        (words.once.len() as u32 + repeated).div_ceil(2)
    }

    fn of(analysis: &Analysis<'_>) -> Grams {
        let mut hashes = Vec::with_capacity(2 * analysis.tokens.list.len());
        word_grams(&analysis.tokens, |hash, _| hashes.push(hash));
        let mut words = Counter::for_about(hashes.len());
        words.add(&hashes);
        let characters = collapsed(analysis.source);
        let mut chars = Counter::for_about(4 * characters.len());
        char_grams(&characters, |hashes| chars.add(hashes));
        Grams {
            counts: [words.counts(), chars.counts()],
            language: analysis.language,
            stemmed: false,
        }
    }
}

fn word_grams(tokens: &Tokens, mut found: impl FnMut(u32, std::ops::Range<usize>)) {
    let mut before: Option<(u64, usize)> = None;
    for token in &tokens.list {
        let hash = token.hash;
        found(mix(hash), token.start as usize..token.end as usize);
        if let Some((first, start)) = before {
            found(
                mix(first.rotate_left(17).wrapping_mul(PAIR) ^ hash),
                start..token.end as usize,
            );
        }
        before = Some((hash, token.start as usize));
    }
}

const PAIR: u64 = 0x9e37_79b9_7f4a_7c15;

/// The upper half of a multiplied hash: all its bits are mixed.
fn mix(hash: u64) -> u32 {
    (hash.wrapping_mul(PAIR) >> 32) as u32
}

/// Hands over the character n-grams of a text, some at a time.
fn char_grams(characters: &[u32], mut found: impl FnMut(&[u32])) {
    const AT_A_TIME: usize = 256;
    let mut hashes = Vec::with_capacity(4 * AT_A_TIME.min(characters.len()));
    for first in (0..characters.len()).step_by(AT_A_TIME) {
        hashes.clear();
        let mut rest = &characters[first..];
        for _ in 0..AT_A_TIME.min(rest.len()) {
            match rest.first_chunk::<6>() {
                // The length is known while compiling, as nearly everywhere.
                Some(six) => hashes.extend_from_slice(&grams_from(six)),
                None => hashes.extend_from_slice(&grams_from(rest)[..rest.len().saturating_sub(2)]),
            }
            rest = &rest[1..];
        }
        found(&hashes);
    }
}

/// Those of three to six characters that begin with the first of these; 0 for those that are longer.
#[inline(always)]
fn grams_from(characters: &[u32]) -> [u32; 4] {
    let mut grams = [0; 4];
    let mut hash = 0u64;
    for (length, c) in characters.iter().enumerate() {
        hash = (hash ^ u64::from(*c)).wrapping_mul(PAIR).rotate_left(23);
        if length >= 2 {
            grams[length - 2] = mix(hash ^ length as u64);
        }
    }
    grams
}

/// The characters of the folded text, white space collapsed, with marks at both ends.
fn collapsed(source: &str) -> Vec<u32> {
    let mut characters: Vec<u32> = Vec::with_capacity(source.len() + 2);
    characters.push(2);
    let mut blank = true;
    let mut take = |c: char| {
        let is_blank = c.is_whitespace();
        if !is_blank || !blank {
            characters.push(if is_blank { u32::from(b' ') } else { c as u32 });
        }
        blank = is_blank;
    };
    let mut folded = String::new();
    for c in source.chars() {
        if let Some(c) = folded_char(c) {
            take(c);
        } else {
            folded.clear();
            push_folded(c, &mut folded);
            folded.chars().for_each(&mut take);
        }
    }
    if blank && characters.len() > 1 {
        characters.pop();
    }
    characters.push(3);
    characters
}

/// The learnt table of one kind, with the factors that turn bytes into numbers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Scales {
    /// Margin weight of byte 1.
    pub weight: f64,
    /// Log-count ratio of byte 1.
    pub ratio: f64,
    /// Inverse document frequency of byte 1.
    pub idf: f64,
    /// Added to the margin.
    pub bias: f64,
}

/// Unquantised weights of one kind, as training gives them; one entry per bucket.
#[derive(Clone, Debug, PartialEq)]
pub struct Weights {
    /// Weight of the tf-idf value.
    pub weight: Vec<f32>,
    /// Naive-Bayes log-count ratio.
    pub ratio: Vec<f32>,
    /// Inverse document frequency, 0 for n-grams that were seen too rarely to be used.
    pub idf: Vec<f32>,
    /// Added to the margin.
    pub bias: f64,
}

/// Learnt n-gram evidence of one corpus in one language.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Block {
    /// Name of the corpus.
    pub corpus: String,
    /// Language code; `None` for stemmed text.
    pub language: Option<String>,
    /// By kind, as in [`Kind::ALL`].
    pub scales: [Scales; 2],
    /// What it has learnt per bucket; not part of its serialised form.
    #[serde(skip)]
    pub table: Table,
}

impl Block {
    /// Quantises what was learnt.
    pub fn new(corpus: &str, language: Option<Language>, weights: [&Weights; 2]) -> Block {
        let mut buckets = Vec::new();
        let scales = weights.map(|weights| {
            let scale =
                |values: &[f32]| f64::from(values.iter().fold(0f32, |most, v| most.max(v.abs()))).max(1e-9) / 127.0;
            let scales = Scales {
                weight: scale(&weights.weight),
                ratio: scale(&weights.ratio),
                idf: scale(&weights.idf),
                bias: weights.bias,
            };
            let byte = |value: f32, scale: f64| (f64::from(value) / scale).round() as i8;
            for ((weight, ratio), idf) in weights.weight.iter().zip(&weights.ratio).zip(&weights.idf) {
                buckets.push([
                    byte(*weight, scales.weight),
                    byte(*ratio, scales.ratio),
                    byte(*idf, scales.idf),
                ]);
            }
            scales
        });
        Block {
            corpus: corpus.to_owned(),
            language: language.map(|language| language.code().to_owned()),
            scales,
            table: Table::of(buckets.into_iter()),
        }
    }

    /// Code of one of its columns, such as `B4.ngram_margin_ott_en`.
    pub fn code(&self, column: Column) -> String {
        let language = self.language.as_deref().unwrap_or("stemmed");
        match column {
            Column::Above => format!("B4.ngram_margin_{}_{language}", self.corpus),
            Column::Below => format!("B4.ngram_distance_{}_{language}", self.corpus),
            Column::Ratio => format!("B4.ngram_ratio_{}_{language}", self.corpus),
        }
    }

    /// The column of a code.
    pub fn column(&self, code: &str) -> Option<Column> {
        Column::ALL.into_iter().find(|column| self.code(*column) == code)
    }

    /// Whether it speaks of such texts: the same language, or stemmed as well.
    pub fn applies(&self, grams: &Grams) -> bool {
        match &self.language {
            Some(code) => !grams.stemmed && grams.language.is_some_and(|language| language.code() == code),
            None => grams.stemmed,
        }
    }

    /// The value of all columns, in the order of [`Column::ALL`]; `None` where it does not apply.
    pub fn values(&self, grams: &Grams) -> Option<[f64; 3]> {
        self.applies(grams)
            .then(|| values(&self.table, &[&self.scales], grams)[0])
    }
}

/// Blocks of a model that apply to the same texts, side by side.
pub struct Shelf<'m> {
    /// Their places in the model.
    pub blocks: Vec<usize>,
    scales: Vec<&'m [Scales; 2]>,
    tables: Vec<&'m Table>,
    /// These as one, made when a text asks for it: many files are of one language.
    beside: OnceLock<Table>,
}

impl<'m> Shelf<'m> {
    /// All blocks of a model; those of one language on several shelves where they are more than a table takes.
    pub fn all(blocks: &'m [Block]) -> Vec<Shelf<'m>> {
        let mut by_language: Vec<(&Option<String>, Vec<usize>)> = Vec::new();
        for (at, block) in blocks.iter().enumerate() {
            let beside = by_language
                .iter_mut()
                .find(|(language, places)| **language == block.language && places.len() < MOST_BESIDE);
            match beside {
                Some((_, places)) => places.push(at),
                None => by_language.push((&block.language, vec![at])),
            }
        }
        let shelf = |places: Vec<usize>| Shelf {
            scales: places.iter().map(|at| &blocks[*at].scales).collect(),
            tables: places.iter().map(|at| &blocks[*at].table).collect(),
            beside: OnceLock::new(),
            blocks: places,
        };
        by_language.into_iter().map(|(_, places)| shelf(places)).collect()
    }

    /// What [`Block::values`] gives for each of them where they apply.
    pub fn values(&self, grams: &Grams) -> Vec<[f64; 3]> {
        let table = match self.tables[..] {
            [one] => one,
            _ => self.beside.get_or_init(|| Table::beside(&self.tables)),
        };
        values(table, &self.scales, grams)
    }
}

/// What is added up for a block over the n-grams of a kind.
#[derive(Clone, Copy, Default)]
struct Sums {
    /// Of n-grams that occur once; whole numbers, so that the sums are exact.
    once: i64,
    once_squared: i64,
    ratio: i64,
    known: i64,
    /// Of the others.
    dot: f64,
    norm: f64,
}

/// By block of a table, the value of all columns.
fn values(table: &Table, scales: &[&[Scales; 2]], grams: &Grams) -> Vec<[f64; 3]> {
    let mut values = vec![[0.0; 3]; scales.len()];
    for (k, kind) in Kind::ALL.into_iter().enumerate() {
        let counts = &grams.counts[k];
        // Known while compiling, so that the sums stay in registers.
        let sums = match scales.len() {
            1 => sums::<1>(table, kind, counts).to_vec(),
            2 => sums::<2>(table, kind, counts).to_vec(),
            3 => sums::<3>(table, kind, counts).to_vec(),
            _ => sums::<MOST_BESIDE>(table, kind, counts).to_vec(),
        };
        for ((sums, scales), [margin, _, ratio]) in sums.iter().zip(scales).zip(&mut values) {
            let scales = &scales[k];
            let norm = sums.norm + sums.once_squared as f64;
            if norm > 0.0 {
                *margin += (sums.dot + sums.once as f64) * scales.weight / norm.sqrt();
            }
            *margin += scales.bias;
            *ratio += sums.ratio as f64 * scales.ratio / (sums.known.max(1) as f64).sqrt();
        }
    }
    for [above, below, _] in &mut values {
        (*above, *below) = (above.max(0.0), above.min(0.0));
    }
    values
}

/// Blocks that are put side by side at most.
const MOST_BESIDE: usize = 4;

/// By block of a table of so many blocks, the sums over the n-grams of a kind.
fn sums<const BLOCKS: usize>(table: &Table, kind: Kind, counts: &Counts) -> [Sums; BLOCKS] {
    let mut all = [Sums::default(); BLOCKS];
    for hash in &counts.once {
        let entries: &[Entry; BLOCKS] = table.get(kind, *hash);
        for (sums, entry) in all.iter_mut().zip(entries) {
            let [weight, ratio, idf] = entry.map(i64::from);
            sums.ratio += ratio;
            sums.known += i64::from(idf > 0);
            sums.once += idf * weight;
            sums.once_squared += idf * idf;
        }
    }
    for (hash, count) in &counts.repeated {
        let tf = tf(*count);
        let entries: &[Entry; BLOCKS] = table.get(kind, *hash);
        for (sums, entry) in all.iter_mut().zip(entries) {
            let [weight, ratio, idf] = entry.map(i64::from);
            sums.ratio += ratio;
            sums.known += i64::from(idf > 0);
            let value = tf * idf as f64;
            sums.dot += value * weight as f64;
            sums.norm += value * value;
        }
    }
    all
}

/// Bucket of a hash.
#[inline]
pub fn bucket_of(kind: Kind, hash: u32) -> usize {
    (hash >> (32 - kind.bits())) as usize
}

/// Weight of a count: `1 + ln(count)`.
#[inline]
pub fn tf(count: u16) -> f64 {
    // Nearly all counts are small, and logarithms are not cheap.
    static SMALL: LazyLock<[f64; 32]> = LazyLock::new(|| std::array::from_fn(|count| 1.0 + (count as f64).ln()));
    let small = SMALL.get(usize::from(count)).copied();
    small.unwrap_or_else(|| 1.0 + f64::from(count).ln())
}

/// The stretches of a case's body that speak most for (or against) what a column says: words only, since letters tell a
/// reader nothing; at most five, none inside another.
pub fn evidence(block: &Block, column: Column, case: &Case<'_>, towards_fake: bool) -> Evidence {
    let Some(source) = case.review.text.as_deref() else {
        return Evidence::default();
    };
    let stemmed;
    let tokens = match case.text {
        Some(analysis) => &analysis.tokens,
        None => {
            stemmed = Tokens::of(source);
            &stemmed
        }
    };
    let sign = if towards_fake { 1.0 } else { -1.0 };
    let mut found: Vec<(f64, std::ops::Range<usize>)> = Vec::new();
    word_grams(tokens, |hash, bytes| {
        let [entry]: &[Entry; 1] = block.table.get(Kind::Words, hash);
        let [weight, ratio, idf] = entry.map(i64::from);
        let strength = sign
            * match column {
                Column::Above | Column::Below => weight * idf,
                Column::Ratio => ratio,
            } as f64;
        if strength > 0.0 && source[bytes.clone()].chars().any(char::is_alphanumeric) {
            found.push((strength, bytes));
        }
    });
    found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.start.cmp(&b.1.start)));
    let mut kept: Vec<(std::ops::Range<usize>, String)> = Vec::new();
    for (_, bytes) in found {
        let apart = |(other, _): &(std::ops::Range<usize>, _)| bytes.end <= other.start || other.end <= bytes.start;
        if !kept.iter().all(apart) {
            continue;
        }
        let written = source[bytes.clone()].to_lowercase();
        if kept.iter().all(|(_, other)| *other != written) {
            kept.push((bytes, written));
        }
        if kept.len() == 5 {
            break;
        }
    }
    Evidence {
        spans: kept
            .into_iter()
            .map(|(bytes, _)| Span {
                passage: Passage::Text,
                bytes,
            })
            .collect(),
        facts: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::Surroundings;
    use crate::review::Review;

    fn case<T>(text: &str, then: impl FnOnce(&Case<'_>) -> T) -> T {
        let review = Review {
            text: Some(text.to_owned()),
            language: Some(Language::EN),
            ..Review::default()
        };
        Case::with(&review, &Surroundings::default(), &[], then)
    }

    fn grams(text: &str) -> Option<Grams> {
        case(text, Grams::of_case)
    }

    fn weights(kind: Kind, marked: &[u32], weight: f32) -> Weights {
        let mut weights = Weights {
            weight: vec![0.0; 1 << kind.bits()],
            ratio: vec![0.0; 1 << kind.bits()],
            idf: vec![1.0; 1 << kind.bits()],
            bias: 0.0,
        };
        for hash in marked {
            weights.weight[bucket_of(kind, *hash)] = weight;
            weights.ratio[bucket_of(kind, *hash)] = weight;
        }
        weights
    }

    #[test]
    fn counts_are_distinct_and_short_texts_have_none() {
        let grams = grams("the room, the room").expect("has words");
        let distinct = grams.counts[0].sorted().len();
        assert_eq!(distinct, 6, "the, room, comma, the room, room comma, comma the");
        assert_eq!(grams.counts[0].repeated.len(), 3, "the, room, the room");
        assert_eq!(super::tests::grams("Very nice"), None);
    }

    #[test]
    fn blocks_side_by_side_say_what_each_says_however_many_there_are() {
        let text = grams("the lobby, the lobby was sumptuous beyond words").expect("has words");
        let hashes: Vec<u32> = text.counts[0].sorted().iter().map(|(hash, _)| *hash).collect();
        let block = |at: usize| {
            let words = weights(Kind::Words, &hashes[at..at + 2], 1.0 + at as f32);
            Block::new("test", Some(Language::EN), [&words, &weights(Kind::Chars, &[], 0.0)])
        };
        let blocks: Vec<Block> = (0..2 * MOST_BESIDE + 1).map(block).collect();
        for number in 1..=blocks.len() {
            let shelves = Shelf::all(&blocks[..number]);
            let mut seen = vec![None; number];
            for shelf in &shelves {
                for (block, values) in shelf.blocks.iter().zip(shelf.values(&text)) {
                    seen[*block] = Some(values);
                }
            }
            let expected: Vec<Option<[f64; 3]>> = blocks[..number].iter().map(|block| block.values(&text)).collect();
            assert_eq!(seen, expected);
        }
    }

    #[test]
    fn a_block_speaks_for_its_own_language_only_and_shows_what_it_saw() {
        let source = "the lobby was sumptuous beyond words";
        let text = grams(source).expect("has words");
        let single = grams("sumptuous sumptuous sumptuous").expect("has words");
        let marked: Vec<u32> = single.counts[0].sorted().iter().map(|(hash, _)| *hash).collect();
        let block = Block::new(
            "test",
            Some(Language::EN),
            [&weights(Kind::Words, &marked, 1.0), &weights(Kind::Chars, &[], 0.0)],
        );
        let values = block.values(&text).expect("applies");
        assert!(values[0] > 0.0 && values[2] > 0.0, "{values:?}");
        let shown = case(source, |case| evidence(&block, Column::Above, case, true));
        assert_eq!(
            shown
                .spans
                .iter()
                .map(|span| &source[span.bytes.clone()])
                .collect::<Vec<_>>(),
            ["sumptuous"]
        );
        let french = Block {
            language: Some("fr".to_owned()),
            ..block
        };
        assert_eq!(french.values(&text), None);
    }

    proptest::proptest! {
        #[test]
        fn characters_are_those_of_the_folded_text(source in "(\\PC|[a-zA-Z ]|\\s|[éÉœßǅ\u{301}]){0,60}") {
            let mut words = crate::text::fold(&source).split_whitespace().collect::<Vec<_>>().join(" ");
            // Where the text begins or ends with white space, there is none.
            words = format!("\u{2}{words}\u{3}");
            let found: String = collapsed(&source).into_iter().filter_map(char::from_u32).collect();
            proptest::prop_assert_eq!(found, words);
        }
    }

    #[test]
    fn codes_name_their_column() {
        let block = Block::new(
            "ott",
            Some(Language::EN),
            [&weights(Kind::Words, &[], 0.0), &weights(Kind::Chars, &[], 0.0)],
        );
        for column in Column::ALL {
            assert_eq!(block.column(&block.code(column)), Some(column));
        }
        assert_eq!(block.column("B4.ngram_margin_ott_fr"), None);
    }
}
