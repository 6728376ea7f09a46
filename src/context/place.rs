//! [`Place`], the town of a property and where it lies.

use super::event::short;
use crate::review::Review;
use crate::text::fold;

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
    pub fn of(review: &Review, known: Option<&str>) -> Place {
        let written = known.or(review.property_place.as_deref());
        let town = written.and_then(town);
        let at = match (review.latitude, review.longitude) {
            (Some(latitude), Some(longitude)) if latitude.abs() <= 90.0 && longitude.abs() <= 180.0 => {
                ((latitude * 100.0).round() as i16, (longitude * 100.0).round() as i16)
            }
            _ => NOWHERE,
        };
        Place {
            key: town.map_or(0, |town| short(&["place", &town])),
            at,
        }
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

/// The town of a place as written: the first component that is a name.
fn town(written: &str) -> Option<String> {
    let folded = fold(written);
    let mut components = folded.split([',', '&', '>', '/', '|', '\n', ';']).map(str::trim);
    components
        .find(|component| component.chars().any(char::is_alphabetic))
        .map(str::to_owned)
}
