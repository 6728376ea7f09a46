//! Campaigns and groups of reviewers, as signals of each member's review.

pub mod group_size;
pub mod group_tightness;
pub mod in_campaign;
