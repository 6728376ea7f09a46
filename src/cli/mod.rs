//! The command line: one file per command.
//!
//! Exit status: 0 done, 1 failed, 2 wrong usage, 3 done but some records were rejected. Progress and summary go to
//! standard error, results to the file or standard output; a reader that closes standard output early is no failure.

mod campaigns;
mod evaluate;
mod examined;
mod explain;
mod features;
mod import;
mod input;
mod inspect;
mod labelled;
mod model;
mod progress;
mod properties;
mod report;
mod score;
mod signals;
mod simulate;
mod slices;
mod train;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Finds evidence of fake reviews: reads review files as they are, and says how likely each review is part of
/// astroturfing, how strong the evidence is, and why.
#[derive(Parser)]
#[command(version, about, max_term_width = 110)]
pub struct Command {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Score every review of one or more files
    Score(score::Args),
    /// Show how a file is read: encoding, delimiter, columns, scales, dates, languages, what is missing
    Inspect(inspect::Args),
    /// Explain one review: every signal, value, contribution, and the evidence in the text
    Explain(explain::Args),
    /// Find campaigns: near-duplicates, bursts, groups, insiders, attacks
    Campaigns(campaigns::Args),
    /// Say of each property what its rating would be without suspect reviews, and what stands out
    Properties(properties::Args),
    /// Write a page with everything found: campaigns, properties, reviews with their evidence
    Report(report::Args),
    /// Train a model on labelled reviews
    Train(train::Args),
    /// Measure a model, or cross-validate, on labelled reviews
    Evaluate(evaluate::Args),
    /// List the signals, or show one
    Signals(signals::Args),
    /// Write the matrix of signals, for other tools
    Features(features::Args),
    /// Plant a labelled campaign into a real file
    Simulate(simulate::Args),
    /// Turn a public corpus into a labelled file
    Import(import::Args),
    /// Show a model
    Model(model::Args),
}

/// How a command ended that did not fail.
pub enum Done {
    /// Everything was read.
    All,
    /// Some records were rejected.
    SomeRejected,
}

impl Command {
    /// Runs the command and reports a failure on standard error.
    pub fn run(self) -> ExitCode {
        let done = match self.task {
            Task::Score(args) => score::run(&args),
            Task::Inspect(args) => inspect::run(&args, identify).map(|()| Done::All),
            Task::Explain(args) => explain::run(&args).map(|()| Done::All),
            Task::Campaigns(args) => campaigns::run(&args),
            Task::Properties(args) => properties::run(&args),
            Task::Report(args) => report::run(&args),
            Task::Train(args) => train::run(&args),
            Task::Evaluate(args) => evaluate::run(&args),
            Task::Signals(args) => signals::run(&args).map(|()| Done::All),
            Task::Features(args) => features::run(&args),
            Task::Simulate(args) => simulate::run(&args),
            Task::Import(args) => import::run(&args).map(|()| Done::All),
            Task::Model(args) => model::run(&args).map(|()| Done::All),
        };
        match done {
            Ok(Done::All) => ExitCode::SUCCESS,
            Ok(Done::SomeRejected) => ExitCode::from(3),
            Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
            Err(error) => {
                eprintln!("turfwatch: {error:#}");
                ExitCode::FAILURE
            }
        }
    }
}

fn identify(text: &str) -> Option<crate::text::Language> {
    crate::text::identify(text, &crate::text::Tokens::of(text))
        .found()
        .map(|found| found.language)
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause
            .downcast_ref::<std::io::Error>()
            .is_some_and(|io| io.kind() == std::io::ErrorKind::BrokenPipe)
    })
}
