//! The members of a campaign as a drawing: reviewers on the left, properties on the right, a line for each review.

use super::{Html, Member, cut, markup};
use crate::explain::Tongue;

/// Width of the drawing in its own units; about as wide as on a phone, so that its text is as large as it is set.
const WIDTH: f64 = 360.0;
const LEFT: f64 = 118.0;
const RIGHT: f64 = 222.0;
const PITCH: f64 = 17.0;
/// Most that are drawn on either side: more lines than that cannot be told apart.
const MOST: [usize; 2] = [24, 16];

/// Things in order of how many lines they have, the most first; equal ones as they came.
fn ranked<'m>(all: impl Iterator<Item = &'m str>) -> Vec<&'m str> {
    let mut counted: Vec<(&str, usize)> = Vec::new();
    for one in all {
        match counted.iter_mut().find(|(known, _)| *known == one) {
            Some((_, count)) => *count += 1,
            None => counted.push((one, 1)),
        }
    }
    counted.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counted.into_iter().map(|(one, _)| one).collect()
}

/// Draws the members, `None` where no review names both its reviewer and its property. `id` has to be unique in the page.
pub(super) fn draw(id: &str, members: &[&Member], tongue: Tongue) -> Option<Html> {
    let lines: Vec<(&str, &str, Option<f64>)> = members
        .iter()
        .filter_map(|member| Some((member.reviewer()?, member.property()?, member.review.rating)))
        .collect();
    let mut sides = [
        ranked(lines.iter().map(|line| line.0)),
        ranked(lines.iter().map(|line| line.1)),
    ];
    if lines.is_empty() {
        return None;
    }
    let all = [sides[0].len(), sides[1].len()];
    for (side, most) in sides.iter_mut().zip(MOST) {
        side.truncate(most);
    }
    let rows = sides[0].len().max(sides[1].len()) as f64;
    let height = rows * PITCH + 12.0;
    // The shorter side is spread over the height of the longer one.
    let place = |side: usize, at: usize| 6.0 + (at as f64 + 0.5) * rows * PITCH / sides[side].len() as f64;
    let title = tongue.pick("Who reviewed what", "Qui a évalué quoi");
    let description = format!(
        "{} {}, {} {}, {}.",
        tongue.counted(all[0] as u64, ["reviewer", "reviewers"], ["auteur", "auteurs"]),
        tongue.pick("on the left", "à gauche"),
        tongue.counted(
            all[1] as u64,
            ["property", "properties"],
            ["établissement", "établissements"]
        ),
        tongue.pick("on the right", "à droite"),
        tongue.counted(lines.len() as u64, ["review", "reviews"], ["avis", "avis"]),
    );
    let mut html = Html::default();
    markup!(html, "<svg viewBox='0 0 " {WIDTH} " " {round(height)} "' role='img' aria-labelledby='" {id} "-title " {id} "-desc'>");
    markup!(html, "<title id='" {id} "-title'>" {title} "</title><desc id='" {id} "-desc'>" {description} "</desc>\n");
    for (reviewer, property, stars) in &lines {
        let at = |side: usize, name: &str| sides[side].iter().position(|known| *known == name);
        let (Some(from), Some(to)) = (at(0, reviewer), at(1, property)) else {
            continue;
        };
        let class = match stars {
            Some(stars) if *stars >= 3.99 => "edge-praise",
            Some(stars) if *stars <= 2.51 => "edge-low",
            _ => "edge",
        };
        markup!(html, "<line class='" {class} "' x1='" {LEFT + 4.0} "' y1='" {round(place(0, from))});
        markup!(html, "' x2='" {RIGHT - 5.0} "' y2='" {round(place(1, to))} "'/>");
    }
    for (at, reviewer) in sides[0].iter().enumerate() {
        let y = place(0, at);
        markup!(html, "<circle class='reviewer' cx='" {LEFT} "' cy='" {round(y)} "' r='4'/><text x='" {LEFT - 8.0});
        markup!(html, "' y='" {round(y + 4.0)} "' text-anchor='end'>" {cut(reviewer, 12)} "<title>" {reviewer} "</title></text>");
    }
    for (at, property) in sides[1].iter().enumerate() {
        let y = place(1, at);
        markup!(html, "<rect class='property' x='" {RIGHT - 5.0} "' y='" {round(y - 5.0)} "' width='10' height='10'/><text x='");
        markup!(html, {RIGHT + 9.0} "' y='" {round(y + 4.0)} "'>" {cut(property, 18)} "<title>" {property} "</title></text>");
    }
    markup!(html, "</svg>\n");
    let nouns = [
        (["reviewer", "reviewers"], ["auteur", "auteurs"]),
        (["property", "properties"], ["établissement", "établissements"]),
    ];
    let left_out: Vec<String> = (0..2)
        .filter(|side| all[*side] > MOST[*side])
        .map(|side| tongue.counted((all[side] - MOST[side]) as u64, nouns[side].0, nouns[side].1))
        .collect();
    markup!(html, "<p class='facts'>");
    markup!(html, {
        tongue.pick(
        "Left reviewers, right properties; blue: four stars or more, dashed orange: two and a half or fewer.",
        "À gauche les auteurs, à droite les établissements ; en bleu quatre étoiles ou plus, en orange tireté deux et demie ou moins.",
    )
    });
    if !left_out.is_empty() {
        markup!(html, " " {tongue.pick("Not drawn: ", "Non dessinés : ")} {left_out.join(", ")} ".");
    }
    markup!(html, "</p>\n");
    Some(html)
}

fn round(at: f64) -> f64 {
    (at * 10.0).round() / 10.0
}
