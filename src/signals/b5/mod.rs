//! The shape of the ratings.

pub mod j_shape;
pub mod rating_divergence;
pub mod rating_trend;
