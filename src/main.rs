//! The command line; see `turfwatch --help`.

use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    turfwatch::cli::Command::parse().run()
}
