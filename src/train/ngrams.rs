//! Learning the n-gram evidence of one corpus in one language, and cross-fitting it.

use super::metrics::{self, Metric};
use super::svm::{self, SparseRow};
use crate::lexical::{Counts, Kind, Weights, bucket_of, tf};
use rayon::prelude::*;

/// Inverse document frequency is raised to this power: rare n-grams of a small corpus say more than tf-idf allows.
const IDF_POWER: f64 = 1.5;
/// N-grams in fewer texts than this are not used.
const LEAST_TEXTS: u32 = 2;
/// Penalties of the support vector machine to choose from, as C of scikit-learn. Low ones for corpora whose words tell little.
const CS: [f64; 4] = [1.0, 0.3, 0.1, 0.03];

/// The buckets of a text's n-grams with the weights of their counts, in ascending order.
pub type Text = Vec<(u32, f32)>;

/// A text with its label.
pub type Labelled<'a> = (&'a Text, bool);

/// A text as it is learnt from: sorted once, and not in each of the many fits.
pub fn text(kind: Kind, counts: &Counts) -> Text {
    let sorted = counts.sorted().into_iter();
    sorted
        .map(|(hash, count)| (bucket_of(kind, hash) as u32, tf(count) as f32))
        .collect()
}

/// What was learnt without each fold, at the penalty that ranks the folds left out best.
pub struct Chosen {
    /// The penalty, as C of scikit-learn.
    pub c: f64,
    /// By fold left out.
    pub without: Vec<Weights>,
}

/// Chooses the penalty for one kind of n-gram. `folds` holds the texts of each fold, and last those that are in none.
pub fn choose(kind: Kind, folds: &[Vec<Labelled<'_>>]) -> Chosen {
    let tried = CS.par_iter().map(|c| {
        let (mut scores, mut fakes) = (Vec::new(), Vec::new());
        let mut without = Vec::new();
        for left_out in 0..folds.len() - 1 {
            let kept: Vec<Labelled<'_>> = (0..folds.len())
                .filter(|fold| *fold != left_out)
                .flat_map(|fold| folds[fold].iter().copied())
                .collect();
            let weights = learn(kind, &kept, *c);
            for (text, fake) in &folds[left_out] {
                let margin: f64 = scaled(text, &weights.idf)
                    .iter()
                    .map(|(bucket, value)| f64::from(*value * weights.weight[*bucket as usize]))
                    .sum();
                scores.push(1.0 / (1.0 + (-margin - weights.bias).exp()));
                fakes.push(*fake);
            }
            without.push(weights);
        }
        let ranking = metrics::single(Metric::Auc, &scores, &fakes).ok().flatten();
        (ranking.unwrap_or(0.5), Chosen { c: *c, without })
    });
    let tried: Vec<(f64, Chosen)> = tried.collect();
    // The first of equals.
    let best = tried
        .into_iter()
        .reduce(|best, next| if next.0 > best.0 { next } else { best });
    best.map_or(
        Chosen {
            c: CS[0],
            without: Vec::new(),
        },
        |(_, chosen)| chosen,
    )
}

/// Learns the weights of one kind of n-gram at penalty `c`.
pub fn learn(kind: Kind, texts: &[Labelled<'_>], c: f64) -> Weights {
    let buckets = 1 << kind.bits();
    let mut frequency = [vec![0u32; buckets], vec![0u32; buckets]];
    for (text, fake) in texts {
        // Two n-grams of a text in one bucket count once.
        let mut last = u32::MAX;
        for (bucket, _) in *text {
            if *bucket != last {
                frequency[usize::from(*fake)][*bucket as usize] += 1;
            }
            last = *bucket;
        }
    }
    let used = |bucket: usize| frequency[0][bucket] + frequency[1][bucket] >= LEAST_TEXTS;
    let n = texts.len() as f64;
    let idf: Vec<f32> = (0..buckets)
        .map(|bucket| {
            let texts = f64::from(frequency[0][bucket] + frequency[1][bucket]);
            if used(bucket) {
                (((1.0 + n) / (1.0 + texts)).ln() + 1.0).powf(IDF_POWER) as f32
            } else {
                0.0
            }
        })
        .collect();
    let of_class = [false, true].map(|class| texts.iter().filter(|(_, fake)| *fake == class).count() as f64);
    let ratio = (0..buckets)
        .map(|bucket| {
            // Share of the class's texts that have the n-gram, smoothed: unlike a share of all n-grams it does not drift
            // with the number of texts learnt from.
            let share = |class: usize| (f64::from(frequency[class][bucket]) + 1.0) / (of_class[class] + 2.0);
            if used(bucket) {
                (share(1) / share(0)).ln() as f32
            } else {
                0.0
            }
        })
        .collect();
    let rows: Vec<SparseRow> = texts.iter().map(|(text, _)| scaled(text, &idf)).collect();
    let fake: Vec<bool> = texts.iter().map(|(_, fake)| *fake).collect();
    let (weight, bias) = svm::fit(&rows, &fake, buckets, c);
    Weights {
        weight,
        ratio,
        idf,
        bias,
    }
}

/// The mean of what several folds learnt.
pub fn mean(folds: &[&Weights]) -> Weights {
    let n = folds.len() as f32;
    let mean = |of: fn(&Weights) -> &Vec<f32>| -> Vec<f32> {
        let mut sum = vec![0f32; folds.first().map_or(0, |first| of(first).len())];
        for fold in folds {
            for (sum, value) in sum.iter_mut().zip(of(fold)) {
                *sum += value / n;
            }
        }
        sum
    };
    Weights {
        weight: mean(|weights| &weights.weight),
        ratio: mean(|weights| &weights.ratio),
        idf: mean(|weights| &weights.idf),
        bias: folds.iter().map(|weights| weights.bias).sum::<f64>() / folds.len() as f64,
    }
}

/// Tf-idf values of length one.
fn scaled(text: &Text, idf: &[f32]) -> SparseRow {
    let mut row: SparseRow = text
        .iter()
        .map(|(bucket, tf)| (*bucket, tf * idf[*bucket as usize]))
        .filter(|(_, value)| *value > 0.0)
        .collect();
    let norm = row.iter().map(|(_, value)| value * value).sum::<f32>().sqrt();
    for (_, value) in &mut row {
        *value /= norm;
    }
    row
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_marks_fakes_gets_weight_and_what_is_rare_gets_none() {
        let counts = |hashes: &[u32]| Counts {
            once: hashes.iter().map(|hash| *hash << 15).collect(),
            ..Counts::default()
        };
        let texts: Vec<(Text, bool)> = (0..20)
            .map(|i| (text(Kind::Words, &counts(&[1 + i % 2, 7, 100 + i])), i % 2 == 0))
            .collect();
        let labelled: Vec<Labelled<'_>> = texts.iter().map(|(text, fake)| (text, *fake)).collect();
        let weights = learn(Kind::Words, &labelled, 1.0);
        assert!(weights.weight[1] > 0.0 && weights.ratio[1] > 0.0, "only in fakes");
        assert!(
            weights.weight[2] < 0.0 && weights.ratio[2] < 0.0,
            "only in genuine ones"
        );
        assert_eq!(weights.idf[105], 0.0, "seen once");
        assert!(weights.ratio[7].abs() < 1e-6, "in all of them");
    }
}
