//! [`Folds`]: which rows are learnt from and which are measured.
//!
//! Reviews of one property, or by one reviewer, resemble each other for reasons that have nothing to do with being fake, so
//! they never stand on both sides of a split. Every split depends on the *content* of the keys and on the seed only: the
//! same rows in another order are split the same way.

use std::collections::BTreeMap;
use xxhash_rust::xxh3::xxh3_64_with_seed;

/// Rows to learn from and rows to measure, as indices into the rows that were split.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Split {
    /// What is tested: `fold 2 of 5`, the value of the fold column, or `after 2012-03-01` in days.
    pub name: String,
    /// Rows to learn from, ascending.
    pub train: Vec<usize>,
    /// Rows to measure, ascending.
    pub test: Vec<usize>,
}

/// A way of splitting, and its splits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folds {
    /// The splits. Test sets do not overlap.
    pub splits: Vec<Split>,
    /// How they were made, with the seed where there is one: for printing and for `protocol` in results.
    pub protocol: String,
    /// Rows in no split (undated ones), ascending.
    pub excluded: Vec<usize>,
}

/// What cannot be split.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SplitError {
    /// Fewer groups than folds.
    #[error("expected at least {folds} groups for {folds} folds, found {groups}; take fewer folds or a finer group")]
    TooFewGroups {
        /// Folds asked for.
        folds: usize,
        /// Different groups.
        groups: usize,
    },
    /// Fewer than two folds.
    #[error("expected at least 2 folds, found {found}")]
    TooFewFolds {
        /// Folds asked for, or values of the fold column.
        found: usize,
    },
    /// A row without a fold.
    #[error("record {record}, fold column: expected a value, found none")]
    NoFold {
        /// 1-based number of the row.
        record: usize,
    },
    /// A side of a split has fakes only or genuine reviews only.
    #[error(
        "{split}: expected fake and genuine reviews to learn from, found {class} ones only; take fewer folds or a finer group"
    )]
    OneClass {
        /// The split.
        split: String,
        /// The class that is there.
        class: &'static str,
    },
    /// Rows without a date.
    #[error(
        "expected a date in every row to split by time, found {undated} of {rows} rows without; leave them out with --undated exclude"
    )]
    Undated {
        /// Rows without a date.
        undated: usize,
        /// All rows.
        rows: usize,
    },
    /// All rows on one side.
    #[error("expected dates on more than one day to split by time, found {days}")]
    OneDay {
        /// Number of different days.
        days: usize,
    },
    /// A share outside 0 to 1.
    #[error("split time:{share}: expected a share between 0 and 1, found {share}")]
    Share {
        /// The share.
        share: String,
    },
}

/// What becomes of rows without a date in a split by time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Undated {
    /// They are an error.
    #[default]
    Refuse,
    /// They are in no split; [`Folds::excluded`] holds them.
    Exclude,
}

impl Folds {
    /// Grouped k-fold cross-validation: a group is in one fold, folds are as equal as possible in fakes and in genuine
    /// reviews.
    ///
    /// `groups` and `fake` have one entry a row. Groups are taken biggest first (ties by a hash of the key with the seed),
    /// each onto the fold where it adds least to the sum over both classes of the squared share of the class: the
    /// lightest fold, where groups do not differ in their share of fakes.
    ///
    /// # Errors
    /// Fewer than two folds, fewer groups than folds, or a fold without which one class is left.
    pub fn grouped<G: AsRef<str>>(groups: &[G], fake: &[bool], folds: usize, seed: u64) -> Result<Folds, SplitError> {
        let rows: Vec<usize> = (0..groups.len()).collect();
        Folds::grouped_within(&rows, groups, fake, folds, seed)
    }

    /// Grouped folds over some rows only, such as the inner folds over the training rows of an outer split. Indices stay
    /// those of the whole.
    ///
    /// # Errors
    /// As [`Folds::grouped`].
    pub fn grouped_within<G: AsRef<str>>(
        rows: &[usize],
        groups: &[G],
        fake: &[bool],
        folds: usize,
        seed: u64,
    ) -> Result<Folds, SplitError> {
        if folds < 2 {
            return Err(SplitError::TooFewFolds { found: folds });
        }
        let mut sizes: BTreeMap<&str, [usize; 2]> = BTreeMap::new();
        for &row in rows {
            sizes.entry(groups[row].as_ref()).or_default()[usize::from(fake[row])] += 1;
        }
        if sizes.len() < folds {
            return Err(SplitError::TooFewGroups {
                folds,
                groups: sizes.len(),
            });
        }
        let totals = sizes
            .values()
            .fold([0, 0], |sum, size| [sum[0] + size[0], sum[1] + size[1]]);
        let mut order: Vec<(&str, [usize; 2])> = sizes.into_iter().collect();
        order.sort_by_cached_key(|&(key, [genuine, fakes])| {
            (
                usize::MAX - genuine - fakes,
                xxh3_64_with_seed(key.as_bytes(), seed),
                key,
            )
        });
        let mut loads = vec![[0_usize; 2]; folds];
        let mut fold_of: BTreeMap<&str, usize> = BTreeMap::new();
        for (key, size) in order {
            let cost = |load: &[usize; 2]| {
                let added = |class: usize| {
                    let (load, size, total) = (load[class] as f64, size[class] as f64, totals[class].max(1) as f64);
                    size * (2.0 * load + size) / (total * total)
                };
                added(0) + added(1)
            };
            let lightest = (0..folds).min_by(|&a, &b| {
                let by_cost = cost(&loads[a]).total_cmp(&cost(&loads[b]));
                by_cost.then_with(|| loads[a].iter().sum::<usize>().cmp(&loads[b].iter().sum()))
            });
            let fold = lightest.unwrap_or(0);
            loads[fold] = [loads[fold][0] + size[0], loads[fold][1] + size[1]];
            fold_of.insert(key, fold);
        }
        let splits = (0..folds)
            .map(|fold| {
                Split::of(format!("fold {} of {folds}", fold + 1), rows, |row| {
                    fold_of[groups[row].as_ref()] == fold
                })
            })
            .collect();
        let protocol = format!("{folds} folds, {} groups, seed {seed}", fold_of.len());
        Folds {
            splits,
            protocol,
            excluded: Vec::new(),
        }
        .with_both_classes(fake)
    }

    /// Folds as a column gives them: every different value is a fold. Values that are numbers come in their order.
    ///
    /// # Errors
    /// A row without a value, fewer than two values, or a fold without which one class is left.
    pub fn fixed<V: AsRef<str>>(values: &[Option<V>], fake: &[bool]) -> Result<Folds, SplitError> {
        let mut names: Vec<&str> = Vec::with_capacity(values.len());
        for (index, value) in values.iter().enumerate() {
            match value.as_ref().map(|value| value.as_ref().trim()) {
                Some(value) if !value.is_empty() => names.push(value),
                _ => return Err(SplitError::NoFold { record: index + 1 }),
            }
        }
        let mut distinct = names.clone();
        distinct.sort_by(|a, b| match (a.parse::<f64>(), b.parse::<f64>()) {
            (Ok(x), Ok(y)) => x.total_cmp(&y).then_with(|| a.cmp(b)),
            (x, y) => x.is_err().cmp(&y.is_err()).then_with(|| a.cmp(b)),
        });
        distinct.dedup();
        if distinct.len() < 2 {
            return Err(SplitError::TooFewFolds { found: distinct.len() });
        }
        let rows: Vec<usize> = (0..names.len()).collect();
        let protocol = format!("{} fixed folds", distinct.len());
        let splits = distinct
            .into_iter()
            .map(|fold| Split::of(format!("fold {fold}"), &rows, |row| names[row] == fold))
            .collect();
        Folds {
            splits,
            protocol,
            excluded: Vec::new(),
        }
        .with_both_classes(fake)
    }

    /// Forward in time: the earliest `share` of the dated rows to learn from, the later ones to measure.
    ///
    /// `days` are days since 1970-01-01. Rows of one day stay together, on the side that comes nearer to the share.
    ///
    /// # Errors
    /// Undated rows where they are refused, a share outside 0 to 1, all rows on one day, or one class to learn from.
    pub fn forward(days: &[Option<i32>], fake: &[bool], share: f64, undated: Undated) -> Result<Folds, SplitError> {
        if !(share > 0.0 && share < 1.0) {
            return Err(SplitError::Share {
                share: share.to_string(),
            });
        }
        let excluded: Vec<usize> = (0..days.len()).filter(|&row| days[row].is_none()).collect();
        if undated == Undated::Refuse && !excluded.is_empty() {
            return Err(SplitError::Undated {
                undated: excluded.len(),
                rows: days.len(),
            });
        }
        let mut counts: BTreeMap<i32, usize> = BTreeMap::new();
        for day in days.iter().flatten() {
            *counts.entry(*day).or_default() += 1;
        }
        // The last day is never learnt from: something must be left to measure.
        let dated = days.len() - excluded.len();
        let wanted = share * dated as f64;
        let mut until = 0;
        let mut best: Option<(f64, i32)> = None;
        for (&day, &count) in counts.iter().take(counts.len().saturating_sub(1)) {
            until += count;
            let distance = (until as f64 - wanted).abs();
            if best.is_none_or(|(nearest, _)| distance <= nearest) {
                best = Some((distance, day));
            }
        }
        let Some((_, last)) = best else {
            return Err(SplitError::OneDay { days: counts.len() });
        };
        let rows: Vec<usize> = (0..days.len()).filter(|&row| days[row].is_some()).collect();
        let split = Split::of(format!("after day {last}"), &rows, |row| {
            days[row].is_some_and(|day| day > last)
        });
        let protocol = format!(
            "forward in time, {} rows until day {last} to learn from, {} later, {} undated left out",
            split.train.len(),
            split.test.len(),
            excluded.len()
        );
        Folds {
            splits: vec![split],
            protocol,
            excluded,
        }
        .with_both_classes(fake)
    }

    /// Folds inside the training rows of one of the splits, for choosing a strength or for cross-fitting.
    ///
    /// # Errors
    /// As [`Folds::grouped`].
    ///
    /// # Panics
    /// Where there is no split of that index.
    pub fn inner<G: AsRef<str>>(
        &self,
        split: usize,
        groups: &[G],
        fake: &[bool],
        folds: usize,
        seed: u64,
    ) -> Result<Folds, SplitError> {
        Folds::grouped_within(&self.splits[split].train, groups, fake, folds, seed)
    }

    fn with_both_classes(self, fake: &[bool]) -> Result<Folds, SplitError> {
        for split in &self.splits {
            let fakes = split.train.iter().filter(|&&row| fake[row]).count();
            if fakes == 0 || fakes == split.train.len() {
                let class = if fakes == 0 { "genuine" } else { "fake" };
                return Err(SplitError::OneClass {
                    split: split.name.clone(),
                    class,
                });
            }
        }
        Ok(self)
    }
}

impl Split {
    fn of(name: String, rows: &[usize], tested: impl Fn(usize) -> bool) -> Split {
        let (mut test, mut train): (Vec<usize>, Vec<usize>) = rows.iter().partition(|&&row| tested(row));
        test.sort_unstable();
        train.sort_unstable();
        Split { name, train, test }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::SplitMix64;

    /// 60 groups of 1 to 12 rows, every third of them with a majority of fakes.
    fn rows() -> (Vec<String>, Vec<bool>) {
        let mut random = SplitMix64::new(11);
        let (mut groups, mut fake) = (Vec::new(), Vec::new());
        for group in 0..60 {
            for _ in 0..1 + random.below(12) {
                groups.push(format!("hotel {group}"));
                fake.push(random.chance(if group % 3 == 0 { 0.8 } else { 0.1 }));
            }
        }
        (groups, fake)
    }

    fn permuted<T: Clone>(order: &[usize], values: &[T]) -> Vec<T> {
        order.iter().map(|&row| values[row].clone()).collect()
    }

    fn fold_of(folds: &Folds, rows: usize) -> Vec<Option<usize>> {
        (0..rows)
            .map(|row| {
                folds
                    .splits
                    .iter()
                    .position(|split| split.test.binary_search(&row).is_ok())
            })
            .collect()
    }

    #[test]
    fn a_group_is_in_one_fold_and_folds_are_alike() {
        let (groups, fake) = rows();
        let folds = Folds::grouped(&groups, &fake, 5, 1).unwrap();
        let of = fold_of(&folds, groups.len());
        for (row, group) in groups.iter().enumerate() {
            let first = groups.iter().position(|other| other == group).unwrap();
            assert_eq!(of[row], of[first]);
        }
        for split in &folds.splits {
            assert_eq!(split.train.len() + split.test.len(), groups.len());
            let share = |rows: &[usize]| rows.iter().filter(|&&row| fake[row]).count() as f64 / rows.len() as f64;
            assert!(split.test.len().abs_diff(groups.len() / 5) <= 4, "{}", split.test.len());
            assert!((share(&split.test) - share(&split.train)).abs() < 0.03, "{split:?}");
        }
    }

    #[test]
    fn row_order_does_not_matter() {
        let (groups, fake) = rows();
        let mut days: Vec<Option<i32>> = (0..groups.len()).map(|row| Some((row * 7 % 90) as i32)).collect();
        days[5] = None;
        let values: Vec<Option<String>> = (0..groups.len()).map(|row| Some(format!("{}", row % 11))).collect();
        let mut order: Vec<usize> = (0..groups.len()).collect();
        SplitMix64::new(2).shuffle(&mut order);
        let pairs = [
            (
                Folds::grouped(&groups, &fake, 7, 3).unwrap(),
                Folds::grouped(&permuted(&order, &groups), &permuted(&order, &fake), 7, 3).unwrap(),
            ),
            (
                Folds::fixed(&values, &fake).unwrap(),
                Folds::fixed(&permuted(&order, &values), &permuted(&order, &fake)).unwrap(),
            ),
            (
                Folds::forward(&days, &fake, 0.7, Undated::Exclude).unwrap(),
                Folds::forward(
                    &permuted(&order, &days),
                    &permuted(&order, &fake),
                    0.7,
                    Undated::Exclude,
                )
                .unwrap(),
            ),
        ];
        for (one, other) in pairs {
            assert_eq!(one.protocol, other.protocol);
            assert_eq!(
                permuted(&order, &fold_of(&one, groups.len())),
                fold_of(&other, groups.len())
            );
        }
    }

    #[test]
    fn equal_groups_are_placed_by_hash_and_seed() {
        let groups: Vec<String> = (0..100).map(|row| format!("g{}", row / 2)).collect();
        let fake: Vec<bool> = (0..100).map(|row| row % 2 == 0).collect();
        let one = Folds::grouped(&groups, &fake, 5, 1).unwrap();
        assert!(one.splits.iter().all(|split| split.test.len() == 20));
        assert_ne!(one.splits, Folds::grouped(&groups, &fake, 5, 2).unwrap().splits);
    }

    #[test]
    fn a_huge_group_has_a_fold_to_itself() {
        let mut groups = vec!["chain".to_owned(); 80];
        groups.extend((0..40).map(|row| format!("g{row}")));
        let fake: Vec<bool> = (0..120).map(|row| row % 2 == 0).collect();
        let folds = Folds::grouped(&groups, &fake, 3, 1).unwrap();
        let mut sizes: Vec<usize> = folds.splits.iter().map(|split| split.test.len()).collect();
        sizes.sort_unstable();
        assert_eq!(sizes, [20, 20, 80]);
    }

    #[test]
    fn inner_folds_stay_inside_and_keep_groups_together() {
        let (groups, fake) = rows();
        let outer = Folds::grouped(&groups, &fake, 5, 1).unwrap();
        let inner = outer.inner(2, &groups, &fake, 4, 9).unwrap();
        let mut tested: Vec<usize> = inner.splits.iter().flat_map(|split| split.test.clone()).collect();
        tested.sort_unstable();
        assert_eq!(tested, outer.splits[2].train);
        for split in &inner.splits {
            assert!(
                split
                    .train
                    .iter()
                    .all(|&row| split.test.iter().all(|&test| groups[row] != groups[test]))
            );
        }
    }

    #[test]
    fn fixed_folds_come_in_the_order_of_their_numbers() {
        let values = ["10", "2", "1", "2", "10", "1"].map(Some);
        let fake = [true, false, true, true, false, false];
        let folds = Folds::fixed(&values, &fake).unwrap();
        let names: Vec<&str> = folds.splits.iter().map(|split| split.name.as_str()).collect();
        assert_eq!(names, ["fold 1", "fold 2", "fold 10"]);
        assert_eq!(
            (folds.splits[1].test.as_slice(), folds.splits[1].train.as_slice()),
            (&[1, 3][..], &[0, 2, 4, 5][..])
        );
        assert_eq!(
            Folds::fixed(&[Some("1"), None], &[true, false]),
            Err(SplitError::NoFold { record: 2 })
        );
    }

    #[test]
    fn a_day_is_never_divided() {
        // 10 rows: 5 on day 1, 4 on day 2, 1 on day 3. 70 % is nearer to 5 or 9 equally: ties go to learning.
        let days: Vec<Option<i32>> = [1, 2, 1, 2, 1, 2, 1, 2, 1, 3].map(Some).to_vec();
        let fake = [true, false, true, false, false, false, true, true, false, true];
        let folds = Folds::forward(&days, &fake, 0.7, Undated::Refuse).unwrap();
        assert_eq!(folds.splits[0].test, [9]);
        let folds = Folds::forward(&days, &fake, 0.6, Undated::Refuse).unwrap();
        assert_eq!(folds.splits[0].test, [1, 3, 5, 7, 9]);
        // Whatever is asked, something is left on both sides.
        let folds = Folds::forward(&days, &fake, 0.999, Undated::Refuse).unwrap();
        assert_eq!(folds.splits[0].test, [9]);
    }

    #[test]
    fn undated_rows_are_refused_or_counted() {
        let days = [Some(1), None, Some(2), Some(1)];
        let fake = [true, false, true, false];
        let refused = Folds::forward(&days, &fake, 0.5, Undated::Refuse);
        assert_eq!(refused, Err(SplitError::Undated { undated: 1, rows: 4 }));
        let folds = Folds::forward(&days, &fake, 0.5, Undated::Exclude).unwrap();
        assert_eq!(
            (folds.excluded.as_slice(), folds.splits[0].train.as_slice()),
            (&[1][..], &[0, 3][..])
        );
        assert!(folds.protocol.ends_with("1 undated left out"));
    }

    #[test]
    fn what_cannot_be_split_is_an_error() {
        let fake = [true, false, true, false];
        let grouped = |groups: [&str; 4], folds| Folds::grouped(&groups, &fake, folds, 1).unwrap_err();
        assert_eq!(
            grouped(["a", "a", "b", "b"], 3),
            SplitError::TooFewGroups { folds: 3, groups: 2 }
        );
        assert_eq!(grouped(["a", "a", "b", "b"], 1), SplitError::TooFewFolds { found: 1 });
        // The only genuine reviews are in one group.
        assert!(matches!(grouped(["a", "b", "a", "b"], 2), SplitError::OneClass { .. }));
        let one_day = Folds::forward(&[Some(4); 4], &fake, 0.7, Undated::Refuse);
        assert_eq!(one_day, Err(SplitError::OneDay { days: 1 }));
        assert!(matches!(
            Folds::forward(&[Some(4); 4], &fake, 70.0, Undated::Refuse),
            Err(SplitError::Share { .. })
        ));
    }
}
