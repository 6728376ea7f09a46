//! Claims: which aspects a review praises and which it criticises.

use super::lexicon::{Aspect, Hit, List};
use super::tokens::{Kind, Tokens};
use std::ops::Range;

/// What a review claims, as two sets of aspects; bit `i` stands for `Aspect::ALL[i]`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Claims {
    /// Aspects praised.
    pub positive: u16,
    /// Aspects criticised.
    pub negative: u16,
}

impl Claims {
    /// Number of (aspect, polarity) claims.
    pub fn count(self) -> u32 {
        self.positive.count_ones() + self.negative.count_ones()
    }
}

/// A clause with its opinion: positive and negative word weights, negation applied.
#[derive(Clone, Debug, PartialEq)]
pub struct Clause {
    /// Its tokens.
    pub tokens: Range<u32>,
    /// Sum of the weights of opinion words: +1 and +2 for positive and strong ones, the same below zero.
    pub polarity: i32,
}

/// Clauses end at a sentence's end, at `,` `;` `:` and dashes, and before a word of contrast or exception.
pub fn clauses(tokens: &Tokens, sentences: &[Range<u32>], hits: &[Hit]) -> Vec<Clause> {
    // They are sorted by list.
    let of = |list: List| {
        let from = hits.partition_point(|hit| hit.list < list);
        hits[from..].iter().take_while(move |hit| hit.list == list)
    };
    let mut starts: Vec<u32> = of(List::Contrast)
        .chain(of(List::Exception))
        .map(|hit| hit.first)
        .collect();
    starts.sort_unstable();
    let mut clauses = Vec::new();
    for sentence in sentences {
        let mut begin = sentence.start;
        for at in sentence.clone() {
            let token = &tokens.list[at as usize];
            let stops = token.kind == Kind::Punctuation
                && matches!(tokens.folded_of(token), "," | ";" | ":" | "-" | "–" | "—" | "(" | ")");
            if stops && at + 1 > begin {
                clauses.push(begin..at + 1);
                begin = at + 1;
            } else if at > begin && starts.binary_search(&at).is_ok() {
                clauses.push(begin..at);
                begin = at;
            }
        }
        if begin < sentence.end {
            clauses.push(begin..sentence.end);
        }
    }
    let mut opinions: Vec<(u32, i32)> = Vec::new();
    for (list, weight) in [
        (List::StrongPositive, 2),
        (List::Positive, 1),
        (List::StrongNegative, -2),
        (List::Negative, -1),
        (List::MinorIssue, -1),
        (List::SevereIssue, -2),
    ] {
        opinions.extend(of(list).map(|hit| (hit.first, weight)));
    }
    // A word in several lists counts once, by the strongest of them.
    opinions.sort_unstable_by_key(|(at, weight)| (*at, -weight.abs()));
    opinions.dedup_by_key(|(at, _)| *at);
    let mut negations: Vec<u32> = of(List::Negation).map(|hit| hit.first).collect();
    negations.sort_unstable();
    clauses
        .into_iter()
        .map(|tokens| {
            let from = opinions.partition_point(|(at, _)| *at < tokens.start);
            let polarity = opinions[from..]
                .iter()
                .take_while(|(at, _)| *at < tokens.end)
                .map(|(at, weight)| {
                    // A negation up to four words before turns an opinion word around.
                    let window = at.saturating_sub(4).max(tokens.start);
                    let negated = negations.iter().any(|negation| (window..*at).contains(negation));
                    if negated { -weight.signum() } else { *weight }
                })
                .sum();
            Clause { tokens, polarity }
        })
        .collect()
}

/// Pairs the aspects that a clause names with its polarity. A clause without opinion claims nothing.
pub fn claims(clauses: &[Clause], hits: &[Hit]) -> Claims {
    let mut claims = Claims::default();
    for hit in hits {
        let List::Aspect(aspect) = hit.list else { continue };
        let at = clauses.partition_point(|clause| clause.tokens.end <= hit.first);
        let bit = 1 << Aspect::ALL.iter().position(|known| *known == aspect).unwrap_or(0);
        match clauses.get(at).map_or(0, |clause| clause.polarity) {
            0 => {}
            polarity if polarity > 0 => claims.positive |= bit,
            _ => claims.negative |= bit,
        }
    }
    claims
}
