//! `A7.name_randomness`: whether the pseudonym can be pronounced.

use crate::signals::{Case, Family, Prior, Say, Signal, Spec};

/// `A7.name_randomness`, as its [`Spec`] says.
pub struct NameRandomness;

static SPEC: Spec = Spec {
    code: "A7.name_randomness",
    family: Family::A7,
    what: "share of the pairs of neighbouring letters in the reviewer's name that are not among the 300 commonest pairs",
    why: "Names drawn at random are hard to pronounce. Initials, and names from languages that the table does not know, look so too.",
    range: (0.0, 1.0),
    unit: "share",
    missing: "without a name of at least five letters in a row or in rows",
    source: "advice 7",
    high: Say {
        en: "a name that looks random",
        fr: "pseudonyme d'allure aléatoire",
    },
    low: Say {
        en: "a name that can be pronounced",
        fr: "pseudonyme prononçable",
    },
    prior: Prior {
        centre: 0.06,
        scale: 0.12,
        weight: 0.15,
    },
};

impl Signal for NameRandomness {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let name = crate::text::fold(case.review.reviewer_name.as_deref()?);
        let letters: Vec<char> = name.chars().collect();
        let pairs = || letters.windows(2).filter(|pair| pair.iter().all(|c| c.is_alphabetic()));
        const FEWEST: usize = 4;
        (pairs().count() >= FEWEST)
            .then(|| pairs().filter(|pair| !is_common(pair[0], pair[1])).count() as f64 / pairs().count() as f64)
    }
}

/// For each first letter, a to z, the second letters of the 300 commonest pairs (97 % of all) in this project's lists of
/// places and of common words in five languages.
const COMMON: [&str; 26] = [
    "abcdfghijklmnopqrstuvwyz",
    "aeiloru",
    "acehikortu",
    "aeinorsuy",
    "abcdefghiklmnopqrstuvwxyz",
    "aefilortu",
    "aehilnoru",
    "aeilnortu",
    "abcdefgklmnopqrstuvz",
    "aeiou",
    "aeiloruy",
    "abcdefgilmostuvy",
    "abeimopuy",
    "abcdefghiknoqstuvyz",
    "abcdfghiklmnoprstuvwyz",
    "aehiloprtu",
    "u",
    "abcdefgiklmnorstuvy",
    "abcefghiklnopqstuwy",
    "aehilorstuyz",
    "abcdefgilmnoprstvx",
    "aeio",
    "aehino",
    "ci",
    "aeor",
    "aeiuz",
];

/// Whether two letters stand together in ordinary names; signs outside a to z are taken for ordinary.
fn is_common(first: char, second: char) -> bool {
    if !first.is_ascii_lowercase() || !second.is_ascii_lowercase() {
        return true;
    }
    COMMON[(first as u8 - b'a') as usize].contains(second)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::Surroundings;
    use crate::review::Review;
    use crate::signals::testing::*;

    fn value(name: &str) -> Option<f64> {
        let review = Review {
            reviewer_name: Some(name.to_owned()),
            ..Review::default()
        };
        check_signal(&NameRandomness, &review, &Surroundings::default(), &[])
    }

    #[test]
    fn fires() {
        assert!(value("xkqvzjw") > Some(0.7));
    }

    #[test]
    fn stays_silent_on_a_look_alike() {
        assert!(value("annelaure_lyon") < Some(0.2));
    }

    #[test]
    fn is_missing_without_a_name() {
        assert_eq!(
            check_signal(&NameRandomness, &Review::default(), &Surroundings::default(), &[]),
            None
        );
        assert_eq!(value("Jo K"), None);
    }
}
