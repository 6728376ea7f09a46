//! [`Review`], the typed record that everything after reading works on.
//!
//! It holds no label, so that no signal can ever see one. Every field but the text form may be missing; a missing
//! field makes the signals that need it missing, and never zero.

use crate::text::Language;

/// How finely a date is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// To the year: [`Date::day`] is its first day.
    Year,
    /// To the month: [`Date::day`] is its first day.
    Month,
    /// To the day.
    Day,
}

/// A calendar date and how finely it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    /// Days since 1970-01-01, proleptic Gregorian.
    pub day: i32,
    /// How finely the date is known.
    pub precision: Precision,
}

impl Date {
    /// The date of a civil day, `None` where the calendar has no such day.
    pub fn from_ymd(year: i16, month: i8, day: i8) -> Option<Date> {
        let date = jiff::civil::Date::new(year, month, day).ok()?;
        Some(Date {
            day: days_since_epoch(date),
            precision: Precision::Day,
        })
    }

    /// The date of a month, `None` where the calendar has no such month.
    pub fn from_ym(year: i16, month: i8) -> Option<Date> {
        Some(Date {
            precision: Precision::Month,
            ..Date::from_ymd(year, month, 1)?
        })
    }

    /// The date of a year.
    pub fn from_year(year: i16) -> Option<Date> {
        Some(Date {
            precision: Precision::Year,
            ..Date::from_ymd(year, 1, 1)?
        })
    }

    /// Year, month and day of the month.
    pub fn ymd(self) -> (i16, i8, i8) {
        // A span takes no more days than the calendar has. What lies beyond, as damaged files may say, is its end.
        const MOST: i32 = 7_304_484;
        let date = EPOCH.saturating_add(jiff::Span::new().days(self.day.clamp(-MOST, MOST)));
        (date.year(), date.month(), date.day())
    }

    /// The day, where the date is known that finely.
    pub fn exact_day(self) -> Option<i32> {
        (self.precision == Precision::Day).then_some(self.day)
    }
}

impl std::fmt::Display for Date {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (year, month, day) = self.ymd();
        match self.precision {
            Precision::Day => write!(f, "{year:04}-{month:02}-{day:02}"),
            Precision::Month => write!(f, "{year:04}-{month:02}"),
            Precision::Year => write!(f, "{year:04}"),
        }
    }
}

const EPOCH: jiff::civil::Date = jiff::civil::Date::constant(1970, 1, 1);

fn days_since_epoch(date: jiff::civil::Date) -> i32 {
    // Years -9999 to 9999 span fewer than eight million days.
    EPOCH.until(date).map(|span| span.get_days()).unwrap_or(0)
}

/// The end of the file's own rating scale at which a rating stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The lowest rating that the scale has.
    Lowest,
    /// The highest rating that the scale has.
    Highest,
}

/// Whether the text is as it was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TextForm {
    /// As written.
    #[default]
    Raw,
    /// Reduced to word stems: word lists, language and style do not apply and are missing.
    Stemmed,
}

/// One review, read and normalised.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Review {
    /// The site's id of the review.
    pub id: Option<String>,
    /// The site it was posted on.
    pub site: Option<String>,
    /// The site's id of the property.
    pub property_id: Option<String>,
    /// The property's name as written in the file.
    pub property_name: Option<String>,
    /// The brand or chain that the property belongs to.
    pub property_brand: Option<String>,
    /// Town or address of the property.
    pub property_place: Option<String>,
    /// Kind of property: hotel, restaurant, attraction ...
    pub property_category: Option<String>,
    /// The site's id of the reviewer.
    pub reviewer_id: Option<String>,
    /// The name shown. Used for its shape and as a key where no id exists; never printed where an id serves.
    pub reviewer_name: Option<String>,
    /// Number of contributions that the site shows for the reviewer.
    pub reviewer_reviews: Option<u32>,
    /// Helpful votes that the site shows for the reviewer.
    pub reviewer_helpful_votes: Option<u32>,
    /// When the reviewer joined.
    pub reviewer_since: Option<Date>,
    /// Where the reviewer says to live.
    pub reviewer_place: Option<String>,
    /// Stars on the scale 1 to 5, unrounded where the file's own scale is finer.
    pub rating: Option<f64>,
    /// Set where the rating stands at an end of the file's own scale.
    pub rating_end: Option<End>,
    /// Ratings of aspects, by column name, on the scale 1 to 5.
    pub sub_ratings: Vec<(String, f64)>,
    /// The title.
    pub title: Option<String>,
    /// The body.
    pub text: Option<String>,
    /// The language that the file states, or that the user gave.
    pub language: Option<Language>,
    /// When it was published.
    pub published: Option<Date>,
    /// When the stay or visit took place.
    pub experienced: Option<Date>,
    /// Business, couple, family ... in the file's own words.
    pub trip_type: Option<String>,
    /// Helpful votes of this review.
    pub helpful_votes: Option<u32>,
    /// Whether the site verified the stay.
    pub verified: Option<bool>,
    /// The owner's answer. `Some("")` never occurs.
    pub response_text: Option<String>,
    /// When the owner answered.
    pub response_date: Option<Date>,
    /// Whether the file has columns for answers at all, so that no answer means "not answered" and not "not known".
    pub responses_known: bool,
    /// Files or URLs of the photos.
    pub photos: Vec<String>,
    /// Degrees north.
    pub latitude: Option<f64>,
    /// Degrees east.
    pub longitude: Option<f64>,
    /// Suspicion, 0 to 1, known from elsewhere.
    pub prior: Option<f64>,
    /// Suspicion of the reviewer, 0 to 1, known from elsewhere.
    pub reviewer_prior: Option<f64>,
    /// Whether the text is as written.
    pub text_form: TextForm,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A damaged Parquet file may hold any number of days.
    #[test]
    fn days_beyond_the_calendar_are_its_ends() {
        let day = |day| Date {
            day,
            precision: Precision::Day,
        };
        assert_eq!(day(i32::MAX).to_string(), "9999-12-31");
        assert_eq!(day(i32::MIN).ymd(), (-9999, 1, 1));
        assert_eq!(day(20_000).to_string(), "2024-10-04");
    }
}
