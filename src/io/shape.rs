//! [`Shape`]: what the values of a column look like, told from a sample of records and from counts over all.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::xxh3_64;

use crate::normalize::date::{self, DateOrder};
use crate::normalize::{number, prose};

/// Counts over all records of one column, in bounded memory.
#[derive(Clone, Debug, Default)]
pub struct ColumnCount {
    /// Values that are not missing.
    pub present: u64,
    smallest: BTreeSet<u64>,
}

/// Size of the distinct-value sketch (k minimum values, Bar-Yossef et al. 2002): exact below, off by about 1.6 % above.
const SKETCH: usize = 4096;

impl ColumnCount {
    /// Counts a value that is present.
    pub fn add(&mut self, value: &str) {
        self.present += 1;
        let hash = xxh3_64(value.as_bytes());
        if self.smallest.len() < SKETCH {
            self.smallest.insert(hash);
        } else if self.smallest.last().is_some_and(|last| hash < *last) && self.smallest.insert(hash) {
            self.smallest.pop_last();
        }
    }

    /// About how many different values there are.
    pub fn distinct(&self) -> f64 {
        match self.smallest.last() {
            Some(&last) if self.smallest.len() == SKETCH => (SKETCH - 1) as f64 / (last as f64 / u64::MAX as f64),
            _ => self.smallest.len() as f64,
        }
    }
}

/// What the values of a column look like. Shares are of the values that are present, 0 to 1.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shape {
    /// Values present in the file.
    pub present: u64,
    /// Different values, about.
    pub distinct: f64,
    /// Mean length in characters.
    pub length: f64,
    /// Numbers.
    pub numbers: f64,
    /// What reads as a rating.
    pub ratings: f64,
    /// What reads as a count.
    pub counts: f64,
    /// What reads as a date of day or month.
    pub dates: f64,
    /// Dates that count back from an unknown day.
    pub relative: f64,
    /// Dates that are seconds since 1970.
    pub epochs: f64,
    /// Days of the month, months, years.
    pub days: f64,
    /// Months, as numbers or names.
    pub months: f64,
    /// Years.
    pub years: f64,
    /// Addresses on the web.
    pub links: f64,
    /// File names and addresses of pictures.
    pub pictures: f64,
    /// Yes or no.
    pub flags: f64,
    /// Codes and names of languages.
    pub languages: f64,
    /// At least half letters.
    pub worded: f64,
    /// Two words or more, at least half letters.
    pub prose: f64,
    /// JSON objects and arrays.
    pub json: f64,
    /// Numbers with decimals.
    pub decimals: f64,
    /// Smallest and largest number.
    pub range: Option<(f64, f64)>,
}

impl Shape {
    /// Looks at a sample of values; missing ones are left out.
    pub fn of<'a>(values: impl Iterator<Item = &'a str>, count: &ColumnCount) -> Shape {
        let mut shape = Shape {
            present: count.present,
            distinct: count.distinct(),
            ..Shape::default()
        };
        // Names of places, dates and ratings are written many times over, and a look at one is not cheap.
        let mut times: FxHashMap<&str, f64> = FxHashMap::default();
        let mut n = 0.0;
        for value in values.filter_map(prose::present) {
            n += 1.0;
            *times.entry(value).or_default() += 1.0;
        }
        for (value, times) in times {
            shape.add(value, times);
        }
        if n > 0.0 {
            for share in [
                &mut shape.length,
                &mut shape.numbers,
                &mut shape.ratings,
                &mut shape.counts,
                &mut shape.dates,
                &mut shape.relative,
                &mut shape.epochs,
                &mut shape.days,
                &mut shape.months,
                &mut shape.years,
                &mut shape.links,
                &mut shape.pictures,
                &mut shape.flags,
                &mut shape.languages,
                &mut shape.worded,
                &mut shape.prose,
                &mut shape.json,
                &mut shape.decimals,
            ] {
                *share /= n;
            }
        }
        shape
    }

    /// Counts a value that stands there so many times.
    fn add(&mut self, value: &str, times: f64) {
        let is = |condition: bool| if condition { times } else { 0.0 };
        let (mut characters, mut letters) = (0, 0);
        for c in value.chars() {
            characters += 1;
            letters += usize::from(c.is_alphabetic());
        }
        self.length += characters as f64 * times;
        let worded = letters * 2 >= characters;
        self.worded += is(worded);
        self.prose += is(worded && value.contains(char::is_whitespace));
        let mut colons = value.match_indices(':');
        self.links += is(value.starts_with("www.") || colons.any(|(at, _)| value[at..].starts_with("://")));
        self.json += is(value.starts_with(['{', '[']));
        if characters > 60 {
            self.pictures += is(looks_like_pictures(value));
            return;
        }
        self.pictures += is(looks_like_pictures(value));
        if let Some(number) = number::bounded(value, f64::MIN..=f64::MAX) {
            self.numbers += times;
            self.decimals += is(number.fract() != 0.0);
            self.range = Some(
                self.range
                    .map_or((number, number), |(low, high)| (low.min(number), high.max(number))),
            );
        }
        self.ratings += is(number::rating(value).is_some());
        self.counts += is(number::count(value).is_some());
        if let Some(form) = [DateOrder::DayFirst, DateOrder::MonthFirst]
            .into_iter()
            .find_map(|order| date_form(value, order))
        {
            self.dates += is(form != date::DateForm::Year);
            self.relative += is(form == date::DateForm::Relative);
            self.epochs += is(form == date::DateForm::Epoch);
        }
        self.days += is(date::day(value).is_some());
        self.months += is(date::month(value).is_some());
        self.years += is(date::year(value).is_some());
        self.flags += is(number::flag(value).is_some());
        self.languages += is(crate::normalize::language(value).is_some());
    }

    /// Share of values that are different from all others, about.
    pub fn distinct_share(&self) -> f64 {
        if self.present == 0 {
            0.0
        } else {
            (self.distinct / self.present as f64).min(1.0)
        }
    }
}

fn date_form(value: &str, order: DateOrder) -> Option<date::DateForm> {
    match date::parse(value, order, None) {
        Ok((_, form)) => Some(form),
        Err(date::DateError::Relative) => Some(date::DateForm::Relative),
        Err(date::DateError::Unreadable) => None,
    }
}

fn looks_like_pictures(value: &str) -> bool {
    const MARKS: [&str; 8] = [
        ".jpg",
        ".jpeg",
        ".png",
        ".webp",
        "googleusercontent",
        "/photo",
        "/media",
        "images",
    ];
    static AUTOMATON: LazyLock<AhoCorasick> = LazyLock::new(|| {
        let automaton = AhoCorasick::builder().ascii_case_insensitive(true).build(MARKS);
        // The list is part of the program; every reading builds it.
        automaton.expect("the marks fit an automaton")
    });
    AUTOMATON.is_match(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(values: &[&str]) -> Shape {
        let mut count = ColumnCount::default();
        values
            .iter()
            .filter_map(|value| prose::present(value))
            .for_each(|value| count.add(value));
        Shape::of(values.iter().copied(), &count)
    }

    #[test]
    fn shares_leave_missing_values_out() {
        let shape = shape(&["4.0", "5", "None", ""]);
        assert_eq!((shape.present, shape.ratings, shape.range), (2, 1.0, Some((4.0, 5.0))));
    }

    #[test]
    fn prose_and_dates_are_told_apart() {
        let text = shape(&[
            "We liked it in May 2019 a lot, and the staff was kind to all of us there",
            "Nice",
        ]);
        assert_eq!((text.dates, text.worded, text.prose), (0.0, 1.0, 0.5));
        let dates = shape(&["14 decembre 2024", "02/05/2022 21:33:19", "1652098468.0"]);
        assert_eq!(dates.dates, 1.0);
    }

    #[test]
    fn distinct_values_are_counted_closely() {
        let mut count = ColumnCount::default();
        for i in 0..100_000 {
            count.add(&(i % 20_000).to_string());
        }
        assert!((count.distinct() / 20_000.0 - 1.0).abs() < 0.06, "{}", count.distinct());
    }
}
