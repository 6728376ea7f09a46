//! [`Groups`], rows brought together by a key and ordered by time, with running sums.

use super::Ratings;
use super::event::{ANSWERED, ANSWERS_KNOWN, Core, NONE};
use crate::text::Aspect;
use rayon::slice::ParallelSliceMut;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// Rows by key. Within a group every review stands once, in order of time.
#[derive(Debug, Default)]
pub(super) struct Groups {
    /// One row for each distinct review of each group.
    pub entries: Vec<u32>,
    bounds: Vec<u32>,
    group_of: Vec<u32>,
    slot_of: Vec<u32>,
}

const NO_GROUP: u32 = u32::MAX;

impl Groups {
    /// Groups rows. Rows of key [`NONE`] are in no group. Of rows that are the same review, the first in the order of
    /// [`Core`] stands for all.
    pub fn build(cores: &[Core], key: impl Fn(&Core) -> u64) -> Groups {
        let mut keyed: Vec<(u64, u32)> = cores
            .iter()
            .zip(0..)
            .map(|(core, row)| (key(core), row))
            .filter(|(key, _)| *key != NONE)
            .collect();
        let core = |row: u32| &cores[row as usize];
        keyed.par_sort_unstable_by(|a, b| {
            a.0.cmp(&b.0)
                .then_with(|| core(a.1).identity.cmp(&core(b.1).identity))
                .then_with(|| core(a.1).cmp(core(b.1)))
        });
        let mut groups = Groups {
            group_of: vec![NO_GROUP; cores.len()],
            slot_of: vec![0; cores.len()],
            ..Groups::default()
        };
        let mut last: Option<(u64, u64)> = None;
        for (key, row) in &keyed {
            let identity = core(*row).identity;
            if last.is_none_or(|(last, _)| last != *key) {
                groups.bounds.push(groups.entries.len() as u32);
            }
            if last != Some((*key, identity)) {
                groups.entries.push(*row);
            }
            last = Some((*key, identity));
            groups.group_of[*row as usize] = groups.bounds.len() as u32 - 1;
            // For now the row that stands for this one.
            groups.slot_of[*row as usize] = groups.entries[groups.entries.len() - 1];
        }
        groups.bounds.push(groups.entries.len() as u32);
        for bounds in groups.bounds.windows(2) {
            groups.entries[bounds[0] as usize..bounds[1] as usize].sort_unstable_by(|a, b| core(*a).cmp(core(*b)));
        }
        let mut slot_of_entry = vec![0; cores.len()];
        for (slot, row) in groups.entries.iter().enumerate() {
            slot_of_entry[*row as usize] = slot as u32;
        }
        for (_, row) in &keyed {
            let slot = &mut groups.slot_of[*row as usize];
            *slot = slot_of_entry[*slot as usize];
        }
        groups
    }

    /// Number of groups.
    pub fn len(&self) -> usize {
        self.bounds.len().saturating_sub(1)
    }

    /// The group of a row.
    pub fn of(&self, row: usize) -> Option<usize> {
        let group = *self.group_of.get(row)?;
        (group != NO_GROUP).then_some(group as usize)
    }

    /// The slots of a group.
    pub fn slots(&self, group: usize) -> Range<usize> {
        self.bounds[group] as usize..self.bounds[group + 1] as usize
    }

    /// The slot of a row's review in its group.
    pub fn slot(&self, row: usize) -> usize {
        self.slot_of[row] as usize
    }

    /// The slots of a group that can be seen on a day: those of reviews that were surely published before it.
    pub fn before(&self, cores: &[Core], slots: Range<usize>, day: i32) -> Range<usize> {
        let seen = self.entries[slots.clone()].partition_point(|row| cores[*row as usize].end < day);
        slots.start..slots.start + seen
    }

    /// What stands in a slot.
    pub fn at<'c>(&self, cores: &'c [Core], slot: usize) -> &'c Core {
        &cores[self.entries[slot] as usize]
    }
}

/// Sums over reviews.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Sums {
    pub reviews: u32,
    pub ratings: Ratings,
    /// Reviews of which the day is known.
    pub dated: u32,
    pub dated_ratings: Ratings,
    /// Those by reviewers who wrote no other in the whole file.
    pub lone: u32,
    /// Reviews of which it is known whether they were answered, and so on.
    pub answers_known: u32,
    pub answered: u32,
    pub critical: u32,
    pub critical_answered: u32,
    pub claims: [[u32; 2]; Aspect::ALL.len()],
    pub claiming: u32,
    pub words: u64,
    pub worded: u32,
}

impl Sums {
    /// Counts a review.
    pub fn add(&mut self, core: &Core, lone: bool) {
        self.reviews += 1;
        if let Some(stars) = core.stars() {
            self.ratings.add(stars);
        }
        if core.exact_day().is_some() {
            self.dated += 1;
            self.lone += u32::from(lone);
            if let Some(stars) = core.stars() {
                self.dated_ratings.add(stars);
            }
        }
        if core.flags & ANSWERS_KNOWN != 0 {
            let critical = (1..=2000).contains(&core.rating);
            let answered = core.flags & ANSWERED != 0;
            self.answers_known += 1;
            self.answered += u32::from(answered);
            self.critical += u32::from(critical);
            self.critical_answered += u32::from(critical && answered);
        }
        for (polarity, mut claims) in core.claims.into_iter().enumerate() {
            while claims != 0 {
                self.claims[claims.trailing_zeros() as usize][polarity] += 1;
                claims &= claims - 1;
            }
        }
        self.claiming += u32::from(core.claims != [0, 0]);
        if core.words > 0 {
            self.words += u64::from(core.words);
            self.worded += 1;
        }
    }

    /// Takes away what was counted before.
    pub fn subtract(&mut self, other: &Sums) {
        self.reviews -= other.reviews;
        self.ratings.subtract(&other.ratings);
        self.dated -= other.dated;
        self.dated_ratings.subtract(&other.dated_ratings);
        self.lone -= other.lone;
        self.answers_known -= other.answers_known;
        self.answered -= other.answered;
        self.critical -= other.critical;
        self.critical_answered -= other.critical_answered;
        for (mine, theirs) in self.claims.iter_mut().flatten().zip(other.claims.iter().flatten()) {
            *mine -= theirs;
        }
        self.claiming -= other.claiming;
        self.words -= other.words;
        self.worded -= other.worded;
    }
}

/// Running sums over the entries of groups: the sums of any stretch at the cost of a few dozen additions.
#[derive(Debug, Default)]
pub(super) struct Running {
    /// Sums of all entries before every [`STEP`]th.
    every: Vec<Sums>,
    /// Sums of whole groups of more than [`STEP`] entries, by first slot, with the slot after the last.
    whole: FxHashMap<usize, (usize, Sums)>,
}

const STEP: usize = 32;

impl Running {
    pub fn over(groups: &Groups, cores: &[Core], lone: &[bool]) -> Running {
        let mut every = Vec::with_capacity(groups.entries.len() / STEP + 1);
        let mut sums = Sums::default();
        for (slot, row) in groups.entries.iter().enumerate() {
            if slot % STEP == 0 {
                every.push(sums);
            }
            sums.add(&cores[*row as usize], lone[*row as usize]);
        }
        let mut running = Running {
            every,
            whole: FxHashMap::default(),
        };
        for slots in (0..groups.len())
            .map(|group| groups.slots(group))
            .filter(|slots| slots.len() > STEP)
        {
            let sums = running.sum(groups, cores, lone, slots.clone());
            running.whole.insert(slots.start, (slots.end, sums));
        }
        running
    }

    /// The sums of a stretch of slots.
    pub fn sum(&self, groups: &Groups, cores: &[Core], lone: &[bool], slots: Range<usize>) -> Sums {
        let add = |sums: &mut Sums, slots: Range<usize>| {
            for row in &groups.entries[slots] {
                sums.add(&cores[*row as usize], lone[*row as usize]);
            }
        };
        if let Some((_, sums)) = self.whole.get(&slots.start).filter(|(end, _)| *end == slots.end) {
            return *sums;
        }
        let mut sums = Sums::default();
        if slots.len() <= 2 * STEP {
            add(&mut sums, slots);
            return sums;
        }
        let (first, last) = (slots.start.div_ceil(STEP), slots.end / STEP);
        sums = self.every_or_end(last, groups, cores, lone);
        sums.subtract(&self.every[first]);
        add(&mut sums, slots.start..first * STEP);
        add(&mut sums, last * STEP..slots.end);
        sums
    }

    /// The sums before a step; the last step may lie at the very end, before which none was kept.
    fn every_or_end(&self, step: usize, groups: &Groups, cores: &[Core], lone: &[bool]) -> Sums {
        if let Some(sums) = self.every.get(step) {
            return *sums;
        }
        let mut sums = self.every[step - 1];
        for row in &groups.entries[(step - 1) * STEP..] {
            sums.add(&cores[*row as usize], lone[*row as usize]);
        }
        sums
    }
}
