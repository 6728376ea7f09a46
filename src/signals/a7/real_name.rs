//! `A7.real_name`: whether the pseudonym looks like a real name.

use crate::signals::{Case, Family, Prior, Say, Signal, Spec};

/// `A7.real_name`, as its [`Spec`] says.
pub struct RealName;

static SPEC: Spec = Spec {
    code: "A7.real_name",
    family: Family::A7,
    what: "1 where the reviewer's name is two or three words of letters, each with a capital first (the last may be an initial), else 0",
    why: "Whoever shows a real name has more to lose. Nothing forbids an invented one.",
    range: (0.0, 1.0),
    unit: "yes or no",
    missing: "without a name",
    source: "advice 7",
    high: Say {
        en: "a name that looks real",
        fr: "pseudonyme qui ressemble à un vrai nom",
    },
    low: Say {
        en: "a name that does not look real",
        fr: "pseudonyme qui ne ressemble pas à un vrai nom",
    },
    prior: Prior {
        centre: 0.5,
        scale: 0.5,
        weight: -0.05,
    },
};

impl Signal for RealName {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let name = case.review.reviewer_name.as_deref()?.trim();
        let words: Vec<&str> = name.split_whitespace().collect();
        let is_name = |word: &&str| {
            let word = word.trim_end_matches('.');
            word.chars().next().is_some_and(char::is_uppercase)
                && word.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’'))
        };
        let looks_real = (2..=3).contains(&words.len())
            && words.iter().all(is_name)
            && words[0].chars().filter(|c| c.is_alphabetic()).count() >= 2;
        (!name.is_empty()).then_some(if looks_real { 1.0 } else { 0.0 })
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
        check_signal(&RealName, &review, &Surroundings::default(), &[])
    }

    #[test]
    fn fires() {
        assert_eq!(value("Nell Harrowgate"), Some(1.0));
        assert_eq!(value("Ann-Marie B."), Some(1.0));
    }

    #[test]
    fn stays_silent_on_a_look_alike() {
        assert_eq!(value("travelbug_77"), Some(0.0));
        assert_eq!(value("abdel k38"), Some(0.0));
    }

    #[test]
    fn is_missing_without_a_name() {
        assert_eq!(
            check_signal(&RealName, &Review::default(), &Surroundings::default(), &[]),
            None
        );
        assert_eq!(value(" "), None);
    }
}
