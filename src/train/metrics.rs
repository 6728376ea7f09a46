//! How well scores find fakes, and how sure that is.
//!
//! Every measure is a function of the multiset of (probability, label, group): ties are averaged or taken together, so that
//! the order of rows never matters. Intervals come from resampling whole groups, because reviews of one property are not
//! independent observations.

use crate::random::SplitMix64;
use serde::Serialize;
use std::collections::BTreeMap;
use std::ops::Range;

/// Resamples for an interval.
pub const RESAMPLES: usize = 1_000;
/// Bins of equal mass of the calibration error.
pub const CALIBRATION_BINS: usize = 10;
/// Simulated sets of labels from which the calibration error of a perfectly calibrated model is averaged.
const PERFECT_RUNS: usize = 200;
/// Sizes at which precision is measured where the caller names none.
pub const PRECISION_AT: [usize; 1] = [100];
/// False positive rates at which recall is measured.
pub const RECALL_AT_FPR: [f64; 2] = [0.01, 0.05];

/// What cannot be measured.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MetricError {
    /// Columns of different lengths.
    #[error("expected one label and one group for each of {scores} scores, found {labels} labels and {groups} groups")]
    Lengths {
        /// Number of scores.
        scores: usize,
        /// Number of labels.
        labels: usize,
        /// Number of groups.
        groups: usize,
    },
    /// A probability that is none.
    #[error("record {record}, score: expected a probability from 0 to 1, found {found}")]
    Probability {
        /// 1-based number of the row.
        record: usize,
        /// The value.
        found: String,
    },
    /// No rows.
    #[error("expected labelled reviews to measure on, found none")]
    Empty,
}

/// The measures, as `evaluate --json` writes them. What is not defined (no AUC without both classes, no precision at 100 in
/// 50 rows) is null.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Metrics {
    /// Rows.
    pub n: usize,
    /// Fakes among them.
    pub positives: usize,
    /// Share of rows on the right side of probability 0.5 (0.5 itself counts as fake).
    pub accuracy: f64,
    /// Area under the ROC curve: the chance that a fake scores higher than a genuine review, ties counting half.
    pub auc: Option<f64>,
    /// Mean precision over the recall gained at each distinct score, as scikit-learn defines it.
    pub average_precision: Option<f64>,
    /// Share of fakes among the k highest scores, by k; of rows tied at the end the expected share.
    pub precision_at: BTreeMap<String, Option<f64>>,
    /// Highest share of fakes found by any threshold whose false positive rate is not above the key.
    pub recall_at_fpr: BTreeMap<String, Option<f64>>,
    /// Mean squared difference between probability and label.
    pub brier: f64,
    /// Expected calibration error over [`CALIBRATION_BINS`] bins of equal mass.
    pub ece: f64,
    /// The calibration error that a perfectly calibrated model of the same probabilities would show, on average.
    pub ece_perfect: f64,
    /// 95 % percentile intervals by bootstrap over groups. Single figures keep their name, others are `precision_at_100`,
    /// `recall_at_fpr_0.01`.
    pub ci95: BTreeMap<String, [f64; 2]>,
    /// Number of different groups that were resampled.
    pub groups: usize,
    /// Seed of the intervals and of `ece_perfect`.
    pub seed: u64,
}

/// A single measure, for comparing two models.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Metric {
    /// Accuracy at 0.5.
    Accuracy,
    /// Area under the ROC curve.
    Auc,
    /// Average precision.
    AveragePrecision,
    /// Precision among the k highest scores.
    PrecisionAt(usize),
    /// Recall at a false positive rate.
    RecallAtFpr(f64),
    /// Brier score: lower is better.
    Brier,
    /// Calibration error: lower is better.
    Ece,
}

impl std::fmt::Display for Metric {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Metric::Accuracy => f.write_str("accuracy"),
            Metric::Auc => f.write_str("auc"),
            Metric::AveragePrecision => f.write_str("average_precision"),
            Metric::PrecisionAt(k) => write!(f, "precision_at_{k}"),
            Metric::RecallAtFpr(rate) => write!(f, "recall_at_fpr_{rate}"),
            Metric::Brier => f.write_str("brier"),
            Metric::Ece => f.write_str("ece"),
        }
    }
}

/// How much better one model is than another on the same rows.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Difference {
    /// The measure.
    pub metric: String,
    /// Value of the first model minus that of the second.
    pub difference: f64,
    /// 95 % percentile interval by bootstrap over groups, both models on the same resamples.
    pub ci95: [f64; 2],
    /// Seed of the interval.
    pub seed: u64,
}

impl Metrics {
    /// Measures probabilities of being fake against labels (`true` = fake). One entry a row in each of the three;
    /// `groups` are the keys that are resampled (the property, where rows of one property belong together).
    ///
    /// # Errors
    /// Different lengths, no rows, or a probability that is none.
    pub fn measure<G: AsRef<str>>(
        probabilities: &[f64],
        fake: &[bool],
        groups: &[G],
        precision_at: &[usize],
        seed: u64,
    ) -> Result<Metrics, MetricError> {
        let groups = GroupKeys::of(groups);
        check(probabilities, fake, &groups)?;
        let ranked = Ranked::new(probabilities, fake, &groups);
        let wanted = [
            Metric::Accuracy,
            Metric::Auc,
            Metric::AveragePrecision,
            Metric::Brier,
            Metric::Ece,
        ]
        .into_iter()
        .chain(precision_at.iter().map(|&k| Metric::PrecisionAt(k)))
        .chain(RECALL_AT_FPR.map(Metric::RecallAtFpr));
        let wanted: Vec<Metric> = wanted.collect();
        let once = ranked.steps(&vec![1; groups.count]);
        let value = |metric| evaluate(metric, &once);
        let mut resamples: Vec<Vec<f64>> = vec![Vec::with_capacity(RESAMPLES); wanted.len()];
        for weights in groups.resamples(seed) {
            let steps = ranked.steps(&weights);
            for (values, &metric) in resamples.iter_mut().zip(&wanted) {
                values.extend(evaluate(metric, &steps));
            }
        }
        let ci95 = wanted
            .iter()
            .zip(resamples)
            .filter_map(|(metric, values)| Some((metric.to_string(), interval(values)?)))
            .collect();
        Ok(Metrics {
            n: probabilities.len(),
            positives: fake.iter().filter(|&&fake| fake).count(),
            accuracy: value(Metric::Accuracy).unwrap_or(0.0),
            auc: value(Metric::Auc),
            average_precision: value(Metric::AveragePrecision),
            precision_at: precision_at
                .iter()
                .map(|&k| (k.to_string(), value(Metric::PrecisionAt(k))))
                .collect(),
            recall_at_fpr: RECALL_AT_FPR
                .iter()
                .map(|&rate| (rate.to_string(), value(Metric::RecallAtFpr(rate))))
                .collect(),
            brier: value(Metric::Brier).unwrap_or(0.0),
            ece: value(Metric::Ece).unwrap_or(0.0),
            ece_perfect: ranked.perfect_calibration_error(seed),
            ci95,
            groups: groups.count,
            seed,
        })
    }
}

/// One measure without an interval; `None` where it is not defined.
///
/// # Errors
/// Different lengths, no rows, or a probability that is none.
pub fn single(metric: Metric, probabilities: &[f64], fake: &[bool]) -> Result<Option<f64>, MetricError> {
    let groups = GroupKeys {
        of: vec![0; probabilities.len()],
        count: 1,
    };
    check(probabilities, fake, &groups)?;
    Ok(evaluate(metric, &Ranked::new(probabilities, fake, &groups).steps(&[1])))
}

/// The difference in one measure between two models that scored the same rows, with an interval; `None` where the measure
/// is not defined on these rows. An interval that holds 0 says that the rows do not tell the models apart.
///
/// # Errors
/// Different lengths, no rows, or a probability that is none.
pub fn paired_difference<G: AsRef<str>>(
    metric: Metric,
    first: &[f64],
    second: &[f64],
    fake: &[bool],
    groups: &[G],
    seed: u64,
) -> Result<Option<Difference>, MetricError> {
    let groups = GroupKeys::of(groups);
    check(first, fake, &groups)?;
    check(second, fake, &groups)?;
    let (first, second) = (Ranked::new(first, fake, &groups), Ranked::new(second, fake, &groups));
    let difference =
        |weights: &[u32]| Some(evaluate(metric, &first.steps(weights))? - evaluate(metric, &second.steps(weights))?);
    let values = groups
        .resamples(seed)
        .filter_map(|weights| difference(&weights))
        .collect();
    let (Some(difference), Some(ci95)) = (difference(&vec![1; groups.count]), interval(values)) else {
        return Ok(None);
    };
    Ok(Some(Difference {
        metric: metric.to_string(),
        difference,
        ci95,
        seed,
    }))
}

fn check(probabilities: &[f64], fake: &[bool], groups: &GroupKeys) -> Result<(), MetricError> {
    let lengths = (probabilities.len(), fake.len(), groups.of.len());
    if lengths.0 != lengths.1 || lengths.0 != lengths.2 {
        return Err(MetricError::Lengths {
            scores: lengths.0,
            labels: lengths.1,
            groups: lengths.2,
        });
    }
    if lengths.0 == 0 {
        return Err(MetricError::Empty);
    }
    match probabilities
        .iter()
        .position(|probability| !(0.0..=1.0).contains(probability))
    {
        Some(row) => Err(MetricError::Probability {
            record: row + 1,
            found: probabilities[row].to_string(),
        }),
        None => Ok(()),
    }
}

/// Groups by number, numbered in the order of their keys, so that a resample does not depend on the order of rows.
struct GroupKeys {
    of: Vec<u32>,
    count: usize,
}

impl GroupKeys {
    fn of<G: AsRef<str>>(groups: &[G]) -> GroupKeys {
        let mut numbers: BTreeMap<&str, u32> = groups.iter().map(|group| (group.as_ref(), 0)).collect();
        for (number, entry) in (0..).zip(numbers.values_mut()) {
            *entry = number;
        }
        GroupKeys {
            of: groups.iter().map(|group| numbers[group.as_ref()]).collect(),
            count: numbers.len(),
        }
    }

    /// How often each group is drawn, for each resample.
    fn resamples(&self, seed: u64) -> impl Iterator<Item = Vec<u32>> + use<> {
        let mut random = SplitMix64::new(seed);
        let count = self.count;
        (0..RESAMPLES).map(move |_| {
            let mut weights = vec![0; count];
            for _ in 0..count {
                weights[random.below(count)] += 1;
            }
            weights
        })
    }
}

/// Percentiles 2.5 and 97.5, linearly interpolated as numpy does; `None` where the measure was undefined in more than half
/// of the resamples.
fn interval(mut values: Vec<f64>) -> Option<[f64; 2]> {
    if values.len() < RESAMPLES / 2 {
        return None;
    }
    values.sort_by(f64::total_cmp);
    let percentile = |share: f64| {
        let at = share * (values.len() - 1) as f64;
        let (low, high) = (values[at.floor() as usize], values[at.ceil() as usize]);
        low + (high - low) * at.fract()
    };
    Some([percentile(0.025), percentile(0.975)])
}

/// Rows by falling probability, and where the ties are.
struct Ranked {
    probabilities: Vec<f64>,
    fake: Vec<bool>,
    group: Vec<u32>,
    /// Ranges of rows with the same probability.
    ties: Vec<Range<usize>>,
}

/// A step of the ROC curve: the weight of genuine reviews and of fakes at one probability.
#[derive(Clone, Copy)]
struct Step {
    probability: f64,
    genuine: f64,
    fakes: f64,
}

impl Ranked {
    fn new(probabilities: &[f64], fake: &[bool], groups: &GroupKeys) -> Ranked {
        let mut order: Vec<usize> = (0..probabilities.len()).collect();
        order.sort_by(|&a, &b| probabilities[b].total_cmp(&probabilities[a]));
        let sorted: Vec<f64> = order.iter().map(|&row| probabilities[row]).collect();
        let mut ties: Vec<Range<usize>> = Vec::new();
        for (row, probability) in sorted.iter().enumerate() {
            match ties.last_mut() {
                Some(tie) if sorted[tie.start] == *probability => tie.end = row + 1,
                _ => ties.push(row..row + 1),
            }
        }
        Ranked {
            probabilities: sorted,
            fake: order.iter().map(|&row| fake[row]).collect(),
            group: order.iter().map(|&row| groups.of[row]).collect(),
            ties,
        }
    }

    /// The steps in which a threshold falls, each row counted as often as its group was drawn.
    fn steps(&self, weights: &[u32]) -> Vec<Step> {
        let step_of = |tie: &Range<usize>| {
            let mut step = Step {
                probability: self.probabilities[tie.start],
                genuine: 0.0,
                fakes: 0.0,
            };
            for row in tie.clone() {
                let weight = f64::from(weights[self.group[row] as usize]);
                if self.fake[row] {
                    step.fakes += weight;
                } else {
                    step.genuine += weight;
                }
            }
            step
        };
        self.ties.iter().map(step_of).collect()
    }

    fn perfect_calibration_error(&self, seed: u64) -> f64 {
        let mut random = SplitMix64::new(seed ^ 0x0ec3);
        let rows = self.probabilities.len() as f64;
        let runs = (0..PERFECT_RUNS).map(|_| {
            let steps: Vec<Step> = self
                .ties
                .iter()
                .map(|tie| {
                    let probability = self.probabilities[tie.start];
                    let fakes = tie.clone().filter(|_| random.chance(probability)).count() as f64;
                    Step {
                        probability,
                        genuine: tie.len() as f64 - fakes,
                        fakes,
                    }
                })
                .collect();
            calibration_error(&steps, rows)
        });
        runs.sum::<f64>() / PERFECT_RUNS as f64
    }
}

/// A measure over steps in which the threshold falls; `None` where it is not defined.
fn evaluate(metric: Metric, steps: &[Step]) -> Option<f64> {
    let (genuine, fakes) = steps.iter().fold((0.0, 0.0), |(genuine, fakes), step| {
        (genuine + step.genuine, fakes + step.fakes)
    });
    let rows = genuine + fakes;
    if rows == 0.0 {
        return None;
    }
    let both = genuine > 0.0 && fakes > 0.0;
    match metric {
        Metric::Accuracy => {
            let right = |step: &Step| {
                if step.probability >= 0.5 {
                    step.fakes
                } else {
                    step.genuine
                }
            };
            Some(steps.iter().map(right).sum::<f64>() / rows)
        }
        Metric::Auc => both.then(|| {
            let (mut above, mut pairs) = (0.0, 0.0);
            for step in steps {
                pairs += step.genuine * (above + step.fakes / 2.0);
                above += step.fakes;
            }
            pairs / (genuine * fakes)
        }),
        Metric::AveragePrecision => (fakes > 0.0).then(|| {
            let (mut found, mut seen, mut sum) = (0.0, 0.0, 0.0);
            for step in steps {
                found += step.fakes;
                seen += step.fakes + step.genuine;
                if step.fakes > 0.0 {
                    sum += step.fakes * found / seen;
                }
            }
            sum / fakes
        }),
        Metric::PrecisionAt(k) => {
            let k = k as f64;
            if k == 0.0 || k > rows {
                return None;
            }
            let (mut left, mut found) = (k, 0.0);
            for step in steps {
                let size = step.fakes + step.genuine;
                if size >= left {
                    found += step.fakes * left / size;
                    break;
                }
                found += step.fakes;
                left -= size;
            }
            Some(found / k)
        }
        Metric::RecallAtFpr(rate) => both.then(|| {
            let (mut wrong, mut found, mut best) = (0.0, 0.0, 0.0_f64);
            for step in steps {
                wrong += step.genuine;
                found += step.fakes;
                if wrong / genuine <= rate {
                    best = found / fakes;
                }
            }
            best
        }),
        Metric::Brier => {
            let squares =
                |step: &Step| step.fakes * (1.0 - step.probability).powi(2) + step.genuine * step.probability.powi(2);
            Some(steps.iter().map(squares).sum::<f64>() / rows)
        }
        Metric::Ece => Some(calibration_error(steps, rows)),
    }
}

/// Mean over [`CALIBRATION_BINS`] bins of equal mass of the distance between mean probability and share of fakes. A tie that
/// spans two bins is divided, its fakes in proportion.
fn calibration_error(steps: &[Step], rows: f64) -> f64 {
    let capacity = rows / CALIBRATION_BINS as f64;
    let (mut error, mut room, mut gap) = (0.0, capacity, 0.0);
    for step in steps {
        let size = step.fakes + step.genuine;
        let mut left = size;
        while left > 0.0 {
            let taken = left.min(room);
            gap += taken * (step.probability - step.fakes / size);
            left -= taken;
            room -= taken;
            // Bins end where a fraction of a row is left over by rounding only.
            if room <= capacity * 1e-9 {
                error += gap.abs();
                (room, gap) = (capacity, 0.0);
            }
        }
    }
    (error + gap.abs()) / rows
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 240 rows of 30 groups with many ties, made by a rule so that the same rows can be made elsewhere.
    ///
    /// The expected values of the tests were computed by scikit-learn 1.x in Python from
    /// `p = [round(((k*37) % 101)/100*20)/20 for k in range(240)]` and
    /// `y = [((k*53) % 97)/97 < 0.15 + 0.6*p[k] for k in range(240)]` with `accuracy_score(y, p >= 0.5)`, `roc_auc_score`,
    /// `average_precision_score`, `brier_score_loss`, and `roc_curve(drop_intermediate=False)` for recall; precision at k and
    /// the calibration error with numpy, labels of tied rows replaced by their mean.
    fn rows() -> (Vec<f64>, Vec<bool>, Vec<String>) {
        let p: Vec<f64> = (0..240)
            .map(|k| (f64::from((k * 37) % 101) / 100.0 * 20.0).round_ties_even() / 20.0)
            .collect();
        let y = (0..240)
            .map(|k: i32| f64::from((k * 53) % 97) / 97.0 < 0.15 + 0.6 * p[k as usize])
            .collect();
        (p, y, (0..240).map(|k| format!("g{}", k % 30)).collect())
    }

    fn near(value: f64, expected: f64, tolerance: f64) {
        assert!(
            (value - expected).abs() <= tolerance,
            "expected {expected}, found {value}"
        );
    }

    #[test]
    fn measures_agree_with_scikit_learn() {
        let (p, y, groups) = rows();
        let metrics = Metrics::measure(&p, &y, &groups, &[30, 100], 1).unwrap();
        assert_eq!((metrics.n, metrics.positives, metrics.groups), (240, 111, 30));
        near(metrics.accuracy, 0.616_666_666_666_666_7, 1e-12);
        near(metrics.auc.unwrap(), 0.640_163_419_233_186_6, 1e-12);
        near(metrics.average_precision.unwrap(), 0.560_700_163_676_033_8, 1e-12);
        near(metrics.brier, 0.264_635_416_666_666_6, 1e-12);
        near(metrics.recall_at_fpr["0.01"].unwrap(), 0.0, 0.0);
        near(metrics.recall_at_fpr["0.05"].unwrap(), 0.036_036_036_036_036_036, 1e-12);
        near(
            single(Metric::RecallAtFpr(0.3), &p, &y).unwrap().unwrap(),
            0.486_486_486_486_486_5,
            1e-12,
        );
        near(metrics.precision_at["30"].unwrap(), 0.566_666_666_666_666_7, 1e-12);
        near(metrics.precision_at["100"].unwrap(), 0.594_545_454_545_454_5, 1e-12);
        near(metrics.ece, 0.152_859_848_484_848_5, 1e-12);
    }

    /// Intervals by another generator cannot agree to the digit: 4,000 resamples of the groups with numpy gave these ends,
    /// 2,000 simulations the calibration error; the tolerance is four times the standard error of our own number.
    #[test]
    fn intervals_agree_with_numpy() {
        let (p, y, groups) = rows();
        let metrics = Metrics::measure(&p, &y, &groups, &PRECISION_AT, 1).unwrap();
        for (metric, [low, high]) in [
            ("auc", [0.596_5, 0.678_0]),
            ("accuracy", [0.587_5, 0.645_8]),
            ("brier", [0.244_8, 0.288_2]),
        ] {
            near(metrics.ci95[metric][0], low, 0.008);
            near(metrics.ci95[metric][1], high, 0.008);
        }
        near(metrics.ece_perfect, 0.056_1, 0.004);
    }

    #[test]
    fn a_paired_difference_agrees_with_numpy() {
        // q[k] = round(((k*59) % 103)/102*0.5 + 0.5*y[k]*((k*7) % 5)/5, 4); 4,000 resamples as above.
        let (p, y, groups) = rows();
        let q: Vec<f64> = (0..240_i32)
            .map(|k| {
                let q = f64::from((k * 59) % 103) / 102.0 * 0.5
                    + 0.1 * f64::from(u8::from(y[k as usize])) * f64::from((k * 7) % 5);
                (q * 10_000.0).round() / 10_000.0
            })
            .collect();
        let difference = paired_difference(Metric::Auc, &p, &q, &y, &groups, 5).unwrap().unwrap();
        near(difference.difference, -0.115_825_127_453, 1e-9);
        near(difference.ci95[0], -0.211_6, 0.015);
        near(difference.ci95[1], -0.009_5, 0.015);
        let same = paired_difference(Metric::Auc, &p, &p, &y, &groups, 5).unwrap().unwrap();
        assert_eq!((same.difference, same.ci95), (0.0, [0.0, 0.0]));
    }

    #[test]
    fn row_order_does_not_matter() {
        let (p, y, groups) = rows();
        let one = Metrics::measure(&p, &y, &groups, &[50], 3).unwrap();
        let mut order: Vec<usize> = (0..p.len()).collect();
        SplitMix64::new(8).shuffle(&mut order);
        let p: Vec<f64> = order.iter().map(|&row| p[row]).collect();
        let y: Vec<bool> = order.iter().map(|&row| y[row]).collect();
        let groups: Vec<&String> = order.iter().map(|&row| &groups[row]).collect();
        assert_eq!(Metrics::measure(&p, &y, &groups, &[50], 3).unwrap(), one);
    }

    #[test]
    fn equal_scores_tell_nothing() {
        let fake: Vec<bool> = (0..40).map(|row| row < 10).collect();
        let metrics = Metrics::measure(&[0.25; 40], &fake, &vec!["g"; 40], &[7], 1).unwrap();
        assert_eq!((metrics.auc, metrics.average_precision), (Some(0.5), Some(0.25)));
        assert_eq!((metrics.precision_at["7"], metrics.ece), (Some(0.25), 0.0));
        // One group only: every resample is the sample.
        assert_eq!(metrics.ci95["auc"], [0.5, 0.5]);
    }

    #[test]
    fn what_is_not_defined_is_null() {
        let metrics = Metrics::measure(&[0.9, 0.8], &[true, true], &["a", "b"], &[100], 1).unwrap();
        let json = serde_json::to_value(&metrics).unwrap();
        assert!(
            json["auc"].is_null() && json["precision_at"]["100"].is_null() && json["recall_at_fpr"]["0.01"].is_null()
        );
        assert!(json["ci95"].get("auc").is_none());
        assert_eq!(json["accuracy"], 1.0);
    }

    #[test]
    fn json_has_the_fields_of_the_design() {
        let (p, y, groups) = rows();
        let json = serde_json::to_value(Metrics::measure(&p, &y, &groups, &PRECISION_AT, 1).unwrap()).unwrap();
        for name in [
            "n",
            "positives",
            "accuracy",
            "auc",
            "average_precision",
            "precision_at",
            "recall_at_fpr",
            "brier",
            "ece",
            "ci95",
            "seed",
        ] {
            assert!(json.get(name).is_some(), "{name}");
        }
        for name in [
            "accuracy",
            "auc",
            "average_precision",
            "brier",
            "ece",
            "precision_at_100",
            "recall_at_fpr_0.05",
        ] {
            assert!(
                json["ci95"][name][0].as_f64() <= json["ci95"][name][1].as_f64(),
                "{name}"
            );
        }
    }

    #[test]
    fn wrong_input_is_named() {
        let none: [&str; 0] = [];
        assert_eq!(Metrics::measure(&[], &[], &none, &[], 1), Err(MetricError::Empty));
        let lengths = Metrics::measure(&[0.1], &[true, false], &["a"], &[], 1);
        assert_eq!(
            lengths,
            Err(MetricError::Lengths {
                scores: 1,
                labels: 2,
                groups: 1
            })
        );
        let nan = Metrics::measure(&[0.1, f64::NAN], &[true, false], &["a", "b"], &[], 1).unwrap_err();
        assert_eq!(
            nan.to_string(),
            "record 2, score: expected a probability from 0 to 1, found NaN"
        );
    }
}
