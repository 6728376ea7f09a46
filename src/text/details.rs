//! Concrete details: what someone who was there can tell and a reader can check.

use super::Analysis;
use super::lexicon::List;
use super::tokens::{Case, Kind, Token};
use std::ops::Range;

/// What a detail is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DetailKind {
    /// The number of a room, floor, table, house or pier.
    RoomNumber,
    /// An amount with its currency.
    Price,
    /// An hour, a date, or a number of nights, minutes, years ...
    Time,
    /// A number of metres, blocks, minutes on foot ...
    Distance,
    /// A member of staff by name.
    Staff,
    /// Something near the property by name.
    Place,
    /// Words that say where or when without a number: `upstairs`, `saturday night`.
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
            (List::Duration, DetailKind::Time),
        ] {
            // "My feet hurt", "for hours": a unit without its number tells nothing.
            for hit in self.hits_of(list) {
                if let Some(tokens) = self.with_number(hit.tokens()) {
                    details.push(Detail { kind, tokens });
                }
            }
        }
        for hit in self.hits_of(List::Time) {
            let numbered = self.tokens.list[hit.tokens()].iter().any(|token| self.counts(token));
            details.push(Detail {
                kind: if numbered { DetailKind::Time } else { DetailKind::Soft },
                tokens: hit.tokens(),
            });
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
            } else if let Some(kind) = is_number(token).then(|| measure(self.written(token))).flatten() {
                details.push(Detail {
                    kind,
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

    /// The tokens with the number that they hold or that stands right before them, in figures or as a word.
    fn with_number(&self, tokens: Range<usize>) -> Option<Range<usize>> {
        let list = &self.tokens.list;
        if list[tokens.clone()].iter().any(|token| self.counts(token)) {
            return Some(tokens);
        }
        let before = tokens.start.checked_sub(1)?;
        self.counts(&list[before]).then_some(before..tokens.end)
    }

    /// Whether a token is a number, in figures or as a word.
    fn counts(&self, token: &Token) -> bool {
        is_number(token) || NUMBER_WORDS.contains(&self.tokens.folded_of(token))
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

/// What a number says with the unit written on to it: `18h` an hour, `300m` a distance.
fn measure(number: &str) -> Option<DetailKind> {
    if is_clock(number) {
        return Some(DetailKind::Time);
    }
    let unit = number.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ','));
    match unit.to_ascii_lowercase().as_str() {
        "min" | "mins" | "mn" | "hr" | "hrs" | "yrs" => Some(DetailKind::Time),
        "km" | "kms" | "m" | "cm" | "ft" => Some(DetailKind::Distance),
        "eur" | "euro" | "euros" | "usd" => Some(DetailKind::Price),
        _ => None,
    }
}

/// Folded; `six` is of both languages.
#[rustfmt::skip]
const NUMBER_WORDS: [&str; 54] = [
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty", "thirty", "forty", "fifty",
    "sixty", "seventy", "eighty", "ninety", "hundred", "half", "quarter", "un", "une", "deux", "trois", "quatre",
    "cinq", "sept", "huit", "neuf", "dix", "onze", "douze", "treize", "quatorze", "quinze", "seize", "vingt",
    "trente", "quarante", "cinquante", "soixante", "cent", "quart", "demi",
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
    fn units_and_parts_of_a_house_need_a_number_or_a_place() {
        use DetailKind::{Distance, Place, Price, RoomNumber, Soft, Time};
        // Invented, each with its look-alike, which tells nothing.
        for (telling, kind, idle) in [
            ("We stayed three nights", Time, "We loved the nights there"),
            ("It took half an hour", Time, "Happy hour was fun"),
            ("They let us wait 25min", Time, "They let us wait for minutes on end"),
            ("The pier is 300m off", Distance, "My feet hurt"),
            ("The pier is two blocks off", Distance, "The pier is some blocks off"),
            ("It was 12 dollars", Price, "I had no dollars"),
            ("We slept on the second floor", Soft, "The floor was polished"),
            ("We had a corner room", Soft, "There is charm in every corner"),
            ("We sat by the window", Soft, "The window was clean"),
            ("We came on a Saturday night", Soft, "Saturday is always lovely"),
            ("The walk to Ashford is steep", Place, "The walk to dinner is steep"),
            (
                "The boats leave from pier 9",
                RoomNumber,
                "The boats leave from the pier",
            ),
        ] {
            assert_eq!(kinds(telling, Language::EN), [kind], "{telling}");
            assert_eq!(kinds(idle, Language::EN), [], "{idle}");
        }
        for (telling, kind, idle) in [
            ("Nous sommes restés trois nuits", Time, "Nous aimons ces nuits"),
            ("On a attendu un quart d'heure", Time, "Ils sont à l'heure"),
            ("Le séjour a duré 1 jour", Time, "Nous reviendrons un jour"),
            ("Venus le 8 juin", Time, "Le mois de juin est beau"),
            ("La plage est à 300m", Distance, "La plage est à des mètres de sable"),
            ("Le café coûte 2 euros", Price, "Le café coûte des euros"),
            ("La salle est au deuxième étage", Soft, "Les étages sont propres"),
            ("Une table près de la fenêtre", Soft, "La fenêtre est propre"),
            ("Nous y étions samedi soir", Soft, "Un samedi de rêve"),
            ("La terrasse donne sur la rue", Soft, "La terrasse est belle"),
            ("Un bar de la rue des Tanneurs", Place, "Un bar de la rue"),
            (
                "Nous étions au 12 rue haute",
                RoomNumber,
                "Nous étions dans la rue haute",
            ),
        ] {
            assert_eq!(kinds(telling, Language::FR), [kind], "{telling}");
            assert_eq!(kinds(idle, Language::FR), [], "{idle}");
        }
    }

    #[test]
    fn clocks_are_told_from_years() {
        assert!(is_clock("10:30") && is_clock("10h30") && is_clock("7pm") && is_clock("18h"));
        assert!(!is_clock("2019") && !is_clock("4.5") && !is_clock("12th"));
    }
}
