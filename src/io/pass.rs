//! One reading of an input from start to end, whatever its format: [`Pass`], and [`Records`] over it.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io::{self, Read};
use std::sync::Arc;

use encoding_rs::{Encoding, WINDOWS_1252};
use parquet::record::reader::RowIter;

use super::ReadError;
use super::decode::{self, EncodingVotes};
use super::delimited::{Delimited, Fault, LONGEST_RECORD, Piece, Row};
use super::json::{self, Next, Objects};
use super::source::{MOST_COLUMNS, Unchanged};
use crate::error::Position;
use crate::normalize::{LONGEST_RAW, RawRecord, Reject, cut};

/// What cuts an input into records.
pub(super) enum Cut {
    /// Delimited text, the header passed.
    Delimited(Delimited<Box<dyn Read + Send>>),
    /// JSON objects.
    Json(Objects<Box<dyn Read + Send>>),
    /// Parquet.
    Parquet(RowIter<'static>),
}

/// Names of the columns and their places.
pub(super) type Places = HashMap<String, usize>;

/// One reading of an input from start to end.
pub(super) struct Pass {
    name: Arc<str>,
    cut: Cut,
    places: Arc<Places>,
    width: usize,
    /// None while it is not known: then each record is decoded as it can be, and counted.
    encoding: Option<&'static Encoding>,
    /// What tells the encoding, counted where it is not known.
    pub votes: EncodingVotes,
    /// Sound records that are not valid UTF-8, counted where the encoding is not known.
    pub undecoded: u64,
    record: u64,
    /// Keys of JSON objects as they come, while the columns are not known.
    pub new_columns: Option<(Places, Vec<String>)>,
}

/// A record, or why there is none.
type Item = Result<RawRecord, Reject>;

impl Pass {
    /// Begins.
    pub fn new(
        name: Arc<str>,
        cut: Cut,
        places: Arc<Places>,
        width: usize,
        encoding: Option<&'static Encoding>,
    ) -> Pass {
        let (votes, undecoded, record, new_columns) = Default::default();
        Pass {
            name,
            cut,
            places,
            width,
            encoding,
            votes,
            undecoded,
            record,
            new_columns,
        }
    }

    /// The name of the input.
    pub fn name(&self) -> &Arc<str> {
        &self.name
    }

    /// Whether the columns are only known once all records were seen.
    pub fn grows(&self) -> bool {
        matches!(self.cut, Cut::Json(_))
    }

    /// How many columns records had up to now, where that is only known once all were seen; 0 otherwise.
    pub fn columns_found(&self) -> usize {
        self.new_columns.as_ref().map_or(0, |(_, header)| header.len())
    }

    /// The next record.
    pub fn next(&mut self) -> io::Result<Option<Item>> {
        self.record += 1;
        let position = Position {
            file: self.name.clone(),
            record: self.record,
            line: 0,
        };
        let at = |line| Position {
            line,
            ..position.clone()
        };
        match &mut self.cut {
            Cut::Delimited(reader) => Ok(reader.next_piece()?.map(|piece| match piece {
                Piece::Broken { line, fault, raw } => Err(match fault {
                    Fault::UnclosedQuote => {
                        let found = format!("a quote that opens on line {line} and is never closed");
                        broken(at(line), "a closing quote", found, raw)
                    }
                    Fault::TooLong => too_long(at(line), raw),
                }),
                Piece::Row(row) => {
                    if self.encoding.is_none() {
                        self.votes.add(row.bytes);
                    }
                    delimited(&row, at(row.line), self.width, self.encoding, &mut self.undecoded)
                }
            })),
            Cut::Json(objects) => {
                let Some(next) = objects.next_object()? else {
                    return Ok(None);
                };
                let bytes = std::mem::take(&mut objects.bytes);
                Ok(Some(match next {
                    Next::Object { line } => self.object(bytes, at(line)),
                    Next::TooLong { line } => Err(too_long(at(line), &bytes)),
                    Next::CutOff { line } => {
                        let found = "the end of the file".to_owned();
                        Err(broken(at(line), "a complete JSON object", found, &bytes))
                    }
                }))
            }
            Cut::Parquet(rows) => {
                let Some(row) = super::parquet::next_row(rows)? else {
                    return Ok(None);
                };
                let mut record = RawRecord::new(position.clone());
                let mut length = 0;
                super::parquet::each_value(row.get_column_iter(), "", &mut |path, value| {
                    length += value.len();
                    if let Some(place) = self.places.get(path).filter(|_| length <= LONGEST_RECORD) {
                        record.set(*place, value);
                    }
                });
                Ok(Some(if length > LONGEST_RECORD {
                    Err(too_long(position, record.excerpt(LONGEST_RAW).as_bytes()))
                } else {
                    Ok(record)
                }))
            }
        }
    }

    /// A JSON object as a record.
    fn object(&mut self, bytes: Vec<u8>, position: Position) -> Item {
        let is_open = self.encoding.is_none();
        if is_open {
            self.votes.add(&bytes);
        }
        let is_utf_8 = !is_open || std::str::from_utf8(&bytes).is_ok();
        let text = match decode::text(bytes, self.encoding.unwrap_or(WINDOWS_1252)) {
            Ok(text) => text,
            Err(bytes) => return Err(broken(position, "valid UTF-8", "invalid bytes".to_owned(), &bytes)),
        };
        let mut record = RawRecord::new(position.clone());
        let (places, growing) = (&self.places, &mut self.new_columns);
        let flattened = json::flatten(&text, &mut |path, value| {
            let place = match growing {
                Some((places, header)) => Some(*places.entry(path.to_owned()).or_insert_with(|| {
                    header.push(path.to_owned());
                    header.len() - 1
                })),
                None => places.get(path).copied(),
            };
            if let Some(place) = place.filter(|place| *place < MOST_COLUMNS) {
                record.set(place, value);
            }
        });
        if let Err(error) = flattened {
            return Err(broken(position, "a JSON object", error.to_string(), text.as_bytes()));
        }
        self.undecoded += u64::from(!is_utf_8);
        record.set_object(&text);
        Ok(record)
    }
}

/// A row of delimited text as a record.
fn delimited(
    row: &Row<'_>,
    position: Position,
    width: usize,
    encoding: Option<&'static Encoding>,
    undecoded: &mut u64,
) -> Item {
    let reject = |position: Position, expected: String, found: String| {
        let fields: Vec<String> = row.fields().map(decode::lossy).collect();
        let raw = RawRecord::from_fields(position.clone(), fields.iter().map(String::as_str)).excerpt(LONGEST_RAW);
        Err(Reject {
            position,
            field: None,
            expected: expected.into(),
            found: found.into(),
            raw,
        })
    };
    let mut ends = row.ends;
    // Every line of some exports ends with a delimiter; an empty field after the last one is no field.
    if width > 0 && ends.len() == width + 1 && ends[width] == ends[width - 1] {
        ends = &ends[..width];
    }
    if ends.len() != width {
        let fields = |n: usize| {
            if n == 1 {
                "1 field".to_owned()
            } else {
                format!("{n} fields")
            }
        };
        return reject(position, fields(width), fields(ends.len()));
    }
    // Each field must be text for itself: two halves of a character in neighbouring fields are none.
    if let Ok(text) = std::str::from_utf8(row.bytes)
        && ends.iter().all(|end| text.is_char_boundary(*end))
    {
        return Ok(RawRecord::from_ends(position, text.to_owned(), ends));
    }
    *undecoded += u64::from(encoding.is_none());
    let mut text = String::with_capacity(row.bytes.len() + 16);
    let mut decoded = Vec::with_capacity(width);
    for (column, field) in row.fields().take(width).enumerate() {
        let Some(field) = decode::field(field, encoding.unwrap_or(WINDOWS_1252)) else {
            let found = format!("invalid bytes in field {} of {width}", column + 1);
            return reject(position, "valid UTF-8".to_owned(), found);
        };
        text.push_str(&field);
        decoded.push(text.len());
    }
    Ok(RawRecord::from_ends(position, text, &decoded))
}

fn too_long(position: Position, raw: &[u8]) -> Reject {
    broken(position, "at most 64 MiB", "a longer record".to_owned(), raw)
}

fn broken(position: Position, expected: &'static str, found: String, raw: &[u8]) -> Reject {
    let raw = cut(&decode::lossy(&raw[..raw.len().min(LONGEST_RAW)]), LONGEST_RAW).to_owned();
    Reject {
        position,
        field: None,
        expected: Cow::Borrowed(expected),
        found: found.into(),
        raw,
    }
}

/// The records of an input, in order: each a record, or why it is none.
///
/// An error in place of either ends them: the input cannot be read to its end, or it is not what it was when it was opened.
pub struct Records {
    pass: Pass,
    unchanged: Unchanged,
    ended: bool,
}

impl Records {
    pub(super) fn of(pass: Pass, unchanged: Unchanged) -> Records {
        Records {
            pass,
            unchanged,
            ended: false,
        }
    }
}

impl Iterator for Records {
    type Item = Result<Item, ReadError>;

    fn next(&mut self) -> Option<Result<Item, ReadError>> {
        if self.ended {
            return None;
        }
        let read = self.pass.next();
        if let Ok(Some(item)) = read {
            return Some(Ok(item));
        }
        self.ended = true;
        // The whole file was read when it was opened: where that fails now, it has most likely changed.
        if let Err(changed) = self.unchanged.check() {
            return Some(Err(changed));
        }
        let file = self.pass.name.to_string();
        read.err().map(|error| Err(ReadError::Io { file, error }))
    }
}
