//! What members of a campaign write: texts of the user's file, or sentences composed from our own templates.

use crate::random::SplitMix64;
use crate::text::Language;
use std::collections::{BTreeMap, HashSet};

const ENGLISH: &str = include_str!("phrases/en.txt");
const FRENCH: &str = include_str!("phrases/fr.txt");

/// Praise or attack.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Stance {
    /// For the property.
    Praise,
    /// Against it.
    Attack,
}

impl Stance {
    fn mark(self) -> char {
        match self {
            Stance::Praise => '+',
            Stance::Attack => '-',
        }
    }
}

/// What kind of property the reviews are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Domain {
    Hotel,
    Restaurant,
    Sight,
}

impl Domain {
    fn name(self) -> &'static str {
        match self {
            Domain::Hotel => "hotel",
            Domain::Restaurant => "restaurant",
            Domain::Sight => "sight",
        }
    }
}

/// What is wrong with a file of texts.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TextsError {
    /// A line that is neither praise nor attack.
    #[error("{file}: line {line}: expected + or -, a tab and a text, found {found:?}")]
    Line {
        /// The file.
        file: String,
        /// 1-based line.
        line: usize,
        /// Its start.
        found: String,
    },
    /// A stance that the campaign needs and the file lacks.
    #[error("{file}: expected texts that {wanted}, found none; this kind of campaign needs them")]
    Missing {
        /// The file.
        file: String,
        /// `praise (+)` or `attack (-)`.
        wanted: &'static str,
    },
}

/// Fake texts of the user: lines of `+` or `-`, a tab and the text. Empty lines and lines that start with `#` are skipped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Texts {
    file: String,
    praise: Vec<String>,
    attack: Vec<String>,
}

impl Texts {
    /// Reads the lines of a file.
    ///
    /// # Errors
    /// A line of another form.
    pub fn parse(file: &str, content: &str) -> Result<Texts, TextsError> {
        let mut texts = Texts {
            file: file.to_owned(),
            praise: Vec::new(),
            attack: Vec::new(),
        };
        for (number, line) in (1..).zip(content.trim_start_matches('\u{feff}').lines()) {
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            match line.split_once('\t') {
                Some(("+", text)) if !text.trim().is_empty() => texts.praise.push(text.trim().to_owned()),
                Some(("-", text)) if !text.trim().is_empty() => texts.attack.push(text.trim().to_owned()),
                _ => {
                    let found = line.chars().take(20).collect();
                    return Err(TextsError::Line {
                        file: file.to_owned(),
                        line: number,
                        found,
                    });
                }
            }
        }
        Ok(texts)
    }

    fn of(&self, stance: Stance) -> &[String] {
        match stance {
            Stance::Praise => &self.praise,
            Stance::Attack => &self.attack,
        }
    }

    /// # Errors
    /// Where there are no texts of that stance.
    pub(super) fn require(&self, stance: Stance) -> Result<(), TextsError> {
        let wanted = match stance {
            Stance::Praise => "praise (+)",
            Stance::Attack => "attack (-)",
        };
        if self.of(stance).is_empty() {
            Err(TextsError::Missing {
                file: self.file.clone(),
                wanted,
            })
        } else {
            Ok(())
        }
    }
}

/// Sentence templates of a language, by section.
struct Phrases {
    sections: BTreeMap<&'static str, Vec<&'static str>>,
}

impl Phrases {
    fn of(language: Language) -> Phrases {
        let source = if language == Language::FR { FRENCH } else { ENGLISH };
        let mut sections: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for line in source.lines().filter(|line| !line.starts_with('#')) {
            if let Some((section, phrase)) = line.split_once('\t') {
                sections.entry(section).or_default().push(phrase);
            }
        }
        Phrases { sections }
    }

    fn section(&self, name: &str) -> &[&'static str] {
        self.sections.get(name).map_or(&[], Vec::as_slice)
    }
}

/// A text that can be written once more with small changes.
#[derive(Clone, Debug)]
pub(super) struct Pattern {
    stance: Stance,
    sentences: Vec<Sentence>,
}

#[derive(Clone, Debug)]
struct Sentence {
    template: String,
    /// Which alternative was taken, by slot.
    taken: Vec<usize>,
}

/// Writes the texts of one campaign. No text is written twice, other than by [`Writer::variant`].
pub(super) struct Writer<'t> {
    own: Option<&'t Texts>,
    phrases: Phrases,
    domain: Domain,
    /// Texts of the file that were not used yet, by stance.
    unused: BTreeMap<Stance, Vec<usize>>,
    /// Templates used so far, so that others come first.
    used: BTreeMap<&'static str, usize>,
    written: HashSet<String>,
}

impl<'t> Writer<'t> {
    pub(super) fn new(own: Option<&'t Texts>, language: Language, domain: Domain) -> Writer<'t> {
        Writer {
            own,
            phrases: Phrases::of(language),
            domain,
            unused: BTreeMap::new(),
            used: BTreeMap::new(),
            written: HashSet::new(),
        }
    }

    /// A new text. A hedged one holds a little of the other stance: one small fault in praise, one kind word in an attack.
    pub(super) fn write(&mut self, stance: Stance, hedged: bool, random: &mut SplitMix64) -> String {
        for _ in 0..50 {
            let text = self.pattern(stance, hedged, random).render();
            if self.written.insert(text.clone()) {
                return text;
            }
        }
        // A small file of texts, recombined over and over, may have nothing new left to say.
        self.pattern(stance, hedged, random).render()
    }

    /// A new text as a pattern.
    pub(super) fn pattern(&mut self, stance: Stance, hedged: bool, random: &mut SplitMix64) -> Pattern {
        match self.own {
            Some(own) if !own.of(stance).is_empty() => self.taken_from_file(own, stance, random),
            _ => self.compose(stance, hedged, random),
        }
    }

    /// The pattern once more: every slot and sentence is kept with this probability, and replaced otherwise.
    pub(super) fn variant(&mut self, pattern: &Pattern, kept: f64, random: &mut SplitMix64) -> String {
        let mut varied = pattern.clone();
        for sentence in &mut varied.sentences {
            let slots = slots(&sentence.template);
            for (taken, alternatives) in sentence.taken.iter_mut().zip(slots) {
                if !random.chance(kept) {
                    *taken = random.below(alternatives.len());
                }
            }
        }
        // One sentence may go or change, never the greater part: it stays a copy.
        if varied.sentences.len() > 2 && !random.chance(kept) {
            let at = random.below(varied.sentences.len());
            if random.chance(0.5) {
                varied.sentences.remove(at);
            } else if self.own.is_none() {
                let other = self.compose(pattern.stance, false, random);
                if let Some(sentence) = other.sentences.into_iter().next_back() {
                    varied.sentences[at] = sentence;
                }
            }
        }
        varied.render()
    }

    /// A title.
    pub(super) fn title(&mut self, stance: Stance, random: &mut SplitMix64) -> String {
        let section = if stance == Stance::Praise { "title+" } else { "title-" };
        self.sentence(section, random)
            .map_or_else(String::new, |sentence| sentence.render())
    }

    fn taken_from_file(&mut self, own: &Texts, stance: Stance, random: &mut SplitMix64) -> Pattern {
        let texts = own.of(stance);
        let unused = self.unused.entry(stance).or_insert_with(|| (0..texts.len()).collect());
        let sentences = if unused.is_empty() {
            // Every text was used once: beginnings and ends of two of them.
            let (one, other) = (
                split(&texts[random.below(texts.len())]),
                split(&texts[random.below(texts.len())]),
            );
            let (head, tail) = (one.len().div_ceil(2), other.len() / 2);
            one[..head].iter().chain(&other[tail..]).cloned().collect()
        } else {
            split(&texts[unused.swap_remove(random.below(unused.len()))])
        };
        let sentence = |template| Sentence {
            template,
            taken: Vec::new(),
        };
        Pattern {
            stance,
            sentences: sentences.into_iter().map(sentence).collect(),
        }
    }

    fn compose(&mut self, stance: Stance, hedged: bool, random: &mut SplitMix64) -> Pattern {
        let mark = stance.mark();
        let mut sections: Vec<String> = Vec::new();
        if random.chance(0.75) {
            sections.push(format!("any.open{mark}"));
        }
        let bodies = 1 + random.below(3);
        sections.extend((0..bodies).map(|_| format!("{}.body{mark}", self.domain.name())));
        if random.chance(0.6) {
            sections.insert(1 + random.below(sections.len()), format!("any.staff{mark}"));
        }
        if hedged {
            let hedge = if stance == Stance::Praise {
                "any.fault+"
            } else {
                "any.credit-"
            };
            sections.push(hedge.to_owned());
        }
        if random.chance(0.7) {
            sections.push(format!("any.close{mark}"));
        }
        // Two short texts of the same two sentences would pass for copies.
        while sections.len() < 4 {
            sections.insert(sections.len() / 2, format!("{}.body{mark}", self.domain.name()));
        }
        let sentences = sections
            .iter()
            .filter_map(|section| self.sentence(section, random))
            .collect();
        Pattern { stance, sentences }
    }

    /// A sentence of a section, of those used least so far.
    fn sentence(&mut self, section: &str, random: &mut SplitMix64) -> Option<Sentence> {
        let phrases = self.phrases.section(section);
        let times = |phrase: &&'static str| self.used.get(*phrase).copied().unwrap_or(0);
        let fewest = phrases.iter().map(times).min()?;
        let fresh: Vec<&'static str> = phrases
            .iter()
            .copied()
            .filter(|phrase| times(phrase) == fewest)
            .collect();
        let template = *random.pick(&fresh)?;
        *self.used.entry(template).or_default() += 1;
        let taken = slots(template)
            .iter()
            .map(|alternatives| random.below(alternatives.len()))
            .collect();
        Some(Sentence {
            template: template.to_owned(),
            taken,
        })
    }
}

impl Pattern {
    pub(super) fn render(&self) -> String {
        self.sentences
            .iter()
            .map(Sentence::render)
            .collect::<Vec<_>>()
            .join(" ")
    }
}

impl Sentence {
    fn render(&self) -> String {
        let mut text = String::with_capacity(self.template.len());
        let mut rest = self.template.as_str();
        for (alternatives, &taken) in slots(&self.template).iter().zip(&self.taken) {
            let Some((before, slot_and_after)) = rest.split_once('{') else {
                break;
            };
            text.push_str(before);
            text.push_str(alternatives[taken]);
            rest = slot_and_after.split_once('}').map_or("", |(_, after)| after);
        }
        text.push_str(rest);
        let mut chars = text.chars();
        chars
            .next()
            .map(|first| first.to_uppercase().collect::<String>() + chars.as_str())
            .unwrap_or_default()
    }
}

/// The alternatives of each slot of a template.
fn slots(template: &str) -> Vec<Vec<&str>> {
    let mut slots = Vec::new();
    let mut rest = template;
    while let Some((_, after)) = rest.split_once('{') {
        let Some((inside, after)) = after.split_once('}') else {
            break;
        };
        slots.push(inside.split('|').collect());
        rest = after;
    }
    slots
}

/// Sentences of a text, each with its full stop.
fn split(text: &str) -> Vec<String> {
    let mut sentences = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        if matches!(c, '.' | '!' | '?' | '…') && text[end..].starts_with(' ') {
            sentences.push(text[start..end].trim().to_owned());
            start = end;
        }
    }
    sentences.push(text[start..].trim().to_owned());
    sentences.retain(|sentence| !sentence.is_empty());
    sentences
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shingles(text: &str) -> HashSet<Vec<String>> {
        let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
        words.windows(3).map(<[String]>::to_vec).collect()
    }

    fn similarity(one: &str, other: &str) -> f64 {
        let (one, other) = (shingles(one), shingles(other));
        let common = one.intersection(&other).count();
        common as f64 / (one.len() + other.len() - common).max(1) as f64
    }

    #[test]
    fn every_section_has_phrases_in_both_languages() {
        for language in [Language::EN, Language::FR] {
            let phrases = Phrases::of(language);
            for domain in [Domain::Hotel, Domain::Restaurant, Domain::Sight] {
                for mark in ['+', '-'] {
                    assert!(phrases.section(&format!("{}.body{mark}", domain.name())).len() >= 5);
                    for part in ["open", "staff", "close"] {
                        assert!(phrases.section(&format!("any.{part}{mark}")).len() >= 5);
                    }
                    assert!(phrases.section(&format!("title{mark}")).len() >= 3);
                }
            }
            assert!(phrases.section("any.fault+").len() >= 3 && phrases.section("any.credit-").len() >= 3);
            for phrase in phrases.sections.values().flatten() {
                assert_eq!(phrase.matches('{').count(), phrase.matches('}').count(), "{phrase}");
                assert!(
                    !slots(phrase)
                        .iter()
                        .flatten()
                        .any(|alternative| alternative.contains('{')),
                    "{phrase}"
                );
            }
        }
    }

    #[test]
    fn forty_texts_are_no_copies_of_each_other() {
        for (language, domain) in [
            (Language::EN, Domain::Hotel),
            (Language::EN, Domain::Sight),
            (Language::FR, Domain::Restaurant),
        ] {
            for stance in [Stance::Praise, Stance::Attack] {
                let mut random = SplitMix64::new(5);
                let mut writer = Writer::new(None, language, domain);
                let texts: Vec<String> = (0..40).map(|_| writer.write(stance, false, &mut random)).collect();
                let mut pairs = Vec::new();
                for one in 0..40 {
                    pairs.extend((0..one).map(|other| similarity(&texts[one], &texts[other])));
                }
                pairs.sort_by(f64::total_cmp);
                let highest = pairs[pairs.len() - 1];
                assert!(highest < 0.5, "{language} {stance:?}: {highest}");
                assert!(pairs[pairs.len() * 99 / 100] < 0.25);
            }
        }
    }

    #[test]
    fn variants_are_copies() {
        let mut random = SplitMix64::new(5);
        let mut writer = Writer::new(None, Language::FR, Domain::Hotel);
        for _ in 0..20 {
            let pattern = writer.pattern(Stance::Praise, false, &mut random);
            assert_eq!(writer.variant(&pattern, 1.0, &mut random), pattern.render());
            let varied = writer.variant(&pattern, 0.8, &mut random);
            assert!(
                similarity(&varied, &pattern.render()) > 0.2,
                "{varied} / {}",
                pattern.render()
            );
        }
    }

    #[test]
    fn the_users_texts_come_first_and_are_recombined_when_used_up() {
        let texts = Texts::parse("f", "# made up\n+\tOne. Two.\n+\tThree! Four.\n-\tBad.\n").unwrap();
        let mut random = SplitMix64::new(5);
        let mut writer = Writer::new(Some(&texts), Language::EN, Domain::Hotel);
        let mut written: Vec<String> = (0..2)
            .map(|_| writer.write(Stance::Praise, false, &mut random))
            .collect();
        written.sort();
        assert_eq!(written, ["One. Two.", "Three! Four."]);
        let third = writer.write(Stance::Praise, false, &mut random);
        assert!(["One. Four.", "Three! Two."].contains(&third.as_str()), "{third}");
        assert_eq!(
            Texts::parse("f", "+ no tab").unwrap_err().to_string(),
            "f: line 1: expected + or -, a tab and a text, found \"+ no tab\""
        );
        let praise = Texts::parse("f", "+\tOne.").unwrap();
        assert!(
            praise
                .require(Stance::Attack)
                .unwrap_err()
                .to_string()
                .contains("expected texts that attack (-)")
        );
    }
}
