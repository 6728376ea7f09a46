//! Advice 3: a manager who answers each criticism is probably serious.

pub mod answered;
pub mod critical_response_rate;
pub mod response_delay;
pub mod response_rate;
pub mod templated_answers;
