//! Pages for people: self-contained HTML that opens from a disk, prints, and asks nothing of a network.
//!
//! Names of columns, values, models and features come from files that nobody vouches for. [`Html`] therefore has two ways
//! in: [`raw`](Html::raw) takes markup that stands in the source, [`text`](Html::text) takes anything and escapes it. The
//! macro `markup!` writes a run of both.

pub mod audit;
pub mod charts;
pub mod evaluation;
pub mod svg;

use crate::explain::Tongue;
use base64::Engine as _;
use sha2::{Digest as _, Sha256};
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

/// The style of all pages. Blue and orange stay apart for the colour-blind and in grey print; lines differ in dashes too.
/// Paper stays white.
const STYLE: &str = include_str!("page.css");

/// A whole page around the content of `<main>`. The policy in its head forbids every request and all scripts but the given
/// one, and all styles but the page's, by their hashes: also to those who edit the file later, and to whatever a review
/// may hold.
pub fn document(title: &str, tongue: Tongue, script: Option<&'static str>, content: &Html) -> Html {
    let mut html = Html::default();
    markup!(html, "<!DOCTYPE html>\n<html lang='" {tongue.code()} "'>\n<head>\n<meta charset='utf-8'>\n");
    markup!(
        html,
        "<meta http-equiv='Content-Security-Policy' content='default-src &#39;none&#39;; base-uri &#39;none&#39;; "
    );
    markup!(html, "form-action &#39;none&#39;; style-src " {hash(STYLE)});
    if let Some(script) = script {
        markup!(html, "; script-src " {hash(script)});
    }
    markup!(
        html,
        "'>\n<meta name='viewport' content='width=device-width, initial-scale=1'>\n"
    );
    markup!(html, "<meta name='color-scheme' content='light dark'>\n<title>" {title} "</title>\n<style>");
    html.raw(STYLE);
    markup!(html, "</style>\n</head>\n<body>\n<main>\n");
    html.append(content);
    markup!(html, "</main>\n");
    if let Some(script) = script {
        markup!(html, "<script>");
        html.raw(script);
        markup!(html, "</script>\n");
    }
    markup!(html, "</body>\n</html>\n");
    html
}

/// The source expression of an inline script or style, as Content Security Policy writes it.
fn hash(inline: &str) -> String {
    format!(
        "'sha256-{}'",
        base64::engine::general_purpose::STANDARD.encode(Sha256::digest(inline))
    )
}

/// A bar as wide as a share, 0 to 1, of its cell. It is a drawing, because the page's policy allows no `style` attributes.
fn share_bar(html: &mut Html, class: &'static str, share: f64) {
    let width = (share.clamp(0.0, 1.0) * 1000.0).round() / 10.0;
    markup!(html, "<svg class='bar' viewBox='0 0 100 6' preserveAspectRatio='none' aria-hidden='true'><rect class='" {class});
    markup!(html, "' width='" {width.max(0.2)} "' height='6'/></svg>");
}

/// A whole number with thousands set apart: 12,345.
pub fn count(number: u64) -> String {
    Tongue::En.count(number)
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
fn open_table(html: &mut Html, id: &str, class: &str, caption: &str) {
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

    /// By `printf 'a()' | openssl dgst -sha256 -binary | base64`.
    #[test]
    fn a_script_is_allowed_by_its_hash_alone() {
        let page = document("t", Tongue::Fr, Some("a()"), &Html::default()).into_string();
        assert!(
            page.contains("; script-src &#39;sha256-qVpDBgj7bpq5hMAcGp3AOc79J3Y1Z4HvySTwKrWDoy4=&#39;'>"),
            "{page}"
        );
        assert!(page.contains("<html lang='fr'>") && page.contains("<script>a()</script>"));
        assert!(!page.contains("unsafe"));
    }

    #[test]
    fn a_page_asks_nothing_of_the_network() {
        let page = document("<title>", Tongue::En, None, &Html::default()).into_string();
        assert!(page.contains("<title>&lt;title&gt;</title>") && page.contains("default-src &#39;none&#39;"));
        assert!(!page.contains("script-src"), "no script, and none allowed");
        for request in ["http://", "https://", "url(", "@import", "<script", "<link", "src="] {
            assert!(!page.contains(request), "{request}");
        }
    }
}
