//! The file of rejected records.

use std::io::Write;

use crate::normalize::Reject;

/// Writes rejected records as CSV: file, record, line, field, expected, found, raw.
pub struct RejectsFile<W: Write> {
    writer: csv::Writer<W>,
}

impl<W: Write> RejectsFile<W> {
    /// Begins the file with its header.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn new(output: W) -> csv::Result<RejectsFile<W>> {
        let mut writer = csv::Writer::from_writer(output);
        writer.write_record(["file", "record", "line", "field", "expected", "found", "raw"])?;
        Ok(RejectsFile { writer })
    }

    /// Writes one record.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn write(&mut self, reject: &Reject) -> csv::Result<()> {
        let position = &reject.position;
        let line = if position.line == 0 { String::new() } else { position.line.to_string() };
        self.writer.write_record([
            &*position.file,
            position.record.to_string().as_str(),
            &line,
            reject.field.map_or("", |field| field.name()),
            &reject.expected,
            &reject.found,
            &reject.raw,
        ])
    }

    /// Ends the file.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn finish(self) -> std::io::Result<W> {
        self.writer.into_inner().map_err(|error| error.into_error())
    }
}
