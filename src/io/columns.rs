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
mod tests {
    use super::*;
    use crate::io::shape::ColumnCount;
    use crate::normalize::prose::present;

    /// Maps a table and names what each field got.
    fn mapped(header: &[&str], records: &[&[&str]]) -> Vec<String> {
        let header: Vec<String> = header.iter().map(|name| (*name).to_owned()).collect();
        let sample: Vec<Vec<String>> = records
            .iter()
            .map(|record| record.iter().map(|value| (*value).to_owned()).collect())
            .collect();
        let shapes: Vec<Shape> = (0..header.len())
            .map(|column| {
                let mut count = ColumnCount::default();
                sample
                    .iter()
                    .filter_map(|record| present(&record[column]))
                    .for_each(|value| count.add(value));
                Shape::of(sample.iter().map(|record| record[column].as_str()), &count)
            })
            .collect();
        let mapped = map(&Columns {
            header: &header,
            shapes: &shapes,
            sample: &sample,
        });
        mapped
            .mapping
            .iter()
            .map(|(field, columns)| {
                let names: Vec<&str> = columns.iter().map(|&column| header[column].as_str()).collect();
                format!("{field}={}", names.join("+"))
            })
            .collect()
    }

    const LONG: &str = "The room was quiet and clean, the breakfast rich, and we would come back any time";

    #[test]
    fn yelp_dataset() {
        let fields = mapped(
            &[
                "review_id",
                "user_id",
                "business_id",
                "stars",
                "useful",
                "funny",
                "cool",
                "text",
                "date",
            ],
            &[&[
                "KU_O5udG6zpxOg-VcAEodg",
                "mh_-eMZ6K5RLWhZyISBhwA",
                "XQfwVwDr-v0ZS3_CbbE5Xw",
                "3.0",
                "0",
                "0",
                "0",
                LONG,
                "2018-07-07 22:09:11",
            ]],
        );
        assert_eq!(
            fields,
            [
                "review_id=review_id",
                "property_id=business_id",
                "reviewer_id=user_id",
                "rating=stars",
                "text=text",
                "published=date",
                "helpful_votes=useful"
            ]
        );
    }

    #[test]
    fn apify_google_maps() {
        let rows: Vec<Vec<String>> = (0..12)
            .map(|i: usize| {
                let place = i % 3;
                vec![
                    format!("Café {}", ["Blau", "Grün", "Rot"][place]),
                    format!("pid{place}"),
                    format!("{}.5", place + 2),
                    format!("Ann {i}B"),
                    format!("r{i}"),
                    format!("u{i}"),
                    (i % 5 + 1).to_string(),
                    LONG.replace("room", &format!("room{i}")),
                    format!("2024-01-{:02}T10:00:00Z", i + 1),
                    i.to_string(),
                    (i * 3).to_string(),
                ]
            })
            .collect();
        let records: Vec<Vec<&str>> = rows
            .iter()
            .map(|row| row.iter().map(String::as_str).collect())
            .collect();
        let records: Vec<&[&str]> = records.iter().map(Vec::as_slice).collect();
        let header = [
            "title",
            "placeId",
            "totalScore",
            "name",
            "reviewId",
            "reviewerId",
            "stars",
            "text",
            "publishedAtDate",
            "likesCount",
            "reviewerNumberOfReviews",
        ];
        assert_eq!(
            mapped(&header, &records),
            [
                "review_id=reviewId",
                "property_id=placeId",
                "property_name=title",
                "reviewer_id=reviewerId",
                "reviewer_name=name",
                "reviewer_reviews=reviewerNumberOfReviews",
                "rating=stars",
                "text=text",
                "published=publishedAtDate",
                "helpful_votes=likesCount"
            ]
        );
    }

    #[test]
    fn german_italian_and_spanish_headers() {
        let row = ["Hotel Post", "Anna K.", "5", "Sehr schön", LONG, "03.04.2024"];
        for header in [
            [
                "Hotelname",
                "Verfasser",
                "Bewertung",
                "Titel",
                "Bewertungstext",
                "Datum",
            ],
            ["Struttura", "Utente", "Voto", "Titolo", "Recensione", "Data"],
            ["Establecimiento", "Usuario", "Puntuación", "Título", "Reseña", "Fecha"],
            [
                "Établissement",
                "Auteur",
                "Note",
                "Titre",
                "Commentaire",
                "Date de publication",
            ],
        ] {
            let fields = ["property_name", "reviewer_name", "rating", "title", "text", "published"];
            let mut expected: Vec<String> = fields
                .iter()
                .zip(header)
                .map(|(field, name)| format!("{field}={name}"))
                .collect();
            expected.sort_by_key(|pair| Field::from_name(pair.split('=').next().unwrap()));
            assert_eq!(mapped(&header, &[&row]), expected);
        }
    }

    #[test]
    fn what_was_liked_and_not_are_one_text() {
        let fields = mapped(
            &["Hotel_Name", "Positive_Review", "Negative_Review", "Reviewer_Score"],
            &[&["Inn", LONG, "The lift was slow and the street loud", "8.3"]],
        );
        assert_eq!(
            fields,
            [
                "property_name=Hotel_Name",
                "rating=Reviewer_Score",
                "text=Positive_Review+Negative_Review"
            ]
        );
    }

    #[test]
    fn labelled_corpora_keep_their_own_columns() {
        // Numbers from 1 to 5 that are no rating: by the name of one column, and since a property has only one of the other.
        let rows: Vec<[String; 7]> = (0..40)
            .map(|i| {
                let [fold, level] = [i % 5 + 1, (i % 8) / 2 + 1].map(|number: usize| number.to_string());
                let polarity = ["positive", "negative"][i % 2].to_owned();
                let label = ["fake", "genuine"][i / 20].to_owned();
                [
                    format!("r{i}"),
                    format!("hotel{}", i % 8),
                    format!("{LONG} {i}"),
                    polarity,
                    fold,
                    level,
                    label,
                ]
            })
            .collect();
        let rows: Vec<Vec<&str>> = rows
            .iter()
            .map(|row| row.iter().map(String::as_str).collect())
            .collect();
        let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
        let header = ["review_id", "property_id", "text", "polarity", "fold", "xyzzy", "label"];
        let fields = mapped(&header, &rows);
        assert_eq!(
            fields,
            [
                "review_id=review_id",
                "property_id=property_id",
                "text=text",
                "label=label"
            ]
        );
    }

    #[test]
    fn a_repeated_name_stands_for_its_first_column() {
        // By its values the second would be the rating.
        let fields = mapped(&["text", "rating", "rating"], &[&[LONG, "yes", "5"][..]; 12]);
        assert_eq!(
            fields.iter().filter(|field| field.starts_with("rating")).count(),
            0,
            "{fields:?}"
        );
    }

    /// A value of the named kind in the record of this number; there are three places.
    fn value(kind: &str, i: usize) -> String {
        match kind {
            "place" => format!("Gasthof {}", ["Adler", "Linde", "Krone"][i % 3]),
            "town" => ["Ulm", "Graz", "Chur"][i % 3].to_owned(),
            "code" => format!("B00{}", i % 3),
            "person" => format!("Ann Quill {i}"),
            "stars" => (i * i % 5 + 1).to_string(),
            "title" => format!("Lovely stay {i}"),
            "text" => format!("{LONG}, all {i} of us"),
            "more" => format!("The beds were short and the street was loud {i}"),
            "about" => format!("{LONG}, in house {}", i % 3),
            "reply" if i.is_multiple_of(2) => format!("Thank you for your visit, guest {i}"),
            "reply" => String::new(),
            "day" => format!("2024-01-{:02}", i % 28 + 1),
            "later" => format!("2024-03-{:02}", i % 28 + 1),
            "ago" => format!("{} days ago", i + 2),
            "language" => ["en", "fr", "de"][i * i % 5 % 3].to_owned(),
            constant => constant.to_owned(),
        }
    }

    /// Maps forty records of columns, each given as its header and the kind of its values.
    fn mapped_kinds(columns: &[(&str, &str)]) -> Vec<String> {
        let header: Vec<&str> = columns.iter().map(|(header, _)| *header).collect();
        let rows: Vec<Vec<String>> = (0..40)
            .map(|i| columns.iter().map(|(_, kind)| value(kind, i)).collect())
            .collect();
        let rows: Vec<Vec<&str>> = rows
            .iter()
            .map(|row| row.iter().map(String::as_str).collect())
            .collect();
        mapped(&header, &rows.iter().map(Vec::as_slice).collect::<Vec<_>>())
    }

    #[test]
    fn of_columns_that_may_feed_a_field_the_better_one_does() {
        /// Headers with the kinds of their values, and what is to be mapped.
        type Case = (&'static [(&'static str, &'static str)], &'static [&'static str]);
        let table: &[Case] = &[
            // The owner's answers are no reviews.
            (
                &[("traveller_review", "text"), ("motel_reply", "reply")],
                &["text=traveller_review", "response_text=motel_reply"],
            ),
            (
                &[
                    ("Gästerezension", "text"),
                    ("Antwort der Pension", "reply"),
                    ("Beantwortet am", "later"),
                ],
                &[
                    "text=Gästerezension",
                    "response_text=Antwort der Pension",
                    "response_date=Beantwortet am",
                ],
            ),
            // What is the same throughout is the place's or the asking's.
            (&[("rating", "4.2"), ("mark", "stars")], &["rating=mark"]),
            (&[("rating", "5")], &["rating=rating"]),
            (
                &[("lang", "en"), ("original_lang", "language")],
                &["language=original_lang"],
            ),
            (
                &[("title", "Gasthof Adler"), ("text", "text")],
                &["property_name=title", "text=text"],
            ),
            // A scale has ends, and its value is the rating unless there is another.
            (
                &[
                    ("score.worstScore", "1"),
                    ("score.bestScore", "5"),
                    ("score.scoreValue", "stars"),
                ],
                &["rating=score.scoreValue"],
            ),
            (
                &[("scores.value", "stars"), ("scores.overall", "stars")],
                &["rating=scores.overall", "sub_rating=scores.value"],
            ),
            // Two halves of a text, in five languages.
            (
                &[("Strengths", "text"), ("Weaknesses", "more")],
                &["text=Strengths+Weaknesses"],
            ),
            (
                &[("J'ai aimé", "text"), ("Je n'ai pas aimé", "more")],
                &["text=J'ai aimé+Je n'ai pas aimé"],
            ),
            (&[("Vorteil", "text"), ("Nachteil", "more")], &["text=Vorteil+Nachteil"]),
            (&[("Lo mejor", "text"), ("Lo peor", "more")], &["text=Lo mejor+Lo peor"]),
            (
                &[("Punti di forza", "text"), ("Punti deboli", "more")],
                &["text=Punti di forza+Punti deboli"],
            ),
            // What is said of the place is no review of it.
            (&[("Beschreibung", "about"), ("Nachricht", "text")], &["text=Nachricht"]),
            (
                &[("Pub", "place"), ("description", "about"), ("remark", "text")],
                &["property_name=Pub", "text=remark"],
            ),
            // A wide word serves where there is no narrower one, and gives way to it.
            (
                &[("Standort", "place"), ("Rezension", "text")],
                &["property_name=Standort", "text=Rezension"],
            ),
            (
                &[("Standort", "town"), ("Gasthof", "place"), ("Rezension", "text")],
                &["property_name=Gasthof", "text=Rezension"],
            ),
            (
                &[("title", "place"), ("name", "person"), ("text", "text")],
                &["property_name=title", "reviewer_name=name", "text=text"],
            ),
            (
                &[("asin", "code"), ("text", "text")],
                &["property_id=asin", "text=text"],
            ),
            // Whole dates of writing are better than others.
            (&[("time", "ago"), ("iso_time", "day")], &["published=iso_time"]),
            (&[("time", "ago")], &["published=time"]),
            (&[("time_added", "later"), ("time", "day")], &["published=time"]),
            (
                &[("posting.longTimeFormat", "day")],
                &["published=posting.longTimeFormat"],
            ),
            (
                &[("Written By", "person"), ("Dined", "day")],
                &["reviewer_name=Written By", "experienced=Dined"],
            ),
        ];
        for (columns, expected) in table {
            assert_eq!(mapped_kinds(columns), *expected, "{columns:?}");
        }
    }

    #[test]
    fn headers_are_told_from_values() {
        let fields = |fields: &[&str]| fields.iter().map(|field| (*field).to_owned()).collect::<Vec<_>>();
        assert!(is_header(&fields(&["Review", "Rating"])));
        assert!(is_header(&fields(&["xyzzy", "plugh"])));
        assert!(!is_header(&fields(&["5", LONG, "2024-01-02"])));
    }
}
