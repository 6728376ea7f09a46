//! The case that started it: an insider praises one brand and runs down its rivals.

pub mod favourite_gap;
pub mod praise_share;
pub mod shared_places;
