//! From margins of rows left out to calibrated log-odds and bands.

use super::examples::Examples;
use crate::model::{Bands, Model};
use crate::score::{Origin, Reason};
use crate::scorer::{self, Scorer};
use crate::signals::Group;
use ndarray::Array1;
use std::collections::BTreeMap;

pub(super) fn weighted_log_loss(margins: &Array1<f64>, fake: &[bool], repeats: &[usize]) -> f64 {
    let (mut sum, mut weight) = (0.0, 0.0);
    for ((margin, fake), repeats) in margins.iter().zip(fake).zip(repeats) {
        let signed = if *fake { *margin } else { -margin };
        // ln(1 + e^-m), without overflow.
        let loss = if signed > 0.0 {
            (-signed).exp().ln_1p()
        } else {
            signed.exp().ln_1p() - signed
        };
        sum += *repeats as f64 * loss;
        weight += *repeats as f64;
    }
    sum / weight
}

pub(super) fn weighted_counts(fake: &[bool], repeats: &[usize]) -> (f64, f64) {
    let of = |class: bool| {
        fake.iter()
            .zip(repeats)
            .filter(|(fake, _)| **fake == class)
            .map(|(_, repeats)| *repeats as f64)
            .sum::<f64>()
    };
    (of(true), of(false))
}

/// Slope and offset of a logistic regression of the labels on the margins (Platt 1999). Where the margins tell nothing,
/// the slope is near 0, never below. A slope that is given stays.
pub(super) fn calibrate(margins: &Array1<f64>, fake: &[bool], repeats: &[usize], given: Option<f64>) -> (f64, f64) {
    let (mut slope, mut offset) = (given.unwrap_or(1.0), 0.0);
    // Newton's method on two parameters; a hundredth of a row's worth of penalty keeps it finite on separable rows.
    for _ in 0..100 {
        let (mut g, mut h) = ([0.02 * (slope - 1.0), 0.0], [0.02, 0.0, 1e-6]);
        for ((margin, fake), repeats) in margins.iter().zip(fake).zip(repeats) {
            let p = 1.0 / (1.0 + (-(slope * margin + offset)).exp());
            let times = *repeats as f64;
            let residual = times * (p - if *fake { 1.0 } else { 0.0 });
            let weight = times * p * (1.0 - p);
            g[0] += residual * margin;
            g[1] += residual;
            h[0] += weight * margin * margin;
            h[1] += weight * margin;
            h[2] += weight;
        }
        let determinant = h[0] * h[2] - h[1] * h[1];
        let step = match given {
            Some(_) => [0.0, g[1] / h[2]],
            None => [
                (h[2] * g[0] - h[1] * g[1]) / determinant,
                (h[0] * g[1] - h[1] * g[0]) / determinant,
            ],
        };
        if !step.iter().all(|s| s.is_finite()) {
            break;
        }
        slope -= step[0].clamp(-1.0, 1.0);
        offset -= step[1].clamp(-1.0, 1.0);
        if step.iter().all(|s| s.abs() < 1e-10) {
            break;
        }
    }
    (slope.max(1e-3), offset)
}

/// Share of genuine reviews above which `review` begins, in each labelled corpus and in the mean background file.
const REVIEW_SHARE: f64 = 0.10;
/// Bands of a model that has none yet. Odds raised by a quarter make a group of families count as evidence of its own.
pub(super) const UNSET: Bands = Bands {
    review: 0.0,
    suspect: 0.0,
    group: 0.22,
};

/// Log-odds, at even prevalence, of the genuine rows of a corpus or file.
#[derive(Default)]
struct Genuine {
    all: Vec<f64>,
    /// The same, with minus infinity for rows that `suspect` cannot hold, since one group of families alone speaks for a fake.
    corroborated: Vec<f64>,
}

/// Bands by the genuine rows left out. `suspect` holds the wanted share in the corpus where it is hardest to hold, and `review` a
/// tenth. Files with planted campaigns taught no text, so their own reviews are scored with it: texts that the model never saw, from
/// other places and kinds of property than the labelled corpora. Of these the mean file counts: neither the longest nor the oddest
/// sets how much is looked at in all others.
///
/// `left_out` gives for a row the learnt part of its log-odds, and of its groups of families, by a model that did not see it.
pub(super) fn bands_of(
    examples: &Examples,
    rows: &[usize],
    left_out: impl Fn(usize) -> (f64, [f64; Group::COUNT]),
    model: &Model,
    false_accusations: f64,
) -> Bands {
    let Ok(scorer) = Scorer::new(model, Some(0.5)) else {
        return UNSET;
    };
    let mut labelled: BTreeMap<usize, Genuine> = BTreeMap::new();
    let mut files: BTreeMap<usize, Genuine> = BTreeMap::new();
    for (at, row) in rows.iter().enumerate() {
        let example = &examples.rows[*row];
        if example.fake {
            continue;
        }
        let grams = example.grams.as_ref();
        let language = grams.and_then(|grams| grams.language);
        let (milli_logit, reasons) = scorer.reasons(examples.signals.row(*row), grams, language);
        let (genuine, (logit, groups)) = if example.behaviour_only {
            let whole = (milli_logit as f64 / 1000.0, scorer::groups(&reasons));
            (files.entry(example.corpus).or_default(), whole)
        } else {
            // What was set by hand saw no row.
            let by_hand: Vec<Reason> = reasons
                .into_iter()
                .filter(|reason| reason.origin == Origin::Prior)
                .collect();
            let by_hand = scorer::groups(&by_hand);
            let (logit, mut groups) = left_out(at);
            groups
                .iter_mut()
                .zip(by_hand)
                .for_each(|(group, added)| *group += added);
            (
                labelled.entry(example.corpus).or_default(),
                (logit + by_hand.iter().sum::<f64>(), groups),
            )
        };
        genuine.all.push(logit);
        let corroborated = model.settings.bands.corroborated(&groups);
        genuine
            .corroborated
            .push(if corroborated { logit } else { f64::NEG_INFINITY });
    }
    for genuine in labelled.values_mut().chain(files.values_mut()) {
        genuine.all.sort_by(f64::total_cmp);
        genuine.corroborated.sort_by(f64::total_cmp);
    }
    let threshold = |share: f64, scores: fn(&Genuine) -> &Vec<f64>| {
        let hardest = labelled.values().map(|genuine| quantile(scores(genuine), 1.0 - share));
        let files: Vec<&Vec<f64>> = files.values().map(scores).collect();
        hardest.fold(mean_quantile(&files, share), f64::max)
    };
    let review = threshold(REVIEW_SHARE, |genuine| &genuine.all);
    let review = if review.is_finite() { review } else { 0.0 };
    let suspect = threshold(false_accusations, |genuine| &genuine.corroborated);
    Bands {
        review,
        suspect: if suspect.is_finite() {
            suspect.max(review)
        } else {
            review + 1.0
        },
        ..UNSET
    }
}

/// The smallest value that at most the wanted share of the mean file exceeds; each file sorted.
fn mean_quantile(files: &[&Vec<f64>], share: f64) -> f64 {
    let mut weighted: Vec<(f64, f64)> = files
        .iter()
        .flat_map(|scores| {
            scores
                .iter()
                .map(|score| (*score, 1.0 / (files.len() * scores.len()) as f64))
        })
        .collect();
    weighted.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut above = 0.0;
    let first_kept = weighted.iter().find(|(_, weight)| {
        above += weight;
        above > share
    });
    first_kept.map_or(f64::NEG_INFINITY, |(score, _)| score + ABOVE)
}

/// A hair above: a row at the threshold is in the band.
const ABOVE: f64 = 1e-3;

/// The smallest value that at most the wanted share of the rest exceeds.
fn quantile(sorted: &[f64], share: f64) -> f64 {
    let at = (share * sorted.len() as f64).ceil() as usize;
    sorted
        .get(at.max(1) - 1)
        .map_or(f64::NEG_INFINITY, |value| value + ABOVE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_given_slope_stays_and_the_offset_makes_up_the_share() {
        let margins: Array1<f64> = (0..200).map(|at| (at as f64 - 100.0) / 25.0).collect();
        // Fakes begin at 1.2, with as many of either kind on the wrong side.
        let fake: Vec<bool> = (0..200).map(|at| (at >= 130) != (at % 10 == 0)).collect();
        let repeats = [1; 200];
        let (free, _) = calibrate(&margins, &fake, &repeats, None);
        assert!(free > 0.5, "{free}");
        let (slope, offset) = calibrate(&margins, &fake, &repeats, Some(0.25));
        assert_eq!(slope, 0.25);
        let expected: f64 = margins
            .iter()
            .map(|margin| 1.0 / (1.0 + (-(slope * margin + offset)).exp()))
            .sum();
        let fakes = fake.iter().filter(|fake| **fake).count() as f64;
        assert!((expected - fakes).abs() < 1e-6, "{expected} of {fakes}");
    }

    #[test]
    fn each_file_counts_the_same_however_long() {
        let even =
            |count: usize, from: f64| -> Vec<f64> { (0..count).map(|at| from + at as f64 / count as f64).collect() };
        let (long, short) = (even(1000, 0.0), even(100, 0.0));
        let alone = quantile(&long, 0.9);
        assert!((mean_quantile(&[&long, &short], 0.1) - alone).abs() < 0.02);
        // Two tenths of one of two files are one tenth of their mean.
        let odd = even(100, 5.0);
        let both = mean_quantile(&[&long, &odd], 0.1);
        assert!((both - quantile(&odd, 0.8)).abs() < 0.02, "{both}");
        assert_eq!(mean_quantile(&[], 0.1), f64::NEG_INFINITY);
    }
}
