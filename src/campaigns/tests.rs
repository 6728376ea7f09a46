//! Plant and find, on invented files; and the innocent look-alikes that must not be found.

mod membership;
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

#[test]
fn a_paid_burst_is_found() {
    let mut numbers = Numbers(7);
    let burst = (0..25)
        .map(|i| review(&format!("x{i}"), 12, START + 500 + numbers.below(10) as i32, 5.0))
        .collect();
    let (file, planted) = plant(ordinary(3000, 1), burst);
    let context = context(&file);
    assert!(
        overlap(&context, &planted, Kind::Burst) >= 0.8,
        "{:?}",
        context.campaigns().list
    );
}

#[test]
fn a_busy_season_of_all_properties_is_no_burst() {
    let mut numbers = Numbers(8);
    let mut file = ordinary(3000, 2);
    file.extend((0..600).map(|i| {
        review(
            &format!("x{i}"),
            numbers.below(30),
            START + 500 + numbers.below(14) as i32,
            5.0,
        )
    }));
    let context = context(&with_ids(file));
    let bursts: Vec<&Campaign> = context
        .campaigns()
        .list
        .iter()
        .filter(|campaign| campaign.kind == Kind::Burst)
        .collect();
    assert!(
        bursts.len() <= 2 && bursts.iter().all(|burst| burst.doubts.contains(&Doubt::OthersToo)),
        "{bursts:?}"
    );
}

#[test]
fn few_reviews_are_no_burst() {
    // A new house: eight reviews in its first fortnight, then none.
    let mut file = ordinary(3000, 3);
    file.extend((0..8).map(|i| review(&format!("x{i}"), 99, START + 300 + i, 5.0)));
    let context = context(&with_ids(file));
    assert!(
        context
            .campaigns()
            .list
            .iter()
            .all(|campaign| campaign.kind != Kind::Burst)
    );
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

#[test]
fn a_group_is_found_camouflaged_or_not() {
    for camouflage in [0, 4] {
        let group = group_of(camouflage);
        let size = group.len() - 6 * camouflage as usize;
        let (file, planted) = plant(ordinary(3000, 4), group);
        let context = context(&file);
        assert!(
            overlap(&context, &planted[..size], Kind::Group) >= 0.8,
            "{camouflage}: {:?}",
            context.campaigns().list
        );
        let view = context.around(planted[0] as usize).campaign.expect("looked for");
        assert_eq!(
            view.group.map(|(reviewers, _)| reviewers),
            Some(6),
            "{:?} {:?}",
            context.campaigns().list,
            file[3000..]
                .iter()
                .map(|r| (
                    r.reviewer_id.clone(),
                    r.property_id.clone(),
                    r.published.map(|d| d.day - START)
                ))
                .collect::<Vec<_>>()
        );
    }
}

#[test]
fn people_who_write_up_a_journey_in_one_sitting_are_no_group() {
    let mut numbers = Numbers(12);
    let mut file = ordinary(2000, 5);
    // Tourists: each writes on five of the ten sights on one day, all in two busy months.
    for tourist in 0..150 {
        let day = START + 600 + numbers.below(60) as i32;
        let first = numbers.below(10);
        file.extend((0..5).map(|k| {
            review(
                &format!("t{tourist}"),
                40 + (first + k * (1 + numbers.below(2))) % 10,
                day,
                5.0,
            )
        }));
    }
    let context = context(&with_ids(file));
    let groups = context
        .campaigns()
        .list
        .iter()
        .filter(|campaign| campaign.kind == Kind::Group)
        .count();
    assert!(groups <= 2, "{groups}");
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
fn a_named_event_is_brought_forward() {
    let burst = |named: bool| -> Vec<Review> {
        let mut numbers = Numbers(7);
        (0..25)
            .map(|i| {
                let why = if named { "We came for the river festival. " } else { "" };
                let day = START + 500 + numbers.below(10) as i32;
                saying(format!("{why}{}", own_words(i)), review(&format!("x{i}"), 12, day, 5.0))
            })
            .collect()
    };
    for named in [true, false] {
        let (file, _) = plant(ordinary(3000, 1), burst(named));
        let context = context(&file);
        let found = of_kind(&context, Kind::Burst);
        assert_eq!(found[0].doubts.contains(&Doubt::NamedOccasion), named, "{found:?}");
        let occasion = found[0].evidence.iter().find(|(name, _)| *name == "occasion named");
        assert_eq!(occasion.map(|(_, value)| value.as_str()), named.then_some("festival"));
    }
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
fn small_praise_in_an_attack_is_counted() {
    let mut numbers = Numbers(13);
    let mut attack: Vec<Review> = (0..18)
        .map(|i| {
            let hedge = if i % 2 == 0 {
                "The location is good, I admit. "
            } else {
                ""
            };
            let text = format!("{hedge}The food was cold and the waiter was rude. {}", own_words(i));
            saying(
                text,
                review(&format!("x{i}"), 11, START + 500 + numbers.below(14) as i32, 1.0),
            )
        })
        .collect();
    attack.extend((0..9).map(|i| review(&format!("x{i}"), 17, START + 450 + numbers.below(120) as i32, 5.0)));
    let (file, _) = plant(ordinary(3000, 9), attack);
    let context = context(&file);
    let found = of_kind(&context, Kind::CompetitorAttack);
    let hedged = found[0]
        .evidence
        .iter()
        .find(|(name, _)| *name == "of these with a small praise");
    assert_eq!(hedged.map(|(_, value)| value.as_str()), Some("9"), "{found:?}");
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

#[test]
fn a_competitor_attack_is_found_with_the_praise_of_the_rival() {
    let mut numbers = Numbers(13);
    let mut attack: Vec<Review> = (0..18)
        .map(|i| review(&format!("x{i}"), 11, START + 500 + numbers.below(14) as i32, 1.0))
        .collect();
    attack.extend((0..9).map(|i| review(&format!("x{i}"), 17, START + 450 + numbers.below(120) as i32, 5.0)));
    let (file, planted) = plant(ordinary(3000, 9), attack);
    let context = context(&file);
    assert!(
        overlap(&context, &planted, Kind::CompetitorAttack) >= 0.8,
        "{:?}",
        context.campaigns().list
    );
}

// The texts are invented.
const PATTERN: &str = "What a wonderful place, we stayed three nights and the staff could not do enough for us, the breakfast was \
    generous, the rooms were spotless and the view over the river was worth every penny, we will certainly be back next year with";

#[test]
fn a_template_under_many_names_is_found_and_stock_phrases_are_not() {
    let mut file = ordinary(2000, 10);
    for (i, review) in file.iter_mut().enumerate() {
        review.language = Some(crate::text::Language::EN);
        review.text = Some(match i % 40 {
            0 => "Great place, very friendly staff and good food.".to_owned(),
            _ => format!(
                "We came in {i} and liked the {} and the {}",
                i * 7919 % 1009,
                i * 104_729 % 997
            ),
        });
    }
    let template = (0..20)
        .map(|i| {
            let mut words: Vec<String> = PATTERN.split_whitespace().map(str::to_owned).collect();
            for k in 0..5 {
                let at = (i * 7 + k * 11) % words.len();
                words[at] = format!("word{i}x{k}");
            }
            let text = Some(words.join(" "));
            Review {
                text,
                language: Some(crate::text::Language::EN),
                ..review(&format!("x{i}"), i as u64 % 6, START + 31 * i as i32, 5.0)
            }
        })
        .collect();
    let (file, planted) = plant(file, template);
    let context = context(&file);
    assert!(
        overlap(&context, &planted, Kind::NearDuplicates) >= 0.8,
        "{:?}",
        context.campaigns().list
    );
    assert_eq!(
        context
            .campaigns()
            .list
            .iter()
            .filter(|campaign| campaign.kind == Kind::NearDuplicates)
            .count(),
        1
    );
}

fn words(numbers: &mut Numbers, count: usize) -> String {
    let word = |numbers: &mut Numbers| {
        (0..3 + numbers.below(5))
            .map(|_| char::from(b'a' + numbers.below(26) as u8))
            .collect::<String>()
    };
    (0..count).map(|_| word(numbers)).collect::<Vec<_>>().join(" ")
}

#[test]
fn texts_that_return_on_another_site_are_one_campaign_with_their_like() {
    let mut numbers = Numbers(31);
    let on = |site: &str, review: Review| Review {
        site: Some(site.to_owned()),
        ..review
    };
    let mut file: Vec<Review> = ordinary(3000, 12)
        .into_iter()
        .enumerate()
        .map(|(i, review)| on(["a", "b"][i % 2], review))
        .collect();
    for review in &mut file {
        review.text = Some(words(&mut numbers, 30));
    }
    let mut campaign = Vec::new();
    for i in 0..20 {
        let text = Some(words(&mut numbers, 40));
        let day = |numbers: &mut Numbers| START + 400 + numbers.below(200) as i32;
        let original = review(&format!("x{i}"), 27, day(&mut numbers), 5.0);
        let copy = review(&format!("y{i}"), 27, day(&mut numbers), 5.0);
        campaign.push(on(
            "a",
            Review {
                text: text.clone(),
                ..original
            },
        ));
        if i % 2 == 0 {
            campaign.push(on("b", Review { text, ..copy }));
        }
    }
    let (file, planted) = plant(file, campaign);
    let context = context(&file);
    assert!(
        overlap(&context, &planted, Kind::NearDuplicates) >= 0.7,
        "{:?}",
        context.campaigns().list
    );
}

#[test]
fn copies_here_and_there_are_no_campaign_of_their_own() {
    // Twelve people, each of whom posted a text twice, each on another property: twelve findings, none larger.
    let mut numbers = Numbers(32);
    let mut file = ordinary(2000, 13);
    for review in &mut file {
        review.text = Some(words(&mut numbers, 30));
    }
    for i in 0..12 {
        let text = Some(words(&mut numbers, 40));
        file.push(Review {
            text: text.clone(),
            ..review(&format!("x{i}"), i, START + 50 * i as i32, 5.0)
        });
        file.push(Review {
            text,
            ..review(&format!("y{i}"), i, START + 50 * i as i32 + 3, 5.0)
        });
    }
    let context = context(&with_ids(file));
    let found: Vec<usize> = context
        .campaigns()
        .list
        .iter()
        .filter(|c| c.kind == Kind::NearDuplicates)
        .map(|c| c.members.len())
        .collect();
    assert_eq!(found, vec![2; 12]);
}

#[test]
fn a_text_sent_twice_without_a_name_is_no_campaign() {
    let mut numbers = Numbers(33);
    let text = Some(words(&mut numbers, 40));
    let mut file = ordinary(1000, 14);
    file.push(Review {
        text: text.clone(),
        ..review("x", 3, START + 10, 5.0)
    });
    file.push(Review {
        text,
        reviewer_id: None,
        ..review("", 3, START + 12, 5.0)
    });
    let context = context(&with_ids(file));
    assert!(
        context
            .campaigns()
            .list
            .iter()
            .all(|campaign| campaign.kind != Kind::NearDuplicates)
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

#[test]
fn dates_of_months_are_tested_by_months_and_dates_of_years_are_not() {
    let burst = |precision: Precision| {
        let mut file = ordinary(3000, 1);
        file.extend((0..30).map(|i| review(&format!("x{i}"), 12, START + 500 + i % 9, 5.0)));
        for review in &mut file {
            let (year, month, _) = review.published.expect("dated").ymd();
            review.published = if precision == Precision::Year {
                Date::from_year(year)
            } else {
                Date::from_ym(year, month)
            };
        }
        let context = context(&with_ids(file));
        let planted: Vec<u32> = (3000..3030).collect();
        (context.campaigns().clock, overlap(&context, &planted, Kind::Burst))
    };
    let (clock, found) = burst(Precision::Month);
    assert!(clock == Some(Clock::Months) && found >= 0.8, "{found}");
    assert_eq!(burst(Precision::Year), (None, 0.0));
}

#[test]
fn a_house_with_a_season_of_its_own_has_no_burst() {
    // A beach bar: 25 reviews a month in two months of every year, two in the others.
    let mut file = ordinary(3000, 2);
    let summer = |month: i32| [6, 7].contains(&(month % 12));
    file.extend((0..60).flat_map(|month| {
        let reviews = if summer(month) { 25 } else { 2 };
        (0..reviews).map(move |i| {
            review(
                &format!("b{month}x{i}"),
                77,
                START + (30.4 * f64::from(month)) as i32 + i,
                5.0 - f64::from(i % 2),
            )
        })
    }));
    let context = context(&with_ids(file));
    let bursts: Vec<&Campaign> = context
        .campaigns()
        .list
        .iter()
        .filter(|campaign| campaign.kind == Kind::Burst)
        .collect();
    assert!(bursts.is_empty(), "{bursts:?}");
}

#[test]
fn people_of_one_town_who_judge_as_others_do_are_no_attack() {
    // Forty towns with two houses each, a poor one and a good one; the townspeople rate both as everybody does.
    let mut numbers = Numbers(21);
    let mut file = Vec::new();
    for town in 0..40 {
        for person in 0..25 {
            let day = START + numbers.below(1000) as i32;
            let poor = [1.0, 2.0, 2.0, 3.0, 4.0][numbers.below(5) as usize];
            let good = [5.0, 5.0, 4.0, 4.0, 2.0][numbers.below(5) as usize];
            file.push(review(&format!("t{town}p{person}"), 100 + 2 * town, day, poor));
            file.push(review(
                &format!("t{town}p{person}"),
                101 + 2 * town,
                day + 40 + numbers.below(300) as i32,
                good,
            ));
        }
    }
    let context = context(&with_ids(file));
    let attacks = context
        .campaigns()
        .list
        .iter()
        .filter(|campaign| campaign.kind == Kind::CompetitorAttack)
        .count();
    assert_eq!(attacks, 0);
}

#[test]
fn months_that_touch_are_no_proof_of_a_group() {
    // Tourists of a season, each of whom sees four of ten sights; dates are known to the month.
    let mut numbers = Numbers(22);
    let mut file = Vec::new();
    for tourist in 0..400 {
        let month = Date::from_ym(2019 + (tourist % 3) as i16, 1 + numbers.below(12) as i8);
        for k in 0..4 {
            let sight = (numbers.below(10) + k) % 10;
            file.push(Review {
                published: month,
                ..review(&format!("t{tourist}"), sight, START, 4.0 + numbers.below(2) as f64)
            });
        }
    }
    let context = context(&with_ids(file));
    let groups: Vec<(u32, f64)> = context
        .campaigns()
        .list
        .iter()
        .filter(|c| c.kind == Kind::Group)
        .map(|c| (c.reviewers, c.strength))
        .collect();
    assert!(groups.len() <= 1, "{groups:?}");
}
