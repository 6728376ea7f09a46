//! What the numbers and dates of a column are over all of a file: scale of the ratings, order and rounding of the dates.

use std::collections::BTreeMap;

use crate::normalize::Scale;
use crate::normalize::date::{self, DateForm, DateOrder};
use crate::normalize::number::WrittenRating;
use crate::review::{Date, Precision};

/// Numbers of a column, counted for what tells scales apart.
#[derive(Clone, Debug, Default)]
pub struct Numbers {
    /// How many.
    pub count: u64,
    /// Smallest and largest.
    pub range: Option<(f64, f64)>,
    /// Above 5 and up to 10.
    above_five: u64,
    /// Above 10.
    above_ten: u64,
    /// Multiples of 5 from 10 to 50.
    tens: u64,
    zeros: u64,
    /// Between 0 and 1 and neither.
    fractions: u64,
    /// With decimals.
    decimals: u64,
    /// Best ratings that the values state.
    best: BTreeMap<u64, u64>,
}

impl Numbers {
    /// Counts one.
    pub fn add(&mut self, rating: WrittenRating) {
        let value = rating.value;
        self.count += 1;
        self.range = Some(
            self.range
                .map_or((value, value), |(low, high)| (low.min(value), high.max(value))),
        );
        self.above_five += u64::from(value > 5.0 && value <= 10.0);
        self.above_ten += u64::from(value > 10.0);
        self.tens += u64::from((10.0..=50.0).contains(&value) && value % 5.0 == 0.0);
        self.zeros += u64::from(value == 0.0);
        self.fractions += u64::from(value > 0.0 && value < 1.0);
        self.decimals += u64::from(value.fract() != 0.0);
        if let Some(best) = rating.best {
            *self.best.entry(best as u64).or_default() += 1;
        }
    }

    /// The scale on which most of the numbers make sense. A single 7 among stars is a mistake, a fifth of them is a
    /// scale of ten points.
    pub fn scale(&self) -> Scale {
        let stated = self
            .best
            .iter()
            .max_by_key(|(_, count)| **count)
            .filter(|(_, count)| **count * 2 > self.count);
        if let Some(scale) = stated.and_then(|(best, _)| Scale::out_of(*best as f64)) {
            return scale;
        }
        let share = |count: u64| count as f64 / self.count.max(1) as f64;
        let zero = |share_of_zeros: f64| if share_of_zeros > 0.01 { 0.0 } else { 1.0 };
        if share(self.tens) > 0.98 {
            Scale { low: 10.0, high: 50.0 }
        } else if share(self.above_ten) > 0.2 {
            Scale {
                low: 0.0,
                high: if self.range.is_some_and(|(_, high)| high <= 20.0) {
                    20.0
                } else {
                    100.0
                },
            }
        } else if share(self.above_five) > 0.2 && self.ends_at_six() {
            Scale { low: 1.0, high: 6.0 }
        } else if share(self.above_five) > 0.2 {
            Scale {
                low: zero(share(self.zeros)),
                high: 10.0,
            }
        } else if share(self.fractions) > 0.2 && self.range.is_some_and(|(_, high)| high <= 1.0) {
            Scale { low: 0.0, high: 1.0 }
        } else {
            Scale::FIVE
        }
    }

    /// Whether the best of many ratings with decimals is a round 6, and none is below 1: sites that give one to six suns.
    fn ends_at_six(&self) -> bool {
        const MANY: u64 = 30;
        let ends = self.range.is_some_and(|(low, high)| low >= 1.0 && high == 6.0);
        ends && self.count >= MANY && self.decimals * 10 > self.count
    }
}

/// Dates of a column.
#[derive(Clone, Debug, Default)]
pub struct Dates {
    /// Forms, counted.
    pub forms: BTreeMap<DateForm, u64>,
    /// Dates that only make sense with the day first.
    pub day_first: u64,
    /// Dates that only make sense with the month first.
    pub month_first: u64,
    /// The calendar days, read with the day first and with the month first.
    calendars: [Calendar; 2],
}

/// When dates fall.
#[derive(Clone, Debug, Default)]
pub struct Calendar {
    /// First and last.
    pub range: Option<(Date, Date)>,
    days: u64,
    on_the_first: u64,
    on_the_last: u64,
    on_new_year: u64,
    by_month: [u64; 12],
    years: BTreeMap<i16, u64>,
}

impl Calendar {
    fn add(&mut self, date: Date) {
        let (year, month, day) = date.ymd();
        self.range = Some(
            self.range
                .map_or((date, date), |(first, last)| (first.min(date), last.max(date))),
        );
        if date.precision == Precision::Year {
            return;
        }
        self.by_month[month as usize - 1] += 1;
        *self.years.entry(year).or_default() += 1;
        if date.precision == Precision::Day {
            self.days += 1;
            self.on_the_first += u64::from(day == 1);
            self.on_new_year += u64::from(day == 1 && month == 1);
            let next = Date {
                day: date.day + 1,
                ..date
            };
            self.on_the_last += u64::from(next.ymd().2 == 1);
        }
    }
}

impl Dates {
    /// Counts a value; false where it is no date.
    pub fn add(&mut self, value: &str) -> bool {
        let day_first = date::parse(value, DateOrder::DayFirst, None);
        let (read, form) = match day_first {
            Ok(read) => read,
            Err(date::DateError::Relative) => {
                *self.forms.entry(DateForm::Relative).or_default() += 1;
                return true;
            }
            Err(date::DateError::Unreadable) => match date::parse(value, DateOrder::MonthFirst, None) {
                Ok(read) => read,
                Err(_) => return false,
            },
        };
        *self.forms.entry(form).or_default() += 1;
        match form {
            DateForm::SlashedEither => {
                self.calendars[0].add(read);
                if let Ok((read, _)) = date::parse(value, DateOrder::MonthFirst, None) {
                    self.calendars[1].add(read);
                }
                return true;
            }
            DateForm::SlashedDayFirst => self.day_first += 1,
            DateForm::SlashedMonthFirst => self.month_first += 1,
            _ => {}
        }
        self.calendars.iter_mut().for_each(|calendar| calendar.add(read));
        true
    }

    /// What comes first, by the dates that leave no choice; `None` where there are none.
    pub fn order(&self) -> Option<DateOrder> {
        match (self.day_first, self.month_first) {
            (0, 0) => None,
            (day, month) if month > day => Some(DateOrder::MonthFirst),
            _ => Some(DateOrder::DayFirst),
        }
    }

    /// Whether some dates read either way and none tells which is right.
    pub fn order_is_open(&self) -> bool {
        self.order().is_none() && self.forms.contains_key(&DateForm::SlashedEither)
    }

    /// Whether any date is known to the day.
    pub fn has_days(&self) -> bool {
        self.calendars.iter().any(|calendar| calendar.days > 0)
    }

    /// The days on which the dates fall.
    pub fn calendar(&self, order: DateOrder) -> &Calendar {
        &self.calendars[usize::from(order == DateOrder::MonthFirst)]
    }

    /// How finely the dates are known, where that is less than they are written: all on the first or last day of a
    /// month, or half of them in one month of the year (sites that say "3 years ago" put every review on today's month).
    pub fn rounded_to(&self, order: DateOrder) -> Option<Precision> {
        const ENOUGH: u64 = 20;
        let Calendar {
            days,
            on_the_first,
            on_the_last,
            on_new_year,
            by_month,
            years,
            ..
        } = self.calendar(order);
        let nearly_all = |count: u64| *days >= ENOUGH && count as f64 >= 0.95 * *days as f64;
        if nearly_all(*on_new_year) {
            return Some(Precision::Year);
        }
        let to_the_month = nearly_all(*on_the_first) || nearly_all(*on_the_last);
        let dated: u64 = by_month.iter().sum();
        let by_the_month = to_the_month || *days == 0;
        let most = by_month.iter().max().copied().unwrap_or(0);
        if by_the_month && dated >= ENOUGH && years.len() >= 2 && most * 2 >= dated {
            return Some(Precision::Year);
        }
        to_the_month.then_some(Precision::Month)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalize::number;

    fn scale(values: &[&str]) -> Scale {
        let mut numbers = Numbers::default();
        values
            .iter()
            .filter_map(|value| number::rating(value))
            .for_each(|rating| numbers.add(rating));
        numbers.scale()
    }

    fn dates(values: impl IntoIterator<Item = String>) -> Dates {
        let mut dates = Dates::default();
        values
            .into_iter()
            .for_each(|value| assert!(dates.add(&value), "{value}"));
        dates
    }

    #[test]
    fn scales_are_told_apart() {
        assert_eq!(scale(&["5", "4", "1", "5", "4", "3", "7"]), Scale::FIVE);
        assert_eq!(scale(&["9.2", "7,5", "3", "10"]), Scale { low: 1.0, high: 10.0 });
        assert_eq!(scale(&["9", "0", "10", "8"]), Scale { low: 0.0, high: 10.0 });
        assert_eq!(scale(&["85", "100", "40", "0"]), Scale { low: 0.0, high: 100.0 });
        assert_eq!(scale(&["50", "40", "45", "10"]), Scale { low: 10.0, high: 50.0 });
        assert_eq!(scale(&["3/10", "4/10"]), Scale { low: 1.0, high: 10.0 });
        assert_eq!(scale(&["bubble_50", "★★★★☆"]), Scale::FIVE);
        assert_eq!(scale(&["5,5 von 6", "3,0 von 6"]), Scale { low: 1.0, high: 6.0 });
        assert_eq!(scale(&["7/7", "3/7"]), Scale { low: 1.0, high: 7.0 });
        assert_eq!(scale(&["85 %", "100 %"]), Scale { low: 0.0, high: 100.0 });
    }

    #[test]
    fn six_is_the_best_only_where_it_is_clear() {
        let six = Scale { low: 1.0, high: 6.0 };
        let ten = Scale { low: 1.0, high: 10.0 };
        assert_eq!(scale(&["6,0", "5,4", "4,8", "5,9", "2,0"].repeat(8)), six);
        assert_eq!(scale(&["6,0", "5,4", "4,8", "5,9", "2,0"]), ten, "too few");
        assert_eq!(scale(&["6", "5", "4", "6", "2"].repeat(8)), ten, "no decimals");
        assert_eq!(scale(&["5,9", "5,4", "4,8", "5,9", "2,0"].repeat(8)), ten, "no 6");
        assert_eq!(
            scale(&["6,1", "6,0", "5,4", "5,9", "2,0"].repeat(8)),
            ten,
            "more than 6"
        );
    }

    #[test]
    fn one_clear_date_settles_the_order() {
        let found = dates(["03/04/2020", "05/06/2020", "02/25/2020"].map(str::to_owned));
        assert_eq!(
            (found.order(), found.order_is_open()),
            (Some(DateOrder::MonthFirst), false)
        );
        assert!(dates(["03/04/2020".to_owned()]).order_is_open());
    }

    #[test]
    fn rounding_is_recognised() {
        let rounded = |values: Vec<String>| dates(values).rounded_to(DateOrder::DayFirst);
        let years = || 2010..2022;
        assert_eq!(
            rounded(years().flat_map(|y| [format!("{y}0301"), format!("{y}0701")]).collect()),
            Some(Precision::Year)
        );
        assert_eq!(
            rounded(
                (1..=24)
                    .map(|m| format!("20{:02}-{:02}-01", 10 + m / 13, (m - 1) % 12 + 1))
                    .collect()
            ),
            Some(Precision::Month)
        );
        assert_eq!(rounded((1..=28).map(|d| format!("2020-05-{d:02}")).collect()), None);
        let march = years().flat_map(|y| [format!("Mar {y}"), format!("Mar {y}"), format!("Aug {y}")]);
        assert_eq!(rounded(march.collect()), Some(Precision::Year));
    }
}
