//! `turfwatch score`: the input's own columns, and what the detector says of each review.

use super::input::{self, FilesArgs};
use super::{Done, progress};
use crate::context::Horizon;
use crate::explain::{Tongue, phrase, sentence};
use crate::io::Source;
use crate::io::write::{self, Format, ScoredRow, Sink, SinkOptions};
use crate::model::Model;
use crate::normalize::{RawRecord, Reject, Warnings};
use crate::passes::{self, GatherOptions, Gathered, Outcome};
use crate::review::Review;
use crate::score::{Band, Score};
use crate::scorer::{Detail, Scorer};
use anyhow::bail;
use std::collections::BTreeMap;
use std::io::{IsTerminal as _, Write as _};
use std::path::PathBuf;
use std::time::Instant;

/// Arguments of `turfwatch score`.
#[derive(clap::Args)]
pub struct Args {
    /// Where to write; standard output if not given
    #[arg(short, long, value_name = "OUT")]
    output: Option<PathBuf>,
    /// Format of the output; by the ending of OUT if not given
    #[arg(long, value_name = "csv|jsonl|parquet", value_parser = ["csv", "jsonl", "parquet"])]
    format: Option<String>,
    /// Model: hotel, hotel-open, or a model file
    #[arg(long, value_name = "MODEL")]
    model: Option<String>,
    /// Share of fakes that probabilities assume; the model's own if not given
    #[arg(long, value_name = "SHARE", value_parser = super::input::share)]
    prevalence: Option<f64>,
    /// Write only the K reviews with the highest probability, in input order
    #[arg(long, value_name = "K")]
    top: Option<usize>,
    /// Neutralise what a spreadsheet would run as a formula in all columns, not only in those of turfwatch
    #[arg(long)]
    spreadsheet_safe: bool,
    /// Leave out what looks over the whole file for copies: faster, and family B1 is missing
    #[arg(long)]
    no_campaigns: bool,
    #[command(flatten)]
    input: FilesArgs,
}

/// Scores the files.
pub fn run(args: &Args) -> anyhow::Result<Done> {
    let started = Instant::now();
    args.input.threads()?;
    let (model, sources) = rayon::join(|| input::model(args.model.as_deref()), || args.input.open());
    let model = model?;
    let scorer = Scorer::new(&model, args.prevalence)?;
    let properties = args.input.properties()?;
    let sources = sources?;
    let bar = progress::bar(0, "reading");
    let options = GatherOptions {
        horizon: model.settings.horizon,
        properties: &properties,
        copies: !args.no_campaigns,
    };
    let gathered = passes::gather(&sources, &options, |n| bar.inc(n))?;
    bar.finish_and_clear();

    let mut summary = Summary::default();
    let to_terminal = args.output.is_none() && args.format.is_none() && std::io::stdout().is_terminal();
    let threshold = args.top.map(|k| highest(&sources, &scorer, &gathered, k)).transpose()?;
    let mut out = Output::open(args, &sources, to_terminal)?;
    let mut rejects = args.input.rejects(args.output.as_deref());
    let tongue = args.input.tongue();
    let detail = if out.is_json() {
        Detail::All
    } else {
        Detail::Named(tongue)
    };
    let id = model.id();
    let bar = progress::bar((gathered.rows as u64) + gathered.rejected, "scoring");
    each(&sources, &scorer, &gathered, detail, tongue, |at, record, outcome| {
        bar.inc(1);
        match outcome {
            Ok(row) => {
                summary.count(&row.score, &row.review);
                if threshold.as_ref().is_none_or(|chosen| chosen.contains(&row.row)) {
                    out.write(at, record, &row, &id, tongue)?;
                }
            }
            Err(reject) => {
                summary.rejected += 1;
                rejects.write(&reject)?;
            }
        }
        Ok(())
    })?;
    bar.finish_and_clear();
    let rejects_file = rejects.finish()?;
    out.finish(&summary, tongue)?;
    summary.print(&model, &gathered, rejects_file.as_deref(), started);
    Ok(if summary.rejected > 0 {
        Done::SomeRejected
    } else {
        Done::All
    })
}

/// A review with its score and its row; the explanation is empty where only numbers are asked for.
type Scored = Result<Row, Reject>;

struct Row {
    score: Score,
    review: Review,
    explanation: String,
    row: usize,
}

/// Runs the second pass over all sources.
fn each(
    sources: &[Source],
    scorer: &Scorer<'_>,
    gathered: &Gathered,
    detail: Detail,
    tongue: Tongue,
    mut take: impl FnMut(usize, Option<&RawRecord>, Scored) -> anyhow::Result<()> + Send,
) -> anyhow::Result<()> {
    let mut row = 0;
    let mut warnings = Warnings::default();
    for (at, source) in sources.iter().enumerate() {
        row = passes::in_order(
            source,
            row,
            &mut warnings,
            |_, review, row| {
                let (score, language) = gathered.case(&review, row, |case| {
                    (scorer.score(case, detail), case.text.and_then(|text| text.language))
                });
                let review = Review { language, ..review };
                let explanation = match detail {
                    Detail::Numbers => String::new(),
                    Detail::Named(_) | Detail::All => sentence(&score, &review, tongue),
                };
                Row {
                    score,
                    review,
                    explanation,
                    row,
                }
            },
            |outcome| match outcome {
                Outcome::Read(record, scored) => take(at, Some(&record), Ok(scored)),
                Outcome::Rejected(reject) => take(at, None, Err(reject)),
            },
        )?;
    }
    if row != gathered.rows {
        bail!(
            "the input changed while it was read: {} records on the first pass, {row} on the second; run again on a file that is not being written",
            gathered.rows
        );
    }
    Ok(())
}

/// The rows of the k highest probabilities; of equal ones the earlier.
fn highest(
    sources: &[Source],
    scorer: &Scorer<'_>,
    gathered: &Gathered,
    k: usize,
) -> anyhow::Result<std::collections::BTreeSet<usize>> {
    let mut best: std::collections::BTreeSet<(i64, std::cmp::Reverse<usize>)> = Default::default();
    each(
        sources,
        scorer,
        gathered,
        Detail::Numbers,
        Tongue::En,
        |_, _, outcome| {
            if let Ok(row) = outcome {
                best.insert((row.score.milli_logit, std::cmp::Reverse(row.row)));
                if best.len() > k {
                    best.pop_first();
                }
            }
            Ok(())
        },
    )?;
    Ok(best.into_iter().map(|(_, row)| row.0).collect())
}

/// Where scores go.
enum Output {
    /// A file or a pipe.
    Sink(Box<dyn Sink>, bool),
    /// A terminal: the worst reviews as a table.
    Table(Vec<(i64, String)>),
}

/// Reviews in the terminal's table.
const TABLE: usize = 20;

impl Output {
    fn open(args: &Args, sources: &[Source], to_terminal: bool) -> anyhow::Result<Output> {
        if to_terminal {
            return Ok(Output::Table(Vec::new()));
        }
        let format = match (args.format.as_deref(), &args.output) {
            (Some(name), _) => Format::from_name(name).unwrap_or(Format::Csv),
            (None, Some(path)) => {
                let ending = path
                    .extension()
                    .unwrap_or_default()
                    .to_string_lossy()
                    .to_ascii_lowercase();
                if ["xlsx", "xls", "ods", "html", "pdf"].contains(&ending.as_str()) {
                    bail!(
                        "{}: cannot write .{ending}; name a .csv, .jsonl or .parquet file, or say --format",
                        path.display()
                    );
                }
                Format::of_path(path)
            }
            (None, None) => Format::Csv,
        };
        let options = SinkOptions {
            format,
            spreadsheet_safe: args.spreadsheet_safe,
        };
        Ok(Output::Sink(
            write::open(args.output.as_deref(), sources, &options)?,
            format == Format::Jsonl,
        ))
    }

    fn is_json(&self) -> bool {
        matches!(self, Output::Sink(_, true))
    }

    fn write(
        &mut self,
        at: usize,
        record: Option<&RawRecord>,
        row: &Row,
        id: &str,
        tongue: Tongue,
    ) -> anyhow::Result<()> {
        let Row {
            score,
            review,
            explanation,
            ..
        } = row;
        match (self, record) {
            (Output::Sink(sink, _), Some(record)) => {
                sink.write(
                    at,
                    record,
                    &ScoredRow {
                        score,
                        explanation,
                        model: id,
                        review,
                    },
                )?;
            }
            (Output::Table(worst), Some(record)) => {
                if worst.len() == TABLE && worst.last().is_some_and(|(least, _)| score.milli_logit <= *least) {
                    return Ok(());
                }
                let line = table_line(record, score, review, tongue);
                let place = worst.partition_point(|(milli, _)| *milli >= score.milli_logit);
                worst.insert(place, (score.milli_logit, line));
                worst.truncate(TABLE);
            }
            (_, None) => {}
        }
        Ok(())
    }

    fn finish(self, summary: &Summary, _tongue: Tongue) -> anyhow::Result<()> {
        match self {
            Output::Sink(sink, _) => sink.finish()?,
            Output::Table(worst) => {
                let mut out = std::io::stdout().lock();
                writeln!(
                    out,
                    "The {} most suspicious of {} reviews (all of them: -o FILE.csv)\n",
                    worst.len(),
                    summary.scored()
                )?;
                writeln!(
                    out,
                    "{:>5}  {:<8} {:>8}  {:<16} why",
                    "prob", "band", "evidence", "review"
                )?;
                for (_, line) in worst {
                    writeln!(out, "{line}")?;
                }
                writeln!(out)?;
            }
        }
        Ok(())
    }
}

fn table_line(record: &RawRecord, score: &Score, review: &Review, tongue: Tongue) -> String {
    let name = review
        .id
        .clone()
        .unwrap_or_else(|| format!("record {}", record.position.record));
    let mut said: Vec<&str> = Vec::new();
    for reason in score.reasons.iter().filter(|reason| reason.milli_logit > 0) {
        let phrase = phrase(reason, tongue);
        if !said.contains(&phrase) && said.len() < 2 {
            said.push(phrase);
        }
    }
    let band = match score.band {
        Band::InsufficientEvidence => "too thin",
        band => band.name(),
    };
    format!(
        "{:>5.3}  {band:<8} {:>8.2}  {:<16} {}",
        score.probability(),
        score.evidence,
        name.chars().take(16).collect::<String>(),
        said.join("; ")
    )
}

/// What was done.
#[derive(Default)]
struct Summary {
    bands: BTreeMap<Band, u64>,
    languages: BTreeMap<String, u64>,
    rejected: u64,
}

impl Summary {
    fn count(&mut self, score: &Score, review: &Review) {
        *self.bands.entry(score.band).or_default() += 1;
        let language = review
            .language
            .map_or("not told".to_owned(), |language| language.code().to_owned());
        *self.languages.entry(language).or_default() += 1;
    }

    fn scored(&self) -> u64 {
        self.bands.values().sum()
    }

    fn print(&self, model: &Model, gathered: &Gathered, rejects: Option<&std::path::Path>, started: Instant) {
        let scored = self.scored();
        if scored + self.rejected == 0 {
            eprintln!("0 reviews: there is no record after the header");
            return;
        }
        let seconds = started.elapsed().as_secs_f64();
        eprintln!("{scored} reviews scored, {} rejected, in {seconds:.1} s", self.rejected);
        for band in Band::ALL {
            let count = self.bands.get(&band).copied().unwrap_or(0);
            eprintln!(
                "  {:<22} {count:>8}  {:>5.1} %",
                band.name(),
                100.0 * count as f64 / scored.max(1) as f64
            );
        }
        let mut languages: Vec<_> = self.languages.iter().collect();
        languages.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
        let named: Vec<String> = languages
            .iter()
            .take(6)
            .map(|(code, count)| format!("{code} {count}"))
            .collect();
        eprintln!(
            "  languages: {}{}",
            named.join(", "),
            if languages.len() > 6 { ", ..." } else { "" }
        );
        for (kind, field, tally) in gathered.warnings.iter() {
            eprintln!("  {} values became missing: {field}, {}", tally.count, kind.describe());
        }
        let unread = &gathered.photos_unread;
        if unread.addresses > 0 {
            eprintln!(
                "  {} photos left out: addresses, which are never fetched",
                unread.addresses
            );
        }
        if unread.outside > 0 {
            eprintln!(
                "  {} photos left out: outside the folder of the file; --photos DIR names a further one",
                unread.outside
            );
        }
        if let Some(first) = &unread.first_broken {
            eprintln!(
                "  {} photos left out: not readable, the first is {first}",
                unread.broken
            );
        }
        if let Some(path) = rejects {
            eprintln!("  rejected records: {}", path.display());
        }
        eprintln!(
            "  model {}{}",
            model.id(),
            if model.settings.horizon == Horizon::AsOf {
                ", context as of each review's time"
            } else {
                ""
            }
        );
        if let Some(notice) = &model.settings.notice {
            eprintln!("  {notice}");
        }
        eprintln!(
            "  A score is evidence to look at, never proof; {} reviews are too thin to judge.",
            self.bands.get(&Band::InsufficientEvidence).copied().unwrap_or(0)
        );
    }
}
