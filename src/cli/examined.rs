//! What `properties` and `report` share: the files scored, and what that says as a whole and of each property.

use super::input::{self, FilesArgs};
use super::progress;
use crate::context::{Context, Horizon};
use crate::findings::{Called, Findings, Judged};
use crate::io::Source;
use crate::io::rejects::RejectsFile;
use crate::model::Model;
use crate::normalize::{RawRecord, Warnings};
use crate::passes::{self, GatherOptions, Gathered, Outcome};
use crate::review::Review;
use crate::score::Score;
use crate::scorer::{Detail, Scorer};
use crate::text::Language;
use anyhow::bail;

/// Arguments of both.
#[derive(clap::Args)]
pub struct ExamineArgs {
    /// Model: hotel, hotel-open, or a model file
    #[arg(long, value_name = "MODEL")]
    model: Option<String>,
    /// Share of fakes that probabilities assume; the model's own if not given
    #[arg(long, value_name = "SHARE", value_parser = super::input::share)]
    pub prevalence: Option<f64>,
    #[command(flatten)]
    pub input: FilesArgs,
}

impl ExamineArgs {
    /// Sets the threads and loads the model.
    pub fn model(&self) -> anyhow::Result<Model> {
        self.input.threads()?;
        input::model(self.model.as_deref())
    }
}

/// The files, scored.
pub(super) struct Examined {
    pub sources: Vec<Source>,
    gathered: Gathered,
    /// The context over the full file, where scores are as of each review's time.
    full: Option<Gathered>,
    pub findings: Findings,
    pub rejected: u64,
    /// The first rejected records, in words.
    pub rejects: Vec<String>,
}

/// Rejected records that are kept.
const REJECTS: usize = 5;

impl Examined {
    /// Reads and scores the files; the rows of the `worst` highest probabilities are kept.
    pub fn of(
        args: &ExamineArgs,
        scorer: &Scorer<'_>,
        worst: usize,
        rejects: &mut RejectsFile,
    ) -> anyhow::Result<Examined> {
        let properties = args.input.properties()?;
        let sources = args.input.open()?;
        let gather = |horizon| {
            let bar = progress::bar(0, "reading");
            let options = GatherOptions {
                horizon,
                properties: &properties,
                copies: true,
            };
            let gathered = passes::gather(&sources, &options, |n| bar.inc(n));
            bar.finish_and_clear();
            gathered
        };
        let horizon = scorer.model().settings.horizon;
        let gathered = gather(horizon)?;
        let full = if horizon == Horizon::Full {
            None
        } else {
            Some(gather(Horizon::Full)?)
        };
        let context = &full.as_ref().unwrap_or(&gathered).context;
        let mut findings = Findings::new(context, worst);
        let (mut rejected, mut first_rejects) = (0, Vec::new());
        let bar = progress::bar((gathered.rows as u64) + gathered.rejected, "scoring");
        let mut row = 0;
        for source in &sources {
            row = passes::in_order(
                source,
                row,
                &mut Warnings::default(),
                |_, review, row| {
                    let (score, language) = score(scorer, &gathered, &review, row, Detail::Numbers);
                    let property = context
                        .property_of(row)
                        .filter(|property| context.first_row_of(*property) == row);
                    (
                        row,
                        Judged::of(&review, &score, language),
                        property.map(|property| (property, Called::of(&review))),
                    )
                },
                |outcome| -> anyhow::Result<()> {
                    bar.inc(1);
                    match outcome {
                        Outcome::Read(_, (row, judged, called)) => {
                            findings.add(context, row, &judged);
                            if let Some((property, called)) = called {
                                findings.call(property, called);
                            }
                        }
                        Outcome::Rejected(reject) => {
                            rejected += 1;
                            if first_rejects.len() < REJECTS {
                                first_rejects.push(reject.to_string());
                            }
                            rejects.write(&reject)?;
                        }
                    }
                    Ok(())
                },
            )?;
        }
        bar.finish_and_clear();
        if row != gathered.rows {
            bail!(
                "the input changed while it was read: {} records on the first pass, {row} on the second; run again on a file that is not being written",
                gathered.rows
            );
        }
        Ok(Examined {
            sources,
            gathered,
            full,
            findings,
            rejected,
            rejects: first_rejects,
        })
    }

    /// The context over the full file.
    pub fn context(&self) -> &Context {
        &self.full.as_ref().unwrap_or(&self.gathered).context
    }

    /// Values that became missing.
    pub fn warnings(&self) -> &Warnings {
        &self.gathered.warnings
    }

    /// Scores a review again, with the evidence of all reasons.
    pub fn score(&self, scorer: &Scorer<'_>, review: &Review, row: usize) -> Score {
        score(scorer, &self.gathered, review, row, Detail::All).0
    }

    /// Reads the files once more: what `work` makes of the wanted rows, which are sorted, in input order.
    pub fn rows<T: Send>(
        &self,
        wanted: &[usize],
        work: impl Fn(usize, &RawRecord, &Review, usize) -> T + Sync,
    ) -> anyhow::Result<Vec<T>> {
        let mut made = Vec::with_capacity(wanted.len());
        let mut row = 0;
        for (file, source) in self.sources.iter().enumerate() {
            row = passes::in_order(
                source,
                row,
                &mut Warnings::default(),
                |record, review, row| {
                    wanted
                        .binary_search(&row)
                        .is_ok()
                        .then(|| work(file, record, &review, row))
                },
                |outcome| -> anyhow::Result<()> {
                    if let Outcome::Read(_, Some(one)) = outcome {
                        made.push(one);
                    }
                    Ok(())
                },
            )?;
        }
        Ok(made)
    }
}

fn score(
    scorer: &Scorer<'_>,
    gathered: &Gathered,
    review: &Review,
    row: usize,
    detail: Detail,
) -> (Score, Option<Language>) {
    gathered.case(review, row, |case| {
        (scorer.score(case, detail), case.text.and_then(|text| text.language))
    })
}
