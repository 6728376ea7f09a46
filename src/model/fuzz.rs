//! Fuzz target of model files. See [`crate::fuzzing`].

use super::{Model, bundled};
use crate::context::Surroundings;
use crate::fuzzing::fuzz;
use crate::review::Review;
use crate::scorer::{Detail, Scorer};
use crate::signals::{Case, find};

/// A small model: the signals of a bundled one, without its tables.
fn small() -> Model {
    let mut model = Model::from_bytes(bundled("hotel-open").expect("it is bundled")).expect("a sound model");
    model.blocks.clear();
    model.settings.features.retain(|feature| find(&feature.code).is_some());
    model.settings.features.truncate(12);
    model.card = serde_json::json!({"trained_on": ["sample"], "n": 318});
    model
}

/// Names on the command line may be in any case; what a model was trained on may not.
#[test]
fn a_code_in_another_case_is_none() {
    let mut model = small();
    model.settings.features[0].code.make_ascii_lowercase();
    let refused = model.to_bytes();
    assert!(
        matches!(refused, Err(super::ModelError::UnknownSignals { .. })),
        "{refused:?}"
    );
}

#[test]
fn models() {
    let sound = small().to_bytes().expect("it can be written");
    let mut with_tensor = sound.clone();
    let json = b"{\"block.0\":{\"dtype\":\"I8\",\"shape\":[4],\"data_offsets\":[0,4]}}";
    with_tensor.splice(
        ..0,
        (json.len() as u64)
            .to_le_bytes()
            .into_iter()
            .chain(*json)
            .chain([1, 2, 3, 4]),
    );
    let words: &[&[u8]] = &[
        b"\"",
        b"{",
        b"}",
        b"[",
        b"]",
        b":",
        b",",
        b"null",
        b"-1",
        b"0",
        b"1e308",
        b"1e999",
        b"18446744073709551615",
        b"\\\"",
        b"\xff\xff\xff\xff\xff\xff\xff\x7f",
        b"\0\0\0\0",
        b"features",
        b"revision\\\":3",
        b"A4.sales_talk",
        b"blocks",
        b"NaN",
    ];
    let review = Review {
        text: Some("We stayed two nights; the room was clean and the breakfast rich.".to_owned()),
        rating: Some(4.0),
        ..Review::default()
    };
    fuzz("models", &[sound, with_tensor], words, |input| {
        let Ok(mut model) = Model::from_bytes(input) else {
            return;
        };
        let written = model.to_bytes().expect("what was read can be written");
        assert!(
            Model::from_bytes(&written).expect("it was just written") == model,
            "reads back as another model"
        );
        let Ok(scorer) = Scorer::new(&model, None) else { return };
        Case::with(&review, &Surroundings::default(), &[], |case| {
            let score = scorer.score(case, Detail::All);
            assert!((0.0..=1.0).contains(&score.probability()), "{}", score.probability());
        });
    });
}
