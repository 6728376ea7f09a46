//! Parquet: rows as text fields, groups flattened into columns (`user.name`).

use std::fs::File;
use std::io;

use parquet::errors::ParquetError;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::reader::RowIter;
use parquet::record::{Field, Row};
use parquet::schema::types::Type;

use super::contained::contained;
use super::parquet_pages::CheckedFile;
use crate::review::{Date, Precision};

/// Names of the columns, groups flattened, in the order of the schema.
///
/// # Errors
/// Where the file is no sound Parquet file.
pub fn header(file: File) -> Result<Vec<String>, ParquetError> {
    let read = || {
        let reader = SerializedFileReader::new(file)?;
        let mut names = Vec::new();
        for field in reader.metadata().file_metadata().schema().get_fields() {
            flatten(field, "", &mut names);
        }
        Ok(names)
    };
    contained(read).map_err(ParquetError::General)?
}

fn flatten(field: &Type, prefix: &str, names: &mut Vec<String>) {
    let name = format!("{prefix}{}", field.name());
    let info = field.get_basic_info();
    let is_plain_group = field.is_group()
        && info.logical_type_ref().is_none()
        && info.converted_type() == parquet::basic::ConvertedType::NONE;
    if is_plain_group {
        let prefix = format!("{name}.");
        field
            .get_fields()
            .iter()
            .for_each(|field| flatten(field, &prefix, names));
    } else {
        names.push(name);
    }
}

/// The rows of a file.
///
/// # Errors
/// Where the file is no sound Parquet file.
pub fn rows(file: File) -> Result<RowIter<'static>, ParquetError> {
    let open = || {
        let file = CheckedFile(SerializedFileReader::new(file)?);
        Ok(RowIter::from_file_into(Box::new(file)))
    };
    contained(open).map_err(ParquetError::General)?
}

/// The next row; after an error there is none.
///
/// # Errors
/// Where a page is damaged.
pub fn next_row(rows: &mut RowIter<'static>) -> io::Result<Option<Row>> {
    let row = contained(|| rows.next().transpose()).unwrap_or_else(|reason| Err(ParquetError::General(reason)));
    row.map_err(|error| io::Error::new(io::ErrorKind::InvalidData, format!("a broken Parquet file: {error}")))
}

/// Calls `put` with the path and the text of each value that is not null.
pub fn each_value<'r>(
    fields: impl Iterator<Item = (&'r String, &'r Field)>,
    prefix: &str,
    put: &mut dyn FnMut(&str, &str),
) {
    for (name, field) in fields {
        let path = format!("{prefix}{name}");
        match field {
            Field::Null => {}
            Field::Str(text) => put(&path, text),
            Field::Group(row) => each_value(row.get_column_iter(), &format!("{path}."), put),
            other => put(&path, &text(other)),
        }
    }
}

fn text(field: &Field) -> String {
    const DAY: i64 = 86_400_000;
    let moment = |milliseconds: i64| {
        let seconds = milliseconds.rem_euclid(DAY) / 1000;
        let day = day(i32::try_from(milliseconds.div_euclid(DAY)).unwrap_or(i32::MAX / 2));
        format!(
            "{day}T{:02}:{:02}:{:02}",
            seconds / 3600,
            seconds / 60 % 60,
            seconds % 60
        )
    };
    match field {
        Field::Bytes(bytes) => String::from_utf8_lossy(bytes.data()).into_owned(),
        Field::Date(days) => day(*days),
        Field::TimestampMillis(milliseconds) => moment(*milliseconds),
        Field::TimestampMicros(microseconds) => moment(microseconds.div_euclid(1000)),
        Field::ListInternal(_) | Field::MapInternal(_) => json(field).to_string(),
        Field::Double(number) => number.to_string(),
        Field::Float(number) => number.to_string(),
        other => other.to_string(),
    }
}

fn day(days: i32) -> String {
    Date {
        day: days,
        precision: Precision::Day,
    }
    .to_string()
}

fn json(field: &Field) -> serde_json::Value {
    match field {
        Field::Null => serde_json::Value::Null,
        Field::Str(text) => text.as_str().into(),
        Field::ListInternal(list) => list.elements().iter().map(json).collect(),
        Field::MapInternal(map) => map
            .entries()
            .iter()
            .map(|(key, value)| (text(key), json(value)))
            .collect(),
        Field::Group(row) => row
            .get_column_iter()
            .map(|(name, field)| (name.clone(), json(field)))
            .collect(),
        other => text(other).into(),
    }
}
