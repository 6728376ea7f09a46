//! The words of dates: months, units of time, and what stands between them.

use super::date::LONGEST;
use crate::review::Precision;
use crate::text::fold;
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::LazyLock;

/// Words that stand in dates without changing them.
const FILLERS: &[&str] = &[
    "t",
    "z",
    "st",
    "nd",
    "rd",
    "th",
    "er",
    "de",
    "del",
    "di",
    "du",
    "le",
    "el",
    "il",
    "der",
    "am",
    "on",
    "of",
    "the",
    "en",
    "in",
    "pm",
    "a",
    "utc",
    "gmt",
    "reviewed",
    "posted",
    "written",
    "date",
    "stay",
    "visit",
    "visited",
    "experience",
    "avis",
    "bewertet",
    "mon",
    "tue",
    "wed",
    "thu",
    "fri",
    "sat",
    "sun",
    "lun",
    "lundi",
    "mardi",
    "mercredi",
    "jeudi",
    "vendredi",
    "samedi",
    "dimanche",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "publie",
    "ecrit",
    "vom",
    "opinion",
    "escrita",
    "年",
    "月",
    "日",
];

/// Names of the months without accents: English, French, German, Spanish, Italian, Portuguese, Dutch, in full, as they
/// are cut short, and as they stand where accented letters were lost.
pub(super) const MONTHS: [&[&str]; 12] = [
    &[
        "january", "jan", "janvier", "janv", "januar", "janner", "jaenner", "enero", "ene", "gennaio", "gen",
        "janeiro", "januari",
    ],
    &[
        "february",
        "feb",
        "fevrier",
        "fevr",
        "fev",
        "fvrier",
        "februar",
        "febr",
        "febrero",
        "febbraio",
        "fevereiro",
        "februari",
    ],
    &[
        "march", "mar", "mars", "marz", "maerz", "mrz", "marzo", "marco", "maart",
    ],
    &["april", "apr", "avril", "avr", "abril", "abr", "aprile"],
    &["may", "mai", "mayo", "maggio", "mag", "maio", "mei"],
    &["june", "jun", "juin", "juni", "junio", "giugno", "giu", "junho"],
    &[
        "july", "jul", "juillet", "juil", "juli", "julio", "luglio", "lug", "julho",
    ],
    &["august", "aug", "aout", "aot", "agosto", "ago", "augustus"],
    &[
        "september",
        "sep",
        "sept",
        "septembre",
        "septiembre",
        "setiembre",
        "settembre",
        "set",
        "setembro",
    ],
    &[
        "october", "oct", "octobre", "oktober", "okt", "octubre", "ottobre", "ott", "outubro", "out",
    ],
    &["november", "nov", "novembre", "noviembre", "novembro"],
    &[
        "december",
        "dec",
        "decembre",
        "dcembre",
        "dezember",
        "dez",
        "diciembre",
        "dic",
        "dicembre",
        "dezembro",
    ],
];

/// The month of a folded name.
pub(super) fn month_of_name(folded: &str) -> Option<i8> {
    static BY_NAME: LazyLock<FxHashMap<&str, i8>> = LazyLock::new(|| {
        let months = (1..).zip(MONTHS);
        let names = months.flat_map(|(month, names)| names.iter().map(move |name| (*name, month)));
        names.collect()
    });
    BY_NAME.get(folded).copied()
}

/// Whether a folded name of a month is also short for a day of the week: Tuesday in French, Spanish and Italian.
pub(super) fn is_weekday(folded: &str) -> bool {
    folded == "mar"
}

/// Whether a folded word counts the nights of a stay.
pub(super) fn is_night(folded: &str) -> bool {
    const NIGHTS: [&str; 12] = [
        "night", "nights", "nuit", "nuits", "nacht", "nachte", "nachten", "noche", "noches", "notte", "notti", "noites",
    ];
    NIGHTS.contains(&folded)
}

/// Whether a folded word stands in dates without changing them.
pub(super) fn is_filler(folded: &str) -> bool {
    static WORDS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| FILLERS.iter().copied().collect());
    WORDS.contains(folded)
}

/// Days before the day of the crawl, and how finely the site rounds them; `None` where the text is no such date.
pub(super) fn relative_days(text: &str) -> Option<(i32, Precision)> {
    if text.len() > LONGEST {
        return None;
    }
    let folded = fold(text);
    let words: Vec<&str> = folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    for (day, names) in [
        (0, &["today", "aujourd", "heute", "hoy", "oggi", "just"][..]),
        (1, &["yesterday", "hier", "gestern", "ayer", "ieri"][..]),
    ] {
        if words.len() <= 4 && words.iter().any(|word| names.contains(word)) {
            return Some((day, Precision::Day));
        }
    }
    let ago = ["ago", "vor", "fa", "hace"].iter().any(|mark| words.contains(mark)) || folded.contains("il y a");
    if !ago {
        return None;
    }
    let mut count = None;
    let mut unit = None;
    for word in &words {
        if let Ok(number) = word.parse::<i32>() {
            count = Some(number);
        } else if ONES.contains(word) && count.is_none() {
            count = Some(1);
        } else if let Some(found) = UNITS.iter().find(|(names, ..)| names.contains(word)) {
            unit = Some(found);
        }
    }
    let (_, days, precision) = unit?;
    let count = count.filter(|count| (0..=1200).contains(count))?;
    Some(((f64::from(count) * days) as i32, *precision))
}

const ONES: &[&str] = &[
    "a", "an", "one", "un", "une", "ein", "eine", "einem", "einer", "una", "uno",
];

/// Names of a unit, its days, and how finely the site rounds when it speaks in that unit.
const UNITS: &[(&[&str], f64, Precision)] = &[
    (
        &[
            "minute", "minutes", "minuten", "minuto", "minutos", "minuti", "hour", "hours", "heure", "heures",
            "stunde", "stunden", "hora", "horas", "ora", "ore",
        ],
        0.0,
        Precision::Day,
    ),
    (
        &[
            "day", "days", "jour", "jours", "tag", "tage", "tagen", "dia", "dias", "giorno", "giorni",
        ],
        1.0,
        Precision::Day,
    ),
    (
        &[
            "week",
            "weeks",
            "semaine",
            "semaines",
            "woche",
            "wochen",
            "semana",
            "semanas",
            "settimana",
            "settimane",
        ],
        7.0,
        Precision::Month,
    ),
    (
        &[
            "month", "months", "mois", "monat", "monate", "monaten", "mes", "meses", "mese", "mesi",
        ],
        30.44,
        Precision::Month,
    ),
    (
        &[
            "year", "years", "an", "ans", "annee", "annees", "jahr", "jahre", "jahren", "ano", "anos", "anno", "anni",
        ],
        365.25,
        Precision::Year,
    ),
];
