//! [`Survey`]: one look over all of a file, from which follows how it is read.
//!
//! Counts, numbers and dates are observed over all records, in memory that does not grow with them; what needs whole
//! values (does this column join those two?) works on a sample of records spread over the file.

use rayon::prelude::*;
use std::collections::HashMap;

use super::columns::{self, Candidate, Columns, Mapped};
use super::decode::{Charset, Compression, EncodingVotes};
use super::pass::Pass;
use super::shape::{ColumnCount, Shape};
use super::source::{Format, MOST_COLUMNS};
use super::{ReadError, observed::Dates, observed::Numbers};
use crate::normalize::date::{self, DateOrder};
use crate::normalize::{Convention, Field, Reading, Reject, cut, number, prose};

/// What was found about a file.
#[derive(Clone, Debug, Default)]
pub struct Survey {
    /// The format; set once the file is opened.
    pub format: Option<Format>,
    /// The compression.
    pub compression: Option<Compression>,
    /// The encoding.
    pub charset: Option<Charset>,
    /// Records that could be cut into fields.
    pub records: u64,
    /// Records that could not.
    pub rejected: u64,
    /// The first of these.
    pub rejects: Vec<Reject>,
    /// By column.
    pub columns: Vec<ColumnSurvey>,
    /// How sure the mapping is, by column.
    pub confidence: Vec<Candidate>,
    /// Columns that might feed a field that has none.
    pub candidates: Vec<Candidate>,
    /// What is odd, as sentences.
    pub notes: Vec<String>,
    /// Records kept as a sample, values cut.
    pub sample: Vec<Vec<String>>,
    pub(super) votes: EncodingVotes,
    pub(super) undecoded: u64,
}

/// What was found about a column.
#[derive(Clone, Debug, Default)]
pub struct ColumnSurvey {
    /// What its values look like.
    pub shape: Shape,
    /// The numbers and ratings in it.
    pub numbers: Numbers,
    /// The dates in it.
    pub dates: Dates,
}

impl Survey {
    /// Reads all records and finds the mapping.
    pub(super) fn take(
        pass: &mut Pass,
        mut header: Vec<String>,
        notes: Vec<String>,
    ) -> Result<(Survey, Reading), ReadError> {
        const REJECTS_KEPT: usize = 5;
        let name = pass.name().to_string();
        let mut survey = Survey {
            notes,
            ..Survey::default()
        };
        if pass.grows() {
            pass.new_columns = Some((HashMap::new(), Vec::new()));
        }
        let mut observers: Vec<Observer> = header.iter().map(|_| Observer::default()).collect();
        let mut sample = Sample::default();
        while let Some(item) = pass.next().map_err(|error| ReadError::Io {
            file: name.clone(),
            error,
        })? {
            if pass.columns_found() > MOST_COLUMNS {
                return Err(ReadError::TooManyColumns {
                    file: name,
                    found: pass.columns_found(),
                    most: MOST_COLUMNS,
                });
            }
            let record = match item {
                Ok(record) => record,
                Err(reject) => {
                    survey.rejected += 1;
                    if survey.rejects.len() < REJECTS_KEPT {
                        survey.rejects.push(reject);
                    }
                    continue;
                }
            };
            survey.records += 1;
            if observers.len() < record.len() {
                observers.resize_with(record.len(), Observer::default);
            }
            for (column, observer) in observers.iter_mut().enumerate() {
                if let Some(value) = record.get(column).and_then(prose::present) {
                    observer.add(value);
                }
            }
            sample.add(|| {
                (0..record.len())
                    .map(|column| record.get(column).and_then(prose::present).unwrap_or(""))
                    .map(shortened)
                    .collect()
            });
        }
        if let Some((_, grown)) = pass.new_columns.take() {
            header = grown;
        }
        observers.resize_with(header.len(), Observer::default);
        (survey.votes, survey.undecoded) = (pass.votes, pass.undecoded);
        survey.sample = sample.records;
        survey.columns = observers
            .into_par_iter()
            .enumerate()
            .map(|(column, observer)| {
                let values = survey
                    .sample
                    .iter()
                    .filter_map(|record| record.get(column))
                    .map(String::as_str);
                ColumnSurvey {
                    shape: Shape::of(values, &observer.count),
                    numbers: observer.numbers,
                    dates: observer.dates,
                }
            })
            .collect();
        if survey.records == 0 {
            survey.notes.push("there is no record after the header".to_owned());
        }
        let mapped = survey.map(&header);
        let reading = Reading {
            header,
            mapping: mapped.mapping,
            ..Reading::default()
        };
        (survey.confidence, survey.candidates) = (mapped.confidence, mapped.candidates);
        Ok((survey, reading))
    }

    fn map(&self, header: &[String]) -> Mapped {
        let shapes: Vec<Shape> = self.columns.iter().map(|column| column.shape.clone()).collect();
        columns::map(&Columns {
            header,
            shapes: &shapes,
            sample: &self.sample,
        })
    }

    /// Sets what was observed of the columns that are mapped.
    pub(super) fn set_conventions(&self, reading: &mut Reading) {
        reading.conventions = vec![Convention::default(); reading.header.len()];
        // Where one column leaves open whether the day or the month comes first, the others may tell.
        let votes = reading
            .mapping
            .iter()
            .filter(|(field, _)| field.is_date())
            .flat_map(|(_, columns)| columns.to_vec());
        let file_order = votes
            .map(|column| &self.columns[column].dates)
            .fold((0, 0), |(day, month), dates| {
                (day + dates.day_first, month + dates.month_first)
            });
        let file_order = if file_order.1 > file_order.0 {
            DateOrder::MonthFirst
        } else {
            DateOrder::DayFirst
        };
        for (field, columns) in reading.mapping.iter() {
            for &column in columns {
                let ColumnSurvey { numbers, dates, .. } = &self.columns[column];
                let convention = &mut reading.conventions[column];
                if matches!(field, Field::Rating | Field::SubRating) {
                    convention.scale = Some(numbers.scale());
                }
                if field.is_date() {
                    convention.order = dates.order().unwrap_or(file_order);
                    convention.rounded_to = dates.rounded_to(convention.order);
                }
            }
        }
    }

    /// Share of records in which a column has no value, 0 to 1.
    pub fn missing(&self, column: usize) -> f64 {
        if self.records == 0 {
            0.0
        } else {
            1.0 - self.columns[column].shape.present as f64 / self.records as f64
        }
    }

    /// Forms of date in a column and how often each comes, most frequent first.
    pub fn date_forms(&self, column: usize) -> Vec<(date::DateForm, u64)> {
        let mut forms: Vec<_> = self.columns[column]
            .dates
            .forms
            .iter()
            .map(|(form, count)| (*form, *count))
            .collect();
        forms.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        forms
    }
}

fn shortened(value: &str) -> String {
    const LONGEST: usize = 400;
    cut(value, LONGEST).to_owned()
}

/// What is observed of one column over all records.
#[derive(Default)]
struct Observer {
    count: ColumnCount,
    numbers: Numbers,
    dates: Dates,
    /// Values tried as a number, and those that were none.
    numbers_tried: Gate,
    dates_tried: Gate,
}

/// Ends the trying where most values fail.
#[derive(Default)]
struct Gate {
    tried: u32,
    failed: u32,
}

impl Gate {
    fn is_open(&self) -> bool {
        const TRIES: u32 = 64;
        self.tried < TRIES || self.failed * 2 < self.tried
    }

    fn count(&mut self, success: bool) {
        self.tried = self.tried.saturating_add(1);
        self.failed = self.failed.saturating_add(u32::from(!success));
    }
}

impl Observer {
    fn add(&mut self, value: &str) {
        const LONGEST_HASHED: usize = 256;
        self.count.add(cut(value, LONGEST_HASHED));
        if self.numbers_tried.is_open() {
            let rating = number::rating(value);
            self.numbers_tried.count(rating.is_some());
            if let Some(rating) = rating {
                self.numbers.add(rating);
            }
        }
        if self.dates_tried.is_open() {
            let success = self.dates.add(value);
            self.dates_tried.count(success);
        }
    }
}

/// Every n-th record, with n doubled whenever there are too many: spread evenly over a file of unknown length.
struct Sample {
    records: Vec<Vec<String>>,
    every: u64,
    seen: u64,
    values: usize,
}

impl Default for Sample {
    fn default() -> Sample {
        Sample {
            records: Vec::new(),
            every: 1,
            seen: 0,
            values: 0,
        }
    }
}

impl Sample {
    fn add(&mut self, record: impl FnOnce() -> Vec<String>) {
        const RECORDS: usize = 2000;
        const VALUES: usize = 200_000;
        self.seen += 1;
        if !(self.seen - 1).is_multiple_of(self.every) {
            return;
        }
        let record = record();
        self.values += record.len();
        self.records.push(record);
        if self.records.len() >= RECORDS || (self.values > VALUES && self.records.len() > 20) {
            let mut keep = false;
            self.records.retain(|_| {
                keep = !keep;
                keep
            });
            self.values = self.records.iter().map(Vec::len).sum();
            self.every *= 2;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sample_is_bounded_and_spread() {
        let mut sample = Sample::default();
        for i in 0..100_000 {
            sample.add(|| vec![i.to_string()]);
        }
        assert!(
            (1000..=2000).contains(&sample.records.len()),
            "{}",
            sample.records.len()
        );
        let numbers: Vec<u64> = sample.records.iter().map(|record| record[0].parse().unwrap()).collect();
        assert!(numbers.windows(2).all(|pair| pair[1] - pair[0] == sample.every));
        assert!(numbers[0] == 0 && *numbers.last().unwrap() > 99_000);
    }
}
