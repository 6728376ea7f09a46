//! Where in the input something is, for errors and rejects.

/// Position of a record in an input: what every message about it starts with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Position {
    /// Name of the input as the user gave it.
    pub file: std::sync::Arc<str>,
    /// 1-based number of the record, the header not counted.
    pub record: u64,
    /// 1-based number of the line on which the record begins; 0 where the format has no lines.
    pub line: u64,
}

impl std::fmt::Display for Position {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.line {
            0 => write!(f, "{}: record {}", self.file, self.record),
            line => write!(f, "{}: record {} (line {line})", self.file, self.record),
        }
    }
}
