//! What is found of each property.

use super::Findings;
use super::estimate::{Estimate, Shrinkage, Sums};
use crate::campaigns::Kind;
use crate::campaigns::statistics::ln_binomial_tail;
use crate::context::{Answers, Context};
use crate::evidence::SUFFICIENT;
use crate::review::Review;
use rustc_hash::FxHashMap;

/// What a property is called in the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Called {
    /// Its id on the site.
    pub id: Option<String>,
    /// Its name.
    pub name: Option<String>,
    /// The site.
    pub site: Option<String>,
    /// Town or address.
    pub place: Option<String>,
}

impl Called {
    /// As a review names it.
    pub fn of(review: &Review) -> Called {
        Called {
            id: review.property_id.clone(),
            name: review.property_name.clone(),
            site: review.site.clone(),
            place: review.property_place.clone(),
        }
    }

    /// The name, else the id.
    pub fn shown(&self) -> &str {
        self.name.as_deref().or(self.id.as_deref()).unwrap_or("?")
    }
}

/// A burst of reviews of a property.
#[derive(Clone, Debug, PartialEq)]
pub struct PropertyBurst {
    /// Id of the campaign.
    pub campaign: String,
    /// First and last day.
    pub days: (String, String),
    /// Reviews in it.
    pub reviews: u32,
    /// As in [`crate::campaigns::Campaign::strength`].
    pub strength: f64,
}

/// Ratings of a property here and on other sites.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gap {
    /// Mean stars on this site.
    pub here: f64,
    /// Mean stars on the others.
    pub elsewhere: f64,
    /// Difference, drawn towards 0 for few ratings as in `A9.site_gap`.
    pub gap: f64,
}

/// What to do about a property. No grade: a property that stands out has evidence to look at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// More suspect reviews than chance and the rest of the file explain, or three reviews or more in one campaign.
    WorthALook,
    /// Nothing of the kind.
    NothingStandsOut,
    /// Too few reviews, or too little known of them, and no campaign.
    #[default]
    NotEnoughData,
}

impl Standing {
    /// Name in files.
    pub fn name(self) -> &'static str {
        match self {
            Standing::WorthALook => "worth_a_look",
            Standing::NothingStandsOut => "nothing_stands_out",
            Standing::NotEnoughData => "not_enough_data",
        }
    }
}

/// The findings of one property.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Property {
    /// What it is called.
    pub called: Called,
    /// Counts and sums.
    pub sums: Sums,
    /// Rating as it stands, shrunk; `None` without ratings.
    pub as_it_stands: Option<Estimate>,
    /// The same without what is suspect.
    pub without_suspects: Option<Estimate>,
    /// Share of suspect reviews in the rest of the file, at least 0.01, against which this one's are held.
    pub usual_share: f64,
    /// Probability of so many suspects by chance, times the number of properties looked at; 1 at most.
    pub p_value: f64,
    /// Distinct reviewers, and those with one review only; `None` where the file names none.
    pub reviewers: Option<(u32, u32)>,
    /// Answers of the owner; `None` where the file has no answers.
    pub answers: Option<Answers>,
    /// Sites with reviews of it.
    pub sites: u32,
    /// Ratings here and elsewhere; `None` with fewer than three ratings on either side.
    pub gap: Option<Gap>,
    /// Bursts in order of time; `None` where the file's dates do not allow to look for them.
    pub bursts: Option<Vec<PropertyBurst>>,
    /// Ids of campaigns that hold reviews of it, by falling weight, disclosed affiliations left out.
    pub campaigns: Vec<String>,
    /// Most of its reviews that belong to one campaign.
    pub most_in_one_campaign: u32,
    /// Evidence strength, 0 to 1, see [`Sums::evidence`].
    pub evidence: f64,
    /// What to do.
    pub standing: Standing,
}

/// Fewest reviews that could be judged, below which nothing is said of a property.
const FEWEST_JUDGED: u32 = 5;
/// Fewest suspect reviews, or reviews in one campaign, that make a property worth a look.
const FEWEST_TOGETHER: u32 = 3;
/// Corrected probability under which a property has more suspects than chance explains.
const SIGNIFICANT: f64 = 0.05;
/// Share of genuine reviews that the band `suspect` may hold, and as many reviews with that share as it takes to be
/// moved from it.
const FALSE_ACCUSATIONS: f64 = 0.01;
const PRIOR_REVIEWS: f64 = 100.0;

impl Findings {
    /// Sums by property.
    pub fn sums_of(&self, property: usize) -> &Sums {
        &self.sums[property]
    }

    /// What is found of each property, those worth a look first, then by suspect reviews, then by reviews. `context` is
    /// over the full file.
    pub fn properties(&self, context: &Context) -> Vec<Property> {
        let shrinkage = Shrinkage::of(&self.sums);
        let campaigns = context.campaigns();
        // By property, the campaigns that hold reviews of it, and how many.
        let mut touching: FxHashMap<usize, Vec<(usize, u32)>> = FxHashMap::default();
        let mut bursts: FxHashMap<usize, Vec<PropertyBurst>> = FxHashMap::default();
        for (at, campaign) in campaigns.list.iter().enumerate() {
            if campaign.kind == Kind::DisclosedAffiliation {
                continue;
            }
            let mut members: Vec<usize> = campaign
                .members
                .iter()
                .filter_map(|row| context.property_of(*row as usize))
                .collect();
            members.sort_unstable();
            for of_one in members.chunk_by(|a, b| a == b) {
                touching.entry(of_one[0]).or_default().push((at, of_one.len() as u32));
            }
            members.dedup();
            if let (Kind::Burst, [property]) = (campaign.kind, members.as_slice()) {
                let fact = |name: &str| {
                    let found = campaign.evidence.iter().find(|(known, _)| *known == name);
                    found.map_or_else(String::new, |(_, value)| value.clone())
                };
                bursts.entry(*property).or_default().push(PropertyBurst {
                    campaign: campaign.id.clone(),
                    days: (fact("from"), fact("to")),
                    reviews: campaign.members.len() as u32,
                    strength: campaign.strength,
                });
            }
        }
        let (suspect, judged) = self.sums.iter().fold((0u64, 0u64), |(suspect, judged), sums| {
            (suspect + u64::from(sums.suspect), judged + u64::from(sums.judged))
        });
        let mut found: Vec<Property> = (0..self.sums.len())
            .map(|property| {
                let sums = self.sums[property];
                let elsewhere = (suspect - u64::from(sums.suspect), judged - u64::from(sums.judged));
                let usual =
                    (elsewhere.0 as f64 + FALSE_ACCUSATIONS * PRIOR_REVIEWS) / (elsewhere.1 as f64 + PRIOR_REVIEWS);
                let usual_share = usual.max(FALSE_ACCUSATIONS);
                let chance = ln_binomial_tail(sums.suspect, sums.judged, usual_share).exp();
                let p_value = (chance * self.sums.len() as f64).min(1.0);
                let whole = context.whole_property(property);
                let mut own_bursts = bursts.remove(&property).unwrap_or_default();
                own_bursts.sort_by(|a, b| a.days.cmp(&b.days));
                let campaigns_of = touching.remove(&property).unwrap_or_default();
                let together = campaigns_of.iter().map(|(_, members)| *members).max().unwrap_or(0);
                Property {
                    called: self.called[property].clone(),
                    as_it_stands: shrinkage.as_it_stands(&sums),
                    without_suspects: shrinkage.without_suspects(&sums),
                    usual_share,
                    p_value,
                    reviewers: (whole.reviewers > 0).then_some((whole.reviewers, whole.single_reviewers)),
                    answers: whole.answers,
                    sites: whole.sites,
                    gap: Gap::of(&whole.ratings, &whole.ratings_elsewhere),
                    bursts: campaigns.clock.is_some().then_some(own_bursts),
                    campaigns: campaigns_of
                        .iter()
                        .map(|(at, _)| campaigns.list[*at].id.clone())
                        .collect(),
                    evidence: sums.evidence(),
                    standing: standing(&sums, together, p_value),
                    most_in_one_campaign: together,
                    sums,
                }
            })
            .collect();
        found.sort_by(|a, b| {
            let rank = |property: &Property| (property.standing, std::cmp::Reverse(property.sums.suspect));
            rank(a)
                .cmp(&rank(b))
                .then(b.sums.in_campaigns.cmp(&a.sums.in_campaigns))
                .then(b.sums.reviews.cmp(&a.sums.reviews))
                .then_with(|| a.called.shown().cmp(b.called.shown()))
        });
        found
    }
}

fn standing(sums: &Sums, together: u32, p_value: f64) -> Standing {
    let many_suspects = sums.suspect >= FEWEST_TOGETHER && p_value < SIGNIFICANT;
    if together >= FEWEST_TOGETHER || many_suspects {
        Standing::WorthALook
    } else if sums.judged < FEWEST_JUDGED || sums.evidence() < SUFFICIENT {
        Standing::NotEnoughData
    } else {
        Standing::NothingStandsOut
    }
}

impl Gap {
    fn of(here: &crate::context::Ratings, elsewhere: &crate::context::Ratings) -> Option<Gap> {
        const FEWEST: u32 = 3;
        if here.count < FEWEST || elsewhere.count < FEWEST {
            return None;
        }
        let least = f64::from(here.count.min(elsewhere.count));
        let (here, elsewhere) = (here.mean()?, elsewhere.mean()?);
        Some(Gap {
            here,
            elsewhere,
            gap: (here - elsewhere) * least / (least + 4.0),
        })
    }
}

impl Property {
    /// Stars that the weights add: rating without suspects less the rating as it stands.
    pub fn shift(&self) -> Option<f64> {
        Some(self.without_suspects?.mean - self.as_it_stands?.mean)
    }
}
