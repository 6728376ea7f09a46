//! Dates in the forms that exports and scrapes have them.
//!
//! A text is cut into numbers and words; the time of day is dropped; what is left is a date if it reads as one in only
//! one way. `03/04/2020` does not: whether day or month comes first is told over the whole column ([`DateOrder`]).

use super::date_words::{is_filler, is_night, is_weekday, month_of_name, relative_days};
use crate::review::{Date, Precision};
use crate::text::fold;

/// What comes first in dates such as `03/04/2020`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateOrder {
    /// `DD/MM/YYYY`.
    #[default]
    DayFirst,
    /// `MM/DD/YYYY`.
    MonthFirst,
}

impl DateOrder {
    /// How it is shown.
    pub fn name(self) -> &'static str {
        match self {
            DateOrder::DayFirst => "DD/MM/YYYY",
            DateOrder::MonthFirst => "MM/DD/YYYY",
        }
    }
}

/// The form in which a date was written, for the survey and for `inspect`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DateForm {
    /// `2024-12-14`, with or without a time.
    Iso,
    /// `20241214`.
    Compact,
    /// `14/12/2024`: the first number can only be the day.
    SlashedDayFirst,
    /// `12/14/2024`: the first number can only be the month.
    SlashedMonthFirst,
    /// `03/04/2024`: either.
    SlashedEither,
    /// `14 décembre 2024`, `Dec 14, 2024`, `December 2024`.
    MonthName,
    /// `2024-12` or `12/2024`.
    MonthNumber,
    /// `2024`.
    Year,
    /// Seconds or milliseconds since 1970.
    Epoch,
    /// `3 weeks ago`.
    Relative,
}

impl DateForm {
    /// An example, by which the form is shown.
    pub fn example(self) -> &'static str {
        match self {
            DateForm::Iso => "2024-12-14",
            DateForm::Compact => "20241214",
            DateForm::SlashedDayFirst => "14/12/2024",
            DateForm::SlashedMonthFirst => "12/14/2024",
            DateForm::SlashedEither => "03/04/2024",
            DateForm::MonthName => "14 December 2024",
            DateForm::MonthNumber => "2024-12",
            DateForm::Year => "2024",
            DateForm::Epoch => "seconds since 1970",
            DateForm::Relative => "3 weeks ago",
        }
    }
}

/// Why a text gave no date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateError {
    /// It is counted from the day on which the file was collected, which is not known.
    Relative,
    /// It is no date that is known here.
    Unreadable,
}

/// Texts longer than this are sentences, not dates.
pub(super) const LONGEST: usize = 60;
/// No review is older than the web, and none is from far ahead.
const YEARS: std::ops::RangeInclusive<i64> = 1990..=2100;

/// Reads a date. `crawled` is the day from which relative dates are counted.
pub fn parse(text: &str, order: DateOrder, crawled: Option<Date>) -> Result<(Date, DateForm), DateError> {
    let text = text.trim();
    if text.is_empty() || text.len() > LONGEST || !text.bytes().any(|b| b.is_ascii_digit() || !b.is_ascii()) {
        return if relative_days(text).is_some() {
            relative(text, crawled)
        } else {
            Err(DateError::Unreadable)
        };
    }
    let tokens = Tokens::of(text).ok_or(DateError::Unreadable)?;
    if let Some(read) = absolute(&tokens, order) {
        return Ok(read);
    }
    relative(text, crawled)
}

/// The month of a column that holds months alone: `3`, `03`, `Mar`, `mars`.
pub fn month(text: &str) -> Option<i8> {
    let text = text.trim().trim_end_matches('.');
    match text.parse::<f64>() {
        Ok(number) if number.fract() == 0.0 && (1.0..=12.0).contains(&number) => Some(number as i8),
        Ok(_) => None,
        Err(_) => month_of_name(&fold(text)),
    }
}

/// The year of a column that holds years alone: `2019`, `2019.0`.
pub fn year(text: &str) -> Option<i16> {
    let number: f64 = text.trim().parse().ok()?;
    (number.fract() == 0.0 && YEARS.contains(&(number as i64))).then_some(number as i16)
}

/// The day of the month of a column that holds days alone.
pub fn day(text: &str) -> Option<i8> {
    let number: f64 = text.trim().parse().ok()?;
    (number.fract() == 0.0 && (1.0..=31.0).contains(&number)).then_some(number as i8)
}

/// The numbers of a date, how many digits each has, what precedes it, and the month that a word names.
#[derive(Default)]
struct Tokens {
    numbers: Vec<Number>,
    month: Option<i8>,
    /// How many numbers stand before the month's name.
    before_month: usize,
    /// Words that are no part of a date.
    strangers: usize,
}

struct Number {
    value: i64,
    digits: usize,
    /// The sign that ties it to what stands before: `/`, `-`, `.`, an apostrophe; a blank otherwise.
    tie: char,
}

impl Tokens {
    /// `None` where the text cannot be a date.
    fn of(text: &str) -> Option<Tokens> {
        let mut tokens = Tokens::default();
        let mut rest = text;
        let mut tie = ' ';
        // Whether what was taken for the month may be the day of the week.
        let mut weekday = false;
        while let Some(first) = rest.chars().next() {
            if first.is_ascii_digit() {
                let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
                let (number, after) = rest.split_at(digits);
                if let Some(after_time) = time_of_day(after) {
                    rest = after_time;
                    tie = ' ';
                    continue;
                }
                if digits > 13 || tokens.numbers.len() == 4 {
                    return None;
                }
                tokens.numbers.push(Number {
                    value: number.parse().ok()?,
                    digits,
                    tie,
                });
                rest = after;
                tie = ' ';
            } else if first.is_alphabetic() {
                let end = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
                let (word, after) = rest.split_at(end);
                rest = after;
                tie = ' ';
                let folded = fold(word);
                // The day before a day and a month: `mar. 6 août` is a Tuesday in August.
                let was_weekday = weekday && matches!(tokens.numbers.as_slice(), [day] if day.digits <= 2);
                // A score, not October in Portuguese.
                let is_out_of = folded == "out" && after.trim_start().starts_with("of ");
                match month_of_name(&folded).filter(|_| !is_out_of) {
                    Some(month) if tokens.month.is_none() || was_weekday => {
                        weekday = is_weekday(&folded) && tokens.numbers.is_empty();
                        tokens.month = Some(month);
                        tokens.before_month = tokens.numbers.len();
                    }
                    // How long the stay was, not its day.
                    _ if is_night(&folded) => {
                        tokens.numbers.pop_if(|number| number.digits <= 2);
                    }
                    _ if is_filler(&folded) => {}
                    _ => tokens.strangers += 1,
                }
            } else {
                if matches!(first, '/' | '-' | '.' | '\'' | '’') {
                    tie = first;
                } else if first == '+' {
                    // What follows is the offset of a time zone.
                    break;
                }
                rest = &rest[first.len_utf8()..];
            }
        }
        (tokens.strangers <= 3).then_some(tokens)
    }
}

/// What stands after the time of day of which a number was the hour; `None` where it was no hour.
fn time_of_day(after_hour: &str) -> Option<&str> {
    let mut rest = after_hour;
    let mut parts = 0;
    loop {
        // `12h33` and `12h`, but no word that begins with the letter.
        let french = rest
            .strip_prefix(['h', 'H'])
            .filter(|tail| parts == 0 && !tail.starts_with(char::is_alphabetic));
        if french == Some("") {
            return french;
        }
        let Some(tail) = rest
            .strip_prefix(':')
            .or(french)
            .or_else(|| if parts > 1 { rest.strip_prefix('.') } else { None })
        else {
            return (parts > 0).then_some(rest);
        };
        let digits = tail.bytes().take_while(u8::is_ascii_digit).count();
        if digits == 0 {
            return (parts > 0).then_some(rest);
        }
        rest = &tail[digits..];
        parts += 1;
    }
}

fn absolute(tokens: &Tokens, order: DateOrder) -> Option<(Date, DateForm)> {
    let Tokens { numbers, .. } = tokens;
    if let Some(month) = tokens.month {
        return with_month_name(tokens, month);
    }
    if tokens.strangers > 2 {
        return None;
    }
    match numbers.as_slice() {
        [y, m, d] if y.digits == 4 => Some((ymd(y.value, m.value, d.value)?, DateForm::Iso)),
        [a, b, y] if (y.digits == 4 || y.digits == 2) && b.tie != ' ' && y.tie == b.tie => {
            let year = full_year(y)?;
            let (day_first, month_first) = (ymd(year, b.value, a.value), ymd(year, a.value, b.value));
            match (day_first, month_first) {
                // No one but the German-speaking and their neighbours writes points, and they write the day first.
                (Some(date), _) if b.tie == '.' => Some((date, DateForm::SlashedDayFirst)),
                (Some(first), Some(second)) => {
                    let date = if order == DateOrder::DayFirst { first } else { second };
                    Some((date, DateForm::SlashedEither))
                }
                (Some(date), None) if order == DateOrder::DayFirst => Some((date, DateForm::SlashedDayFirst)),
                (None, Some(date)) if order == DateOrder::MonthFirst => Some((date, DateForm::SlashedMonthFirst)),
                _ => None,
            }
        }
        [y, m] if y.digits == 4 && m.digits <= 2 && m.tie != ' ' => {
            Some((ym(y.value, m.value)?, DateForm::MonthNumber))
        }
        [m, y] if y.digits == 4 && m.digits <= 2 && y.tie != ' ' => {
            Some((ym(y.value, m.value)?, DateForm::MonthNumber))
        }
        [n] if tokens.strangers == 0 => match n.digits {
            8 => Some((
                ymd(n.value / 10_000, n.value / 100 % 100, n.value % 100)?,
                DateForm::Compact,
            )),
            6 => Some((ym(n.value / 100, n.value % 100)?, DateForm::Compact)),
            4 if YEARS.contains(&n.value) => Some((Date::from_year(n.value as i16)?, DateForm::Year)),
            10 => Some((from_epoch(n.value)?, DateForm::Epoch)),
            13 => Some((from_epoch(n.value / 1000)?, DateForm::Epoch)),
            _ => None,
        },
        // Seconds or milliseconds that went through a spreadsheet: `1652098468.0`.
        [n, zero] if zero.tie == '.' && tokens.strangers == 0 => match n.digits {
            10 => Some((from_epoch(n.value)?, DateForm::Epoch)),
            13 => Some((from_epoch(n.value / 1000)?, DateForm::Epoch)),
            _ => None,
        },
        // `20241214T101500`, `20241214 1015`.
        [n, time] if n.digits == 8 && tokens.strangers == 0 && is_compact_time(time) => Some((
            ymd(n.value / 10_000, n.value / 100 % 100, n.value % 100)?,
            DateForm::Compact,
        )),
        _ => None,
    }
}

fn with_month_name(tokens: &Tokens, month: i8) -> Option<(Date, DateForm)> {
    let month = i64::from(month);
    let date = match tokens.numbers.as_slice() {
        [d, y] | [y, d] if y.digits == 4 && d.digits <= 2 => ymd(y.value, month, d.value)?,
        // `14-Dec-24`; the month stands between.
        [d, y] if d.digits <= 2 && y.digits == 2 && tokens.before_month == 1 => ymd(full_year(y)?, month, d.value)?,
        [y] if y.digits == 4 => ym(y.value, month)?,
        // `Dec-24`, `Dec '24`; `24 Dec` would be a day without a year.
        [y] if y.digits == 2 && tokens.before_month == 0 && matches!(y.tie, '-' | '\'' | '’') => {
            ym(full_year(y)?, month)?
        }
        _ => return None,
    };
    Some((date, DateForm::MonthName))
}

/// Whether a number is the time of day without colons, to the minute or the second.
fn is_compact_time(number: &Number) -> bool {
    let minutes = match number.digits {
        4 => number.value,
        6 if number.value % 100 < 60 => number.value / 100,
        _ => return false,
    };
    number.tie == ' ' && minutes / 100 < 24 && minutes % 100 < 60
}

fn full_year(year: &Number) -> Option<i64> {
    match year.digits {
        4 => Some(year.value),
        2 if year.value < 70 => Some(2000 + year.value),
        2 => Some(1900 + year.value),
        _ => None,
    }
}

fn ymd(year: i64, month: i64, day: i64) -> Option<Date> {
    if !YEARS.contains(&year) {
        return None;
    }
    Date::from_ymd(year as i16, i8::try_from(month).ok()?, i8::try_from(day).ok()?)
}

fn ym(year: i64, month: i64) -> Option<Date> {
    if !YEARS.contains(&year) {
        return None;
    }
    Date::from_ym(year as i16, i8::try_from(month).ok()?)
}

fn from_epoch(seconds: i64) -> Option<Date> {
    let day = i32::try_from(seconds.div_euclid(86_400)).ok()?;
    let date = Date {
        day,
        precision: Precision::Day,
    };
    YEARS.contains(&i64::from(date.ymd().0)).then_some(date)
}

/// Days before `crawled`, with what is left of the precision: the site rounds "3 weeks ago" to weeks.
fn relative(text: &str, crawled: Option<Date>) -> Result<(Date, DateForm), DateError> {
    let (days, precision) = relative_days(text).ok_or(DateError::Unreadable)?;
    let crawled = crawled.ok_or(DateError::Relative)?;
    let day = Date {
        day: crawled.day - days,
        precision: Precision::Day,
    };
    if !YEARS.contains(&i64::from(day.ymd().0)) {
        return Err(DateError::Unreadable);
    }
    Ok((coarsen(day, precision), DateForm::Relative))
}

/// The same date, known no finer than `precision`.
pub fn coarsen(date: Date, precision: Precision) -> Date {
    let (year, month, _) = date.ymd();
    match precision.min(date.precision) {
        Precision::Day => Some(date),
        Precision::Month => Date::from_ym(year, month),
        Precision::Year => Date::from_year(year),
    }
    // The first of a month that exists exists.
    .unwrap_or(date)
}

#[cfg(test)]
mod tests {
    use super::super::date_words::MONTHS;
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Option<String> {
        parse(text, DateOrder::DayFirst, None)
            .ok()
            .map(|(date, _)| date.to_string())
    }

    #[test]
    fn forms_that_exports_have() {
        for (text, date) in [
            ("2024-12-14", "2024-12-14"),
            ("2025-10-19T15:01:17Z", "2025-10-19"),
            ("2020-03-05T10:00:00.000-05:00", "2020-03-05"),
            ("2012-03-05 00:00:00 +0100", "2012-03-05"),
            ("20180701", "2018-07-01"),
            ("201807", "2018-07"),
            ("2019", "2019"),
            ("14 decembre 2024", "2024-12-14"),
            ("14 décembre 2024", "2024-12-14"),
            ("1er août 2019", "2019-08-01"),
            ("14. Dezember 2024", "2024-12-14"),
            ("3. März 2019", "2019-03-03"),
            ("14 de marzo de 2020", "2020-03-14"),
            ("5 maggio 2018", "2018-05-05"),
            ("December 14, 2024", "2024-12-14"),
            ("Reviewed 14 December 2024", "2024-12-14"),
            ("Date of stay: December 2019", "2019-12"),
            ("Tue Mar 05 10:11:12 PST 2020", "2020-03-05"),
            ("Mar 2019", "2019-03"),
            ("14-Dec-24", "2024-12-14"),
            ("Dec-24", "2024-12"),
            ("2012-Nov-05", "2012-11-05"),
            ("14/12/2024", "2024-12-14"),
            ("14.12.24", "2024-12-14"),
            ("12/2024", "2024-12"),
            ("2024年12月14日", "2024-12-14"),
            ("1652098468", "2022-05-09"),
            ("1652098468.0", "2022-05-09"),
            ("1652098468000", "2022-05-09"),
            ("1652098468000.0", "2022-05-09"),
            ("20241214T101500", "2024-12-14"),
            ("20241214T101500Z", "2024-12-14"),
            ("14/12/2024 10h15", "2024-12-14"),
            ("14 décembre 2024 à 9h", "2024-12-14"),
            ("Dec '24", "2024-12"),
            ("Dec ’24", "2024-12"),
            ("mar. 6 août 2019", "2019-08-06"),
            ("mar 10 dic 2019", "2019-12-10"),
            ("mar 5 mar 2019", "2019-03-05"),
            ("Mar 5, 2019", "2019-03-05"),
            ("5 mar 2019", "2019-03-05"),
            ("4 nights · July 2019", "2019-07"),
            ("Stayed 2 nights in Jun 2022", "2022-06"),
            ("3 nuits · janvier 2021", "2021-01"),
            ("2 Nächte · Januar 2021", "2021-01"),
            ("14 de out de 2019", "2019-10-14"),
        ] {
            assert_eq!(read(text).as_deref(), Some(date), "{text}");
        }
    }

    #[test]
    fn what_is_no_date() {
        for text in [
            "",
            "5",
            "4.0",
            "1 review",
            "20180732",
            "31/02/2020",
            "25/13/2020",
            "999",
            "24 Dec",
            "8 out of 10",
            "9 out of 10 nights",
            "4 nights",
            "20241214 2575",
            "20241214 12345",
            "Dear guest, thank you",
            "We were there in May 2019 and it rained all of the time",
            "-5350254585623915284",
            "46.488564",
            "0.013318061828",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn relative_dates_need_the_day_of_the_crawl() {
        let crawled = Date::from_ymd(2024, 12, 14);
        for (text, date) in [
            ("il y a 3 semaines", "2024-11"),
            ("2 weeks ago", "2024-11"),
            ("a year ago", "2023"),
            ("vor 3 Tagen", "2024-12-11"),
            ("hace un mes", "2024-11"),
            ("2 mesi fa", "2024-10"),
            ("yesterday", "2024-12-13"),
        ] {
            assert_eq!(
                parse(text, DateOrder::DayFirst, None),
                Err(DateError::Relative),
                "{text}"
            );
            let read = parse(text, DateOrder::DayFirst, crawled).map(|(date, _)| date.to_string());
            assert_eq!(read.as_deref(), Ok(date), "{text}");
        }
        let ancient = parse("202 years ago", DateOrder::DayFirst, crawled);
        assert_eq!(ancient, Err(DateError::Unreadable), "no review is that old");
    }

    #[test]
    fn a_date_against_the_order_of_its_column_is_unreadable() {
        assert_eq!(
            parse("25/03/2020", DateOrder::MonthFirst, None),
            Err(DateError::Unreadable)
        );
        assert_eq!(
            parse("03/25/2020", DateOrder::DayFirst, None),
            Err(DateError::Unreadable)
        );
    }

    #[test]
    fn parts() {
        assert_eq!(
            (month("Aug"), month("8.0"), month("août"), month("13"), month("None")),
            (Some(8), Some(8), Some(8), None, None)
        );
        assert_eq!(
            (year("2019.0"), year("19"), day("31"), day("32")),
            (Some(2019), None, Some(31), None)
        );
    }

    proptest! {
        #[test]
        fn every_form_reads_back(year in 1995i16..2090, month in 1i8..=12, day in 1i8..=28, name in 0usize..64) {
            let date = Date::from_ymd(year, month, day).unwrap();
            let names = MONTHS[month as usize - 1];
            let name = names[name % names.len()];
            let short = year % 100;
            for text in [
                format!("{year}-{month:02}-{day:02}"), format!("{year}/{month}/{day}"), format!("{year}{month:02}{day:02}"),
                format!("{day:02}/{month:02}/{year}"), format!("{day}.{month}.{year}"), format!("{day}-{month}-{year}"),
                format!("{day} {name} {year}"), format!("{name} {day}, {year}"), format!("{day} de {name} de {year}"),
                format!("{year}-{month:02}-{day:02}T23:59:59.123+02:00"), format!("{month}/{day}/{year} 10:11 PM"),
            ] {
                let order = if text.ends_with("PM") { DateOrder::MonthFirst } else { DateOrder::DayFirst };
                prop_assert_eq!(parse(&text, order, None).map(|read| read.0), Ok(date), "{}", text);
            }
            if (2000..2069).contains(&year) {
                let text = format!("{day}/{month}/{short:02}");
                prop_assert_eq!(parse(&text, DateOrder::DayFirst, None).map(|read| read.0), Ok(date), "{}", text);
            }
        }

        #[test]
        fn nothing_panics(text in "\\PC{0,70}") {
            let _ = parse(&text, DateOrder::MonthFirst, Date::from_year(2020));
            let _ = (month(&text), year(&text), day(&text));
        }
    }
}
