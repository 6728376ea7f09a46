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
        let fact = |name: &str| self.fact(name).unwrap_or("?");
        // What is said holds of its own members, not of those that were united with them.
        let own = |names: &[&str], all: u32| {
            let known = names.iter().find_map(|name| self.count(name));
            known.map_or(u64::from(all), |count| count as u64)
        };
        let p = own(&["properties", "properties in common"], self.properties);
        let reviews = tongue.counted(self.own_reviews() as u64, ["review", "reviews"], ["avis", "avis"]);
        let reviewers = tongue.counted(
            own(&["reviewers"], self.reviewers),
            ["reviewer", "reviewers"],
            ["auteur", "auteurs"],
        );
        let properties = tongue.counted(p, ["property", "properties"], ["établissement", "établissements"]);
        match (self.kind, english) {
            (Kind::NearDuplicates, english) => {
                let of = match (p, english) {
                    (..=1, true) => format!("of {}", property(self.subject)),
                    (..=1, false) => format!("sur {}", property(self.subject)),
                    (_, true) => format!("of {properties}"),
                    (_, false) => format!("sur {properties}"),
                };
                match (fact("texts that return").parse::<u32>().unwrap_or(1), english) {
                    (..=1, true) => format!("{reviews} by {reviewers} {of} have nearly the same words"),
                    (..=1, false) => format!("{reviews} de {reviewers} {of} se répètent presque mot pour mot"),
                    (texts, true) => {
                        format!("{reviews} by {reviewers} {of}, in which {texts} texts return nearly word for word")
                    }
                    (texts, false) => {
                        format!("{reviews} de {reviewers} {of}, où {texts} textes reviennent presque mot pour mot")
                    }
                }
            }
            (Kind::TemplatePhrases, true) => format!(
                "{reviews} by {reviewers} of {} share a wording that neither the language nor the topic explains: \"{}\"",
                favourite(),
                fact("phrase")
            ),
            (Kind::TemplatePhrases, false) => format!(
                "{reviews} de {reviewers} sur {} partagent une tournure que ni la langue ni le sujet n'expliquent : « {} »",
                favourite(),
                fact("phrase")
            ),
            (Kind::Burst, true) => {
                let what = match self.counted {
                    Counted::All => "",
                    Counted::Praise => " with four stars or more",
                    Counted::Complaints => " with two and a half stars or fewer",
                };
                let (from, to, usual) = (fact("from"), fact("to"), fact("expected reviews"));
                format!(
                    "{reviews} of {}{what} from {from} to {to}, where {usual} were to be expected",
                    property(self.subject)
                )
            }
            (Kind::Burst, false) => {
                let what = match self.counted {
                    Counted::All => "",
                    Counted::Praise => " de quatre étoiles ou plus",
                    Counted::Complaints => " de deux étoiles et demie ou moins",
                };
                let (from, to, usual) = (fact("from"), fact("to"), fact("expected reviews").replace('.', ","));
                format!(
                    "{reviews}{what} sur {} du {from} au {to}, là où l'on en attendait {usual}",
                    property(self.subject)
                )
            }
            (Kind::Group, true) => {
                format!("{reviewers} wrote on the same {properties} close in time and with like ratings ({reviews})")
            }
            (Kind::Group, false) => format!(
                "{reviewers} ont écrit sur les mêmes {properties}, à peu de jours d'écart et avec des notes semblables ({reviews})"
            ),
            (Kind::Insider, true) => format!(
                "{reviewers} praised {} and ran down its rivals ({reviews})",
                favourite()
            ),
            (Kind::Insider, false) => format!(
                "éloges de {} et notes basses pour ses concurrents, par {reviewers} ({reviews})",
                favourite()
            ),
            (Kind::DisclosedAffiliation, true) => {
                format!(
                    "{reviewers} praised {} and rated its rivals low, saying for whom they speak ({reviews})",
                    favourite()
                )
            }
            (Kind::DisclosedAffiliation, false) => {
                format!(
                    "éloges de {} et notes basses pour ses concurrents, par {reviewers} en disant pour qui ({reviews})",
                    favourite()
                )
            }
            (Kind::CrossSite, english) => {
                let (from, to, subject) = (fact("from"), fact("to"), property(self.subject));
                match (self.counted == Counted::Praise, english) {
                    (true, true) => {
                        format!("{reviews} praise {subject} on one site from {from} to {to}, and not on others")
                    }
                    (false, true) => {
                        format!("{reviews} run down {subject} on one site from {from} to {to}, and not on others")
                    }
                    (true, false) => {
                        format!(
                            "{reviews} élogieux sur {subject} sur un seul site du {from} au {to}, pas sur les autres"
                        )
                    }
                    (false, false) => {
                        format!(
                            "{reviews} négatifs sur {subject} sur un seul site du {from} au {to}, pas sur les autres"
                        )
                    }
                }
            }
            (Kind::CompetitorAttack, true) => {
                format!(
                    "low ratings of {} come from accounts that praise {} ({reviews} by {reviewers})",
                    property(self.subject),
                    property(self.rival)
                )
            }
            (Kind::CompetitorAttack, false) => format!(
                "de mauvaises notes sur {} viennent de comptes qui louent {} ({reviews} de {reviewers})",
                property(self.subject),
                property(self.rival)
            ),
        }
    }
}

impl Kind {
    /// What it is called.
    pub fn title(self, tongue: Tongue) -> &'static str {
        match self {
            Kind::NearDuplicates => tongue.pick("near-duplicate texts", "textes presque identiques"),
            Kind::TemplatePhrases => tongue.pick("template phrases", "tournures répétées"),
            Kind::Burst => tongue.pick("burst", "afflux d'avis"),
            Kind::Group => tongue.pick("group of reviewers", "groupe d'auteurs"),
            Kind::Insider => tongue.pick("insider", "parti pris d'initié"),
            Kind::DisclosedAffiliation => tongue.pick("disclosed affiliation", "affiliation déclarée"),
            Kind::CompetitorAttack => tongue.pick("competitor attack", "attaque d'un concurrent"),
            Kind::CrossSite => tongue.pick("on one site only", "sur un seul site"),
        }
    }

    /// How the strength of a finding of this kind was computed, in words.
    pub fn method_in(self, tongue: Tongue) -> &'static str {
        let french = match self {
            Kind::NearDuplicates => {
                "probabilité que les triplets de mots communs coïncident par hasard (une chance sur quatre chacun), fois le nombre de textes que chaque lien aurait pu rencontrer"
            }
            Kind::TemplatePhrases => {
                "la plus grande de la queue d'une loi de Poisson face à la fréquence ailleurs d'une suite de six mots et de la queue binomiale de cette suite parmi les avis de l'établissement qui ont ses deux mots les plus rares, face à sa part ailleurs, fois le nombre de suites examinées dans tous les établissements et toutes les marques"
            }
            Kind::Burst => {
                "queue d'une loi binomiale négative face au rythme propre de l'établissement sur les six mois de part et d'autre, élargie par la dispersion des semaines du fichier et relevée par le rythme des autres établissements et des autres années, combinée par la méthode de Fisher aux queues binomiales des auteurs d'un seul avis et des notes extrêmes, fois le nombre de fenêtres examinées"
            }
            Kind::Group => {
                "produit, le long d'un arbre couvrant, des probabilités que deux auteurs se croisent autant de fois, fois le nombre de groupes de cette taille possibles"
            }
            Kind::Insider | Kind::DisclosedAffiliation => {
                "le plus grand de l'inverse du rapport de vraisemblance face aux notes habituelles des établissements et de la probabilité exacte de l'ordre de ses notes, fois le nombre d'auteurs et de favoris examinés"
            }
            Kind::CompetitorAttack => {
                "la plus grande de la queue d'une loi de Poisson pour les comptes présents des deux côtés et de la queue binomiale parmi ceux qui ont noté les deux, combinée par la méthode de Fisher à la queue binomiale de leur proximité dans le temps là où elle en dit plus, fois le nombre de paires d'établissements examinées"
            }
            Kind::CrossSite => {
                "queues binomiales de la part de ces avis dans ceux du site, de la part du site dans ces avis de l'établissement et des auteurs d'un seul avis, face aux autres périodes et sites, combinées par la méthode de Fisher, fois le nombre de fenêtres examinées"
            }
        };
        tongue.pick(self.method(), french)
    }
}

/// The name of a piece of evidence of a campaign. Names are English and stable; what is not known stays as it is.
pub fn fact_title(name: &'static str, tongue: Tongue) -> &'static str {
    let french = match name {
        "from" => "du",
        "to" => "au",
        "expected reviews" => "avis attendus",
        "mean stars inside" => "étoiles en moyenne pendant l'afflux",
        "mean stars outside" => "étoiles en moyenne en dehors",
        "share of one-review authors inside" => "part d'auteurs d'un seul avis pendant l'afflux",
        "the same outside" => "la même part en dehors",
        "share of accounts that show three reviews or fewer inside" => {
            "part de comptes qui affichent trois avis ou moins pendant l'afflux"
        }
        "share of accounts that show three reviews or fewer outside" => {
            "part de comptes qui affichent trois avis ou moins en dehors"
        }
        "accounts that took both sides" => "comptes présents des deux côtés",
        "expected" => "attendus",
        "low ratings in the attack" => "mauvaises notes de l'attaque",
        "of these with a small praise" => "dont avec un petit éloge",
        "reviews taken in from other findings" => "avis repris d'autres constats",
        "near-duplicates among them" => "dont presque identiques",
        "phrase" => "tournure",
        "reviewers who use six words of it" => "auteurs qui en emploient six mots",
        "reviews elsewhere that were compared" => "avis d'ailleurs comparés",
        "those with the two rarest of the words" => "dont avec les deux mots les plus rares",
        "those with all six" => "dont avec les six",
        "texts that return" => "textes qui reviennent",
        "like reviews of the same weeks" => "avis semblables des mêmes semaines",
        "reviewers" => "auteurs",
        "properties" => "établissements",
        "occasion named" => "occasion citée",
        "reviews that name it" => "avis qui la citent",
        "difference of stars" => "écart d'étoiles",
        "95 % interval of the difference" => "intervalle à 95 % de l'écart",
        "sites" => "sites",
        "properties in common" => "établissements en commun",
        "share of all pairs of member and property that were reviewed" => {
            "part des paires auteur-établissement qui ont un avis"
        }
        "reviews in praise of the favourite" => "avis élogieux sur le favori",
        "reviews that run down its rivals" => "avis qui dénigrent ses concurrents",
        "reviews that disclose an affiliation" => "avis qui déclarent une affiliation",
        other => other,
    };
    tongue.pick(name, french)
}

impl Doubt {
    /// The explanation in words.
    pub fn sentence(self, tongue: Tongue) -> &'static str {
        let (english, french) = match self {
            Doubt::NamedOccasion => (
                "the reviews name an occasion that brings many guests at once",
                "les avis nomment une occasion qui amène beaucoup de clients à la fois",
            ),
            Doubt::Disclosed => (
                "some of the reviewers say for whom they speak, which is no deception",
                "certains auteurs disent pour qui ils parlent, ce qui n'est pas tromper",
            ),
            Doubt::OtherPublic => (
                "every site has readers of its own, and an owner may ask for reviews on one",
                "chaque site a son public, et un gérant peut solliciter des avis sur un seul",
            ),
            Doubt::OthersToo => (
                "other properties had more reviews in these days too, as in a season or at an event",
                "d'autres établissements ont eu plus d'avis ces jours-là, comme en saison ou lors d'un événement",
            ),
            Doubt::EventOrDrive => (
                "ratings and reviewers are the usual ones: an event, or an owner who asked genuine guests for reviews, would look the same and cannot be told apart",
                "les notes et les auteurs sont ceux d'habitude : un événement, ou un gérant qui sollicite de vrais clients, donnerait la même image et ne s'en distingue pas",
            ),
            Doubt::Drive => (
                "an owner who asked genuine guests for reviews would bring praise by new reviewers too; the file cannot tell the two apart",
                "un gérant qui sollicite de vrais clients amènerait aussi des éloges de nouveaux auteurs ; le fichier ne permet pas de les distinguer",
            ),
            Doubt::Incident => (
                "something that went wrong in these days would bring complaints by many; the file cannot tell the two apart",
                "un incident survenu ces jours-là amènerait de nombreuses plaintes ; le fichier ne permet pas de les distinguer",
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
            Doubt::Quoted => (
                "guests may quote what all of them read: a slogan, a menu, a sign or an address",
                "les clients peuvent citer ce que tous ont lu : un slogan, une carte, un panneau ou une adresse",
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
