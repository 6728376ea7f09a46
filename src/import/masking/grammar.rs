//! What stands in place of a name: the noun with the article that the sentence asks for, in five languages.

use super::{Word, capitalised, starts_sentence};
use crate::text::Language;
use std::ops::Range;

/// Words that ask for "of" something: the heart of the city, near the city, to enjoy the city.
const INCOMPLETE: [&str; 24] = [
    "heart",
    "middle",
    "coeur",
    "herzen",
    "herz",
    "mitte",
    "cuore",
    "corazon",
    "pres",
    "proche",
    "loin",
    "autour",
    "hors",
    "cerca",
    "lejos",
    "fuera",
    "alrededor",
    "fuori",
    "vicino",
    "lontano",
    "prima",
    "lots",
    "plus",
    "mas",
];

/// Whether the last of these words needs nothing after it. In French, Italian and Spanish an infinitive does.
fn can_stand_alone(words: &[Word]) -> bool {
    words.last().is_some_and(|word| {
        let word = word.folded.as_str();
        !INCOMPLETE.contains(&word) && !(word.len() > 4 && (word.ends_with('r') || word.ends_with("re")))
    })
}

/// A noun and what stands before it.
pub(super) struct Noun {
    noun: &'static str,
    /// With its article, where the sentence has none.
    with_article: &'static str,
    /// Words before a name that become something else before the noun: `du Novotel`, `de l'hôtel`.
    before: &'static [(&'static str, &'static str)],
    /// Words after which the noun needs no article, also with one adjective between.
    determiners: &'static [&'static str],
}

impl Noun {
    /// What replaces a name that begins at `start`: from which byte on, and the phrase.
    pub fn phrase(&self, text: &str, before: &[Word], start: usize) -> (usize, String) {
        let beside = |left: &Word, right: usize| matches!(&text[left.end..right], " " | "'" | "’" | "' " | "’ ");
        if let Some(previous) = before.last().filter(|word| beside(word, start)) {
            if let Some((_, put)) = self.before.iter().find(|(word, _)| *word == previous.folded) {
                let put = if previous.capital {
                    capitalised(put)
                } else {
                    (*put).to_owned()
                };
                return (previous.start, put + self.noun);
            }
            let determiner = |word: &Word| self.determiners.contains(&word.folded.as_str());
            let earlier = before
                .len()
                .checked_sub(2)
                .map(|index| &before[index])
                .filter(|word| beside(word, previous.start));
            if determiner(previous)
                || earlier.is_some_and(determiner) && !NO_ADJECTIVE.contains(&previous.folded.as_str())
            {
                return (start, self.noun.to_owned());
            }
        }
        let phrase = self.with_article.to_owned();
        (
            start,
            if starts_sentence(text, start) {
                capitalised(&phrase)
            } else {
                phrase
            },
        )
    }
}

/// Words that stand between a determiner and a name without being its adjective: "our stay at", "the team of".
const NO_ADJECTIVE: [&str; 44] = [
    "a", "al", "am", "an", "and", "at", "auf", "bei", "chez", "con", "da", "dans", "de", "del", "di", "e", "en", "est",
    "et", "fur", "für", "hotel", "im", "in", "ist", "is", "mit", "nel", "of", "per", "por", "que", "stay", "sejour",
    "su", "sur", "und", "von", "was", "with", "y", "à", "zu", "estancia",
];

/// What a language needs for the two nouns.
pub(super) struct Grammar {
    pub hotel: Noun,
    pub city: Noun,
    /// Prepositions that go with the city: "in Ankara".
    pub within: &'static [&'static str],
    /// Prepositions that may go with the city: "the sights of Ankara".
    pub of: &'static [&'static str],
    /// What stands for "Ankaras".
    pub genitive: &'static str,
}

impl Grammar {
    pub fn of(language: Language) -> &'static Grammar {
        match language {
            Language::FR => &FRENCH,
            Language::DE => &GERMAN,
            Language::IT => &ITALIAN,
            Language::ES => &SPANISH,
            _ => &ENGLISH,
        }
    }

    /// The edit that takes a name of the city out.
    pub fn without_city(&self, text: &str, words: &[Word], run: Range<usize>) -> (Range<usize>, String) {
        let (start, mut end) = (words[run.start].start, words[run.end - 1].end);
        // "D.C." ends with a full stop of its own.
        if words[run.end - 1].folded == "c" && text[end..].starts_with('.') && !text[end + 1..].is_empty() {
            end += 1;
        }
        let (left, right) = (&text[..start], &text[end..]);
        if let Some(rest) = right
            .strip_prefix(['-', '–'])
            .filter(|rest| rest.starts_with(char::is_alphanumeric))
        {
            return (start..text.len() - rest.len(), String::new());
        }
        if left.ends_with('-') && left[..start - 1].ends_with(char::is_alphanumeric) {
            return (start - 1..end, String::new());
        }
        if words[run.end - 1].genitive {
            return (start..end, self.genitive.to_owned());
        }
        let possessive = right.starts_with("'s") || right.starts_with("’s");
        let previous = words[..run.start]
            .last()
            .filter(|word| matches!(&text[word.end..start], " "));
        let proper = words
            .get(run.end)
            .filter(|next| next.capital && next.folded != "i" && &text[end..next.start] == " ");
        let adjective = words[run.start].folded.ends_with("er") && proper.is_some();
        if proper.is_some() && (adjective || !previous.is_some_and(|word| self.within.contains(&word.folded.as_str())))
        {
            // Part of another name: "Berlin Hauptbahnhof", "the Washington Monument".
            return (start..end + 1, String::new());
        }
        match previous {
            Some(word) if self.within.contains(&word.folded.as_str()) && !possessive => {
                self.without_phrase(text, word.start, end)
            }
            Some(word)
                if self.of.contains(&word.folded.as_str())
                    && !possessive
                    && can_stand_alone(&words[..run.start - 1]) =>
            {
                self.without_phrase(text, word.start, end)
            }
            Some(word) if self.city.determiners.contains(&word.folded.as_str()) && right.starts_with(' ') => {
                (word.end..end, String::new())
            }
            _ => {
                let (start, phrase) = self.city.phrase(text, &words[..run.start], start);
                (start..end, phrase)
            }
        }
    }

    /// Takes out "in Ankara": with the blank before it, and at the start of a sentence with the comma after it.
    pub fn without_phrase(&self, text: &str, start: usize, end: usize) -> (Range<usize>, String) {
        if !starts_sentence(text, start) {
            let trimmed = text[..start].trim_end();
            return (trimmed.len()..end, String::new());
        }
        let rest = text[end..].trim_start_matches([',', ' ']);
        let next: String = rest.chars().take(1).collect();
        let end = text.len() - rest.len() + next.len();
        (start..end, next.to_uppercase())
    }
}

static ENGLISH: Grammar = Grammar {
    hotel: Noun {
        noun: "hotel",
        with_article: "the hotel",
        before: &[("an", "a ")],
        determiners: &[
            "the", "a", "this", "that", "our", "my", "your", "their", "its", "another", "each", "every", "any", "no",
            "which",
        ],
    },
    city: Noun {
        noun: "city",
        with_article: "the city",
        before: &[
            ("an", "a "),
            ("central", "the central "),
            ("downtown", "the downtown "),
            ("beautiful", "the beautiful "),
            ("old", "the old "),
            ("historic", "the historic "),
            ("vibrant", "the vibrant "),
            ("bustling", "the bustling "),
        ],
        determiners: &["the", "a", "this", "that", "our", "my", "your", "their"],
    },
    within: &["in", "at"],
    of: &["of"],
    genitive: "the city's",
};

static FRENCH: Grammar = Grammar {
    hotel: Noun {
        noun: "hôtel",
        with_article: "l'hôtel",
        before: &[
            ("l", "l'"),
            ("le", "l'"),
            ("la", "l'"),
            ("les", "l'"),
            ("du", "de l'"),
            ("des", "de l'"),
            ("d", "de l'"),
            ("au", "à l'"),
            ("aux", "à l'"),
            ("ce", "cet "),
            ("cette", "cet "),
            ("une", "un "),
        ],
        determiners: &[
            "un", "cet", "notre", "votre", "son", "mon", "leur", "le", "l", "chaque", "quel",
        ],
    },
    city: Noun {
        noun: "ville",
        with_article: "la ville",
        before: &[
            ("le", "la "),
            ("l", "la "),
            ("du", "de la "),
            ("des", "de la "),
            ("d", "de la "),
            ("au", "à la "),
            ("ce", "cette "),
            ("de", "de la "),
        ],
        determiners: &["la", "cette", "une", "notre", "votre"],
    },
    within: &["a", "sur", "en"],
    of: &["de", "d"],
    genitive: "la ville",
};

static GERMAN: Grammar = Grammar {
    hotel: Noun {
        noun: "Hotel",
        with_article: "das Hotel",
        before: &[
            ("in", "im "),
            ("an", "am "),
            ("von", "vom "),
            ("zu", "zum "),
            ("bei", "beim "),
            ("mit", "mit dem "),
            ("aus", "aus dem "),
            ("nach", "nach dem "),
            ("neben", "neben dem "),
            ("gegenuber", "gegenüber dem "),
            ("die", "das "),
            ("den", "das "),
            ("der", "dem "),
        ],
        determiners: &[
            "das", "dem", "des", "ein", "einem", "dieses", "diesem", "unser", "unserem", "mein", "meinem", "im", "am",
            "zum", "beim", "vom", "ins", "kein", "jedes",
        ],
    },
    city: Noun {
        noun: "Stadt",
        with_article: "die Stadt",
        before: &[
            ("von", "der "),
            ("nach", "in die "),
            ("aus", "aus der "),
            ("mit", "mit der "),
            ("zu", "zur "),
            ("das", "die "),
            ("des", "der "),
            ("dem", "der "),
            ("bei", "bei der "),
            ("um", "um die "),
        ],
        determiners: &["die", "der", "diese", "dieser", "eine", "einer", "unsere", "unserer"],
    },
    within: &["in"],
    of: &["von"],
    genitive: "der Stadt",
};

static ITALIAN: Grammar = Grammar {
    hotel: Noun {
        noun: "hotel",
        with_article: "l'hotel",
        before: &[
            ("l", "l'"),
            ("il", "l'"),
            ("lo", "l'"),
            ("la", "l'"),
            ("del", "dell'"),
            ("della", "dell'"),
            ("dell", "dell'"),
            ("al", "all'"),
            ("alla", "all'"),
            ("all", "all'"),
            ("nel", "nell'"),
            ("nella", "nell'"),
            ("nell", "nell'"),
            ("dal", "dall'"),
            ("dalla", "dall'"),
            ("dall", "dall'"),
            ("sul", "sull'"),
            ("di", "dell'"),
            ("a", "all'"),
            ("ad", "all'"),
            ("in", "nell'"),
            ("da", "dall'"),
            ("su", "sull'"),
            ("una", "un "),
            ("questa", "questo "),
        ],
        determiners: &["un", "questo", "quest", "nostro", "vostro", "mio", "suo", "l", "ogni"],
    },
    city: Noun {
        noun: "città",
        with_article: "la città",
        before: &[
            ("di", "della "),
            ("da", "dalla "),
            ("il", "la "),
            ("del", "della "),
            ("al", "alla "),
            ("nel", "nella "),
            ("su", "sulla "),
            ("d", "della "),
        ],
        determiners: &["la", "della", "alla", "nella", "questa", "una", "nostra"],
    },
    within: &["a", "ad", "in"],
    of: &["di"],
    genitive: "la città",
};

static SPANISH: Grammar = Grammar {
    hotel: Noun {
        noun: "hotel",
        with_article: "el hotel",
        before: &[
            ("de", "del "),
            ("a", "al "),
            ("la", "el "),
            ("las", "el "),
            ("los", "el "),
            ("una", "un "),
            ("esta", "este "),
        ],
        determiners: &[
            "el", "un", "este", "ese", "nuestro", "su", "mi", "del", "al", "cada", "otro",
        ],
    },
    city: Noun {
        noun: "ciudad",
        with_article: "la ciudad",
        before: &[
            ("del", "de la "),
            ("al", "a la "),
            ("el", "la "),
            ("un", "una "),
            ("este", "esta "),
            ("nuestro", "nuestra "),
        ],
        determiners: &["la", "una", "esta", "nuestra", "su"],
    },
    within: &["en"],
    of: &["de"],
    genitive: "la ciudad",
};
