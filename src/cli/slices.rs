//! What `evaluate --by` may name besides a column of the file: parts in which a detector may treat people differently.

use crate::normalize::{RawRecord, Reading};
use crate::review::TextForm;
use crate::signals::Case;

/// A way of cutting the rows of a file into parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slice {
    /// The values of a column of the file.
    Column(usize),
    /// The file.
    Corpus,
    /// Language of the text, stated or identified.
    Language,
    /// Words of title and text.
    Length,
    /// Whether the reviewer is known to have written anything else.
    History,
    /// Stars, rounded.
    Rating,
}

/// Words at which the parts of [`Slice::Length`] begin.
const LENGTHS: [(usize, &str); 4] = [(200, "200+"), (100, "100-199"), (50, "050-099"), (0, "000-049")];

impl Slice {
    /// Names of the slices that need no column of that name.
    pub const OWN: [&str; 5] = ["corpus", "language", "length", "history", "rating"];

    /// The column of that name, or the slice.
    pub fn named(name: &str, reading: &Reading) -> Option<Slice> {
        reading.column(name).map(Slice::Column).or(match name {
            "corpus" => Some(Slice::Corpus),
            "language" => Some(Slice::Language),
            "length" => Some(Slice::Length),
            "history" => Some(Slice::History),
            "rating" => Some(Slice::Rating),
            _ => None,
        })
    }

    /// The column that it reads.
    pub fn column(&self) -> Option<usize> {
        match self {
            Slice::Column(column) => Some(*column),
            _ => None,
        }
    }

    /// The part that a row belongs to; `None` where that is not known.
    pub fn value(&self, record: &RawRecord, case: &Case<'_>, corpus: &str) -> Option<String> {
        let review = case.review;
        match self {
            Slice::Column(column) => record.get(*column).map(str::to_owned),
            Slice::Corpus => Some(corpus.to_owned()),
            Slice::Language => Some(case.text?.language?.code().to_owned()),
            Slice::Length => {
                let words = match review.text_form {
                    TextForm::Stemmed => review.text.as_deref()?.split_whitespace().count(),
                    TextForm::Raw => [case.title, case.text]
                        .into_iter()
                        .flatten()
                        .map(|passage| passage.words)
                        .sum(),
                };
                let part = LENGTHS.iter().find(|(from, _)| words >= *from);
                part.map(|(_, name)| (*name).to_owned())
            }
            Slice::History => {
                let others = case.around.reviewer.as_ref()?.reviews;
                let shown = review.reviewer_reviews.unwrap_or(0);
                let name = if others == 0 && shown <= 1 {
                    "only review"
                } else {
                    "several reviews"
                };
                Some(name.to_owned())
            }
            Slice::Rating => Some(format!("{:.0}", review.rating?)),
        }
    }
}
