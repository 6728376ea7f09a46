//! Cross-site campaigns: a property is praised, or run down, on one site for some months, and not on the others.
//!
//! Windows of one to twelve months that begin at a review of the property are looked at on each of its sites. It must be unlikely
//! how many of the property's reviews of one side (praise or complaints) fall to this site, given how many do at other times,
//! or those of other properties meanwhile, whichever is more (binomial). And one of two things must be: how many of the
//! site's reviews in the window are of that side, given the property's ratings elsewhere and at other times (binomial); or how
//! many of that side there are at all, given the property's rate on the site at other times and the rhythm of the
//! other properties there (negative binomial), which tells where everybody praises. Each must be significant alone (the first
//! also times the windows of the property, for a burst on all sites is no matter of one), and so far from the expected number
//! that each of the reviews is part of the excess sooner than not. Another may strengthen them: how many of them are by one-time reviewers, given the same (binomial). What is usual for the property is
//! pulled to the file by ten reviews; the tails are combined by Fisher's method, and the p-value is multiplied by the windows,
//! sides and combinations looked at. Of several reviews of the property by one reviewer the first counts.

use super::statistics::{ln_binomial_tail, ln_fisher, ln_negative_binomial_tail};
use super::{Campaign, Counted, Doubt, Kind, strength};
use crate::context::ledger::{Entry, Ledger, UNKNOWN};
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use std::ops::{Add, Sub};

const SIGNIFICANT: f64 = 0.01;
/// Fewest reviews of a campaign.
const FEWEST: usize = 5;
/// Lengths of windows, days: the longest one, three, six and twelve months, for a date may be known to the month.
const LENGTHS: [i32; 4] = [31, 92, 184, 366];
/// How much more than by chance the rate of a property varies from one part of a year to another, as a variance over the
/// square of the mean.
const DISPERSION: f64 = 0.1;
/// Against the expected number; copies on the other sites, which the campaign wrote too, make the site's part smaller.
const TWICE: f64 = 2.0;
const HALF_AS_MANY_AGAIN: f64 = 1.5;
/// Reviews of the whole file that pull what is usual for a property.
const PADDING: f64 = 10.0;

/// Finds cross-site campaigns; none where the file knows one site only.
pub(super) fn find(ledger: &Ledger) -> Vec<Campaign> {
    let mut anywhere: FxHashMap<u32, Vec<&Entry>> = FxHashMap::default();
    for entry in ledger.entries.iter().filter(|entry| entry.anywhere != UNKNOWN) {
        anywhere.entry(entry.anywhere).or_default().push(entry);
    }
    for entries in anywhere.values_mut() {
        let mut known: FxHashSet<u32> = FxHashSet::default();
        entries.retain(|entry| entry.reviewer == UNKNOWN || known.insert(entry.reviewer));
    }
    anywhere.retain(|_, entries| entries.iter().any(|entry| entry.site != entries[0].site));
    let mut properties: Vec<Vec<&Entry>> = anywhere.into_values().collect();
    properties.sort_by_key(|entries| entries[0].row);
    let usual: Vec<(Side, Usual)> = [Side::Praise, Side::Complaints]
        .into_iter()
        .map(|side| (side, Usual::of(side, properties.iter().flatten().copied())))
        .collect();
    let reviews: usize = properties.iter().map(Vec::len).sum();
    let looked_at = (reviews * LENGTHS.len() * 2) as f64;
    properties
        .par_iter()
        .flat_map_iter(|entries| {
            let sides = usual.iter();
            sides
                .filter_map(|(side, usual)| strongest(entries, *side, usual, looked_at))
                .collect::<Vec<_>>()
        })
        .collect()
}

#[derive(Clone, Copy, PartialEq)]
enum Side {
    Praise,
    Complaints,
}

impl Side {
    fn holds(self, entry: &Entry) -> bool {
        match self {
            Side::Praise => entry.praises(),
            Side::Complaints => entry.runs_down(),
        }
    }
}

/// Counts of reviews: rated, of the side, and of these by one-time reviewers.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Counts {
    rated: f64,
    side: f64,
    lone: f64,
}

impl Counts {
    fn of<'e>(side: Side, entries: impl Iterator<Item = &'e Entry>) -> Counts {
        let one = |entry: &Entry| {
            let of_side = side.holds(entry);
            Counts {
                rated: 1.0,
                side: f64::from(u8::from(of_side)),
                lone: f64::from(u8::from(of_side && entry.lone)),
            }
        };
        let rated = entries.filter(|entry| entry.stars.is_some());
        rated.map(one).fold(Counts::default(), Counts::add)
    }
}

impl Add for Counts {
    type Output = Counts;

    fn add(self, other: Counts) -> Counts {
        Counts {
            rated: self.rated + other.rated,
            side: self.side + other.side,
            lone: self.lone + other.lone,
        }
    }
}

impl Sub for Counts {
    type Output = Counts;

    fn sub(self, other: Counts) -> Counts {
        Counts {
            rated: self.rated - other.rated,
            side: self.side - other.side,
            lone: self.lone - other.lone,
        }
    }
}

/// Counts what lies in windows whose first days fall from one to the next: reviews enter by their first day, and are counted by
/// their last one in a Fenwick tree. A date that is known to the month lies in a window if the whole month does.
struct Sweep {
    all: Counts,
    /// First and last day; the last to enter stands first.
    waiting: Vec<((i32, i32), Counts)>,
    /// Last days, rising.
    ends: Vec<i32>,
    /// At `i`, of those that entered, what ends on the days `i & (i + 1)` to `i` of `ends`.
    entered: Vec<Counts>,
}

impl Sweep {
    fn new(side: Side, entries: &[&Entry]) -> Sweep {
        let dated = entries
            .iter()
            .filter_map(|entry| Some((entry.days?, Counts::of(side, std::iter::once(*entry)))));
        let mut waiting: Vec<((i32, i32), Counts)> = dated.collect();
        waiting.sort_by_key(|(days, _)| *days);
        let mut ends: Vec<i32> = waiting.iter().map(|(days, _)| days.1).collect();
        ends.sort_unstable();
        ends.dedup();
        Sweep {
            all: Counts::of(side, entries.iter().copied()),
            entered: vec![Counts::default(); ends.len()],
            waiting,
            ends,
        }
    }

    /// From the first to the last day of a window, which begins no later than those before it.
    fn within(&mut self, (from, to): (i32, i32)) -> Counts {
        while let Some((days, counts)) = self.waiting.pop_if(|(days, _)| days.0 >= from) {
            let mut at = self.ends.partition_point(|end| *end < days.1);
            while at < self.entered.len() {
                self.entered[at] = self.entered[at] + counts;
                at |= at + 1;
            }
        }
        let mut sum = Counts::default();
        let mut left = self.ends.partition_point(|end| *end <= to);
        while left > 0 {
            sum = sum + self.entered[left - 1];
            left &= left - 1;
        }
        sum
    }
}

/// What is usual in the file, of a side.
struct Usual {
    all: Counts,
    of_site: FxHashMap<u64, f64>,
    /// First possible days of the reviews of the side, rising, by site.
    starts: FxHashMap<u64, Vec<i32>>,
}

/// How likely so many reviews of a side are, or more.
#[derive(Clone, Copy, Default)]
struct Tail {
    ln_p: f64,
    /// Of them, by chance.
    expected: f64,
}

impl Tail {
    /// Significant after correction, and `times` the expected number or more.
    fn stands_out(self, ln_tests: f64, count: f64, times: f64) -> bool {
        self.ln_p + ln_tests <= SIGNIFICANT.ln() && count >= times * self.expected
    }
}

/// A window on a site of a property.
struct Window {
    site: u64,
    /// First and last day.
    days: (i32, i32),
    /// Days from the property's first to its last review on the site.
    life: (i32, i32),
    /// On the site in the window.
    inside: Counts,
    /// Elsewhere in the window.
    meanwhile: Counts,
    /// On the site at other times.
    here: Counts,
    /// Elsewhere at other times.
    elsewhere: Counts,
    /// ln of the number of windows of the property.
    ln_tests: f64,
}

impl Usual {
    fn of<'e>(side: Side, entries: impl Iterator<Item = &'e Entry> + Clone) -> Usual {
        let mut of_site: FxHashMap<u64, f64> = FxHashMap::default();
        entries
            .clone()
            .filter(|entry| side.holds(entry))
            .for_each(|entry| *of_site.entry(entry.site).or_default() += 1.0);
        let mut starts: FxHashMap<u64, Vec<i32>> = FxHashMap::default();
        for entry in entries.clone().filter(|entry| side.holds(entry)) {
            starts
                .entry(entry.site)
                .or_default()
                .extend(entry.days.map(|days| days.0));
        }
        starts.values_mut().for_each(|days| days.sort_unstable());
        Usual {
            all: Counts::of(side, entries),
            of_site,
            starts,
        }
    }

    /// Reviews of the side in a stretch of days: on a site, and on all.
    fn meanwhile(&self, site: u64, (from, to): (i32, i32)) -> (f64, f64) {
        let within =
            |days: &Vec<i32>| (days.partition_point(|day| *day <= to) - days.partition_point(|day| *day < from)) as f64;
        (
            self.starts.get(&site).map_or(0.0, within),
            self.starts.values().map(within).sum(),
        )
    }

    /// The same for so many of the side on the site, given its rate there at other times; chance where the property has not been
    /// on the site for twice as long as the window.
    fn rate(&self, window: &Window) -> Tail {
        let length = f64::from(window.days.1 - window.days.0 + 1);
        let life = f64::from(window.life.1 - window.life.0 + 1);
        if life < 2.0 * length {
            return Tail::default();
        }
        let others = |days| self.meanwhile(window.site, days).0;
        let of_others = others(window.days) - window.inside.side;
        let of_others_ever = others(window.life) - window.inside.side - window.here.side;
        let busy = (of_others.max(0.0) + PADDING * length / life) / (of_others_ever.max(0.0) + PADDING);
        let busy = busy.max(length / life).min(0.9);
        let outside = window.here.side + 0.5;
        let expected = outside * busy / (1.0 - busy);
        let size = 1.0 / (1.0 / outside + DISPERSION);
        Tail {
            ln_p: ln_negative_binomial_tail(window.inside.side as u32, expected, size),
            expected,
        }
    }

    /// ln of the probability that so much of a window falls to a site by chance.
    fn ln_p(&self, window: &Window) -> f64 {
        let Window {
            inside,
            meanwhile,
            here,
            elsewhere,
            ..
        } = window;
        let share = |part: f64, of: f64, file: f64| (part + PADDING * file) / (of + PADDING);
        let of_file = (self.of_site.get(&window.site).copied().unwrap_or(0.0) + 1.0) / (self.all.side + 2.0);
        let (then_here, then_all) = self.meanwhile(window.site, window.days);
        let others_here = share(
            (then_here - inside.side).max(0.0),
            (then_all - inside.side - meanwhile.side).max(0.0),
            of_file,
        );
        let here_usually = share(here.side, here.side + elsewhere.side, of_file).max(others_here);
        let odds = |share: f64| share / (1.0 - share).max(1e-3);
        let expected = meanwhile.side * odds(here_usually);
        // Most windows go no further, and no tail need be summed.
        if inside.side < HALF_AS_MANY_AGAIN * expected {
            return 0.0;
        }
        let by_site = Tail {
            ln_p: ln_binomial_tail(inside.side as u32, (inside.side + meanwhile.side) as u32, here_usually),
            expected,
        };
        if !by_site.stands_out(window.ln_tests, inside.side, HALF_AS_MANY_AGAIN) {
            return 0.0;
        }
        let others = *meanwhile + *here + *elsewhere;
        let side_usually = share(
            others.side,
            others.rated,
            (self.all.side + 1.0) / (self.all.rated + 2.0),
        );
        let lone_usually = share(others.lone, others.side, (self.all.lone + 1.0) / (self.all.side + 2.0));
        let by_side = Tail {
            ln_p: ln_binomial_tail(inside.side as u32, inside.rated as u32, side_usually),
            expected: (inside.rated - inside.side) * odds(side_usually),
        };
        let by_rate = self.rate(window);
        let more = by_side.stands_out(0.0, inside.side, TWICE) || by_rate.stands_out(0.0, inside.side, TWICE);
        if !more {
            return 0.0;
        }
        let by_lone = ln_binomial_tail(inside.lone as u32, inside.side as u32, lone_usually);
        let (by_side, by_site, by_rate) = (by_side.ln_p, by_site.ln_p, by_rate.ln_p);
        let combined = [
            ln_fisher(&[by_side, by_site]),
            ln_fisher(&[by_side, by_site, by_lone]),
            ln_fisher(&[by_side, by_site, by_rate]),
            ln_fisher(&[by_side, by_site, by_rate, by_lone]),
        ];
        let ways = (combined.len() as f64).ln();
        combined.into_iter().fold(0.0, f64::min) + ways
    }
}

/// The window and site of a property that is least like chance, if that is significant.
fn strongest(entries: &[&Entry], side: Side, usual: &Usual, looked_at: f64) -> Option<Campaign> {
    let sites: FxHashSet<u64> = entries.iter().map(|entry| entry.site).collect();
    let within = |entry: &Entry, window: (i32, i32)| {
        entry
            .days
            .is_some_and(|(start, end)| start >= window.0 && end <= window.1)
    };
    let of_side = entries.iter().filter(|entry| side.holds(entry)).count() as f64;
    let ln_tests = (of_side * LENGTHS.len() as f64).max(1.0).ln();
    let mut best: Option<(f64, u64, (i32, i32))> = None;
    for site in sites {
        let (here, elsewhere): (Vec<&Entry>, Vec<&Entry>) = entries.iter().partition(|entry| entry.site == site);
        let mut starts: Vec<i32> = here
            .iter()
            .filter(|entry| side.holds(entry))
            .filter_map(|entry| Some(entry.days?.0))
            .collect();
        starts.sort_unstable_by(|a, b| b.cmp(a));
        starts.dedup();
        let known = || here.iter().filter_map(|entry| entry.days);
        let life = (
            known().map(|days| days.0).min().unwrap_or_default(),
            known().map(|days| days.1).max().unwrap_or_default(),
        );
        let (mut on_site, mut on_others) = (Sweep::new(side, &here), Sweep::new(side, &elsewhere));
        for window in starts
            .iter()
            .flat_map(|start| LENGTHS.map(|length| (*start, start + length - 1)))
        {
            let inside = on_site.within(window);
            if inside.side < FEWEST as f64 {
                continue;
            }
            let meanwhile = on_others.within(window);
            let ln_p = usual.ln_p(&Window {
                site,
                days: window,
                life,
                inside,
                meanwhile,
                here: on_site.all - inside,
                elsewhere: on_others.all - meanwhile,
                ln_tests,
            });
            let better = best.is_none_or(|(least, known, at)| {
                ln_p.total_cmp(&least)
                    .then(window.cmp(&at))
                    .then(site.cmp(&known))
                    .is_lt()
            });
            if better {
                best = Some((ln_p, site, window));
            }
        }
    }
    let (ln_p, site, window) = best.filter(|(ln_p, _, _)| ln_p + looked_at.ln() < SIGNIFICANT.ln())?;
    let (held, others): (Vec<&Entry>, Vec<&Entry>) = entries
        .iter()
        .partition(|entry| entry.site == site && within(entry, window));
    let members = held.iter().filter(|entry| side.holds(entry)).map(|entry| **entry);
    let mut campaign = Campaign::new(Kind::CrossSite, members, strength(ln_p, looked_at));
    campaign.counted = match side {
        Side::Praise => Counted::Praise,
        Side::Complaints => Counted::Complaints,
    };
    let known = || {
        held.iter()
            .filter(|entry| side.holds(entry))
            .filter_map(|entry| entry.days)
    };
    if let (Some(first), Some(last)) = (known().map(|days| days.0).min(), known().map(|days| days.1).max()) {
        campaign.evidence.push(("from", super::date(first)));
        campaign.evidence.push(("to", super::date(last)));
    }
    if let Some((difference, margin)) = difference(&held, &others) {
        campaign
            .evidence
            .push(("difference of stars", format!("{difference:+.1}")));
        let interval = format!("{:+.1} to {:+.1}", difference - margin, difference + margin);
        campaign.evidence.push(("95 % interval of the difference", interval));
    }
    campaign.doubts.extend([Doubt::OtherPublic, Doubt::Drive]);
    if side == Side::Complaints {
        campaign.doubts.retain(|doubt| *doubt != Doubt::Drive);
        campaign.doubts.push(Doubt::Incident);
    }
    Some(campaign)
}

/// Mean stars of some reviews less those of others, and half its 95 % interval.
fn difference(inside: &[&Entry], others: &[&Entry]) -> Option<(f64, f64)> {
    let moments = |entries: &[&Entry]| {
        let stars: Vec<f64> = entries.iter().filter_map(|entry| entry.stars).map(f64::from).collect();
        let n = stars.len() as f64;
        let mean = stars.iter().sum::<f64>() / n;
        let variance = stars.iter().map(|star| (star - mean).powi(2)).sum::<f64>() / (n - 1.0).max(1.0);
        (n > 0.0).then_some((mean, variance / n))
    };
    let (inside, others) = (moments(inside)?, moments(others)?);
    Some((inside.0 - others.0, 1.96 * (inside.1 + others.1).sqrt()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::review::Date;

    #[test]
    fn a_sweep_counts_what_a_look_at_every_review_counts() {
        let mut state = 7u64;
        let mut below = |n: u64| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            ((state >> 33) % n) as i32
        };
        // Days, months, years, and none.
        let mut entries = Vec::new();
        for row in 0..400 {
            let start = below(900);
            let length = [Some(0), Some(30), Some(364), None][below(4) as usize];
            entries.push(Entry {
                row,
                reviewer: row,
                property: 0,
                anywhere: 0,
                days: length.map(|length| (start, start + length)),
                stars: [Some(5.0), Some(1.0), None][below(3) as usize],
                brand: 0,
                place: 0,
                category: 0,
                text: UNKNOWN,
                words: 0,
                claims: [0; 2],
                site: 0,
                identity: u64::from(row),
                lone: row % 4 == 0,
                novice: None,
                discloses: false,
                occasion: 0,
            });
        }
        let entries: Vec<&Entry> = entries.iter().collect();
        let mut sweep = Sweep::new(Side::Praise, &entries);
        let mut found = 0.0;
        for from in (0..900).rev().step_by(7) {
            for length in LENGTHS {
                let window = (from, from + length - 1);
                let within = entries.iter().copied().filter(|entry| {
                    let inside = |(start, end): (i32, i32)| start >= window.0 && end <= window.1;
                    entry.days.is_some_and(inside)
                });
                let counted = sweep.within(window);
                assert_eq!(counted, Counts::of(Side::Praise, within), "{window:?}");
                found += counted.side;
            }
        }
        assert!(found > 0.0);
    }

    #[test]
    fn every_run_of_months_fits_its_window() {
        let first = |month: i32| {
            let date = Date::from_ym((2019 + month / 12) as i16, (month % 12 + 1) as i8);
            date.expect("a month").day
        };
        for (months, length) in [1, 3, 6, 12].into_iter().zip(LENGTHS) {
            let longest = (0..48).map(|month| first(month + months) - first(month)).max();
            assert_eq!(longest, Some(length), "{months} months");
        }
    }
}
