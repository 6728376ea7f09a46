//! Bursts: more reviews of a property within days than its own rate explains.
//!
//! Windows of 1, 3, 7, 14 and 28 days that begin at a review are compared with the half year on either side. Given `k`
//! reviews in `d` days outside the window, the rate is a gamma variable of shape `k + 1/2`, so that the number inside is
//! negative binomial: few reviews outside give a wide expectation, and a newly opened house is not a burst. Two things
//! widen it: the dispersion of weekly counts that the whole file shows, and the rhythm of the other properties (where all
//! have more in the window than around it, this one is expected to as well; never the reverse). Reviews of all ratings, of
//! praise alone and of complaints alone are looked at. The p-value is multiplied by the number of windows in the file.

use super::statistics::{ln_binomial_tail, ln_negative_binomial_tail};
use super::{Campaign, Doubt, Kind, strength};
use crate::context::ledger::{Entry, Ledger, UNKNOWN};
use rayon::prelude::*;

const LENGTHS: [i32; 5] = [1, 3, 7, 14, 28];
/// Days on either side that give the rate.
const AROUND: i32 = 182;
/// Fewest reviews, of different people, in a burst.
const FEWEST: usize = 5;
/// Corrected probability under which a burst is reported.
const SIGNIFICANT: f64 = 0.001;
/// Pseudo-reviews that pull the rhythm of the file to none.
const CALM: f64 = 20.0;

/// Which reviews are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    All,
    Praise,
    Complaints,
}

impl Side {
    fn holds(self, entry: &Entry) -> bool {
        match self {
            Side::All => true,
            Side::Praise => entry.praises(),
            Side::Complaints => entry.runs_down(),
        }
    }
}

struct Found {
    /// Places in the list of the property's dated reviews.
    members: Vec<usize>,
    ln_p: f64,
    from: i32,
    to: i32,
    expected: f64,
    side: Side,
    rhythm: f64,
}

/// Days of dated entries, for counting what the file has in a stretch.
struct Days(Vec<i32>);

impl Days {
    fn within(&self, from: i32, to: i32) -> usize {
        self.0
            .partition_point(|day| *day <= to)
            .saturating_sub(self.0.partition_point(|day| *day < from))
    }
}

/// Finds bursts. `by_property` holds the places of entries in the ledger, by property.
pub(super) fn find(ledger: &Ledger, by_property: &[Vec<u32>]) -> Vec<Campaign> {
    let file = Days(ledger.entries.iter().filter_map(Entry::day).collect());
    if file.0.is_empty() {
        return Vec::new();
    }
    let dated: Vec<Vec<&Entry>> = by_property
        .iter()
        .map(|places| {
            places
                .iter()
                .map(|place| &ledger.entries[*place as usize])
                .filter(|entry| entry.day().is_some())
                .collect()
        })
        .collect();
    let dispersion = dispersion(&dated);
    let looked_at = (file.0.len() * LENGTHS.len() * 3) as f64;
    dated
        .par_iter()
        .flat_map_iter(|entries| {
            let own = Days(entries.iter().filter_map(|entry| entry.day()).collect());
            let scan = Scan {
                entries,
                file: &file,
                own,
                dispersion,
            };
            let found = scan.bursts(looked_at);
            found
                .into_iter()
                .map(|found| scan.campaign(&found, looked_at))
                .collect::<Vec<_>>()
        })
        .collect()
}

/// How much more weekly counts of a property vary than a steady rate explains: the mean of `((x - m)^2 - m) / m^2`,
/// weighted by `m^2`, over weeks against the eight around them. One wild week counts as much as five deviations at most,
/// so that a campaign does not excuse itself.
fn dispersion(dated: &[Vec<&Entry>]) -> f64 {
    let (mut excess, mut weight) = (0.0, 0.0);
    for entries in dated.iter().filter(|entries| entries.len() >= 20) {
        let days: Vec<i32> = entries.iter().filter_map(|entry| entry.day()).collect();
        let (Some(first), Some(last)) = (days.first(), days.last()) else {
            continue;
        };
        let mut weeks = vec![0.0f64; ((last - first) / 7 + 1) as usize];
        days.iter().for_each(|day| weeks[((day - first) / 7) as usize] += 1.0);
        for (i, week) in weeks.iter().enumerate() {
            let around = || (i.saturating_sub(4)..(i + 5).min(weeks.len())).filter(|other| *other != i);
            let count = around().count();
            if count < 4 {
                continue;
            }
            let mean = around().map(|other| weeks[other]).sum::<f64>() / count as f64;
            // The mean of the weeks around is itself uncertain by `mean / count`.
            let variance = mean * (1.0 + 1.0 / count as f64);
            excess += ((week - mean).powi(2).min(25.0 * variance.max(0.2)) - variance).max(-variance);
            weight += mean * mean;
        }
    }
    if weight > 0.0 {
        (excess / weight).clamp(0.0, 4.0)
    } else {
        0.5
    }
}

struct Scan<'l> {
    entries: &'l [&'l Entry],
    file: &'l Days,
    own: Days,
    dispersion: f64,
}

impl Scan<'_> {
    /// Bursts that do not overlap, the strongest first.
    fn bursts(&self, looked_at: f64) -> Vec<Found> {
        let mut all: Vec<Found> = [Side::All, Side::Praise, Side::Complaints]
            .into_iter()
            .flat_map(|side| self.windows(side, looked_at))
            .collect();
        all.sort_by(|a, b| {
            a.ln_p
                .total_cmp(&b.ln_p)
                .then(a.from.cmp(&b.from))
                .then(a.to.cmp(&b.to))
        });
        let mut kept: Vec<Found> = Vec::new();
        for found in all {
            if kept.iter().all(|other| found.to < other.from || found.from > other.to) {
                kept.push(found);
            }
        }
        kept
    }

    fn windows(&self, side: Side, looked_at: f64) -> Vec<Found> {
        let places: Vec<usize> = (0..self.entries.len())
            .filter(|place| side.holds(self.entries[*place]))
            .collect();
        let days: Vec<i32> = places.iter().filter_map(|place| self.entries[*place].day()).collect();
        let (Some(first), Some(last)) = (
            self.entries.first().and_then(|e| e.day()),
            self.entries.last().and_then(|e| e.day()),
        ) else {
            return Vec::new();
        };
        let mut found = Vec::new();
        for (start, from) in days.iter().enumerate() {
            if start > 0 && days[start - 1] == *from {
                continue;
            }
            for length in LENGTHS {
                let to = from + length - 1;
                let end = days.partition_point(|day| *day <= to);
                if end - start < FEWEST {
                    continue;
                }
                let (low, high) = ((from - AROUND).max(first), (to + AROUND).min(last));
                let around = days.partition_point(|day| *day <= high) - days.partition_point(|day| *day < low);
                let outside = (around - (end - start)) as f64 + 0.5;
                // A property that is younger than two windows has no rate yet.
                let days_outside = f64::from((high - low + 1 - length).max(0));
                if days_outside < f64::from((2 * length).max(28)) {
                    continue;
                }
                let rhythm = self.rhythm(*from, to, low, high);
                let mean = outside * f64::from(length) / days_outside * rhythm;
                let size = 1.0 / (1.0 / outside + self.dispersion);
                // Within three standard deviations nothing is significant; the tail need not be summed.
                if ((end - start) as f64) < mean + 3.0 * (mean + mean * mean / size).sqrt() {
                    continue;
                }
                let unlikely = |count: usize| {
                    let ln_p = ln_negative_binomial_tail(count as u32, mean, size);
                    Some(ln_p).filter(|ln_p| count >= FEWEST && ln_p + looked_at.ln() < SIGNIFICANT.ln())
                };
                // Many reviews by one person are no crowd.
                if let Some(ln_p) = unlikely(end - start).and_then(|_| unlikely(self.people(&places[start..end]))) {
                    let members = places[start..end].to_vec();
                    found.push(Found {
                        members,
                        ln_p,
                        from: *from,
                        to,
                        expected: mean,
                        side,
                        rhythm,
                    });
                }
            }
        }
        found
    }

    /// Different reviewers; reviews without one count each.
    fn people(&self, places: &[usize]) -> usize {
        let mut people: Vec<u32> = places
            .iter()
            .map(|place| self.entries[*place].reviewer)
            .filter(|reviewer| *reviewer != UNKNOWN)
            .collect();
        let unknown = places.len() - people.len();
        people.sort_unstable();
        people.dedup();
        people.len() + unknown
    }

    /// How much more the other properties have per day in the window than around it, at least 1.
    fn rhythm(&self, from: i32, to: i32, low: i32, high: i32) -> f64 {
        let others = |from, to| (self.file.within(from, to) - self.own.within(from, to)) as f64;
        let (inside, around) = (others(from, to), others(low, high));
        let share = f64::from(to - from + 1) / f64::from(high - low + 1);
        // Pseudo-reviews in proportion: with few others, no rhythm.
        ((inside + CALM * share) / ((around + CALM) * share)).max(1.0)
    }

    fn campaign(&self, found: &Found, looked_at: f64) -> Campaign {
        let inside: Vec<&Entry> = found.members.iter().map(|place| self.entries[*place]).collect();
        let outside: Vec<&&Entry> = self
            .entries
            .iter()
            .filter(|entry| entry.day().is_some_and(|day| day < found.from || day > found.to))
            .collect();
        let window: Vec<&&Entry> = self
            .entries
            .iter()
            .filter(|entry| entry.day().is_some_and(|day| (found.from..=found.to).contains(&day)))
            .collect();
        let mean = |entries: &mut dyn Iterator<Item = &Entry>| {
            let stars: Vec<f64> = entries.filter_map(|entry| entry.stars).map(f64::from).collect();
            (!stars.is_empty()).then(|| stars.iter().sum::<f64>() / stars.len() as f64)
        };
        let share = |entries: &mut dyn Iterator<Item = &Entry>| {
            let (mut lone, mut all) = (0u32, 0u32);
            entries.for_each(|entry| {
                lone += u32::from(entry.lone);
                all += 1;
            });
            (lone, all)
        };
        let (mean_in, mean_out) = (
            mean(&mut window.iter().map(|e| **e)),
            mean(&mut outside.iter().map(|e| **e)),
        );
        let (lone_in, all_in) = share(&mut inside.iter().copied());
        let (lone_out, all_out) = share(&mut outside.iter().map(|e| **e));
        let usual_lone = (f64::from(lone_out) + 1.0) / (f64::from(all_out) + 2.0);
        let shift = mean_in.zip(mean_out).map(|(a, b)| a - b);
        let more_lone = ln_binomial_tail(lone_in, all_in, usual_lone) < 0.05f64.ln();
        let mut doubts = Vec::new();
        if found.rhythm > 1.5 {
            doubts.push(Doubt::OthersToo);
        }
        if shift.is_none_or(|shift| shift.abs() < 0.3) && !more_lone {
            doubts.push(Doubt::EventOrDrive);
        } else if found.side != Side::Complaints {
            doubts.push(Doubt::Drive);
        }
        if found.side == Side::Complaints {
            doubts.push(Doubt::Incident);
        }
        let mut campaign = Campaign::new(
            Kind::Burst,
            inside.iter().map(|entry| **entry),
            strength(found.ln_p, looked_at),
        );
        campaign.evidence.push(("from", super::date(found.from)));
        campaign.evidence.push(("to", super::date(found.to)));
        campaign
            .evidence
            .push(("expected reviews", format!("{:.1}", found.expected)));
        if let (Some(inside), Some(outside)) = (mean_in, mean_out) {
            campaign.evidence.push(("mean stars inside", format!("{inside:.1}")));
            campaign.evidence.push(("mean stars outside", format!("{outside:.1}")));
        }
        if all_in > 0 && inside.iter().any(|entry| entry.reviewer != UNKNOWN) {
            campaign.evidence.push((
                "share of one-review authors inside",
                format!("{:.0} %", 100.0 * f64::from(lone_in) / f64::from(all_in)),
            ));
            campaign
                .evidence
                .push(("the same outside", format!("{:.0} %", 100.0 * usual_lone)));
        }
        campaign.counted = match found.side {
            Side::All => super::Counted::All,
            Side::Praise => super::Counted::Praise,
            Side::Complaints => super::Counted::Complaints,
        };
        campaign.doubts = doubts;
        campaign
    }
}
