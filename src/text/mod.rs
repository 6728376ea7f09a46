//! Text, analysed once per review and shared by all signals.

mod language;

pub use language::Language;
