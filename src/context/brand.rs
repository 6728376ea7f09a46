//! Brands of known chains, found in the names of properties.

use crate::text::fold;
use aho_corasick::{AhoCorasick, MatchKind};
use std::sync::LazyLock;

static LIST: &str = include_str!("../lexicons/brands.txt");

/// Brand names and the group that each belongs to.
struct Brands {
    automaton: AhoCorasick,
    groups: Vec<&'static str>,
}

static BRANDS: LazyLock<Brands> = LazyLock::new(|| {
    let mut group = "";
    let mut entries: Vec<(String, &'static str)> = Vec::new();
    for line in LIST
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
    {
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            group = name;
        } else {
            entries.extend(alternatives(line).into_iter().map(|name| (spaced(&name), group)));
        }
    }
    let automaton = AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .build(entries.iter().map(|(name, _)| name))
        // The list is part of the program; a test builds it.
        .expect("the brands fit an automaton");
    Brands {
        automaton,
        groups: entries.into_iter().map(|(_, group)| group).collect(),
    }
});

/// The group of the brand that a property's name holds as whole words, `None` where it holds none.
pub(super) fn group_of(name: &str) -> Option<&'static str> {
    let found = BRANDS.automaton.find(&spaced(name))?;
    Some(BRANDS.groups[found.pattern().as_usize()])
}

/// Folded letters and digits, with one blank around each word.
fn spaced(name: &str) -> String {
    let folded = fold(name);
    let words = folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    words.fold(String::from(" "), |mut spaced, word| {
        spaced.push_str(word);
        spaced.push(' ');
        spaced
    })
}

/// `regent (hotel|berlin)` stands for two names.
fn alternatives(entry: &str) -> Vec<String> {
    let Some((before, rest)) = entry.split_once('(') else {
        return vec![entry.to_owned()];
    };
    let (choices, after) = rest.split_once(')').unwrap_or((rest, ""));
    choices
        .split('|')
        .flat_map(|choice| alternatives(&format!("{before}{choice}{after}")))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brands_are_found_as_whole_words() {
        assert_eq!(group_of("Novotel Lyon Part-Dieu"), group_of("ibis Styles Paris"));
        assert_eq!(group_of("DoubleTree by Hilton York"), Some("Hilton"));
        assert_eq!(group_of("Super 8 Motel Stockton"), Some("Wyndham"));
        assert_eq!(group_of("The Regent Berlin"), group_of("voco Leeds"));
    }

    #[test]
    fn other_houses_have_none() {
        for name in [
            "Ostler's Kitchen",
            "Hôtel de la Poste",
            "Hiltons Corner Café",
            "The Regent Tavern",
            "25 Main Street",
        ] {
            assert_eq!(group_of(name), None, "{name}");
        }
    }
}
