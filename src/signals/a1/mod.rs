//! Advice 1: keep an extreme review only if it is well argued and corroborated by others.

pub mod argumentation;
pub mod aspects_covered;
pub mod capitals;
pub mod claims_contradicted;
pub mod claims_supported;
pub mod exclamation;
pub mod extreme_and_unsupported;
pub mod numerals;
pub mod rating_deviation;
pub mod rating_extremity;
pub mod reasons_given;
pub mod star_word_agreement;
pub mod word_extremity;

use super::Case;

/// One claim of a review, and how many others make it or say the opposite.
struct Claim {
    /// Whether it praises.
    praise: bool,
    /// Other reviews that make it too.
    same: u32,
    /// Other reviews that say the opposite.
    opposite: u32,
}

/// Others that must agree before a claim is supported: two, and one in twenty of those that claim anything.
fn needed(claiming: u32) -> u32 {
    2.max(claiming.div_ceil(20))
}

/// The claims of a review and the number of other reviews of its property that claim anything. `None` where it makes none
/// or fewer than five others make any.
fn claims(case: &Case<'_>) -> Option<(Vec<Claim>, u32)> {
    const FEWEST: u32 = 5;
    let view = case.around.property.as_ref().filter(|view| view.claiming >= FEWEST)?;
    let claims = case.text?.claims();
    let made = [claims.positive, claims.negative]
        .into_iter()
        .enumerate()
        .flat_map(|(polarity, set)| {
            (0..view.claims.len())
                .filter(move |aspect| set >> aspect & 1 == 1)
                .map(move |aspect| Claim {
                    praise: polarity == 0,
                    same: view.claims[aspect][polarity],
                    opposite: view.claims[aspect][1 - polarity],
                })
        });
    let made: Vec<Claim> = made.collect();
    (!made.is_empty()).then_some((made, view.claiming))
}
