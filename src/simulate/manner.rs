//! The file's own manner, in which planted reviews are written: its ids, names, dates, stars, titles and language.

use super::Options;
use super::dates::DateColumn;
use super::forms::{IdColumn, Names};
use super::plans::{Plan, PlannedReview, Words};
use super::survey::{Source, Survey};
use super::texts::{Domain, Pattern, Stance, Writer};
use crate::normalize::Field;
use crate::random::SplitMix64;
use crate::review::{Date, Precision};
use crate::text::{Language, fold};
use std::collections::BTreeMap;

/// Texts that are looked at for language and kind of property.
const SAMPLE: usize = 1_000;

/// A member as the file shows him.
pub(super) struct Persona {
    /// The row from which what is known of him is taken.
    row: usize,
    /// New cells by column.
    own: BTreeMap<usize, String>,
}

/// The file's manner.
pub(super) struct Manner<'s, 't> {
    survey: &'s Survey<'t>,
    writer: Writer<'s>,
    language: Language,
    patterns: BTreeMap<usize, Pattern>,
    ids: BTreeMap<usize, IdColumn>,
    names: BTreeMap<usize, Names>,
    dates: BTreeMap<usize, DateColumn>,
    /// Stars and the cells that say so.
    ratings: Vec<(f64, String)>,
    /// Rows by stars, rounded; 0 where there are none.
    by_stars: BTreeMap<i64, Vec<usize>>,
    /// Titles that stand several times in the file, by stars.
    titles: BTreeMap<i64, Vec<String>>,
    without_rating: f64,
}

impl<'s, 't> Manner<'s, 't> {
    pub fn new(survey: &'s Survey<'t>, options: &'s Options, language: Language) -> Manner<'s, 't> {
        let rows = || 0..survey.table.rows.len();
        let mut manner = Manner {
            survey,
            writer: Writer::new(options.texts.as_ref(), language, domain(survey)),
            language,
            patterns: BTreeMap::new(),
            ids: BTreeMap::new(),
            names: BTreeMap::new(),
            dates: BTreeMap::new(),
            ratings: Vec::new(),
            by_stars: BTreeMap::new(),
            titles: BTreeMap::new(),
            without_rating: 0.0,
        };
        for (column, source) in survey.sources.iter().enumerate() {
            let cells = || rows().map(|row| survey.cell(row, column));
            match source {
                Source::Id => {
                    manner.ids.insert(
                        column,
                        IdColumn::new(rows().map(|row| (survey.cell(row, column), survey.day(row)))),
                    );
                }
                Source::ReviewerId => {
                    manner
                        .ids
                        .insert(column, IdColumn::new(cells().map(|cell| (cell, None))));
                }
                Source::ReviewerName => {
                    let named = survey.singles.iter().map(|&row| survey.cell(row, column));
                    manner.names.insert(column, Names::new(named));
                }
                Source::Published(field) => manner.learn_dates(column, *field, |review| review.published),
                Source::Experienced(field) => manner.learn_dates(column, *field, |review| review.experienced),
                Source::Response => manner.learn_dates(column, Field::ResponseDate, |review| review.response_date),
                Source::Rating => {
                    manner.ratings = rows()
                        .filter_map(|row| Some((survey.review(row).rating?, survey.cell(row, column).to_owned())))
                        .collect();
                }
                _ => {}
            }
        }
        let mut titles: BTreeMap<(i64, &str), usize> = BTreeMap::new();
        for row in rows() {
            let review = survey.review(row);
            manner.by_stars.entry(rounded(review.rating)).or_default().push(row);
            if let Some(title) = &review.title {
                *titles.entry((rounded(review.rating), title)).or_default() += 1;
            }
        }
        for ((stars, title), times) in titles {
            if times > 1 && title.split(' ').count() <= 4 {
                manner.titles.entry(stars).or_default().push(title.to_owned());
            }
        }
        manner.without_rating = manner
            .by_stars
            .get(&0)
            .map_or(0.0, |rows| rows.len() as f64 / survey.table.rows.len().max(1) as f64);
        manner
    }

    fn learn_dates(
        &mut self,
        column: usize,
        field: Field,
        date: impl Fn(&crate::Review) -> Option<crate::review::Date>,
    ) {
        let survey = self.survey;
        let convention = survey
            .table
            .reading
            .conventions
            .get(column)
            .copied()
            .unwrap_or_default();
        let cells = (0..survey.table.rows.len()).filter_map(|row| {
            let cell = survey.cell(row, column);
            if cell.trim().is_empty() {
                None
            } else {
                Some((cell, date(survey.review(row))?))
            }
        });
        self.dates.insert(
            column,
            DateColumn::new(field, convention.order, convention.rounded_to, cells),
        );
    }

    /// Who a member is: what is known of a reviewer with one review, under a new id and name.
    pub fn persona(&mut self, plan: &Plan, member: usize, random: &mut SplitMix64) -> Persona {
        let survey = self.survey;
        let days = plan
            .reviews
            .iter()
            .filter(|review| review.member == member)
            .filter_map(|review| review.day);
        let first = days.min();
        let written = plan.reviews.iter().filter(|review| review.member == member).count();
        let fits = |row: usize| {
            let review = survey.review(row);
            let shown = review.reviewer_reviews.map(|shown| shown as usize);
            let contributions = shown.is_none_or(|shown| {
                if plan.members[member].one_time {
                    shown <= 3
                } else {
                    shown >= written
                }
            });
            let joined = review
                .reviewer_since
                .zip(first)
                .is_none_or(|(since, first)| since.day <= first);
            contributions && joined
        };
        let singles = &survey.singles;
        let mut row = random
            .pick(singles)
            .copied()
            .unwrap_or_else(|| random.below(survey.table.rows.len()));
        for _ in 0..200 {
            if fits(row) {
                break;
            }
            row = random.pick(singles).copied().unwrap_or(row);
        }
        let mut own = BTreeMap::new();
        for (column, source) in survey.sources.iter().enumerate() {
            if survey.cell(row, column).trim().is_empty() {
                continue;
            }
            let new = match source {
                Source::ReviewerId => self.ids.get_mut(&column).map(|ids| ids.make(None, random)),
                Source::ReviewerName => self.names.get_mut(&column).map(|names| names.make(random)),
                _ => None,
            };
            own.extend(new.map(|new| (column, new)));
        }
        Persona { row, own }
    }

    /// A genuine row under a member's name.
    pub fn taken_over(&self, row: usize, persona: &Persona) -> Vec<String> {
        let survey = self.survey;
        let mut cells = survey.table.rows[row].cells.clone();
        let changes = self.changes(row, persona);
        for (column, cell) in cells.iter_mut().enumerate() {
            match survey.sources[column] {
                Source::Reviewer => survey.cell(persona.row, column).clone_into(cell),
                Source::ReviewerId | Source::ReviewerName => {
                    *cell = persona.own.get(&column).cloned().unwrap_or_default()
                }
                Source::Donor | Source::Id => *cell = replaced(cell, &changes),
                _ => {}
            }
        }
        cells
    }

    /// What must be replaced wherever it occurs in a row: the reviewer's id and name.
    fn changes(&self, row: usize, persona: &Persona) -> Vec<(String, String)> {
        persona
            .own
            .iter()
            .map(|(&column, new)| (self.survey.cell(row, column).trim().to_owned(), new.clone()))
            .collect()
    }

    /// A planted row.
    pub fn row(&mut self, review: &PlannedReview, persona: &Persona, random: &mut SplitMix64) -> Vec<String> {
        let survey = self.survey;
        let donor = self.donor(review, random);
        let at_property = random
            .pick(&survey.properties[review.property].rows)
            .copied()
            .unwrap_or(donor);
        let source = survey.review(donor);
        let text = if source.text.is_some() {
            self.text(review, random)
        } else {
            String::new()
        };
        let mut changes = self.changes(donor, persona);
        let ids = (0..survey.sources.len())
            .filter(|&column| survey.sources[column] == Source::Id)
            .collect::<Vec<_>>();
        let title = if source.title.is_some() {
            self.title(review, random)
        } else {
            String::new()
        };
        changes.extend(source.text.clone().map(|old| (old, text.clone())));
        changes.extend(source.title.clone().map(|old| (old, title.clone())));
        let mut new_ids = BTreeMap::new();
        for column in ids {
            let old = survey.cell(donor, column).trim();
            if old.is_empty() {
                continue;
            }
            // A link that holds the review's id follows that id; anything else gets one of its own.
            let linked = replaced(old, &changes);
            let new = match self.ids.get_mut(&column) {
                Some(ids) if linked == old => ids.make(review.day, random),
                _ => linked,
            };
            changes.push((old.to_owned(), new.clone()));
            new_ids.insert(column, new);
        }
        let last_text = survey.table.reading.mapping.all(Field::Text).len().saturating_sub(1);
        (0..survey.sources.len())
            .map(|column| {
                let old = survey.cell(donor, column);
                let missing = old.trim().is_empty();
                match survey.sources[column] {
                    Source::Property => survey.cell(at_property, column).to_owned(),
                    Source::Reviewer => survey.cell(persona.row, column).to_owned(),
                    Source::ReviewerId | Source::ReviewerName => persona.own.get(&column).cloned().unwrap_or_default(),
                    Source::Id => new_ids.get(&column).cloned().unwrap_or_default(),
                    Source::Text(part) => {
                        let wanted = if review.stance == Stance::Praise { 0 } else { last_text };
                        if part == wanted { text.clone() } else { String::new() }
                    }
                    Source::Title => title.clone(),
                    Source::Rating => {
                        if source.rating.is_some() {
                            self.rating(review.stars, random)
                        } else {
                            old.to_owned()
                        }
                    }
                    Source::Language => self.language_cell(column, donor, text.is_empty()),
                    Source::Published(_) | Source::Experienced(_) | Source::Response if missing => String::new(),
                    Source::Published(_) => self.date(column, review.day, old, random),
                    Source::Experienced(_) => {
                        let day = review
                            .day
                            .map(|day| self.moved(column, day, source.published, source.experienced, -7));
                        self.date(column, day, old, random)
                    }
                    Source::Response => {
                        let day = review
                            .day
                            .map(|day| self.moved(column, day, source.published, source.response_date, 2));
                        self.date(column, day.max(review.day), old, random)
                    }
                    Source::Photos => scrambled(old, random),
                    Source::Prose if missing => String::new(),
                    Source::Prose => {
                        let new = replaced(old, &changes);
                        if new == old { text.clone() } else { new }
                    }
                    Source::Donor if survey.table.reading.mapping.get(Field::Site) == Some(column) => {
                        self.site(column, review, at_property)
                    }
                    Source::Donor => replaced(old, &changes),
                }
            })
            .collect()
    }

    /// A row to take everything from that is not part of the campaign: one of the property with as many stars, else of any
    /// property. What is missing there is missing in the planted row: what a scrape lost, it lost for fakes too.
    fn donor(&self, review: &PlannedReview, random: &mut SplitMix64) -> usize {
        let survey = self.survey;
        let stars = if survey.has_rating && !random.chance(self.without_rating) {
            review.stars.round() as i64
        } else {
            0
        };
        let needs_text = matches!(review.words, Words::Variant(..)) && survey.has_text;
        let needs_day = review.day.is_some() && survey.precision.is_some() && review.words == Words::New;
        let fits = |row: &usize| {
            let content = survey.review(*row);
            (!needs_text || content.text.is_some()) && (!needs_day || content.published.is_some())
        };
        let of_property: Vec<usize> = survey.properties[review.property]
            .rows
            .iter()
            .copied()
            .filter(|row| rounded(survey.review(*row).rating) == stars)
            .filter(fits)
            .collect();
        if of_property.len() >= 3 {
            return of_property[random.below(of_property.len())];
        }
        let anywhere: Vec<usize> = self
            .by_stars
            .get(&stars)
            .into_iter()
            .flatten()
            .copied()
            .filter(fits)
            .collect();
        if let Some(row) = random.pick(&anywhere) {
            return *row;
        }
        random.below(survey.table.rows.len())
    }

    fn text(&mut self, review: &PlannedReview, random: &mut SplitMix64) -> String {
        match review.words {
            Words::New => self.writer.write(review.stance, review.hedged, random),
            Words::Variant(number, kept) => {
                if let Some(pattern) = self.patterns.get(&number) {
                    return self.writer.variant(pattern, kept, random);
                }
                let pattern = self.writer.pattern(review.stance, review.hedged, random);
                let text = pattern.render();
                self.patterns.insert(number, pattern);
                text
            }
        }
    }

    fn title(&mut self, review: &PlannedReview, random: &mut SplitMix64) -> String {
        let own = self
            .titles
            .get(&(review.stars.round() as i64))
            .filter(|_| random.chance(0.5));
        match own.and_then(|titles| random.pick(titles)) {
            Some(title) => title.clone(),
            None => self.writer.title(review.stance, random),
        }
    }

    /// The stars as the file writes them; of several ways each as often as in the file.
    fn rating(&self, stars: f64, random: &mut SplitMix64) -> String {
        let distance = |rating: f64| (rating - stars).abs();
        let nearest = self
            .ratings
            .iter()
            .map(|(rating, _)| distance(*rating))
            .fold(f64::MAX, f64::min);
        let cells: Vec<&String> = self
            .ratings
            .iter()
            .filter(|(rating, _)| distance(*rating) == nearest)
            .map(|(_, cell)| cell)
            .collect();
        random.pick(&cells).map_or_else(String::new, |cell| (*cell).clone())
    }

    fn language_cell(&self, column: usize, donor: usize, no_text: bool) -> String {
        let survey = self.survey;
        let old = survey.cell(donor, column);
        if no_text || old.trim().is_empty() || survey.review(donor).language == Some(self.language) {
            return old.to_owned();
        }
        let said = (0..survey.table.rows.len()).find(|&row| survey.review(row).language == Some(self.language));
        said.map_or(old, |row| survey.cell(row, column)).to_owned()
    }

    /// The day that is as far from `day` as the other date of the donor is from its publication: in months, where the
    /// column knows months only.
    fn moved(&self, column: usize, day: i32, published: Option<Date>, other: Option<Date>, usual: i32) -> i32 {
        let Some((published, other)) = published.zip(other) else {
            return day + usual;
        };
        let coarse = other.precision != Precision::Day || self.dates.get(&column).is_some_and(DateColumn::is_coarse);
        if !coarse {
            return day + other.day - published.day;
        }
        let months = |date: Date| i32::from(date.ymd().0) * 12 + i32::from(date.ymd().1) - 1;
        let month = months(Date {
            day,
            precision: Precision::Day,
        }) + months(other)
            - months(published);
        let first = Date::from_ymd((month / 12) as i16, (month % 12 + 1) as i8, 1);
        first.map_or(day, |date| date.day)
    }

    fn date(&self, column: usize, day: Option<i32>, old: &str, random: &mut SplitMix64) -> String {
        match (day, self.dates.get(&column)) {
            (Some(day), Some(dates)) => dates.write(day, random),
            _ => old.to_owned(),
        }
    }

    fn site(&self, column: usize, review: &PlannedReview, at_property: usize) -> String {
        let sites = self.survey.sites().unwrap_or_default();
        match review.site.and_then(|site| sites.get(site)) {
            Some(site) => (*site).to_owned(),
            None => self.survey.cell(at_property, column).to_owned(),
        }
    }
}

/// Stars as a key; 0 where there are none.
fn rounded(rating: Option<f64>) -> i64 {
    rating.map_or(0, |rating| rating.round() as i64)
}

/// The cell with old values replaced wherever they stand in it. Short ones are left: they stand in other words by chance.
fn replaced(cell: &str, changes: &[(String, String)]) -> String {
    let mut cell = cell.to_owned();
    for (old, new) in changes {
        if old.chars().count() >= 4 && cell.contains(old.as_str()) {
            cell = cell.replace(old.as_str(), new);
        }
    }
    cell
}

/// Addresses of the same form that are no copies: letters and digits of the last part of each are new.
fn scrambled(cell: &str, random: &mut SplitMix64) -> String {
    let start = cell.rfind('/').map_or(0, |slash| slash + 1);
    let end = cell[start..].rfind('.').map_or(cell.len(), |dot| start + dot);
    let new = |c: char, random: &mut SplitMix64| match c {
        'a'..='z' => char::from(b'a' + random.below(26) as u8),
        'A'..='Z' => char::from(b'A' + random.below(26) as u8),
        '0'..='9' => char::from(b'0' + random.below(10) as u8),
        _ => c,
    };
    cell[..start]
        .chars()
        .chain(cell[start..end].chars().map(|c| new(c, random)))
        .chain(cell[end..].chars())
        .collect()
}

/// The language of the planted texts, English or French, and whether the file's texts are in it.
pub(super) fn language(survey: &Survey<'_>) -> (Language, bool) {
    let markers = [
        (Language::EN, ["the", "and", "was", "is", "of"]),
        (Language::FR, ["le", "les", "est", "une", "et"]),
    ];
    let mut votes = [0_usize; 2];
    let mut texts = 0;
    for row in sample(survey) {
        let Some(text) = &survey.review(row).text else { continue };
        texts += 1;
        let folded = fold(text);
        let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).collect();
        let counts = markers.map(|(_, marks)| words.iter().filter(|word| marks.contains(word)).count());
        if counts[0].max(counts[1]) * 20 > words.len() {
            votes[usize::from(counts[1] > counts[0])] += 1;
        }
    }
    let best = usize::from(votes[1] > votes[0]);
    (markers[best].0, votes[best] * 3 > texts || texts == 0)
}

fn domain(survey: &Survey<'_>) -> Domain {
    let words = [
        (Domain::Hotel, ["hotel", "room", "chambre", "stay", "sejour"]),
        (Domain::Restaurant, ["restaurant", "food", "plat", "menu", "plats"]),
    ];
    let mut hits = [0_usize; 2];
    let mut texts = 0;
    for row in sample(survey) {
        let review = survey.review(row);
        let parts = [&review.text, &review.property_name, &review.property_category];
        let folded = fold(&parts.into_iter().flatten().cloned().collect::<Vec<_>>().join(" "));
        texts += 1;
        for (count, (_, marks)) in hits.iter_mut().zip(&words) {
            *count += usize::from(
                folded
                    .split(|c: char| !c.is_alphanumeric())
                    .any(|word| marks.contains(&word)),
            );
        }
    }
    let best = usize::from(hits[1] > hits[0]);
    if hits[best] * 4 > texts {
        words[best].0
    } else {
        Domain::Sight
    }
}

fn sample(survey: &Survey<'_>) -> impl Iterator<Item = usize> {
    let rows = survey.table.rows.len();
    (0..rows).step_by((rows / SAMPLE).max(1))
}
