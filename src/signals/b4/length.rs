//! `B4.length`: length of the text (L).

use crate::score::Evidence;
use crate::signals::{Case, Family, Prior, Say, Signal, Spec};

/// `B4.length`, as its [`Spec`] says.
pub struct Length;

static SPEC: Spec = Spec {
    code: "B4.length",
    family: Family::B4,
    what: "ln(1 + words of the body) (L, DL)",
    why: "Campaign texts tend to one length; very short praise costs nothing to write. Most short reviews are honest.",
    range: (0.0, 20.0),
    unit: "log of words",
    missing: "no text as written",
    source: "L and DL in Rayana & Akoglu 2015",
    high: Say {
        en: "long text",
        fr: "texte long",
    },
    low: Say {
        en: "short text",
        fr: "texte court",
    },
    prior: Prior {
        centre: 4.3,
        scale: 0.8,
        weight: -0.1,
    },
};

impl Signal for Length {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let words = case.text?.words;
        (words > 0).then(|| (words as f64).ln_1p())
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        self.extract(case).map_or_else(Evidence::default, |value| {
            Evidence::fact("words", format!("{:.0}", value.exp() - 1.0))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signals::testing::on_text;

    // The texts are invented.
    #[test]
    fn words_are_counted() {
        assert!(on_text(&Length, "Nice room, 2 beds").is_some_and(|value| (value - 5f64.ln()).abs() < 1e-12));
    }

    #[test]
    fn is_missing_without_words() {
        assert_eq!(on_text(&Length, "!!!"), None);
    }
}
