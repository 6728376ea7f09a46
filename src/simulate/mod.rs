//! Plants a labelled campaign into a real file.
//!
//! The file's own reviews are taken for genuine, a few planted ones are added in its own manner: every cell of a planted row
//! that is not part of the campaign is that of a real row of the same property and stars; ids, names and dates are new ones
//! in the form of the file's own; and the row stands where a real one would. Nothing but the campaign tells it apart, and
//! `tests.rs` measures that.
//!
//! Training on simulated campaigns and testing on the same simulator with the same parameters proves little: keep kinds and
//! parameters apart, and say so. docs/simulate.md has the kinds and the files in which each makes sense.

mod dates;
mod forms;
mod manner;
mod plans;
mod planting;
mod survey;
#[cfg(test)]
mod tests;
mod texts;

pub use texts::{Stance, Texts, TextsError};

use crate::normalize::Reading;
use crate::review::Review;

/// A kind of campaign.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// One reviewer praises a brand and runs down its competitors in the same places.
    Insider,
    /// Many one-time reviewers praise one property within days.
    PaidBurst,
    /// Nearly the same texts under many names, on several properties.
    Template,
    /// The same few reviewers praise the same several properties, close in time.
    Group,
    /// One property is run down within days, with a little praise for credibility, by accounts that praise one rival.
    CompetitorAttack,
    /// A property is praised on one site only, partly with texts that stand on another site too.
    CrossSite,
    /// A group whose members have innocent reviews too.
    Camouflaged,
}

impl Kind {
    /// All of them.
    pub const ALL: [Kind; 7] = [
        Kind::Insider,
        Kind::PaidBurst,
        Kind::Template,
        Kind::Group,
        Kind::CompetitorAttack,
        Kind::CrossSite,
        Kind::Camouflaged,
    ];

    /// The name used on the command line and in campaign ids.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Insider => "insider",
            Kind::PaidBurst => "paid-burst",
            Kind::Template => "template",
            Kind::Group => "group",
            Kind::CompetitorAttack => "competitor-attack",
            Kind::CrossSite => "cross-site",
            Kind::Camouflaged => "camouflaged",
        }
    }
}

/// A file, read.
#[derive(Clone, Debug)]
pub struct Table {
    /// How it was read: header, columns, conventions.
    pub reading: Reading,
    /// Its records.
    pub rows: Vec<Row>,
}

/// A record: its cells as they stand in the file, and what they mean.
#[derive(Clone, Debug)]
pub struct Row {
    /// One a column of the header.
    pub cells: Vec<String>,
    /// The record, understood.
    pub review: Review,
}

/// What to plant.
#[derive(Clone, Debug)]
pub struct Options {
    /// The kind of campaign.
    pub kind: Kind,
    /// Number of planted reviews.
    pub size: usize,
    /// 0 to 1: how crude the campaign is (all five stars, few days, the same words), so how easy to find.
    pub intensity: f64,
    /// The same seed plants the same campaign.
    pub seed: u64,
    /// Texts to use instead of our own sentences.
    pub texts: Option<Texts>,
}

impl Options {
    /// 30 reviews at intensity 0.7.
    pub fn new(kind: Kind) -> Options {
        Options {
            kind,
            size: 30,
            intensity: 0.7,
            seed: 1,
            texts: None,
        }
    }
}

/// What cannot be planted.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum SimulateError {
    /// The kind makes no sense in the file.
    #[error("{kind}: makes no sense in this file: expected {expected}, found {found}")]
    Senseless {
        /// The kind.
        kind: &'static str,
        /// What the kind needs.
        expected: String,
        /// What the file has.
        found: String,
    },
    /// An option outside its bounds.
    #[error("--{option}: expected {expected}, found {found}")]
    Option {
        /// Its name.
        option: &'static str,
        /// What is possible.
        expected: String,
        /// What was given.
        found: String,
    },
    /// The file has labels of its own.
    #[error(
        "record {record}, field label: expected fake or genuine (as an earlier simulation writes them), found {found:?}; take the column out or rename it"
    )]
    Labels {
        /// 1-based record.
        record: usize,
        /// The value.
        found: String,
    },
    /// The texts do not serve.
    #[error(transparent)]
    Texts(#[from] TextsError),
}

/// The file with the campaign in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Simulated {
    /// The file's own columns, then `property_brand` and `site` where the kind needed them, `label`, `campaign`.
    pub header: Vec<String>,
    /// The file's own rows in their order, the planted ones between them.
    pub rows: Vec<Vec<String>>,
    /// Whether each row was planted.
    pub planted: Vec<bool>,
    /// Id of the campaign.
    pub campaign: String,
    /// What was done, a sentence each.
    pub notes: Vec<String>,
}

/// Plants a campaign.
///
/// # Errors
/// A kind that makes no sense in the file, options outside their bounds, texts that do not serve.
pub fn simulate(table: &Table, options: &Options) -> Result<Simulated, SimulateError> {
    if !(0.0..=1.0).contains(&options.intensity) {
        let found = options.intensity.to_string();
        return Err(SimulateError::Option {
            option: "intensity",
            expected: "0 to 1".to_owned(),
            found,
        });
    }
    let most = table.rows.len() / 2;
    if !(4..=most.max(4)).contains(&options.size) {
        let expected = format!("4 to {} (half the file)", most.max(4));
        return Err(SimulateError::Option {
            option: "size",
            expected,
            found: options.size.to_string(),
        });
    }
    let survey = survey::Survey::new(table)?;
    let mut random = crate::random::SplitMix64::new(options.seed ^ (options.kind as u64 + 1) << 32);
    let plan = plans::plan(&survey, options, &mut random)?;
    planting::plant(&survey, options, plan, &mut random)
}
