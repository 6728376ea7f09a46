//! `A4.odd_spacing`: spaces and signs out of place.

use crate::score::Evidence;
use crate::signals::{Case, Family, Prior, Say, Signal, Spec};
use crate::text::Case as Capitals;
use crate::text::{Analysis, Kind, Language};

/// `A4.odd_spacing`, as its [`Spec`] says.
pub struct OddSpacing;

static SPEC: Spec = Spec {
    code: "A4.odd_spacing",
    family: Family::A4,
    what: "signs with a space before (\",\", \".\"; outside French also \"!\", \"?\", \":\", \";\") or none after (\",\", \"!\", \"?\", \";\", a full stop before a capital), and doubled commas, per 100 words (20 words added)",
    why: "Careless or machine-fed typing. Phones produce it too, so it weighs little. In French a space before ! ? : ; is right.",
    range: (0.0, 100.0),
    unit: "per 100 words",
    missing: "no text of at least five words, or a language written without spaces",
    source: "advice 4",
    high: Say {
        en: "odd spacing and punctuation",
        fr: "espaces et ponctuation inhabituels",
    },
    low: Say {
        en: "regular spacing",
        fr: "espaces réguliers",
    },
    prior: Prior {
        centre: 0.7,
        scale: 1.5,
        weight: 0.1,
    },
};

impl Signal for OddSpacing {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let text = case.text.filter(|text| !text.language.is_some_and(is_unspaced))?;
        text.rate(odd(text).count())
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        let Some(text) = case.text.filter(|_| self.extract(case).is_some()) else {
            return Evidence::default();
        };
        Evidence {
            spans: odd(text).map(|at| text.span(at..at + 1)).collect(),
            facts: Vec::new(),
        }
    }
}

fn is_unspaced(language: Language) -> bool {
    matches!(language.code(), "zh" | "ja" | "th" | "lo" | "km" | "my")
}

fn odd<'a>(text: &'a Analysis<'_>) -> impl Iterator<Item = usize> + 'a {
    let list = &text.tokens.list;
    let sign = move |at: usize| {
        list.get(at)
            .filter(|token| token.kind == Kind::Punctuation)
            .map_or("", |token| text.written(token))
    };
    let is_word = move |at: usize| list.get(at).is_some_and(|token| token.kind == Kind::Word);
    // Signs of a face (":-)") and dots in a row follow their own rules.
    let in_row = move |at: usize| {
        let signs = |at: usize| matches!(sign(at), ")" | "(" | "-" | "." | "'" | "/" | "!" | "?");
        at > 0 && signs(at - 1) || signs(at + 1)
    };
    let signs = (1..list.len()).filter(|at| list[*at].kind == Kind::Punctuation);
    signs.filter(move |&at| {
        let mark = sign(at);
        let (spaced, follows_word) = (list[at].spaced, is_word(at - 1));
        let glued = list.get(at + 1).is_some_and(|next| !next.spaced) && is_word(at + 1);
        let before = spaced && follows_word && !in_row(at);
        match mark {
            "," if sign(at - 1) == "," => true,
            "," | ";" if glued => true,
            "!" | "?" if glued && follows_word => true,
            "." if glued && follows_word => {
                list[at + 1].case == Capitals::Capital
                    && list[at - 1].case == Capitals::Lower
                    && list[at - 1].end - list[at - 1].start > 2
            }
            "," | "." => before,
            "!" | "?" | ":" | ";" => before && text.language != Some(Language::FR),
            _ => false,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signals::testing::{on_french, on_text};

    // The texts are invented.
    #[test]
    fn fires_on_signs_out_of_place() {
        assert!(on_text(&OddSpacing, "Nice hotel ,good staff .The food was fine,the bed too !") > Some(12.0));
        assert!(on_french(&OddSpacing, "Bel hôtel ,bon accueil,chambre propre .Merci") > Some(10.0));
    }

    #[test]
    fn is_silent_on_usual_typing_and_on_french_spaces() {
        assert_eq!(
            on_text(
                &OddSpacing,
                "Nice hotel, good staff... The wi-fi (4.5 Mb/s) from booking.com was fine :-) Great!"
            ),
            Some(0.0)
        );
        assert_eq!(
            on_french(
                &OddSpacing,
                "Quel hôtel ! Que dire ? Tout était bien : chambre, lit ; merci."
            ),
            Some(0.0)
        );
    }

    #[test]
    fn is_missing_without_enough_words() {
        assert_eq!(on_text(&OddSpacing, "Nice ,good"), None);
    }
}
