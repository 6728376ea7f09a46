//! `turfwatch model show`: what a model is, was trained on and measured by.

use crate::score::Origin;
use serde_json::{Map, Value};
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
    writeln!(out, "\n{}\n", card_text(&model.card))?;
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

/// The card for reading: numbers rounded, what was measured as a table. `--json` has all of it.
pub(super) fn card_text(card: &Value) -> String {
    let Value::Object(card) = card else { return inline(card) };
    let lines: Vec<String> = card
        .iter()
        .map(|(key, value)| match value {
            Value::Array(items) => {
                let items = items.iter().map(|item| format!("\n  - {}", inline(item)));
                format!("{key}:{}", items.collect::<String>())
            }
            Value::Object(parts) => format!("{key}:{}", table(parts)),
            _ => format!("{key}: {}", inline(value)),
        })
        .collect();
    lines.join("\n")
}

/// A value within a line.
fn inline(value: &Value) -> String {
    let joined = |parts: Vec<String>| parts.join(", ");
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) if number.is_f64() => number
            .as_f64()
            .map_or_else(String::new, |number| format!("{number:.3}")),
        Value::Array(items) => format!("[{}]", joined(items.iter().map(inline).collect())),
        Value::Object(map) => joined(
            map.iter()
                .map(|(key, value)| format!("{key}: {}", inline(value)))
                .collect(),
        ),
        other => other.to_string(),
    }
}

/// What was measured: a line for each part, a column for each measure, with its interval where there is one.
fn table(parts: &Map<String, Value>) -> String {
    let mut measures: Vec<&String> = Vec::new();
    for (measure, value) in parts.values().filter_map(Value::as_object).flatten() {
        if value.is_number() && !measures.contains(&measure) {
            measures.push(measure);
        }
    }
    let names = parts.keys().map(|part| part.chars().count());
    let width = names.max().unwrap_or(0);
    let mut text = String::new();
    if !measures.is_empty() {
        text += &format!("\n  {:width$}", "");
        measures.iter().for_each(|measure| text += &format!("  {measure:<20}"));
    }
    for (part, value) in parts {
        text += &format!("\n  {part:<width$}");
        let Value::Object(measured) = value else {
            text += &format!("  {}", inline(value));
            continue;
        };
        for measure in &measures {
            let cell = measured.get(*measure).map_or_else(String::new, |value| {
                let interval = measured.get("ci95").and_then(|intervals| intervals.get(*measure));
                let interval = interval.map_or_else(String::new, |interval| format!(" {}", inline(interval)));
                inline(value) + &interval
            });
            text += &format!("  {cell:<20}");
        }
    }
    // Cells end in blanks.
    text.lines().map(str::trim_end).collect::<Vec<&str>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_is_text_with_rounded_numbers_and_a_table() {
        let card = serde_json::json!({
            "intended use": "looking",
            "known failures": ["one", "two"],
            "data": [{ "corpus": "a", "rows": 12, "behaviour only": false }],
            "measured": {
                "a": { "accuracy": 0.86937, "auc": 1, "ci95": { "accuracy": [0.8493, 0.89], "ece": [0.1, 0.2] } },
                "longer": { "accuracy": 0.5 },
                "note": "left out",
            },
            "seed": 1,
        });
        assert_eq!(
            card_text(&card),
            "intended use: looking\n\
             known failures:\n  - one\n  - two\n\
             data:\n  - corpus: a, rows: 12, behaviour only: false\n\
             measured:\n\
             \x20         accuracy              auc\n\
             \x20 a       0.869 [0.849, 0.890]  1\n\
             \x20 longer  0.500\n\
             \x20 note    left out\n\
             seed: 1"
        );
        assert_eq!(card_text(&Value::Null), "null");
    }
}
