//! Sentences: what a score rests on, in English or French, of evidence and never of guilt.

use crate::review::Review;
use crate::score::{Band, Evidence, Passage, Reason, Score, Span};
use crate::signals::{self, SIGNALS, Say};

/// The language of a sentence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tongue {
    /// English.
    #[default]
    En,
    /// French.
    Fr,
}

impl Tongue {
    fn of(self, say: Say) -> &'static str {
        self.pick(say.en, say.fr)
    }

    /// Of two wordings the one in this language.
    pub fn pick<T>(self, english: T, french: T) -> T {
        match self {
            Tongue::En => english,
            Tongue::Fr => french,
        }
    }

    /// A number with its noun, which is given in singular and plural.
    pub fn counted(self, number: u64, english: [&str; 2], french: [&str; 2]) -> String {
        let several = self.pick(number != 1, number > 1);
        format!(
            "{} {}",
            self.count(number),
            self.pick(english, french)[usize::from(several)]
        )
    }

    /// A decimal number with so many places.
    pub fn decimal(self, value: f64, places: usize) -> String {
        let written = format!("{value:.places$}");
        self.pick(written.clone(), written.replace('.', ","))
    }

    /// A whole number with thousands set apart: `12,345`, in French by narrow no-break spaces.
    pub fn count(self, number: u64) -> String {
        let digits = number.to_string();
        let mut out = String::with_capacity(digits.len() + digits.len() / 3);
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                out.push(self.pick(',', '\u{202f}'));
            }
            out.push(digit);
        }
        out
    }

    /// A share as a percentage with one decimal place.
    pub fn percent(self, share: f64) -> String {
        format!("{} %", self.decimal(100.0 * share, 1))
    }

    /// The code of the language, as in HTML and on the command line.
    pub fn code(self) -> &'static str {
        self.pick("en", "fr")
    }
}

const LIKE_FAKES: Say = Say {
    en: "wording close to that of fakes seen in training",
    fr: "formulation proche de celle des faux avis vus à l'apprentissage",
};
const LIKE_GENUINE: Say = Say {
    en: "wording close to that of genuine reviews seen in training",
    fr: "formulation proche de celle des avis authentiques vus à l'apprentissage",
};

/// What a reason says, without its evidence.
pub fn phrase(reason: &Reason, tongue: Tongue) -> &'static str {
    match signals::position(&reason.code).map(|at| SIGNALS[at].spec()) {
        Some(spec) if reason.above => tongue.of(spec.high),
        Some(spec) => tongue.of(spec.low),
        None if reason.milli_logit > 0 => tongue.of(LIKE_FAKES),
        None => tongue.of(LIKE_GENUINE),
    }
}

/// The words that a span covers, at most this many characters of them.
const QUOTED: usize = 40;

/// The text of a span, shortened; `None` where the field is missing.
pub fn quote(review: &Review, span: &Span) -> Option<String> {
    let field = match span.passage {
        Passage::Title => review.title.as_deref(),
        Passage::Text => review.text.as_deref(),
    }?;
    let mut words = String::with_capacity(span.bytes.len());
    for word in field.get(span.bytes.clone())?.split_whitespace() {
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(word);
    }
    if let Some((at, _)) = words.char_indices().nth(QUOTED) {
        words.truncate(at);
        words.push('…');
    }
    Some(words)
}

/// At most three different quotes and the facts of a piece of evidence, in brackets; empty where there is none.
fn shown(evidence: &Evidence, review: &Review, tongue: Tongue) -> String {
    let (open, close) = match tongue {
        Tongue::En => ("“", "”"),
        Tongue::Fr => ("« ", " »"),
    };
    let mut parts: Vec<String> = Vec::new();
    for words in evidence.spans.iter().filter_map(|span| quote(review, span)) {
        let quoted = format!("{open}{words}{close}");
        if !parts.contains(&quoted) {
            parts.push(quoted);
        }
        if parts.len() == 3 {
            break;
        }
    }
    // The names of facts are English: in French the numbers alone would say nothing.
    if parts.is_empty() && tongue == Tongue::En {
        parts.extend(
            evidence
                .facts
                .iter()
                .take(2)
                .map(|(name, value)| format!("{name}: {value}")),
        );
    }
    if parts.is_empty() {
        String::new()
    } else {
        format!(" ({})", parts.join(", "))
    }
}

/// A passage cut where its evidence changes sides: stretches with 1 where what is said of them speaks for a fake in sum,
/// -1 where it speaks against one, 0 where nothing is said.
pub fn marked<'t>(text: &'t str, passage: Passage, score: &Score) -> Vec<(&'t str, i64)> {
    let mut weight = vec![0i64; text.len()];
    for reason in &score.reasons {
        for span in reason.evidence.spans.iter().filter(|span| span.passage == passage) {
            for milli in weight.iter_mut().take(span.bytes.end).skip(span.bytes.start) {
                *milli += reason.milli_logit;
            }
        }
    }
    let mut stretches = Vec::new();
    let mut start = 0;
    for (at, _) in text.char_indices() {
        if weight[at].signum() != weight[start].signum() {
            stretches.push((&text[start..at], weight[start].signum()));
            start = at;
        }
    }
    if !text.is_empty() {
        stretches.push((&text[start..], weight[start].signum()));
    }
    stretches
}

/// Reasons named on either side.
const NAMED: usize = 3;
/// Log-odds, in thousandths, below which a reason is not named.
const NAMED_FROM: i64 = 50;

/// Places of the reasons that a sentence names on one side: the strongest few, each phrase once.
pub fn named(reasons: &[Reason], towards_fake: bool, tongue: Tongue) -> Vec<usize> {
    let mut said: Vec<&'static str> = Vec::with_capacity(NAMED);
    let mut named = Vec::with_capacity(NAMED);
    for (at, reason) in reasons.iter().enumerate() {
        if (reason.milli_logit > 0) != towards_fake || reason.milli_logit.abs() < NAMED_FROM {
            continue;
        }
        if named.len() == NAMED {
            break;
        }
        let phrase = phrase(reason, tongue);
        if !said.contains(&phrase) {
            said.push(phrase);
            named.push(at);
        }
    }
    named
}

/// One sentence or two for a moderator: what speaks for looking at the review and what against.
pub fn sentence(score: &Score, review: &Review, tongue: Tongue) -> String {
    let side = |towards_fake: bool| {
        let named = named(&score.reasons, towards_fake, tongue).into_iter();
        let parts = named.map(|at| {
            let reason = &score.reasons[at];
            format!("{}{}", phrase(reason, tongue), shown(&reason.evidence, review, tongue))
        });
        parts.collect::<Vec<String>>().join("; ")
    };
    let (towards, against) = (side(true), side(false));
    let head = tongue.of(match score.band {
        Band::Suspect => Say {
            en: "Strong evidence",
            fr: "Indices forts",
        },
        Band::Review => Say {
            en: "Worth a look",
            fr: "À examiner",
        },
        Band::Clear => Say {
            en: "Nothing stands out",
            fr: "Rien ne ressort",
        },
        Band::InsufficientEvidence => Say {
            en: "Too little is known to judge",
            fr: "Trop peu d'éléments pour juger",
        },
    });
    let against_head = tongue.of(Say {
        en: "Against it",
        fr: "En sens contraire",
    });
    let towards_head = tongue.of(Say {
        en: "For it",
        fr: "En ce sens",
    });
    match (score.band, towards.is_empty(), against.is_empty()) {
        (_, true, true) => format!("{head}."),
        (Band::Suspect | Band::Review, false, true) => format!("{head}: {towards}."),
        (Band::Suspect | Band::Review, false, false) => format!("{head}: {towards}. {against_head}: {against}."),
        (_, true, false) => format!("{head}. {against_head}: {against}."),
        (_, false, true) => format!("{head}. {towards_head}: {towards}."),
        (_, false, false) => format!("{head}. {towards_head}: {towards}. {against_head}: {against}."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::score::Origin;

    fn reason(code: &'static str, milli_logit: i64, evidence: Evidence) -> Reason {
        Reason {
            code: code.into(),
            milli_logit,
            value: 1.0,
            above: true,
            origin: Origin::Learnt,
            evidence,
        }
    }

    #[test]
    fn a_sentence_names_both_sides_and_quotes_the_text() {
        let review = Review {
            text: Some("Nestled in the\nheart of town, at its best".to_owned()),
            ..Review::default()
        };
        let spans = vec![Span {
            passage: Passage::Text,
            bytes: 0..28,
        }];
        let reasons = vec![
            reason("B4.ngram_margin_x_en", 1200, Evidence { spans, facts: vec![] }),
            reason("B4.ngram_margin_y_en", 900, Evidence::default()),
            reason("B4.ngram_ratio_x_en", -300, Evidence::default()),
        ];
        let score = Score {
            milli_logit: 1790,
            milli_base: 0,
            evidence: 0.8,
            band: Band::Review,
            reasons,
        };
        assert_eq!(
            sentence(&score, &review, Tongue::En),
            "Worth a look: wording close to that of fakes seen in training (“Nestled in the heart of town”). \
             Against it: wording close to that of genuine reviews seen in training."
        );
        assert!(sentence(&score, &review, Tongue::Fr).contains("« Nestled in the heart of town »"));
    }

    #[test]
    fn marks_join_to_the_text_and_take_the_side_of_the_sum() {
        let text = "déjà vu, encore";
        let span = |bytes| Evidence {
            spans: vec![Span {
                passage: Passage::Text,
                bytes,
            }],
            facts: vec![],
        };
        let score = Score {
            milli_logit: 0,
            milli_base: 0,
            evidence: 0.5,
            band: Band::Review,
            reasons: vec![reason("a", 300, span(0..9)), reason("b", -500, span(7..9))],
        };
        assert_eq!(
            marked(text, Passage::Text, &score),
            [("déjà ", 1), ("vu", -1), (", encore", 0)]
        );
        assert_eq!(marked(text, Passage::Title, &score), [(text, 0)]);
        assert_eq!(marked("", Passage::Text, &score), []);
    }

    #[test]
    fn numbers_are_written_as_the_language_does() {
        assert_eq!(
            [Tongue::En, Tongue::Fr].map(|tongue| tongue.count(1_234_567)),
            ["1,234,567", "1\u{202f}234\u{202f}567"]
        );
        assert_eq!(
            [Tongue::En, Tongue::Fr].map(|tongue| tongue.percent(0.1234)),
            ["12.3 %", "12,3 %"]
        );
    }

    #[test]
    fn without_reasons_only_the_band_speaks() {
        let score = Score {
            milli_logit: -2000,
            milli_base: -2000,
            evidence: 0.0,
            band: Band::InsufficientEvidence,
            reasons: vec![],
        };
        assert_eq!(
            sentence(&score, &Review::default(), Tongue::En),
            "Too little is known to judge."
        );
    }
}
