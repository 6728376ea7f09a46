//! From [`RawRecord`] to [`Review`]: all leniency lives here.
//!
//! How a record is to be read is known beforehand ([`Reading`]): which column feeds which field, and what the values of a
//! column were found to be over the whole file (the scale of its ratings, whether the day or the month comes first, how
//! finely its dates are known). Only a record that can be nothing but lost is rejected; a value that cannot be read
//! becomes missing and is counted ([`Warnings`]).

pub mod date;
mod date_words;
mod field;
#[cfg(all(test, feature = "cli"))]
mod fuzz;
pub mod number;
pub mod prose;
mod record;
mod warnings;

pub use date::{DateForm, DateOrder};
pub use field::{Field, Mapping};
pub use number::Scale;
pub use record::{RawRecord, cut};
pub use warnings::{Example, LONGEST_RAW, Reject, Tally, WarningKind, Warnings};

use crate::review::{Date, Precision, Review, TextForm};
use crate::text::{Language, fold};
use prose::present;

/// What was found about the values of one column, over all of its file.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Convention {
    /// The scale of its ratings; none where it holds no ratings.
    pub scale: Option<Scale>,
    /// Whether the day or the month comes first.
    pub order: DateOrder,
    /// Dates are written finer than they are known; this is how finely they are known.
    pub rounded_to: Option<Precision>,
}

/// What the user said that the file does not say.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Given {
    /// The language of all reviews.
    pub language: Option<Language>,
    /// The day on which the file was collected, from which relative dates count.
    pub crawled: Option<Date>,
}

/// How the records of one file are read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// Names of the columns, in order, as they stand in the file.
    pub header: Vec<String>,
    /// Which column feeds which field.
    pub mapping: Mapping,
    /// By column.
    pub conventions: Vec<Convention>,
    /// What the user said.
    pub given: Given,
}

impl Reading {
    /// The label of a record, as written.
    pub fn label<'r>(&self, record: &'r RawRecord) -> Option<&'r str> {
        self.value(record, Field::Label)
    }

    /// The first column of that name, exactly as in the header, else without regard to case.
    pub fn column(&self, name: &str) -> Option<usize> {
        let exact = self.header.iter().position(|column| column == name);
        exact.or_else(|| {
            self.header
                .iter()
                .position(|column| column.trim().eq_ignore_ascii_case(name.trim()))
        })
    }

    /// The value of a field's column, `None` where it is missing.
    pub fn value<'r>(&self, record: &'r RawRecord, field: Field) -> Option<&'r str> {
        present(record.get(self.mapping.get(field)?)?)
    }

    fn convention(&self, column: usize) -> Convention {
        self.conventions.get(column).copied().unwrap_or_default()
    }
}

/// Reads a record. What it holds but cannot be read is missing in the review and counted in `warnings`.
///
/// # Errors
/// A [`Reject`] where the record has neither a text nor a reviewer and a property, so that nothing could be said of it.
pub fn normalize(record: &RawRecord, reading: &Reading, warnings: &mut Warnings) -> Result<Review, Reject> {
    let mut read = Read {
        record,
        reading,
        warnings,
    };
    let mut review = Review {
        id: read.name(Field::ReviewId),
        site: read.name(Field::Site),
        property_id: read.name(Field::PropertyId),
        property_name: read.prose(Field::PropertyName),
        property_brand: read.name(Field::PropertyBrand),
        property_place: read.place(Field::PropertyPlace),
        property_category: read.name(Field::PropertyCategory),
        reviewer_id: read.name(Field::ReviewerId),
        reviewer_name: read.prose(Field::ReviewerName),
        reviewer_reviews: read.count(Field::ReviewerReviews),
        reviewer_helpful_votes: read.count(Field::ReviewerHelpfulVotes),
        reviewer_since: read.date(Field::ReviewerSince),
        reviewer_place: read.place(Field::ReviewerPlace),
        title: read.title(),
        text: read.text(),
        language: reading.given.language.or_else(|| read.language()),
        published: read.date_or_parts(
            Field::Published,
            Some(Field::PublishedDay),
            Field::PublishedMonth,
            Field::PublishedYear,
        ),
        experienced: read.date_or_parts(
            Field::Experienced,
            None,
            Field::ExperiencedMonth,
            Field::ExperiencedYear,
        ),
        trip_type: read.name(Field::TripType),
        helpful_votes: read.count(Field::HelpfulVotes),
        verified: read.parsed(Field::Verified, WarningKind::UnreadableFlag, "yes or no", number::flag),
        response_text: read.prose(Field::ResponseText),
        response_date: read.date(Field::ResponseDate),
        responses_known: reading.mapping.has(Field::ResponseText) || reading.mapping.has(Field::ResponseDate),
        photos: read.photos(),
        latitude: read.bounded(Field::Latitude, "-90 to 90", -90.0..=90.0),
        longitude: read.bounded(Field::Longitude, "-180 to 180", -180.0..=180.0),
        prior: read.bounded(Field::Prior, "0 to 1", 0.0..=1.0),
        reviewer_prior: read.bounded(Field::ReviewerPrior, "0 to 1", 0.0..=1.0),
        text_form: match reading.value(record, Field::TextForm) {
            Some("stemmed") => TextForm::Stemmed,
            _ => TextForm::Raw,
        },
        ..Review::default()
    };
    if let Some(column) = reading.mapping.get(Field::Rating)
        && let Some((rating, end)) = read.rating(Field::Rating, column)
    {
        (review.rating, review.rating_end) = (Some(rating), end);
    }
    for &column in reading.mapping.all(Field::SubRating) {
        if let Some((rating, _)) = read.rating(Field::SubRating, column) {
            review.sub_ratings.push((reading.header[column].clone(), rating));
        }
    }
    let reviewer = review.reviewer_id.is_some() || review.reviewer_name.is_some();
    let property = review.property_id.is_some() || review.property_name.is_some();
    if review.text.is_some() || (reviewer && property) {
        return Ok(review);
    }
    let found = match (reviewer, property) {
        (true, _) => "a reviewer but neither text nor property",
        (_, true) => "a property but neither text nor reviewer",
        _ => "neither",
    };
    Err(Reject {
        position: record.position.clone(),
        field: Some(Field::Text),
        expected: "a text, or a reviewer and a property".into(),
        found: found.into(),
        raw: record.excerpt(LONGEST_RAW),
    })
}

/// One record being read.
struct Read<'a> {
    record: &'a RawRecord,
    reading: &'a Reading,
    warnings: &'a mut Warnings,
}

impl<'a> Read<'a> {
    fn value(&self, field: Field) -> Option<&'a str> {
        self.reading.value(self.record, field)
    }

    fn warn(
        &mut self,
        kind: WarningKind,
        field: Field,
        expected: impl Into<std::borrow::Cow<'static, str>>,
        found: &str,
    ) {
        self.warnings.add(kind, field, &self.record.position, expected, found);
    }

    fn name(&self, field: Field) -> Option<String> {
        self.value(field).map(str::to_owned)
    }

    fn prose(&self, field: Field) -> Option<String> {
        let plain = prose::plain(self.value(field)?);
        present(&plain).map(str::to_owned)
    }

    fn title(&mut self) -> Option<String> {
        let title = self.prose(Field::Title)?;
        if !prose::is_furniture(&title) || title.len() < prose::SHORTEST_NOTICE {
            return Some(title);
        }
        self.warn(WarningKind::Furniture, Field::Title, "a title", &title);
        None
    }

    /// The text; where several columns feed it, those that say something, one per line.
    fn text(&mut self) -> Option<String> {
        let mut text = String::new();
        for &column in self.reading.mapping.all(Field::Text) {
            let Some(part) = self.record.get(column).and_then(present) else {
                continue;
            };
            if prose::is_furniture(part) {
                self.warn(WarningKind::Furniture, Field::Text, "a text", part);
                continue;
            }
            if !text.is_empty() {
                text.push('\n');
            }
            text.push_str(prose::plain(part).trim());
        }
        (!text.is_empty()).then_some(text)
    }

    /// A place, its parts from the narrowest to the widest as the file has them.
    fn place(&self, field: Field) -> Option<String> {
        let columns = self.reading.mapping.all(field);
        let parts = columns
            .iter()
            .filter_map(|&column| present(self.record.get(column)?))
            .map(prose::place);
        let place = parts.collect::<Vec<_>>().join(", ");
        (!place.is_empty()).then_some(place)
    }

    fn parsed<T>(
        &mut self,
        field: Field,
        kind: WarningKind,
        expected: &'static str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let value = self.value(field)?;
        let parsed = parse(value);
        if parsed.is_none() {
            self.warn(kind, field, expected, value);
        }
        parsed
    }

    fn count(&mut self, field: Field) -> Option<u32> {
        self.parsed(field, WarningKind::UnreadableCount, "a number", number::count)
    }

    fn bounded(&mut self, field: Field, expected: &'static str, bounds: std::ops::RangeInclusive<f64>) -> Option<f64> {
        self.parsed(field, WarningKind::OutOfBounds, expected, |value| {
            number::bounded(value, bounds.clone())
        })
    }

    fn language(&mut self) -> Option<Language> {
        self.parsed(
            Field::Language,
            WarningKind::UnreadableLanguage,
            "a language code",
            language,
        )
    }

    fn photos(&self) -> Vec<String> {
        let columns = self.reading.mapping.all(Field::Photos);
        columns
            .iter()
            .filter_map(|&column| present(self.record.get(column)?))
            .flat_map(prose::photos)
            .collect()
    }

    fn rating(&mut self, field: Field, column: usize) -> Option<(f64, Option<crate::review::End>)> {
        let value = present(self.record.get(column)?)?;
        let Some(written) = number::rating(value) else {
            self.warn(WarningKind::UnreadableRating, field, "a rating", value);
            return None;
        };
        let scale = written
            .best
            .and_then(Scale::out_of)
            .or(self.reading.convention(column).scale)
            .unwrap_or(Scale::FIVE);
        let rating = scale.to_five(written.value);
        if rating.is_none() {
            self.warn(WarningKind::OutOfScale, field, scale.to_string(), value);
        }
        rating
    }

    fn date(&mut self, field: Field) -> Option<Date> {
        let column = self.reading.mapping.get(field)?;
        let value = present(self.record.get(column)?)?;
        let convention = self.reading.convention(column);
        match date::parse(value, convention.order, self.reading.given.crawled) {
            Ok((date, _)) => Some(
                convention
                    .rounded_to
                    .map_or(date, |precision| date::coarsen(date, precision)),
            ),
            Err(date::DateError::Relative) => {
                self.warn(WarningKind::RelativeDate, field, "a calendar date", value);
                None
            }
            Err(date::DateError::Unreadable) => {
                self.warn(WarningKind::UnreadableDate, field, "a date", value);
                None
            }
        }
    }

    fn date_or_parts(&mut self, whole: Field, day: Option<Field>, month: Field, year: Field) -> Option<Date> {
        if self.reading.mapping.has(whole) {
            return self.date(whole);
        }
        let year = self.parsed(year, WarningKind::UnreadableDate, "a year", date::year);
        let month = self.parsed(month, WarningKind::UnreadableDate, "a month", date::month);
        let day = day.and_then(|day| self.parsed(day, WarningKind::UnreadableDate, "a day", date::day));
        match (year?, month, day) {
            (year, Some(month), Some(day)) => Date::from_ymd(year, month, day),
            (year, Some(month), None) => Date::from_ym(year, month),
            (year, None, _) => Date::from_year(year),
        }
    }
}

/// A language by its code or its name in English, French, German, Spanish or Italian.
pub fn language(value: &str) -> Option<Language> {
    const NAMES: &[(&str, &[&str])] = &[
        ("en", &["english", "anglais", "englisch", "ingles", "inglese"]),
        (
            "fr",
            &[
                "french",
                "francais",
                "franzosisch",
                "franzoesisch",
                "frances",
                "francese",
            ],
        ),
        ("de", &["german", "allemand", "deutsch", "aleman", "tedesco"]),
        ("es", &["spanish", "espagnol", "spanisch", "espanol", "spagnolo"]),
        ("it", &["italian", "italien", "italienisch", "italiano"]),
        (
            "pt",
            &["portuguese", "portugais", "portugiesisch", "portugues", "portoghese"],
        ),
        (
            "nl",
            &[
                "dutch",
                "neerlandais",
                "niederlandisch",
                "nederlands",
                "holandes",
                "olandese",
            ],
        ),
        ("ru", &["russian", "russe", "russisch", "ruso", "russo"]),
        ("ja", &["japanese", "japonais", "japanisch", "japones", "giapponese"]),
        ("zh", &["chinese", "chinois", "chinesisch", "chino", "cinese"]),
        ("ar", &["arabic", "arabe", "arabisch", "arabo"]),
    ];
    // fastText writes `__label__en`.
    let value = value.strip_prefix("__label__").unwrap_or(value);
    let folded = fold(value);
    if let Some((code, _)) = NAMES.iter().find(|(_, names)| names.contains(&folded.as_str())) {
        return Language::from_code(code);
    }
    Language::from_code(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Position;
    use crate::review::End;

    fn read(columns: &[(Field, &str, &str)]) -> (Result<Review, Reject>, Warnings) {
        let mut reading = Reading::default();
        for (column, (field, header, _)) in columns.iter().enumerate() {
            reading.header.push((*header).to_owned());
            reading.mapping.add(*field, column);
        }
        let position = Position {
            file: "r.csv".into(),
            record: 1,
            line: 2,
        };
        let record = RawRecord::from_fields(position, columns.iter().map(|(_, _, value)| *value));
        let mut warnings = Warnings::default();
        (normalize(&record, &reading, &mut warnings), warnings)
    }

    #[test]
    fn a_full_record() {
        let (review, warnings) = read(&[
            (Field::Text, "text", "Nice &amp; quiet"),
            (Field::Rating, "stars", "5"),
            (Field::SubRating, "rooms", "4,5"),
            (Field::ReviewerPlace, "city", "Florence"),
            (Field::ReviewerPlace, "country", "Italy3"),
            (Field::PublishedMonth, "month", "Aug"),
            (Field::PublishedYear, "year", "2019"),
            (Field::ReviewerReviews, "n", "1 review"),
            (Field::Language, "lang", "__label__en"),
            (Field::ResponseText, "answer", "None"),
        ]);
        let review = review.unwrap();
        assert!(warnings.is_empty());
        assert_eq!(review.text.as_deref(), Some("Nice & quiet"));
        assert_eq!((review.rating, review.rating_end), (Some(5.0), Some(End::Highest)));
        assert_eq!(review.sub_ratings, [("rooms".to_owned(), 4.5)]);
        assert_eq!(review.reviewer_place.as_deref(), Some("Florence, Italy"));
        assert_eq!(review.published, Date::from_ym(2019, 8));
        assert_eq!(review.reviewer_reviews, Some(1));
        assert_eq!(review.language, Some(Language::EN));
        assert_eq!((review.response_text, review.responses_known), (None, true));
    }

    #[test]
    fn what_cannot_be_read_is_missing_and_counted() {
        let (review, warnings) = read(&[
            (Field::Text, "text", "Read more"),
            (Field::ReviewerName, "who", "Ann"),
            (Field::PropertyName, "where", "Inn"),
            (Field::Rating, "stars", "7"),
            (Field::Published, "when", "il y a 3 semaines"),
            (Field::Verified, "checked", "perhaps"),
        ]);
        let review = review.unwrap();
        assert_eq!(
            (review.text, review.rating, review.published, review.verified),
            (None, None, None, None)
        );
        let kinds: Vec<_> = warnings.iter().map(|(kind, ..)| kind).collect();
        use WarningKind::*;
        assert_eq!(kinds, [RelativeDate, OutOfScale, UnreadableFlag, Furniture]);
    }

    #[test]
    fn a_record_of_which_nothing_can_be_said_is_rejected() {
        let (review, _) = read(&[(Field::Text, "text", " "), (Field::ReviewerName, "who", "Ann")]);
        let message = "r.csv: record 1 (line 2), field text: expected a text, or a reviewer and a property, \
                       found a reviewer but neither text nor property";
        assert_eq!(review.unwrap_err().to_string(), message);
    }

    #[test]
    fn columns_are_found_by_name() {
        let reading = Reading {
            header: vec!["Fold".to_owned(), "fold".to_owned()],
            ..Reading::default()
        };
        assert_eq!(
            (reading.column("fold"), reading.column("FOLD"), reading.column("x")),
            (Some(1), Some(0), None)
        );
    }
}
