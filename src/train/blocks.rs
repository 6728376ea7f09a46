//! N-gram blocks: which corpora and languages get one, and the columns they give, cross-fitted.

use super::examples::Examples;
use super::ngrams;
use crate::lexical::{Block, Column, Grams, Kind, Weights};
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
    let pairs: Vec<(usize, usize)> = (0..k).flat_map(|f| (f + 1..k).map(move |g| (f, g))).collect();
    for (at, plan) in plans.iter().enumerate() {
        let fold = |row: &usize| fold_of_row.get(row).copied().unwrap_or(k);
        let known = plan
            .rows
            .iter()
            .filter_map(|row| Some((row, examples.rows[*row].grams.as_ref()?)));
        let known: Vec<(&usize, &Grams)> = known.collect();
        let sorted = Kind::ALL.map(|kind| -> Vec<ngrams::Text> {
            known
                .par_iter()
                .map(|(_, grams)| ngrams::text(kind, &grams.counts[kind as usize]))
                .collect()
        });
        // By kind and fold, and last the rows that are in no fold.
        let texts = Kind::ALL.map(|kind| {
            let mut folds: Vec<Vec<ngrams::Labelled<'_>>> = vec![Vec::new(); k + 1];
            for ((row, _), text) in known.iter().zip(&sorted[kind as usize]) {
                folds[fold(row)].push((text, examples.rows[**row].fake));
            }
            folds
        });
        let chosen = Kind::ALL.map(|kind| ngrams::choose(kind, &texts[kind as usize]));
        let learnt: Vec<[Weights; 2]> = pairs
            .par_iter()
            .map(|(f, g)| {
                Kind::ALL.map(|kind| {
                    let kept = texts[kind as usize].iter().enumerate();
                    let kept: Vec<ngrams::Labelled<'_>> = kept
                        .filter(|(fold, _)| fold != f && fold != g)
                        .flat_map(|(_, texts)| texts.iter().copied())
                        .collect();
                    ngrams::learn(kind, &kept, chosen[kind as usize].c)
                })
            })
            .collect();
        // In the pairs the smaller fold comes first.
        let of = |kind: Kind, f: usize, g: usize| {
            let pair = pairs.iter().position(|pair| *pair == (f.min(g), f.max(g)));
            pair.map_or(&chosen[kind as usize].without[f], |pair| &learnt[pair][kind as usize])
        };
        let block = |weights: [&Weights; 2]| Block::new(&examples.corpora[plan.corpus], plan.language, weights);
        let single = |f: usize, g: usize| block(Kind::ALL.map(|kind| of(kind, f, g)));
        let mean = |pairs: Vec<(usize, usize)>| {
            let of_kind = Kind::ALL.map(|kind| {
                let members: Vec<&Weights> = pairs.iter().map(|(f, g)| of(kind, *f, *g)).collect();
                ngrams::mean(&members)
            });
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
            fill(columns, f, &mean((0..k).filter(|g| *g != f).map(|g| (f, g)).collect()));
        });
        fitted.blocks.push(mean((0..k).map(|g| (g, g)).collect()));
    }
    fitted
}
