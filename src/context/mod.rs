//! What else is known of a review's reviewer, property and corpus.
//!
//! The first pass turns every review into a small event; the events, sorted by key and time, give each review its
//! views. All sums are of integers, so that threads, files and row order give the same bits. As of a review's time, a
//! view holds what was public before the review's day (or month, where only the month is known): reviews of the same
//! day do not see each other. Over the full file it holds all other reviews. The review itself is never in its own view
//! unless a field says so, and a review id that occurs again counts once.

mod brand;
mod copies;
mod event;
mod groups;
mod history;
pub(crate) mod ledger;
mod network;
pub(crate) mod occasion;
pub(crate) mod phrases;
mod place;
mod properties;
mod property;
mod ratings;
mod reread;
mod reviewer;
mod sketch;
mod tally;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;

pub use event::{Event, name_shape};
pub use history::{Context, Events};
pub use properties::{Facts, Properties};
pub use property::WholeProperty;
pub use ratings::Ratings;
pub use reread::{Answer, Reread};

use crate::text::Aspect;

/// What a view may know.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Horizon {
    /// What was public when the review was posted: what a live site knows.
    AsOf,
    /// The whole file: what an auditor knows.
    #[default]
    Full,
}

/// Counts of kinds: how many there are, and how evenly they are used.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Variety {
    /// Items for which the kind is known.
    pub items: u32,
    /// Number of distinct kinds.
    pub kinds: u32,
    /// Shannon entropy of the shares, in nats.
    pub entropy: f64,
}

/// What is known of the property of a review, from its other reviews.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PropertyView {
    /// Other reviews.
    pub reviews: u32,
    /// Their ratings.
    pub ratings: Ratings,
    /// Their ratings, counted on every site but this review's; empty where the file knows one site only.
    pub ratings_elsewhere: Ratings,
    /// Their ratings on this review's site.
    pub ratings_here: Ratings,
    /// Number of sites on which the property has reviews, this one's included.
    pub sites: u32,
    /// Distinct other reviewers; 0 with `reviews > 0` where the file names no reviewers.
    pub reviewers: u32,
    /// Those of them with one review only in all that is known (any property).
    pub single_reviewers: u32,
    /// Reviews by reviewer.
    pub contributions: Variety,
    /// Languages of the reviews.
    pub languages: Variety,
    /// Reviews in the same language as this one; 0 where this one's is not known.
    pub same_language: u32,
    /// Trip types of the reviews.
    pub trip_types: Variety,
    /// Distinct months with a review.
    pub months: u32,
    /// Days from the first to the last known review.
    pub span_days: Option<u32>,
    /// Days from the property's first review to this one (its first review: 0).
    pub days_since_first: Option<u32>,
    /// Order of this review among those of its property by day, the first has 0; ties share the lower.
    pub rank: Option<u32>,
    /// What happened in the days around this review. `None` where days are not known.
    pub burst: Option<Burst>,
    /// Whether this review was answered. `None` where the file has no answers, and as of the review's time.
    pub answered: Option<bool>,
    /// Answers of the owner to the other reviews. `None` where the file has no answers.
    pub answers: Option<Answers>,
    /// How many other reviews make each claim, `[praise, criticism]` by [`Aspect`], and how many make any.
    pub claims: [[u32; 2]; Aspect::ALL.len()],
    /// Other reviews that make any claim at all.
    pub claiming: u32,
    /// Reviews by other reviewers whose name has the same shape as this one's, see [`name_shape`].
    pub same_name_shape: u32,
    /// Difference of mean stars between the later and the earlier half of the dated ratings.
    pub rating_trend: Option<f64>,
}

/// Reviews of a property in the seven days around a review (three before, three after; as of its time: the six before),
/// against the property's own rate.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Burst {
    /// Other reviews in the window.
    pub reviews: u32,
    /// Reviews per seven days outside the window, over the property's own life, with half a review added.
    pub usual: f64,
    /// Ratings in the window.
    pub ratings: Ratings,
    /// Ratings outside of it.
    pub ratings_outside: Ratings,
    /// Reviewers in the window with one review only in all that is known.
    pub single_reviewers: u32,
    /// Other reviews of the property whose day is known, in the window and outside.
    pub dated: u32,
    /// Share of the property's reviews whose day is known that its busiest seven days hold (this review included).
    pub busiest_share: f64,
    /// Whole days between this review and the nearest one before it.
    pub days_since_previous: Option<u32>,
}

/// An owner's answers.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Answers {
    /// Reviews that were answered.
    pub answered: u32,
    /// Reviews of two stars or fewer.
    pub critical: u32,
    /// Those of them that were answered.
    pub critical_answered: u32,
    /// Median days from review to answer.
    pub median_delay: Option<f64>,
    /// Answers with nearly the same text as another answer of this owner.
    pub templated: u32,
    /// Reviews for which the file would show an answer.
    pub known: u32,
}

/// What is known of the reviewer, from his other reviews in the file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReviewerView {
    /// Other reviews.
    pub reviews: u32,
    /// Their ratings.
    pub ratings: Ratings,
    /// Distinct properties of the other reviews.
    pub properties: u32,
    /// Distinct places of the other reviews, where known.
    pub places: u32,
    /// Other reviews of this same property.
    pub same_property: u32,
    /// Other reviews of four stars or more of this same property.
    pub praise_of_property: u32,
    /// Most reviews in one day, this one included (MNR). `None` where days are not known.
    pub most_in_a_day: Option<u32>,
    /// Other reviews of the same day. `None` where days are not known, or as of the review's time.
    pub same_day: Option<u32>,
    /// Most reviews within seven days, this one included.
    pub most_in_a_week: Option<u32>,
    /// Days from the first to the last known review, this one included.
    pub span_days: Option<u32>,
    /// Gaps in days between neighbouring reviews, this one included: mean, standard deviation, and entropy (ETG, nats,
    /// over gaps of 0, 1-3, 4-7, 8-14, 15-33, more than 33 days).
    pub gaps: Option<Gaps>,
    /// Mean absolute deviation of his other ratings from the mean of the other ratings of their properties (avgRD, stars).
    pub rating_deviation: Option<f64>,
    /// The same weighted by how early each rating came, as `rank^-1.5` (WRD).
    pub early_rating_deviation: Option<f64>,
    /// Mean words of his other reviews (RL).
    pub mean_words: Option<f64>,
    /// Mean and highest cosine similarity of this text to his other texts (ACS, MCS), estimated from sketches.
    pub similarity: Option<Similarity>,
    /// Other reviews in the same language as this one, and those whose language is known.
    pub same_language: (u32, u32),
    /// Fastest travel that this stay and his neighbouring ones imply.
    pub travel: Option<Travel>,
    /// How he treats one brand against the others. `None` where no brand is known and he praises no property twice.
    pub favourite: Option<Favourite>,
}

/// Gaps between the reviews of a reviewer.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Gaps {
    /// Mean, days.
    pub mean: f64,
    /// Standard deviation, days.
    pub sd: f64,
    /// Entropy over classes of gaps, nats.
    pub entropy: f64,
}

/// Similarity to other texts, 0 to 1.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Similarity {
    /// Mean.
    pub mean: f64,
    /// Highest.
    pub highest: f64,
}

/// Two stays of a reviewer that are too far apart for the days between them.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Travel {
    /// Great-circle distance, km.
    pub km: f64,
    /// Days between the two.
    pub days: u32,
    /// The days are those of the stays, and not only those of publication.
    pub stays: bool,
}

/// A reviewer's favourite brand (the one whose praise he wrote most of), this review included. Where no brand is known,
/// his favourite property stands for it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Favourite {
    /// Whether brands are known, else the favourite is a property.
    pub is_brand: bool,
    /// His ratings of the favourite.
    pub ratings: Ratings,
    /// His ratings of others in places where he also reviewed the favourite.
    pub rivals: Ratings,
    /// His ratings of four stars or more, of anyone.
    pub praise: u32,
    /// Those of the favourite.
    pub praise_of_favourite: u32,
    /// Places in which he reviewed both sides.
    pub shared_places: u32,
    /// Whether this review is of the favourite, of a rival in a shared place, or neither.
    pub side: Side,
}

/// Which side of a rivalry a review is on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Side {
    /// Of the favourite.
    Favourite,
    /// Of another brand, in a place where the favourite was reviewed too.
    Rival,
    /// Neither.
    #[default]
    Neither,
}

/// What is known of the whole file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CorpusView {
    /// Reviews, repeated ids counted once.
    pub reviews: u32,
    /// Ratings of the review's category, or of all where the category is not known.
    pub ratings: Ratings,
    /// Whether any reviewer in the file has more than one review, so that having one says something.
    pub reviewers_repeat: bool,
    /// Whether days of publication are known and not rounded by the site.
    pub days_known: bool,
    /// Number of sites in the file; 1 where it does not name any.
    pub sites: u32,
    /// Share of all other reviews whose reviewer's name has the same shape, with one more added; `None` without names.
    pub name_shape: Option<f64>,
}

/// The nearest copy of the text among all other reviews.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct CopyView {
    /// Jaccard similarity of word 3-shingles with the nearest other text: 1 for the same words, else estimated to about
    /// 0.04; 0 where none is near (below 0.5).
    pub similarity: f64,
    /// Number of other reviews at 0.6 or more; of a template used more than fifty times, at least so many.
    pub copies: u32,
    /// One of the nearest is by the same reviewer.
    pub same_reviewer: bool,
    /// One of the nearest is of the same property.
    pub same_property: bool,
    /// One of the nearest is on another site.
    pub other_site: bool,
    /// It is known to have been there before all of the nearest.
    pub first: bool,
}

/// What the graph of who reviewed what says of a review, without ratings, dates, texts or labels.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct NetworkView {
    /// Suspicion from the graph alone, log-odds up to a constant.
    pub suspicion: f64,
    /// What priors known from elsewhere add, log-odds; `None` where the file has none.
    pub priors: Option<f64>,
    /// Mean prior, 0 to 1, of the reviewer's other reviews; `None` where none is known.
    pub others_prior: Option<f64>,
    /// Reviews by the reviewer, this one included.
    pub reviews_by_reviewer: u32,
    /// Other reviews of the property by reviewers of one review.
    pub single_reviewers: u32,
    /// Other reviews of the property whose reviewer is known.
    pub reviews: u32,
    /// Share of reviewers of one review at the properties that share its audience.
    pub single_share_of_peers: f64,
}

/// All that is known around one review. A part is `None` where its key is not in the file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Surroundings {
    /// Of its property.
    pub property: Option<PropertyView>,
    /// Of its reviewer.
    pub reviewer: Option<ReviewerView>,
    /// Of the file.
    pub corpus: CorpusView,
    /// Copies of its text; `None` where it has no text of at least five words, or copies were not looked for.
    pub copy: Option<CopyView>,
    /// What the graph of reviewers and properties says; `None` as of the review's time, where either is not known, and
    /// where no reviewer has a second review.
    pub network: Option<NetworkView>,
    /// The weightiest campaign that the review belongs to, empty where there is none. `None` as of the review's time, and
    /// where neither property nor reviewer nor text is known.
    pub campaign: Option<crate::campaigns::CampaignView>,
}
