//! What each kind of campaign consists of: who reviews what, when, how many stars, in which words.

use super::survey::{Property, Survey};
use super::texts::Stance;
use super::{Kind, Options, SimulateError};
use crate::random::SplitMix64;
use crate::review::Precision;
use std::collections::{BTreeMap, BTreeSet};

/// A planted review.
pub(super) struct PlannedReview {
    pub member: usize,
    pub property: usize,
    /// `None` in a file without dates.
    pub day: Option<i32>,
    pub stars: f64,
    pub stance: Stance,
    pub hedged: bool,
    pub words: Words,
    /// Index of the site; `None` where the kind does not care.
    pub site: Option<usize>,
}

/// Where the text comes from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Words {
    /// A text of its own.
    New,
    /// The pattern of that number, with this share of it kept.
    Variant(usize, f64),
}

/// A reviewer of the campaign.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Member {
    /// An account that shows few contributions, where the file shows any.
    pub one_time: bool,
}

/// A campaign, planned.
#[derive(Default)]
pub(super) struct Plan {
    pub members: Vec<Member>,
    pub reviews: Vec<PlannedReview>,
    /// Rows of the file that go over to a member.
    pub taken_over: Vec<(usize, usize)>,
    /// Brand by property, where the file has none.
    pub brands: Option<Vec<String>>,
    /// Whether the file is given sites.
    pub sites: bool,
    pub notes: Vec<String>,
}

/// Plans the campaign.
pub(super) fn plan(survey: &Survey<'_>, options: &Options, random: &mut SplitMix64) -> Result<Plan, SimulateError> {
    let planner = Planner {
        survey,
        kind: options.kind,
        size: options.size,
        intensity: options.intensity,
    };
    match options.kind {
        Kind::Insider => planner.insider(random),
        Kind::PaidBurst => planner.paid_burst(random),
        Kind::Template => planner.template(random),
        Kind::Group => planner.group(random),
        Kind::CompetitorAttack => planner.competitor_attack(random),
        Kind::CrossSite => planner.cross_site(random),
        Kind::Camouflaged => planner.camouflaged(random),
    }
}

struct Planner<'s, 't> {
    survey: &'s Survey<'t>,
    kind: Kind,
    size: usize,
    intensity: f64,
}

impl Planner<'_, '_> {
    fn insider(&self, random: &mut SplitMix64) -> Result<Plan, SimulateError> {
        self.needs_reviewers()?;
        self.needs_opinion()?;
        self.needs_properties(6)?;
        let mut plan = Plan::default();
        // More than one person writes only where one could not well write so much.
        let members = self.size.div_ceil(40);
        plan.members = vec![Member::default(); members];
        let praises = (self.size as f64 * 0.55).round() as usize;
        let wanted = praises.div_ceil(members).clamp(3, self.survey.properties.len() / 2);
        let (own, brand) = self.brand(wanted, &mut plan, random);
        let places: Vec<&Option<String>> = own.iter().map(|&property| &self.property(property).place).collect();
        let mut rivals: Vec<usize> = (0..self.survey.properties.len())
            .filter(|property| !own.contains(property))
            .collect();
        random.shuffle(&mut rivals);
        // Competitors in the same places first, where the file knows places.
        rivals.sort_by_key(|&property| !places.contains(&&self.property(property).place));
        rivals.truncate((self.size - praises).div_ceil(members).clamp(3, rivals.len()));
        let (from, to) = self.span(540, random);
        for number in 0..self.size {
            let praise = number < praises;
            let side = if praise { &own } else { &rivals };
            let at = if praise { number } else { number - praises };
            let property = side[at / members % side.len()];
            let day = self.day_between(from, to, random);
            plan.reviews.push(PlannedReview {
                member: number % members,
                property,
                day,
                stars: self.stars(if praise { Stance::Praise } else { Stance::Attack }, random),
                stance: if praise { Stance::Praise } else { Stance::Attack },
                hedged: random.chance(0.3 * (1.0 - self.intensity)),
                words: Words::New,
                site: None,
            });
        }
        plan.notes.push(format!(
            "{members} reviewer(s) praise {} properties of {brand} and run down {} competitors",
            own.len(),
            rivals.len()
        ));
        Ok(plan)
    }

    fn paid_burst(&self, random: &mut SplitMix64) -> Result<Plan, SimulateError> {
        self.needs_dates()?;
        self.needs_opinion()?;
        let target = self.target(random)?;
        let mut plan = Plan::default();
        let (from, to) = self.window(target, self.burst_days(), random);
        for member in 0..self.size {
            plan.members.push(Member {
                one_time: random.chance(0.6 + 0.4 * self.intensity),
            });
            plan.reviews
                .push(self.praise(member, target, self.day_evenly(from, to, random), random));
        }
        plan.notes.push(format!(
            "{} reviews of one property within {} days",
            self.size,
            to - from + 1
        ));
        Ok(plan)
    }

    fn template(&self, random: &mut SplitMix64) -> Result<Plan, SimulateError> {
        if !self.survey.has_text {
            return Err(Survey::senseless(self.kind, "texts", "none"));
        }
        self.needs_properties(2)?;
        let mut plan = Plan::default();
        let patterns = self.size.div_ceil(15);
        let targets = self.some_properties((self.size / 5).clamp(2, self.survey.properties.len()), random);
        let (from, to) = self.span(365, random);
        for member in 0..self.size {
            plan.members.push(Member::default());
            let target = targets[member % targets.len()];
            let mut review = self.praise(member, target, self.day_between(from, to, random), random);
            review.hedged = false;
            // Drawn, so that every text can come up on every property.
            review.words = Words::Variant(random.below(patterns), 0.5 + 0.5 * self.intensity);
            plan.reviews.push(review);
        }
        plan.notes.push(format!(
            "{patterns} text(s), each nearly the same under many names, on {} properties",
            targets.len()
        ));
        Ok(plan)
    }

    fn group(&self, random: &mut SplitMix64) -> Result<Plan, SimulateError> {
        self.needs_reviewers()?;
        self.needs_opinion()?;
        self.needs_properties(5)?;
        let mut plan = Plan::default();
        let targets = self.some_properties(if self.size >= 24 { 5 } else { 3 }, random);
        let members = self.size.div_ceil(targets.len()).max(3);
        plan.members = vec![Member::default(); members];
        let (from, to) = self.span(180, random);
        let width = (30.0 - 25.0 * self.intensity).round() as i32;
        let mut pairs: Vec<(usize, usize)> = (0..members)
            .flat_map(|member| (0..targets.len()).map(move |target| (member, target)))
            .collect();
        random.shuffle(&mut pairs);
        // Every member stays in: the pairs that are left out are spread over the members.
        pairs.truncate(self.size);
        pairs.sort_unstable();
        let starts: Vec<Option<i32>> = targets.iter().map(|_| self.day_between(from, to, random)).collect();
        for (member, target) in pairs {
            let day = starts[target].and_then(|start| self.day_evenly(start, start + width, random));
            plan.reviews.push(self.praise(member, targets[target], day, random));
        }
        plan.notes.push(format!(
            "{members} reviewers praise the same {} properties, each within {width} days",
            targets.len()
        ));
        Ok(plan)
    }

    fn competitor_attack(&self, random: &mut SplitMix64) -> Result<Plan, SimulateError> {
        self.needs_reviewers()?;
        self.needs_opinion()?;
        self.needs_dates()?;
        self.needs_properties(2)?;
        let mut plan = Plan::default();
        let target = self.target(random)?;
        let attacks = (self.size as f64 * 0.65).round() as usize;
        let (from, to) = self.window(target, self.burst_days() * 3 / 2, random);
        let mut rivals = self.some_properties(self.survey.properties.len(), random);
        rivals.retain(|&rival| rival != target);
        rivals.sort_by_key(|&rival| {
            let (rival, target) = (self.property(rival), self.property(target));
            rival.place != target.place || rival.place.is_none()
        });
        let rival = rivals[0];
        for member in 0..attacks {
            plan.members.push(Member { one_time: false });
            plan.reviews.push(PlannedReview {
                member,
                property: target,
                day: self.day_evenly(from, to, random),
                stars: self.stars(Stance::Attack, random),
                stance: Stance::Attack,
                hedged: random.chance(0.7),
                words: Words::New,
                site: None,
            });
        }
        for number in attacks..self.size {
            let day = self.day_between(from - 60, to + 60, random);
            plan.reviews
                .push(self.praise((number - attacks) % attacks, rival, day, random));
        }
        plan.notes.push(format!(
            "{attacks} attacks on one property within {} days, {} reviews by the same accounts in praise of a rival",
            to - from + 1,
            self.size - attacks
        ));
        Ok(plan)
    }

    fn cross_site(&self, random: &mut SplitMix64) -> Result<Plan, SimulateError> {
        self.needs_opinion()?;
        let sites = self.survey.sites();
        if sites.as_ref().is_some_and(|sites| sites.len() < 2) {
            return Err(Survey::senseless(
                self.kind,
                "at least two sites, or no column of sites",
                "one site",
            ));
        }
        let target = self.target(random)?;
        let mut plan = Plan {
            sites: sites.is_none(),
            ..Plan::default()
        };
        let (from, to) = self.span(270, random);
        let mut texts = 0;
        while plan.reviews.len() < self.size {
            let member = plan.members.len();
            plan.members.push(Member::default());
            let mut review = self.praise(member, target, self.day_between(from, to, random), random);
            (review.site, review.words) = (Some(0), Words::Variant(texts, 1.0));
            plan.reviews.push(review);
            if self.survey.has_text && plan.reviews.len() < self.size && random.chance(0.2 + 0.4 * self.intensity) {
                let member = plan.members.len();
                plan.members.push(Member::default());
                let mut copy = self.praise(member, target, self.day_between(from, to, random), random);
                (copy.site, copy.words) = (Some(1), Words::Variant(texts, 0.6 + 0.4 * self.intensity));
                plan.reviews.push(copy);
            }
            texts += 1;
        }
        let copies = self.size - texts;
        plan.notes.push(format!(
            "{texts} reviews praise a property on one site, {copies} copies of their texts on another"
        ));
        Ok(plan)
    }

    fn camouflaged(&self, random: &mut SplitMix64) -> Result<Plan, SimulateError> {
        let mut plan = self.group(random)?;
        let each = (6.0 - 4.0 * self.intensity).round() as usize;
        let targets: Vec<usize> = plan.reviews.iter().map(|review| review.property).collect();
        let mut rows: Vec<usize> = self.survey.singles.clone();
        rows.retain(|&row| {
            let fits = self.survey.property_of[row].is_some_and(|property| !targets.contains(&property));
            // Never those of an earlier campaign.
            let innocent = self
                .survey
                .label
                .is_none_or(|label| self.survey.cell(row, label) == "genuine");
            fits && innocent
        });
        let needed = each * plan.members.len();
        if rows.len() < needed {
            let found = rows.len().to_string();
            return Err(Survey::senseless(
                self.kind,
                format!("{needed} reviews whose reviewer wrote no other"),
                found,
            ));
        }
        random.shuffle(&mut rows);
        plan.taken_over = rows
            .into_iter()
            .take(needed)
            .enumerate()
            .map(|(number, row)| (row, number % plan.members.len()))
            .collect();
        plan.notes.push(format!(
            "{needed} genuine reviews of one-time reviewers, {each} for each member, now stand under a member's name; they stay genuine"
        ));
        Ok(plan)
    }

    fn property(&self, property: usize) -> &Property {
        &self.survey.properties[property]
    }

    fn praise(&self, member: usize, property: usize, day: Option<i32>, random: &mut SplitMix64) -> PlannedReview {
        PlannedReview {
            member,
            property,
            day,
            stars: self.stars(Stance::Praise, random),
            stance: Stance::Praise,
            hedged: random.chance(0.4 * (1.0 - self.intensity)),
            words: Words::New,
            site: None,
        }
    }

    fn stars(&self, stance: Stance, random: &mut SplitMix64) -> f64 {
        let extreme = random.chance(0.7 + 0.3 * self.intensity);
        match (stance, extreme) {
            (Stance::Praise, true) => 5.0,
            (Stance::Praise, false) => 4.0,
            (Stance::Attack, true) => 1.0,
            (Stance::Attack, false) => 2.0,
        }
    }

    fn burst_days(&self) -> i32 {
        (20.0 - 14.0 * self.intensity).round() as i32
    }

    fn needs_reviewers(&self) -> Result<(), SimulateError> {
        if self.survey.has_reviewer {
            Ok(())
        } else {
            Err(Survey::senseless(self.kind, "reviewers", "no column of ids or names"))
        }
    }

    fn needs_opinion(&self) -> Result<(), SimulateError> {
        let can_tell = self.survey.has_rating || self.survey.has_text;
        if can_tell {
            Ok(())
        } else {
            Err(Survey::senseless(self.kind, "ratings or texts", "neither"))
        }
    }

    fn needs_dates(&self) -> Result<(), SimulateError> {
        let found = match self.survey.precision {
            Some(Precision::Day | Precision::Month) => return Ok(()),
            Some(Precision::Year) => "dates known to the year only",
            None => "dates in fewer than a third of the rows",
        };
        Err(Survey::senseless(
            self.kind,
            "dates known to the month or the day",
            found,
        ))
    }

    fn needs_properties(&self, fewest: usize) -> Result<(), SimulateError> {
        let found = self.survey.properties.len();
        if found >= fewest {
            return Ok(());
        }
        Err(Survey::senseless(
            self.kind,
            format!("at least {fewest} properties"),
            found.to_string(),
        ))
    }

    /// Properties in random order, those with a few reviews of their own first.
    fn some_properties(&self, count: usize, random: &mut SplitMix64) -> Vec<usize> {
        let mut properties: Vec<usize> = (0..self.survey.properties.len()).collect();
        random.shuffle(&mut properties);
        properties.sort_by_key(|&property| self.property(property).rows.len() < 3);
        properties.truncate(count);
        properties
    }

    /// A property of ordinary size: from the middle of those that have at least five reviews.
    fn target(&self, random: &mut SplitMix64) -> Result<usize, SimulateError> {
        let mut properties: Vec<usize> = (0..self.survey.properties.len())
            .filter(|&property| self.property(property).rows.len() >= 5)
            .collect();
        properties.sort_by_key(|&property| (self.property(property).rows.len(), property));
        // Where praise or blame makes a difference; all of them where there is no such property.
        let moderate = |property: &usize| {
            self.property(*property)
                .stars
                .is_none_or(|stars| (2.5..4.6).contains(&stars))
        };
        if properties.iter().any(moderate) {
            properties.retain(moderate);
        }
        let middle = &properties[properties.len() / 4..properties.len() - properties.len() / 10];
        let none = || Survey::senseless(self.kind, "a property with at least 5 reviews", "none");
        random.pick(middle).copied().ok_or_else(none)
    }

    /// First and last day of a window of so many days in which the property has reviews.
    fn window(&self, property: usize, days: i32, random: &mut SplitMix64) -> (i32, i32) {
        let known: Vec<i32> = self
            .property(property)
            .rows
            .iter()
            .filter_map(|&row| self.survey.day(row))
            .collect();
        let start = random.pick(&known).copied().unwrap_or(0);
        if self.survey.precision == Some(Precision::Month) {
            // All within the month, as the file would show it.
            return (start, start + 20);
        }
        (start, start + days - 1)
    }

    /// A span of at most so many days within the days of the file.
    fn span(&self, days: i32, random: &mut SplitMix64) -> (i32, i32) {
        let mut known: Vec<i32> = (0..self.survey.table.rows.len())
            .filter_map(|row| self.survey.day(row))
            .collect();
        known.sort_unstable();
        let (Some(&first), Some(&last)) = (known.first(), known.last()) else {
            return (0, 0);
        };
        // Where a random row stands, there is traffic.
        let middle = random.pick(&known).copied().unwrap_or(first);
        let from = (middle - days / 2).clamp(first, (last - days).max(first));
        (from, (from + days).min(last))
    }

    /// A day on which somebody wrote, within the span: the rhythm of the file.
    fn day_between(&self, from: i32, to: i32, random: &mut SplitMix64) -> Option<i32> {
        self.survey.precision?;
        let days: Vec<i32> = (0..self.survey.table.rows.len())
            .filter_map(|row| self.survey.day(row))
            .filter(|day| (from..=to).contains(day))
            .collect();
        random.pick(&days).copied().or(Some(from))
    }

    fn day_evenly(&self, from: i32, to: i32, random: &mut SplitMix64) -> Option<i32> {
        self.survey.precision?;
        Some(from + random.below((to - from).max(0) as usize + 1) as i32)
    }

    /// Properties of the insider's brand, and how to call it. Where the file knows no brands all properties get one.
    fn brand(&self, wanted: usize, plan: &mut Plan, random: &mut SplitMix64) -> (Vec<usize>, String) {
        let mut brands: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (number, property) in self.survey.properties.iter().enumerate() {
            if let Some(brand) = &property.brand {
                brands.entry(brand).or_default().push(number);
            }
        }
        let known: Vec<(&str, Vec<usize>)> = brands
            .into_iter()
            .filter(|(_, properties)| properties.len() >= 3 && properties.len() * 2 <= self.survey.properties.len())
            .collect();
        if let Some((brand, properties)) = random.pick(&known) {
            let mut properties = properties.clone();
            random.shuffle(&mut properties);
            properties.truncate(wanted);
            return (properties, (*brand).to_owned());
        }
        let own = self.some_properties(wanted, random);
        let mut names = BTreeSet::new();
        let name = brand_name(&mut names, random);
        let mut brand_of = vec![String::new(); self.survey.properties.len()];
        for &property in &own {
            brand_of[property].clone_from(&name);
        }
        // The others belong to brands of like sizes, so that having a brand means nothing.
        let mut rest: Vec<usize> = (0..brand_of.len()).filter(|property| !own.contains(property)).collect();
        random.shuffle(&mut rest);
        let mut rest = rest.as_slice();
        while !rest.is_empty() {
            let size = (1 + random.below(2 * own.len())).min(rest.len());
            let other = brand_name(&mut names, random);
            let (these, later) = rest.split_at(size);
            for &property in these {
                brand_of[property].clone_from(&other);
            }
            rest = later;
        }
        plan.brands = Some(brand_of);
        plan.notes
            .push("the file names no brands: every property was given an invented one in property_brand".to_owned());
        (own, name)
    }
}

/// An invented brand that was not invented before.
fn brand_name(taken: &mut BTreeSet<String>, random: &mut SplitMix64) -> String {
    const FIRST: [&str; 24] = [
        "Al", "Bel", "Cor", "Dal", "El", "Fen", "Gar", "Hel", "Is", "Jor", "Kar", "Lor", "Mar", "Nor", "Or", "Pel",
        "Quin", "Ros", "Sal", "Tor", "Ul", "Ver", "Wil", "Zan",
    ];
    const SECOND: [&str; 20] = [
        "ba", "candre", "den", "dova", "fira", "gane", "lane", "lier", "lor", "mant", "mora", "nelle", "rane", "sande",
        "selle", "tane", "tessa", "vane", "velle", "zor",
    ];
    const LAST: [&str; 8] = ["", "", "", " Group", " House", " & Co", " Collection", " Maison"];
    let mut part = |parts: &[&'static str]| parts[random.below(parts.len())];
    // A file with more properties than there are such names gets them with numbers.
    for number in 1_usize.. {
        let name = format!("{}{}{}", part(&FIRST), part(&SECOND), part(&LAST));
        let name = if number <= 100 {
            name
        } else {
            format!("{name} {number}")
        };
        if taken.insert(name.clone()) {
            return name;
        }
    }
    String::new()
}
