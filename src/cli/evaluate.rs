//! `turfwatch evaluate`: how good a model is on reviews that it did not learn from.

use super::input::{self, ReadArgs};
use super::labelled::{self, EvidenceArgs, Labelled, Wanted};
use super::train::horizon;
use super::{Begun, Done};
use crate::context::Horizon;
use crate::model::Model;
use crate::score::{Band, Score};
use crate::scorer::Scorer;
use crate::train::metrics::Metrics;
use crate::train::pipeline::{self, Options};
use crate::train::selection::untrained;
use crate::train::splits::{Folds, Undated};
use anyhow::{Context as _, bail};
use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::PathBuf;

/// Arguments of `turfwatch evaluate`.
#[derive(clap::Args)]
pub struct Args {
    /// Labelled review files
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Measure on this file, and learn from the others: each fold of it by a model that saw none of its groups (may be
    /// given again)
    #[arg(long, value_name = "FILE", conflicts_with_all = ["model", "untrained"])]
    test: Vec<PathBuf>,
    /// Measure this model (a bundled name or a file) instead of training one in each fold
    #[arg(long, value_name = "MODEL", conflicts_with_all = ["folds", "fold_column", "split", "signals", "without"])]
    model: Option<String>,
    /// Learn nothing: use the weights set by hand, and the labels for measuring only
    #[arg(long, conflicts_with_all = ["model", "folds", "fold_column", "split"])]
    untrained: bool,
    #[command(flatten)]
    evidence: EvidenceArgs,
    /// Folds of grouped cross-validation
    #[arg(long, value_name = "K")]
    folds: Option<usize>,
    /// Rows that belong together: property, reviewer, or a column
    #[arg(long, default_value = "property", value_name = "property|reviewer|COLUMN")]
    group: String,
    /// Column that names the fold of each row
    #[arg(long, value_name = "COLUMN", conflicts_with_all = ["folds", "split"])]
    fold_column: Option<String>,
    /// Forward in time: train on the earliest share, as time:0.7
    #[arg(long, value_name = "time:SHARE", conflicts_with = "folds")]
    split: Option<String>,
    /// Also measure by the values of this column, or by corpus, language, length, history or rating (may be given again)
    #[arg(long, value_name = "COLUMN")]
    by: Vec<String>,
    /// Write all metrics with intervals as JSON
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// Write the probability of every row as CSV, with its record, label, group, fold, band, columns of --by, and reasons
    #[arg(long, value_name = "FILE")]
    scores: Option<PathBuf>,
    /// Write a page with reliability diagram, precision-recall curve and tables
    #[arg(long, value_name = "FILE.html")]
    report: Option<PathBuf>,
    /// Seed of folds and intervals
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Share of fakes that probabilities assume; that of the training rows (or of the model) if not given
    #[arg(long, value_name = "SHARE", value_parser = super::input::share)]
    prevalence: Option<f64>,
    /// Highest share of genuine reviews that the band `suspect` may hold
    #[arg(long, default_value_t = 0.01, value_name = "SHARE", value_parser = super::input::share)]
    max_false_accusations: f64,
    /// What a review's context may know; forward in time it is always as-of
    #[arg(long, value_parser = ["full", "as-of"])]
    context: Option<String>,
    /// The label that means fake, where the file has its own words for it
    #[arg(long, value_name = "VALUE")]
    positive: Option<String>,
    /// Table with the brand and place of properties
    #[arg(long, value_name = "FILE")]
    properties: Option<PathBuf>,
    #[command(flatten)]
    read: ReadArgs,
}

/// The answer for one row of the test sets.
struct Tested {
    row: usize,
    probability: f64,
    band: Band,
    fold: usize,
    /// As in `turf_reasons`; empty where no one asked.
    reasons: String,
}

/// Measures and prints.
pub fn run(args: &Args) -> anyhow::Result<Done> {
    let given = args.model.as_deref().map(|name| input::model(Some(name))).transpose()?;
    let share = args.split.as_deref().map(parse_split).transpose()?;
    let horizon = match (&given, share) {
        (Some(model), _) => model.settings.horizon,
        (None, Some(_)) => Horizon::AsOf,
        (None, None) => horizon(args.context.as_deref().unwrap_or("full")),
    };
    let options = Options {
        seed: args.seed,
        prevalence: args.prevalence,
        false_accusations: args.max_false_accusations,
        horizon,
        evidence: args.evidence.selection()?,
        ..Options::default()
    };
    let json = Begun::wanted(args.json.as_deref())?;
    let scores = Begun::wanted(args.scores.as_deref())?;
    let page = Begun::wanted(args.report.as_deref())?;
    let mut columns = args.by.clone();
    columns.extend(args.fold_column.clone());
    let wanted = Wanted {
        group: &args.group,
        columns: &columns,
        horizon,
        positive: args.positive.as_deref(),
        properties: args.properties.as_deref(),
    };
    let files = [args.files.as_slice(), &args.test].concat();
    let labelled = labelled::load(&files, &args.read, &wanted)?;
    if labelled.examples.rows.is_empty() {
        bail!(
            "no row has a label: expected fake or genuine (1/0, deceptive/truthful, Y/N, true/false, CG/OR), or --positive VALUE"
        );
    }
    let ready = given.or_else(|| args.untrained.then(|| untrained(&options)));
    let (tested, protocol, features, name) = match ready {
        Some(model) => {
            let scorer = Scorer::new(&model, args.prevalence)?;
            for (file, digest) in files.iter().zip(&labelled.digests) {
                let learnt = model.card["data"].as_array().into_iter().flatten();
                if learnt.into_iter().any(|data| data["sha256"] == digest.as_str()) {
                    eprintln!(
                        "{}: warning: {} was trained on this very file, so that what follows shows what it remembers, not what it finds elsewhere",
                        file.display(),
                        model.name
                    );
                }
            }
            let rows: Vec<usize> = (0..labelled.examples.rows.len()).collect();
            let tested = test(&scorer, &labelled, &rows, 0, args.scores.is_some());
            let (what, name) = if args.untrained {
                ("weights set by hand", "untrained".to_owned())
            } else {
                ("given model", model.id())
            };
            (
                tested,
                format!("{what}, {} rows", rows.len()),
                feature_codes(&model),
                name,
            )
        }
        None => cross_validate(args, &labelled, share, &options)?,
    };
    let report = Report::measure(args, &labelled, &tested, protocol, features, name)?;
    report.print()?;
    if let Some(json) = json {
        let mut text = serde_json::to_string_pretty(&report.json)?;
        text.push('\n');
        json.finish(text.as_bytes())?;
    }
    if let Some(scores) = scores {
        scores.finish(&scores_csv(args, &labelled, &tested)?)?;
    }
    if let Some(page) = page {
        let rows: Vec<(f64, bool)> = tested
            .iter()
            .map(|row| (row.probability, labelled.examples.rows[row.row].fake))
            .collect();
        page.finish(crate::report::evaluation::page(&report.json, &rows).as_bytes())?;
    }
    Ok(if labelled.rejected > 0 {
        Done::SomeRejected
    } else {
        Done::All
    })
}

fn parse_split(split: &str) -> anyhow::Result<f64> {
    let share = split.strip_prefix("time:").and_then(|share| share.parse::<f64>().ok());
    share
        .filter(|share| *share > 0.0 && *share < 1.0)
        .with_context(|| format!("--split {split}: expected time:SHARE with a share between 0 and 1, as in time:0.7"))
}

type Measured = (Vec<Tested>, String, Vec<String>, String);

fn cross_validate(args: &Args, labelled: &Labelled, share: Option<f64>, options: &Options) -> anyhow::Result<Measured> {
    let examples = &labelled.examples;
    let fake = examples.labels();
    let folds = match (&args.fold_column, share) {
        // The fold column was asked for last.
        (Some(_), _) => Folds::fixed(labelled.columns.last().map_or(&[][..], Vec::as_slice), &fake)?,
        (None, Some(share)) => Folds::forward(&labelled.days, &fake, share, Undated::Exclude)?,
        (None, None) => Folds::grouped(&examples.groups(), &fake, args.folds.unwrap_or(5), args.seed)?,
    };
    // Files to learn from come first. Where there are others, they alone are measured.
    let learnt_from = |row: &usize| examples.rows[*row].corpus < args.files.len();
    let measured = |row: &usize| args.test.is_empty() || !learnt_from(row);
    let mut tested = Vec::new();
    let mut features = Vec::new();
    for (fold, split) in folds.splits.iter().enumerate() {
        let train: Vec<usize> = split.train.iter().copied().filter(learnt_from).collect();
        let rows: Vec<usize> = split.test.iter().copied().filter(measured).collect();
        if rows.is_empty() {
            continue;
        }
        let trained = pipeline::fit(examples, &train, options).with_context(|| split.name.clone())?;
        let scorer = Scorer::new(&trained.model, None)?;
        tested.extend(test(&scorer, labelled, &rows, fold + 1, args.scores.is_some()));
        features = feature_codes(&trained.model);
    }
    tested.sort_by_key(|row| row.row);
    let mut protocol = folds.protocol.clone();
    if !args.test.is_empty() {
        let (learnt, other) = examples.corpora.split_at(args.files.len());
        protocol += &format!(", learnt from {}, measured on {}", learnt.join(", "), other.join(", "));
    }
    Ok((tested, protocol, features, "trained in each fold".to_owned()))
}

fn feature_codes(model: &Model) -> Vec<String> {
    model
        .settings
        .features
        .iter()
        .map(|feature| feature.code.clone())
        .collect()
}

fn test(scorer: &Scorer<'_>, labelled: &Labelled, rows: &[usize], fold: usize, with_reasons: bool) -> Vec<Tested> {
    use rayon::prelude::*;
    rows.par_iter()
        .map(|row| {
            let example = &labelled.examples.rows[*row];
            let (milli_logit, mut reasons) = scorer.reasons(
                labelled.examples.signals.row(*row),
                example.grams.as_ref(),
                example.grams.as_ref().and_then(|grams| grams.language),
            );
            let band = scorer.band(milli_logit, labelled.strengths[*row], &reasons);
            if with_reasons {
                reasons.sort_by_key(|reason| std::cmp::Reverse(reason.milli_logit.abs()));
            }
            let score = Score {
                milli_logit,
                milli_base: scorer.milli_base(),
                evidence: labelled.strengths[*row],
                band,
                reasons,
            };
            Tested {
                row: *row,
                probability: score.probability(),
                band,
                fold,
                reasons: if with_reasons {
                    crate::io::write::reasons(&score)
                } else {
                    String::new()
                },
            }
        })
        .collect()
}

/// All measures, as printed and as JSON.
struct Report {
    json: serde_json::Value,
}

impl Report {
    fn measure(
        args: &Args,
        labelled: &Labelled,
        tested: &[Tested],
        protocol: String,
        features: Vec<String>,
        model: String,
    ) -> anyhow::Result<Report> {
        let all: Vec<&Tested> = tested.iter().collect();
        let mut json = metrics(labelled, &all, args.seed)?;
        let mut by = serde_json::Map::new();
        for (at, column) in args.by.iter().enumerate() {
            let mut parts: BTreeMap<&str, Vec<&Tested>> = BTreeMap::new();
            for row in tested {
                parts
                    .entry(labelled.columns[at][row.row].as_deref().unwrap_or(""))
                    .or_default()
                    .push(row);
            }
            for (value, part) in parts {
                by.insert(format!("{column}={value}"), metrics(labelled, &part, args.seed)?);
            }
        }
        if let Some(fields) = json.as_object_mut() {
            fields.insert(
                "protocol".into(),
                format!(
                    "{protocol}; intervals by bootstrap over {} groups, seed {}",
                    args.group, args.seed
                )
                .into(),
            );
            fields.insert("features".into(), features.into());
            fields.insert("model".into(), model.into());
            fields.insert("by".into(), by.into());
        }
        Ok(Report { json })
    }

    fn print(&self) -> anyhow::Result<()> {
        let mut out = std::io::stdout().lock();
        writeln!(out, "model     {}", self.json["model"].as_str().unwrap_or_default())?;
        writeln!(
            out,
            "protocol  {}\n",
            self.json["protocol"].as_str().unwrap_or_default()
        )?;
        writeln!(
            out,
            "{:<24} {:>6} {:>6}  {:<22} {:<22} {:<22} {:<8} {:<15} suspect: genuine, fakes",
            "", "n", "fakes", "accuracy", "AUC", "average precision", "Brier", "ECE (perfect)"
        )?;
        line(&mut out, "all", &self.json)?;
        for (name, part) in self.json["by"].as_object().into_iter().flatten() {
            line(&mut out, name, part)?;
        }
        Ok(())
    }
}

fn line(out: &mut impl std::io::Write, name: &str, metrics: &serde_json::Value) -> std::io::Result<()> {
    let with_interval = |key: &str| match (metrics[key].as_f64(), metrics["ci95"][key].as_array()) {
        (Some(value), Some(ci)) => format!(
            "{value:.3} [{:.3}, {:.3}]",
            ci[0].as_f64().unwrap_or(f64::NAN),
            ci[1].as_f64().unwrap_or(f64::NAN)
        ),
        (Some(value), None) => format!("{value:.3}"),
        (None, _) => "not defined".to_owned(),
    };
    let number = |key: &str| metrics[key].as_f64().unwrap_or(f64::NAN);
    let suspect = |class: &str| {
        metrics["bands"][class]["suspect"]
            .as_f64()
            .map_or("-".to_owned(), |share| format!("{:.1} %", 100.0 * share))
    };
    writeln!(
        out,
        "{name:<24} {:>6} {:>6}  {:<22} {:<22} {:<22} {:<8.4} {:<15} {}, {}",
        metrics["n"],
        metrics["positives"],
        with_interval("accuracy"),
        with_interval("auc"),
        with_interval("average_precision"),
        number("brier"),
        format!("{:.3} ({:.3})", number("ece"), number("ece_perfect")),
        suspect("genuine"),
        suspect("fake"),
    )
}

fn metrics(labelled: &Labelled, rows: &[&Tested], seed: u64) -> anyhow::Result<serde_json::Value> {
    let of = |row: &&Tested| &labelled.examples.rows[row.row];
    let probabilities: Vec<f64> = rows.iter().map(|row| row.probability).collect();
    let fake: Vec<bool> = rows.iter().map(|row| of(row).fake).collect();
    let groups: Vec<&str> = rows.iter().map(|row| of(row).group.as_str()).collect();
    let mut json = serde_json::to_value(Metrics::measure(&probabilities, &fake, &groups, &[100], seed)?)?;
    let bands = |class: bool| -> serde_json::Value {
        let of_class: Vec<Band> = rows
            .iter()
            .filter(|row| of(row).fake == class)
            .map(|row| row.band)
            .collect();
        let share =
            |band: Band| of_class.iter().filter(|other| **other == band).count() as f64 / of_class.len().max(1) as f64;
        Band::ALL
            .iter()
            .map(|band| (band.name().to_owned(), share(*band).into()))
            .collect::<serde_json::Map<_, _>>()
            .into()
    };
    json["bands"] = serde_json::json!({ "genuine": bands(false), "fake": bands(true) });
    Ok(json)
}

fn scores_csv(args: &Args, labelled: &Labelled, tested: &[Tested]) -> anyhow::Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let own = ["corpus", "record", "group", "fold", "label", "probability", "band"];
    writer.write_record(
        own.into_iter()
            .chain(args.by.iter().map(String::as_str))
            .chain(["reasons"]),
    )?;
    for row in tested {
        let example = &labelled.examples.rows[row.row];
        let mut fields = vec![
            labelled.examples.corpora[example.corpus].clone(),
            labelled.records[row.row].to_string(),
            // A row without a key is a group of its own.
            example.group.replace('\u{0}', "row "),
            row.fold.to_string(),
            if example.fake { "fake" } else { "genuine" }.to_owned(),
            row.probability.to_string(),
            row.band.name().to_owned(),
        ];
        let columns = labelled.columns.iter().take(args.by.len());
        fields.extend(columns.map(|column| column[row.row].clone().unwrap_or_default()));
        fields.push(row.reasons.clone());
        writer.write_record(fields)?;
    }
    Ok(writer.into_inner()?)
}
