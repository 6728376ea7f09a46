//! Compiles word lists into automata. The build script does it, so that no run of the program has to; [`super::lexicon`]
//! reads what comes out and says what the syntax of an entry is.

use super::tokens::{ELIDED, Tokens};
use std::collections::{BTreeMap, HashMap};

/// One automaton from the files of a language, each with its name.
///
/// All numbers are little-endian. Each part begins with the number of its items, of four bytes:
/// 1. names of lists, `file/section`, a line each, counted by bytes;
/// 2. sets of lists, 16 bytes each, the first of them empty: bit `i` stands for name `i`;
/// 3. hashes of the words, 8 bytes each, sorted: the place of a word is its number;
/// 4. the node to which each word leads that begins an entry, 2 bytes; the others lead to node 0, which holds nothing;
/// 5. nodes: where its steps begin, 4 bytes, and its set, 2 bytes; one more at the end says where the last steps end;
/// 6. steps, by node and number of the word: that number and the node after it, 2 bytes each.
pub fn compile(language: &str, files: &[(String, String)]) -> Vec<u8> {
    let mut names: Vec<String> = Vec::new();
    let mut growing = Growing {
        nodes: vec![Node::default()],
        language,
        list: 0,
        text: String::new(),
        read: HashMap::new(),
        tokens: Tokens::default(),
    };
    for (file, content) in files {
        for (section, entry) in entries(content) {
            let name = format!("{file}/{section}");
            growing.list = names.iter().position(|known| *known == name).unwrap_or_else(|| {
                names.push(name);
                names.len() - 1
            });
            assert!(growing.list < 128, "{language}: more lists than bits in a set");
            growing.text.clear();
            growing.walk(entry, None, 0, ROOT);
        }
    }
    serialise(&names, &growing.nodes)
}

/// The entries of a file, each with the section in which it stands.
pub fn entries(content: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut section = "";
    content.lines().filter_map(move |line| {
        let line = line.trim();
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            section = name;
            return None;
        }
        // A `#` alone starts a comment; inside an entry it stands for a number.
        (!line.is_empty() && line != "#" && !line.starts_with("# ")).then_some((section, line))
    })
}

/// A run of words that begins an entry.
#[derive(Default)]
struct Node {
    /// The lists of which it is an entry, one bit each.
    lists: u128,
    /// The node after each word that may follow, by the hash of the word.
    next: BTreeMap<u64, usize>,
}

/// The node of the empty run.
const ROOT: usize = 0;

/// A trie to which entries are added. What an entry stands for is walked through like a tree, so that what its
/// alternatives begin with in common is read once.
struct Growing<'a> {
    nodes: Vec<Node>,
    language: &'a str,
    /// The list to which the entry belongs.
    list: usize,
    /// What stands before the place in the entry, with the alternatives chosen up to now.
    text: String,
    /// The hashes of what was read between blanks, which is the same few words over and over.
    read: HashMap<String, Vec<u64>>,
    /// Memory for what is read.
    tokens: Tokens,
}

/// What follows a group of alternatives.
struct Then<'a> {
    entry: &'a str,
    then: Option<&'a Then<'a>>,
}

impl Growing<'_> {
    /// Goes on with what an entry stands for. The words before the byte `start` of the text have led to the node; from
    /// there on stands what the next word begins with.
    fn walk(&mut self, mut entry: &str, then: Option<&Then<'_>>, mut start: usize, mut node: usize) {
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

    /// The node after the words from a byte of the text on, made where there is none.
    fn words(&mut self, start: usize, node: usize) -> usize {
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
        let nodes = &mut self.nodes;
        self.read[text].iter().fold(node, |node, word| {
            let made = nodes.len();
            let after = *nodes[node].next.entry(*word).or_insert(made);
            if after == made {
                nodes.push(Node::default());
            }
            after
        })
    }

    /// Adds the entry that ends with the words from a byte of the text on.
    fn end(&mut self, start: usize, node: usize) {
        let node = self.words(start, node);
        if node != ROOT {
            self.nodes[node].lists |= 1 << self.list;
        }
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

/// The regular inflections of a word.
pub fn forms(word: &str, language: &str) -> Vec<String> {
    let endings: &[&str] = match language {
        "fr" => &["", "s", "e", "es", "x"],
        "es" | "it" => &["", "s", "es"],
        "de" => &["", "e", "en", "er", "es", "em", "n", "s"],
        _ => &["", "s", "es", "d", "ed", "ing"],
    };
    let mut forms: Vec<String> = endings.iter().map(|ending| format!("{word}{ending}")).collect();
    if language == "en" {
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

/// What is the same of nodes that become one.
#[derive(Clone, Default, PartialEq, Eq, Hash)]
struct Merged {
    set: u16,
    /// By number of the word, the node after it.
    steps: Vec<(u16, u16)>,
}

/// Writes a trie down. Nodes from which the same lists are reached by the same words become one, which leaves a small part
/// of them: the families of an entry mostly differ in how they begin.
fn serialise(names: &[String], trie: &[Node]) -> Vec<u8> {
    let small = |number: usize| u16::try_from(number).expect("words, nodes and sets are counted by two bytes");
    let mut words: Vec<u64> = trie.iter().flat_map(|node| node.next.keys().copied()).collect();
    words.sort_unstable();
    words.dedup();
    let number = |word: &u64| small(words.partition_point(|known| known < word));

    let mut sets = vec![0];
    let mut nodes: Vec<Merged> = vec![Merged::default()];
    let mut same: HashMap<Merged, u16> = HashMap::new();
    let mut becomes = vec![0; trie.len()];
    // A node was made before those after it.
    for (at, node) in trie.iter().enumerate().skip(1).rev() {
        let set = sets.iter().position(|set| *set == node.lists).unwrap_or_else(|| {
            sets.push(node.lists);
            sets.len() - 1
        });
        let next = node.next.iter();
        let merged = Merged {
            set: small(set),
            steps: next.map(|(word, after)| (number(word), becomes[*after])).collect(),
        };
        becomes[at] = *same.entry(merged).or_insert_with_key(|merged| {
            nodes.push(merged.clone());
            small(nodes.len() - 1)
        });
    }

    let names = names.join("\n");
    let mut bytes = Vec::new();
    part(&mut bytes, names.bytes().map(|byte| [byte]));
    part(&mut bytes, sets.iter().map(|set| set.to_le_bytes()));
    part(&mut bytes, words.iter().map(|word| word.to_le_bytes()));
    let first = |word| trie[ROOT].next.get(word).map_or(0, |after| becomes[*after]);
    part(&mut bytes, words.iter().map(|word| first(word).to_le_bytes()));
    let mut before = 0;
    nodes.push(Merged::default());
    let places = nodes.iter().map(|node| {
        let begin = before;
        before += node.steps.len() as u32;
        (begin, node.set)
    });
    part(
        &mut bytes,
        places.map(|(begin, set)| [&begin.to_le_bytes()[..], &set.to_le_bytes()].concat()),
    );
    let steps = nodes.iter().flat_map(|node| &node.steps);
    part(
        &mut bytes,
        steps.map(|(word, after)| [word.to_le_bytes(), after.to_le_bytes()].concat()),
    );
    bytes
}

/// Adds a part to what is written down: the number of its items, and these.
fn part<T: AsRef<[u8]>>(bytes: &mut Vec<u8>, items: impl Iterator<Item = T>) {
    let items: Vec<T> = items.collect();
    bytes.extend((items.len() as u32).to_le_bytes());
    items.iter().for_each(|item| bytes.extend(item.as_ref()));
}
