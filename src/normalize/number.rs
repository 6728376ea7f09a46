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
            6.0 | 7.0 | 10.0 => Some(Scale { low: 1.0, high: best }),
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

/// Reads a rating: `4`, `4.0`, `4,0`, `4/5`, `4.0 of 5 bubbles`, `80 %`, `10/10 Excellent`, `bubble_45`, `★★★★☆`, `4★`,
/// `FOUR`, `Very good`.
pub fn rating(text: &str) -> Option<WrittenRating> {
    let text = text.trim();
    if text.is_empty() || text.len() > LONGEST_RATING {
        return None;
    }
    if let Some(value) = decimal(text) {
        return Some(WrittenRating { value, best: None });
    }
    let of = |value, best| {
        Some(WrittenRating {
            value,
            best: Some(best),
        })
    };
    let full = text.chars().filter(|c| is_full_star(*c)).count();
    if full > 0 && text.chars().all(|c| is_star(c) || c == ' ') {
        return if full <= 5 { of(full as f64, 5.0) } else { None };
    }
    let folded = fold(text);
    if let Some(at) = folded.rfind("bubble_").or_else(|| folded.rfind("rating_"))
        && folded[at + 7..].starts_with(|c: char| c.is_ascii_digit())
    {
        let digits: String = folded[at + 7..].chars().take_while(char::is_ascii_digit).collect();
        let value: f64 = digits.parse().ok()?;
        return if value <= 50.0 {
            of(if value > 5.0 { value / 10.0 } else { value }, 5.0)
        } else {
            None
        };
    }
    if let Some(value) = star_class(&folded) {
        return of(value, 5.0);
    }
    if let Some(level) = VERDICTS.iter().position(|names| names.contains(&folded.as_str())) {
        return of(level as f64 + 1.0, 5.0);
    }
    if let Some((before, after)) = folded.split_once('%') {
        let filled = before.trim_start_matches("width").trim_matches([' ', ':']);
        let percent = decimal(filled).filter(|_| after.trim_matches([' ', ';']).is_empty())?;
        // The width to which a row of five stars is filled.
        let is_width = before.starts_with("width");
        return if is_width {
            of(percent / 20.0, 5.0)
        } else {
            of(percent, 100.0)
        };
    }
    in_words(&folded)
}

/// A rating among words: one number and words that ratings are given in, or `4 of 5` and a word or two besides.
fn in_words(folded: &str) -> Option<WrittenRating> {
    let spaced = folded.replace('/', " / ");
    let parts: Vec<&str> = spaced
        .split(|c: char| c.is_whitespace() || is_star(c) || matches!(c, '-' | '(' | ')' | ':' | '_'))
        .map(|part| {
            let is_word = part.starts_with(char::is_alphabetic);
            part.trim_end_matches(|c| is_word && matches!(c, '.' | ',' | ';' | '!'))
        })
        .filter(|part| !part.is_empty())
        .collect();
    let name = |part: &str| NUMBER_NAMES.iter().position(|name| *name == part);
    let number = |part: &str| decimal(part).or_else(|| Some(name(part)? as f64 + 1.0));
    let numbers: Vec<(usize, f64)> = (0..parts.len())
        .filter_map(|at| Some((at, number(parts[at])?)))
        .collect();
    let strangers: Vec<&str> = parts
        .iter()
        .copied()
        .filter(|part| number(part).is_none() && !is_rating_word(part))
        .collect();
    match numbers.as_slice() {
        [(_, value)] if strangers.is_empty() => Some(WrittenRating {
            value: *value,
            best: parts.iter().any(|part| name(part).is_some()).then_some(5.0),
        }),
        [(first, value), (second, best)] if value <= best && Scale::out_of(*best).is_some() => {
            let between = &parts[first + 1..*second];
            let is_tied =
                between.iter().any(|part| TIES.contains(part)) && between.iter().all(|part| is_rating_word(part));
            let is_remark = strangers.len() <= 2
                && strangers.iter().all(|part| {
                    part.chars().all(char::is_alphabetic) && !COUNTED.iter().any(|word| part.contains(word))
                });
            (is_tied && is_remark).then_some(WrittenRating {
                value: *value,
                best: Some(*best),
            })
        }
        _ => None,
    }
}

fn is_full_star(c: char) -> bool {
    matches!(c, '★' | '⭐' | '●' | '♥' | '*')
}

fn is_star(c: char) -> bool {
    is_full_star(c) || matches!(c, '☆' | '○' | '♡' | '\u{fe0f}')
}

/// The stars that the class or the picture of a page shows: `stars--regular-4`, `star_5.svg`.
fn star_class(folded: &str) -> Option<f64> {
    let after = &folded[folded.rfind("star")? + 4..];
    let at = after.find(|c: char| c.is_ascii_digit())?;
    let (between, digits) = after.split_at(at);
    let is_class = between.ends_with(['-', '_'])
        && between
            .chars()
            .all(|c| c.is_ascii_alphabetic() || matches!(c, '-' | '_'));
    let (digit, rest) = digits.split_at(1);
    let is_whole = rest.is_empty() || (rest.starts_with('.') && rest[1..].bytes().all(|b| b.is_ascii_alphabetic()));
    let value = digit.parse().ok()?;
    (is_class && is_whole && value <= 5.0).then_some(value)
}

const NUMBER_NAMES: [&str; 5] = ["one", "two", "three", "four", "five"];

/// What stands between a rating and the best one.
const TIES: &[&str] = &["/", "of", "out", "von", "sur", "de", "su", "van"];

/// The five steps from the worst to the best as review sites name them.
const VERDICTS: [&[&str]; 5] = [
    &["terrible", "horrible", "ungenugend", "pesimo", "pessimo", "horrivel"],
    &["poor", "mediocre", "mangelhaft", "malo", "scarso", "ruim"],
    &["average", "moyen", "befriedigend", "normal", "nella media", "razoavel"],
    &[
        "very good",
        "tres bon",
        "tres bien",
        "sehr gut",
        "muy bueno",
        "molto buono",
        "muito bom",
    ],
    &["excellent", "ausgezeichnet", "excelente", "eccellente"],
];

/// Whether a folded word stands beside ratings without changing them.
fn is_rating_word(part: &str) -> bool {
    RATING_WORDS.contains(&part)
        || TIES.contains(&part)
        || VERDICTS
            .iter()
            .copied()
            .flatten()
            .any(|verdict| verdict.split(' ').any(|word| word == part))
}

const RATING_WORDS: &[&str] = &[
    "star",
    "stars",
    "bubble",
    "bubbles",
    "circle",
    "circles",
    "point",
    "points",
    "rated",
    "rating",
    "score",
    "scored",
    "on",
    "note",
    "etoile",
    "etoiles",
    "bulle",
    "bulles",
    "stern",
    "sterne",
    "sternen",
    "punkt",
    "punkte",
    "punkten",
    "bewertung",
    "bewertet",
    "mit",
    "estrella",
    "estrellas",
    "burbuja",
    "burbujas",
    "punto",
    "puntos",
    "puntuacion",
    "valoracion",
    "calificacion",
    "stella",
    "stelle",
    "bolla",
    "bolle",
    "punti",
    "punteggio",
    "valutazione",
    "voto",
    "nota",
    "estrela",
    "estrelas",
    "sterren",
    "punten",
    "good",
    "bad",
    "outstanding",
    "exceptional",
    "superb",
    "fabulous",
    "wonderful",
    "pleasant",
    "okay",
    "fair",
    "exceptionnel",
    "superbe",
    "fabuleux",
    "bien",
    "bon",
    "correct",
    "decevant",
    "hervorragend",
    "fabelhaft",
    "gut",
    "angenehm",
    "ausreichend",
    "schlecht",
    "excepcional",
    "fantastico",
    "fabuloso",
    "bueno",
    "aceptable",
    "eccezionale",
    "ottimo",
    "favoloso",
    "buono",
    "sufficiente",
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
            ("four stars", 4.0, Some(5.0)),
            ("three out of five", 3.0, Some(5.0)),
            ("STAR_RATING_TWO", 2.0, Some(5.0)),
            ("85%", 85.0, Some(100.0)),
            ("72,5 %", 72.5, Some(100.0)),
            ("width: 60%;", 3.0, Some(5.0)),
            ("4★", 4.0, None),
            ("⭐ 3.5", 3.5, None),
            ("***", 3.0, Some(5.0)),
            ("Bewertet mit 3 von 5 Sternen", 3.0, Some(5.0)),
            ("4,0 sur 5 bulles", 4.0, Some(5.0)),
            ("Puntuación: 2 de 5", 2.0, Some(5.0)),
            ("Punteggio 8,5 su 10", 8.5, Some(10.0)),
            ("Gesamtnote: 5,2 von 6", 5.2, Some(6.0)),
            ("6 / 7", 6.0, Some(7.0)),
            ("9/10 Outstanding", 9.0, Some(10.0)),
            ("7 out of 10 - Lovely", 7.0, Some(10.0)),
            ("Scored 8.0", 8.0, None),
            ("4 - Very good", 4.0, None),
            ("Excellent (5)", 5.0, None),
            ("10.0 Excellent", 10.0, None),
            ("Mit 9 bewertet", 9.0, None),
            ("i-stars i-stars--regular-4", 4.0, Some(5.0)),
            ("star_2.svg", 2.0, Some(5.0)),
            ("Terrible", 1.0, Some(5.0)),
            ("Sehr gut", 4.0, Some(5.0)),
            ("Nella media", 3.0, Some(5.0)),
        ] {
            assert_eq!(rating(text), Some(WrittenRating { value, best }), "{text}");
        }
        for text in [
            "",
            "good",
            "4 cats",
            "46.5, 30.7",
            "30.7, 46.5",
            "3/4",
            "★★★★★★★",
            "4 5 6",
            "1,234 reviews",
            "3 of 5 people found this helpful",
            "Room 4 of 5 had no heating",
            "Excellent breakfast",
            "20% off",
            "stars-8 nights",
            "%",
        ] {
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
