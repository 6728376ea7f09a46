//! Options of all commands that read review files, and what they share in reading them.

use crate::context::{Facts, Properties};
use crate::explain::Tongue;
use crate::io::rejects::RejectsFile;
use crate::io::{ReadOptions, Source};
use crate::model::Model;
use crate::review::Date;
use crate::text::Language;
use anyhow::{Context as _, bail};
use std::path::{Path, PathBuf};

/// How to read the input.
#[derive(clap::Args)]
pub struct ReadArgs {
    /// Take a field from a column, whatever was recognised (may be given again)
    #[arg(long, value_name = "FIELD=COLUMN", value_parser = pair)]
    map: Vec<(String, String)>,
    /// Reuse the column mapping in this file, or keep it there if the file does not exist
    #[arg(long, value_name = "FILE")]
    mapping: Option<PathBuf>,
    /// Language of all reviews (en, fr ...); identified per review if not given
    #[arg(long, value_name = "CODE")]
    lang: Option<String>,
    /// Day on which the file was collected, from which "3 weeks ago" is counted
    #[arg(long, value_name = "YYYY-MM-DD")]
    crawled: Option<String>,
    /// Folder where photos named in the file may lie, besides the folder of the file (may be given again)
    #[arg(long, value_name = "DIR")]
    photos: Vec<PathBuf>,
}

impl ReadArgs {
    /// Opens and surveys the files.
    pub fn open(&self, files: &[PathBuf]) -> anyhow::Result<Vec<Source>> {
        let mut options = ReadOptions {
            mapping_file: self.mapping.clone(),
            photos: self.photos.clone(),
            map: self.map.clone(),
            ..ReadOptions::default()
        };
        if let Some(code) = &self.lang {
            options.language = Some(
                Language::from_code(code)
                    .with_context(|| format!("--lang {code}: expected a language code such as en or fr"))?,
            );
        }
        if let Some(day) = &self.crawled {
            options.crawled =
                Some(parse_day(day).with_context(|| format!("--crawled {day}: expected a date as YYYY-MM-DD"))?);
        }
        files.iter().map(|file| Ok(Source::open(file, &options)?)).collect()
    }
}

/// `FIELD=COLUMN`.
fn pair(given: &str) -> Result<(String, String), String> {
    let (field, column) = given
        .split_once('=')
        .ok_or("expected FIELD=COLUMN, as in --map text=comment")?;
    Ok((field.trim().to_owned(), column.trim().to_owned()))
}

/// A share of reviews, neither none nor all.
pub fn share(given: &str) -> Result<f64, String> {
    let share: f64 = given.parse().map_err(|_| "expected a number such as 0.1")?;
    let possible = share > 0.0 && share < 1.0;
    possible
        .then_some(share)
        .ok_or_else(|| "expected more than 0 and less than 1".to_owned())
}

/// The files, and the options of all commands that look at them as a whole.
#[derive(clap::Args)]
pub struct FilesArgs {
    /// Review files: CSV, TSV, JSON Lines, Parquet, gzip, zstd; `-` is standard input
    #[arg(required = true)]
    pub files: Vec<PathBuf>,
    /// Table with the brand and place of properties
    #[arg(long, value_name = "FILE")]
    properties: Option<PathBuf>,
    /// Where to write rejected records; beside the output if not given
    #[arg(long, value_name = "FILE")]
    rejects: Option<PathBuf>,
    /// Number of threads; all cores if not given
    #[arg(long, value_name = "N")]
    threads: Option<usize>,
    /// Language of what is said
    #[arg(long, default_value = "en", value_parser = ["en", "fr"])]
    explain_in: String,
    #[command(flatten)]
    read: ReadArgs,
}

impl FilesArgs {
    /// Sets the number of threads for the whole process, before anything is done in parallel.
    pub fn threads(&self) -> anyhow::Result<()> {
        threads(self.threads)
    }

    /// Opens and surveys the files, and says what is odd about them.
    pub fn open(&self) -> anyhow::Result<Vec<Source>> {
        let sources = self.read.open(&self.files)?;
        for source in sources.iter().filter(|source| source.survey().records > 0) {
            for note in &source.survey().notes {
                eprintln!("{}: {note}", source.name());
            }
        }
        Ok(sources)
    }

    /// The table of properties, empty where none is given.
    pub fn properties(&self) -> anyhow::Result<Properties> {
        properties(self.properties.as_deref())
    }

    /// The language of sentences.
    pub fn tongue(&self) -> Tongue {
        tongue(&self.explain_in)
    }

    /// The file of rejected records: as asked for, else beside `output`, else in the working folder.
    pub fn rejects(&self, output: Option<&Path>) -> RejectsFile {
        let beside = |output: &Path| {
            let mut name = output.file_name().filter(|name| *name != "-")?.to_owned();
            name.push(".rejects.csv");
            Some(output.with_file_name(name))
        };
        let path = self.rejects.clone().or_else(|| output.and_then(beside));
        RejectsFile::new(path.unwrap_or_else(|| PathBuf::from("turfwatch.rejects.csv")))
    }
}

fn parse_day(day: &str) -> Option<Date> {
    let mut parts = day.splitn(3, '-');
    Date::from_ymd(
        parts.next()?.parse().ok()?,
        parts.next()?.parse().ok()?,
        parts.next()?.parse().ok()?,
    )
}

/// Reads the table of `--properties`: columns property_id or property_name (or both), and brand, place.
pub fn properties(file: Option<&Path>) -> anyhow::Result<Properties> {
    let mut properties = Properties::default();
    let Some(file) = file else { return Ok(properties) };
    let mut reader = csv::Reader::from_path(file).with_context(|| format!("{}: cannot be read", file.display()))?;
    let header: Vec<String> = reader
        .headers()?
        .iter()
        .map(|name| name.trim().trim_start_matches('\u{feff}').to_lowercase())
        .collect();
    let column = |names: &[&str]| header.iter().position(|name| names.contains(&name.as_str()));
    let (id, name) = (
        column(&["property_id", "id"]),
        column(&["property_name", "name", "property"]),
    );
    let (brand, place) = (
        column(&["brand", "property_brand", "chain"]),
        column(&["place", "property_place", "city", "town"]),
    );
    if id.is_none() && name.is_none() || brand.is_none() && place.is_none() {
        bail!(
            "{}: expected a header with property_id or property_name, and brand or place; found {}",
            file.display(),
            header.join(", ")
        );
    }
    for record in reader.records() {
        let record = record.with_context(|| format!("{}", file.display()))?;
        let value = |column: Option<usize>| {
            column
                .and_then(|column| record.get(column))
                .map(str::trim)
                .filter(|value| !value.is_empty())
        };
        let facts = Facts {
            brand: value(brand).map(str::to_owned),
            place: value(place).map(str::to_owned),
        };
        properties.insert(value(id), value(name), facts);
    }
    Ok(properties)
}

/// Loads a model by bundled name or by path; the default where none is named.
pub fn model(name: Option<&str>) -> anyhow::Result<Model> {
    let name = name.unwrap_or(crate::model::DEFAULT);
    if let Some(bytes) = crate::model::bundled(name) {
        return Model::from_bytes(bytes).with_context(|| format!("bundled model {name}"));
    }
    let bytes = std::fs::read(name).with_context(|| {
        let known: Vec<&str> = crate::model::BUNDLED.iter().map(|(name, _)| *name).collect();
        format!(
            "model {name}: neither a bundled model ({}) nor a readable file",
            known.join(", ")
        )
    })?;
    Model::from_bytes(&bytes).with_context(|| format!("model {name}"))
}

/// Sets the number of threads for the whole process.
pub fn threads(threads: Option<usize>) -> anyhow::Result<()> {
    if let Some(threads) = threads {
        if threads == 0 {
            bail!("--threads 0: expected 1 or more");
        }
        rayon::ThreadPoolBuilder::new().num_threads(threads).build_global()?;
    }
    Ok(())
}

/// The language of sentences.
pub fn tongue(code: &str) -> Tongue {
    if code == "fr" { Tongue::Fr } else { Tongue::En }
}
