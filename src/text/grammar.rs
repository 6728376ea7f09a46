//! Slips of articles and agreement that cheap rules can tell, in English and French.
//!
//! Every rule looks at neighbouring words only and is made to stay silent where a native could have written them. What
//! the rules find is a lower bound; how often they fire per hundred words is what the signal uses.

use super::tokens::{Case, Kind, Token};
use super::{Analysis, Language};
use std::ops::Range;

impl Analysis<'_> {
    /// The slips found, as ranges of tokens in order. `None` where the language has no rules.
    pub fn slips(&self) -> Option<Vec<Range<usize>>> {
        let rule: fn(&Words<'_>, usize) -> Option<usize> = match self.language? {
            Language::EN => english,
            Language::FR => french,
            _ => return None,
        };
        let words = Words { text: self };
        let slips = (0..self.tokens.list.len()).filter_map(|at| {
            let length = rule(&words, at).or_else(|| words.doubled(at).then_some(2))?;
            Some(at..at + length)
        });
        Some(slips.collect())
    }
}

/// Words by position; `""` where no word stands there or a sign or line break comes between.
struct Words<'a> {
    text: &'a Analysis<'a>,
}

impl<'a> Words<'a> {
    fn token(&self, at: usize) -> Option<&'a Token> {
        self.text.tokens.list.get(at).filter(|token| token.kind == Kind::Word)
    }

    fn word(&self, at: usize) -> &'a str {
        self.token(at).map_or("", |token| self.text.tokens.folded_of(token))
    }

    fn before(&self, at: usize) -> &'a str {
        at.checked_sub(1).map_or("", |before| self.word(before))
    }

    /// Whether a clause can begin at a word: after a sign, at the start, or after a joining word.
    fn opens_clause(&self, at: usize) -> bool {
        matches!(
            self.before(at),
            "" | "and" | "but" | "because" | "so" | "et" | "mais" | "car" | "que"
        )
    }

    fn is_plain(&self, at: usize) -> bool {
        self.token(at).is_some_and(|token| token.case == Case::Lower)
    }

    /// The same word twice in a row, where that is no usage.
    fn doubled(&self, at: usize) -> bool {
        const USUAL: [&str; 37] = [
            "that", "had", "very", "so", "really", "no", "ha", "haha", "such", "bye", "many", "far", "much", "yum",
            "never", "wow", "blah", "la", "bla", "too", "again", "go", "please", "love", "nous", "vous", "tres", "si",
            "oui", "non", "tout", "trop", "bien", "plus", "jamais", "merci", "bravo",
        ];
        let word = self.word(at);
        word.len() > 1
            && word == self.word(at + 1)
            && self.is_plain(at)
            && self.is_plain(at + 1)
            && !USUAL.contains(&word)
    }
}

fn begins_with_vowel(word: &str) -> bool {
    word.starts_with(['a', 'e', 'i', 'o', 'u'])
}

/// The length in tokens of a slip that begins at a word.
fn english(words: &Words<'_>, at: usize) -> Option<usize> {
    /// Begin with a vowel and sound like a consonant.
    const CONSONANT_SOUND: [&str; 9] = ["uni", "use", "usu", "util", "eu", "one", "once", "ubi", "ure"];
    const SILENT_H: [&str; 6] = ["hour", "honest", "honour", "honor", "heir", "herb"];
    /// Said by some with a silent h.
    const WEAK_H: [&str; 4] = ["hotel", "histor", "horrif", "habit"];
    const PLURALS: [&str; 22] = [
        "rooms",
        "hotels",
        "beds",
        "places",
        "restaurants",
        "people",
        "problems",
        "things",
        "times",
        "stays",
        "reviews",
        "experiences",
        "beaches",
        "views",
        "locations",
        "meals",
        "dishes",
        "waiters",
        "bathrooms",
        "informations",
        "foods",
        "staffs",
    ];
    const UNCOUNTABLE: [&str; 7] = [
        "informations",
        "advices",
        "furnitures",
        "equipments",
        "luggages",
        "staffs",
        "baggages",
    ];
    const BASE_VERBS: [&str; 11] = [
        "have", "do", "go", "make", "want", "say", "need", "give", "offer", "take", "seem",
    ];
    const SUBJECTS: [&str; 9] = [
        "hotel",
        "room",
        "place",
        "restaurant",
        "location",
        "food",
        "breakfast",
        "service",
        "bathroom",
    ];
    const PAST: [&str; 14] = [
        "went", "found", "got", "saw", "came", "took", "gave", "had", "was", "were", "worked", "liked", "wanted",
        "knew",
    ];
    const PREPOSITIONS: [&str; 5] = ["in", "at", "from", "near", "inside"];
    const COUNTABLE: [&str; 9] = [
        "hotel",
        "room",
        "restaurant",
        "bathroom",
        "elevator",
        "lift",
        "swimming",
        "garden",
        "airport",
    ];

    let (word, next) = (words.word(at), words.word(at + 1));
    if word.is_empty() || next.is_empty() {
        return UNCOUNTABLE.contains(&word).then_some(1);
    }
    let sounded = words.is_plain(at + 1) && next.len() > 2;
    let starts = |stems: &[&str]| stems.iter().any(|stem| next.starts_with(stem));
    let slip = match word {
        "a" if sounded && begins_with_vowel(next) => !starts(&CONSONANT_SOUND),
        "a" if sounded && starts(&SILENT_H) => !next.starts_with("herb"),
        "an" if sounded && !begins_with_vowel(next) => !starts(&SILENT_H) && !starts(&WEAK_H),
        "a" | "an" => PLURALS.contains(&next),
        "he" | "she" | "it" if words.opens_clause(at) => BASE_VERBS.contains(&next),
        "they" | "we" | "you" if words.opens_clause(at) => {
            matches!(next, "was" | "is" | "has" | "does" | "wants" | "goes" | "needs")
        }
        "people" => {
            matches!(next, "was" | "is" | "has")
                || next == "who" && matches!(words.word(at + 2), "works" | "was" | "is" | "has")
        }
        "i" if words.opens_clause(at) => matches!(next, "is" | "has" | "does" | "wants" | "goes"),
        "must" | "can" | "could" | "should" => next == "to" && words.is_plain(at + 2),
        "more" => matches!(
            next,
            "better" | "cheaper" | "bigger" | "nicer" | "cleaner" | "closer" | "worse" | "easier"
        ),
        "didn't" | "don't" | "doesn't" => PAST.contains(&next),
        "did" => next == "not" && PAST.contains(&words.word(at + 2)),
        "to" => matches!(next, "went" | "was" | "stayed" | "found" | "took"),
        "the" if words.opens_clause(at) && SUBJECTS.contains(&next) => {
            matches!(words.word(at + 2), "have" | "are" | "were" | "do" | "need" | "offer")
        }
        "this" => PLURALS.contains(&next) && next != "times" && next != "people",
        "these" | "those" | "many" => matches!(
            next,
            "hotel" | "room" | "restaurant" | "thing" | "problem" | "bed" | "shop" | "attraction"
        ),
        _ if PREPOSITIONS.contains(&word) && COUNTABLE.contains(&next) && words.is_plain(at) => {
            matches!(
                words.word(at + 2),
                "was" | "is" | "are" | "were" | "and" | "but" | "we" | "i" | "you" | "the" | "they"
            )
        }
        _ => return UNCOUNTABLE.contains(&word).then_some(1),
    };
    slip.then(|| {
        if matches!(word, "did" | "the") || next == "who" {
            3
        } else {
            2
        }
    })
}

/// As [`english`]. What accents tell apart is read as written.
fn french(words: &Words<'_>, at: usize) -> Option<usize> {
    const MASCULINE: [&str; 38] = [
        "hotel",
        "personnel",
        "restaurant",
        "service",
        "sejour",
        "quartier",
        "bar",
        "prix",
        "repas",
        "plat",
        "jardin",
        "parking",
        "balcon",
        "buffet",
        "dejeuner",
        "confort",
        "endroit",
        "bruit",
        "menu",
        "dessert",
        "vin",
        "serveur",
        "patio",
        "spa",
        "hammam",
        "sauna",
        "ascenseur",
        "etage",
        "train",
        "metro",
        "bureau",
        "couloir",
        "escalier",
        "voyage",
        "moment",
        "accueil",
        "emplacement",
        "petit",
    ];
    const FEMININE: [&str; 38] = [
        "chambre",
        "salle",
        "piscine",
        "plage",
        "terrasse",
        "proprete",
        "nuit",
        "situation",
        "reception",
        "qualite",
        "gentillesse",
        "ville",
        "rue",
        "gare",
        "literie",
        "television",
        "climatisation",
        "cuisson",
        "viande",
        "serveuse",
        "baignoire",
        "fenetre",
        "ambiance",
        "adresse",
        "soiree",
        "journee",
        "semaine",
        "famille",
        "equipe",
        "decoration",
        "bouteille",
        "assiette",
        "navette",
        "mer",
        "montagne",
        "maison",
        "facture",
        "chambres",
    ];
    const ELIDES_BEFORE_H: [&str; 9] = [
        "hotel",
        "heure",
        "hebergement",
        "histoire",
        "habitude",
        "homme",
        "hiver",
        "huile",
        "hygiene",
    ];
    /// Take no elision before them.
    const ASPIRATED: [&str; 8] = ["onze", "onzieme", "oui", "un", "une", "uns", "euh", "ouistiti"];

    let (word, next) = (words.word(at), words.word(at + 1));
    if word.is_empty() || next.is_empty() {
        return None;
    }
    let written = || words.token(at).map_or("", |token| words.text.written(token));
    let elides = || {
        words.is_plain(at + 1)
            && (begins_with_vowel(next) || ELIDES_BEFORE_H.contains(&next))
            && !ASPIRATED.contains(&next)
            && next.len() > 1
    };
    let singular = |word: &str| (MASCULINE.contains(&word) || FEMININE.contains(&word)) && !word.ends_with(['s', 'x']);
    let plural = |word: &str| word.strip_suffix('s').is_some_and(singular);
    let slip = match word {
        "le" | "la" | "de" | "je" | "que" | "ne" | "se" if elides() => true,
        "le" | "un" | "du" | "ce" | "au" | "quel" => FEMININE.contains(&next) || plural(next),
        "une" | "cette" | "la" | "quelle" => MASCULINE.contains(&next) || plural(next),
        "a" if matches!(written(), "à" | "À") => match next {
            "le" | "les" => {
                // "à le voir": a pronoun before its verb.
                let noun = words.word(at + 2);
                noun.len() > 2 && !["er", "ir", "re"].iter().any(|infinitive| noun.ends_with(infinitive))
            }
            _ => false,
        },
        "de" => matches!(next, "le" | "les") && (MASCULINE.contains(&words.word(at + 2)) || plural(words.word(at + 2))),
        "les" | "des" | "mes" | "nos" | "ces" | "plusieurs" => singular(next),
        "ils" | "elles" => matches!(next, "est" | "a" | "etait" | "avait" | "fait"),
        "tu" => matches!(next, "a" | "est" | "etait"),
        "on" => matches!(next, "avons" | "sommes" | "etions"),
        "nous" => words.opens_clause(at) && matches!(next, "avont" | "etait" | "avait" | "sont" | "ont"),
        _ => return None,
    };
    let length = if matches!((word, next), ("a" | "de", "le" | "les")) {
        3
    } else {
        2
    };
    slip.then_some(length)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::score::Passage;

    fn slips(source: &str, language: Language) -> Vec<String> {
        let text = Analysis::new(Passage::Text, source, Some(language));
        let slips = text.slips().expect("has rules");
        slips
            .into_iter()
            .map(|slip| source[text.span(slip).bytes].to_owned())
            .collect()
    }

    #[test]
    fn english_slips() {
        // Invented, all of them.
        for (source, expected) in [
            (
                "It was a amazing stay in an room with view",
                vec!["a amazing", "an room"],
            ),
            (
                "The hotel have all comfort. We was happy and they was kind",
                vec!["The hotel have", "We was", "they was"],
            ),
            (
                "You must to stay here, staff didn't went away",
                vec!["must to", "didn't went"],
            ),
            (
                "In hotel and around there are people who works",
                vec!["people who works"],
            ),
            ("We got all informations at at reception", vec!["informations", "at at"]),
            ("Staff in hotel are nice", vec!["in hotel"]),
        ] {
            assert_eq!(slips(source, Language::EN), expected, "{source}");
        }
    }

    #[test]
    fn sound_english_has_none() {
        // Invented.
        for source in [
            "It took an hour to get a European adapter from a one-eyed porter at a university hotel.",
            "An SUV and a UK plug; I had had an honest talk with a user, and what we have is fine.",
            "He made it look easy, and did the hotel have a pool? Nothing that he could do.",
            "It was a very, very long night; in room 12 the in-room dining was an historic mess.",
        ] {
            assert_eq!(slips(source, Language::EN), Vec::<String>::new(), "{source}");
        }
    }

    #[test]
    fn french_slips() {
        // Invented, all of them.
        for (source, expected) in [
            ("Le chambre est propre, une hôtel bien", vec!["Le chambre", "une hôtel"]),
            (
                "On va à le restaurant près de le parking",
                vec!["à le restaurant", "de le parking"],
            ),
            (
                "Le accueil de hôtel et je ai aimé",
                vec!["Le accueil", "de hôtel", "je ai"],
            ),
            (
                "Les chambre sont belles, ils est gentils",
                vec!["Les chambre", "ils est"],
            ),
        ] {
            assert_eq!(slips(source, Language::FR), expected, "{source}");
        }
    }

    #[test]
    fn sound_french_has_none() {
        // Invented.
        for source in [
            "L'hôtel a le charme des vieilles maisons, la chambre donne sur la mer.",
            "Nous nous sommes régalés, il est facile de le trouver et de les remercier.",
            "Il a les clefs à le voir ; à les entendre, le huitième étage, le onze, la une, le haut du lit.",
            "Les prix sont corrects, les repas aussi, le petit déjeuner, la petite salle, très très bien.",
        ] {
            assert_eq!(slips(source, Language::FR), Vec::<String>::new(), "{source}");
        }
    }

    #[test]
    fn other_languages_have_no_rules() {
        assert_eq!(
            Analysis::new(Passage::Text, "Das Zimmer war war klein", Some(Language::DE)).slips(),
            None
        );
    }
}
