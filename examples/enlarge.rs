//! Makes a large review file out of real ones, for measuring speed and memory:
//!
//! ```text
//! cargo run --release --example enlarge -- ROWS OUT.csv FILE...
//! ```
//!
//! The rows of the files are taken over and over until there are ROWS of them. In each round the ids and names of reviews,
//! reviewers and properties get the round's number, so that every round is another world with the real sizes of
//! properties, habits of reviewers, ratings, dates and answers. A text keeps its language and about its length, and is
//! made of sentences drawn from all texts of that language: no two rounds share a text, and the words stay real. Rows
//! without text are left out. The same inputs give the same file, byte for byte.

use std::collections::BTreeMap;
use std::error::Error;

use turfwatch::Review;
use turfwatch::io::{ReadOptions, Source};
use turfwatch::normalize::{Warnings, normalize};
use turfwatch::random::SplitMix64;
use turfwatch::score::Passage;
use turfwatch::text::{Analysis, Language};

const HEADER: [&str; 19] = [
    "review_id",
    "site",
    "property_id",
    "property_name",
    "property_brand",
    "property_place",
    "property_category",
    "reviewer_id",
    "reviewer_name",
    "reviewer_reviews",
    "reviewer_since",
    "rating",
    "title",
    "text",
    "published",
    "experienced",
    "trip_type",
    "response_text",
    "response_date",
];

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [rows, out, files @ ..] = arguments.as_slice() else {
        return Err("usage: enlarge ROWS OUT.csv FILE...".into());
    };
    let rows: usize = rows.parse()?;
    let mut reviews: Vec<(Review, Option<Language>)> = Vec::new();
    let mut sentences: BTreeMap<Option<Language>, Vec<String>> = BTreeMap::new();
    for file in files {
        let source = Source::open(file, &ReadOptions::default())?;
        for record in source.records()? {
            let read = record?.and_then(|record| normalize(&record, source.reading(), &mut Warnings::default()));
            let Ok(review) = read else { continue };
            let Some(text) = review.text.as_deref() else { continue };
            let analysis = Analysis::new(Passage::Text, text, review.language);
            let (language, own) = (analysis.language, sentences.entry(analysis.language).or_default());
            let spans = analysis
                .sentences
                .iter()
                .map(|sentence| analysis.span(sentence.start as usize..sentence.end as usize));
            own.extend(spans.map(|span| text[span.bytes].to_owned()));
            reviews.push((review, language));
        }
    }
    if reviews.is_empty() {
        return Err("no reviews with text in the files".into());
    }
    let mut random = SplitMix64::new(1);
    let mut writer = csv::Writer::from_path(out)?;
    writer.write_record(HEADER)?;
    let mut bytes = 0;
    for row in 0..rows {
        let (review, language) = &reviews[row % reviews.len()];
        let round = row / reviews.len();
        let text = text(review, &sentences[language], &mut random);
        bytes += text.len();
        writer.write_record(fields(review, row, round, text))?;
    }
    writer.flush()?;
    eprintln!(
        "{rows} rows from {} reviews, {} bytes of text a row",
        reviews.len(),
        bytes / rows.max(1)
    );
    Ok(())
}

/// Sentences until the length of the review's own text is reached.
fn text(review: &Review, sentences: &[String], random: &mut SplitMix64) -> String {
    let length = review.text.as_ref().map_or(0, String::len);
    let mut text = String::with_capacity(length + 200);
    while text.len() < length {
        // A text without a sentence, such as "!!", may be the only one of its language.
        let Some(sentence) = random.pick(sentences) else {
            return review.text.clone().unwrap_or_default();
        };
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(sentence);
    }
    text
}

fn fields(review: &Review, row: usize, round: usize, text: String) -> [String; HEADER.len()] {
    let as_is = |value: &Option<String>| value.clone().unwrap_or_default();
    let renamed = |value: &Option<String>| value.as_ref().map_or(String::new(), |value| format!("{value} {round}"));
    let shown = |value: Option<&dyn std::fmt::Display>| value.map(|value| value.to_string()).unwrap_or_default();
    [
        format!("{row}"),
        as_is(&review.site),
        renamed(&review.property_id),
        renamed(&review.property_name),
        as_is(&review.property_brand),
        as_is(&review.property_place),
        as_is(&review.property_category),
        renamed(&review.reviewer_id),
        renamed(&review.reviewer_name),
        shown(review.reviewer_reviews.as_ref().map(|v| v as _)),
        shown(review.reviewer_since.as_ref().map(|v| v as _)),
        shown(review.rating.as_ref().map(|v| v as _)),
        as_is(&review.title),
        text,
        shown(review.published.as_ref().map(|v| v as _)),
        shown(review.experienced.as_ref().map(|v| v as _)),
        as_is(&review.trip_type),
        as_is(&review.response_text),
        shown(review.response_date.as_ref().map(|v| v as _)),
    ]
}
