//! Scores and matrices as Parquet.

use std::path::Path;
use std::sync::Arc;

use arrow_array::builder::{Float64Builder, StringBuilder, UInt64Builder};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field, Schema, SchemaRef};
use ndarray::ArrayView1;
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;

use super::output::Output;
use super::write::{Failed, Layout, ScoredRow, Sink, WriteError, reasons};
use crate::normalize::RawRecord;

/// Rows held before they are written.
const BATCH: usize = 8192;

fn writer(output: Output, fields: Vec<Field>) -> Result<(ArrowWriter<Output>, SchemaRef), std::io::Error> {
    let schema = Arc::new(Schema::new(fields));
    let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
    let writer = ArrowWriter::try_new(output, schema.clone(), Some(properties)).map_err(as_io)?;
    Ok((writer, schema))
}

fn as_io(error: ParquetError) -> std::io::Error {
    match error {
        // An error of the output itself is given back as it was, so that a closed pipe is known as one.
        ParquetError::External(cause) => match cause.downcast::<std::io::Error>() {
            Ok(error) => *error,
            Err(cause) => std::io::Error::other(cause),
        },
        other => std::io::Error::other(other),
    }
}

/// Writes the input's columns as text and the score's with their types.
pub(super) struct ParquetSink {
    writer: ArrowWriter<Output>,
    schema: SchemaRef,
    layout: Layout,
    own: Vec<StringBuilder>,
    /// Probability, logit, evidence.
    numbers: [Float64Builder; 3],
    /// Band, reasons, explanation, model, source.
    texts: [StringBuilder; 5],
    rows: usize,
    failed: Failed,
}

impl ParquetSink {
    /// Begins the file.
    pub fn begin(
        output: Output,
        layout: Layout,
        failed: impl Fn(std::io::Error) -> WriteError + Send + 'static,
    ) -> Result<ParquetSink, WriteError> {
        let own = layout.unique_names();
        let mut fields: Vec<Field> = own.iter().map(|name| Field::new(name, DataType::Utf8, true)).collect();
        fields.extend(layout.added().iter().map(|name| {
            let number = matches!(*name, "turf_probability" | "turf_logit" | "turf_evidence");
            Field::new(*name, if number { DataType::Float64 } else { DataType::Utf8 }, false)
        }));
        let (writer, schema) = writer(output, fields).map_err(&failed)?;
        Ok(ParquetSink {
            writer,
            schema,
            own: own.iter().map(|_| StringBuilder::new()).collect(),
            layout,
            numbers: Default::default(),
            texts: Default::default(),
            rows: 0,
            failed: Box::new(failed),
        })
    }

    fn flush(&mut self) -> Result<(), WriteError> {
        let mut columns: Vec<ArrayRef> = self
            .own
            .iter_mut()
            .map(|column| Arc::new(column.finish()) as ArrayRef)
            .collect();
        let [probability, logit, evidence] = self
            .numbers
            .each_mut()
            .map(|column| Arc::new(column.finish()) as ArrayRef);
        let [band, reasons, explanation, model, source] = self
            .texts
            .each_mut()
            .map(|column| Arc::new(column.finish()) as ArrayRef);
        columns.extend([probability, logit, band, evidence, reasons, explanation, model]);
        if self.layout.source(0).is_some() {
            columns.push(source);
        }
        self.rows = 0;
        let batch = RecordBatch::try_new(self.schema.clone(), columns).map_err(std::io::Error::other);
        batch
            .and_then(|batch| self.writer.write(&batch).map_err(as_io))
            .map_err(&self.failed)
    }
}

impl Sink for ParquetSink {
    fn write(&mut self, source: usize, record: &RawRecord, row: &ScoredRow<'_>) -> Result<(), WriteError> {
        for (column, value) in self.own.iter_mut().zip(self.layout.values(source, record)) {
            column.append_option(value);
        }
        let score = row.score;
        let numbers = [score.probability(), score.logit(), score.evidence];
        self.numbers
            .iter_mut()
            .zip(numbers)
            .for_each(|(column, value)| column.append_value(value));
        let [band, all, explanation, model, from] = &mut self.texts;
        band.append_value(score.band.name());
        all.append_value(reasons(score));
        explanation.append_value(row.explanation);
        model.append_value(row.model);
        from.append_option(self.layout.source(source));
        self.rows += 1;
        if self.rows == BATCH { self.flush() } else { Ok(()) }
    }

    fn finish(mut self: Box<Self>) -> Result<(), WriteError> {
        self.flush()?;
        self.writer
            .into_inner()
            .map_err(as_io)
            .and_then(Output::finish)
            .map_err(&self.failed)
    }
}

/// Writes a matrix of signals: record number, review id, and one column a signal, null where it is missing (NaN).
pub struct MatrixWriter {
    writer: ArrowWriter<Output>,
    schema: SchemaRef,
    records: UInt64Builder,
    ids: StringBuilder,
    signals: Vec<Float64Builder>,
    rows: usize,
    failed: Failed,
}

impl MatrixWriter {
    /// Begins a file with one column for each code.
    ///
    /// # Errors
    /// Where it cannot be created.
    pub fn create(path: &Path, codes: &[&str]) -> Result<MatrixWriter, WriteError> {
        let failed = WriteError::at(Some(path));
        let mut fields = vec![
            Field::new("record", DataType::UInt64, false),
            Field::new("review_id", DataType::Utf8, true),
        ];
        fields.extend(codes.iter().map(|code| Field::new(*code, DataType::Float64, true)));
        let (writer, schema) = Output::create(Some(path))
            .and_then(|output| writer(output, fields))
            .map_err(&failed)?;
        Ok(MatrixWriter {
            writer,
            schema,
            records: UInt64Builder::new(),
            ids: StringBuilder::new(),
            signals: codes.iter().map(|_| Float64Builder::new()).collect(),
            rows: 0,
            failed: Box::new(failed),
        })
    }

    /// Writes one row, `(n_signals)` long.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn write(&mut self, record: u64, id: Option<&str>, row: ArrayView1<'_, f64>) -> Result<(), WriteError> {
        self.records.append_value(record);
        self.ids.append_option(id);
        for (column, value) in self.signals.iter_mut().zip(row) {
            column.append_option((!value.is_nan()).then_some(*value));
        }
        self.rows += 1;
        if self.rows == BATCH { self.flush() } else { Ok(()) }
    }

    fn flush(&mut self) -> Result<(), WriteError> {
        let mut columns: Vec<ArrayRef> = vec![Arc::new(self.records.finish()), Arc::new(self.ids.finish())];
        columns.extend(
            self.signals
                .iter_mut()
                .map(|column| Arc::new(column.finish()) as ArrayRef),
        );
        self.rows = 0;
        let batch = RecordBatch::try_new(self.schema.clone(), columns).map_err(std::io::Error::other);
        batch
            .and_then(|batch| self.writer.write(&batch).map_err(as_io))
            .map_err(&self.failed)
    }

    /// Ends the file.
    ///
    /// # Errors
    /// Where what is left cannot be written.
    pub fn finish(mut self) -> Result<(), WriteError> {
        self.flush()?;
        self.writer
            .into_inner()
            .map_err(as_io)
            .and_then(Output::finish)
            .map_err(&self.failed)
    }
}

#[cfg(test)]
mod tests {
    use super::super::write::{Format, tests::written};
    use crate::io::{ReadOptions, Source};

    #[test]
    fn what_is_written_reads_back() {
        let long = "We stayed three nights and the breakfast was rich, the room quiet";
        let bytes = written(
            Format::Parquet,
            false,
            &[
                ("a", &["id", "text"], &[&["1", long], &["2", ""]]),
                ("b", &["id"], &[&["3"]]),
            ],
        );
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), bytes).unwrap();
        let source = Source::open(file.path(), &ReadOptions::default()).unwrap();
        assert_eq!(
            source.reading().header[..4],
            ["id", "text", "turf_probability", "turf_logit"]
        );
        let records: Vec<_> = source
            .records()
            .unwrap()
            .map(|record| record.unwrap().unwrap())
            .collect();
        assert_eq!(records.len(), 3);
        assert_eq!(
            (records[0].get(1), records[1].get(1), records[2].get(1)),
            (Some(long), Some(""), None)
        );
        assert_eq!((records[2].get(3), records[2].get(9)), (Some("-0.5"), Some("b")));
    }
}
