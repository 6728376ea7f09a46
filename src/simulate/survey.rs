//! What a file holds, as far as planting needs it.

use super::{Kind, SimulateError, Table};
use crate::normalize::Field;
use crate::review::Precision;
use std::collections::{BTreeMap, HashMap};

/// A property and its rows.
pub(super) struct Property {
    pub rows: Vec<usize>,
    pub place: Option<String>,
    pub brand: Option<String>,
    /// Mean stars; `None` without ratings.
    pub stars: Option<f64>,
}

/// How the cells of a column in planted rows come about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Source {
    /// From a row of the property.
    Property,
    /// From the reviewer's row.
    Reviewer,
    /// A new one of the reviewer.
    ReviewerId,
    ReviewerName,
    /// A new one of the review.
    Id,
    Text(usize),
    Title,
    Rating,
    Language,
    /// Written from the planned day.
    Published(Field),
    /// Written from the planned day, as long before it as in the row that gives the rest.
    Experienced(Field),
    /// Written from the planned day, as long after it.
    Response,
    /// Addresses of photos: of the same form, but no copies.
    Photos,
    /// Long texts that are no review: the new text, so that no copy is planted.
    Prose,
    /// From a row of like property and stars.
    Donor,
}

/// A file, surveyed.
pub(super) struct Survey<'t> {
    pub table: &'t Table,
    pub properties: Vec<Property>,
    /// By row.
    pub property_of: Vec<Option<usize>>,
    /// Rows whose reviewer has no other.
    pub singles: Vec<usize>,
    /// Where cells come from, by column.
    pub sources: Vec<Source>,
    pub has_text: bool,
    pub has_rating: bool,
    pub has_reviewer: bool,
    /// How finely most dates are known, after rounding; `None` where most rows have none.
    pub precision: Option<Precision>,
    /// Columns that an earlier simulation added.
    pub label: Option<usize>,
    pub campaign: Option<usize>,
}

/// The reviewer's key: the id, else the name.
pub(super) fn reviewer_key(review: &crate::Review) -> Option<&str> {
    review.reviewer_id.as_deref().or(review.reviewer_name.as_deref())
}

fn property_key(review: &crate::Review) -> Option<&str> {
    review.property_id.as_deref().or(review.property_name.as_deref())
}

impl<'t> Survey<'t> {
    pub(super) fn new(table: &'t Table) -> Result<Survey<'t>, SimulateError> {
        let reading = &table.reading;
        let mut by_key: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        let mut by_reviewer: HashMap<&str, Vec<usize>> = HashMap::new();
        for (row, content) in table.rows.iter().enumerate() {
            if let Some(key) = property_key(&content.review) {
                by_key.entry(key).or_default().push(row);
            }
            if let Some(key) = reviewer_key(&content.review) {
                by_reviewer.entry(key).or_default().push(row);
            }
        }
        let mut property_of = vec![None; table.rows.len()];
        let mut properties = Vec::with_capacity(by_key.len());
        for rows in by_key.into_values() {
            for &row in &rows {
                property_of[row] = Some(properties.len());
            }
            let review = |row: &usize| &table.rows[*row].review;
            let ratings: Vec<f64> = rows.iter().filter_map(|row| review(row).rating).collect();
            properties.push(Property {
                place: rows.iter().find_map(|row| review(row).property_place.clone()),
                brand: rows.iter().find_map(|row| review(row).property_brand.clone()),
                stars: (!ratings.is_empty()).then(|| ratings.iter().sum::<f64>() / ratings.len() as f64),
                rows,
            });
        }
        let mut singles: Vec<usize> = by_reviewer
            .values()
            .filter(|rows| rows.len() == 1)
            .map(|rows| rows[0])
            .collect();
        singles.sort_unstable();
        let share = |has: &dyn Fn(&crate::Review) -> bool| {
            table.rows.iter().filter(|row| has(&row.review)).count() as f64 / table.rows.len().max(1) as f64
        };
        let label = reading.column("label");
        if let Some(label) = label {
            for (record, row) in (1..).zip(&table.rows) {
                let found = row.cells[label].trim();
                if found != "fake" && found != "genuine" {
                    return Err(SimulateError::Labels {
                        record,
                        found: found.to_owned(),
                    });
                }
            }
        }
        let mut survey = Survey {
            has_text: share(&|review| review.text.is_some()) > 0.1,
            has_rating: share(&|review| review.rating.is_some()) > 0.1,
            has_reviewer: share(&|review| reviewer_key(review).is_some()) > 0.5,
            precision: None,
            campaign: reading.column("campaign"),
            table,
            properties,
            property_of,
            singles,
            sources: Vec::new(),
            label,
        };
        survey.precision = survey.date_precision();
        survey.sources = (0..reading.header.len()).map(|column| survey.source(column)).collect();
        Ok(survey)
    }

    pub(super) fn cell(&self, row: usize, column: usize) -> &'t str {
        &self.table.rows[row].cells[column]
    }

    pub(super) fn review(&self, row: usize) -> &'t crate::Review {
        &self.table.rows[row].review
    }

    /// The day of a row's publication, the first day of its month where no more is known.
    pub(super) fn day(&self, row: usize) -> Option<i32> {
        self.review(row).published.map(|date| date.day)
    }

    /// The file's sites, those with most reviews first; `None` where it has no column of sites.
    pub(super) fn sites(&self) -> Option<Vec<&'t str>> {
        let column = self.table.reading.mapping.get(Field::Site)?;
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for row in 0..self.table.rows.len() {
            if self.review(row).site.is_some() {
                *counts.entry(self.cell(row, column)).or_default() += 1;
            }
        }
        let mut sites: Vec<(&str, usize)> = counts.into_iter().collect();
        sites.sort_by_key(|(_, rows)| std::cmp::Reverse(*rows));
        Some(sites.into_iter().map(|(site, _)| site).collect())
    }

    /// A refusal with its reason.
    pub(super) fn senseless(kind: Kind, expected: impl Into<String>, found: impl Into<String>) -> SimulateError {
        SimulateError::Senseless {
            kind: kind.name(),
            expected: expected.into(),
            found: found.into(),
        }
    }

    fn date_precision(&self) -> Option<Precision> {
        let rounded = self.table.reading.mapping.get(Field::Published).and_then(|column| {
            self.table
                .reading
                .conventions
                .get(column)
                .and_then(|convention| convention.rounded_to)
        });
        let mut counts: BTreeMap<Precision, usize> = BTreeMap::new();
        for date in self.table.rows.iter().filter_map(|row| row.review.published) {
            *counts
                .entry(date.precision.min(rounded.unwrap_or(Precision::Day)))
                .or_default() += 1;
        }
        let (&precision, &rows) = counts.iter().max_by_key(|(_, rows)| **rows)?;
        (rows * 3 >= self.table.rows.len()).then_some(precision)
    }

    fn source(&self, column: usize) -> Source {
        let mapping = &self.table.reading.mapping;
        let fields: Vec<Field> = mapping.fields_of(column).collect();
        for field in fields {
            match field {
                Field::ReviewId => return Source::Id,
                Field::PropertyId
                | Field::PropertyName
                | Field::PropertyBrand
                | Field::PropertyPlace
                | Field::PropertyCategory => {
                    return Source::Property;
                }
                Field::ReviewerId => return Source::ReviewerId,
                Field::ReviewerName => return Source::ReviewerName,
                Field::ReviewerReviews | Field::ReviewerHelpfulVotes | Field::ReviewerSince | Field::ReviewerPlace => {
                    return Source::Reviewer;
                }
                Field::Rating => return Source::Rating,
                Field::Title => return Source::Title,
                Field::Text => {
                    return Source::Text(
                        mapping
                            .all(Field::Text)
                            .iter()
                            .position(|text| *text == column)
                            .unwrap_or(0),
                    );
                }
                Field::Language => return Source::Language,
                Field::Published | Field::PublishedDay | Field::PublishedMonth | Field::PublishedYear => {
                    return Source::Published(field);
                }
                Field::Experienced | Field::ExperiencedMonth | Field::ExperiencedYear => {
                    return Source::Experienced(field);
                }
                Field::ResponseDate => return Source::Response,
                Field::Photos => return Source::Photos,
                _ => {}
            }
        }
        self.source_of_own_column(column)
    }

    /// A column that is not mapped, or of no special field: told by what its values depend on.
    fn source_of_own_column(&self, column: usize) -> Source {
        let mut values: HashMap<&str, usize> = HashMap::new();
        let mut length = 0;
        for row in &self.table.rows {
            let value = row.cells[column].trim();
            if !value.is_empty() {
                *values.entry(value).or_default() += 1;
                length += value.chars().count();
            }
        }
        let present: usize = values.values().sum();
        if present == 0 {
            return Source::Donor;
        }
        let (mut agreeing, mut compared) = (0, 0);
        for property in self.properties.iter().filter(|property| property.rows.len() > 1) {
            let mut counts: HashMap<&str, usize> = HashMap::new();
            for &row in &property.rows {
                *counts.entry(self.cell(row, column)).or_default() += 1;
            }
            agreeing += counts.values().max().copied().unwrap_or(0);
            compared += property.rows.len();
        }
        let distinct = values.len() as f64 / present as f64;
        match () {
            () if compared > 0 && agreeing as f64 >= 0.98 * compared as f64 && values.len() > 1 => Source::Property,
            () if distinct > 0.9 && present >= 20 && length / present > 80 => Source::Prose,
            () if distinct > 0.9 && present >= 20 && length / present >= 5 => Source::Id,
            () => Source::Donor,
        }
    }
}
