//! Dates written in the manner of a column: the same order, month names, padding and time of day.

use crate::normalize::{DateOrder, Field, date};
use crate::random::SplitMix64;
use crate::review::{Date, Precision};

/// What a run of characters in a cell stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Year,
    ShortYear,
    Month,
    MonthName,
    Day,
    /// `20241214`.
    Compact,
    /// Seconds since 1970, or milliseconds.
    Epoch,
    /// Minutes, seconds and fractions: drawn anew.
    Clock,
    Plain,
}

/// Which part of a date a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Whole,
    Year,
    Month,
    Day,
}

/// How a column writes its dates.
pub(super) struct DateColumn {
    part: Part,
    order: DateOrder,
    /// The dates are written finer than they are known: cells are taken as they are.
    rounded_to: Option<Precision>,
    /// Rows with a date, by day.
    known: Vec<(i32, String)>,
    months: [Option<String>; 12],
    pads_day: Padding,
    pads_month: Padding,
}

/// Whether numbers below ten have a zero before them.
#[derive(Clone, Copy, Debug, Default)]
struct Padding {
    with_zero: bool,
    without_zero: bool,
}

impl Padding {
    fn see(&mut self, run: &str) {
        self.with_zero |= run.starts_with('0');
        self.without_zero |= run.len() == 1;
    }

    fn write(self, number: i8, is_usual: bool) -> String {
        let pads = if self.with_zero || self.without_zero {
            self.with_zero
        } else {
            is_usual
        };
        if pads {
            format!("{number:02}")
        } else {
            number.to_string()
        }
    }
}

impl DateColumn {
    /// Learns from the cells of a column and what they were read as.
    pub(super) fn new<'c>(
        field: Field,
        order: DateOrder,
        rounded_to: Option<Precision>,
        cells: impl Iterator<Item = (&'c str, Date)>,
    ) -> DateColumn {
        let part = match field {
            Field::PublishedYear | Field::ExperiencedYear => Part::Year,
            Field::PublishedMonth | Field::ExperiencedMonth => Part::Month,
            Field::PublishedDay => Part::Day,
            _ => Part::Whole,
        };
        let mut column = DateColumn {
            part,
            order,
            rounded_to,
            known: Vec::new(),
            months: [const { None }; 12],
            pads_day: Padding::default(),
            pads_month: Padding::default(),
        };
        for (cell, date) in cells {
            column.known.push((date.day, cell.to_owned()));
            let Some(runs) = column.roles(cell, date) else { continue };
            let (_, month, _) = date.ymd();
            for (run, role) in runs {
                match role {
                    Role::MonthName => {
                        column.months[month as usize - 1].get_or_insert_with(|| run.to_owned());
                    }
                    Role::Day => column.pads_day.see(run),
                    Role::Month => column.pads_month.see(run),
                    _ => {}
                }
            }
        }
        column.known.sort();
        if column.rounded_to.is_none() && column.stands_at_month_ends() {
            column.rounded_to = Some(Precision::Month);
        }
        column
    }

    /// Whether it holds months or years only.
    pub(super) fn is_coarse(&self) -> bool {
        self.rounded_to.is_some()
    }

    /// A month written as its first or its last day.
    fn stands_at_month_ends(&self) -> bool {
        let of_month = |day| {
            Date {
                day,
                precision: Precision::Day,
            }
            .ymd()
            .2
        };
        let ends = self
            .known
            .iter()
            .filter(|(day, _)| of_month(*day) == 1 || of_month(*day + 1) == 1)
            .count();
        self.part == Part::Whole && self.known.len() >= 20 && ends * 10 > self.known.len() * 9
    }

    /// A day as this column would show it; empty where the column has no dates at all.
    pub(super) fn write(&self, day: i32, random: &mut SplitMix64) -> String {
        if self.known.is_empty() {
            return String::new();
        }
        if self.rounded_to.is_none() {
            for _ in 0..20 {
                let (template_day, cell) = &self.known[random.below(self.known.len())];
                let of = Date {
                    day: *template_day,
                    precision: Precision::Day,
                };
                if let Some(written) = self.rewrite(cell, of, day, random) {
                    return written;
                }
            }
        }
        self.of_same_period(day, random)
    }

    /// A cell of the same month (or year, where no more is known), else the nearest.
    fn of_same_period(&self, day: i32, random: &mut SplitMix64) -> String {
        let coarse = |day| {
            date::coarsen(
                Date {
                    day,
                    precision: Precision::Day,
                },
                self.rounded_to.unwrap_or(Precision::Day),
            )
            .day
        };
        let wanted = coarse(day);
        let from = self.known.partition_point(|(known, _)| coarse(*known) < wanted);
        let to = self.known.partition_point(|(known, _)| coarse(*known) <= wanted);
        let at = if from < to {
            from + random.below(to - from)
        } else {
            from.min(self.known.len() - 1)
        };
        self.known[at].1.clone()
    }

    fn rewrite(&self, cell: &str, of: Date, day: i32, random: &mut SplitMix64) -> Option<String> {
        let runs = self.roles(cell, of)?;
        let (year, month, day_of_month) = Date {
            day,
            precision: Precision::Day,
        }
        .ymd();
        // Where no number below ten was seen: 2024-01-02, but 2 January.
        let in_numbers = self.part == Part::Whole && !runs.iter().any(|(_, role)| *role == Role::MonthName);
        let still = runs
            .iter()
            .all(|(run, role)| *role != Role::Clock || run.bytes().all(|b| b == b'0'));
        let mut written = String::with_capacity(cell.len());
        let mut after_day = false;
        for (run, role) in runs {
            match role {
                Role::Year => written.push_str(&format!("{year:04}")),
                Role::ShortYear => written.push_str(&format!("{:02}", year % 100)),
                Role::Month => written.push_str(&self.pads_month.write(month, in_numbers)),
                Role::MonthName => written.push_str(self.months[month as usize - 1].as_deref()?),
                Role::Day => written.push_str(&self.pads_day.write(day_of_month, in_numbers)),
                Role::Compact => written.push_str(&format!("{year:04}{month:02}{day_of_month:02}")),
                Role::Epoch => {
                    let seconds = i64::from(day) * 86_400 + random.below(86_400) as i64;
                    let milliseconds = if run.len() == 13 {
                        format!("{:03}", random.below(1_000))
                    } else {
                        String::new()
                    };
                    written.push_str(&format!("{seconds}{milliseconds}"));
                }
                Role::Clock if still => written.push_str(run),
                Role::Clock => {
                    let bound = if run.len() <= 2 {
                        60
                    } else {
                        10_usize.pow(run.len().min(9) as u32)
                    };
                    written.push_str(&format!("{:0width$}", random.below(bound), width = run.len()));
                }
                Role::Plain if after_day && ["st", "nd", "rd", "th"].contains(&run) => {
                    written.push_str(ordinal(day_of_month))
                }
                Role::Plain => written.push_str(run),
            }
            after_day = role == Role::Day;
        }
        Some(written)
    }

    /// The runs of digits, letters and other characters of a cell, and what they stand for; `None` where the date that the
    /// cell was read as is not found in it.
    fn roles<'c>(&self, cell: &'c str, date: Date) -> Option<Vec<(&'c str, Role)>> {
        let runs = runs(cell);
        let (year, month, day) = date.ymd();
        let mut roles: Vec<Role> = vec![Role::Plain; runs.len()];
        let is = |at: usize, number: i64| runs[at].parse::<i64>() == Ok(number);
        let digits: Vec<usize> = (0..runs.len())
            .filter(|&at| runs[at].starts_with(|c: char| c.is_ascii_digit()))
            .collect();
        let name = (0..runs.len())
            .find(|&at| runs[at].starts_with(char::is_alphabetic) && date::month(runs[at]) == Some(month));
        match self.part {
            Part::Year => roles[*digits.iter().find(|&&at| is(at, year.into()))?] = Role::Year,
            Part::Day => roles[*digits.iter().find(|&&at| is(at, day.into()))?] = Role::Day,
            Part::Month => match name {
                Some(at) => roles[at] = Role::MonthName,
                None => roles[*digits.iter().find(|&&at| is(at, month.into()))?] = Role::Month,
            },
            Part::Whole => {
                let compact = i64::from(year) * 10_000 + i64::from(month) * 100 + i64::from(day);
                if let Some(&at) = digits.iter().find(|&&at| runs[at].len() == 8 && is(at, compact)) {
                    roles[at] = Role::Compact;
                } else if let Some(&at) = digits.iter().find(|&&at| matches!(runs[at].len(), 10 | 13)) {
                    roles[at] = Role::Epoch;
                } else {
                    self.written_out(&runs, &digits, name, (year, month, day), &mut roles)?;
                }
                clock(&runs, &digits, &mut roles);
            }
        }
        Some(runs.into_iter().zip(roles).collect())
    }

    fn written_out(
        &self,
        runs: &[&str],
        digits: &[usize],
        name: Option<usize>,
        (year, month, day): (i16, i8, i8),
        roles: &mut [Role],
    ) -> Option<()> {
        let number = |at: usize| runs[at].parse::<i64>().unwrap_or(-1);
        let full_year = digits
            .iter()
            .copied()
            .find(|&at| runs[at].len() == 4 && number(at) == i64::from(year));
        let timed = |at: usize| {
            at > 0 && runs[at - 1].ends_with(':') || runs.get(at + 1).is_some_and(|run| run.starts_with(':'))
        };
        let small: Vec<usize> = digits
            .iter()
            .copied()
            .filter(|&at| runs[at].len() <= 2 && !timed(at))
            .collect();
        let (day, month) = (i64::from(day), i64::from(month));
        if let Some(name) = name {
            roles[name] = Role::MonthName;
            if let Some(&at) = small.iter().find(|&&at| number(at) == day) {
                roles[at] = Role::Day;
            }
        } else {
            let (&first, &second) = (small.first()?, small.get(1)?);
            let day_first = number(first) == day && number(second) == month;
            let month_first = number(first) == month && number(second) == day;
            let year_first = full_year.is_some_and(|at| at < first);
            let (day_at, month_at) = match (day_first, month_first) {
                (true, false) => (first, second),
                (false, true) => (second, first),
                (true, true) if year_first || self.order == DateOrder::MonthFirst => (second, first),
                (true, true) => (first, second),
                (false, false) => return None,
            };
            (roles[day_at], roles[month_at]) = (Role::Day, Role::Month);
        }
        match full_year {
            Some(at) => roles[at] = Role::Year,
            None => {
                let short = small
                    .iter()
                    .copied()
                    .find(|&at| roles[at] == Role::Plain && number(at) == i64::from(year % 100))?;
                roles[short] = Role::ShortYear;
            }
        }
        Some(())
    }
}

/// Minutes, seconds and fractions after the first colon. The hour is kept: people write at certain hours.
fn clock(runs: &[&str], digits: &[usize], roles: &mut [Role]) {
    let Some(colon) = runs.iter().position(|run| run.starts_with(':')) else {
        return;
    };
    for &at in digits.iter().filter(|&&at| at > colon) {
        if roles[at] != Role::Plain {
            continue;
        }
        // A zone such as +02:00 stays.
        if runs[..at].iter().skip(colon).any(|run| run.contains(['+', '-'])) {
            break;
        }
        roles[at] = Role::Clock;
    }
}

fn ordinal(day: i8) -> &'static str {
    match (day, day % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    }
}

/// Splits into runs of ASCII digits, of letters, and of anything else.
fn runs(cell: &str) -> Vec<&str> {
    let class = |c: char| (c.is_ascii_digit(), c.is_alphabetic());
    let mut runs = Vec::new();
    let mut start = 0;
    let mut previous = None;
    for (at, c) in cell.char_indices() {
        if previous.is_some_and(|previous| previous != class(c)) {
            runs.push(&cell[start..at]);
            start = at;
        }
        previous = Some(class(c));
    }
    if start < cell.len() {
        runs.push(&cell[start..]);
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(cells: &[(&str, (i16, i8, i8))], order: DateOrder, day: (i16, i8, i8)) -> String {
        let of = |(year, month, day): (i16, i8, i8)| Date::from_ymd(year, month, day).unwrap();
        let cells: Vec<(&str, Date)> = cells.iter().map(|&(cell, date)| (cell, of(date))).collect();
        let column = DateColumn::new(Field::Published, order, None, cells.into_iter());
        column.write(of(day).day, &mut SplitMix64::new(1))
    }

    #[test]
    fn dates_keep_the_form_of_their_column() {
        let open = DateOrder::default();
        assert_eq!(
            written(
                &[("2024-07-19", (2024, 7, 19)), ("2024-01-05", (2024, 1, 5))],
                open,
                (2023, 2, 3)
            ),
            "2023-02-03"
        );
        assert_eq!(written(&[("20181001", (2018, 10, 1))], open, (2019, 2, 3)), "20190203");
        assert_eq!(
            written(
                &[("19 juillet 2024", (2024, 7, 19)), ("3 décembre 2023", (2023, 12, 3))],
                open,
                (2025, 12, 1)
            ),
            "1 décembre 2025"
        );
        assert_eq!(
            written(
                &[("12/25/21", (2021, 12, 25)), ("4/13/21", (2021, 4, 13))],
                open,
                (2022, 3, 14)
            ),
            "3/14/22"
        );
        assert_eq!(
            written(
                &[("05/06/2021", (2021, 6, 5)), ("25/06/2021", (2021, 6, 25))],
                open,
                (2022, 3, 4)
            ),
            "04/03/2022"
        );
        assert_eq!(
            written(&[("December 3rd, 2021", (2021, 12, 3))], open, (2022, 12, 22)),
            "December 22nd, 2022"
        );
        let timed = written(&[("2022-06-11T08:29:45Z", (2022, 6, 11))], open, (2020, 1, 2));
        assert!(
            timed.starts_with("2020-01-02T08:") && timed.ends_with('Z') && timed.len() == 20,
            "{timed}"
        );
        assert_eq!(
            written(
                &[("02/01/2020 00:00:00", (2020, 2, 1))],
                DateOrder::MonthFirst,
                (2021, 3, 4)
            ),
            "03/04/2021 00:00:00"
        );
    }

    #[test]
    fn a_month_without_a_name_in_the_file_is_taken_from_the_nearest_date() {
        let cells = [("19 juillet 2024", (2024, 7, 19)), ("20 juillet 2024", (2024, 7, 20))];
        assert!(written(&cells, DateOrder::default(), (2024, 9, 1)).contains("juillet 2024"));
    }

    #[test]
    fn rounded_dates_are_taken_from_the_file() {
        let of = |year, month| Date::from_ymd(year, month, 1).unwrap();
        let cells = [("20181001", of(2018, 10)), ("20181101", of(2018, 11))];
        let column = DateColumn::new(
            Field::Published,
            DateOrder::default(),
            Some(Precision::Month),
            cells.into_iter(),
        );
        let day = Date::from_ymd(2018, 11, 17).unwrap().day;
        assert_eq!(column.write(day, &mut SplitMix64::new(1)), "20181101");
    }
}
