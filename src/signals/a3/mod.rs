//! Advice 3: a manager who answers each criticism is probably serious.
//!
//! Adds nothing on any corpus measured (docs/benchmarks.md, "What each family adds"), for none of them shows it: its weights
//! are set by hand.

pub mod answered;
pub mod critical_response_rate;
pub mod response_delay;
pub mod response_rate;
pub mod templated_answers;
