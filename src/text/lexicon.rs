//! Word lists, compiled into one automaton per language that reads words and not letters: a trie whose steps are the
//! hashes that tokens carry.
//!
//! The lists are data files under `src/lexicons/<language>/`. An entry matches on word boundaries, whatever the case,
//! accents, hyphens and kind of apostrophe. The syntax of an entry: words separated by blanks; `(a|b|)` for
//! alternatives; `word~` for the regular inflections of the language; `#` for any number, which digits would stand for as
//! well and so are not written; at the start of an entry it is `(#)`, since a line that begins with `# ` is a comment.

use super::language::Language;
use super::tokens::{ELIDED, Tokens};
use rustc_hash::FxHashMap;
use std::ops::Range;
use std::sync::OnceLock;

/// What an entry says. One entry may stand in several lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs)] // The names are those of the files and sections, whose headers say what they hold.
pub enum List {
    BrochurePhrase,
    BrochureWord,
    Sales,
    MinorIssue,
    SevereIssue,
    OnlyDownside,
    OnlyUpside,
    Contrast,
    Hedge,
    Flaw,
    Wish,
    Exception,
    Downplay,
    Idiom,
    Unreal,
    Elsewhere,
    Filler,
    Concessive,
    Limit,
    Coordination,
    Aspect(Aspect),
    Positive,
    StrongPositive,
    Negative,
    StrongNegative,
    Intensifier,
    Superlative,
    Absolute,
    Negation,
    Particle,
    Restriction,
    Never,
    Degree,
    Because,
    Spatial,
    Time,
    Duration,
    Distance,
    Money,
    StaffCue,
    NearbyCue,
    RoomNumberCue,
    Affiliation,
    Incentive,
    Ownership,
    FirstSingular,
    FirstPlural,
    Second,
    Third,
    Function,
    Subjective,
    Objective,
    Machine,
}

/// What a review can speak about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Aspect {
    Room,
    Bathroom,
    Bed,
    Breakfast,
    Food,
    Staff,
    Location,
    Noise,
    Price,
    Wifi,
    Cleanliness,
    Facilities,
    Parking,
    Checkin,
    View,
    Queue,
}

impl Aspect {
    /// All aspects; the position is the bit in [`super::Claims`].
    pub const ALL: [Aspect; 16] = [
        Aspect::Room,
        Aspect::Bathroom,
        Aspect::Bed,
        Aspect::Breakfast,
        Aspect::Food,
        Aspect::Staff,
        Aspect::Location,
        Aspect::Noise,
        Aspect::Price,
        Aspect::Wifi,
        Aspect::Cleanliness,
        Aspect::Facilities,
        Aspect::Parking,
        Aspect::Checkin,
        Aspect::View,
        Aspect::Queue,
    ];

    /// The name of the section in `aspects.txt`.
    pub fn name(self) -> &'static str {
        match self {
            Aspect::Room => "room",
            Aspect::Bathroom => "bathroom",
            Aspect::Bed => "bed",
            Aspect::Breakfast => "breakfast",
            Aspect::Food => "food",
            Aspect::Staff => "staff",
            Aspect::Location => "location",
            Aspect::Noise => "noise",
            Aspect::Price => "price",
            Aspect::Wifi => "wifi",
            Aspect::Cleanliness => "cleanliness",
            Aspect::Facilities => "facilities",
            Aspect::Parking => "parking",
            Aspect::Checkin => "checkin",
            Aspect::View => "view",
            Aspect::Queue => "queue",
        }
    }
}

impl List {
    /// Whether its longer entries take the meaning from those of another list that stand inside them.
    fn overrules(self, inner: List) -> bool {
        match self {
            List::Aspect(_) => matches!(inner, List::Aspect(_)),
            List::Wish | List::Filler => matches!(inner, List::Positive | List::StrongPositive),
            List::Exception => matches!(inner, List::Negation),
            List::Idiom => matches!(
                inner,
                List::MinorIssue
                    | List::OnlyDownside
                    | List::OnlyUpside
                    | List::Contrast
                    | List::Hedge
                    | List::Flaw
                    | List::Wish
                    | List::Exception
                    | List::Downplay
                    | List::Limit
                    | List::Negative
                    | List::Negation
            ),
            _ => false,
        }
    }
}

/// An entry found in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hit {
    /// The list it stands in.
    pub list: List,
    /// Index of its first token.
    pub first: u32,
    /// Index after its last token.
    pub end: u32,
}

impl Hit {
    /// The tokens it covers.
    pub fn tokens(&self) -> Range<usize> {
        self.first as usize..self.end as usize
    }
}

/// All word lists of a language.
pub struct Lexicon {
    /// The node of a word that begins entries, by the hash of the word: most words of a text are looked up here only.
    first: FxHashMap<u64, u32>,
    /// From a node and a word, see [`path`], to the node after them.
    later: FxHashMap<u64, u32>,
    nodes: Vec<Node>,
    /// Sets of lists, one bit each: a few hundred for all the nodes. The first is empty.
    sets: Vec<u128>,
    /// The lists that the language has, sorted; nodes name them by their place here.
    lists: Vec<List>,
}

/// A run of words that begins an entry.
#[derive(Clone, Copy, Default)]
struct Node {
    /// Place in [`Lexicon::sets`] of the lists of which the run is an entry.
    set: u32,
    /// Whether longer entries begin with it.
    inner: bool,
}

/// An entry found: the place of its list, and its tokens.
#[derive(Clone, Copy, Default)]
struct Found {
    list: usize,
    first: u32,
    end: u32,
}

/// The node of the empty run.
const ROOT: u32 = 0;

/// One number for a node and the hash of a word that may follow: as unlikely to be that of another pair as the hash is to be
/// that of another word.
#[inline]
fn path(node: u32, word: u64) -> u64 {
    word ^ u64::from(node).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

macro_rules! files {
    ($language:literal: $($file:literal),*) => {
        &[$(($file, include_str!(concat!("../lexicons/", $language, "/", $file, ".txt")))),*]
    };
}

type Files = &'static [(&'static str, &'static str)];

const EN: Files = files!("en": "aspects", "brochure", "concessions", "disclosure", "function_words", "hedges", "intensifiers", "machine",
    "minor_issues", "negation", "pronouns", "reasons", "sentiment", "severe_issues", "specifics", "subjectivity");
const FR: Files = files!("fr": "aspects", "brochure", "concessions", "disclosure", "function_words", "hedges", "intensifiers", "machine",
    "minor_issues", "negation", "pronouns", "reasons", "sentiment", "severe_issues", "specifics", "subjectivity");
const DE: Files = files!("de": "aspects", "function_words", "hedges", "pronouns", "sentiment");
const ES: Files = files!("es": "aspects", "function_words", "hedges", "pronouns", "sentiment");
const IT: Files = files!("it": "aspects", "function_words", "hedges", "pronouns", "sentiment");

fn files(language: Language) -> Option<Files> {
    match language {
        Language::EN => Some(EN),
        Language::FR => Some(FR),
        Language::DE => Some(DE),
        Language::ES => Some(ES),
        Language::IT => Some(IT),
        _ => None,
    }
}

impl Lexicon {
    /// The lists of a language, built at the first call; `None` where there are none.
    pub fn of(language: Language) -> Option<&'static Lexicon> {
        static BUILT: [OnceLock<Lexicon>; 5] = [const { OnceLock::new() }; 5];
        let slot = [Language::EN, Language::FR, Language::DE, Language::ES, Language::IT]
            .iter()
            .position(|known| *known == language)?;
        let files = files(language)?;
        Some(BUILT[slot].get_or_init(|| Lexicon::build(language, files)))
    }

    /// Whether the language has its lists in full (English, French) and not only those that any review needs.
    pub fn is_full(language: Language) -> bool {
        matches!(language, Language::EN | Language::FR)
    }

    fn build(language: Language, files: Files) -> Lexicon {
        let all = || files.iter().flat_map(|(file, content)| entries(file, content));
        let mut lists: Vec<List> = all().map(|(list, _)| list).collect();
        lists.sort_unstable();
        lists.dedup();
        let mut growing = Growing {
            lexicon: Lexicon {
                first: FxHashMap::default(),
                later: FxHashMap::default(),
                nodes: vec![Node::default()],
                sets: vec![0],
                lists,
            },
            places: FxHashMap::from_iter([(0, 0)]),
            language,
            list: 0,
            text: String::new(),
            read: FxHashMap::default(),
            tokens: Tokens::default(),
        };
        for (list, entry) in all() {
            // It is one of those just collected, fewer than bits in a node.
            growing.list = growing.lexicon.lists.partition_point(|other| *other < list);
            growing.text.clear();
            growing.walk(entry, None, 0, ROOT);
        }
        growing.lexicon
    }

    #[inline]
    fn step(&self, node: u32, word: u64) -> Option<u32> {
        if node == ROOT {
            self.first.get(&word).copied()
        } else {
            self.later.get(&path(node, word)).copied()
        }
    }

    /// The node after a word, made where there is none.
    fn grow(&mut self, node: u32, word: u64) -> u32 {
        let next = self.nodes.len() as u32;
        let after = if node == ROOT {
            *self.first.entry(word).or_insert(next)
        } else {
            *self.later.entry(path(node, word)).or_insert(next)
        };
        if after == next {
            self.nodes[node as usize].inner = true;
            self.nodes.push(Node::default());
        }
        after
    }

    /// Calls back for every entry in a text, in order of the places where they begin.
    fn each(&self, tokens: &Tokens, mut found: impl FnMut(Found)) {
        for first in (0..tokens.list.len()).filter(|at| !tokens.list[*at].silent) {
            let mut node = ROOT;
            for (at, token) in tokens
                .list
                .iter()
                .enumerate()
                .skip(first)
                .filter(|(_, token)| !token.silent)
            {
                let Some(next) = self.step(node, token.hash) else {
                    break;
                };
                node = next;
                let reached = self.nodes[node as usize];
                let mut lists = self.sets[reached.set as usize];
                while lists != 0 {
                    found(Found {
                        list: lists.trailing_zeros() as usize,
                        first: first as u32,
                        end: at as u32 + 1,
                    });
                    lists &= lists - 1;
                }
                if !reached.inner {
                    break;
                }
            }
        }
    }

    /// All entries in a text, sorted by list and place; within a list only the longest of overlapping ones is kept.
    pub fn find(&self, tokens: &Tokens) -> Vec<Hit> {
        let mut found: Vec<Found> = Vec::with_capacity(tokens.list.len());
        self.each(tokens, |hit| found.push(hit));
        // They come by place; a stable distribution over the lists sorts them.
        let mut ends = vec![0; self.lists.len()];
        found.iter().for_each(|hit| ends[hit.list] += 1);
        let mut before = 0;
        for end in &mut ends {
            before += std::mem::replace(end, before);
        }
        let mut sorted = vec![Found::default(); found.len()];
        for hit in found {
            sorted[ends[hit.list]] = hit;
            ends[hit.list] += 1;
        }
        let mut hits: Vec<Hit> = Vec::with_capacity(sorted.len());
        for Found { list, first, end } in sorted {
            let list = self.lists[list];
            match hits.last_mut().filter(|last| last.list == list && first < last.end) {
                Some(last) if last.first == first => last.end = last.end.max(end),
                Some(_) => {}
                None => hits.push(Hit { list, first, end }),
            }
        }
        // "petit déjeuner" speaks of breakfast, not of food in general, "last but not least" turns no argument, and
        // "would have liked" or "good grief" is no praise;
        // "si ce n'est" negates nothing.
        let mut outer: Vec<Hit> = hits
            .iter()
            .copied()
            .filter(|hit| {
                matches!(
                    hit.list,
                    List::Aspect(_) | List::Exception | List::Idiom | List::Wish | List::Filler
                )
            })
            .collect();
        outer.sort_unstable_by_key(|hit| hit.first);
        let longest = outer.iter().map(|hit| hit.end - hit.first).max().unwrap_or(0);
        let holds = |outer: &Hit, hit: &Hit| {
            outer.list.overrules(hit.list) && hit.end <= outer.end && outer.end - outer.first > hit.end - hit.first
        };
        hits.retain(|hit| {
            let from = outer.partition_point(|outer| outer.first + longest < hit.end);
            let mut around = outer[from..].iter().take_while(|outer| outer.first <= hit.first);
            !around.any(|outer| holds(outer, hit))
        });
        hits
    }
}

/// Hashes of the function words of a language that are single words.
pub(super) fn function_words(language: Language) -> Vec<u64> {
    let files = files(language).unwrap_or_default();
    let file = files.iter().position(|(file, _)| *file == "function_words");
    let lexicon = Lexicon::build(language, file.map_or(&[], |at| &files[at..=at]));
    let words = lexicon.first.iter();
    words
        .filter(|(_, node)| lexicon.nodes[**node as usize].set != 0)
        .map(|(word, _)| *word)
        .collect()
}

/// The entries of a file with the list that each belongs to.
fn entries(file: &'static str, content: &'static str) -> impl Iterator<Item = (List, &'static str)> {
    let mut section = "";
    content.lines().filter_map(move |line| {
        let line = line.trim();
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            section = name;
            return None;
        }
        // A `#` alone starts a comment; inside an entry it stands for a number.
        if line.is_empty() || line == "#" || line.starts_with("# ") {
            return None;
        }
        list_of(file, section).map(|list| (list, line))
    })
}

fn list_of(file: &str, section: &str) -> Option<List> {
    Some(match (file, section) {
        ("aspects", name) => List::Aspect(*Aspect::ALL.iter().find(|aspect| aspect.name() == name)?),
        ("brochure", "phrase") => List::BrochurePhrase,
        ("brochure", "word") => List::BrochureWord,
        ("brochure", "sales") => List::Sales,
        ("minor_issues", _) => List::MinorIssue,
        ("severe_issues", _) => List::SevereIssue,
        ("hedges", "only_downside") => List::OnlyDownside,
        ("hedges", "only_upside") => List::OnlyUpside,
        ("hedges", "contrast") => List::Contrast,
        ("hedges", "hedge") => List::Hedge,
        ("concessions", "flaw") => List::Flaw,
        ("concessions", "wish") => List::Wish,
        ("concessions", "exception") => List::Exception,
        ("concessions", "downplay") => List::Downplay,
        ("concessions", "idiom") => List::Idiom,
        ("concessions", "unreal") => List::Unreal,
        ("concessions", "elsewhere") => List::Elsewhere,
        ("concessions", "filler") => List::Filler,
        ("concessions", "concessive") => List::Concessive,
        ("concessions", "limit") => List::Limit,
        ("concessions", "coordination") => List::Coordination,
        ("sentiment", "positive") => List::Positive,
        ("sentiment", "strong_positive") => List::StrongPositive,
        ("sentiment", "negative") => List::Negative,
        ("sentiment", "strong_negative") => List::StrongNegative,
        ("intensifiers", "intensifier") => List::Intensifier,
        ("intensifiers", "superlative") => List::Superlative,
        ("intensifiers", "absolute") => List::Absolute,
        ("negation", "negation") => List::Negation,
        ("negation", "particle") => List::Particle,
        ("negation", "restriction") => List::Restriction,
        ("negation", "never") => List::Never,
        ("negation", "degree") => List::Degree,
        ("reasons", _) => List::Because,
        ("specifics", "spatial") => List::Spatial,
        ("specifics", "time") => List::Time,
        ("specifics", "duration") => List::Duration,
        ("specifics", "distance") => List::Distance,
        ("specifics", "money") => List::Money,
        ("specifics", "staff_name_cue") => List::StaffCue,
        ("specifics", "nearby_cue") => List::NearbyCue,
        ("specifics", "room_number_cue") => List::RoomNumberCue,
        ("disclosure", "affiliation") => List::Affiliation,
        ("disclosure", "incentive") => List::Incentive,
        ("disclosure", "ownership") => List::Ownership,
        ("pronouns", "first_singular") => List::FirstSingular,
        ("pronouns", "first_plural") => List::FirstPlural,
        ("pronouns", "second") => List::Second,
        ("pronouns", "third") => List::Third,
        ("function_words", _) => List::Function,
        ("subjectivity", "subjective") => List::Subjective,
        ("subjectivity", "objective") => List::Objective,
        ("machine", _) => List::Machine,
        _ => return None,
    })
}

/// A lexicon to which entries are added. What an entry stands for is walked through like a tree, so that what its
/// alternatives begin with in common is read once.
struct Growing {
    lexicon: Lexicon,
    language: Language,
    /// Place of the list to which the entry belongs.
    list: usize,
    /// What stands before the place in the entry, with the alternatives chosen up to now.
    text: String,
    /// The hashes of what was read between blanks, which is the same few words over and over.
    read: FxHashMap<String, Vec<u64>>,
    /// Memory for what is read.
    tokens: Tokens,
    /// Where each set of lists stands in [`Lexicon::sets`].
    places: FxHashMap<u128, u32>,
}

/// What follows a group of alternatives.
struct Then<'a> {
    entry: &'a str,
    then: Option<&'a Then<'a>>,
}

impl Growing {
    /// Goes on with what an entry stands for. The words before the byte `start` of the text have led to the node; from
    /// there on stands what the next word begins with.
    fn walk(&mut self, mut entry: &str, then: Option<&Then<'_>>, mut start: usize, mut node: u32) {
        let length = self.text.len();
        loop {
            let literal = entry.find([' ', '(', '~']).unwrap_or(entry.len());
            self.text.push_str(&entry[..literal]);
            let Some(sign) = entry[literal..].chars().next() else {
                match then {
                    Some(Then { entry, then }) => self.walk(entry, *then, start, node),
                    None => self.end(start, node),
                }
                break;
            };
            entry = &entry[literal + 1..];
            match sign {
                ' ' => {
                    node = self.words(start, node);
                    start = self.text.len();
                }
                '~' => {
                    let word = self.text[start..].to_owned();
                    for form in forms(&word, self.language) {
                        self.text.truncate(start);
                        self.text.push_str(&form);
                        self.walk(entry, then, start, node);
                    }
                    self.text.truncate(start);
                    self.text.push_str(&word);
                    break;
                }
                _ => {
                    let Some((choices, rest)) = group(entry) else {
                        // A bracket that is never closed is a sign like others.
                        self.text.push(sign);
                        continue;
                    };
                    let then = Then { entry: rest, then };
                    for choice in choices {
                        self.walk(choice, Some(&then), start, node);
                    }
                    break;
                }
            }
        }
        self.text.truncate(length);
    }

    /// The node after the words from a byte of the text on.
    fn words(&mut self, start: usize, node: u32) -> u32 {
        let text = &self.text[start..];
        if !self.read.contains_key(text) {
            // An elided word is one only before a letter: "d' urine" is to be found in "d'urine".
            let elided = text.strip_suffix('\'').is_some_and(|word| ELIDED.contains(&word));
            if elided {
                self.tokens.read(&format!("{text}a"));
                self.tokens.list.pop();
            } else {
                self.tokens.read(text);
            }
            let spoken = self.tokens.list.iter().filter(|token| !token.silent);
            let hashes = spoken.map(|token| token.hash).collect();
            self.read.insert(text.to_owned(), hashes);
        }
        let words = self.read[text].iter();
        words.fold(node, |node, word| self.lexicon.grow(node, *word))
    }

    /// Adds the entry that ends with the words from a byte of the text on.
    fn end(&mut self, start: usize, node: u32) {
        let node = self.words(start, node);
        if node == ROOT {
            return;
        }
        let Lexicon { nodes, sets, .. } = &mut self.lexicon;
        let node = &mut nodes[node as usize];
        let lists = sets[node.set as usize] | 1 << self.list;
        node.set = *self.places.entry(lists).or_insert_with(|| {
            sets.push(lists);
            sets.len() as u32 - 1
        });
    }
}

/// The alternatives of a group whose bracket has just been opened, and what follows it; `None` where it is not closed.
fn group(entry: &str) -> Option<(Vec<&str>, &str)> {
    let mut choices = Vec::new();
    let (mut depth, mut begin) = (1, 0);
    for (at, byte) in entry.bytes().enumerate() {
        match byte {
            b'(' => depth += 1,
            b')' => depth -= 1,
            _ => {}
        }
        if depth == 0 || depth == 1 && byte == b'|' {
            choices.push(&entry[begin..at]);
            begin = at + 1;
        }
        if depth == 0 {
            return Some((choices, &entry[begin..]));
        }
    }
    None
}

pub(super) fn forms(word: &str, language: Language) -> Vec<String> {
    let endings: &[&str] = match language {
        Language::FR => &["", "s", "e", "es", "x"],
        Language::ES | Language::IT => &["", "s", "es"],
        Language::DE => &["", "e", "en", "er", "es", "em", "n", "s"],
        _ => &["", "s", "es", "d", "ed", "ing"],
    };
    let mut forms: Vec<String> = endings.iter().map(|ending| format!("{word}{ending}")).collect();
    if language == Language::EN {
        if let Some(stem) = word.strip_suffix('e') {
            forms.push(format!("{stem}ing"));
        }
        if let Some(stem) = word.strip_suffix('y') {
            forms.push(format!("{stem}ies"));
            forms.push(format!("{stem}ied"));
        }
    }
    forms
}

#[cfg(test)]
mod tests;
