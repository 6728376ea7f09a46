//! [`Selection`]: which evidence a model may use, to measure what each family adds.

use crate::model::{Bands, Calibration, Feature, Model, Settings};
use crate::score::Origin;
use crate::signals::{Family, SIGNALS};
use crate::train::pipeline::Options;

/// How n-grams are named: all learnt blocks together.
pub const NGRAMS: &str = "ngrams";

/// Evidence that a model may use: all, or what is listed, less what is left out. A name is a family (`A4`), a signal
/// (`A4.brochure_words`) or [`NGRAMS`], which is part of `B4`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    only: Vec<String>,
    without: Vec<String>,
}

/// A name that is none.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "signals {name}: expected a family (A1 to B6), the code of a signal, or {NGRAMS}; `turfwatch signals` lists them"
)]
pub struct UnknownEvidence {
    name: String,
}

impl Selection {
    /// What `only` lists, or everything where it is empty, less what `without` lists.
    ///
    /// # Errors
    /// A name that is neither a family, a code nor [`NGRAMS`].
    pub fn new(only: &[String], without: &[String]) -> Result<Selection, UnknownEvidence> {
        for name in only.iter().chain(without) {
            let known = name == NGRAMS
                || Family::ALL.iter().any(|family| family.code() == name)
                || SIGNALS.iter().any(|signal| signal.spec().code == name);
            if !known {
                return Err(UnknownEvidence { name: name.clone() });
            }
        }
        Ok(Selection {
            only: only.to_vec(),
            without: without.to_vec(),
        })
    }

    /// Whether the feature of this code may be used.
    pub fn keeps(&self, code: &str) -> bool {
        let named = |names: &[String]| names.iter().any(|name| covers(name, code));
        (self.only.is_empty() || named(&self.only)) && !named(&self.without)
    }

    /// Whether n-grams may be learnt.
    pub fn keeps_ngrams(&self) -> bool {
        self.keeps("B4.ngrams")
    }
}

fn covers(name: &str, code: &str) -> bool {
    let is_signal = || SIGNALS.iter().any(|signal| signal.spec().code == code);
    name == code || code.split('.').next() == Some(name) || name == NGRAMS && !is_signal()
}

/// Where bands begin without labels: odds raised threefold and twentyfold.
const BANDS: Bands = Bands {
    review: 1.1,
    suspect: 3.0,
    group: 0.22,
};

/// A model that has learnt nothing: the weights set by hand of the signals selected, for measuring what evidence says that
/// needs no labels. Unless stated, it assumes as many fakes as genuine reviews.
pub fn untrained(options: &Options) -> Model {
    let features = SIGNALS
        .iter()
        .map(|signal| signal.spec())
        .filter(|spec| options.evidence.keeps(spec.code))
        .map(|spec| Feature {
            code: spec.code.to_owned(),
            weight: spec.prior.weight,
            mean: spec.prior.centre,
            scale: spec.prior.scale,
            origin: Origin::Prior,
            observed: 0,
        })
        .collect();
    Model {
        name: "untrained".to_owned(),
        settings: Settings {
            features,
            intercept: 0.0,
            calibration: Calibration {
                slope: 1.0,
                offset: 0.0,
            },
            prevalence: options.prevalence.unwrap_or(0.5),
            horizon: options.horizon,
            mixture: None,
            bands: BANDS,
            languages: Vec::new(),
            notice: None,
        },
        blocks: Vec::new(),
        card: serde_json::Value::Null,
        digest: String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn selection(only: &[&str], without: &[&str]) -> Selection {
        let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        Selection::new(&owned(only), &owned(without)).expect("known names")
    }

    #[test]
    fn families_signals_and_ngrams_are_kept_or_left_out() {
        let all = Selection::default();
        assert!(all.keeps("A4.brochure_words") && all.keeps_ngrams());
        let one = selection(&["A4"], &[]);
        assert!(one.keeps("A4.brochure_words") && !one.keeps("A5.hedged_praise") && !one.keeps_ngrams());
        let less = selection(&[], &["A4", "ngrams"]);
        assert!(!less.keeps("A4.brochure_words") && less.keeps("B4.second_person") && !less.keeps_ngrams());
        assert!(!less.keeps("B4.words_margin_ott_en"));
        let style = selection(&["B4"], &["ngrams"]);
        assert!(style.keeps("B4.second_person") && !style.keeps("B4.words_margin_ott_en"));
        let single = selection(&["B6.network_suspicion"], &[]);
        assert!(single.keeps("B6.network_suspicion") && !single.keeps("B6.known_suspicion"));
        let unknown = Selection::new(&["A10".to_owned()], &[]).expect_err("no such family");
        assert!(unknown.to_string().contains("A10"));
    }

    #[test]
    fn what_has_learnt_nothing_ranks_by_the_signal_it_is_left_with() {
        let options = Options {
            evidence: selection(&["B6.network_suspicion"], &[]),
            ..Options::default()
        };
        let model = untrained(&options);
        let scorer = crate::scorer::Scorer::new(&model, None).expect("a prevalence");
        let at = SIGNALS
            .iter()
            .position(|signal| signal.spec().code == "B6.network_suspicion");
        let logit = |value: f64| {
            let mut row = ndarray::Array1::from_elem(SIGNALS.len(), f64::NAN);
            row[at.expect("listed")] = value;
            scorer.reasons(row.view(), None, None).0
        };
        assert_eq!(logit(f64::NAN), 0);
        assert!(logit(0.0) > logit(-1.0) && logit(-1.0) > logit(-2.0));
    }
}
