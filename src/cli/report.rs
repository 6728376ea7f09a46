//! `turfwatch report`: a page to open, print and send.

use super::examined::{ExamineArgs, Examined};
use super::{Begun, Done};
use crate::explain::Tongue;
use crate::report::audit::{Audit, Member, ModelShown};
use crate::score::Score;
use crate::scorer::Scorer;
use rustc_hash::{FxHashMap, FxHashSet};
use std::path::PathBuf;
use std::time::Instant;

/// Arguments of `turfwatch report`.
#[derive(clap::Args)]
pub struct Args {
    /// Where to write the page; `-` is standard output
    #[arg(short, long, value_name = "F.html")]
    output: PathBuf,
    /// Number of reviews in the page: those with the highest probability
    #[arg(long, value_name = "K", default_value_t = 200)]
    top: usize,
    #[command(flatten)]
    examine: ExamineArgs,
}

/// Writes the page.
pub fn run(args: &Args) -> anyhow::Result<Done> {
    let started = Instant::now();
    let model = args.examine.model()?;
    let scorer = Scorer::new(&model, args.examine.prevalence)?;
    let output = Begun::at(&args.output)?;
    let mut rejects = args.examine.input.rejects(Some(&args.output));
    let examined = Examined::of(&args.examine, &scorer, args.top, &mut rejects)?;
    let rejects_file = rejects.finish()?;
    let campaigns = examined.context().campaigns();
    let properties = examined.findings.properties(examined.context());
    let ranked: Vec<usize> = examined.findings.worst().collect();
    let worst: FxHashSet<usize> = ranked.iter().copied().collect();
    let in_campaigns = campaigns
        .list
        .iter()
        .flat_map(|campaign| &campaign.members)
        .map(|row| *row as usize);
    let mut wanted: Vec<usize> = in_campaigns.chain(ranked.iter().copied()).collect();
    wanted.sort_unstable();
    wanted.dedup();
    let rows = examined.rows(&wanted, |file, record, review, row| {
        let score: Option<Score> = worst.contains(&row).then(|| examined.score(&scorer, review, row));
        (
            row,
            Member {
                file,
                record: record.position.record,
                review: review.clone(),
            },
            score,
        )
    })?;
    let mut members: FxHashMap<u32, Member> = FxHashMap::default();
    let mut scored: FxHashMap<usize, (Member, Score)> = FxHashMap::default();
    for (row, member, score) in rows {
        if let Some(score) = score {
            scored.insert(row, (member.clone(), score));
        }
        members.insert(row as u32, member);
    }
    let worst: Vec<(usize, Member, Score)> = ranked
        .into_iter()
        .filter_map(|row| scored.remove(&row).map(|(member, score)| (row, member, score)))
        .collect();
    let page = Audit {
        tongue: args.examine.input.tongue(),
        sources: &examined.sources,
        model: ModelShown {
            id: model.id(),
            notice: model.settings.notice.clone(),
            prevalence: args.examine.prevalence.unwrap_or(model.settings.prevalence),
            card: super::model::card_text(&model.card),
        },
        findings: &examined.findings,
        properties: &properties,
        campaigns,
        members: &members,
        worst: &worst,
        rejected: examined.rejected,
        rejects: &examined.rejects,
        warnings: examined.warnings(),
    }
    .page();
    output.finish(page.as_bytes())?;
    eprintln!(
        "{} reviews, {}, {}, {} records rejected; {} in {:.1} s",
        examined.findings.scored(),
        Tongue::En.counted(campaigns.list.len() as u64, ["campaign", "campaigns"], ["", ""]),
        Tongue::En.counted(properties.len() as u64, ["property", "properties"], ["", ""]),
        examined.rejected,
        args.output.display(),
        started.elapsed().as_secs_f64()
    );
    if let Some(path) = rejects_file {
        eprintln!("  rejected records: {}", path.display());
    }
    if let Some(notice) = &model.settings.notice {
        eprintln!("  {notice}");
    }
    Ok(if examined.rejected > 0 {
        Done::SomeRejected
    } else {
        Done::All
    })
}
