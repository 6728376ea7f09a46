//! Scores as JSON Lines, with the evidence of every reason.

use std::io::Write;

use serde_json::{Map, Value, json};

use super::output::Output;
use super::write::{ADDED, Failed, Layout, ScoredRow, Sink, WriteError};
use crate::normalize::RawRecord;
use crate::review::Review;
use crate::score::{Passage, Reason, Score, Span};

/// Writes one object a line: the input's own object as it was written, or its columns, and the score after them.
pub(super) struct JsonSink {
    output: Output,
    layout: Layout,
    names: Vec<String>,
    failed: Failed,
}

impl JsonSink {
    /// Begins the file.
    pub fn begin(
        output: Output,
        layout: Layout,
        failed: impl Fn(std::io::Error) -> WriteError + Send + 'static,
    ) -> JsonSink {
        JsonSink {
            output,
            names: layout.unique_names(),
            layout,
            failed: Box::new(failed),
        }
    }

    /// The input's part of the line, without its closing brace.
    fn own(&self, source: usize, record: &RawRecord) -> String {
        let mut own = match record.object() {
            // A line break in JSON text stands between values, where a blank does as well.
            Some(object) if !self.layout.replaces => object.replace(['\n', '\r'], " "),
            Some(object) => {
                let mut keys: Map<String, Value> = serde_json::from_str(object).unwrap_or_default();
                keys.retain(|key, _| !ADDED.contains(&key.as_str()));
                Value::Object(keys).to_string()
            }
            None => {
                let values = self.names.iter().zip(self.layout.values(source, record));
                let keys: Map<String, Value> = values
                    .filter_map(|(name, value)| Some((name.clone(), value?.into())))
                    .collect();
                Value::Object(keys).to_string()
            }
        };
        let open = own
            .trim_end()
            .trim_end_matches('}')
            .len()
            .max(own.trim_end().len().saturating_sub(1));
        own.truncate(open);
        own
    }
}

impl Sink for JsonSink {
    fn write(&mut self, source: usize, record: &RawRecord, row: &ScoredRow<'_>) -> Result<(), WriteError> {
        let own = self.own(source, record);
        let score = row.score;
        let mut added = json!({
            "turf_probability": score.probability(),
            "turf_logit": score.logit(),
            "turf_band": score.band,
            "turf_evidence": score.evidence,
            "turf_reasons": reasons(score, row.review),
            "turf_explanation": row.explanation,
            "turf_model": row.model,
        });
        if let Some(name) = self.layout.source(source) {
            added["turf_source"] = name.into();
        }
        let comma = if own.trim_end().ends_with('{') { "" } else { "," };
        let added = added.to_string();
        // The added object's own opening brace is left out.
        writeln!(self.output, "{own}{comma}{}", &added[1..]).map_err(&self.failed)
    }

    fn finish(self: Box<Self>) -> Result<(), WriteError> {
        self.output.finish().map_err(&self.failed)
    }
}

/// The base and all reasons, with what they rest on. They add up to `turf_logit`.
fn reasons(score: &Score, review: &Review) -> Value {
    let base = json!({ "code": "BASE", "contribution": score.milli_base as f64 / 1000.0 });
    let reasons = score.reasons.iter().map(|reason| self::reason(reason, review));
    std::iter::once(base).chain(reasons).collect()
}

fn reason(reason: &Reason, review: &Review) -> Value {
    let facts: Map<String, Value> = reason
        .evidence
        .facts
        .iter()
        .map(|(name, value)| ((*name).to_owned(), value.as_str().into()))
        .collect();
    json!({
        "code": reason.code,
        "contribution": reason.contribution(),
        "value": reason.value,
        "origin": reason.origin,
        "spans": reason.evidence.spans.iter().filter_map(|span| self::span(span, review)).collect::<Vec<_>>(),
        "facts": facts,
    })
}

/// A span with its words; start and end count characters, not bytes.
fn span(span: &Span, review: &Review) -> Option<Value> {
    let field = match span.passage {
        Passage::Title => review.title.as_deref(),
        Passage::Text => review.text.as_deref(),
    }?;
    let quote = field.get(span.bytes.clone())?;
    let start = field[..span.bytes.start].chars().count();
    Some(json!({ "field": span.passage, "start": start, "end": start + quote.chars().count(), "quote": quote }))
}

#[cfg(test)]
mod tests {
    use super::super::write::{
        Format,
        tests::{score, written},
    };
    use super::*;
    use crate::error::Position;

    #[test]
    fn columns_and_reasons() {
        let text = String::from_utf8(written(
            Format::Jsonl,
            false,
            &[("a.csv", &["id", "d", "d"], &[&["1", "x", "y"]])],
        ))
        .unwrap();
        let line: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(
            (&line["id"], &line["d"], &line["d_2"]),
            (&json!("1"), &json!("x"), &json!("y"))
        );
        let reasons = line["turf_reasons"].as_array().unwrap();
        let sum: f64 = reasons
            .iter()
            .map(|reason| reason["contribution"].as_f64().unwrap())
            .sum();
        assert_eq!(sum, line["turf_logit"].as_f64().unwrap());
        assert_eq!(
            reasons[1]["spans"],
            json!([{ "field": "text", "start": 3, "end": 8, "quote": "lléga" }])
        );
        assert_eq!(reasons[1]["facts"], json!({ "hits": "1" }));
    }

    #[test]
    fn objects_stay_as_they_were_written() {
        let own = |object: &str, header: &[&str]| {
            let header: Vec<String> = header.iter().map(|name| (*name).to_owned()).collect();
            let sink = JsonSink::begin(
                Output::create(None).unwrap(),
                Layout::of(&[("a", &header)]),
                WriteError::at(None),
            );
            let mut record = RawRecord::new(Position {
                file: "f".into(),
                record: 1,
                line: 1,
            });
            record.set_object(object);
            sink.own(0, &record)
        };
        assert_eq!(own("{\"a\":{\"b\":1.0}}", &["a.b"]), "{\"a\":{\"b\":1.0}");
        assert_eq!(own("{\n \"a\": 1\n}\n", &["a"]).trim_end(), "{  \"a\": 1");
        assert_eq!(own("{}", &[]), "{");
        assert_eq!(own("{\"turf_band\":\"x\",\"a\":{}}", &["turf_band", "a"]), "{\"a\":{}");
    }

    #[test]
    fn spans_count_characters() {
        let review = Review {
            text: Some("é élan".to_owned()),
            ..Review::default()
        };
        let found = span(
            &Span {
                passage: Passage::Text,
                bytes: 3..8,
            },
            &review,
        )
        .unwrap();
        assert_eq!(found, json!({ "field": "text", "start": 2, "end": 6, "quote": "élan" }));
        assert_eq!(
            span(
                &Span {
                    passage: Passage::Title,
                    bytes: 0..1
                },
                &review
            ),
            None
        );
        assert_eq!(reasons(&score(), &review).as_array().unwrap().len(), 3);
    }
}
