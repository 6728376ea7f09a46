//! The models inside the binary.

/// Name of the model used where none is named.
#[cfg(feature = "hotel")]
pub const DEFAULT: &str = "hotel";
/// Name of the model used where none is named.
#[cfg(not(feature = "hotel"))]
pub const DEFAULT: &str = "hotel-open";

/// Names and files.
pub const BUNDLED: &[(&str, &[u8])] = &[
    #[cfg(feature = "hotel")]
    ("hotel", include_bytes!("../../models/hotel.safetensors")),
    ("hotel-open", include_bytes!("../../models/hotel-open.safetensors")),
];

/// The file of a bundled model.
pub fn bundled(name: &str) -> Option<&'static [u8]> {
    BUNDLED
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, bytes)| *bytes)
}
