//! Reviewers who visit the same properties together.

use super::*;

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
