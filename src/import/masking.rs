//! Taking the names of a hotel and its city out of a review without leaving a trace.
//!
//! In `MAiDE-up` the generator was told the hotel's name and likes to repeat it; guests hardly ever do. A mask that can be
//! seen (`[HOTEL]`) would keep that difference, so the name becomes what a guest would have written in its place, "the
//! hotel" with the article that the sentence asks for, and "in Ankara" goes altogether.
//!
//! Which words of a name name the hotel, and which are ordinary words or other places, cannot be told from the name alone:
//! the lists below were made from the 222 names of the corpus.

use crate::text::{Language, fold};
use std::ops::Range;

/// Words for a kind of house: they belong to a name that they stand beside, but name nothing.
const HOUSE: [&str; 8] = [
    "hotel",
    "hotels",
    "hoteles",
    "hostel",
    "hostal",
    "aparthotel",
    "motel",
    "guesthouse",
];

/// Words for a kind of house that belong to a name only in the name's own order ("the Ickale rooms" are rooms).
const ROOMS: [&str; 10] = [
    "apartments",
    "apartment",
    "suites",
    "suite",
    "rooms",
    "inn",
    "residence",
    "resort",
    "spa",
    "boutique",
];

/// Words that never begin or end a name here.
const LINKS: [&str; 27] = [
    "a", "an", "and", "at", "au", "by", "d", "de", "des", "di", "e", "et", "i", "in", "la", "le", "near", "of", "s",
    "the", "to", "u", "und", "us", "y", "n", "j",
];

/// Districts, streets, sights and stations in the names: reviews of other hotels speak of them too.
const PLACES: [&str; 99] = [
    "aerocity",
    "airport",
    "alexanderplatz",
    "anmen",
    "avenida",
    "avenue",
    "bagh",
    "barajas",
    "batignolles",
    "belle",
    "bordeaux",
    "borgo",
    "campo",
    "capitol",
    "center",
    "central",
    "centre",
    "centro",
    "centrum",
    "charles",
    "chueca",
    "city",
    "congreso",
    "connecticut",
    "convention",
    "damm",
    "dong",
    "dongdaemun",
    "downtown",
    "east",
    "eiffel",
    "embassy",
    "end",
    "espana",
    "euljiro",
    "fiori",
    "forbidden",
    "gangnam",
    "georgetown",
    "gran",
    "hackescher",
    "hauptbahnhof",
    "heaven",
    "honore",
    "house",
    "insadong",
    "janpath",
    "jardins",
    "karol",
    "kellermann",
    "kizilay",
    "ku",
    "lichtenberg",
    "lirica",
    "madeleine",
    "markt",
    "martin",
    "mayor",
    "mayur",
    "medici",
    "mitte",
    "montmartre",
    "montparnasse",
    "myeong",
    "myeongdong",
    "namdaemun",
    "nation",
    "navona",
    "nazionale",
    "new",
    "noida",
    "nord",
    "old",
    "opera",
    "paharganj",
    "palace",
    "pamphili",
    "parco",
    "parliament",
    "place",
    "plaza",
    "platz",
    "porte",
    "potsdamer",
    "railway",
    "saint",
    "san",
    "santo",
    "domingo",
    "seine",
    "square",
    "station",
    "tian",
    "tower",
    "town",
    "trastevere",
    "versailles",
    "west",
    "white",
];

/// Ordinary words in the names: two of them in the name's order and with capitals name the hotel, one alone does not.
const ORDINARY: [&str; 118] = [
    "able",
    "alley",
    "antique",
    "arc",
    "architect",
    "art",
    "beacon",
    "best",
    "black",
    "bleues",
    "bloom",
    "blue",
    "budget",
    "business",
    "casa",
    "chapter",
    "china",
    "club",
    "collection",
    "comfort",
    "concept",
    "corporate",
    "courtyard",
    "crown",
    "days",
    "dear",
    "deluxe",
    "design",
    "dragon",
    "easy",
    "eighty",
    "empire",
    "excellence",
    "express",
    "fifty",
    "five",
    "foreign",
    "four",
    "garden",
    "glue",
    "grand",
    "group",
    "guests",
    "happy",
    "holiday",
    "hours",
    "imperial",
    "individuals",
    "international",
    "lane",
    "lion",
    "living",
    "loft",
    "lotus",
    "luxury",
    "maison",
    "member",
    "mia",
    "mina",
    "newly",
    "one",
    "opened",
    "opening",
    "pacific",
    "palacio",
    "palas",
    "park",
    "peace",
    "pearl",
    "plus",
    "points",
    "precise",
    "private",
    "provinces",
    "quarters",
    "receive",
    "relais",
    "relax",
    "royal",
    "secret",
    "sera",
    "seven",
    "side",
    "small",
    "smart",
    "spanish",
    "state",
    "stay",
    "styles",
    "subway",
    "sunny",
    "sunrise",
    "tale",
    "temple",
    "tipi",
    "top",
    "toujours",
    "tour",
    "transit",
    "tree",
    "tritone",
    "truly",
    "unified",
    "upper",
    "upstairs",
    "urban",
    "urbain",
    "vacances",
    "value",
    "via",
    "vier",
    "vila",
    "villa",
    "western",
    "wings",
    "world",
    "yours",
    "youth",
];

/// Ordinary words that name their hotel where they have a capital inside a sentence.
const CAPITAL_NAMES: [&str; 15] = [
    "antique",
    "architect",
    "beacon",
    "bloom",
    "chapter",
    "empire",
    "glue",
    "imperial",
    "lotus",
    "pacific",
    "peace",
    "precise",
    "tipi",
    "upstairs",
    "urban",
];

/// The cities and what reviews call them, folded. "Rom" is German and must have its capital.
const CITIES: [(&str, &[&str]); 10] = [
    ("ankara", &["ankara"]),
    ("beijing", &["beijing", "pekin", "peking", "pechino"]),
    ("berlin", &["berlin", "berlino", "berliner"]),
    ("bucharest", &["bucharest", "bucarest", "bukarest", "bucuresti"]),
    ("madrid", &["madrid", "madrider"]),
    (
        "new delhi",
        &[
            "new delhi",
            "nouvelle delhi",
            "neu delhi",
            "nuova delhi",
            "nueva delhi",
            "neu dehli",
            "delhi",
        ],
    ),
    ("paris", &["paris", "parigi", "pariser"]),
    ("rome", &["rome", "roma", "rom"]),
    ("seoul", &["seoul", "seul"]),
    (
        "washington",
        &["washington dc", "washington d c", "washington", "dc", "d c"],
    ),
];

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

/// Words that ask for "of" something: the heart of the city, near the city, to enjoy the city.
const INCOMPLETE: [&str; 24] = [
    "heart",
    "middle",
    "coeur",
    "herzen",
    "herz",
    "mitte",
    "cuore",
    "corazon",
    "pres",
    "proche",
    "loin",
    "autour",
    "hors",
    "cerca",
    "lejos",
    "fuera",
    "alrededor",
    "fuori",
    "vicino",
    "lontano",
    "prima",
    "lots",
    "plus",
    "mas",
];

/// Whether the last of these words needs nothing after it. In French, Italian and Spanish an infinitive does.
fn can_stand_alone(words: &[Word]) -> bool {
    words.last().is_some_and(|word| {
        let word = word.folded.as_str();
        !INCOMPLETE.contains(&word) && !(word.len() > 4 && (word.ends_with('r') || word.ends_with("re")))
    })
}

/// A noun and what stands before it.
struct Noun {
    noun: &'static str,
    /// With its article, where the sentence has none.
    with_article: &'static str,
    /// Words before a name that become something else before the noun: `du Novotel`, `de l'hôtel`.
    before: &'static [(&'static str, &'static str)],
    /// Words after which the noun needs no article, also with one adjective between.
    determiners: &'static [&'static str],
}

impl Noun {
    /// What replaces a name that begins at `start`: from which byte on, and the phrase.
    fn phrase(&self, text: &str, before: &[Word], start: usize) -> (usize, String) {
        let beside = |left: &Word, right: usize| matches!(&text[left.end..right], " " | "'" | "’" | "' " | "’ ");
        if let Some(previous) = before.last().filter(|word| beside(word, start)) {
            if let Some((_, put)) = self.before.iter().find(|(word, _)| *word == previous.folded) {
                let put = if previous.capital {
                    capitalised(put)
                } else {
                    (*put).to_owned()
                };
                return (previous.start, put + self.noun);
            }
            let determiner = |word: &Word| self.determiners.contains(&word.folded.as_str());
            let earlier = before
                .len()
                .checked_sub(2)
                .map(|index| &before[index])
                .filter(|word| beside(word, previous.start));
            if determiner(previous)
                || earlier.is_some_and(determiner) && !NO_ADJECTIVE.contains(&previous.folded.as_str())
            {
                return (start, self.noun.to_owned());
            }
        }
        let phrase = self.with_article.to_owned();
        (
            start,
            if starts_sentence(text, start) {
                capitalised(&phrase)
            } else {
                phrase
            },
        )
    }
}

/// Words that stand between a determiner and a name without being its adjective: "our stay at", "the team of".
const NO_ADJECTIVE: [&str; 44] = [
    "a", "al", "am", "an", "and", "at", "auf", "bei", "chez", "con", "da", "dans", "de", "del", "di", "e", "en", "est",
    "et", "fur", "für", "hotel", "im", "in", "ist", "is", "mit", "nel", "of", "per", "por", "que", "stay", "sejour",
    "su", "sur", "und", "von", "was", "with", "y", "à", "zu", "estancia",
];

/// What a language needs for the two nouns.
struct Grammar {
    hotel: Noun,
    city: Noun,
    /// Prepositions that go with the city: "in Ankara".
    within: &'static [&'static str],
    /// Prepositions that may go with the city: "the sights of Ankara".
    of: &'static [&'static str],
    /// What stands for "Ankaras".
    genitive: &'static str,
}

impl Grammar {
    fn of(language: Language) -> &'static Grammar {
        match language {
            Language::FR => &FRENCH,
            Language::DE => &GERMAN,
            Language::IT => &ITALIAN,
            Language::ES => &SPANISH,
            _ => &ENGLISH,
        }
    }

    /// The edit that takes a name of the city out.
    fn without_city(&self, text: &str, words: &[Word], run: Range<usize>) -> (Range<usize>, String) {
        let (start, mut end) = (words[run.start].start, words[run.end - 1].end);
        // "D.C." ends with a full stop of its own.
        if words[run.end - 1].folded == "c" && text[end..].starts_with('.') && !text[end + 1..].is_empty() {
            end += 1;
        }
        let (left, right) = (&text[..start], &text[end..]);
        if let Some(rest) = right
            .strip_prefix(['-', '–'])
            .filter(|rest| rest.starts_with(char::is_alphanumeric))
        {
            return (start..text.len() - rest.len(), String::new());
        }
        if left.ends_with('-') && left[..start - 1].ends_with(char::is_alphanumeric) {
            return (start - 1..end, String::new());
        }
        if words[run.end - 1].genitive {
            return (start..end, self.genitive.to_owned());
        }
        let possessive = right.starts_with("'s") || right.starts_with("’s");
        let previous = words[..run.start]
            .last()
            .filter(|word| matches!(&text[word.end..start], " "));
        let proper = words
            .get(run.end)
            .filter(|next| next.capital && next.folded != "i" && &text[end..next.start] == " ");
        let adjective = words[run.start].folded.ends_with("er") && proper.is_some();
        if proper.is_some() && (adjective || !previous.is_some_and(|word| self.within.contains(&word.folded.as_str())))
        {
            // Part of another name: "Berlin Hauptbahnhof", "the Washington Monument".
            return (start..end + 1, String::new());
        }
        match previous {
            Some(word) if self.within.contains(&word.folded.as_str()) && !possessive => {
                self.without_phrase(text, word.start, end)
            }
            Some(word)
                if self.of.contains(&word.folded.as_str())
                    && !possessive
                    && can_stand_alone(&words[..run.start - 1]) =>
            {
                self.without_phrase(text, word.start, end)
            }
            Some(word) if self.city.determiners.contains(&word.folded.as_str()) && right.starts_with(' ') => {
                (word.end..end, String::new())
            }
            _ => {
                let (start, phrase) = self.city.phrase(text, &words[..run.start], start);
                (start..end, phrase)
            }
        }
    }

    /// Takes out "in Ankara": with the blank before it, and at the start of a sentence with the comma after it.
    fn without_phrase(&self, text: &str, start: usize, end: usize) -> (Range<usize>, String) {
        if !starts_sentence(text, start) {
            let trimmed = text[..start].trim_end();
            return (trimmed.len()..end, String::new());
        }
        let rest = text[end..].trim_start_matches([',', ' ']);
        let next: String = rest.chars().take(1).collect();
        let end = text.len() - rest.len() + next.len();
        (start..end, next.to_uppercase())
    }
}

static ENGLISH: Grammar = Grammar {
    hotel: Noun {
        noun: "hotel",
        with_article: "the hotel",
        before: &[("an", "a ")],
        determiners: &[
            "the", "a", "this", "that", "our", "my", "your", "their", "its", "another", "each", "every", "any", "no",
            "which",
        ],
    },
    city: Noun {
        noun: "city",
        with_article: "the city",
        before: &[
            ("an", "a "),
            ("central", "the central "),
            ("downtown", "the downtown "),
            ("beautiful", "the beautiful "),
            ("old", "the old "),
            ("historic", "the historic "),
            ("vibrant", "the vibrant "),
            ("bustling", "the bustling "),
        ],
        determiners: &["the", "a", "this", "that", "our", "my", "your", "their"],
    },
    within: &["in", "at"],
    of: &["of"],
    genitive: "the city's",
};

static FRENCH: Grammar = Grammar {
    hotel: Noun {
        noun: "hôtel",
        with_article: "l'hôtel",
        before: &[
            ("l", "l'"),
            ("le", "l'"),
            ("la", "l'"),
            ("les", "l'"),
            ("du", "de l'"),
            ("des", "de l'"),
            ("d", "de l'"),
            ("au", "à l'"),
            ("aux", "à l'"),
            ("ce", "cet "),
            ("cette", "cet "),
            ("une", "un "),
        ],
        determiners: &[
            "un", "cet", "notre", "votre", "son", "mon", "leur", "le", "l", "chaque", "quel",
        ],
    },
    city: Noun {
        noun: "ville",
        with_article: "la ville",
        before: &[
            ("le", "la "),
            ("l", "la "),
            ("du", "de la "),
            ("des", "de la "),
            ("d", "de la "),
            ("au", "à la "),
            ("ce", "cette "),
            ("de", "de la "),
        ],
        determiners: &["la", "cette", "une", "notre", "votre"],
    },
    within: &["a", "sur", "en"],
    of: &["de", "d"],
    genitive: "la ville",
};

static GERMAN: Grammar = Grammar {
    hotel: Noun {
        noun: "Hotel",
        with_article: "das Hotel",
        before: &[
            ("in", "im "),
            ("an", "am "),
            ("von", "vom "),
            ("zu", "zum "),
            ("bei", "beim "),
            ("mit", "mit dem "),
            ("aus", "aus dem "),
            ("nach", "nach dem "),
            ("neben", "neben dem "),
            ("gegenuber", "gegenüber dem "),
            ("die", "das "),
            ("den", "das "),
            ("der", "dem "),
        ],
        determiners: &[
            "das", "dem", "des", "ein", "einem", "dieses", "diesem", "unser", "unserem", "mein", "meinem", "im", "am",
            "zum", "beim", "vom", "ins", "kein", "jedes",
        ],
    },
    city: Noun {
        noun: "Stadt",
        with_article: "die Stadt",
        before: &[
            ("von", "der "),
            ("nach", "in die "),
            ("aus", "aus der "),
            ("mit", "mit der "),
            ("zu", "zur "),
            ("das", "die "),
            ("des", "der "),
            ("dem", "der "),
            ("bei", "bei der "),
            ("um", "um die "),
        ],
        determiners: &["die", "der", "diese", "dieser", "eine", "einer", "unsere", "unserer"],
    },
    within: &["in"],
    of: &["von"],
    genitive: "der Stadt",
};

static ITALIAN: Grammar = Grammar {
    hotel: Noun {
        noun: "hotel",
        with_article: "l'hotel",
        before: &[
            ("l", "l'"),
            ("il", "l'"),
            ("lo", "l'"),
            ("la", "l'"),
            ("del", "dell'"),
            ("della", "dell'"),
            ("dell", "dell'"),
            ("al", "all'"),
            ("alla", "all'"),
            ("all", "all'"),
            ("nel", "nell'"),
            ("nella", "nell'"),
            ("nell", "nell'"),
            ("dal", "dall'"),
            ("dalla", "dall'"),
            ("dall", "dall'"),
            ("sul", "sull'"),
            ("di", "dell'"),
            ("a", "all'"),
            ("ad", "all'"),
            ("in", "nell'"),
            ("da", "dall'"),
            ("su", "sull'"),
            ("una", "un "),
            ("questa", "questo "),
        ],
        determiners: &["un", "questo", "quest", "nostro", "vostro", "mio", "suo", "l", "ogni"],
    },
    city: Noun {
        noun: "città",
        with_article: "la città",
        before: &[
            ("di", "della "),
            ("da", "dalla "),
            ("il", "la "),
            ("del", "della "),
            ("al", "alla "),
            ("nel", "nella "),
            ("su", "sulla "),
            ("d", "della "),
        ],
        determiners: &["la", "della", "alla", "nella", "questa", "una", "nostra"],
    },
    within: &["a", "ad", "in"],
    of: &["di"],
    genitive: "la città",
};

static SPANISH: Grammar = Grammar {
    hotel: Noun {
        noun: "hotel",
        with_article: "el hotel",
        before: &[
            ("de", "del "),
            ("a", "al "),
            ("la", "el "),
            ("las", "el "),
            ("los", "el "),
            ("una", "un "),
            ("esta", "este "),
        ],
        determiners: &[
            "el", "un", "este", "ese", "nuestro", "su", "mi", "del", "al", "cada", "otro",
        ],
    },
    city: Noun {
        noun: "ciudad",
        with_article: "la ciudad",
        before: &[
            ("del", "de la "),
            ("al", "a la "),
            ("el", "la "),
            ("un", "una "),
            ("este", "esta "),
            ("nuestro", "nuestra "),
        ],
        determiners: &["la", "una", "esta", "nuestra", "su"],
    },
    within: &["en"],
    of: &["de"],
    genitive: "la ciudad",
};

/// Every word of the lists, for the test that no word is in two of them.
#[cfg(test)]
fn lists() -> Vec<&'static str> {
    [&HOUSE[..], &ROOMS, &LINKS, &PLACES, &ORDINARY].concat()
}

#[cfg(test)]
mod tests {
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
