//! The nine real files that the mapping is measured on. They are no part of the project; where they are not at hand,
//! these tests say so and pass.

use std::path::PathBuf;

use super::{ReadOptions, Source};
use crate::normalize::{Warnings, normalize};
use crate::review::Precision;

/// A real file, its number of rows, and the fields that its columns must feed, in the order of the fields.
struct Expected {
    file: &'static str,
    rows: u64,
    fields: &'static str,
}

const FILES: &[Expected] = &[
    Expected {
        file: "sf_tripadvisor.csv",
        rows: 7500,
        fields: "property_name=attraction reviewer_name=username reviewer_reviews=contribution reviewer_place=city+country \
                 rating=rating title=title text=review published_month=month published_year=year",
    },
    Expected {
        file: "sf_google.csv",
        rows: 2361,
        fields: "property_name=attraction reviewer_name=username reviewer_reviews=contributions rating=rating text=review \
                 published=time",
    },
    Expected {
        file: "stockton_pipe_separated.csv",
        rows: 1056,
        fields: "review_id=review_id property_id=location_id property_name=location_title reviewer_name=user_name \
                 rating=rating title=title text=text language=language published=published_date experienced=travel_date \
                 trip_type=trip_type helpful_votes=helpful_votes",
    },
    Expected {
        file: "us_hotels_subratings.csv",
        rows: 1000,
        fields: "reviewer_id=user_id rating=overall sub_rating=cleanliness+value+location+rooms+sleep_quality title=title \
                 text=text language=lang published=post_date",
    },
    Expected {
        file: "slovakia.csv",
        rows: 2482,
        fields: "review_id=review_rand_unique_id property_id=poi_id reviewer_name=reviewer_name \
                 reviewer_reviews=reviewer_n_ratings reviewer_place=reviewer_origin rating=review_rating title=review_title \
                 text=review_clean published_day=review_written_day published_month=review_written_month \
                 published_year=review_written_year experienced_month=visit_month experienced_year=visit_year \
                 trip_type=visit_group_type",
    },
    Expected {
        file: "lyon_restaurants_fr.csv",
        rows: 15234,
        fields: "property_name=restaurant reviewer_name=pseudo rating=nb_etoiles title=titre_review text=review \
                 published=date trip_type=experience",
    },
    Expected {
        file: "restaurants_es_bom.csv",
        rows: 3746,
        fields: "review_id=doc_id property_name=restaurant_name reviewer_name=username rating=review_rating \
                 title=review_title text=text published=review_date",
    },
    Expected {
        file: "odessa_no_text.csv",
        rows: 3858,
        fields: "review_id=review_id property_name=review_location_name property_place=review_location_breadcrumbs \
                 reviewer_id=user_id reviewer_name=user_name rating=review_rate published=review_date \
                 experienced=review_experience_date latitude=location_lat longitude=location_lng",
    },
    Expected {
        file: "google_export_ar.csv",
        rows: 1022,
        fields: "review_id=review_id property_id=place_id property_name=name reviewer_id=author_id \
                 reviewer_name=author_title rating=review_rating text=review_text published=review_datetime_utc \
                 helpful_votes=review_likes response_text=owner_answer \
                 response_date=owner_answer_timestamp_datetime_utc photos=review_img_url",
    },
];

/// The folder of the real files, `None` (said aloud) where it is not at hand.
fn folder() -> Option<PathBuf> {
    let shared = match std::env::var_os("TURFWATCH_SHARED") {
        Some(folder) => PathBuf::from(folder),
        None => PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared"),
    };
    let folder = shared.join("data/tripadvisor");
    if !folder.is_dir() {
        println!("NOT MEASURED: no real files in {}", folder.display());
        return None;
    }
    Some(folder)
}

fn mapping(source: &Source) -> String {
    let reading = source.reading();
    let names = |columns: &[usize]| {
        columns
            .iter()
            .map(|&column| reading.header[column].as_str())
            .collect::<Vec<_>>()
            .join("+")
    };
    reading
        .mapping
        .iter()
        .map(|(field, columns)| format!("{field}={}", names(columns)))
        .collect::<Vec<_>>()
        .join(" ")
}

#[test]
fn columns_are_mapped_right_without_flags_and_no_row_is_lost() {
    let Some(folder) = folder() else { return };
    let mut wrong = Vec::new();
    for Expected { file, rows, fields } in FILES {
        let source = Source::open(folder.join(file), &ReadOptions::default()).unwrap();
        let found = mapping(&source);
        if found != *fields {
            wrong.push(format!("{file}\n  expected {fields}\n  found    {found}"));
        }
        let mut warnings = Warnings::default();
        let (mut normalized, mut rejected) = (0, 0);
        for record in source.records().unwrap() {
            match record
                .unwrap()
                .and_then(|record| normalize(&record, source.reading(), &mut warnings))
            {
                Ok(_) => normalized += 1,
                Err(_) => rejected += 1,
            }
        }
        println!("{file}: {normalized} read, {rejected} rejected");
        for (kind, field, tally) in warnings.iter() {
            println!(
                "  {} {field}: {}, e.g. {}",
                tally.count,
                kind.describe(),
                tally.examples[0]
            );
        }
        if (normalized + rejected, rejected) != (*rows, 0) {
            wrong.push(format!(
                "{file}: expected {rows} rows read, found {normalized} and {rejected} rejected"
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn dates_rounded_by_the_site_are_recognised() {
    let Some(folder) = folder() else { return };
    for (file, precision) in [
        ("odessa_no_text.csv", Some(Precision::Month)),
        ("sf_google.csv", Some(Precision::Year)),
        ("lyon_restaurants_fr.csv", None),
        ("restaurants_es_bom.csv", None),
        ("google_export_ar.csv", None),
    ] {
        let source = Source::open(folder.join(file), &ReadOptions::default()).unwrap();
        let reading = source.reading();
        let column = reading.mapping.get(crate::normalize::Field::Published).unwrap();
        assert_eq!(reading.conventions[column].rounded_to, precision, "{file}");
    }
}
