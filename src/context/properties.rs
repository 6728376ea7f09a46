//! [`Properties`], what a table beside the reviews says of properties: brand and place.

use super::event::{NONE, key, property_name};
use crate::review::Review;
use crate::text::fold;
use rustc_hash::FxHashMap;

/// What is known of a property from elsewhere.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// Brand or chain.
    pub brand: Option<String>,
    /// Town or address.
    pub place: Option<String>,
}

/// A table of properties, found by id and else by name.
#[derive(Clone, Debug, Default)]
pub struct Properties {
    by_key: FxHashMap<u64, Facts>,
}

impl Properties {
    /// Adds a property, under its id and its name as far as given. What was said first of a key stays.
    pub fn insert(&mut self, id: Option<&str>, name: Option<&str>, facts: Facts) {
        for key in [id.map_or(NONE, by_id), name.map_or(NONE, by_name)]
            .into_iter()
            .filter(|key| *key != NONE)
        {
            self.by_key.entry(key).or_insert_with(|| facts.clone());
        }
    }

    /// Number of keys; 0 where there is no table.
    pub fn len(&self) -> usize {
        self.by_key.len()
    }

    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        self.by_key.is_empty()
    }

    /// What is known of the property of a review.
    pub fn of(&self, review: &Review) -> Option<&Facts> {
        if self.is_empty() {
            return None;
        }
        let of = |key: u64| self.by_key.get(&key);
        review
            .property_id
            .as_deref()
            .and_then(|id| of(by_id(id)))
            .or_else(|| review.property_name.as_deref().and_then(|name| of(by_name(name))))
    }
}

fn by_id(id: &str) -> u64 {
    if id.trim().is_empty() {
        NONE
    } else {
        key(&["id", fold(id).trim()])
    }
}

fn by_name(name: &str) -> u64 {
    let name = property_name(name);
    if name.is_empty() { NONE } else { key(&["name", &name]) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn found_by_id_and_else_by_name() {
        let mut table = Properties::default();
        let facts = |brand: &str| Facts {
            brand: Some(brand.to_owned()),
            place: None,
        };
        table.insert(Some("d1"), Some("Lorvane Lyon"), facts("Lorvane"));
        table.insert(None, Some("Tessandre York"), facts("Tessandre"));
        let brand = |id: Option<&str>, name: Option<&str>| {
            let review = Review {
                property_id: id.map(str::to_owned),
                property_name: name.map(str::to_owned),
                ..Review::default()
            };
            table.of(&review).and_then(|facts| facts.brand.clone())
        };
        assert_eq!(brand(Some("D1 "), None).as_deref(), Some("Lorvane"));
        assert_eq!(
            brand(Some("d9"), Some("Hôtel Lorvane, Lyon")).as_deref(),
            Some("Lorvane")
        );
        assert_eq!(brand(None, Some("tessandre york")).as_deref(), Some("Tessandre"));
        assert_eq!(brand(Some("d9"), Some("Elsewhere")), None);
    }
}
