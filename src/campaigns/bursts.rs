//! Bursts: more reviews of a property within days than its own rate explains.
//!
//! Windows of 1 to 28 days (of one or two months in a file that knows months only) that begin at a review are compared
//! with the half year on either side. Given `k` reviews in `d` days outside the window, the rate is a gamma variable of
//! shape `k + 1/2`, so that the number inside is negative binomial: few reviews outside give a wide expectation, and a
//! newly opened house is not a burst. Two things widen it: the dispersion of weekly counts that the whole file shows, and
//! rhythm (where the other properties, or this one in other years, have more in the window than around it, it is expected
//! to as well; never the reverse). Reviews of all ratings, of praise alone and of complaints alone are looked at.
//!
//! Who wrote them, and how extreme they are, is combined with the number by Fisher's method: with `w` the product of the
//! tails (number; one-time reviewers among them, or accounts that show three reviews or fewer in all, whichever is less like the
//! property's usual share, times two; five stars among its praise, or one star among its complaints, against the usual
//! share, which is the larger of the property's outside and of the others' meanwhile), `p = w (1 - ln w + ln^2 w / 2)`
//! for three of them. The number alone, with the reviewers, and with both are tried, and the least p-value is taken times
//! three. So a crowd of newcomers is more of a burst than one of the usual mixture. The p-value is multiplied by three times the reviews of the file: the windows begin at a review, and those of
//! different lengths tell nearly the same. Permuted files (docs/benchmarks.md) show what comes of that by chance. Of the significant
//! windows that overlap with the strongest, the one with the greatest likelihood ratio of the number, `k ln(k / mean) - (k -
//! mean)` (Kulldorff 1997), is reported: the shortest are the surest and leave the edges out.

use super::statistics::{ln_best, ln_binomial_tail, ln_negative_binomial_tail};
use super::{Campaign, Clock, Doubt, Kind, strength};
use crate::context::ledger::{Entry, Ledger, UNKNOWN};
use crate::context::occasion;
use crate::review::{Date, Precision};
use rayon::prelude::*;

/// Fewest reviews, of different people, in a burst.
const FEWEST: usize = 5;
/// Corrected probability under which a burst is reported.
const SIGNIFICANT: f64 = 0.01;
/// Pseudo-reviews that pull the rhythm of the file to none.
const CALM: f64 = 20.0;
/// Reviews of the whole file that pull a property's usual shares.
const PADDING: f64 = 10.0;

impl Clock {
    /// The finest that most dated reviews know; `None` where that is neither days nor months.
    pub(super) fn of(ledger: &Ledger) -> Option<Clock> {
        let known = |clock: Clock| {
            ledger
                .entries
                .iter()
                .filter(|entry| clock.tick(entry).is_some())
                .count()
        };
        let (days, months) = (known(Clock::Days), known(Clock::Months));
        match () {
            () if days > 0 && days * 2 >= months => Some(Clock::Days),
            () if months > 0 => Some(Clock::Months),
            () => None,
        }
    }

    fn tick(self, entry: &Entry) -> Option<i32> {
        match self {
            Clock::Days => entry.day(),
            Clock::Months => {
                let (first, last) = entry.days?;
                let of = |day| month(day);
                (of(first) == of(last)).then(|| of(first))
            }
        }
    }

    /// Lengths of windows.
    fn lengths(self) -> &'static [i32] {
        match self {
            Clock::Days => &[1, 2, 3, 5, 7, 10, 14, 20, 28],
            Clock::Months => &[1, 2],
        }
    }

    /// How much on either side gives the rate, and how much of it there must be: a younger property has no rate yet.
    fn around(self, length: i32) -> (i32, i32) {
        match self {
            Clock::Days => (182, (2 * length).max(28)),
            Clock::Months => (6, (2 * length).max(3)),
        }
    }

    /// Length of the bins by which the file's dispersion is taken.
    fn bin(self) -> i32 {
        if self == Clock::Days { 7 } else { 1 }
    }

    fn year(self) -> i32 {
        if self == Clock::Days { 365 } else { 12 }
    }

    fn name(self, tick: i32) -> String {
        match self {
            Clock::Days => super::date(tick),
            Clock::Months => format!("{:04}-{:02}", tick.div_euclid(12), tick.rem_euclid(12) + 1),
        }
    }
}

/// Months since the year 0.
fn month(day: i32) -> i32 {
    let (year, month, _) = Date {
        day,
        precision: Precision::Day,
    }
    .ymd();
    i32::from(year) * 12 + i32::from(month) - 1
}

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
    /// First and last day or month.
    from: i32,
    to: i32,
    expected: f64,
    side: Side,
    rhythm: f64,
}

impl Found {
    fn overlaps(&self, other: &Found) -> bool {
        self.from <= other.to && other.from <= self.to
    }

    /// ln of the likelihood ratio of the number of reviews, a steady rate inside against the expected one.
    fn ln_ratio(&self) -> f64 {
        let count = self.members.len() as f64;
        count * (count / self.expected).ln() - (count - self.expected)
    }
}

/// A review with the day or month on which it was published.
#[derive(Clone, Copy)]
struct Dated<'l> {
    tick: i32,
    entry: &'l Entry,
}

/// Days or months of dated reviews in rising order, for counting what there is in a stretch.
struct Ticks(Vec<i32>);

impl Ticks {
    fn of<'l>(dated: impl Iterator<Item = &'l Dated<'l>>) -> Ticks {
        let mut ticks: Vec<i32> = dated.map(|dated| dated.tick).collect();
        ticks.sort_unstable();
        Ticks(ticks)
    }

    fn places(&self, from: i32, to: i32) -> std::ops::Range<usize> {
        self.0.partition_point(|tick| *tick < from)..self.0.partition_point(|tick| *tick <= to)
    }

    fn within(&self, from: i32, to: i32) -> usize {
        self.places(from, to).len()
    }
}

/// Finds bursts. `by_property` holds the places of entries in the ledger, by property.
pub(super) fn find(ledger: &Ledger, by_property: &[Vec<u32>]) -> Vec<Campaign> {
    let Some(clock) = Clock::of(ledger) else {
        return Vec::new();
    };
    let dated = |entry| clock.tick(entry).map(|tick| Dated { tick, entry });
    let all: Vec<Dated> = ledger.entries.iter().filter_map(dated).collect();
    // Windows of different lengths that begin at one review tell nearly the same.
    let looked_at = (all.len() * 3) as f64;
    let file = Timeline::of(all);
    let dated: Vec<Vec<Dated>> = by_property
        .iter()
        .map(|places| {
            let mut dated: Vec<Dated> = places
                .iter()
                .filter_map(|place| dated(&ledger.entries[*place as usize]))
                .collect();
            dated.sort_by_key(|dated| dated.tick);
            dated
        })
        .collect();
    let dispersion = dispersion(&dated, clock.bin());
    dated
        .par_iter()
        .flat_map_iter(|dated| {
            let scan = Scan {
                dated,
                clock,
                file: &file,
                own: Ticks::of(dated.iter()),
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

/// Numbers of reviews: all, by one-time reviewers, by accounts whose reviews in all are shown, by those that show few, praise, praise of five stars, complaints, complaints of one star.
#[derive(Clone, Copy, Default)]
struct Usual {
    all: f64,
    lone: f64,
    shown: f64,
    novices: f64,
    praise: f64,
    fives: f64,
    complaints: f64,
    ones: f64,
}

impl Usual {
    fn of(dated: &[Dated]) -> Usual {
        let count = |wanted: &dyn Fn(&Entry) -> bool| dated.iter().filter(|dated| wanted(dated.entry)).count() as f64;
        Usual {
            all: count(&|entry| entry.reviewer != UNKNOWN),
            lone: count(&|entry| entry.reviewer != UNKNOWN && entry.lone),
            shown: count(&|entry| entry.novice.is_some()),
            novices: count(&|entry| entry.novice == Some(true)),
            praise: count(&Entry::praises),
            fives: count(&|entry| entry.stars.is_some_and(|stars| stars > 4.99)),
            complaints: count(&Entry::runs_down),
            ones: count(&|entry| entry.stars.is_some_and(|stars| stars < 1.01)),
        }
    }

    /// ln of the tails of the composition of some reviews, if they are drawn as those of the property outside or as those
    /// of other properties meanwhile, whichever is likelier; both pulled to the whole file.
    fn ln_composition(&self, inside: &Usual, outside: &Usual, meanwhile: &Usual, side: Side) -> Vec<f64> {
        let tail = |counts: fn(&Usual) -> (f64, f64)| {
            let ((part, of), (part_all, of_all)) = (counts(inside), counts(self));
            let share = |usual: &Usual| {
                let (part, of) = counts(usual);
                (part + PADDING * (part_all + 1.0) / (of_all + 2.0)) / (of + PADDING)
            };
            (of > 0.0).then(|| ln_binomial_tail(part as u32, of as u32, share(outside).max(share(meanwhile))))
        };
        let lone = tail(|usual| (usual.lone, usual.all));
        let novices = tail(|usual| (usual.novices, usual.shown));
        let extreme = match side {
            Side::All => None,
            Side::Praise => tail(|usual| (usual.fives, usual.praise)),
            Side::Complaints => tail(|usual| (usual.ones, usual.complaints)),
        };
        // One-time in the file, and new to the site: nearly the same, so that only one of them counts.
        let reviewers = lone.map(|lone| match novices {
            Some(novices) => (lone.min(novices) + 2f64.ln()).min(0.0),
            None => lone,
        });
        reviewers.into_iter().chain(extreme).collect()
    }

    fn with(self, other: Usual, of: fn(f64, f64) -> f64) -> Usual {
        Usual {
            all: of(self.all, other.all),
            lone: of(self.lone, other.lone),
            shown: of(self.shown, other.shown),
            novices: of(self.novices, other.novices),
            praise: of(self.praise, other.praise),
            fives: of(self.fives, other.fives),
            complaints: of(self.complaints, other.complaints),
            ones: of(self.ones, other.ones),
        }
    }
}

impl std::ops::Add for Usual {
    type Output = Usual;

    fn add(self, other: Usual) -> Usual {
        self.with(other, |a, b| a + b)
    }
}

impl std::ops::Sub for Usual {
    type Output = Usual;

    fn sub(self, other: Usual) -> Usual {
        self.with(other, |a, b| a - b)
    }
}

/// The reviews of the whole file in order of time.
struct Timeline {
    ticks: Ticks,
    /// What there is before each of them, and at the end.
    before: Vec<Usual>,
}

impl Timeline {
    fn of(mut all: Vec<Dated>) -> Timeline {
        all.sort_by_key(|dated| dated.tick);
        let mut before = vec![Usual::default()];
        for dated in &all {
            before.push(before[before.len() - 1] + Usual::of(std::slice::from_ref(dated)));
        }
        Timeline {
            ticks: Ticks::of(all.iter()),
            before,
        }
    }

    fn everything(&self) -> &Usual {
        &self.before[self.before.len() - 1]
    }

    fn usual_within(&self, from: i32, to: i32) -> Usual {
        let places = self.ticks.places(from, to);
        self.before[places.end] - self.before[places.start]
    }
}

/// The occasion that the reviews of a burst name more often than others of the property do, and how many name it.
fn named_occasion(inside: &[&Entry], outside: &[&Entry]) -> Option<(&'static str, u32)> {
    /// Fewest reviews that name it.
    const FEWEST: u32 = 3;
    let naming = |entries: &[&Entry], occasion: u8| {
        let entries = entries.iter();
        entries.filter(|entry| entry.occasion == occasion).count() as u32
    };
    let most = inside
        .iter()
        .map(|entry| entry.occasion)
        .filter(|occasion| *occasion != 0);
    let (count, occasion) = most.map(|occasion| (naming(inside, occasion), occasion)).max()?;
    let usual = (f64::from(naming(outside, occasion)) + 0.5) / (outside.len() as f64 + PADDING);
    let more = ln_binomial_tail(count, inside.len() as u32, usual) < 0.001f64.ln();
    (count >= FEWEST && more).then(|| (occasion::name(occasion), count))
}

/// How much more weekly (or monthly) counts of a property vary than a steady rate explains: the mean of `((x - m)^2 - m) / m^2`,
/// weighted by `m^2`, over weeks against the eight around them. One wild week counts as much as five deviations at most,
/// so that a campaign does not excuse itself.
fn dispersion(dated: &[Vec<Dated>], bin: i32) -> f64 {
    let (mut excess, mut weight) = (0.0, 0.0);
    for entries in dated.iter().filter(|entries| entries.len() >= 20) {
        let (Some(first), Some(last)) = (entries.first(), entries.last()) else {
            continue;
        };
        let mut weeks = vec![0.0f64; ((last.tick - first.tick) / bin + 1) as usize];
        entries
            .iter()
            .for_each(|dated| weeks[((dated.tick - first.tick) / bin) as usize] += 1.0);
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
    dated: &'l [Dated<'l>],
    clock: Clock,
    file: &'l Timeline,
    own: Ticks,
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
        // Nothing is taken twice: neither what the surest windows hold nor what these were widened to.
        let mut kept: Vec<Found> = Vec::new();
        let mut rest = all;
        while !rest.is_empty() {
            let surest = rest.remove(0);
            let ln_p = surest.ln_p;
            let (mut touching, others): (Vec<Found>, Vec<Found>) =
                rest.into_iter().partition(|found| found.overlaps(&surest));
            touching.retain(|found| found.side == surest.side && kept.iter().all(|other| !found.overlaps(other)));
            touching.insert(0, surest);
            let widest = touching.into_iter().max_by(|a, b| {
                a.ln_ratio()
                    .total_cmp(&b.ln_ratio())
                    .then(b.from.cmp(&a.from))
                    .then(b.to.cmp(&a.to))
            });
            let Some(widest) = widest else { break };
            rest = others.into_iter().filter(|found| !found.overlaps(&widest)).collect();
            kept.push(Found { ln_p, ..widest });
        }
        kept
    }

    fn windows(&self, side: Side, looked_at: f64) -> Vec<Found> {
        let places: Vec<usize> = (0..self.dated.len())
            .filter(|place| side.holds(self.dated[*place].entry))
            .collect();
        let days: Vec<i32> = places.iter().map(|place| self.dated[*place].tick).collect();
        let (Some(first), Some(last)) = (self.own.0.first().copied(), self.own.0.last().copied()) else {
            return Vec::new();
        };
        let everything = Usual::of(self.dated);
        let mut found = Vec::new();
        for (start, from) in days.iter().enumerate() {
            if start > 0 && days[start - 1] == *from {
                continue;
            }
            for length in self.clock.lengths() {
                let to = from + length - 1;
                let end = days.partition_point(|day| *day <= to);
                if end - start < FEWEST {
                    continue;
                }
                let (around, needed) = self.clock.around(*length);
                let (low, high) = ((from - around).max(first), (to + around).min(last));
                let around = days.partition_point(|day| *day <= high) - days.partition_point(|day| *day < low);
                let outside = (around - (end - start)) as f64 + 0.5;
                let days_outside = high - low + 1 - length;
                if days_outside < needed {
                    continue;
                }
                let steady = outside * f64::from(*length) / f64::from(days_outside);
                // Within two standard deviations nothing is significant; the tail need not be summed.
                if ((end - start) as f64) < steady + 2.0 * steady.sqrt() {
                    continue;
                }
                let rhythm = self.rhythm(*from, to, low, high);
                let mean = steady * rhythm;
                let size = 1.0 / (1.0 / outside + self.dispersion);
                if ((end - start) as f64) < mean + 2.0 * (mean + mean * mean / size).sqrt() {
                    continue;
                }
                // Many reviews by one person are no crowd.
                let people = self.people(&places[start..end]);
                if people < FEWEST {
                    continue;
                }
                let members: Vec<Dated> = places[start..end].iter().map(|place| self.dated[*place]).collect();
                let inside = Usual::of(&members);
                let mut ln_ps = vec![ln_negative_binomial_tail(people as u32, mean, size)];
                let own = &self.dated[self.own.places(*from, to)];
                let meanwhile = self.file.usual_within(*from, to) - Usual::of(own);
                let file = self.file.everything();
                ln_ps.extend(file.ln_composition(&inside, &(everything - inside), &meanwhile, side));
                let ln_p = ln_best(&ln_ps);
                if ln_p + looked_at.ln() < SIGNIFICANT.ln() {
                    found.push(Found {
                        members: places[start..end].to_vec(),
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
            .map(|place| self.dated[*place].entry.reviewer)
            .filter(|reviewer| *reviewer != UNKNOWN)
            .collect();
        let unknown = places.len() - people.len();
        people.sort_unstable();
        people.dedup();
        people.len() + unknown
    }

    /// How much more there is per day in the window than around it, at least 1: of the other properties, or of this one
    /// in other years.
    fn rhythm(&self, from: i32, to: i32, low: i32, high: i32) -> f64 {
        let others = |from, to| (self.file.ticks.within(from, to) - self.own.within(from, to)) as f64;
        let year = self.clock.year();
        let (first, last) = (
            self.own.0.first().copied().unwrap_or(from),
            self.own.0.last().copied().unwrap_or(to),
        );
        let years = || {
            (-5..=5)
                .map(|k| k * year)
                .filter(|shift| *shift != 0 && low + shift >= first && high + shift <= last)
        };
        let own = |from, to| {
            years()
                .map(|shift| self.own.within(from + shift, to + shift))
                .sum::<usize>() as f64
        };
        let share = f64::from(to - from + 1) / f64::from(high - low + 1);
        // Pseudo-reviews in proportion: with few others, no rhythm.
        let more = |inside: f64, around: f64| (inside + CALM * share) / ((around + CALM) * share);
        more(others(from, to), others(low, high))
            .max(more(own(from, to), own(low, high)))
            .max(1.0)
    }

    fn campaign(&self, found: &Found, looked_at: f64) -> Campaign {
        let inside: Vec<&Entry> = found.members.iter().map(|place| self.dated[*place].entry).collect();
        let (window, outside): (Vec<&Entry>, Vec<&Entry>) = {
            let (window, outside): (Vec<&Dated>, Vec<&Dated>) = self
                .dated
                .iter()
                .partition(|dated| (found.from..=found.to).contains(&dated.tick));
            (
                window.iter().map(|dated| dated.entry).collect(),
                outside.iter().map(|dated| dated.entry).collect(),
            )
        };
        let mean = |entries: &mut dyn Iterator<Item = &Entry>| {
            let stars: Vec<f64> = entries.filter_map(|entry| entry.stars).map(f64::from).collect();
            (!stars.is_empty()).then(|| stars.iter().sum::<f64>() / stars.len() as f64)
        };
        let share = |entries: &mut dyn Iterator<Item = &Entry>| {
            let (mut lone, mut all) = (0u32, 0u32);
            entries.filter(|entry| entry.reviewer != UNKNOWN).for_each(|entry| {
                lone += u32::from(entry.lone);
                all += 1;
            });
            (lone, all)
        };
        let (mean_in, mean_out) = (mean(&mut window.iter().copied()), mean(&mut outside.iter().copied()));
        let (lone_in, all_in) = share(&mut inside.iter().copied());
        let (lone_out, all_out) = share(&mut outside.iter().copied());
        let usual_lone = (f64::from(lone_out) + 1.0) / (f64::from(all_out) + 2.0);
        let shift = mean_in.zip(mean_out).map(|(a, b)| a - b);
        let ln_lone = ln_binomial_tail(lone_in, all_in, usual_lone);
        let more_lone = ln_lone < 0.01f64.ln();
        let novices = |entries: &[&Entry]| {
            let shown = entries.iter().filter_map(|entry| entry.novice);
            shown.fold((0u32, 0u32), |(few, all), novice| (few + u32::from(novice), all + 1))
        };
        let ((novices_in, shown_in), (novices_out, shown_out)) = (novices(&inside), novices(&outside));
        let usual_novices = (f64::from(novices_out) + 1.0) / (f64::from(shown_out) + 2.0);
        let ln_novices = ln_binomial_tail(novices_in, shown_in, usual_novices);
        let more_novices = ln_novices < 0.01f64.ln();
        let mut doubts = Vec::new();
        let occasion = named_occasion(&inside, &outside);
        if occasion.is_some() {
            doubts.push(Doubt::NamedOccasion);
        }
        if found.rhythm > 1.5 {
            doubts.push(Doubt::OthersToo);
        }
        if shift.is_none_or(|shift| shift.abs() < 0.3) && !more_lone && !more_novices {
            doubts.push(Doubt::EventOrDrive);
        } else if found.side != Side::Complaints {
            doubts.push(Doubt::Drive);
        }
        if found.side == Side::Complaints {
            doubts.push(Doubt::Incident);
        }
        // Where one-time authors, or accounts that show few reviews, are what there is too much of, the others are the usual ones,
        // unless these alone are more than twice as many as usual. Of the two the less likely tells, for either may leave
        // out whom the other means.
        let known: fn(&Entry) -> bool = |entry| entry.reviewer != UNKNOWN && !entry.lone;
        let seasoned: fn(&Entry) -> bool = |entry| entry.novice == Some(false);
        let unmarked = [
            (more_lone, ln_lone, usual_lone, known),
            (more_novices, ln_novices, usual_novices, seasoned),
        ];
        let telling = unmarked.iter().filter(|(more, _, share, unmarked)| {
            let count = inside.iter().filter(|entry| unmarked(entry)).count() as f64;
            *more && count <= 2.0 * found.expected * (1.0 - share)
        });
        let usual_ones = telling.min_by(|a, b| a.1.total_cmp(&b.1));
        let excess = inside
            .iter()
            .filter(|entry| usual_ones.is_none_or(|(.., unmarked)| !unmarked(entry)));
        let mut excess: Vec<Entry> = excess.map(|entry| **entry).collect();
        if excess.len() < FEWEST {
            excess = inside.iter().map(|entry| **entry).collect();
        }
        let mut campaign = Campaign::new(Kind::Burst, excess.into_iter(), strength(found.ln_p, looked_at));
        campaign.evidence.push(("from", self.clock.name(found.from)));
        campaign.evidence.push(("to", self.clock.name(found.to)));
        campaign
            .evidence
            .push(("expected reviews", super::expected(found.expected)));
        if let (Some(inside), Some(outside)) = (mean_in, mean_out) {
            campaign.evidence.push(("mean stars inside", format!("{inside:.1}")));
            campaign.evidence.push(("mean stars outside", format!("{outside:.1}")));
        }
        if all_in > 0 {
            campaign.evidence.push((
                "share of one-review authors inside",
                format!("{:.0} %", 100.0 * f64::from(lone_in) / f64::from(all_in)),
            ));
            campaign
                .evidence
                .push(("the same outside", format!("{:.0} %", 100.0 * usual_lone)));
        }
        if more_novices {
            campaign.evidence.push((
                "share of accounts that show three reviews or fewer inside",
                format!("{:.0} %", 100.0 * f64::from(novices_in) / f64::from(shown_in)),
            ));
            campaign.evidence.push((
                "share of accounts that show three reviews or fewer outside",
                format!("{:.0} %", 100.0 * usual_novices),
            ));
        }
        campaign.counted = match found.side {
            Side::All => super::Counted::All,
            Side::Praise => super::Counted::Praise,
            Side::Complaints => super::Counted::Complaints,
        };
        if let Some((occasion, naming)) = occasion {
            campaign.evidence.push(("occasion named", occasion.to_owned()));
            campaign.evidence.push(("reviews that name it", naming.to_string()));
        }
        campaign.doubts.extend(doubts);
        campaign
    }
}
