//! Advice 9: check against other sites.

pub mod one_site;
pub mod same_text_elsewhere;
pub mod site_gap;
