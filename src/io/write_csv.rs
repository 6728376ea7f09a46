//! Scores as CSV.

use std::borrow::Cow;

use super::output::Output;
use super::write::{Failed, Layout, ScoredRow, Sink, WriteError, push_thousandths, reasons};
use crate::normalize::{RawRecord, number};

/// Writes comma separated UTF-8, whatever the input was.
pub(super) struct CsvSink {
    writer: csv::Writer<Output>,
    layout: Layout,
    spreadsheet_safe: bool,
    failed: Failed,
}

/// What the system said, which the library's own error would hide from whoever asks for the kind.
fn io_error(error: csv::Error) -> std::io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => std::io::Error::other(format!("{other:?}")),
    }
}

impl CsvSink {
    /// Begins with the header.
    pub fn begin(
        output: Output,
        layout: Layout,
        spreadsheet_safe: bool,
        failed: impl Fn(std::io::Error) -> WriteError + Send + 'static,
    ) -> Result<CsvSink, WriteError> {
        let mut writer = csv::Writer::from_writer(output);
        let header = layout
            .names
            .iter()
            .map(String::as_str)
            .chain(layout.added().iter().copied());
        writer.write_record(header).map_err(|error| failed(io_error(error)))?;
        Ok(CsvSink {
            writer,
            layout,
            spreadsheet_safe,
            failed: Box::new(failed),
        })
    }

    fn write_fields(&mut self, source: usize, record: &RawRecord, row: &ScoredRow<'_>) -> csv::Result<()> {
        let writer = &mut self.writer;
        for value in self.layout.values(source, record) {
            let value = value.unwrap_or("");
            writer.write_field(
                if self.spreadsheet_safe {
                    neutral(value)
                } else {
                    Cow::Borrowed(value)
                }
                .as_bytes(),
            )?;
        }
        let score = row.score;
        writer.write_field(format!("{:.6}", score.probability()))?;
        let mut logit = String::new();
        push_thousandths(score.milli_logit, false, &mut logit);
        writer.write_field(logit)?;
        writer.write_field(score.band.name())?;
        writer.write_field(format!("{:.3}", score.evidence))?;
        writer.write_field(reasons(score))?;
        writer.write_field(neutral(row.explanation).as_bytes())?;
        writer.write_field(neutral(row.model).as_bytes())?;
        if let Some(name) = self.layout.source(source) {
            writer.write_field(neutral(name).as_bytes())?;
        }
        writer.write_record(None::<&[u8]>)
    }
}

impl Sink for CsvSink {
    fn write(&mut self, source: usize, record: &RawRecord, row: &ScoredRow<'_>) -> Result<(), WriteError> {
        self.write_fields(source, record, row)
            .map_err(|error| (self.failed)(io_error(error)))
    }

    fn finish(self: Box<Self>) -> Result<(), WriteError> {
        self.writer
            .into_inner()
            .map_err(|error| error.into_error())
            .and_then(Output::finish)
            .map_err(&self.failed)
    }
}

/// A value that no spreadsheet runs as a formula: what begins like one gets an apostrophe, numbers stay as they are
/// (OWASP, CSV injection).
fn neutral(value: &str) -> Cow<'_, str> {
    let like_a_formula = value.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if like_a_formula && number::bounded(value, f64::MIN..=f64::MAX).is_none() {
        Cow::Owned(format!("'{value}"))
    } else {
        Cow::Borrowed(value)
    }
}

#[cfg(test)]
mod tests {
    use super::super::write::{
        Format,
        tests::{Made, written},
    };

    fn csv(spreadsheet_safe: bool, sources: &[Made<'_>]) -> String {
        String::from_utf8(written(Format::Csv, spreadsheet_safe, sources)).unwrap()
    }

    #[test]
    fn input_columns_stay_and_scores_follow() {
        let text = csv(false, &[("a.csv", &["id", "x;y"], &[&["1", "=1+1"], &["2", "a\nb"]])]);
        assert_eq!(
            text,
            "id,x;y,turf_probability,turf_logit,turf_band,turf_evidence,turf_reasons,turf_explanation,turf_model\n\
             1,=1+1,0.377541,-0.500,review,0.750,BASE:-2.000;A4.brochure_density:+1.750;A7.history:-0.250,'=why,m@1\n\
             2,\"a\nb\",0.377541,-0.500,review,0.750,BASE:-2.000;A4.brochure_density:+1.750;A7.history:-0.250,'=why,m@1\n"
        );
    }

    #[test]
    fn several_inputs_say_where_rows_are_from() {
        let text = csv(true, &[("a.csv", &["id"], &[&["=A1"]]), ("=b.csv", &["n"], &[&["-5"]])]);
        let lines: Vec<&str> = text.lines().collect();
        assert!(lines[0].starts_with("id,n,turf_probability") && lines[0].ends_with("turf_source"));
        assert!(lines[1].starts_with("'=A1,,") && lines[1].ends_with(",a.csv"));
        assert!(lines[2].starts_with(",-5,") && lines[2].ends_with(",'=b.csv"));
    }
}
