//! N-gram blocks: which corpora and languages get one, and the columns they give, cross-fitted.

use super::examples::{Example, Examples};
use super::ngrams;
use crate::lexical::{Block, Column, Familiarity, Kind, Weights};
use crate::text::Language;
use ndarray::Array2;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// Which rows teach a block.
pub(super) struct Plan {
    corpus: usize,
    language: Option<Language>,
    rows: Vec<usize>,
}

/// Rows of each class that a block needs.
const BLOCK_ROWS: usize = 60;

/// A block for each corpus and language with enough of both classes. A corpus with fakes only borrows the genuine rows of
/// the corpora whose groups it shares.
pub(super) fn plan_blocks(examples: &Examples, rows: &[usize]) -> Vec<Plan> {
    let mut cells: BTreeMap<(usize, Option<Language>), Vec<usize>> = BTreeMap::new();
    let mut texts: Vec<(usize, Option<Language>)> = Vec::new();
    for &row in rows {
        let example = &examples.rows[row];
        let Some(grams) = example.grams.as_ref().filter(|_| !example.behaviour_only) else {
            continue;
        };
        if grams.language.is_none() && !grams.stemmed {
            continue;
        }
        cells.entry((example.corpus, grams.language)).or_default().push(row);
        texts.push((row, grams.language));
    }
    let mut plans = Vec::new();
    for ((corpus, language), mut members) in cells {
        let fakes = members.iter().filter(|row| examples.rows[**row].fake).count();
        if fakes == members.len() {
            let groups: BTreeSet<&str> = members.iter().map(|row| examples.rows[*row].group.as_str()).collect();
            members.extend(
                texts
                    .iter()
                    .filter(|(row, of)| {
                        let example = &examples.rows[*row];
                        *of == language
                            && !example.fake
                            && example.corpus != corpus
                            && groups.contains(example.group.as_str())
                    })
                    .map(|(row, _)| *row),
            );
        }
        if fakes >= BLOCK_ROWS && members.len() - fakes >= BLOCK_ROWS {
            plans.push(Plan {
                corpus,
                language,
                rows: members,
            });
        }
    }
    plans
}

/// Block columns of the training rows, in the order of `rows`, as seen by blocks that did not learn from them.
pub(super) struct CrossFitted {
    /// The blocks to keep: the mean of what the folds learnt, not one more block learnt on all rows. That one would have
    /// seen more texts than those whose columns the classifier was fitted on, and its values would lie off theirs.
    pub blocks: Vec<Block>,
    /// Columns of each row by blocks that did not see its fold.
    pub whole: Array2<f64>,
    /// By fold: the same as if that fold did not exist, and for its own rows the columns by the mean of those blocks, just
    /// as for a text that is scored later.
    pub without: Vec<Array2<f64>>,
}

/// A block that left out folds `f` and `g` serves the rows of `g` in the world without `f` and those of `f` in the world
/// without `g`; with `f = g` it serves the rows of `f` in the whole.
pub(super) fn cross_fit(
    examples: &Examples,
    rows: &[usize],
    plans: &[Plan],
    fold_of: &[usize],
    k: usize,
) -> CrossFitted {
    let fold_of_row: BTreeMap<usize, usize> = rows.iter().copied().zip(fold_of.iter().copied()).collect();
    let width = Column::ALL.len();
    let missing = || Array2::from_elem((rows.len(), plans.len() * width), f64::NAN);
    let mut fitted = CrossFitted {
        blocks: Vec::new(),
        whole: missing(),
        without: (0..k).map(|_| missing()).collect(),
    };
    let pairs: Vec<(usize, usize)> = (0..k).flat_map(|f| (f..k).map(move |g| (f, g))).collect();
    for (at, plan) in plans.iter().enumerate() {
        let learnt: Vec<[Weights; 2]> = pairs
            .par_iter()
            .map(|(f, g)| {
                let kept: Vec<&Example> = plan
                    .rows
                    .iter()
                    .filter(|row| !matches!(fold_of_row.get(row), Some(fold) if fold == f || fold == g))
                    .map(|row| &examples.rows[*row])
                    .collect();
                Kind::ALL.map(|kind| {
                    let texts: Vec<ngrams::Labelled<'_>> = kept
                        .iter()
                        .filter_map(|example| Some((&example.grams.as_ref()?.counts[kind as usize], example.fake)))
                        .collect();
                    ngrams::learn(kind, &texts)
                })
            })
            .collect();
        let of = |f: usize, g: usize| {
            // Every pair is in the list, the smaller fold first.
            let found = pairs.iter().position(|pair| *pair == (f.min(g), f.max(g)));
            &learnt[found.unwrap_or_default()]
        };
        let bare = |weights: [&Weights; 2]| Block::new(&examples.corpora[plan.corpus], plan.language, weights);
        let familiarity = familiarity(
            examples,
            plan,
            &fold_of_row,
            &|fold| bare([&of(fold, fold)[0], &of(fold, fold)[1]]),
            k,
        );
        let block = |weights: [&Weights; 2]| {
            let mut block = bare(weights);
            block.familiarity = familiarity;
            block
        };
        let single = |f: usize, g: usize| block([&of(f, g)[0], &of(f, g)[1]]);
        let mean = |members: Vec<&[Weights; 2]>| {
            let of_kind =
                [0, 1].map(|kind| ngrams::mean(&members.iter().map(|weights| &weights[kind]).collect::<Vec<_>>()));
            block([&of_kind[0], &of_kind[1]])
        };
        let fill = |columns: &mut Array2<f64>, fold: usize, block: &Block| {
            for (position, row) in rows
                .iter()
                .enumerate()
                .filter(|(position, _)| fold_of[*position] == fold)
            {
                let example = &examples.rows[*row];
                let grams = example.grams.as_ref().filter(|_| !example.behaviour_only);
                if let Some(values) = grams.and_then(|grams| block.values(grams)) {
                    for (column, value) in values.into_iter().enumerate() {
                        columns[[position, at * width + column]] = value;
                    }
                }
            }
        };
        for g in 0..k {
            fill(&mut fitted.whole, g, &single(g, g));
        }
        fitted.without.par_iter_mut().enumerate().for_each(|(f, columns)| {
            for g in (0..k).filter(|g| *g != f) {
                fill(columns, g, &single(f, g));
            }
            fill(
                columns,
                f,
                &mean((0..k).filter(|g| *g != f).map(|g| of(f, g)).collect()),
            );
        });
        fitted.blocks.push(mean((0..k).map(|g| of(g, g)).collect()));
    }
    fitted
}

/// What the plan's texts look like to blocks that did not learn from them. No label is looked at.
fn familiarity(
    examples: &Examples,
    plan: &Plan,
    fold_of_row: &BTreeMap<usize, usize>,
    block_without: &dyn Fn(usize) -> Block,
    k: usize,
) -> Option<Familiarity> {
    let mut texts = Vec::new();
    for fold in 0..k {
        let block = block_without(fold);
        let of_fold = plan.rows.iter().filter(|row| fold_of_row.get(row) == Some(&fold));
        texts.extend(of_fold.filter_map(|row| block.raw(examples.rows[*row].grams.as_ref()?)));
    }
    Familiarity::of(&texts)
}
