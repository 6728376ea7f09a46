//! [`Field`]: the names by which the rest of the program knows a column.

/// A field of the canonical record, as it may be mapped to one or several columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Field {
    /// The site's id of the review.
    ReviewId,
    /// The site it was posted on.
    Site,
    /// The site's id of the property.
    PropertyId,
    /// The property's name.
    PropertyName,
    /// Brand or chain.
    PropertyBrand,
    /// Town or address of the property; several columns are joined with commas.
    PropertyPlace,
    /// Hotel, restaurant, attraction ...
    PropertyCategory,
    /// The site's id of the reviewer.
    ReviewerId,
    /// The name shown.
    ReviewerName,
    /// Contributions that the site shows for the reviewer.
    ReviewerReviews,
    /// Helpful votes that the site shows for the reviewer.
    ReviewerHelpfulVotes,
    /// When the reviewer joined.
    ReviewerSince,
    /// Where the reviewer says to live; several columns are joined with commas.
    ReviewerPlace,
    /// The rating.
    Rating,
    /// Ratings of aspects: any number of columns.
    SubRating,
    /// The title.
    Title,
    /// The body; several columns (what was liked, what was not) are joined with line breaks.
    Text,
    /// Language as a code or an English name.
    Language,
    /// Date of publication.
    Published,
    /// Day of the month of publication, beside [`Field::PublishedMonth`] and [`Field::PublishedYear`].
    PublishedDay,
    /// Month of publication, a number or a name.
    PublishedMonth,
    /// Year of publication.
    PublishedYear,
    /// Date of the stay or visit.
    Experienced,
    /// Month of the stay or visit.
    ExperiencedMonth,
    /// Year of the stay or visit.
    ExperiencedYear,
    /// Business, couple, family ...
    TripType,
    /// Helpful votes of this review.
    HelpfulVotes,
    /// Whether the site verified the stay.
    Verified,
    /// The owner's answer.
    ResponseText,
    /// When the owner answered.
    ResponseDate,
    /// Files or URLs of photos: any number of columns, each one entry or a list.
    Photos,
    /// Degrees north.
    Latitude,
    /// Degrees east.
    Longitude,
    /// Suspicion, 0 to 1, known from elsewhere.
    Prior,
    /// The same of the reviewer.
    ReviewerPrior,
    /// `raw` or `stemmed`.
    TextForm,
    /// Training only; never part of a [`crate::Review`].
    Label,
}

impl Field {
    /// Every field, in the order in which lists show them.
    pub const ALL: [Field; 37] = {
        use Field::*;
        [
            ReviewId,
            Site,
            PropertyId,
            PropertyName,
            PropertyBrand,
            PropertyPlace,
            PropertyCategory,
            ReviewerId,
            ReviewerName,
            ReviewerReviews,
            ReviewerHelpfulVotes,
            ReviewerSince,
            ReviewerPlace,
            Rating,
            SubRating,
            Title,
            Text,
            Language,
            Published,
            PublishedDay,
            PublishedMonth,
            PublishedYear,
            Experienced,
            ExperiencedMonth,
            ExperiencedYear,
            TripType,
            HelpfulVotes,
            Verified,
            ResponseText,
            ResponseDate,
            Photos,
            Latitude,
            Longitude,
            Prior,
            ReviewerPrior,
            TextForm,
            Label,
        ]
    };

    /// The name used on the command line, in mapping files and in messages.
    pub fn name(self) -> &'static str {
        match self {
            Field::ReviewId => "review_id",
            Field::Site => "site",
            Field::PropertyId => "property_id",
            Field::PropertyName => "property_name",
            Field::PropertyBrand => "property_brand",
            Field::PropertyPlace => "property_place",
            Field::PropertyCategory => "property_category",
            Field::ReviewerId => "reviewer_id",
            Field::ReviewerName => "reviewer_name",
            Field::ReviewerReviews => "reviewer_reviews",
            Field::ReviewerHelpfulVotes => "reviewer_helpful_votes",
            Field::ReviewerSince => "reviewer_since",
            Field::ReviewerPlace => "reviewer_place",
            Field::Rating => "rating",
            Field::SubRating => "sub_rating",
            Field::Title => "title",
            Field::Text => "text",
            Field::Language => "language",
            Field::Published => "published",
            Field::PublishedDay => "published_day",
            Field::PublishedMonth => "published_month",
            Field::PublishedYear => "published_year",
            Field::Experienced => "experienced",
            Field::ExperiencedMonth => "experienced_month",
            Field::ExperiencedYear => "experienced_year",
            Field::TripType => "trip_type",
            Field::HelpfulVotes => "helpful_votes",
            Field::Verified => "verified",
            Field::ResponseText => "response_text",
            Field::ResponseDate => "response_date",
            Field::Photos => "photos",
            Field::Latitude => "latitude",
            Field::Longitude => "longitude",
            Field::Prior => "prior",
            Field::ReviewerPrior => "reviewer_prior",
            Field::TextForm => "text_form",
            Field::Label => "label",
        }
    }

    /// The field of a name as [`Field::name`] gives it.
    pub fn from_name(name: &str) -> Option<Field> {
        Field::ALL.into_iter().find(|field| field.name() == name)
    }

    /// Whether several columns may feed the field.
    pub fn takes_several(self) -> bool {
        matches!(
            self,
            Field::SubRating | Field::Text | Field::Photos | Field::ReviewerPlace | Field::PropertyPlace
        )
    }

    /// Whether its values are calendar dates (composite parts are not).
    pub fn is_date(self) -> bool {
        matches!(
            self,
            Field::Published | Field::Experienced | Field::ReviewerSince | Field::ResponseDate
        )
    }
}

impl std::fmt::Display for Field {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

/// Which columns feed which field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mapping {
    columns: Vec<Vec<usize>>,
}

impl Default for Mapping {
    fn default() -> Mapping {
        Mapping {
            columns: vec![Vec::new(); Field::ALL.len()],
        }
    }
}

impl Mapping {
    /// The first column of a field.
    pub fn get(&self, field: Field) -> Option<usize> {
        self.columns[field as usize].first().copied()
    }

    /// All columns of a field, in the order in which they are joined.
    pub fn all(&self, field: Field) -> &[usize] {
        &self.columns[field as usize]
    }

    /// Whether a field has a column.
    pub fn has(&self, field: Field) -> bool {
        !self.columns[field as usize].is_empty()
    }

    /// Adds a column to a field that takes several, and replaces it otherwise.
    pub fn add(&mut self, field: Field, column: usize) {
        let columns = &mut self.columns[field as usize];
        if !field.takes_several() {
            columns.clear();
        }
        if !columns.contains(&column) {
            columns.push(column);
        }
    }

    /// Takes all columns from a field.
    pub fn clear(&mut self, field: Field) {
        self.columns[field as usize].clear();
    }

    /// The fields that a column feeds.
    pub fn fields_of(&self, column: usize) -> impl Iterator<Item = Field> + '_ {
        Field::ALL
            .into_iter()
            .filter(move |field| self.columns[*field as usize].contains(&column))
    }

    /// Every field that has a column, with its columns.
    pub fn iter(&self) -> impl Iterator<Item = (Field, &[usize])> {
        Field::ALL
            .into_iter()
            .map(|field| (field, self.all(field)))
            .filter(|(_, columns)| !columns.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_read_back() {
        for (i, field) in Field::ALL.into_iter().enumerate() {
            assert_eq!(field as usize, i, "ALL is in the order of the enum");
            assert_eq!(Field::from_name(field.name()), Some(field));
        }
    }

    #[test]
    fn single_fields_keep_the_last_column_and_joined_fields_all() {
        let mut mapping = Mapping::default();
        mapping.add(Field::Rating, 1);
        mapping.add(Field::Rating, 2);
        mapping.add(Field::Text, 3);
        mapping.add(Field::Text, 4);
        mapping.add(Field::Text, 4);
        assert_eq!(mapping.all(Field::Rating), [2]);
        assert_eq!(mapping.all(Field::Text), [3, 4]);
        assert_eq!(mapping.fields_of(4).collect::<Vec<_>>(), [Field::Text]);
    }
}
