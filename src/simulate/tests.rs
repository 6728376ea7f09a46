//! Campaigns planted into an invented file, and whether anything but the campaign tells them apart.

use super::*;
use crate::error::Position;
use crate::normalize::{self, Convention, Field, Mapping, RawRecord, Scale, Warnings};
use crate::random::SplitMix64;
use crate::review::{Date, Precision};
use crate::train::metrics::{Metric, single};
use std::collections::{BTreeMap, BTreeSet, HashMap};

const HEADER: [&str; 14] = [
    "review_id",
    "url",
    "hotel",
    "town",
    "user_id",
    "user",
    "shown",
    "stars",
    "date",
    "stayed",
    "title",
    "text",
    "trip",
    "votes",
];

const FIELDS: [(Field, usize); 13] = [
    (Field::ReviewId, 0),
    (Field::PropertyName, 2),
    (Field::PropertyPlace, 3),
    (Field::ReviewerId, 4),
    (Field::ReviewerName, 5),
    (Field::ReviewerReviews, 6),
    (Field::Rating, 7),
    (Field::Published, 8),
    (Field::Experienced, 9),
    (Field::Title, 10),
    (Field::Text, 11),
    (Field::TripType, 12),
    (Field::HelpfulVotes, 13),
];

/// Invented reviews of 40 hotels in 5 towns over two years, four in five by people who wrote no other; ids grow with the
/// date; some cells are missing.
fn cells(grouped: bool) -> Vec<Vec<String>> {
    let mut random = SplitMix64::new(99);
    let syllables = [
        "ma", "ro", "lin", "dor", "ka", "bel", "tis", "an", "vel", "os", "ne", "gar",
    ];
    let word = |random: &mut SplitMix64, parts: usize| -> String {
        (0..parts).map(|_| syllables[random.below(syllables.len())]).collect()
    };
    let capital = |word: String| word[..1].to_uppercase() + &word[1..];
    let mut users: Vec<(String, String, String)> = Vec::new();
    let mut rows = Vec::new();
    for number in 0..1_500 {
        if users.is_empty() || random.chance(0.85) {
            let id = format!("{:016X}", random.next_u64());
            let name = match random.below(3) {
                0 => format!(
                    "{} {}",
                    capital(word(&mut random, 2)),
                    char::from(b'A' + random.below(26) as u8)
                ),
                1 => format!("{}{}", word(&mut random, 3), random.below(90) + 10),
                _ => capital(word(&mut random, 4)),
            };
            users.push((id, name, (1 + random.below(60) * random.below(3)).to_string()));
        }
        let (user_id, user, shown) = users[if random.chance(0.2) {
            random.below(users.len())
        } else {
            users.len() - 1
        }]
        .clone();
        let hotel = random.below(40) * random.below(40) / 40;
        let id = (800_000_000 + number * 9_173 + random.below(9_000)).to_string();
        let day = 18_600 + (number / 2) as i32;
        let stayed = Date {
            day: day - random.below(60) as i32,
            precision: Precision::Day,
        }
        .ymd();
        let maybe = |share: f64, value: String, random: &mut SplitMix64| {
            if random.chance(share) { value } else { String::new() }
        };
        let words = 8 + random.below(40);
        let text = (0..words)
            .map(|_| ["the ", "and ", "room ", "was ", ""][random.below(5)].to_owned() + &word(&mut random, 2));
        let text = text.collect::<Vec<_>>().join(" ");
        rows.push(vec![
            id.clone(),
            format!("https://reviews.invalid/show-{id}.html"),
            format!("Hotel {hotel}"),
            format!("Town {}", hotel % 5),
            user_id,
            user,
            maybe(0.9, shown, &mut random),
            format!("{}.0", 1 + random.below(5).max(random.below(5))),
            Date {
                day,
                precision: Precision::Day,
            }
            .to_string(),
            maybe(0.8, format!("{:04}-{:02}", stayed.0, stayed.1), &mut random),
            format!("{} {}", capital(word(&mut random, 2)), word(&mut random, 1)),
            maybe(0.95, text, &mut random),
            maybe(
                0.7,
                ["couple", "family", "business"][random.below(3)].to_owned(),
                &mut random,
            ),
            maybe(0.4, random.below(9).to_string(), &mut random),
        ]);
    }
    random.shuffle(&mut rows);
    if grouped {
        rows.sort_by(|a, b| a[2].cmp(&b[2]));
    }
    rows
}

fn table_of(header: &[&str], fields: &[(Field, usize)], cells: Vec<Vec<String>>) -> Table {
    let mut mapping = Mapping::default();
    for &(field, column) in fields {
        mapping.add(field, column);
    }
    let mut conventions = vec![Convention::default(); header.len()];
    if let Some(rating) = mapping.get(Field::Rating) {
        conventions[rating].scale = Some(Scale::FIVE);
    }
    let header = header.iter().map(|name| (*name).to_owned()).collect();
    let reading = Reading {
        header,
        mapping,
        conventions,
        ..Reading::default()
    };
    let mut warnings = Warnings::default();
    let row = |(record, cells): (u64, Vec<String>)| {
        let position = Position {
            file: "t".into(),
            record,
            line: 0,
        };
        let raw = RawRecord::from_fields(position, cells.iter().map(String::as_str));
        Some(Row {
            review: normalize::normalize(&raw, &reading, &mut warnings).ok()?,
            cells,
        })
    };
    let rows = (1..).zip(cells).filter_map(row).collect();
    Table { reading, rows }
}

fn table(grouped: bool) -> Table {
    table_of(&HEADER, &FIELDS, cells(grouped))
}

fn planted(simulated: &Simulated) -> Vec<&Vec<String>> {
    simulated
        .rows
        .iter()
        .zip(&simulated.planted)
        .filter(|(_, planted)| **planted)
        .map(|(row, _)| row)
        .collect()
}

fn column(simulated: &Simulated, name: &str) -> usize {
    simulated.header.iter().position(|column| column == name).unwrap()
}

fn options(kind: Kind, seed: u64) -> Options {
    Options {
        seed,
        ..Options::new(kind)
    }
}

/// The day of an ISO date.
fn day(cell: &str) -> i32 {
    let parts: Vec<i16> = cell.split('-').map(|part| part.parse().unwrap()).collect();
    Date::from_ymd(parts[0], parts[1] as i8, parts[2] as i8).unwrap().day
}

#[test]
fn own_rows_stay_as_they_are_and_in_their_order() {
    let table = table(false);
    for kind in Kind::ALL {
        let simulated = simulate(&table, &options(kind, 3)).unwrap();
        assert_eq!(simulated.rows.len(), 1_530, "{kind:?}");
        assert_eq!(planted(&simulated).len(), 30);
        let (label, campaign) = (column(&simulated, "label"), column(&simulated, "campaign"));
        let mut own = table.rows.iter();
        let mut changed = 0;
        for (row, planted) in simulated.rows.iter().zip(&simulated.planted) {
            assert_eq!(row.len(), simulated.header.len());
            assert_eq!(
                (row[label] == "fake", row[campaign] == format!("{}-3", kind.name())),
                (*planted, *planted)
            );
            if !planted {
                changed += usize::from(row[..HEADER.len()] != own.next().unwrap().cells);
            }
        }
        // A camouflaged campaign takes over genuine rows: 3 for each of 6 members.
        assert_eq!(changed, if kind == Kind::Camouflaged { 18 } else { 0 });
        assert_eq!(
            simulate(&table, &options(kind, 3)).unwrap(),
            simulated,
            "the same seed, the same campaign"
        );
        assert_ne!(simulate(&table, &options(kind, 4)).unwrap().rows, simulated.rows);
    }
}

#[test]
fn ids_and_names_are_new_and_links_follow() {
    let table = table(false);
    for kind in Kind::ALL {
        let simulated = simulate(&table, &options(kind, 5)).unwrap();
        let own: BTreeSet<&str> = table
            .rows
            .iter()
            .flat_map(|row| [0, 1, 4, 5].map(|column| row.cells[column].as_str()))
            .collect();
        let mut ids = BTreeSet::new();
        for row in planted(&simulated) {
            assert!(
                [0, 1, 4, 5].iter().all(|&column| !own.contains(row[column].as_str())),
                "{row:?}"
            );
            assert!(
                ids.insert(row[0].clone()) && row[1] == format!("https://reviews.invalid/show-{}.html", row[0]),
                "{row:?}"
            );
            assert_eq!(
                row[3],
                format!("Town {}", row[2]["Hotel ".len()..].parse::<usize>().unwrap() % 5)
            );
        }
    }
}

#[test]
fn nothing_but_the_campaign_tells_planted_rows_apart() {
    let table = table(false);
    let grouped = super::tests::table(true);
    let mut features: BTreeMap<&str, (Vec<f64>, Vec<bool>)> = BTreeMap::new();
    for kind in Kind::ALL {
        for seed in 1..=6 {
            let simulated = simulate(&table, &options(kind, seed)).unwrap();
            let ranks = |values: Vec<f64>| -> Vec<f64> {
                let mut order: Vec<usize> = (0..values.len()).collect();
                order.sort_by(|&a, &b| values[a].total_cmp(&values[b]));
                let mut ranks = vec![0.0; values.len()];
                for (rank, row) in order.into_iter().enumerate() {
                    ranks[row] = rank as f64 / values.len() as f64;
                }
                ranks
            };
            let by_id = ranks(simulated.rows.iter().map(|row| row[0].parse().unwrap()).collect());
            let by_day = ranks(simulated.rows.iter().map(|row| f64::from(day(&row[8]))).collect());
            let mut seen = BTreeSet::new();
            for (at, row) in simulated.rows.iter().enumerate() {
                let share =
                    |is: &dyn Fn(char) -> bool, text: &str| text.chars().filter(|c| is(*c)).count() as f64 / 40.0;
                let mut put = |name, value: f64| {
                    let (values, labels) = features.entry(name).or_default();
                    values.push(value.clamp(0.0, 1.0));
                    labels.push(simulated.planted[at]);
                };
                put("row number", at as f64 / simulated.rows.len() as f64);
                put("id before or after its date", 0.5 + (by_id[at] - by_day[at]) * 20.0);
                put(
                    "missing cells",
                    row[..HEADER.len()].iter().filter(|cell| cell.is_empty()).count() as f64 / 14.0,
                );
                put("length of the date", row[8].len() as f64 / 40.0);
                let stayed = if row[9].is_empty() {
                    0.5
                } else {
                    f64::from(day(&row[8]) - day(&format!("{}-01", row[9]))) / 200.0
                };
                put("days since the stay", stayed);
                // What belongs to a reviewer counts once, however much he wrote.
                if !seen.insert(row[4].clone()) {
                    continue;
                }
                put(
                    "user id",
                    u64::from_str_radix(&row[4][..4], 16).unwrap() as f64 / 65_536.0,
                );
                put("length of the name", row[5].len() as f64 / 40.0);
                put("capitals of the name", share(&char::is_uppercase, &row[5]));
                put("digits of the name", share(&|c| c.is_ascii_digit(), &row[5]));
            }
            // In a file that is sorted by hotel, planted rows stand beside rows of theirs.
            let simulated = simulate(&grouped, &options(kind, seed)).unwrap();
            let hotels: Vec<&String> = simulated.rows.iter().map(|row| &row[2]).collect();
            assert!(hotels.is_sorted(), "{kind:?}");
        }
    }
    for (name, (values, labels)) in features {
        let auc = single(Metric::Auc, &values, &labels).unwrap().unwrap();
        println!("{name}: AUC {auc:.3}");
        // 1,260 planted rows, 750 planted reviewers: the standard error of a coin toss is 0.008 to 0.011.
        assert!(
            (auc - 0.5).abs() < 0.05,
            "{name} tells planted rows apart: AUC {auc:.3}"
        );
    }
}

#[test]
fn a_paid_burst_is_one_hotel_within_days() {
    let simulated = simulate(&table(false), &options(Kind::PaidBurst, 2)).unwrap();
    let rows = planted(&simulated);
    let hotels: BTreeSet<&str> = rows.iter().map(|row| row[2].as_str()).collect();
    let days: Vec<i32> = rows.iter().map(|row| day(&row[8])).collect();
    let reviewers: BTreeSet<&str> = rows.iter().map(|row| row[4].as_str()).collect();
    assert_eq!((hotels.len(), reviewers.len()), (1, 30));
    assert!(days.iter().max().unwrap() - days.iter().min().unwrap() < 10, "{days:?}");
    assert!(rows.iter().all(|row| row[7] == "5.0" || row[7] == "4.0"));
}

#[test]
fn a_group_reviews_the_same_hotels() {
    for kind in [Kind::Group, Kind::Camouflaged] {
        let simulated = simulate(&table(false), &options(kind, 2)).unwrap();
        let mut hotels: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        let rows = planted(&simulated);
        for row in &rows {
            hotels.entry(&row[4]).or_default().insert(&row[2]);
        }
        assert_eq!(hotels.len(), 6);
        let first = hotels.values().next().unwrap();
        assert!(hotels.values().all(|other| other == first && other.len() == 5));
        let members: BTreeSet<&str> = rows.iter().map(|row| row[4].as_str()).collect();
        let genuine = simulated
            .rows
            .iter()
            .zip(&simulated.planted)
            .filter(|(row, planted)| !**planted && members.contains(row[4].as_str()));
        assert_eq!(genuine.count(), if kind == Kind::Camouflaged { 18 } else { 0 });
    }
}

#[test]
fn an_insider_praises_one_brand_and_runs_down_others() {
    let simulated = simulate(&table(false), &options(Kind::Insider, 2)).unwrap();
    let brand = column(&simulated, "property_brand");
    let rows = planted(&simulated);
    assert_eq!(rows.iter().map(|row| &row[4]).collect::<BTreeSet<_>>().len(), 1);
    let brands = |good: bool| -> BTreeSet<&str> {
        rows.iter()
            .filter(|row| (row[7].as_str() >= "4") == good)
            .map(|row| row[brand].as_str())
            .collect()
    };
    let (praised, attacked) = (brands(true), brands(false));
    assert_eq!(praised.len(), 1);
    assert!(praised.is_disjoint(&attacked) && !attacked.is_empty());
    assert!(
        simulated.rows.iter().all(|row| !row[brand].is_empty()),
        "every row has a brand"
    );
}

#[test]
fn templates_and_copies_across_sites_share_words() {
    for kind in [Kind::Template, Kind::CrossSite] {
        let simulated = simulate(&table(false), &options(kind, 2)).unwrap();
        let rows = planted(&simulated);
        let words = |text: &str| text.split(' ').map(str::to_owned).collect::<BTreeSet<String>>();
        let alike = rows.iter().filter(|row| {
            let own = words(&row[11]);
            rows.iter()
                .any(|other| other[0] != row[0] && own.intersection(&words(&other[11])).count() * 2 > own.len())
        });
        assert!(
            alike.count() >= if kind == Kind::Template { 28 } else { 10 },
            "{kind:?}"
        );
        if kind == Kind::CrossSite {
            let site = column(&simulated, "site");
            let of = |planted: bool| {
                let rows = simulated
                    .rows
                    .iter()
                    .zip(&simulated.planted)
                    .filter(|(_, is)| **is == planted);
                let sites: Vec<bool> = rows.map(|(row, _)| row[site] == "site-a").collect();
                sites.iter().filter(|on_first| **on_first).count() as f64 / sites.len() as f64
            };
            assert!((of(false) - 0.5).abs() < 0.05 && of(true) > 0.6);
            // One reviewer, one site.
            let mut sites: HashMap<&str, BTreeSet<&str>> = HashMap::new();
            for row in &simulated.rows {
                sites.entry(&row[4]).or_default().insert(&row[site]);
            }
            assert!(sites.values().all(|sites| sites.len() == 1));
        }
    }
}

#[test]
fn an_attack_comes_from_friends_of_a_rival() {
    let simulated = simulate(&table(false), &options(Kind::CompetitorAttack, 2)).unwrap();
    let rows = planted(&simulated);
    let hotels = |good: bool| -> BTreeSet<&str> {
        rows.iter()
            .filter(|row| (row[7].as_str() >= "4") == good)
            .map(|row| row[2].as_str())
            .collect()
    };
    assert_eq!((hotels(true).len(), hotels(false).len()), (1, 1));
    assert_ne!(hotels(true), hotels(false));
    let authors = |good: bool| -> BTreeSet<&str> {
        rows.iter()
            .filter(|row| (row[7].as_str() >= "4") == good)
            .map(|row| row[4].as_str())
            .collect()
    };
    assert!(authors(true).is_subset(&authors(false)));
    let town = |hotels: BTreeSet<&str>| hotels.first().unwrap()["Hotel ".len()..].parse::<usize>().unwrap() % 5;
    assert_eq!(town(hotels(true)), town(hotels(false)), "the rival is in the same town");
}

#[test]
fn a_second_campaign_goes_into_the_result_of_the_first() {
    let first = simulate(&table(false), &options(Kind::PaidBurst, 1)).unwrap();
    let header: Vec<&str> = first.header.iter().map(String::as_str).collect();
    let second = simulate(
        &table_of(&header, &FIELDS, first.rows.clone()),
        &options(Kind::PaidBurst, 1),
    )
    .unwrap();
    assert_eq!(
        (second.header.as_slice(), second.campaign.as_str()),
        (first.header.as_slice(), "paid-burst-1-2")
    );
    let label = column(&second, "label");
    assert_eq!(second.rows.iter().filter(|row| row[label] == "fake").count(), 60);
}

#[test]
fn what_makes_no_sense_is_refused_with_the_reason() {
    let without = |gone: &[Field]| {
        let fields: Vec<(Field, usize)> = FIELDS.into_iter().filter(|(field, _)| !gone.contains(field)).collect();
        table_of(&HEADER, &fields, cells(false))
    };
    let refused = |table: &Table, kind| simulate(table, &options(kind, 1)).unwrap_err().to_string();
    assert_eq!(
        refused(&without(&[Field::Text]), Kind::Template),
        "template: makes no sense in this file: expected texts, found none"
    );
    assert_eq!(
        refused(&without(&[Field::Published]), Kind::PaidBurst),
        "paid-burst: makes no sense in this file: expected dates known to the month or the day, found dates in fewer than a third of the rows"
    );
    assert!(refused(&without(&[Field::ReviewerId, Field::ReviewerName]), Kind::Group).contains("expected reviewers"));
    assert!(
        refused(&without(&[Field::PropertyName]), Kind::Insider).contains("expected at least 6 properties, found 0")
    );
    // A file without text, as the one of Odessa: what needs no text works.
    for kind in [
        Kind::Insider,
        Kind::PaidBurst,
        Kind::Group,
        Kind::CompetitorAttack,
        Kind::CrossSite,
        Kind::Camouflaged,
    ] {
        assert_eq!(
            planted(&simulate(&without(&[Field::Text, Field::Title]), &options(kind, 1)).unwrap()).len(),
            30
        );
    }
    let table = table(false);
    let size = simulate(
        &table,
        &Options {
            size: 2,
            ..options(Kind::Group, 1)
        },
    )
    .unwrap_err();
    assert_eq!(size.to_string(), "--size: expected 4 to 750 (half the file), found 2");
    let intensity = simulate(
        &table,
        &Options {
            intensity: 1.5,
            ..options(Kind::Group, 1)
        },
    )
    .unwrap_err();
    assert_eq!(intensity.to_string(), "--intensity: expected 0 to 1, found 1.5");
    let praise = Texts::parse("t.txt", "+\tGood.").unwrap();
    let texts = simulate(
        &table,
        &Options {
            texts: Some(praise),
            ..options(Kind::CompetitorAttack, 1)
        },
    )
    .unwrap_err();
    assert!(
        texts
            .to_string()
            .starts_with("t.txt: expected texts that attack (-), found none"),
        "{texts}"
    );
}

#[test]
fn the_users_texts_are_used() {
    let lines: String = (0..40)
        .map(|number| format!("+\tText number {number} is made up. It is short.\n"))
        .collect();
    let texts = Texts::parse("t.txt", &lines).unwrap();
    let simulated = simulate(
        &table(false),
        &Options {
            texts: Some(texts),
            ..options(Kind::PaidBurst, 1)
        },
    )
    .unwrap();
    let written: BTreeSet<&str> = planted(&simulated)
        .iter()
        .map(|row| row[11].as_str())
        .filter(|text| !text.is_empty())
        .collect();
    assert!(
        written.len() >= 25 && written.iter().all(|text| text.starts_with("Text number")),
        "{written:?}"
    );
}
