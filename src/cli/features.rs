//! `turfwatch features`: the matrix of signals, for other tools.

use super::Done;
use super::input::{self, ReadArgs};
use super::train::horizon;
use crate::features;
use crate::io::write::MatrixWriter;
use crate::normalize::Warnings;
use crate::passes::{self, GatherOptions, Outcome};
use crate::signals::SIGNALS;
use std::path::PathBuf;

/// Arguments of `turfwatch features`.
#[derive(clap::Args)]
pub struct Args {
    /// Review file
    file: PathBuf,
    /// Parquet file to write: record, review_id, and one column a signal, null where missing
    #[arg(short, long, value_name = "F.parquet")]
    output: PathBuf,
    /// What a review's context may know: the whole file, or what was public when it was posted
    #[arg(long, default_value = "full", value_parser = ["full", "as-of"])]
    context: String,
    /// Table with the brand and place of properties
    #[arg(long, value_name = "FILE")]
    properties: Option<PathBuf>,
    #[command(flatten)]
    read: ReadArgs,
}

/// Writes the matrix.
pub fn run(args: &Args) -> anyhow::Result<Done> {
    let codes: Vec<&str> = SIGNALS.iter().map(|signal| signal.spec().code).collect();
    // Before the work, so that a path that cannot be written is said at once.
    let mut writer = MatrixWriter::create(&args.output, &codes)?;
    let properties = input::properties(args.properties.as_deref())?;
    let sources = args.read.open(std::slice::from_ref(&args.file))?;
    let gathered = passes::gather(
        &sources,
        &GatherOptions {
            horizon: horizon(&args.context),
            properties: &properties,
            copies: true,
        },
        |_| (),
    )?;
    passes::in_order(
        &sources[0],
        0,
        &mut Warnings::default(),
        |_, review, row| (review.id.clone(), gathered.case(&review, row, features::signal_row)),
        |outcome| -> anyhow::Result<()> {
            if let Outcome::Read(record, (id, row)) = outcome {
                writer.write(record.position.record, id.as_deref(), row.view())?;
            }
            Ok(())
        },
    )?;
    writer.finish()?;
    eprintln!(
        "{}: {} rows, {} signals, {} records rejected",
        args.output.display(),
        gathered.rows,
        codes.len(),
        gathered.rejected
    );
    Ok(if gathered.rejected > 0 {
        Done::SomeRejected
    } else {
        Done::All
    })
}
