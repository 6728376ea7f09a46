//! Fuzz targets of texts: tokens, and what is found in them. See [`crate::fuzzing`].

use super::{Analysis, Language, Tokens, tokens_reference};
use crate::fuzzing::fuzz;
use crate::score::Passage;

fn seeds() -> Vec<Vec<u8>> {
    let files = [
        include_str!("../../datasets/fake_texts_en.txt"),
        include_str!("../../datasets/fake_texts_fr.txt"),
    ];
    let lines = files
        .iter()
        .flat_map(|file| file.lines())
        .filter(|line| line.len() > 40);
    let mut seeds: Vec<Vec<u8>> = lines.take(60).map(|line| line.as_bytes().to_vec()).collect();
    for text in [
        "L'hôtel n'était pas très propre ; on n'y retournera plus. J'ai payé 120,50 € !!!",
        "Great value-for-money... the staff couldn't do enough (really). 5*",
        "Das Frühstück war ausgezeichnet, aber das Zimmer zu laut.",
        "日本のホテルはとても良かったです。また行きます",
        "الفندق جميل جدا والموظفون لطفاء",
        "Не понравилось: грязно и дорого",
        "a\u{300}e\u{301} \u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467} ﬁne ＷＩＤＥ ß ẞ İstanbul",
    ] {
        seeds.push(text.as_bytes().to_vec());
    }
    seeds
}

const WORDS: &[&[u8]] = &[
    b" ",
    b"\n",
    b".",
    b"...",
    b"!",
    b"'",
    "\u{2019}".as_bytes(),
    b"-",
    "\u{2011}".as_bytes(),
    b"n't",
    b"'s",
    b"l'",
    b"qu'",
    b"not ",
    b"very ",
    b"clean",
    b"STAFF",
    b"12,5",
    b"3:30",
    "\u{301}".as_bytes(),
    "\u{200d}".as_bytes(),
    "\u{a0}".as_bytes(),
    "\u{feff}".as_bytes(),
    "\u{1f600}".as_bytes(),
    "\u{0130}".as_bytes(),
    "ß".as_bytes(),
    "日".as_bytes(),
    b"\xff",
    b"(",
    b")",
    "\u{ad}".as_bytes(),
    "«".as_bytes(),
    "\u{2028}".as_bytes(),
];

#[test]
fn tokens_are_those_of_the_reference() {
    fuzz("tokens", &seeds(), WORDS, |input| {
        let text = String::from_utf8_lossy(input);
        let tokens = Tokens::of(&text);
        let reference = tokens_reference::of(&text);
        assert!(
            tokens.list == reference.list && tokens.folded == reference.folded,
            "other tokens than the reference"
        );
        let mut end = 0;
        for token in &tokens.list {
            let (start, stop) = (token.start as usize, token.end as usize);
            assert!(
                end <= start && start < stop && text.get(start..stop).is_some(),
                "{token:?}"
            );
            end = stop;
        }
    });
}

#[test]
fn what_is_found_lies_in_the_text() {
    let languages = [
        None,
        Language::from_code("en"),
        Language::from_code("fr"),
        Language::from_code("de"),
    ];
    fuzz("analysis", &seeds(), WORDS, |input| {
        let text = String::from_utf8_lossy(input);
        for language in languages {
            let analysis = Analysis::new(Passage::Text, &text, language);
            let count = analysis.tokens.list.len();
            let mut end = 0;
            for sentence in &analysis.sentences {
                assert!(end <= sentence.start && sentence.start < sentence.end, "{sentence:?}");
                end = sentence.end;
            }
            assert!(end as usize <= count);
            for hit in &analysis.hits {
                assert!(hit.tokens().end <= count && !hit.tokens().is_empty());
                assert!(text.get(analysis.span(hit.tokens()).bytes).is_some());
            }
            let slips = analysis.slips().unwrap_or_default();
            assert!(slips.iter().all(|slip| slip.end <= count));
            assert!(analysis.details().len() <= count);
            assert!(
                analysis
                    .identified()
                    .is_none_or(|found| (0.0..=1.0).contains(&found.confidence))
            );
            analysis.claims();
        }
    });
}
