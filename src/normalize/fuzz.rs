//! Fuzz targets of values: dates, numbers, prose. See [`crate::fuzzing`].

use super::date::{self, DateOrder};
use super::{Scale, number, prose};
use crate::fuzzing::fuzz;
use crate::review::Date;

fn seeds(texts: &[&str]) -> Vec<Vec<u8>> {
    texts.iter().map(|text| text.as_bytes().to_vec()).collect()
}

#[test]
fn dates() {
    let seeds = seeds(&[
        "2024-12-14",
        "2024-12-14T21:33:19.123Z",
        "2024-12-14 21:33:19+02:00",
        "20241214",
        "202412",
        "14/12/2024",
        "12/14/24 9:05 PM",
        "3.4.2020",
        "Dec 14, 2024",
        "14 décembre 2024",
        "Date of stay: August 2019",
        "März 2021",
        "2019",
        "1652098468",
        "1652098468.0",
        "1652098468123",
        "il y a 3 semaines",
        "a year ago",
        "hace 2 meses",
        "vor einem Tag",
        "12/2024",
        "29 février 2024",
    ]);
    let words: &[&[u8]] = &[
        b"-",
        b"/",
        b".",
        b":",
        b" ",
        b"0",
        b"31",
        b"99999999",
        b"29",
        b"Feb",
        b"mai",
        b"ago",
        b"AM",
        b"\xc3\xa9",
        b"years",
        "\u{661}".as_bytes(),
        b"T",
        b"Z",
        b"+",
    ];
    let crawled = Date::from_ymd(2024, 12, 31);
    fuzz("dates", &seeds, words, |input| {
        let text = String::from_utf8_lossy(input);
        for order in [DateOrder::DayFirst, DateOrder::MonthFirst] {
            for crawled in [None, crawled] {
                let read = date::parse(&text, order, crawled);
                assert_eq!(
                    date::parse(&format!(" {text}\t"), order, crawled),
                    read,
                    "blanks around it"
                );
                if let Ok((read, form)) = read {
                    let printed = date::parse(&read.to_string(), order, None);
                    assert_eq!(printed.map(|(date, _)| date), Ok(read), "{form:?} printed as {read}");
                }
            }
        }
        assert!(date::day(&text).is_none_or(|day| (1..=31).contains(&day)));
        assert!(date::month(&text).is_none_or(|month| (1..=12).contains(&month)));
        assert!(date::year(&text).is_none_or(|year| (1990..=2100).contains(&year)));
    });
}

#[test]
fn numbers() {
    let seeds = seeds(&[
        "4",
        "4.0",
        "4,5",
        "4/5",
        "8,4 / 10",
        "4.0 of 5 bubbles",
        "4 sur 5",
        "Rated 4 out of 5 stars",
        "5-star rating",
        "bubble_45",
        "ui_bubble_rating bubble_50",
        "★★★★☆",
        "FIVE",
        "1,234",
        "1 review",
        "Local Guide · 34 avis",
        "UK20 contributions",
        "1 234",
        "12.0",
        "-3.5",
        "1e3",
        "+7",
        "0.5",
        "yes",
        "Non",
        "48.8566",
        "-0.1276",
    ]);
    let words: &[&[u8]] = &[
        b".",
        b",",
        b"/",
        b"-",
        b"+",
        b"e",
        b"0",
        b"9999999999",
        b"bubble_",
        b"rating_",
        b" of ",
        b"inf",
        b"nan",
        "★".as_bytes(),
        "☆".as_bytes(),
        "\u{a0}".as_bytes(),
        "\u{202f}".as_bytes(),
        b"avis",
        b"'",
    ];
    fuzz("numbers", &seeds, words, |input| {
        let text = String::from_utf8_lossy(input);
        if let Some(rating) = number::rating(&text) {
            assert!(
                rating.value.is_finite() && rating.best.is_none_or(f64::is_finite),
                "{rating:?}"
            );
            let printed = number::rating(&rating.value.to_string());
            // What prints longer than any rating is written is none.
            if rating.value.to_string().len() <= 48 {
                assert_eq!(printed.map(|printed| printed.value), Some(rating.value));
            }
            let scales = rating.best.and_then(Scale::out_of).into_iter().chain([Scale::FIVE]);
            for (five, _) in scales.filter_map(|scale| scale.to_five(rating.value)) {
                assert!((1.0..=5.0).contains(&five), "{five}");
            }
        }
        if let Some(count) = number::count(&text) {
            assert_eq!(number::count(&count.to_string()), Some(count));
        }
        if let Some(latitude) = number::bounded(&text, -90.0..=90.0) {
            assert_eq!(number::bounded(&latitude.to_string(), -90.0..=90.0), Some(latitude));
        }
        if let Some(flag) = number::flag(&text) {
            assert_eq!(number::flag(&flag.to_string()), Some(flag));
        }
        if let Some(language) = super::language(&text) {
            assert_eq!(super::language(language.code()), Some(language));
        }
    });
}

#[test]
fn prose_and_photos() {
    let seeds = seeds(&[
        "Great stay &amp; kind staff<br/>We&#39;ll be back&nbsp;soon",
        "<p>Très <b>propre</b></p><script>alert(1)</script>",
        "[{'url': 'a.jpg', 'w': 3}, {\"src\": \"b.png\"}]",
        "a.jpg;b.jpg | c.webp",
        "None",
        "n/a",
        "Paris, Île-de-France, France",
        "Read more &lt;i&gt; &#x1F600; &#128512; &bogus; …More",
    ]);
    let words: &[&[u8]] = &[
        b"<",
        b">",
        b"&",
        b";",
        b"&#",
        b"&#x",
        b"&lt;",
        b"<br>",
        b"</",
        b"<!--",
        b"[",
        b"]",
        b"{",
        b"'",
        b"\"",
        b",",
        b"nbsp",
        b"99999999999",
        b"\xe2\x80\xa6",
        b"\\",
    ];
    fuzz("prose", &seeds, words, |input| {
        let text = String::from_utf8_lossy(input);
        if let Some(present) = prose::present(&text) {
            assert!(
                !present.is_empty() && prose::present(present) == Some(present),
                "{present:?}"
            );
        }
        let plain = prose::plain(&text);
        // An entity stands for one character or is kept.
        assert!(plain.len() <= 2 * text.len() + 8, "{plain:?}");
        prose::photos(&text);
        prose::is_furniture(&text);
        for limit in 0..text.len().min(9) {
            let cut = super::cut(&text, limit);
            assert!(cut.len() <= limit && text.starts_with(cut));
        }
        assert!(text.contains(prose::place(&text)));
    });
}
