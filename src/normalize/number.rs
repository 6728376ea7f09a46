//! Ratings, counts, flags and coordinates as they are written.

use crate::review::End;
use crate::text::fold;

/// The scale on which a column's ratings were given.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Scale {
    /// The worst rating.
    pub low: f64,
    /// The best rating.
    pub high: f64,
}

impl Scale {
    /// One to five stars.
    pub const FIVE: Scale = Scale { low: 1.0, high: 5.0 };

    /// The rating on the scale 1 to 5, unrounded, and whether it stands at an end; `None` where it is out of scale.
    pub fn to_five(self, rating: f64) -> Option<(f64, Option<End>)> {
        if !(self.low..=self.high).contains(&rating) {
            return None;
        }
        let end = if rating == self.high {
            Some(End::Highest)
        } else if rating == self.low {
            Some(End::Lowest)
        } else {
            None
        };
        let five = if self == Scale::FIVE {
            rating
        } else {
            1.0 + 4.0 * (rating - self.low) / (self.high - self.low)
        };
        Some((five, end))
    }

    /// The scale whose best rating is stated in the value, as in `8/10`.
    pub fn out_of(best: f64) -> Option<Scale> {
        match best {
            5.0 => Some(Scale::FIVE),
            10.0 => Some(Scale { low: 1.0, high: 10.0 }),
            20.0 | 100.0 => Some(Scale { low: 0.0, high: best }),
            _ => None,
        }
    }
}

impl std::fmt::Display for Scale {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} to {}", self.low, self.high)
    }
}

/// A rating as written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WrittenRating {
    /// The number.
    pub value: f64,
    /// The best possible one, where the value states it: `4/5`, `bubble_45`, `★★★★☆`.
    pub best: Option<f64>,
}

/// Texts longer than this are no ratings.
const LONGEST_RATING: usize = 48;

/// Reads a rating: `4`, `4.0`, `4,0`, `4/5`, `4.0 of 5 bubbles`, `bubble_45`, `★★★★☆`, `FOUR`.
pub fn rating(text: &str) -> Option<WrittenRating> {
    let text = text.trim();
    if text.is_empty() || text.len() > LONGEST_RATING {
        return None;
    }
    if let Some(value) = decimal(text) {
        return Some(WrittenRating { value, best: None });
    }
    let full = text.chars().filter(|c| matches!(c, '★' | '⭐' | '●')).count();
    if full > 0
        && text
            .chars()
            .all(|c| matches!(c, '★' | '⭐' | '●' | '☆' | '○' | '\u{fe0f}' | ' '))
    {
        return (full <= 5).then_some(WrittenRating {
            value: full as f64,
            best: Some(5.0),
        });
    }
    let folded = fold(text);
    if let Some(at) = folded.rfind("bubble_").or_else(|| folded.rfind("rating_")) {
        let digits: String = folded[at + 7..].chars().take_while(char::is_ascii_digit).collect();
        let value: f64 = digits.parse().ok()?;
        return (value <= 50.0).then_some(WrittenRating {
            value: if value > 5.0 { value / 10.0 } else { value },
            best: Some(5.0),
        });
    }
    if let Some(value) = ["one", "two", "three", "four", "five"]
        .iter()
        .position(|name| *name == folded)
    {
        return Some(WrittenRating {
            value: value as f64 + 1.0,
            best: Some(5.0),
        });
    }
    let parts: Vec<&str> = folded
        .split(|c: char| c.is_whitespace() || matches!(c, '/' | '-' | '(' | ')' | ':'))
        .filter(|part| !part.is_empty())
        .collect();
    let numbers: Vec<f64> = parts.iter().filter_map(|part| decimal(part)).collect();
    if !parts
        .iter()
        .all(|part| decimal(part).is_some() || RATING_WORDS.contains(part))
    {
        return None;
    }
    match numbers.as_slice() {
        [value] => Some(WrittenRating {
            value: *value,
            best: None,
        }),
        [value, best] if value <= best => Some(WrittenRating {
            value: *value,
            best: Some(*best),
        }),
        _ => None,
    }
}

const RATING_WORDS: &[&str] = &[
    "star",
    "stars",
    "bubble",
    "bubbles",
    "of",
    "out",
    "on",
    "sur",
    "von",
    "de",
    "su",
    "rated",
    "rating",
    "note",
    "etoile",
    "etoiles",
    "stern",
    "sterne",
    "sternen",
    "estrella",
    "estrellas",
    "stella",
    "stelle",
    "point",
    "points",
    "punkte",
    "puntos",
    "punti",
    "score",
];

/// A decimal number with a point or a comma.
fn decimal(text: &str) -> Option<f64> {
    let bytes = text.as_bytes();
    if bytes.is_empty()
        || !bytes
            .iter()
            .all(|b| b.is_ascii_digit() || matches!(b, b'.' | b',' | b'-' | b'+'))
    {
        return None;
    }
    let value: f64 = if text.contains(',') {
        text.replace(',', ".").parse().ok()?
    } else {
        text.parse().ok()?
    };
    value.is_finite().then_some(value)
}

/// Reads a count: `6`, `1.0`, `1,234`, `1 review`, `20 contributions`, `Local Guide · 34 avis`.
pub fn count(text: &str) -> Option<u32> {
    let text = text.trim();
    if text.len() > 64 || !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    if let Some(number) = grouped(text) {
        return Some(number);
    }
    let folded = fold(text);
    // The number directly before a word that counts: glued text such as `UK20 contributions` is read too.
    let counted = COUNTED.iter().find_map(|word| {
        let before = folded[..folded.find(word)?].trim_end();
        let start = before
            .char_indices()
            .rev()
            .take_while(|(_, c)| c.is_ascii_digit() || matches!(c, ',' | '.'))
            .last()
            .map(|(index, _)| index)?;
        grouped(&before[start..])
    });
    counted.or_else(|| glued(&folded))
}

/// The digits at the end of a place name, as scrapes have it where the page says `United Kingdom72 contributions`.
fn glued(folded: &str) -> Option<u32> {
    let place = folded.trim_end_matches(|c: char| c.is_ascii_digit() || c == ',');
    let is_place = place.ends_with(char::is_alphabetic)
        && place
            .chars()
            .all(|c| c.is_alphabetic() || matches!(c, ' ' | ',' | '.' | '-' | '\'' | '(' | ')' | '&' | '/'));
    if is_place {
        grouped(&folded[place.len()..])
    } else {
        None
    }
}

const COUNTED: &[&str] = &[
    "review",
    "contribution",
    "avis",
    "rating",
    "bewertung",
    "rezension",
    "beitra",
    "resena",
    "opinion",
    "contribuc",
    "contribut",
    "recension",
    "vote",
    "helpful",
    "like",
    "people",
    "person",
    "hilfreich",
    "utile",
    "util",
    "photo",
    "post",
];

/// An integer whose thousands may be set apart, or that went through a float.
fn grouped(text: &str) -> Option<u32> {
    if !text.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    if let Some(whole) = text.strip_suffix(".0").or_else(|| text.strip_suffix(".00")) {
        return grouped(whole);
    }
    if text.bytes().all(|b| b.is_ascii_digit()) {
        return text.parse().ok();
    }
    let mut groups = text.split([',', '.', ' ', '\u{a0}', '\u{202f}', '\'']);
    let first = groups.next()?;
    let mut digits = first.to_owned();
    if !(1..=3).contains(&first.len()) {
        return None;
    }
    for group in groups {
        if group.len() != 3 {
            return None;
        }
        digits.push_str(group);
    }
    digits
        .bytes()
        .all(|b| b.is_ascii_digit())
        .then(|| digits.parse().ok())?
}

/// Reads yes or no in the languages supported.
pub fn flag(text: &str) -> Option<bool> {
    match fold(text.trim()).as_str() {
        "true" | "1" | "1.0" | "yes" | "y" | "oui" | "ja" | "si" | "vrai" | "wahr" | "verified" | "verifie"
        | "verified purchase" => Some(true),
        "false" | "0" | "0.0" | "no" | "n" | "non" | "nein" | "faux" | "falsch" | "unverified" | "not verified" => {
            Some(false)
        }
        _ => None,
    }
}

/// Reads a finite number within bounds, with a point or a comma.
pub fn bounded(text: &str, bounds: std::ops::RangeInclusive<f64>) -> Option<f64> {
    let text = text.trim();
    let value = decimal(text).or_else(|| text.parse().ok())?;
    bounds.contains(&value).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ratings_as_written() {
        for (text, value, best) in [
            ("4", 4.0, None),
            ("4.0", 4.0, None),
            ("4,5", 4.5, None),
            ("4/5", 4.0, Some(5.0)),
            ("8,4 / 10", 8.4, Some(10.0)),
            ("4.0 of 5 bubbles", 4.0, Some(5.0)),
            ("4 sur 5", 4.0, Some(5.0)),
            ("Rated 4 out of 5 stars", 4.0, Some(5.0)),
            ("5 stars", 5.0, None),
            ("5-star rating", 5.0, None),
            ("bubble_45", 4.5, Some(5.0)),
            ("ui_bubble_rating bubble_50", 5.0, Some(5.0)),
            ("★★★★☆", 4.0, Some(5.0)),
            ("FIVE", 5.0, Some(5.0)),
        ] {
            assert_eq!(rating(text), Some(WrittenRating { value, best }), "{text}");
        }
        for text in ["", "good", "4 cats", "46.5, 30.7", "★★★★★★★", "4 5 6", "1,234 reviews"] {
            assert_eq!(rating(text), None, "{text}");
        }
    }

    #[test]
    fn scales_keep_their_ends() {
        let ten = Scale { low: 1.0, high: 10.0 };
        assert_eq!(ten.to_five(10.0), Some((5.0, Some(End::Highest))));
        assert_eq!(ten.to_five(1.0), Some((1.0, Some(End::Lowest))));
        assert_eq!(ten.to_five(5.5), Some((3.0, None)));
        assert_eq!(Scale::FIVE.to_five(7.0), None);
        assert_eq!(Scale::FIVE.to_five(f64::NAN), None);
    }

    #[test]
    fn counts_as_written() {
        for (text, number) in [
            ("6", 6),
            ("1.0", 1),
            ("1,234", 1234),
            ("1.234", 1234),
            ("12 345", 12345),
            ("1 review", 1),
            ("London, UK20 contributions", 20),
            ("United Kingdom72", 72),
            ("Berkeley, CA1,053", 1053),
            ("Chennai (Madras), India724", 724),
            ("Local Guide · 1,034 avis", 1034),
            ("One of 12 people found this helpful", 12),
        ] {
            assert_eq!(count(text), Some(number), "{text}");
        }
        for text in [
            "",
            "-3",
            "1.5",
            "Dear guest",
            "99999999999",
            "reviews",
            "12,34",
            "4 cats",
            "a1b2",
        ] {
            assert_eq!(count(text), None, "{text}");
        }
    }

    #[test]
    fn flags_and_bounds() {
        assert_eq!(
            (flag("Oui"), flag("nein"), flag("maybe")),
            (Some(true), Some(false), None)
        );
        assert_eq!(bounded("46,48", -90.0..=90.0), Some(46.48));
        assert_eq!(bounded("1e1", -90.0..=90.0), Some(10.0));
        assert_eq!(
            (bounded("91", -90.0..=90.0), bounded("NaN", -90.0..=90.0)),
            (None, None)
        );
    }

    proptest! {
        #[test]
        fn nothing_panics(text in "\\PC{0,70}") {
            let _ = (rating(&text), count(&text), flag(&text), bounded(&text, 0.0..=1.0));
        }

        #[test]
        fn ten_points_map_within_the_five(rating in 1.0f64..=10.0) {
            let (five, _) = Scale { low: 1.0, high: 10.0 }.to_five(rating).unwrap();
            prop_assert!((five - (1.0 + 4.0 * (rating - 1.0) / 9.0)).abs() < 1e-12);
        }
    }
}
