//! `A7.name_digits`: digits in the pseudonym.

use crate::signals::{Case, Family, Prior, Say, Signal, Spec};

/// `A7.name_digits`, as its [`Spec`] says.
pub struct NameDigits;

static SPEC: Spec = Spec {
    code: "A7.name_digits",
    family: Family::A7,
    what: "share of digits among the letters and digits of the reviewer's name",
    why: "Accounts made in number are often numbered. Sites also add digits to names that are taken.",
    range: (0.0, 1.0),
    unit: "share",
    missing: "without a name of at least three letters and digits",
    source: "advice 7",
    high: Say {
        en: "many digits in the name",
        fr: "beaucoup de chiffres dans le pseudonyme",
    },
    low: Say {
        en: "a name without digits",
        fr: "pseudonyme sans chiffres",
    },
    prior: Prior {
        centre: 0.1,
        scale: 0.2,
        weight: 0.1,
    },
};

impl Signal for NameDigits {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let name = case.review.reviewer_name.as_deref()?;
        let signs = name.chars().filter(|c| c.is_alphanumeric()).count();
        (signs >= 3).then(|| name.chars().filter(|c| c.is_numeric()).count() as f64 / signs as f64)
    }
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
        check_signal(&NameDigits, &review, &Surroundings::default(), &[])
    }

    #[test]
    fn fires() {
        assert!(value("user8841920") > Some(0.6));
    }

    #[test]
    fn stays_silent_on_a_look_alike() {
        assert_eq!(value("Marie-Claude T"), Some(0.0));
    }

    #[test]
    fn is_missing_without_a_name() {
        assert_eq!(
            check_signal(&NameDigits, &Review::default(), &Surroundings::default(), &[]),
            None
        );
        assert_eq!(value("A"), None);
    }
}
