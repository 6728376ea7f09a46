//! Wording that several reviews share, and wording that they may well share.

use super::*;
use proptest::prelude::*;

// All words are invented or common; the texts are made of them at random.
const COMMON: [&str; 60] = [
    "we", "came", "back", "for", "the", "and", "with", "our", "evening", "table", "window", "waiter", "soup", "bread",
    "wine", "quiet", "room", "street", "morning", "walk", "friends", "old", "new", "warm", "cold", "fresh", "slow",
    "quick", "plate", "glass", "garden", "music", "people", "price", "fair", "small", "large", "corner", "light",
    "door", "kitchen", "week", "summer", "winter", "late", "early", "long", "short", "good", "fine", "nice", "menu",
    "dish", "fish", "meat", "cheese", "salad", "coffee", "tea", "cake",
];
/// Words that anybody may use together, and nobody in this order.
const PHRASE: &str = "a warm corner with fresh bread and fair people";
const OTHER: &str = "the quick waiter came late for good music";
const SUBJECT: u64 = 2;

fn prose(numbers: &mut Numbers, length: u64) -> String {
    let word = |numbers: &mut Numbers| COMMON[numbers.below(COMMON.len() as u64) as usize];
    (0..length + numbers.below(15))
        .map(|_| word(numbers))
        .collect::<Vec<&str>>()
        .join(" ")
}

/// A text with a phrase in it.
fn prose_with(numbers: &mut Numbers, phrase: &str) -> String {
    format!("{} {phrase} {}", prose(numbers, 12), prose(numbers, 12))
}

/// An ordinary file whose reviews have texts of their own.
fn told(reviews: usize, seed: u64) -> Vec<Review> {
    let mut numbers = Numbers(seed);
    let mut file = ordinary(reviews, seed);
    for review in &mut file {
        review.text = Some(prose(&mut numbers, 30));
        review.language = Some(crate::text::Language::EN);
    }
    file
}

/// So many reviews of a property that hold one of the phrases, or all of them.
fn sharing(count: u64, phrases: &[&str]) -> Vec<Review> {
    let mut numbers = Numbers(77);
    let shared = |i: u64| {
        let text = match phrases.get(i as usize % (phrases.len() + 1)) {
            Some(phrase) => prose_with(&mut numbers, phrase),
            None => phrases.iter().map(|phrase| prose_with(&mut numbers, phrase)).collect(),
        };
        saying(text, review(&format!("x{i}"), SUBJECT, START + 37 * i as i32, 5.0))
    };
    (0..count).map(shared).collect()
}

fn found(reviews: &[Review]) -> Vec<Campaign> {
    let context = context(reviews);
    of_kind(&context, Kind::TemplatePhrases).into_iter().cloned().collect()
}

#[test]
fn a_phrase_of_a_template_is_found_and_told() {
    let (file, planted) = plant(told(3000, 1), sharing(12, &[PHRASE]));
    let found = found(&file);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].members, planted);
    assert_eq!(found[0].fact("phrase"), Some(PHRASE));
    assert!(found[0].strength > 2.0 && found[0].weight() > 3.0, "{found:?}");
    for (tongue, part) in [
        (crate::explain::Tongue::En, "12 reviews"),
        (crate::explain::Tongue::Fr, "12 avis"),
    ] {
        let sentence = found[0].sentence(tongue, &|_| Named::default());
        assert!(sentence.contains(part) && sentence.contains(PHRASE), "{sentence}");
    }
}

#[test]
fn a_phrase_is_told_as_it_is_written() {
    let phrase = "the window-table for Old friends and fair-people";
    let (file, _) = plant(told(3000, 1), sharing(12, &[phrase]));
    assert_eq!(found(&file)[0].fact("phrase"), Some(phrase));
}

#[test]
fn phrases_that_go_together_are_one_finding() {
    let (file, planted) = plant(told(3000, 2), sharing(18, &[PHRASE, OTHER]));
    let found = found(&file);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].members, planted);
}

#[test]
fn the_score_sees_it() {
    let (file, planted) = plant(told(3000, 3), sharing(12, &[PHRASE]));
    let context = context(&file);
    let view = |row: u32| context.campaign_view(row as usize).expect("is known");
    assert!(planted.iter().all(|row| view(*row).reviews == 12));
    assert_eq!(view(0).campaign, None);
}

#[test]
fn a_common_idiom_is_no_template() {
    let mut numbers = Numbers(5);
    let mut file = told(3000, 4);
    for review in file.iter_mut().step_by(25) {
        review.text = Some(prose_with(&mut numbers, PHRASE));
    }
    let (file, _) = plant(file, sharing(12, &[PHRASE]));
    assert_eq!(found(&file), []);
}

#[test]
fn the_name_of_a_dish_or_a_street_is_no_template() {
    // Nobody else uses these words together.
    let dish = "roasted quince with almonds and burnt honey";
    let (file, _) = plant(told(3000, 6), sharing(30, &[dish]));
    assert_eq!(found(&file), []);
    // Whoever speaks of it elsewhere uses the same words.
    let street = "in the old street of the seven fountains";
    let mut numbers = Numbers(7);
    let neighbours = (0..40).map(|i| {
        let text = prose_with(&mut numbers, street);
        saying(text, review(&format!("y{i}"), 5 + i % 3, START + 20 * i as i32, 4.0))
    });
    let (file, _) = plant(
        told(3000, 6),
        sharing(30, &[street]).into_iter().chain(neighbours).collect(),
    );
    assert_eq!(found(&file), []);
}

#[test]
fn the_name_of_the_property_is_no_template() {
    let named = |mut reviews: Vec<Review>| {
        for review in reviews
            .iter_mut()
            .filter(|review| review.property_id.as_deref() == Some("p2"))
        {
            review.property_name = Some("Fresh Bread and Fair People".to_owned());
        }
        reviews
    };
    let (file, planted) = plant(told(3000, 8), sharing(12, &[PHRASE]));
    assert_eq!(found(&file)[0].members, planted);
    assert_eq!(found(&named(file)), []);
}

#[test]
fn one_reviewers_stock_phrase_and_texts_sent_again_are_no_template() {
    let mut own = sharing(14, &[PHRASE]);
    for review in &mut own {
        review.reviewer_id = Some("x".to_owned());
    }
    let (file, _) = plant(told(3000, 9), own);
    assert_eq!(found(&file), []);
    let mut again = sharing(14, &[PHRASE]);
    let text = again[0].text.clone();
    again.iter_mut().for_each(|review| review.text.clone_from(&text));
    let (file, _) = plant(told(3000, 9), again);
    assert_eq!(found(&file), []);
}

#[test]
fn neither_answers_nor_missing_texts_nor_missing_properties_make_a_template() {
    let mut answered = sharing(14, &[PHRASE]);
    let mut numbers = Numbers(11);
    for review in &mut answered {
        review.response_text = review.text.replace(prose(&mut numbers, 30));
        review.responses_known = true;
    }
    let (file, _) = plant(told(3000, 10), answered);
    assert_eq!(found(&file), []);
    let strip = |of: fn(&mut Review)| {
        let (mut file, _) = plant(told(2000, 10), sharing(14, &[PHRASE]));
        file.iter_mut().for_each(of);
        found(&file)
    };
    assert_eq!(strip(|review| review.text = None), []);
    assert_eq!(strip(|review| review.property_id = None), []);
    // Without names, different texts are by different reviewers.
    assert_eq!(strip(|review| review.reviewer_id = None)[0].members.len(), 14);
}

#[test]
fn a_brand_is_looked_at_as_a_whole() {
    let mut campaign = sharing(14, &[PHRASE]);
    // Four properties of one brand, so that none of them has enough of it.
    for (i, review) in campaign.iter_mut().enumerate() {
        review.property_id = Some(format!("p{}", 20 + i % 4));
    }
    let (mut file, planted) = plant(told(3000, 12), campaign);
    assert_eq!(found(&file), []);
    let chain = ["p20", "p21", "p22", "p23"];
    for review in &mut file {
        let of_chain = review.property_id.as_deref().is_some_and(|id| chain.contains(&id));
        review.property_brand = of_chain.then(|| "Marlow Rooms".to_owned());
    }
    let found = found(&file);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].by_brand && found[0].members == planted, "{found:?}");
}

#[test]
fn expected_numbers_show_two_digits_at_least() {
    let numbers = [0.0421, 0.42, 4.21, 42.1, 0.000_042_1, 1.0];
    assert_eq!(
        numbers.map(expected),
        ["0.042", "0.42", "4.2", "42.1", "0.000042", "1.0"]
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]

    #[test]
    fn neither_order_nor_threads_matter(seed in 0u64..1000, count in 4u64..16, threads in 1usize..5) {
        let (file, _) = plant(told(800, seed), sharing(count, &[PHRASE, OTHER]));
        let of = |file: &[Review]| -> Vec<(String, Vec<(&'static str, String)>)> {
            found(file).into_iter().map(|found| (found.id, found.evidence)).collect()
        };
        let mut numbers = Numbers(seed);
        let mut shuffled = file.clone();
        for i in (1..shuffled.len()).rev() {
            shuffled.swap(i, numbers.below(i as u64 + 1) as usize);
        }
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        prop_assert_eq!(of(&file), pool.install(|| of(&shuffled)));
    }
}
