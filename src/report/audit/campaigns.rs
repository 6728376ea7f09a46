//! Campaigns as cards.

use super::{Audit, Html, Member, cut, graph, markup, stars};
use crate::campaigns::{Campaign, Named, fact_title};
use crate::explain::Tongue;
use crate::report::{close_table, open_table};

/// Cards in the page, and members in a card.
pub(super) const CARDS: usize = 60;
const MEMBERS: usize = 40;

pub(super) fn section(html: &mut Html, audit: &Audit<'_>) {
    markup!(html, "<h2 id='campaigns'>" {audit.say("Campaigns", "Campagnes")} "</h2>\n<p>");
    let all = &audit.campaigns.list;
    if all.is_empty() {
        markup!(html, {audit.say(
            "No campaigns were found: no near-duplicate texts, template phrases, bursts, groups, insiders or attacks beyond what chance explains.",
            "Aucune campagne trouvée : ni textes presque identiques, ni tournures répétées, ni afflux, ni groupes, ni initiés, ni attaques au-delà du hasard.",
        )} "</p>\n");
    } else {
        markup!(html, {
            audit.say(
            "What spans several reviews and is unlikely to be chance. Each comes with innocent explanations that the file does not rule out.",
            "Ce qui relie plusieurs avis et n'est sans doute pas un hasard. Chaque constat est suivi des explications innocentes que le fichier n'exclut pas.",
        )
        });
        if all.len() > CARDS {
            markup!(html, " " {match audit.tongue {
                Tongue::En => format!("The {CARDS} strongest of {} are shown; turfwatch campaigns lists all.", all.len()),
                Tongue::Fr => format!("Les {CARDS} plus fortes sur {} sont montrées ; turfwatch campaigns les liste toutes.", all.len()),
            }});
        }
        markup!(html, "</p>\n");
    }
    if audit.campaigns.clock.is_none() {
        markup!(html, "<p class='note'>" {audit.say(
            "Bursts are not testable: the files give neither days nor months of publication, or the site rounded them.",
            "Les afflux ne sont pas testables : les fichiers ne donnent ni jour ni mois de publication, ou le site les a arrondis.",
        )} "</p>\n");
    }
    for (at, campaign) in all.iter().take(CARDS).enumerate() {
        card(html, audit, at, campaign);
    }
}

/// The card's id in the page, for links.
pub(super) fn anchor(audit: &Audit<'_>, id: &str) -> Option<String> {
    let at = audit
        .campaigns
        .list
        .iter()
        .take(CARDS)
        .position(|campaign| campaign.id == id)?;
    Some(format!("campaign-{at}"))
}

fn card(html: &mut Html, audit: &Audit<'_>, at: usize, campaign: &Campaign) {
    let tongue = audit.tongue;
    let named = |row: u32| {
        let review = audit.members.get(&row).map(|member| &member.review);
        Named {
            property: review.and_then(|review| review.property_name.clone().or_else(|| review.property_id.clone())),
            brand: review.and_then(|review| review.property_brand.clone()),
        }
    };
    let sentence = campaign.sentence(tongue, &named);
    markup!(html, "<section class='card' id='campaign-" {at} "'><h3><span class='badge suspect'>" {campaign.kind.title(tongue)});
    markup!(html, "</span><bdi>" {&campaign.id} "</bdi></h3>\n<div class='split'><div><p>" {sentence} ".</p>\n");
    markup!(html, "<p class='facts'>" {audit.say("Weight", "Poids")} " " {tongue.decimal(campaign.weight(), 1)});
    markup!(html, " · " {audit.say("strength", "force")} " " {tongue.decimal(campaign.strength, 1)});
    markup!(html, {
        audit.say(
            ": by chance with a probability of at most ",
            " : par hasard avec une probabilité d'au plus ",
        )
    });
    markup!(html, {probability(campaign, tongue)} ", " {audit.say("corrected for", "corrigée pour")} " ");
    markup!(html, {audit.count(campaign.looked_at.max(1.0) as u64)} " " {audit.say("things looked at", "cas examinés")} ".</p>\n");
    if !campaign.also.is_empty() {
        let also: Vec<&str> = campaign.also.iter().map(|kind| kind.title(tongue)).collect();
        markup!(html, "<p class='facts'>" {audit.say("Found as well as", "Trouvé aussi comme")} " " {also.join(", ")} ".</p>\n");
    }
    markup!(html, "<ul class='facts'>");
    for (name, value) in &campaign.evidence {
        let value = if value.parse::<f64>().is_ok() {
            tongue.pick(value.clone(), value.replace('.', ","))
        } else {
            value.clone()
        };
        markup!(html, "<li>" {fact_title(name, tongue)} {audit.say(": ", " : ")} {value} "</li>");
    }
    markup!(html, "</ul>\n");
    if !campaign.doubts.is_empty() {
        markup!(html, "<p>" {audit.say("Not ruled out:", "Non exclu :")} "</p><ul>");
        for doubt in &campaign.doubts {
            markup!(html, "<li>" {doubt.sentence(tongue)} "</li>");
        }
        markup!(html, "</ul>\n");
    }
    markup!(html, "</div><div>\n");
    let members: Vec<&Member> = campaign
        .members
        .iter()
        .filter_map(|row| audit.members.get(row))
        .collect();
    if let Some(drawing) = graph::draw(&format!("graph-{at}"), &members, tongue) {
        html.append(&drawing);
    }
    markup!(html, "</div></div>\n");
    list(html, audit, at, campaign, &members);
    markup!(html, "<details><summary>" {audit.say("How the strength was computed", "Comment la force est calculée")} "</summary><p>");
    markup!(html, {campaign.kind.method_in(tongue)} ".</p></details></section>\n");
}

/// The bound on the probability; as a power of ten where it is too small for a number.
fn probability(campaign: &Campaign, tongue: Tongue) -> String {
    if campaign.strength < 4.0 {
        let written = format!("{:.1e}", campaign.p_value());
        tongue.pick(written.clone(), written.replace('.', ","))
    } else {
        format!("1e-{:.0}", campaign.strength.floor())
    }
}

fn list(html: &mut Html, audit: &Audit<'_>, at: usize, campaign: &Campaign, members: &[&Member]) {
    markup!(html, "<details><summary>" {audit.say("Reviews", "Avis")} " (" {campaign.members.len()} ")</summary>\n");
    let caption = match (members.len() > MEMBERS, audit.tongue) {
        (true, Tongue::En) => format!("The first {MEMBERS} of {} reviews", members.len()),
        (true, Tongue::Fr) => format!("Les {MEMBERS} premiers avis sur {}", members.len()),
        (false, Tongue::En) => "Reviews of the campaign".to_owned(),
        (false, Tongue::Fr) => "Avis de la campagne".to_owned(),
    };
    open_table(html, &format!("members-{at}"), "", &caption);
    let heads = [
        audit.say("Review", "Avis"),
        audit.say("Published", "Publié"),
        audit.say("Stars", "Étoiles"),
        audit.say("Property", "Établissement"),
        audit.say("Reviewer", "Auteur"),
        audit.say("Text", "Texte"),
    ];
    markup!(html, "<thead><tr>");
    for head in heads {
        markup!(html, "<th scope='col'>" {head} "</th>");
    }
    markup!(html, "</tr></thead><tbody>\n");
    for member in members.iter().take(MEMBERS) {
        let review = &member.review;
        markup!(html, "<tr><th scope='row'><bdi>" {member.id(audit.tongue)} "</bdi></th><td class='nowrap'>");
        markup!(html, {review.published.map_or_else(|| "-".to_owned(), |date| date.to_string())} "</td><td class='number'>");
        markup!(html, {review.rating.map_or_else(|| "-".to_owned(), |rating| stars(rating, audit.tongue))} "</td><td><bdi>");
        markup!(html, {member.property().unwrap_or("-")} "</bdi></td><td><bdi>" {member.reviewer().unwrap_or("-")} "</bdi></td><td class='sentence'><bdi>");
        markup!(html, {cut(review.text.as_deref().or(review.title.as_deref()).unwrap_or("-"), 160)} "</bdi></td></tr>\n");
    }
    close_table(html);
    markup!(html, "</details>\n");
}
