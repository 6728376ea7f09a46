//! What a scored file says as a whole and of each property, for moderators who look at houses and not at single reviews.
//!
//! [`Findings`] is filled by the second pass, one review at a time. It keeps counts and sums only: bands, a histogram of
//! probabilities, reviews by month, the rows of the K worst, and the sums of each property. Sums are of integers, so that
//! row order gives the same bits.

mod estimate;
mod properties;
mod sentence;
#[cfg(test)]
pub(crate) mod tests;

pub use estimate::{Estimate, Shrinkage, Sums};
pub use properties::{Called, Gap, Property, PropertyBurst, Standing};

use crate::context::Context;
use crate::review::{Date, Precision, Review};
use crate::score::{Band, Score};
use crate::text::Language;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Bins of the histogram of probabilities.
pub const BINS: usize = 20;

/// A scored review, as far as findings need it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Judged {
    /// Log-odds in thousandths.
    pub milli_logit: i64,
    /// Probability.
    pub probability: f64,
    /// Evidence strength, 0 to 1.
    pub evidence: f64,
    /// The band.
    pub band: Band,
    /// Stars, 1 to 5.
    pub rating: Option<f64>,
    /// When it was published.
    pub published: Option<Date>,
    /// Its language, where it could be told.
    pub language: Option<Language>,
}

impl Judged {
    /// Of a review and its score; `language` is that of the text.
    pub fn of(review: &Review, score: &Score, language: Option<Language>) -> Judged {
        Judged {
            milli_logit: score.milli_logit,
            probability: score.probability(),
            evidence: score.evidence,
            band: score.band,
            rating: review.rating,
            published: review.published,
            language: review.language.or(language),
        }
    }
}

/// Reviews of one month.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Month {
    /// All.
    pub reviews: u64,
    /// Those worth a look.
    pub review: u64,
    /// Those that are suspect.
    pub suspect: u64,
}

/// What the second pass finds.
#[derive(Clone, Debug)]
pub struct Findings {
    worst: usize,
    /// Reviews by band.
    pub bands: BTreeMap<Band, u64>,
    /// Reviews by language, `None` where it was not told.
    pub languages: BTreeMap<Option<Language>, u64>,
    /// Reviews by probability, in [`BINS`] bins of equal width; probability 1 belongs to the last.
    pub histogram: [u64; BINS],
    /// Reviews by month of publication, `12 x year + month - 1`; those known to the year only are left out.
    pub months: BTreeMap<i32, Month>,
    /// Reviews without a month.
    pub undated: u64,
    /// The worst rows: those with enough evidence first, then by log-odds; of equal ones the earlier row.
    ranked: BTreeSet<(bool, i64, Reverse<usize>)>,
    pub(crate) sums: Vec<Sums>,
    called: Vec<Called>,
}

impl Findings {
    /// Begins; the rows of the `worst` highest probabilities are kept.
    pub fn new(context: &Context, worst: usize) -> Findings {
        Findings {
            worst,
            bands: BTreeMap::new(),
            languages: BTreeMap::new(),
            histogram: [0; BINS],
            months: BTreeMap::new(),
            undated: 0,
            ranked: BTreeSet::new(),
            sums: vec![Sums::default(); context.property_count()],
            called: vec![Called::default(); context.property_count()],
        }
    }

    /// Adds the review of a row. A review that stands in several rows counts once for its property, and in every row
    /// for the file.
    pub fn add(&mut self, context: &Context, row: usize, judged: &Judged) {
        *self.bands.entry(judged.band).or_default() += 1;
        *self.languages.entry(judged.language).or_default() += 1;
        self.histogram[((judged.probability * BINS as f64) as usize).min(BINS - 1)] += 1;
        match judged.published.filter(|date| date.precision != Precision::Year) {
            Some(date) => {
                let (year, month, _) = date.ymd();
                let month = self
                    .months
                    .entry(i32::from(year) * 12 + i32::from(month) - 1)
                    .or_default();
                month.reviews += 1;
                month.review += u64::from(judged.band == Band::Review);
                month.suspect += u64::from(judged.band == Band::Suspect);
            }
            None => self.undated += 1,
        }
        self.ranked.insert((
            judged.band != Band::InsufficientEvidence,
            judged.milli_logit,
            Reverse(row),
        ));
        if self.ranked.len() > self.worst {
            self.ranked.pop_first();
        }
        if let Some(property) = context.property_of(row).filter(|_| context.counts_for_property(row)) {
            self.sums[property].add(
                judged,
                context.campaign_view(row).is_some_and(|view| view.campaign.is_some()),
            );
        }
    }

    /// Says what the property of a row is called. Needed of one row of each property.
    pub fn call(&mut self, property: usize, called: Called) {
        self.called[property] = called;
    }

    /// Reviews scored.
    pub fn scored(&self) -> u64 {
        self.bands.values().sum()
    }

    /// Reviews of a band.
    pub fn in_band(&self, band: Band) -> u64 {
        self.bands.get(&band).copied().unwrap_or(0)
    }

    /// The worst rows, the worst first.
    pub fn worst(&self) -> impl Iterator<Item = usize> + '_ {
        self.ranked.iter().rev().map(|(_, _, row)| row.0)
    }
}
