//! The histogram of scores and the timeline.

use super::{Audit, Html, band_title, markup};
use crate::campaigns::Kind;
use crate::findings::{BINS, Month};
use crate::report::charts::{Key, figure};
use crate::report::svg::{Axis, Chart, number};
use crate::report::{close_table, open_table};
use crate::score::Band;
use std::collections::BTreeMap;

pub(super) fn section(html: &mut Html, audit: &Audit<'_>) {
    markup!(html, "<h2 id='scores'>" {audit.say("Scores and time", "Scores et temps")} "</h2>\n<div class='charts'>\n");
    histogram(html, audit);
    timeline(html, audit);
    markup!(html, "</div>\n");
}

/// Where a count stands on a scale of powers of ten that has a place for 0.
fn height(count: u64) -> f64 {
    (1.0 + count as f64).log10()
}

fn histogram(html: &mut Html, audit: &Audit<'_>) {
    let bins = &audit.findings.histogram;
    let most = bins.iter().copied().max().unwrap_or(0);
    let powers = (0..).map(|power| 10u64.pow(power)).take_while(|tick| *tick <= most);
    let mut ticks: Vec<(f64, String)> = vec![(0.0, "0".to_owned())];
    ticks.extend(powers.map(|tick| (height(tick), number(tick as f64))));
    let title = audit.say("Reviews by probability", "Avis par probabilité");
    let percent = Axis::up_to(audit.say("probability, %", "probabilité, %"), 100.0);
    let reviews = Axis::labelled(audit.say("reviews", "avis"), height(most).max(0.5), ticks);
    let half: u64 = bins[BINS / 2..].iter().sum();
    let description = format!(
        "{}{}{} / {}.",
        audit.say("Probability of 50 % or more", "Probabilité de 50 % ou plus"),
        audit.say(": ", " : "),
        audit.count(half),
        audit
            .tongue
            .counted(audit.findings.scored(), ["review", "reviews"], ["avis", "avis"])
    );
    let mut chart = Chart::new("histogram", title, &description, percent, reviews);
    let width = 100.0 / BINS as f64;
    let range = |bin: usize| format!("{:.0} - {:.0} %", bin as f64 * width, (bin + 1) as f64 * width);
    for (bin, count) in bins.iter().enumerate() {
        let left = bin as f64 * width;
        let note = format!("{}: {}", range(bin), audit.count(*count));
        chart.bar("bar-genuine", left + 0.4..left + width - 0.4, height(*count), &note);
    }
    let help = audit.say(
        "How probable it is that a review is part of astroturfing, at the stated prevalence. The height is on a scale of powers of ten, so that few reviews can be seen beside many.",
        "Probabilité qu'un avis relève de l'astroturfing, à la prévalence indiquée. La hauteur suit une échelle de puissances de dix, pour que quelques avis restent visibles à côté de milliers.",
    );
    figure(
        html,
        title,
        help,
        &chart.finish(),
        &[(Key::Bar("bar-genuine"), audit.say("reviews", "avis"))],
    );
    numbers(
        html,
        audit,
        "histogram-numbers",
        audit.say("Probability", "Probabilité"),
    );
    markup!(html, "<th scope='col' class='number'>" {audit.say("Reviews", "Avis")} "</th></tr></thead><tbody>\n");
    for (bin, count) in bins.iter().enumerate() {
        markup!(html, "<tr><th scope='row' class='nowrap'>" {range(bin)} "</th><td class='number'>" {audit.count(*count)} "</td></tr>\n");
    }
    close_table(html);
    markup!(html, "</details></figure>\n");
}

/// Begins a closed table of a chart's numbers.
fn numbers(html: &mut Html, audit: &Audit<'_>, id: &'static str, first: &str) {
    markup!(html, "<details><summary>" {audit.say("Numbers", "Chiffres")} "</summary>\n");
    open_table(html, id, "", audit.say("The same as numbers", "Les mêmes en chiffres"));
    markup!(html, "<thead><tr><th scope='col'>" {first} "</th>");
}

/// Months in a bar: one, three or twelve, so that there are at most sixty bars or so.
fn step(months: i32) -> i32 {
    match months {
        ..=60 => 1,
        61..=180 => 3,
        _ => 12,
    }
}

fn name(month: i32, step: i32) -> String {
    let (year, of_year) = (month.div_euclid(12), month.rem_euclid(12));
    match step {
        1 => format!("{year:04}-{:02}", of_year + 1),
        3 => format!("{year:04} Q{}", of_year / 3 + 1),
        _ => format!("{year:04}"),
    }
}

fn timeline(html: &mut Html, audit: &Audit<'_>) {
    let months = &audit.findings.months;
    let title = audit.say("Reviews over time", "Avis au fil du temps");
    let (Some(first), Some(last)) = (months.keys().next().copied(), months.keys().next_back().copied()) else {
        let nothing = Axis::unit(audit.say("time", "temps"));
        let mut chart = Chart::new(
            "timeline",
            title,
            audit.say("No dates.", "Pas de dates."),
            nothing.clone(),
            nothing,
        );
        chart.say(audit.say(
            "the files have no dates to show",
            "les fichiers n'ont pas de dates à montrer",
        ));
        figure(html, title, "", &chart.finish(), &[]);
        markup!(html, "</figure>\n");
        return;
    };
    let step = step(last - first + 1);
    let mut bars: BTreeMap<i32, Month> = BTreeMap::new();
    for (month, counts) in months {
        let bar = bars.entry(month.div_euclid(step)).or_default();
        bar.reviews += counts.reviews;
        bar.review += counts.review;
        bar.suspect += counts.suspect;
    }
    let (first, last) = (first.div_euclid(step), last.div_euclid(step));
    let across = f64::from(last - first + 1);
    let most = bars.values().map(|bar| bar.reviews).max().unwrap_or(0);
    // Ticks where years begin, as many as have room.
    let per_year = 12 / step;
    let years = (f64::from(last - first + 1) / f64::from(per_year)).ceil() as i32;
    let every = (years / 6).max(0) + 1;
    let ticks = (first..=last)
        .filter(|bar| bar.rem_euclid(per_year) == 0 && bar.div_euclid(per_year).rem_euclid(every) == 0)
        .map(|bar| (f64::from(bar - first), format!("{:04}", bar.div_euclid(per_year))))
        .collect();
    let unit = match step {
        1 => audit.say("month", "mois"),
        3 => audit.say("quarter", "trimestre"),
        _ => audit.say("year", "année"),
    };
    let x = Axis::labelled(unit, across, ticks);
    let y = Axis::up_to(audit.say("reviews", "avis"), most as f64 * 1.05);
    let bursts: Vec<&crate::campaigns::Campaign> = audit
        .campaigns
        .list
        .iter()
        .filter(|campaign| campaign.kind == Kind::Burst)
        .collect();
    let description = match audit.tongue {
        crate::explain::Tongue::En => format!(
            "{} to {}, {} bursts.",
            name(first * step, step),
            name(last * step, step),
            bursts.len()
        ),
        crate::explain::Tongue::Fr => format!(
            "De {} à {}, {} afflux.",
            name(first * step, step),
            name(last * step, step),
            bursts.len()
        ),
    };
    let mut chart = Chart::new("timeline", title, &description, x, y);
    for (bar, counts) in &bars {
        let left = f64::from(bar - first);
        let (from, to) = (left + 0.08, left + 0.92);
        let suspect = audit.say("suspect", "suspects");
        let look = band_title(Band::Review, audit.tongue);
        let note = format!(
            "{}: {} ({} {suspect}, {} {look})",
            name(bar * step, step),
            audit.count(counts.reviews),
            counts.suspect,
            counts.review
        );
        chart.bar("bar-genuine", from..to, counts.reviews as f64, &note);
        chart.bar("bar-fake", from..to, counts.suspect as f64, &note);
    }
    for burst in &bursts {
        let fact = |name: &str| {
            burst
                .evidence
                .iter()
                .find(|(known, _)| *known == name)
                .map(|(_, value)| value.as_str())
        };
        let (Some(from), Some(to)) = (fact("from"), fact("to")) else {
            continue;
        };
        let Some(month) = month_of(from) else { continue };
        let bar = month.div_euclid(step);
        let height = bars.get(&bar).map_or(0, |counts| counts.reviews) as f64;
        let note = format!(
            "{from} - {to}: {} {}",
            burst.members.len(),
            audit.say("reviews in a burst", "avis en un afflux")
        );
        chart.mark("burst", (f64::from(bar - first) + 0.5, height), 4.0, &note);
    }
    let help = match (audit.campaigns.clock.is_some(), audit.findings.undated) {
        (false, _) => audit.say(
            "By date of publication. Bursts cannot be looked for: the dates are not known to the month.",
            "Par date de publication. Les afflux ne peuvent pas être recherchés : les dates ne sont pas connues au mois près.",
        ),
        (true, _) => audit.say(
            "By date of publication. A circle marks a burst: more reviews of one property within days than its own rate explains.",
            "Par date de publication. Un cercle marque un afflux : plus d'avis sur un établissement en quelques jours que son rythme ne l'explique.",
        ),
    };
    let legend = [
        (Key::Bar("bar-genuine"), audit.say("all reviews", "tous les avis")),
        (Key::Bar("bar-fake"), audit.say("suspect", "suspects")),
        (Key::Dot("burst"), audit.say("a burst", "un afflux")),
    ];
    figure(html, title, help, &chart.finish(), &legend);
    if audit.findings.undated > 0 {
        markup!(html, "<p class='note'>" {audit.count(audit.findings.undated)} " ");
        markup!(html, {audit.say("reviews without a month are not drawn", "avis sans mois ne sont pas dessinés")} ".</p>\n");
    }
    numbers(html, audit, "timeline-numbers", unit);
    for head in [
        audit.say("Reviews", "Avis"),
        audit.say("Suspect", "Suspects"),
        audit.say("Worth a look", "À examiner"),
    ] {
        markup!(html, "<th scope='col' class='number'>" {head} "</th>");
    }
    markup!(html, "</tr></thead><tbody>\n");
    for (bar, counts) in &bars {
        markup!(html, "<tr><th scope='row' class='nowrap'>" {name(bar * step, step)} "</th>");
        for count in [counts.reviews, counts.suspect, counts.review] {
            markup!(html, "<td class='number'>" {audit.count(count)} "</td>");
        }
        markup!(html, "</tr>\n");
    }
    close_table(html);
    markup!(html, "</details></figure>\n");
}

/// The month of a day as `2024-03-05`.
fn month_of(day: &str) -> Option<i32> {
    let (year, rest) = day.split_once('-')?;
    let month: i32 = rest.split('-').next()?.parse().ok()?;
    Some(year.parse::<i32>().ok()? * 12 + month - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_are_named_by_their_months() {
        assert_eq!(month_of("2024-03-05"), Some(2024 * 12 + 2));
        assert_eq!(name(2024 * 12 + 2, 1), "2024-03");
        assert_eq!(name(2024 * 12 + 2, 3), "2024 Q1");
        assert_eq!(name(2024 * 12 + 2, 12), "2024");
        assert_eq!([1, 60, 61, 180, 181, 900].map(step), [1, 1, 3, 3, 12, 12]);
    }
}
