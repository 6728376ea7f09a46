//! [`Place`], the town of a property and where it lies.

use super::event::short;
use crate::review::Review;
use crate::text::fold;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// A place: the key of its town, and coordinates in hundredths of a degree (about a kilometre).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    /// Key of the town; 0 where not known.
    pub key: u32,
    /// Degrees north and east times 100; [`NOWHERE`] where not known.
    pub at: (i16, i16),
}

/// Coordinates that are not known.
const NOWHERE: (i16, i16) = (i16::MIN, i16::MIN);

impl Place {
    /// The place of a review's property. `known` is what a table says.
    ///
    /// Without a place, the name of a chain's house serves, for chains name their houses by town; other houses are named
    /// after places where they do not stand.
    pub fn of(review: &Review, known: Option<&str>) -> Place {
        let written = known.or(review.property_place.as_deref());
        let town = match (written, review.property_name.as_deref()) {
            (Some(written), _) => town(written),
            (None, Some(name)) if super::brand::group_of(name).is_some() => town_in(name).map(Town::Known),
            _ => None,
        };
        let hundredths = |degrees: f64| (degrees * 100.0).round() as i16;
        let at = match (review.latitude, review.longitude, &town) {
            (Some(latitude), Some(longitude), _) if latitude.abs() <= 90.0 && longitude.abs() <= 180.0 => {
                (hundredths(latitude), hundredths(longitude))
            }
            (_, _, Some(Town::Known(entry))) => (hundredths(entry.latitude), hundredths(entry.longitude)),
            _ => NOWHERE,
        };
        let key = match town {
            // A town has one key in all languages.
            Some(Town::Known(entry)) => short(&[
                "place",
                entry.country,
                &entry.latitude.to_string(),
                &entry.longitude.to_string(),
            ]),
            Some(Town::Written(name)) => short(&["place", &name]),
            None => 0,
        };
        Place { key, at }
    }

    /// Great-circle distance, km; `None` where either is not known.
    pub fn km(&self, other: &Place) -> Option<f64> {
        if self.at == NOWHERE || other.at == NOWHERE {
            return None;
        }
        let radians = |hundredths: i16| (f64::from(hundredths) / 100.0).to_radians();
        let (lat_a, lat_b) = (radians(self.at.0), radians(other.at.0));
        let (lat, lon) = (lat_b - lat_a, radians(other.at.1) - radians(self.at.1));
        let half = (lat / 2.0).sin().powi(2) + lat_a.cos() * lat_b.cos() * (lon / 2.0).sin().powi(2);
        const EARTH: f64 = 6371.0;
        Some(2.0 * EARTH * half.sqrt().min(1.0).asin())
    }
}

/// A town or country of the gazetteer.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Entry {
    country: &'static str,
    latitude: f64,
    longitude: f64,
    is_country: bool,
}

/// A town as far as it is known.
#[derive(Clone, Debug, PartialEq)]
enum Town {
    Known(Entry),
    Written(String),
}

static GAZETTEER: LazyLock<FxHashMap<String, Vec<Entry>>> = LazyLock::new(|| {
    let mut places: FxHashMap<String, Vec<Entry>> = FxHashMap::default();
    for line in include_str!("../lexicons/places.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
    {
        let mut columns = line.split('\t');
        let mut next = || columns.next().unwrap_or_default();
        let (name, country, latitude, longitude, kind) = (next(), next(), next(), next(), next());
        if let (Ok(latitude), Ok(longitude)) = (latitude.parse(), longitude.parse()) {
            let entry = Entry {
                country,
                latitude,
                longitude,
                is_country: kind == "country",
            };
            places.entry(fold(name)).or_default().push(entry);
        }
    }
    places
});

/// The town of a place as written: the first component that is a known town of the country named, if any is named; else
/// the first component that is a name.
fn town(written: &str) -> Option<Town> {
    let folded = fold(written);
    let components: Vec<String> = folded
        .split([',', '&', '>', '/', '|', '\n', ';', '(', ')'])
        // Postal and house numbers stand beside names.
        .map(|component| {
            component
                .split_whitespace()
                .filter(|word| !word.contains(char::is_numeric))
                .collect::<Vec<_>>()
                .join(" ")
        })
        .filter(|component| component.chars().any(char::is_alphabetic))
        .collect();
    let known = |component: &String| GAZETTEER.get(component).map(Vec::as_slice).unwrap_or_default();
    let countries: Vec<&str> = components
        .iter()
        .flat_map(known)
        .filter(|entry| entry.is_country)
        .map(|entry| entry.country)
        .collect();
    let fits = |entry: &&Entry| !entry.is_country && (countries.is_empty() || countries.contains(&entry.country));
    let found = components
        .iter()
        .find_map(|component| known(component).iter().find(fits));
    found
        .copied()
        .map(Town::Known)
        .or_else(|| components.first().cloned().map(Town::Written))
}

/// The first known town among the words of a name, the longest where several begin there.
fn town_in(name: &str) -> Option<Entry> {
    let folded = fold(name);
    let words: Vec<&str> = folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    const LONGEST: usize = 3;
    (0..words.len()).find_map(|first| {
        (1..=LONGEST.min(words.len() - first)).rev().find_map(|length| {
            let entries = GAZETTEER.get(&words[first..first + length].join(" "))?;
            entries.iter().find(|entry| !entry.is_country).copied()
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(written: &str) -> Place {
        Place::of(
            &Review {
                property_place: Some(written.to_owned()),
                ..Review::default()
            },
            None,
        )
    }

    #[test]
    fn a_town_is_the_same_however_it_is_written() {
        let lyon = place("Lyon, France");
        for written in [
            "lyon",
            "Lione",
            "12 rue Mercière, 69002 Lyon, France",
            "Europe & France & Rhône & Lyon & Things to Do in Lyon",
        ] {
            assert_eq!(place(written), lyon, "{written}");
        }
        assert_eq!(place("Kleinkleckersdorf, Nowhere"), place("kleinkleckersdorf"));
        assert_ne!(place("York, UK"), lyon);
        assert_eq!(place("69002").key, 0);
    }

    #[test]
    fn a_namesake_in_another_country_is_another_place() {
        assert_ne!(place("Paris, France"), place("Paris, Texas, United States"));
    }

    #[test]
    fn distances() {
        let km = place("Lyon, France")
            .km(&place("York, United Kingdom"))
            .expect("both are known");
        assert!((900.0..1100.0).contains(&km), "{km}");
        assert_eq!(place("Lyon").km(&place("Kleinkleckersdorf")), None);
        let given = Review {
            latitude: Some(0.0),
            longitude: Some(0.0),
            ..Review::default()
        };
        assert_eq!(Place::of(&given, None).km(&Place::of(&given, None)), Some(0.0));
    }

    #[test]
    fn only_a_chain_has_its_town_in_its_name() {
        let named = |name: &str| {
            Place::of(
                &Review {
                    property_name: Some(name.to_owned()),
                    ..Review::default()
                },
                None,
            )
        };
        assert_eq!(named("Novotel Lyon Part-Dieu"), place("Lyon"));
        assert_eq!(named("Bella Napoli").key, 0);
    }
}
