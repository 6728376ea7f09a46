//! `machine`: reviews that a language model of 2026 wrote for this project, `machine_reviews.csv`, beside real ones, of any review
//! files in the same folder: those labelled genuine, and in files without labels those from before 2020. Nobody had a review
//! written by a language model then, so that these are known to be by people, whatever their worth.

use super::{CsvFile, GENUINE, ImportError, Imported, entries, key, label, name_of, one_line};
use crate::io::{ReadOptions, Source};
use crate::normalize::{Field, Warnings};
use crate::passes::{Outcome, in_order};
use crate::review::{Review, TextForm};
use crate::signals::Case;
use std::collections::BTreeMap;
use std::path::Path;

const MACHINE: &str = "machine_reviews.csv";
/// The year from which on a review may be by a language model.
const MODELS_SINCE: i16 = 2020;
/// Real reviews that are kept for each by a machine, by language.
const REAL: usize = 4;
/// Shorter real texts have no like among those by a machine.
const FEWEST_WORDS: usize = 12;

pub(super) fn import(path: &Path) -> Result<Imported, ImportError> {
    let csv = CsvFile::read(&path.join(MACHINE), &["property_id", "language", "text"])?;
    let mut by_language: BTreeMap<String, usize> = BTreeMap::new();
    let mut rows = Vec::new();
    for record in &csv.records {
        let language = csv.get(record, 1).to_owned();
        *by_language.entry(language.clone()).or_default() += 1;
        let place = key("machine property", csv.get(record, 0));
        rows.push(vec![
            String::new(),
            place,
            language,
            one_line(csv.get(record, 2)),
            label(true),
        ]);
    }
    // By language and file.
    let mut real: BTreeMap<String, BTreeMap<String, Vec<[String; 2]>>> = BTreeMap::new();
    for file in entries(path)? {
        if name_of(&file) == MACHINE {
            continue;
        }
        let source = Source::open(&file, &ReadOptions::default())?;
        let label = source.reading().mapping.get(Field::Label);
        in_order(
            &source,
            0,
            &mut Warnings::default(),
            |record, review, _| {
                let label = label.and_then(|column| record.get(column));
                by_people(&review, label)
            },
            |outcome| {
                if let Outcome::Read(_, Some((language, row))) = outcome {
                    let files = real.entry(language).or_default();
                    files.entry(name_of(&file).to_owned()).or_default().push(row);
                }
                Ok::<(), ImportError>(())
            },
        )?;
    }
    let mut notes = Vec::new();
    for (language, machine) in by_language {
        let mut files: Vec<Vec<[String; 2]>> = real.remove(&language).unwrap_or_default().into_values().collect();
        let all: usize = files.iter().map(Vec::len).sum();
        for rows in &mut files {
            // Any of them, whatever their place in the file.
            rows.sort_by_cached_key(|[place, text]| key("machine order", &format!("{place}\u{1f}{text}")));
        }
        // From all files alike, so that no one town or kind of place stands for what people write.
        let longest = files.iter().map(Vec::len).max().unwrap_or(0);
        let in_turn = (0..longest).flat_map(|at| files.iter().filter_map(move |rows| rows.get(at)));
        let kept: Vec<&[String; 2]> = in_turn.take(REAL * machine).collect();
        notes.push(format!(
            "{language}: {machine} reviews by a machine, {} of {all} real ones of {} files",
            kept.len(),
            files.len()
        ));
        let row = |[place, text]: &[String; 2]| {
            vec![
                String::new(),
                place.clone(),
                language.clone(),
                text.clone(),
                label(false),
            ]
        };
        rows.extend(kept.into_iter().map(row));
    }
    Ok(Imported::new(
        &["review_id", "property_id", "language", "text", "label"],
        rows,
        notes,
    ))
}

/// The language, property and text of a review that a person wrote: one from before there were machines, or labelled so.
fn by_people(review: &Review, labelled: Option<&str>) -> Option<(String, [String; 2])> {
    let early = || {
        let date = review.published.or(review.experienced)?;
        Some(date.ymd().0 < MODELS_SINCE)
    };
    if !labelled.map_or_else(|| early() == Some(true), |label| label == GENUINE) || review.text_form != TextForm::Raw {
        return None;
    }
    let analysis = Case::body(review)?;
    let place = review.property_id.as_ref().or(review.property_name.as_ref())?;
    let language = analysis.language.filter(|_| analysis.words >= FEWEST_WORDS)?;
    Some((
        language.code().to_owned(),
        [key("machine property", place), one_line(analysis.source)],
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::FAKE;

    /// Invented.
    const MACHINE_ROWS: &str =
        "property_id,language,text\n\"Bath, hotel\",en,\"From the moment we arrived,  everything\nshone.\"\n";
    const TEXT: &str = "We had the room over the yard and the gulls woke us at five both mornings";

    fn import_beside(files: &[(&str, &str)]) -> Result<Vec<Vec<String>>, ImportError> {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, content) in files {
            std::fs::write(folder.path().join(name), content).expect("written");
        }
        Ok(import(folder.path())?.rows)
    }

    #[test]
    fn real_reviews_are_those_from_before_there_were_machines_and_those_labelled_so() {
        let dated = format!(
            "hotel_id,hotel_name,review_date,rating,review_text\n1,Gull Inn,2014-05-02,4,{TEXT} in May\n\
             1,Gull Inn,2022-05-02,4,{TEXT} again\n1,Gull Inn,,4,{TEXT} some day\n1,Gull Inn,2013-02-01,5,Nice and clean\n"
        );
        let labelled = format!("property_id,language,text,label\n7,en,{TEXT} truly,genuine\n7,en,{TEXT} never,fake\n");
        let rows =
            import_beside(&[(MACHINE, MACHINE_ROWS), ("a.csv", &dated), ("b.csv", &labelled)]).expect("imported");
        let texts = |wanted: &str| -> Vec<&str> {
            let mut texts: Vec<&str> = rows
                .iter()
                .filter(|row| row[4] == wanted)
                .map(|row| row[3].as_str())
                .collect();
            texts.sort_unstable();
            texts
        };
        assert_eq!(texts(FAKE), ["From the moment we arrived, everything shone."]);
        assert_eq!(texts(GENUINE), [format!("{TEXT} in May"), format!("{TEXT} truly")]);
        assert!(rows.iter().all(|row| row[2] == "en"));
    }

    #[test]
    fn every_file_gives_as_many() {
        let file = |hotel: usize| -> String {
            let row = |at: usize| format!("{hotel},Inn {hotel},2015-01-{:02},4,{TEXT} number {at}\n", at + 1);
            let rows: String = (0..20).map(row).collect();
            format!("hotel_id,hotel_name,review_date,rating,review_text\n{rows}")
        };
        let rows =
            import_beside(&[(MACHINE, MACHINE_ROWS), ("a.csv", &file(1)), ("b.csv", &file(2))]).expect("imported");
        let of = |hotel: &str| {
            rows.iter()
                .filter(|row| row[1] == key("machine property", hotel))
                .count()
        };
        assert_eq!((of("1"), of("2")), (REAL / 2, REAL / 2));
    }

    #[test]
    fn a_folder_without_the_texts_is_refused() {
        assert!(import_beside(&[("a.csv", "hotel,text\nInn,good\n")]).is_err());
    }

    #[test]
    fn the_texts_of_this_project_have_no_mark_that_is_not_of_their_words() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/datasets/machine_reviews.csv");
        let csv = CsvFile::read(Path::new(path), &["property_id", "language", "text", "label"]).expect("read");
        let texts: std::collections::BTreeSet<&str> = csv.records.iter().map(|record| csv.get(record, 2)).collect();
        assert_eq!((csv.records.len(), texts.len()), (720, 720));
        for record in &csv.records {
            let text = csv.get(record, 2);
            assert_eq!(one_line(text), text);
            assert_eq!(csv.get(record, 3), FAKE);
            assert!(["de", "en", "es", "fr", "it"].contains(&csv.get(record, 1)));
        }
    }
}
