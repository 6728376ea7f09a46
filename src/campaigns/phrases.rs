//! Template phrases: wording that the reviews of one property, or of one brand, share beyond what is usual elsewhere and beyond
//! what the topic explains.
//!
//! Every run of six words is looked at in every property and every brand; those that hold words of the property's own name
//! or place are not. Of the reviews with a run, as many count as there are different reviewers and different texts, five at
//! least. Two explanations must both be unlikely, and the larger probability counts, times the runs looked at:
//!
//! - the language: `k` of `n` reviews hold a run that `r` of `N` hold elsewhere (Poisson with mean `n (r + 1) / (N + 1)`);
//! - the topic: of the property's `m` reviews that hold the two rarest words of the run, `k` hold the run; elsewhere, `r` of `t` do
//!   (binomial with share `(r + 1) / (t + 1)`). Where nobody else uses these two words together, as with a street or a
//!   dish of the house, whoever speaks of it may well use the same words, and nothing is found.
//!
//! Runs of a property are one phrase, or phrases of one template, where more reviews share both than chance brings together
//! (hypergeometric, times the pairs); such a run needs to be unlikely by the language alone. A finding has the reviews of all its
//! runs, and the strength of the surest. Owners' answers are not looked at.

use super::copies::Forest;
use super::statistics::{ln_binomial_tail, ln_hypergeometric_tail, ln_poisson_tail};
use super::{Campaign, Doubt, Kind, expected, strength};
use crate::context::ledger::{Entry, Ledger, UNKNOWN};
use crate::context::phrases::{Elsewhere, FEWEST, Phrase, RUN};
use rustc_hash::{FxHashMap, FxHashSet};

/// Corrected probability under which wording is no chance.
const SIGNIFICANT: f64 = 0.01;
/// Words of a phrase that are told.
const TOLD: usize = 12;

/// Whether a probability is small after correction for the runs that were looked at.
pub(crate) fn unlikely(ln_p: f64, looked_at: f64) -> bool {
    ln_p + looked_at.max(1.0).ln() < SIGNIFICANT.ln()
}

/// Reviews, of so many, that are to be expected to hold a run.
fn mean(reviews: u32, elsewhere: &Elsewhere) -> f64 {
    f64::from(reviews) * f64::from(elsewhere.run + 1) / f64::from(elsewhere.reviews + 1)
}

/// ln of the probability that so many of some reviews hold a run, if they write as others do elsewhere.
pub(crate) fn ln_by_rate(holding: u32, reviews: u32, elsewhere: &Elsewhere) -> f64 {
    ln_poisson_tail(holding, mean(reviews, elsewhere))
}

/// ln of the probability that so many of the reviews with the two rarest words of a run hold the run, if those who speak of its topic
/// elsewhere say it as often.
pub(crate) fn ln_by_topic(holding: u32, topic: u32, elsewhere: &Elsewhere) -> f64 {
    if elsewhere.run >= elsewhere.topic {
        return 0.0;
    }
    ln_binomial_tail(
        holding,
        topic,
        f64::from(elsewhere.run + 1) / f64::from(elsewhere.topic + 1),
    )
}

/// Finds phrases.
pub(super) fn find(ledger: &Ledger) -> Vec<Campaign> {
    let phrases = &ledger.said.phrases;
    let rows: FxHashSet<u32> = phrases
        .iter()
        .flat_map(|phrase| &phrase.spoken)
        .map(|(row, _)| *row)
        .collect();
    let entries = ledger.entries.iter().filter(|entry| rows.contains(&entry.row));
    let entries: FxHashMap<u32, &Entry> = entries.map(|entry| (entry.row, entry)).collect();
    let of_scopes = phrases.chunk_by(|a, b| a.scope == b.scope);
    of_scopes
        .flat_map(|of_scope| {
            let runs = of_scope
                .iter()
                .filter_map(|phrase| Run::of(phrase, &entries, ledger.said.looked_at));
            templates(&runs.collect::<Vec<Run>>(), ledger.said.looked_at)
        })
        .collect()
}

/// A run that is more frequent in the reviews of a property than elsewhere.
struct Run<'a> {
    phrase: &'a Phrase,
    /// The reviews that hold it, by rows.
    held: Vec<&'a Entry>,
    /// As many of them as are by different reviewers and have different texts.
    count: u32,
    ln_p: f64,
}

impl<'a> Run<'a> {
    fn of(phrase: &'a Phrase, entries: &FxHashMap<u32, &'a Entry>, looked_at: f64) -> Option<Run<'a>> {
        let holding = phrase.spoken.iter().filter(|(_, held)| *held);
        // A review that stands in several rows is in the ledger once.
        let held: Vec<&Entry> = holding.filter_map(|(row, _)| entries.get(row).copied()).collect();
        let texts: FxHashSet<u32> = held.iter().map(|entry| entry.text).collect();
        let known: FxHashSet<u32> = held
            .iter()
            .map(|entry| entry.reviewer)
            .filter(|one| *one != UNKNOWN)
            .collect();
        let unknown = held.iter().filter(|entry| entry.reviewer == UNKNOWN).count();
        let count = texts.len().min(known.len() + unknown) as u32;
        let by_rate = ln_by_rate(count, phrase.reviews, &phrase.elsewhere);
        let ln_p = by_rate.max(ln_by_topic(count, phrase.spoken.len() as u32, &phrase.elsewhere));
        (count >= FEWEST && unlikely(by_rate, looked_at)).then_some(Run {
            phrase,
            held,
            count,
            ln_p,
        })
    }

    /// Reviews that hold both.
    fn shared(&self, other: &Run<'_>) -> u32 {
        let rows = |run: &Run<'_>| run.held.iter().map(|entry| entry.row).collect::<FxHashSet<u32>>();
        rows(self).intersection(&rows(other)).count() as u32
    }
}

/// The templates of one property or brand.
fn templates(runs: &[Run<'_>], looked_at: f64) -> Vec<Campaign> {
    let mut forest = Forest::new(runs.len());
    let pairs = (runs.len() * runs.len()) as f64 / 2.0;
    for (i, a) in runs.iter().enumerate() {
        for (j, b) in runs.iter().enumerate().skip(i + 1) {
            let (first, second) = (forest.root(i as u32), forest.root(j as u32));
            if first == second {
                continue;
            }
            let (few, many) = (a.held.len() as u32, b.held.len() as u32);
            let reviews = a.phrase.reviews.max(few.max(many));
            if unlikely(ln_hypergeometric_tail(a.shared(b), few, many, reviews), pairs) {
                forest.join(first, second);
            }
        }
    }
    let mut joined: Vec<Vec<&Run<'_>>> = vec![Vec::new(); runs.len()];
    for (at, run) in runs.iter().enumerate() {
        joined[forest.root(at as u32) as usize].push(run);
    }
    joined.iter().filter_map(|runs| template(runs, looked_at)).collect()
}

/// The finding of runs that go together, where one of them is unlikely by its topic too.
fn template(runs: &[&Run<'_>], looked_at: f64) -> Option<Campaign> {
    let surest = runs
        .iter()
        .min_by(|a, b| a.ln_p.total_cmp(&b.ln_p).then(a.phrase.words.cmp(&b.phrase.words)))
        .filter(|run| unlikely(run.ln_p, looked_at))?;
    let members: FxHashMap<u32, Entry> = runs
        .iter()
        .flat_map(|run| &run.held)
        .map(|entry| (entry.row, **entry))
        .collect();
    let mut campaign = Campaign::new(
        Kind::TemplatePhrases,
        members.into_values(),
        strength(surest.ln_p, looked_at),
    );
    campaign.by_brand = surest.phrase.by_brand;
    let elsewhere = &surest.phrase.elsewhere;
    campaign.evidence.extend([
        ("phrase", phrase(surest, runs)),
        ("reviewers", campaign.reviewers.to_string()),
        ("reviewers who use six words of it", surest.count.to_string()),
        ("expected", expected(mean(surest.phrase.reviews, elsewhere))),
        ("reviews elsewhere that were compared", elsewhere.reviews.to_string()),
        ("those with the two rarest of the words", elsewhere.topic.to_string()),
        ("those with all six", elsewhere.run.to_string()),
    ]);
    campaign.doubts.push(Doubt::Quoted);
    Some(campaign)
}

/// The phrase that a run is part of: runs that continue it, those that most reviews hold, up to [`TOLD`] words.
fn phrase(surest: &Run<'_>, runs: &[&Run<'_>]) -> String {
    let mut words: Vec<&str> = surest.phrase.written.iter().map(String::as_str).collect();
    let most = |continues: &dyn Fn(&[u32; RUN]) -> bool| {
        let next = runs.iter().filter(|run| continues(&run.phrase.words));
        next.max_by_key(|run| (run.count, run.phrase.words))
            .map(|run| run.phrase)
    };
    let (mut first, mut last) = (surest.phrase, surest.phrase);
    while let Some(next) = most(&|words| words[..RUN - 1] == last.words[1..]).filter(|_| words.len() < TOLD) {
        words.push(&next.written[RUN - 1]);
        last = next;
    }
    while let Some(before) = most(&|words| words[1..] == first.words[..RUN - 1]).filter(|_| words.len() < TOLD) {
        // What ties the first word is told by the run before.
        words.splice(..1, [before.written[0].as_str(), before.written[1].as_str()]);
        first = before;
    }
    words.concat()
}
