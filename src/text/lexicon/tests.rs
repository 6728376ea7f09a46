use super::super::lexicon_reference::expand;
use super::super::tokens::Kind;
use super::super::wordlists;
use super::*;
use std::path::Path;

/// The word lists of a language, each with its name.
fn files(language: Language) -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("src/lexicons")
        .join(language.code());
    let files = std::fs::read_dir(folder).expect("has files");
    files
        .map(|file| {
            let path = file.expect("a file").path();
            let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
            (name, std::fs::read_to_string(path).expect("a text"))
        })
        .collect()
}

/// The entries of a file with the list that each belongs to.
fn entries<'a>(file: &'a str, content: &'a str) -> impl Iterator<Item = (List, &'a str)> {
    wordlists::entries(content).filter_map(move |(section, entry)| {
        let list = list_of(&format!("{file}/{section}"));
        list.map(|list| (list, entry))
    })
}

#[test]
fn every_entry_of_every_list_belongs_to_a_list_and_finds_itself() {
    for language in [Language::EN, Language::FR, Language::DE, Language::ES, Language::IT] {
        let lexicon = Lexicon::of(language).expect("has lists");
        for (file, content) in files(language) {
            let sections: Vec<&str> = content
                .lines()
                .filter_map(|line| line.trim().strip_prefix('[')?.strip_suffix(']'))
                .collect();
            for section in sections {
                assert!(
                    list_of(&format!("{file}/{section}")).is_some(),
                    "{language}/{file}: section {section} is not known"
                );
            }
            for (list, entry) in entries(&file, &content) {
                // Numbers are `#` in the folded text: one in digits would stand for any.
                assert!(
                    !Tokens::of(entry).list.iter().any(|token| token.kind == Kind::Number),
                    "{language}/{file}: write # for a number in {entry}"
                );
                let literals = literals(entry, language);
                assert!(!literals.is_empty(), "{language}/{file}: {entry} stands for nothing");
                for literal in literals {
                    let mut as_written = literal.replace('#', "7").replace(" 's", "'s").replace("' ", "'");
                    // An elided word is one before a letter only.
                    if as_written.ends_with('\'') {
                        as_written.push('a');
                    }
                    let hits = lexicon.find(&Tokens::of(&as_written));
                    assert!(
                        hits.iter().any(|hit| hit.list == list),
                        "{language}/{file}: {literal} of {entry} is not found"
                    );
                }
            }
        }
    }
}

/// What an entry stands for as folded text, a blank on either side.
fn literals(entry: &str, language: Language) -> Vec<String> {
    let mut literals = Vec::new();
    expand(entry, language, |tokens| literals.push(tokens.folded.clone()));
    literals
}

/// What entries stand for, with their lists.
fn all_of<'a>(entries: impl Iterator<Item = (List, &'a str)>, language: Language) -> Vec<(String, List)> {
    let each = |(list, entry)| {
        literals(entry, language)
            .into_iter()
            .map(move |literal| (literal, list))
    };
    let mut literals: Vec<(String, List)> = entries.flat_map(each).collect();
    literals.sort_unstable();
    literals.dedup();
    literals
}

/// All literals of English or French: hundreds of thousands.
fn all_literals(language: Language) -> &'static [(String, List)] {
    static ENGLISH: OnceLock<Vec<(String, List)>> = OnceLock::new();
    static FRENCH: OnceLock<Vec<(String, List)>> = OnceLock::new();
    let literals = if language == Language::FR { &FRENCH } else { &ENGLISH };
    literals.get_or_init(|| {
        let files = files(language);
        let entries = files.iter().flat_map(|(file, content)| entries(file, content));
        all_of(entries, language)
    })
}

/// The entries in a text, found by looking for every literal everywhere in the folded text.
fn reference(literals: &[(String, List)], tokens: &Tokens) -> Vec<Hit> {
    let starting_before = |at: usize| tokens.list.partition_point(|token| (token.folded_start as usize) < at);
    let mut hits = Vec::new();
    for (literal, list) in literals {
        let mut from = 0;
        while let Some(found) = tokens.folded[from..].find(literal.as_str()) {
            let at = from + found;
            let first = starting_before(at + 1);
            let silent = tokens.list[first..].iter().take_while(|token| token.silent).count();
            hits.push(Hit {
                list: *list,
                first: (first + silent) as u32,
                end: starting_before(at + literal.len()) as u32,
            });
            from = at + 1;
        }
    }
    hits.sort_unstable();
    hits
}

proptest::proptest! {
    #[test]
    fn the_trie_finds_what_a_search_for_every_entry_finds(
        picks in proptest::collection::vec((proptest::prelude::any::<proptest::sample::Index>(), 0usize..6), 1..12),
        french in proptest::prelude::any::<bool>(),
    ) {
        let language = if french { Language::FR } else { Language::EN };
        let literals = all_literals(language);
        let mut text = String::new();
        for (pick, separator) in picks {
            text.push_str(literals[pick.index(literals.len())].0.trim());
            text.push_str([" ", "-", ", ", "", " \u{301} ", "s "][separator]);
        }
        let tokens = Tokens::of(&text);
        let lexicon = Lexicon::of(language).expect("has lists");
        proptest::prop_assert_eq!(all_hits(lexicon, &tokens), reference(literals, &tokens), "{}", text);
    }
}

proptest::proptest! {
    #[test]
    fn merged_nodes_find_what_a_search_for_every_entry_finds(
        rooms in proptest::collection::vec("(a|b|c~|#|\\(a\\|b\\)|\\(a b\\|\\)|a\\(b\\|\\))( (a|b|c|#|\\(b\\|c\\|a a\\))){0,3}", 0..6),
        beds in proptest::collection::vec("(a|b|c)( (a|b|c~)){0,2}", 0..6),
        text in "(a|b|c|cs|ab|7|, |-| ){0,30}",
    ) {
        let content = format!("[room]\n{}\n[bed]\n{}\n[unheard of]\na", rooms.join("\n"), beds.join("\n"));
        let compiled = wordlists::compile("en", &[("aspects".to_owned(), content.clone())]);
        let lexicon = Lexicon::read(Vec::leak(compiled));
        let literals = all_of(entries("aspects", &content), Language::EN);
        let tokens = Tokens::of(&text);
        proptest::prop_assert_eq!(all_hits(&lexicon, &tokens), reference(&literals, &tokens), "{}\n{}", content, text);
    }
}

/// All entries in a text, those that another takes the meaning from too.
fn all_hits(lexicon: &Lexicon, tokens: &Tokens) -> Vec<Hit> {
    let mut hits = Vec::new();
    lexicon.each(tokens, |Found { list, first, end }| {
        hits.push(Hit {
            list: lexicon.lists[list],
            first,
            end,
        })
    });
    hits.sort_unstable();
    hits
}

#[test]
fn elided_words_of_an_entry_are_found_before_the_word_they_lean_on() {
    let french = Lexicon::of(Language::FR).expect("has lists");
    let found = |text: &str, list: List| french.find(&Tokens::of(text)).iter().any(|hit| hit.list == list);
    assert!(found("Bien qu'il pleuve", List::Contrast));
    assert!(found("une odeur d’urine", List::SevereIssue));
    assert!(found("on n'en revient", List::Negation));
    assert!(!found("on en revient", List::Negation));
}

#[test]
fn of_overlapping_entries_of_a_list_the_longest_of_the_first_is_kept() {
    let lexicon = Lexicon::of(Language::EN).expect("has lists");
    let text = all_literals(Language::EN)
        .iter()
        .step_by(7)
        .fold(String::new(), |text, (literal, _)| text + literal);
    let tokens = Tokens::of(&text);
    let mut all = all_hits(lexicon, &tokens);
    all.sort_unstable_by_key(|hit| (hit.list, hit.first, std::cmp::Reverse(hit.end)));
    let mut expected: Vec<Hit> = Vec::new();
    for hit in all {
        if expected
            .last()
            .is_none_or(|last| last.list != hit.list || last.end <= hit.first)
        {
            expected.push(hit);
        }
    }
    let outer = [
        List::Aspect(Aspect::Room),
        List::Exception,
        List::Rival,
        List::Idiom,
        List::Wish,
        List::Filler,
    ];
    let never_overruled = |hits: Vec<Hit>| -> Vec<Hit> {
        hits.into_iter()
            .filter(|hit| !outer.iter().any(|outer| outer.overrules(hit.list)))
            .collect()
    };
    assert_eq!(never_overruled(lexicon.find(&tokens)), never_overruled(expected));
}

#[test]
fn an_idiom_takes_the_meaning_of_what_stands_inside() {
    let english = Lexicon::of(Language::EN).expect("has lists");
    let found = |text: &str, list: List| english.find(&Tokens::of(text)).iter().any(|hit| hit.list == list);
    assert!(!found("last but not least, the bar", List::Contrast));
    assert!(!found("not only the bar", List::Negation));
    assert!(!found("the inns around here", List::Unrivalled));
    assert!(!found("friendlier than this hotel", List::Unrivalled) && found("this hotel", List::Unrivalled));
    assert!(!found("It would be nice to have a kettle", List::Positive));
    assert!(found("nice, but not large", List::Contrast));
    assert!(!found("a good ten minutes of good grief", List::Positive));
    assert!(found("a good ten days", List::Filler) && found("a good meal", List::Positive));
}

#[test]
fn no_entry_is_lost_as_a_comment() {
    for language in [Language::EN, Language::FR, Language::DE, Language::ES, Language::IT] {
        for (file, content) in files(language) {
            // Comments stand at the head of a file; later on such a line is an entry that should begin with `(#)`.
            let lost = content
                .lines()
                .map(str::trim)
                .skip_while(|line| !line.starts_with('['))
                .find(|line| line.starts_with("# "));
            assert_eq!(
                lost, None,
                "{language}/{file}: write (#) for a number that begins an entry"
            );
        }
    }
    let french = Lexicon::of(Language::FR).expect("has lists");
    let hits = french.find(&Tokens::of("1 jour"));
    assert!(
        hits.iter()
            .any(|hit| hit.list == List::Duration && hit.tokens() == (0..2))
    );
}

#[test]
fn lists_are_as_large_as_promised() {
    for language in [Language::EN, Language::FR] {
        let files = files(language);
        let count = |file: &str| {
            let (name, content) = files.iter().find(|(name, _)| *name == file).expect("file");
            entries(name, content).count()
        };
        assert!(count("brochure") >= 150);
        assert!(count("minor_issues") >= 80);
        assert!(count("hedges") >= 60);
        assert!(count("aspects") >= 200);
        assert!(count("disclosure") >= 40);
    }
}
