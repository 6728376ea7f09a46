//! The arithmetic of findings, and what they say of small made-up files.

use super::*;
use crate::context::Horizon;
use proptest::prelude::*;

fn judged(probability: f64, rating: Option<f64>) -> Judged {
    Judged {
        milli_logit: ((probability / (1.0 - probability)).ln() * 1000.0)
            .round()
            .clamp(-1e6, 1e6) as i64,
        probability,
        evidence: 0.5,
        band: if probability > 0.9 { Band::Suspect } else { Band::Clear },
        rating,
        published: None,
        language: None,
    }
}

fn sums(reviews: &[(f64, f64)]) -> Sums {
    let mut sums = Sums::default();
    reviews
        .iter()
        .for_each(|(probability, rating)| sums.add(&judged(*probability, Some(*rating)), false));
    sums
}

const FILE: Shrinkage = Shrinkage {
    centre: 4.0,
    pseudo_ratings: 5.0,
    variance: 1.2,
};

prop_compose! {
    fn reviews(most: usize)(list in proptest::collection::vec((0.0f64..=1.0, 1u32..=5), 1..most)) -> Vec<(f64, f64)> {
        list.into_iter().map(|(probability, stars)| (probability, f64::from(stars))).collect()
    }
}

proptest! {
    #[test]
    fn taking_nothing_away_changes_nothing(reviews in reviews(60)) {
        let innocent: Vec<(f64, f64)> = reviews.iter().map(|(_, stars)| (0.0, *stars)).collect();
        let sums = sums(&innocent);
        let (now, without) = (FILE.as_it_stands(&sums).unwrap(), FILE.without_suspects(&sums).unwrap());
        for (now, without) in [(now.mean, without.mean), (now.low, without.low), (now.high, without.high)] {
            prop_assert!((now - without).abs() < 1e-9, "{} against {}", now, without);
        }
    }

    #[test]
    fn a_suspect_review_is_as_good_as_absent(reviews in reviews(30), stars in 1u32..=5) {
        let before = FILE.without_suspects(&sums(&reviews)).unwrap();
        let mut more = sums(&reviews);
        more.add(&judged(1.0, Some(f64::from(stars))), false);
        prop_assert!((FILE.without_suspects(&more).unwrap().mean - before.mean).abs() < 1e-9);
    }

    #[test]
    fn estimates_stay_on_the_scale_and_between_centre_and_ratings(reviews in reviews(60)) {
        let sums = sums(&reviews);
        let least = reviews.iter().map(|(_, stars)| *stars).fold(FILE.centre, f64::min);
        let most = reviews.iter().map(|(_, stars)| *stars).fold(FILE.centre, f64::max);
        for found in [FILE.as_it_stands(&sums).unwrap(), FILE.without_suspects(&sums).unwrap()] {
            prop_assert!(1.0 <= found.low && found.low <= found.mean && found.mean <= found.high && found.high <= 5.0);
            prop_assert!(least - 1e-9 <= found.mean && found.mean <= most + 1e-9);
        }
    }

    #[test]
    fn order_and_division_do_not_matter(reviews in reviews(40), cut in 0usize..40) {
        let cut = cut.min(reviews.len());
        let mut parts = sums(&reviews[cut..]);
        parts.merge(&sums(&reviews[..cut]));
        prop_assert_eq!(sums(&reviews), parts);
    }

    #[test]
    fn strength_grows_with_every_review(reviews in reviews(20)) {
        let mut more = sums(&reviews);
        more.add(&judged(0.5, None), false);
        prop_assert!(more.evidence() > sums(&reviews).evidence() && more.evidence() < 1.0);
    }
}

/// Worked out by hand: five ratings of the centre, 4, and the given ones; the variance is 1.2 by construction for one.
#[test]
fn few_reviews_stay_near_the_files_mean() {
    let one = FILE.as_it_stands(&sums(&[(0.0, 1.0)])).unwrap();
    assert!((one.mean - 21.0 / 6.0).abs() < 1e-12);
    assert!((one.high - one.mean - 1.959_963_984_540_054 * (1.2f64 / 6.0).sqrt()).abs() < 1e-12);
    let many = FILE.as_it_stands(&sums(&[(0.0, 1.0); 495])).unwrap();
    assert!((many.mean - 515.0 / 500.0).abs() < 1e-12);
    // Half a review of one star: (0.5 + 20) / 5.5.
    let doubtful = FILE.without_suspects(&sums(&[(0.5, 1.0)])).unwrap();
    assert!((doubtful.mean - 20.5 / 5.5).abs() < 1e-12);
    // s^2 (w^2 + k) + w (1 - w) (r - mean)^2, over (w + k)^2.
    let variance = (1.2 * 5.25 + 0.25 * (1.0f64 - 20.5 / 5.5).powi(2)) / 5.5f64.powi(2);
    assert!((doubtful.high - doubtful.mean - 1.959_963_984_540_054 * variance.sqrt()).abs() < 1e-9);
}

#[test]
fn a_property_without_ratings_has_no_estimate() {
    let mut sums = Sums::default();
    sums.add(&judged(0.2, None), false);
    assert_eq!((FILE.as_it_stands(&sums), FILE.without_suspects(&sums)), (None, None));
    assert_eq!(Shrinkage::of(&[]).centre, 3.0);
}

/// Properties that differ much are shrunk less than those that do not.
#[test]
fn shrinkage_is_learnt_from_the_file() {
    let of = |means: [f64; 6]| {
        let properties: Vec<Sums> = means
            .iter()
            .map(|mean| sums(&[(0.0, mean - 0.5), (0.0, mean + 0.5), (0.0, *mean), (0.0, *mean)]))
            .collect();
        Shrinkage::of(&properties).pseudo_ratings
    };
    assert_eq!(of([3.5; 6]), 50.0);
    assert_eq!(of([1.5, 4.5, 2.0, 4.0, 1.5, 4.5]), 2.0);
    assert_eq!(Shrinkage::of(&[sums(&[(0.0, 4.0); 9])]).pseudo_ratings, 10.0);
}

/// A file with two houses: one with ten of forty reviews suspect, one with none; and one that has two reviews.
pub(crate) fn example() -> (Context, Findings) {
    let review = |row: usize| {
        let (property, answered) = match row {
            0..40 => ("Gannet", row.is_multiple_of(2)),
            40..80 => ("Lorvane", false),
            _ => ("Tessandre", false),
        };
        Review {
            id: Some(row.to_string()),
            property_name: Some(property.to_owned()),
            reviewer_id: Some(format!("u{row}")),
            rating: Some(if row < 10 { 5.0 } else { f64::from(2 + (row % 3) as u32) }),
            response_text: answered.then(|| format!("Thank you, guest number {row}, and come again.")),
            responses_known: true,
            ..Review::default()
        }
    };
    let all: Vec<Review> = (0..82).map(review).collect();
    let context = crate::context::testing::context(&all, Horizon::Full);
    let mut findings = Findings::new(&context, 5);
    for (row, review) in all.iter().enumerate() {
        let score = judged(if row < 10 { 0.95 } else { 0.05 }, review.rating);
        findings.add(&context, row, &score);
        let property = context.property_of(row).unwrap();
        if context.first_row_of(property) == row {
            findings.call(property, Called::of(review));
        }
    }
    (context, findings)
}

#[test]
fn each_property_gets_its_own_answer() {
    let (context, findings) = example();
    let found = findings.properties(&context);
    let names: Vec<(&str, Standing)> = found
        .iter()
        .map(|property| (property.called.shown(), property.standing))
        .collect();
    assert_eq!(
        names,
        [
            ("Gannet", Standing::WorthALook),
            ("Lorvane", Standing::NothingStandsOut),
            ("Tessandre", Standing::NotEnoughData)
        ]
    );
    let gannet = &found[0];
    assert_eq!(
        (gannet.sums.suspect, gannet.sums.judged, gannet.sums.share_suspect()),
        (10, 40, Some(0.25))
    );
    assert!(gannet.shift().unwrap() < -0.2 && gannet.p_value < 1e-6);
    assert_eq!(gannet.bursts, None, "the file has no dates");
    let answers = gannet.answers.unwrap();
    // Of rows 10 to 39 those with two stars are 12, 15, ... 39; the even ones were answered.
    assert_eq!(
        (
            answers.known,
            answers.answered,
            answers.critical,
            answers.critical_answered
        ),
        (40, 20, 10, 5)
    );
    assert_eq!(found[1].reviewers, Some((40, 40)));
    assert!(found[1].shift().unwrap().abs() < 0.02);
}

#[test]
fn sentences_say_what_was_found_in_both_languages() {
    let (context, findings) = example();
    let found = findings.properties(&context);
    let said = |at: usize, tongue| found[at].sentence(tongue);
    use crate::explain::Tongue::{En, Fr};
    assert!(said(0, En).starts_with("Worth a look: 10 of 40 judged reviews suspect, where 1.0 % would be expected; "));
    assert!(said(0, En).contains("; the owner answered 5 of 10 reviews of two stars or fewer"));
    assert!(said(0, Fr).starts_with("À examiner : 10 avis suspects sur 40 jugés"));
    assert!(said(1, En).starts_with("Nothing stands out: none of 40 judged reviews is suspect; "));
    assert_eq!(
        said(2, En),
        "Not enough data: 2 reviews, 2 of them with enough evidence to judge."
    );
    assert_eq!(
        said(2, Fr),
        "Données insuffisantes : 2 avis, dont 2 avec assez d'éléments pour juger."
    );
}

#[test]
fn counts_of_the_file_add_up_and_the_worst_come_first() {
    let (_, findings) = example();
    assert_eq!(findings.scored(), 82);
    assert_eq!(
        (findings.in_band(Band::Suspect), findings.in_band(Band::Clear)),
        (10, 72)
    );
    assert_eq!(findings.histogram.iter().sum::<u64>(), 82);
    assert_eq!(findings.histogram[19], 10);
    assert_eq!(findings.undated, 82);
    assert_eq!(findings.worst().collect::<Vec<_>>(), [0, 1, 2, 3, 4]);
}
