//! The command line: one file per command.
//!
//! Exit status: 0 done, 1 failed, 2 wrong usage, 3 done but some records were rejected, 130 interrupted. Progress and summary go to
//! standard error, results to the file or standard output; a reader that closes standard output early is no failure.

/// What is said on standard error is said in vain where nobody reads it, and that is no reason to panic, as the macro of the
/// standard library does. It stands before the modules, so that it is theirs.
macro_rules! eprintln {
    ($($said:tt)*) => {{
        use std::io::Write as _;
        _ = writeln!(std::io::stderr(), $($said)*);
    }};
}

mod campaigns;
mod evaluate;
mod examined;
mod explain;
mod features;
mod import;
mod input;
mod inspect;
mod labelled;
mod listing;
mod model;
mod progress;
mod properties;
mod report;
mod score;
mod signals;
mod simulate;
mod slices;
mod train;

use crate::io::output::Output;
use anyhow::Context as _;
use clap::{Parser, Subcommand};
use std::io::Write as _;
use std::path::Path;
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
    /// Find campaigns: near-duplicates, template phrases, bursts, groups, insiders, attacks
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

/// Exit status after an interrupt, as shells have it: 128 and the number of the signal.
const INTERRUPTED: i32 = 130;

/// A file begun before the work whose result it gets, so that a path that cannot be written is said at once.
struct Begun<'a> {
    path: &'a Path,
    output: Output,
}

impl<'a> Begun<'a> {
    fn at(path: &'a Path) -> anyhow::Result<Begun<'a>> {
        let output = Output::create(Some(path)).with_context(|| format!("{}: cannot be written", path.display()))?;
        Ok(Begun { path, output })
    }

    fn wanted(path: Option<&'a Path>) -> anyhow::Result<Option<Begun<'a>>> {
        path.map(Begun::at).transpose()
    }

    /// Writes the file, which then appears whole.
    fn finish(mut self, bytes: &[u8]) -> anyhow::Result<()> {
        let written = self.output.write_all(bytes).and_then(|()| self.output.finish());
        written.with_context(|| format!("{}: cannot be written", self.path.display()))
    }
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
        crate::io::silence_contained_panics();
        // Without a handler the process ends all the same, with a file under another name left in the folder.
        _ = ctrlc::set_handler(|| {
            crate::io::output::abandon();
            std::process::exit(INTERRUPTED);
        });
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
                eprintln!("turfwatch: {}", message(&error));
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
    let kind = |cause: &(dyn std::error::Error + 'static)| {
        let io = cause.downcast_ref::<std::io::Error>().map(std::io::Error::kind);
        // These two keep what the system said to themselves.
        let csv = || match cause.downcast_ref::<csv::Error>()?.kind() {
            csv::ErrorKind::Io(error) => Some(error.kind()),
            _ => None,
        };
        let json = || cause.downcast_ref::<serde_json::Error>()?.io_error_kind();
        io.or_else(csv).or_else(json)
    };
    error
        .chain()
        .any(|cause| kind(cause) == Some(std::io::ErrorKind::BrokenPipe))
}

/// An error and its causes, without those that an error before them has said already.
fn message(error: &anyhow::Error) -> String {
    let mut said = String::new();
    for cause in error.chain().map(ToString::to_string) {
        if !said.ends_with(&cause) {
            said.push_str(if said.is_empty() { "" } else { ": " });
            said.push_str(&cause);
        }
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cause_is_said_once() {
        let full = std::io::Error::other("no space left");
        let error = crate::io::ReadError::Io {
            file: "a.csv".to_owned(),
            error: full,
        };
        let error = Err::<(), _>(error).context("reading").unwrap_err();
        assert_eq!(message(&error), "reading: a.csv: no space left");
    }

    #[test]
    fn closed_pipes_are_told_whoever_met_them() {
        let closed = || std::io::Error::from(std::io::ErrorKind::BrokenPipe);
        assert!(is_closed_pipe(&anyhow::Error::from(closed()).context("writing")));
        assert!(is_closed_pipe(&anyhow::Error::from(csv::Error::from(closed()))));
        assert!(is_closed_pipe(&anyhow::Error::from(serde_json::Error::io(closed()))));
        assert!(!is_closed_pipe(&anyhow::Error::from(std::io::Error::other("full"))));
    }
}
