//! Bursts of reviews.

pub mod burst_rate;
pub mod days_since_previous;
pub mod rating_shift;
pub mod single_reviewers_in_burst;
