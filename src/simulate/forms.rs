//! Ids and names in the form that a file's own have.

use crate::random::SplitMix64;
use std::collections::{BTreeMap, HashSet};

/// How often a new value is tried before something simpler is done.
const TRIES: usize = 200;

/// Makes ids like those of a column: the same lengths, at each place a character that stands there in the file.
pub(super) struct IdColumn {
    /// Ids by length.
    by_length: BTreeMap<usize, Vec<Vec<char>>>,
    total: usize,
    taken: HashSet<String>,
    /// Where ids are numbers that grow with the date: day and number, in the order of both.
    growing: Vec<(i32, u128)>,
}

impl IdColumn {
    /// Learns from a column. `dated` says of each id when its review was published, where that is known.
    pub(super) fn new<'c>(cells: impl Iterator<Item = (&'c str, Option<i32>)>) -> IdColumn {
        let mut column = IdColumn {
            by_length: BTreeMap::new(),
            total: 0,
            taken: HashSet::new(),
            growing: Vec::new(),
        };
        let mut dated = Vec::new();
        for (cell, day) in cells {
            let id = cell.trim();
            if id.is_empty() || !column.taken.insert(id.to_owned()) {
                continue;
            }
            let chars: Vec<char> = id.chars().collect();
            column.by_length.entry(chars.len()).or_default().push(chars);
            column.total += 1;
            if let (Some(day), Ok(number)) = (day, id.parse::<u128>()) {
                dated.push((day, number));
            }
        }
        dated.sort_unstable();
        let steps = dated.windows(2).filter(|pair| pair[0].0 < pair[1].0);
        let (mut rising, mut all) = (0, 0);
        for pair in steps {
            all += 1;
            rising += usize::from(pair[0].1 < pair[1].1);
        }
        if all >= 10 && rising * 10 >= all * 9 && dated.len() * 2 > column.total {
            column.growing = dated;
        }
        column
    }

    /// A new id. Where numbers grow with the date, it is one between those of the days before and after.
    pub(super) fn make(&mut self, day: Option<i32>, random: &mut SplitMix64) -> String {
        if let Some(id) = day.and_then(|day| self.between(day, random)) {
            self.taken.insert(id.clone());
            return id;
        }
        for _ in 0..TRIES {
            let id = self.like(random);
            if self.taken.insert(id.clone()) {
                return id;
            }
        }
        // Every number up to the highest is taken: go on after it.
        let highest = self
            .taken
            .iter()
            .filter_map(|id| id.parse::<u128>().ok())
            .max()
            .unwrap_or(0);
        let id = (highest + 1).to_string();
        self.taken.insert(id.clone());
        id
    }

    fn like(&self, random: &mut SplitMix64) -> String {
        if self.total == 0 {
            return format!("{:08}", random.below(100_000_000));
        }
        let mut at = random.below(self.total);
        for ids in self.by_length.values() {
            if at >= ids.len() {
                at -= ids.len();
                continue;
            }
            let length = ids[at].len();
            return (0..length).map(|place| ids[random.below(ids.len())][place]).collect();
        }
        String::new()
    }

    fn between(&self, day: i32, random: &mut SplitMix64) -> Option<String> {
        if self.growing.is_empty() {
            return None;
        }
        let from = self.growing.partition_point(|(known, _)| *known < day);
        let to = self.growing.partition_point(|(known, _)| *known <= day);
        let last = self.growing.len() - 1;
        // Ids of the same day where there are some, else of the days around.
        let (low, high) = if from < to {
            (self.growing[from.saturating_sub(1)].1, self.growing[to.min(last)].1)
        } else {
            (self.growing[from.saturating_sub(1)].1, self.growing[from.min(last)].1)
        };
        let (low, high) = (low.min(high), low.max(high));
        let room = usize::try_from(high.checked_sub(low)?).ok().filter(|room| *room > 1)?;
        for _ in 0..TRIES {
            let id = (low + 1 + random.below(room) as u128).to_string();
            if !self.taken.contains(&id) {
                return Some(id);
            }
        }
        None
    }
}

/// Makes names like those of a file, put together from the parts of two of them that are built alike.
pub(super) struct Names {
    /// Names by how they are built.
    by_shape: BTreeMap<String, Vec<String>>,
    names: Vec<String>,
    taken: HashSet<String>,
}

impl Names {
    pub(super) fn new<'c>(names: impl Iterator<Item = &'c str>) -> Names {
        let distinct: std::collections::BTreeSet<&str> = names.map(str::trim).filter(|name| !name.is_empty()).collect();
        let mut by_shape: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for name in &distinct {
            by_shape.entry(shape(name)).or_default().push((*name).to_owned());
        }
        let names: Vec<String> = distinct.into_iter().map(str::to_owned).collect();
        Names {
            by_shape,
            taken: names.iter().map(|name| name.to_lowercase()).collect(),
            names,
        }
    }

    /// A name that nobody in the file has.
    pub(super) fn make(&mut self, random: &mut SplitMix64) -> String {
        if self.names.is_empty() {
            return String::new();
        }
        let mut name = String::new();
        for _ in 0..TRIES {
            let one = &self.names[random.below(self.names.len())];
            let alike = &self.by_shape[&shape(one)];
            let other = &alike[random.below(alike.len())];
            name = blend(one, other, random);
            if self.taken.insert(name.to_lowercase()) {
                return name;
            }
        }
        // A handful of names in all: one more letter.
        while !self.taken.insert(name.to_lowercase()) {
            name.push(char::from(b'a' + random.below(26) as u8));
        }
        name
    }
}

/// Runs of capitals, small letters, digits and other characters: `Aa A` for `Marie T`, `a9` for `tom84`.
fn shape(name: &str) -> String {
    runs(name)
        .iter()
        .map(|run| class(run.chars().next().unwrap_or(' ')))
        .collect()
}

fn class(c: char) -> char {
    match c {
        _ if c.is_numeric() => '9',
        _ if c.is_uppercase() => 'A',
        _ if c.is_alphabetic() => 'a',
        _ => c,
    }
}

fn runs(name: &str) -> Vec<String> {
    let mut runs: Vec<String> = Vec::new();
    for c in name.chars() {
        match runs.last_mut() {
            Some(run) if run.chars().next().is_some_and(|first| class(first) == class(c)) => run.push(c),
            _ => runs.push(c.to_string()),
        }
    }
    runs
}

/// Words of the one and of the other in turn; digits anew; a single word is the beginning of one and the end of the other.
fn blend(one: &str, other: &str, random: &mut SplitMix64) -> String {
    let words = |name: &str| name.split(' ').map(str::to_owned).collect::<Vec<_>>();
    let (ones, others) = (words(one), words(other));
    let mut blended: Vec<String> = ones.clone();
    if ones.len() > 1 && ones.len() == others.len() {
        // At least one word of each.
        let from_other = random.below(ones.len());
        for (at, word) in blended.iter_mut().enumerate() {
            if at == from_other || random.chance(0.5) && at != (from_other + 1) % ones.len() {
                word.clone_from(&others[at]);
            }
        }
    } else {
        let (a, b) = (runs(one), runs(other));
        let spliced = a.iter().zip(&b).map(|(a, b)| splice(a, b, random)).collect::<String>();
        blended = vec![spliced];
    }
    blended.join(" ")
}

fn splice(one: &str, other: &str, random: &mut SplitMix64) -> String {
    let (a, b): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    match a.first() {
        Some(first) if first.is_ascii_digit() => {
            // No leading zero that was not there.
            let digit = |at: usize, random: &mut SplitMix64| {
                if at == 0 && *first != '0' {
                    1 + random.below(9)
                } else {
                    random.below(10)
                }
            };
            (0..a.len())
                .map(|at| char::from(b'0' + digit(at, random) as u8))
                .collect()
        }
        Some(first) if first.is_alphabetic() && a.len() >= 4 && b.len() >= 4 => {
            a[..a.len() / 2].iter().chain(&b[b.len() / 2..]).collect()
        }
        _ => if random.chance(0.5) { one } else { other }.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_have_length_and_characters_of_the_column() {
        let ids: Vec<String> = (0..200_u64)
            .map(|n| format!("r{:05}-{}", n * 397 % 100_000, if n % 2 == 0 { 'a' } else { 'b' }))
            .collect();
        let mut column = IdColumn::new(ids.iter().map(|id| (id.as_str(), None)));
        let mut random = SplitMix64::new(1);
        for _ in 0..100 {
            let id = column.make(None, &mut random);
            assert!(
                id.len() == 8 && id.starts_with('r') && (id.ends_with("-a") || id.ends_with("-b")),
                "{id}"
            );
            assert!(!ids.contains(&id));
        }
    }

    #[test]
    fn numbers_that_grow_with_the_date_go_on_doing_so() {
        let ids: Vec<(String, i32)> = (0..300)
            .map(|n| ((900_000_000 + n * 1_371).to_string(), n / 3))
            .collect();
        let mut column = IdColumn::new(ids.iter().map(|(id, day)| (id.as_str(), Some(*day))));
        let mut random = SplitMix64::new(1);
        for day in [0, 10, 50, 99] {
            let id: i32 = column.make(Some(day), &mut random).parse().unwrap();
            let expected = 900_000_000 + day * 3 * 1_371;
            assert!((id - expected).abs() <= 4 * 1_371, "day {day}: {id}, {expected}");
        }
    }

    #[test]
    fn a_column_of_all_numbers_goes_on_after_the_last() {
        let ids: Vec<String> = (1..=99).map(|n: i32| n.to_string()).collect();
        let mut column = IdColumn::new(ids.iter().map(|id| (id.as_str(), None)));
        let made: Vec<String> = (0..3).map(|_| column.make(None, &mut SplitMix64::new(4))).collect();
        assert!(made.iter().all(|id| !ids.contains(id)), "{made:?}");
    }

    #[test]
    fn names_are_built_like_those_of_the_file() {
        let own = [
            "Maree T",
            "Benedicte W",
            "tom84",
            "garyt2919",
            "shapirafamily",
            "wanderfrog",
            "Jean-Paul R",
            "Anne-Marie B",
        ];
        let mut names = Names::new(own.into_iter());
        let mut random = SplitMix64::new(1);
        let shapes: HashSet<String> = own.iter().map(|name| shape(name)).collect();
        for _ in 0..15 {
            let name = names.make(&mut random);
            assert!(!own.contains(&name.as_str()));
            let base = shape(&name);
            assert!(
                shapes.contains(&base) || name.ends_with(|c: char| c.is_ascii_lowercase()),
                "{name}"
            );
        }
    }
}
