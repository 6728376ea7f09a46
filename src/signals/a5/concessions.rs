//! Which clauses of a review stand against the side that it takes, and how they are introduced.

use super::Stance;
use crate::text::{Analysis, Aspect, Hit, Kind, List};
use std::ops::Range;

/// A text, read for what it concedes.
pub(super) struct Concessions<'a> {
    pub text: &'a Analysis<'a>,
    pub stance: Stance,
}

impl Concessions<'_> {
    /// "Only downside" in praise, "only good thing" in an attack.
    fn only(&self) -> List {
        match self.stance {
            Stance::Praise => List::OnlyDownside,
            Stance::Attack => List::OnlyUpside,
        }
    }

    /// Entries that begin in a stretch, list by list.
    fn hits<'s>(&'s self, lists: &'s [List], tokens: &'s Range<u32>) -> impl Iterator<Item = &'s Hit> {
        lists.iter().flat_map(|list| {
            let hits = self.text.hits_of(*list);
            let from = hits.partition_point(|hit| hit.first < tokens.start);
            hits[from..].iter().take_while(|hit| hit.first < tokens.end)
        })
    }

    fn holds(&self, tokens: &Range<u32>, lists: &[List]) -> bool {
        self.hits(lists, tokens).next().is_some()
    }

    /// The clause at a place, as tokens; empty outside of the text.
    fn clause(&self, at: usize) -> Range<u32> {
        self.text.clauses.get(at).map_or(0..0, |clause| clause.tokens.clone())
    }

    /// The sentence in which a stretch begins.
    fn sentence(&self, tokens: &Range<u32>) -> Range<u32> {
        let at = self
            .text
            .sentences
            .partition_point(|sentence| sentence.end <= tokens.start);
        self.text.sentences.get(at).unwrap_or(tokens).clone()
    }

    fn words(&self, tokens: Range<u32>) -> usize {
        self.text.tokens.list[tokens.start as usize..tokens.end as usize]
            .iter()
            .filter(|token| token.kind == Kind::Word)
            .count()
    }

    /// Whether a clause speaks against the side that the review takes. What only announces the next clause does not.
    pub fn is_contrary(&self, at: usize) -> bool {
        let tokens = self.clause(at);
        let next = self.clause(at + 1);
        if self.announces(at) && self.sentence(&tokens).contains(&next.start) && !next.is_empty() {
            return false;
        }
        let polarity = self.text.clauses[at].polarity;
        // "Rien à redire, si ce n'est que tout est bon": what is left out of the praise and is praised is no fault.
        let praised = self.stance == Stance::Praise && polarity > 0 && self.holds(&tokens, &[List::Exception]);
        let announced = at > 0 && self.announces(at - 1) && !praised;
        if announced || self.holds(&tokens, &[self.only()]) {
            return true;
        }
        // What was feared, or is said of another place, speaks neither for nor against this one.
        if self.holds(&self.sentence(&tokens), &[List::Unreal]) {
            return false;
        }
        match self.stance {
            Stance::Attack => {
                (polarity > 0 || self.grants(&tokens) || self.spares(&tokens))
                    && !self.is_elsewhere(&tokens)
                    && !self.is_wished(&tokens)
            }
            Stance::Praise if polarity > 0 || self.turns_at_once(at) || self.blames_rivals(&tokens) => false,
            Stance::Praise => {
                polarity < 0
                    || self.holds(&tokens, &[List::MinorIssue, List::SevereIssue, List::Wish])
                    || self.has_flaw(&tokens) && self.softens(&tokens)
                    || self.excepts(&tokens)
                    || self.is_played_down(at)
            }
        }
    }

    /// "Despite the pretty setting this place is a disgrace": a clause that begins with what it grants.
    fn grants(&self, clause: &Range<u32>) -> bool {
        let first = |lists: &[List], from: u32| self.hits(lists, &(from..clause.end)).map(|hit| hit.first).min();
        let against = [List::Negation, List::Negative, List::StrongNegative, List::SevereIssue];
        self.hits(&[List::Concessive], clause)
            .next()
            .filter(|turn| turn.first == clause.start)
            .is_some_and(|turn| {
                first(&[List::Positive, List::StrongPositive], turn.end).is_some_and(|praise| {
                    praise <= turn.end + 3 && first(&against, turn.end).is_none_or(|against| praise < against)
                })
            })
    }

    /// "Apart from the view, there is nothing to save here": a clause that begins with an aspect left out of the blame that
    /// the rest of its sentence spreads over all.
    fn spares(&self, clause: &Range<u32>) -> bool {
        let aspects = [
            Aspect::Room,
            Aspect::Bed,
            Aspect::Breakfast,
            Aspect::Food,
            Aspect::Staff,
            Aspect::Location,
            Aspect::Facilities,
            Aspect::View,
        ];
        let fault = [
            List::Negative,
            List::StrongNegative,
            List::MinorIssue,
            List::SevereIssue,
            List::Flaw,
        ];
        let sentence = self.sentence(clause);
        let all = [List::Absolute, List::Negation, List::StrongNegative];
        self.hits(&[List::Exception], clause)
            .next()
            .filter(|left_out| left_out.first == sentence.start)
            .is_some_and(|left_out| self.holds(&(left_out.end..left_out.end + 3), &aspects.map(List::Aspect)))
            && !self.holds(clause, &fault)
            && self.holds(&(clause.end..sentence.end), &all)
    }

    /// "We moved to the inn next door, which was clean": good of another place, or that was hoped for or is long past, from
    /// where its sentence first says so.
    fn is_elsewhere(&self, clause: &Range<u32>) -> bool {
        let sentence = self.sentence(clause);
        self.holds(&(sentence.start..clause.end), &[List::Elsewhere])
    }

    /// "I wish the staff had been friendly": a clause whose praise is of what was not so.
    fn is_wished(&self, clause: &Range<u32>) -> bool {
        let first = |lists: &[List]| self.hits(lists, clause).map(|hit| hit.first).min();
        first(&[List::Wish])
            .is_some_and(|wish| first(&[List::Positive, List::StrongPositive]).is_none_or(|praise| wish < praise))
    }

    /// "The other hotels in town are noisy": a fault of places that one could choose instead, named before it.
    fn blames_rivals(&self, clause: &Range<u32>) -> bool {
        let first = |lists: &[List]| self.hits(lists, clause).map(|hit| hit.first).min();
        let faults = [
            List::Negative,
            List::StrongNegative,
            List::MinorIssue,
            List::SevereIssue,
            List::Flaw,
        ];
        first(&[List::Rival]).is_some_and(|rival| first(&faults).is_some_and(|fault| rival < fault))
            && !self.holds(clause, &[List::Unrivalled])
    }

    /// "Seul bémol, la douche": what a bare announcement announces stands in the next clause.
    fn announces(&self, at: usize) -> bool {
        let tokens = self.clause(at);
        self.hits(&[self.only()], &tokens)
            .next()
            .is_some_and(|hit| self.words(tokens.clone()) <= self.words(hit.first..hit.end) + 1)
    }

    /// "Small but charming": the praise takes back the fault right before it, which nothing softens.
    fn turns_at_once(&self, at: usize) -> bool {
        let (tokens, next) = (self.clause(at), self.clause(at + 1));
        let faults = [List::MinorIssue, List::Negative, List::Flaw];
        let closes = |end: u32| {
            let after = self.text.tokens.list.get(end as usize);
            after.is_none_or(|token| token.kind != Kind::Word) || self.holds(&(end..end + 1), &[List::Coordination])
        };
        !self.holds(&tokens, &[List::Hedge])
            && self.hits(&faults, &tokens).any(|fault| fault.end == tokens.end)
            && self.hits(&[List::Contrast], &next).any(|turn| {
                turn.first == next.start
                    && self
                        .hits(&[List::Positive, List::StrongPositive], &next)
                        .any(|praise| praise.first <= turn.end + 1 && closes(praise.end))
            })
    }

    /// A fault that nothing before it in the clause denies.
    fn has_flaw(&self, tokens: &Range<u32>) -> bool {
        self.hits(&[List::Flaw], tokens).any(|flaw| {
            let before = flaw.first.saturating_sub(4).max(tokens.start)..flaw.first;
            // "Not the biggest" is a fault as it stands.
            self.holds(&(flaw.first..flaw.end), &[List::Negation]) || !self.holds(&before, &[List::Negation])
        })
    }

    /// Whether a hedge or a contrast word stands in a stretch, right after it, or alone before it ("Granted, the ..."), or
    /// the next clause plays it down.
    fn softens(&self, tokens: &Range<u32>) -> bool {
        let before = self.clause(self.first_from(tokens.start).wrapping_sub(1));
        let mut turns = self.hits(&[List::Contrast], &before);
        let inside = [List::Hedge, List::Contrast, List::Exception, List::Downplay];
        self.holds(tokens, &inside)
            || self.holds(&(tokens.end..tokens.end + 2), &[List::Contrast])
            || turns.any(|turn| self.words(before.clone()) == self.words(turn.first..turn.end))
            || self.holds(&self.clause_after(tokens), &[List::Downplay])
    }

    /// The place of the first clause that begins at a token or after it.
    fn first_from(&self, token: u32) -> usize {
        self.text.clauses.partition_point(|clause| clause.tokens.start < token)
    }

    fn clause_after(&self, tokens: &Range<u32>) -> Range<u32> {
        self.clause(self.first_from(tokens.end))
    }

    /// "Faultless, bar the odd draught": what is left out of unreserved praise, in its sentence or the one before.
    fn excepts(&self, tokens: &Range<u32>) -> bool {
        let sentence = self.sentence(tokens);
        let before = self.sentence(&(sentence.start.saturating_sub(1)..sentence.start));
        let unreserved = [List::StrongPositive, List::Absolute];
        let backward = self.text.hits_of(List::Downplay);
        self.hits(&[List::Exception], tokens)
            .any(|hit| !backward.iter().any(|back| back.first == hit.first))
            && self
                .hits(&unreserved, &(before.start..sentence.end))
                .any(|hit| !tokens.contains(&hit.first))
    }

    /// "The breakfast room gets crowded. No big deal": only a fault needs to be played down, whatever its words, unless the
    /// clause before in the sentence names it.
    fn is_played_down(&self, at: usize) -> bool {
        let (tokens, next) = (self.clause(at), self.clause(at + 1));
        let before = self.clause(at.wrapping_sub(1));
        let named = before.start >= self.sentence(&tokens).start && self.has_flaw(&before);
        self.holds(&next, &[List::Downplay]) && !self.has_flaw(&next) && !self.holds(&next, &[self.only()]) && !named
    }

    /// How a contrary stretch is introduced: 1 for "only downside" and the like in it or its sentence, or where it is played
    /// down or limited ("and that is all"); 0.7 for a hedge, for a wish in praise, or for a contrast word in it or right after it
    /// ("Granted, the tea was good. But ..."); else 0.25.
    pub fn introduction(&self, stretch: &Range<u32>) -> f64 {
        let upto = self.sentence(stretch).start..stretch.end;
        if self.holds(&upto, &[self.only()])
            || self.stance == Stance::Praise
                && (self.holds(stretch, &[List::Downplay])
                    || self.holds(&self.clause_after(stretch), &[List::Downplay]))
            || self.stance == Stance::Attack
                && self.holds(
                    &(stretch.start..self.clause_after(stretch).end.max(stretch.end)),
                    &[List::Limit],
                )
        {
            1.0
        } else if self.holds(&upto, &[List::Contrast, List::Exception])
            || self.stance == Stance::Praise && self.holds(stretch, &[List::Wish])
            || self.softens(stretch)
        {
            0.7
        } else {
            0.25
        }
    }
}

#[cfg(test)]
mod tests;
