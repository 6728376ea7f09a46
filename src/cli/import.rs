//! `turfwatch import`: a public corpus as a labelled file.

use super::Begun;
use crate::import::{Corpus, import};
use clap::ValueEnum;
use clap::builder::PossibleValue;
use std::path::PathBuf;

/// Turns a public corpus into a labelled file: canonical columns, the give-aways of its making taken out, rows in random
/// order with new ids.
#[derive(clap::Args)]
pub struct Args {
    /// The corpus
    corpus: Corpus,
    /// Its folder as published (for yelp-hotel also the file)
    path: PathBuf,
    /// The CSV file to write
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
}

impl ValueEnum for Corpus {
    fn value_variants<'a>() -> &'a [Corpus] {
        &Corpus::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let help = match self {
            Corpus::Ott => "Deceptive Opinion Spam Corpus v1.4, hotels of Chicago",
            Corpus::MaideUp => "MAiDE-up, hotel reviews by guests and by GPT-4 in five languages",
            Corpus::OpSpamAi => "op_spam_AI, machine-written variants of the Ott reviews (fakes only)",
            Corpus::YelpHotel => "Yelp hotel reviews with the verdict of Yelp's filter, stemmed",
            Corpus::YelpchiGraph => "who reviewed what on YelpChi, with prior suspicions",
            Corpus::Machine => {
                "machine_reviews.csv of this project beside real reviews from before 2020, any files in the folder"
            }
        };
        Some(PossibleValue::new(self.name()).help(help))
    }
}

/// Imports, and says on standard error what was taken out.
///
/// # Errors
/// Where the corpus cannot be read or the output not be written.
pub fn run(args: &Args) -> anyhow::Result<()> {
    let output = Begun::at(&args.output)?;
    let imported = import(args.corpus, &args.path)?;
    let mut csv = Vec::new();
    imported.write_csv(&mut csv)?;
    output.finish(&csv)?;
    for note in &imported.notes {
        eprintln!("{}: {note}", args.corpus.name());
    }
    Ok(())
}
