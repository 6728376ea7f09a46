//! Builds the spelling dictionaries in `models/dictionaries` from Debian's packages; see the README there.
//!
//! ```text
//! apt-get download scowl hunspell-fr-comprehensive
//! for package in *.deb; do dpkg-deb -x "$package" unpacked; done
//! cargo run --release --example build_dictionary -- unpacked models/dictionaries
//! ```
//!
//! The same inputs give the same files, byte for byte. What was read and what came out is printed.

use std::collections::{BTreeSet, HashMap};
use std::error::Error;
use std::fs;
use std::path::Path;

use sha2::{Digest, Sha256};
use turfwatch::text::dictionary::{WordFilter, fingerprint, places};
use turfwatch::text::fold;
use xxhash_rust::xxh3::xxh3_64_with_seed;

type Result<T> = std::result::Result<T, Box<dyn Error>>;
type Words = BTreeSet<String>;

/// SCOWL's spellings: what all share, both shores of the Atlantic, and the generally accepted variants of each
/// (`variant_3`, "seldom used and may not even be considered correct", is left out).
const SCOWL_SPELLINGS: [&str; 15] = [
    "english",
    "american",
    "british",
    "british_z",
    "canadian",
    "australian",
    "variant_1",
    "variant_2",
    "british_variant_1",
    "british_variant_2",
    "canadian_variant_1",
    "canadian_variant_2",
    "australian_variant_1",
    "australian_variant_2",
    "special",
];

/// SCOWL's classes with the largest size taken of each: 70 is "large". From there on, rare words look like the
/// misspellings of common ones more often than they are meant.
const SCOWL_CLASSES: [(&str, u32); 6] = [
    ("words", 70),
    ("contractions", 70),
    ("upper", 70),
    ("proper-names", 60),
    ("abbreviations", 40),
    ("roman-numerals", 35),
];

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [unpacked, dictionaries] = arguments.as_slice() else {
        return Err("usage: build_dictionary <folder with the unpacked packages> <models/dictionaries>".into());
    };
    let (unpacked, dictionaries) = (Path::new(unpacked), Path::new(dictionaries));
    let english = scowl(&unpacked.join("usr/share/dict/scowl"))?;
    build("en", english, dictionaries)?;
    let french = hunspell(&unpacked.join("usr/share/hunspell/fr"))?;
    build("fr", french, dictionaries)
}

/// Reads a text and says which one it was.
fn read(path: &Path, show: bool) -> Result<String> {
    let text = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    if show {
        println!(
            "{}  {}",
            digest(text.as_bytes()),
            path.file_name().unwrap_or_default().display()
        );
    }
    Ok(text)
}

fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// All words of the chosen SCOWL lists, `<spelling>-<class>.<size>`.
fn scowl(folder: &Path) -> Result<Vec<String>> {
    let mut files: Vec<_> = fs::read_dir(folder)
        .map_err(|error| format!("{}: {error}", folder.display()))?
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<_>>()?;
    files.sort();
    let (mut words, mut used, mut all) = (Vec::new(), 0, Sha256::new());
    for file in files {
        let name = file.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let parts = name
            .split_once('-')
            .and_then(|(spelling, rest)| Some((spelling, rest.rsplit_once('.')?)));
        let Some((spelling, (class, size))) = parts else {
            continue;
        };
        let size: u32 = size.parse()?;
        let wanted = SCOWL_CLASSES
            .iter()
            .any(|&(name, largest)| name == class && size <= largest);
        if wanted && SCOWL_SPELLINGS.contains(&spelling) {
            let text = read(&file, false)?;
            all.update(text.as_bytes());
            words.extend(text.lines().map(str::to_owned));
            used += 1;
        }
    }
    let all: String = all.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    println!("{all}  {used} SCOWL lists in order of name");
    Ok(words)
}

/// A rule of a Hunspell affix class.
struct Affix {
    strip: String,
    add: String,
    /// The condition: what the letters at that end of the word must be, each a set that may be negated.
    condition: Vec<(bool, String)>,
}

#[derive(Default)]
struct Affixes {
    prefixes: HashMap<String, Vec<Affix>>,
    suffixes: HashMap<String, Vec<Affix>>,
}

/// All words of a Hunspell dictionary with two-letter flags, one level of suffixes and then prefixes. That is all the
/// French dictionary needs: its suffixes lead only to the prefixes of elision (`l'`, `qu'`), which are left out here
/// because they are taken off before looking a word up.
fn hunspell(stem: &Path) -> Result<Vec<String>> {
    let (rules, list) = (
        read(&stem.with_extension("aff"), true)?,
        read(&stem.with_extension("dic"), true)?,
    );
    for expected in ["FLAG long", "NEEDAFFIX ()", "FORBIDDENWORD {}", "CIRCUMFIX **"] {
        if !rules.lines().any(|line| line.trim() == expected) {
            return Err(format!("not the French dictionary: no line \"{expected}\"").into());
        }
    }
    let mut affixes = Affixes::default();
    for line in rules.lines() {
        let fields: Vec<&str> = line.split_whitespace().collect();
        // A class begins with a line of four fields; its rules have five or, with morphology, more.
        let [kind @ ("PFX" | "SFX"), flag, strip, add, condition, ..] = fields.as_slice() else {
            continue;
        };
        let (add, continuation) = add.split_once('/').unwrap_or((add, ""));
        if flags(continuation).contains(&"**") {
            return Err("circumfixes are not supported".into());
        }
        if add.contains(['\'', '’']) {
            continue;
        }
        let without_zero = |text: &str| if text == "0" { String::new() } else { text.to_owned() };
        let affix = Affix {
            strip: without_zero(strip),
            add: without_zero(add),
            condition: parse_condition(condition)?,
        };
        let classes = if *kind == "PFX" {
            &mut affixes.prefixes
        } else {
            &mut affixes.suffixes
        };
        classes.entry((*flag).to_owned()).or_default().push(affix);
        if *kind == "SFX"
            && flags(continuation)
                .iter()
                .any(|flag| affixes.suffixes.contains_key(*flag))
        {
            return Err(format!("a suffix on a suffix: {line}").into());
        }
    }
    let mut words = Vec::new();
    for entry in list.lines().skip(1).filter_map(|line| line.split_whitespace().next()) {
        let (root, root_flags) = entry.split_once('/').unwrap_or((entry, ""));
        let root_flags = flags(root_flags);
        if root_flags.contains(&"{}") {
            continue;
        }
        let mut forms = Vec::new();
        if !root_flags.contains(&"()") {
            forms.push(root.to_owned());
        }
        for suffix in root_flags
            .iter()
            .filter_map(|flag| affixes.suffixes.get(*flag))
            .flatten()
        {
            forms.extend(suffix.after(root));
        }
        for prefix in root_flags
            .iter()
            .filter_map(|flag| affixes.prefixes.get(*flag))
            .flatten()
        {
            // Units of measure (mega-, kilo-): the prefixed form is declined like the unit.
            let prefixed = format!("{}{root}", prefix.add);
            forms.extend([format!("{prefixed}s"), prefixed]);
        }
        words.append(&mut forms);
    }
    Ok(words)
}

/// Flags of two characters each.
fn flags(text: &str) -> Vec<&str> {
    let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    ends.windows(3).step_by(2).map(|pair| &text[pair[0]..pair[2]]).collect()
}

fn parse_condition(text: &str) -> Result<Vec<(bool, String)>> {
    let mut condition = Vec::new();
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        if letter == '[' {
            let set: String = letters.by_ref().take_while(|&letter| letter != ']').collect();
            let negated = set.starts_with('^');
            condition.push((negated, set.trim_start_matches('^').to_owned()));
        } else if letter == '.' {
            condition.push((true, String::new()));
        } else {
            condition.push((false, letter.to_string()));
        }
    }
    // A lone dot means "any word", even the empty one.
    Ok(if text == "." { Vec::new() } else { condition })
}

impl Affix {
    fn after(&self, root: &str) -> Option<String> {
        let letters: Vec<char> = root.chars().collect();
        let end = &letters[letters.len().checked_sub(self.condition.len())?..];
        let fits = end
            .iter()
            .zip(&self.condition)
            .all(|(letter, (negated, set))| set.contains(*letter) != *negated);
        let base = root.strip_suffix(&self.strip)?;
        fits.then(|| format!("{base}{}", self.add))
    }
}

/// The folded words, compounds by their parts (they are looked up so, and texts may come split at hyphens). What has
/// other characters than letters and apostrophes is left out.
fn parts<'a>(words: impl Iterator<Item = &'a str>) -> Words {
    let is_letter = |letter: char| letter.is_ascii_lowercase();
    let mut parts = Words::new();
    for word in words.map(fold) {
        if word
            .chars()
            .all(|letter| is_letter(letter) || matches!(letter, '\'' | '-'))
        {
            let trimmed = word.split('-').map(|part| part.trim_matches('\''));
            parts.extend(trimmed.filter(|part| !part.is_empty()).map(str::to_owned));
        }
    }
    parts
}

fn build(language: &str, listed: Vec<String>, folder: &Path) -> Result<()> {
    let extra = read(&folder.join(format!("extra_{language}.txt")), true)?;
    let extra: Vec<&str> = extra
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect();
    let listed = parts(listed.iter().map(String::as_str));
    let mut words = listed.clone();
    words.append(&mut parts(extra.iter().copied()));
    println!(
        "{language}: {} folded words, and {} of our own that were not among them",
        listed.len(),
        words.len() - listed.len()
    );

    // Possessives are found by their base and need no place of their own.
    let redundant =
        |word: &String| language == "en" && word.strip_suffix("'s").is_some_and(|base| words.contains(base));
    let kept: Vec<&String> = words.iter().filter(|word| !redundant(word)).collect();
    let bytes = filter(&kept)?;
    let built = WordFilter::parse(&bytes)?;
    if let Some(missed) = kept.iter().find(|word| !built.contains(word)) {
        return Err(format!("the filter misses \"{missed}\"").into());
    }
    let file = folder.join(format!("{language}.bin"));
    fs::write(&file, &bytes)?;
    println!("{}  {language}.bin", digest(&bytes));
    println!(
        "{language}: {} words stored in {} bytes, {:.2} bits a word; {:.3} % of other words pass as known",
        kept.len(),
        bytes.len(),
        bytes.len() as f64 * 8.0 / kept.len() as f64,
        100.0 * false_positives(&built, &words)
    );
    Ok(())
}

/// The filter's bytes, with the first seed for which the words fit.
fn filter(words: &[&String]) -> Result<Vec<u8>> {
    let count = words.len() as f64;
    // Sizes as in the paper on binary fuse filters for three places a word.
    let segment_length = 1_u32 << (count.ln() / 3.33_f64.ln() + 2.25) as u32;
    let capacity = count * (0.875 + 0.25 * 1e6_f64.ln() / count.ln()).max(1.125);
    let segments = (capacity / f64::from(segment_length)).ceil() as u32;
    let start_length = segments.saturating_sub(2).max(1) * segment_length;
    let length = (start_length + 2 * segment_length) as usize;
    for seed in 0..1_000_u64 {
        let hashes: Vec<u64> = words
            .iter()
            .map(|word| xxh3_64_with_seed(word.as_bytes(), seed))
            .collect();
        let Some(order) = peel(&hashes, length, segment_length, start_length) else {
            continue;
        };
        let mut fingerprints = vec![0_u8; length];
        for (hash, place) in order.into_iter().rev() {
            // The place is still zero, so the sum over all three is the sum over the other two.
            let others = places(hash, segment_length, start_length)
                .into_iter()
                .fold(0, |sum, at| sum ^ fingerprints[at]);
            fingerprints[place] = fingerprint(hash) ^ others;
        }
        let mut bytes = WordFilter::MAGIC.to_vec();
        bytes.extend(seed.to_le_bytes());
        bytes.extend(segment_length.to_le_bytes());
        bytes.extend(start_length.to_le_bytes());
        bytes.extend(u32::try_from(words.len())?.to_le_bytes());
        bytes.resize(WordFilter::HEADER_LENGTH, 0);
        bytes.extend(fingerprints);
        return Ok(bytes);
    }
    Err("no seed fits".into())
}

/// Takes away, one after the other, hashes that are alone at one of their places; `None` if some are left.
fn peel(hashes: &[u64], length: usize, segment_length: u32, start_length: u32) -> Option<Vec<(u64, usize)>> {
    let (mut counts, mut sums) = (vec![0_u32; length], vec![0_u64; length]);
    for &hash in hashes {
        for place in places(hash, segment_length, start_length) {
            counts[place] += 1;
            sums[place] ^= hash;
        }
    }
    let mut alone: Vec<usize> = (0..length).filter(|&place| counts[place] == 1).collect();
    let mut order = Vec::with_capacity(hashes.len());
    while let Some(place) = alone.pop() {
        if counts[place] != 1 {
            continue;
        }
        let hash = sums[place];
        order.push((hash, place));
        for other in places(hash, segment_length, start_length) {
            counts[other] -= 1;
            sums[other] ^= hash;
            if counts[other] == 1 {
                alone.push(other);
            }
        }
    }
    (order.len() == hashes.len()).then_some(order)
}

/// The share of words not in the set that the filter takes for members: every word with one letter changed.
fn false_positives(filter: &WordFilter<'_>, words: &Words) -> f64 {
    let (mut asked, mut passed) = (0_u64, 0_u64);
    for (number, word) in words.iter().enumerate() {
        let mut letters = word.clone().into_bytes();
        let place = number % letters.len();
        letters[place] = b'a' + (number / 7 % 26) as u8;
        let changed = String::from_utf8_lossy(&letters);
        if !words.contains(changed.as_ref()) {
            asked += 1;
            passed += u64::from(filter.contains(&changed));
        }
    }
    passed as f64 / asked as f64
}
