//! Findings in words, English and French. They speak of evidence, never of guilt.

use super::{Campaign, Counted, Doubt, Kind};
use crate::explain::Tongue;

/// What a reader calls the things of a row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Named {
    /// The property's name, else its id.
    pub property: Option<String>,
    /// The brand.
    pub brand: Option<String>,
}

impl Campaign {
    /// One sentence. `named` tells what things are called.
    pub fn sentence(&self, tongue: Tongue, named: &dyn Fn(u32) -> Named) -> String {
        let english = tongue == Tongue::En;
        let unnamed = || if english { "one property" } else { "un établissement" }.to_owned();
        let property = |row: Option<u32>| row.and_then(|row| named(row).property).unwrap_or_else(unnamed);
        let favourite = || match self.subject.map(named) {
            Some(Named { brand: Some(brand), .. }) if self.by_brand => brand,
            _ => property(self.subject),
        };
        let fact = |name: &str| {
            self.evidence
                .iter()
                .find(|(known, _)| *known == name)
                .map_or("?", |(_, value)| value.as_str())
        };
        let n = self.members.len();
        let r = self.reviewers;
        let p = self.properties;
        match (self.kind, english) {
            (Kind::NearDuplicates, true) => {
                format!("{n} reviews by {r} reviewers of {p} properties have nearly the same words")
            }
            (Kind::NearDuplicates, false) => {
                format!("{n} avis de {r} auteurs sur {p} établissements reprennent presque les mêmes mots")
            }
            (Kind::Burst, true) => {
                let what = match self.counted {
                    Counted::All => "reviews",
                    Counted::Praise => "reviews of four stars or more",
                    Counted::Complaints => "reviews of two and a half stars or fewer",
                };
                let (from, to, usual) = (fact("from"), fact("to"), fact("expected reviews"));
                format!(
                    "{n} {what} of {} from {from} to {to}, where {usual} were to be expected",
                    property(self.subject)
                )
            }
            (Kind::Burst, false) => {
                let what = match self.counted {
                    Counted::All => "avis",
                    Counted::Praise => "avis de quatre étoiles ou plus",
                    Counted::Complaints => "avis de deux étoiles et demie ou moins",
                };
                let (from, to, usual) = (fact("from"), fact("to"), fact("expected reviews").replace('.', ","));
                format!(
                    "{n} {what} sur {} du {from} au {to}, là où l'on en attendait {usual}",
                    property(self.subject)
                )
            }
            (Kind::Group, true) => format!(
                "{r} reviewers wrote on the same {p} properties close in time and with like ratings ({n} reviews)"
            ),
            (Kind::Group, false) => format!(
                "{r} auteurs ont écrit sur les mêmes {p} établissements, à peu de jours d'écart et avec des notes semblables ({n} avis)"
            ),
            (Kind::Insider, true) => format!(
                "{r} reviewer(s) praise {} and run down its rivals ({n} reviews)",
                favourite()
            ),
            (Kind::Insider, false) => format!(
                "{r} auteur(s) louent {} et dénigrent ses concurrents ({n} avis)",
                favourite()
            ),
            (Kind::DisclosedAffiliation, true) => {
                format!(
                    "{r} reviewer(s) praise {} and rate its rivals low, and say for whom they speak ({n} reviews)",
                    favourite()
                )
            }
            (Kind::DisclosedAffiliation, false) => {
                format!(
                    "{r} auteur(s) louent {} et notent bas ses concurrents, en disant pour qui ils parlent ({n} avis)",
                    favourite()
                )
            }
            (Kind::CompetitorAttack, true) => {
                format!(
                    "low ratings of {} come from accounts that praise {} ({n} reviews by {r} reviewers)",
                    property(self.subject),
                    property(self.rival)
                )
            }
            (Kind::CompetitorAttack, false) => format!(
                "de mauvaises notes sur {} viennent de comptes qui louent {} ({n} avis de {r} auteurs)",
                property(self.subject),
                property(self.rival)
            ),
        }
    }
}

impl Doubt {
    /// The explanation in words.
    pub fn sentence(self, tongue: Tongue) -> &'static str {
        let (english, french) = match self {
            Doubt::OthersToo => (
                "other properties had more reviews in these days too, as in a season or at an event",
                "d'autres établissements ont eu plus d'avis ces jours-là, comme en saison ou lors d'un événement",
            ),
            Doubt::EventOrDrive => (
                "ratings and reviewers are the usual ones: an event, or an owner who asked genuine guests for reviews, would look the same and cannot be told apart",
                "les notes et les auteurs sont ceux d'habitude : un événement, ou un gérant qui sollicite de vrais clients, donnerait la même image et ne s'en distingue pas",
            ),
            Doubt::Drive => (
                "an owner who asked genuine guests for reviews would bring praise by new reviewers too",
                "un gérant qui sollicite de vrais clients amènerait aussi des éloges de nouveaux auteurs",
            ),
            Doubt::Incident => (
                "something that went wrong in these days would bring complaints by many",
                "un incident survenu ces jours-là amènerait de nombreuses plaintes",
            ),
            Doubt::Household => (
                "people who travel or eat together write on the same places in the same days",
                "des proches qui voyagent ou dînent ensemble écrivent sur les mêmes lieux les mêmes jours",
            ),
            Doubt::Party => (
                "a tour party, a class or a club that was out together",
                "un voyage organisé, une classe ou un club sorti ensemble",
            ),
            Doubt::SameAuthorElsewhere => (
                "one author may post his text on several sites",
                "un même auteur peut publier son texte sur plusieurs sites",
            ),
            Doubt::StockText => (
                "a reviewer who uses one text for many places",
                "un auteur qui réutilise un texte pour plusieurs lieux",
            ),
            Doubt::SecondAccount => (
                "the same person may have written twice, from a second account",
                "la même personne a pu écrire deux fois, d'un second compte",
            ),
            Doubt::LoyalGuest => (
                "a loyal guest of one brand who was disappointed by others",
                "un client fidèle à une marque et déçu par les autres",
            ),
            Doubt::Regular => (
                "a regular of one house who was disappointed elsewhere",
                "un habitué d'une maison, déçu ailleurs",
            ),
            Doubt::PlacesUnknown => (
                "the file names no places, so that all other properties were taken for rivals",
                "le fichier ne nomme pas de lieux : tous les autres établissements ont été pris pour des concurrents",
            ),
            Doubt::SameNeighbourhood => (
                "people of one neighbourhood know both houses, and may prefer one",
                "les gens d'un quartier connaissent les deux maisons et peuvent en préférer une",
            ),
        };
        if tongue == Tongue::En { english } else { french }
    }
}
