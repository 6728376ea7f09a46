//! What scoring a review gives: [`Score`], with its [`Reason`]s and [`Band`].

use std::borrow::Cow;
use std::ops::Range;

/// What a moderator is advised to do with a review. Evidence, never a verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Band {
    /// Nothing speaks for looking at it.
    Clear,
    /// Worth a look.
    Review,
    /// Strong evidence from at least two independent groups of families.
    Suspect,
    /// Too little is known of it to say anything.
    InsufficientEvidence,
}

impl Band {
    /// All bands, in the order in which summaries list them.
    pub const ALL: [Band; 4] = [Band::Suspect, Band::Review, Band::Clear, Band::InsufficientEvidence];

    /// The name used in every output.
    pub fn name(self) -> &'static str {
        match self {
            Band::Clear => "clear",
            Band::Review => "review",
            Band::Suspect => "suspect",
            Band::InsufficientEvidence => "insufficient_evidence",
        }
    }
}

/// The field of a review in which a [`Span`] lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Passage {
    /// The title.
    Title,
    /// The body.
    Text,
}

/// A stretch of a review that a reason points at.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize)]
pub struct Span {
    /// Which field.
    pub passage: Passage,
    /// Byte offsets in that field, on character boundaries.
    pub bytes: Range<usize>,
}

/// What a moderator can check with his own eyes: places in the text, and counts or facts.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize)]
pub struct Evidence {
    /// Places in the text.
    pub spans: Vec<Span>,
    /// Named facts, such as `("reviews that day", "7")`; the names are English and stable.
    pub facts: Vec<(&'static str, String)>,
}

impl Evidence {
    /// One named fact.
    pub fn fact(name: &'static str, value: impl std::fmt::Display) -> Evidence {
        Evidence {
            facts: vec![(name, value.to_string())],
            ..Evidence::default()
        }
    }

    /// Adds a named fact.
    pub fn and(mut self, name: &'static str, value: impl std::fmt::Display) -> Evidence {
        self.facts.push((name, value.to_string()));
        self
    }
}

/// Where the weight behind a reason comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// Fitted on labelled data.
    Learnt,
    /// Set by hand and documented, because no labelled data shows this signal.
    Prior,
}

/// One signal's part in a score.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Reason {
    /// Stable code, such as `A4.brochure_density`.
    pub code: Cow<'static, str>,
    /// Log-odds that it adds, in thousandths, so that reasons add up without rounding.
    pub milli_logit: i64,
    /// The raw value of the signal.
    pub value: f64,
    /// The value lies above the mean of the training rows.
    pub above: bool,
    /// Whether the weight was learnt.
    pub origin: Origin,
    /// What it rests on.
    pub evidence: Evidence,
}

impl Reason {
    /// Log-odds that it adds.
    pub fn contribution(&self) -> f64 {
        self.milli_logit as f64 / 1000.0
    }
}

/// The answer for one review.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Score {
    /// Sum of the base and all reasons, in thousandths of log-odds.
    pub milli_logit: i64,
    /// What the score would be if nothing were observed, in thousandths of log-odds.
    pub milli_base: i64,
    /// Strength of the evidence, 0 to 1.
    pub evidence: f64,
    /// The band.
    pub band: Band,
    /// All reasons that move the score, strongest first.
    pub reasons: Vec<Reason>,
}

impl Score {
    /// Log-odds, after calibration and prevalence: base plus all reasons, exactly.
    pub fn logit(&self) -> f64 {
        self.milli_logit as f64 / 1000.0
    }

    /// Probability that the review is part of astroturfing: the sigmoid of [`Score::logit`].
    pub fn probability(&self) -> f64 {
        1.0 / (1.0 + (-self.logit()).exp())
    }
}
