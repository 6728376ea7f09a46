//! Turfwatch reads review files, turns each review into evidence, and says how likely it is part of astroturfing, how
//! strong the evidence is, and why.
//!
//! ```text
//! bytes -> io: RawRecord -> normalize: Review -> context: what else is known of its reviewer, property, corpus
//!       -> signals: Option<f64> each -> features: one row of an ndarray matrix -> model: log-odds, calibrated probability
//!       -> score: probability, evidence strength, band, reasons -> sink: CSV, JSON Lines, Parquet
//! ```
//!
//! The core (everything but `io`, `train`, `cli`) neither reads files nor the clock, and builds with
//! `--no-default-features`, without linfa.

pub mod campaigns;
#[cfg(feature = "cli")]
pub mod cli;
pub mod context;
pub mod error;
pub mod evidence;
pub mod explain;
pub mod features;
pub mod findings;
#[cfg(all(test, feature = "cli"))]
mod fuzzing;
#[cfg(feature = "train")]
pub mod import;
#[cfg(feature = "io")]
pub mod io;
pub mod lexical;
pub mod model;
pub mod normalize;
#[cfg(feature = "io")]
pub mod passes;
#[cfg(feature = "train")]
pub mod random;
#[cfg(feature = "cli")]
pub mod report;
pub mod review;
pub mod score;
pub mod scorer;
pub mod signals;
#[cfg(feature = "cli")]
pub mod simulate;
pub mod text;
#[cfg(feature = "train")]
pub mod train;

pub use review::Review;
pub use score::{Band, Score};
