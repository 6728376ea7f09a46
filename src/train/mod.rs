//! Learning from labels and measuring: labels, splits, metrics.

pub mod labels;
pub mod metrics;
pub mod splits;
