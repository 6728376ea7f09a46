//! Campaigns: what spans several reviews.
//!
//! Each detector looks for one kind over the whole file, and reports what its own test finds unlikely after correction
//! for the number of things that it looked at: near-duplicate texts, bursts, groups of reviewers, insiders, competitor
//! attacks. The members' reviews get the campaign as signals (B3), so that scores see it. A finding is evidence, and it
//! comes with the innocent explanations that the file cannot rule out.

mod attacks;
mod bursts;
mod copies;
mod groups;
mod insiders;
pub(crate) mod phrases;
mod sentence;
mod sites;
pub(crate) mod statistics;
#[cfg(test)]
mod tests;

pub use sentence::{Named, fact_title};

use crate::context::ledger::{Entry, Ledger, UNKNOWN};
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::Arc;
use xxhash_rust::xxh3::xxh3_64;

/// What a campaign consists of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// Nearly the same texts under several names or of several properties.
    NearDuplicates,
    /// Wording that reviews of one property share beyond what is usual elsewhere and what the topic explains.
    TemplatePhrases,
    /// More reviews of a property within days than its own rate explains.
    Burst,
    /// Reviewers who reviewed the same several properties close in time with like ratings.
    Group,
    /// Praise for one brand or property, and its rivals run down.
    Insider,
    /// The same by reviewers who say for whom they work: no deception.
    DisclosedAffiliation,
    /// One property run down by accounts that praise one rival.
    CompetitorAttack,
    /// A property praised, or run down, on one site for some months and not on the others.
    CrossSite,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Kind; 8] = [
        Kind::NearDuplicates,
        Kind::TemplatePhrases,
        Kind::Burst,
        Kind::Group,
        Kind::Insider,
        Kind::DisclosedAffiliation,
        Kind::CompetitorAttack,
        Kind::CrossSite,
    ];

    /// Name in files and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Kind::NearDuplicates => "near_duplicates",
            Kind::TemplatePhrases => "template_phrases",
            Kind::Burst => "burst",
            Kind::Group => "group",
            Kind::Insider => "insider",
            Kind::DisclosedAffiliation => "disclosed_affiliation",
            Kind::CompetitorAttack => "competitor_attack",
            Kind::CrossSite => "cross_site",
        }
    }

    /// How the strength of a finding of this kind was computed.
    pub fn method(self) -> &'static str {
        match self {
            Kind::NearDuplicates => {
                "probability that the shared word 3-shingles agree by chance (one in four each), times the texts that could have been met for every link"
            }
            Kind::TemplatePhrases => {
                "the larger of the Poisson tail against the rate elsewhere of a run of six words and the binomial tail of it among the property's reviews with its two rarest words against the share elsewhere, times the runs looked at in all properties and brands"
            }
            Kind::Burst => {
                "negative binomial tail against the property's own rate in the half year on either side, widened by the dispersion of the file's weekly counts and raised by the rhythm of the other properties and of other years; combined by Fisher's method with the binomial tails of one-time reviewers (or of accounts that show few reviews) and of extreme stars; times the windows looked at"
            }
            Kind::Group => {
                "product over a spanning tree of the probability that two reviewers meet in so many episodes, times the groups of that size that could be chosen"
            }
            Kind::Insider | Kind::DisclosedAffiliation => {
                "the larger of the inverse likelihood ratio against ordinary ratings of the properties and the exact probability of the order of his ratings, times the reviewers and favourites looked at"
            }
            Kind::CompetitorAttack => {
                "the larger of the Poisson tail of accounts that took both sides and the binomial tail among those who rated both, combined by Fisher's method with the binomial tail of their closeness in time where that says more, times the pairs of properties looked at"
            }
            Kind::CrossSite => {
                "binomial tails of that side in the site's reviews, of the site's part in the property's reviews of that side, and of one-time reviewers, against the property's other times and sites, and the negative binomial tail of their number, combined by Fisher's method, times the windows looked at"
            }
        }
    }
}

/// An innocent explanation that the file does not rule out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Doubt {
    /// The reviews name an occasion more often than others of the property.
    NamedOccasion,
    /// Some of the reviewers say for whom they speak.
    Disclosed,
    /// Every site has readers, and ways to ask for reviews, of its own.
    OtherPublic,
    /// Other properties had more reviews at the time as well.
    OthersToo,
    /// Neither ratings nor reviewers differ from the usual: an event or a drive for genuine reviews looks the same.
    EventOrDrive,
    /// An owner's drive for genuine reviews brings praise and new reviewers too.
    Drive,
    /// Something that went wrong brings complaints by many at once.
    Incident,
    /// Two or three people who travel or eat together.
    Household,
    /// A party, a class or a club that was out together.
    Party,
    /// One author posts his text on several sites.
    SameAuthorElsewhere,
    /// What guests read there, and quote.
    Quoted,
    /// One reviewer's stock text for many properties.
    StockText,
    /// The same person under a second account.
    SecondAccount,
    /// A loyal guest who was disappointed elsewhere.
    LoyalGuest,
    /// A regular of one house who was disappointed elsewhere.
    Regular,
    /// The file names no places, so that all properties were taken for rivals.
    PlacesUnknown,
    /// Locals know the same two houses.
    SameNeighbourhood,
}

/// What the reviews of a burst, or of a campaign on one site, have in common.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Counted {
    /// Nothing: all reviews were counted.
    #[default]
    All,
    /// Four stars or more.
    Praise,
    /// Two and a half stars or fewer.
    Complaints,
}

/// How finely the dates of a file tell time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clock {
    /// By days.
    Days,
    /// By months.
    Months,
}

/// A finding.
#[derive(Clone, Debug, PartialEq)]
pub struct Campaign {
    /// Stable id: the kind and a hash of the members, the same as long as the members are.
    pub id: String,
    /// What it consists of.
    pub kind: Kind,
    /// Kinds of other findings that were united with it, because they share a third of the smaller one.
    pub also: Vec<Kind>,
    /// Rows of the members' reviews in rising order; of a review that stands in several rows, the first.
    pub members: Vec<u32>,
    /// Number of different known reviewers.
    pub reviewers: u32,
    /// Number of different known properties.
    pub properties: u32,
    /// Strength: minus the decimal logarithm of the corrected probability that chance did it. 2 is one in a hundred.
    pub strength: f64,
    /// Number of things that were looked at, for which the strength is corrected.
    pub looked_at: f64,
    /// What a reader can check.
    pub evidence: Vec<(&'static str, String)>,
    /// Innocent explanations that the file does not rule out.
    pub doubts: Vec<Doubt>,
    /// Share of all pairs of member and property that were reviewed; for groups.
    pub tightness: Option<f64>,
    /// What was counted; for bursts and across sites.
    pub counted: Counted,
    /// A row of the property, or of the favourite, that it is about.
    pub subject: Option<u32>,
    /// A row of the rival that gains.
    pub rival: Option<u32>,
    /// Whether the favourite is a brand and not a property.
    pub by_brand: bool,
}

/// What a review gets to know of the weightiest campaign that it belongs to; all is empty where it belongs to none.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CampaignView {
    /// Id and kind.
    pub campaign: Option<(Arc<str>, Kind)>,
    /// As in [`Campaign::weight`]; 0 without a campaign.
    pub weight: f64,
    /// Reviews of the campaign.
    pub reviews: u32,
    /// Reviewers of the campaign.
    pub reviewers: u32,
    /// Of the group that the review belongs to, if any: reviewers and tightness.
    pub group: Option<(u32, f64)>,
}

/// Evidence of findings that were united: how many of the members are another's.
const TAKEN_IN: &str = "reviews taken in from other findings";
/// Evidence of a few copies among the members.
const COPIES_WITHIN: &str = "near-duplicates among them";
/// Evidence that stands wherever members say for whom they speak.
const DISCLOSED: &str = "reviews that disclose an affiliation";
/// Evidence of [`Doubt::NamedOccasion`].
const OCCASION: [&str; 2] = ["occasion named", "reviews that name it"];

/// Corrected strength and what it was corrected for.
struct Strength {
    log10: f64,
    looked_at: f64,
}

fn strength(ln_p: f64, looked_at: f64) -> Strength {
    Strength {
        log10: (-(ln_p + looked_at.max(1.0).ln()) / std::f64::consts::LN_10).clamp(0.0, 999.0),
        looked_at,
    }
}

fn date(day: i32) -> String {
    crate::review::Date {
        day,
        precision: crate::review::Precision::Day,
    }
    .to_string()
}

/// An expected number with one decimal, and two digits that tell something at least.
fn expected(number: f64) -> String {
    const FEWEST: f64 = 1e-9;
    let decimals = 1.0 - number.max(FEWEST).log10().floor();
    format!("{number:.0$}", decimals.max(1.0) as usize)
}

impl Campaign {
    fn new(kind: Kind, entries: impl Iterator<Item = Entry>, strength: Strength) -> Campaign {
        let entries: Vec<Entry> = entries.collect();
        let distinct = |of: fn(&Entry) -> u32| {
            entries
                .iter()
                .map(of)
                .filter(|key| *key != UNKNOWN)
                .collect::<FxHashSet<u32>>()
                .len() as u32
        };
        let mut identities: Vec<u64> = entries.iter().map(|entry| entry.identity).collect();
        identities.sort_unstable();
        let bytes: Vec<u8> = identities.iter().flat_map(|identity| identity.to_le_bytes()).collect();
        let mut members: Vec<u32> = entries.iter().map(|entry| entry.row).collect();
        members.sort_unstable();
        members.dedup();
        let disclosing = entries.iter().filter(|entry| entry.discloses).count();
        let disclosed = (disclosing > 0).then(|| (DISCLOSED, disclosing.to_string()));
        let told = disclosed.is_some() && kind != Kind::DisclosedAffiliation;
        Campaign {
            id: format!("{}-{:010x}", kind.name(), xxh3_64(&bytes) >> 24),
            kind,
            also: Vec::new(),
            reviewers: distinct(|entry| entry.reviewer),
            properties: distinct(|entry| entry.property),
            subject: members.first().copied(),
            members,
            strength: strength.log10,
            looked_at: strength.looked_at,
            evidence: disclosed.into_iter().collect(),
            doubts: told.then_some(Doubt::Disclosed).into_iter().collect(),
            tightness: None,
            counted: Counted::All,
            rival: None,
            by_brand: false,
        }
    }

    /// By which findings are ranked: the decimal logarithm of the odds against innocent causes times the reviews at stake,
    /// `log10(n) + min(strength, 3 (n - 1))` for `n` reviews, and `log10(n) + min(strength, 3.4)` for a burst or a campaign on
    /// one site, if no finding of another kind than these two was united with it.
    ///
    /// Each review but the first adds three to the odds' logarithm at most: about one review in a thousand of the real files
    /// stands twice, sent again or from a second account, so that no single one tells more, however unlikely chance is. Of
    /// a burst, on one site or on all, one cause, an event or an owner's drive, explains all reviews however many they are, and
    /// in the real files one review in 2,700 begins a burst. A copied pair weighs 3.3, a burst of thirty 4.9, a group with
    /// thirty reviews up to 88.5.
    pub fn weight(&self) -> f64 {
        const ONE_CAUSE: f64 = 3.4;
        const EACH: f64 = 3.0;
        let reviews = self.members.len().max(1) as f64;
        // Both test the number of reviews.
        let counts = |kind: &Kind| matches!(kind, Kind::Burst | Kind::CrossSite);
        let causes = if counts(&self.kind) && self.also.iter().all(counts) {
            ONE_CAUSE
        } else {
            EACH * (reviews - 1.0)
        };
        reviews.log10() + self.strength.min(causes)
    }

    /// The value of a piece of evidence.
    fn fact(&self, name: &str) -> Option<&str> {
        let known = self.evidence.iter().find(|(known, _)| *known == name);
        known.map(|(_, value)| value.as_str())
    }

    /// The value of a piece of evidence that is a number.
    fn count(&self, name: &str) -> Option<usize> {
        self.fact(name)?.parse().ok()
    }

    /// Members that its own test found, without those of findings that were united with it.
    fn own_reviews(&self) -> usize {
        self.members.len() - self.count(TAKEN_IN).unwrap_or(0)
    }

    /// Takes the members of another finding in, given the entries of the rows. The finding is as sure as the surer of both,
    /// and doubted for what either is; its evidence stays that of its own members.
    fn unite(&mut self, other: &Campaign, entries: &FxHashMap<u32, Entry>) {
        let own = self.own_reviews();
        let rows: FxHashSet<u32> = self.members.iter().chain(&other.members).copied().collect();
        let mut united = Campaign::new(
            self.kind,
            rows.iter().filter_map(|row| entries.get(row)).copied(),
            Strength {
                log10: self.strength.max(other.strength),
                looked_at: self.looked_at,
            },
        );
        // Begun with what the members of both disclose.
        let kept = self
            .evidence
            .iter()
            .filter(|(name, _)| ![DISCLOSED, TAKEN_IN].contains(name));
        united.evidence.extend(kept.cloned());
        if self.fact(OCCASION[0]).is_none() {
            let named = other.evidence.iter().filter(|(name, _)| OCCASION.contains(name));
            united.evidence.extend(named.cloned());
        }
        let taken_in = united.members.len() - own;
        if taken_in > 0 {
            united.evidence.push((TAKEN_IN, taken_in.to_string()));
        }
        for doubt in self.doubts.iter().chain(&other.doubts) {
            if !united.doubts.contains(doubt) {
                united.doubts.push(*doubt);
            }
        }
        let mut also = std::mem::take(&mut self.also);
        also.extend(other.also.iter().copied().chain([other.kind]));
        also.retain(|kind| *kind != self.kind);
        also.sort_unstable();
        also.dedup();
        *self = Campaign {
            also,
            tightness: self.tightness,
            counted: self.counted,
            subject: self.subject,
            rival: self.rival,
            by_brand: self.by_brand,
            ..united
        };
    }

    /// Leaves a finding out most of which is in this one; a few copies are told.
    fn leave_out(&mut self, other: &Campaign, shared: usize) {
        if other.kind == Kind::NearDuplicates && self.kind != other.kind {
            let copies = self.count(COPIES_WITHIN).unwrap_or(0) + shared;
            self.evidence.retain(|(name, _)| *name != COPIES_WITHIN);
            self.evidence.push((COPIES_WITHIN, copies.to_string()));
        }
    }

    /// Bound on the probability, after correction, that chance did it.
    pub fn p_value(&self) -> f64 {
        10f64.powf(-self.strength)
    }
}

/// Everything that was found, by falling weight.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Campaigns {
    /// The findings.
    pub list: Vec<Campaign>,
    /// By what bursts were looked for; `None` where the file tells neither days nor months.
    pub clock: Option<Clock>,
    of_row: FxHashMap<u32, CampaignView>,
}

impl Campaigns {
    /// The weightiest campaign of a row.
    pub fn of_row(&self, row: u32) -> Option<&CampaignView> {
        self.of_row.get(&row)
    }

    /// The campaign of an id.
    pub fn find(&self, id: &str) -> Option<&Campaign> {
        self.list.iter().find(|campaign| campaign.id == id)
    }
}

/// Looks for campaigns of every kind.
pub(crate) fn detect(ledger: &Ledger) -> Campaigns {
    let mut by_property: Vec<Vec<u32>> = vec![Vec::new(); ledger.properties];
    let mut by_reviewer: Vec<Vec<u32>> = vec![Vec::new(); ledger.reviewers];
    for (place, entry) in ledger.entries.iter().enumerate() {
        if entry.property != UNKNOWN {
            by_property[entry.property as usize].push(place as u32);
        }
        if entry.reviewer != UNKNOWN {
            by_reviewer[entry.reviewer as usize].push(place as u32);
        }
    }
    let mut all = copies::find(ledger, &by_property);
    all.extend(phrases::find(ledger));
    all.extend(bursts::find(ledger, &by_property));
    all.extend(groups::find(ledger, &by_property, &by_reviewer));
    all.extend(insiders::find(ledger, &by_property, &by_reviewer));
    all.extend(attacks::find(ledger, &by_property, &by_reviewer));
    all.extend(sites::find(ledger));
    sort(&mut all);
    let groups: Vec<Campaign> = all.iter().filter(|found| found.tightness.is_some()).cloned().collect();
    let list = united(all, ledger);
    let of_row = views(&list, &groups);
    Campaigns {
        list,
        of_row,
        clock: Clock::of(ledger),
    }
}

/// By falling weight.
fn sort(all: &mut [Campaign]) {
    all.sort_by(|a, b| {
        b.weight()
            .total_cmp(&a.weight())
            .then(b.members.len().cmp(&a.members.len()))
            .then(a.id.cmp(&b.id))
    });
}

/// One finding for each set of reviews. Of two of one kind that share most of the lighter one, the weightier stays; two of
/// different kinds that share a third of the smaller one, and three reviews, which chance does not bring about, are two sides
/// of one campaign: they become one of the kind of the larger, with the members of both.
fn united(all: Vec<Campaign>, ledger: &Ledger) -> Vec<Campaign> {
    const MOST: f64 = 0.6;
    const THIRD: f64 = 1.0 / 3.0;
    const FEWEST: usize = 3;
    let rows: FxHashSet<u32> = all.iter().flat_map(|campaign| &campaign.members).copied().collect();
    let members = ledger.entries.iter().filter(|entry| rows.contains(&entry.row));
    let entries: FxHashMap<u32, Entry> = members.map(|entry| (entry.row, *entry)).collect();
    let mut kept: Vec<Campaign> = Vec::new();
    let mut holders: FxHashMap<u32, Vec<usize>> = FxHashMap::default();
    for mut campaign in all {
        let mut shared: FxHashMap<usize, usize> = FxHashMap::default();
        for holder in campaign.members.iter().filter_map(|row| holders.get(row)).flatten() {
            *shared.entry(*holder).or_default() += 1;
        }
        let of_lighter = campaign.members.len() as f64;
        let disclosed = |kind: Kind| kind == Kind::DisclosedAffiliation;
        let most = |(holder, count): (&usize, &usize)| {
            let other = kept[*holder].kind;
            // Whoever says for whom he works is part of no other campaign, and few copies tell little of the rest.
            let alone = other == campaign.kind || disclosed(other) || disclosed(campaign.kind) || *count < FEWEST;
            (alone && *count as f64 >= MOST * of_lighter).then_some((*holder, *count))
        };
        if let Some((holder, count)) = shared.iter().filter_map(most).min() {
            kept[holder].leave_out(&campaign, count);
            continue;
        }
        let third = |(holder, count): (&usize, &usize)| {
            let other = &kept[*holder];
            let of_smaller = campaign.members.len().min(other.members.len()) as f64;
            let apart = other.kind == campaign.kind || disclosed(other.kind) || disclosed(campaign.kind);
            (!apart && *count >= FEWEST && *count as f64 >= THIRD * of_smaller).then_some(*holder)
        };
        let holder = match shared.iter().filter_map(third).min() {
            Some(holder) => {
                let held = &mut kept[holder];
                if campaign.members.len() > held.members.len() {
                    std::mem::swap(held, &mut campaign);
                }
                held.unite(&campaign, &entries);
                holder
            }
            None => {
                kept.push(campaign);
                kept.len() - 1
            }
        };
        for row in &kept[holder].members {
            let holding = holders.entry(*row).or_default();
            if !holding.contains(&holder) {
                holding.push(holder);
            }
        }
    }
    sort(&mut kept);
    kept
}

/// What the members of findings get to know; of `groups`, those that were found, the weightiest first, each member whether it
/// is one of them, for they may be the smaller part of what they were united with.
fn views(list: &[Campaign], groups: &[Campaign]) -> FxHashMap<u32, CampaignView> {
    let mut of_row: FxHashMap<u32, CampaignView> = FxHashMap::default();
    // Whoever says for whom he works belongs to no campaign.
    for campaign in list
        .iter()
        .filter(|campaign| campaign.kind != Kind::DisclosedAffiliation)
    {
        let id: Arc<str> = campaign.id.as_str().into();
        for row in &campaign.members {
            of_row.entry(*row).or_insert_with(|| CampaignView {
                campaign: Some((Arc::clone(&id), campaign.kind)),
                weight: campaign.weight(),
                reviews: campaign.members.len() as u32,
                reviewers: campaign.reviewers,
                group: None,
            });
        }
    }
    for group in groups {
        let of_group = group.tightness.map(|tightness| (group.reviewers, tightness));
        for row in &group.members {
            if let Some(view) = of_row.get_mut(row) {
                view.group = view.group.or(of_group);
            }
        }
    }
    of_row
}
