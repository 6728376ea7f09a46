//! The view of a review's property.

use super::event::{ANSWERED, ANSWERS_KNOWN, Core, NO_DELAY, UNDATED, month_of};
use super::groups::Sums;
use super::history::{Context, NOT_FIRST, Visible};
use super::tally::{Delays, Tally};
use super::{Answers, Burst, Horizon, PropertyView, Ratings, Variety};
use std::collections::VecDeque;

/// A property as all its reviews in the file show it, none left out; in a context over the full file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WholeProperty {
    /// Reviews, repeated ids counted once.
    pub reviews: u32,
    /// Their ratings.
    pub ratings: Ratings,
    /// Distinct reviewers; 0 where the file names none.
    pub reviewers: u32,
    /// Those of them with one review only in the file.
    pub single_reviewers: u32,
    /// Answers of the owner. `None` where the file has no answers.
    pub answers: Option<Answers>,
    /// Number of sites on which the property has reviews, this one's included.
    pub sites: u32,
    /// Ratings on other sites; empty where the file knows one site only.
    pub ratings_elsewhere: Ratings,
}

/// What only a sweep over a property's reviews in order of time can tell, for one row.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct PropertyFacts {
    reviewers: u32,
    single_reviewers: u32,
    contributions: Packed,
    languages: Packed,
    trip_types: Packed,
    same_language: u32,
    months: u32,
    same_shape: u32,
    busiest_share: f32,
    median_delay: Option<f32>,
    templated: u32,
    answered: u32,
    critical_answered: u32,
    single_in_burst: u32,
}

/// A [`Variety`] in twelve bytes.
#[derive(Clone, Copy, Debug, Default)]
struct Packed {
    items: u32,
    kinds: u32,
    entropy: f32,
}

impl From<Variety> for Packed {
    fn from(variety: Variety) -> Packed {
        Packed {
            items: variety.items,
            kinds: variety.kinds,
            entropy: variety.entropy as f32,
        }
    }
}

impl From<Packed> for Variety {
    fn from(packed: Packed) -> Variety {
        Variety {
            items: packed.items,
            kinds: packed.kinds,
            entropy: f64::from(packed.entropy),
        }
    }
}

/// What is known of a property at one moment.
#[derive(Default)]
struct State {
    reviewers: Tally,
    languages: Tally,
    trips: Tally,
    months: Tally,
    shapes: Tally,
    answers: AnswerState,
}

impl State {
    fn change(&mut self, core: &Core, apply: fn(&mut Tally, u64)) {
        apply(&mut self.reviewers, core.reviewer);
        apply(&mut self.languages, language_kind(core));
        apply(&mut self.trips, u64::from(core.trip));
        apply(&mut self.months, month_kind(core));
        apply(&mut self.shapes, u64::from(core.shape));
    }
}

#[derive(Default)]
struct AnswerState {
    answered: u32,
    critical: u32,
    delays: Delays,
    templates: [Tally; 3],
}

impl AnswerState {
    fn add(&mut self, core: &Core) {
        self.answered += 1;
        self.critical += u32::from((1..=2000).contains(&core.rating));
        if core.delay != NO_DELAY {
            self.delays.add(core.delay);
        }
        for (tally, minimum) in self.templates.iter_mut().zip(core.answer.0) {
            tally.add(u64::from(minimum));
        }
    }

    /// Answers with nearly the same text as another one, by the mean of three minima.
    fn templated(&self) -> u32 {
        (self.templates.iter().map(Tally::shared).sum::<u32>() + 1) / 3
    }

    fn remove(&mut self, core: &Core) {
        self.answered -= 1;
        self.critical -= u32::from((1..=2000).contains(&core.rating));
        if core.delay != NO_DELAY {
            self.delays.remove(core.delay);
        }
        for (tally, minimum) in self.templates.iter_mut().zip(core.answer.0) {
            tally.remove(u64::from(minimum));
        }
    }
}

fn language_kind(core: &Core) -> u64 {
    core.language.map_or(0, |language| {
        language
            .code()
            .bytes()
            .fold(1, |kind, byte| kind << 8 | u64::from(byte))
    })
}

fn month_kind(core: &Core) -> u64 {
    if core.end == UNDATED {
        return 0;
    }
    let (first, last) = month_of(core.end);
    // A date known to the year only is in no month.
    if core.start < first {
        0
    } else {
        (i64::from(last) + (1 << 32)) as u64
    }
}

/// The day on which the answer to a review was surely public. An answer without a day counts with its review.
fn answer_day(core: &Core) -> Option<i32> {
    let answered = core.flags & ANSWERS_KNOWN != 0 && core.flags & ANSWERED != 0;
    answered.then(|| {
        if core.delay == NO_DELAY {
            core.end
        } else {
            core.end.saturating_add(i32::from(core.delay))
        }
    })
}

/// Days before a review's day that belong to its burst, as of its time.
const BURST_BEFORE: i32 = 6;
/// Days before and after that belong to it, with the whole file known.
const BURST_AROUND: i32 = 3;

/// Sweeps over all properties.
pub(super) fn sweep(context: &Context) -> Vec<PropertyFacts> {
    let cores = &context.cores;
    let mut rows: Vec<(u32, i32, u32)> = (0..cores.len())
        .filter_map(|row| {
            context
                .properties
                .of(row)
                .map(|group| (group as u32, cores[row].start, row as u32))
        })
        .collect();
    rows.sort_unstable();
    let mut facts = vec![PropertyFacts::default(); if rows.is_empty() { 0 } else { cores.len() }];
    for rows in rows.chunk_by(|a, b| a.0 == b.0) {
        let sweep = Sweep {
            context,
            group: rows[0].0 as usize,
        };
        let rows = rows.iter().map(|(_, _, row)| *row as usize);
        match context.horizon {
            Horizon::Full => sweep.full(rows, &mut facts),
            Horizon::AsOf => sweep.as_of(rows, &mut facts),
        }
    }
    facts
}

struct Sweep<'c> {
    context: &'c Context,
    group: usize,
}

impl Sweep<'_> {
    fn core(&self, slot: usize) -> &Core {
        self.context.properties.at(&self.context.cores, slot)
    }

    fn full(&self, rows: impl Iterator<Item = usize>, facts: &mut [PropertyFacts]) {
        let slots = self.context.properties.slots(self.group);
        let mut state = State::default();
        let mut single = 0;
        let mut days = Vec::new();
        for slot in slots {
            let core = self.core(slot);
            state.change(core, Tally::add);
            single += u32::from(self.context.lone[self.context.properties.entries[slot] as usize]);
            if answer_day(core).is_some() {
                state.answers.add(core);
            }
            days.extend(core.exact_day());
        }
        let busiest = most_within_a_week(&days) as f32 / days.len().max(1) as f32;
        for row in rows {
            let own = self.core(self.context.properties.slot(row));
            state.change(own, Tally::remove);
            let answered = answer_day(own).is_some();
            if answered {
                state.answers.remove(own);
            }
            let mine = u32::from(
                self.context.lone[self.context.properties.entries[self.context.properties.slot(row)] as usize],
            );
            facts[row] = PropertyFacts {
                single_reviewers: single - mine,
                busiest_share: busiest,
                ..self.record(&state, row)
            };
            state.change(own, Tally::add);
            if answered {
                state.answers.add(own);
            }
        }
    }

    fn as_of(&self, rows: impl Iterator<Item = usize>, facts: &mut [PropertyFacts]) {
        let context = self.context;
        let slots = context.properties.slots(self.group);
        let mut answers: Vec<(i32, usize)> = slots
            .clone()
            .filter_map(|slot| Some((answer_day(self.core(slot))?, slot)))
            .collect();
        answers.sort_unstable();
        let mut answers = answers.into_iter().peekable();
        // A reviewer with one review as of a day: the first review was seen, the second was not.
        let mut ceasing: Vec<i32> = Vec::new();
        // The same within the burst: from the day after the review until it leaves the window or a second one is seen.
        let (mut entering, mut leaving) = (Vec::new(), Vec::new());
        for slot in slots.clone() {
            let second = context.second_end[context.properties.entries[slot] as usize];
            if second != NOT_FIRST {
                // A repeated id may stand with another date in the reviewer's history.
                let second = second.max(self.core(slot).end);
                ceasing.push(second);
                if let Some(day) = self.core(slot).exact_day() {
                    entering.push(day + 1);
                    leaving.push((day + BURST_BEFORE).min(second).saturating_add(1));
                }
            }
        }
        ceasing.sort_unstable();
        entering.sort_unstable();
        leaving.sort_unstable();
        let (mut ceased, mut entered, mut left) = (0, 0, 0);

        let mut state = State::default();
        let mut seen = slots.start;
        let mut firsts = 0u32;
        let mut dated = 0u32;
        let mut busiest = 0;
        let mut week: VecDeque<i32> = VecDeque::new();
        for row in rows {
            let day = context.cores[row].start;
            if day == UNDATED {
                continue;
            }
            while seen < slots.end && self.core(seen).end < day {
                let core = self.core(seen);
                state.change(core, Tally::add);
                firsts += u32::from(context.second_end[context.properties.entries[seen] as usize] != NOT_FIRST);
                if let Some(day) = core.exact_day() {
                    week.push_back(day);
                    while week.front().is_some_and(|first| *first < day - BURST_BEFORE) {
                        week.pop_front();
                    }
                    busiest = busiest.max(week.len());
                    dated += 1;
                }
                seen += 1;
            }
            while let Some((_, slot)) = answers.next_if(|(answer, _)| *answer < day) {
                state.answers.add(self.core(slot));
            }
            while ceased < ceasing.len() && ceasing[ceased] < day {
                ceased += 1;
            }
            while entered < entering.len() && entering[entered] <= day {
                entered += 1;
            }
            while left < leaving.len() && leaving[left] <= day {
                left += 1;
            }
            let own = context.properties.slot(row);
            let own_core = self.core(own);
            let own_seen = own < seen;
            let own_answered = answer_day(own_core).is_some_and(|answer| answer < day);
            if own_seen {
                state.change(own_core, Tally::remove);
            }
            if own_answered {
                state.answers.remove(own_core);
            }
            // The reviewer of this row may be one of them.
            let mine = context
                .reviewers
                .of(row)
                .map(|group| context.reviewers.entries[context.reviewers.slots(group).start] as usize);
            let mine = mine
                .filter(|mine| context.properties.of(*mine) == Some(self.group) && context.second_end[*mine] >= day);
            let mine = mine.map(|mine| &context.cores[mine]).filter(|mine| mine.end < day);
            let mine_in_burst = mine
                .and_then(Core::exact_day)
                .is_some_and(|mine| mine >= day - BURST_BEFORE);
            let window = week.len() - week.partition_point(|seen| *seen < day - BURST_BEFORE);
            facts[row] = PropertyFacts {
                single_reviewers: (firsts - ceased as u32).saturating_sub(u32::from(mine.is_some())),
                single_in_burst: ((entered - left) as u32).saturating_sub(u32::from(mine_in_burst)),
                busiest_share: busiest.max(window + 1) as f32 / (dated + 1) as f32,
                ..self.record(&state, row)
            };
            if own_seen {
                state.change(own_core, Tally::add);
            }
            if own_answered {
                state.answers.add(own_core);
            }
        }
    }

    /// What the state says to a row whose own review is not in it.
    fn record(&self, state: &State, row: usize) -> PropertyFacts {
        let core = &self.context.cores[row];
        let mine = state.reviewers.of(core.reviewer);
        PropertyFacts {
            reviewers: state.reviewers.kinds() - u32::from(mine > 0),
            contributions: state.reviewers.variety().into(),
            languages: state.languages.variety().into(),
            trip_types: state.trips.variety().into(),
            same_language: state.languages.of(language_kind(core)),
            months: state.months.kinds(),
            same_shape: state.shapes.of(u64::from(core.shape)).saturating_sub(mine),
            median_delay: state.answers.delays.median().map(|median| median as f32),
            templated: state.answers.templated(),
            answered: state.answers.answered,
            critical_answered: state.answers.critical,
            ..PropertyFacts::default()
        }
    }
}

/// Most of the sorted days that lie within seven.
pub(super) fn most_within_a_week(days: &[i32]) -> usize {
    let mut first = 0;
    let mut most = 0;
    for (last, day) in days.iter().enumerate() {
        while days[first] < day - 6 {
            first += 1;
        }
        most = most.max(last + 1 - first);
    }
    most
}

impl Context {
    /// Number of properties. On every site a property has a number of its own.
    pub fn property_count(&self) -> usize {
        self.properties.len()
    }

    /// The number of a row's property, below [`Context::property_count`]; `None` where it names none.
    pub fn property_of(&self, row: usize) -> Option<usize> {
        self.properties.of(row)
    }

    /// Whether a row stands for its review among those of its property: of rows that are the same review, one does.
    pub fn counts_for_property(&self, row: usize) -> bool {
        self.properties.of(row).is_some() && self.properties.entries[self.properties.slot(row)] as usize == row
    }

    /// The first row, in order of time, of a property.
    ///
    /// # Panics
    ///
    /// Panics where there is no such property.
    pub fn first_row_of(&self, property: usize) -> usize {
        self.properties.entries[self.properties.slots(property).start] as usize
    }

    /// A property as all its reviews show it.
    ///
    /// # Panics
    ///
    /// Panics where there is no such property.
    pub fn whole_property(&self, property: usize) -> WholeProperty {
        let slots = self.properties.slots(property);
        let sums = self.sums_within(&self.properties, &self.runs.properties, slots.clone(), None);
        let mut state = State::default();
        let mut single_reviewers = 0;
        for slot in slots {
            let core = self.properties.at(&self.cores, slot);
            state.change(core, Tally::add);
            single_reviewers += u32::from(self.lone[self.properties.entries[slot] as usize]);
            if answer_day(core).is_some() {
                state.answers.add(core);
            }
        }
        let (ratings_elsewhere, _, sites) = self.other_sites(self.first_row_of(property));
        WholeProperty {
            reviews: sums.reviews,
            ratings: sums.ratings,
            reviewers: state.reviewers.kinds(),
            single_reviewers,
            answers: (sums.answers_known > 0).then(|| Answers {
                known: sums.answers_known,
                answered: state.answers.answered,
                critical: sums.critical,
                critical_answered: state.answers.critical,
                median_delay: state.answers.delays.median(),
                templated: state.answers.templated(),
            }),
            sites,
            ratings_elsewhere,
        }
    }

    pub(super) fn property_view(&self, row: usize) -> Option<PropertyView> {
        let core = &self.cores[row];
        let visible = self.visible(&self.properties, row)?;
        let sums = self.sums(&self.properties, &self.runs.properties, &visible);
        let facts = &self.facts[row];
        let all = self.properties.slots(self.properties.of(row)?);
        let own = self.properties.slot(row);
        let dated = (core.start != UNDATED).then_some(core.start);
        let before = dated.map(|day| self.properties.before(&self.cores, all.clone(), day));
        let (elsewhere, here, sites) = self.other_sites(row);
        let others = || visible.others().map(|slot| self.properties.at(&self.cores, slot));
        let full = self.horizon == Horizon::Full;
        Some(PropertyView {
            reviews: sums.reviews,
            ratings: sums.ratings,
            ratings_elsewhere: elsewhere,
            ratings_here: here.unwrap_or(sums.ratings),
            sites,
            reviewers: facts.reviewers,
            single_reviewers: facts.single_reviewers,
            contributions: facts.contributions.into(),
            languages: facts.languages.into(),
            same_language: facts.same_language,
            trip_types: facts.trip_types.into(),
            months: facts.months,
            span_days: others().next().filter(|first| first.end != UNDATED).map(|first| {
                let dated = self.properties.before(&self.cores, visible.slots.clone(), UNDATED);
                let last = dated
                    .rev()
                    .find(|slot| Some(*slot) != visible.own)
                    .map_or(first.end, |last| self.properties.at(&self.cores, last).end);
                (last - first.end).max(0) as u32
            }),
            days_since_first: dated.map(|day| {
                let first = all
                    .clone()
                    .find(|slot| *slot != own)
                    .map(|slot| self.properties.at(&self.cores, slot).end);
                first
                    .filter(|first| *first < day)
                    .map_or(0, |first| (day - first) as u32)
            }),
            rank: before.map(|before| (before.len() - usize::from(before.contains(&own))) as u32),
            burst: self.burst(row, &visible, &sums),
            answered: (full && core.flags & ANSWERS_KNOWN != 0).then_some(core.flags & ANSWERED != 0),
            answers: (sums.answers_known > 0).then(|| Answers {
                known: sums.answers_known,
                answered: facts.answered,
                critical: sums.critical,
                critical_answered: facts.critical_answered,
                median_delay: facts.median_delay.map(f64::from),
                templated: facts.templated,
            }),
            claims: sums.claims,
            claiming: sums.claiming,
            same_name_shape: facts.same_shape,
            rating_trend: self.rating_trend(&visible, &sums),
        })
    }

    /// Ratings of the same property on other sites and on this one, and the number of its sites.
    fn other_sites(&self, row: usize) -> (super::Ratings, Option<super::Ratings>, u32) {
        let (Some(group), Some(anywhere), Some(here)) = (
            self.anywhere.of(row),
            self.visible(&self.anywhere, row),
            self.visible(&self.here, row),
        ) else {
            return (super::Ratings::default(), None, 1);
        };
        let here = self.sums(&self.here, &self.runs.here, &here).ratings;
        let mut elsewhere = self.sums(&self.anywhere, &self.runs.anywhere, &anywhere).ratings;
        elsewhere.subtract(&here);
        let core = &self.cores[row];
        let seen = |first: i32| self.horizon == Horizon::Full || first < core.start;
        let sites = self
            .sites
            .get(&(group as u32))
            .into_iter()
            .flatten()
            .filter(|(site, first)| *site == core.site || seen(*first))
            .count();
        (elsewhere, Some(here), sites as u32)
    }

    fn burst(&self, row: usize, visible: &Visible, all: &Sums) -> Option<Burst> {
        let day = self.cores[row].exact_day()?;
        let groups = &self.properties;
        let (first_day, last_day) = match self.horizon {
            Horizon::Full => (day - BURST_AROUND, day + BURST_AROUND),
            Horizon::AsOf => (day - BURST_BEFORE, day - 1),
        };
        let start = groups.before(&self.cores, visible.slots.clone(), first_day).end;
        let end = groups.before(&self.cores, visible.slots.clone(), last_day + 1).end;
        let window = self.sums_within(groups, &self.runs.properties, start..end, visible.own);
        let mut outside = *all;
        outside.subtract(&window);

        let dated = groups.before(&self.cores, visible.slots.clone(), UNDATED);
        let at = |slot: usize| groups.at(&self.cores, slot);
        let first = dated.clone().next().map_or(day, |slot| at(slot).start.min(day));
        let last = dated.clone().next_back().map_or(day, |slot| at(slot).end.max(day));
        const WINDOW: i32 = 7;
        let weeks_outside = f64::from((last - first + 1 - WINDOW).max(WINDOW)) / f64::from(WINDOW);

        let until = match self.horizon {
            Horizon::Full => day + 1,
            Horizon::AsOf => day,
        };
        let before = groups.before(&self.cores, visible.slots.clone(), until);
        let previous = before
            .rev()
            .filter(|slot| Some(*slot) != visible.own)
            .find_map(|slot| at(slot).exact_day());
        let facts = &self.facts[row];
        Some(Burst {
            reviews: window.dated,
            usual: (f64::from(outside.dated) + 0.5) / weeks_outside,
            ratings: window.dated_ratings,
            ratings_outside: outside.dated_ratings,
            single_reviewers: match self.horizon {
                Horizon::Full => window.lone,
                Horizon::AsOf => facts.single_in_burst,
            },
            dated: all.dated,
            busiest_share: f64::from(facts.busiest_share),
            days_since_previous: previous.map(|previous| (day - previous) as u32),
        })
    }

    /// Mean of the later ratings less that of the earlier ones, parted at the day of the middle one. Days are never
    /// parted, so that the order within a day does not matter.
    fn rating_trend(&self, visible: &Visible, all: &Sums) -> Option<f64> {
        let groups = &self.properties;
        let dated = groups.before(&self.cores, visible.slots.clone(), UNDATED);
        let middle = dated.start + dated.len() / 2;
        if dated.is_empty() {
            return None;
        }
        let day = groups.at(&self.cores, middle).end;
        let parted = groups.before(&self.cores, dated.clone(), day).end;
        let earlier = self
            .sums_within(groups, &self.runs.properties, dated.start..parted, visible.own)
            .ratings;
        let undated = self.sums_within(groups, &self.runs.properties, dated.end..visible.slots.end, visible.own);
        let mut later = all.ratings;
        later.subtract(&earlier);
        later.subtract(&undated.ratings);
        Some(later.mean()? - earlier.mean()?)
    }
}
