//! `turfwatch simulate`: plants a labelled campaign into a real file.

use super::input::ReadArgs;
use super::{Begun, Done};
use crate::normalize::Warnings;
use crate::passes::{self, Outcome};
use crate::simulate::{Kind, Options, Row, Table, Texts, simulate};
use anyhow::Context as _;
use clap::ValueEnum;
use clap::builder::PossibleValue;
use std::path::PathBuf;

/// Plants a labelled campaign into a real file, in the file's own manner. All rows get the columns `label` (the file's own
/// count as genuine) and `campaign`.
#[derive(clap::Args)]
pub struct Args {
    /// The file
    file: PathBuf,
    /// The kind of campaign
    #[arg(long, value_name = "KIND")]
    campaign: Kind,
    /// Number of reviews to plant
    #[arg(long, default_value_t = 30)]
    size: usize,
    /// How crude the campaign is, 0 to 1
    #[arg(long, default_value_t = 0.7)]
    intensity: f64,
    /// The same seed plants the same campaign
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Fake texts to use: lines of + (praise) or - (attack), a tab and the text
    #[arg(long, value_name = "FILE")]
    texts: Option<PathBuf>,
    /// The CSV file to write
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    #[command(flatten)]
    read: ReadArgs,
}

impl ValueEnum for Kind {
    fn value_variants<'a>() -> &'a [Kind] {
        &Kind::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let help = match self {
            Kind::Insider => "one reviewer praises a brand and runs down its competitors",
            Kind::PaidBurst => "many one-time reviewers praise one property within days",
            Kind::Template => "nearly the same texts under many names",
            Kind::Group => "the same few reviewers praise the same several properties",
            Kind::CompetitorAttack => "one property is run down within days by accounts that praise a rival",
            Kind::CrossSite => "a property is praised on one site only, partly with texts from another",
            Kind::Camouflaged => "a group whose members have innocent reviews too",
        };
        Some(PossibleValue::new(self.name()).help(help))
    }
}

/// Plants the campaign, and says on standard error what was planted.
///
/// # Errors
/// Where the file cannot be read, the kind makes no sense in it, or the output cannot be written.
pub fn run(args: &Args) -> anyhow::Result<Done> {
    let output = Begun::at(&args.output)?;
    let texts = match &args.texts {
        Some(path) => {
            let name = path.display().to_string();
            let content = std::fs::read_to_string(path).with_context(|| format!("{name}: cannot be read"))?;
            Some(Texts::parse(&name, &content)?)
        }
        None => None,
    };
    let (table, rejected) = read(args)?;
    let options = Options {
        kind: args.campaign,
        size: args.size,
        intensity: args.intensity,
        seed: args.seed,
        texts,
    };
    let name = args.file.display();
    let simulated = simulate(&table, &options).with_context(|| name.to_string())?;
    let mut csv = csv::Writer::from_writer(Vec::new());
    csv.write_record(&simulated.header)?;
    for row in &simulated.rows {
        csv.write_record(row)?;
    }
    output.finish(&csv.into_inner()?)?;
    for note in &simulated.notes {
        eprintln!("{name}: {note}");
    }
    if rejected > 0 {
        eprintln!("{name}: {rejected} records could not be read and are not in the output");
        return Ok(Done::SomeRejected);
    }
    Ok(Done::All)
}

/// The whole file, and how many records were rejected.
fn read(args: &Args) -> anyhow::Result<(Table, usize)> {
    let mut sources = args.read.open(std::slice::from_ref(&args.file))?;
    let Some(source) = sources.pop() else {
        anyhow::bail!("{}: no file", args.file.display())
    };
    let width = source.reading().header.len();
    let (mut rows, mut rejected) = (Vec::new(), 0);
    let mut warnings = Warnings::default();
    passes::in_order(
        &source,
        0,
        &mut warnings,
        |_, review, _| review,
        |outcome| -> anyhow::Result<()> {
            match outcome {
                Outcome::Read(record, review) => {
                    let cells = (0..width)
                        .map(|column| record.get(column).unwrap_or_default().to_owned())
                        .collect();
                    rows.push(Row { cells, review });
                }
                Outcome::Rejected(_) => rejected += 1,
            }
            Ok(())
        },
    )?;
    Ok((
        Table {
            reading: source.reading().clone(),
            rows,
        },
        rejected,
    ))
}
