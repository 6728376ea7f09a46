//! Advice 5: a few minor criticisms to look credible, or a little praise in an attack.

mod concessions;
pub mod contrary_severity;
pub mod contrast_place;
pub mod contrast_share;
pub mod hedged_criticism;
pub mod hedged_praise;

use self::concessions::Concessions;
use super::Case;
use crate::review::End;
use crate::score::Evidence;
use crate::text::{Analysis, FEWEST_WORDS, Hit, Kind, List};
use std::ops::Range;

/// Words from which on the share of words alone says how much of a review is against its own side.
const LONG: f64 = 40.0;

/// The side that a review takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stance {
    /// By its stars or, without, by its words, it praises.
    Praise,
    /// It criticises.
    Attack,
}

/// What a review says against the side that it takes.
pub(crate) struct Contrary<'a> {
    text: &'a Analysis<'a>,
    stance: Stance,
    extreme: bool,
    /// Stretches of neighbouring contrary clauses, as tokens.
    stretches: Vec<Range<u32>>,
    /// Share of the words that they hold.
    pub share: f64,
    /// Mean place of their words, 0 to 1; `None` where there are none.
    pub place: Option<f64>,
    /// Contrary words of the mild kind: minor issues and plain opinions.
    pub mild: usize,
    /// Contrary words of the strong kind: severe issues and strong opinions.
    pub strong: usize,
    /// Weight of the opinions on the review's own side, outside the contrary clauses.
    own: i32,
    /// How the stretch that is introduced best is, 0 to 1.
    introduction: f64,
}

/// Value of [`Contrary::hedged`]; `None` unless the stars are at the end that the stance takes, for they alone say how far a
/// review goes, and without enough words.
fn hedged(case: &Case<'_>, stance: Stance) -> Option<f64> {
    let found = case.contrary()?;
    (found.extreme && found.stance == stance).then(|| found.hedged())
}

/// Share of the words that weigh against the review's own side: a token concession does not.
fn weighed(found: &Contrary<'_>) -> f64 {
    let token = if found.extreme { found.hedged() } else { 0.0 };
    found.share * (1.0 - token)
}

impl<'a> Case<'a> {
    /// What stands against the side that the review takes, read when first asked for. `None` where the text is too short,
    /// has no complete word lists, or neither stars nor words take a side.
    pub(crate) fn contrary(&self) -> Option<&Contrary<'a>> {
        self.contrary.get_or_init(|| contrary(self)).as_ref()
    }
}

fn contrary<'a>(case: &Case<'a>) -> Option<Contrary<'a>> {
    let text = case.listed_text().filter(|text| text.words >= FEWEST_WORDS)?;
    let (stance, extreme) = stance(case, text)?;
    let (mild, strong): (&[List], &[List]) = match stance {
        Stance::Praise => (
            &[List::MinorIssue, List::Negative, List::Flaw, List::Wish],
            &[List::SevereIssue, List::StrongNegative],
        ),
        Stance::Attack => (&[List::Positive], &[List::StrongPositive]),
    };
    let concessions = Concessions { text, stance };
    let mut stretches: Vec<Range<u32>> = Vec::new();
    for at in (0..text.clauses.len()).filter(|at| concessions.is_contrary(*at)) {
        let clause = &text.clauses[at].tokens;
        match stretches.last_mut() {
            Some(last) if last.end == clause.start => last.end = clause.end,
            _ => stretches.push(clause.clone()),
        }
    }
    let places: Vec<usize> = text
        .tokens
        .list
        .iter()
        .enumerate()
        .filter(|(_, token)| matches!(token.kind, Kind::Word | Kind::Number))
        .enumerate()
        .filter(|(_, (at, _))| stretches.iter().any(|stretch| stretch.contains(&(*at as u32))))
        .map(|(word, _)| word)
        .collect();
    let share = places.len() as f64 / text.words as f64;
    let place = (!places.is_empty()).then(|| {
        (places.iter().sum::<usize>() as f64 + 0.5 * places.len() as f64) / (places.len() * text.words) as f64
    });
    // A wish and the fault that it names are one.
    let end = |hit: &Hit| match hit.list {
        List::Wish => {
            let at = text.clauses.partition_point(|clause| clause.tokens.end <= hit.first);
            text.clauses.get(at).map_or(hit.end, |clause| clause.tokens.end)
        }
        _ => hit.end,
    };
    // What several lists find in the same words counts once, and as strong where one of them is of that kind.
    let words = |lists: &[List]| -> Vec<Range<u32>> {
        let mut found: Vec<Range<u32>> = lists
            .iter()
            .flat_map(|list| text.hits_of(*list))
            .filter(|hit| stretches.iter().any(|stretch| stretch.contains(&hit.first)))
            .map(|hit| hit.first..end(hit))
            .collect();
        found.sort_unstable_by_key(|words| words.start);
        found.dedup_by(|next, kept| {
            let overlap = next.start < kept.end;
            kept.end = if overlap { kept.end.max(next.end) } else { kept.end };
            overlap
        });
        found
    };
    let (mut mild, strong) = (words(mild), words(strong));
    mild.retain(|mild| {
        !strong
            .iter()
            .any(|strong| mild.start < strong.end && strong.start < mild.end)
    });
    let introduction = stretches
        .iter()
        .map(|stretch| concessions.introduction(stretch))
        .fold(0.0, f64::max);
    let own = text
        .clauses
        .iter()
        .filter(|clause| !stretches.iter().any(|stretch| stretch.contains(&clause.tokens.start)))
        .map(|clause| match stance {
            Stance::Praise => clause.polarity.max(0),
            Stance::Attack => (-clause.polarity).max(0),
        })
        .sum();
    Some(Contrary {
        text,
        stance,
        extreme,
        share,
        place,
        mild: mild.len(),
        strong: strong.len(),
        own,
        introduction,
        stretches,
    })
}

impl Contrary<'_> {
    /// How much the review looks like its stance with a token concession, 0 to 1.
    pub fn hedged(&self) -> f64 {
        if self.strong > 0 {
            return 0.0;
        }
        let points = self.stretches.len().max(self.mild);
        let few = match points {
            1 => 1.0,
            2 => 0.8,
            3 => 0.4,
            _ => 0.0,
        };
        // In few words, one sentence is half of the text: there the weight of what is said tells more than its length.
        let long = (self.text.words as f64 / LONG).min(1.0);
        let share_of_points = points as f64 / (points as f64 + f64::from(self.own)).max(1.0);
        let part = long * self.share + (1.0 - long) * share_of_points;
        let short = ((0.6 - part) / 0.35).clamp(0.0, 1.0);
        if self.stretches.is_empty() {
            0.0
        } else {
            self.introduction * few * short
        }
    }

    /// The contrary clauses.
    pub fn evidence(&self) -> Evidence {
        let spans = self
            .stretches
            .iter()
            .map(|stretch| self.text.span(stretch.start as usize..stretch.end as usize))
            .collect();
        Evidence {
            spans,
            ..Evidence::fact("share of words against its own side", format!("{:.2}", self.share))
        }
    }
}

/// The side by the stars, by the words where the stars are missing or in the middle; and whether the stars are extreme.
fn stance(case: &Case<'_>, text: &Analysis<'_>) -> Option<(Stance, bool)> {
    let extreme =
        case.review.rating_end.is_some() || case.review.rating.is_some_and(|rating| !(1.5..4.5).contains(&rating));
    match (case.review.rating_end, case.review.rating) {
        (Some(End::Highest), _) => return Some((Stance::Praise, true)),
        (Some(End::Lowest), _) => return Some((Stance::Attack, true)),
        (None, Some(rating)) if rating >= 3.5 => return Some((Stance::Praise, extreme)),
        (None, Some(rating)) if rating < 2.6 => return Some((Stance::Attack, extreme)),
        _ => {}
    }
    let (praise, blame) = text.opinions();
    if praise >= 2 && praise >= 2 * blame {
        Some((Stance::Praise, false))
    } else if blame >= 2 && blame >= 2 * praise {
        Some((Stance::Attack, false))
    } else {
        None
    }
}
