//! Fake-review detection.
