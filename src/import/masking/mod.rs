//! Taking the names of a hotel and its city out of a review without leaving a trace.
//!
//! In `MAiDE-up` the generator was told the hotel's name and likes to repeat it; guests hardly ever do. A mask that can be
//! seen (`[HOTEL]`) would keep that difference, so the name becomes what a guest would have written in its place, "the
//! hotel" with the article that the sentence asks for, and "in Ankara" goes altogether.
//!
//! Which words of a name name the hotel, and which are ordinary words or other places, cannot be told from the name alone:
//! the lists in `names` were made from the 222 names of the corpus.

mod grammar;
mod names;

use crate::text::{Language, fold};
use grammar::Grammar;
use names::{CAPITAL_NAMES, CITIES, HOUSE, LINKS, ORDINARY, PLACES, ROOMS};
use std::ops::Range;

/// How often names were taken out of a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Masks {
    pub hotel: usize,
    pub city: usize,
}

/// A hotel's names.
pub(super) struct Hotel {
    /// Words of the name, folded, in order.
    order: Vec<String>,
    /// The name and its parts that can stand for it, two words or more.
    forms: Vec<Vec<String>>,
    /// Names of the city, longest first.
    cities: Vec<Vec<String>>,
}

struct Word {
    start: usize,
    end: usize,
    folded: String,
    capital: bool,
    /// A name with an ending that [`Hotel::words`] took off: "Ankaras".
    genitive: bool,
}

fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut start = None;
    let letter = |c: char| c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c);
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (letter(c), start) {
            (true, None) => start = Some(at),
            (false, Some(begin)) => {
                let word = &text[begin..at];
                let capital = word.starts_with(|c: char| c.is_uppercase() || c.is_numeric());
                words.push(Word {
                    start: begin,
                    end: at,
                    folded: fold(word),
                    capital,
                    genitive: false,
                });
                start = None;
            }
            _ => {}
        }
    }
    words
}

fn folded_words(text: &str) -> Vec<String> {
    words(text).into_iter().map(|word| word.folded).collect()
}

fn is_kind(word: &str) -> bool {
    HOUSE.contains(&word) || ROOMS.contains(&word)
}

impl Hotel {
    pub(super) fn new(name: &str, city: &str) -> Hotel {
        let mut cities: Vec<Vec<String>> = match CITIES.iter().find(|(known, _)| *known == fold(city)) {
            Some((_, names)) => names.iter().map(|name| folded_words(name)).collect(),
            None => vec![folded_words(city)],
        };
        cities.sort_by_key(|words| std::cmp::Reverse(words.len()));
        let in_city = |word: &String| cities.iter().any(|city| city.contains(word));
        let order = folded_words(name);
        let mut forms = Vec::new();
        let shorter = [",", " - ", "- ", " by ", " ' ", " ,", " @ "]
            .iter()
            .filter_map(|cut| name.split(cut).next());
        for part in shorter.chain([name]) {
            let words = folded_words(part);
            let bare: Vec<String> = words.iter().filter(|word| !in_city(word)).cloned().collect();
            for (form, is_whole) in [(words, part == name), (bare, false)] {
                let form: Vec<String> = form.into_iter().skip_while(|word| word == "the").collect();
                let says = |word: &String| {
                    !PLACES.contains(&word.as_str()) && !LINKS.contains(&word.as_str()) && !in_city(word)
                };
                if form.len() >= 2 && (is_whole || form.iter().any(says)) && !form.iter().all(|word| is_kind(word)) {
                    forms.push(form);
                }
            }
        }
        forms.sort();
        forms.dedup();
        Hotel { order, forms, cities }
    }

    /// The text without the names, and how often they stood in it.
    pub(super) fn mask(&self, text: &str, language: Language) -> (String, Masks) {
        let grammar = Grammar::of(language);
        let (text, hotel) = self.mask_hotel(text, grammar);
        let (text, city) = self.mask_city(&text, grammar);
        (super::one_line(&text), Masks { hotel, city })
    }

    /// The words of a text; a name's genitive without an apostrophe ("Ankaras Zentrum") is the name.
    fn words(&self, text: &str) -> Vec<Word> {
        let mut words = words(text);
        for word in &mut words {
            let Some(stem) = word.folded.strip_suffix('s').filter(|_| !self.belongs(&word.folded)) else {
                continue;
            };
            if self.is_distinctive(stem) || self.is_city_word(stem) {
                word.folded.pop();
                word.genitive = true;
            }
        }
        words
    }

    fn in_order(&self, one: &str, next: &str) -> bool {
        self.order.windows(2).any(|pair| pair[0] == one && pair[1] == next)
    }

    fn is_city_word(&self, word: &str) -> bool {
        self.cities.iter().flatten().any(|city| city == word)
    }

    fn belongs(&self, word: &str) -> bool {
        self.order.iter().any(|name| name == word) || HOUSE.contains(&word) || self.is_city_word(word)
    }

    /// Whether the word alone names the hotel, at any place and in any case.
    fn is_distinctive(&self, word: &str) -> bool {
        word.chars().count() >= 2
            && !word.chars().all(char::is_numeric)
            && self.order.iter().any(|name| name == word)
            && !is_kind(word)
            && !self.is_city_word(word)
            && ![LINKS.as_slice(), &PLACES, &ORDINARY]
                .iter()
                .any(|list| list.contains(&word))
    }

    fn is_mention(&self, text: &str, words: &[Word]) -> bool {
        let naming = |(index, word): (usize, &Word)| {
            self.is_distinctive(&word.folded)
                || CAPITAL_NAMES.contains(&word.folded.as_str())
                    && self.order.contains(&word.folded)
                    && word.capital
                    && (index > 0 || !starts_sentence(text, word.start))
        };
        let ordinary = |word: &Word| ORDINARY.contains(&word.folded.as_str()) && word.capital;
        let pair = |pair: &[Word]| {
            self.in_order(&pair[0].folded, &pair[1].folded)
                && pair
                    .iter()
                    .all(|word| word.capital && !LINKS.contains(&word.folded.as_str()))
                && pair.iter().any(ordinary)
        };
        let form = |form: &Vec<String>| {
            words.windows(form.len()).any(|window| {
                let capital =
                    |word: &Word| word.capital || is_kind(&word.folded) || LINKS.contains(&word.folded.as_str());
                window.iter().map(|word| &word.folded).eq(form) && (form.len() > 2 || window.iter().all(capital))
            })
        };
        words.iter().enumerate().any(naming) || words.windows(2).any(pair) || self.forms.iter().any(form)
    }

    /// Runs of words that name the hotel.
    fn mentions(&self, text: &str, words: &[Word]) -> Vec<Range<usize>> {
        let mut mentions = Vec::new();
        let mut first = 0;
        while first < words.len() {
            if !self.belongs(&words[first].folded) {
                first += 1;
                continue;
            }
            let mut last = first;
            while last + 1 < words.len() && self.continues(text, &words[last], &words[last + 1]) {
                last += 1;
            }
            let (mut from, mut to) = (first, last + 1);
            // "AT Central Apartments" is written so by those who mean the name.
            let shouted =
                |word: &Word| word.end - word.start > 1 && text[word.start..word.end].chars().all(char::is_uppercase);
            let idle = |word: &Word| LINKS.contains(&word.folded.as_str());
            while from < to && (idle(&words[from]) && !shouted(&words[from]) || self.leads_in(&words[from..to])) {
                from += 1;
            }
            while from < to && idle(&words[to - 1]) {
                to -= 1;
            }
            if from < to && self.is_mention(text, &words[from..to]) {
                mentions.push(from..to);
                first = last + 1;
            } else {
                first += 1;
            }
        }
        mentions
    }

    /// A city at the start of a run belongs to the sentence, except where the name itself begins so.
    fn leads_in(&self, run: &[Word]) -> bool {
        run.len() > 1 && self.is_city_word(&run[0].folded) && !self.in_order(&run[0].folded, &run[1].folded)
    }

    fn continues(&self, text: &str, word: &Word, next: &Word) -> bool {
        let gap = &text[word.end..next.start];
        let soft = gap.len() <= 4 && gap.chars().all(|c| " -–&/@|,.'’".contains(c)) && !gap.contains(". ");
        let named = self.in_order(&word.folded, &next.folded);
        let part = self.belongs(&next.folded) && (next.capital || named || HOUSE.contains(&next.folded.as_str()))
            || LINKS.contains(&next.folded.as_str()) && self.order.contains(&next.folded) && named;
        let comma = gap.contains(',') && !(named || self.is_city_word(&next.folded));
        soft && part && !comma && !(gap.starts_with(['\'', '’']) && next.folded == "s" && !named)
    }

    fn mask_hotel(&self, text: &str, grammar: &Grammar) -> (String, usize) {
        let words = self.words(text);
        let mentions = self.mentions(text, &words);
        let mut edits = Vec::with_capacity(mentions.len());
        for run in &mentions {
            let (mut start, mut end) = (words[run.start].start, words[run.end - 1].end);
            // Quotation marks around a name would be left standing around "the hotel".
            for (open, close) in [('"', '"'), ('“', '”'), ('«', '»'), ('„', '“')] {
                if text[..start].ends_with(open) && text[end..].starts_with(close) {
                    (start, end) = (start - open.len_utf8(), end + close.len_utf8());
                }
            }
            let (start, phrase) = grammar.hotel.phrase(text, &words[..run.start], start);
            edits.push((start..end, phrase));
        }
        (edited(text, &edits), mentions.len())
    }

    fn mask_city(&self, text: &str, grammar: &Grammar) -> (String, usize) {
        let words = self.words(text);
        let mut edits: Vec<(Range<usize>, String)> = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let Some(length) = self.city_at(text, &words[at..]) else {
                at += 1;
                continue;
            };
            edits.push(grammar.without_city(text, &words, at..at + length));
            at += length;
        }
        (edited(text, &edits), edits.len())
    }

    /// How many words from here are a name of the city.
    fn city_at(&self, text: &str, words: &[Word]) -> Option<usize> {
        let found = self.cities.iter().find(|city| {
            city.len() <= words.len()
                && words.iter().zip(*city).all(|(word, name)| word.folded == *name)
                && words
                    .windows(2)
                    .take(city.len() - 1)
                    .all(|pair| text[pair[0].end..pair[1].start].len() <= 2)
                && (words[0].capital || !["rom", "dc", "d"].contains(&city[0].as_str()))
        })?;
        Some(found.len())
    }
}

/// The text with ranges replaced; ranges that overlap an earlier one are left.
fn edited(text: &str, edits: &[(Range<usize>, String)]) -> String {
    let mut result = String::with_capacity(text.len());
    let mut at = 0;
    for (range, replacement) in edits {
        if range.start < at {
            continue;
        }
        result.push_str(&text[at..range.start]);
        result.push_str(replacement);
        at = range.end;
    }
    result + &text[at..]
}

fn starts_sentence(text: &str, at: usize) -> bool {
    let before = text[..at].trim_end_matches([' ', '"', '“', '«', '(', '-', '•', '*']);
    before.is_empty() || before.ends_with(['.', '!', '?', '…', ':'])
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::names::lists;
    use super::*;

    fn mask(name: &str, city: &str, language: Language, text: &str) -> String {
        Hotel::new(name, city).mask(text, language).0
    }

    fn ickale(language: Language, text: &str) -> String {
        mask("Hotel Ickale", "Ankara", language, text)
    }

    #[test]
    fn a_word_is_in_one_list() {
        let words = lists();
        let distinct: std::collections::HashSet<&str> = words.iter().copied().collect();
        let twice: Vec<&&str> = distinct
            .iter()
            .filter(|word| words.iter().filter(|other| other == word).count() > 1)
            .collect();
        assert!(twice.is_empty(), "{twice:?}");
        assert!(words.iter().all(|word| fold(word) == *word));
        assert!(CAPITAL_NAMES.iter().all(|word| ORDINARY.contains(word)));
    }

    // The sentences of these tests are invented in the manner of the corpus.
    #[test]
    fn english_names_leave_no_trace() {
        let masked = |text| ickale(Language::EN, text);
        assert_eq!(
            masked("The Hotel Ickale is a fine choice for any traveler in Ankara."),
            "The hotel is a fine choice for any traveler."
        );
        assert_eq!(
            masked("Hotel Ickale offers rooms; we liked ickale hotel."),
            "The hotel offers rooms; we liked the hotel."
        );
        assert_eq!(
            masked("Our stay at Hotel Ickale, Ankara was fine."),
            "Our stay at the hotel was fine."
        );
        assert_eq!(
            masked("Ickale's staff and the wonderful Hotel Ickale"),
            "The hotel's staff and the wonderful hotel"
        );
        assert_eq!(masked("In Ankara, the \"Ickale\" is known."), "The hotel is known.");
        assert_eq!(
            masked("In the heart of Ankara, near Ankara Castle; I love Ankara."),
            "In the heart of the city, near Castle; I love the city."
        );
        assert_eq!(
            masked("An Ickale stay in central Ankara"),
            "A hotel stay in the central city"
        );
    }

    #[test]
    fn other_languages_keep_their_articles() {
        let french = |text| ickale(Language::FR, text);
        assert_eq!(french("L'Hôtel Ickale à Ankara offre tout."), "L'hôtel offre tout.");
        assert_eq!(
            french("Hotel Ickale est au cœur d'Ankara, le personnel de l'Ickale aussi."),
            "L'hôtel est au cœur de la ville, le personnel de l'hôtel aussi."
        );
        assert_eq!(
            mask(
                "Novotel Madrid Center",
                "Madrid",
                Language::FR,
                "Séjour au Novotel et près du Novotel Madrid Center."
            ),
            "Séjour à l'hôtel et près de l'hôtel."
        );
        let german = |text| ickale(Language::DE, text);
        assert_eq!(
            german("Das Hotel Ickale liegt im Herzen von Ankara."),
            "Das Hotel liegt im Herzen der Stadt."
        );
        assert_eq!(
            german("Im Zentrum Ankaras, Ickales Zimmer"),
            "Im Zentrum der Stadt, das Hotel Zimmer"
        );
        assert_eq!(
            german("Aufenthalt im Hotel Ickale in Ankara. Ickale überzeugt."),
            "Aufenthalt im Hotel. Das Hotel überzeugt."
        );
        assert_eq!(
            german("Die Sehenswürdigkeiten von Ankara, nah."),
            "Die Sehenswürdigkeiten, nah."
        );
        let italian = |text| ickale(Language::IT, text);
        assert_eq!(
            italian("L'Hotel Ickale di Ankara offre tutto. Ottima posizione ad Ankara."),
            "L'hotel offre tutto. Ottima posizione."
        );
        assert_eq!(
            italian("Soggiorno nel Hotel Ickale e dal Ickale"),
            "Soggiorno nell'hotel e dall'hotel"
        );
        let spanish = |text| ickale(Language::ES, text);
        assert_eq!(
            spanish("El Hotel Ickale en Ankara, personal de Hotel Ickale."),
            "El hotel, personal del hotel."
        );
        assert_eq!(
            spanish("Corazón de Ankara. Hotel Ickale superó todo."),
            "Corazón de la ciudad. El hotel superó todo."
        );
    }

    #[test]
    fn ordinary_words_and_sights_stay() {
        let pestana = |text| mask("Pestana Plaza Mayor Madrid", "Madrid", Language::ES, text);
        assert_eq!(
            pestana("El Pestana Plaza Mayor está en la Plaza Mayor."),
            "El hotel está en la Plaza Mayor."
        );
        let club = |text| {
            mask(
                "Club Quarters Hotel White House, Washington DC",
                "Washington",
                Language::EN,
                text,
            )
        };
        assert_eq!(
            club("Club Quarters is near the White House in Washington, D.C."),
            "The hotel is near the White House."
        );
        let architect = |text| mask("The Architect", "Washington", Language::EN, text);
        assert_eq!(
            architect("We loved The Architect; an architect would too."),
            "We loved The hotel; an architect would too."
        );
        let central = |text| mask("AT Central Apartments", "Bucharest", Language::EN, text);
        assert_eq!(
            central("The AT Central Apartments are at central apartments."),
            "The hotel are at central apartments."
        );
        let best = |text| mask("Hotel Best", "Ankara", Language::EN, text);
        assert_eq!(
            best("Hotel Best has the best breakfast, hotel best value"),
            "The hotel has the best breakfast, hotel best value"
        );
    }

    #[test]
    fn a_text_without_names_is_untouched() {
        let text = "Great hotel, the rooms in the centre are small. 10/10!";
        assert_eq!(ickale(Language::EN, text), text);
    }
}
