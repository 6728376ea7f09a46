//! Which column feeds which field: by what the header says, and by what the values look like.
//!
//! Every field has rules: sets of [`words`](super::words) that speak of it, each with a score. The score of a (field,
//! column) pair is that of the best rule times how well the values fit (0 to 1), and pairs are then given out from the
//! best down. What depends on other columns comes in a second round: a column that is fixed by the property, such as the
//! place's own average, is no property of the review.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::fit::fit;
use super::rules::{is_added, said};
use super::shape::Shape;
use super::words::{NEGATIVE, POSITIVE, PROPERTY, RESPONSE, REVIEWER, ROWS, VAGUE, readings, speaks};
use crate::normalize::{Field, Mapping};

/// Pairs below this are not mapped but shown as candidates.
const ENOUGH: f64 = 0.35;
/// Pairs below this are not even candidates.
const CANDIDATE: f64 = 0.1;

/// A column that may feed a field.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Candidate {
    /// The field.
    pub field: Field,
    /// The column.
    pub column: usize,
    /// 0 to 1.
    pub confidence: f64,
}

/// What is known of the columns of a file.
pub struct Columns<'a> {
    /// Names.
    pub header: &'a [String],
    /// What the values look like.
    pub shapes: &'a [Shape],
    /// A sample of records, by field.
    pub sample: &'a [Vec<String>],
}

/// The mapping found, how sure each part of it is, and what else came close.
#[derive(Clone, Debug, Default)]
pub struct Mapped {
    /// The mapping.
    pub mapping: Mapping,
    /// Confidence of each column mapped.
    pub confidence: Vec<Candidate>,
    /// Columns not mapped that might feed a field.
    pub candidates: Vec<Candidate>,
}

/// Finds the mapping.
pub fn map(columns: &Columns<'_>) -> Mapped {
    let first = assign(columns, &pairs(columns, &[]));
    let key = first
        .mapping
        .get(Field::PropertyId)
        .or(first.mapping.get(Field::PropertyName));
    // The column that names the property is left as it is: it cannot be held against itself.
    let fixed: Vec<Option<bool>> = match key {
        Some(key) => (0..columns.header.len())
            .map(|column| (column != key).then(|| is_fixed_by(columns.sample, key, column)))
            .collect(),
        None => Vec::new(),
    };
    let mut pairs = pairs(columns, &fixed);
    set_joined_text_back(columns, &mut pairs);
    let mut mapped = assign(columns, &pairs);
    add_by_shape_alone(columns, &fixed, &mut mapped);
    drop_incomplete_parts(&mut mapped);
    mapped
}

/// Whether the header of a file speaks of anything in a review file.
pub fn is_header(fields: &[String]) -> bool {
    let known = fields
        .iter()
        .filter(|field| Field::from_name(field).is_some() || speaks(field))
        .count();
    let looks_like_values = |field: &&String| {
        field.len() > 60
            || crate::normalize::number::bounded(field, f64::MIN..=f64::MAX).is_some()
            || crate::normalize::date::parse(field, Default::default(), None).is_ok()
    };
    let values = fields.iter().filter(looks_like_values).count();
    known * 4 >= fields.len() && known > values || values == 0 && fields.iter().any(|field| !field.trim().is_empty())
}

/// Every pair that scores at all, best first.
fn pairs(columns: &Columns<'_>, fixed: &[Option<bool>]) -> Vec<Candidate> {
    let mut pairs = Vec::new();
    for (column, (header, shape)) in columns.header.iter().zip(columns.shapes).enumerate() {
        if is_repeated(columns, column) {
            continue;
        }
        for (field, said) in said(header) {
            let fit = fit(field, shape) * of_review_or_place(field, said, fixed.get(column).copied().flatten());
            let confidence = said * fit;
            if confidence >= CANDIDATE {
                pairs.push(Candidate {
                    field,
                    column,
                    confidence,
                });
            }
        }
    }
    pairs.sort_by(|a, b| {
        b.confidence
            .total_cmp(&a.confidence)
            .then((a.field, a.column).cmp(&(b.field, b.column)))
    });
    pairs
}

/// Whether an earlier column has the same name. A name stands for the first of its columns: a mapping is given and kept by names.
fn is_repeated(columns: &Columns<'_>, column: usize) -> bool {
    columns.header[..column].contains(&columns.header[column])
}

/// What is fixed by the property describes the property; what is not, does not, unless its header says so.
fn of_review_or_place(field: Field, said: f64, fixed: Option<bool>) -> f64 {
    use Field::*;
    const PLAIN: f64 = 0.8;
    let Some(fixed) = fixed else { return 1.0 };
    match field {
        Title | Text | Rating | SubRating | ReviewerName | ReviewerReviews | ReviewerPlace | ReviewerId | ReviewId
        | Published | Experienced | HelpfulVotes | TripType | ReviewerHelpfulVotes | Photos
            if fixed =>
        {
            0.3
        }
        PropertyName | PropertyPlace | PropertyCategory if !fixed && said < PLAIN => 0.7,
        _ => 1.0,
    }
}

/// Whether properties that come several times nearly always have the same value, and properties differ in it.
fn is_fixed_by(sample: &[Vec<String>], key: usize, column: usize) -> bool {
    const ENOUGH_PAIRS: usize = 8;
    let mut values: HashMap<&str, &str> = HashMap::new();
    let (mut repeated, mut changed) = (0, 0);
    for record in sample {
        let (Some(key), Some(value)) = (record.get(key), record.get(column)) else {
            continue;
        };
        if key.is_empty() || value.is_empty() {
            continue;
        }
        match values.entry(key) {
            Entry::Occupied(known) => {
                repeated += 1;
                changed += usize::from(*known.get() != value);
            }
            Entry::Vacant(new) => _ = new.insert(value),
        }
    }
    let mut different: Vec<_> = values.values().collect();
    different.sort_unstable();
    different.dedup();
    repeated >= ENOUGH_PAIRS && changed * 50 <= repeated && different.len() > 1
}

/// A text column that only joins a title and another text column must not be taken for the text.
fn set_joined_text_back(columns: &Columns<'_>, pairs: &mut [Candidate]) {
    let of = |pairs: &[Candidate], field| -> Vec<usize> {
        pairs
            .iter()
            .filter(|pair| pair.field == field && pair.confidence >= ENOUGH)
            .map(|pair| pair.column)
            .collect()
    };
    let (texts, titles) = (of(pairs, Field::Text), of(pairs, Field::Title));
    for pair in pairs.iter_mut().filter(|pair| pair.field == Field::Text) {
        let joins = titles.iter().any(|&title| {
            texts
                .iter()
                .any(|&text| text != pair.column && title != text && joins(columns.sample, pair.column, title, text))
        });
        if joins {
            pair.confidence *= 0.3;
        }
    }
    pairs.sort_by(|a, b| {
        b.confidence
            .total_cmp(&a.confidence)
            .then((a.field, a.column).cmp(&(b.field, b.column)))
    });
}

/// Whether in most records `whole` is `title`, something short, and `text`.
fn joins(sample: &[Vec<String>], whole: usize, title: usize, text: usize) -> bool {
    let (mut joined, mut seen) = (0, 0);
    for record in sample {
        let (Some(whole), Some(title), Some(text)) = (record.get(whole), record.get(title), record.get(text)) else {
            continue;
        };
        if title.is_empty() || text.is_empty() || title == text {
            continue;
        }
        seen += 1;
        let rest = whole
            .strip_prefix(title.as_str())
            .map(|rest| rest.trim_start_matches(|c: char| !c.is_alphanumeric()));
        let text = text.trim_start_matches(|c: char| !c.is_alphanumeric());
        // Samples are cut, so that only the beginnings can be compared.
        joined += usize::from(rest.is_some_and(|rest| rest.starts_with(text) || text.starts_with(rest)));
    }
    seen > 0 && joined * 10 >= seen * 8
}

/// Gives columns to fields from the best pair down; a column feeds one field.
fn assign(columns: &Columns<'_>, pairs: &[Candidate]) -> Mapped {
    let mut mapped = Mapped::default();
    let mut used = vec![false; columns.header.len()];
    for &pair in pairs {
        let takes = pair.field.takes_several() && joins_others(columns, &mapped, pair);
        if pair.confidence < ENOUGH || used[pair.column] || (mapped.mapping.has(pair.field) && !takes) {
            continue;
        }
        used[pair.column] = true;
        mapped.mapping.add(pair.field, pair.column);
        mapped.confidence.push(pair);
    }
    // Parts are joined as they stand in the file: city before country, what was liked before what was not.
    for field in Field::ALL.into_iter().filter(|field| field.takes_several()) {
        let mut parts = mapped.mapping.all(field).to_vec();
        parts.sort_unstable();
        mapped.mapping.clear(field);
        parts.into_iter().for_each(|column| mapped.mapping.add(field, column));
    }
    mapped.candidates = pairs
        .iter()
        .filter(|pair| !used[pair.column] && !mapped.mapping.has(pair.field))
        .copied()
        .collect();
    mapped
}

/// Whether a further column of a field adds to the ones it has, and does not just say the same again.
fn joins_others(columns: &Columns<'_>, mapped: &Mapped, pair: Candidate) -> bool {
    const MOST_PLACES: usize = 3;
    let concepts = |column: usize| {
        readings(&columns.header[column])
            .iter()
            .fold(0, |all, reading| all | reading.concepts)
    };
    let others = mapped.mapping.all(pair.field);
    match pair.field {
        Field::SubRating | Field::Photos => true,
        Field::ReviewerPlace | Field::PropertyPlace => {
            // What speaks of the reviewer is not joined with what may speak of anything.
            let whose = REVIEWER | PROPERTY;
            others.len() < MOST_PLACES
                && others
                    .iter()
                    .all(|&other| concepts(other) & whose & REVIEWER == concepts(pair.column) & whose & REVIEWER)
        }
        Field::Text => {
            let side = |column: usize| concepts(column) & (POSITIVE | NEGATIVE);
            side(pair.column) != 0
                && others
                    .iter()
                    .all(|&other| side(other) != 0 && side(other) != side(pair.column))
        }
        _ => false,
    }
}

/// Where no header speaks of the text, the rating or the date, the values may still do so.
fn add_by_shape_alone(columns: &Columns<'_>, fixed: &[Option<bool>], mapped: &mut Mapped) {
    const CONFIDENCE: f64 = 0.4;
    let free = |mapped: &Mapped, column: usize| mapped.mapping.fields_of(column).next().is_none();
    let take = |mapped: &mut Mapped, field: Field, fits: &dyn Fn(&Shape) -> bool| {
        if mapped.mapping.has(field) {
            return;
        }
        let fitting = (0..columns.shapes.len()).filter(|&column| free(mapped, column) && fits(&columns.shapes[column]));
        // A number from 1 to 5 may be a fold or a rank, and what is the same for all reviews of a property is not of
        // the review; a header whose values do not fit what it says says nothing.
        let is_silent = |column: &usize| {
            let header = &columns.header[*column];
            let shape = &columns.shapes[*column];
            let others = ROWS | RESPONSE | VAGUE;
            let of_others = || readings(header).iter().any(|reading| reading.concepts & others != 0);
            !is_added(header)
                && !is_repeated(columns, *column)
                && said(header)
                    .iter()
                    .all(|&(said, score)| score * fit(said, shape) < CANDIDATE)
                && !of_others()
                && fixed.get(*column) != Some(&Some(true))
        };
        let fitting: Vec<usize> = fitting.filter(is_silent).collect();
        // The longest of several texts is the text; of several dates or ratings none can be told to be the right one.
        let column = match fitting.as_slice() {
            &[column] => column,
            [] => return,
            several if field == Field::Text => {
                let longest = several
                    .iter()
                    .max_by(|a, b| columns.shapes[**a].length.total_cmp(&columns.shapes[**b].length));
                longest.copied().unwrap_or(several[0])
            }
            several => {
                mapped.candidates.extend(several.iter().map(|&column| Candidate {
                    field,
                    column,
                    confidence: CONFIDENCE / 2.0,
                }));
                return;
            }
        };
        mapped.mapping.add(field, column);
        mapped.confidence.push(Candidate {
            field,
            column,
            confidence: CONFIDENCE,
        });
    };
    take(mapped, Field::Text, &|shape| {
        shape.prose > 0.6 && shape.length >= 50.0 && shape.distinct_share() > 0.5 && shape.links < 0.2
    });
    let has_dates = mapped.mapping.has(Field::PublishedYear);
    take(mapped, Field::Published, &|shape| {
        !has_dates && shape.dates > 0.8 && shape.epochs < 0.5
    });
    take(mapped, Field::Rating, &|shape| {
        let stars = shape
            .range
            .is_some_and(|(low, high)| low >= 1.0 && (4.0..=10.0).contains(&high));
        stars && shape.ratings > 0.9 && (3.0..=20.0).contains(&shape.distinct) && shape.present >= 10
    });
}

/// A day or a month without a year is no date; a year alone says too little of a stay; a whole date needs no parts.
fn drop_incomplete_parts(mapped: &mut Mapped) {
    use Field::*;
    let mapping = &mut mapped.mapping;
    if mapping.has(Published) || !mapping.has(PublishedYear) {
        [PublishedDay, PublishedMonth, PublishedYear]
            .into_iter()
            .for_each(|part| mapping.clear(part));
    }
    if mapping.has(Experienced) || !mapping.has(ExperiencedYear) || !mapping.has(ExperiencedMonth) {
        [ExperiencedMonth, ExperiencedYear]
            .into_iter()
            .for_each(|part| mapping.clear(part));
    }
    mapped
        .confidence
        .retain(|pair| mapping.all(pair.field).contains(&pair.column));
}

#[cfg(test)]
mod tests;
