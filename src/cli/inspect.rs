//! `turfwatch inspect`: how a file is read, before anything is scored.

use super::input::ReadArgs;
use crate::explain::Tongue;
use crate::io::{Output, Source};
use crate::normalize::{DateOrder, Field, Scale, Warnings, normalize};
use crate::review::{Date, Precision};
use crate::text::Language;
use std::collections::BTreeMap;
use std::fmt;
use std::io::Write as _;
use std::path::PathBuf;

/// Arguments of `turfwatch inspect`.
#[derive(clap::Args)]
pub struct Args {
    /// Review files; `-` is standard input
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Also write what is shown as JSON; `-` writes it to standard output instead
    #[arg(long, value_name = "F")]
    json: Option<PathBuf>,
    #[command(flatten)]
    read: ReadArgs,
}

/// Shows how the files are read. `identify` tells the language of a text.
///
/// # Errors
/// Where a file cannot be read as reviews.
pub fn run(args: &Args, identify: impl Fn(&str) -> Option<Language>) -> anyhow::Result<()> {
    let mut reports = Vec::new();
    for source in args.read.open(&args.files)? {
        reports.push(Report::of(&source, &identify)?);
    }
    if args.json.as_deref() != Some(std::path::Path::new("-")) {
        let mut out = std::io::stdout().lock();
        for report in &reports {
            writeln!(out, "{report}")?;
        }
    }
    if let Some(path) = &args.json {
        let mut output = Output::create(Some(path))?;
        serde_json::to_writer_pretty(&mut output, &reports)?;
        writeln!(output)?;
        output.finish()?;
    }
    Ok(())
}

/// How one file is read.
#[derive(Debug, serde::Serialize)]
struct Report {
    file: String,
    format: String,
    compression: String,
    encoding: String,
    /// Records that are reviews.
    records: u64,
    rejected: u64,
    columns: Vec<ColumnReport>,
    ratings: Vec<RatingReport>,
    dates: Vec<DateReport>,
    /// Languages of a sample of texts and how many texts each has; `""` where it could not be told.
    languages: BTreeMap<String, u64>,
    /// Important fields that no column feeds.
    lacking: Vec<Lacking>,
    warnings: Vec<WarningReport>,
    /// The first rejected records.
    rejects: Vec<String>,
    notes: Vec<String>,
}

#[derive(Debug, serde::Serialize)]
struct ColumnReport {
    column: String,
    /// The field that it feeds; none where it is kept as the user's own.
    field: Option<&'static str>,
    confidence: Option<f64>,
    /// Share of records without a value.
    missing: f64,
    example: String,
}

#[derive(Debug, serde::Serialize)]
struct RatingReport {
    column: String,
    scale: Scale,
    /// Ratings as written, and the stars that they become.
    stars: Vec<(f64, f64)>,
}

#[derive(Debug, serde::Serialize)]
struct DateReport {
    field: &'static str,
    columns: String,
    /// Forms, most frequent first, each with its number of values.
    forms: Vec<(&'static str, u64)>,
    /// What comes first in dates with slashes, where there are any.
    order: Option<&'static str>,
    /// Whether nothing in the file tells what comes first.
    order_is_open: bool,
    first: Option<String>,
    last: Option<String>,
    /// How finely the dates are known, where the site rounded them.
    rounded_to: Option<&'static str>,
}

#[derive(Debug, serde::Serialize)]
struct Lacking {
    field: &'static str,
    /// Columns that may be meant.
    candidates: Vec<String>,
}

#[derive(Debug, serde::Serialize)]
struct WarningReport {
    count: u64,
    field: &'static str,
    kind: &'static str,
    first: String,
}

/// Texts whose language is identified.
const SAMPLED: u64 = 2000;
/// Languages that are shown; the others are summed up.
const LANGUAGES: usize = 8;
/// Rejects that are shown.
const REJECTS: usize = 5;
/// Fields whose absence is said, because many signals need them.
const WANTED: &[Field] = &[
    Field::Text,
    Field::Rating,
    Field::Published,
    Field::PropertyName,
    Field::ReviewerName,
    Field::ReviewId,
];

impl Report {
    fn of(source: &Source, identify: &impl Fn(&str) -> Option<Language>) -> anyhow::Result<Report> {
        let (reading, survey) = (source.reading(), source.survey());
        let mut report = Report {
            file: source.name().to_string(),
            format: survey.format.map(|format| format.describe()).unwrap_or_default(),
            compression: survey
                .compression
                .map(|compression| compression.name().to_owned())
                .unwrap_or_default(),
            encoding: survey.charset.map(|charset| charset.to_string()).unwrap_or_default(),
            records: 0,
            rejected: 0,
            columns: columns(source),
            ratings: ratings(source),
            dates: Vec::new(),
            languages: BTreeMap::new(),
            lacking: lacking(source),
            warnings: Vec::new(),
            rejects: Vec::new(),
            notes: survey.notes.clone(),
        };
        let mut warnings = Warnings::default();
        let mut ranges: [Option<(Date, Date)>; 4] = [None; 4];
        let every = (survey.records / SAMPLED).max(1);
        for record in source.records()? {
            match record?.and_then(|record| normalize(&record, reading, &mut warnings)) {
                Ok(review) => {
                    if report.records.is_multiple_of(every)
                        && let Some(text) = &review.text
                    {
                        let language = review.language.or_else(|| identify(text));
                        let code = language.map_or(String::new(), |language| language.code().to_owned());
                        *report.languages.entry(code).or_default() += 1;
                    }
                    report.records += 1;
                    let dates = [
                        review.published,
                        review.experienced,
                        review.reviewer_since,
                        review.response_date,
                    ];
                    for (range, date) in ranges.iter_mut().zip(dates) {
                        if let Some(date) = date {
                            *range =
                                Some(range.map_or((date, date), |(first, last)| (first.min(date), last.max(date))));
                        }
                    }
                }
                Err(reject) => {
                    report.rejected += 1;
                    if report.rejects.len() < REJECTS {
                        report.rejects.push(reject.to_string());
                    }
                }
            }
        }
        report.dates = dates(source, ranges);
        report.warnings = warnings
            .iter()
            .map(|(kind, field, tally)| WarningReport {
                count: tally.count,
                field: field.name(),
                kind: kind.describe(),
                first: tally.examples.first().map(ToString::to_string).unwrap_or_default(),
            })
            .collect();
        Ok(report)
    }
}

/// The columns: those that feed fields in the order of the fields, then the others.
fn columns(source: &Source) -> Vec<ColumnReport> {
    let (reading, survey) = (source.reading(), source.survey());
    let report = |column: usize, field: Option<Field>| {
        let sure = field.and_then(|field| {
            survey
                .confidence
                .iter()
                .find(|pair| (pair.field, pair.column) == (field, column))
        });
        let example = survey
            .sample
            .iter()
            .filter_map(|record| record.get(column))
            .find(|value| !value.is_empty());
        ColumnReport {
            column: reading.header[column].clone(),
            field: field.map(Field::name),
            confidence: sure.map(|pair| pair.confidence),
            missing: survey.missing(column),
            example: example.map(|value| shortened(value)).unwrap_or_default(),
        }
    };
    let mapped = reading
        .mapping
        .iter()
        .flat_map(|(field, columns)| columns.iter().map(move |&column| (column, Some(field))));
    let others = (0..reading.header.len()).filter(|&column| reading.mapping.fields_of(column).next().is_none());
    mapped
        .chain(others.map(|column| (column, None)))
        .map(|(column, field)| report(column, field))
        .collect()
}

fn shortened(value: &str) -> String {
    const LONGEST: usize = 36;
    let line = value.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

fn ratings(source: &Source) -> Vec<RatingReport> {
    let reading = source.reading();
    let columns = reading
        .mapping
        .all(Field::Rating)
        .iter()
        .chain(reading.mapping.all(Field::SubRating));
    columns
        .filter_map(|&column| {
            let scale = reading.conventions[column].scale?;
            let middle = (scale.low + scale.high) / 2.0;
            let stars = [scale.low, middle, scale.high]
                .into_iter()
                .filter_map(|rating| Some((rating, scale.to_five(rating)?.0)));
            Some(RatingReport {
                column: reading.header[column].clone(),
                scale,
                stars: stars.collect(),
            })
        })
        .collect()
}

fn dates(source: &Source, ranges: [Option<(Date, Date)>; 4]) -> Vec<DateReport> {
    let (reading, survey) = (source.reading(), source.survey());
    let fields: [(Field, &[Field]); 4] = [
        (
            Field::Published,
            &[Field::PublishedDay, Field::PublishedMonth, Field::PublishedYear],
        ),
        (Field::Experienced, &[Field::ExperiencedMonth, Field::ExperiencedYear]),
        (Field::ReviewerSince, &[]),
        (Field::ResponseDate, &[]),
    ];
    let name = |column: usize| reading.header[column].as_str();
    fields
        .into_iter()
        .zip(ranges)
        .filter_map(|((field, parts), range)| {
            let mut report = DateReport {
                field: field.name(),
                columns: String::new(),
                forms: Vec::new(),
                order: None,
                order_is_open: false,
                first: range.map(|(first, _)| first.to_string()),
                last: range.map(|(_, last)| last.to_string()),
                rounded_to: None,
            };
            if let Some(column) = reading.mapping.get(field) {
                let (convention, dates) = (reading.conventions[column], &survey.columns[column].dates);
                report.columns = name(column).to_owned();
                report.forms = survey
                    .date_forms(column)
                    .into_iter()
                    .map(|(form, count)| (form.example(), count))
                    .collect();
                report.order_is_open = dates.order_is_open();
                let slashed = dates.order().is_some() || dates.order_is_open();
                report.order = slashed.then(|| DateOrder::name(convention.order));
                report.rounded_to = convention.rounded_to.map(|precision| match precision {
                    Precision::Day => "day",
                    Precision::Month => "month",
                    Precision::Year => "year",
                });
                return Some(report);
            }
            let parts: Vec<&str> = parts
                .iter()
                .filter_map(|part| reading.mapping.get(*part))
                .map(name)
                .collect();
            report.columns = parts.join(" + ");
            (!parts.is_empty()).then_some(report)
        })
        .collect()
}

fn lacking(source: &Source) -> Vec<Lacking> {
    let (reading, survey) = (source.reading(), source.survey());
    let fed = |field: Field| match field {
        Field::Published => reading.mapping.has(field) || reading.mapping.has(Field::PublishedYear),
        Field::PropertyName => reading.mapping.has(field) || reading.mapping.has(Field::PropertyId),
        Field::ReviewerName => reading.mapping.has(field) || reading.mapping.has(Field::ReviewerId),
        _ => reading.mapping.has(field),
    };
    WANTED
        .iter()
        .filter(|field| !fed(**field))
        .map(|&field| {
            let pairs = survey.candidates.iter().filter(|pair| pair.field == field);
            Lacking {
                field: field.name(),
                candidates: pairs.map(|pair| reading.header[pair.column].clone()).collect(),
            }
        })
        .collect()
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Report {
            file,
            format,
            encoding,
            compression,
            records,
            rejected,
            ..
        } = self;
        writeln!(f, "{file}")?;
        writeln!(f, "  format      {format}")?;
        writeln!(f, "  encoding    {encoding}; compression {compression}")?;
        writeln!(
            f,
            "  records     {records} read, {rejected} rejected; {} columns",
            self.columns.len()
        )?;
        for note in &self.notes {
            writeln!(f, "  note        {note}")?;
        }
        writeln!(
            f,
            "\n  {:<22} {:<28} {:>5} {:>8}  for example",
            "field", "column", "sure", "missing"
        )?;
        for column in self.columns.iter().filter(|column| column.field.is_some()) {
            let (field, sure) = (column.field.unwrap_or_default(), column.confidence.unwrap_or_default());
            writeln!(
                f,
                "  {field:<22} {:<28} {sure:>5.2} {:>6.1} %  {}",
                column.column,
                100.0 * column.missing,
                column.example
            )?;
        }
        let own: Vec<&str> = self
            .columns
            .iter()
            .filter(|column| column.field.is_none())
            .map(|column| column.column.as_str())
            .collect();
        if !own.is_empty() {
            writeln!(f, "  {:<22} {}", "kept as they are", own.join(", "))?;
        }
        for lacking in &self.lacking {
            match lacking.candidates.first() {
                Some(first) => writeln!(
                    f,
                    "  {:<22} not found; perhaps {}: say so with --map {}={first}",
                    lacking.field,
                    lacking.candidates.join(" or "),
                    lacking.field
                )?,
                None => writeln!(
                    f,
                    "  {:<22} not found; if a column holds it, --map {}=COLUMN",
                    lacking.field, lacking.field
                )?,
            }
        }
        writeln!(f)?;
        for rating in &self.ratings {
            let five = rating.scale == Scale::FIVE;
            let stars: Vec<String> = rating
                .stars
                .iter()
                .map(|(written, stars)| format!("{written} is {stars:.2}"))
                .collect();
            let mapped = if five {
                "as they are".to_owned()
            } else {
                format!("mapped to 1 to 5: {}", stars.join(", "))
            };
            writeln!(f, "  ratings     {}: {}, {mapped}", rating.column, rating.scale)?;
        }
        for date in &self.dates {
            write!(f, "  dates       {} ({})", date.field, date.columns)?;
            if let (Some(first), Some(last)) = (&date.first, &date.last) {
                write!(f, ": {first} to {last}")?;
            }
            if !date.forms.is_empty() {
                let forms: Vec<String> = date
                    .forms
                    .iter()
                    .map(|(form, count)| format!("{count} like {form}"))
                    .collect();
                write!(f, "; {}", forms.join(", "))?;
            }
            if let Some(order) = date.order {
                let told = if date.order_is_open {
                    "taken as, nothing in the column tells"
                } else {
                    "read as"
                };
                write!(f, "; {told} {order}")?;
            }
            if let Some(precision) = date.rounded_to {
                write!(f, "; rounded by the site, known to the {precision} only")?;
            }
            writeln!(f)?;
        }
        if !self.languages.is_empty() {
            let total: u64 = self.languages.values().sum();
            let mut languages: Vec<(&String, &u64)> = self.languages.iter().collect();
            languages.sort_by_key(|(code, count)| (std::cmp::Reverse(**count), code.as_str()));
            let share = |count: u64| 100.0 * count as f64 / total as f64;
            let name = |code: &str| if code.is_empty() { "not told" } else { code }.to_owned();
            let mut shares: Vec<String> = languages
                .iter()
                .take(LANGUAGES)
                .map(|(code, count)| format!("{} {:.1} %", name(code), share(**count)))
                .collect();
            let others: u64 = languages.iter().skip(LANGUAGES).map(|(_, count)| **count).sum();
            if others > 0 {
                shares.push(format!("others {:.1} %", share(others)));
            }
            writeln!(f, "  languages   {} (of {total} texts looked at)", shares.join(", "))?;
        }
        for warning in &self.warnings {
            writeln!(
                f,
                "  warning     {} of {} missing: {}; first {}",
                Tongue::En.counted(warning.count, ["value", "values"], ["", ""]),
                warning.field,
                warning.kind,
                warning.first
            )?;
        }
        for reject in &self.rejects {
            writeln!(f, "  rejected    {reject}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::ReadOptions;

    fn report(text: &str, map: &[(&str, &str)]) -> Report {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), text).unwrap();
        let map = map
            .iter()
            .map(|(field, column)| ((*field).to_owned(), (*column).to_owned()))
            .collect();
        let source = Source::open(
            file.path(),
            &ReadOptions {
                map,
                ..ReadOptions::default()
            },
        )
        .unwrap();
        let mut report = Report::of(&source, &|_| Some(Language::EN)).unwrap();
        let name = file.path().display().to_string();
        report.file = "reviews.csv".to_owned();
        report
            .warnings
            .iter_mut()
            .for_each(|warning| warning.first = warning.first.replace(&name, "reviews.csv"));
        report
            .rejects
            .iter_mut()
            .for_each(|reject| *reject = reject.replace(&name, "reviews.csv"));
        report
    }

    const TEXT: &str = "\
hotel;guest;score;posted;comment;room_no
Inn;Ann;8,5;25/03/2024;Quiet and clean, the breakfast was rich;12
Inn;Bob;10;03/04/2024;The lift was slow and the street was loud;7
Inn;Cid;1;soon;We left after one night, the bed was broken;3
Inn;Dan;9
";

    #[test]
    fn what_is_shown() {
        let shown = report(TEXT, &[]).to_string();
        for line in [
            "  format      delimited text, delimiter semicolon",
            "  records     3 read, 1 rejected; 6 columns",
            "  ratings     score: 1 to 10, mapped to 1 to 5: 1 is 1.00, 5.5 is 3.00, 10 is 5.00",
            "  dates       published (posted): 2024-03-25 to 2024-04-03; 1 like 14/12/2024, 1 like 03/04/2024; read as DD/MM/YYYY",
            "  languages   en 100.0 % (of 3 texts looked at)",
            "  warning     1 value of published missing: unreadable date; first reviews.csv: record 3 (line 4), field \
             published: expected a date, found soon",
            "  rejected    reviews.csv: record 4 (line 5): expected 6 fields, found 3 fields",
            "  review_id              not found; if a column holds it, --map review_id=COLUMN",
        ] {
            assert!(shown.lines().any(|shown| shown == line), "{line}\nnot in\n{shown}");
        }
    }

    #[test]
    fn what_the_user_says_counts() {
        let report = report(TEXT, &[("review_id", "room_no"), ("rating", "")]);
        let field = |name: &str| {
            report
                .columns
                .iter()
                .find(|column| column.column == name)
                .unwrap()
                .field
        };
        assert_eq!((field("room_no"), field("score")), (Some("review_id"), None));
        assert!(report.lacking.iter().any(|lacking| lacking.field == "rating"));
    }
}
