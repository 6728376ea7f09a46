//! [`Reject`]: a record that is not scored; [`Warnings`]: values that became missing, counted.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::Field;
use crate::error::Position;

/// A record that cannot be scored, with the reason.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct Reject {
    /// Where it stands.
    pub position: Position,
    /// The field at fault, where there is one.
    pub field: Option<Field>,
    /// What a sound record has.
    pub expected: Cow<'static, str>,
    /// What this one has.
    pub found: Cow<'static, str>,
    /// The record as written, cut where it is very long.
    pub raw: String,
}

/// Longest excerpt of a rejected record, in bytes.
pub const LONGEST_RAW: usize = 100_000;

impl std::fmt::Display for Reject {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.position.fmt(f)?;
        if let Some(field) = self.field {
            write!(f, ", field {field}")?;
        }
        write!(f, ": expected {}, found {}", self.expected, self.found)
    }
}

/// What is wrong with a value that became missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WarningKind {
    /// No form of date that is known.
    UnreadableDate,
    /// "3 weeks ago", and the day of the crawl is not known.
    RelativeDate,
    /// No form of rating that is known.
    UnreadableRating,
    /// A number outside the scale of its column.
    OutOfScale,
    /// No count.
    UnreadableCount,
    /// Neither yes nor no.
    UnreadableFlag,
    /// No language that is known.
    UnreadableLanguage,
    /// A coordinate or a share outside its bounds.
    OutOfBounds,
    /// A button's label in place of a text.
    Furniture,
}

impl WarningKind {
    /// What it is, for summaries.
    pub fn describe(self) -> &'static str {
        match self {
            WarningKind::UnreadableDate => "unreadable date",
            WarningKind::RelativeDate => "relative date (give --crawled DATE to read it)",
            WarningKind::UnreadableRating => "unreadable rating",
            WarningKind::OutOfScale => "rating out of scale",
            WarningKind::UnreadableCount => "unreadable number",
            WarningKind::UnreadableFlag => "unreadable yes or no",
            WarningKind::UnreadableLanguage => "unreadable language",
            WarningKind::OutOfBounds => "number out of bounds",
            WarningKind::Furniture => "label of the page in place of a text",
        }
    }
}

/// One value that became missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// Where it stands.
    pub position: Position,
    /// The field that is missing for it.
    pub field: Field,
    /// What could have been read.
    pub expected: Cow<'static, str>,
    /// What stands there, cut.
    pub found: String,
}

impl std::fmt::Display for Example {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "{}, field {}: expected {}, found {}",
            self.position, self.field, self.expected, self.found
        )
    }
}

/// How often a kind of warning came, with its first cases.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Number of values.
    pub count: u64,
    /// The first few, in the order of files and records.
    pub examples: Vec<Example>,
}

/// Values that became missing, by kind and field. Merging is associative and commutative, so that threads may count
/// apart and the sum is the same.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Warnings {
    tallies: BTreeMap<(WarningKind, Field), Tally>,
}

const EXAMPLES: usize = 3;
const LONGEST_FOUND: usize = 80;

impl Warnings {
    /// Counts one value.
    pub fn add(
        &mut self,
        kind: WarningKind,
        field: Field,
        position: &Position,
        expected: impl Into<Cow<'static, str>>,
        found: &str,
    ) {
        let tally = self.tallies.entry((kind, field)).or_default();
        tally.count += 1;
        if tally.examples.len() < EXAMPLES
            || tally
                .examples
                .last()
                .is_some_and(|last| before(position, &last.position))
        {
            let found = super::record::cut(found, LONGEST_FOUND).to_owned();
            tally.examples.push(Example {
                position: position.clone(),
                field,
                expected: expected.into(),
                found,
            });
            keep_first(&mut tally.examples);
        }
    }

    /// Adds what another thread or file counted.
    pub fn merge(&mut self, other: Warnings) {
        for (key, tally) in other.tallies {
            let own = self.tallies.entry(key).or_default();
            own.count += tally.count;
            own.examples.extend(tally.examples);
            keep_first(&mut own.examples);
        }
    }

    /// Number of values that became missing.
    pub fn total(&self) -> u64 {
        self.tallies.values().map(|tally| tally.count).sum()
    }

    /// Whether there was none.
    pub fn is_empty(&self) -> bool {
        self.tallies.is_empty()
    }

    /// Each kind and field that came, with its tally.
    pub fn iter(&self) -> impl Iterator<Item = (WarningKind, Field, &Tally)> {
        self.tallies.iter().map(|((kind, field), tally)| (*kind, *field, tally))
    }
}

fn before(a: &Position, b: &Position) -> bool {
    (&a.file, a.record) < (&b.file, b.record)
}

fn keep_first(examples: &mut Vec<Example>) {
    examples.sort_by(|a, b| {
        (&a.position.file, a.position.record, &a.found).cmp(&(&b.position.file, b.position.record, &b.found))
    });
    examples.truncate(EXAMPLES);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(record: u64) -> Position {
        Position {
            file: "reviews.csv".into(),
            record,
            line: record + 2,
        }
    }

    #[test]
    fn merging_does_not_depend_on_the_order() {
        let part = |records: &[u64]| {
            let mut warnings = Warnings::default();
            for &record in records {
                warnings.add(WarningKind::OutOfScale, Field::Rating, &at(record), "1 to 5", "7");
            }
            warnings
        };
        let (mut ab, mut ba) = (part(&[9, 1, 5]), part(&[2, 8]));
        ab.merge(part(&[2, 8]));
        ba.merge(part(&[5, 9, 1]));
        assert_eq!(ab, ba);
        let (_, _, tally) = ab.iter().next().unwrap();
        assert_eq!(
            (tally.count, tally.examples.len(), tally.examples[0].position.record),
            (5, 3, 1)
        );
    }

    #[test]
    fn messages_say_where_what_and_what_for() {
        let mut warnings = Warnings::default();
        warnings.add(WarningKind::OutOfScale, Field::Rating, &at(812), "1 to 5", "7");
        let (_, _, tally) = warnings.iter().next().unwrap();
        let message = "reviews.csv: record 812 (line 814), field rating: expected 1 to 5, found 7";
        assert_eq!(tally.examples[0].to_string(), message);
        let reject = Reject {
            position: at(3),
            field: None,
            expected: "14 fields".into(),
            found: "13 fields".into(),
            raw: String::new(),
        };
        assert_eq!(
            reject.to_string(),
            "reviews.csv: record 3 (line 5): expected 14 fields, found 13 fields"
        );
    }
}
