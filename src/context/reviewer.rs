//! The view of a review's reviewer.

use super::event::{Core, UNDATED};
use super::history::{Context, Visible};
use super::property::most_within_a_week;
use super::sketch::cosine;
use super::{Favourite, Gaps, Horizon, ReviewerView, Side, Similarity, Travel};

/// Reviews of a reviewer that are looked at one by one, the nearest in time; counts, ratings and lengths are of all.
/// Whoever has more is no ordinary traveller, and the nearest of them say so as well as all.
const HISTORY: usize = 300;
/// The same for the ratings that are compared with those of others, which costs a search for each.
const COMPARED: usize = 60;

/// Stays further apart in time than this say nothing about travel.
const TRAVEL_DAYS: i32 = 7;

impl Context {
    pub(super) fn reviewer_view(&self, row: usize) -> Option<ReviewerView> {
        let visible = self.visible(&self.reviewers, row)?;
        let sums = self.sums(&self.reviewers, &self.runs.reviewers, &visible);
        let core = &self.cores[row];
        let compared: Vec<usize> = self.rows_near(row, &visible, COMPARED);
        let rows = self.rows_near(row, &visible, HISTORY);
        let others = || rows.iter().map(|row| &self.cores[*row]);
        let same_property = || others().filter(|other| other.property == core.property && core.property != 0);
        let distinct = |keys: &mut dyn Iterator<Item = u64>| {
            let mut keys: Vec<u64> = keys.filter(|key| *key != 0).collect();
            keys.sort_unstable();
            keys.dedup();
            keys.len() as u32
        };
        let own_day = core.exact_day();
        let mut days: Vec<i32> = others().filter_map(Core::exact_day).chain(own_day).collect();
        days.sort_unstable();
        let (deviation, early_deviation) = self.deviations(row, &compared);
        Some(ReviewerView {
            reviews: sums.reviews,
            ratings: sums.ratings,
            properties: distinct(&mut others().map(|other| other.property)),
            places: distinct(&mut others().map(|other| u64::from(other.place.key))),
            same_property: same_property().count() as u32,
            praise_of_property: same_property().filter(|other| other.praises()).count() as u32,
            most_in_a_day: own_day.and_then(|_| days.chunk_by(|a, b| a == b).map(|day| day.len() as u32).max()),
            same_day: own_day
                .filter(|_| self.horizon == Horizon::Full)
                .map(|own| days.iter().filter(|day| **day == own).count() as u32 - 1),
            most_in_a_week: own_day.map(|_| most_within_a_week(&days) as u32),
            span_days: own_day
                .and_then(|_| Some(days.last()? - days.first()?))
                .map(|span| span as u32),
            gaps: own_day.and_then(|_| gaps(&days)),
            rating_deviation: deviation,
            early_rating_deviation: early_deviation,
            mean_words: (sums.worded > 0).then(|| sums.words as f64 / f64::from(sums.worded)),
            similarity: similarity(core, others()),
            same_language: match core.language {
                Some(language) => {
                    let known = || others().filter_map(|other| other.language);
                    (
                        known().filter(|other| *other == language).count() as u32,
                        known().count() as u32,
                    )
                }
                None => (0, 0),
            },
            travel: travel(core, others()),
            favourite: favourite(core, others()),
        })
    }

    /// The rows of at most so many of the visible reviews, those nearest in time, without the review itself.
    fn rows_near(&self, row: usize, visible: &Visible, most: usize) -> Vec<usize> {
        let mut slots = visible.slots.clone();
        if slots.len() > most {
            let middle = self.reviewers.slot(row).clamp(slots.start, slots.end);
            let start = middle.saturating_sub(most / 2).clamp(slots.start, slots.end - most);
            slots = start..start + most;
        }
        slots
            .filter(|slot| Some(*slot) != visible.own)
            .map(|slot| self.reviewers.entries[slot] as usize)
            .collect()
    }

    /// Mean absolute deviation of ratings from those that others gave the same property, plain and with weight
    /// `rank^-1.5` by order among the property's reviews. Summed in whole millionths.
    fn deviations(&self, row: usize, rows: &[usize]) -> (Option<f64>, Option<f64>) {
        const UNIT: f64 = 1e6;
        let (mut count, mut sum, mut weights, mut weighted) = (0u32, 0u64, 0u64, 0u64);
        for other in rows {
            let (Some(stars), Some(group)) = (self.cores[*other].stars(), self.properties.of(*other)) else {
                continue;
            };
            let all = self.properties.slots(group);
            let others = match self.horizon {
                Horizon::Full => {
                    let mut others = self.totals[group];
                    let counted = self.properties.at(&self.cores, self.properties.slot(*other));
                    counted.stars().into_iter().for_each(|stars| others.remove(stars));
                    others
                }
                Horizon::AsOf => {
                    let seen = self.properties.before(&self.cores, all.clone(), self.cores[row].start);
                    let own = Some(self.properties.slot(*other));
                    self.sums_within(&self.properties, &self.runs.properties, seen, own)
                        .ratings
                }
            };
            let Some(mean) = others.mean() else { continue };
            let deviation = ((stars - mean).abs() * UNIT).round();
            count += 1;
            sum += deviation as u64;
            let start = self.cores[*other].start;
            if start != UNDATED {
                let rank = 1 + self.properties.before(&self.cores, all, start).len();
                let weight = (rank as f64).powf(-1.5);
                weights += (weight * UNIT).round() as u64;
                weighted += (weight * deviation).round() as u64;
            }
        }
        let mean = (count > 0).then(|| sum as f64 / UNIT / f64::from(count));
        (mean, (weights > 0).then(|| weighted as f64 / weights as f64))
    }
}

/// Gaps between sorted days, `None` where there is only one.
fn gaps(days: &[i32]) -> Option<Gaps> {
    let n = days.len().checked_sub(1).filter(|n| *n > 0)? as f64;
    let gaps = || days.windows(2).map(|pair| i64::from(pair[1] - pair[0]));
    let mut classes = [0u32; 6];
    gaps().for_each(|gap| classes[[0, 3, 7, 14, 33].partition_point(|last| gap > *last)] += 1);
    let mean = gaps().sum::<i64>() as f64 / n;
    let squares = gaps().map(|gap| gap * gap).sum::<i64>() as f64 / n;
    let shares = classes
        .iter()
        .filter(|count| **count > 0)
        .map(|count| f64::from(*count) / n);
    Some(Gaps {
        mean,
        sd: (squares - mean * mean).max(0.0).sqrt(),
        entropy: 0.0 - shares.map(|share| share * share.ln()).sum::<f64>(),
    })
}

fn similarity<'c>(core: &Core, others: impl Iterator<Item = &'c Core>) -> Option<Similarity> {
    const UNIT: f64 = 1e6;
    let (mut count, mut sum, mut highest) = (0u64, 0u64, 0u64);
    for other in others.filter(|other| other.words > 0 && core.words > 0) {
        let near = (cosine(core.simhash, other.simhash) * UNIT).round() as u64;
        count += 1;
        sum += near;
        highest = highest.max(near);
    }
    (count > 0).then(|| Similarity {
        mean: sum as f64 / UNIT / count as f64,
        highest: highest as f64 / UNIT,
    })
}

/// The neighbouring stay that implies the fastest travel; days of stays where both are known, else those of publication.
fn travel<'c>(core: &Core, others: impl Iterator<Item = &'c Core>) -> Option<Travel> {
    let speed = |travel: &Travel| travel.km / f64::from(travel.days.max(1));
    let mut fastest: Option<Travel> = None;
    for other in others {
        let (stays, days) = match (core.stay, other.stay) {
            (a, b) if a != UNDATED && b != UNDATED => (true, a.abs_diff(b)),
            _ => match (core.exact_day(), other.exact_day()) {
                (Some(a), Some(b)) => (false, a.abs_diff(b)),
                _ => continue,
            },
        };
        let Some(km) = core.place.km(&other.place).filter(|_| days <= TRAVEL_DAYS as u32) else {
            continue;
        };
        let found = Travel { km, days, stays };
        let order = |travel: &Travel| (travel.stays, speed(travel));
        if fastest.is_none_or(|fastest| order(&found) > order(&fastest)) {
            fastest = Some(found);
        }
    }
    fastest
}

fn favourite<'c>(core: &'c Core, others: impl Iterator<Item = &'c Core>) -> Option<Favourite> {
    let mut reviews: Vec<&Core> = others.chain([core]).filter(|review| review.rating > 0).collect();
    let is_brand = reviews.iter().any(|review| review.brand != 0);
    let side_of = |review: &Core| {
        if is_brand {
            u64::from(review.brand)
        } else {
            review.property
        }
    };
    reviews.sort_unstable_by_key(|review| side_of(review));
    // Most praise first; then most reviews, most stars, and this review's own, so that a tie does not hang on a hash.
    let rank = |group: &[&Core]| {
        let praise = group.iter().filter(|review| review.praises()).count();
        (
            praise,
            group.len(),
            group.iter().map(|review| u64::from(review.rating)).sum::<u64>(),
            side_of(group[0]) == side_of(core),
        )
    };
    let groups = reviews
        .chunk_by(|a, b| side_of(a) == side_of(b))
        .filter(|group| side_of(group[0]) != 0);
    let best = groups.max_by_key(|group| rank(group))?;
    let praise_of_favourite = rank(best).0 as u32;
    if !is_brand && praise_of_favourite < 2 {
        return None;
    }
    let mut places: Vec<u32> = best
        .iter()
        .map(|review| review.place.key)
        .filter(|place| *place != 0)
        .collect();
    places.sort_unstable();
    places.dedup();
    let side = side_of(best[0]);
    let categories: Vec<u32> = best.iter().map(|review| review.category).collect();
    let is_rival = |review: &Core| {
        let same_trade = review.category == 0
            || categories
                .iter()
                .any(|category| *category == 0 || *category == review.category);
        side_of(review) != side && same_trade && places.binary_search(&review.place.key).is_ok()
    };
    let mut favourite = Favourite {
        is_brand,
        praise_of_favourite,
        ..Favourite::default()
    };
    let mut shared: Vec<u32> = Vec::new();
    for review in &reviews {
        let stars = f64::from(review.rating) / 1000.0;
        favourite.praise += u32::from(review.praises());
        if side_of(review) == side {
            favourite.ratings.add(stars);
        } else if is_rival(review) {
            favourite.rivals.add(stars);
            shared.push(review.place.key);
        }
    }
    shared.sort_unstable();
    shared.dedup();
    favourite.shared_places = shared.len() as u32;
    favourite.side = match side_of(core) {
        own if own == side => Side::Favourite,
        _ if is_rival(core) => Side::Rival,
        _ => Side::Neither,
    };
    Some(favourite)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_of_days() {
        assert_eq!(gaps(&[5]), None);
        let found = gaps(&[0, 0, 10]).expect("two gaps");
        assert_eq!((found.mean, found.sd), (5.0, 5.0));
        assert!((found.entropy - std::f64::consts::LN_2).abs() < 1e-12);
    }
}
