//! `A9.site_gap`: ratings here against elsewhere.

use crate::score::Evidence;
use crate::signals::{Case, Family, Prior, Say, Signal, Spec};

/// `A9.site_gap`, as its [`Spec`] says.
pub struct SiteGap;

static SPEC: Spec = Spec {
    code: "A9.site_gap",
    family: Family::A9,
    what: "mean of the property's ratings here less that elsewhere, shrunk as if four pairs of equal ratings were added, with the sign turned so that positive means: this review pushes the same way",
    why: "A campaign runs on one site. Sites have publics and scales of their own.",
    range: (-4.0, 4.0),
    unit: "stars",
    missing: "without a rating, or with fewer than three ratings here or elsewhere",
    source: "advice 9",
    high: Say {
        en: "pushes where this site already differs from others",
        fr: "va dans le sens de l'écart entre ce site et les autres",
    },
    low: Say {
        en: "pushes against what this site shows",
        fr: "va à l'encontre de ce que montre ce site",
    },
    prior: Prior {
        centre: 0.0,
        scale: 0.5,
        weight: 0.25,
    },
};

impl Signal for SiteGap {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let view = case.around.property.as_ref()?;
        const FEWEST: u32 = 3;
        let (here, elsewhere) = (view.ratings_here, view.ratings_elsewhere);
        if here.count < FEWEST || elsewhere.count < FEWEST {
            return None;
        }
        let least = f64::from(here.count.min(elsewhere.count));
        let gap = (here.mean()? - elsewhere.mean()?) * least / (least + 4.0);
        let push = case.review.rating? - elsewhere.mean()?;
        Some(if push == 0.0 { 0.0 } else { gap * push.signum() })
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        match (self.extract(case), &case.around.property) {
            (Some(_), Some(view)) => Evidence::fact(
                "mean on this site",
                format!("{:.1}", view.ratings_here.mean().unwrap_or(0.0)),
            )
            .and(
                "mean on other sites",
                format!("{:.1}", view.ratings_elsewhere.mean().unwrap_or(0.0)),
            ),
            _ => Evidence::default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::PropertyView;
    use crate::context::Surroundings;
    use crate::review::Review;
    use crate::signals::testing::*;
    fn value(view: PropertyView) -> Option<f64> {
        check_signal(
            &SiteGap,
            &Review {
                rating: Some(5.0),
                ..Review::default()
            },
            &around_property(view),
            &[],
        )
    }

    #[test]
    fn fires() {
        assert!(
            value(PropertyView {
                ratings_here: ratings(&[5.0; 12]),
                ratings_elsewhere: ratings(&[3.0; 12]),
                ..PropertyView::default()
            }) > Some(1.2)
        );
    }

    #[test]
    fn stays_silent_on_a_look_alike() {
        assert!(
            value(PropertyView {
                ratings_here: ratings(&[4.0; 12]),
                ratings_elsewhere: ratings(&[4.0; 12]),
                ..PropertyView::default()
            })
            .is_some_and(|gap| gap.abs() < 0.1)
        );
    }

    #[test]
    fn is_missing_without_others() {
        assert_eq!(
            check_signal(
                &SiteGap,
                &Review {
                    rating: Some(5.0),
                    ..Review::default()
                },
                &Surroundings::default(),
                &[]
            ),
            None
        );
        assert_eq!(
            value(PropertyView {
                ratings_here: ratings(&[4.0; 12]),
                ..PropertyView::default()
            }),
            None
        );
    }
}
