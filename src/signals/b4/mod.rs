//! Machine-written text: stylometry.
//!
//! Which way a style points differs between corpora (Li et al. 2014), so the weights by hand are small; what is learnt
//! from labels replaces them. What depends on how texts were collected (kinds of apostrophes and quotes) is not used.

pub mod comma_rate;
pub mod contraction_rate;
pub mod first_person_plural;
pub mod first_person_singular;
pub mod first_vs_second;
pub mod function_word_share;
pub mod lack_of_specifics;
pub mod length;
pub mod list_like;
pub mod long_words;
pub mod machine_phrases;
pub mod mean_sentence_length;
pub mod mean_word_length;
pub mod objective_share;
pub mod parentheses;
pub mod punctuation_variety;
pub mod quotation_marks;
pub mod second_person;
pub mod sentence_length_variation;
pub mod subjective_share;
pub mod third_person;
pub mod type_token;
pub mod uppercase_letters;

use crate::text::{Analysis, Kind};

/// Words and numbers of every sentence.
pub(crate) fn sentence_lengths(text: &Analysis<'_>) -> Vec<f64> {
    let words = |sentence: &std::ops::Range<u32>| {
        let tokens = &text.tokens.list[sentence.start as usize..sentence.end as usize];
        tokens
            .iter()
            .filter(|token| matches!(token.kind, Kind::Word | Kind::Number))
            .count() as f64
    };
    text.sentences.iter().map(words).collect()
}
