//! Groups: reviewers who reviewed the same several properties close in time with like ratings.
//!
//! Two reviews of one property meet where at most 21 days (for dates known to the month: no month) lie between them and
//! their stars differ by one at most. Groups are looked for a second time with closer meetings (7 days; the same month), which
//! chance brings about less often where properties are few and much reviewed. Of two reviewers who meet at two properties or more, the meetings are brought
//! together into episodes (more than 27 days without a review part them): who writes up a journey in one sitting meets
//! other travellers of that month, so that within an episode only the choice of properties is unlikely, and the episode's
//! time counts once. With `t` the share of the site's reviews that lie within reach of the episode, `E` numbers of episodes,
//! and `ways` the expected number of ways in which reviews of `u` are of as many of the properties of `v`, where a review near
//! in time is of each with the share that the property's like reviews have in the site's reviews of that time:
//!
//! ```text
//! p(pair)  = (E_u E_v)^e / e!  x product over the e episodes of t x ways
//! p(group) = 4 C(reviewers, m) x the lesser of  m^(m-2) x product of p(pair) over a spanning tree of the m members
//!                                         and  m C(reviews, k) x product of p(member) over all members but one
//! ```
//!
//! where p(member) is the probability that somebody meets the others at as many of the k properties, in each episode the
//! likelier of meetings at random times and of one stay at that time. Whoever meets the group as often as only 0.1
//! strangers would joins it.
//!
//! Innocent reviews elsewhere do not enter, so that camouflage costs a group nothing but episodes. Members must be linked
//! with four in ten of the others. Each review is compared with the next 64 of its property at most.

use super::statistics::{Chance, ln_choose, ln_gamma, ln_meetings};
use super::{Campaign, Doubt, Kind, strength};
use crate::context::ledger::{Entry, Ledger, UNKNOWN};
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

/// How close reviews are that meet.
#[derive(Clone, Copy, PartialEq)]
struct Reach {
    /// Days between them.
    days: i32,
    /// The same where the day of one is not known: 1 for months that touch.
    months: i32,
}

const REACHES: [Reach; 2] = [Reach { days: 21, months: 1 }, Reach { days: 7, months: 0 }];
/// Days without a review that part episodes; a month without one always does.
const PAUSE: i32 = 27;
/// Reviews that each review is compared with.
const COMPARED: usize = 64;
/// Shards in which pairs of reviewers are gathered, one after the other.
const SHARDS: u32 = 8;
/// ln of the probability of a pair under which it is a link.
const LINK: f64 = -5.3;
/// Share of the other members with which each must be linked.
const TIGHT: f64 = 0.4;
/// Corrected probability under which a group is reported: two may share a table, and travellers a route, so that they meet
/// more often than chance lets expect.
const SIGNIFICANT: f64 = 1e-4;

struct Link {
    a: u32,
    b: u32,
    ln_p: f64,
    /// Places of the reviews that meet, in the ledger.
    meetings: Vec<(u32, u32)>,
}

/// First and last day on which a review can have been published; those without a date are together, far from all others.
fn span(entry: &Entry) -> (i32, i32) {
    const NEVER: i32 = i32::MAX / 2;
    entry.days.unwrap_or((NEVER, NEVER))
}

/// Days between two spans; none where they touch.
fn gap(a: (i32, i32), b: (i32, i32)) -> i32 {
    (a.0 - b.1).max(b.0 - a.1).max(0)
}

impl Reach {
    /// Days that may lie between a review and those that it meets.
    fn slack(self, entry: &Entry) -> i32 {
        if entry.day().is_some() { self.days } else { self.months }
    }

    fn near_in_time(self, a: &Entry, b: &Entry) -> bool {
        gap(span(a), span(b)) <= self.slack(a).min(self.slack(b))
    }

    fn meet(self, a: &Entry, b: &Entry) -> bool {
        let like = match (a.stars, b.stars) {
            (Some(a), Some(b)) => (a - b).abs() <= 1.01,
            _ => true,
        };
        like && self.near_in_time(a, b)
    }
}

/// Those that begin no later than, and end no earlier than a span of days.
struct Spans {
    starts: Vec<i32>,
    ends: Vec<i32>,
}

impl Spans {
    fn of(spans: impl Iterator<Item = (i32, i32)>) -> Spans {
        let (mut starts, mut ends): (Vec<i32>, Vec<i32>) = spans.unzip();
        starts.sort_unstable();
        ends.sort_unstable();
        Spans { starts, ends }
    }

    fn touching(&self, from: i32, to: i32) -> u32 {
        (self.starts.partition_point(|start| *start <= to) - self.ends.partition_point(|end| *end < from)) as u32
    }
}

/// Finds groups.
pub(super) fn find(ledger: &Ledger, by_property: &[Vec<u32>], by_reviewer: &[Vec<u32>]) -> Vec<Campaign> {
    let several: Vec<bool> = by_reviewer
        .iter()
        .map(|places| {
            let first = places.first().map(|place| ledger.entries[*place as usize].property);
            places
                .iter()
                .any(|place| Some(ledger.entries[*place as usize].property) != first)
        })
        .collect();
    let reviewers = several.iter().filter(|several| **several).count();
    if reviewers < 2 {
        return Vec::new();
    }
    let found = REACHES.into_iter().flat_map(|reach| {
        let crowd = Crowd::of(ledger, by_property, reach);
        let mut links: Vec<Link> = Vec::new();
        for shard in 0..SHARDS {
            links.extend(links_of(ledger, by_property, by_reviewer, &several, &crowd, shard));
        }
        let search = Search {
            ledger,
            by_property,
            by_reviewer,
            several: &several,
            crowd: &crowd,
            reviewers: reviewers as f64,
        };
        let campaigns = grow(links).into_iter().filter_map(|group| search.campaign(group));
        campaigns.collect::<Vec<Campaign>>()
    });
    found.collect()
}

/// How common it is to meet somebody.
struct Crowd {
    reach: Reach,
    /// For each entry: like reviews of its property within reach, itself included.
    like: Vec<u32>,
    /// For each entry: reviews of its site within reach.
    all: Vec<u32>,
    /// Reviews by site: whoever writes on one has no name on another.
    of_site: FxHashMap<u64, Spans>,
}

impl Crowd {
    fn of(ledger: &Ledger, by_property: &[Vec<u32>], reach: Reach) -> Crowd {
        let within_reach = |entry: &Entry, spans: &Spans| {
            let ((start, end), slack) = (span(entry), reach.slack(entry));
            spans.touching(start - slack, end + slack)
        };
        let mut spans: FxHashMap<u64, Vec<(i32, i32)>> = FxHashMap::default();
        for entry in &ledger.entries {
            spans.entry(entry.site).or_default().push(span(entry));
        }
        let spans = spans
            .into_iter()
            .map(|(site, spans)| (site, Spans::of(spans.into_iter())));
        let of_site: FxHashMap<u64, Spans> = spans.collect();
        let all = ledger
            .entries
            .par_iter()
            .map(|entry| within_reach(entry, &of_site[&entry.site]))
            .collect();
        let mut like = vec![1u32; ledger.entries.len()];
        let counted: Vec<(u32, u32)> = by_property
            .par_iter()
            .flat_map_iter(|places| {
                let at = |place: &u32| &ledger.entries[*place as usize];
                // By half stars, so that a crowd costs no more than a few.
                let class = |entry: &Entry| entry.stars.map_or(0, |stars| (stars * 2.0).round() as usize).min(10);
                let classes: Vec<Spans> = (0..11)
                    .map(|wanted| Spans::of(places.iter().map(at).filter(|entry| class(entry) == wanted).map(span)))
                    .collect();
                let near = places.iter().map(|place| {
                    let own = class(at(place));
                    let like = (0..11).filter(|other| *other == 0 || own == 0 || own.abs_diff(*other) <= 2);
                    (
                        *place,
                        like.map(|class| within_reach(at(place), &classes[class])).sum::<u32>(),
                    )
                });
                near.collect::<Vec<_>>()
            })
            .collect();
        for (place, count) in counted {
            like[place as usize] = count.max(1);
        }
        Crowd {
            reach,
            like,
            all,
            of_site,
        }
    }

    /// Reviews of a site, in all and those that touch a stretch of days.
    fn meanwhile(&self, site: u64, stretch: (i32, i32)) -> (f64, f64) {
        let of_site = &self.of_site[&site];
        (
            of_site.starts.len() as f64,
            f64::from(of_site.touching(stretch.0, stretch.1)).max(1.0),
        )
    }
}

fn links_of(
    ledger: &Ledger,
    by_property: &[Vec<u32>],
    by_reviewer: &[Vec<u32>],
    several: &[bool],
    crowd: &Crowd,
    shard: u32,
) -> Vec<Link> {
    let mut pairs: Vec<(u32, u32, u32, u32)> = by_property
        .par_iter()
        .flat_map_iter(|places| {
            let places: Vec<u32> = places
                .iter()
                .copied()
                .filter(|place| {
                    let reviewer = ledger.entries[*place as usize].reviewer;
                    reviewer != UNKNOWN && several[reviewer as usize]
                })
                .collect();
            let mut pairs = Vec::new();
            for (i, place) in places.iter().enumerate() {
                let a = &ledger.entries[*place as usize];
                for other in places[i + 1..].iter().take(COMPARED) {
                    let b = &ledger.entries[*other as usize];
                    if !crowd.reach.near_in_time(a, b) && a.day().is_some() {
                        break;
                    }
                    let (first, second) = if a.reviewer < b.reviewer {
                        ((a, place), (b, other))
                    } else {
                        ((b, other), (a, place))
                    };
                    if a.reviewer != b.reviewer
                        && (first.0.reviewer ^ second.0.reviewer) % SHARDS == shard
                        && crowd.reach.meet(a, b)
                    {
                        pairs.push((first.0.reviewer, second.0.reviewer, *first.1, *second.1));
                    }
                }
            }
            pairs
        })
        .collect();
    pairs.par_sort_unstable();
    let chunks: Vec<&[(u32, u32, u32, u32)]> = pairs
        .chunk_by(|a, b| (a.0, a.1) == (b.0, b.1))
        .filter(|pair| pair.len() > 1)
        .collect();
    chunks
        .par_iter()
        .filter_map(|pair| {
            let mut meetings: Vec<(u32, u32)> = pair.iter().map(|pair| (pair.2, pair.3)).collect();
            // One meeting at each property.
            meetings.sort_unstable_by_key(|(a, b)| (ledger.entries[*a as usize].property, *a, *b));
            let mut met: Vec<(u32, u32)> = Vec::new();
            for meeting in &meetings {
                if met.last().is_none_or(|last| {
                    ledger.entries[last.0 as usize].property != ledger.entries[meeting.0 as usize].property
                }) {
                    met.push(*meeting);
                }
            }
            if met.len() < 2 {
                return None;
            }
            let (a, b) = (pair[0].0, pair[0].1);
            let ln_p = ln_probability(ledger, by_reviewer, crowd, (a, b), &met);
            (ln_p <= LINK).then_some(Link { a, b, ln_p, meetings })
        })
        .collect()
}

/// Spans in rising order, cut where a pause parts them.
fn parted<T>(spans: &[T], of: impl Fn(&T) -> (i32, i32)) -> impl Iterator<Item = &[T]> {
    spans.chunk_by(move |a, b| of(b).0.saturating_sub(of(a).1) <= PAUSE)
}

/// Number of stretches of a reviewer's reviews that a pause parts.
fn episodes(ledger: &Ledger, places: &[u32]) -> usize {
    parted(places, |place| span(&ledger.entries[*place as usize]))
        .count()
        .max(1)
}

fn ln_probability(
    ledger: &Ledger,
    by_reviewer: &[Vec<u32>],
    crowd: &Crowd,
    (a, b): (u32, u32),
    met: &[(u32, u32)],
) -> f64 {
    let (of_a, of_b) = (&by_reviewer[a as usize], &by_reviewer[b as usize]);
    let at = |place: u32| span(&ledger.entries[place as usize]);
    let both = |(a, b): &(u32, u32)| (at(*a).0.min(at(*b).0), at(*a).1.max(at(*b).1));
    let mut met = met.to_vec();
    met.sort_unstable_by_key(|meeting| (both(meeting), *meeting));
    let (mut ln_p, mut shared_episodes) = (0.0, 0usize);
    for episode in parted(&met, both) {
        shared_episodes += 1;
        let stretch = (
            both(&episode[0]).0,
            episode.iter().map(|meeting| both(meeting).1).max().unwrap_or(i32::MAX),
        );
        let within = |places: &[u32]| -> Vec<u32> {
            places
                .iter()
                .copied()
                .filter(|place| gap(at(*place), stretch) <= PAUSE)
                .collect()
        };
        let (mine, theirs) = (within(of_a), within(of_b));
        let entry = |place: &u32| &ledger.entries[*place as usize];
        let (total, meanwhile) = crowd.meanwhile(entry(&episode[0].0).site, stretch);
        // Only reviews near each other in time can meet; then, as often as the property is reviewed meanwhile.
        let ln_met = |own: &[u32], others: &[u32]| -> f64 {
            let chance = |other: &u32| Chance {
                share: f64::from(crowd.like[*other as usize]) / f64::from(crowd.all[*other as usize]).max(1.0),
                near: own
                    .iter()
                    .filter(|place| crowd.reach.near_in_time(entry(place), entry(other)))
                    .count() as f64,
            };
            let chances: Vec<Chance> = others.iter().map(chance).collect();
            ln_meetings(episode.len() as u32, own.len(), &chances)
        };
        let reach = episode
            .iter()
            .map(|(place, _)| f64::from(crowd.all[*place as usize]))
            .fold(meanwhile, f64::max)
            / total;
        // Seen from either side, and the likelier of the two.
        ln_p += reach.min(1.0).ln() + ln_met(&mine, &theirs).max(ln_met(&theirs, &mine));
    }
    let possible = (episodes(ledger, of_a) * episodes(ledger, of_b)) as f64;
    ln_p + shared_episodes as f64 * possible.ln() - ln_gamma(shared_episodes as f64 + 1.0)
}

/// Grows groups from the least likely pairs: whoever is linked with the most of a group joins it while that is four in ten.
fn grow(mut links: Vec<Link>) -> Vec<Group> {
    links.sort_by(|x, y| x.ln_p.total_cmp(&y.ln_p).then((x.a, x.b).cmp(&(y.a, y.b))));
    let mut of: FxHashMap<u32, Vec<usize>> = FxHashMap::default();
    for (at, link) in links.iter().enumerate() {
        of.entry(link.a).or_default().push(at);
        of.entry(link.b).or_default().push(at);
    }
    let mut taken: FxHashSet<u32> = FxHashSet::default();
    let mut groups = Vec::new();
    for seed in &links {
        if taken.contains(&seed.a) || taken.contains(&seed.b) {
            continue;
        }
        let mut members = vec![seed.a, seed.b];
        taken.extend([seed.a, seed.b]);
        // Links of those outside with the group: number, best.
        let mut outside: FxHashMap<u32, (usize, f64)> = FxHashMap::default();
        let reach = |member: u32, outside: &mut FxHashMap<u32, (usize, f64)>, taken: &FxHashSet<u32>| {
            for at in &of[&member] {
                let link = &links[*at];
                let other = if link.a == member { link.b } else { link.a };
                if !taken.contains(&other) {
                    let seen = outside.entry(other).or_insert((0, 0.0));
                    seen.0 += 1;
                    seen.1 = seen.1.min(link.ln_p);
                }
            }
        };
        reach(seed.a, &mut outside, &taken);
        reach(seed.b, &mut outside, &taken);
        let mut ln_tree = seed.ln_p;
        loop {
            let best = outside
                .iter()
                .max_by(|x, y| x.1.0.cmp(&y.1.0).then(y.1.1.total_cmp(&x.1.1)).then(y.0.cmp(x.0)));
            let Some((next, (count, ln_p))) = best.map(|(next, seen)| (*next, *seen)) else {
                break;
            };
            if (count as f64) < TIGHT * members.len() as f64 {
                break;
            }
            outside.remove(&next);
            members.push(next);
            taken.insert(next);
            ln_tree += ln_p;
            reach(next, &mut outside, &taken);
        }
        let inside: FxHashSet<u32> = members.iter().copied().collect();
        let within = members.iter().flat_map(|member| &of[member]).map(|at| &links[*at]);
        let within = within.filter(|link| inside.contains(&link.a) && inside.contains(&link.b));
        let met: FxHashSet<u32> = within
            .flat_map(|link| link.meetings.iter().flat_map(|(a, b)| [*a, *b]))
            .collect();
        let mut reviews: Vec<u32> = met.into_iter().collect();
        reviews.sort_unstable();
        groups.push(Group {
            members,
            ln_tree,
            reviews,
        });
    }
    groups
}

struct Group {
    members: Vec<u32>,
    ln_tree: f64,
    /// Places of the reviews that meet, in the ledger.
    reviews: Vec<u32>,
}

/// Where and when the members of a group met.
struct Episode {
    /// First and last day.
    stretch: (i32, i32),
    /// Share of the site's reviews within reach.
    time: f64,
    targets: Vec<Target>,
}

/// A property on which members wrote.
struct Target {
    property: u32,
    /// Their reviews of it.
    places: Vec<u32>,
    /// Its like reviews within reach, the members' left out, by the site's reviews of that time.
    share: f64,
    /// The same by all reviews of the site.
    at_random: f64,
}

struct Search<'l> {
    ledger: &'l Ledger,
    by_property: &'l [Vec<u32>],
    by_reviewer: &'l [Vec<u32>],
    several: &'l [bool],
    crowd: &'l Crowd,
    /// Number of reviewers who wrote on several properties.
    reviewers: f64,
}

impl Search<'_> {
    fn entry(&self, place: u32) -> &Entry {
        &self.ledger.entries[place as usize]
    }

    fn campaign(&self, mut group: Group) -> Option<Campaign> {
        let size = group.members.len() as f64;
        let ln_ways = ln_choose(self.reviewers, size) + (REACHES.len() as f64).ln();
        let by_links = group.ln_tree + ln_ways + (size - 2.0).max(0.0) * size.ln();
        let mut ln_p = by_links;
        if group.members.len() > 2 {
            let episodes = self.episodes(&group);
            let targets: usize = episodes.iter().map(|episode| episode.targets.len()).sum();
            // The first member says where and when; whoever of the others did not meet there costs nothing and adds nothing.
            let mut others: Vec<f64> = group
                .members
                .iter()
                .map(|member| self.ln_member(*member, &episodes))
                .collect();
            others.sort_by(f64::total_cmp);
            let written = group
                .members
                .iter()
                .map(|member| self.by_reviewer[*member as usize].len())
                .max()
                .unwrap_or(0);
            let by_lists = others[1..].iter().sum::<f64>()
                + ln_ways
                + size.ln()
                + ln_choose(written as f64, targets.min(written) as f64);
            // Two ways of looking at it.
            ln_p = by_links.min(by_lists) + 2f64.ln();
            if ln_p < SIGNIFICANT.ln() {
                self.complete(&mut group, &episodes);
            }
        }
        if ln_p >= SIGNIFICANT.ln() {
            return None;
        }
        let entries: Vec<Entry> = group.reviews.iter().map(|place| *self.entry(*place)).collect();
        let mut properties: Vec<u32> = entries.iter().map(|entry| entry.property).collect();
        properties.sort_unstable();
        properties.dedup();
        let tightness = (entries.len() as f64 / (group.members.len() * properties.len()) as f64).min(1.0);
        let mut campaign = Campaign::new(Kind::Group, entries.iter().copied(), strength(ln_p, 1.0));
        campaign.looked_at = self.reviewers;
        campaign.tightness = Some(tightness);
        campaign.evidence.push(("reviewers", group.members.len().to_string()));
        campaign
            .evidence
            .push(("properties in common", properties.len().to_string()));
        campaign.evidence.push((
            "share of all pairs of member and property that were reviewed",
            format!("{:.0} %", 100.0 * tightness),
        ));
        campaign.doubts.push(if group.members.len() <= 3 {
            Doubt::Household
        } else {
            Doubt::Party
        });
        Some(campaign)
    }

    /// Properties on which a quarter of the members wrote, in order of time, parted by pauses.
    fn episodes(&self, group: &Group) -> Vec<Episode> {
        let mut of_property: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
        for place in &group.reviews {
            of_property.entry(self.entry(*place).property).or_default().push(*place);
        }
        of_property.retain(|_, places| places.len() >= 2 && places.len() * 4 >= group.members.len());
        let mut targets: Vec<((i32, i32), u32, Vec<u32>)> = of_property
            .into_iter()
            .map(|(property, places)| {
                let mut spans: Vec<(i32, i32)> = places.iter().map(|place| span(self.entry(*place))).collect();
                spans.sort_unstable();
                (spans[spans.len() / 2], property, places)
            })
            .collect();
        targets.sort_unstable();
        parted(&targets, |target| target.0)
            .map(|targets| {
                let all = |place: &u32| f64::from(self.crowd.all[*place as usize]);
                let stretch = (
                    targets[0].0.0,
                    targets.iter().map(|target| target.0.1).max().unwrap_or(i32::MAX),
                );
                let (total, meanwhile) = self.crowd.meanwhile(self.entry(targets[0].2[0]).site, stretch);
                // The members themselves are no crowd.
                let like = |places: &[u32]| {
                    let most = places
                        .iter()
                        .map(|place| self.crowd.like[*place as usize])
                        .max()
                        .unwrap_or(0) as usize;
                    (most.saturating_sub(places.len()) + 1) as f64
                };
                let busy = |places: &[u32]| places.iter().map(all).fold(meanwhile, f64::max);
                Episode {
                    stretch,
                    time: targets
                        .iter()
                        .map(|(_, _, places)| busy(places) / total)
                        .fold(0.0, f64::max),
                    targets: targets
                        .iter()
                        .map(|(_, property, places)| Target {
                            property: *property,
                            places: places.clone(),
                            share: (like(places) / places.iter().map(all).fold(1.0, f64::max)).min(1.0),
                            at_random: like(places) / total,
                        })
                        .collect(),
                }
            })
            .collect()
    }

    /// A reviewer's reviews that meet a third of the members at a target.
    fn meets(&self, reviewer: u32, target: &Target) -> impl Iterator<Item = u32> {
        let mine = self.by_reviewer[reviewer as usize]
            .iter()
            .copied()
            .filter(move |place| self.entry(*place).property == target.property);
        mine.filter(move |place| {
            let others = || {
                let places = target.places.iter();
                places.filter(|other| self.entry(**other).reviewer != reviewer)
            };
            let met = others()
                .filter(|other| self.crowd.reach.meet(self.entry(**other), self.entry(*place)))
                .count();
            met > 0 && met * 3 >= others().count()
        })
    }

    /// ln of the probability that a reviewer meets the group as often as he does: in each episode the likelier of meetings
    /// at random times and of one stay at that time.
    fn ln_member(&self, reviewer: u32, episodes: &[Episode]) -> f64 {
        let own = &self.by_reviewer[reviewer as usize];
        let mine = self::episodes(self.ledger, own) as f64;
        let (mut ln_p, mut shared) = (0.0, 0.0);
        for episode in episodes {
            let met = episode
                .targets
                .iter()
                .filter(|target| self.meets(reviewer, target).next().is_some())
                .count() as u32;
            if met == 0 {
                continue;
            }
            shared += 1.0;
            let then: Vec<u32> = own
                .iter()
                .copied()
                .filter(|place| gap(span(self.entry(*place)), episode.stretch) <= PAUSE)
                .collect();
            let near = |target: &Target| {
                let reached = then.iter().filter(|place| {
                    let mut others = target.places.iter();
                    others.any(|other| self.crowd.reach.near_in_time(self.entry(*other), self.entry(**place)))
                });
                reached.count() as f64
            };
            let chances = |share: &dyn Fn(&Target) -> (f64, f64)| -> Vec<Chance> {
                let targets = episode.targets.iter().map(share);
                targets.map(|(share, near)| Chance { share, near }).collect()
            };
            let then_chances = chances(&|target| (target.share, near(target)));
            let random_chances = chances(&|target| (target.at_random, own.len() as f64));
            let at_random = ln_meetings(met, own.len(), &random_chances);
            let in_one_stay = (mine * episode.time).min(1.0).ln() + ln_meetings(met, then.len(), &then_chances);
            ln_p += at_random.max(in_one_stay);
        }
        (ln_p + ln_choose(episodes.len() as f64, shared)).min(0.0)
    }

    /// Adds those who met the group more often than chance explains without being linked closely enough with single
    /// members, and all reviews in which members met.
    fn complete(&self, group: &mut Group, episodes: &[Episode]) {
        /// Expected number of reviewers who join by chance.
        const STRANGERS: f64 = 0.1;
        let mut candidates: FxHashMap<u32, u32> = FxHashMap::default();
        let targets = || episodes.iter().flat_map(|episode| &episode.targets);
        for Target { property, places, .. } in targets() {
            let others = self.by_property[*property as usize]
                .iter()
                .map(|place| self.entry(*place));
            let others = others.filter(|other| other.reviewer != UNKNOWN && self.several[other.reviewer as usize]);
            let met: FxHashSet<u32> = others
                .filter(|other| {
                    places
                        .iter()
                        .any(|place| self.crowd.reach.meet(self.entry(*place), other))
                })
                .map(|other| other.reviewer)
                .collect();
            met.into_iter()
                .for_each(|reviewer| *candidates.entry(reviewer).or_default() += 1);
        }
        let mut joining: Vec<u32> = candidates
            .into_iter()
            .filter(|(_, met)| *met >= 2)
            .map(|(reviewer, _)| reviewer)
            .collect();
        joining.sort_unstable();
        joining.retain(|reviewer| {
            !group.members.contains(reviewer)
                && self.ln_member(*reviewer, episodes) + self.reviewers.ln() < STRANGERS.ln()
        });
        group.members.extend(joining);
        for target in targets() {
            for member in &group.members {
                group.reviews.extend(self.meets(*member, target));
            }
        }
        group.reviews.sort_unstable();
        group.reviews.dedup();
    }
}
