//! The Yelp hotel reviews and the `YelpChi` graph.

use super::{CsvFile, FAKE, GENUINE, ImportError, Imported, file_in, key, label, one_line};
use std::collections::HashMap;
use std::path::Path;

pub(super) fn import_hotel(path: &Path) -> Result<Imported, ImportError> {
    let columns = ["reviewer_id", "hotel_id", "rating", "date", "text_stemmed", "label"];
    let file = CsvFile::read(&file_in(path, "yelp_hotel.csv"), &columns)?;
    let mut rows = Vec::with_capacity(file.records.len());
    let mut without_text = 0;
    for (index, record) in file.records.iter().enumerate() {
        let cell = |column| file.get(record, column).trim();
        let text = one_line(cell(4));
        without_text += usize::from(text.is_empty());
        rows.push(vec![
            String::new(),
            key("yelp reviewer", cell(0)),
            key("yelp property", cell(1)),
            cell(2).to_owned(),
            cell(3).to_owned(),
            text,
            "stemmed".to_owned(),
            label(is_fake(&file, index, cell(5))?),
        ]);
    }
    let notes = vec![
        "reviewer and property ids are new".to_owned(),
        format!("white space collapsed; {without_text} reviews without text kept"),
        "text is stemmed: text_form=stemmed, so that word lists and language signals are missing".to_owned(),
        "the label is the verdict of Yelp's filter, not proof".to_owned(),
    ];
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
    Ok(Imported::new(&header, rows, notes))
}

pub(super) fn import_graph(path: &Path) -> Result<Imported, ImportError> {
    let reviewers = priors(&path.join("reviewer_priors.csv"), "reviewer_id")?;
    let properties = priors(&path.join("product_priors.csv"), "product_id")?;
    let file = CsvFile::read(
        &path.join("reviews.csv"),
        &["reviewer_id", "product_id", "prior", "label"],
    )?;
    let mut rows = Vec::with_capacity(file.records.len());
    let mut unknown = 0;
    for (index, record) in file.records.iter().enumerate() {
        let cell = |column| file.get(record, column).trim();
        let mut joined = |priors: &HashMap<String, String>, id: &str| match priors.get(id) {
            Some(prior) => prior.clone(),
            None => {
                unknown += 1;
                String::new()
            }
        };
        let (reviewer_prior, property_prior) = (joined(&reviewers, cell(0)), joined(&properties, cell(1)));
        rows.push(vec![
            String::new(),
            key("yelpchi reviewer", cell(0)),
            key("yelpchi property", cell(1)),
            checked_prior(&file, index, cell(2))?,
            reviewer_prior,
            property_prior,
            label(is_fake(&file, index, cell(3))?),
        ]);
    }
    let notes = vec![
        "reviewer and property ids are new".to_owned(),
        format!(
            "priors of {} reviewers and {} properties joined as reviewer_prior and property_prior; {unknown} not found",
            reviewers.len(),
            properties.len()
        ),
    ];
    let header = [
        "review_id",
        "reviewer_id",
        "property_id",
        "prior",
        "reviewer_prior",
        "property_prior",
        "label",
    ];
    Ok(Imported::new(&header, rows, notes))
}

fn priors(path: &Path, id: &str) -> Result<HashMap<String, String>, ImportError> {
    let file = CsvFile::read(path, &[id, "prior"])?;
    let pair = |(index, record)| {
        Ok((
            file.get(record, 0).trim().to_owned(),
            checked_prior(&file, index, file.get(record, 1).trim())?,
        ))
    };
    file.records.iter().enumerate().map(pair).collect()
}

fn checked_prior(file: &CsvFile, index: usize, value: &str) -> Result<String, ImportError> {
    match value.parse::<f64>() {
        Ok(prior) if (0.0..=1.0).contains(&prior) => Ok(value.to_owned()),
        _ => Err(file.bad(index, "prior", "a number from 0 to 1", value)),
    }
}

fn is_fake(file: &CsvFile, index: usize, value: &str) -> Result<bool, ImportError> {
    match value {
        FAKE => Ok(true),
        GENUINE => Ok(false),
        _ => Err(file.bad(index, "label", "fake or genuine", value)),
    }
}
