//! `turfwatch model show`: what a model is, was trained on and measured by.

use crate::score::Origin;
use std::io::Write as _;

/// Arguments of `turfwatch model`.
#[derive(clap::Args)]
pub struct Args {
    #[command(subcommand)]
    task: Task,
}

#[derive(clap::Subcommand)]
enum Task {
    /// Show a model's card, settings and weights
    Show {
        /// Name of a bundled model, or path of a model file
        #[arg(default_value = crate::model::DEFAULT)]
        model: String,
        /// Print the card and all numbers as JSON
        #[arg(long)]
        json: bool,
    },
}

/// Prints the model.
pub fn run(args: &Args) -> anyhow::Result<()> {
    let Task::Show { model, json } = &args.task;
    let model = super::input::model(Some(model))?;
    let settings = &model.settings;
    let mut out = std::io::stdout().lock();
    if *json {
        let value =
            serde_json::json!({ "name": model.name, "digest": model.digest, "card": model.card, "settings": settings });
        writeln!(out, "{}", serde_json::to_string_pretty(&value)?)?;
        return Ok(());
    }
    writeln!(out, "{}", model.id())?;
    if let Some(notice) = &settings.notice {
        writeln!(out, "{notice}")?;
    }
    writeln!(out, "\n{}\n", card_text(&model.card, 0))?;
    writeln!(
        out,
        "prevalence {}   context {:?}   bands: review from {:+.2}, suspect from {:+.2} log-odds at even prevalence",
        settings.prevalence, settings.horizon, settings.bands.review, settings.bands.suspect
    )?;
    writeln!(
        out,
        "calibration: {:.4} x margin {:+.4}   intercept {:+.4}",
        settings.calibration.slope, settings.calibration.offset, settings.intercept
    )?;
    if let Some(mixture) = settings.mixture {
        writeln!(
            out,
            "n-grams of several corpora: as if {:.2} of fakes were of no kind known and {:.2} of genuine reviews like one, at {:.4} a unit of margin; all by words / (words + {})",
            mixture.unknown, mixture.alike, mixture.unit, mixture.half
        )?;
    }
    writeln!(out)?;
    writeln!(
        out,
        "{:<44} {:>9} {:>10} {:>10} {:>9}  origin",
        "feature", "weight", "mean", "scale", "observed"
    )?;
    let mut features: Vec<_> = settings.features.iter().collect();
    features.sort_by(|a, b| b.weight.abs().total_cmp(&a.weight.abs()));
    for feature in features {
        let origin = match feature.origin {
            Origin::Learnt => "learnt",
            Origin::Prior => "prior, set by hand",
        };
        writeln!(
            out,
            "{:<44} {:>+9.4} {:>10.4} {:>10.4} {:>9}  {origin}",
            feature.code,
            feature.weight * settings.calibration.slope,
            feature.mean,
            feature.scale,
            feature.observed
        )?;
    }
    Ok(())
}

/// The card as indented text.
pub(super) fn card_text(value: &serde_json::Value, depth: usize) -> String {
    let indent = "  ".repeat(depth);
    match value {
        serde_json::Value::Object(map) => map
            .iter()
            .map(|(key, value)| match value {
                serde_json::Value::Object(_) | serde_json::Value::Array(_) => {
                    format!("{indent}{key}:\n{}", card_text(value, depth + 1))
                }
                _ => format!("{indent}{key}: {}", card_text(value, depth)),
            })
            .collect::<Vec<_>>()
            .join("\n"),
        serde_json::Value::Array(items) => items
            .iter()
            .map(|item| match item {
                serde_json::Value::Object(_) => format!("{indent}-\n{}", card_text(item, depth + 1)),
                _ => format!("{indent}- {}", card_text(item, depth)),
            })
            .collect::<Vec<_>>()
            .join("\n"),
        serde_json::Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
