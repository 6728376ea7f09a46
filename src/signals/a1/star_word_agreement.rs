//! `A1.star_word_agreement`: whether the stars and the words say the same.

use crate::score::Evidence;
use crate::signals::{Case, Family, Prior, Say, Signal, Spec};
use crate::text::FEWEST_WORDS;

/// `A1.star_word_agreement`, as its [`Spec`] says.
pub struct StarWordAgreement;

static SPEC: Spec = Spec {
    code: "A1.star_word_agreement",
    family: Family::A1,
    what: "stars from -1 to 1 times (praise - blame) / (praise + blame + 2) of the opinion words, negation applied",
    why: "Stars that the words do not bear out point to a careless or a misplaced review. Irony and mixed visits explain it too.",
    range: (-1.0, 1.0),
    unit: "agreement",
    missing: "no rating or one in the middle (more than 2.5 and less than 3.5 stars), no text of at least five words in English or French, or fewer than two opinion words",
    source: "advice 1; rating-sentiment inconsistency, Jindal & Liu 2008",
    high: Say {
        en: "stars and words say the same",
        fr: "la note et les mots concordent",
    },
    low: Say {
        en: "the words do not bear out the stars",
        fr: "les mots ne confirment pas la note",
    },
    prior: Prior {
        centre: 0.45,
        scale: 0.35,
        weight: -0.15,
    },
};

impl Signal for StarWordAgreement {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        // In the middle the stars say nothing that words could bear out.
        let rating = case.review.rating.filter(|rating| (rating - 3.0).abs() >= 0.5)?;
        let stars = (rating - 3.0) / 2.0;
        let text = case.listed_text().filter(|text| text.words >= FEWEST_WORDS)?;
        let (praise, blame) = text.opinions();
        let balance = f64::from(praise - blame) / f64::from(praise + blame + 2);
        (praise + blame >= 2).then_some(stars * balance)
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        if self.extract(case).is_none() {
            return Evidence::default();
        }
        let (praise, blame) = case.text.map_or((0, 0), |text| text.opinions());
        Evidence::fact("stars", format!("{:.1}", case.review.rating.unwrap_or_default()))
            .and("words of praise", praise)
            .and("words of blame", blame)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signals::testing::check_signal;

    use crate::context::Surroundings;
    use crate::review::Review;
    use crate::text::Language;

    fn of(rating: Option<f64>, text: &str, language: Language) -> Option<f64> {
        let review = Review {
            rating,
            text: Some(text.to_owned()),
            language: Some(language),
            ..Review::default()
        };
        check_signal(&StarWordAgreement, &review, &Surroundings::default(), &[])
    }

    // The texts are invented.
    const HARSH: &str = "The room was dirty, the staff rude and the food disgusting. A terrible stay.";

    #[test]
    fn contradiction_is_negative_and_agreement_positive() {
        assert!(of(Some(5.0), HARSH, Language::EN) < Some(-0.4));
        assert!(of(Some(1.0), HARSH, Language::EN) > Some(0.4));
        assert!(
            of(
                Some(5.0),
                "Un séjour merveilleux, un personnel charmant et une chambre superbe.",
                Language::FR
            ) > Some(0.3)
        );
    }

    #[test]
    fn is_missing_without_rating_or_opinion() {
        assert_eq!(of(None, HARSH, Language::EN), None);
        assert_eq!(of(Some(5.0), "We came by train and left on Monday", Language::EN), None);
    }

    #[test]
    fn is_missing_where_the_stars_take_no_side() {
        assert_eq!(of(Some(3.0), HARSH, Language::EN), None);
        assert!(of(Some(2.5), HARSH, Language::EN) > Some(0.1));
        assert!(of(Some(3.5), HARSH, Language::EN) < Some(-0.1));
    }
}
