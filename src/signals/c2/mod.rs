//! The transparency rule: whoever speaks of a brand that he works for, or that rewards him, says so.

pub mod affiliation_disclosed;
pub mod incentive_disclosed;
