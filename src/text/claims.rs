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
    /// Sum of the weights of opinion words: +1 and +2 for positive and strong ones, the same below zero. Where other places
    /// are spoken of that one could choose instead, praise is theirs and left out, while blame counts: who sends his
    /// readers elsewhere blames this place in the same breath more often than the others.
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
    let rivals = Rivals {
        named: of(List::Rival),
        unrivalled: of(List::Unrivalled),
    };
    clauses
        .into_iter()
        .map(|tokens| {
            let from = opinions.partition_point(|(at, _)| *at < tokens.start);
            let most = if rivals.are_in(&tokens, &turning) { 0 } else { i32::MAX };
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
                .map(|weight| weight.min(most))
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

/// Where other places are named that one could choose instead, and where the words stand that leave the praise to this one:
/// its own name ("this hotel", "here") or a comparison that it wins ("unlike other hotels"). Each is sorted.
struct Rivals<'h> {
    named: &'h [Hit],
    unrivalled: &'h [Hit],
}

impl Rivals<'_> {
    /// Whether a clause speaks of rivals. An entry may reach from the clause before into it ("for the same price, you get
    /// ..."); one that is denied in the words before it ("we will not stay elsewhere") names none.
    fn are_in(&self, clause: &Range<u32>, turning: &Turning<'_>) -> bool {
        let denied = |hit: &Hit| {
            let from = hit.first.saturating_sub(4).max(clause.start.min(hit.first));
            first_in(turning.negations, from..hit.first).is_some()
        };
        touching(self.named, clause).any(|hit| !denied(hit)) && touching(self.unrivalled, clause).next().is_none()
    }
}

/// Those of sorted entries that share a token with a range.
fn touching<'h>(hits: &'h [Hit], range: &Range<u32>) -> impl Iterator<Item = &'h Hit> {
    let from = hits.partition_point(|hit| hit.end <= range.start);
    hits[from..].iter().take_while(|hit| hit.first < range.end)
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
    fn praise_of_rivals_is_no_praise_of_this_place() {
        for (text, language) in [
            ("Every other restaurant in this street is excellent", Language::EN),
            ("The hotels round the corner are far friendlier", Language::EN),
            ("Far friendlier are the hotels round the corner", Language::EN),
            ("There are so many other great restaurants in this city", Language::EN),
            ("We ended up at another hotel where they were helpful", Language::EN),
            (
                "For the same price, you get a spotless room across the river",
                Language::EN,
            ),
            ("For much less you could sleep in a lovely room", Language::EN),
            ("The inn across the road was friendlier than this place", Language::EN),
            ("We moved to a charming little inn", Language::EN),
            ("Go elsewhere if you want friendly people", Language::EN),
            ("The nearby hotels have lovely gardens", Language::EN),
            ("The place next door, which was delightful", Language::EN),
            ("I would choose another place with helpful people", Language::EN),
            ("Find somewhere nicer with friendly waiters", Language::EN),
            ("Their competitors are friendly and helpful", Language::EN),
            ("Other hotels around here are lovely", Language::EN),
            ("Chez le voisin c'est délicieux", Language::FR),
            ("Chez le voisin, c'est délicieux", Language::FR),
            ("D'autres établissements sont excellents", Language::FR),
            ("L'on trouve tout près des hôtels charmants", Language::FR),
            ("Les hôtels du coin sont charmants", Language::FR),
            ("La concurrence est excellente", Language::FR),
            ("Pour le même prix, on trouve une table délicieuse", Language::FR),
            ("On mange très bien ailleurs", Language::FR),
            ("Ailleurs qu'ici on mange très bien", Language::FR),
            (
                "Allez plutôt à la brasserie du port où tout est délicieux",
                Language::FR,
            ),
            ("Nous avons fini dans un autre restaurant délicieux", Language::FR),
            ("L'hôtel d'en face est charmant", Language::FR),
            (
                "Il y a de bien meilleurs restaurants avec un accueil chaleureux",
                Language::FR,
            ),
            ("Celui d'à côté est délicieux", Language::FR),
            ("Essayez une autre adresse avec un accueil chaleureux", Language::FR),
        ] {
            assert_eq!(opinion(text, language), 0, "{text}");
        }
    }

    #[test]
    fn what_looks_like_praise_of_rivals_and_praises_this_place() {
        for (text, language) in [
            ("Better than any other hotel and so friendly", Language::EN),
            ("Simply the best of all hotels in the area", Language::EN),
            ("Unlike other hotels it is spotless", Language::EN),
            ("Spotless compared to other hotels", Language::EN),
            (
                "We have stayed in many hotels in town and this is friendlier",
                Language::EN,
            ),
            ("No other hotel is as friendly", Language::EN),
            ("So friendly that we will not stay elsewhere", Language::EN),
            ("Nowhere else is the soup delicious like that", Language::EN),
            ("Of the other hotels nearby this one is the friendliest", Language::EN),
            (
                "You would struggle to find a better hotel with such friendly people",
                Language::EN,
            ),
            ("One of the nicer hotels with friendly people", Language::EN),
            (
                "We left another hotel for this place and it was lovely here",
                Language::EN,
            ),
            ("A lovely park next door", Language::EN),
            ("We eat elsewhere in the building and it is lovely", Language::EN),
            ("Excellent restaurants nearby", Language::EN),
            ("Close to other excellent restaurants", Language::EN),
            ("For the price you get a lovely room", Language::EN),
            ("Another lovely evening", Language::EN),
            ("Meilleur que les autres restaurants et très bon accueil", Language::FR),
            ("Un accueil chaleureux contrairement à d'autres hôtels", Language::FR),
            ("Aucun autre restaurant avec un accueil aussi chaleureux", Language::FR),
            ("Nulle part ailleurs le canard est délicieux", Language::FR),
            ("Le canard est par ailleurs délicieux", Language::FR),
            ("Le canard d'ailleurs est délicieux", Language::FR),
            ("Si bon qu'on n'ira plus ailleurs", Language::FR),
            ("Un accueil chaleureux qu'on trouve rarement ailleurs", Language::FR),
            ("Un des meilleurs restaurants avec un accueil chaleureux", Language::FR),
            ("Bien mieux que chez le voisin et délicieux", Language::FR),
            (
                "Cet hôtel est charmant comme les autres hôtels du quartier",
                Language::FR,
            ),
            ("Le parc à côté est superbe", Language::FR),
            ("D'excellents restaurants à deux pas", Language::FR),
            ("Une autre fois tout aussi délicieuse", Language::FR),
            ("Pour ce prix on mange très bien", Language::FR),
            ("Les autres plats sont délicieux", Language::FR),
        ] {
            assert_eq!(opinion(text, language), 1, "{text}");
        }
    }

    #[test]
    fn blame_beside_rivals_counts() {
        for (text, language) in [
            ("The wait was unacceptable and we went to another hotel", Language::EN),
            (
                "It was so dirty that we left for another hotel with friendly people",
                Language::EN,
            ),
            ("The soup is not as good as in other restaurants", Language::EN),
            ("Un repas décevant on mange mieux ailleurs", Language::FR),
        ] {
            assert_eq!(opinion(text, language), -1, "{text}");
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
