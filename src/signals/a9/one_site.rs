//! `A9.one_site`: whether other sites know the property.

use crate::score::Evidence;
use crate::signals::{Case, Family, Prior, Say, Signal, Spec};

/// `A9.one_site`, as its [`Spec`] says.
pub struct OneSite;

static SPEC: Spec = Spec {
    code: "A9.one_site",
    family: Family::A9,
    what: "1 where the property is reviewed on one site only, though the file holds several, else 0",
    why: "Houses that exist are spoken of in several places. The file may hold another choice of houses for each site.",
    range: (0.0, 1.0),
    unit: "yes or no",
    missing: "where the file knows one site only",
    source: "advice 9",
    high: Say {
        en: "reviewed on one site only",
        fr: "présent sur un seul site",
    },
    low: Say {
        en: "reviewed on several sites",
        fr: "présent sur plusieurs sites",
    },
    prior: Prior {
        centre: 0.5,
        scale: 0.5,
        weight: 0.05,
    },
};

impl Signal for OneSite {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn extract(&self, case: &Case<'_>) -> Option<f64> {
        let view = case.around.property.as_ref().filter(|_| case.around.corpus.sites > 1)?;
        Some(if view.sites > 1 { 0.0 } else { 1.0 })
    }

    fn evidence(&self, case: &Case<'_>) -> Evidence {
        self.extract(case)
            .and(case.around.property.as_ref())
            .map_or_else(Evidence::default, |view| Evidence::fact("sites", view.sites))
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
        check_signal(&OneSite, &Review::default(), &around_property(view), &[])
    }

    #[test]
    fn fires() {
        assert_eq!(
            value(PropertyView {
                sites: 1,
                ..PropertyView::default()
            }),
            Some(1.0)
        );
    }

    #[test]
    fn stays_silent_on_a_look_alike() {
        assert_eq!(
            value(PropertyView {
                sites: 2,
                ..PropertyView::default()
            }),
            Some(0.0)
        );
    }

    #[test]
    fn is_missing_without_others() {
        assert_eq!(
            check_signal(&OneSite, &Review::default(), &Surroundings::default(), &[]),
            None
        );
    }
}
