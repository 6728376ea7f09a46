//! Ties: where a text says that its writer belongs to the property.

use super::{Analysis, Hit, List};

/// Words that name a tie, where only a disclosure is announced.
const TIES: [&str; 30] = [
    "work",
    "works",
    "worked",
    "working",
    "employee",
    "employed",
    "staff",
    "owner",
    "owners",
    "manager",
    "friend",
    "friends",
    "family",
    "brother",
    "sister",
    "husband",
    "wife",
    "marketing",
    "supplier",
    "consultant",
    "travaille",
    "salarie",
    "salariee",
    "employe",
    "employee",
    "proprietaire",
    "gerant",
    "ami",
    "amie",
    "famille",
];

impl Analysis<'_> {
    /// Where the text says that its writer works for, owns or is close to the property. A bare "full disclosure" counts only
    /// with such a tie in its sentence.
    pub fn ties(&self) -> Vec<Hit> {
        let hits = self
            .hits_of(List::Affiliation)
            .iter()
            .chain(self.hits_of(List::Ownership))
            .copied();
        hits.filter(|hit| {
            let words = |tokens: std::ops::Range<usize>| {
                self.tokens.list[tokens]
                    .iter()
                    .map(|token| self.tokens.folded_of(token))
            };
            let announces = words(hit.tokens()).any(|word| {
                matches!(
                    word,
                    "disclosure" | "disclaimer" | "disclose" | "declare" | "transparence"
                )
            });
            let sentence = self.sentences.iter().find(|sentence| sentence.contains(&hit.first));
            !announces
                || sentence.is_some_and(|sentence| {
                    words(sentence.start as usize..sentence.end as usize).any(|word| TIES.contains(&word))
                })
        })
        .collect()
    }
}
