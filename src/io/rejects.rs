//! The file of rejected records.

use std::path::PathBuf;

use super::output::Output;
use super::write::WriteError;
use crate::normalize::Reject;

/// Writes rejected records as CSV: file, record, line, field, expected, found, raw. The file is begun with the first of
/// them; where there is none, no file is written.
pub struct RejectsFile {
    path: PathBuf,
    writer: Option<csv::Writer<Output>>,
}

impl RejectsFile {
    /// A file that is not begun yet.
    pub fn new(path: PathBuf) -> RejectsFile {
        RejectsFile { path, writer: None }
    }

    /// Writes one record.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn write(&mut self, reject: &Reject) -> Result<(), WriteError> {
        let failed = WriteError::at(Some(&self.path));
        let writer = match &mut self.writer {
            Some(writer) => writer,
            None => {
                let output = Output::create(Some(&self.path)).map_err(&failed)?;
                let mut writer = csv::Writer::from_writer(output);
                let header = ["file", "record", "line", "field", "expected", "found", "raw"];
                writer.write_record(header).map_err(|error| failed(error.into()))?;
                self.writer.insert(writer)
            }
        };
        let position = &reject.position;
        let line = if position.line == 0 {
            String::new()
        } else {
            position.line.to_string()
        };
        let record = [
            &*position.file,
            &position.record.to_string(),
            &line,
            reject.field.map_or("", |field| field.name()),
            &reject.expected,
            &reject.found,
            &reject.raw,
        ];
        writer.write_record(record).map_err(|error| failed(error.into()))
    }

    /// Ends the file. Gives its path where one was written.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn finish(self) -> Result<Option<PathBuf>, WriteError> {
        let Some(writer) = self.writer else { return Ok(None) };
        let failed = WriteError::at(Some(&self.path));
        writer
            .into_inner()
            .map_err(|error| error.into_error())
            .and_then(Output::finish)
            .map_err(failed)?;
        Ok(Some(self.path))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Position;

    #[test]
    fn begun_with_the_first_reject() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("rejects.csv");
        assert_eq!(RejectsFile::new(path.clone()).finish().unwrap(), None);
        assert!(!path.exists());
        let mut rejects = RejectsFile::new(path.clone());
        let reject = Reject {
            position: Position {
                file: "r.csv".into(),
                record: 7,
                line: 9,
            },
            field: None,
            expected: "3 fields".into(),
            found: "2 fields".into(),
            raw: "a,\"b\"".to_owned(),
        };
        rejects.write(&reject).unwrap();
        assert_eq!(rejects.finish().unwrap(), Some(path.clone()));
        let text = std::fs::read_to_string(path).unwrap();
        assert_eq!(
            text,
            "file,record,line,field,expected,found,raw\nr.csv,7,9,,3 fields,2 fields,\"a,\"\"b\"\"\"\n"
        );
    }
}
