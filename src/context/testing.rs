//! What tests share: the context of invented reviews.

use super::{Context, Event, Events, Horizon, Properties, Reread};
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
    let read_again = |reread: &Reread<'_>| {
        let rows = reviews.iter().enumerate();
        Ok::<_, Infallible>(
            rows.filter_map(|(row, review)| reread.answer(row, review.text.as_deref()?))
                .collect(),
        )
    };
    match events.finish(horizon, days_known, read_again) {
        Ok(context) => context,
    }
}
