//! The page of made-up findings: its structure, and what becomes of reviews that try to be more than text.

use super::*;
use crate::campaigns::{Campaign, Counted, Doubt, Kind};
use crate::context::Context;
use crate::findings::tests::example;
use crate::report::tests::assert_sound;
use crate::review::Date;
use crate::score::{Evidence, Origin, Passage, Reason, Span};

const HOSTILE: [&str; 4] = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(2)>",
    "</script></style></title><script>alert(3)</script>",
    "' onmouseover='alert(4)' x='",
];

fn member(row: usize, hostile: &str) -> Member {
    Member {
        file: 0,
        record: row as u64 + 1,
        review: Review {
            id: Some(format!("{row}{hostile}")),
            property_name: Some(format!("Gannet {hostile}")),
            property_place: Some(hostile.to_owned()),
            reviewer_id: Some(format!("u{row}{hostile}")),
            title: Some(hostile.to_owned()),
            text: Some(format!("Look no further. {hostile} & so on")),
            rating: Some(5.0),
            published: Date::from_ymd(2024, 3, 5),
            ..Review::default()
        },
    }
}

fn score(band: Band) -> Score {
    let reason = |code: &'static str, milli_logit, bytes| Reason {
        code: code.into(),
        milli_logit,
        value: 1.0,
        above: true,
        origin: Origin::Prior,
        evidence: Evidence {
            spans: vec![Span {
                passage: Passage::Text,
                bytes,
            }],
            facts: vec![("sales talk", HOSTILE[0].to_owned())],
        },
    };
    Score {
        milli_logit: 1_250,
        milli_base: -2_000,
        evidence: 0.5,
        band,
        reasons: vec![
            reason("A4.sales_talk", 3_500, 0..15),
            reason("B4.second_person", -250, 17..24),
        ],
    }
}

fn campaign(members: Vec<u32>) -> Campaign {
    Campaign {
        id: "burst-0123456789".to_owned(),
        kind: Kind::Burst,
        also: vec![Kind::NearDuplicates],
        reviewers: members.len() as u32,
        properties: 1,
        strength: 6.3,
        looked_at: 1200.0,
        evidence: vec![
            ("from", "2024-03-05".to_owned()),
            ("to", "2024-03-07".to_owned()),
            ("expected reviews", "1.5".to_owned()),
        ],
        doubts: vec![Doubt::Drive],
        tightness: None,
        counted: Counted::Praise,
        subject: members.first().copied(),
        rival: None,
        by_brand: false,
        members,
    }
}

/// The page of the example's findings, with one campaign and four reviews; `hostile` gives the text that stands in all fields.
fn page(tongue: Tongue, hostile: impl Fn(usize) -> &'static str) -> String {
    let (context, findings): (Context, Findings) = example();
    let mut properties = findings.properties(&context);
    properties[0].called.name = Some(hostile(0).to_owned());
    let mut campaigns = Campaigns::default();
    campaigns.list.push(campaign(vec![0, 1, 2, 3]));
    campaigns.clock = Some(crate::campaigns::Clock::Days);
    let members: FxHashMap<u32, Member> = (0..4)
        .map(|row| (row, member(row as usize, hostile(row as usize))))
        .collect();
    let worst: Vec<(usize, Member, Score)> = (0..4)
        .map(|row| (row, member(row, hostile(row)), score(Band::Suspect)))
        .collect();
    Audit {
        tongue,
        sources: &[],
        model: ModelShown {
            id: format!("hotel{}", hostile(0)),
            notice: Some(hostile(1).to_owned()),
            prevalence: 0.1,
            card: hostile(2).to_owned(),
        },
        findings: &findings,
        properties: &properties,
        campaigns: &campaigns,
        members: &members,
        worst: &worst,
        rejected: 1,
        rejects: &[hostile(3).to_owned()],
        warnings: &Warnings::default(),
    }
    .page()
}

/// What the tags of a page are, without its text, style and script.
fn tags(page: &str) -> Vec<&str> {
    page.split('<')
        .skip(1)
        .map(|rest| &rest[..rest.find('>').unwrap()])
        .collect()
}

#[test]
fn the_page_is_sound_in_both_languages() {
    for tongue in [Tongue::En, Tongue::Fr] {
        let page = page(tongue, |_| "plain");
        assert_sound(&page);
        for id in [
            "scores",
            "campaigns",
            "properties",
            "reviews",
            "method",
            "data",
            "campaign-0",
            "graph-0-title",
        ] {
            assert_eq!(page.matches(&format!("id='{id}'")).count(), 1, "{id}");
        }
        assert_eq!(page.matches("<article ").count(), 4);
        assert_eq!(page.matches("<tr data-group=").count(), 3);
    }
}

#[test]
fn a_review_is_nothing_but_text() {
    let plain = page(Tongue::En, |at| ["one", "two", "three", "four"][at % 4]);
    for tongue in [Tongue::En, Tongue::Fr] {
        let hostile = page(tongue, |at| HOSTILE[at % 4]);
        assert_sound(&hostile);
        // The same elements in the same order; attributes hold nothing that ends them.
        let names = |page: &str| -> Vec<String> {
            tags(page)
                .iter()
                .map(|tag| tag.split([' ', '\n']).next().unwrap().to_owned())
                .collect()
        };
        assert!(names(&hostile) == names(&plain), "elements differ");
        for attack in ["<img", "onmouseover='", "onerror=alert(2)>", "<script>alert"] {
            assert!(!hostile.contains(attack), "{attack}");
        }
        assert!(hostile.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    }
}

#[test]
fn evidence_is_marked_and_reasons_add_up() {
    let page = page(Tongue::En, |_| "plain");
    assert!(
        page.contains("<mark class='towards'>Look no further</mark>. <mark class='against'>plain &amp;</mark> so on")
    );
    assert!(page.contains("<th scope='row'>A4.sales_talk</th><td class='number'>+3.500</td>"));
    assert!(page.contains("<th scope='row'>sum</th><td class='number'>+1.250</td>"));
    assert!(page.contains("[weight set by hand]"));
}

#[test]
fn campaigns_say_how_sure_they_are_and_what_else_it_may_be() {
    let english = page(Tongue::En, |_| "plain");
    assert!(english.contains("4 reviews of Gannet plain with four stars or more from 2024-03-05 to 2024-03-07"));
    assert!(english.contains("by chance with a probability of at most 1e-6, corrected for 1,200 things looked at"));
    assert!(english.contains("<li>an owner who asked genuine guests for reviews"));
    let french = page(Tongue::Fr, |_| "plain");
    assert!(french.contains("<li>avis attendus : 1,5</li>") && french.contains("<li>du : 2024-03-05</li>"));
}

#[test]
fn the_script_is_the_same_whatever_the_reviews() {
    let script = |page: &str| page[page.find("<script>").unwrap()..page.find("</script>").unwrap()].to_owned();
    assert_eq!(
        script(&page(Tongue::En, |at| HOSTILE[at % 4])),
        format!("<script>{SCRIPT}")
    );
    // The test for tags takes no sign of a tag in it for one.
    assert!(!SCRIPT.contains('<'));
}

#[test]
fn a_page_without_anything_found_says_so() {
    let (context, _) = example();
    let findings = Findings::new(&context, 0);
    let page = Audit {
        tongue: Tongue::En,
        sources: &[],
        model: ModelShown {
            id: "m".to_owned(),
            notice: None,
            prevalence: 0.1,
            card: String::new(),
        },
        findings: &findings,
        properties: &[],
        campaigns: &Campaigns::default(),
        members: &FxHashMap::default(),
        worst: &[],
        rejected: 0,
        rejects: &[],
        warnings: &Warnings::default(),
    }
    .page();
    assert_sound(&page);
    for said in [
        "No campaigns were found",
        "The files name no properties",
        "Bursts are not testable",
    ] {
        assert!(page.contains(said), "{said}");
    }
}
