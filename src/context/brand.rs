//! Brands of known chains, found in the names of properties.

/// The group of the brand that a property's name holds as whole words, `None` where it holds none.
pub(super) fn group_of(_name: &str) -> Option<&'static str> {
    None
}
