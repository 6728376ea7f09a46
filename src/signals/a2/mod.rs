//! Advice 2: the more individual contributors, the more astroturfers are diluted.

pub mod busiest_week_share;
pub mod contribution_evenness;
pub mod reviewers;
pub mod single_reviewer_share;
