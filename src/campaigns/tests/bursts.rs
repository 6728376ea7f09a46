//! Bursts of reviews of a property.

use super::*;

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
