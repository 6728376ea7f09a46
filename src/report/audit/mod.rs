//! The page of `turfwatch report`: what was found in review files, for people to read, print and send.
//!
//! Everything stands in the page as text and drawings. The script sorts and filters what is there, so that without it all
//! can be read, and no data is ever in it.

mod campaigns;
mod graph;
mod properties;
mod quality;
mod reviews;
mod scores;
#[cfg(test)]
mod tests;

use super::{Html, document, markup};
use crate::campaigns::Campaigns;
use crate::explain::Tongue;
use crate::findings::{Findings, Property, Standing};
use crate::io::Source;
use crate::normalize::Warnings;
use crate::review::Review;
use crate::score::{Band, Score};
use rustc_hash::FxHashMap;

/// A review that the page names.
#[derive(Clone, Debug)]
pub struct Member {
    /// Index of its file.
    pub file: usize,
    /// Number of its record there.
    pub record: u64,
    /// The review.
    pub review: Review,
}

impl Member {
    /// The review's id, else its record.
    fn id(&self, tongue: Tongue) -> String {
        let record = || format!("{} {}", tongue.pick("record", "enregistrement"), self.record);
        self.review.id.clone().unwrap_or_else(record)
    }

    /// The reviewer's id, else the name.
    fn reviewer(&self) -> Option<&str> {
        self.review
            .reviewer_id
            .as_deref()
            .or(self.review.reviewer_name.as_deref())
    }

    /// The property's name, else its id.
    fn property(&self) -> Option<&str> {
        self.review
            .property_name
            .as_deref()
            .or(self.review.property_id.as_deref())
    }
}

/// The model, as the page shows it.
#[derive(Clone, Debug)]
pub struct ModelShown {
    /// Name and digest.
    pub id: String,
    /// A line that every run with it shows.
    pub notice: Option<String>,
    /// Share of fakes that probabilities assume.
    pub prevalence: f64,
    /// The card, as text.
    pub card: String,
}

/// All that the page shows.
pub struct Audit<'a> {
    /// Language of the page.
    pub tongue: Tongue,
    /// The files.
    pub sources: &'a [Source],
    /// The model.
    pub model: ModelShown,
    /// Counts of the whole.
    pub findings: &'a Findings,
    /// Findings by property, in the order of the page.
    pub properties: &'a [Property],
    /// Campaigns, by falling weight.
    pub campaigns: &'a Campaigns,
    /// The reviews of campaigns, by row.
    pub members: &'a FxHashMap<u32, Member>,
    /// The reviews with the highest probabilities, the worst first: row, review, and score with evidence.
    pub worst: &'a [(usize, Member, Score)],
    /// Records rejected, and the first of them in words.
    pub rejected: u64,
    /// The first rejected records.
    pub rejects: &'a [String],
    /// Values that became missing.
    pub warnings: &'a Warnings,
}

const SCRIPT: &str = include_str!("../audit.js");

impl Audit<'_> {
    /// The page.
    pub fn page(&self) -> String {
        let mut html = Html::default();
        self.heading(&mut html);
        self.summary(&mut html);
        scores::section(&mut html, self);
        campaigns::section(&mut html, self);
        properties::section(&mut html, self);
        reviews::section(&mut html, self);
        quality::method(&mut html, self);
        quality::data(&mut html, self);
        let title = format!(
            "{} - Turfwatch",
            self.tongue.pick("Review report", "Rapport sur les avis")
        );
        document(&title, self.tongue, Some(SCRIPT), &html).into_string()
    }

    fn say(&self, english: &'static str, french: &'static str) -> &'static str {
        self.tongue.pick(english, french)
    }

    fn count(&self, number: u64) -> String {
        self.tongue.count(number)
    }

    fn heading(&self, html: &mut Html) {
        markup!(html, "<header class='top'><h1>" {self.say("Review report", "Rapport sur les avis")} "</h1>");
        markup!(html, "<button type='button' id='theme' hidden>" {self.say("Light or dark", "Clair ou sombre")} "</button></header>\n");
        markup!(html, "<dl><dt>" {self.say("Files", "Fichiers")} "</dt>");
        for source in self.sources {
            markup!(html, "<dd><bdi>" {source.name()} "</bdi></dd>");
        }
        markup!(html, "<dt>" {self.say("Model", "Modèle")} "</dt><dd><bdi>" {&self.model.id} "</bdi></dd></dl>\n");
        markup!(html, "<nav aria-label='" {self.say("Sections", "Sections")} "'><ul>");
        let sections = [
            ("scores", self.say("Scores and time", "Scores et temps")),
            ("campaigns", self.say("Campaigns", "Campagnes")),
            ("properties", self.say("Properties", "Établissements")),
            ("reviews", self.say("Reviews", "Avis")),
            ("method", self.say("Method", "Méthode")),
            ("data", self.say("Data quality", "Qualité des données")),
        ];
        for (id, name) in sections {
            markup!(html, "<li><a href='#" {id} "'>" {name} "</a></li>");
        }
        markup!(html, "</ul></nav>\n");
    }

    fn summary(&self, html: &mut Html) {
        let findings = self.findings;
        let scored = findings.scored();
        markup!(html, "<ul class='tiles'>");
        let mut tile = |number: u64, of: Option<u64>, name: &str, alert: bool| {
            markup!(html, "<li class='" {if alert && number > 0 { "alert" } else { "calm" }} "'><strong>" {self.count(number)} "</strong>" {name});
            if let Some(of) = of.filter(|of| *of > 0) {
                markup!(html, " <span class='facts'>" {self.tongue.percent(number as f64 / of as f64)} "</span>");
            }
            markup!(html, "</li>");
        };
        tile(scored, None, self.say("reviews scored", "avis évalués"), false);
        for band in Band::ALL {
            tile(
                findings.in_band(band),
                Some(scored),
                band_title(band, self.tongue),
                band == Band::Suspect,
            );
        }
        tile(
            self.campaigns.list.len() as u64,
            None,
            self.say("campaigns", "campagnes"),
            true,
        );
        let look = self
            .properties
            .iter()
            .filter(|property| property.standing == Standing::WorthALook)
            .count();
        tile(
            look as u64,
            Some(self.properties.len() as u64),
            self.say("properties worth a look", "établissements à examiner"),
            true,
        );
        tile(
            self.rejected,
            None,
            self.say("records rejected", "enregistrements rejetés"),
            true,
        );
        markup!(html, "</ul>\n<p class='note'>");
        markup!(html, {
            self.say(
            "This page holds evidence to look at, never proof. Read the reviews before you act, and let their authors answer.",
            "Cette page réunit des indices à examiner, jamais des preuves. Lisez les avis avant d'agir, et laissez leurs auteurs répondre.",
        )
        });
        markup!(html, "</p>\n");
    }
}

/// Stars as a number, without a fraction where there is none.
fn stars(stars: f64, tongue: Tongue) -> String {
    tongue.decimal(stars, if stars.fract() == 0.0 { 0 } else { 1 })
}

/// A band in words.
fn band_title(band: Band, tongue: Tongue) -> &'static str {
    match band {
        Band::Suspect => tongue.pick("suspect", "suspect"),
        Band::Review => tongue.pick("worth a look", "à examiner"),
        Band::Clear => tongue.pick("clear", "sans relief"),
        Band::InsufficientEvidence => tongue.pick("too little known", "trop peu d'éléments"),
    }
}

/// Search, choice of group and order above a list; shown by the script, which needs them. Groups and orders are pairs of
/// value and name.
fn tools(html: &mut Html, audit: &Audit<'_>, list: &'static str, groups: &[(&str, &str)], orders: &[(&str, &str)]) {
    markup!(html, "<div class='tools' data-of='" {list} "' hidden><label>" {audit.say("Search", "Chercher")});
    markup!(html, "<input type='search' name='text' autocomplete='off'/></label><label>" {audit.say("Show", "Montrer")});
    markup!(html, "<select name='group'><option value=''>" {audit.say("all", "tous")} "</option>");
    for (value, name) in groups {
        markup!(html, "<option value='" {value} "'>" {name} "</option>");
    }
    markup!(html, "</select></label>");
    if !orders.is_empty() {
        markup!(html, "<label>" {audit.say("Order", "Ordre")} "<select name='order'>");
        for (value, name) in orders {
            markup!(html, "<option value='" {value} "'>" {name} "</option>");
        }
        markup!(html, "</select></label>");
    }
    markup!(html, "<output></output></div>\n");
}

/// At most so many characters, on one line.
fn cut(text: &str, most: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(most) {
        Some((at, _)) => format!("{}…", line[..at].trim_end()),
        None => line,
    }
}
