//! Headers and values that are told apart.

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
