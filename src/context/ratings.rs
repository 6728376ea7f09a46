//! [`Ratings`], a mergeable summary of star ratings.

/// Star ratings, summed in whole thousandths so that any order gives the same bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ratings {
    /// How many.
    pub count: u32,
    /// Sum, in thousandths of a star.
    pub sum: u64,
    /// Sum of squares, in millionths.
    pub sum_of_squares: u64,
    /// By whole star, rounded half up: 1 to 5.
    pub stars: [u32; 5],
}

impl Ratings {
    /// Counts one rating on the scale 1 to 5.
    pub fn add(&mut self, rating: f64) {
        self.change(rating, 1);
    }

    /// Takes back one rating that was counted before.
    pub fn remove(&mut self, rating: f64) {
        self.change(rating, -1);
    }

    fn change(&mut self, rating: f64, by: i64) {
        let milli = (rating * 1000.0).round() as u64;
        let star = (rating.round().clamp(1.0, 5.0) as usize) - 1;
        self.count = self.count.wrapping_add_signed(by as i32);
        self.sum = self.sum.wrapping_add_signed(by * milli as i64);
        self.sum_of_squares = self.sum_of_squares.wrapping_add_signed(by * (milli * milli) as i64);
        self.stars[star] = self.stars[star].wrapping_add_signed(by as i32);
    }

    /// Adds another summary.
    pub fn merge(&mut self, other: &Ratings) {
        self.count += other.count;
        self.sum += other.sum;
        self.sum_of_squares += other.sum_of_squares;
        for (mine, theirs) in self.stars.iter_mut().zip(other.stars) {
            *mine += theirs;
        }
    }

    /// Takes away a summary that was merged before.
    pub fn subtract(&mut self, other: &Ratings) {
        self.count -= other.count;
        self.sum -= other.sum;
        self.sum_of_squares -= other.sum_of_squares;
        for (mine, theirs) in self.stars.iter_mut().zip(other.stars) {
            *mine -= theirs;
        }
    }

    /// Mean, stars.
    pub fn mean(&self) -> Option<f64> {
        (self.count > 0).then(|| self.sum as f64 / 1000.0 / f64::from(self.count))
    }

    /// Population standard deviation, stars.
    pub fn sd(&self) -> Option<f64> {
        let mean = self.mean()?;
        Some(
            (self.sum_of_squares as f64 / 1e6 / f64::from(self.count) - mean * mean)
                .max(0.0)
                .sqrt(),
        )
    }

    /// Mean drawn towards `centre` as if `weight` more ratings stood there.
    pub fn shrunk_mean(&self, centre: f64, weight: f64) -> f64 {
        (self.sum as f64 / 1000.0 + centre * weight) / (f64::from(self.count) + weight)
    }

    /// Share of ratings of the given whole stars.
    pub fn share(&self, stars: std::ops::RangeInclusive<usize>) -> Option<f64> {
        let counted: u32 = stars.map(|star| self.stars[star - 1]).sum();
        (self.count > 0).then(|| f64::from(counted) / f64::from(self.count))
    }

    /// Shannon entropy of the whole stars, nats (ERD).
    pub fn entropy(&self) -> Option<f64> {
        let total = f64::from(self.count);
        (self.count > 0).then(|| {
            let shares = self
                .stars
                .iter()
                .filter(|count| **count > 0)
                .map(|count| f64::from(*count) / total);
            0.0 - shares.map(|share| share * share.ln()).sum::<f64>()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn summary_of_known_ratings() {
        let mut ratings = Ratings::default();
        assert_eq!((ratings.mean(), ratings.sd(), ratings.entropy()), (None, None, None));
        for rating in [1.0, 5.0, 5.0, 5.0] {
            ratings.add(rating);
        }
        assert_eq!(ratings.mean(), Some(4.0));
        assert_eq!(ratings.sd(), Some(3f64.sqrt()));
        assert_eq!(ratings.share(4..=5), Some(0.75));
        assert!((ratings.entropy().expect("has ratings") - 0.5623).abs() < 1e-4);
        assert_eq!(ratings.shrunk_mean(3.0, 4.0), 3.5);
        ratings.remove(1.0);
        assert_eq!((ratings.count, ratings.mean(), ratings.sd()), (3, Some(5.0), Some(0.0)));
    }

    proptest::proptest! {
        #[test]
        fn merging_is_associative_and_order_free(values in proptest::collection::vec(1.0f64..=5.0, 0..40), cut in 0usize..40) {
            let cut = cut.min(values.len());
            let of = |part: &[f64]| { let mut ratings = Ratings::default(); part.iter().for_each(|v| ratings.add(*v)); ratings };
            let mut backwards = of(&values[cut..]);
            backwards.merge(&of(&values[..cut]));
            proptest::prop_assert_eq!(of(&values), backwards);
        }
    }
}
