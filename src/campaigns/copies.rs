//! Near-duplicates as campaigns: one text, or one template, under several names or of several properties.
//!
//! Two texts that share a run of words by chance must agree on each further word, for which a chance of one in four is
//! assumed (more than the predictability of running text, so that stock phrases of a dozen words prove nothing). With `s`
//! word 3-shingles in common, `ln p = -s ln 4`; every link of a cluster is multiplied by the number of texts that could
//! have been met. Owners' answers are not looked at.

use super::{Campaign, Doubt, Kind, strength};
use crate::context::ledger::{Entry, Ledger, UNKNOWN};

/// Corrected probability under which two texts are linked.
const SIGNIFICANT: f64 = 0.001;

/// ln of the probability that as many shingles agree by chance.
fn ln_chance(words: u16, similarity: f64) -> f64 {
    let shingles = (f64::from(words) - 2.0).max(1.0);
    -(2.0 * similarity / (1.0 + similarity) * shingles) * 4f64.ln()
}

/// Finds clusters of near-duplicates.
pub(super) fn find(ledger: &Ledger) -> Vec<Campaign> {
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
        .map(|(a, b, near)| (ln_chance(words(*a).min(words(*b)), f64::from(*near) / 1000.0), *a, *b))
        .filter(|(ln_p, _, _)| ln_p + 2.0 * ln_others < SIGNIFICANT.ln())
        .collect();
    links.sort_by(|x, y| x.0.total_cmp(&y.0).then((x.1, x.2).cmp(&(y.1, y.2))));
    let mut forest = Forest::new(of_text.len());
    let mut ln_p = vec![0.0; of_text.len()];
    for (link, a, b) in &links {
        let (a, b) = (forest.root(*a), forest.root(*b));
        if a != b {
            forest.join(a, b);
            ln_p[a.min(b) as usize] = ln_p[a as usize] + ln_p[b as usize] + link + ln_others;
        }
    }
    let mut clusters: Vec<Vec<u32>> = vec![Vec::new(); of_text.len()];
    for text in 0..of_text.len() as u32 {
        let root = forest.root(text);
        let again = of_text[text as usize].len().saturating_sub(1) as f64;
        let same = ln_chance(words(text), 1.0) + ln_others;
        if again > 0.0 && same + ln_others < SIGNIFICANT.ln() {
            ln_p[root as usize] += again * same;
        }
        clusters[root as usize].extend(&of_text[text as usize]);
    }
    let found = clusters
        .iter()
        .zip(&ln_p)
        .filter(|(places, ln_p)| places.len() > 1 && **ln_p + ln_others < SIGNIFICANT.ln());
    found
        .filter_map(|(places, ln_p)| campaign(ledger, places, *ln_p + ln_others, texts))
        .collect()
}

fn campaign(ledger: &Ledger, places: &[u32], ln_corrected: f64, texts: usize) -> Option<Campaign> {
    let entries: Vec<Entry> = places.iter().map(|place| ledger.entries[*place as usize]).collect();
    let distinct = |of: &dyn Fn(&Entry) -> u64| {
        let mut all: Vec<u64> = entries.iter().map(of).collect();
        all.sort_unstable();
        all.dedup();
        all.len()
    };
    // A reviewer who is not known counts as another one.
    let reviewers = distinct(&|entry| {
        if entry.reviewer == UNKNOWN {
            1 << 40 | u64::from(entry.row)
        } else {
            u64::from(entry.reviewer)
        }
    });
    let properties = distinct(&|entry| u64::from(entry.property));
    let sites = distinct(&|entry| entry.site);
    if reviewers == 1 && properties == 1 {
        // Sent twice.
        return None;
    }
    let mut campaign = Campaign::new(
        Kind::NearDuplicates,
        entries.iter().copied(),
        strength(ln_corrected, 1.0),
    );
    campaign.looked_at = texts as f64;
    campaign
        .evidence
        .push(("different texts", distinct(&|entry| u64::from(entry.text)).to_string()));
    campaign.evidence.push(("reviewers", reviewers.to_string()));
    campaign.evidence.push(("properties", properties.to_string()));
    if sites > 1 {
        campaign.evidence.push(("sites", sites.to_string()));
        campaign.doubts.push(Doubt::SameAuthorElsewhere);
    }
    if reviewers == 1 {
        campaign.doubts.push(Doubt::StockText);
    } else if entries.len() == 2 && properties == 1 {
        campaign.doubts.push(Doubt::SecondAccount);
    }
    Some(campaign)
}

/// Disjoint sets; the least number stands for each.
struct Forest(Vec<u32>);

impl Forest {
    fn new(size: usize) -> Forest {
        Forest((0..size as u32).collect())
    }

    fn root(&mut self, mut at: u32) -> u32 {
        while self.0[at as usize] != at {
            self.0[at as usize] = self.0[self.0[at as usize] as usize];
            at = self.0[at as usize];
        }
        at
    }

    fn join(&mut self, a: u32, b: u32) {
        self.0[a.max(b) as usize] = a.min(b);
    }
}
