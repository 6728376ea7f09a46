//! The model file: `safetensors`, tables as tensors, everything else as JSON in its metadata.

use super::{Model, Settings};
use crate::lexical::{Block, Table};
use crate::signals;
use safetensors::tensor::{Dtype, SafeTensors, TensorView};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::HashMap;

/// Revision of the file format that this version writes.
pub const REVISION: u32 = 4;

/// The one metadata key: the container keeps a map without order, and a model built twice must have the same bytes.
const KEY: &str = "turfwatch";

/// Why a model file was refused.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    /// It is no safetensors file, or a truncated one.
    #[error("not a readable model file ({0}); it may be truncated: copy or download it again, or train it anew")]
    Container(String),
    /// It is a safetensors file of something else.
    #[error("a safetensors file, but not of a turfwatch model: expected metadata `{KEY}`, found none")]
    Foreign,
    /// The metadata does not parse.
    #[error("the model's settings do not parse ({0}); the file is corrupt: copy it again, or train it anew")]
    Settings(String),
    /// It is of another revision.
    #[error("model file of revision {found}, this version reads revision {REVISION}; {}", if *found > REVISION { "update turfwatch" } else { "train the model anew" })]
    Revision {
        /// The file's.
        found: u32,
    },
    /// It uses signals that this version does not have.
    #[error("the model uses {} that this version does not have ({}); use the version that trained it, or train it anew", if codes.len() == 1 { "a signal" } else { "signals" }, codes.join(", "))]
    UnknownSignals {
        /// Their codes.
        codes: Vec<String>,
    },
    /// A number is not finite, or a table has the wrong size.
    #[error("the model holds an impossible value: {0}; the file is corrupt: copy it again, or train it anew")]
    Value(String),
    /// It could not be written.
    #[error("the model cannot be written: {0}")]
    Write(String),
}

#[derive(Serialize, Deserialize)]
struct Header {
    revision: u32,
    name: String,
    settings: serde_json::Value,
    blocks: Vec<serde_json::Value>,
    card: serde_json::Value,
}

impl Model {
    /// Reads a model from the bytes of its file.
    pub fn from_bytes(bytes: &[u8]) -> Result<Model, ModelError> {
        let container = |e: safetensors::SafeTensorError| ModelError::Container(e.to_string());
        let (_, metadata) = SafeTensors::read_metadata(bytes).map_err(container)?;
        let json = metadata
            .metadata()
            .as_ref()
            .and_then(|map| map.get(KEY))
            .ok_or(ModelError::Foreign)?;
        let settings_error = |e: serde_json::Error| ModelError::Settings(e.to_string());
        let header: Header = serde_json::from_str(json).map_err(settings_error)?;
        if header.revision != REVISION {
            return Err(ModelError::Revision { found: header.revision });
        }
        let tensors = SafeTensors::deserialize(bytes).map_err(container)?;
        let settings: Settings = serde_json::from_value(header.settings).map_err(settings_error)?;
        let block = |(i, value): (usize, serde_json::Value)| {
            let mut block: Block = serde_json::from_value(value).map_err(settings_error)?;
            let part = |part| tensors.tensor(&format!("block.{i}.{part}")).map_err(container);
            let table = Table::from_parts(part("used")?.data(), part("entries")?.data());
            block.table =
                table.map_err(|error| ModelError::Value(format!("n-gram table of {}: {error}", block.corpus)))?;
            Ok(block)
        };
        let blocks = || {
            header
                .blocks
                .into_iter()
                .enumerate()
                .map(block)
                .collect::<Result<_, _>>()
        };
        // Both take a few milliseconds, of which a short file feels each.
        let (digest, blocks) = rayon::join(|| digest(bytes), blocks);
        let model = Model {
            name: header.name,
            settings,
            blocks: blocks?,
            card: header.card,
            digest,
        };
        model.check()?;
        Ok(model)
    }

    /// The bytes of the model's file; the digest is set to theirs.
    pub fn to_bytes(&mut self) -> Result<Vec<u8>, ModelError> {
        self.check()?;
        let write = |e: &dyn std::fmt::Display| ModelError::Write(e.to_string());
        let header = Header {
            revision: REVISION,
            name: self.name.clone(),
            settings: serde_json::to_value(&self.settings).map_err(|e| write(&e))?,
            blocks: self
                .blocks
                .iter()
                .map(serde_json::to_value)
                .collect::<Result<_, _>>()
                .map_err(|e| write(&e))?,
            card: self.card.clone(),
        };
        let json = serde_json::to_string(&header).map_err(|e| write(&e))?;
        let tables: Vec<(Vec<u8>, Vec<u8>)> = self.blocks.iter().map(|block| block.table.parts()).collect();
        let mut views = Vec::new();
        for (i, (used, entries)) in tables.iter().enumerate() {
            for (part, kind, shape, bytes) in [
                ("used", Dtype::U64, vec![used.len() / 8], used),
                ("entries", Dtype::I8, vec![entries.len() / 3, 3], entries),
            ] {
                let view = TensorView::new(kind, shape, bytes).map_err(|e| write(&e))?;
                views.push((format!("block.{i}.{part}"), view));
            }
        }
        let bytes =
            safetensors::serialize(views, Some(HashMap::from([(KEY.to_owned(), json)]))).map_err(|e| write(&e))?;
        self.digest = digest(&bytes);
        Ok(bytes)
    }

    /// Refuses what could not have been trained.
    fn check(&self) -> Result<(), ModelError> {
        let settings = &self.settings;
        let unknown: Vec<String> = settings
            .features
            .iter()
            .filter(|feature| {
                signals::position(&feature.code).is_none()
                    && !self.blocks.iter().any(|block| block.column(&feature.code).is_some())
            })
            .map(|feature| feature.code.clone())
            .collect();
        if !unknown.is_empty() {
            return Err(ModelError::UnknownSignals { codes: unknown });
        }
        for feature in &settings.features {
            let finite = feature.weight.is_finite()
                && feature.mean.is_finite()
                && feature.scale.is_finite()
                && feature.scale > 0.0;
            if !finite {
                return Err(ModelError::Value(format!("weight, mean or scale of {}", feature.code)));
            }
        }
        let bands = settings.bands;
        for (name, value) in [
            ("intercept", settings.intercept),
            ("calibration slope", settings.calibration.slope),
            ("calibration offset", settings.calibration.offset),
            ("band", bands.review + bands.suspect + bands.group),
        ] {
            if !value.is_finite() {
                return Err(ModelError::Value(name.to_owned()));
            }
        }
        if settings.mixture.is_some_and(|mixture| !mixture.is_sound()) {
            return Err(ModelError::Value("mixture".to_owned()));
        }
        if !(settings.prevalence > 0.0 && settings.prevalence < 1.0) {
            return Err(ModelError::Value("prevalence".to_owned()));
        }
        Ok(())
    }
}

fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
