//! Copied and shared texts, on one site and several.

use super::*;

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
