//! What the tests of all signals share: building a case, and the checks that every signal must pass.

use super::{Case, PhotoFacts, Signal};
use crate::context::{CopyView, CorpusView, PropertyView, Ratings, ReviewerView, Surroundings};
use crate::review::Review;
use crate::score::Passage;

/// The value of a signal on a review, after the checks that every signal must pass: in range, finite, the same twice,
/// evidence that lies in the text.
pub(crate) fn check_signal(
    signal: &dyn Signal,
    review: &Review,
    around: &Surroundings,
    photos: &[PhotoFacts],
) -> Option<f64> {
    Case::with(review, around, photos, |case| {
        let value = signal.extract(case);
        let code = signal.spec().code;
        assert_eq!(
            value.map(f64::to_bits),
            signal.extract(case).map(f64::to_bits),
            "{code} is not deterministic"
        );
        if let Some(value) = value {
            let (low, high) = signal.spec().range;
            assert!(
                value.is_finite() && (low..=high).contains(&value),
                "{code}: {value} is outside {low} to {high}"
            );
        }
        let evidence = signal.evidence(case);
        assert!(
            value.is_some() || evidence == Default::default(),
            "{code} gives evidence for a missing value"
        );
        for span in &evidence.spans {
            let source = match span.passage {
                Passage::Title => review.title.as_deref(),
                Passage::Text => review.text.as_deref(),
            };
            assert!(
                source.and_then(|source| source.get(span.bytes.clone())).is_some(),
                "{code}: {span:?} is not in the text"
            );
        }
        value
    })
}

/// The value of a signal on a bare English text.
pub(crate) fn on_text(signal: &dyn Signal, text: &str) -> Option<f64> {
    on(signal, text, crate::text::Language::EN)
}

/// The value of a signal on a bare French text.
pub(crate) fn on_french(signal: &dyn Signal, text: &str) -> Option<f64> {
    on(signal, text, crate::text::Language::FR)
}

fn on(signal: &dyn Signal, text: &str, language: crate::text::Language) -> Option<f64> {
    let review = Review {
        text: Some(text.to_owned()),
        language: Some(language),
        ..Review::default()
    };
    check_signal(signal, &review, &Surroundings::default(), &[])
}

/// Ratings, counted.
pub(crate) fn ratings(stars: &[f64]) -> Ratings {
    let mut ratings = Ratings::default();
    stars.iter().for_each(|stars| ratings.add(*stars));
    ratings
}

/// A file of a hundred reviews on two sites, in which reviewers repeat and days are known.
fn a_corpus() -> CorpusView {
    let stars: Vec<f64> = [(1.0, 8), (2.0, 7), (3.0, 15), (4.0, 30), (5.0, 40)]
        .iter()
        .flat_map(|(stars, count)| vec![*stars; *count])
        .collect();
    CorpusView {
        reviews: 100,
        ratings: ratings(&stars),
        reviewers_repeat: true,
        days_known: true,
        sites: 2,
        name_shape: Some(0.1),
    }
}

/// What is around a review of which only the property is known.
pub(crate) fn around_property(view: PropertyView) -> Surroundings {
    Surroundings {
        property: Some(view),
        corpus: a_corpus(),
        ..Surroundings::default()
    }
}

/// What is around a review of which only the reviewer is known.
pub(crate) fn around_reviewer(view: ReviewerView) -> Surroundings {
    Surroundings {
        reviewer: Some(view),
        corpus: a_corpus(),
        ..Surroundings::default()
    }
}

/// What is around a review of which only the copies are known.
pub(crate) fn around_copy(copy: CopyView) -> Surroundings {
    Surroundings {
        copy: Some(copy),
        corpus: a_corpus(),
        ..Surroundings::default()
    }
}
