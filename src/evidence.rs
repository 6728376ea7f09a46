//! Evidence strength: how much there is to judge a review by, 0 to 1.
//!
//! ```text
//! strength = 1 - product over kinds of observation (1 - weight x amount)
//!
//! kind        weight  amount, 0 to 1
//! text          0.60  1 - exp(-words / 60), words of title and body; half of it for stemmed text
//! claims        0.10  half for a rating, 0.3 (1 - exp(-other reviews that make claims / 10)), 0.2 for a second site
//! reviewer      0.25  1 - exp(-reviews / 4), the greater of his other reviews in the file and the count that the site shows
//! property      0.15  1 - exp(-other reviews / 15)
//! copies        0.40  the similarity of the nearest copy, where at least 0.6
//! photos        0.10  1 - exp(-photos read / 2)
//! ```
//!
//! It grows with every observation and never falls with one: each amount grows with what was seen, and the product of
//! what remains unknown shrinks. A text of sixty words alone reaches 0.38; a bare rating of a well-reviewed property by
//! an unknown reviewer stays near 0.2, whatever the rating says.

use crate::review::{Review, TextForm};
use crate::signals::Case;

/// Below this strength the band is `insufficient_evidence`.
pub const SUFFICIENT: f64 = 0.30;

/// The strength of the evidence on a case.
pub fn strength(case: &Case<'_>) -> f64 {
    let around = case.around;
    let reviewer = around
        .reviewer
        .as_ref()
        .map_or(0, |view| view.reviews)
        .max(case.review.reviewer_reviews.unwrap_or(0));
    let claims = around.property.as_ref().map_or(0.0, |view| {
        0.3 * grown(view.claiming, 10.0) + if view.sites > 1 { 0.2 } else { 0.0 }
    });
    let copy = around
        .copy
        .map_or(0.0, |copy| if copy.similarity >= 0.6 { copy.similarity } else { 0.0 });
    let unknown = [
        (0.60, text_amount(case.review, case)),
        (0.10, claims + if case.review.rating.is_some() { 0.5 } else { 0.0 }),
        (0.25, grown(reviewer, 4.0)),
        (
            0.15,
            grown(around.property.as_ref().map_or(0, |view| view.reviews), 15.0),
        ),
        (0.40, copy),
        (0.10, grown(case.photos.len() as u32, 2.0)),
    ]
    .iter()
    .fold(1.0, |unknown, (weight, amount)| unknown * (1.0 - weight * amount));
    1.0 - unknown
}

fn text_amount(review: &Review, case: &Case<'_>) -> f64 {
    if review.text_form == TextForm::Stemmed {
        let words = review.text.as_deref().unwrap_or_default().split_whitespace().count();
        return 0.5 * grown(words as u32, 60.0);
    }
    let words: usize = [case.title, case.text]
        .into_iter()
        .flatten()
        .map(|passage| passage.words)
        .sum();
    grown(words as u32, 60.0)
}

fn grown(count: u32, scale: f64) -> f64 {
    1.0 - (-f64::from(count) / scale).exp()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::{PropertyView, ReviewerView, Surroundings};

    fn of(review: &Review, around: &Surroundings) -> f64 {
        Case::with(review, around, &[], strength)
    }

    #[test]
    fn nothing_observed_is_no_evidence() {
        assert_eq!(of(&Review::default(), &Surroundings::default()), 0.0);
    }

    proptest::proptest! {
        #[test]
        fn it_grows_with_what_is_observed(words in 0usize..200, more in 0usize..200, reviews in 0u32..50, others in 0u32..100) {
            let review = |words: usize, rating| Review { text: Some("bon ".repeat(words)), rating, ..Review::default() };
            let around = |reviews, others| Surroundings {
                reviewer: Some(ReviewerView { reviews, ..ReviewerView::default() }),
                property: Some(PropertyView { reviews: others, ..PropertyView::default() }),
                ..Surroundings::default()
            };
            let least = of(&review(words, None), &around(reviews, others));
            proptest::prop_assert!((0.0..1.0).contains(&least));
            proptest::prop_assert!(of(&review(words + more, None), &around(reviews, others)) >= least);
            proptest::prop_assert!(of(&review(words, Some(5.0)), &around(reviews, others)) > least);
            proptest::prop_assert!(of(&review(words, None), &around(reviews + 1, others)) > least);
            proptest::prop_assert!(of(&review(words, None), &around(reviews, others + 1)) > least);
        }
    }
}
