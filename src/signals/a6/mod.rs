//! Advice 6: the more professional the photo looks, the less likely it comes from an ordinary user.
//!
//! Adds nothing on any corpus measured (docs/benchmarks.md, "What each family adds"), for none of them shows it: its weights
//! are set by hand.

pub mod camera_class;
pub mod edited;
pub mod exposure;
pub mod phone_resolution;
pub mod photo_reuse_properties;
pub mod photo_reuse_reviewers;
pub mod photos_attached;
pub mod saturation;
pub mod sharpness;
pub mod stripped_metadata;

/// The mean of some values, `None` of none.
pub(crate) fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (sum, count) = values.fold((0.0, 0u32), |(sum, count), value| (sum + value, count + 1));
    (count > 0).then(|| sum / f64::from(count))
}
