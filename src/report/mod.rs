//! Pages for people: self-contained HTML that opens from a disk, prints, and asks nothing of a network.
//!
//! Names of columns, values, models and features come from files that nobody vouches for. [`Html`] therefore has two ways
//! in: [`raw`](Html::raw) takes markup that stands in the source, [`text`](Html::text) takes anything and escapes it. The
//! macro `markup!` writes a run of both.

pub mod charts;
pub mod evaluation;
pub mod svg;

use std::fmt::{self, Display, Write as _};

/// HTML or SVG in the making.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Html(String);

impl Html {
    /// Adds markup. Only literals fit, so that no value can come in unescaped.
    pub fn raw(&mut self, markup: &'static str) -> &mut Html {
        self.0.push_str(markup);
        self
    }

    /// Adds text, or the value of a quoted attribute, escaped.
    pub fn text(&mut self, text: impl Display) -> &mut Html {
        // Writing to a string does not fail.
        let _ = write!(Escaped(&mut self.0), "{text}");
        self
    }

    /// Adds finished parts.
    pub fn append(&mut self, part: &Html) -> &mut Html {
        self.0.push_str(&part.0);
        self
    }

    /// The markup.
    pub fn into_string(self) -> String {
        self.0
    }
}

/// Adds to an [`Html`]: literals as they are, `{values}` escaped.
///
/// `markup!(html, "<td class='number'>" {count(n)} "</td>")`
macro_rules! markup {
    ($html:expr $(,)?) => {};
    ($html:expr, $markup:literal $($rest:tt)*) => {{
        $html.raw($markup);
        $crate::report::markup!($html, $($rest)*);
    }};
    ($html:expr, {$value:expr} $($rest:tt)*) => {{
        $html.text($value);
        $crate::report::markup!($html, $($rest)*);
    }};
}
use markup;

/// Writes into a string and escapes on the way.
struct Escaped<'a>(&'a mut String);

impl fmt::Write for Escaped<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for character in text.chars() {
            match character {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '"' => self.0.push_str("&quot;"),
                '\'' => self.0.push_str("&#39;"),
                _ => self.0.push(character),
            }
        }
        Ok(())
    }
}

/// A whole page around the content of `<main>`. The policy in its head forbids scripts and every request, also to those
/// who edit the file later.
pub fn document(title: &str, content: &Html) -> Html {
    let mut html = Html::default();
    markup!(
        html,
        "<!DOCTYPE html>\n<html lang='en'>\n<head>\n<meta charset='utf-8'>\n"
    );
    markup!(html, "<meta http-equiv='Content-Security-Policy' ");
    markup!(html, "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n");
    markup!(
        html,
        "<meta name='viewport' content='width=device-width, initial-scale=1'>\n"
    );
    markup!(html, "<meta name='color-scheme' content='light dark'>\n<title>" {title} "</title>\n<style>\n");
    html.raw(STYLE);
    markup!(html, "</style>\n</head>\n<body>\n<main>\n");
    html.append(content);
    markup!(html, "</main>\n</body>\n</html>\n");
    html
}

/// A whole number with thousands set apart: 12,345.
pub fn count(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

fn decimal(value: f64) -> String {
    format!("{value:.3}")
}

fn percent(share: f64) -> String {
    if share.is_finite() {
        format!("{:.1} %", 100.0 * share)
    } else {
        "-".to_owned()
    }
}

/// A table in a frame of its own, which keyboards can reach and scroll where it is wider than the screen.
fn open_table(html: &mut Html, id: &'static str, class: &'static str, caption: &str) {
    markup!(html, "<div class='scroll' role='region' tabindex='0' aria-labelledby='" {id} "'>\n<table class='" {class});
    markup!(html, "'><caption id='" {id} "'>" {caption} "</caption>\n");
}

fn close_table(html: &mut Html) {
    markup!(html, "</tbody></table></div>\n");
}

fn value_cell(html: &mut Html, value: Option<f64>, interval: Option<[f64; 2]>) {
    markup!(html, "<td class='number'>" {value.map_or("not defined".to_owned(), decimal)});
    if let (Some(_), Some([low, high])) = (value, interval) {
        markup!(html, " <span class='interval'>" {decimal(low)} " to " {decimal(high)} "</span>");
    }
    markup!(html, "</td>");
}

/// Blue and orange stay apart for the colour-blind and in grey print; lines differ in dashes too. Dark colours are for
/// screens only, so that paper stays white.
const STYLE: &str = "\
:root { color-scheme: light dark; --ground: #fff; --panel: #f5f7f9; --ink: #1a1e23; --muted: #56606b; --line: #d3d9e0;
  --grid: #e6eaee; --fake: #b8480b; --genuine: #1668ad; --focus: #7a3fd0; }
@media screen and (prefers-color-scheme: dark) {
  :root { --ground: #13161a; --panel: #1b1f25; --ink: #e5e9ee; --muted: #9da8b4; --line: #3a424c;
    --grid: #2a3038; --fake: #f2a65a; --genuine: #66b1f2; --focus: #bf9bff; }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
main { max-width: 70rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: 0 0 .75rem; overflow-wrap: anywhere; }
h2 { font-size: 1.25rem; margin: 2.25rem 0 .5rem; }
h3 { font-size: 1.05rem; margin: 0; }
p { margin: .5rem 0; max-width: 46rem; }
a { color: var(--genuine); }
a:focus-visible, summary:focus-visible, .scroll:focus-visible, :target:focus-visible {
  outline: 3px solid var(--focus); outline-offset: 2px; border-radius: 3px; }
.note, caption, figcaption p, dt { color: var(--muted); }
dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .2rem 1rem; margin: 0 0 1rem; }
dd { margin: 0; overflow-wrap: anywhere; }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; list-style: none; margin: 0; padding: .5rem 0;
  border-block: 1px solid var(--line); }
nav a { display: inline-block; padding: .2rem 0; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: .93rem; }
caption { text-align: left; padding: 0 0 .4rem; }
th, td { padding: .35rem 1.1rem .35rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--grid); }
thead th { border-bottom: 2px solid var(--line); vertical-align: bottom; }
tbody th { font-weight: 600; }
th.name { min-width: 12rem; max-width: 18rem; overflow-wrap: anywhere; }
.number { text-align: right; white-space: nowrap; }
thead .number { white-space: normal; }
.wide th, .wide td { padding-right: .8rem; }
.interval { display: block; color: var(--muted); font-size: .85em; white-space: nowrap; }
.nowrap { white-space: nowrap; }
.meaning { display: block; color: var(--muted); font-weight: 400; max-width: 30rem; }
.bands { width: 100%; max-width: 46rem; }
.bands td { width: 38%; }
.bar { display: block; height: .6rem; margin-top: .2rem; min-width: 1px; width: var(--share); }
.bar, .swatch { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
.bar.fake { background: var(--fake); }
.bar.genuine { background: var(--genuine); }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 22rem), 1fr)); gap: 1.25rem; }
figure { margin: 0; padding: 1rem; background: var(--panel); border: 1px solid var(--line); border-radius: 6px; min-width: 0; }
figcaption p { font-size: .93rem; margin: .25rem 0 .75rem; }
figure > svg { display: block; width: 100%; max-width: 30rem; height: auto; margin: 0 auto; }
.legend { display: flex; flex-wrap: wrap; gap: .1rem 1.1rem; list-style: none; margin: .4rem 0 0; padding: 0; font-size: .88rem; }
.legend svg { width: 1.6rem; height: .8rem; margin-right: .4rem; vertical-align: -.05rem; }
details { margin-top: .6rem; }
summary { cursor: pointer; padding: .2rem 0; }
details .scroll { margin-top: .4rem; }
.codes { columns: 16rem; margin: .5rem 0; padding-left: 1.2rem; font-size: .93rem; overflow-wrap: anywhere; }
svg text { fill: var(--ink); font: 11px system-ui, sans-serif; font-variant-numeric: tabular-nums; }
svg .axis { stroke: var(--muted); fill: none; }
svg .grid { stroke: var(--grid); }
svg .reference { stroke: var(--muted); stroke-dasharray: 4 4; fill: none; }
svg .curve { fill: none; stroke-width: 2; stroke-linejoin: round; stroke: var(--genuine); }
svg .range { stroke: var(--genuine); stroke-width: 1.5; fill: none; }
svg .mark { fill: var(--genuine); stroke: var(--panel); }
svg .bar-genuine { fill: var(--genuine); }
svg .bar-fake { fill: var(--fake); }
svg .operating { fill: var(--fake); stroke: var(--panel); }
@media (max-width: 30rem) {
  main { padding: 1rem .75rem 2rem; }
  figure { padding: .75rem .5rem; }
  dl { grid-template-columns: minmax(0, 1fr); gap: 0; }
  dd { margin-bottom: .4rem; }
  th.name { min-width: 8rem; }
  th, td { padding-right: .8rem; }
}
@media print {
  :root { color-scheme: light; font-size: 10pt; }
  @page { margin: 15mm; }
  main { max-width: none; padding: 0; }
  nav { display: none; }
  .scroll { overflow: visible; }
  .wide, details table { font-size: 7pt; }
  .wide th, .wide td, details th, details td { padding: .2em .6em .2em 0; }
  details .interval { display: inline; }
  th.name { min-width: 0; max-width: 8em; }
  .charts { grid-template-columns: 1fr 1fr; gap: .75rem; }
  figure, tr { break-inside: avoid; }
  h2, h3, caption { break-after: avoid; }
  details::details-content { content-visibility: visible; block-size: auto; }
}
";

#[cfg(test)]
mod tests {
    use super::*;

    /// Every tag that is opened is closed, in order.
    fn assert_balanced(page: &str) {
        let mut open: Vec<&str> = Vec::new();
        for tag in page.split('<').skip(1).map(|rest| &rest[..rest.find('>').unwrap()]) {
            let name = tag.split([' ', '\n']).next().unwrap();
            match name.strip_prefix('/') {
                Some(name) => assert_eq!(open.pop(), Some(name)),
                None if tag.ends_with('/') || ["!DOCTYPE", "meta"].contains(&name) => {}
                None => open.push(name),
            }
        }
        assert!(open.is_empty(), "{open:?}");
    }

    pub fn assert_sound(page: &str) {
        assert_balanced(page);
        for broken in ["NaN", "inf\"", "inf ", "Infinity"] {
            assert!(!page.contains(broken), "{broken}");
        }
        let ids: Vec<&str> = page
            .split(" id='")
            .skip(1)
            .map(|rest| &rest[..rest.find('\'').unwrap()])
            .collect();
        let different: std::collections::BTreeSet<&&str> = ids.iter().collect();
        assert_eq!(ids.len(), different.len(), "{ids:?}");
        let ends = page
            .split("aria-labelledby='")
            .skip(1)
            .chain(page.split("href='#").skip(1));
        for id in ends.flat_map(|rest| rest[..rest.find('\'').unwrap()].split(' ')) {
            assert!(ids.contains(&id), "{id}");
        }
    }

    #[test]
    fn text_is_escaped_and_markup_is_not() {
        let mut html = Html::default();
        markup!(html, "<p title='" {"\"' onload=x"} "'>" {"<script>&amp;"} {0.5} "</p>");
        assert_eq!(
            html.into_string(),
            "<p title='&quot;&#39; onload=x'>&lt;script&gt;&amp;amp;0.5</p>"
        );
    }

    #[test]
    fn thousands_are_set_apart() {
        let numbers = [0, 999, 1_000, 12_345, 1_234_567].map(count);
        assert_eq!(numbers, ["0", "999", "1,000", "12,345", "1,234,567"]);
    }

    #[test]
    fn a_page_asks_nothing_of_the_network() {
        let page = document("<title>", &Html::default()).into_string();
        assert!(page.contains("<title>&lt;title&gt;</title>") && page.contains("default-src 'none'"));
        for request in ["http://", "https://", "url(", "@import", "<script", "<link", "src="] {
            assert!(!page.contains(request), "{request}");
        }
    }
}
