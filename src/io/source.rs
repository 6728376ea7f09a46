//! [`Source`]: an input, opened: what it is, how it is read, and its records as often as they are needed.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::SystemTime;

use encoding_rs::Encoding;

use super::decode::{self, Charset, Compression};
use super::delimited::{self, Delimited, Dialect, Piece};
use super::json::{self, Layout, Objects};
use super::pass::{Cut, Pass, Places, Records};
use super::photos::PhotoFolders;
use super::survey::Survey;
use super::{ReadError, ReadOptions, parquet, saved};
use crate::normalize::{Field, Reading};

/// The shape of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Fields between delimiters.
    Delimited {
        /// How they are told apart.
        dialect: Dialect,
        /// Whether the first record names the columns.
        header: bool,
    },
    /// JSON objects.
    Json(Layout),
    /// Parquet.
    Parquet,
}

impl Format {
    /// How it is shown.
    pub fn describe(self) -> String {
        match self {
            Format::Delimited { dialect, header } => {
                let header = if header { "" } else { ", no header" };
                let quotes = if dialect.backslash {
                    ", quotes escaped by backslashes"
                } else {
                    ""
                };
                format!("delimited text, delimiter {}{quotes}{header}", dialect.delimiter_name())
            }
            Format::Json(Layout::Lines) => "JSON Lines".to_owned(),
            Format::Json(Layout::Stream) => "JSON objects".to_owned(),
            Format::Json(Layout::Held) => "JSON objects in an array that an object holds".to_owned(),
            Format::Parquet => "Parquet".to_owned(),
        }
    }
}

/// The bytes of an input, which can be read from the start several times.
enum Bytes {
    File(PathBuf),
    /// An unnamed file that holds what came from a pipe.
    Spooled(Arc<Mutex<File>>),
}

impl Bytes {
    fn open(&self) -> io::Result<Box<dyn Read + Send>> {
        Ok(match self {
            Bytes::File(path) => Box::new(File::open(path)?),
            Bytes::Spooled(file) => Box::new(SpooledReader {
                file: file.clone(),
                at: 0,
            }),
        })
    }

    fn file(&self) -> io::Result<File> {
        match self {
            Bytes::File(path) => File::open(path),
            Bytes::Spooled(file) => lock(file).try_clone(),
        }
    }

    fn version(&self) -> io::Result<Version> {
        let metadata = match self {
            Bytes::File(path) => std::fs::metadata(path)?,
            Bytes::Spooled(file) => lock(file).metadata()?,
        };
        Ok(Version {
            length: metadata.len(),
            modified: metadata.modified().ok(),
        })
    }
}

/// By what a file that was written to is known.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Version {
    length: u64,
    /// Where the file system tells.
    modified: Option<SystemTime>,
}

/// Reads a shared file from its own place in it.
struct SpooledReader {
    file: Arc<Mutex<File>>,
    at: u64,
}

impl Read for SpooledReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut file = lock(&self.file);
        file.seek(SeekFrom::Start(self.at))?;
        let length = file.read(buffer)?;
        self.at += length as u64;
        Ok(length)
    }
}

fn lock(file: &Mutex<File>) -> std::sync::MutexGuard<'_, File> {
    // A reader that panicked leaves nothing behind but a file position, which every reader sets first.
    file.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// What is needed to read the records of an input once more.
struct Access {
    name: Arc<str>,
    bytes: Arc<Bytes>,
    /// As it was before anything was read.
    version: Version,
    format: Format,
    compression: Compression,
    charset: Charset,
    /// Whether the first line says `sep=;`, as Excel writes it.
    sep_line: bool,
    /// Records of delimited text above the header.
    preamble: usize,
    places: Arc<Places>,
    width: usize,
}

/// An input, opened and surveyed.
pub struct Source {
    access: Access,
    reading: Reading,
    survey: Survey,
    photos: PhotoFolders,
}

impl Source {
    /// Opens a file, or standard input for `-`, and reads it once from end to end to find out how it is to be read.
    ///
    /// # Errors
    /// Where it cannot be read, is empty, or holds no reviews.
    pub fn open(path: impl AsRef<Path>, options: &ReadOptions) -> Result<Source, ReadError> {
        let path = path.as_ref();
        let is_stdin = path == Path::new("-");
        let name: Arc<str> = if is_stdin {
            "standard input".into()
        } else {
            path.to_string_lossy().into()
        };
        let failed = |error| ReadError::Io {
            file: name.to_string(),
            error,
        };
        let bytes = if is_stdin {
            spool(io::stdin().lock()).map_err(failed)?
        } else {
            let metadata = std::fs::metadata(path).map_err(failed)?;
            if metadata.is_dir() {
                return Err(ReadError::NoFile {
                    file: name.to_string(),
                    found: "a folder".to_owned(),
                });
            }
            // A pipe can be read once only.
            if metadata.is_file() {
                Bytes::File(path.to_owned())
            } else {
                spool(File::open(path).map_err(failed)?).map_err(failed)?
            }
        };
        Source::of(name, bytes, options)
    }

    fn of(name: Arc<str>, bytes: Bytes, options: &ReadOptions) -> Result<Source, ReadError> {
        let failed = |error| ReadError::Io {
            file: name.to_string(),
            error,
        };
        let version = bytes.version().map_err(failed)?;
        let raw = decode::head(bytes.open().map_err(failed)?).map_err(failed)?;
        let compression = decode::compression(&raw);
        let plain = decode::decompress(bytes.open().map_err(failed)?, compression)
            .and_then(decode::head)
            .map_err(failed)?;
        let mut charset = decode::charset(&plain);
        if let Some(label) = &options.encoding {
            let encoding = Encoding::for_label(label.as_bytes());
            charset.encoding = encoding.ok_or_else(|| ReadError::Encoding { label: label.clone() })?;
        }
        let format = if plain.starts_with(b"PAR1") {
            if compression != Compression::None {
                return Err(ReadError::NoFile {
                    file: name.to_string(),
                    found: "a compressed Parquet file; decompress it first".to_owned(),
                });
            }
            Format::Parquet
        } else {
            Format::Delimited {
                dialect: Dialect::CSV,
                header: true,
            }
        };
        let mut access = Access {
            name,
            bytes: Arc::new(bytes),
            version,
            format,
            compression,
            charset,
            sep_line: false,
            preamble: 0,
            places: Arc::default(),
            width: 0,
        };
        let mut header = Vec::new();
        let mut notes = Vec::new();
        if access.format == Format::Parquet {
            header = access
                .bytes
                .file()
                .map_err(parquet_error)
                .and_then(parquet::header)
                .map_err(|error| access.parquet_failed(&error))?;
        } else {
            let head = access
                .text()
                .and_then(decode::head)
                .map_err(|error| access.failed(error))?;
            access.recognize(&head)?;
            if let Format::Delimited { .. } = access.format {
                header = access.find_header(&mut notes).map_err(|error| access.failed(error))?;
            }
        }
        if header.len() > MOST_COLUMNS {
            return Err(ReadError::TooManyColumns {
                file: access.name.to_string(),
                found: header.len(),
                most: MOST_COLUMNS,
            });
        }
        access.set_header(&header);
        let surveyed = Survey::take(&mut access.pass(None)?, header, notes);
        // What a file says that changed meanwhile is beside the point.
        access.unchanged().check()?;
        let (survey, reading) = surveyed?;
        Source::finish(access, survey, reading, options, charset)
    }

    fn finish(
        mut access: Access,
        survey: Survey,
        reading: Reading,
        options: &ReadOptions,
        charset: Charset,
    ) -> Result<Source, ReadError> {
        let (mut survey, mut reading) = (survey, reading);
        if charset == Charset::UTF_8 && access.format != Format::Parquet && options.encoding.is_none() {
            access.charset.encoding = survey.votes.encoding();
        }
        if access.charset.encoding != encoding_rs::WINDOWS_1252 {
            survey.rejected += survey.undecoded;
            survey.records -= survey.undecoded;
        }
        if reading
            .header
            .iter()
            .any(|name| super::write::ADDED.contains(&name.as_str()))
        {
            survey.notes.push(
                "columns turf_... come from an earlier run; they are not read, and replaced in the output".to_owned(),
            );
        }
        (survey.format, survey.compression, survey.charset) =
            (Some(access.format), Some(access.compression), Some(access.charset));
        access.set_header(&reading.header);
        reading.given = options.given();
        saved::apply(&access.name, &mut reading, &mut survey, options)?;
        saved::check(&access.name, &reading)?;
        if survey.records > 0 && !reading.mapping.has(Field::Text) {
            let note = "no column was found for the text of the reviews (--map text=COLUMN names one): the rest of them is judged";
            survey.notes.push(note.to_owned());
        }
        survey.set_conventions(&mut reading);
        let own = match &*access.bytes {
            Bytes::File(path) => path.parent(),
            Bytes::Spooled(_) => None,
        };
        let photos = PhotoFolders::new(own.into_iter().chain(options.photos.iter().map(PathBuf::as_path)))?;
        Ok(Source {
            photos,
            access,
            reading,
            survey,
        })
    }

    /// The name of the input, for messages.
    pub fn name(&self) -> &Arc<str> {
        &self.access.name
    }

    /// How records are read.
    pub fn reading(&self) -> &Reading {
        &self.reading
    }

    /// What was found about the file.
    pub fn survey(&self) -> &Survey {
        &self.survey
    }

    /// Whether the dates of publication are known to the day, so that days can be compared.
    pub fn days_known(&self) -> bool {
        let Reading {
            mapping, conventions, ..
        } = &self.reading;
        match mapping.get(Field::Published) {
            Some(column) => conventions[column].rounded_to.is_none() && self.survey.columns[column].dates.has_days(),
            None => mapping.has(Field::PublishedDay),
        }
    }

    /// Where its photos may be: in the folder of the file, and in those of [`ReadOptions::photos`].
    pub fn photos(&self) -> &PhotoFolders {
        &self.photos
    }

    /// Reads the records from the start. May be called any number of times.
    ///
    /// # Errors
    /// Where the file cannot be opened any more, or has changed since it was opened first.
    pub fn records(&self) -> Result<Records, ReadError> {
        let unchanged = self.access.unchanged();
        unchanged.check()?;
        let pass = self.access.pass(Some(self.access.charset.encoding))?;
        Ok(Records::of(pass, unchanged))
    }
}

/// Tells whether an input is still what it was when it was opened.
pub(super) struct Unchanged {
    name: Arc<str>,
    bytes: Arc<Bytes>,
    version: Version,
}

impl Unchanged {
    /// Looks at it again.
    pub fn check(&self) -> Result<(), ReadError> {
        let now = self.bytes.version().map_err(|error| ReadError::Io {
            file: self.name.to_string(),
            error,
        })?;
        if now == self.version {
            return Ok(());
        }
        Err(ReadError::Changed {
            file: self.name.to_string(),
            before: self.version.length,
            now: now.length,
        })
    }
}

/// More columns than this are no table of reviews.
pub const MOST_COLUMNS: usize = 10_000;

fn spool(mut input: impl Read) -> io::Result<Bytes> {
    let temporary = |error: io::Error| {
        let folder = std::env::temp_dir();
        let said = format!(
            "cannot be kept in {} ({error}); set TMPDIR to a folder with room",
            folder.display()
        );
        io::Error::new(error.kind(), said)
    };
    let mut file = tempfile::tempfile().map_err(temporary)?;
    let mut buffer = vec![0; 1 << 16];
    loop {
        match input.read(&mut buffer) {
            Ok(0) => break,
            Ok(length) => file.write_all(&buffer[..length]).map_err(temporary)?,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(Bytes::Spooled(Arc::new(Mutex::new(file))))
}

fn parquet_error(error: io::Error) -> ::parquet::errors::ParquetError {
    ::parquet::errors::ParquetError::External(Box::new(error))
}

impl Access {
    fn failed(&self, error: io::Error) -> ReadError {
        ReadError::Io {
            file: self.name.to_string(),
            error,
        }
    }

    fn unchanged(&self) -> Unchanged {
        Unchanged {
            name: self.name.clone(),
            bytes: self.bytes.clone(),
            version: self.version,
        }
    }

    fn parquet_failed(&self, error: &::parquet::errors::ParquetError) -> ReadError {
        ReadError::NoFile {
            file: self.name.to_string(),
            found: format!("a broken Parquet file: {error}"),
        }
    }

    /// The stream of text from its start, decompressed, without byte-order mark.
    fn text(&self) -> io::Result<Box<dyn Read + Send>> {
        let mut text = decode::transcode(decode::decompress(self.bytes.open()?, self.compression)?, self.charset)?;
        if self.sep_line {
            let mut byte = [0];
            while text.read(&mut byte)? == 1 && byte[0] != b'\n' {}
        }
        Ok(text)
    }

    /// Tells the format of text from its beginning.
    fn recognize(&mut self, head: &[u8]) -> Result<(), ReadError> {
        let start = head.trim_ascii_start();
        if start.is_empty() {
            return Err(ReadError::Empty {
                file: self.name.to_string(),
            });
        }
        if let Some(found) = foreign(start) {
            return Err(ReadError::NoFile {
                file: self.name.to_string(),
                found: found.to_owned(),
            });
        }
        let sep = start
            .strip_prefix(b"sep=")
            .filter(|rest| matches!(rest.get(1), Some(b'\r' | b'\n')));
        self.sep_line = sep.is_some();
        self.format = match (start[0], sep) {
            (b'{' | b'[', _) => Format::Json(json::layout(head)),
            (_, Some(rest)) => Format::Delimited {
                dialect: Dialect {
                    delimiter: rest[0],
                    backslash: false,
                },
                header: true,
            },
            _ => {
                let dialect = delimited::sniff(head);
                self.preamble = delimited::preamble(head, dialect);
                Format::Delimited { dialect, header: true }
            }
        };
        Ok(())
    }

    /// The names of the columns of delimited text, made up where the first record has values.
    fn find_header(&mut self, notes: &mut Vec<String>) -> io::Result<Vec<String>> {
        let Format::Delimited { dialect, .. } = self.format else {
            return Ok(Vec::new());
        };
        let mut first = self.names(dialect)?;
        if self.preamble > 0 && super::columns::is_header(&first) {
            let above = match self.preamble {
                1 => "the first record stands".to_owned(),
                more => format!("the first {more} records stand"),
            };
            notes.push(format!("{above} above the names of the columns and are not read"));
        } else if self.preamble > 0 {
            self.preamble = 0;
            first = self.names(dialect)?;
        }
        if super::columns::is_header(&first) {
            for (column, name) in first.iter().enumerate() {
                if let Some(earlier) = first[..column]
                    .iter()
                    .position(|earlier| earlier == name)
                    .filter(|_| !name.is_empty())
                {
                    let (earlier, column) = (earlier + 1, column + 1);
                    notes.push(format!(
                        "columns {earlier} and {column} are both named {name}; fields are read from the first"
                    ));
                }
            }
            return Ok(first);
        }
        notes.push("the first record holds values: columns are named column_1, column_2 ... by their place".to_owned());
        self.format = Format::Delimited { dialect, header: false };
        Ok((1..=first.len()).map(|number| format!("column_{number}")).collect())
    }

    /// The fields of the first record after the preamble.
    fn names(&self, dialect: Dialect) -> io::Result<Vec<String>> {
        let mut reader = self.table(dialect)?;
        let name = |field: &[u8]| {
            decode::field(field, encoding_rs::WINDOWS_1252)
                .unwrap_or_default()
                .trim()
                .to_owned()
        };
        Ok(match reader.next_piece()? {
            Some(Piece::Row(row)) => row.fields().map(name).collect(),
            _ => Vec::new(),
        })
    }

    /// Delimited text after the preamble.
    fn table(&self, dialect: Dialect) -> io::Result<Delimited<Box<dyn Read + Send>>> {
        let mut reader = Delimited::new(self.text()?, dialect);
        for _ in 0..self.preamble {
            reader.next_piece()?;
        }
        Ok(reader)
    }

    fn set_header(&mut self, header: &[String]) {
        self.width = header.len();
        self.places = Arc::new(
            header
                .iter()
                .enumerate()
                .rev()
                .map(|(column, name)| (name.clone(), column))
                .collect(),
        );
    }

    /// Opens the records. Without an encoding, each record is decoded as it can be, for the survey.
    fn pass(&self, encoding: Option<&'static Encoding>) -> Result<Pass, ReadError> {
        let cut = match self.format {
            Format::Delimited { dialect, header } => {
                let mut reader = self.table(dialect).map_err(|error| self.failed(error))?;
                if header {
                    reader.next_piece().map_err(|error| self.failed(error))?;
                }
                Cut::Delimited(reader)
            }
            Format::Json(layout) => Cut::Json(Objects::new(self.text().map_err(|error| self.failed(error))?, layout)),
            Format::Parquet => {
                let rows = self.bytes.file().map_err(parquet_error).and_then(parquet::rows);
                Cut::Parquet(rows.map_err(|error| self.parquet_failed(&error))?)
            }
        };
        Ok(Pass::new(
            self.name.clone(),
            cut,
            self.places.clone(),
            self.width,
            encoding,
        ))
    }
}

/// What a file is that is certainly no table of reviews.
fn foreign(start: &[u8]) -> Option<&'static str> {
    let lower = start[..start.len().min(16)].to_ascii_lowercase();
    match start {
        [b'P', b'K', 3, 4, ..] => Some("a zip archive or a spreadsheet; save it as CSV, or unpack it first"),
        [0xd0, 0xcf, 0x11, 0xe0, ..] => Some("an Office document; save it as CSV"),
        [0x89, b'P', b'N', b'G', ..] | [0xff, 0xd8, 0xff, ..] => Some("a picture"),
        _ if start.starts_with(b"%PDF") => Some("a PDF document"),
        _ if start.starts_with(b"SQLite format 3") => Some("an SQLite database; export a table as CSV"),
        _ if lower.starts_with(b"<!doctype") || lower.starts_with(b"<html") || lower.starts_with(b"<?xml") => {
            Some("an HTML or XML document")
        }
        _ if start[..start.len().min(4096)].contains(&0) => Some("binary data"),
        _ if json::is_by_columns(start) => Some(
            "JSON that holds a table column by column; write it row by row, with pandas as to_json(orient=\"records\")",
        ),
        _ => None,
    }
}
