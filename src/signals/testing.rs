//! What the tests of all signals share: building a case, and the checks that every signal must pass.

use super::{Case, PhotoFacts, Signal};
use crate::context::Surroundings;
use crate::review::{Review, TextForm};
use crate::score::Passage;
use crate::text::Analysis;

/// Runs a check on the case of a review.
pub(crate) fn with_case<T>(review: &Review, around: &Surroundings, photos: &[PhotoFacts], check: impl FnOnce(&Case<'_>) -> T) -> T {
    let raw = review.text_form == TextForm::Raw;
    let text = review.text.as_deref().filter(|_| raw).map(|text| Analysis::new(Passage::Text, text, review.language));
    let title = review.title.as_deref().filter(|_| raw).map(|title| Analysis::new(Passage::Title, title, review.language));
    check(&Case { review, text: text.as_ref(), title: title.as_ref(), around, photos })
}

/// The value of a signal on a review, after the checks that every signal must pass: in range, finite, the same twice,
/// evidence that lies in the text.
pub(crate) fn check_signal(signal: &dyn Signal, review: &Review, around: &Surroundings, photos: &[PhotoFacts]) -> Option<f64> {
    with_case(review, around, photos, |case| {
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
