//! What tests share: the context of invented reviews.

use super::{Context, Event, Events, Horizon, Properties, Shingles};
use crate::review::Review;
use crate::score::Passage;
use crate::text::Analysis;
use std::convert::Infallible;

/// The context of reviews that are all of one file.
pub(crate) fn context(reviews: &[Review], horizon: Horizon) -> Context {
    context_of(reviews, horizon, &[])
}

/// The same, where the file's dates may be rounded, see [`Events::finish`].
pub(crate) fn context_of(reviews: &[Review], horizon: Horizon, days_known: &[bool]) -> Context {
    let mut events = Events::default();
    let table = Properties::default();
    events.extend(reviews.iter().map(|review| {
        let text = review
            .text
            .as_deref()
            .map(|text| Analysis::new(Passage::Text, text, review.language));
        Event::of(0, review, text.as_ref(), review.language, &table)
    }));
    let shingles_of = |rows: &[u32]| {
        let text = |row: &u32| reviews[*row as usize].text.as_deref().unwrap_or_default();
        Ok::<_, Infallible>(rows.iter().map(|row| (*row, Shingles::of(text(row)))).collect())
    };
    match events.finish(horizon, days_known, shingles_of) {
        Ok(context) => context,
    }
}
