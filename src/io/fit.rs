//! What values say: how well what a column holds fits a field.

use super::shape::Shape;
use crate::normalize::Field;

/// Enough rows to tell that a value is never repeated.
const MANY: u64 = 30;

/// How well values fit a field, 0 to 1. A column without any value speaks neither for nor against.
pub(super) fn fit(field: Field, shape: &Shape) -> f64 {
    if shape.present == 0 {
        return if matches!(field, Field::SubRating | Field::Photos) {
            0.0
        } else {
            0.6
        };
    }
    let when = |condition: bool, fit: f64| if condition { fit } else { 0.0 };
    let share = |share: f64| when(share > 0.5, 0.5 + share / 2.0);
    let distinct = shape.distinct_share();
    let never_repeated = shape.present >= MANY && distinct > 0.95;
    // The names of places come again and again; those of reviewers and the titles of reviews seldom.
    let often_repeated = shape.present >= MANY && distinct < 0.1;
    let seldom_repeated = shape.present >= MANY && distinct > 0.5;
    let is_name = shape.worded > 0.5 && shape.links < 0.2 && shape.dates < 0.5 && shape.json < 0.5;
    let fit = match field {
        Field::ReviewId => when(
            shape.prose < 0.5 && shape.length < 200.0,
            if distinct > 0.5 || shape.present < 4 { 1.0 } else { 0.1 },
        ),
        Field::PropertyId => when(
            shape.prose < 0.5 && shape.length < 200.0,
            if never_repeated { 0.0 } else { 1.0 },
        ),
        Field::ReviewerId => when(shape.prose < 0.5 && shape.length < 200.0, 1.0),
        Field::PropertyName => {
            let repeated = match (never_repeated, seldom_repeated) {
                (true, _) => 0.4,
                (_, true) => 0.85,
                _ => 1.0,
            };
            when(is_name && shape.length < 100.0, repeated)
        }
        Field::ReviewerName => when(is_name && shape.length < 60.0, 1.0),
        Field::PropertyBrand | Field::Site => when(shape.length < 60.0 && shape.distinct <= 200.0, 1.0),
        Field::PropertyCategory | Field::TripType => {
            let few = shape.length <= 40.0 && shape.distinct <= 200.0 && shape.worded > 0.5;
            when(few && shape.dates < 0.5 && shape.months < 0.5, 1.0)
        }
        Field::PropertyPlace | Field::ReviewerPlace => when(is_name && shape.length < 150.0, 1.0),
        Field::ReviewerReviews | Field::ReviewerHelpfulVotes | Field::HelpfulVotes => {
            when(shape.decimals < 0.1, share(shape.counts)) * if shape.epochs > 0.5 { 0.0 } else { 1.0 }
        }
        Field::Rating => when(
            shape.range.is_none_or(|(low, high)| low >= 0.0 && high <= 1000.0),
            share(shape.ratings),
        ),
        Field::SubRating => {
            let small = shape.range.is_some_and(|(low, high)| low >= 0.0 && high <= 10.0);
            when(small && shape.distinct <= 21.0, share(shape.ratings))
        }
        Field::Title => when(
            shape.worded > 0.5 && shape.length < 200.0 && shape.links < 0.2 && shape.dates < 0.5,
            if often_repeated { 0.4 } else { 1.0 },
        ),
        Field::Text => {
            let prose = shape.worded > 0.5 && shape.links < 0.5 && shape.json < 0.5 && shape.dates < 0.5;
            let long = (0.4 + shape.length / 50.0).min(1.0);
            // A few short values that come over and over are a category; long ones are copied text.
            let is_category = distinct < 0.1 && shape.present >= MANY && shape.length < 40.0;
            when(
                prose && shape.length >= 2.0,
                if is_category { 0.4 * long } else { long },
            )
        }
        Field::ResponseText => when(shape.prose > 0.5 && shape.length >= 10.0, 1.0),
        Field::Language => share(shape.languages),
        Field::Published | Field::Experienced | Field::ReviewerSince | Field::ResponseDate => {
            share(shape.dates.max(if field == Field::ReviewerSince {
                shape.years
            } else {
                0.0
            })) * (1.0 - 0.15 * shape.epochs)
                * (1.0 - 0.25 * shape.relative)
        }
        Field::PublishedDay => share(shape.days),
        Field::PublishedMonth | Field::ExperiencedMonth => share(shape.months),
        Field::PublishedYear | Field::ExperiencedYear => share(shape.years),
        Field::Verified => share(shape.flags),
        Field::Photos => share(shape.pictures),
        Field::Latitude => when(
            shape.range.is_some_and(|(low, high)| low >= -90.0 && high <= 90.0),
            share(shape.numbers),
        ),
        Field::Longitude => when(
            shape.range.is_some_and(|(low, high)| low >= -180.0 && high <= 180.0),
            share(shape.numbers),
        ),
        Field::Prior | Field::ReviewerPrior => when(
            shape.range.is_some_and(|(low, high)| low >= 0.0 && high <= 1.0),
            share(shape.numbers),
        ),
        Field::TextForm => when(shape.distinct <= 2.0, 1.0),
        Field::Label => when(shape.distinct <= 6.0, 1.0),
    };
    let is_constant = shape.present >= MANY && shape.distinct <= 1.0;
    if is_constant { fit * of_constant(field) } else { fit }
}

/// What is the same throughout a file tells of its one place or of the asking, not of a review; where nothing else is at
/// hand it is still taken for what all reviews may well share.
fn of_constant(field: Field) -> f64 {
    use Field::*;
    match field {
        Title | SubRating | ReviewerReviews | TripType | Photos => 0.3,
        ReviewerPlace => 0.4,
        Rating | Text | ReviewerName | Language => 0.5,
        _ => 1.0,
    }
}
