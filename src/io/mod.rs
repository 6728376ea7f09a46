//! Reading and writing review files.
