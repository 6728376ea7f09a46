//! Concrete details: what someone who was there can tell and a reader can check.

use super::Analysis;
use super::lexicon::List;
use super::tokens::{Case, Kind, Token};
use std::ops::Range;

/// What a detail is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DetailKind {
    /// The number of a room, floor or table.
    RoomNumber,
    /// An amount with its currency.
    Price,
    /// An hour, or a number of nights, minutes, years ...
    Time,
    /// A number of metres, blocks, minutes on foot ...
    Distance,
    /// A member of staff by name.
    Staff,
    /// Something near the property by name.
    Place,
    /// A word of place or time without number: `upstairs`, `in the morning`.
    Soft,
}

impl DetailKind {
    /// What it counts: 1, and 0.4 for words without number or name.
    pub fn weight(self) -> f64 {
        if self == DetailKind::Soft { 0.4 } else { 1.0 }
    }
}

/// One concrete detail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Detail {
    /// What it is about.
    pub kind: DetailKind,
    /// Its tokens.
    pub tokens: Range<usize>,
}

impl Analysis<'_> {
    /// The concrete details of a text, in order; no two of them overlap. Empty where the language has no lists.
    pub fn details(&self) -> &[Detail] {
        self.details.get_or_init(|| self.find_details())
    }

    fn find_details(&self) -> Vec<Detail> {
        let mut details = Vec::new();
        for hit in self.hits_of(List::RoomNumberCue) {
            details.push(Detail {
                kind: DetailKind::RoomNumber,
                tokens: hit.tokens(),
            });
        }
        for (list, kind) in [
            (List::Money, DetailKind::Price),
            (List::Distance, DetailKind::Distance),
            (List::Time, DetailKind::Time),
        ] {
            for hit in self.hits_of(list) {
                if let Some(tokens) = self.with_number(hit.tokens()) {
                    details.push(Detail { kind, tokens });
                } else if list != List::Money {
                    details.push(Detail {
                        kind: DetailKind::Soft,
                        tokens: hit.tokens(),
                    });
                }
            }
        }
        for (list, kind, reach) in [
            (List::StaffCue, DetailKind::Staff, 2),
            (List::NearbyCue, DetailKind::Place, 3),
        ] {
            for hit in self.hits_of(list) {
                if let Some(end) = self.name_after(hit.tokens().end, reach) {
                    details.push(Detail {
                        kind,
                        tokens: hit.tokens().start..end,
                    });
                }
            }
        }
        let list = &self.tokens.list;
        for (at, token) in list.iter().enumerate() {
            if matches!(self.written(token), "€" | "$" | "£" | "¥") {
                let number = [at.checked_sub(1), Some(at + 1)]
                    .into_iter()
                    .flatten()
                    .find(|near| list.get(*near).is_some_and(is_number));
                if let Some(near) = number {
                    details.push(Detail {
                        kind: DetailKind::Price,
                        tokens: at.min(near)..at.max(near) + 1,
                    });
                }
            } else if is_number(token) && is_clock(self.written(token)) {
                details.push(Detail {
                    kind: DetailKind::Time,
                    tokens: at..at + 1,
                });
            }
        }
        for hit in self.hits_of(List::Spatial) {
            details.push(Detail {
                kind: DetailKind::Soft,
                tokens: hit.tokens(),
            });
        }
        // Of overlapping details the more telling kind stays.
        details.sort_by_key(|detail| (detail.kind, detail.tokens.start, detail.tokens.end));
        let mut taken = vec![false; list.len()];
        details.retain(|detail| {
            let free = taken[detail.tokens.clone()].iter().all(|taken| !taken);
            if free {
                taken[detail.tokens.clone()].fill(true);
            }
            free
        });
        details.sort_by_key(|detail| detail.tokens.start);
        details
    }

    /// The tokens with the number that they hold or that stands right before them, in figures or as a word up to twelve.
    fn with_number(&self, tokens: Range<usize>) -> Option<Range<usize>> {
        let list = &self.tokens.list;
        if list[tokens.clone()].iter().any(is_number) {
            return Some(tokens);
        }
        let before = tokens.start.checked_sub(1)?;
        let counts = is_number(&list[before]) || NUMBER_WORDS.contains(&self.tokens.folded_of(&list[before]));
        counts.then_some(before..tokens.end)
    }

    /// The end of a capitalised name that begins within `reach` words after a place in a sentence.
    fn name_after(&self, from: usize, reach: usize) -> Option<usize> {
        let list = &self.tokens.list;
        for (at, token) in list.iter().enumerate().skip(from).take(reach) {
            if token.kind != Kind::Word {
                return None;
            }
            if matches!(token.case, Case::Capital | Case::Mixed)
                && token.end - token.start > 2
                && !self.is_common(token)
            {
                return Some(at + 1);
            }
        }
        None
    }

    /// Pronouns and other function words are no names, whatever their capitals.
    fn is_common(&self, token: &Token) -> bool {
        self.hits_of(List::Function)
            .iter()
            .any(|hit| self.tokens.list[hit.first as usize].start == token.start)
    }
}

fn is_number(token: &Token) -> bool {
    token.kind == Kind::Number
}

/// `10:30`, `10h30`, `7pm`, `18h`.
fn is_clock(number: &str) -> bool {
    let lower = number.to_ascii_lowercase();
    let digits = lower.bytes().take_while(u8::is_ascii_digit).count();
    let (hour, rest) = lower.split_at(digits);
    hour.parse::<u8>().is_ok_and(|hour| hour <= 24)
        && (matches!(rest, "am" | "pm" | "h")
            || rest.strip_prefix([':', 'h']).is_some_and(|minutes| {
                let minutes = minutes.trim_end_matches("am").trim_end_matches("pm");
                minutes.len() == 2 && minutes.bytes().all(|b| b.is_ascii_digit())
            }))
}

const NUMBER_WORDS: [&str; 24] = [
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "un", "une",
    "deux", "trois", "quatre", "cinq", "sept", "huit", "neuf", "dix", "quinze", "vingt",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::score::Passage;
    use crate::text::Language;

    fn kinds(source: &str, language: Language) -> Vec<DetailKind> {
        Analysis::new(Passage::Text, source, Some(language))
            .details()
            .iter()
            .map(|detail| detail.kind)
            .collect()
    }

    #[test]
    fn details_are_found_once_each() {
        // Invented.
        let source = "Room 214 faced the yard. We paid €95, breakfast ended at 10:30, and our waiter Marco sent us two blocks to the left.";
        let found = kinds(source, Language::EN);
        for kind in [
            DetailKind::RoomNumber,
            DetailKind::Price,
            DetailKind::Time,
            DetailKind::Staff,
            DetailKind::Distance,
        ] {
            assert_eq!(
                found.iter().filter(|found| **found == kind).count(),
                1,
                "{kind:?} in {found:?}"
            );
        }
    }

    #[test]
    fn praise_has_no_details() {
        // Invented.
        assert_eq!(
            kinds(
                "A wonderful place with lovely staff. Thank you! Everything was perfect, I loved it.",
                Language::EN
            ),
            []
        );
    }

    #[test]
    fn clocks_are_told_from_years() {
        assert!(is_clock("10:30") && is_clock("10h30") && is_clock("7pm") && is_clock("18h"));
        assert!(!is_clock("2019") && !is_clock("4.5") && !is_clock("12th"));
    }
}
