//! Copied text.

pub mod copied_from_other;
pub mod copied_text;
pub mod copied_to_other_property;
pub mod copies;
