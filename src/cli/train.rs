//! `turfwatch train`: labelled files in, one model file out.

use super::input::ReadArgs;
use super::labelled::{self, EvidenceArgs, Wanted};
use super::{Begun, Done};
use crate::context::Horizon;
use crate::score::Origin;
use crate::train::metrics::Metrics;
use crate::train::pipeline::{self, Options, Trained};
use anyhow::Context as _;
use std::path::{Path, PathBuf};

/// Arguments of `turfwatch train`.
#[derive(clap::Args)]
pub struct Args {
    /// Labelled review files; each is a corpus of its own
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// The model file to write
    #[arg(short, long, value_name = "MODEL")]
    output: PathBuf,
    /// Rows that belong together and are never on both sides of a fold: property, reviewer, or a column
    #[arg(long, default_value = "property", value_name = "property|reviewer|COLUMN")]
    group: String,
    /// Inner folds for cross-fitting, for the choice of the penalty and for calibration
    #[arg(long, default_value_t = 5)]
    folds: usize,
    /// Seed of the folds
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Short name of the model; the output's file name if not given
    #[arg(long)]
    name: Option<String>,
    /// Share of fakes that scores assume; that of the training rows if not given
    #[arg(long, value_name = "SHARE", value_parser = super::input::share)]
    prevalence: Option<f64>,
    /// Highest share of genuine reviews that the band `suspect` may hold, in the corpus where it is hardest to hold
    #[arg(long, default_value_t = 0.01, value_name = "SHARE", value_parser = super::input::share)]
    max_false_accusations: f64,
    /// What a review's context may know: the whole file, or what was public when it was posted
    #[arg(long, default_value = "full", value_parser = ["full", "as-of"])]
    context: String,
    /// The label that means fake, where the file has its own words for it
    #[arg(long, value_name = "VALUE")]
    positive: Option<String>,
    #[command(flatten)]
    evidence: EvidenceArgs,
    /// Table with the brand and place of properties
    #[arg(long, value_name = "FILE")]
    properties: Option<PathBuf>,
    /// JSON file whose fields are added to the card (intended use, licences, limits)
    #[arg(long, value_name = "FILE")]
    card: Option<PathBuf>,
    /// A line that every run with this model shows
    #[arg(long)]
    notice: Option<String>,
    #[command(flatten)]
    read: ReadArgs,
}

/// The context that `--context` names.
pub fn horizon(name: &str) -> Horizon {
    if name == "as-of" { Horizon::AsOf } else { Horizon::Full }
}

/// Trains and writes the model.
pub fn run(args: &Args) -> anyhow::Result<Done> {
    let horizon = horizon(&args.context);
    let output = Begun::at(&args.output)?;
    let given = args.card.as_deref().map(given).transpose()?.unwrap_or_default();
    let wanted = Wanted {
        group: &args.group,
        columns: &[],
        horizon,
        positive: args.positive.as_deref(),
        properties: args.properties.as_deref(),
    };
    let labelled = labelled::load(&args.files, &args.read, &wanted)?;
    let options = Options {
        folds: args.folds,
        seed: args.seed,
        prevalence: args.prevalence,
        false_accusations: args.max_false_accusations,
        horizon,
        evidence: args.evidence.selection()?,
        ..Options::default()
    };
    let rows: Vec<usize> = (0..labelled.examples.rows.len()).collect();
    let mut trained = pipeline::fit(&labelled.examples, &rows, &options)?;
    trained.model.name = match &args.name {
        Some(name) => name.clone(),
        None => args
            .output
            .file_stem()
            .and_then(|stem| stem.to_str())
            .unwrap_or("model")
            .to_owned(),
    };
    trained.model.settings.notice = args.notice.clone();
    trained.model.card = card(args, given, &labelled, &trained, &options)?;
    let bytes = trained.model.to_bytes()?;
    output.finish(&bytes)?;
    let learnt = trained
        .model
        .settings
        .features
        .iter()
        .filter(|feature| feature.origin == Origin::Learnt)
        .count();
    eprintln!(
        "{}: {} on {} rows, penalty {}, {learnt} weights learnt, {} set by hand, {} n-gram blocks, {:.1} MB",
        args.output.display(),
        trained.model.id(),
        rows.len(),
        trained.penalty.alpha,
        trained.model.settings.features.len() - learnt,
        trained.model.blocks.len(),
        bytes.len() as f64 / 1e6
    );
    Ok(if labelled.rejected > 0 {
        Done::SomeRejected
    } else {
        Done::All
    })
}

/// The fields of `--card`.
fn given(path: &Path) -> anyhow::Result<serde_json::Map<String, serde_json::Value>> {
    let text = std::fs::read_to_string(path).with_context(|| format!("--card {}", path.display()))?;
    serde_json::from_str(&text).with_context(|| format!("--card {}: expected a JSON object", path.display()))
}

fn card(
    args: &Args,
    mut card: serde_json::Map<String, serde_json::Value>,
    labelled: &labelled::Labelled,
    trained: &Trained,
    options: &Options,
) -> anyhow::Result<serde_json::Value> {
    let examples = &labelled.examples;
    let data: Vec<serde_json::Value> = examples
        .corpora
        .iter()
        .enumerate()
        .map(|(corpus, name)| {
            let rows: Vec<_> = examples.rows.iter().filter(|row| row.corpus == corpus).collect();
            serde_json::json!({
                "corpus": name,
                "rows": rows.len(),
                "fakes": rows.iter().filter(|row| row.fake).count(),
                "sha256": labelled.digests[corpus],
                "behaviour only": rows.iter().any(|row| row.behaviour_only),
            })
        })
        .collect();
    let mut measured = serde_json::Map::new();
    for (corpus, name) in examples.corpora.iter().enumerate() {
        let of: Vec<usize> = (0..examples.rows.len())
            .filter(|row| examples.rows[*row].corpus == corpus)
            .collect();
        let labels: Vec<bool> = of.iter().map(|row| examples.rows[*row].fake).collect();
        if labels.iter().all(|fake| *fake == labels[0]) {
            continue;
        }
        let even: Vec<f64> = of
            .iter()
            .map(|row| 1.0 / (1.0 + (-trained.left_out[*row]).exp()))
            .collect();
        let groups: Vec<&str> = of.iter().map(|row| examples.rows[*row].group.as_str()).collect();
        let metrics = Metrics::measure(&even, &labels, &groups, &[100], options.seed)?;
        measured.insert(name.clone(), serde_json::json!({ "accuracy": metrics.accuracy, "auc": metrics.auc, "average_precision": metrics.average_precision, "ci95": metrics.ci95 }));
    }
    let learnt = serde_json::json!({
        "trained by": format!("turfwatch {}", env!("CARGO_PKG_VERSION")),
        "data": data,
        "protocol": format!("rows grouped by {}, {} inner folds (seed {}), n-gram evidence cross-fitted, L2 penalty {} chosen by log-loss among {:?}, signals scaled by {} chosen among {:?}", args.group, options.folds, options.seed, trained.penalty.alpha, options.alphas, trained.penalty.signal_scale, options.signal_scales),
        "measured on rows left out by the inner folds, even prevalence": measured,
        "weights set by hand": trained.model.settings.features.iter().filter(|feature| feature.origin == Origin::Prior).map(|feature| feature.code.clone()).collect::<Vec<_>>(),
    });
    if let serde_json::Value::Object(learnt) = learnt {
        card.extend(learnt);
    }
    Ok(serde_json::Value::Object(card))
}
