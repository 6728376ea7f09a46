//! The model: what training learns and scoring needs, and nothing else.
//!
//! Weights are kept by the code of their signal. Scoring needs no linfa.

#[cfg(feature = "cli")]
mod bundled;
mod file;
#[cfg(all(test, feature = "cli"))]
mod fuzz;
mod mixture;

#[cfg(feature = "cli")]
pub use bundled::{BUNDLED, DEFAULT, bundled};
pub use file::{ModelError, REVISION};
pub use mixture::Mixture;

use crate::context::Horizon;
use crate::lexical::Block;
use crate::score::Origin;
use serde::{Deserialize, Serialize};

/// One column of the matrix with its weight.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Feature {
    /// Code of a signal, or of a lexical block.
    pub code: String,
    /// Log-odds per standard deviation, before calibration.
    pub weight: f64,
    /// Mean of the training rows, balanced as for the fit.
    pub mean: f64,
    /// Standard deviation of the training rows, likewise.
    pub scale: f64,
    /// Whether the weight was learnt or set by hand.
    pub origin: Origin,
    /// Training rows in which it was observed.
    pub observed: u64,
}

/// Turns a margin into calibrated log-odds at even prevalence: `slope * margin + offset`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Calibration {
    /// Factor of the margin.
    pub slope: f64,
    /// Added after.
    pub offset: f64,
}

/// Where bands begin, in calibrated log-odds at even prevalence: how much more likely the evidence is among fakes.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Bands {
    /// From here on `review`.
    pub review: f64,
    /// From here on `suspect`, given two independent groups of families.
    pub suspect: f64,
    /// Log-odds that a group of families must add to count as one of the two.
    pub group: f64,
}

impl Bands {
    /// Whether enough groups of families, by what each adds to the log-odds, speak for a fake.
    pub fn corroborated(&self, groups: &[f64]) -> bool {
        groups.iter().filter(|sum| **sum >= self.group).count() >= 2
    }
}

/// Everything that scoring needs.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// Short name, such as `hotel`.
    pub name: String,
    /// The weights.
    pub settings: Settings,
    /// The n-gram tables.
    pub blocks: Vec<Block>,
    /// What it was trained on, how it was measured, what it is for. Free form, shown by `model show`.
    pub card: serde_json::Value,
    /// First 16 hexadecimal digits of the SHA-256 of the file that it was read from or written to.
    pub digest: String,
}

/// The numbers of a model, but for the n-gram tables.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Settings {
    /// The weights, in the order of the matrix they were fitted on.
    pub features: Vec<Feature>,
    /// Margin when nothing is observed.
    pub intercept: f64,
    /// Calibration.
    pub calibration: Calibration,
    /// Share of fakes assumed when the user states none.
    pub prevalence: f64,
    /// What views of context may know.
    pub horizon: Horizon,
    /// How n-gram blocks count together; `None` in a model of one corpus, where they are added.
    pub mixture: Option<Mixture>,
    /// Bands.
    pub bands: Bands,
    /// Languages whose texts were learnt from. In others, what reads text and was learnt is missing.
    pub languages: Vec<String>,
    /// A line that every run with this model shows, such as a restriction of use.
    pub notice: Option<String>,
}

impl Model {
    /// Name and digest, as written to `turf_model`.
    pub fn id(&self) -> String {
        format!("{}@{}", self.name, self.digest)
    }
}

/// Log-odds of a probability strictly between 0 and 1.
pub fn logit(probability: f64) -> f64 {
    (probability / (1.0 - probability)).ln()
}
