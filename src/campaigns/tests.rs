//! Plant and find, on invented files; and the innocent look-alikes that must not be found.

mod attacks;
mod bursts;
mod copies;
mod groups;
mod insiders;
mod membership;
mod phrases;

mod union;

use super::*;

use crate::context::{Context, Horizon};

use crate::review::{Date, Precision, Review};

/// A small deterministic source of numbers (splitmix64).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut x = self.0;
        x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (x ^ (x >> 31)) % n
    }
}

const START: i32 = 18_000;

fn review(reviewer: &str, property: u64, day: i32, stars: f64) -> Review {
    Review {
        reviewer_id: Some(reviewer.to_owned()),
        property_id: Some(format!("p{property}")),
        published: Some(Date {
            day,
            precision: Precision::Day,
        }),
        rating: Some(stars),
        ..Review::default()
    }
}

/// An ordinary file: thirty properties of different sizes over three years, two thirds of the reviewers with one review,
/// the others with up to six, weekends busier, most ratings high.
fn ordinary(reviews: usize, seed: u64) -> Vec<Review> {
    let mut numbers = Numbers(seed);
    let mut file = Vec::new();
    let mut reviewer = 0;
    while file.len() < reviews {
        reviewer += 1;
        let written = if numbers.below(3) < 2 { 1 } else { 2 + numbers.below(5) };
        let home = numbers.below(1095) as i32;
        for _ in 0..written {
            // Small numbers are more common.
            let property = numbers.below(30).min(numbers.below(30));
            let mut day = START
                + if numbers.below(2) == 0 {
                    home + numbers.below(10) as i32
                } else {
                    numbers.below(1095) as i32
                };
            if numbers.below(3) == 0 {
                day -= day.rem_euclid(7);
            }
            let stars = [5.0, 5.0, 5.0, 5.0, 4.0, 4.0, 4.0, 3.0, 2.0, 1.0][numbers.below(10) as usize];
            file.push(review(&format!("u{reviewer}"), property, day, stars));
        }
    }
    file
}

fn with_ids(mut reviews: Vec<Review>) -> Vec<Review> {
    for (i, review) in reviews.iter_mut().enumerate() {
        review.id = Some(format!("r{i}"));
    }
    reviews
}

fn context(reviews: &[Review]) -> Context {
    crate::context::testing::context(reviews, Horizon::Full)
}

/// The findings of a kind.
fn of_kind(context: &Context, kind: Kind) -> Vec<&Campaign> {
    let list = context.campaigns().list.iter();
    list.filter(|campaign| campaign.kind == kind).collect()
}

/// Best overlap (Jaccard) of a finding of the kind with the planted rows.
fn overlap(context: &Context, planted: &[u32], kind: Kind) -> f64 {
    let of = |campaign: &Campaign| {
        let both = campaign.members.iter().filter(|row| planted.contains(row)).count() as f64;
        both / (campaign.members.len() as f64 + planted.len() as f64 - both)
    };
    context
        .campaigns()
        .list
        .iter()
        .filter(|campaign| campaign.kind == kind)
        .map(of)
        .fold(0.0, f64::max)
}

fn plant(mut file: Vec<Review>, campaign: Vec<Review>) -> (Vec<Review>, Vec<u32>) {
    let planted = (file.len() as u32..(file.len() + campaign.len()) as u32).collect();
    file.extend(campaign);
    (with_ids(file), planted)
}

#[test]
fn an_ordinary_file_has_no_campaigns() {
    for seed in 0..6 {
        let context = context(&with_ids(ordinary(3000, seed)));
        let found: Vec<(&str, usize, f64)> = context
            .campaigns()
            .list
            .iter()
            .map(|campaign| (campaign.kind.name(), campaign.members.len(), campaign.strength))
            .collect();
        assert!(found.len() <= 1, "seed {seed}: {found:?}");
    }
}

fn branded(mut file: Vec<Review>) -> Vec<Review> {
    for review in &mut file {
        let number: u64 = review
            .property_id
            .as_deref()
            .and_then(|id| id[1..].parse().ok())
            .expect("numbered");
        review.property_brand =
            Some(["Lorvane", "Tessandre", "Gannet", "Corbel", "Maristow"][(number % 5) as usize].to_owned());
        review.property_place = Some(["Lyon", "York", "Galway"][(number % 3) as usize].to_owned());
    }
    file
}

fn words(numbers: &mut Numbers, count: usize) -> String {
    let word = |numbers: &mut Numbers| {
        (0..3 + numbers.below(5))
            .map(|_| char::from(b'a' + numbers.below(26) as u8))
            .collect::<String>()
    };
    (0..count).map(|_| word(numbers)).collect::<Vec<_>>().join(" ")
}

fn insider(reviewer: &str, count: u64, seed: u64) -> Vec<Review> {
    let mut numbers = Numbers(seed);
    (0..count)
        .map(|i| {
            let praise = i % 5 < 3;
            let property = if praise {
                5 * numbers.below(6)
            } else {
                1 + 5 * numbers.below(6) + numbers.below(4)
            };
            review(
                reviewer,
                property,
                START + numbers.below(700) as i32,
                if praise { 5.0 } else { 1.0 + numbers.below(2) as f64 },
            )
        })
        .collect()
}

fn group_of(camouflage: u64) -> Vec<Review> {
    let mut numbers = Numbers(11);
    let mut group = Vec::new();
    for member in 0..6 {
        for (k, property) in [3u64, 8, 14, 19, 25].into_iter().enumerate() {
            if numbers.below(10) > 0 {
                let day = START + 400 + 33 * k as i32 + numbers.below(15) as i32;
                group.push(review(
                    &format!("x{member}"),
                    property,
                    day,
                    5.0 - (numbers.below(6) / 5) as f64,
                ));
            }
        }
    }
    let innocent = 6 * camouflage;
    group.extend((0..innocent).map(|i| {
        review(
            &format!("x{}", i % 6),
            numbers.below(30),
            START + numbers.below(1095) as i32,
            4.0,
        )
    }));
    group
}

/// Invented: forty words that no two numbers share in order.
fn own_words(number: usize) -> String {
    words(&mut Numbers(number as u64 + 1000), 40)
}

fn saying(text: String, review: Review) -> Review {
    Review {
        text: Some(text),
        language: Some(crate::text::Language::EN),
        ..review
    }
}

#[test]
fn one_who_says_so_does_not_excuse_another() {
    let open = insider("x", 20, 1).into_iter().enumerate();
    let open = open.map(|(i, review)| saying(format!("I work for this hotel. {}", own_words(i)), review));
    let hidden = insider("y", 20, 2).into_iter().enumerate();
    let hidden = hidden.map(|(i, review)| saying(own_words(100 + i), review));
    let (file, planted) = plant(ordinary(3000, 6), open.chain(hidden).collect());
    let context = context(&branded(file));
    assert!(overlap(&context, &planted[..20], Kind::DisclosedAffiliation) >= 0.8);
    assert!(overlap(&context, &planted[20..], Kind::Insider) >= 0.8);
    let weight = |row: u32| context.campaign_view(row as usize).expect("looked for").weight;
    assert!(weight(planted[25]) > 2.0, "whoever hides it counts");
    assert_eq!(weight(planted[5]), 0.0, "whoever says so does not");
}

#[test]
fn members_who_say_for_whom_they_speak_are_told() {
    let mut numbers = Numbers(7);
    let burst = (0..25)
        .map(|i| {
            let tie = if i % 5 == 0 {
                "Full disclosure: my sister works there. "
            } else {
                ""
            };
            let day = START + 500 + numbers.below(10) as i32;
            saying(format!("{tie}{}", own_words(i)), review(&format!("x{i}"), 12, day, 5.0))
        })
        .collect();
    let (file, _) = plant(ordinary(3000, 1), burst);
    let context = context(&file);
    let found = of_kind(&context, Kind::Burst);
    assert!(found[0].doubts.contains(&Doubt::Disclosed), "{found:?}");
    let told = found[0]
        .evidence
        .iter()
        .find(|(name, _)| *name == "reviews that disclose an affiliation");
    assert_eq!(told.map(|(_, value)| value.as_str()), Some("5"));
}

#[test]
fn what_cannot_be_told_apart_is_said() {
    let mut numbers = Numbers(17);
    // New authors and five stars only, as paid praise and a drive for genuine reviews both bring.
    let praise: Vec<Review> = (0..30)
        .map(|i| review(&format!("x{i}"), 12, START + 500 + numbers.below(8) as i32, 5.0))
        .collect();
    // The usual authors and ratings of the file.
    let usual: Vec<Review> = (0..40)
        .map(|i| {
            let stars = [5.0, 5.0, 5.0, 5.0, 4.0, 4.0, 4.0, 3.0, 2.0, 1.0][numbers.below(10) as usize];
            let reviewer = if i % 3 > 0 {
                format!("u{}", 1 + numbers.below(900))
            } else {
                format!("x{i}")
            };
            review(&reviewer, 12, START + 500 + numbers.below(8) as i32, stars)
        })
        .collect();
    let attack: Vec<Review> = (0..20)
        .map(|i| review(&format!("x{i}"), 12, START + 500 + numbers.below(8) as i32, 1.0))
        .collect();
    for (campaign, doubt, english, french) in [
        (
            praise,
            Doubt::Drive,
            "cannot tell the two apart",
            "ne permet pas de les distinguer",
        ),
        (
            usual,
            Doubt::EventOrDrive,
            "cannot be told apart",
            "ne s'en distingue pas",
        ),
        (
            attack,
            Doubt::Incident,
            "cannot tell the two apart",
            "ne permet pas de les distinguer",
        ),
    ] {
        let (file, planted) = plant(ordinary(3000, 1), campaign);
        let context = context(&file);
        let found = of_kind(&context, Kind::Burst);
        let burst = found.iter().find(|burst| burst.members.contains(&planted[0]));
        let burst = burst.unwrap_or_else(|| panic!("{doubt:?}: {found:?}"));
        assert!(burst.doubts.contains(&doubt), "{doubt:?}: {burst:?}");
        assert!(doubt.sentence(crate::explain::Tongue::En).contains(english));
        assert!(doubt.sentence(crate::explain::Tongue::Fr).contains(french));
    }
}

#[test]
fn a_copied_pair_weighs_less_than_a_burst_of_thirty() {
    let mut numbers = Numbers(34);
    let burst = (0..30).map(|i| review(&format!("x{i}"), 12, START + 500 + numbers.below(20) as i32, 5.0));
    let text = own_words(1).repeat(4);
    let pair = ["y", "z"].map(|name| saying(text.clone(), review(name, 3, START + 10, 5.0)));
    let (file, planted) = plant(ordinary(3000, 1), burst.chain(pair).collect());
    let context = context(&file);
    let of = |row: u32| {
        let mut list = context.campaigns().list.iter();
        list.position(|campaign| campaign.members.contains(&row))
            .expect("found")
    };
    assert!(of(planted[0]) < of(planted[30]));
    let pair = &context.campaigns().list[of(planted[30])];
    assert!(pair.strength > 20.0 && pair.weight() == 2f64.log10() + 3.0, "{pair:?}");
}

#[test]
fn one_and_several_are_told_in_their_number() {
    let text = own_words(1);
    let mut copies: Vec<Review> = (3..5)
        .map(|property| saying(text.clone(), review("x", property, START + 10, 5.0)))
        .collect();
    copies.extend(["y", "z"].map(|name| saying(own_words(2), review(name, 7, START + 40, 4.0))));
    let (file, _) = plant(ordinary(1000, 14), copies);
    let context = context(&file);
    let sentences = |tongue| -> Vec<String> {
        let found = of_kind(&context, Kind::NearDuplicates);
        let mut said: Vec<String> = found
            .iter()
            .map(|one| one.sentence(tongue, &|_| Named::default()))
            .collect();
        said.sort();
        said
    };
    assert_eq!(
        sentences(crate::explain::Tongue::Fr),
        [
            "2 avis de 1 auteur sur 2 établissements se répètent presque mot pour mot",
            "2 avis de 2 auteurs sur un établissement se répètent presque mot pour mot",
        ]
    );
    assert_eq!(
        sentences(crate::explain::Tongue::En),
        [
            "2 reviews by 1 reviewer of 2 properties have nearly the same words",
            "2 reviews by 2 reviewers of one property have nearly the same words",
        ]
    );
}

#[test]
fn ids_are_stable_and_rows_may_come_in_any_order() {
    let (file, _) = plant(ordinary(1500, 4), group_of(2));
    let straight = context(&file);
    let turned: Vec<Review> = file.iter().rev().cloned().collect();
    let turned = context(&turned);
    let of = |context: &Context| -> Vec<(String, usize, u64)> {
        context
            .campaigns()
            .list
            .iter()
            .map(|campaign| (campaign.id.clone(), campaign.members.len(), campaign.strength.to_bits()))
            .collect()
    };
    assert_eq!(of(&straight), of(&turned));
    assert!(!straight.campaigns().list.is_empty());
}

#[test]
fn every_finding_speaks_in_both_languages_of_evidence() {
    let (file, _) = plant(ordinary(1500, 4), group_of(0));
    let context = context(&file);
    for campaign in &context.campaigns().list {
        for tongue in [crate::explain::Tongue::En, crate::explain::Tongue::Fr] {
            let sentence = campaign.sentence(tongue, &|_| Named::default());
            assert!(!sentence.contains('?') && sentence.len() > 20, "{sentence}");
        }
    }
}
