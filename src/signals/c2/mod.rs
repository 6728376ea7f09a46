//! The transparency rule: whoever speaks of a brand that he works for, or that rewards him, says so.
//!
//! Adds nothing on any corpus measured (docs/benchmarks.md, "What each family adds"), for none of them shows it: its weights
//! are set by hand.

pub mod affiliation_disclosed;
pub mod incentive_disclosed;
