//! [`Language`] and its identification.

use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// A language by its ISO 639 code, two letters where there are two, else three.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Language([u8; 3]);

impl Language {
    /// English.
    pub const EN: Language = Language(*b"en\0");
    /// French.
    pub const FR: Language = Language(*b"fr\0");
    /// German.
    pub const DE: Language = Language(*b"de\0");
    /// Italian.
    pub const IT: Language = Language(*b"it\0");
    /// Spanish.
    pub const ES: Language = Language(*b"es\0");

    /// The language of a code such as `en`, `EN`, `en-GB`, `fr_FR` or `eng`; `None` where it is no such code.
    /// Names of languages are not read here.
    pub fn from_code(code: &str) -> Option<Language> {
        let primary = code.trim().split(['-', '_']).next()?;
        if !(2..=3).contains(&primary.len()) || !primary.bytes().all(|b| b.is_ascii_alphabetic()) {
            return None;
        }
        let mut bytes = [0; 3];
        for (slot, b) in bytes.iter_mut().zip(primary.bytes()) {
            *slot = b.to_ascii_lowercase();
        }
        Some(match &bytes {
            b"eng" => Language::EN,
            b"fra" | b"fre" => Language::FR,
            b"deu" | b"ger" => Language::DE,
            b"ita" => Language::IT,
            b"spa" => Language::ES,
            _ => Language(bytes),
        })
    }

    /// The code, lower case.
    pub fn code(&self) -> &str {
        let length = if self.0[2] == 0 { 2 } else { 3 };
        // Only ASCII letters are ever stored.
        std::str::from_utf8(&self.0[..length]).unwrap_or("")
    }
}

impl std::fmt::Debug for Language {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.code())
    }
}

impl std::fmt::Display for Language {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.code())
    }
}

/// A language as identified from a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Identified {
    /// The most likely language.
    pub language: Language,
    /// 0 to 1: how far it is ahead of the next one.
    pub confidence: f64,
}

/// What identification says of a text, and by what.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Identification {
    /// Its function words are those of one language.
    ByWords(Identified),
    /// They left it open, and its letters were looked at, which costs as much as all else that is done with a text; `None`
    /// where they do not tell either.
    ByLetters(Option<Identified>),
}

impl Identification {
    /// The language; `None` where the text is too short or too mixed to tell.
    pub fn found(self) -> Option<Identified> {
        match self {
            Identification::ByWords(found) => Some(found),
            Identification::ByLetters(found) => found,
        }
    }
}

/// Identifies the language of a text.
///
/// Function words of the five languages with word lists settle most texts. What they leave open is asked of `whatlang`,
/// on the first few hundred characters.
pub fn identify(source: &str, tokens: &super::Tokens) -> Identification {
    let (found, words) = by_words(tokens);
    found.map_or_else(
        || Identification::ByLetters(by_letters(source, words)),
        Identification::ByWords,
    )
}

/// The language by function words, and the number of words looked at.
fn by_words(tokens: &super::Tokens) -> (Option<Identified>, u32) {
    const WORDS: usize = 80;
    let mut counts = [0u32; 5];
    let mut words = 0;
    let function_words = function_words();
    for token in tokens
        .list
        .iter()
        .filter(|token| token.kind == super::Kind::Word)
        .take(WORDS)
    {
        words += 1;
        if let Some(languages) = function_words.get(&token.hash) {
            for (slot, count) in counts.iter_mut().enumerate() {
                *count += u32::from(languages >> slot & 1);
            }
        }
    }
    let mut ranked = [0, 1, 2, 3, 4];
    ranked.sort_by_key(|slot| std::cmp::Reverse(counts[*slot]));
    let [first, second] = [counts[ranked[0]], counts[ranked[1]]];
    let share = f64::from(first) / f64::from(words.max(1));
    let found = (first >= 3 && share >= 0.25 && first >= 2 * second).then(|| Identified {
        language: FUNCTION_WORD_LANGUAGES[ranked[0]],
        confidence: f64::from(first - second) / f64::from(first),
    });
    (found, words)
}

fn by_letters(source: &str, words: u32) -> Option<Identified> {
    let prefix = source.char_indices().nth(400).map_or(source, |(at, _)| &source[..at]);
    let info = whatlang::detect(prefix)?;
    if words < 4 && info.confidence() < 0.9 {
        return None;
    }
    Some(Identified {
        language: Language::from_code(info.lang().code())?.two_letter(),
        confidence: info.confidence(),
    })
}

const FUNCTION_WORD_LANGUAGES: [Language; 5] = [Language::EN, Language::FR, Language::DE, Language::ES, Language::IT];

/// Which of the five languages have a word as function word, one bit each, by the hash of the word.
fn function_words() -> &'static FxHashMap<u64, u8> {
    static WORDS: LazyLock<FxHashMap<u64, u8>> = LazyLock::new(|| {
        let mut words = FxHashMap::default();
        for (slot, language) in FUNCTION_WORD_LANGUAGES.iter().enumerate() {
            for word in super::lexicon::function_words(*language) {
                *words.entry(word).or_insert(0) |= 1 << slot;
            }
        }
        words
    });
    &WORDS
}

impl Language {
    /// The two-letter code of languages that `whatlang` names by three.
    fn two_letter(self) -> Language {
        let code = match self.code() {
            "slk" => "sk",
            "ces" => "cs",
            "pol" => "pl",
            "hun" => "hu",
            "rus" => "ru",
            "ukr" => "uk",
            "por" => "pt",
            "nld" => "nl",
            "swe" => "sv",
            "dan" => "da",
            "nob" => "nb",
            "fin" => "fi",
            "ell" => "el",
            "tur" => "tr",
            "ara" => "ar",
            "heb" => "he",
            "hin" => "hi",
            "jpn" => "ja",
            "kor" => "ko",
            "cmn" => "zh",
            "tha" => "th",
            "vie" => "vi",
            "ron" => "ro",
            "bul" => "bg",
            "hrv" => "hr",
            "srp" => "sr",
            "slv" => "sl",
            "lit" => "lt",
            "lav" => "lv",
            "est" => "et",
            "cat" => "ca",
            "ind" => "id",
            "pes" => "fa",
            "lat" => "la",
            "epo" => "eo",
            _ => return self,
        };
        Language::from_code(code).unwrap_or(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn language(source: &str) -> Option<String> {
        identify(source, &super::super::Tokens::of(source))
            .found()
            .map(|found| found.language.code().to_owned())
    }

    #[test]
    fn reviews_are_told_apart_by_language() {
        for (expected, source) in [
            (
                "en",
                "The room was small but it was clean and the staff were kind to us",
            ),
            (
                "fr",
                "La chambre était petite mais propre et le personnel a été gentil avec nous",
            ),
            (
                "de",
                "Das Zimmer war klein, aber sauber und das Personal war sehr nett zu uns",
            ),
            (
                "es",
                "La habitación era pequeña pero limpia y el personal fue muy amable con nosotros",
            ),
            (
                "it",
                "La camera era piccola ma pulita e il personale è stato molto gentile con noi",
            ),
            (
                "sk",
                "Izba bola malá, ale čistá a personál bol k nám veľmi milý, určite sa sem ešte vrátime",
            ),
            ("ar", "الغرفة صغيرة لكنها نظيفة والموظفون كانوا لطفاء معنا"),
        ] {
            assert_eq!(language(source).as_deref(), Some(expected), "{source}");
        }
        assert_eq!(language("OK"), None);
        assert_eq!(language(""), None);
    }

    #[test]
    fn codes_are_read_in_the_forms_in_use() {
        assert_eq!(Language::from_code("en-GB"), Some(Language::EN));
        assert_eq!(Language::from_code("FR"), Some(Language::FR));
        assert_eq!(Language::from_code("deu"), Some(Language::DE));
        assert_eq!(Language::from_code("English"), None);
    }
}
