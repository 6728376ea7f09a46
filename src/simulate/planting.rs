//! From a plan to rows: those of the file, and among them the planted ones.

use super::manner::{Manner, Persona, language};
use super::plans::{Plan, PlannedReview};
use super::survey::{Survey, reviewer_key};
use super::texts::Stance;
use super::{Options, SimulateError, Simulated};
use crate::random::SplitMix64;
use xxhash_rust::xxh3::xxh3_64_with_seed;

const FAKE: &str = "fake";
const GENUINE: &str = "genuine";
const SITES: [&str; 2] = ["site-a", "site-b"];

/// Plants the reviews of a plan.
pub(super) fn plant(
    survey: &Survey<'_>,
    options: &Options,
    plan: Plan,
    random: &mut SplitMix64,
) -> Result<Simulated, SimulateError> {
    if let Some(texts) = options.texts.as_ref().filter(|_| survey.has_text) {
        for stance in [Stance::Praise, Stance::Attack] {
            if plan.reviews.iter().any(|review| review.stance == stance) {
                texts.require(stance)?;
            }
        }
    }
    let (language, told) = language(survey);
    let mut notes = plan.notes.clone();
    if survey.has_text && options.texts.is_none() && !told {
        notes.push(format!("most texts of the file are in another language; the planted ones are in {language}: give others with --texts"));
    }
    let mut manner = Manner::new(survey, options, language);
    let personas: Vec<Persona> = (0..plan.members.len())
        .map(|member| manner.persona(&plan, member, random))
        .collect();

    let mut header = survey.table.reading.header.clone();
    let brand_column = plan.brands.is_some().then(|| added(&mut header, "property_brand"));
    let site_column = plan.sites.then(|| added(&mut header, "site"));
    let label = survey.label.unwrap_or_else(|| added(&mut header, "label"));
    let campaign_column = survey.campaign.unwrap_or_else(|| added(&mut header, "campaign"));
    let campaign = campaign_id(survey, options);
    let finish = |row: &mut Vec<String>, property: Option<usize>, site: &str| {
        row.resize(header.len(), String::new());
        if let Some(column) = brand_column {
            row[column] = plan
                .brands
                .as_ref()
                .zip(property)
                .map_or_else(String::new, |(brands, at)| brands[at].clone());
        }
        if let Some(column) = site_column {
            site.clone_into(&mut row[column]);
        }
    };

    let mut rows: Vec<Vec<String>> = survey.table.rows.iter().map(|row| row.cells.clone()).collect();
    for &(row, member) in &plan.taken_over {
        rows[row] = manner.taken_over(row, &personas[member]);
    }
    for (number, row) in rows.iter_mut().enumerate() {
        let key = reviewer_key(survey.review(number)).map_or_else(|| number.to_string(), str::to_owned);
        let site = SITES[(xxh3_64_with_seed(key.as_bytes(), options.seed) % 2) as usize];
        finish(row, survey.property_of[number], site);
        if survey.label.is_none() {
            GENUINE.clone_into(&mut row[label]);
        }
    }
    let mut planted = Vec::with_capacity(plan.reviews.len());
    let placement = Placement::new(survey);
    for review in &plan.reviews {
        let mut row = manner.row(review, &personas[review.member], random);
        let site = review.site.map_or(SITES[random.below(2)], |site| SITES[site]);
        finish(&mut row, Some(review.property), site);
        (row[label], row[campaign_column]) = (FAKE.to_owned(), campaign.clone());
        let place = placement.place(survey, review, random);
        // Rows for the same place come in random order, not in that of the plan.
        planted.push((place, random.next_u64(), row));
    }
    planted.sort_by_key(|(place, order, _)| (*place, *order));

    let total = rows.len() + planted.len();
    let mut simulated = Simulated {
        header,
        rows: Vec::with_capacity(total),
        planted: Vec::with_capacity(total),
        campaign,
        notes,
    };
    let mut planted = planted.into_iter().peekable();
    for (number, row) in rows.into_iter().enumerate() {
        while let Some((_, _, row)) = planted.next_if(|(place, _, _)| *place <= number) {
            simulated.rows.push(row);
            simulated.planted.push(true);
        }
        simulated.rows.push(row);
        simulated.planted.push(false);
    }
    for (_, _, row) in planted {
        simulated.rows.push(row);
        simulated.planted.push(true);
    }
    simulated.notes.insert(
        0,
        format!(
            "campaign {}: {} planted reviews among {}, seed {}, intensity {}",
            simulated.campaign,
            plan.reviews.len(),
            survey.table.rows.len(),
            options.seed,
            options.intensity
        ),
    );
    Ok(simulated)
}

fn added(header: &mut Vec<String>, name: &str) -> usize {
    header.push(name.to_owned());
    header.len() - 1
}

/// `paid-burst-1`, with a further number where the file has that campaign already.
fn campaign_id(survey: &Survey<'_>, options: &Options) -> String {
    let id = format!("{}-{}", options.kind.name(), options.seed);
    let taken = |id: &str| {
        survey
            .campaign
            .is_some_and(|column| (0..survey.table.rows.len()).any(|row| survey.cell(row, column) == id))
    };
    let further = (2_u64..).map(|number| format!("{id}-{number}"));
    std::iter::once(id.clone())
        .chain(further)
        .find(|id| !taken(id))
        .unwrap_or(id)
}

/// Where rows of a property stand in the file.
struct Placement {
    /// Rows of one property stand together.
    grouped: bool,
    /// Rows (of a property, where they stand together) go forward in time, or backward.
    order: Option<std::cmp::Ordering>,
}

impl Placement {
    fn new(survey: &Survey<'_>) -> Placement {
        use std::cmp::Ordering::{Greater, Less};
        let rows = survey.table.rows.len();
        let together = (1..rows)
            .filter(|&row| survey.property_of[row].is_some() && survey.property_of[row] == survey.property_of[row - 1]);
        let grouped = together.clone().count() * 2 > rows && survey.properties.len() > 1;
        let neighbours: Vec<usize> = if grouped {
            together.collect()
        } else {
            (1..rows).collect()
        };
        let days: Vec<(i32, i32)> = neighbours
            .iter()
            .filter_map(|&row| Some((survey.day(row - 1)?, survey.day(row)?)))
            .collect();
        let share = |ordered: &dyn Fn(&(i32, i32)) -> bool| {
            days.iter().filter(|pair| ordered(pair)).count() * 10 >= days.len() * 9
        };
        let order = match () {
            () if days.len() < 10 => None,
            () if share(&|(earlier, later)| earlier <= later) => Some(Less),
            () if share(&|(earlier, later)| earlier >= later) => Some(Greater),
            () => None,
        };
        Placement { grouped, order }
    }

    /// The row before which a planted one goes.
    fn place(&self, survey: &Survey<'_>, review: &PlannedReview, random: &mut SplitMix64) -> usize {
        use std::cmp::Ordering::Less;
        let all: Vec<usize>;
        let rows = if self.grouped {
            &survey.properties[review.property].rows
        } else {
            all = (0..survey.table.rows.len()).collect();
            &all
        };
        if let (Some(order), Some(day)) = (self.order, review.day) {
            let beyond = |row: usize| {
                survey
                    .day(row)
                    .is_some_and(|known| if order == Less { known > day } else { known < day })
            };
            return rows
                .iter()
                .copied()
                .find(|&row| beyond(row))
                .unwrap_or_else(|| rows.last().map_or(0, |last| last + 1));
        }
        random.pick(rows).map_or(0, |row| row + random.below(2))
    }
}
