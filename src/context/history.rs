//! [`Events`], gathered by the first pass, and [`Context`], which the second pass asks.

use super::copies::{self, Copies};
use super::event::{Core, Event, NONE, UNDATED, key, month_of};
use super::groups::{Groups, Running, Sums};
use super::network::Network;
use super::phrases::{Phrases, Suspects};
use super::property::{PropertyFacts, sweep};
use super::reread::{Answer, Reread};
use super::sketch::TextSketch;
use super::{CorpusView, Horizon, Ratings, Surroundings};
use crate::campaigns::{CampaignView, Campaigns};
use rustc_hash::{FxHashMap, FxHashSet};
use std::ops::Range;

/// The events of the first pass, in input order: the position of an event is the row by which the second pass asks.
#[derive(Debug, Default)]
pub struct Events {
    cores: Vec<Core>,
    sketches: Vec<(u32, TextSketch)>,
    phrases: Phrases,
    campaigns_skipped: bool,
}

impl Events {
    /// Adds events at the end.
    pub fn extend(&mut self, events: impl IntoIterator<Item = Event>) {
        for event in events {
            let row = self.cores.len() as u32;
            let mut core = event.core;
            if core.identity == NONE {
                // Nothing tells it from others, so it is nobody's double.
                core.identity = key(&["row", &row.to_string()]);
            }
            if let Some(words) = &event.words {
                self.phrases.add(&core, words);
            }
            self.cores.push(core);
            if let Some(sketch) = event.sketch {
                self.sketches.push((row, *sketch));
            }
        }
    }

    /// Leaves campaigns out: what needs them is missing.
    pub fn skip_campaigns(&mut self) {
        self.campaigns_skipped = true;
    }

    /// Number of events.
    pub fn len(&self) -> usize {
        self.cores.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.cores.is_empty()
    }

    /// Brings the events together. `days_known` says of each input file whether its dates are those of days, and not
    /// rounded by the site; files that it does not list are taken at their word. `read_again` gives what it is told to
    /// ask of the texts of all rows, in rising order: they are no longer in memory.
    ///
    /// # Errors
    /// That of `read_again`.
    pub fn finish<E>(
        self,
        horizon: Horizon,
        days_known: &[bool],
        read_again: impl FnOnce(&Reread<'_>) -> Result<Vec<Answer>, E>,
    ) -> Result<Context, E> {
        let Events {
            mut cores,
            sketches,
            phrases,
            campaigns_skipped,
        } = self;
        let pairs = copies::candidates(&cores, &sketches);
        drop(sketches);
        let campaigns_known = horizon == Horizon::Full && !campaigns_skipped;
        let suspects = if campaigns_known {
            phrases.suspects(&cores)
        } else {
            Suspects::default()
        };
        let reread = Reread::new(&cores, copies::rows_of(&pairs), &suspects);
        let answers = if reread.is_needed() {
            read_again(&reread)?
        } else {
            Vec::new()
        };
        let (mut shingles, mut spoken) = (FxHashMap::default(), Vec::new());
        for answer in answers {
            shingles.extend(answer.shingles.map(|shingles| (answer.row, shingles)));
            spoken.push((answer.row, answer.spoken));
        }
        let said = suspects.phrases(spoken.into_iter());
        let near = copies::verified(pairs, &shingles);
        drop(shingles);
        let days_known = days_known.to_vec();
        for core in &mut cores {
            if core.end != UNDATED && !days_known.get(core.file as usize).copied().unwrap_or(true) {
                core.start = month_of(core.start).0;
                core.end = month_of(core.end).1;
            }
        }
        let reviewers = Groups::build(&cores, |core| core.reviewer);
        let properties = Groups::build(&cores, |core| core.property);
        let site_count = cores.iter().map(|core| core.site).collect::<FxHashSet<u64>>().len() as u32;
        let several_sites = site_count > 1;
        let anywhere = if several_sites {
            Groups::build(&cores, |core| core.anywhere)
        } else {
            Groups::default()
        };
        let here = if several_sites {
            Groups::build(&cores, |core| if core.anywhere == NONE { NONE } else { site_key(core) })
        } else {
            Groups::default()
        };
        let categories = Groups::build(&cores, |core| u64::from(core.category));
        let all = Groups::build(&cores, |_| 1);
        let named = cores.iter().any(|core| core.shape != 0);
        let shapes = if named {
            Groups::build(&cores, |core| u64::from(core.shape))
        } else {
            Groups::default()
        };

        let lone: Vec<bool> = (0..cores.len())
            .map(|row| reviewers.of(row).is_some_and(|group| reviewers.slots(group).len() == 1))
            .collect();
        let second_end = (0..cores.len())
            .map(|row| {
                let slots = reviewers
                    .of(row)
                    .map(|group| reviewers.slots(group))
                    .filter(|slots| slots.start == reviewers.slot(row))?;
                Some(
                    slots
                        .clone()
                        .nth(1)
                        .map_or(UNDATED, |second| reviewers.at(&cores, second).end),
                )
            })
            .map(|end| end.unwrap_or(NOT_FIRST))
            .collect();
        let mut sites: FxHashMap<u32, Vec<(u64, i32)>> = FxHashMap::default();
        for row in 0..anywhere.entries.len() {
            let entry = anywhere.entries[row] as usize;
            if let Some(group) = anywhere.of(entry) {
                let of_group = sites.entry(group as u32).or_default();
                if !of_group.iter().any(|(site, _)| *site == cores[entry].site) {
                    of_group.push((cores[entry].site, cores[entry].end));
                }
            }
        }
        let running = |groups: &Groups| Running::over(groups, &cores, &lone);
        let reviewers_repeat = (0..reviewers.len()).any(|group| reviewers.slots(group).len() > 1);
        let copies = Copies::of(&cores, &near);
        drop(near);
        let network = if horizon == Horizon::Full {
            Network::over(&cores, &reviewers, &properties)
        } else {
            Network::default()
        };
        let totals = (0..properties.len())
            .map(|group| {
                let mut ratings = Ratings::default();
                let stars = properties
                    .slots(group)
                    .filter_map(|slot| properties.at(&cores, slot).stars());
                stars.for_each(|stars| ratings.add(stars));
                ratings
            })
            .collect();
        let mut context = Context {
            totals,
            horizon,
            days_known,
            reviewers_repeat,
            site_count,
            runs: Runs {
                reviewers: running(&reviewers),
                properties: running(&properties),
                anywhere: running(&anywhere),
                here: running(&here),
                categories: running(&categories),
                all: running(&all),
            },
            reviewers,
            properties,
            anywhere,
            here,
            categories,
            all,
            shapes,
            sites,
            copies,
            network,
            campaigns: Campaigns::default(),
            campaigns_known,
            second_end,
            lone,
            facts: Vec::new(),
            cores,
        };
        context.facts = sweep(&context);
        if context.campaigns_known {
            context.campaigns = crate::campaigns::detect(&context.ledger(said));
            context.copies.forget_distant();
        }
        Ok(context)
    }
}

fn site_key(core: &Core) -> u64 {
    (core.anywhere.rotate_left(1) ^ core.site).max(1)
}

/// Marks rows that are not their reviewer's first review in [`Context::second_end`].
pub(super) const NOT_FIRST: i32 = i32::MIN;

/// All that the first pass learnt, ready to be asked about any row.
#[derive(Debug)]
pub struct Context {
    pub(super) horizon: Horizon,
    pub(super) cores: Vec<Core>,
    days_known: Vec<bool>,
    reviewers_repeat: bool,
    site_count: u32,
    pub(super) reviewers: Groups,
    pub(super) properties: Groups,
    pub(super) anywhere: Groups,
    pub(super) here: Groups,
    categories: Groups,
    pub(super) all: Groups,
    shapes: Groups,
    pub(super) runs: Runs,
    /// Sites of each property across sites, with the day of the first review there.
    pub(super) sites: FxHashMap<u32, Vec<(u64, i32)>>,
    pub(super) copies: Copies,
    pub(super) network: Network,
    campaigns: Campaigns,
    campaigns_known: bool,
    /// For each row that is its reviewer's first review: the last day of the second one, [`UNDATED`] where there is none.
    pub(super) second_end: Vec<i32>,
    /// For each row: the reviewer has no other review in the file.
    pub(super) lone: Vec<bool>,
    /// For each property: all its ratings.
    pub(super) totals: Vec<Ratings>,
    /// For each row: what is known of its property.
    pub(super) facts: Vec<PropertyFacts>,
}

/// The running sums of each grouping.
#[derive(Debug)]
pub(super) struct Runs {
    pub reviewers: Running,
    pub properties: Running,
    pub anywhere: Running,
    pub here: Running,
    categories: Running,
    all: Running,
}

/// What a row may see of a group: slots in order of time, and its own among them.
#[derive(Clone, Debug)]
pub(super) struct Visible {
    pub slots: Range<usize>,
    pub own: Option<usize>,
}

impl Visible {
    /// The slots of the others.
    pub fn others(&self) -> impl Iterator<Item = usize> + use<> {
        let own = self.own;
        self.slots.clone().filter(move |slot| Some(*slot) != own)
    }

    /// How many others.
    pub fn count(&self) -> usize {
        self.slots.len() - usize::from(self.own.is_some())
    }
}

impl Context {
    /// What a view may know.
    pub fn horizon(&self) -> Horizon {
        self.horizon
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.cores.len()
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.cores.is_empty()
    }

    /// All that is known around the review in a row. Rows are numbered as the events were added. As of its time, an
    /// undated review sees nothing: its property, reviewer and copies are `None`.
    ///
    /// # Panics
    ///
    /// Panics where there is no such row.
    pub fn around(&self, row: usize) -> Surroundings {
        Surroundings {
            property: self.property_view(row),
            reviewer: self.reviewer_view(row),
            corpus: self.corpus_view(row),
            copy: self.copy_view(row),
            network: self.network_view(row),
            campaign: self.campaign_view(row),
        }
    }

    /// The campaigns of the whole file; none as of a review's time.
    pub fn campaigns(&self) -> &Campaigns {
        &self.campaigns
    }

    /// The weightiest campaign that a row's review belongs to, empty where there is none; `None` as in
    /// [`Surroundings::campaign`].
    pub fn campaign_view(&self, row: usize) -> Option<CampaignView> {
        let known =
            self.properties.of(row).is_some() || self.reviewers.of(row).is_some() || self.copies.text_of(row).is_some();
        if !self.campaigns_known || !known {
            return None;
        }
        // A review that stands in several rows is in the ledger with one of them.
        let entry = self.all.entries.get(self.all.slot(row))?;
        Some(self.campaigns.of_row(*entry).cloned().unwrap_or_default())
    }

    /// What a row may see of its group. `None` where it is in none, or where its time is needed and not known.
    pub(super) fn visible(&self, groups: &Groups, row: usize) -> Option<Visible> {
        let slots = groups.slots(groups.of(row)?);
        let slots = match self.horizon {
            Horizon::Full => slots,
            Horizon::AsOf => {
                let day = self.cores[row].start;
                if day == UNDATED {
                    return None;
                }
                groups.before(&self.cores, slots, day)
            }
        };
        let own = groups.slot(row);
        let own = slots.contains(&own).then_some(own);
        Some(Visible { slots, own })
    }

    /// The sums of what is visible, without the review itself.
    pub(super) fn sums(&self, groups: &Groups, running: &Running, visible: &Visible) -> Sums {
        self.sums_within(groups, running, visible.slots.clone(), visible.own)
    }

    /// The sums of a stretch of slots, without the review itself.
    pub(super) fn sums_within(
        &self,
        groups: &Groups,
        running: &Running,
        slots: Range<usize>,
        own: Option<usize>,
    ) -> Sums {
        let mut sums = running.sum(groups, &self.cores, &self.lone, slots.clone());
        if let Some(own) = own.filter(|own| slots.contains(own)) {
            let mut mine = Sums::default();
            let row = groups.entries[own] as usize;
            mine.add(&self.cores[row], self.lone[row]);
            sums.subtract(&mine);
        }
        sums
    }

    fn corpus_view(&self, row: usize) -> CorpusView {
        let core = &self.cores[row];
        let all = self.visible(&self.all, row);
        let (groups, running) = if core.category == 0 {
            (&self.all, &self.runs.all)
        } else {
            (&self.categories, &self.runs.categories)
        };
        let category = self.visible(groups, row);
        let shape = self.visible(&self.shapes, row);
        let reviews = all.as_ref().map_or(0, |all| all.slots.len() as u32);
        CorpusView {
            reviews,
            ratings: category
                .map(|visible| self.sums(groups, running, &visible).ratings)
                .unwrap_or_default(),
            reviewers_repeat: self.reviewers_repeat,
            sites: self.site_count.max(1),
            days_known: self.days_known.get(core.file as usize).copied().unwrap_or(true),
            name_shape: shape
                .zip(all)
                .map(|(shape, all)| (shape.count() + 1) as f64 / (all.count() + 1) as f64),
        }
    }
}
