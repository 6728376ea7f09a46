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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Model;

    #[test]
    fn the_files_are_as_this_version_writes_them() {
        for (name, bytes) in BUNDLED {
            let mut model = Model::from_bytes(bytes).expect("a sound model");
            assert!(model.to_bytes().expect("writes") == *bytes, "{name}");
        }
    }
}
