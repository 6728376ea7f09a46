//! Findings that are sides of one campaign: what the union says, weighs, and tells of its members.

use super::*;

/// The number of a piece of evidence.
fn told(campaign: &Campaign, name: &str) -> Vec<usize> {
    let facts = campaign.evidence.iter().filter(|(known, _)| *known == name);
    facts.filter_map(|(_, value)| value.parse().ok()).collect()
}

/// A file in which every review has words of its own.
fn written(reviews: Vec<Review>) -> Vec<Review> {
    let reviews = reviews.into_iter().enumerate();
    reviews.map(|(i, review)| saying(own_words(5000 + i), review)).collect()
}

/// The finding of a row.
fn of_row(context: &Context, row: u32) -> &Campaign {
    let mut list = context.campaigns().list.iter();
    list.find(|campaign| campaign.members.contains(&row)).expect("found")
}

#[test]
fn a_union_is_doubted_for_both_and_says_what_is_true_of_its_own() {
    // Forty copies here and there, ten of them in a burst of one house with a dozen guests of a wedding.
    let copy = own_words(1);
    let mut campaign: Vec<Review> = (0..40)
        .map(|i| {
            let (property, day) = if i < 10 { (12, 502 + i % 3) } else { (i % 30, 20 * i) };
            saying(
                copy.clone(),
                review(&format!("c{i}"), property as u64, START + day, 5.0),
            )
        })
        .collect();
    campaign.extend((0..12).map(|i| {
        let why = if i < 6 {
            "I work for this hotel. We came for the wedding. "
        } else {
            ""
        };
        let text = format!("{why}{}", own_words(100 + i));
        saying(text, review(&format!("x{i}"), 12, START + 500 + i as i32 % 6, 5.0))
    }));
    let (file, planted) = plant(written(ordinary(3000, 1)), campaign);
    let context = context(&file);
    let united = of_row(&context, planted[0]);
    assert_eq!(
        (united.kind, united.also.as_slice()),
        (Kind::NearDuplicates, [Kind::Burst].as_slice())
    );
    for doubt in [Doubt::NamedOccasion, Doubt::Disclosed, Doubt::Drive] {
        assert_eq!(
            united.doubts.iter().filter(|known| **known == doubt).count(),
            1,
            "{united:?}"
        );
    }
    assert_eq!(told(united, DISCLOSED), [6]);
    assert_eq!(told(united, OCCASION[1]), [6]);
    let others = united.members.len() - 40;
    assert!(others >= 12, "{united:?}");
    assert_eq!(told(united, TAKEN_IN), [others]);
    let sentence = united.sentence(crate::explain::Tongue::En, &|_| Named::default());
    assert!(sentence.starts_with("40 reviews by 40 reviewers of "), "{sentence}");
}

#[test]
fn a_copied_pair_does_not_lift_what_a_burst_weighs_and_a_template_does() {
    let burst = |copies: usize| {
        let mut numbers = Numbers(63);
        let campaign = (0..30)
            .map(|i| {
                let text = if i < copies { own_words(1) } else { own_words(100 + i) };
                let day = START + 500 + numbers.below(10) as i32;
                saying(text, review(&format!("x{i}"), 12, day, 5.0))
            })
            .collect();
        let (file, planted) = plant(written(ordinary(3000, 1)), campaign);
        of_row(&context(&file), planted[29]).clone()
    };
    let alone = |burst: &Campaign| (burst.members.len() as f64).log10() + 3.4;
    let pair = burst(2);
    assert!(pair.also.is_empty() && pair.weight() == alone(&pair), "{pair:?}");
    assert_eq!(told(&pair, COPIES_WITHIN), [2]);
    let template = burst(12);
    assert_eq!(template.also, [Kind::NearDuplicates]);
    assert!(template.weight() > alone(&template) + 3.0, "{template:?}");
    // All of them were its own.
    assert_eq!(told(&template, TAKEN_IN), Vec::<usize>::new());
}

#[test]
fn a_burst_on_one_site_has_one_cause() {
    let mut numbers = Numbers(64);
    let campaign = (0..30).map(|i| {
        (
            0,
            review(&format!("x{i}"), 20, START + 500 + numbers.below(10) as i32, 5.0),
        )
    });
    let ordinary = ordinary(3000, 21).into_iter();
    let ordinary = ordinary.map(|review| (review.reviewer_id.as_deref().unwrap_or("").len() % 2, review));
    let on_sites = ordinary.chain(campaign).map(|(site, review)| Review {
        site: Some(["a", "b"][site].to_owned()),
        property_name: review.property_id.clone(),
        ..review
    });
    let context = context(&with_ids(on_sites.collect()));
    let found = of_row(&context, 3010);
    let mut kinds = found.also.clone();
    kinds.push(found.kind);
    kinds.sort_unstable();
    assert_eq!(kinds, [Kind::Burst, Kind::CrossSite], "{found:?}");
    assert_eq!(found.weight(), (found.members.len() as f64).log10() + 3.4);
}

#[test]
fn a_group_that_is_the_smaller_part_of_a_union_is_still_told_of_its_members() {
    let copy = own_words(1);
    let mut campaign = Vec::new();
    for property in 0..6 {
        for member in 0..6 {
            let day = START + 100 + 100 * property + (member * 5 + property) % 5;
            let own = own_words(100 + (6 * property + member) as usize);
            let text = if member < 4 && property < 5 { copy.clone() } else { own };
            campaign.push(saying(text, review(&format!("g{member}"), property as u64, day, 5.0)));
        }
    }
    campaign.extend((0..40).map(|i| {
        let day = START + 20 * i % 900;
        saying(copy.clone(), review(&format!("c{i}"), 10 + i as u64 % 20, day, 5.0))
    }));
    let (file, planted) = plant(written(ordinary(3000, 4)), campaign);
    let context = context(&file);
    let united = of_row(&context, planted[0]);
    assert!(
        united.kind == Kind::NearDuplicates && united.also.contains(&Kind::Group),
        "{united:?}"
    );
    let group = |row: u32| context.campaign_view(row as usize).expect("looked for").group;
    for row in &planted[..36] {
        assert!(
            group(*row).is_some_and(|(size, tight)| size == 6 && tight > 0.9),
            "{:?}",
            group(*row)
        );
    }
    assert!(planted[36..].iter().all(|row| group(*row).is_none()));
}
