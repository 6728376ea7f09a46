//! Spelling dictionaries: is this a word of the language?
//!
//! The dictionaries are word lists with all their inflected forms, kept as binary fuse filters (8-bit fingerprints,
//! about nine bits a word) inside the library. A word on the list is always recognised; about one word in 250 that is
//! not on the list passes as known. What the lists are made of, their licences and how to rebuild them is in
//! `models/dictionaries/README.md`; why in `docs/decisions/0010-dictionary.md`.
//!
//! Words come in *folded*: lower-case, accents stripped (`é` is `e`, `ç` is `c`, `œ` is `oe`), with the straight
//! apostrophe. So writing without accents is not a spelling mistake here, nor is a wrong accent.
//!
//! ```
//! use turfwatch::text::dictionary::knows;
//!
//! assert_eq!(knows("fr", "l'hotel"), Some(true));
//! assert_eq!(knows("en", "definately"), Some(false));
//! assert_eq!(knows("sk", "izba"), None);
//! ```

use thiserror::Error;
use xxhash_rust::xxh3::xxh3_64_with_seed;

/// The languages that have a dictionary, as ISO 639-1 codes.
pub const LANGUAGES: [&str; 2] = ["en", "fr"];

/// Read while compiling, so that a damaged data file is a build error and never one at run time.
const ENGLISH: WordFilter<'static> = embedded(include_bytes!("../../models/dictionaries/en.bin"));
const FRENCH: WordFilter<'static> = embedded(include_bytes!("../../models/dictionaries/fr.bin"));

const fn embedded(bytes: &'static [u8]) -> WordFilter<'static> {
    match WordFilter::parse(bytes) {
        Ok(filter) => filter,
        Err(_) => panic!("a file in models/dictionaries is damaged; build it again"),
    }
}

/// What French words lose their last vowel in front of another: `l'hotel`, `qu'il`, `jusqu'ici`.
const ELIDED: [&str; 16] = [
    "l", "d", "j", "m", "t", "s", "n", "c", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu", "quelqu", "presqu", "entr",
];

/// What may follow any English word. (`n't` is not here: its few words are on the list.)
const CLITICS: [&str; 6] = ["s", "re", "ve", "ll", "d", "m"];

/// Whether the word is known in the language (a code of [`LANGUAGES`]): `None` where there is no dictionary for it.
///
/// The word is folded already (see the [module](self)). Elisions (`qu'il`), contractions (`they're`), possessives
/// (`hotel's`) and compounds with hyphens are taken apart where they are not on the list as they stand: a compound is
/// known if all its parts are. Anything with a digit in it is a number, a time or a code and counts as known; so does
/// a lone apostrophe or hyphen. Common names of people and places are on the lists, others are not: leaving names out
/// is up to the caller.
pub fn knows(language: &str, folded_word: &str) -> Option<bool> {
    match language {
        "en" => Some(known(&ENGLISH, folded_word, english_base)),
        "fr" => Some(known(&FRENCH, folded_word, french_base)),
        _ => None,
    }
}

fn known(filter: &WordFilter<'_>, word: &str, strip: fn(&str) -> Option<&str>) -> bool {
    if word.is_empty() || filter.contains(word) {
        return true;
    }
    let (mut digit, mut inner) = (false, false);
    for byte in word.bytes() {
        digit |= byte.is_ascii_digit();
        inner |= matches!(byte, b'\'' | b'-');
    }
    if digit || !inner {
        return digit || !word.is_ascii() && word.chars().any(char::is_numeric);
    }
    let trimmed = word.trim_matches(['\'', '-']);
    if trimmed.len() < word.len() {
        return known(filter, trimmed, strip);
    }
    if word.contains('-') {
        return word.split('-').all(|part| known(filter, part, strip));
    }
    strip(word).is_some_and(|base| known(filter, base, strip))
}

fn english_base(word: &str) -> Option<&str> {
    let (base, clitic) = word.rsplit_once('\'')?;
    CLITICS.contains(&clitic).then_some(base)
}

fn french_base(word: &str) -> Option<&str> {
    let (elided, base) = word.split_once('\'')?;
    ELIDED.contains(&elided).then_some(base)
}

/// Why bytes are not a [`WordFilter`].
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum WordFilterError {
    /// The bytes do not begin like a word filter of this version.
    #[error("not a word filter of version 1")]
    NotAWordFilter,
    /// The measures in the header contradict each other or the length of the data.
    #[error("the word filter's header does not fit its {0} bytes")]
    Inconsistent(usize),
}

/// A set of words that can be asked for membership but not listed: a binary fuse filter (Graf and Lemire, 2022) with
/// three places a word and 8-bit fingerprints.
///
/// No word of the set is ever missed; another word is taken for a member with probability 1/256.
///
/// The bytes are: [`WordFilter::MAGIC`]; then, little-endian, the seed (8 bytes), the length of a segment (4), the
/// length of all segments a word can start in (4), the number of words (4), four zero bytes; then the fingerprints.
/// The hash is XXH3-64 of the word with the seed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WordFilter<'a> {
    seed: u64,
    segment_length: u32,
    start_length: u32,
    words: u32,
    fingerprints: &'a [u8],
}

impl<'a> WordFilter<'a> {
    /// The first eight bytes: a name and the version of the format.
    pub const MAGIC: [u8; 8] = *b"TWWORDS1";
    /// The length of what stands before the fingerprints.
    pub const HEADER_LENGTH: usize = 32;

    /// Reads a filter without copying it.
    ///
    /// # Errors
    ///
    /// If the bytes are not a filter of this version, or are cut off.
    pub const fn parse(bytes: &'a [u8]) -> Result<Self, WordFilterError> {
        if bytes.len() < Self::HEADER_LENGTH || number(bytes, 0, 8) != u64::from_le_bytes(Self::MAGIC) {
            return Err(WordFilterError::NotAWordFilter);
        }
        let (_, fingerprints) = bytes.split_at(Self::HEADER_LENGTH);
        let filter = Self {
            seed: number(bytes, 8, 8),
            segment_length: number(bytes, 16, 4) as u32,
            start_length: number(bytes, 20, 4) as u32,
            words: number(bytes, 24, 4) as u32,
            fingerprints,
        };
        // With these the three places of any hash lie inside the fingerprints.
        let fits = filter.segment_length.is_power_of_two()
            && filter.start_length > 0
            && filter.start_length.is_multiple_of(filter.segment_length)
            && fingerprints.len() as u64 == filter.start_length as u64 + 2 * filter.segment_length as u64;
        if fits {
            Ok(filter)
        } else {
            Err(WordFilterError::Inconsistent(bytes.len()))
        }
    }

    /// Whether the word, exactly as given, is in the set (or is one of the few others that look so).
    #[must_use]
    pub fn contains(&self, word: &str) -> bool {
        let hash = xxh3_64_with_seed(word.as_bytes(), self.seed);
        let [a, b, c] = places(hash, self.segment_length, self.start_length);
        fingerprint(hash) == self.fingerprints[a] ^ self.fingerprints[b] ^ self.fingerprints[c]
    }

    /// How many words the set was built from.
    #[must_use]
    pub const fn words(&self) -> usize {
        self.words as usize
    }
}

/// The little-endian number in `length` bytes from `start`.
const fn number(bytes: &[u8], start: usize, length: usize) -> u64 {
    let mut value = 0;
    let mut i = length;
    while i > 0 {
        i -= 1;
        value = value << 8 | bytes[start + i] as u64;
    }
    value
}

/// The 8 bits that the three places of a word with this hash add up to (by exclusive or).
#[doc(hidden)]
#[must_use]
pub const fn fingerprint(hash: u64) -> u8 {
    (hash ^ hash >> 32) as u8
}

/// The three places of a word with this hash, in three segments that follow each other.
#[doc(hidden)]
#[must_use]
pub const fn places(hash: u64, segment_length: u32, start_length: u32) -> [usize; 3] {
    let mask = segment_length as u64 - 1;
    let first = ((hash as u128 * start_length as u128) >> 64) as u64;
    let second = first + segment_length as u64;
    let third = second + segment_length as u64;
    [
        first as usize,
        (second ^ hash >> 18 & mask) as usize,
        (third ^ hash & mask) as usize,
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn all_known(language: &str, words: &str) {
        let unknown: Vec<&str> = words
            .split_whitespace()
            .filter(|word| knows(language, word) != Some(true))
            .collect();
        assert!(unknown.is_empty(), "unknown in {language}: {unknown:?}");
    }

    /// The filter is frozen, so which misspelt words slip through is too: those below do not.
    #[track_caller]
    fn all_unknown(language: &str, words: &str) {
        let known: Vec<&str> = words
            .split_whitespace()
            .filter(|word| knows(language, word) != Some(false))
            .collect();
        assert!(known.is_empty(), "known in {language}: {known:?}");
    }

    #[test]
    fn languages_without_dictionary() {
        for language in LANGUAGES {
            assert!(knows(language, "hotel").is_some());
        }
        for language in ["es", "sk", "", "EN", "eng"] {
            assert_eq!(knows(language, "hotel"), None);
        }
    }

    #[test]
    fn english_words() {
        all_known(
            "en",
            "the a i room rooms staff stayed staying breakfast hotel comfortable cleanliness recommended",
        );
        all_known(
            "en",
            "wifi wi-fi airbnb tripadvisor aircon jacuzzi check-in checkin minibar ensuite toiletries",
        );
        all_known("en", "cafe entree creme brulee decor"); // folded café, entrée, crème brûlée, décor
    }

    #[test]
    fn english_of_both_shores() {
        all_known(
            "en",
            "color colour center centre gray grey traveler traveller flavor flavour theater theatre",
        );
        all_known(
            "en",
            "organized organised apologize apologise canceled cancelled check cheque tire tyre",
        );
    }

    #[test]
    fn english_contractions_and_possessives() {
        all_known(
            "en",
            "don't can't won't didn't wasn't weren't couldn't shouldn't isn't ain't haven't needn't",
        );
        all_known(
            "en",
            "i'm i've i'd i'll they're we've you'll it's that's let's who's there's o'clock y'all",
        );
        all_known("en", "hotel's guests' manager's waitress's children's 'em 's"); // with and without the base
        all_unknown("en", "hottel's rooom's hotel'x");
    }

    #[test]
    fn english_misspellings() {
        all_unknown(
            "en",
            "definately recieve accomodation seperate wierd restaraunt recomend becuase teh untill",
        );
        all_unknown(
            "en",
            "beautifull excelent confortable dissapointed resturant greatful didnt wasnt couldnt",
        );
    }

    #[test]
    fn french_words() {
        all_known(
            "fr",
            "le la chambre chambres hotel etait etions avons mange mangerions accueil chaleureux decu",
        );
        all_known(
            "fr",
            "oeuf soeur coeur francais ca tres degustation delicieuse delicieuses recommandons",
        );
        all_known(
            "fr",
            "wifi apero resto brunch airbnb tripadvisor clim check-in cosy burger spa jacuzzi",
        );
        all_known("fr", "cout gout connaitre ile paraitre entrecote hors-d'oeuvre"); // spelling before and after 1990
    }

    #[test]
    fn french_elisions() {
        all_known(
            "fr",
            "l'hotel j'ai d'accord qu'il c'est n'est s'est m'a t'en jusqu'a lorsqu'on puisqu'elle",
        );
        all_known(
            "fr",
            "aujourd'hui d'aujourd'hui quelqu'un presqu'ile qu'aujourd'hui quoiqu'il c'est-a-dire",
        );
        all_known(
            "fr",
            "l' d' j' m' t' s' n' c' qu' jusqu' lorsqu' puisqu' quoiqu' quelqu' presqu'",
        ); // split before
        all_unknown("fr", "l'hotell qu'ill d'acord x'hotel");
    }

    #[test]
    fn french_misspellings() {
        all_unknown(
            "fr",
            "acceuil acceuillant chaleureu malheuresement apartement delicieu restorant biensur",
        );
        all_unknown("fr", "personel serveusse quallite excelant desert's developement");
    }

    #[test]
    fn compounds_need_every_part() {
        all_known(
            "en",
            "non-smoking family-run well-located top-notch must-see 24-hour state-of-the-art",
        );
        all_known(
            "fr",
            "rendez-vous est-ce allez-y a-t-il petit-dejeuner celui-ci sous-sol peut-etre dit-elle",
        );
        all_unknown("en", "family-runn wel-located");
        all_unknown("fr", "petit-dejeunner");
    }

    #[test]
    fn numbers_and_edges() {
        for language in LANGUAGES {
            all_known(language, "110 9pm 20h30 1er 3rd m² ½ ' - -- '-'");
            assert_eq!(knows(language, ""), Some(true));
            all_unknown(language, "гостиница xqzvw zzyzx'xqzvw");
        }
    }

    #[test]
    fn names_are_the_callers_business() {
        // Common ones happen to be listed, rare ones are not, and neither is promised.
        all_known("en", "john london");
        all_unknown("en", "szczepankowski");
        all_unknown("fr", "szczepankowski");
    }

    #[test]
    fn data_files_are_small_and_sound() {
        for (filter, at_least) in [(ENGLISH, 100_000), (FRENCH, 300_000)] {
            assert!(filter.words() > at_least, "{}", filter.words());
            assert!(filter.fingerprints.len() < 1_000_000);
            // Made-up words of 9 letters: taken for known at about 1/256.
            let mut state = 1_u64;
            let mut hits = 0;
            for _ in 0..100_000 {
                let word: String = (0..9)
                    .map(|_| {
                        state = state
                            .wrapping_mul(6_364_136_223_846_793_005)
                            .wrapping_add(1_442_695_040_888_963_407);
                        char::from(b'a' + ((state >> 33) % 26) as u8)
                    })
                    .collect();
                hits += usize::from(filter.contains(&word));
            }
            assert!((250..550).contains(&hits), "{hits} of 100,000");
        }
    }

    #[test]
    fn damaged_filters_are_refused() {
        let good = include_bytes!("../../models/dictionaries/en.bin");
        assert_eq!(WordFilter::parse(&[]), Err(WordFilterError::NotAWordFilter));
        assert_eq!(WordFilter::parse(&good[..31]), Err(WordFilterError::NotAWordFilter));
        assert_eq!(WordFilter::parse(&good[1..]), Err(WordFilterError::NotAWordFilter));
        assert_eq!(
            WordFilter::parse(&good[..good.len() - 1]),
            Err(WordFilterError::Inconsistent(good.len() - 1))
        );
        for (place, value) in [(16, 3), (16, 0), (20, 1), (23, 255)] {
            let mut bad = good.to_vec();
            bad[place] = value;
            if bad[place] != good[place] {
                assert_eq!(
                    WordFilter::parse(&bad),
                    Err(WordFilterError::Inconsistent(good.len())),
                    "{place}"
                );
            }
        }
        let mut bad = good.to_vec();
        bad[16..24].fill(0);
        assert!(WordFilter::parse(&bad).is_err());
    }
}
