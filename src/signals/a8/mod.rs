//! Advice 8: prefer properties with many and varied reviews.

pub mod early;
pub mod language_variety;
pub mod months;
pub mod rank;
pub mod rating_variety;
pub mod reviews;
pub mod trip_variety;
