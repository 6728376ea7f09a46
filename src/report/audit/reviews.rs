//! The reviews with the highest probabilities, with reasons and highlighted evidence.

use super::{Audit, Html, Member, band_title, campaigns, markup, stars, tools};
use crate::explain::{Tongue, marked, phrase, quote, sentence};
use crate::report::{close_table, open_table};
use crate::score::{Band, Origin, Passage, Reason, Score};

/// Characters of a text that are shown.
const LONGEST: usize = 3000;
/// Reasons in a card.
const REASONS: usize = 12;

pub(super) fn section(html: &mut Html, audit: &Audit<'_>) {
    markup!(html, "<h2 id='reviews'>" {audit.say("Reviews", "Avis")} "</h2>\n<p>");
    let (shown, all) = (audit.worst.len() as u64, audit.findings.scored());
    markup!(html, {
        match (shown < all, audit.tongue) {
            (true, Tongue::En) => format!(
                "The {} reviews with the highest probability of {}; turfwatch score gives all.",
                audit.count(shown),
                audit.count(all)
            ),
            (true, Tongue::Fr) => format!(
                "Les {} avis de plus forte probabilité sur {} ; turfwatch score les donne tous.",
                audit.count(shown),
                audit.count(all)
            ),
            (false, Tongue::En) => format!(
                "All {} reviews, those with the highest probability first.",
                audit.count(shown)
            ),
            (false, Tongue::Fr) => format!(
                "Les {} avis, en commençant par ceux de plus forte probabilité.",
                audit.count(shown)
            ),
        }
    });
    markup!(html, " " {audit.say("In the texts,", "Dans les textes,")} " <mark class='towards'>" {audit.say("this speaks for astroturfing", "ceci parle pour l'astroturfing")});
    markup!(html, "</mark> " {audit.say("and", "et")} " <mark class='against'>" {audit.say("this against it", "ceci parle contre")} "</mark>.</p>\n");
    let bands = Band::ALL.map(|band| (band.name(), band_title(band, audit.tongue)));
    let orders = [
        (
            "probability down",
            audit.say("highest probability", "plus forte probabilité"),
        ),
        ("evidence down", audit.say("most evidence", "le plus d'éléments")),
        ("day down", audit.say("newest", "les plus récents")),
        ("day up", audit.say("oldest", "les plus anciens")),
        ("stars up", audit.say("fewest stars", "moins d'étoiles")),
        ("stars down", audit.say("most stars", "plus d'étoiles")),
    ];
    tools(html, audit, "review-list", &bands, &orders);
    markup!(html, "<div id='review-list'>\n");
    for (row, member, score) in audit.worst {
        card(html, audit, *row, member, score);
    }
    markup!(html, "</div>\n");
}

fn card(html: &mut Html, audit: &Audit<'_>, row: usize, member: &Member, score: &Score) {
    let (tongue, review) = (audit.tongue, &member.review);
    markup!(html, "<article class='card review' id='review-" {row} "' data-group='" {score.band.name()});
    markup!(html, "' data-probability='" {score.milli_logit} "' data-evidence='" {tongue_free(score.evidence)} "' data-day='");
    if let Some(date) = review.published {
        markup!(html, { date.day });
    }
    markup!(html, "' data-stars='");
    if let Some(rating) = review.rating {
        markup!(html, { rating });
    }
    markup!(html, "'><h3><span class='badge " {score.band.name()} "'>" {band_title(score.band, tongue)} "</span><bdi>");
    markup!(html, {member.property().unwrap_or(audit.say("no property named", "établissement non nommé"))} "</bdi></h3>\n<p class='facts'>");
    let mut facts = vec![
        format!(
            "{} {}",
            audit.say("probability", "probabilité"),
            tongue.decimal(score.probability(), 3)
        ),
        format!(
            "{} {}",
            audit.say("evidence", "éléments"),
            tongue.decimal(score.evidence, 2)
        ),
    ];
    facts.extend(review.rating.map(|rating| {
        let noun = if rating == 1.0 {
            audit.say("star", "étoile")
        } else {
            audit.say("stars", "étoiles")
        };
        format!("{} {noun}", stars(rating, tongue))
    }));
    facts.extend(review.published.map(|date| date.to_string()));
    facts.push(format!("{} {}", audit.say("review", "avis"), member.id(tongue)));
    facts.extend(
        member
            .reviewer()
            .map(|reviewer| format!("{} {reviewer}", audit.say("reviewer", "auteur"))),
    );
    if audit.sources.len() > 1
        && let Some(source) = audit.sources.get(member.file)
    {
        facts.push(source.name().to_string());
    }
    for (at, fact) in facts.iter().enumerate() {
        markup!(html, {if at > 0 { " · " } else { "" }} "<bdi>" {fact} "</bdi>");
    }
    let campaign = audit
        .campaigns
        .of_row(row as u32)
        .and_then(|view| view.campaign.as_ref());
    if let Some((id, kind)) = campaign
        && let Some(anchor) = campaigns::anchor(audit, id)
    {
        markup!(html, " · <a href='#" {anchor} "'>" {kind.title(tongue)} "</a>");
    }
    markup!(html, "</p>\n<p>" {sentence(score, review, tongue)} "</p>\n");
    if review.title.is_some() || review.text.is_some() {
        markup!(html, "<blockquote dir='auto'>");
        if let Some(title) = &review.title {
            markup!(html, "<strong>");
            passage(html, title, Passage::Title, score);
            markup!(html, "</strong>\n");
        }
        if let Some(text) = &review.text {
            passage(html, text, Passage::Text, score);
        }
        markup!(html, "</blockquote>\n");
    }
    reasons(html, audit, row, member, score);
    markup!(html, "</article>\n");
}

/// A number for the script.
fn tongue_free(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}

/// The text with its evidence marked.
fn passage(html: &mut Html, text: &str, passage: Passage, score: &Score) {
    let mut left = LONGEST;
    for (stretch, side) in marked(text, passage, score) {
        if left == 0 {
            markup!(html, "…");
            break;
        }
        let end = stretch.char_indices().nth(left).map_or(stretch.len(), |(at, _)| at);
        left -= stretch[..end].chars().count();
        match side {
            0 => markup!(html, { &stretch[..end] }),
            1 => markup!(html, "<mark class='towards'>" {&stretch[..end]} "</mark>"),
            _ => markup!(html, "<mark class='against'>" {&stretch[..end]} "</mark>"),
        }
        if end < stretch.len() {
            left = 0;
        }
    }
}

fn reasons(html: &mut Html, audit: &Audit<'_>, row: usize, member: &Member, score: &Score) {
    let tongue = audit.tongue;
    let (shown, rest) = score.reasons.split_at(score.reasons.len().min(REASONS));
    markup!(html, "<details><summary>" {audit.say("Reasons", "Raisons")} " (" {score.reasons.len()} ")</summary>\n");
    let caption = audit.say(
        "What moves the score, in log-odds; it adds up",
        "Ce qui fait le score, en log-cotes ; tout s'additionne",
    );
    open_table(html, &format!("reasons-{row}"), "", caption);
    let heads = [
        audit.say("Reason", "Raison"),
        audit.say("What it says", "Ce qu'elle dit"),
    ];
    markup!(html, "<thead><tr><th scope='col'>" {heads[0]} "</th><th scope='col' class='number'>" {audit.say("Adds", "Ajoute")});
    markup!(html, "</th><th scope='col'>" {heads[1]} "</th></tr></thead><tbody>\n");
    let mut line = |code: &str, milli: i64, says: &str| {
        let sign = if milli < 0 { "\u{2212}" } else { "+" };
        let adds = format!("{sign}{}", tongue.decimal(milli.abs() as f64 / 1000.0, 3));
        markup!(html, "<tr><th scope='row'>" {code} "</th><td class='number'>" {adds} "</td><td class='sentence'><bdi>" {says} "</bdi></td></tr>\n");
    };
    line(
        "BASE",
        score.milli_base,
        audit.say("if nothing were observed", "si rien n'était observé"),
    );
    for reason in shown {
        line(&reason.code, reason.milli_logit, &says(reason, member, tongue));
    }
    if !rest.is_empty() {
        let sum = rest.iter().map(|reason| reason.milli_logit).sum();
        let others = tongue.counted(
            rest.len() as u64,
            ["weaker reason", "weaker reasons together"],
            ["raison plus faible", "raisons plus faibles ensemble"],
        );
        line("…", sum, &others);
    }
    line(
        audit.say("sum", "somme"),
        score.milli_logit,
        audit.say("log-odds of the probability", "log-cote de la probabilité"),
    );
    close_table(html);
    markup!(html, "</details>\n");
}

/// A reason with its quotes and facts. The names of facts are English: in French the quotes alone are shown.
fn says(reason: &Reason, member: &Member, tongue: Tongue) -> String {
    let mut parts: Vec<String> = Vec::new();
    for span in &reason.evidence.spans {
        let quoted = quote(&member.review, span).map(|words| tongue.pick(format!("“{words}”"), format!("« {words} »")));
        parts.extend(quoted.filter(|quoted| !parts.contains(quoted)));
        if parts.len() == 4 {
            break;
        }
    }
    if tongue == Tongue::En {
        parts.extend(
            reason
                .evidence
                .facts
                .iter()
                .map(|(name, value)| format!("{name}: {value}")),
        );
    }
    let by_hand = match reason.origin {
        Origin::Prior => tongue.pick(" [weight set by hand]", " [poids fixé à la main]"),
        Origin::Learnt => "",
    };
    let evidence = if parts.is_empty() {
        String::new()
    } else {
        format!(" ({})", parts.join(", "))
    };
    format!("{}{evidence}{by_hand}", phrase(reason, tongue))
}
