//! The views against a reference that looks at all rows again for every row, and their independence of order.

use super::testing::{context, context_of};
use super::*;
use crate::campaigns::CampaignView;
use crate::review::{Date, Precision, Review};
use crate::text::Language;
use proptest::prelude::*;

const TEXTS: [&str; 6] = [
    "The room was clean and the staff friendly, the breakfast was cold.",
    "The room was clean and the staff friendly, the breakfast was cold and late.",
    "Dirty bathroom, rude staff. Never again will we stay in this house by the station.",
    "A lovely view over the lake from the balcony and a very good dinner on Sunday.",
    "We came for the jazz festival and slept well in spite of the street below.",
    "Good.",
];
const ANSWERS: [&str; 2] = [
    "Thank you for your kind words, we hope to see you again soon.",
    "The boiler was replaced on Monday, sorry about the cold shower in the annexe.",
];

prop_compose! {
    fn a_review()(
        id in proptest::option::weighted(0.9, 0u32..60),
        site in 0..2usize,
        property in proptest::option::weighted(0.9, 0u32..3),
        reviewer in proptest::option::weighted(0.8, 0u32..6),
        rating in proptest::option::weighted(0.9, 1u32..=5),
        day in proptest::option::weighted(0.9, 19_000i32..19_060),
        precision in prop_oneof![4 => Just(Precision::Day), 1 => Just(Precision::Month)],
        text in proptest::option::weighted(0.8, 0..TEXTS.len()),
        french in any::<bool>(),
        answer in proptest::option::weighted(0.3, (0..ANSWERS.len(), 0i32..20)),
        brand in proptest::option::weighted(0.5, 0u32..2),
    ) -> Review {
        let published = day.map(|day| if precision == Precision::Month {
            let (year, month, _) = Date { day, precision: Precision::Day }.ymd();
            Date::from_ym(year, month).expect("a month")
        } else { Date { day, precision } });
        Review {
            id: id.map(|id| id.to_string()),
            site: Some(["here", "there"][site].to_owned()),
            property_id: property.map(|property| property.to_string()),
            property_name: property.map(|property| format!("House {}", ["Lorvane", "Tessandre", "Gannet"][property as usize])),
            property_place: Some("Lyon, France".to_owned()),
            property_brand: brand.map(|brand| brand.to_string()),
            reviewer_id: reviewer.map(|reviewer| reviewer.to_string()),
            reviewer_name: reviewer.map(|reviewer| ["Ann", "bob12", "cid34", "Dan", "eve", "Fay 9"][reviewer as usize].to_owned()),
            rating: rating.map(f64::from),
            text: text.map(|text| TEXTS[text].to_owned()),
            language: Some(if french { Language::FR } else { Language::EN }),
            published,
            responses_known: true,
            response_text: answer.map(|(answer, _)| ANSWERS[answer].to_owned()),
            response_date: answer.zip(published).map(|((_, delay), date)| Date { day: date.day + delay, precision: Precision::Day }),
            trip_type: Some(if french { "couple" } else { "family" }.to_owned()),
            ..Review::default()
        }
    }
}

/// Files without repeated ids, for the reference; the same review standing twice has tests of its own.
fn a_file() -> impl Strategy<Value = Vec<Review>> {
    proptest::collection::vec(a_review(), 1..40).prop_map(|mut reviews| {
        for (i, review) in reviews.iter_mut().enumerate() {
            review.id = Some(i.to_string());
        }
        reviews
    })
}

fn first_and_last(review: &Review) -> Option<(i32, i32)> {
    let date = review.published?;
    Some(if date.precision == Precision::Day {
        (date.day, date.day)
    } else {
        event::month_of(date.day)
    })
}

/// Whether `b` is seen from `a`.
fn sees(a: &Review, b: &Review, horizon: Horizon) -> bool {
    a.id != b.id
        && (horizon == Horizon::Full
            || matches!((first_and_last(a), first_and_last(b)), (Some((start, _)), Some((_, end))) if end < start))
}

fn ratings<'r>(reviews: impl Iterator<Item = &'r Review>) -> Ratings {
    let mut ratings = Ratings::default();
    reviews
        .filter_map(|review| review.rating)
        .for_each(|rating| ratings.add(rating));
    ratings
}

fn distinct<T: Ord>(items: impl Iterator<Item = T>) -> u32 {
    items.collect::<std::collections::BTreeSet<T>>().len() as u32
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn a_whole_property_is_what_one_review_sees_of_it_and_that_review(reviews in a_file()) {
        let context = context(&reviews, Horizon::Full);
        let counted: Vec<usize> = (0..reviews.len()).filter(|row| context.counts_for_property(*row)).collect();
        let all: u32 = (0..context.property_count()).map(|property| context.whole_property(property).reviews).sum();
        prop_assert_eq!(counted.len() as u32, all);
        for row in counted {
            let whole = context.whole_property(context.property_of(row).expect("has one"));
            let view = context.around(row).property.expect("has one");
            let mut ratings = view.ratings;
            reviews[row].rating.into_iter().for_each(|rating| ratings.add(rating));
            prop_assert_eq!((whole.reviews, whole.ratings), (view.reviews + 1, ratings));
            prop_assert_eq!((whole.sites, whole.ratings_elsewhere), (view.sites, view.ratings_elsewhere));
            let answered = u32::from(reviews[row].response_text.is_some());
            let known = |answers: Option<Answers>| answers.map_or((0, 0), |answers| (answers.known, answers.answered));
            let (known_now, answered_now) = known(whole.answers);
            prop_assert_eq!((known_now, answered_now), {
                let (known, others) = known(view.answers);
                (known + u32::from(reviews[row].responses_known || answered > 0), others + answered)
            });
            let mine = u32::from(reviews[row].reviewer_id.is_some());
            prop_assert!(whole.reviewers <= view.reviewers + mine && whole.reviewers >= view.reviewers);
        }
    }

    #[test]
    fn views_are_those_of_the_reference(reviews in a_file(), full in any::<bool>()) {
        let horizon = if full { Horizon::Full } else { Horizon::AsOf };
        let context = context(&reviews, horizon);
        for (row, mine) in reviews.iter().enumerate() {
            let around = context.around(row);
            let seen: Vec<&Review> = reviews.iter().filter(|other| sees(mine, other, horizon)).collect();
            let undated = !full && mine.published.is_none();
            prop_assert_eq!(around.property.is_some(), mine.property_id.is_some() && !undated);
            prop_assert_eq!(around.reviewer.is_some(), mine.reviewer_id.is_some() && !undated);
            let reviewer_of = |review: &Review| (review.site.clone(), review.reviewer_id.clone());
            let day = |review: &Review| review.published.and_then(Date::exact_day);
            if let Some(view) = &around.property {
                let same_site: Vec<&Review> = seen.iter().copied().filter(|other| (&other.property_id, &other.site) == (&mine.property_id, &mine.site)).collect();
                prop_assert_eq!(view.reviews, same_site.len() as u32);
                prop_assert_eq!(view.ratings, ratings(same_site.iter().copied()));
                prop_assert_eq!(view.ratings_here, view.ratings);
                prop_assert_eq!(view.ratings_elsewhere, ratings(seen.iter().copied().filter(|other| other.property_id == mine.property_id && other.site != mine.site)));
                let others: Vec<&Review> = same_site.iter().copied().filter(|other| other.reviewer_id.is_some() && other.reviewer_id != mine.reviewer_id).collect();
                prop_assert_eq!(view.reviewers, distinct(others.iter().map(|other| reviewer_of(other))));
                // One review in all that is known: in the whole file, or in what was public.
                let is_single = |other: &Review| {
                    let known = reviews.iter().filter(|any| reviewer_of(any) == reviewer_of(other));
                    known.filter(|any| full || sees(mine, any, horizon)).count() == 1
                };
                let singles = || others.iter().copied().filter(|other| is_single(other));
                prop_assert_eq!(view.single_reviewers, singles().count() as u32);
                prop_assert_eq!(view.languages.kinds, distinct(same_site.iter().filter(|other| other.text.is_some()).map(|other| other.language)));
                prop_assert_eq!(view.same_language, same_site.iter().filter(|other| other.text.is_some() && mine.text.is_some() && other.language == mine.language).count() as u32);
                prop_assert_eq!(view.months, distinct(same_site.iter().filter_map(|other| first_and_last(other)).map(|(start, _)| event::month_of(start))));
                let shape = |review: &Review| review.reviewer_name.as_deref().map(name_shape);
                prop_assert_eq!(view.same_name_shape, others.iter().filter(|other| mine.reviewer_name.is_some() && shape(other) == shape(mine)).count() as u32);
                let before = |other: &&&Review| matches!((first_and_last(mine), first_and_last(other)), (Some((start, _)), Some((_, end))) if end < start);
                prop_assert_eq!(view.rank, mine.published.map(|_| same_site.iter().filter(before).count() as u32));
                let answers = view.answers.unwrap_or_default();
                let public = |other: &&&Review| other.response_text.is_some() && (full || match (day(other), other.response_date) {
                    (Some(_), Some(answer)) => answer.day < first_and_last(mine).expect("dated").0,
                    _ => true,
                });
                prop_assert_eq!(answers.answered, same_site.iter().filter(public).count() as u32);
                prop_assert_eq!(answers.critical, same_site.iter().filter(|other| other.rating.is_some_and(|rating| rating <= 2.0)).count() as u32);
                prop_assert_eq!(view.burst.is_some(), day(mine).is_some());
                if let (Some(burst), Some(own)) = (view.burst, day(mine)) {
                    let window = if full { own - 3..=own + 3 } else { own - 6..=own - 1 };
                    let inside = |other: &&Review| day(other).is_some_and(|day| window.contains(&day));
                    prop_assert_eq!(burst.reviews, same_site.iter().copied().filter(inside).count() as u32);
                    prop_assert_eq!(burst.ratings, ratings(same_site.iter().copied().filter(inside)));
                    prop_assert_eq!(burst.single_reviewers, singles().filter(inside).count() as u32, "singles in the burst");
                    let days: Vec<i32> = same_site.iter().copied().filter_map(day).chain([own]).collect();
                    prop_assert_eq!(burst.dated as usize + 1, days.len());
                    let busiest = days.iter().map(|last| days.iter().filter(|day| (last - 6..=*last).contains(day)).count()).max().unwrap_or(0);
                    prop_assert!((burst.busiest_share - busiest as f64 / days.len() as f64).abs() < 1e-6);
                    let previous = same_site.iter().copied().filter_map(day).filter(|day| *day <= own).max();
                    prop_assert_eq!(burst.days_since_previous, previous.map(|previous| (own - previous) as u32));
                }
            }
            if let Some(view) = &around.reviewer {
                let his: Vec<&Review> = seen.iter().copied().filter(|other| reviewer_of(other) == reviewer_of(mine)).collect();
                prop_assert_eq!(view.reviews, his.len() as u32);
                prop_assert_eq!(view.ratings, ratings(his.iter().copied()));
                prop_assert_eq!(view.properties, distinct(his.iter().filter_map(|other| other.property_id.as_ref())));
                let days: Vec<i32> = his.iter().copied().chain([mine]).filter_map(day).collect();
                let most = days.iter().map(|day| days.iter().filter(|other| *other == day).count() as u32).max();
                prop_assert_eq!(view.most_in_a_day, day(mine).and(most));
                let deviations: Vec<f64> = his.iter().filter_map(|review| {
                    let others = reviews.iter().filter(|other| other.id != review.id && (full || sees(mine, other, horizon)));
                    let others = others.filter(|other| review.property_id.is_some() && (&other.property_id, &other.site) == (&review.property_id, &review.site));
                    Some((review.rating? - ratings(others).mean()?).abs())
                }).collect();
                let mean = deviations.iter().sum::<f64>() / deviations.len() as f64;
                prop_assert_eq!(view.rating_deviation.is_some(), !deviations.is_empty());
                prop_assert!(view.rating_deviation.is_none_or(|found| (found - mean).abs() < 1e-5));
            }
        }
    }

    #[test]
    fn the_order_of_rows_and_the_looks_of_ids_do_not_matter(mut reviews in proptest::collection::vec(a_review(), 1..40), full in any::<bool>(), seed in any::<u64>()) {
        // Without any id, rows are told apart by position only where nothing else does.
        let horizon = if full { Horizon::Full } else { Horizon::AsOf };
        let before = context(&reviews, horizon);
        let before: Vec<Surroundings> = (0..reviews.len()).map(|row| before.around(row)).collect();
        let mut order: Vec<usize> = (0..reviews.len()).collect();
        order.sort_by_key(|row| event::key(&[&row.to_string(), &seed.to_string()]));
        let rekeyed = |id: &mut Option<String>| if let Some(id) = id { *id = format!("{}-{id}", seed % 97) };
        for review in &mut reviews {
            rekeyed(&mut review.id);
            rekeyed(&mut review.property_id);
            rekeyed(&mut review.reviewer_id);
        }
        let shuffled: Vec<Review> = order.iter().map(|row| reviews[*row].clone()).collect();
        let after = context(&shuffled, horizon);
        for (new, old) in order.iter().enumerate() {
            // The id of a campaign names its members.
            let unnamed = |around: &Surroundings| {
                let mut around = around.clone();
                around.campaign = around.campaign.map(|view| CampaignView { campaign: view.campaign.map(|(_, kind)| ("".into(), kind)), ..view });
                around
            };
            prop_assert_eq!(unnamed(&after.around(new)), unnamed(&before[*old]), "row {}", old);
        }
    }

    #[test]
    fn running_sums_are_those_of_the_stretch(reviews in proptest::collection::vec(a_review(), 100..260), a in 0.0f64..1.0, b in 0.0f64..1.0) {
        let mut reviews = reviews;
        for (i, review) in reviews.iter_mut().enumerate() {
            review.id = Some(i.to_string());
            review.property_id = Some("same".to_owned());
            review.site = None;
        }
        let context = context(&reviews, Horizon::Full);
        let slots = context.properties.slots(0);
        let at = |share: f64| (share * slots.len() as f64) as usize;
        let (from, to) = (at(a.min(b)), at(a.max(b)).max(if a > 0.5 { slots.len() } else { 0 }));
        let sums = context.runs.properties.sum(&context.properties, &context.cores, &context.lone, from..to);
        let mut plain = groups::Sums::default();
        for slot in from..to {
            let row = context.properties.entries[slot] as usize;
            plain.add(&context.cores[row], context.lone[row]);
        }
        prop_assert_eq!(sums, plain);
    }
}

fn dated(id: &str, reviewer: &str, property: &str, day: i32, rating: f64) -> Review {
    Review {
        id: Some(id.to_owned()),
        reviewer_id: Some(reviewer.to_owned()),
        property_id: Some(property.to_owned()),
        published: Some(Date {
            day,
            precision: Precision::Day,
        }),
        rating: Some(rating),
        ..Review::default()
    }
}

#[test]
fn a_repeated_review_id_counts_once() {
    let reviews = [
        dated("1", "u", "p", 10, 5.0),
        dated("1", "u", "p", 10, 5.0),
        dated("2", "v", "p", 20, 1.0),
    ];
    for horizon in [Horizon::Full, Horizon::AsOf] {
        let context = context(&reviews, horizon);
        assert_eq!(context.around(2).property.expect("has one").reviews, 1);
        assert_eq!(context.around(0), context.around(1));
        assert_eq!(context.around(1).reviewer.expect("has one").reviews, 0);
    }
}

#[test]
fn one_review_under_two_names_of_a_property_counts_in_both() {
    let reviews = [
        dated("1", "u", "p", 10, 5.0),
        dated("1", "u", "q", 10, 5.0),
        dated("2", "v", "p", 20, 1.0),
        dated("3", "v", "q", 20, 1.0),
    ];
    let context = context(&reviews, Horizon::Full);
    assert_eq!(context.around(2).property.expect("has one").reviews, 1);
    assert_eq!(context.around(3).property.expect("has one").reviews, 1);
    assert_eq!(context.around(0).reviewer.expect("has one").reviews, 0);
}

#[test]
fn rounded_dates_are_no_days() {
    let reviews = [dated("1", "u", "p", 19_000, 5.0), dated("2", "u", "p", 19_001, 5.0)];
    let context = context_of(&reviews, Horizon::AsOf, &[false]);
    let around = context.around(1);
    assert!(!around.corpus.days_known);
    // The same month, so neither sees the other.
    assert_eq!(around.property.expect("has one").reviews, 0);
    let reviewer = around.reviewer.expect("has one");
    assert_eq!((reviewer.most_in_a_day, reviewer.gaps), (None, None));
}

#[test]
fn an_insider_has_a_favourite_and_rivals() {
    let with = |id: &str, property: &str, brand: Option<&str>, place: &str, rating: f64| Review {
        property_brand: brand.map(str::to_owned),
        property_place: Some(place.to_owned()),
        ..dated(
            id,
            "insider",
            property,
            100 + id.parse::<i32>().expect("a number"),
            rating,
        )
    };
    let reviews = [
        with("1", "a", Some("Lorvane"), "Lyon, France", 5.0),
        with("2", "b", Some("Lorvane"), "York, UK", 5.0),
        with("3", "c", Some("Tessandre"), "Lyon, France", 1.0),
        with("4", "d", None, "York", 1.0),
        with("5", "e", Some("Tessandre"), "Galway", 4.0),
    ];
    let context = context(&reviews, Horizon::Full);
    let favourite = |row| {
        context
            .around(row)
            .reviewer
            .and_then(|view| view.favourite)
            .expect("brands are known")
    };
    let first = favourite(0);
    assert_eq!(
        (first.ratings.count, first.rivals.count, first.shared_places),
        (2, 2, 2)
    );
    assert_eq!((first.praise, first.praise_of_favourite), (3, 2));
    assert_eq!(
        [favourite(0).side, favourite(3).side, favourite(4).side],
        [Side::Favourite, Side::Rival, Side::Neither]
    );
}

#[test]
fn copies_are_found_and_repeated_ids_are_none() {
    let with = |id: &str, reviewer: &str, property: &str, day: i32, text: usize| Review {
        text: Some(TEXTS[text].to_owned()),
        language: Some(Language::EN),
        ..dated(id, reviewer, property, day, 5.0)
    };
    let reviews = [
        with("1", "u", "p", 10, 0),
        with("2", "v", "q", 20, 0),
        with("3", "u", "p", 30, 1),
        with("3", "u", "p", 30, 1),
        with("4", "w", "p", 40, 2),
        with("5", "w", "p", 50, 5),
        with("6", "x", "q", 60, 5),
        with("4", "w", "q", 41, 2),
    ];
    let copy = |horizon, row: usize| context(&reviews, horizon).around(row).copy;
    let first = copy(Horizon::Full, 0).expect("has words");
    assert_eq!(
        (first.similarity, first.copies, first.same_reviewer, first.same_property),
        (1.0, 2, false, false)
    );
    // Ten of twelve shingles are shared.
    let edited = copy(Horizon::Full, 2).expect("has words");
    assert!((edited.similarity - 10.0 / 12.0).abs() < 0.1, "{}", edited.similarity);
    assert_eq!(
        (edited.copies, edited.same_reviewer, edited.same_property),
        (2, true, true)
    );
    assert_eq!(
        copy(Horizon::Full, 4),
        Some(CopyView::default()),
        "the same id again is no copy"
    );
    assert_eq!(copy(Horizon::Full, 5), None, "one word is no text to copy");
    // The first writer copied nobody.
    assert_eq!(copy(Horizon::AsOf, 0), Some(CopyView::default()));
    assert_eq!(copy(Horizon::AsOf, 1).map(|copy| copy.copies), Some(1));
}

#[test]
fn travel_is_between_stays_where_their_days_are_known() {
    let with = |id: &str, place: &str, day: i32, stay: i32| Review {
        property_place: Some(place.to_owned()),
        experienced: Some(Date {
            day: stay,
            precision: Precision::Day,
        }),
        ..dated(id, "u", id, day, 5.0)
    };
    let reviews = [
        with("1", "Lyon, France", 50, 10),
        with("2", "Sydney, Australia", 50, 11),
        with("3", "York, UK", 50, 40),
    ];
    let context = context(&reviews, Horizon::Full);
    let travel = |row: usize| context.around(row).reviewer.and_then(|view| view.travel);
    let first = travel(0).expect("two stays in a week");
    assert!(first.stays && first.days == 1 && first.km > 16_000.0, "{first:?}");
    assert_eq!(travel(2), None);
}
