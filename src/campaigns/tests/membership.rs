//! Who belongs to a campaign, and what is one campaign: each with an innocent look-alike.

use super::*;

fn on(site: &str, review: Review) -> Review {
    Review {
        site: Some(site.to_owned()),
        ..review
    }
}

/// An ordinary file on two sites, every reviewer on one of them.
fn on_two_sites(reviews: usize, seed: u64) -> Vec<Review> {
    let sited = |review: Review| {
        let reviewer = review.reviewer_id.as_deref().unwrap_or_default();
        let number: usize = reviewer.bytes().map(usize::from).sum();
        named(on(["a", "b"][number % 2], review))
    };
    ordinary(reviews, seed).into_iter().map(sited).collect()
}

fn named(review: Review) -> Review {
    Review {
        property_name: review.property_id.clone(),
        ..review
    }
}

#[test]
fn praise_on_one_site_alone_is_found() {
    let mut numbers = Numbers(51);
    let campaign = (0..30)
        .map(|i| {
            named(on(
                "a",
                review(&format!("x{i}"), 20, START + 400 + numbers.below(200) as i32, 5.0),
            ))
        })
        .collect();
    let (file, planted) = plant(on_two_sites(3000, 21), campaign);
    let context = context(&file);
    let list = &context.campaigns().list;
    assert!(overlap(&context, &planted, Kind::CrossSite) >= 0.75, "{list:?}");
}

#[test]
fn praise_on_both_sites_is_no_matter_of_one() {
    let mut numbers = Numbers(52);
    let campaign = (0..40)
        .map(|i| {
            let day = START + 400 + numbers.below(200) as i32;
            named(on(["a", "b"][i % 2], review(&format!("x{i}"), 20, day, 5.0)))
        })
        .collect();
    let (file, _) = plant(on_two_sites(3000, 22), campaign);
    let context = context(&file);
    assert_eq!(of_kind(&context, Kind::CrossSite), Vec::<&Campaign>::new());
}

#[test]
fn a_site_that_all_properties_move_to_is_no_campaign() {
    // From the middle of the time on, nine in ten write on the other site, whatever the property.
    let mut numbers = Numbers(53);
    let file = ordinary(3000, 23)
        .into_iter()
        .map(|review| {
            let late = review.published.is_some_and(|date| date.day > START + 550);
            let moved = late == (numbers.below(10) > 0);
            named(on(if moved { "b" } else { "a" }, review))
        })
        .collect();
    let context = context(&with_ids(file));
    assert_eq!(of_kind(&context, Kind::CrossSite), Vec::<&Campaign>::new());
}

/// Accounts that show ten to two hundred reviews.
fn showing_reviews(file: Vec<Review>) -> Vec<Review> {
    let mut numbers = Numbers(54);
    file.into_iter()
        .map(|review| Review {
            reviewer_reviews: Some(10 + numbers.below(190) as u32),
            ..review
        })
        .collect()
}

#[test]
fn a_small_burst_of_new_accounts_is_found_and_one_of_the_usual_accounts_is_not() {
    // By reviewers of the file, so that only what their accounts show can tell.
    let burst = |shown: u32| -> Vec<Review> {
        let of = |i: usize| Review {
            reviewer_reviews: Some(shown),
            ..review(
                &format!("u{}", 40 * i + 3),
                0,
                START + 500 + 2 * i as i32,
                [5.0, 4.0][i % 2],
            )
        };
        (0..12).map(of).collect()
    };
    let overlap_of = |shown: u32| {
        let (file, planted) = plant(showing_reviews(ordinary(3000, 24)), burst(shown));
        overlap(&context(&file), &planted, Kind::Burst)
    };
    let (new, usual) = (overlap_of(2), overlap_of(60));
    assert!(new >= 0.75, "{new}");
    assert_eq!(usual, 0.0);
}

#[test]
fn a_burst_keeps_its_edges_and_leaves_the_usual_reviews_out() {
    let mut numbers = Numbers(55);
    let burst = (0..36)
        .map(|i| review(&format!("x{i}"), 8, START + 500 + numbers.below(13) as i32, 5.0))
        .collect();
    let (file, planted) = plant(ordinary(3000, 25), burst);
    let context = context(&file);
    assert!(
        overlap(&context, &planted, Kind::Burst) >= 0.85,
        "{:?}",
        context.campaigns().list
    );
}

#[test]
fn accounts_that_only_attack_belong_to_the_attack_and_old_complaints_do_not() {
    let mut numbers = Numbers(56);
    let mut campaign: Vec<Review> = (0..20)
        .map(|i| review(&format!("x{i}"), 14, START + 600 + numbers.below(30) as i32, 1.0))
        .collect();
    campaign.extend((0..8).map(|i| review(&format!("x{i}"), 22, START + 590 + 6 * i, 5.0)));
    let file = ordinary(3000, 26);
    let old = |row: &u32| file.get(*row as usize).is_some_and(|review| review.rating == Some(1.0));
    let (planted_file, planted) = plant(file.clone(), campaign);
    let context = context(&planted_file);
    let list = &context.campaigns().list;
    assert!(overlap(&context, &planted, Kind::CompetitorAttack) >= 0.9, "{list:?}");
    let attack = of_kind(&context, Kind::CompetitorAttack)[0];
    assert!(attack.members.iter().filter(|row| old(row)).count() <= 2, "{attack:?}");
}

#[test]
fn a_group_is_found_where_months_alone_are_known_and_properties_are_crowded() {
    let by_month = |mut review: Review| {
        review.published = review.published.and_then(|date| {
            let (year, month, _) = date.ymd();
            Date::from_ym(year, month)
        });
        review
    };
    let group = (0..5).flat_map(|member| {
        (0..5).map(move |target| review(&format!("x{member}"), target, START + 400 + 31 * target as i32, 5.0))
    });
    let (file, planted) = plant(ordinary(3000, 27), group.collect());
    let file: Vec<Review> = file.into_iter().map(by_month).collect();
    let found = context(&file);
    assert!(
        overlap(&found, &planted, Kind::Group) >= 0.8,
        "{:?}",
        found.campaigns().list
    );
    // As many travellers, each on his own way through the same houses.
    let alone = (0..5).flat_map(|member| {
        (0..5).map(move |target| {
            review(
                &format!("x{member}"),
                target,
                START + 200 * member + 31 * target as i32,
                5.0,
            )
        })
    });
    let (file, _) = plant(ordinary(3000, 27), alone.collect());
    let file: Vec<Review> = file.into_iter().map(by_month).collect();
    assert_eq!(of_kind(&context(&file), Kind::Group), Vec::<&Campaign>::new());
}

/// A file in which every review has words of its own.
fn written(file: Vec<Review>, seed: u64) -> Vec<Review> {
    let mut numbers = Numbers(seed);
    file.into_iter()
        .map(|review| Review {
            text: Some(words(&mut numbers, 30)),
            ..review
        })
        .collect()
}

#[test]
fn half_a_template_joins_its_cluster_and_a_phrase_of_it_does_not() {
    let mut numbers = Numbers(57);
    let template: Vec<String> = words(&mut numbers, 36).split(' ').map(str::to_owned).collect();
    let mut campaign = Vec::new();
    for i in 0..12 {
        let mut text = template.clone();
        text[(i * 5) % 36] = words(&mut numbers, 1);
        campaign.push(saying(
            text.join(" "),
            review(&format!("x{i}"), i as u64 % 4, START + 300 + i as i32, 5.0),
        ));
    }
    for i in 0..4 {
        let text = format!("{} {}", template[i..i + 20].join(" "), words(&mut numbers, 12));
        campaign.push(saying(
            text,
            review(&format!("y{i}"), i as u64, START + 320 + i as i32, 5.0),
        ));
    }
    let (mut file, planted) = plant(written(ordinary(2000, 28), 58), campaign);
    let innocent = file.len() as u32..file.len() as u32 + 4;
    for i in 0..4 {
        let text = format!("{} {}", template[3 * i..3 * i + 8].join(" "), words(&mut numbers, 20));
        file.push(saying(
            text,
            review(&format!("z{i}"), i as u64, START + 310 + i as i32, 5.0),
        ));
    }
    let context = context(&with_ids(file));
    assert!(
        overlap(&context, &planted, Kind::NearDuplicates) >= 0.85,
        "{:?}",
        context.campaigns().list
    );
    for found in of_kind(&context, Kind::NearDuplicates) {
        assert!(!found.members.iter().any(|row| innocent.contains(row)), "{found:?}");
    }
}

#[test]
fn an_attack_written_from_a_template_is_one_finding() {
    let mut numbers = Numbers(59);
    let template = words(&mut numbers, 40);
    let mut campaign: Vec<Review> = (0..16)
        .map(|i| {
            let text = if i < 8 {
                template.clone()
            } else {
                words(&mut numbers, 30)
            };
            saying(text, review(&format!("x{i}"), 14, START + 600 + i, 1.0))
        })
        .collect();
    campaign.extend((0..10).map(|i| {
        saying(
            words(&mut numbers, 30),
            review(&format!("x{i}"), 22, START + 590 + 4 * i, 5.0),
        )
    }));
    let (file, planted) = plant(written(ordinary(3000, 29), 60), campaign);
    let context = context(&file);
    let list = &context.campaigns().list;
    let touching: Vec<&Campaign> = list
        .iter()
        .filter(|found| found.members.iter().any(|row| planted.contains(row)))
        .collect();
    assert_eq!(touching.len(), 1, "{touching:?}");
    assert_eq!(touching[0].kind, Kind::CompetitorAttack);
    assert!(touching[0].also.contains(&Kind::NearDuplicates), "{touching:?}");
    assert!(
        overlap(&context, &planted, Kind::CompetitorAttack) >= 0.9,
        "{touching:?}"
    );
}

#[test]
fn a_copy_that_strays_into_a_burst_is_not_part_of_it() {
    let mut numbers = Numbers(61);
    let text = words(&mut numbers, 40);
    let mut campaign: Vec<Review> = (0..30)
        .map(|i| {
            saying(
                words(&mut numbers, 30),
                review(&format!("x{i}"), 12, START + 500 + i % 10, 5.0),
            )
        })
        .collect();
    campaign.push(saying(text.clone(), review("y0", 12, START + 505, 5.0)));
    campaign.extend((1..4).map(|i| saying(text.clone(), review(&format!("y{i}"), i, START + 200 * i as i32, 5.0))));
    let (file, planted) = plant(written(ordinary(3000, 30), 62), campaign);
    let context = context(&file);
    let bursts = of_kind(&context, Kind::Burst);
    assert!(
        bursts
            .iter()
            .all(|burst| planted[31..].iter().all(|row| !burst.members.contains(row))),
        "{bursts:?}"
    );
    let copies = of_kind(&context, Kind::NearDuplicates);
    assert!(copies.len() == 1 && copies[0].members.len() == 4, "{copies:?}");
}

#[test]
fn a_burst_weighs_no_more_than_its_one_cause() {
    let mut numbers = Numbers(63);
    let burst = (0..30)
        .map(|i| review(&format!("x{i}"), 12, START + 500 + numbers.below(10) as i32, 5.0))
        .collect();
    let (file, _) = plant(ordinary(3000, 1), burst);
    let context = context(&file);
    let burst = of_kind(&context, Kind::Burst)[0];
    assert!(burst.strength > 5.0, "{burst:?}");
    assert_eq!(burst.weight(), (burst.members.len() as f64).log10() + 3.4);
}

/// A busy house: four reviews a day, by a hundred reviewers who show fifty reviews.
fn busy_house() -> Vec<Review> {
    (0..1600)
        .map(|i| Review {
            reviewer_reviews: Some(50),
            ..review(
                &format!("u{}", i % 100),
                0,
                START + i / 4,
                [3.0, 4.0, 5.0, 4.0, 2.0][i as usize % 5],
            )
        })
        .collect()
}

#[test]
fn a_burst_of_two_sorts_of_new_accounts_keeps_members() {
    let mut burst = Vec::new();
    for i in 0..14 {
        let day = START + 200 + i % 5;
        // One review in the file, many on the site; and the reverse.
        let (lone, few) = (
            review(&format!("v{i}"), 0, day, 4.0),
            review(&format!("n{i}"), 0, day, 4.0),
        );
        burst.extend([(lone, 50), (few, 2)].map(|(review, shown)| Review {
            reviewer_reviews: Some(shown),
            ..review
        }));
    }
    let mut file = busy_house();
    file.extend((0..14).map(|i| Review {
        reviewer_reviews: Some(2),
        ..review(&format!("n{i}"), 1, START + 27 * i, 4.0)
    }));
    let (file, planted) = plant(file, burst);
    let context = context(&file);
    let bursts = of_kind(&context, Kind::Burst);
    assert!(
        bursts.len() == 1 && bursts[0].members.iter().filter(|row| planted.contains(row)).count() >= 14,
        "{bursts:?}"
    );
}

#[test]
fn reviews_without_a_reviewer_stay_in_a_burst_of_one_time_authors() {
    let mut burst: Vec<Review> = (0..28)
        .map(|i| review(&format!("v{i}"), 0, START + 200 + i % 7, 5.0))
        .collect();
    for review in burst.iter_mut().step_by(4) {
        review.reviewer_id = None;
    }
    let (file, planted) = plant(busy_house(), burst);
    let context = context(&file);
    let bursts = of_kind(&context, Kind::Burst);
    assert!(bursts.len() == 1 && bursts[0].members == planted, "{bursts:?}");
}

#[test]
fn of_a_harsh_critic_and_an_insider_the_insider_is_told() {
    let mut numbers = Numbers(71);
    let mut somewhen = move || START + numbers.below(900) as i32;
    let mut campaign: Vec<Review> = (0..2).map(|p| review("critic", p, somewhen(), 5.0)).collect();
    campaign.extend((10..22).map(|p| review("critic", p, somewhen(), 1.0)));
    campaign.extend((0..8).map(|p| review("insider", p, somewhen(), 5.0)));
    campaign.extend((30..38).map(|p| review("insider", p, somewhen(), 1.0 + (p % 2) as f64)));
    let mut numbers = Numbers(72);
    let mut file = Vec::new();
    for property in 0..60 {
        for i in 0..60 {
            let stars = [4.0, 5.0, 5.0, 4.0, 4.0, 3.0, 5.0, 4.0, 5.0, 2.0][numbers.below(10) as usize];
            let day = START + numbers.below(900) as i32;
            file.push(review(&format!("u{property}x{i}"), property, day, stars));
        }
        for _ in 0..5 {
            let day = START + numbers.below(900) as i32;
            let other = 8 + numbers.below(52);
            file.push(review(
                &format!("w{property}"),
                other,
                day,
                2.0 + numbers.below(4) as f64,
            ));
        }
    }
    let (mut file, planted) = plant(file, campaign);
    for review in &mut file {
        let property = review.property_id.clone().unwrap_or_default();
        let own = ["p0", "p1", "p2", "p3", "p4", "p5", "p6", "p7"].contains(&property.as_str());
        review.property_brand = Some(if own { "Lorvane".to_owned() } else { property });
        review.property_place = Some("York".to_owned());
    }
    let context = context(&file);
    let list = &context.campaigns().list;
    assert!(overlap(&context, &planted[14..], Kind::Insider) >= 0.9, "{list:?}");
}
