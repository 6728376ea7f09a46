//! `turfwatch campaigns`: what spans several reviews.

use super::Done;
use super::input::FilesArgs;
use super::listing::ListingArgs;
use super::progress;
use crate::campaigns::{Campaign, Campaigns, Clock, Named};
use crate::context::Horizon;
use crate::explain::Tongue;
use crate::io::Source;
use crate::io::output::Output;
use crate::io::rejects::RejectsFile;
use crate::normalize::Warnings;
use crate::passes::{self, GatherOptions, Outcome};
use crate::review::Review;
use anyhow::bail;
use rustc_hash::FxHashMap;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Arguments of `turfwatch campaigns`.
#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    listing: ListingArgs,
    #[command(flatten)]
    input: FilesArgs,
}

/// A member's review.
struct Member {
    file: usize,
    record: u64,
    review: Review,
}

/// Everything found in some files, and the reviews that it is about.
pub(super) struct Found {
    campaigns: Campaigns,
    members: FxHashMap<u32, Member>,
    rows: usize,
    rejected: u64,
    elapsed: std::time::Duration,
}

/// Looks for campaigns in files. Rejected records go to `rejects`, if there is one.
pub(super) fn find(
    sources: &[Source],
    properties: &crate::context::Properties,
    mut rejects: Option<&mut RejectsFile>,
) -> anyhow::Result<Found> {
    let started = std::time::Instant::now();
    let bar = progress::bar(0, "reading");
    let options = GatherOptions {
        horizon: Horizon::Full,
        properties,
        copies: true,
    };
    let gathered = passes::gather(sources, &options, |n| bar.inc(n))?;
    bar.finish_and_clear();
    let campaigns = gathered.context.campaigns().clone();
    let mut wanted: Vec<u32> = campaigns
        .list
        .iter()
        .flat_map(|campaign| campaign.members.iter().copied())
        .collect();
    wanted.sort_unstable();
    wanted.dedup();
    let mut members = FxHashMap::default();
    let mut row = 0;
    // Nothing to name and nothing to write: no second pass.
    let needed = !wanted.is_empty() || gathered.rejected > 0 && rejects.is_some();
    let sources = if needed { sources } else { &[] };
    for (file, source) in sources.iter().enumerate() {
        row = passes::in_order(
            source,
            row,
            &mut Warnings::default(),
            |record, review, row| {
                let wanted = wanted.binary_search(&(row as u32)).is_ok();
                let record = record.position.record;
                wanted.then_some((row as u32, Member { file, record, review }))
            },
            |outcome| -> anyhow::Result<()> {
                match (outcome, &mut rejects) {
                    (Outcome::Read(_, Some((row, member))), _) => drop(members.insert(row, member)),
                    (Outcome::Rejected(reject), Some(rejects)) => rejects.write(&reject)?,
                    _ => {}
                }
                Ok(())
            },
        )?;
    }
    Ok(Found {
        campaigns,
        members,
        rows: gathered.rows,
        rejected: gathered.rejected,
        elapsed: started.elapsed(),
    })
}

/// Finds campaigns and writes them.
pub fn run(args: &Args) -> anyhow::Result<Done> {
    args.input.threads()?;
    let listing = args.listing.begin()?;
    let properties = args.input.properties()?;
    let sources = args.input.open()?;
    let mut rejects = args.input.rejects(args.listing.output.as_deref());
    let found = find(&sources, &properties, Some(&mut rejects))?;
    let rejects_file = rejects.finish()?;
    let tongue = args.input.tongue();
    listing.write(
        |out| found.table(out, tongue),
        |output| found.csv(output, tongue),
        |output| found.json(output, &args.input.files, tongue),
    )?;
    found.summary();
    if let Some(path) = rejects_file {
        eprintln!("rejected records: {}", path.display());
    }
    Ok(if found.rejected > 0 {
        Done::SomeRejected
    } else {
        Done::All
    })
}

impl Found {
    fn named(&self, row: u32) -> Named {
        let review = self.members.get(&row).map(|member| &member.review);
        Named {
            property: review.and_then(|review| review.property_name.clone().or_else(|| review.property_id.clone())),
            brand: review.and_then(|review| review.property_brand.clone()),
        }
    }

    fn sentence(&self, campaign: &Campaign, tongue: Tongue) -> String {
        campaign.sentence(tongue, &|row| self.named(row))
    }

    /// How a member is called: its id, else its record.
    fn id(&self, row: u32) -> String {
        self.members.get(&row).map_or_else(String::new, |member| {
            member
                .review
                .id
                .clone()
                .unwrap_or_else(|| format!("record {}", member.record))
        })
    }

    fn table(&self, out: &mut impl Write, tongue: Tongue) -> anyhow::Result<()> {
        if self.campaigns.list.is_empty() {
            writeln!(out, "no campaigns found")?;
            return Ok(());
        }
        writeln!(
            out,
            "{:<34} {:>7} {:>9} {:>7} {:>8}  finding",
            "campaign", "reviews", "reviewers", "weight", "strength"
        )?;
        for campaign in &self.campaigns.list {
            let (reviews, sentence) = (campaign.members.len(), self.sentence(campaign, tongue));
            writeln!(
                out,
                "{:<34} {reviews:>7} {:>9} {:>7.1} {:>8.1}  {sentence}",
                campaign.id,
                campaign.reviewers,
                campaign.weight(),
                campaign.strength
            )?;
            for doubt in &campaign.doubts {
                writeln!(
                    out,
                    "{:70} {} {}",
                    "",
                    if tongue == Tongue::Fr { "ou bien :" } else { "or else:" },
                    doubt.sentence(tongue)
                )?;
            }
        }
        writeln!(
            out,
            "\nstrength: minus the decimal logarithm of the corrected probability that chance did it (2 is one in a hundred)\nweight: the same, at most 3 for each review but the first, plus the logarithm of the number of reviews; findings stand by it"
        )?;
        Ok(())
    }

    fn csv(&self, output: Output, tongue: Tongue) -> anyhow::Result<Output> {
        let mut writer = csv::Writer::from_writer(output);
        writer.write_record([
            "campaign",
            "kind",
            "also",
            "reviews",
            "reviewers",
            "properties",
            "weight",
            "strength",
            "p_value",
            "looked_at",
            "method",
            "finding",
            "evidence",
            "innocent_explanations",
            "members",
        ])?;
        for campaign in &self.campaigns.list {
            let joined = |parts: Vec<String>| parts.join("; ");
            let record = [
                campaign.id.clone(),
                campaign.kind.name().to_owned(),
                joined(campaign.also.iter().map(|kind| kind.name().to_owned()).collect()),
                campaign.members.len().to_string(),
                campaign.reviewers.to_string(),
                campaign.properties.to_string(),
                format!("{:.2}", campaign.weight()),
                format!("{:.2}", campaign.strength),
                format!("{:.2e}", campaign.p_value()),
                format!("{:.0}", campaign.looked_at),
                campaign.kind.method().to_owned(),
                self.sentence(campaign, tongue),
                joined(
                    campaign
                        .evidence
                        .iter()
                        .map(|(name, value)| format!("{name}: {value}"))
                        .collect(),
                ),
                joined(
                    campaign
                        .doubts
                        .iter()
                        .map(|doubt| doubt.sentence(tongue).to_owned())
                        .collect(),
                ),
                joined(campaign.members.iter().map(|row| self.id(*row)).collect()),
            ];
            writer.write_record(record.map(|field| safe(&field)))?;
        }
        writer.into_inner().map_err(|error| error.into_error().into())
    }

    fn json(&self, mut output: Output, files: &[PathBuf], tongue: Tongue) -> anyhow::Result<Output> {
        for campaign in &self.campaigns.list {
            let members: Vec<serde_json::Value> = campaign
                .members
                .iter()
                .filter_map(|row| self.members.get(row))
                .map(|member| {
                    let review = &member.review;
                    serde_json::json!({
                        "source": files.get(member.file).map(|path| path.display().to_string()),
                        "record": member.record,
                        "review_id": review.id,
                        "property": review.property_name.as_ref().or(review.property_id.as_ref()),
                        "reviewer": review.reviewer_id.as_ref().or(review.reviewer_name.as_ref()),
                        "published": review.published.map(|date| date.to_string()),
                        "rating": review.rating,
                    })
                })
                .collect();
            let evidence: serde_json::Map<String, serde_json::Value> = campaign
                .evidence
                .iter()
                .map(|(name, value)| ((*name).to_owned(), value.as_str().into()))
                .collect();
            let line = serde_json::json!({
                "campaign": campaign.id,
                "kind": campaign.kind.name(),
                "also": campaign.also.iter().map(|kind| kind.name()).collect::<Vec<_>>(),
                "reviews": campaign.members.len(),
                "reviewers": campaign.reviewers,
                "properties": campaign.properties,
                "weight": campaign.weight(),
                "strength": campaign.strength,
                "p_value": campaign.p_value(),
                "looked_at": campaign.looked_at,
                "method": campaign.kind.method(),
                "finding": self.sentence(campaign, tongue),
                "evidence": evidence,
                "innocent_explanations": campaign.doubts.iter().map(|doubt| doubt.sentence(tongue)).collect::<Vec<_>>(),
                "members": members,
            });
            serde_json::to_writer(&mut output, &line)?;
            output.write_all(b"\n")?;
        }
        Ok(output)
    }

    fn summary(&self) {
        let found = self.campaigns.list.len();
        let rate = 1000.0 * found as f64 / self.rows.max(1) as f64;
        eprintln!(
            "{} in {} reviews ({rate:.2} per thousand), {} records rejected, {:.1?}",
            Tongue::En.counted(found as u64, ["campaign", "campaigns"], ["", ""]),
            self.rows,
            self.rejected,
            self.elapsed
        );
        match self.campaigns.clock {
            Some(Clock::Days) => {}
            Some(Clock::Months) => eprintln!("bursts: looked for by months, since the file does not tell days"),
            None => eprintln!(
                "bursts: not testable (the file tells neither days nor months of publication, or the site rounded them)"
            ),
        }
    }

    /// Prints one campaign with its members.
    pub(super) fn show(&self, out: &mut impl Write, id: &str, tongue: Tongue, path: &Path) -> anyhow::Result<()> {
        let Some(campaign) = self.campaigns.find(id) else {
            bail!(
                "{}: --campaign {id}: expected an id that turfwatch campaigns gives, found no such campaign",
                path.display()
            );
        };
        writeln!(out, "{}\n\n{}", campaign.id, self.sentence(campaign, tongue))?;
        writeln!(
            out,
            "\nweight {:.1}, strength {:.1}: chance does this with a probability of {:.1e} at most, corrected for {:.0} things looked at",
            campaign.weight(),
            campaign.strength,
            campaign.p_value(),
            campaign.looked_at
        )?;
        writeln!(out, "method: {}\n", campaign.kind.method())?;
        for (name, value) in &campaign.evidence {
            writeln!(out, "{name}: {value}")?;
        }
        if !campaign.also.is_empty() {
            writeln!(
                out,
                "found as well as: {}",
                campaign
                    .also
                    .iter()
                    .map(|kind| kind.name())
                    .collect::<Vec<_>>()
                    .join(", ")
            )?;
        }
        for doubt in &campaign.doubts {
            writeln!(out, "not ruled out: {}", doubt.sentence(tongue))?;
        }
        writeln!(
            out,
            "\n{:<24} {:<12} {:>5}  {:<28} {:<20} text",
            "review", "published", "stars", "property", "reviewer"
        )?;
        for row in &campaign.members {
            let Some(member) = self.members.get(row) else { continue };
            let review = &member.review;
            let or = |value: Option<&String>| value.map_or("-", String::as_str).to_owned();
            let text = review.text.as_deref().or(review.title.as_deref()).unwrap_or_default();
            writeln!(
                out,
                "{:<24} {:<12} {:>5}  {:<28} {:<20} {}",
                cut(&self.id(*row), 24),
                review.published.map_or_else(|| "-".to_owned(), |date| date.to_string()),
                review.rating.map_or_else(|| "-".to_owned(), |stars| format!("{stars}")),
                cut(&or(review.property_name.as_ref().or(review.property_id.as_ref())), 28),
                cut(&or(review.reviewer_id.as_ref().or(review.reviewer_name.as_ref())), 20),
                cut(text, 70)
            )?;
        }
        Ok(())
    }
}

/// At most so many characters, on one line and without control characters.
fn cut(text: &str, most: usize) -> String {
    let line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    match line.char_indices().nth(most) {
        Some((at, _)) => format!(
            "{}…",
            &line[..line[..at].char_indices().next_back().map_or(0, |(last, _)| last)]
        ),
        None => line,
    }
}

/// A field that no spreadsheet runs as a formula.
pub(super) fn safe(field: &str) -> String {
    if field.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{field}")
    } else {
        field.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_are_cut_between_characters() {
        assert_eq!(cut("déjà\nvu", 20), "déjà vu");
        assert_eq!(cut("éééé", 3), "éé…");
    }

    #[test]
    fn formulas_are_neutralised() {
        assert_eq!(safe("=1+1"), "'=1+1");
        assert_eq!(safe("burst-1"), "burst-1");
    }
}
