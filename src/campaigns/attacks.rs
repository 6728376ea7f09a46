//! Competitor attacks: one property is run down by accounts that praise one rival.
//!
//! For a property and a rival, the reviewers who gave the one two and a half stars or fewer and the other four or more
//! are counted. Two explanations must both be unlikely: that complainants praise whom everybody praises (Poisson, with
//! the rival's share of all praise), and that whoever knows both houses, as people of one town do, judges each as others
//! judge it (binomial, among all who rated both). The larger of the two counts. Where their complaints lie close together, the probability that so many of the property's complaints fall into that
//! stretch is combined with it by Fisher's method, and the less likely of the two, times two, is taken. The
//! stretch is then widened by up to a month on either side to the one of the greatest likelihood ratio (complaints against
//! what is usual), and all complaints in it belong to the attack where it holds far more than is usual: not every account
//! that attacks praises the rival too. Corrected for the pairs of
//! properties in which anybody took sides.

use super::statistics::{ln_best, ln_binomial_tail, ln_negative_binomial_tail, ln_poisson_tail};
use super::{Campaign, Doubt, Kind, strength};
use crate::context::ledger::{Entry, Ledger, UNKNOWN};
use rustc_hash::FxHashSet;

const SIGNIFICANT: f64 = 0.01;
/// Fewest accounts that take sides.
const FEWEST: usize = 3;
/// Complaints and praises of one reviewer that are looked at.
const MOST: usize = 20;
/// Weight of all who rated a property among those who rated only it of two.
const PADDING: f64 = 10.0;

/// Finds competitor attacks.
pub(super) fn find(ledger: &Ledger, by_property: &[Vec<u32>], by_reviewer: &[Vec<u32>]) -> Vec<Campaign> {
    let at = |place: u32| &ledger.entries[place as usize];
    let praise_of: Vec<f64> = by_property
        .iter()
        .map(|places| places.iter().filter(|place| at(**place).praises()).count() as f64)
        .collect();
    let all_praise: f64 = praise_of.iter().sum::<f64>().max(1.0);
    // Property run down, rival praised, reviewer, complaint, praise.
    let mut taken: Vec<(u32, u32, u32, u32, u32)> = Vec::new();
    // Praises that the complainants of a property wrote of others.
    let mut praises_by_complainants = vec![0.0f64; by_property.len()];
    for places in by_reviewer {
        let known = || places.iter().copied().filter(|place| at(*place).property != UNKNOWN);
        let low: Vec<u32> = known().filter(|place| at(*place).runs_down()).take(MOST).collect();
        let high: Vec<u32> = known().filter(|place| at(*place).praises()).take(MOST).collect();
        for complaint in &low {
            let target = at(*complaint).property;
            let mut rivals: Vec<u32> = high
                .iter()
                .map(|place| at(*place).property)
                .filter(|property| *property != target)
                .collect();
            rivals.sort_unstable();
            rivals.dedup();
            praises_by_complainants[target as usize] += rivals.len() as f64;
            taken.extend(
                high.iter()
                    .filter(|place| at(**place).property != target)
                    .map(|place| (target, at(*place).property, at(*complaint).reviewer, *complaint, *place)),
            );
        }
    }
    taken.sort_unstable();
    let pairs = taken.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)).count() as f64;
    let mut campaigns = Vec::new();
    for pair in taken.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
        let (target, rival) = (pair[0].0 as usize, pair[0].1 as usize);
        let accounts = pair.chunk_by(|a, b| a.2 == b.2).count();
        if accounts < FEWEST {
            continue;
        }
        let share = praise_of[rival] / (all_praise - praise_of[target]).max(1.0);
        let mean = praises_by_complainants[target] * share;
        if (accounts as f64) <= mean {
            continue;
        }
        let by_praise = ln_poisson_tail(accounts as u32, mean);
        let by_rating = ln_orientation(ledger, (&by_property[target], &by_property[rival]), accounts as u32);
        let ln_sides = by_praise.max(by_rating);
        let complaints: Vec<u32> = by_property[target]
            .iter()
            .copied()
            .filter(|place| at(*place).runs_down())
            .collect();
        let mut linked: Vec<u32> = pair.iter().map(|taken| taken.3).collect();
        linked.sort_unstable();
        linked.dedup();
        let stretch = stretch(ledger, &by_property[target], &complaints, &linked);
        let ln_time = stretch.as_ref().map(|stretch| stretch.ln_linked.min(0.0));
        let ln_p = ln_best(&[ln_sides].into_iter().chain(ln_time).collect::<Vec<f64>>());
        if ln_p + pairs.ln() >= SIGNIFICANT.ln() {
            continue;
        }
        // Where time tells, accounts that took sides at another time did so on their own.
        let timed = stretch
            .filter(|stretch| stretch.ln_linked < 0.001f64.ln())
            .map(|stretch| stretch.widened(ledger, &by_property[target], &complaints, &linked));
        let together = |place: u32| timed.as_ref().is_none_or(|stretch| stretch.complaints.contains(&place));
        let mut places: Vec<u32> = pair
            .iter()
            .filter(|taken| together(taken.3))
            .flat_map(|taken| [taken.3, taken.4])
            .collect();
        if let Some(stretch) = timed.as_ref().filter(|stretch| stretch.ln_excess < 0.001f64.ln()) {
            places.extend(&stretch.complaints);
        }
        places.sort_unstable();
        places.dedup();
        let entries: Vec<Entry> = places.iter().map(|place| *at(*place)).collect();
        let attacks = || entries.iter().filter(|entry| entry.property as usize == target);
        let hedged = attacks()
            .filter(|entry| (1..=2).contains(&entry.claims[0].count_ones()))
            .count();
        let mut campaign = Campaign::new(Kind::CompetitorAttack, entries.iter().copied(), strength(ln_p, pairs));
        campaign.subject = attacks().next().map(|entry| entry.row);
        campaign.rival = entries
            .iter()
            .find(|entry| entry.property as usize == rival)
            .map(|entry| entry.row);
        campaign
            .evidence
            .push(("accounts that took both sides", accounts.to_string()));
        campaign.evidence.push(("expected", format!("{mean:.2}")));
        campaign.evidence.push(("reviewers", campaign.reviewers.to_string()));
        campaign
            .evidence
            .push(("low ratings in the attack", attacks().count().to_string()));
        if hedged > 0 {
            campaign
                .evidence
                .push(("of these with a small praise", hedged.to_string()));
        }
        campaign.doubts.push(Doubt::SameNeighbourhood);
        campaign.doubts.push(Doubt::Incident);
        campaigns.push(campaign);
    }
    campaigns
}

/// ln of the probability that so many of those who rated both properties run down the one and praise the other, if they
/// rate each as others do.
fn ln_orientation(ledger: &Ledger, (target, rival): (&[u32], &[u32]), accounts: u32) -> f64 {
    let raters = |places: &[u32]| -> FxHashSet<u32> {
        let rated = places
            .iter()
            .map(|place| &ledger.entries[*place as usize])
            .filter(|entry| entry.stars.is_some());
        rated
            .map(|entry| entry.reviewer)
            .filter(|reviewer| *reviewer != UNKNOWN)
            .collect()
    };
    let (of_target, of_rival) = (raters(target), raters(rival));
    // Among those who rated only one, pulled to all who rated it.
    let share = |places: &[u32], others: &FxHashSet<u32>, wanted: fn(&Entry) -> bool| {
        let rated = || {
            places
                .iter()
                .map(|place| &ledger.entries[*place as usize])
                .filter(|entry| entry.stars.is_some())
        };
        let apart = || rated().filter(|entry| !others.contains(&entry.reviewer));
        let of_all = (rated().filter(|entry| wanted(entry)).count() as f64 + 1.0) / (rated().count() as f64 + 2.0);
        (apart().filter(|entry| wanted(entry)).count() as f64 + PADDING * of_all) / (apart().count() as f64 + PADDING)
    };
    let both = of_target.intersection(&of_rival).count() as u32;
    ln_binomial_tail(
        accounts,
        both,
        share(target, &of_rival, Entry::runs_down) * share(rival, &of_target, Entry::praises),
    )
}

/// Where the linked complaints lie.
struct Stretch {
    /// First and last day.
    days: (i32, i32),
    /// ln of the probability that so many of the linked ones lie within, given the property's reviews.
    ln_linked: f64,
    /// ln of the probability of so many complaints within, given the rate around.
    ln_excess: f64,
    /// ln of the likelihood ratio of the number of complaints within, against what is usual.
    ln_ratio: f64,
    complaints: Vec<u32>,
}

/// Of the shortest stretches that hold three quarters of the linked complaints or more, the one that is least like chance.
fn stretch(ledger: &Ledger, reviews: &[u32], complaints: &[u32], linked: &[u32]) -> Option<Stretch> {
    let days = |place: &u32| ledger.entries[*place as usize].days;
    let mut dated: Vec<(i32, i32)> = linked.iter().filter_map(days).collect();
    dated.sort_unstable();
    let fewest = (dated.len() * 3).div_ceil(4).max(3);
    // The shortest stretch that holds so many.
    let shortest = |needed: usize| {
        let windows = dated
            .windows(needed)
            .map(|part| (part[0].0, part.iter().map(|days| days.1).max().unwrap_or(part[0].1)));
        windows.min_by_key(|(from, to)| (to - from, *from))
    };
    let numbers = [fewest, fewest.midpoint(dated.len()), dated.len()];
    let ways = numbers.len() as f64;
    let stretches = numbers
        .into_iter()
        .filter(|needed| *needed >= fewest)
        .filter_map(shortest);
    let judged = stretches.filter_map(|(from, to)| Stretch::of(ledger, reviews, complaints, linked, (from, to)));
    let best = judged.min_by(|a, b| (a.ln_linked + a.ln_excess).total_cmp(&(b.ln_linked + b.ln_excess)))?;
    Some(Stretch {
        ln_linked: best.ln_linked + ways.ln(),
        ..best
    })
}

impl Stretch {
    /// The stretch around this one in which complaints stand out most; the test of the linked ones stays.
    fn widened(self, ledger: &Ledger, reviews: &[u32], complaints: &[u32], linked: &[u32]) -> Stretch {
        const MONTH: i32 = 31;
        let days = |place: &u32| ledger.entries[*place as usize].days;
        let (from, to) = self.days;
        let ends = |wanted: &dyn Fn((i32, i32)) -> i32, within: std::ops::RangeInclusive<i32>| {
            let mut ends: Vec<i32> = complaints.iter().filter_map(days).map(wanted).collect();
            ends.retain(|day| within.contains(day));
            ends.sort_unstable();
            ends.dedup();
            ends
        };
        let (froms, tos) = (
            ends(&|days| days.0, from - MONTH..=from),
            ends(&|days| days.1, to..=to + MONTH),
        );
        let windows = froms.iter().flat_map(|from| tos.iter().map(|to| (*from, *to)));
        let wider = windows.filter_map(|window| Stretch::of(ledger, reviews, complaints, linked, window));
        let best = wider.max_by(|a, b| a.ln_ratio.total_cmp(&b.ln_ratio).then(b.days.cmp(&a.days)));
        match best {
            Some(best) if best.ln_ratio > self.ln_ratio => Stretch {
                ln_linked: self.ln_linked,
                ..best
            },
            _ => self,
        }
    }

    fn of(
        ledger: &Ledger,
        reviews: &[u32],
        complaints: &[u32],
        linked: &[u32],
        (from, to): (i32, i32),
    ) -> Option<Stretch> {
        let days = |place: &u32| ledger.entries[*place as usize].days;
        let inside = |place: &&u32| days(place).is_some_and(|(start, end)| start >= from && end <= to);
        let dated_reviews: Vec<u32> = reviews.iter().copied().filter(|place| days(place).is_some()).collect();
        let first = dated_reviews.iter().filter_map(days).map(|days| days.0).min()?;
        let last = dated_reviews.iter().filter_map(days).map(|days| days.1).max()?;
        // Time as the other reviews of the property fill it: those that are no complaints.
        let calm = |place: &&u32| !ledger.entries[**place as usize].runs_down();
        let calm_all = dated_reviews.iter().filter(calm).count() as f64;
        let calm_inside = dated_reviews.iter().filter(calm).filter(inside).count() as f64;
        let length = f64::from(to - from + 1) / f64::from((last - first + 1).max(1));
        let share = ((calm_inside + 2.0 * length) / (calm_all + 2.0)).max(length).min(1.0);
        // Any of the linked may begin the stretch.
        let within = linked.iter().filter(inside).count() as u32;
        let ln_linked = ln_binomial_tail(within - 1, linked.len() as u32 - 1, share) + (linked.len() as f64).ln();
        let held: Vec<u32> = complaints.iter().filter(inside).copied().collect();
        let outside = (complaints.len() - held.len()) as f64 + 0.5;
        let mean = outside * share / (1.0 - share).max(1e-3);
        let ln_excess =
            ln_negative_binomial_tail(held.len() as u32, mean, outside) + (complaints.len().max(1) as f64).ln();
        let count = held.len() as f64;
        Some(Stretch {
            days: (from, to),
            ln_linked,
            ln_excess,
            ln_ratio: count * (count.max(1.0) / mean).ln() - (count - mean),
            complaints: held,
        })
    }
}
