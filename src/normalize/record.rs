//! [`RawRecord`]: one record of an input as it was written, before anything is understood.

use crate::error::Position;

/// One record, its fields as text in the order of the header, in one buffer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawRecord {
    buffer: String,
    /// Where each field lies in the buffer; [`ABSENT`] where the record does not have it.
    fields: Vec<(u32, u32)>,
    object: Option<Box<str>>,
    /// Where it stands.
    pub position: Position,
}

const ABSENT: (u32, u32) = (u32::MAX, u32::MAX);

impl RawRecord {
    /// A record without any field.
    pub fn new(position: Position) -> RawRecord {
        RawRecord {
            buffer: String::new(),
            fields: Vec::new(),
            object: None,
            position,
        }
    }

    /// A record over a buffer that is already filled; `ends` are the ends of the fields, in order.
    ///
    /// # Panics
    /// Where an end is no character boundary of the buffer, once that field is asked for.
    pub fn from_ends(position: Position, buffer: String, ends: &[usize]) -> RawRecord {
        let mut start = 0;
        let fields = ends
            .iter()
            .map(|&end| {
                let field = (start, end as u32);
                start = end as u32;
                field
            })
            .collect();
        RawRecord {
            buffer,
            fields,
            object: None,
            position,
        }
    }

    /// A record of these fields.
    pub fn from_fields<'a>(position: Position, fields: impl IntoIterator<Item = &'a str>) -> RawRecord {
        let mut record = RawRecord::new(position);
        for (column, value) in fields.into_iter().enumerate() {
            record.set(column, value);
        }
        record
    }

    /// Sets a field; fields before it that were not set are absent. Memory of an earlier value is not given back.
    pub fn set(&mut self, column: usize, value: &str) {
        if self.fields.len() <= column {
            self.fields.resize(column + 1, ABSENT);
        }
        let start = self.buffer.len() as u32;
        self.buffer.push_str(value);
        self.fields[column] = (start, self.buffer.len() as u32);
    }

    /// Keeps the text of the JSON object that the record was read from.
    pub fn set_object(&mut self, object: &str) {
        self.object = Some(object.into());
    }

    /// The field as written; `None` where the record does not have it (a missing JSON key, a null).
    pub fn get(&self, column: usize) -> Option<&str> {
        let (start, end) = *self.fields.get(column)?;
        if (start, end) == ABSENT {
            None
        } else {
            Some(&self.buffer[start as usize..end as usize])
        }
    }

    /// Number of fields, absent ones between others included.
    pub fn len(&self) -> usize {
        self.fields.len()
    }

    /// Whether it has no field at all.
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }

    /// The JSON object that the record was read from, as written.
    pub fn object(&self) -> Option<&str> {
        self.object.as_deref()
    }

    /// The fields, absent ones as empty text.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|column| self.get(column).unwrap_or(""))
    }

    /// The record as one line of text for the rejects file: its object, or its fields as CSV, cut to `limit` bytes.
    pub fn excerpt(&self, limit: usize) -> String {
        let whole = match &self.object {
            Some(object) => object.to_string(),
            None => self.iter().map(quoted).collect::<Vec<_>>().join(","),
        };
        cut(&whole, limit).to_owned()
    }
}

fn quoted(field: &str) -> String {
    if field.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", field.replace('"', "\"\""))
    } else {
        field.to_owned()
    }
}

/// The longest start of `text` of at most `limit` bytes that ends on a character boundary.
pub fn cut(text: &str, limit: usize) -> &str {
    let mut end = limit.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn position() -> Position {
        Position {
            file: "f".into(),
            record: 1,
            line: 2,
        }
    }

    #[test]
    fn absent_is_not_empty() {
        let mut record = RawRecord::new(position());
        record.set(2, "c");
        record.set(0, "");
        assert_eq!(
            (record.get(0), record.get(1), record.get(2), record.get(3)),
            (Some(""), None, Some("c"), None)
        );
        assert_eq!(record.iter().collect::<Vec<_>>(), ["", "", "c"]);
    }

    #[test]
    fn ends_and_fields_agree() {
        let record = RawRecord::from_ends(position(), "abcdé".to_owned(), &[1, 1, 6]);
        assert_eq!(record, RawRecord::from_fields(position(), ["a", "", "bcdé"]));
    }

    #[test]
    fn the_excerpt_is_csv_and_cut_between_characters() {
        let record = RawRecord::from_fields(position(), ["a,b", "é\"é"]);
        assert_eq!(record.excerpt(100), "\"a,b\",\"é\"\"é\"");
        assert_eq!(record.excerpt(8), "\"a,b\",\"");
    }
}
