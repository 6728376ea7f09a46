//! The importers on the real corpora, where they are there.

use super::*;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The corpora are not part of the repository: `TURFWATCH_SHARED`, or `shared` beside the repository, holds them in `data`.
fn corpus(folder: &str) -> Option<PathBuf> {
    let shared = std::env::var_os("TURFWATCH_SHARED").map(PathBuf::from);
    let path = shared
        .unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"))
        .join("data")
        .join(folder);
    if !path.is_dir() {
        println!("NOT MEASURED: {} is not there", path.display());
        return None;
    }
    Some(path)
}

fn column<'a>(imported: &'a Imported, name: &str) -> Vec<&'a str> {
    let index = imported.header.iter().position(|column| *column == name).unwrap();
    imported.rows.iter().map(|row| row[index].as_str()).collect()
}

/// Area under the ROC curve of a number that should say nothing of the label.
fn auc(imported: &Imported, value: impl Fn(usize) -> f64) -> f64 {
    let fake: Vec<bool> = column(imported, "label").iter().map(|label| *label == FAKE).collect();
    let values: Vec<f64> = (0..fake.len()).map(value).collect();
    let (low, high) = values.iter().fold((f64::MAX, f64::MIN), |(low, high), &value| {
        (low.min(value), high.max(value))
    });
    let scaled: Vec<f64> = values
        .iter()
        .map(|value| (value - low) / (high - low).max(f64::MIN_POSITIVE))
        .collect();
    crate::train::metrics::single(crate::train::metrics::Metric::Auc, &scaled, &fake)
        .unwrap()
        .unwrap()
}

fn says_nothing(imported: &Imported, what: &str, value: impl Fn(usize) -> f64) {
    let auc = auc(imported, value);
    // Three standard errors of the AUC of a coin toss with balanced classes.
    let tolerance = 3.0 * (1.0 / (3.0 * imported.rows.len() as f64)).sqrt() * 1.5;
    println!("{what}: AUC {auc:.3}");
    assert!(
        (auc - 0.5).abs() < tolerance,
        "{what} gives the label away: AUC {auc:.3}"
    );
}

/// What every imported corpus must keep.
fn check(imported: &Imported, both_classes: bool) {
    let ids = column(imported, "review_id");
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "ids repeat");
    assert!(
        ids.iter()
            .all(|id| id.len() == 16 && id.bytes().all(|b| b.is_ascii_hexdigit()))
    );
    for cell in imported.rows.iter().flatten() {
        assert_eq!(cell, &one_line(cell), "white space is left");
    }
    if let Some(index) = imported.header.iter().position(|column| *column == "text") {
        for row in &imported.rows {
            assert!(!row[index].is_empty());
            assert!(
                !row[index]
                    .split(|c: char| !c.is_alphanumeric())
                    .any(|word| word.eq_ignore_ascii_case("nan")),
                "{row:?}"
            );
        }
    }
    if both_classes {
        says_nothing(imported, "row number", |row| row as f64);
        says_nothing(imported, "id", |row| u64::from_str_radix(ids[row], 16).unwrap() as f64);
        let mut neighbours = 0;
        let labels = column(imported, "label");
        for pair in labels.windows(2) {
            neighbours += usize::from(pair[0] == pair[1]);
        }
        let fakes = labels.iter().filter(|label| **label == FAKE).count() as f64 / labels.len() as f64;
        let expected = fakes * fakes + (1.0 - fakes) * (1.0 - fakes);
        assert!(
            (neighbours as f64 / (labels.len() - 1) as f64 - expected).abs() < 0.04,
            "labels come in runs"
        );
    }
}

fn count(imported: &Imported, columns: &[&str]) -> BTreeMap<String, usize> {
    let columns: Vec<Vec<&str>> = columns.iter().map(|name| column(imported, name)).collect();
    let mut counts = BTreeMap::new();
    for row in 0..imported.rows.len() {
        let value = columns.iter().map(|column| column[row]).collect::<Vec<_>>().join(" ");
        *counts.entry(value).or_default() += 1;
    }
    counts
}

#[test]
fn ott_has_its_classes_folds_and_hotels() {
    let Some(path) = corpus("ott") else { return };
    let imported = import(Corpus::Ott, &path).unwrap();
    check(&imported, true);
    assert_eq!(
        imported.header,
        ["review_id", "property_id", "text", "polarity", "fold", "label"]
    );
    let expected = ["negative fake", "negative genuine", "positive fake", "positive genuine"];
    assert_eq!(
        count(&imported, &["polarity", "label"]),
        expected.into_iter().map(|key| (key.to_owned(), 400)).collect()
    );
    assert_eq!(count(&imported, &["fold"]).into_values().collect::<Vec<_>>(), [320; 5]);
    let hotels = count(&imported, &["property_id", "fold"]);
    assert_eq!(
        (hotels.len(), hotels.values().all(|&rows| rows == 80)),
        (20, true),
        "a hotel is in one fold: {hotels:?}"
    );
    // The folder above serves as well, and the answer is the same.
    assert_eq!(import(Corpus::Ott, &path.canonicalize().unwrap()).unwrap(), imported);
    let error = import(Corpus::Ott, &path.join("positive_polarity/deceptive_from_MTurk")).unwrap_err();
    assert!(
        error
            .to_string()
            .contains("expected the folders positive_polarity and negative_polarity, found fold1"),
        "{error}"
    );
}

#[test]
fn op_spam_ai_holds_no_words_of_truthful_reviews() {
    let Some(path) = corpus("op_spam_ai") else { return };
    let imported = import(Corpus::OpSpamAi, &path).unwrap();
    for note in &imported.notes {
        println!("{note}");
    }
    check(&imported, false);
    assert!(column(&imported, "label").iter().all(|label| *label == FAKE));
    assert!(
        (2_300..=2_390).contains(&imported.rows.len()),
        "{}",
        imported.rows.len()
    );
    assert!(
        imported.notes.iter().any(|note| note.starts_with("10 empty texts")),
        "{:?}",
        imported.notes
    );
    let Some(ott) = corpus("ott") else { return };
    let ott = import(Corpus::Ott, &ott).unwrap();
    let folds: HashMap<&str, &str> = column(&ott, "property_id")
        .into_iter()
        .zip(column(&ott, "fold"))
        .collect();
    for (hotel, fold) in column(&imported, "property_id").iter().zip(column(&imported, "fold")) {
        assert_eq!(folds[hotel], fold);
    }
    let start = |text: &str| text.split(' ').take(5).collect::<Vec<_>>().join(" ");
    let truthful: BTreeSet<String> = column(&ott, "text")
        .into_iter()
        .zip(column(&ott, "label"))
        .filter(|(_, label)| *label == GENUINE)
        .map(|(text, _)| start(text))
        .collect();
    let copied: Vec<&str> = column(&imported, "text")
        .into_iter()
        .filter(|text| truthful.contains(&start(text)))
        .collect();
    for text in &copied {
        println!("COPIED {}", &text[..60.min(text.len())]);
    }
    // Five words in common are mostly chance ("I stayed at this hotel"); before the cut they are in 1,600 of 2,390.
    assert!(
        copied.is_empty(),
        "{} texts begin as a truthful review does",
        copied.len()
    );
}

#[test]
fn maide_up_names_no_hotel_and_no_city() {
    let Some(path) = corpus("maide_up") else { return };
    let imported = import(Corpus::MaideUp, &path).unwrap();
    for note in &imported.notes {
        println!("{note}");
    }
    check(&imported, true);
    assert_eq!(
        imported.header,
        [
            "review_id",
            "property_id",
            "property_name",
            "property_place",
            "language",
            "text",
            "label"
        ]
    );
    assert_eq!(imported.rows.len(), 6_860);
    assert_eq!(
        count(&imported, &["language"]).into_values().collect::<Vec<_>>(),
        [1_530, 1_200, 1_306, 1_430, 1_394]
    );
    let (texts, names) = (column(&imported, "text"), column(&imported, "property_name"));
    let cities = [
        "ankara",
        "beijing",
        "berlin",
        "bucharest",
        "bucarest",
        "bukarest",
        "madrid",
        "delhi",
        "paris",
        "rome",
        "roma",
        "seoul",
        "washington",
    ];
    let labels = column(&imported, "label");
    let mut left: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for row in 0..texts.len() {
        let folded = crate::text::fold(texts[row]);
        let named: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).collect();
        for city in cities.iter().filter(|city| named.contains(city)) {
            println!("city {city} in: {} [{}]", texts[row], names[row]);
            *left.entry(("city", labels[row])).or_default() += 1;
        }
        if folded.contains(&crate::text::fold(names[row])) {
            println!("name {} in: {}", names[row], texts[row]);
            *left.entry(("name", labels[row])).or_default() += 1;
        }
    }
    println!("left: {left:?}");
    // A city may be named that is not the hotel's own: that is no more the generator's habit than the guest's.
    let of = |what, label| left.get(&(what, label)).copied().unwrap_or(0);
    assert!(of("name", FAKE) + of("name", GENUINE) <= 5, "{left:?}");
    assert!(of("city", FAKE) + of("city", GENUINE) <= 20, "{left:?}");
}

#[test]
fn yelp_hotel_has_canonical_columns() {
    let Some(path) = corpus("yelp_hotel") else { return };
    let imported = import(Corpus::YelpHotel, &path).unwrap();
    check(&imported, true);
    let header = [
        "review_id",
        "reviewer_id",
        "property_id",
        "rating",
        "published",
        "text",
        "text_form",
        "label",
    ];
    assert_eq!(imported.header, header);
    assert_eq!(
        count(&imported, &["label"]),
        BTreeMap::from([("fake".to_owned(), 778), ("genuine".to_owned(), 5_076)])
    );
    assert_eq!(count(&imported, &["property_id"]).len(), 72);
    assert_eq!(count(&imported, &["text_form"]).len(), 1);
}

#[test]
fn yelpchi_graph_has_the_priors_beside_each_review() {
    let Some(path) = corpus("yelpchi_graph") else { return };
    let imported = import(Corpus::YelpchiGraph, &path).unwrap();
    check(&imported, true);
    assert_eq!(imported.rows.len(), 67_395);
    assert_eq!(count(&imported, &["label"])["fake"], 8_919);
    assert_eq!(
        (
            count(&imported, &["property_id"]).len(),
            count(&imported, &["reviewer_id"]).len()
        ),
        (201, 38_063)
    );
    for prior in ["prior", "reviewer_prior", "property_prior"] {
        assert!(
            column(&imported, prior)
                .iter()
                .all(|prior| prior.parse::<f64>().is_ok_and(|prior| (0.0..=1.0).contains(&prior)))
        );
    }
}

/// Two reviews with the same text, and rows in another order.
#[test]
fn ids_and_order_come_from_the_content() {
    let row = |text: &str, label: &str| vec![String::new(), text.to_owned(), label.to_owned()];
    let rows = vec![row("a", FAKE), row("b", GENUINE), row("a", FAKE), row("c", GENUINE)];
    let reversed = rows.iter().rev().cloned().collect();
    let imported = Imported::new(&["review_id", "text", "label"], rows, Vec::new());
    assert_eq!(
        imported,
        Imported::new(&["review_id", "text", "label"], reversed, Vec::new())
    );
    assert_eq!(
        imported.rows.iter().map(|row| &row[0]).collect::<BTreeSet<_>>().len(),
        4
    );
    // A label changes neither id nor place.
    let other = vec![row("a", GENUINE), row("b", FAKE), row("a", GENUINE), row("c", FAKE)];
    let other = Imported::new(&["review_id", "text", "label"], other, Vec::new());
    let without_label = |imported: &Imported| imported.rows.iter().map(|row| row[..2].to_vec()).collect::<Vec<_>>();
    assert_eq!(without_label(&imported), without_label(&other));
}

#[test]
fn what_is_not_the_corpus_is_named() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for corpus in Corpus::ALL {
        let error = import(corpus, &here).unwrap_err().to_string();
        assert!(error.contains("src"), "{error}");
    }
}
