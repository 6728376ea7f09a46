//! `B4.list_like`: how much of it is laid out as a list.

use crate::score::Evidence;
use crate::signals::{Case, Family, NO_TEXT, Prior, Say, Signal, Spec};
use crate::text::FEWEST_WORDS;

/// `B4.list_like`, as its [`Spec`] says.
pub struct ListLike;

static SPEC: Spec = Spec {
    code: "B4.list_like",
    family: Family::B4,
    what: "lines that begin with a bullet, a number or a short heading with a colon / (lines + 2)",
    why: "Machine-written reviews like lists and headings. Tidy people write lists of pros and cons as well.",
    range: (0.0, 1.0),
    unit: "share of lines",
    missing: NO_TEXT,
    source: "own",
    high: Say {
        en: "laid out as a list",
        fr: "présenté comme une liste",
    },
    low: Say {
        en: "running text",
        fr: "texte suivi",
    },
    prior: Prior {
        centre: 0.02,
        scale: 0.1,
        weight: 0.15,
    },
};

impl Signal for ListLike {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let text = case.text.filter(|text| text.words >= FEWEST_WORDS)?;
        let lines: Vec<&str> = text
            .source
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .collect();
        Some(lines.iter().filter(|line| is_item(line)).count() as f64 / (lines.len() + 2) as f64)
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        self.extract(case).map_or_else(Evidence::default, |value| {
            Evidence::fact("share of list lines", format!("{value:.2}"))
        })
    }
}

fn is_item(line: &str) -> bool {
    let after_number = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let numbered = after_number.len() < line.len()
        && after_number
            .strip_prefix(['.', ')'])
            .is_some_and(|rest| rest.starts_with(' '));
    let heading = line.split_once(':').is_some_and(|(head, _)| {
        !head.is_empty()
            && head.split_whitespace().count() <= 3
            && head.starts_with(|c: char| c.is_uppercase() || c == '*')
            && !head.ends_with(|c: char| c.is_ascii_digit())
    });
    line.starts_with(['•', '*', '–', '·', '✓', '✔', '►']) || line.starts_with("- ") || numbered || heading
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signals::testing::on_text;

    // The texts are invented.
    #[test]
    fn lists_are_told_from_running_text() {
        assert!(
            on_text(
                &ListLike,
                "Pros:\n- clean room\n- kind staff\n1. good food\n**Location**: central"
            ) > Some(0.6)
        );
        assert_eq!(
            on_text(
                &ListLike,
                "We came at 10:30 - late.\nThe room was clean, and so was the bath."
            ),
            Some(0.0)
        );
        assert_eq!(
            on_text(&ListLike, "2 nights were enough for us\n3.5 stars would be fair"),
            Some(0.0)
        );
    }

    #[test]
    fn is_missing_without_enough_words() {
        assert_eq!(on_text(&ListLike, "- bed"), None);
    }
}
