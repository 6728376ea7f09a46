//! What the tests of all signals share: building a case, and the checks that every signal must pass.

use super::{Case, PhotoFacts, Signal};
use crate::context::Surroundings;
use crate::review::Review;
use crate::score::Passage;

/// The value of a signal on a review, after the checks that every signal must pass: in range, finite, the same twice,
/// evidence that lies in the text.
pub(crate) fn check_signal(signal: &dyn Signal, review: &Review, around: &Surroundings, photos: &[PhotoFacts]) -> Option<f64> {
    Case::with(review, around, photos, |case| {
        let value = signal.extract(case);
        let code = signal.spec().code;
        assert_eq!(value.map(f64::to_bits), signal.extract(case).map(f64::to_bits), "{code} is not deterministic");
        if let Some(value) = value {
            let (low, high) = signal.spec().range;
            assert!(value.is_finite() && (low..=high).contains(&value), "{code}: {value} is outside {low} to {high}");
        }
        let evidence = signal.evidence(case);
        assert!(value.is_some() || evidence == Default::default(), "{code} gives evidence for a missing value");
        for span in &evidence.spans {
            let source = match span.passage {
                Passage::Title => review.title.as_deref(),
                Passage::Text => review.text.as_deref(),
            };
            assert!(source.and_then(|source| source.get(span.bytes.clone())).is_some(), "{code}: {span:?} is not in the text");
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
    let review = Review { text: Some(text.to_owned()), language: Some(language), ..Review::default() };
    check_signal(signal, &review, &Surroundings::default(), &[])
}
