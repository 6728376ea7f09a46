//! Four charts of scores and labels: reliability diagram, precision-recall curve, ROC curve, histogram by class.
//!
//! The curves are those that the measures are taken from: their areas are AUC and average precision, and the mean distance
//! of the bins from the diagonal is the calibration error.

use super::svg::{Axis, Chart};
use super::{Html, close_table, count, decimal, markup, open_table, value_cell};
use serde_json::Value;

/// Bins of the reliability diagram, those of the calibration error.
const CALIBRATION_BINS: usize = 10;
/// Bins of the histogram.
const HISTOGRAM_BINS: usize = 20;
/// False positive rates that the ROC curve marks, those of recall at a false positive rate.
const MARKED_FPR: [f64; 2] = [0.01, 0.05];

/// The four charts of rows of (probability of fake, is fake), as a section of a page. The measures are for the texts that
/// stand for the charts where they are not seen.
pub fn of_scores(html: &mut Html, metrics: &Value, rows: &[(f64, bool)]) {
    let steps = &steps(rows);
    markup!(html, "<h2 id='charts'>Charts</h2>\n");
    let drawn: usize = steps.iter().map(|step| step.genuine + step.fakes).sum();
    if drawn < rows.len() {
        let left_out = count((rows.len() - drawn) as u64);
        markup!(html, "<p>" {left_out} " rows without a probability from 0 to 1 are not drawn.</p>\n");
    }
    markup!(html, "<div class='charts'>\n");
    reliability(html, steps);
    precision_recall(html, metrics, steps);
    roc(html, metrics, steps);
    histogram(html, steps);
    markup!(html, "</div>\n");
}

fn reliability(html: &mut Html, steps: &[Step]) {
    let bins = bins(steps);
    let sentence = match (bins.first(), bins.last()) {
        (Some(low), Some(high)) => format!(
            "{} bins. In the lowest, a mean probability of {} meets a share of fakes of {}; in the highest, {} meets {}.",
            bins.len(),
            decimal(low.mean()),
            decimal(low.share()),
            decimal(high.mean()),
            decimal(high.share())
        ),
        _ => "There are no rows.".to_owned(),
    };
    let (x, y) = (Axis::unit("mean probability of fake"), Axis::unit("share of fakes"));
    let mut chart = Chart::new("reliability", "Reliability diagram", &sentence, x, y);
    if bins.is_empty() {
        chart.say("not defined: no rows");
    } else {
        chart.line("reference", [(0.0, 0.0), (1.0, 1.0)]);
    }
    for bin in &bins {
        let [low, high] = bin.interval();
        chart.range("range", bin.mean(), low, high);
    }
    for bin in &bins {
        let note = format!(
            "{} reviews: mean probability {}, share of fakes {}",
            bin.reviews(),
            decimal(bin.mean()),
            decimal(bin.share())
        );
        chart.mark("mark", (bin.mean(), bin.share()), 4.0, &note);
    }
    let size = bins
        .first()
        .map(Bin::reviews)
        .filter(|size| bins.iter().all(|bin| bin.reviews() == *size));
    let bin = size.map_or("bin".to_owned(), |size| format!("bin of {size} reviews"));
    let legend = format!("{bin}, with 95 % binomial interval");
    figure(
        html,
        "Reliability",
        "Reviews in bins of equal size by score. Where probabilities can be taken at their word, points lie on the dashed line.",
        &chart.finish(),
        &[
            (Key::DotOnRange("range", "mark"), &legend),
            (Key::Line("reference"), "perfectly calibrated"),
        ],
    );
    open_numbers(
        html,
        "Numbers of the bins",
        "reliability-caption",
        "Bins of the reliability diagram",
    );
    markup!(
        html,
        "<thead><tr><th scope='col'>Probabilities</th><th scope='col' class='number'>Reviews</th>"
    );
    markup!(html, "<th scope='col' class='number'>Mean probability</th>");
    markup!(
        html,
        "<th scope='col' class='number'>Share of fakes</th></tr></thead>\n<tbody>\n"
    );
    for bin in &bins {
        markup!(html, "<tr><th scope='row' class='nowrap'>" {decimal(bin.low)} " to " {decimal(bin.high)} "</th>");
        markup!(html, "<td class='number'>" {bin.reviews()} "</td>");
        value_cell(html, Some(bin.mean()), None);
        value_cell(html, Some(bin.share()), Some(bin.interval()));
        markup!(html, "</tr>\n");
    }
    close_table(html);
    markup!(html, "</details></figure>\n");
}

fn precision_recall(html: &mut Html, metrics: &Value, steps: &[Step]) {
    let points = precision_recall_points(steps);
    let (genuine, fakes) = totals(steps);
    let chance = fakes as f64 / (genuine + fakes) as f64;
    let (x, y) = (Axis::unit("recall (share of fakes found)"), Axis::unit("precision"));
    let mut sentence = describe("Average precision", metrics["average_precision"].as_f64());
    for recall in [0.25, 0.5, 0.75] {
        // Each step is drawn by its left and its right end; the right end has its recall.
        if let Some((_, precision)) = points.iter().find(|(reached, _)| *reached >= recall) {
            sentence.push_str(&format!(" At recall {recall}, precision is {}.", decimal(*precision)));
        }
    }
    let mut chart = Chart::new("precision-recall", "Precision-recall curve", &sentence, x, y);
    if points.is_empty() {
        chart.say("not defined: no fakes");
    } else {
        chart
            .line("reference", [(0.0, chance), (1.0, chance)])
            .line("curve", points);
    }
    figure(
        html,
        "Precision and recall",
        "Going down the list of highest scores: the share of fakes in what was looked at, by the share of all fakes found.",
        &chart.finish(),
        &[
            (Key::Line("curve"), "this model"),
            (Key::Line("reference"), "chance: the share of fakes"),
        ],
    );
    markup!(html, "</figure>\n");
}

fn roc(html: &mut Html, metrics: &Value, steps: &[Step]) {
    let points = roc_points(steps);
    let mut sentence = describe("AUC", metrics["auc"].as_f64());
    let marks: Vec<(f64, f64, String)> = MARKED_FPR
        .iter()
        .filter_map(|rate| {
            let (x, y) = *points.iter().rev().find(|(wrong, _)| wrong <= rate)?;
            Some((
                x,
                y,
                format!("At a false positive rate of at most {rate}, recall is {}.", decimal(y)),
            ))
        })
        .collect();
    for (_, _, note) in &marks {
        sentence.push(' ');
        sentence.push_str(note);
    }
    let (x, y) = (
        Axis::unit("false positive rate"),
        Axis::unit("recall (true positive rate)"),
    );
    let mut chart = Chart::new("roc", "ROC curve", &sentence, x, y);
    if points.is_empty() {
        chart.say("not defined: one class only");
    } else {
        chart.line("reference", [(0.0, 0.0), (1.0, 1.0)]).line("curve", points);
    }
    for (x, y, note) in &marks {
        chart.mark("operating", (*x, *y), 4.5, note);
    }
    figure(
        html,
        "ROC",
        "The share of fakes found, by the share of genuine reviews flagged along with them.",
        &chart.finish(),
        &[
            (Key::Line("curve"), "this model"),
            (Key::Line("reference"), "chance"),
            (Key::Dot("operating"), "at most 1 % and 5 % of genuine reviews flagged"),
        ],
    );
    markup!(html, "</figure>\n");
}

fn histogram(html: &mut Html, steps: &[Step]) {
    let bins = histogram_bins(steps);
    let (genuine, fakes) = totals(steps);
    let share = |reviews: usize, of: usize| if of == 0 { 0.0 } else { reviews as f64 / of as f64 };
    let shares: Vec<[f64; 2]> = bins
        .iter()
        .map(|bin| [share(bin.genuine, genuine), share(bin.fakes, fakes)])
        .collect();
    let highest = shares.iter().flatten().copied().fold(0.0, f64::max);
    let above = |of: fn(&Step) -> usize| {
        steps
            .iter()
            .filter(|step| step.probability >= 0.5)
            .map(of)
            .sum::<usize>()
    };
    let sentence = format!(
        "Of {} genuine reviews {} score 0.5 or more; of {} fakes, {}.",
        count(genuine as u64),
        count(above(|step| step.genuine) as u64),
        count(fakes as u64),
        count(above(|step| step.fakes) as u64)
    );
    let (x, y) = (
        Axis::unit("probability of fake"),
        Axis::up_to("share of the class", highest),
    );
    let mut chart = Chart::new("histogram", "Histogram of scores by class", &sentence, x, y);
    if genuine + fakes == 0 {
        chart.say("not defined: no rows");
    }
    let width = 1.0 / HISTOGRAM_BINS as f64;
    for (at, (bin, [of_genuine, of_fakes])) in bins.iter().zip(&shares).enumerate() {
        let (left, middle) = (at as f64 * width, (at as f64 + 0.5) * width);
        let note = |reviews: usize, what: &str| {
            format!(
                "{} to {}: {} {what}",
                decimal(left),
                decimal(left + width),
                count(reviews as u64)
            )
        };
        let gap = 0.06 * width;
        chart.bar(
            "bar-genuine",
            left + gap..middle,
            *of_genuine,
            &note(bin.genuine, "genuine"),
        );
        chart.bar(
            "bar-fake",
            middle..left + width - gap,
            *of_fakes,
            &note(bin.fakes, "fake"),
        );
    }
    let legend = [
        format!("genuine ({})", count(genuine as u64)),
        format!("fake ({})", count(fakes as u64)),
    ];
    figure(
        html,
        "Scores by class",
        "How the scores of each class spread. Bars of one colour add up to 1, so that classes of different size can be compared.",
        &chart.finish(),
        &[
            (Key::Bar("bar-genuine"), &legend[0]),
            (Key::Bar("bar-fake"), &legend[1]),
        ],
    );
    open_numbers(
        html,
        "Numbers of the bars",
        "histogram-caption",
        "Reviews by score and class",
    );
    markup!(
        html,
        "<thead><tr><th scope='col'>Probabilities</th><th scope='col' class='number'>Genuine</th>"
    );
    markup!(
        html,
        "<th scope='col' class='number'>Fakes</th></tr></thead>\n<tbody>\n"
    );
    for (at, bin) in bins.iter().enumerate().filter(|(_, bin)| bin.genuine + bin.fakes > 0) {
        let left = at as f64 * width;
        markup!(html, "<tr><th scope='row' class='nowrap'>" {decimal(left)} " to " {decimal(left + width)});
        markup!(html, "</th><td class='number'>" {count(bin.genuine as u64)} "</td><td class='number'>");
        markup!(html, {count(bin.fakes as u64)} "</td></tr>\n");
    }
    close_table(html);
    markup!(html, "</details></figure>\n");
}

/// What stands before a legend's entry.
pub(super) enum Key {
    /// A line of this class.
    Line(&'static str),
    /// A dot of this class.
    Dot(&'static str),
    /// A dot of the second class on a range of the first.
    DotOnRange(&'static str, &'static str),
    /// A filled field of this class.
    Bar(&'static str),
}

/// A figure with heading, help for reading, chart and legend, left open for more.
pub(super) fn figure(html: &mut Html, title: &str, help: &str, chart: &Html, legend: &[(Key, &str)]) {
    markup!(html, "<figure><figcaption><h3>" {title} "</h3><p>" {help} "</p></figcaption>\n");
    html.append(chart);
    markup!(html, "<ul class='legend'>");
    for (key, name) in legend {
        markup!(html, "<li><svg viewBox='0 0 32 16' aria-hidden='true'>");
        match key {
            Key::Line(class) => markup!(html, "<path class='" {class} "' d='M0 8H32'/>"),
            Key::Dot(mark) => markup!(html, "<circle class='" {mark} "' cx='16' cy='8' r='5'/>"),
            Key::DotOnRange(range, mark) => {
                markup!(html, "<path class='" {range} "' d='M12 1h8m-4 0V15m-4 0h8'/>");
                markup!(html, "<circle class='" {mark} "' cx='16' cy='8' r='4'/>");
            }
            Key::Bar(class) => markup!(html, "<rect class='" {class} "' x='8' width='16' height='16'/>"),
        }
        markup!(html, "</svg>" {name} "</li>");
    }
    markup!(html, "</ul>\n");
}

fn open_numbers(html: &mut Html, summary: &str, id: &'static str, caption: &str) {
    markup!(html, "<details><summary>" {summary} "</summary>\n");
    open_table(html, id, "", caption);
}

fn describe(name: &str, value: Option<f64>) -> String {
    format!("{name}: {}.", value.map_or("not defined".to_owned(), decimal))
}

/// The reviews with one score.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Step {
    probability: f64,
    genuine: usize,
    fakes: usize,
}

/// Reviews by falling score, ties together; rows without a probability are left out.
fn steps(rows: &[(f64, bool)]) -> Vec<Step> {
    let mut rows: Vec<(f64, bool)> = rows
        .iter()
        .copied()
        .filter(|(probability, _)| (0.0..=1.0).contains(probability))
        .collect();
    rows.sort_by(|one, other| other.0.total_cmp(&one.0));
    let mut steps: Vec<Step> = Vec::new();
    for (probability, fake) in rows {
        if steps.last().is_none_or(|step| step.probability != probability) {
            steps.push(Step {
                probability,
                ..Step::default()
            });
        }
        if let Some(step) = steps.last_mut() {
            *(if fake { &mut step.fakes } else { &mut step.genuine }) += 1;
        }
    }
    steps
}

fn totals(steps: &[Step]) -> (usize, usize) {
    steps.iter().fold((0, 0), |(genuine, fakes), step| {
        (genuine + step.genuine, fakes + step.fakes)
    })
}

/// The corners of the precision-recall curve: two for each step that finds a fake, because average precision counts the
/// precision at a step for all the recall gained there. Empty where there are no fakes.
fn precision_recall_points(steps: &[Step]) -> Vec<(f64, f64)> {
    let (_, fakes) = totals(steps);
    let (mut seen, mut found) = (0, 0);
    let mut points = Vec::new();
    for step in steps {
        let before = found;
        seen += step.genuine + step.fakes;
        found += step.fakes;
        if step.fakes > 0 {
            let precision = found as f64 / seen as f64;
            points.extend([before, found].map(|found| (found as f64 / fakes as f64, precision)));
        }
    }
    points
}

/// The ROC curve from (0, 0), one more point a step. Empty without both classes.
fn roc_points(steps: &[Step]) -> Vec<(f64, f64)> {
    let (genuine, fakes) = totals(steps);
    if genuine == 0 || fakes == 0 {
        return Vec::new();
    }
    let (mut wrong, mut found) = (0, 0);
    let mut points = vec![(0.0, 0.0)];
    for step in steps {
        wrong += step.genuine;
        found += step.fakes;
        points.push((wrong as f64 / genuine as f64, found as f64 / fakes as f64));
    }
    points
}

/// Reviews by class in bins of equal width; probability 1 belongs to the last.
fn histogram_bins(steps: &[Step]) -> [Step; HISTOGRAM_BINS] {
    let mut bins = [Step::default(); HISTOGRAM_BINS];
    for step in steps {
        let bin = &mut bins[((step.probability * HISTOGRAM_BINS as f64) as usize).min(HISTOGRAM_BINS - 1)];
        bin.genuine += step.genuine;
        bin.fakes += step.fakes;
    }
    bins
}

/// A bin of the reliability diagram. Its size need not be whole: a tie that spans two bins is divided, its fakes in
/// proportion, as the calibration error does.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Bin {
    low: f64,
    high: f64,
    size: f64,
    fakes: f64,
    /// Sum of probabilities.
    sum: f64,
}

impl Bin {
    fn mean(&self) -> f64 {
        self.sum / self.size
    }

    fn share(&self) -> f64 {
        self.fakes / self.size
    }

    /// Wilson's 95 % interval of the share (Wilson 1927); unlike the normal approximation it stays within 0 and 1 and
    /// has a width at 0 and 1 too.
    fn interval(&self) -> [f64; 2] {
        const Z: f64 = 1.959_963_984_540_054;
        let (share, n) = (self.share(), self.size);
        let scale = 1.0 + Z * Z / n;
        let centre = (share + Z * Z / (2.0 * n)) / scale;
        let half = Z / scale * (share * (1.0 - share) / n + Z * Z / (4.0 * n * n)).max(0.0).sqrt();
        [(centre - half).max(0.0), (centre + half).min(1.0)]
    }

    fn reviews(&self) -> String {
        if (self.size - self.size.round()).abs() < 1e-6 {
            count(self.size.round() as u64)
        } else {
            format!("{:.1}", self.size)
        }
    }
}

/// Up to ten bins of equal mass by rising probability. Bins that hold nothing but the same tie are one: dividing it would
/// draw the same point again with an interval that is too wide.
fn bins(steps: &[Step]) -> Vec<Bin> {
    let (genuine, fakes) = totals(steps);
    let rows = genuine + fakes;
    let capacity = rows as f64 / CALIBRATION_BINS.min(rows).max(1) as f64;
    let mut bins: Vec<Bin> = Vec::new();
    let mut room = 0.0;
    for step in steps.iter().rev() {
        let size = (step.genuine + step.fakes) as f64;
        let mut left = size;
        // What rounding leaves over is not a row.
        while left > capacity * 1e-9 {
            if room <= capacity * 1e-9 {
                let empty = Bin {
                    low: step.probability,
                    high: step.probability,
                    size: 0.0,
                    fakes: 0.0,
                    sum: 0.0,
                };
                bins.push(empty);
                room = capacity;
            }
            let taken = left.min(room);
            if let Some(bin) = bins.last_mut() {
                bin.high = step.probability;
                bin.size += taken;
                bin.fakes += taken * step.fakes as f64 / size;
                bin.sum += taken * step.probability;
            }
            left -= taken;
            room -= taken;
        }
    }
    bins.dedup_by(|next, bin| {
        let same = bin.low == next.high;
        if same {
            bin.size += next.size;
            bin.fakes += next.fakes;
            bin.sum += next.sum;
        }
        same
    });
    bins
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::tests::assert_sound;

    fn section(rows: &[(f64, bool)]) -> String {
        let mut html = Html::default();
        of_scores(&mut html, &Value::Null, rows);
        html.into_string()
    }

    /// Made by the same rule as the rows that the measures are tested with.
    fn rows() -> Vec<(f64, bool)> {
        (0..240_i32)
            .map(|k| {
                let p = (f64::from((k * 37) % 101) / 100.0 * 20.0).round_ties_even() / 20.0;
                (p, f64::from((k * 53) % 97) / 97.0 < 0.15 + 0.6 * p)
            })
            .collect()
    }

    /// The chart with this id, up to its end.
    fn chart<'a>(page: &'a str, id: &str) -> &'a str {
        let from = &page[page.find(&format!("aria-labelledby='{id}-title")).unwrap()..];
        &from[..from.find("</svg>").unwrap()]
    }

    fn curve_points(chart: &str) -> usize {
        let from = &chart[chart.find("class='curve' points='").unwrap() + 22..];
        from[..from.find('\'').unwrap()].split(' ').count()
    }

    #[test]
    fn charts_have_a_point_for_each_score() {
        let page = section(&rows());
        let steps = steps(&rows());
        assert_eq!(steps.len(), 21);
        assert_eq!(curve_points(chart(&page, "roc")), 22);
        let with_fakes = steps.iter().filter(|step| step.fakes > 0).count();
        assert_eq!(precision_recall_points(&steps).len(), 2 * with_fakes);
        assert_eq!(chart(&page, "reliability").matches("<circle").count(), 10);
        assert_eq!(chart(&page, "reliability").matches("class='range'").count(), 10);
        let bins = histogram_bins(&steps);
        let bars = bins
            .iter()
            .map(|bin| usize::from(bin.genuine > 0) + usize::from(bin.fakes > 0))
            .sum::<usize>();
        assert_eq!(chart(&page, "histogram").matches("<rect").count(), bars);
        assert_eq!(totals(&bins), (129, 111));
    }

    /// The areas under the drawn curves are the measures of the same rows by scikit-learn, and the bins give the
    /// calibration error by numpy.
    #[test]
    fn curves_and_bins_agree_with_the_measures() {
        let steps = steps(&rows());
        let area = |points: Vec<(f64, f64)>| -> f64 {
            points
                .windows(2)
                .map(|ends| (ends[1].0 - ends[0].0) * (ends[0].1 + ends[1].1) / 2.0)
                .sum()
        };
        assert!((area(roc_points(&steps)) - 0.640_163_419_233_186_6).abs() < 1e-12);
        assert!((area(precision_recall_points(&steps)) - 0.560_700_163_676_033_8).abs() < 1e-12);
        let bins = bins(&steps);
        let gap: f64 = bins
            .iter()
            .map(|bin| bin.size / 240.0 * (bin.mean() - bin.share()).abs())
            .sum();
        assert!((gap - 0.152_859_848_484_848_5).abs() < 1e-12, "{gap}");
        assert!(bins.iter().all(|bin| (bin.size - 24.0).abs() < 1e-9));
    }

    /// The roots of Wilson's quadratic (p - x)^2 = z^2 x (1 - x) / n for 3 and 0 of 24, solved in Python.
    #[test]
    fn intervals_of_bins_are_wilsons() {
        let bin = |fakes| Bin {
            low: 0.1,
            high: 0.2,
            size: 24.0,
            fakes,
            sum: 3.6,
        };
        for (fakes, expected) in [
            (3.0, [0.043_443_340_801, 0.310_038_812_705]),
            (0.0, [0.0, 0.137_976_204_675]),
        ] {
            let found = bin(fakes).interval();
            assert!(
                found
                    .iter()
                    .zip(expected)
                    .all(|(found, expected)| (found - expected).abs() < 1e-9),
                "{found:?}"
            );
        }
    }

    #[test]
    fn a_perfect_classifier_reaches_the_corner() {
        let rows: Vec<(f64, bool)> = (0..40)
            .map(|row| if row < 20 { (1.0, true) } else { (0.0, false) })
            .collect();
        let page = section(&rows);
        assert_sound(&page);
        assert_eq!(roc_points(&steps(&rows)), [(0.0, 0.0), (0.0, 1.0), (1.0, 1.0)]);
        assert_eq!(precision_recall_points(&steps(&rows)), [(0.0, 1.0), (1.0, 1.0)]);
        // Two ties: two points, not ten.
        let bins = bins(&steps(&rows));
        assert_eq!(
            bins.iter()
                .map(|bin| (bin.mean(), bin.share(), bin.size.round()))
                .collect::<Vec<_>>(),
            [(0.0, 0.0, 20.0), (1.0, 1.0, 20.0)]
        );
        assert!(chart(&page, "histogram").contains("0.950 to 1.000: 20 fake"));
    }

    #[test]
    fn one_class_leaves_out_what_is_not_defined() {
        for class in [true, false] {
            let rows: Vec<(f64, bool)> = (0..7).map(|row| (f64::from(row) / 10.0, class)).collect();
            let page = section(&rows);
            assert_sound(&page);
            assert!(chart(&page, "roc").contains("not defined: one class only"));
            assert_eq!(
                chart(&page, "precision-recall").contains("not defined: no fakes"),
                !class
            );
            assert_eq!(chart(&page, "reliability").matches("<circle").count(), 7);
            assert_eq!(chart(&page, "histogram").matches("<rect").count(), 7);
        }
    }

    #[test]
    fn what_is_no_probability_is_left_out_and_counted() {
        let page = section(&[
            (f64::NAN, true),
            (0.5, true),
            (-0.1, false),
            (f64::INFINITY, false),
            (0.5, false),
        ]);
        assert_sound(&page);
        assert!(page.contains("3 rows without a probability from 0 to 1 are not drawn"));
        assert_eq!(chart(&page, "reliability").matches("<circle").count(), 1);
        for chart_of_none in ["reliability", "precision-recall", "roc", "histogram"] {
            assert!(chart(&section(&[]), chart_of_none).contains("not defined"));
        }
    }
}
