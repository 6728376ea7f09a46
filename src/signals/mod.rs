//! Signals: each measures one thing about a review and says `None` where it cannot.
//!
//! A signal is one file in its family's folder and one line in [`SIGNALS`]. Everything that lists signals is generated
//! from that list: the features, `turfwatch signals`, the signals page, the report's legend.

use crate::context::Surroundings;
use crate::review::Review;
use crate::score::Evidence;
use crate::text::{Analysis, List};
use rustc_hash::FxHashMap;
use std::cell::OnceCell;
use std::sync::LazyLock;

pub mod a1;
pub mod a2;
pub mod a3;
pub mod a4;
pub mod a5;
pub mod a6;
pub mod a7;
pub mod a8;
pub mod a9;
pub mod b1;
pub mod b2;
pub mod b3;
pub mod b4;
pub mod b5;
pub mod b6;
pub mod c1;
pub mod c2;

#[cfg(test)]
pub(crate) mod testing;

/// All that a signal may look at. It holds no label, no clock and no file.
pub struct Case<'a> {
    /// The review.
    pub review: &'a Review,
    /// Its body, analysed. `None` where it has none or where the text is not as written (stemmed).
    pub text: Option<&'a Analysis<'a>>,
    /// Its title, analysed; as for the body.
    pub title: Option<&'a Analysis<'a>>,
    /// What else is known of its reviewer, property and corpus.
    pub around: &'a Surroundings,
    /// What its photos show; empty where none could be read.
    pub photos: &'a [PhotoFacts],
    /// What [`Case::contrary`] found.
    pub(crate) contrary: OnceCell<Option<a5::Contrary<'a>>>,
}

impl<'a> Case<'a> {
    /// Of its parts, as the fields describe them.
    pub fn new(
        review: &'a Review,
        text: Option<&'a Analysis<'a>>,
        title: Option<&'a Analysis<'a>>,
        around: &'a Surroundings,
        photos: &'a [PhotoFacts],
    ) -> Case<'a> {
        Case {
            review,
            text,
            title,
            around,
            photos,
            contrary: OnceCell::new(),
        }
    }

    /// The body, in a language whose word lists are complete. `None` for stemmed text and for texts without words.
    pub fn listed_text(&self) -> Option<&'a Analysis<'a>> {
        self.text.filter(|text| text.has_lists() && text.words > 0)
    }

    /// Title and body, where their language has complete word lists.
    pub fn listed_passages(&self) -> impl Iterator<Item = &'a Analysis<'a>> {
        [self.title, self.text]
            .into_iter()
            .flatten()
            .filter(|passage| passage.has_lists() && passage.words > 0)
    }
}

/// When a rate of word list entries is missing.
pub(crate) const NO_LISTED_TEXT: &str =
    "no text as written of at least five words in English or French, whose word lists are complete";

/// When a rate of words or signs is missing.
pub(crate) const NO_TEXT: &str = "no text as written of at least five words";

impl Case<'_> {
    /// Entries of the lists per hundred words of title and body together, padded as in [`Analysis::rate`]. `None` where
    /// neither is in a language with complete lists, or both together are shorter than a rate needs.
    pub fn listed_rate(&self, lists: &[List]) -> Option<f64> {
        let (count, words) = self.listed_passages().fold((0, 0), |(count, words), passage| {
            (count + passage.count_any(lists), words + passage.words)
        });
        (words >= crate::text::FEWEST_WORDS)
            .then(|| (100.0 * count as f64 / (words + crate::text::PADDING) as f64).min(100.0))
    }

    /// The places of the entries of the lists in title and body; empty where their rate is missing.
    pub fn listed_evidence(&self, lists: &[List]) -> Evidence {
        if self.listed_rate(lists).is_none() {
            return Evidence::default();
        }
        Evidence {
            spans: self
                .listed_passages()
                .flat_map(|passage| passage.spans_of_any(lists))
                .collect(),
            facts: Vec::new(),
        }
    }

    /// How far the stars stand from the middle, 0 to 1; 1 at the ends of the file's own scale. `None` without rating.
    pub fn rating_extremity(&self) -> Option<f64> {
        match self.review.rating_end {
            Some(_) => Some(1.0),
            None => self.review.rating.map(|rating| ((rating - 3.0).abs() / 2.0).min(1.0)),
        }
    }
}

/// What one photo file shows. Filled by whoever reads the files; the core only looks.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PhotoFacts {
    /// Width and height in pixels.
    pub size: (u32, u32),
    /// Class of the camera by its EXIF make and model.
    pub camera: Option<Camera>,
    /// The software tag of EXIF, where it names an editor.
    pub editor: Option<String>,
    /// Whether the file carries any EXIF.
    pub has_exif: bool,
    /// Variance of the Laplacian of the luminance (0-255), of the photo scaled to 512 pixels on its long side.
    pub sharpness: f64,
    /// Mean luminance, 0 to 1.
    pub exposure: f64,
    /// Share of pixels that are black or white.
    pub clipped: f64,
    /// Mean saturation, 0 to 1.
    pub saturation: f64,
    /// Perceptual hash (difference hash, 64 bits).
    pub hash: u64,
    /// Near-identical photos of other reviewers in the file.
    pub seen_by_others: u32,
    /// Near-identical photos of other properties in the file.
    pub seen_elsewhere: u32,
}

/// Class of camera.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Camera {
    /// A phone or tablet.
    Phone,
    /// A compact or action camera.
    Compact,
    /// A camera with interchangeable lenses, or a drone.
    Professional,
}

/// The families of evidence: the nine pieces of advice, the case that started it, and what the best systems add.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs)] // `title` says what each is.
pub enum Family {
    A1,
    A2,
    A3,
    A4,
    A5,
    A6,
    A7,
    A8,
    A9,
    C1,
    C2,
    B1,
    B2,
    B3,
    B4,
    B5,
    B6,
}

/// Families that rest on the same kind of observation. `suspect` needs two of these groups.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// How it is written: A4, A5, B4, n-grams, style.
    Text,
    /// What it claims and how it rates: A1, A9, B5.
    Claims,
    /// Who wrote it: A7, C1, C2.
    Reviewer,
    /// What it is about, and when: A2, A3, A8, B2.
    Property,
    /// What it shares with others: B1, B3, B6.
    Copies,
    /// Its photos: A6.
    Photos,
}

impl Group {
    /// Number of groups.
    pub const COUNT: usize = 6;
}

impl Family {
    /// All families.
    pub const ALL: [Family; 17] = [
        Family::A1,
        Family::A2,
        Family::A3,
        Family::A4,
        Family::A5,
        Family::A6,
        Family::A7,
        Family::A8,
        Family::A9,
        Family::C1,
        Family::C2,
        Family::B1,
        Family::B2,
        Family::B3,
        Family::B4,
        Family::B5,
        Family::B6,
    ];

    /// The code, as in `A4.brochure_density`.
    pub fn code(self) -> &'static str {
        match self {
            Family::A1 => "A1",
            Family::A2 => "A2",
            Family::A3 => "A3",
            Family::A4 => "A4",
            Family::A5 => "A5",
            Family::A6 => "A6",
            Family::A7 => "A7",
            Family::A8 => "A8",
            Family::A9 => "A9",
            Family::C1 => "C1",
            Family::C2 => "C2",
            Family::B1 => "B1",
            Family::B2 => "B2",
            Family::B3 => "B3",
            Family::B4 => "B4",
            Family::B5 => "B5",
            Family::B6 => "B6",
        }
    }

    /// The family of a reason's code.
    pub fn of_code(code: &str) -> Option<Family> {
        let head = code.split('.').next()?;
        Family::ALL.into_iter().find(|family| family.code() == head)
    }

    /// What the family is about.
    pub fn title(self) -> &'static str {
        match self {
            Family::A1 => "Extreme reviews must be argued and corroborated",
            Family::A2 => "Many individual contributors dilute astroturfers",
            Family::A3 => "A manager who answers criticism is probably serious",
            Family::A4 => "Brochure vocabulary and approximate language",
            Family::A5 => "A few minor criticisms, or a little praise in an attack",
            Family::A6 => "Photos too professional for an ordinary user",
            Family::A7 => "The pseudonym and the same user's other reviews",
            Family::A8 => "Many and varied reviews",
            Family::A9 => "Other sites",
            Family::C1 => "An insider praises one brand and runs down its rivals",
            Family::C2 => "Whoever speaks of his employer says so",
            Family::B1 => "Copied text",
            Family::B2 => "Bursts",
            Family::B3 => "Groups of reviewers",
            Family::B4 => "Machine-written and learnt style",
            Family::B5 => "Shape of the ratings",
            Family::B6 => "Network",
        }
    }

    /// The group of independent evidence that it belongs to.
    pub fn group(self) -> Group {
        match self {
            Family::A4 | Family::A5 | Family::B4 => Group::Text,
            Family::A1 | Family::A9 | Family::B5 => Group::Claims,
            Family::A7 | Family::C1 | Family::C2 => Group::Reviewer,
            Family::A2 | Family::A3 | Family::A8 | Family::B2 => Group::Property,
            Family::B1 | Family::B3 | Family::B6 => Group::Copies,
            Family::A6 => Group::Photos,
        }
    }
}

/// A phrase for readers, in English and French. It speaks of evidence, never of guilt, and completes "the review ..."
/// no sentence frame: it stands alone, lower case, without full stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Say {
    /// English.
    pub en: &'static str,
    /// French.
    pub fr: &'static str,
}

/// A weight set by hand for signals that no labelled data shows: contribution = weight x (value - centre) / scale,
/// log-odds, with value - centre limited to three scales either side.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Prior {
    /// A usual value among genuine reviews.
    pub centre: f64,
    /// A usual spread.
    pub scale: f64,
    /// Log-odds per scale. Positive: high values speak for astroturfing.
    pub weight: f64,
}

/// What a signal is: the text of its page, and what the model needs to know of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spec {
    /// Stable code: family, full stop, name in snake case.
    pub code: &'static str,
    /// Family.
    pub family: Family,
    /// What it measures, with the formula where there is one.
    pub what: &'static str,
    /// Why that tells anything, and which innocent explanations there are.
    pub why: &'static str,
    /// Lowest and highest value.
    pub range: (f64, f64),
    /// Unit of the value.
    pub unit: &'static str,
    /// When it is missing.
    pub missing: &'static str,
    /// Advice number, paper or own.
    pub source: &'static str,
    /// What a reason says where the value is high.
    pub high: Say,
    /// What a reason says where the value is low.
    pub low: Say,
    /// The weight where nothing was learnt.
    pub prior: Prior,
}

impl Spec {
    /// Whether it is read off the words of the review, so that a corpus whose texts are not its own (planted campaigns)
    /// cannot teach it.
    pub fn reads_text(&self) -> bool {
        matches!(self.family, Family::A4 | Family::A5 | Family::B4 | Family::C2)
            || self.family == Family::A1 && !matches!(self.code, "A1.rating_extremity" | "A1.rating_deviation")
    }
}

impl Spec {
    /// Whether it describes the property rather than the review, so that all reviews of a property nearly share it. A
    /// handful of corpora cannot teach such weights: what they would learn is which corpus a review is from.
    pub fn describes_property(&self) -> bool {
        matches!(self.family, Family::A2 | Family::A3 | Family::A8 | Family::B5) && self.code != "A8.rank"
    }

    /// Whether it says that the review is part of something larger, or discloses on whose behalf it speaks. Pooled corpora
    /// cannot teach such weights either: nearly all their cases are campaigns planted by ourselves, and the copies and
    /// groups of the real files around them count as genuine.
    pub fn describes_campaign(&self) -> bool {
        matches!(self.family, Family::B1 | Family::B3 | Family::C1 | Family::C2)
    }
}

/// One thing measured about a review.
pub trait Signal: Sync {
    /// What it is.
    fn spec(&self) -> &'static Spec;

    /// The value; `None` where its inputs are absent. Finite, in range, and the same for the same case.
    fn extract(&self, case: &Case<'_>) -> Option<f64>;

    /// What a reader can check. Asked only for reasons that are shown; empty where the value is missing.
    fn evidence(&self, _case: &Case<'_>) -> Evidence {
        Evidence::default()
    }
}

/// Every signal, by family. The order is that of the columns of a feature matrix.
pub static SIGNALS: &[&dyn Signal] = &[
    &a1::rating_extremity::RatingExtremity,
    &a1::word_extremity::WordExtremity,
    &a1::exclamation::Exclamation,
    &a1::capitals::Capitals,
    &a1::star_word_agreement::StarWordAgreement,
    &a1::argumentation::Argumentation,
    &a1::aspects_covered::AspectsCovered,
    &a1::reasons_given::ReasonsGiven,
    &a1::numerals::Numerals,
    &a1::extreme_and_unsupported::ExtremeAndUnsupported,
    &a1::rating_deviation::RatingDeviation,
    &a1::claims_supported::ClaimsSupported,
    &a1::claims_contradicted::ClaimsContradicted,
    &a2::reviewers::Reviewers,
    &a2::single_reviewer_share::SingleReviewerShare,
    &a2::contribution_evenness::ContributionEvenness,
    &a2::busiest_week_share::BusiestWeekShare,
    &a3::response_rate::ResponseRate,
    &a3::critical_response_rate::CriticalResponseRate,
    &a3::response_delay::ResponseDelay,
    &a3::templated_answers::TemplatedAnswers,
    &a3::answered::Answered,
    &a4::brochure_density::BrochureDensity,
    &a4::brochure_words::BrochureWords,
    &a4::sales_talk::SalesTalk,
    &a4::full_name_repeated::FullNameRepeated,
    &a4::noun_adjective_stacking::NounAdjectiveStacking,
    &a4::articles_agreement::ArticlesAgreement,
    &a4::odd_spacing::OddSpacing,
    &a4::language_confidence::LanguageConfidence,
    &a4::language_unusual::LanguageUnusual,
    &a4::unknown_words::UnknownWords,
    &a5::hedged_criticism::HedgedCriticism,
    &a5::hedged_praise::HedgedPraise,
    &a5::contrast_share::ContrastShare,
    &a5::contrast_place::ContrastPlace,
    &a5::contrary_severity::ContrarySeverity,
    &a6::photos_attached::PhotosAttached,
    &a6::camera_class::CameraClass,
    &a6::edited::Edited,
    &a6::stripped_metadata::StrippedMetadata,
    &a6::phone_resolution::PhoneResolution,
    &a6::sharpness::Sharpness,
    &a6::exposure::Exposure,
    &a6::saturation::Saturation,
    &a6::photo_reuse_reviewers::PhotoReuseReviewers,
    &a6::photo_reuse_properties::PhotoReuseProperties,
    &a7::name_digits::NameDigits,
    &a7::name_randomness::NameRandomness,
    &a7::real_name::RealName,
    &a7::name_pattern::NamePattern,
    &a7::contributions::Contributions,
    &a7::helpful_rate::HelpfulRate,
    &a7::account_age::AccountAge,
    &a7::only_review::OnlyReview,
    &a7::history::History,
    &a7::places::Places,
    &a7::repeat_of_property::RepeatOfProperty,
    &a7::extreme_share::ExtremeShare,
    &a7::positive_share::PositiveShare,
    &a7::negative_share::NegativeShare,
    &a7::rating_entropy::RatingEntropy,
    &a7::rating_spread::RatingSpread,
    &a7::mean_deviation::MeanDeviation,
    &a7::early_deviation::EarlyDeviation,
    &a7::most_in_a_day::MostInADay,
    &a7::own_busiest_week::OwnBusiestWeek,
    &a7::short_life::ShortLife,
    &a7::mean_gap::MeanGap,
    &a7::gap_entropy::GapEntropy,
    &a7::gap_regularity::GapRegularity,
    &a7::mean_words::MeanWords,
    &a7::text_similarity::TextSimilarity,
    &a7::highest_similarity::HighestSimilarity,
    &a7::impossible_travel::ImpossibleTravel,
    &a7::brand_share::BrandShare,
    &a8::reviews::Reviews,
    &a8::rating_variety::RatingVariety,
    &a8::language_variety::LanguageVariety,
    &a8::trip_variety::TripVariety,
    &a8::months::Months,
    &a8::early::Early,
    &a8::rank::Rank,
    &a9::site_gap::SiteGap,
    &a9::same_text_elsewhere::SameTextElsewhere,
    &a9::one_site::OneSite,
    &c1::favourite_gap::FavouriteGap,
    &c1::praise_share::PraiseShare,
    &c1::shared_places::SharedPlaces,
    &c2::affiliation_disclosed::AffiliationDisclosed,
    &c2::incentive_disclosed::IncentiveDisclosed,
    &b1::copied_text::CopiedText,
    &b1::copies::Copies,
    &b1::copied_from_other::CopiedFromOther,
    &b1::copied_to_other_property::CopiedToOtherProperty,
    &b2::burst_rate::BurstRate,
    &b2::rating_shift::RatingShift,
    &b2::single_reviewers_in_burst::SingleReviewersInBurst,
    &b2::days_since_previous::DaysSincePrevious,
    &b3::in_campaign::InCampaign,
    &b3::group_size::GroupSize,
    &b3::group_tightness::GroupTightness,
    &b4::function_word_share::FunctionWordShare,
    &b4::mean_sentence_length::MeanSentenceLength,
    &b4::sentence_length_variation::SentenceLengthVariation,
    &b4::punctuation_variety::PunctuationVariety,
    &b4::list_like::ListLike,
    &b4::lack_of_specifics::LackOfSpecifics,
    &b4::type_token::TypeToken,
    &b4::mean_word_length::MeanWordLength,
    &b4::long_words::LongWords,
    &b4::first_person_singular::FirstPersonSingular,
    &b4::first_person_plural::FirstPersonPlural,
    &b4::second_person::SecondPerson,
    &b4::third_person::ThirdPerson,
    &b4::first_vs_second::FirstVsSecond,
    &b4::subjective_share::SubjectiveShare,
    &b4::objective_share::ObjectiveShare,
    &b4::length::Length,
    &b4::machine_phrases::MachinePhrases,
    &b4::comma_rate::CommaRate,
    &b4::contraction_rate::ContractionRate,
    &b4::parentheses::Parentheses,
    &b4::quotation_marks::QuotationMarks,
    &b4::uppercase_letters::UppercaseLetters,
    &b5::rating_divergence::RatingDivergence,
    &b5::j_shape::JShape,
    &b5::rating_trend::RatingTrend,
    &b6::network_suspicion::NetworkSuspicion,
    &b6::known_suspicion::KnownSuspicion,
];

/// The place in [`SIGNALS`] of a code as it stands in its spec.
pub fn position(code: &str) -> Option<usize> {
    static PLACES: LazyLock<FxHashMap<&'static str, usize>> = LazyLock::new(|| {
        let codes = SIGNALS.iter().map(|signal| signal.spec().code);
        codes.enumerate().map(|(at, code)| (code, at)).collect()
    });
    PLACES.get(code).copied()
}

/// The signal of a code (`A4.brochure_density`, case ignored) or of its bare name.
pub fn find(name: &str) -> Option<&'static dyn Signal> {
    if let Some(at) = position(name) {
        return Some(SIGNALS[at]);
    }
    SIGNALS.iter().copied().find(|signal| {
        let code = signal.spec().code;
        let bare = code.split_once('.').map_or("", |(_, bare)| bare);
        code.eq_ignore_ascii_case(name) || bare.eq_ignore_ascii_case(name)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_stable_names_in_order_of_family() {
        let codes: Vec<&str> = SIGNALS.iter().map(|signal| signal.spec().code).collect();
        for (i, signal) in SIGNALS.iter().enumerate() {
            let spec = signal.spec();
            let (family, name) = spec.code.split_once('.').expect("family and name");
            assert_eq!(family, spec.family.code(), "{}", spec.code);
            assert!(
                !name.is_empty()
                    && name
                        .bytes()
                        .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_'),
                "{}",
                spec.code
            );
            assert!(!codes[..i].contains(&spec.code), "{} stands twice", spec.code);
            assert!(
                i == 0 || SIGNALS[i - 1].spec().family <= spec.family,
                "{} is out of order",
                spec.code
            );
        }
    }

    #[test]
    fn every_signal_is_documented_and_speaks_of_evidence() {
        for signal in SIGNALS {
            let spec = signal.spec();
            for text in [
                spec.what,
                spec.why,
                spec.unit,
                spec.missing,
                spec.source,
                spec.high.en,
                spec.high.fr,
                spec.low.en,
                spec.low.fr,
            ] {
                assert!(!text.trim().is_empty(), "{} has an empty text", spec.code);
                let lower = text.to_lowercase();
                for word in [
                    "guilt",
                    "coupable",
                    "liar",
                    "menteur",
                    "fraudster",
                    "fraudeur",
                    "cheat",
                    "tricheur",
                ] {
                    assert!(!lower.contains(word), "{} says {word}", spec.code);
                }
            }
            assert!(
                spec.range.0 < spec.range.1 && spec.prior.scale > 0.0 && spec.prior.weight.is_finite(),
                "{}",
                spec.code
            );
        }
    }

    #[test]
    fn nothing_is_observed_of_an_empty_review() {
        let review = Review::default();
        let around = Surroundings::default();
        let case = Case::new(&review, None, None, &around, &[]);
        for signal in SIGNALS {
            assert_eq!(signal.extract(&case), None, "{}", signal.spec().code);
            assert_eq!(signal.evidence(&case), Evidence::default(), "{}", signal.spec().code);
        }
    }
}
