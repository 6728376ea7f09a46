//! `turfwatch explain`: one review, with every signal, its value, what it adds, and the evidence in the text.

use super::input::tongue;
use super::input::{self, ReadArgs};
use crate::explain::{marked, phrase, quote, sentence};
use crate::model::Model;
use crate::normalize::Warnings;
use crate::passes::{self, GatherOptions, Outcome};
use crate::review::Review;
use crate::score::{Origin, Passage, Score};
use crate::scorer::{Detail, Scorer};
use crate::signals::SIGNALS;
use anyhow::bail;
use std::io::IsTerminal as _;
use std::path::PathBuf;

/// Arguments of `turfwatch explain`.
#[derive(clap::Args)]
pub struct Args {
    /// Review file
    file: PathBuf,
    /// Id of the review, or the number of its record where the file has no ids
    #[arg(long, value_name = "ID", required_unless_present = "campaign")]
    id: Option<String>,
    /// Id of a campaign, as `turfwatch campaigns` gives it
    #[arg(long, value_name = "ID", conflicts_with = "id")]
    campaign: Option<String>,
    /// Model: hotel, hotel-open, or a model file
    #[arg(long, value_name = "MODEL")]
    model: Option<String>,
    /// Share of fakes that probabilities assume
    #[arg(long, value_name = "SHARE", value_parser = super::input::share)]
    prevalence: Option<f64>,
    /// Table with the brand and place of properties
    #[arg(long, value_name = "FILE")]
    properties: Option<PathBuf>,
    /// Language of the sentences
    #[arg(long, default_value = "en", value_parser = ["en", "fr"])]
    explain_in: String,
    #[command(flatten)]
    read: ReadArgs,
}

/// The review that was asked for.
struct Found {
    review: Review,
    score: Score,
    values: Vec<Option<f64>>,
    record: u64,
}

/// Prints the explanation.
pub fn run(args: &Args) -> anyhow::Result<()> {
    if let Some(campaign) = &args.campaign {
        let properties = input::properties(args.properties.as_deref())?;
        let sources = args.read.open(std::slice::from_ref(&args.file))?;
        let found = super::campaigns::find(&sources, &properties, None)?;
        return found.show(
            &mut std::io::stdout().lock(),
            campaign.trim(),
            tongue(&args.explain_in),
            &args.file,
        );
    }
    let model = input::model(args.model.as_deref())?;
    let scorer = Scorer::new(&model, args.prevalence)?;
    let properties = input::properties(args.properties.as_deref())?;
    let sources = args.read.open(std::slice::from_ref(&args.file))?;
    let gathered = passes::gather(
        &sources,
        &GatherOptions {
            horizon: model.settings.horizon,
            properties: &properties,
            copies: true,
        },
        |_| (),
    )?;
    let wanted = args.id.as_deref().unwrap_or_default().trim();
    let has_ids = sources[0].reading().mapping.has(crate::normalize::Field::ReviewId);
    let mut found: Vec<Found> = Vec::new();
    passes::in_order(
        &sources[0],
        0,
        &mut Warnings::default(),
        |record, review, row| {
            let number = record.position.record;
            let asked = if has_ids {
                review.id.as_deref() == Some(wanted)
            } else {
                wanted == number.to_string()
            };
            asked.then(|| {
                gathered.case(&review, row, |case| Found {
                    review: review.clone(),
                    score: scorer.score(case, Detail::All),
                    values: SIGNALS.iter().map(|signal| signal.extract(case)).collect(),
                    record: number,
                })
            })
        },
        |outcome| -> anyhow::Result<()> {
            if let Outcome::Read(_, Some(one)) = outcome {
                found.push(one);
            }
            Ok(())
        },
    )?;
    let Some(first) = found.first() else {
        let key = if has_ids {
            "a review id"
        } else {
            "the number of a record (the file has no review ids)"
        };
        bail!(
            "{}: --id {wanted}: expected {key}, found no such review",
            args.file.display()
        );
    };
    if found.len() > 1 {
        let records: Vec<String> = found.iter().map(|one| one.record.to_string()).collect();
        eprintln!(
            "the id stands in {} records ({}); the first is shown",
            found.len(),
            records.join(", ")
        );
    }
    let out = std::io::stdout();
    let colour = out.is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    show(&mut out.lock(), first, &model, tongue(&args.explain_in), colour)?;
    Ok(())
}

fn show(
    out: &mut impl std::io::Write,
    found: &Found,
    model: &Model,
    tongue: crate::explain::Tongue,
    colour: bool,
) -> anyhow::Result<()> {
    let Found {
        review,
        score,
        values,
        record,
    } = found;
    let name = review.id.as_deref().map_or(format!("record {record}"), |id| {
        format!("review {id} (record {record})")
    });
    writeln!(out, "{name}")?;
    writeln!(
        out,
        "{}   probability {:.3}   log-odds {:+.3}   evidence {:.2}   model {}\n",
        score.band.name(),
        score.probability(),
        score.logit(),
        score.evidence,
        model.id()
    )?;
    writeln!(out, "{}\n", sentence(score, review, tongue))?;
    for (passage, text) in [
        (Passage::Title, review.title.as_deref()),
        (Passage::Text, review.text.as_deref()),
    ] {
        if let Some(text) = text {
            writeln!(out, "{}\n", highlighted(text, passage, score, colour))?;
        }
    }
    writeln!(out, "{:<44} {:>10} {:>8}  what it says", "reason", "value", "adds")?;
    writeln!(
        out,
        "{:<44} {:>10} {:>+8.3}  if nothing were observed",
        "BASE",
        "",
        score.milli_base as f64 / 1000.0
    )?;
    for reason in &score.reasons {
        let origin = if reason.origin == Origin::Prior {
            " [weight set by hand]"
        } else {
            ""
        };
        let quotes: Vec<String> = reason
            .evidence
            .spans
            .iter()
            .filter_map(|span| quote(review, span))
            .take(4)
            .map(|words| format!("“{words}”"))
            .collect();
        let facts: Vec<String> = reason
            .evidence
            .facts
            .iter()
            .map(|(name, value)| format!("{name}: {value}"))
            .collect();
        let evidence = [quotes, facts].concat().join(", ");
        let evidence = if evidence.is_empty() {
            evidence
        } else {
            format!(" ({evidence})")
        };
        writeln!(
            out,
            "{:<44} {:>10.3} {:>+8.3}  {}{evidence}{origin}",
            reason.code,
            reason.value,
            reason.contribution(),
            phrase(reason, tongue)
        )?;
    }
    writeln!(out, "{:<44} {:>10} {:>+8.3}\n", "sum", "", score.logit())?;
    let moved: Vec<&str> = score.reasons.iter().map(|reason| reason.code.as_ref()).collect();
    let of = |present: bool| -> Vec<String> {
        let codes = SIGNALS
            .iter()
            .zip(values)
            .filter(|(_, value)| value.is_some() == present);
        let quiet = codes.filter(|(signal, _)| !moved.contains(&signal.spec().code));
        quiet
            .map(|(signal, value)| {
                value.map_or(signal.spec().code.to_owned(), |value| {
                    format!("{}={value:.3}", signal.spec().code)
                })
            })
            .collect()
    };
    writeln!(out, "observed, adds nothing: {}", of(true).join(" "))?;
    writeln!(out, "missing: {}", of(false).join(" "))?;
    Ok(())
}

/// The text with the evidence marked: what speaks for a fake and what against, in colour or in brackets.
fn highlighted(text: &str, passage: Passage, score: &Score, colour: bool) -> String {
    marked(text, passage, score)
        .into_iter()
        .map(|(stretch, side)| match side {
            0 => stretch.to_owned(),
            side => format!("{}{stretch}{}", begin(side, colour), end(side, colour)),
        })
        .collect()
}

fn begin(sign: i64, colour: bool) -> &'static str {
    match (sign > 0, colour) {
        (true, true) => "\x1b[1;31m",
        (false, true) => "\x1b[32m",
        (true, false) => "[+",
        (false, false) => "[-",
    }
}

fn end(sign: i64, colour: bool) -> &'static str {
    match (sign > 0, colour) {
        (_, true) => "\x1b[0m",
        (true, false) => "+]",
        (false, false) => "-]",
    }
}
