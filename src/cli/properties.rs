//! `turfwatch properties`: what is found of each property.

use super::Done;
use super::examined::{ExamineArgs, Examined};
use super::listing::ListingArgs;
use crate::explain::Tongue;
use crate::findings::{Property, Standing};
use crate::io::Output;
use crate::scorer::Scorer;
use std::io::Write;

/// Arguments of `turfwatch properties`.
#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    listing: ListingArgs,
    #[command(flatten)]
    examine: ExamineArgs,
}

/// Properties in the terminal's table.
const TABLE: usize = 40;

/// Examines the files and writes a row for each property.
pub fn run(args: &Args) -> anyhow::Result<Done> {
    let model = args.examine.model()?;
    let scorer = Scorer::new(&model, args.examine.prevalence)?;
    let listing = args.listing.begin()?;
    let mut rejects = args.examine.input.rejects(args.listing.output.as_deref());
    let examined = Examined::of(&args.examine, &scorer, 0, &mut rejects)?;
    let rejects_file = rejects.finish()?;
    let properties = examined.findings.properties(examined.context());
    let tongue = args.examine.input.tongue();
    listing.write(
        |out| table(out, &properties, tongue),
        |output| csv(output, &properties, tongue),
        |output| json(output, &properties, tongue),
    )?;
    let of = |standing: Standing| {
        properties
            .iter()
            .filter(|property| property.standing == standing)
            .count()
    };
    eprintln!(
        "{} properties in {} reviews: {} worth a look, {} where nothing stands out, {} without enough data",
        properties.len(),
        examined.findings.scored(),
        of(Standing::WorthALook),
        of(Standing::NothingStandsOut),
        of(Standing::NotEnoughData)
    );
    if properties.is_empty() && examined.findings.scored() > 0 {
        eprintln!(
            "no column names the property: --map property_id=COLUMN or --map property_name=COLUMN says which one does"
        );
    }
    if examined.context().campaigns().clock.is_none() {
        eprintln!("bursts: not testable (neither days nor months of publication are known, or the site rounded them)");
    }
    if let Some(path) = rejects_file {
        eprintln!("{} records rejected: {}", examined.rejected, path.display());
    }
    if let Some(notice) = &model.settings.notice {
        eprintln!("{notice}");
    }
    Ok(if examined.rejected > 0 {
        Done::SomeRejected
    } else {
        Done::All
    })
}

fn table(out: &mut impl Write, properties: &[Property], tongue: Tongue) -> anyhow::Result<()> {
    writeln!(
        out,
        "{:<30} {:>7} {:>7} {:>6} {:>7} {:>13} {:>8}  finding",
        "property", "reviews", "suspect", "stars", "without", "95 %", "evidence"
    )?;
    for property in properties.iter().take(TABLE) {
        let stars = |value: Option<f64>| value.map_or_else(|| "-".to_owned(), |value| format!("{value:.2}"));
        let interval = property.without_suspects.map_or_else(
            || "-".to_owned(),
            |found| format!("{:.2} - {:.2}", found.low, found.high),
        );
        let name: String = property
            .called
            .shown()
            .chars()
            .map(|c| if c.is_control() { ' ' } else { c })
            .take(30)
            .collect();
        writeln!(
            out,
            "{name:<30} {:>7} {:>7} {:>6} {:>7} {interval:>13} {:>8.2}  {}",
            property.sums.reviews,
            property.sums.suspect,
            stars(property.as_it_stands.map(|found| found.mean)),
            stars(property.without_suspects.map(|found| found.mean)),
            property.evidence,
            property.sentence(tongue)
        )?;
    }
    if properties.len() > TABLE {
        writeln!(
            out,
            "... and {} more (all of them: -o FILE.csv)",
            properties.len() - TABLE
        )?;
    }
    writeln!(
        out,
        "\nstars are drawn towards the file's mean; without: every review counts as 1 less its probability"
    )?;
    Ok(())
}

/// What is written of a property, by column; `null` where it is not known.
fn fields(property: &Property, tongue: Tongue) -> serde_json::Map<String, serde_json::Value> {
    let rounded = |value: f64, places: i32| (value * 10f64.powi(places)).round() / 10f64.powi(places);
    let stars = |value: f64| rounded(value, 3);
    let (called, sums) = (&property.called, &property.sums);
    let (now, without) = (property.as_it_stands, property.without_suspects);
    let answers = property.answers;
    let bursts = property.bursts.as_ref();
    let spans = bursts.map(|bursts| {
        let spans = bursts
            .iter()
            .map(|burst| format!("{} to {} ({})", burst.days.0, burst.days.1, burst.reviews));
        spans.collect::<Vec<_>>().join("; ")
    });
    let serde_json::Value::Object(fields) = serde_json::json!({
        "property_id": called.id,
        "property_name": called.name,
        "site": called.site,
        "property_place": called.place,
        "finding": property.standing.name(),
        "reviews": sums.reviews,
        "judged": sums.judged,
        "suspect": sums.suspect,
        "review": sums.look,
        "share_suspect": sums.share_suspect().map(|share| rounded(share, 4)),
        "usual_share_suspect": rounded(property.usual_share, 4),
        "p_value": format!("{:.2e}", property.p_value),
        "ratings": sums.ratings.count,
        "mean_rating": sums.ratings.mean().map(stars),
        "rating": now.map(|found| stars(found.mean)),
        "rating_low": now.map(|found| stars(found.low)),
        "rating_high": now.map(|found| stars(found.high)),
        "rating_without_suspects": without.map(|found| stars(found.mean)),
        "rating_without_suspects_low": without.map(|found| stars(found.low)),
        "rating_without_suspects_high": without.map(|found| stars(found.high)),
        "campaigns": property.campaigns.join("; "),
        "reviews_in_campaigns": sums.in_campaigns,
        "most_in_one_campaign": property.most_in_one_campaign,
        "bursts": bursts.map(Vec::len),
        "burst_days": spans,
        "reviewers": property.reviewers.map(|(all, _)| all),
        "one_review_reviewers": property.reviewers.map(|(_, single)| single),
        "answers_known": answers.map(|answers| answers.known),
        "answered": answers.map(|answers| answers.answered),
        "critical": answers.map(|answers| answers.critical),
        "critical_answered": answers.map(|answers| answers.critical_answered),
        "median_answer_days": answers.and_then(|answers| answers.median_delay),
        "templated_answers": answers.map(|answers| answers.templated),
        "sites": property.sites,
        "rating_here": property.gap.map(|gap| stars(gap.here)),
        "rating_elsewhere": property.gap.map(|gap| stars(gap.elsewhere)),
        "site_gap": property.gap.map(|gap| stars(gap.gap)),
        "evidence": rounded(property.evidence, 3),
        "explanation": property.sentence(tongue),
    }) else {
        unreachable!("json! of braces is an object")
    };
    fields
}

fn csv(output: Output, properties: &[Property], tongue: Tongue) -> anyhow::Result<Output> {
    let mut writer = csv::Writer::from_writer(output);
    writer.write_record(fields(&Property::default(), tongue).keys())?;
    for property in properties {
        let values = fields(property, tongue).into_iter().map(|(_, value)| match value {
            serde_json::Value::Null => String::new(),
            // What a spreadsheet would run as a formula comes from the file's names alone.
            serde_json::Value::String(text) => super::campaigns::safe(&text),
            other => other.to_string(),
        });
        writer.write_record(values)?;
    }
    writer.into_inner().map_err(|error| error.into_error().into())
}

fn json(mut output: Output, properties: &[Property], tongue: Tongue) -> anyhow::Result<Output> {
    for property in properties {
        let mut fields = fields(property, tongue);
        fields.insert("campaigns".to_owned(), property.campaigns.clone().into());
        serde_json::to_writer(&mut output, &fields)?;
        output.write_all(b"\n")?;
    }
    Ok(output)
}
