//! [`Event`], what the first pass keeps of a review: hashed keys and small numbers, no text.

use super::network::packed_prior;
use super::phrases::{RUN, Words};
use super::place::Place;
use super::properties::{Facts, Properties};
use super::sketch::{AnswerSketch, TextSketch, simhash};
use crate::review::{Precision, Review};
use crate::text::{Analysis, Kind, Language, Token, Tokens, fold};
use xxhash_rust::xxh3::xxh3_64;

/// What the first pass keeps of a review.
#[derive(Clone, Debug)]
pub struct Event {
    pub(super) core: Core,
    pub(super) sketch: Option<Box<TextSketch>>,
    /// Of a text with a run of words that may be a template.
    pub(super) words: Option<Words>,
}

/// A key or kind that is not known.
pub(super) const NONE: u64 = 0;
/// The last day of an undated review: after all others, so that nothing ever sees it as of a date.
pub(super) const UNDATED: i32 = i32::MAX;

/// The part of an event that stays in memory until the second pass has ended. The order of the fields gives the order in
/// which equal days are sorted: content first and keys last, so that results do not hang on the looks of an id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Core {
    /// Last day on which it can have been published; [`UNDATED`] where not known.
    pub end: i32,
    /// First such day; equal to `end` where the day is known.
    pub start: i32,
    /// Day of the stay, where known to the day, else [`UNDATED`].
    pub stay: i32,
    /// Hash of the folded words; [`NONE`] without text.
    pub text: u64,
    /// SimHash over word bigrams; zero without text.
    pub simhash: [u64; 2],
    /// Thousandths of a star; 0 where not rated.
    pub rating: u16,
    /// Number of words and numbers.
    pub words: u16,
    /// Aspects praised and criticised, see [`crate::text::Claims`].
    pub claims: [u16; 2],
    /// Days until the owner's answer; [`NO_DELAY`] where not known.
    pub delay: u16,
    /// Suspicion of the review known from elsewhere, see [`packed_prior`].
    pub prior: u16,
    /// The same of its reviewer.
    pub reviewer_prior: u16,
    /// Set of [`ANSWERS_KNOWN`], [`ANSWERED`], [`DISCLOSED`], [`SHOWN`] and [`FEW_SHOWN`].
    pub flags: u8,
    /// Occasion that the text names, see [`super::occasion`]; 0 where it names none.
    pub occasion: u8,
    /// Language of the text.
    pub language: Option<Language>,
    /// Sketch of the owner's answer.
    pub answer: AnswerSketch,
    /// Hash of the trip type.
    pub trip: u32,
    /// Hash of the shape of the reviewer's name.
    pub shape: u32,
    /// Hash of the property's category.
    pub category: u32,
    /// Hash of the brand.
    pub brand: u32,
    /// Where the property is.
    pub place: Place,
    /// Input file, which says whether days are known.
    pub file: u32,
    /// Hash of the site.
    pub site: u64,
    /// Key of the property across sites.
    pub anywhere: u64,
    /// Key of the property on its site.
    pub property: u64,
    /// Key of the reviewer.
    pub reviewer: u64,
    /// The same for all rows that are the same review.
    pub identity: u64,
}

/// The file has columns for answers.
pub(super) const ANSWERS_KNOWN: u8 = 1;
/// The owner answered.
pub(super) const ANSWERED: u8 = 2;
/// The text says that its author works for the property, owns it or is close to it.
pub(super) const DISCLOSED: u8 = 4;
/// The site shows how many reviews the reviewer wrote in all.
pub(super) const SHOWN: u8 = 8;
/// These are [`FEW`] at most.
pub(super) const FEW_SHOWN: u8 = 16;
/// As many reviews as an account shows that was made, or bought, for the purpose.
const FEW: u32 = 3;
/// The delay of the answer is not known.
pub(super) const NO_DELAY: u16 = u16::MAX;

/// Below this many words a text is never a copy: two people do write "great hotel, lovely staff".
pub(super) const WORDS_OF_A_COPY: usize = 5;

impl Event {
    /// Condenses a review. Pure, so that reviews can be condensed in parallel.
    ///
    /// `text` is its body, analysed, where it has one as written; stemmed text is read from the review. `file` is the
    /// index of the input that it comes from.
    pub fn of(
        file: usize,
        review: &Review,
        text: Option<&Analysis<'_>>,
        language: Option<Language>,
        properties: &Properties,
    ) -> Event {
        Event::condense(file, review, text, language, properties, true)
    }

    /// The same without what copies and phrases are found by: they will be missing.
    pub fn without_sketch(
        file: usize,
        review: &Review,
        text: Option<&Analysis<'_>>,
        language: Option<Language>,
        properties: &Properties,
    ) -> Event {
        Event::condense(file, review, text, language, properties, false)
    }

    fn condense(
        file: usize,
        review: &Review,
        text: Option<&Analysis<'_>>,
        language: Option<Language>,
        properties: &Properties,
        with_sketch: bool,
    ) -> Event {
        let site = review.site.as_deref().map_or(NONE, |site| key(&["site", &fold(site)]));
        let site_text = review.site.as_deref().map(fold).unwrap_or_default();
        let facts = properties.of(review);
        let place = Place::of(review, facts.and_then(|facts| facts.place.as_deref()));
        let name = review
            .property_name
            .as_deref()
            .map(property_name)
            .filter(|name| !name.is_empty());
        let place_key = place.key.to_string();
        let property = match (&review.property_id, &name) {
            (Some(id), _) => key(&["property", &site_text, id.trim()]),
            (None, Some(name)) => key(&["named property", &site_text, name, &place_key]),
            (None, None) => NONE,
        };
        let anywhere = name.as_ref().map_or(NONE, |name| key(&["anywhere", name, &place_key]));
        let reviewer_name = review
            .reviewer_name
            .as_deref()
            .map(fold)
            .filter(|name| !is_placeholder(name));
        let reviewer = match (&review.reviewer_id, &reviewer_name) {
            (Some(id), _) => key(&["reviewer", &site_text, id.trim()]),
            (None, Some(name)) => key(&["named reviewer", &site_text, name.trim()]),
            (None, None) => NONE,
        };
        let (start, end) = review
            .published
            .map_or((UNDATED, UNDATED), |date| (date.day, last_day(date)));
        let rating = review
            .rating
            .map_or(0, |rating| (rating.clamp(1.0, 5.0) * 1000.0).round() as u16);

        let stemmed;
        let tokens = match (text, &review.text) {
            (Some(analysis), _) => Some(&analysis.tokens),
            (None, Some(text)) => {
                stemmed = Tokens::of(text);
                Some(&stemmed)
            }
            (None, None) => None,
        };
        let words = tokens.map(words).unwrap_or_default();
        let text_hash = tokens.filter(|_| !words.is_empty()).map_or(NONE, text_key);
        let sketch = (with_sketch && words.len() >= WORDS_OF_A_COPY).then(|| Box::new(TextSketch::of(&words)));
        let claims = text.map(|analysis| analysis.claims()).unwrap_or_default();

        let mut flags = if review.responses_known { ANSWERS_KNOWN } else { 0 };
        if text.is_some_and(|text| !text.ties().is_empty()) {
            flags |= DISCLOSED;
        }
        if let Some(shown) = review.reviewer_reviews {
            flags |= if shown <= FEW { SHOWN | FEW_SHOWN } else { SHOWN };
        }
        let mut delay = NO_DELAY;
        let mut answer = AnswerSketch::default();
        if review.response_text.is_some() || review.response_date.is_some() {
            flags |= ANSWERS_KNOWN | ANSWERED;
            if let (Some(from), Some(to)) = (
                review.published.and_then(|date| date.exact_day()),
                review.response_date.and_then(|date| date.exact_day()),
            ) {
                delay = u16::try_from(to - from).unwrap_or(NO_DELAY);
            }
            answer = review
                .response_text
                .as_deref()
                .map(AnswerSketch::of)
                .unwrap_or_default();
        }

        let identity = match &review.id {
            Some(id) => key(&["review", &site_text, id.trim()]),
            // Without an id, rows are the same review where nobody else is likely to have written the same.
            None if text_hash != NONE && (reviewer != NONE || words.len() >= WORDS_OF_A_COPY) => key(&[
                "content",
                &property.to_string(),
                &reviewer.to_string(),
                &start.to_string(),
                &text_hash.to_string(),
                &rating.to_string(),
            ]),
            None => NONE,
        };
        Event {
            core: Core {
                end,
                start,
                stay: review.experienced.and_then(|date| date.exact_day()).unwrap_or(UNDATED),
                text: text_hash,
                simhash: simhash(&words),
                rating,
                words: u16::try_from(words.len()).unwrap_or(u16::MAX),
                claims: [claims.positive, claims.negative],
                delay,
                prior: packed_prior(review.prior),
                reviewer_prior: packed_prior(review.reviewer_prior),
                flags,
                occasion: tokens.map_or(0, super::occasion::named),
                language: language.filter(|_| !words.is_empty()),
                answer,
                trip: review
                    .trip_type
                    .as_deref()
                    .map_or(0, |trip| short(&["trip", fold(trip).trim()])),
                shape: review
                    .reviewer_name
                    .as_deref()
                    .map_or(0, |name| short(&["shape", &name_shape(name)])),
                category: review
                    .property_category
                    .as_deref()
                    .map_or(0, |category| short(&["category", fold(category).trim()])),
                brand: brand(review, facts),
                place,
                file: u32::try_from(file).unwrap_or(u32::MAX),
                site,
                anywhere,
                property,
                reviewer,
                identity,
            },
            sketch,
            words: (with_sketch && words.len() >= RUN).then(|| Words::of(&words, &own_words(review, facts))),
        }
    }
}

/// Hashes of the words of four letters or more that name the property, its brand and its place.
fn own_words(review: &Review, facts: Option<&Facts>) -> Vec<u64> {
    let told = [&review.property_name, &review.property_brand, &review.property_place];
    let listed = facts.into_iter().flat_map(|facts| [&facts.brand, &facts.place]);
    let mut own = Vec::new();
    for name in told.into_iter().chain(listed).flatten() {
        let folded = fold(name);
        let words = folded.split(|c: char| !c.is_alphanumeric());
        let long = words.filter(|word| word.chars().count() > 3);
        own.extend(long.map(|word| xxh3_64(word.as_bytes())));
    }
    own
}

impl Core {
    /// The rating, stars.
    pub fn stars(&self) -> Option<f64> {
        (self.rating > 0).then(|| f64::from(self.rating) / 1000.0)
    }

    /// The day of publication, where known.
    pub fn exact_day(&self) -> Option<i32> {
        (self.end != UNDATED && self.start == self.end).then_some(self.end)
    }

    /// Whether it praises: four stars or more.
    pub fn praises(&self) -> bool {
        self.rating >= 4000
    }
}

/// A hash of several parts; never [`NONE`].
pub(super) fn key(parts: &[&str]) -> u64 {
    let mut joined = String::with_capacity(parts.iter().map(|part| part.len() + 1).sum());
    parts.iter().for_each(|part| push_part(part, &mut joined));
    key_of(&joined)
}

fn push_part(part: &str, joined: &mut String) {
    joined.push_str(part);
    joined.push('\u{1f}');
}

fn key_of(joined: &str) -> u64 {
    xxh3_64(joined.as_bytes()).max(1)
}

/// The same in 32 bits, for kinds that are few; never 0.
pub(super) fn short(parts: &[&str]) -> u32 {
    ((key(parts) >> 32) as u32).max(1)
}

/// Hashes of the words and numbers of a text.
pub(super) fn words(tokens: &Tokens) -> Vec<u64> {
    spoken(tokens).map(|token| token.hash).collect()
}

pub(super) fn spoken(tokens: &Tokens) -> impl Iterator<Item = &Token> {
    let list = tokens.list.iter();
    list.filter(|token| matches!(token.kind, Kind::Word | Kind::Number))
}

/// Key of the words and numbers of a text.
fn text_key(tokens: &Tokens) -> u64 {
    let mut joined = String::with_capacity(tokens.folded.len());
    for token in spoken(tokens) {
        push_part(tokens.folded_of(token), &mut joined);
    }
    key_of(&joined)
}

/// Last day that a date can mean.
fn last_day(date: crate::review::Date) -> i32 {
    match date.precision {
        Precision::Day => date.day,
        Precision::Month => month_of(date.day).1,
        Precision::Year => {
            let (year, _, _) = date.ymd();
            crate::review::Date::from_ymd(year, 12, 31).map_or(date.day, |last| last.day)
        }
    }
}

/// First and last day of the month of a day.
pub(super) fn month_of(day: i32) -> (i32, i32) {
    use crate::review::Date;
    let (year, month, of_month) = Date {
        day,
        precision: Precision::Day,
    }
    .ymd();
    let (next_year, next_month) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
    let first = day - i32::from(of_month) + 1;
    (
        first,
        Date::from_ymd(next_year, next_month, 1).map_or(day, |next| next.day - 1),
    )
}

/// A property's name for comparison: folded words, without those that name the kind of house and are now written, now not.
pub(super) fn property_name(name: &str) -> String {
    const LEFT_OUT: [&str; 8] = ["the", "hotel", "restaurant", "le", "la", "les", "l'", "l"];
    let tokens = Tokens::of(name);
    let all: Vec<&str> = tokens
        .list
        .iter()
        .filter(|token| matches!(token.kind, Kind::Word))
        .map(|token| tokens.folded_of(token))
        .collect();
    // Numbers fold to one sign, yet they tell houses apart ("Motel 6", "Ibis 2").
    let numbers = tokens
        .list
        .iter()
        .filter(|token| token.kind == Kind::Number)
        .map(|token| &name[token.start as usize..token.end as usize]);
    let kept: Vec<&str> = all.iter().copied().filter(|word| !LEFT_OUT.contains(word)).collect();
    let kept = if kept.is_empty() { all } else { kept };
    kept.into_iter().chain(numbers).collect::<Vec<&str>>().join(" ")
}

/// Names that a site shows in place of a name.
fn is_placeholder(folded: &str) -> bool {
    const PLACEHOLDERS: [&str; 16] = [
        "a tripadvisor member",
        "tripadvisor member",
        "a google user",
        "anonymous",
        "anonymous user",
        "anonyme",
        "guest",
        "user",
        "unknown",
        "deleted user",
        "un utilisateur",
        "utilisateur google",
        "un utilisateur de google",
        "a traveler",
        "a traveller",
        "yelp user",
    ];
    let name = folded.trim();
    name.is_empty() || PLACEHOLDERS.contains(&name)
}

/// The shape of a name: a run of letters is `a`, or `A` where it begins with a capital, a run of digits is `9` and its
/// length, white space a blank; other signs stand for themselves. `JohnS1234` has the shape `A9x4`.
pub fn name_shape(name: &str) -> String {
    let mut shape = String::new();
    let mut rest = name.trim().chars().peekable();
    while let Some(c) = rest.next() {
        if c.is_alphabetic() {
            shape.push(if c.is_uppercase() { 'A' } else { 'a' });
            while rest.next_if(|c| c.is_alphabetic()).is_some() {}
        } else if c.is_numeric() {
            let mut digits = 1;
            while rest.next_if(|c| c.is_numeric()).is_some() {
                digits += 1;
            }
            shape.push_str(&format!("9x{digits}"));
        } else if c.is_whitespace() {
            shape.push(' ');
            while rest.next_if(|c| c.is_whitespace()).is_some() {}
        } else {
            shape.push(c);
        }
    }
    shape
}

fn brand(review: &Review, facts: Option<&Facts>) -> u32 {
    let known = facts
        .and_then(|facts| facts.brand.as_deref())
        .or(review.property_brand.as_deref());
    if let Some(brand) = known
        .map(fold)
        .map(|brand| brand.trim().to_owned())
        .filter(|brand| !brand.is_empty())
    {
        // A brand of a known group stands for the group, so that a file may name either.
        return short(&[
            "brand",
            super::brand::group_of(&brand).map(fold).as_deref().unwrap_or(&brand),
        ]);
    }
    review
        .property_name
        .as_deref()
        .and_then(super::brand::group_of)
        .map_or(0, |group| short(&["brand", &fold(group)]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_is_small() {
        assert!(size_of::<Core>() <= 168, "{}", size_of::<Core>());
    }

    #[test]
    fn months_have_first_and_last_days() {
        let day = |y, m, d| crate::review::Date::from_ymd(y, m, d).expect("exists").day;
        assert_eq!(month_of(day(2024, 2, 11)), (day(2024, 2, 1), day(2024, 2, 29)));
        assert_eq!(month_of(day(2023, 12, 31)), (day(2023, 12, 1), day(2023, 12, 31)));
    }

    #[test]
    fn names_have_shapes() {
        assert_eq!(name_shape("JohnS1234"), "A9x4");
        assert_eq!(name_shape(" nell.harrowgate "), "a.a");
        assert_eq!(name_shape("Ann  B"), "A A");
    }

    #[test]
    fn names_of_properties_compare_without_their_kind() {
        assert_eq!(property_name("Hôtel Lorvane - Lyon"), property_name("Lorvane Lyon"));
        assert_ne!(property_name("Motel 6"), property_name("Motel 8"));
        assert_eq!(property_name("The Hotel"), "the hotel");
    }
}
