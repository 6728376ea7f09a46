//! `A4.full_name_repeated`: the full name of the property or brand, repeated.

use crate::score::Evidence;
use crate::score::Span;
use crate::signals::{Case, Family, Prior, Say, Signal, Spec};
use crate::text::{Analysis, FEWEST_WORDS, Tokens};

/// `A4.full_name_repeated`, as its [`Spec`] says.
pub struct FullNameRepeated;

static SPEC: Spec = Spec {
    code: "A4.full_name_repeated",
    family: Family::A4,
    what: "times that the property's name of two words or more, or else its brand, stands in title and body, beyond the first; at most 5",
    why: "Advertising repeats the name, and search engines like it. A guest names the place once, if at all. Names that are everyday words can be repeated by chance.",
    range: (0.0, 5.0),
    unit: "repetitions",
    missing: "no text of at least five words, or neither name nor brand of the property",
    source: "advice 4; Li et al. 2014",
    high: Say {
        en: "repeats the full name of the property",
        fr: "répète le nom complet de l'établissement",
    },
    low: Say {
        en: "does not repeat the name",
        fr: "ne répète pas le nom",
    },
    prior: Prior {
        centre: 0.0,
        scale: 0.7,
        weight: 0.45,
    },
};

impl Signal for FullNameRepeated {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let words: usize = passages(case).map(|passage| passage.words).sum();
        let names = names(case);
        if words < FEWEST_WORDS || names.is_empty() {
            return None;
        }
        Some(mentions(case, &names).len().saturating_sub(1).min(5) as f64)
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        if self.extract(case).is_none() {
            return Evidence::default();
        }
        let spans = mentions(case, &names(case));
        Evidence {
            facts: vec![("mentions of the name", spans.len().to_string())],
            spans,
        }
    }
}

fn passages<'a>(case: &Case<'a>) -> impl Iterator<Item = &'a Analysis<'a>> {
    [case.title, case.text].into_iter().flatten()
}

/// The name up to its first comma, dash or bracket, and the brand, folded, with a blank on either side.
fn names(case: &Case<'_>) -> Vec<String> {
    let name = case
        .review
        .property_name
        .as_deref()
        .and_then(|name| name.split([',', '(', '|', ':']).next()?.split(" - ").next());
    let folded = |name: &str| Some(Tokens::of(name).folded).filter(|folded| folded.len() > 4);
    let name = name.and_then(folded).filter(|name| name.split_whitespace().count() > 1);
    let brand = case.review.property_brand.as_deref().and_then(folded);
    let mut names: Vec<String> = name.into_iter().chain(brand).collect();
    // The longer one first, so that a name that holds the brand counts once.
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    names
}

fn mentions(case: &Case<'_>, names: &[String]) -> Vec<Span> {
    let mut spans = Vec::new();
    for passage in passages(case) {
        let (folded, list) = (&passage.tokens.folded, &passage.tokens.list);
        let mut taken: Vec<std::ops::Range<usize>> = Vec::new();
        for name in names {
            for (at, found) in folded.match_indices(name.as_str()) {
                let bytes = at + 1..at + found.len();
                if taken
                    .iter()
                    .any(|other| bytes.start < other.end && other.start < bytes.end)
                {
                    continue;
                }
                let first = list.partition_point(|token| (token.folded_end as usize) <= bytes.start);
                let end = list.partition_point(|token| (token.folded_start as usize) < bytes.end);
                spans.push(passage.span(first..end));
                taken.push(bytes);
            }
        }
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signals::testing::check_signal;

    use crate::context::Surroundings;
    use crate::review::Review;

    fn of(name: Option<&str>, brand: Option<&str>, text: &str) -> Option<f64> {
        let owned = |value: Option<&str>| value.map(str::to_owned);
        let review = Review {
            property_name: owned(name),
            property_brand: owned(brand),
            text: Some(text.to_owned()),
            ..Review::default()
        };
        check_signal(&FullNameRepeated, &review, &Surroundings::default(), &[])
    }

    // The names and texts are invented.
    #[test]
    fn fires_on_repetition() {
        let text =
            "The Grand Azure Hotel is a dream. At the Grand Azure Hotel you rest. Come to the GRAND AZURE HOTEL!";
        assert_eq!(of(Some("Grand Azure Hotel, Nice"), Some("Azure"), text), Some(2.0));
        assert_eq!(
            of(None, Some("Merevale"), "Merevale is Merevale, and Merevale never fails"),
            Some(2.0)
        );
    }

    #[test]
    fn is_silent_where_a_guest_names_the_place_once() {
        assert_eq!(
            of(
                Some("Grand Azure Hotel"),
                None,
                "We stayed at the Grand Azure Hotel for two nights, the hotel was fine"
            ),
            Some(0.0)
        );
        assert_eq!(
            of(Some("Grand Azure Hotel"), None, "A hotel with a grand view"),
            Some(0.0)
        );
    }

    #[test]
    fn is_missing_without_a_name() {
        assert_eq!(of(None, None, "We stayed there for two nights"), None);
        assert_eq!(
            of(Some("Bistro"), None, "Bistro, bistro, bistro and again bistro"),
            None
        );
    }
}
