//! The table of properties.

use super::{Audit, Html, campaigns, markup, tools};
use crate::explain::Tongue;
use crate::findings::{Estimate, Property, Standing};
use crate::report::{close_table, open_table};

/// Rows in the page.
const ROWS: usize = 1000;
/// Campaigns named in a row.
const CAMPAIGNS: usize = 4;

pub(super) fn section(html: &mut Html, audit: &Audit<'_>) {
    let all = audit.properties;
    markup!(html, "<h2 id='properties'>" {audit.say("Properties", "Établissements")} "</h2>\n<p>");
    if all.is_empty() {
        markup!(html, {audit.say("The files name no properties.", "Les fichiers ne nomment pas d'établissements.")} "</p>\n");
        return;
    }
    markup!(html, {
        audit.say(
        "Ratings are drawn towards the mean of the files, the more the fewer they are, with 95 % intervals; without suspect reviews, each review counts as 1 less its probability. No property gets a grade: the answer is that there is something to look at, that nothing stands out, or that there is not enough data.",
        "Les notes sont ramenées vers la moyenne des fichiers, d'autant plus qu'elles sont peu nombreuses, avec des intervalles à 95 % ; sans les avis suspects, chaque avis compte pour 1 moins sa probabilité. Aucun établissement n'est noté : il y a quelque chose à examiner, rien ne ressort, ou les données ne suffisent pas.",
    )
    });
    if all.len() > ROWS {
        markup!(html, " " {match audit.tongue {
            Tongue::En => format!("The first {ROWS} of {} are shown, those worth a look first; turfwatch properties lists all.", audit.count(all.len() as u64)),
            Tongue::Fr => format!("Les {ROWS} premiers sur {} sont montrés, ceux à examiner d'abord ; turfwatch properties les liste tous.", audit.count(all.len() as u64)),
        }});
    }
    markup!(html, "</p>\n");
    let standings = [
        Standing::WorthALook,
        Standing::NothingStandsOut,
        Standing::NotEnoughData,
    ];
    let groups = standings.map(|standing| (standing.name(), standing.title(audit.tongue)));
    tools(html, audit, "property-rows", &groups, &[]);
    open_table(
        html,
        "property-caption",
        "sortable properties",
        audit.say("Findings by property", "Constats par établissement"),
    );
    markup!(html, "<thead><tr><th scope='col'>" {audit.say("Property and finding", "Établissement et constat")} "</th>");
    let numbers = [
        audit.say("Reviews", "Avis"),
        audit.say("Suspect", "Suspects"),
        audit.say("In campaigns", "En campagnes"),
        audit.say("Stars", "Étoiles"),
        audit.say("Without suspects", "Sans suspects"),
        audit.say("Change", "Écart"),
        audit.say("Bursts", "Afflux"),
        audit.say("Critical answered", "Critiques répondues"),
        audit.say("Gap to other sites", "Écart aux autres sites"),
        audit.say("Evidence", "Éléments"),
    ];
    for head in numbers {
        markup!(html, "<th scope='col' class='number'>" {head} "</th>");
    }
    markup!(html, "</tr></thead>\n<tbody id='property-rows'>\n");
    for property in all.iter().take(ROWS) {
        row(html, audit, property);
    }
    close_table(html);
}

/// A cell that sorts by `value`; `-` and last where there is none.
fn number(html: &mut Html, value: Option<f64>, shown: impl FnOnce(f64) -> String) {
    match value {
        Some(value) => {
            markup!(html, "<td class='number' data-value='" {(value * 1e6).round() / 1e6} "'>" {shown(value)});
        }
        None => {
            markup!(html, "<td class='number' data-value=''>-");
        }
    }
}

fn row(html: &mut Html, audit: &Audit<'_>, property: &Property) {
    let (tongue, sums) = (audit.tongue, &property.sums);
    let whole = |value: f64| audit.count(value as u64);
    let (called, standing) = (&property.called, property.standing);
    markup!(html, "<tr data-group='" {standing.name()} "'><th scope='row' class='sentence' data-value='" {called.shown()});
    markup!(html, "'><bdi>" {called.shown()} "</bdi> <span class='badge " {standing.name()} "'>" {standing.title(tongue)} "</span>");
    let places = [&called.site, &called.place];
    let places: Vec<&str> = places.into_iter().flatten().map(String::as_str).collect();
    if !places.is_empty() {
        markup!(html, "<span class='meaning'><bdi>" {places.join(", ")} "</bdi></span>");
    }
    markup!(html, "<p>" {property.sentence(tongue)});
    for id in property.campaigns.iter().take(CAMPAIGNS) {
        if let Some(anchor) = campaigns::anchor(audit, id) {
            markup!(html, " <a href='#" {anchor} "'><bdi>" {id} "</bdi></a>");
        }
    }
    markup!(html, "</p></th>");
    number(html, Some(f64::from(sums.reviews)), whole);
    markup!(html, "</td>");
    number(html, sums.share_suspect(), |share| tongue.percent(share));
    markup!(html, "<span class='interval'>" {sums.suspect} " / " {sums.judged} "</span></td>");
    number(html, Some(f64::from(sums.in_campaigns)), whole);
    markup!(html, "</td>");
    for estimate in [property.as_it_stands, property.without_suspects] {
        number(html, estimate.map(|estimate| estimate.mean), |mean| {
            tongue.decimal(mean, 2)
        });
        if let Some(Estimate { low, high, .. }) = estimate {
            let (low, high) = (tongue.decimal(low, 2), tongue.decimal(high, 2));
            markup!(html, "<span class='interval'>" {low} " - " {high} "</span>");
        }
        markup!(html, "</td>");
    }
    number(html, property.shift(), |shift| signed(shift, 2, tongue));
    markup!(html, "</td>");
    number(html, property.bursts.as_ref().map(|bursts| bursts.len() as f64), whole);
    markup!(html, "</td>");
    let answers = property.answers.filter(|answers| answers.critical > 0);
    let share = answers.map(|answers| f64::from(answers.critical_answered) / f64::from(answers.critical));
    number(html, share, |share| tongue.percent(share));
    if let Some(answers) = answers {
        markup!(html, "<span class='interval'>" {answers.critical_answered} " / " {answers.critical} "</span>");
    }
    markup!(html, "</td>");
    number(html, property.gap.map(|gap| gap.gap), |gap| signed(gap, 1, tongue));
    markup!(html, "</td>");
    number(html, Some(property.evidence), |evidence| tongue.decimal(evidence, 2));
    markup!(html, "</td></tr>\n");
}

/// A difference with its sign; nothing but 0 where it rounds to it.
fn signed(value: f64, places: usize, tongue: Tongue) -> String {
    let written = tongue.decimal(value.abs(), places);
    let is_zero = written.chars().all(|c| !c.is_ascii_digit() || c == '0');
    match (is_zero, value < 0.0) {
        (true, _) => written,
        (false, true) => format!("\u{2212}{written}"),
        (false, false) => format!("+{written}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_have_a_sign_unless_they_are_nothing() {
        let shown = [0.124, -0.126, -0.004].map(|value| signed(value, 2, Tongue::En));
        assert_eq!(shown, ["+0.12", "\u{2212}0.13", "0.00"]);
    }
}
