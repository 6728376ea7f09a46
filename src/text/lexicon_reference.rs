//! What the entries of word lists stand for, multiplied out one by one: slow and plain, for tests of [`super::lexicon`].

use super::language::Language;
use super::tokens::{ELIDED, Tokens};
use super::wordlists::forms;

/// Calls back for all that an entry stands for, tokenised like any text.
pub fn expand(entry: &str, language: Language, mut found: impl FnMut(&Tokens)) {
    let mut tokens = Tokens::default();
    let mut literal = |literal: &str| {
        read(&mut tokens, literal);
        if !tokens.list.is_empty() {
            found(&tokens);
        }
    };
    if !entry.contains(['(', '~']) {
        return literal(entry);
    }
    for alternative in alternatives(entry) {
        if alternative.contains('~') {
            inflections(&alternative, language)
                .iter()
                .for_each(|inflected| literal(inflected));
        } else {
            literal(&alternative);
        }
    }
}

/// Reads an entry as the text that it is to be found in: "d' urine" as "d'urine", and "bien qu'" as if a word followed.
fn read(tokens: &mut Tokens, entry: &str) {
    let elides = |word: &str| word.strip_suffix('\'').is_some_and(|word| ELIDED.contains(&word));
    let mut written = String::new();
    for word in entry.split(' ') {
        written.push_str(word);
        written.push_str(if elides(word) { "" } else { " " });
    }
    if entry.split(' ').next_back().is_none_or(|last| !elides(last)) {
        return tokens.read(&written);
    }
    written.push('a');
    tokens.read(&written);
    if let Some(added) = tokens.list.pop() {
        tokens.folded.truncate(added.folded_start as usize);
    }
}

/// Multiplies out the first group of alternatives, and so on.
fn alternatives(entry: &str) -> Vec<String> {
    let Some(open) = entry.find('(') else {
        return vec![entry.to_owned()];
    };
    let mut depth = 0;
    let mut cuts = vec![open];
    for (at, c) in entry.char_indices().skip_while(|(at, _)| *at < open) {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            '|' if depth == 1 => cuts.push(at),
            _ => {}
        }
        if depth == 0 {
            cuts.push(at);
            break;
        }
    }
    let Some((&close, _)) = cuts.split_last().filter(|_| depth == 0) else {
        return vec![entry.to_owned()];
    };
    // What follows the group is multiplied out once, and not again for each of its choices.
    let ends = alternatives(&entry[close + 1..]);
    let mut all = Vec::new();
    for cut in cuts.windows(2) {
        for choice in alternatives(&entry[cut[0] + 1..cut[1]]) {
            all.extend(ends.iter().map(|end| [&entry[..open], &choice, end].concat()));
        }
    }
    all
}

fn inflections(entry: &str, language: Language) -> Vec<String> {
    let Some(at) = entry.find('~') else {
        return vec![entry.to_owned()];
    };
    let (before, after) = (&entry[..at], &entry[at + 1..]);
    let start = before.rfind(' ').map_or(0, |blank| blank + 1);
    let (head, word) = before.split_at(start);
    forms(word, language.code())
        .into_iter()
        .flat_map(|form| inflections(&format!("{head}{form}{after}"), language))
        .collect()
}

#[test]
fn alternatives_multiply_out_and_nest() {
    assert_eq!(
        alternatives("nestle(d|s) (in|among)"),
        ["nestled in", "nestled among", "nestles in", "nestles among"]
    );
    assert_eq!(alternatives("a (very |)good"), ["a very good", "a good"]);
    assert_eq!(alternatives("(a(b|c)|d)"), ["ab", "ac", "d"]);
}
