//! Titles, texts, answers and lists of photos: what scrapes leave in them that nobody wrote.

use regex::{Captures, Regex};
use std::borrow::Cow;
use std::sync::LazyLock;

/// What stands in a file for "not known".
const MISSING: &[&str] = &[
    "none",
    "na",
    "n/a",
    "nan",
    "null",
    "nil",
    "undefined",
    "<na>",
    "#n/a",
    "\\n",
    "-",
    "--",
    "nat",
];

/// The value without white space around it; `None` where it is empty or says that nothing is known.
pub fn present(value: &str) -> Option<&str> {
    let value = value.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let missing = value.is_empty() || (value.len() <= 9 && MISSING.iter().any(|word| value.eq_ignore_ascii_case(word)));
    (!missing).then_some(value)
}

/// Labels of buttons that scrapes take for the text, and what a site puts for "nothing was said".
const FURNITURE: &[&str] = &[
    "read more",
    "read less",
    "more",
    "google translation",
    "lire la suite",
    "en savoir plus",
    "plus",
    "mehr",
    "mehr anzeigen",
    "weiterlesen",
    "leer mas",
    "mas",
    "leggi tutto",
    "altro",
    "no negative",
    "no positive",
    "there are no comments available for this review",
];

/// How notices of a site begin that stand where a title should be.
const NOTICES: &[&str] = &[
    "this response is the subjective opinion",
    "this review is the subjective opinion",
];

/// A title may be as short as a button's label ("More"); what is longer is a notice.
pub const SHORTEST_NOTICE: usize = 30;

/// Whether the whole text is something that the page says and not the reviewer: the label of a button, a placeholder, a
/// notice, or the line under a reviewer's name (`London, UK20 contributions`).
pub fn is_furniture(text: &str) -> bool {
    const LONGEST: usize = 160;
    if text.len() > LONGEST {
        return false;
    }
    let folded = crate::text::fold(text);
    let bare = folded.trim_matches(|c: char| !c.is_alphanumeric());
    let counted = bare
        .strip_suffix(" contributions")
        .or_else(|| bare.strip_suffix(" contribution"));
    FURNITURE.contains(&bare)
        || NOTICES.iter().any(|notice| bare.starts_with(notice))
        || counted.is_some_and(|before| before.len() < 60 && before.ends_with(|c: char| c.is_ascii_digit()))
}

/// HTML entities by number or name, and the tags that break a line.
static MARKUP: LazyLock<Regex> = LazyLock::new(|| {
    let markup = r"&(?:#([0-9]{1,7})|#[xX]([0-9A-Fa-f]{1,6})|([A-Za-z]{2,6}));|<(?:[Bb][Rr] ?/?|/?[Pp])>";
    Regex::new(markup).expect("the pattern is sound")
});

/// The text with HTML entities and line breaks resolved. Borrowed where there are none.
pub fn plain(text: &str) -> Cow<'_, str> {
    if !text.as_bytes().contains(&b'&') && !text.as_bytes().contains(&b'<') {
        return Cow::Borrowed(text);
    }
    MARKUP.replace_all(text, |found: &Captures<'_>| {
        let group = |at| found.get(at).map(|group| group.as_str());
        let resolved = match (group(1), group(2), group(3)) {
            (Some(decimal), _, _) => decimal.parse().ok().and_then(written),
            (_, Some(hexadecimal), _) => u32::from_str_radix(hexadecimal, 16).ok().and_then(written),
            (_, _, Some(name)) => named(name),
            _ => Some('\n'),
        };
        // What stands for no sign is what the reviewer wrote.
        resolved.map_or_else(|| found[0].to_owned(), String::from)
    })
}

/// The sign of a code point, unless it is none that is written.
fn written(code: u32) -> Option<char> {
    char::from_u32(code).filter(|c| !c.is_control() || c.is_whitespace())
}

fn named(entity: &str) -> Option<char> {
    Some(match entity {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        "rsquo" => '’',
        "lsquo" => '‘',
        "rdquo" => '”',
        "ldquo" => '“',
        "ndash" => '–',
        "mdash" => '—',
        "hellip" => '…',
        "euro" => '€',
        "eacute" => 'é',
        "egrave" => 'è',
        "ecirc" => 'ê',
        "agrave" => 'à',
        "acirc" => 'â',
        "ccedil" => 'ç',
        "ocirc" => 'ô',
        "ucirc" => 'û',
        "ugrave" => 'ù',
        "icirc" => 'î',
        "auml" => 'ä',
        "ouml" => 'ö',
        "uuml" => 'ü',
        "szlig" => 'ß',
        "ntilde" => 'ñ',
        _ => return None,
    })
}

/// The entries of a photo column: one file or URL, a list with separators, a JSON or Python list. Pictures of the
/// reviewer's own profile are no photos of the place and are left out.
pub fn photos(value: &str) -> Vec<String> {
    let mut photos = Vec::new();
    match serde_json::from_str(value) {
        Ok(json @ (serde_json::Value::Array(_) | serde_json::Value::Object(_))) => from_json(&json, &mut photos),
        _ => {
            let bare = value
                .trim_start_matches('[')
                .trim_end_matches(']')
                .replace(", ", "\n")
                .replace(",http", "\nhttp");
            photos.extend(
                bare.split(['|', ';', '\n'])
                    .map(|entry| entry.trim().trim_matches(['\'', '"']))
                    .map(str::to_owned),
            );
        }
    }
    photos.retain(|photo| present(photo).is_some() && !is_avatar(photo));
    photos
}

fn from_json(json: &serde_json::Value, photos: &mut Vec<String>) {
    match json {
        serde_json::Value::String(entry) => photos.push(entry.clone()),
        serde_json::Value::Array(entries) => entries.iter().for_each(|entry| from_json(entry, photos)),
        // Of an object that describes one photo, the first address; sizes and thumbnails follow it.
        serde_json::Value::Object(keys) => {
            let address = |value: &&serde_json::Value| value.as_str().is_some_and(|text| text.contains(['/', '.']));
            match keys.values().find(address) {
                Some(address) => from_json(address, photos),
                None => keys
                    .values()
                    .filter(|value| !value.is_string())
                    .for_each(|value| from_json(value, photos)),
            }
        }
        _ => {}
    }
}

fn is_avatar(url: &str) -> bool {
    (url.contains("googleusercontent.com/a/") || url.contains("googleusercontent.com/a-/"))
        || url.contains("/avatar")
        || url.contains("default-avatar")
}

/// A place name without the digits that a page glued to its end: `Italy3`, `UK20`.
pub fn place(part: &str) -> &str {
    let bare = part.trim_end_matches(|c: char| c.is_ascii_digit() || c == ',');
    let digits = part.bytes().rev().take_while(u8::is_ascii_digit).count();
    if (1..=4).contains(&digits) && bare.ends_with(char::is_alphabetic) {
        bare
    } else {
        part
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_stands_for_missing() {
        for value in ["", " ", "None", "NA", "n/a", "nan", "NULL", "\\N", "-"] {
            assert_eq!(present(value), None, "{value}");
        }
        assert_eq!(present(" Nana "), Some("Nana"));
        assert_eq!(present("0"), Some("0"));
    }

    #[test]
    fn markup_is_resolved_and_other_signs_stay() {
        assert_eq!(
            plain("R&amp;B &#39;n&#x27; caf&eacute;<br/>x < y & z &bogus; &"),
            "R&B 'n' café\nx < y & z &bogus; &"
        );
        assert!(matches!(plain("nothing to do"), Cow::Borrowed(_)));
    }

    #[test]
    fn buttons_are_furniture_and_sentences_are_not() {
        assert!(is_furniture("London, UK20 contributions") && !is_furniture("We made our contributions"));
        assert!(is_furniture("Read more") && is_furniture("... More") && is_furniture("Leer más"));
        assert!(!is_furniture("Read more about it on my page"));
    }

    #[test]
    fn photo_lists() {
        assert_eq!(photos("a.jpg"), ["a.jpg"]);
        assert_eq!(photos("a.jpg|b c.jpg;d.jpg"), ["a.jpg", "b c.jpg", "d.jpg"]);
        assert_eq!(photos("['http://x/a', 'http://x/b']"), ["http://x/a", "http://x/b"]);
        assert_eq!(photos("http://x/a,b,http://x/c"), ["http://x/a,b", "http://x/c"]);
        assert_eq!(
            photos(r#"[{"id": 1, "url": "http://x/a"}, "http://x/b"]"#),
            ["http://x/a", "http://x/b"]
        );
        assert_eq!(
            photos("https://lh3.googleusercontent.com/a-/AOh14"),
            Vec::<String>::new()
        );
    }

    #[test]
    fn glued_digits() {
        assert_eq!(
            (place("Italy3"), place("CA1,053"), place("Zone 3"), place("75001")),
            ("Italy", "CA", "Zone 3", "75001")
        );
    }

    proptest! {
        #[test]
        fn nothing_panics(text in "[&<;#x0-9a-z é/>brp\\[\\]{}\"':,]{0,60}") {
            let _ = (plain(&text), photos(&text), is_furniture(&text), place(&text), present(&text));
        }
    }
}
