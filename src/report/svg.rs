//! Charts as inline SVG: axes, lines, ranges, marks, bars. Colours come from the page's style sheet by class, so that dark
//! mode and print need no second drawing.

use super::{Html, markup};

/// Width of a chart in its own units. It is that of a phone, so that text there is as large as it is set, and grows on wider
/// screens.
const WIDTH: f64 = 360.0;
const HEIGHT: f64 = 300.0;
const LEFT: f64 = 46.0;
const RIGHT: f64 = 12.0;
const TOP: f64 = 10.0;
const BOTTOM: f64 = 44.0;
/// Points of a line nearer to each other than this cannot be told apart on paper.
const FINEST: f64 = 0.2;

/// An axis from 0.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    label: &'static str,
    high: f64,
    ticks: Vec<(f64, String)>,
}

impl Axis {
    /// From 0 to 1, as probabilities and shares have it.
    pub fn unit(label: &'static str) -> Axis {
        Axis::up_to(label, 1.0)
    }

    /// From 0 to the first round number that is not below `highest`; to 1 where there is none above 0.
    pub fn up_to(label: &'static str, highest: f64) -> Axis {
        let highest = if highest.is_finite() && highest > 0.0 {
            highest
        } else {
            1.0
        };
        let magnitude = 10_f64.powf((highest / 5.0).log10().floor());
        // Five steps of ten times the magnitude below a fifth of the highest value always reach it.
        let step = [1.0, 2.0, 5.0, 10.0]
            .map(|factor| factor * magnitude)
            .into_iter()
            .find(|step| step * 5.0 >= highest * (1.0 - 1e-9));
        let step = step.unwrap_or(10.0 * magnitude);
        let steps = (highest / step - 1e-9).ceil();
        Axis {
            label,
            high: steps * step,
            ticks: (0..=steps as u32)
                .map(|tick| f64::from(tick) * step)
                .map(|tick| (tick, number(tick)))
                .collect(),
        }
    }

    /// From 0 to `high`, with these ticks.
    pub fn labelled(label: &'static str, high: f64, ticks: Vec<(f64, String)>) -> Axis {
        Axis { label, high, ticks }
    }
}

/// A chart being drawn. Positions are in the units of the axes; what lies outside is drawn at the edge.
#[derive(Clone, Debug)]
pub struct Chart {
    html: Html,
    x: Axis,
    y: Axis,
}

impl Chart {
    /// Axes, grid and the text that stands for the chart where it is not seen. `id` has to be unique in the page.
    pub fn new(id: &'static str, title: &str, description: &str, x: Axis, y: Axis) -> Chart {
        let mut html = Html::default();
        markup!(html, "<svg viewBox='0 0 " {WIDTH} " " {HEIGHT} "' role='img' aria-labelledby='");
        markup!(html, {id} "-title " {id} "-desc'>\n<title id='" {id} "-title'>" {title});
        markup!(html, "</title>\n<desc id='" {id} "-desc'>" {description} "</desc>\n");
        let mut chart = Chart { html, x, y };
        chart.axes();
        chart
    }

    fn axes(&mut self) {
        let (bottom, right) = (HEIGHT - BOTTOM, WIDTH - RIGHT);
        for (tick, label) in self.x.ticks.clone() {
            let at = self.across(tick);
            self.segment("grid", [at, TOP, at, bottom]);
            self.label([at, bottom + 15.0], "middle", &label);
        }
        for (tick, label) in self.y.ticks.clone() {
            let at = self.down(tick);
            self.segment("grid", [LEFT, at, right, at]);
            self.label([LEFT - 6.0, at + 4.0], "end", &label);
        }
        self.segment("axis", [LEFT, bottom, right, bottom]);
        self.segment("axis", [LEFT, TOP, LEFT, bottom]);
        self.label([(LEFT + right) / 2.0, HEIGHT - 8.0], "middle", self.x.label);
        let middle = (TOP + bottom) / 2.0;
        markup!(self.html, "<text x='12' y='" {middle} "' text-anchor='middle' transform='rotate(-90 12 ");
        markup!(self.html, {middle} ")'>" {self.y.label} "</text>\n");
    }

    /// A line through points. Points nearer than the eye can tell to the last one drawn are left out, so that a million
    /// rows do not make a page of as many points; the first and the last stay.
    pub fn line(&mut self, class: &'static str, points: impl IntoIterator<Item = (f64, f64)>) -> &mut Chart {
        let mut drawn: Vec<[f64; 2]> = Vec::new();
        let mut last = None;
        for (x, y) in points {
            let point = [self.across(x), self.down(y)];
            last = Some(point);
            if drawn
                .last()
                .is_none_or(|before| (point[0] - before[0]).abs().max((point[1] - before[1]).abs()) >= FINEST)
            {
                drawn.push(point);
            }
        }
        if let Some(last) = last.filter(|last| drawn.last() != Some(last)) {
            drawn.push(last);
        }
        markup!(self.html, "<polyline class='" {class} "' points='");
        for (at, [x, y]) in drawn.into_iter().enumerate() {
            markup!(self.html, {if at > 0 { " " } else { "" }} {place(x)} "," {place(y)});
        }
        markup!(self.html, "'/>\n");
        self
    }

    /// A vertical range with ends, as an interval is drawn.
    pub fn range(&mut self, class: &'static str, x: f64, low: f64, high: f64) -> &mut Chart {
        let (x, low, high) = (self.across(x), self.down(low), self.down(high));
        markup!(self.html, "<path class='" {class} "' d='M" {place(x - 3.0)} " " {place(high)});
        markup!(self.html, "h6m-3 0V" {place(low)} "m-3 0h6'/>\n");
        self
    }

    /// A dot with a note that shows under the pointer; `radius` in units of the drawing (360 across).
    pub fn mark(&mut self, class: &'static str, (x, y): (f64, f64), radius: f64, note: &str) -> &mut Chart {
        let (x, y) = (self.across(x), self.down(y));
        markup!(self.html, "<circle class='" {class} "' cx='" {place(x)} "' cy='" {place(y)});
        markup!(self.html, "' r='" {place(radius)} "'><title>" {note} "</title></circle>\n");
        self
    }

    /// A bar from 0 up to `y`, with a note that shows under the pointer. Nothing is drawn for 0.
    pub fn bar(&mut self, class: &'static str, x: std::ops::Range<f64>, y: f64, note: &str) -> &mut Chart {
        let (left, right, top) = (self.across(x.start), self.across(x.end), self.down(y));
        if y > 0.0 {
            markup!(self.html, "<rect class='" {class} "' x='" {place(left)} "' y='" {place(top)});
            markup!(self.html, "' width='" {place(right - left)} "' height='" {place(HEIGHT - BOTTOM - top)});
            markup!(self.html, "'><title>" {note} "</title></rect>\n");
        }
        self
    }

    /// Words in the middle, where there is nothing to draw.
    pub fn say(&mut self, text: &str) -> &mut Chart {
        self.label(
            [(LEFT + WIDTH - RIGHT) / 2.0, (TOP + HEIGHT - BOTTOM) / 2.0],
            "middle",
            text,
        );
        self
    }

    /// The finished element.
    pub fn finish(mut self) -> Html {
        markup!(self.html, "</svg>\n");
        self.html
    }

    fn segment(&mut self, class: &'static str, [x1, y1, x2, y2]: [f64; 4]) {
        markup!(self.html, "<line class='" {class} "' x1='" {place(x1)} "' y1='" {place(y1)});
        markup!(self.html, "' x2='" {place(x2)} "' y2='" {place(y2)} "'/>\n");
    }

    fn label(&mut self, [x, y]: [f64; 2], anchor: &'static str, text: &str) {
        markup!(self.html, "<text x='" {place(x)} "' y='" {place(y)} "' text-anchor='" {anchor});
        markup!(self.html, "'>" {text} "</text>\n");
    }

    fn across(&self, x: f64) -> f64 {
        LEFT + inside(x / self.x.high) * (WIDTH - LEFT - RIGHT)
    }

    fn down(&self, y: f64) -> f64 {
        HEIGHT - BOTTOM - inside(y / self.y.high) * (HEIGHT - TOP - BOTTOM)
    }
}

/// A share of an axis; 0 for what is not a number, because SVG drops a whole element for one bad coordinate.
fn inside(share: f64) -> f64 {
    if share.is_nan() { 0.0 } else { share.clamp(0.0, 1.0) }
}

/// A coordinate, to a tenth.
fn place(at: f64) -> f64 {
    (at * 10.0).round() / 10.0
}

/// A tick's number without the noise of its last digits; from ten thousand on in thousands, for which there is room.
pub fn number(tick: f64) -> String {
    if tick >= 1e4 && tick % 1e3 == 0.0 {
        return format!("{}k", tick / 1e3);
    }
    ((tick * 1e9).round() / 1e9).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn points(svg: &str) -> Vec<&str> {
        let start = svg.find("points='").unwrap() + 8;
        svg[start..start + svg[start..].find('\'').unwrap()]
            .split(' ')
            .collect()
    }

    fn chart() -> Chart {
        Chart::new("c", "a <b>", "d & e", Axis::unit("x"), Axis::unit("y"))
    }

    #[test]
    fn axes_end_at_round_numbers() {
        let ticks = |highest| {
            Axis::up_to("y", highest)
                .ticks
                .iter()
                .map(|(_, label)| label.clone())
                .collect::<Vec<_>>()
        };
        assert_eq!(ticks(1.0), ["0", "0.2", "0.4", "0.6", "0.8", "1"]);
        assert_eq!(ticks(0.23), ["0", "0.05", "0.1", "0.15", "0.2", "0.25"]);
        assert_eq!(ticks(0.31), ["0", "0.1", "0.2", "0.3", "0.4"]);
        assert_eq!(ticks(7.0), ["0", "2", "4", "6", "8"]);
        assert_eq!(ticks(12_000.0), ["0", "5000", "10k", "15k"]);
        for nothing in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert_eq!(Axis::up_to("y", nothing), Axis::unit("y"));
        }
    }

    #[test]
    fn a_line_has_its_points_at_the_corners_of_the_plot() {
        let mut chart = chart();
        chart.line("curve", [(0.0, 0.0), (0.5, 1.0), (1.0, 1.0)]);
        let svg = chart.finish().into_string();
        assert_eq!(points(&svg), ["46,256", "197,10", "348,10"]);
    }

    #[test]
    fn a_long_line_is_thinned_and_keeps_both_ends() {
        let mut chart = chart();
        chart.line(
            "curve",
            (0..=1_000_000).map(|row| (f64::from(row) / 1e6, f64::from(row) / 1e6)),
        );
        let svg = chart.finish().into_string();
        let points = points(&svg);
        assert!((1_000..2_000).contains(&points.len()), "{}", points.len());
        assert_eq!((points[0], points[points.len() - 1]), ("46,256", "348,10"));
    }

    #[test]
    fn title_and_description_are_escaped_and_referred_to() {
        let svg = chart().finish().into_string();
        assert!(svg.contains("aria-labelledby='c-title c-desc'"));
        assert!(
            svg.contains("<title id='c-title'>a &lt;b&gt;</title>")
                && svg.contains("<desc id='c-desc'>d &amp; e</desc>")
        );
    }

    #[test]
    fn what_is_not_a_number_stays_in_the_plot() {
        let mut chart = chart();
        chart
            .line("curve", [(f64::NAN, 2.0)])
            .mark("mark", (-1.0, f64::INFINITY), 3.0, "")
            .range("range", 0.5, f64::NAN, 1.0);
        let svg = chart.finish().into_string();
        assert!(!svg.contains("NaN") && !svg.contains("inf"));
        assert_eq!(points(&svg), ["46,10"]);
    }

    #[test]
    fn an_empty_bar_is_not_drawn() {
        let mut chart = chart();
        chart
            .bar("bar-fake", 0.0..0.1, 0.0, "none")
            .bar("bar-fake", 0.1..0.2, 0.5, "some");
        let svg = chart.finish().into_string();
        assert_eq!(svg.matches("<rect").count(), 1);
        assert!(svg.contains("y='133' width='30.2' height='123'"), "{svg}");
    }
}
