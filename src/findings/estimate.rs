//! Ratings with and without what is suspect.
//!
//! Every rating `r` counts with a weight `w = 1 - probability`. The mean is drawn towards the file's own,
//!
//! ```text
//! mean     = (sum w r + k c) / (sum w + k)
//! variance = (s^2 (sum w^2 + k) + sum w (1 - w) (r - mean)^2) / (sum w + k)^2
//! ```
//!
//! where `c` is the file's mean with the same weights, and `k = s^2 / t^2` ratings of it stand for what is known of a
//! property before its first review: the variance of ratings within properties over that between them, by the method of
//! moments (analysis of variance), held to 2 to 50; 10 where it cannot be estimated. `s^2` is the property's own variance,
//! drawn towards the file's as by ten ratings. The second term of the variance is that of not knowing which reviews
//! count, with probabilities taken at their word. With `w = 1` throughout this is the posterior of a normal model
//! (Efron & Morris 1973). The rating as it stands is estimated in the same way with `w = 1`, so that the two differ only by
//! what the weights take away: where every probability is 0, they are the same.

use super::Judged;
use crate::context::Ratings;
use crate::score::Band;

/// Weights and their products with stars, summed in whole millionths (of a rating) and thousandths (of a star).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Moments {
    weight: u64,
    stars: u64,
    squares: u128,
}

const UNIT: f64 = 1e6;

impl Moments {
    fn add(&mut self, weight: u64, milli: u64) {
        self.weight += weight;
        self.stars += weight * milli;
        self.squares += u128::from(weight) * u128::from(milli * milli);
    }

    fn merge(&mut self, other: &Moments) {
        self.weight += other.weight;
        self.stars += other.stars;
        self.squares += other.squares;
    }

    fn weight(&self) -> f64 {
        self.weight as f64 / UNIT
    }

    fn stars(&self) -> f64 {
        self.stars as f64 / UNIT / 1e3
    }

    /// Weighted sum of squared distances from a number of stars.
    fn spread(&self, from: f64) -> f64 {
        let squares = self.squares as f64 / UNIT / 1e6;
        (squares - 2.0 * from * self.stars() + from * from * self.weight()).max(0.0)
    }
}

/// What is summed up of a property, or of a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// Reviews.
    pub reviews: u32,
    /// Reviews whose evidence suffices to say anything.
    pub judged: u32,
    /// Suspect reviews.
    pub suspect: u32,
    /// Reviews worth a look.
    pub look: u32,
    /// Reviews that belong to a campaign.
    pub in_campaigns: u32,
    /// Their ratings, all alike.
    pub ratings: Ratings,
    /// Sum of evidence strengths, in millionths.
    evidence: u64,
    kept: Moments,
    /// Sum of squared weights, in millionths.
    weight_squares: u64,
    /// The same with `w (1 - w)` for weight.
    doubt: Moments,
}

impl Sums {
    /// Adds a review.
    pub fn add(&mut self, judged: &Judged, in_campaign: bool) {
        self.reviews += 1;
        self.judged += u32::from(judged.band != Band::InsufficientEvidence);
        self.suspect += u32::from(judged.band == Band::Suspect);
        self.look += u32::from(judged.band == Band::Review);
        self.in_campaigns += u32::from(in_campaign);
        self.evidence += (judged.evidence * UNIT).round() as u64;
        if let Some(rating) = judged.rating {
            self.ratings.add(rating);
            let milli = (rating * 1000.0).round() as u64;
            let weight = 1.0 - judged.probability;
            self.kept.add((weight * UNIT).round() as u64, milli);
            self.weight_squares += (weight * weight * UNIT).round() as u64;
            self.doubt
                .add((weight * judged.probability * UNIT).round() as u64, milli);
        }
    }

    /// Adds another sum.
    pub fn merge(&mut self, other: &Sums) {
        self.reviews += other.reviews;
        self.judged += other.judged;
        self.suspect += other.suspect;
        self.look += other.look;
        self.in_campaigns += other.in_campaigns;
        self.ratings.merge(&other.ratings);
        self.evidence += other.evidence;
        self.kept.merge(&other.kept);
        self.weight_squares += other.weight_squares;
        self.doubt.merge(&other.doubt);
    }

    /// Strength of the evidence on a property, 0 to 1: `1 - exp(-sum / 8)` over the strengths of its reviews. It grows
    /// with every review, the more the more is known of it; seven reviews of 0.4 reach 0.3.
    pub fn evidence(&self) -> f64 {
        1.0 - (-(self.evidence as f64) / UNIT / 8.0).exp()
    }

    /// Share of suspect reviews among those that could be judged; `None` where there are none.
    pub fn share_suspect(&self) -> Option<f64> {
        (self.judged > 0).then(|| f64::from(self.suspect) / f64::from(self.judged))
    }
}

/// Mean stars with a 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// Mean, 1 to 5.
    pub mean: f64,
    /// Low end, not below 1.
    pub low: f64,
    /// High end, not above 5.
    pub high: f64,
}

/// What the whole file says of ratings: towards what means are drawn, and how strongly.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shrinkage {
    /// Mean of all ratings, weighted.
    pub centre: f64,
    /// Ratings that the centre counts as.
    pub pseudo_ratings: f64,
    /// Variance of ratings within properties.
    pub variance: f64,
}

/// Ratings as which the file's variance counts in that of a property, and one star squared in that of the file.
const VARIANCE_RATINGS: f64 = 10.0;

impl Shrinkage {
    /// Of the sums of all properties. The centre is 3 stars where there is no rating.
    pub fn of(properties: &[Sums]) -> Shrinkage {
        let mut all = Sums::default();
        properties.iter().for_each(|sums| all.merge(sums));
        let rated: Vec<&Ratings> = properties
            .iter()
            .map(|sums| &sums.ratings)
            .filter(|ratings| ratings.count > 0)
            .collect();
        let spread = |ratings: &Ratings| f64::from(ratings.count) * ratings.sd().unwrap_or(0.0).powi(2);
        let (n, groups) = (f64::from(all.ratings.count), rated.len() as f64);
        let within: f64 = rated.iter().map(|ratings| spread(ratings)).sum();
        let between = (spread(&all.ratings) - within).max(0.0);
        let variance = (within + VARIANCE_RATINGS) / (n - groups + VARIANCE_RATINGS);
        let centre = if all.kept.weight > 0 {
            all.kept.stars() / all.kept.weight()
        } else {
            3.0
        };
        let squares: f64 = rated.iter().map(|ratings| f64::from(ratings.count).powi(2)).sum();
        // Fewer properties, or hardly a second rating of any, do not tell what lies between them.
        let pseudo_ratings = if groups >= 5.0 && n - groups >= 10.0 {
            let usual_size = (n - squares / n) / (groups - 1.0);
            let of_means = (between / (groups - 1.0) - variance) / usual_size;
            if of_means > 0.0 {
                (variance / of_means).clamp(2.0, 50.0)
            } else {
                50.0
            }
        } else {
            10.0
        };
        Shrinkage {
            centre,
            pseudo_ratings,
            variance,
        }
    }

    /// The property's variance, drawn towards that of the file.
    fn variance_of(&self, ratings: &Ratings) -> f64 {
        let n = f64::from(ratings.count);
        let spread = n * ratings.sd().unwrap_or(0.0).powi(2);
        (spread + VARIANCE_RATINGS * self.variance) / ((n - 1.0).max(0.0) + VARIANCE_RATINGS)
    }

    /// The rating as it stands, every review counted alike; `None` without ratings.
    pub fn as_it_stands(&self, sums: &Sums) -> Option<Estimate> {
        let k = self.pseudo_ratings;
        let (n, stars) = (f64::from(sums.ratings.count), sums.ratings.sum as f64 / 1e3);
        let mean = (stars + k * self.centre) / (n + k);
        let variance = self.variance_of(&sums.ratings) / (n + k);
        (sums.ratings.count > 0).then(|| estimate(mean, variance))
    }

    /// The rating with every review counted as far as it is not suspect; `None` without ratings.
    pub fn without_suspects(&self, sums: &Sums) -> Option<Estimate> {
        let k = self.pseudo_ratings;
        let total = sums.kept.weight() + k;
        let mean = (sums.kept.stars() + k * self.centre) / total;
        let squares = sums.weight_squares as f64 / UNIT;
        let spread = self.variance_of(&sums.ratings) * (squares + k) + sums.doubt.spread(mean);
        (sums.ratings.count > 0).then(|| estimate(mean, spread / (total * total)))
    }
}

fn estimate(mean: f64, variance: f64) -> Estimate {
    const Z: f64 = 1.959_963_984_540_054;
    let half = Z * variance.max(0.0).sqrt();
    Estimate {
        mean,
        low: (mean - half).clamp(1.0, 5.0),
        high: (mean + half).clamp(1.0, 5.0),
    }
}
