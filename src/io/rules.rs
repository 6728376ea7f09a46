//! What headers say: sets of [`words`](super::words) that speak of a field, each with a score.

use super::words::*;
use crate::normalize::Field;

type Rule = (Field, Concepts, f64);

/// What headers say. For a field of the review, a header that also speaks of the review gets a little more than one that
/// does not.
const RULES: &[Rule] = &[
    (Field::ReviewId, REVIEW | ID, 1.0),
    (Field::ReviewId, REVIEW | PROPERTY | ID, 0.9),
    (Field::ReviewId, ID, 0.55),
    (Field::Site, SITE, 0.8),
    (Field::Site, SITE | NAME, 0.8),
    (Field::PropertyId, PROPERTY | ID, 1.0),
    (Field::PropertyId, ID, 0.4),
    (Field::PropertyName, PROPERTY | NAME, 1.0),
    (Field::PropertyName, PROPERTY | TITLE, 0.95),
    (Field::PropertyName, PROPERTY, 0.8),
    (Field::PropertyName, PROPERTY | POSTED, 0.8),
    (Field::PropertyName, PROPERTY | POSTED | NAME, 1.0),
    (Field::PropertyName, NAME, 0.6),
    (Field::PropertyName, TITLE, 0.55),
    (Field::PropertyBrand, BRAND, 0.8),
    (Field::PropertyBrand, BRAND | NAME, 0.8),
    (Field::PropertyBrand, PROPERTY | BRAND, 0.9),
    (Field::PropertyPlace, PROPERTY | PLACE, 1.0),
    (Field::PropertyPlace, PROPERTY | PLACE | NAME, 0.9),
    (Field::PropertyPlace, PLACE, 0.7),
    (Field::PropertyPlace, PLACE | NAME, 0.6),
    (Field::PropertyCategory, PROPERTY | KIND, 0.9),
    (Field::PropertyCategory, PROPERTY | CATEGORY, 1.0),
    (Field::PropertyCategory, CATEGORY, 0.8),
    (Field::PropertyCategory, CATEGORY | NAME, 0.8),
    (Field::ReviewerId, REVIEWER | ID, 1.0),
    (Field::ReviewerName, REVIEWER | NAME, 1.0),
    (Field::ReviewerName, REVIEWER | TITLE, 0.8),
    (Field::ReviewerName, REVIEWER, 0.8),
    (Field::ReviewerName, POSTED | BY, 0.8),
    (Field::ReviewerName, NAME, 0.6),
    (Field::ReviewerReviews, REVIEWER | COUNT, 1.0),
    (Field::ReviewerReviews, REVIEWER | REVIEW, 0.8),
    (Field::ReviewerReviews, REVIEWER | POSTED | COUNT, 0.9),
    (Field::ReviewerReviews, REVIEWER | COUNT | RATING, 0.95),
    (Field::ReviewerReviews, COUNT, 0.45),
    (Field::ReviewerHelpfulVotes, REVIEWER | VOTES, 1.0),
    (Field::ReviewerHelpfulVotes, REVIEWER | VOTES | COUNT, 1.0),
    (Field::ReviewerSince, SINCE, 0.7),
    (Field::ReviewerSince, SINCE | DATE, 0.8),
    (Field::ReviewerSince, REVIEWER | SINCE, 1.0),
    (Field::ReviewerSince, REVIEWER | SINCE | DATE, 1.0),
    (Field::ReviewerSince, REVIEWER | POSTED | DATE, 0.8),
    (Field::ReviewerPlace, REVIEWER | PLACE, 1.0),
    (Field::ReviewerPlace, REVIEWER | PLACE | NAME, 0.95),
    (Field::ReviewerPlace, PLACE, 0.7),
    (Field::Rating, RATING, 0.9),
    (Field::Rating, OVERALL, 0.9),
    (Field::Rating, OVERALL | RATING, 0.95),
    (Field::Rating, OVERALL | STAY, 0.6),
    (Field::Rating, REVIEWER | RATING, 0.9),
    (Field::Rating, RATING | COUNT, 0.85),
    (Field::Rating, RATING | PROPERTY, 0.5),
    (Field::SubRating, ASPECT, 0.8),
    (Field::SubRating, ASPECT | RATING, 0.95),
    (Field::Title, TITLE, 0.9),
    (Field::Title, TITLE | TEXT, 0.9),
    (Field::Text, TEXT, 0.9),
    (Field::Text, REVIEW | TEXT, 1.0),
    (Field::Text, REVIEWER | TEXT, 0.85),
    (Field::Text, PROPERTY | TEXT, 0.6),
    (Field::Text, POSITIVE, 0.7),
    (Field::Text, NEGATIVE, 0.7),
    (Field::Text, POSITIVE | TEXT, 0.9),
    (Field::Text, NEGATIVE | TEXT, 0.9),
    (Field::Language, LANGUAGE, 0.9),
    (Field::Language, LANGUAGE | ID, 0.9),
    (Field::Language, LANGUAGE | TEXT, 0.9),
    (Field::Published, DATE | POSTED, 1.0),
    (Field::Published, POSTED, 0.85),
    (Field::Published, DATE, 0.8),
    (Field::Published, ENTERED | DATE, 0.75),
    (Field::Published, ENTERED, 0.6),
    (Field::PublishedDay, DAY | POSTED, 1.0),
    (Field::PublishedDay, DAY, 0.6),
    (Field::PublishedMonth, MONTH | POSTED, 1.0),
    (Field::PublishedMonth, MONTH, 0.6),
    (Field::PublishedYear, YEAR | POSTED, 1.0),
    (Field::PublishedYear, YEAR, 0.6),
    (Field::Experienced, STAY | DATE, 1.0),
    (Field::Experienced, STAY, 0.75),
    (Field::Experienced, STAY | MONTH, 0.9),
    (Field::ExperiencedMonth, STAY | MONTH, 1.0),
    (Field::ExperiencedYear, STAY | YEAR, 1.0),
    (Field::TripType, STAY | KIND, 1.0),
    (Field::TripType, STAY | CATEGORY, 0.9),
    (Field::TripType, REVIEWER | KIND, 0.9),
    (Field::TripType, STAY, 0.75),
    (Field::TripType, KIND, 0.45),
    (Field::HelpfulVotes, VOTES, 0.9),
    (Field::HelpfulVotes, VOTES | COUNT, 0.9),
    (Field::Verified, VERIFIED, 0.9),
    (Field::Verified, VERIFIED | STAY, 0.9),
    (Field::ResponseText, RESPONSE, 0.85),
    (Field::ResponseText, RESPONSE | TEXT, 1.0),
    (Field::ResponseText, RESPONSE | PROPERTY, 0.85),
    (Field::ResponseText, RESPONSE | PROPERTY | TEXT, 1.0),
    (Field::ResponseText, PROPERTY | TEXT, 0.38),
    (Field::ResponseDate, RESPONSE | DATE, 1.0),
    (Field::ResponseDate, RESPONSE | POSTED, 0.9),
    (Field::ResponseDate, RESPONSE | DATE | POSTED, 1.0),
    (Field::ResponseDate, RESPONSE | PROPERTY | DATE, 1.0),
    (Field::ResponseDate, RESPONSE | PROPERTY | POSTED, 0.9),
    (Field::ResponseDate, RESPONSE | PROPERTY | DATE | POSTED, 1.0),
    (Field::Photos, PHOTO, 0.85),
    (Field::Photos, PHOTO | LINK, 0.9),
    (Field::Latitude, LAT, 0.9),
    (Field::Latitude, LAT | PROPERTY, 1.0),
    (Field::Latitude, LAT | PLACE, 0.9),
    (Field::Longitude, LNG, 0.9),
    (Field::Longitude, LNG | PROPERTY, 1.0),
    (Field::Longitude, LNG | PLACE, 0.9),
    (Field::Label, LABEL, 0.9),
];

/// Whether a column comes from an earlier run.
pub(super) fn is_added(header: &str) -> bool {
    super::write::ADDED.contains(&header)
}

fn is_of_place(field: Field) -> bool {
    use Field::*;
    matches!(
        field,
        PropertyId | PropertyName | PropertyBrand | PropertyPlace | PropertyCategory
    )
}

/// What a header says: fields with the score of the best rule.
pub(super) fn said(header: &str) -> Vec<(Field, f64)> {
    if is_added(header) {
        return Vec::new();
    }
    const CANONICAL: f64 = 0.95;
    const WIDE: f64 = 0.9;
    let canonical = Field::from_name(&header.trim().to_ascii_lowercase());
    let mut best: Vec<(Field, f64)> = canonical.map(|field| (field, CANONICAL)).into_iter().collect();
    for reading in readings(header) {
        for &(field, concepts, score) in RULES {
            let said = reading.concepts & !VAGUE;
            let score = if said == concepts {
                score
            } else if said == concepts | REVIEW {
                if is_of_place(field) {
                    score
                } else {
                    (score + 0.1).min(1.0)
                }
            } else {
                continue;
            };
            let wide = if reading.concepts & VAGUE != 0 { WIDE } else { 1.0 };
            let score = score * wide * 0.75f64.powi(reading.unknown as i32);
            match best.iter_mut().find(|(known, _)| *known == field) {
                Some((_, known)) => *known = known.max(score),
                None => best.push((field, score)),
            }
        }
    }
    best
}
