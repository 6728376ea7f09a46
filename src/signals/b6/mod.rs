//! The network: what the graph of who reviewed what says, and what is known of the same reviewer's other reviews.

pub mod known_suspicion;
pub mod network_suspicion;
