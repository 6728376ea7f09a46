//! Praise of a brand and blame of its rivals.

use super::*;

#[test]
fn an_insider_is_found() {
    let (file, planted) = plant(ordinary(3000, 6), insider("x", 20, 1));
    let context = context(&branded(file));
    assert!(
        overlap(&context, &planted, Kind::Insider) >= 0.8,
        "{:?}",
        context.campaigns().list
    );
}

#[test]
fn linked_insiders_are_found_as_one() {
    let several = (0..5).flat_map(|i| insider(&format!("x{i}"), 10, 20 + i)).collect();
    let (file, planted) = plant(ordinary(3000, 7), several);
    let context = context(&branded(file));
    assert!(
        overlap(&context, &planted, Kind::Insider) >= 0.8,
        "{:?}",
        context.campaigns().list
    );
}

#[test]
fn whoever_says_so_is_told_apart() {
    let mut reviews = insider("x", 20, 1);
    for (i, review) in reviews.iter_mut().enumerate() {
        // Invented.
        let words: Vec<String> = (0..20)
            .map(|k| {
                format!(
                    "w{}",
                    char::from(b'a' + ((i * 31 + k * k * 7) % 26) as u8)
                        .to_string()
                        .repeat(1 + (i + k) % 9)
                )
            })
            .collect();
        review.text = Some(format!("I work for this hotel. {}", words.join(" ")));
        review.language = Some(crate::text::Language::EN);
    }
    let (file, planted) = plant(ordinary(3000, 6), reviews);
    let context = context(&branded(file));
    assert!(
        overlap(&context, &planted, Kind::DisclosedAffiliation) >= 0.8,
        "{:?}",
        context.campaigns().list
    );
    assert_eq!(overlap(&context, &planted, Kind::Insider), 0.0);
}

#[test]
fn a_grumbler_and_a_fan_are_no_insiders() {
    let mut numbers = Numbers(9);
    let mut file = ordinary(3000, 8);
    // Low ratings for everybody; and praise for one brand, with the others rated as everybody does.
    file.extend((0..20).map(|i| review("grumbler", i % 30, START + 30 * i as i32, 1.0)));
    file.extend((0..20).map(|i| {
        let own = i % 2 == 0;
        review(
            "fan",
            if own {
                5 * numbers.below(6)
            } else {
                1 + numbers.below(4) + 5 * numbers.below(6)
            },
            START + 30 * i,
            if own { 5.0 } else { 4.0 },
        )
    }));
    let context = context(&branded(with_ids(file)));
    assert!(
        context
            .campaigns()
            .list
            .iter()
            .all(|campaign| campaign.kind != Kind::Insider),
        "{:?}",
        context.campaigns().list
    );
}
