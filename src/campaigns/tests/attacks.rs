//! Low ratings from accounts that praise a rival.

use super::*;

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
