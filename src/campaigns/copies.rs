//! Near-duplicates as campaigns: one text, or one template, under several names or of several properties.
//!
//! Two texts that share a run of words by chance must agree on each further word, for which a chance of one in four is
//! assumed (more than the predictability of running text, so that stock phrases of a dozen words prove nothing). With `s`
//! word 3-shingles in common, `ln p = -s ln 4`; every link of a cluster is multiplied by the number of texts that could
//! have been met. Two texts are linked where `p` times all pairs of texts is small; a further text joins a cluster where `p`
//! times the texts and times the cluster's reviews is, for it was looked for among these alone: a variant that keeps half
//! of a template. Owners' answers are not looked at.
//!
//! Clusters of different texts are one campaign where they meet on the same properties beyond chance: more clusters at one
//! property than its share of the texts explains (Poisson, times the properties), or two clusters with several properties
//! in common (binomial, with the other's share of the texts, times the pairs of clusters that have several); more than a year
//! between them keeps them apart. Where such a campaign stands on several sites and its copies
//! at a property fall into a stretch of time in which the like reviews that are no copies number more than twice
//! what the time on either side lets expect (negative binomial, with the rhythm of the file and as dispersed as the counts of
//! its other properties then are), these belong to it: the originals of copies that stand elsewhere, or not at all.

use super::statistics::{ln_binomial_tail, ln_negative_binomial_tail, ln_poisson_tail};
use super::{Campaign, Doubt, Kind, strength};
use crate::context::ledger::{Entry, Ledger, UNKNOWN};
use rustc_hash::{FxHashMap, FxHashSet};

/// Corrected probability under which two texts are linked.
const SIGNIFICANT: f64 = 0.001;

/// Corrected probability under which clusters are joined.
const JOINED: f64 = 0.01;

/// ln of the probability that as many shingles agree by chance, given the words of both texts.
fn ln_chance(words: (u16, u16), similarity: f64) -> f64 {
    let shingles = |words: u16| (f64::from(words) - 2.0).max(1.0);
    let (fewer, more) = (shingles(words.0.min(words.1)), shingles(words.0.max(words.1)));
    // Repeated shingles are one of the set, so that the words tell a little too many.
    let shared = (similarity / (1.0 + similarity) * (fewer + more)).min(fewer);
    -shared * 4f64.ln()
}

/// Finds clusters of near-duplicates. `by_property` holds the places of entries in the ledger, by property.
pub(super) fn find(ledger: &Ledger, by_property: &[Vec<u32>]) -> Vec<Campaign> {
    let mut of_text: Vec<Vec<u32>> = Vec::new();
    for (place, entry) in ledger
        .entries
        .iter()
        .enumerate()
        .filter(|(_, entry)| entry.text != UNKNOWN)
    {
        let text = entry.text as usize;
        if of_text.len() <= text {
            of_text.resize(text + 1, Vec::new());
        }
        of_text[text].push(place as u32);
    }
    let texts = of_text.iter().filter(|places| !places.is_empty()).count();
    let written: usize = of_text.iter().map(Vec::len).sum();
    let ln_others = (written.max(2) as f64).ln();
    let words = |text: u32| {
        of_text
            .get(text as usize)
            .and_then(|places| places.first())
            .map_or(0, |place| ledger.entries[*place as usize].words)
    };
    let mut links: Vec<(f64, u32, u32)> = ledger
        .near
        .iter()
        .filter(|(a, b, _)| a < b)
        .map(|(a, b, near)| (ln_chance((words(*a), words(*b)), f64::from(*near) / 1000.0), *a, *b))
        .filter(|(ln_p, _, _)| ln_p + ln_others < SIGNIFICANT.ln())
        .collect();
    links.sort_by(|x, y| x.0.total_cmp(&y.0).then((x.1, x.2).cmp(&(y.1, y.2))));
    let mut forest = Forest::new(of_text.len());
    let mut ln_p = vec![0.0; of_text.len()];
    let mut written_in: Vec<usize> = of_text.iter().map(Vec::len).collect();
    // Every round but the last joins something, and what is joined is a link less.
    while !links.is_empty() {
        let before = links.len();
        links.retain(|(link, a, b)| {
            let (a, b) = (forest.root(*a), forest.root(*b));
            if a == b {
                return false;
            }
            // A pair is one of all pairs of texts; who joins a cluster is one of those who could join that cluster.
            let most = written_in[a as usize].max(written_in[b as usize]);
            let met = if most > 2 { (most as f64).ln() } else { ln_others };
            let joins = link + ln_others + met < SIGNIFICANT.ln();
            if joins {
                forest.join(a, b);
                let (kept, gone) = (a.min(b) as usize, a.max(b) as usize);
                ln_p[kept] += ln_p[gone] + link + ln_others;
                written_in[kept] += written_in[gone];
            }
            !joins
        });
        if links.len() == before {
            break;
        }
    }
    let mut clusters: Vec<Vec<u32>> = vec![Vec::new(); of_text.len()];
    for text in 0..of_text.len() as u32 {
        let root = forest.root(text);
        let again = of_text[text as usize].len().saturating_sub(1) as f64;
        let same = ln_chance((words(text), words(text)), 1.0) + ln_others;
        if again > 0.0 && same + ln_others < SIGNIFICANT.ln() {
            ln_p[root as usize] += again * same;
        }
        clusters[root as usize].extend(&of_text[text as usize]);
    }
    let found: Vec<Cluster> = clusters
        .into_iter()
        .zip(ln_p)
        .filter(|(places, ln_p)| places.len() > 1 && ln_p + ln_others < SIGNIFICANT.ln())
        .map(|(places, ln_p)| Cluster {
            copies: places.clone(),
            places,
            ln_p: ln_p + ln_others,
            texts_met: 1,
        })
        .filter(|cluster| !cluster.sent_twice(ledger))
        .collect();
    let shares = shares(ledger);
    let mut joined = joined(ledger, found, &shares);
    let rhythm = Rhythm::of(ledger, by_property);
    joined
        .iter_mut()
        .filter(|cluster| cluster.texts_met > 1 && cluster.sites(ledger) > 1)
        .for_each(|cluster| cluster.complete(ledger, by_property, &rhythm));
    joined
        .into_iter()
        .map(|cluster| cluster.campaign(ledger, texts))
        .collect()
}

/// When the properties of a file were reviewed: first possible days of dated reviews, rising.
struct Rhythm {
    all: Vec<i32>,
    of_property: Vec<Vec<i32>>,
}

impl Rhythm {
    fn of(ledger: &Ledger, by_property: &[Vec<u32>]) -> Rhythm {
        let start = |entry: &Entry| Some(entry.days?.0);
        let sorted = |mut days: Vec<i32>| {
            days.sort_unstable();
            days
        };
        let of_property = by_property.iter().map(|places| {
            let places = places.iter();
            sorted(
                places
                    .filter_map(|place| start(&ledger.entries[*place as usize]))
                    .collect(),
            )
        });
        Rhythm {
            all: sorted(ledger.entries.iter().filter_map(start).collect()),
            of_property: of_property.collect(),
        }
    }

    fn within(days: &[i32], (from, to): (i32, i32)) -> f64 {
        (days.partition_point(|day| *day <= to) - days.partition_point(|day| *day < from)) as f64
    }

    /// Share of a stretch in the reviews of a time, and never less than in its days.
    fn share(&self, stretch: (i32, i32), time: (i32, i32)) -> f64 {
        /// Reviews that pull it to the share in days.
        const CALM: f64 = 20.0;
        let days = |(from, to): (i32, i32)| f64::from(to - from + 1);
        let even = days(stretch) / days(time);
        let busy = (Rhythm::within(&self.all, stretch) + CALM * even) / (Rhythm::within(&self.all, time) + CALM);
        busy.max(even)
    }

    /// How much more the numbers of the properties in a stretch vary than chance explains, given those of a time of which
    /// the stretch has this share: a variance over the square of the mean, as in the bursts.
    fn dispersion(&self, share: f64, stretch: (i32, i32), time: (i32, i32)) -> f64 {
        const FEWEST: f64 = 10.0;
        let (mut excess, mut weight) = (0.0, 0.0);
        for days in &self.of_property {
            let (inside, all) = (Rhythm::within(days, stretch), Rhythm::within(days, time));
            if all < FEWEST {
                continue;
            }
            let outside = all - inside + 0.5;
            let mean = outside * share / (1.0 - share);
            let variance = mean + mean * mean / outside;
            excess += (inside - mean).powi(2).min(25.0 * variance) - variance;
            weight += mean * mean;
        }
        if weight > 0.0 {
            (excess / weight).clamp(0.0, 4.0)
        } else {
            0.5
        }
    }
}

/// Share of each property in the reviews with text.
fn shares(ledger: &Ledger) -> Vec<f64> {
    let mut counts = vec![0.0; ledger.properties];
    let written = || ledger.entries.iter().filter(|entry| entry.text != UNKNOWN);
    written()
        .filter(|entry| entry.property != UNKNOWN)
        .for_each(|entry| counts[entry.property as usize] += 1.0);
    let all = (written().count() as f64).max(1.0);
    counts.into_iter().map(|count| count / all).collect()
}

/// Clusters that meet on the same properties beyond chance, as one.
fn joined(ledger: &Ledger, clusters: Vec<Cluster>, shares: &[f64]) -> Vec<Cluster> {
    /// Clusters at one property that are compared each with each.
    const COMPARED: usize = 50;
    /// Days between clusters that have nothing to do with each other.
    const YEAR: i32 = 365;
    let apart = |a: Option<(i32, i32)>, b: Option<(i32, i32)>| match (a, b) {
        (Some(a), Some(b)) => (a.0 - b.1).max(b.0 - a.1) > YEAR,
        _ => false,
    };
    let spans: Vec<Option<(i32, i32)>> = clusters.iter().map(|cluster| cluster.span(ledger)).collect();
    let properties: Vec<Vec<u32>> = clusters.iter().map(|cluster| cluster.properties(ledger)).collect();
    let mut of_property: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
    for (cluster, at) in properties.iter().enumerate() {
        at.iter()
            .for_each(|property| of_property.entry(*property).or_default().push(cluster as u32));
    }
    let places: usize = properties.iter().map(Vec::len).sum();
    let mut forest = Forest::new(clusters.len());
    let mut in_common: FxHashMap<(u32, u32), u32> = FxHashMap::default();
    for (property, there) in &of_property {
        let mean = places as f64 * shares[*property as usize];
        let crowded = there.len() > 1
            && (there.len() as f64) > mean
            && ln_poisson_tail(there.len() as u32, mean) + (shares.len() as f64).ln() < JOINED.ln();
        for (i, a) in there.iter().enumerate() {
            for b in there[i + 1..].iter().take(COMPARED) {
                if apart(spans[*a as usize], spans[*b as usize]) {
                    continue;
                }
                *in_common.entry((*a, *b)).or_default() += 1;
                if crowded {
                    let (a, b) = (forest.root(*a), forest.root(*b));
                    forest.join(a, b);
                }
            }
        }
    }
    // Only clusters of several properties can have several in common.
    let several = properties.iter().filter(|at| at.len() > 1).count() as f64;
    let ln_pairs = (several * (several - 1.0) / 2.0).max(1.0).ln();
    for ((a, b), common) in in_common.into_iter().filter(|(_, common)| *common > 1) {
        let (few, many) = if properties[a as usize].len() <= properties[b as usize].len() {
            (a, b)
        } else {
            (b, a)
        };
        let covered: f64 = properties[many as usize]
            .iter()
            .map(|property| shares[*property as usize])
            .sum();
        let ln_p = ln_binomial_tail(common, properties[few as usize].len() as u32, covered);
        if ln_p + ln_pairs < JOINED.ln() {
            let (a, b) = (forest.root(a), forest.root(b));
            forest.join(a, b);
        }
    }
    let mut by_root: FxHashMap<u32, Cluster> = FxHashMap::default();
    for (at, cluster) in clusters.into_iter().enumerate() {
        match by_root.entry(forest.root(at as u32)) {
            std::collections::hash_map::Entry::Occupied(mut held) => held.get_mut().take_in(cluster),
            std::collections::hash_map::Entry::Vacant(free) => {
                free.insert(cluster);
            }
        }
    }
    let mut all: Vec<Cluster> = by_root.into_values().collect();
    all.sort_by(|a, b| a.places.cmp(&b.places));
    all
}

/// Reviews with nearly the same words; several such sets once they were joined.
struct Cluster {
    /// Places in the ledger.
    places: Vec<u32>,
    /// Those of them that are copies.
    copies: Vec<u32>,
    ln_p: f64,
    /// Sets of texts that were joined.
    texts_met: usize,
}

impl Cluster {
    fn entries(&self, ledger: &Ledger) -> Vec<Entry> {
        self.places
            .iter()
            .map(|place| ledger.entries[*place as usize])
            .collect()
    }

    /// Known properties, rising.
    fn properties(&self, ledger: &Ledger) -> Vec<u32> {
        let mut properties: Vec<u32> = self
            .entries(ledger)
            .iter()
            .map(|entry| entry.property)
            .filter(|property| *property != UNKNOWN)
            .collect();
        properties.sort_unstable();
        properties.dedup();
        properties
    }

    fn sites(&self, ledger: &Ledger) -> usize {
        let entries = self.entries(ledger);
        entries.iter().map(|entry| entry.site).collect::<FxHashSet<u64>>().len()
    }

    /// First and last possible day, where known.
    fn span(&self, ledger: &Ledger) -> Option<(i32, i32)> {
        let days = || {
            self.places
                .iter()
                .filter_map(|place| ledger.entries[*place as usize].days)
        };
        Some((days().map(|days| days.0).min()?, days().map(|days| days.1).max()?))
    }

    /// Whether one person may have sent his text twice: of two reviews of a property, no two different names are known.
    fn sent_twice(&self, ledger: &Ledger) -> bool {
        let entries = self.entries(ledger);
        let known: FxHashSet<u32> = entries
            .iter()
            .map(|entry| entry.reviewer)
            .filter(|reviewer| *reviewer != UNKNOWN)
            .collect();
        let unknown = entries.iter().filter(|entry| entry.reviewer == UNKNOWN).count();
        let one_property = entries.iter().all(|entry| entry.property == entries[0].property);
        one_property && (known.len() + unknown == 1 || known.len() < 2 && entries.len() == 2)
    }

    fn take_in(&mut self, other: Cluster) {
        self.places.extend(other.places);
        self.copies.extend(other.copies);
        self.ln_p += other.ln_p;
        self.texts_met += other.texts_met;
    }

    /// Adds the like reviews of a stretch that are no copies, where they number more than twice what the time on either side
    /// lets expect: each of them belongs to the campaign sooner than not.
    fn complete(&mut self, ledger: &Ledger, by_property: &[Vec<u32>], rhythm: &Rhythm) {
        const EXCESS: f64 = 2.0;
        const YEAR: i32 = 365;
        let at = |place: &u32| &ledger.entries[*place as usize];
        let days = |place: &u32| at(place).days;
        let copied: FxHashSet<u32> = self.copies.iter().copied().collect();
        for property in self.properties(ledger) {
            let of_property = self.copies.iter().copied();
            let copies: Vec<u32> = of_property.filter(|place| at(place).property == property).collect();
            let praise = copies.iter().filter(|place| at(place).praises()).count();
            let complaints = copies.iter().filter(|place| at(place).runs_down()).count();
            let lone = copies.iter().filter(|place| at(place).lone).count();
            // Like those that vouch for them: the same side, and by one-time authors where those are.
            let like = |place: &u32| {
                let entry = at(place);
                let side = if praise >= complaints {
                    entry.praises()
                } else {
                    entry.runs_down()
                };
                side && (entry.lone || lone * 10 < copies.len() * 9)
            };
            let known = || copies.iter().filter_map(days);
            let (Some(from), Some(to)) = (known().map(|days| days.0).min(), known().map(|days| days.1).max()) else {
                continue;
            };
            let around = YEAR.max(to - from);
            let there: Vec<u32> = by_property[property as usize]
                .iter()
                .copied()
                .filter(|place| days(place).is_some_and(|(start, end)| start >= from - around && end <= to + around))
                .collect();
            let first = there.iter().filter_map(days).map(|days| days.0).min().unwrap_or(from);
            let last = there.iter().filter_map(days).map(|days| days.1).max().unwrap_or(to);
            let inside = |place: &u32| days(place).is_some_and(|(start, end)| start >= from && end <= to);
            let (held, outside): (Vec<u32>, Vec<u32>) = there
                .into_iter()
                .filter(|place| like(place) && !copied.contains(place))
                .partition(inside);
            let outside = outside.len() as f64 + 0.5;
            let share = rhythm.share((from, to), (first, last));
            // Of most of a time there is nothing to compare with.
            if copies.len() < 3 || share > 0.5 {
                continue;
            }
            let mean = outside * share / (1.0 - share);
            let dispersion = rhythm.dispersion(share, (from, to), (first, last));
            let size = 1.0 / (1.0 / outside + dispersion);
            let many = held.len() as f64 > EXCESS * mean;
            if many && ln_negative_binomial_tail(held.len() as u32, mean, size) < SIGNIFICANT.ln() {
                self.places.extend(held);
            }
        }
        self.places.sort_unstable();
        self.places.dedup();
    }

    fn campaign(&self, ledger: &Ledger, texts: usize) -> Campaign {
        let entries = self.entries(ledger);
        let distinct = |of: &dyn Fn(&Entry) -> u64| entries.iter().map(of).collect::<FxHashSet<u64>>().len();
        // A reviewer who is not known counts as another one.
        let reviewers = distinct(&|entry| {
            if entry.reviewer == UNKNOWN {
                1 << 40 | u64::from(entry.row)
            } else {
                u64::from(entry.reviewer)
            }
        });
        let properties = distinct(&|entry| u64::from(entry.property));
        let sites = self.sites(ledger);
        let mut campaign = Campaign::new(Kind::NearDuplicates, entries.iter().copied(), strength(self.ln_p, 1.0));
        campaign.looked_at = texts as f64;
        campaign
            .evidence
            .push(("texts that return", self.texts_met.to_string()));
        campaign.evidence.push(("reviewers", reviewers.to_string()));
        campaign.evidence.push(("properties", properties.to_string()));
        if self.places.len() > self.copies.len() {
            campaign.evidence.push((
                "like reviews of the same weeks",
                (self.places.len() - self.copies.len()).to_string(),
            ));
        }
        if sites > 1 {
            campaign.evidence.push(("sites", sites.to_string()));
            campaign.doubts.push(Doubt::SameAuthorElsewhere);
        }
        if reviewers == 1 {
            campaign.doubts.push(Doubt::StockText);
        } else if entries.len() == 2 && properties == 1 {
            campaign.doubts.push(Doubt::SecondAccount);
        }
        campaign
    }
}

/// Disjoint sets; the least number stands for each.
pub(super) struct Forest(Vec<u32>);

impl Forest {
    pub(super) fn new(size: usize) -> Forest {
        Forest((0..size as u32).collect())
    }

    pub(super) fn root(&mut self, mut at: u32) -> u32 {
        while self.0[at as usize] != at {
            self.0[at as usize] = self.0[self.0[at as usize] as usize];
            at = self.0[at as usize];
        }
        at
    }

    pub(super) fn join(&mut self, a: u32, b: u32) {
        self.0[a.max(b) as usize] = a.min(b);
    }
}
