//! Insiders (C1): one reviewer, or several linked by the same favourite, who praise one brand and run down its rivals in
//! the same places. Where no brand is known, a property stands for it.
//!
//! Two explanations must both be unlikely: that each rating is an ordinary one of its property (the likelihood of the
//! ratings under "praise the favourite, run down the rivals" against the property's own histogram, shrunk to the file's;
//! its inverse bounds the p-value by Markov's inequality), and that the reviewer is harsh or kind as such (the exact
//! probability that the low ratings fall on the rivals as much, given how many he gave). The larger of the two counts,
//! multiplied by the number of reviewers and favourites looked at. Linked reviewers, none of whom may stand out alone: the
//! number of a favourite's reviewers who are one-sided to some degree, against the share of such among those of all other
//! favourites (binomial), multiplied by the favourites and degrees looked at.

use super::statistics::{ln_binomial_tail, ln_hypergeometric_tail};
use super::{Campaign, Doubt, Kind, strength};
use crate::context::ledger::{Entry, Ledger, UNKNOWN};
use rayon::prelude::*;
use rustc_hash::FxHashMap;

const SIGNIFICANT: f64 = 0.01;
/// Degrees of one-sidedness, see [`Partisan::one_sided`].
const ONE_SIDED: [f64; 5] = [-2.5, -3.5, -4.5, -6.0, -8.0];
/// Ratings of the file that pull a property's histogram.
const PADDING: f64 = 10.0;
/// Shares of one to five stars that an insider gives his favourite, and its rivals.
const FAVOURITE: [f64; 5] = [0.01, 0.01, 0.03, 0.2, 0.75];
const RIVAL: [f64; 5] = [0.5, 0.33, 0.1, 0.04, 0.03];

struct Partisan {
    favourite: u64,
    /// Places in the ledger.
    praise: Vec<u32>,
    attacks: Vec<u32>,
    ln_ratings: f64,
    ln_order: f64,
    low_own: u32,
    discloses: u32,
}

impl Partisan {
    fn ln_p(&self) -> f64 {
        self.ln_ratings.max(self.ln_order)
    }

    /// How ordinary his ratings are, ln; with the order of them where he ran down his favourite as well.
    fn one_sided(&self) -> f64 {
        if self.low_own == 0 {
            self.ln_ratings
        } else {
            self.ln_p()
        }
    }

    /// Whether he says for whom he speaks, in half of his praise or more.
    fn says_so(&self) -> bool {
        self.discloses as usize * 2 >= self.praise.len()
    }

    fn takes_sides(&self) -> bool {
        !self.attacks.is_empty() && !self.praise.is_empty()
    }
}

/// What is usual in the file.
struct Everywhere {
    /// Pairs of a reviewer and a favourite that were looked at.
    looked_at: f64,
    /// Different favourites among them.
    favourites: f64,
    /// One-sidedness of all partisans, rising.
    sides: Vec<f64>,
}

impl Everywhere {
    fn one_sided(&self, ln_p: f64) -> usize {
        self.sides.partition_point(|other| *other <= ln_p)
    }
}

fn star(entry: &Entry) -> Option<usize> {
    entry.stars.map(|stars| (stars.round() as usize).clamp(1, 5) - 1)
}

/// Finds insiders.
pub(super) fn find(ledger: &Ledger, by_property: &[Vec<u32>], by_reviewer: &[Vec<u32>]) -> Vec<Campaign> {
    let mut file = [1.0; 5];
    ledger
        .entries
        .iter()
        .filter_map(star)
        .for_each(|star| file[star] += 1.0);
    let total: f64 = file.iter().sum();
    let usual = file.map(|count| count / total);
    let histograms: Vec<[f64; 5]> = by_property
        .iter()
        .map(|places| {
            let mut counts = [0.0; 5];
            places
                .iter()
                .filter_map(|place| star(&ledger.entries[*place as usize]))
                .for_each(|star| counts[star] += 1.0);
            counts
        })
        .collect();
    let judge = Judge {
        ledger,
        histograms: &histograms,
        usual,
    };
    let found: Vec<(Vec<u64>, Vec<Partisan>)> = by_reviewer.par_iter().map(|places| judge.partisan(places)).collect();
    let mut looked_at: FxHashMap<u64, u32> = FxHashMap::default();
    found
        .iter()
        .flat_map(|(favourites, _)| favourites)
        .for_each(|favourite| *looked_at.entry(*favourite).or_default() += 1);
    let mut sides: Vec<f64> = found
        .iter()
        .flat_map(|(_, partisans)| partisans)
        .filter(|partisan| partisan.takes_sides())
        .map(Partisan::one_sided)
        .collect();
    sides.sort_by(f64::total_cmp);
    let all: f64 = looked_at.values().map(|count| f64::from(*count)).sum();
    let everywhere = Everywhere {
        looked_at: all.max(1.0),
        favourites: (looked_at.len() as f64).max(1.0),
        sides,
    };
    let mut by_favourite: FxHashMap<u64, Vec<Partisan>> = FxHashMap::default();
    for partisan in found.into_iter().flat_map(|(_, partisans)| partisans) {
        by_favourite.entry(partisan.favourite).or_default().push(partisan);
    }
    let of = |favourite: &u64| f64::from(looked_at.get(favourite).copied().unwrap_or(0));
    // Those who say for whom they speak are no part of what the others do.
    let found = by_favourite.into_iter().flat_map(|(favourite, partisans)| {
        let (open, hidden): (Vec<Partisan>, Vec<Partisan>) = partisans.into_iter().partition(Partisan::says_so);
        [(of(&favourite), open), (of(&favourite), hidden)]
    });
    let mut campaigns: Vec<Campaign> = found
        .filter_map(|(count, partisans)| judge.campaign(partisans, count, &everywhere))
        .collect();
    campaigns.sort_by(|a, b| a.members.cmp(&b.members));
    campaigns
}

struct Judge<'l> {
    ledger: &'l Ledger,
    histograms: &'l [[f64; 5]],
    usual: [f64; 5],
}

impl Judge<'_> {
    fn side(&self, entry: &Entry) -> u64 {
        match (self.ledger.brands_known, entry.brand) {
            (true, 0) | (false, _) if entry.property == UNKNOWN => 0,
            (true, 0) => 1 << 40 | u64::from(entry.property),
            (true, brand) => u64::from(brand),
            (false, _) => 1 << 40 | u64::from(entry.property),
        }
    }

    /// The favourites looked at, and those that the reviewer takes the part of.
    fn partisan(&self, places: &[u32]) -> (Vec<u64>, Vec<Partisan>) {
        const MOST: usize = 1000;
        let rated: Vec<u32> = places
            .iter()
            .copied()
            .filter(|place| {
                let entry = &self.ledger.entries[*place as usize];
                entry.stars.is_some() && self.side(entry) != 0
            })
            .take(MOST)
            .collect();
        let at = |place: &u32| &self.ledger.entries[*place as usize];
        if rated.len() < 2 || !rated.iter().any(|place| at(place).runs_down()) {
            return (Vec::new(), Vec::new());
        }
        let mut sides: Vec<(u64, u32)> = rated.iter().map(|place| (self.side(at(place)), *place)).collect();
        sides.sort_unstable();
        let (mut looked_at, mut found) = (Vec::new(), Vec::new());
        for own in sides.chunk_by(|a, b| a.0 == b.0) {
            let favourite = own[0].0;
            let own: Vec<u32> = own.iter().map(|(_, place)| *place).collect();
            let praised = own.iter().filter(|place| at(place).praises()).count();
            // Most of what is said of a favourite is praise.
            if praised * 3 < own.len() * 2 {
                continue;
            }
            let mut towns: Vec<u32> = own.iter().map(|place| at(place).place).collect();
            towns.sort_unstable();
            let categories: Vec<u32> = own.iter().map(|place| at(place).category).collect();
            let rivals: Vec<u32> = rated
                .iter()
                .copied()
                .filter(|place| {
                    let entry = at(place);
                    let there =
                        !self.ledger.places_known || entry.place != 0 && towns.binary_search(&entry.place).is_ok();
                    let trade = entry.category == 0
                        || categories
                            .iter()
                            .any(|category| *category == 0 || *category == entry.category);
                    self.side(entry) != favourite && there && trade
                })
                .collect();
            if rivals.is_empty() {
                continue;
            }
            looked_at.push(favourite);
            let like = |place: &u32, model: &[f64; 5]| {
                let entry = at(place);
                star(entry).map_or(0.0, |star| (model[star] / self.expected(entry, star)).ln())
            };
            let ratio = own.iter().map(|place| like(place, &FAVOURITE)).sum::<f64>()
                + rivals.iter().map(|place| like(place, &RIVAL)).sum::<f64>();
            if ratio <= 0.0 {
                continue;
            }
            let low: Vec<u32> = rivals.iter().copied().filter(|place| at(place).runs_down()).collect();
            let low_own = own.iter().filter(|place| at(place).runs_down()).count();
            let all = (own.len() + rivals.len()) as u32;
            let ln_order =
                ln_hypergeometric_tail(low.len() as u32, rivals.len() as u32, (low.len() + low_own) as u32, all);
            let discloses = own.iter().filter(|place| at(place).discloses).count() as u32;
            let praise = own.into_iter().filter(|place| at(place).praises()).collect();
            found.push(Partisan {
                favourite,
                praise,
                attacks: low,
                ln_ratings: -ratio,
                ln_order,
                low_own: low_own as u32,
                discloses,
            });
        }
        (looked_at, found)
    }

    /// Share of a star among the other ratings of the entry's property.
    fn expected(&self, entry: &Entry, star: usize) -> f64 {
        let counts = self
            .histograms
            .get(entry.property as usize)
            .copied()
            .unwrap_or([0.0; 5]);
        let others = counts.iter().sum::<f64>() - if entry.property == UNKNOWN { 0.0 } else { 1.0 };
        let same = counts[star] - if entry.property == UNKNOWN { 0.0 } else { 1.0 };
        (same + PADDING * self.usual[star]) / (others + PADDING)
    }

    fn campaign(&self, mut partisans: Vec<Partisan>, of_favourite: f64, everywhere: &Everywhere) -> Option<Campaign> {
        let looked_at = everywhere.looked_at;
        partisans.retain(Partisan::takes_sides);
        partisans.sort_by(|a, b| a.ln_p().total_cmp(&b.ln_p()).then(a.praise.cmp(&b.praise)));
        // Those who stand out alone, or as many as are more one-sided than the partisans of others.
        let alone: Vec<&Partisan> = partisans
            .iter()
            .filter(|partisan| partisan.ln_p() + looked_at.ln() < SIGNIFICANT.ln())
            .collect();
        let least = alone.first().map(|partisan| partisan.ln_p() + looked_at.ln());
        let alone = least.map(|ln_p| (alone, ln_p));
        let several = ONE_SIDED.iter().map(|ln_p| {
            let linked: Vec<&Partisan> = partisans
                .iter()
                .filter(|partisan| partisan.one_sided() <= *ln_p)
                .collect();
            let count = linked.len();
            let others = everywhere.one_sided(*ln_p) - count;
            let share = (others as f64 + 1.0) / (looked_at - of_favourite + 2.0).max(2.0);
            let ln_tail = ln_binomial_tail(count as u32, of_favourite.max(count as f64) as u32, share);
            (linked, ln_tail + (everywhere.favourites * ONE_SIDED.len() as f64).ln())
        });
        let several = several.filter(|(linked, _)| linked.len() > 1);
        let praise_and_attacks = |chosen: &[&Partisan]| {
            chosen.iter().fold((0, 0), |(praise, attacks), partisan| {
                (praise + partisan.praise.len(), attacks + partisan.attacks.len())
            })
        };
        let best = alone.into_iter().chain(several).filter(|(chosen, ln_p)| {
            let (praise, attacks) = praise_and_attacks(chosen);
            *ln_p < SIGNIFICANT.ln() && praise >= 2 && attacks >= 2
        });
        let (chosen, ln_p) = best.min_by(|a, b| a.1.total_cmp(&b.1))?;
        let (praise, attacks) = praise_and_attacks(&chosen);
        let entries: Vec<Entry> = chosen
            .iter()
            .flat_map(|partisan| partisan.praise.iter().chain(&partisan.attacks))
            .map(|place| self.ledger.entries[*place as usize])
            .collect();
        let kind = if chosen.iter().all(|partisan| partisan.says_so()) {
            Kind::DisclosedAffiliation
        } else {
            Kind::Insider
        };
        let first = chosen
            .iter()
            .find_map(|partisan| partisan.praise.first())
            .map(|place| self.ledger.entries[*place as usize]);
        let mut campaign = Campaign::new(kind, entries.iter().copied(), strength(ln_p, 1.0));
        campaign.looked_at = looked_at;
        campaign.subject = first.map(|entry| entry.row);
        campaign.by_brand = first.is_some_and(|entry| entry.brand != 0);
        campaign.evidence.push(("reviewers", chosen.len().to_string()));
        campaign
            .evidence
            .push(("reviews in praise of the favourite", praise.to_string()));
        campaign
            .evidence
            .push(("reviews that run down its rivals", attacks.to_string()));
        campaign.doubts.push(if self.ledger.brands_known {
            Doubt::LoyalGuest
        } else {
            Doubt::Regular
        });
        if !self.ledger.places_known {
            campaign.doubts.push(Doubt::PlacesUnknown);
        }
        Some(campaign)
    }
}
