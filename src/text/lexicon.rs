//! Word lists, compiled into one automaton per language that reads words and not letters. The build script does it
//! ([`super::wordlists`] is its part).
//!
//! The lists are data files under `src/lexicons/<language>/`. An entry matches on word boundaries, whatever the case,
//! accents, hyphens and kind of apostrophe. The syntax of an entry: words separated by blanks; `(a|b|)` for
//! alternatives; `word~` for the regular inflections of the language; `#` for any number, which digits would stand for as
//! well and so are not written; at the start of an entry it is `(#)`, since a line that begins with `# ` is a comment.

use super::language::Language;
use super::tokens::Tokens;
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
    Rival,
    Unrivalled,
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
            List::Rival => matches!(inner, List::Unrivalled),
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
                    | List::Rival
                    | List::Unrivalled
                    | List::Negative
                    | List::StrongNegative
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
    /// The lists that the language has, sorted; sets name them by their place here.
    lists: Vec<List>,
    /// Sets of lists, one bit each: a few hundred for all the nodes. The first is empty.
    sets: Vec<u128>,
    /// Hashes of all words that entries are made of, sorted; a word's number is its place here.
    words: Vec<u64>,
    /// Where the words begin that share their highest bits.
    shelves: Vec<u16>,
    /// The node after each word that begins an entry, [`NOWHERE`] for the others.
    first: Vec<u16>,
    nodes: Vec<Node>,
    /// From a node to those after it: the number of a word, in order for each node, and the node that it leads to.
    steps: Vec<(u16, u16)>,
}

/// A run of words that begins an entry.
#[derive(Clone, Copy)]
struct Node {
    /// Where its steps begin, which end where those of the next node begin.
    steps: u32,
    /// Place in [`Lexicon::sets`] of the lists of which the run is an entry.
    set: u16,
}

/// An entry found: the place of its list, and its tokens.
#[derive(Clone, Copy, Default)]
struct Found {
    list: usize,
    first: u32,
    end: u32,
}

/// The node of words that begin nothing.
const NOWHERE: u16 = 0;

/// The number of words that are in no entry.
const UNKNOWN: u16 = u16::MAX;

/// Highest bits of a hash by which words are looked up: a few thousand words, about one to a shelf.
const SHELF_BITS: u32 = 12;

/// The languages that have lists, with these as the build script compiled them.
const COMPILED: [(Language, &[u8]); 5] = [
    (Language::EN, include_bytes!(concat!(env!("OUT_DIR"), "/en.lexicon"))),
    (Language::FR, include_bytes!(concat!(env!("OUT_DIR"), "/fr.lexicon"))),
    (Language::DE, include_bytes!(concat!(env!("OUT_DIR"), "/de.lexicon"))),
    (Language::ES, include_bytes!(concat!(env!("OUT_DIR"), "/es.lexicon"))),
    (Language::IT, include_bytes!(concat!(env!("OUT_DIR"), "/it.lexicon"))),
];

/// Takes the next part of a compiled lexicon: the number of its items, and these.
fn part<const BYTES: usize>(compiled: &mut &'static [u8]) -> &'static [[u8; BYTES]] {
    let written = "written by the build script";
    let (count, rest) = compiled.split_first_chunk().expect(written);
    let (items, rest) = rest.split_at(BYTES * u32::from_le_bytes(*count) as usize);
    *compiled = rest;
    items.as_chunks().0
}

impl Lexicon {
    /// The lists of a language, read at the first call; `None` where there are none.
    pub fn of(language: Language) -> Option<&'static Lexicon> {
        static READ: [OnceLock<Lexicon>; COMPILED.len()] = [const { OnceLock::new() }; COMPILED.len()];
        let slot = COMPILED.iter().position(|(known, _)| *known == language)?;
        Some(READ[slot].get_or_init(|| Lexicon::read(COMPILED[slot].1)))
    }

    /// Whether the language has its lists in full (English, French) and not only those that any review needs.
    pub fn is_full(language: Language) -> bool {
        matches!(language, Language::EN | Language::FR)
    }

    fn read(mut compiled: &'static [u8]) -> Lexicon {
        let compiled = &mut compiled;
        let names = str::from_utf8(part::<1>(compiled).as_flattened()).expect("written by the build script");
        let of_names: Vec<Option<List>> = names.lines().map(list_of).collect();
        let mut lists: Vec<List> = of_names.iter().copied().flatten().collect();
        lists.sort_unstable();
        lists.dedup();
        // Several sections may make up one list.
        let places: Vec<Option<usize>> = of_names
            .iter()
            .map(|list| lists.iter().position(|known| Some(*known) == *list))
            .collect();
        let of_lists = |set: u128| {
            let named = (0..places.len()).filter(|name| set >> name & 1 != 0);
            named
                .filter_map(|name| places[name])
                .fold(0, |set, place| set | 1 << place)
        };
        let sets = part(compiled)
            .iter()
            .map(|set| of_lists(u128::from_le_bytes(*set)))
            .collect();
        let words: Vec<u64> = part(compiled).iter().map(|word| u64::from_le_bytes(*word)).collect();
        let first = part(compiled).iter().map(|node| u16::from_le_bytes(*node)).collect();
        let node = |&[a, b, c, d, e, f]: &[u8; 6]| Node {
            steps: u32::from_le_bytes([a, b, c, d]),
            set: u16::from_le_bytes([e, f]),
        };
        let nodes = part(compiled).iter().map(node).collect();
        let step = |&[a, b, c, d]: &[u8; 4]| (u16::from_le_bytes([a, b]), u16::from_le_bytes([c, d]));
        let steps = part(compiled).iter().map(step).collect();
        let shelves = (0..=1 << SHELF_BITS).map(|shelf| words.partition_point(|word| shelf_of(*word) < shelf) as u16);
        Lexicon {
            lists,
            sets,
            shelves: shelves.collect(),
            words,
            first,
            nodes,
            steps,
        }
    }

    /// The number of the word with a hash.
    #[inline]
    fn number(&self, hash: u64) -> u16 {
        let shelf = shelf_of(hash);
        let [from, to] = [self.shelves[shelf], self.shelves[shelf + 1]];
        let known = (from..to).find(|number| self.words[usize::from(*number)] == hash);
        known.unwrap_or(UNKNOWN)
    }

    /// The steps from a node.
    #[inline]
    fn steps(&self, node: u16) -> &[(u16, u16)] {
        let [this, next] = [0, 1].map(|after| self.nodes[usize::from(node) + after].steps as usize);
        &self.steps[this..next]
    }

    /// Calls back for every entry in a text, in order of the places where they begin.
    fn each(&self, tokens: &Tokens, mut found: impl FnMut(Found)) {
        let spoken = tokens.list.iter().enumerate().filter(|(_, token)| !token.silent);
        let words: Vec<(usize, u16)> = spoken.map(|(at, token)| (at, self.number(token.hash))).collect();
        for (place, &(first, word)) in words.iter().enumerate() {
            let mut node = self.first.get(usize::from(word)).copied().unwrap_or(NOWHERE);
            let mut end = first;
            let mut later = words[place + 1..].iter();
            while node != NOWHERE {
                let mut lists = self.sets[usize::from(self.nodes[usize::from(node)].set)];
                while lists != 0 {
                    found(Found {
                        list: lists.trailing_zeros() as usize,
                        first: first as u32,
                        end: end as u32 + 1,
                    });
                    lists &= lists - 1;
                }
                let steps = self.steps(node);
                let next = later.next().filter(|(_, word)| *word != UNKNOWN && !steps.is_empty());
                let step = next.and_then(|(at, word)| {
                    end = *at;
                    steps.binary_search_by_key(word, |(word, _)| *word).ok()
                });
                node = step.map_or(NOWHERE, |step| steps[step].1);
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
        // "would have liked" or "good grief" is no praise; "si ce n'est" negates nothing, and "better than this hotel" does
        // not name this hotel as the one that is better.
        let mut outer: Vec<Hit> = hits
            .iter()
            .copied()
            .filter(|hit| {
                // One word is never the longer one.
                hit.end - hit.first > 1
                    && matches!(
                        hit.list,
                        List::Aspect(_) | List::Exception | List::Rival | List::Idiom | List::Wish | List::Filler
                    )
            })
            .collect();
        if outer.is_empty() {
            return hits;
        }
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

/// The shelf of the words that share the highest bits of a hash.
#[inline]
fn shelf_of(hash: u64) -> usize {
    (hash >> (u64::BITS - SHELF_BITS)) as usize
}

/// Hashes of the function words of a language that are single words.
pub(super) fn function_words(language: Language) -> impl Iterator<Item = u64> {
    Lexicon::of(language).into_iter().flat_map(|lexicon| {
        let bit = 1 << lexicon.lists.partition_point(|list| *list < List::Function);
        let set = move |node: u16| lexicon.sets[usize::from(lexicon.nodes[usize::from(node)].set)];
        let words = lexicon.words.iter().zip(&lexicon.first);
        words
            .filter(move |(_, node)| set(**node) & bit != 0)
            .map(|(word, _)| *word)
    })
}

/// The list of a section, by `file/section`; `None` where there is no such list.
fn list_of(name: &str) -> Option<List> {
    let (file, section) = name.split_once('/')?;
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
        ("concessions", "rival") => List::Rival,
        ("concessions", "unrivalled") => List::Unrivalled,
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

#[cfg(test)]
mod tests;
