//! What `campaigns` and `properties` share: a listing, as a table in the terminal, or as CSV or JSON Lines elsewhere.

use crate::io::output::Output;
use anyhow::Context as _;
use std::io::{IsTerminal as _, StdoutLock};
use std::path::{Path, PathBuf};

/// Where a listing goes.
#[derive(clap::Args)]
pub struct ListingArgs {
    /// Where to write; standard output if not given
    #[arg(short, long, value_name = "OUT")]
    pub output: Option<PathBuf>,
    /// Format of the output; by the ending of OUT if not given
    #[arg(long, value_name = "csv|jsonl", value_parser = ["csv", "jsonl"])]
    format: Option<String>,
}

/// A listing begun before the work whose result it shows, so that a path that cannot be written is said at once.
pub(super) enum Listing<'a> {
    /// A table on standard output, which is a terminal.
    Table,
    /// CSV.
    Csv(Output, &'a Path),
    /// JSON Lines.
    JsonLines(Output, &'a Path),
}

impl ListingArgs {
    /// Begins the listing.
    pub(super) fn begin(&self) -> anyhow::Result<Listing<'_>> {
        let lines = match (&self.format, &self.output) {
            (None, None) if std::io::stdout().is_terminal() => return Ok(Listing::Table),
            (Some(format), _) => format == "jsonl",
            (None, Some(path)) => {
                let name = path.to_string_lossy().to_lowercase();
                name.ends_with(".jsonl") || name.ends_with(".ndjson")
            }
            (None, None) => false,
        };
        let path = self.output.as_deref().unwrap_or(Path::new("standard output"));
        let output = Output::create(self.output.as_deref()).with_context(|| failed(path))?;
        Ok(if lines {
            Listing::JsonLines(output, path)
        } else {
            Listing::Csv(output, path)
        })
    }
}

impl Listing<'_> {
    /// Writes what was found in the form that is wanted.
    pub fn write(
        self,
        table: impl FnOnce(&mut StdoutLock<'_>) -> anyhow::Result<()>,
        csv: impl FnOnce(Output) -> anyhow::Result<Output>,
        json_lines: impl FnOnce(Output) -> anyhow::Result<Output>,
    ) -> anyhow::Result<()> {
        let (written, path) = match self {
            Listing::Table => return table(&mut std::io::stdout().lock()),
            Listing::Csv(output, path) => (csv(output), path),
            Listing::JsonLines(output, path) => (json_lines(output), path),
        };
        written
            .and_then(|output| Ok(output.finish()?))
            .with_context(|| failed(path))
    }
}

fn failed(path: &Path) -> String {
    format!("{}: cannot be written", path.display())
}
