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
pub fn clauses(words: &Tokens, sentences: &[Range<u32>], hits: &[Hit]) -> Vec<Clause> {
    // They are sorted by list.
    let of = |list: List| {
        let from = hits.partition_point(|hit| hit.list < list);
        let end = from + hits[from..].partition_point(|hit| hit.list == list);
        &hits[from..end]
    };
    let mut starts: Vec<u32> = of(List::Contrast)
        .iter()
        .chain(of(List::Exception))
        .map(|hit| hit.first)
        .collect();
    starts.sort_unstable();
    let mut clauses = Vec::new();
    for sentence in sentences {
        let mut begin = sentence.start;
        for at in sentence.clone() {
            let token = &words.list[at as usize];
            let stops = token.kind == Kind::Punctuation
                && matches!(words.folded_of(token), "," | ";" | ":" | "-" | "–" | "—" | "(" | ")");
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
        opinions.extend(of(list).iter().map(|hit| (hit.first, weight)));
    }
    // A word in several lists counts once, by the strongest of them.
    opinions.sort_unstable_by_key(|(at, weight)| (*at, -weight.abs()));
    opinions.dedup_by_key(|(at, _)| *at);
    let turning = Turning {
        negations: of(List::Negation),
        particles: of(List::Particle),
        restrictions: of(List::Restriction),
        never: of(List::Never),
        degrees: of(List::Degree),
    };
    clauses
        .into_iter()
        .map(|tokens| {
            let from = opinions.partition_point(|(at, _)| *at < tokens.start);
            let polarity = opinions[from..]
                .iter()
                .take_while(|(at, _)| *at < tokens.end)
                .map(|(at, weight)| {
                    if turning.turns(tokens.start, *at) {
                        -weight.signum()
                    } else {
                        *weight
                    }
                })
                .sum();
            Clause { tokens, polarity }
        })
        .collect()
}

/// Where the words stand that turn opinions around, or that keep others from it; each list is sorted.
struct Turning<'h> {
    negations: &'h [Hit],
    particles: &'h [Hit],
    restrictions: &'h [Hit],
    never: &'h [Hit],
    degrees: &'h [Hit],
}

impl Turning<'_> {
    /// Whether an opinion word of a clause is turned around by a negation up to four words before it.
    fn turns(&self, clause: u32, opinion: u32) -> bool {
        // "Nous n'avons eu que du plaisir": with "que" and nothing else that negates, "ne" means "only".
        // "Ce n'est pas bon": where "pas bon" is the opinion, its "ne" does not negate once more.
        let idle = |particle: u32| {
            let negated = |from: u32, to: u32| first_in(self.negations, from..to).is_some();
            first_in(self.particles, particle..particle + 1).is_some()
                && (negated(opinion, opinion + 1)
                    || first_in(self.restrictions, particle + 1..opinion)
                        .is_some_and(|only| !negated(particle + 1, only)))
        };
        // "Never met a more helpful team": what was never so before is praised, or blamed, all the more.
        let unequalled = first_in(self.never, clause..opinion)
            .is_some_and(|never| first_in(self.degrees, never + 1..opinion + 1).is_some());
        let window = opinion.saturating_sub(4).max(clause)..opinion;
        !unequalled
            && self
                .negations
                .iter()
                .any(|hit| window.contains(&hit.first) && !idle(hit.first))
    }
}

/// Where the first of sorted entries begins that begins in a range.
fn first_in(hits: &[Hit], range: Range<u32>) -> Option<u32> {
    let at = hits.partition_point(|hit| hit.first < range.start);
    hits.get(at).map(|hit| hit.first).filter(|first| *first < range.end)
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

#[cfg(test)]
mod tests {
    use crate::score::Passage;
    use crate::text::{Analysis, Language};

    /// The sign of the opinion of a text of one clause. The texts are invented.
    fn opinion(text: &str, language: Language) -> i32 {
        let text = Analysis::new(Passage::Text, text, Some(language));
        let (praise, blame) = text.opinions();
        (praise - blame).signum()
    }

    #[test]
    fn idioms_of_certainty_turn_nothing_around() {
        for praise in [
            "Without a doubt a superb table",
            "No question it is lovely",
            "Nothing short of wonderful",
            "Do not miss the lovely garden",
            "You cannot go wrong with this excellent chef",
            "I could not have asked for a friendly team",
            "Not far from the beautiful lake",
            "It never fails to be delicious",
        ] {
            assert_eq!(opinion(praise, Language::EN), 1, "{praise}");
        }
        for praise in [
            "Sans aucun doute une table superbe",
            "Il n'y a absolument rien à redire",
            "À ne pas manquer, excellente table",
            "Un beau point de vue magnifique",
            "À deux pas du superbe jardin",
            "N'hésitez pas, excellente table",
        ] {
            assert_eq!(opinion(praise, Language::FR), 1, "{praise}");
        }
        for (blame, language) in [
            ("There is no good table", Language::EN),
            ("Nobody was friendly", Language::EN),
            ("Not a single helpful person", Language::EN),
            ("Sans doute le pire repas", Language::FR),
            ("Sans aucun doute le pire repas", Language::FR),
            ("Il n'y a pas de bon plat", Language::FR),
            ("Pas un plat agréable", Language::FR),
        ] {
            assert_eq!(opinion(blame, language), -1, "{blame}");
        }
    }

    #[test]
    fn ne_with_que_restricts_and_with_pas_negates() {
        for (text, sign) in [
            ("Je ne peux que recommander", 1),
            ("Nous n'avons eu que du plaisir", 1),
            ("Ils ne servent que des plats infects", -1),
            ("Je ne pense pas que ce soit bon", -1),
            ("Ce n'est pas bon", -1),
            ("Ce n'est bon", -1),
        ] {
            assert_eq!(opinion(text, Language::FR), sign, "{text}");
        }
    }

    #[test]
    fn what_was_never_so_before_is_said_all_the_more() {
        for (text, language, sign) in [
            ("I have never met a more helpful team", Language::EN, 1),
            ("Never have I met such rude waiters", Language::EN, -1),
            ("The team was never helpful", Language::EN, -1),
            ("The soup is not so good", Language::EN, -1),
            ("Je n'ai jamais mangé un aussi bon canard", Language::FR, 1),
            ("Jamais nous n'avons été aussi mal reçus", Language::FR, -1),
            ("Le service n'est jamais agréable", Language::FR, -1),
            ("Le plat n'est pas aussi bon", Language::FR, -1),
        ] {
            assert_eq!(opinion(text, language), sign, "{text}");
        }
    }

    #[test]
    fn best_praises_a_place_and_not_a_part_of_the_story() {
        for (text, sign) in [
            ("Best hotel in town", 1),
            ("It is not the best hotel in town", -1),
            ("The best part was leaving", 0),
            ("The milk was best before Friday", 0),
        ] {
            assert_eq!(opinion(text, Language::EN), sign, "{text}");
        }
    }

    #[test]
    fn peu_negates_praise_and_un_peu_softens_blame() {
        for (text, sign) in [
            ("Un accueil chaleureux", 1),
            ("Un accueil peu chaleureux", -1),
            ("Une salle un peu sombre", -1),
        ] {
            assert_eq!(opinion(text, Language::FR), sign, "{text}");
        }
    }
}
