//! What the user says about columns: `--map FIELD=COLUMN`, and mappings kept in a file.

use std::collections::BTreeMap;

use super::{ReadError, ReadOptions, survey::Survey};
use crate::io::columns::Candidate;
use crate::normalize::{Field, Mapping, Reading};

/// A file of mappings: one for each set of columns that was met.
#[derive(Debug, Default, serde::Serialize, serde::Deserialize)]
struct SavedMappings {
    /// Revision of the format.
    turfwatch_mapping: u32,
    files: Vec<SavedMapping>,
}

#[derive(Debug, serde::Serialize, serde::Deserialize)]
struct SavedMapping {
    columns: Vec<String>,
    fields: BTreeMap<String, Vec<String>>,
}

const REVISION: u32 = 1;

/// Puts what the user says in place of what was found, and keeps the mapping where a file for it is named.
pub(super) fn apply(
    name: &str,
    reading: &mut Reading,
    survey: &mut Survey,
    options: &ReadOptions,
) -> Result<(), ReadError> {
    let mut kept = match &options.mapping_file {
        Some(path) if path.exists() => {
            let failed = |reason: String| ReadError::MappingFile {
                file: path.display().to_string(),
                reason,
            };
            let text = std::fs::read_to_string(path).map_err(|error| failed(error.to_string()))?;
            let kept: SavedMappings = serde_json::from_str(&text).map_err(|error| failed(error.to_string()))?;
            if kept.turfwatch_mapping != REVISION {
                return Err(failed(format!(
                    "expected revision {REVISION}, found {}",
                    kept.turfwatch_mapping
                )));
            }
            kept
        }
        _ => SavedMappings {
            turfwatch_mapping: REVISION,
            files: Vec::new(),
        },
    };
    let known = kept.files.iter().find(|mapping| mapping.columns == reading.header);
    if let Some(saved) = known {
        reading.mapping = Mapping::default();
        for (field, columns) in &saved.fields {
            for column in columns {
                set(name, reading, field, column)?;
            }
        }
    }
    let mut cleared = Vec::new();
    for (field, column) in &options.map {
        let parsed = field_named(field)?;
        if !cleared.contains(&parsed) {
            reading.mapping.clear(parsed);
            cleared.push(parsed);
        }
        if !column.is_empty() {
            set(name, reading, field, column)?;
        }
    }
    if known.is_some() || !options.map.is_empty() {
        let given = |mapping: &Mapping, field: Field, column: usize| mapping.all(field).contains(&column);
        survey
            .confidence
            .retain(|pair| given(&reading.mapping, pair.field, pair.column));
        for (field, columns) in reading.mapping.iter() {
            for &column in columns {
                let sure = Candidate {
                    field,
                    column,
                    confidence: 1.0,
                };
                match survey
                    .confidence
                    .iter_mut()
                    .find(|pair| pair.field == field && pair.column == column)
                {
                    Some(pair) if known.is_some() || cleared.contains(&field) => *pair = sure,
                    Some(_) => {}
                    None => survey.confidence.push(sure),
                }
            }
        }
        let mapping = &reading.mapping;
        survey
            .candidates
            .retain(|pair| !mapping.has(pair.field) && mapping.fields_of(pair.column).next().is_none());
    }
    if let Some(path) = &options.mapping_file
        && (known.is_none() || !options.map.is_empty())
    {
        kept.files.retain(|mapping| mapping.columns != reading.header);
        let names = |columns: &[usize]| columns.iter().map(|&column| reading.header[column].clone()).collect();
        let fields = reading
            .mapping
            .iter()
            .map(|(field, columns)| (field.name().to_owned(), names(columns)))
            .collect();
        kept.files.push(SavedMapping {
            columns: reading.header.clone(),
            fields,
        });
        let failed = |reason: String| ReadError::MappingFile {
            file: path.display().to_string(),
            reason,
        };
        let text = serde_json::to_string_pretty(&kept).map_err(|error| failed(error.to_string()))?;
        std::fs::write(path, text + "\n").map_err(|error| failed(error.to_string()))?;
    }
    Ok(())
}

fn field_named(name: &str) -> Result<Field, ReadError> {
    Field::from_name(name.trim()).ok_or_else(|| ReadError::UnknownField {
        field: name.to_owned(),
        known: Field::ALL.map(Field::name).join(", "),
    })
}

fn set(file: &str, reading: &mut Reading, field: &str, column: &str) -> Result<(), ReadError> {
    let field = field_named(field)?;
    let names: Vec<&str> = match reading.column(column) {
        Some(_) => vec![column],
        // Several columns that feed one field are joined by a plus sign.
        None => column.split('+').collect(),
    };
    for name in names {
        let Some(index) = reading.column(name) else {
            return Err(ReadError::UnknownColumn {
                file: file.to_owned(),
                column: name.to_owned(),
                columns: reading.header.join(", "),
            });
        };
        let others: Vec<Field> = reading
            .mapping
            .fields_of(index)
            .filter(|other| *other != field)
            .collect();
        for other in others {
            let rest: Vec<usize> = reading
                .mapping
                .all(other)
                .iter()
                .copied()
                .filter(|column| *column != index)
                .collect();
            reading.mapping.clear(other);
            rest.into_iter().for_each(|column| reading.mapping.add(other, column));
        }
        reading.mapping.add(field, index);
    }
    Ok(())
}

/// Whether reviews can be read at all: a text, or a reviewer and a property.
pub(super) fn check(name: &str, reading: &Reading) -> Result<(), ReadError> {
    use Field::*;
    let has = |fields: &[Field]| fields.iter().any(|field| reading.mapping.has(*field));
    if has(&[Text]) || (has(&[ReviewerId, ReviewerName]) && has(&[PropertyId, PropertyName])) {
        return Ok(());
    }
    const SHOWN: usize = 30;
    let mut columns = reading
        .header
        .iter()
        .take(SHOWN)
        .map(String::as_str)
        .collect::<Vec<_>>()
        .join(", ");
    if reading.header.len() > SHOWN {
        columns.push_str(" ...");
    }
    Err(ReadError::NoReviews {
        file: name.to_owned(),
        columns,
    })
}
