//! Advice 1: keep an extreme review only if it is well argued and corroborated by others.

pub mod argumentation;
pub mod aspects_covered;
pub mod capitals;
pub mod claims_contradicted;
pub mod claims_supported;
pub mod exclamation;
pub mod extreme_and_unsupported;
pub mod numerals;
pub mod rating_deviation;
pub mod rating_extremity;
pub mod reasons_given;
pub mod star_word_agreement;
pub mod word_extremity;
