//! Advice 4: the vocabulary of a commercial brochure, and approximate language.

pub mod articles_agreement;
pub mod brochure_density;
pub mod brochure_words;
pub mod full_name_repeated;
pub mod language_confidence;
pub mod language_unusual;
pub mod noun_adjective_stacking;
pub mod odd_spacing;
pub mod sales_talk;
pub mod unknown_words;
