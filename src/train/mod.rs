//! Learning from labels and measuring: labels, splits, fitting, calibration, metrics.

mod blocks;
mod calibration;
pub mod columns;
pub mod examples;
pub mod labels;
pub mod logistic;
mod margins;
pub mod metrics;
pub mod ngrams;
pub mod pipeline;
pub mod selection;
pub mod splits;
pub mod svm;
