//! `B4.uppercase_letters`: share of capital letters (PC).

use crate::score::Evidence;
use crate::signals::{Case, Family, Prior, Say, Signal, Spec};
use crate::text::FEWEST_WORDS;

/// `B4.uppercase_letters`, as its [`Spec`] says.
pub struct UppercaseLetters;

static SPEC: Spec = Spec {
    code: "B4.uppercase_letters",
    family: Family::B4,
    what: "capital letters / letters, in scripts with case (PC)",
    why: "Shouting and names raise it, hurried typing lowers it.",
    range: (0.0, 1.0),
    unit: "share of letters",
    missing: "no text of at least five words, or a script without case",
    source: "PC in Rayana & Akoglu 2015",
    high: Say {
        en: "many capitals",
        fr: "beaucoup de majuscules",
    },
    low: Say {
        en: "few capitals",
        fr: "peu de majuscules",
    },
    prior: Prior {
        centre: 0.035,
        scale: 0.02,
        weight: 0.05,
    },
};

impl Signal for UppercaseLetters {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let text = case.text.filter(|text| text.words >= FEWEST_WORDS)?;
        let (mut upper, mut cased) = (0u32, 0u32);
        for c in text.source.chars() {
            let is_upper = c.is_uppercase();
            upper += u32::from(is_upper);
            cased += u32::from(is_upper || c.is_lowercase());
        }
        (cased > 0).then(|| f64::from(upper) / f64::from(cased))
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        self.extract(case).map_or_else(Evidence::default, |value| {
            Evidence::fact("share of capitals", format!("{value:.3}"))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signals::testing::on_text;

    // The texts are invented.
    #[test]
    fn capitals_are_counted() {
        assert_eq!(on_text(&UppercaseLetters, "Aa bb cc dd ee"), Some(0.1));
        let arabic = crate::review::Review {
            text: Some("الغرفة صغيرة لكنها نظيفة والموظفون كانوا لطفاء".into()),
            ..Default::default()
        };
        assert_eq!(
            crate::signals::testing::check_signal(&UppercaseLetters, &arabic, &Default::default(), &[]),
            None
        );
    }

    #[test]
    fn is_missing_without_enough_words() {
        assert_eq!(on_text(&UppercaseLetters, "OK"), None);
    }
}
