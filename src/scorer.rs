//! From a case to a score: the only place that sequences signals, blocks, model and bands.

use crate::context::Surroundings;
use crate::evidence;
use crate::explain::{self, Tongue};
use crate::features;
use crate::lexical::{self, Column, Grams, Shelf};
use crate::model::{Feature, Model, logit};
use crate::review::{Review, TextForm};
use crate::score::{Band, Evidence, Origin, Passage, Reason, Score};
use crate::signals::{self, Case, Family, Group, PhotoFacts, SIGNALS};
use crate::text::{Analysis, Identification, Language};
use ndarray::ArrayView1;
use rustc_hash::FxHashMap;
use std::borrow::Cow;

impl Case<'_> {
    /// The body of a review, analysed; `None` where it has none or where the text is not as written.
    pub fn body(review: &Review) -> Option<Analysis<'_>> {
        Some(Analysis::new(Passage::Text, as_written(review)?, review.language))
    }

    /// The same, where its language was identified before.
    pub fn body_again(review: &Review, identified: Identification) -> Option<Analysis<'_>> {
        let text = as_written(review)?;
        Some(Analysis::again(Passage::Text, text, review.language, identified))
    }

    /// Analyses the texts of a review and hands the case over.
    pub fn with<T>(
        review: &Review,
        around: &Surroundings,
        photos: &[PhotoFacts],
        then: impl FnOnce(&Case<'_>) -> T,
    ) -> T {
        Case::of_body(review, Case::body(review), around, photos, then)
    }

    /// The same, of a body that is analysed already.
    pub fn of_body<T>(
        review: &Review,
        text: Option<Analysis<'_>>,
        around: &Surroundings,
        photos: &[PhotoFacts],
        then: impl FnOnce(&Case<'_>) -> T,
    ) -> T {
        // A title is too short to tell its language: it has that of the body.
        let language = review.language.or(text.as_ref().and_then(|text| text.language));
        let title = review
            .title
            .as_deref()
            .filter(|_| review.text_form == TextForm::Raw)
            .map(|title| Analysis::new(Passage::Title, title, language));
        then(&Case::new(review, text.as_ref(), title.as_ref(), around, photos))
    }
}

fn as_written(review: &Review) -> Option<&str> {
    review.text.as_deref().filter(|_| review.text_form == TextForm::Raw)
}

/// How much of the evidence behind reasons to collect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// None: contributions only.
    Numbers,
    /// For those reasons among the strongest on either side that a sentence in this language names.
    Named(Tongue),
    /// For every reason.
    All,
}

/// Number of reasons on either side among which [`Detail::Named`] looks.
const STRONGEST: usize = 4;

/// What a feature of the model is computed by.
#[derive(Clone, Copy)]
enum Term {
    /// Index in `SIGNALS`.
    Signal(usize),
    /// Index of the block and of the column.
    Block(usize, usize),
}

/// A model made ready to score.
pub struct Scorer<'m> {
    model: &'m Model,
    terms: Vec<Term>,
    shelves: Vec<Shelf<'m>>,
    /// What computes the feature of a code.
    by_code: FxHashMap<&'m str, Term>,
    milli_base: i64,
    /// Log-odds of the prevalence, which bands leave out.
    prior: f64,
    bands: crate::model::Bands,
}

/// A stated prevalence that is no share.
#[derive(Debug, thiserror::Error)]
#[error("prevalence: expected more than 0 and less than 1, found {0}")]
pub struct PrevalenceError(pub f64);

impl<'m> Scorer<'m> {
    /// Makes a model ready; `prevalence` is the share of fakes assumed, the model's own where `None`.
    pub fn new(model: &'m Model, prevalence: Option<f64>) -> Result<Scorer<'m>, PrevalenceError> {
        let settings = &model.settings;
        let prevalence = prevalence.unwrap_or(settings.prevalence);
        if !(prevalence > 0.0 && prevalence < 1.0) {
            return Err(PrevalenceError(prevalence));
        }
        let terms: Vec<Term> = settings
            .features
            .iter()
            .map(|feature| term(model, &feature.code))
            .collect();
        let codes = settings.features.iter().map(|feature| feature.code.as_str());
        let by_code = codes.zip(terms.iter().copied()).collect();
        let prior = logit(prevalence);
        let base = settings.calibration.slope * settings.intercept + settings.calibration.offset + prior;
        Ok(Scorer {
            model,
            terms,
            shelves: Shelf::all(&model.blocks),
            by_code,
            milli_base: milli(base),
            prior,
            bands: settings.bands,
        })
    }

    /// The model.
    pub fn model(&self) -> &'m Model {
        self.model
    }

    /// What a review scores of which nothing is observed, in thousandths of log-odds.
    pub fn milli_base(&self) -> i64 {
        self.milli_base
    }

    /// Scores a case.
    pub fn score(&self, case: &Case<'_>, detail: Detail) -> Score {
        let grams = if self.model.blocks.is_empty() {
            None
        } else {
            Grams::of_case(case)
        };
        let language = case.text.and_then(|text| text.language);
        let (milli_logit, mut reasons) = self.reasons(features::signal_row(case).view(), grams.as_ref(), language);
        // Stable: equal contributions keep the order of the model's features.
        reasons.sort_by_cached_key(|reason| std::cmp::Reverse(reason.milli_logit.abs()));
        let strength = evidence::strength(case);
        let band = self.band(milli_logit, strength, &reasons);
        let mut score = Score {
            milli_logit,
            milli_base: self.milli_base,
            evidence: strength,
            band,
            reasons,
        };
        self.add_evidence(&mut score, case, detail);
        score
    }

    /// The log-odds, in thousandths, and all that moves them, from the signals in the order of `SIGNALS`, the n-grams
    /// and the language of the body.
    pub fn reasons(
        &self,
        signals: ArrayView1<'_, f64>,
        grams: Option<&Grams>,
        language: Option<Language>,
    ) -> (i64, Vec<Reason>) {
        let slope = self.model.settings.calibration.slope;
        let mut blocks: Vec<Option<[f64; 3]>> = vec![None; self.model.blocks.len()];
        for shelf in &self.shelves {
            if let Some(grams) = grams.filter(|grams| self.model.blocks[shelf.blocks[0]].applies(grams)) {
                for (block, values) in shelf.blocks.iter().zip(shelf.values(grams)) {
                    blocks[*block] = Some(values);
                }
            }
        }
        // A weight learnt on English style says nothing of a text in Arabic.
        let understood =
            language.is_some_and(|language| self.model.settings.languages.iter().any(|code| code == language.code()));
        let observed = |(feature, term): (&Feature, &Term)| {
            let value = match *term {
                Term::Signal(at)
                    if !understood && feature.origin == Origin::Learnt && SIGNALS[at].spec().reads_text() =>
                {
                    f64::NAN
                }
                Term::Signal(at) => signals[at],
                Term::Block(block, column) => blocks[block].map_or(f64::NAN, |values| values[column]),
            };
            (value, features::standardise(value, feature.mean, feature.scale))
        };
        let features = || self.model.settings.features.iter().zip(&self.terms);
        let mut of_block = vec![0.0; blocks.len()];
        for (feature, term) in features() {
            if let Term::Block(block, _) = *term {
                of_block[block] += feature.weight * observed((feature, term)).1;
            }
        }
        let words = grams.map_or(0, Grams::words);
        let counted = match self.model.settings.mixture {
            Some(mixture) => mixture.shares(&of_block, words),
            None => vec![1.0; of_block.len()],
        };
        let mut reasons = Vec::with_capacity(self.terms.len());
        let mut milli_logit = self.milli_base;
        for (feature, term) in features() {
            let (value, z) = observed((feature, term));
            let counted = if let Term::Block(block, _) = *term {
                counted[block]
            } else {
                1.0
            };
            let contribution = milli(slope * feature.weight * z * counted);
            milli_logit += contribution;
            if contribution != 0 {
                let code = match *term {
                    Term::Signal(at) => Cow::Borrowed(SIGNALS[at].spec().code),
                    Term::Block(..) => Cow::Owned(feature.code.clone()),
                };
                reasons.push(Reason {
                    code,
                    milli_logit: contribution,
                    value,
                    above: z > 0.0,
                    origin: feature.origin,
                    evidence: Evidence::default(),
                });
            }
        }
        (milli_logit, reasons)
    }

    /// The band of a score.
    pub fn band(&self, milli_logit: i64, strength: f64, reasons: &[Reason]) -> Band {
        let weight_of_evidence = milli_logit as f64 / 1000.0 - self.prior;
        if strength < evidence::SUFFICIENT {
            return Band::InsufficientEvidence;
        }
        if weight_of_evidence < self.bands.review {
            return Band::Clear;
        }
        if weight_of_evidence >= self.bands.suspect && self.bands.corroborated(&groups(reasons)) {
            Band::Suspect
        } else {
            Band::Review
        }
    }

    fn add_evidence(&self, score: &mut Score, case: &Case<'_>, detail: Detail) {
        let wanted: Vec<usize> = match detail {
            Detail::Numbers => return,
            Detail::Named(tongue) => [true, false]
                .into_iter()
                .flat_map(|towards_fake| {
                    let side = |at: &usize| (score.reasons[*at].milli_logit > 0) == towards_fake;
                    let last = (0..score.reasons.len()).filter(side).nth(STRONGEST - 1);
                    let named = explain::named(&score.reasons, towards_fake, tongue);
                    named
                        .into_iter()
                        .take_while(move |at| last.is_none_or(|last| *at <= last))
                })
                .collect(),
            Detail::All => (0..score.reasons.len()).collect(),
        };
        for at in wanted {
            let reason = &mut score.reasons[at];
            reason.evidence = match self.by_code.get(&*reason.code) {
                Some(Term::Signal(at)) => SIGNALS[*at].evidence(case),
                Some(Term::Block(block, column)) => {
                    let (block, column) = (&self.model.blocks[*block], Column::ALL[*column]);
                    lexical::evidence(block, column, case, reason.milli_logit > 0)
                }
                None => Evidence::default(),
            };
        }
    }
}

/// What each group of families adds to the log-odds.
pub fn groups(reasons: &[Reason]) -> [f64; Group::COUNT] {
    let mut groups = [0; Group::COUNT];
    for reason in reasons {
        if let Some(family) = Family::of_code(&reason.code) {
            groups[family.group() as usize] += reason.milli_logit;
        }
    }
    groups.map(|sum| sum as f64 / 1000.0)
}

fn term(model: &Model, code: &str) -> Term {
    if let Some(at) = signals::position(code) {
        return Term::Signal(at);
    }
    let found = model.blocks.iter().enumerate().find_map(|(at, block)| {
        let column = block.column(code)?;
        Some(Term::Block(at, Column::ALL.iter().position(|known| *known == column)?))
    });
    // A model is checked when it is read or written: every code is that of a signal or of a block.
    found.expect("a checked model")
}

fn milli(log_odds: f64) -> i64 {
    (log_odds * 1000.0).round() as i64
}
