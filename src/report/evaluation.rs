//! The page of `turfwatch evaluate --report`: every measure with its interval and with what it is compared to, the measures
//! by column values, bands by class, and four charts.

use super::{Html, charts, close_table, count, decimal, document, markup, open_table, percent, share_bar, value_cell};
use crate::explain::Tongue;
use serde_json::Value;

/// The page for what `evaluate --json` writes, and for the rows behind it: probability of fake, and whether the label says
/// fake. A measure that is missing or null reads "not defined"; a row without a probability from 0 to 1 is left out of the
/// charts, and the page says how many were.
pub fn page(metrics: &Value, rows: &[(f64, bool)]) -> String {
    let mut html = Html::default();
    heading(&mut html, metrics);
    measures(&mut html, metrics);
    charts::of_scores(&mut html, metrics, rows);
    bands(&mut html, metrics);
    by(&mut html, metrics);
    features(&mut html, metrics);
    let title = match metrics["model"].as_str() {
        Some(model) => format!("Evaluation of {model} - Turfwatch"),
        None => "Evaluation - Turfwatch".to_owned(),
    };
    document(&title, Tongue::En, None, &html).into_string()
}

fn heading(html: &mut Html, metrics: &Value) {
    markup!(html, "<h1>Evaluation</h1>\n<dl>\n");
    for (term, key) in [("Model", "model"), ("Protocol", "protocol")] {
        markup!(html, "<dt>" {term} "</dt><dd><bdi>" {metrics[key].as_str().unwrap_or("not given")} "</bdi></dd>\n");
    }
    markup!(html, "<dt>Reviews</dt><dd>");
    match (metrics["n"].as_u64(), metrics["positives"].as_u64()) {
        (Some(n), Some(fakes)) => {
            markup!(html, {count(n)} ", " {count(fakes)} " of them labelled fake (");
            markup!(html, {percent(fakes as f64 / n as f64)} ")");
            if let Some(groups) = metrics["groups"].as_u64() {
                markup!(html, ", in " {count(groups)} {if groups == 1 { " group" } else { " groups" }});
            }
        }
        _ => {
            markup!(html, "not given");
        }
    }
    markup!(html, "</dd>\n</dl>\n<nav aria-label='Sections'><ul>");
    markup!(
        html,
        "<li><a href='#measures'>Measures</a></li><li><a href='#charts'>Charts</a></li>"
    );
    markup!(html, "<li><a href='#bands'>Bands</a></li>");
    if has_parts(metrics) {
        markup!(html, "<li><a href='#by'>By column value</a></li>");
    }
    markup!(html, "</ul></nav>\n");
    markup!(
        html,
        "<p class='note'>Measured against the labels of the file. A high score is evidence to look at, "
    );
    markup!(html, "not a proof, and a label can be wrong too.</p>\n");
}

/// One row of the table of measures.
struct Measure {
    name: String,
    meaning: &'static str,
    value: Option<f64>,
    interval: Option<[f64; 2]>,
    /// What the value is to be compared to.
    beside: Option<(f64, &'static str)>,
}

fn measure(metrics: &Value, key: &str, name: &str, meaning: &'static str) -> Measure {
    let (value, interval) = (metrics[key].as_f64(), interval(metrics, key));
    Measure {
        name: name.to_owned(),
        meaning,
        value,
        interval,
        beside: None,
    }
}

fn all_measures(metrics: &Value) -> Vec<Measure> {
    let share = share_of_fakes(metrics);
    let beside = |value: Option<f64>, what: &'static str| value.map(|value| (value, what));
    let one = |key, name, meaning, comparison| Measure {
        beside: comparison,
        ..measure(metrics, key, name, meaning)
    };
    let mut all = vec![
        one(
            "accuracy",
            "Accuracy",
            "share on the right side of probability 0.5",
            beside(share.map(|share| share.max(1.0 - share)), "always the larger class"),
        ),
        one(
            "auc",
            "AUC",
            "chance that a fake scores above a genuine review",
            Some((0.5, "chance")),
        ),
        one(
            "average_precision",
            "Average precision",
            "area under the precision-recall curve",
            beside(share, "chance"),
        ),
    ];
    for (k, value) in metrics["precision_at"].as_object().into_iter().flatten() {
        all.push(Measure {
            name: format!("Precision at {k}"),
            meaning: "share of fakes among that many highest scores",
            value: value.as_f64(),
            interval: interval(metrics, &format!("precision_at_{k}")),
            beside: beside(share, "chance"),
        });
    }
    for (rate, value) in metrics["recall_at_fpr"].as_object().into_iter().flatten() {
        all.push(Measure {
            name: format!("Recall at FPR {rate}"),
            meaning: "share of fakes found when at most that share of genuine reviews is flagged",
            value: value.as_f64(),
            interval: interval(metrics, &format!("recall_at_fpr_{rate}")),
            beside: beside(rate.parse().ok(), "chance"),
        });
    }
    all.push(one(
        "brier",
        "Brier score",
        "mean squared error of the probability; lower is better",
        beside(share.map(|share| share * (1.0 - share)), "always the share of fakes"),
    ));
    all.push(one(
        "ece",
        "Calibration error (ECE)",
        "mean distance of probability and share of fakes, 10 bins; lower is better",
        beside(metrics["ece_perfect"].as_f64(), "perfectly calibrated model"),
    ));
    all
}

fn measures(html: &mut Html, metrics: &Value) {
    markup!(html, "<h2 id='measures'>Measures</h2>\n");
    open_table(
        html,
        "measures-caption",
        "",
        "All measures with 95 % intervals, and what each is compared to",
    );
    markup!(
        html,
        "<thead><tr><th scope='col'>Measure</th><th scope='col' class='number'>Value</th>"
    );
    markup!(html, "<th scope='col'>For comparison</th></tr></thead>\n<tbody>\n");
    for measure in all_measures(metrics) {
        markup!(html, "<tr><th scope='row'>" {&measure.name} " <span class='meaning'>" {measure.meaning} "</span></th>");
        value_cell(html, measure.value, measure.interval);
        markup!(html, "<td>");
        if let Some((value, what)) = measure.beside {
            markup!(html, "<span class='nowrap'>" {decimal(value)} "</span> " {what});
        }
        markup!(html, "</td></tr>\n");
    }
    close_table(html);
    markup!(
        html,
        "<p class='note'>Intervals come from drawing whole groups again with replacement"
    );
    if let Some(seed) = metrics["seed"].as_u64() {
        markup!(html, ", seed " {seed});
    }
    markup!(
        html,
        ". The calibration error is above 0 for a perfectly calibrated model too, by chance alone.</p>\n"
    );
}

/// Columns of the table by column values: keys of single measures, and of measures by a number.
const BY_COLUMNS: [(&str, &str); 5] = [
    ("accuracy", "Accuracy"),
    ("auc", "AUC"),
    ("average_precision", "Average precision"),
    ("brier", "Brier"),
    ("ece", "ECE"),
];

fn by(html: &mut Html, metrics: &Value) {
    if !has_parts(metrics) {
        return;
    }
    let rates: Vec<&String> = metrics["recall_at_fpr"]
        .as_object()
        .into_iter()
        .flatten()
        .map(|(rate, _)| rate)
        .collect();
    markup!(html, "<h2 id='by'>By column value</h2>\n");
    open_table(
        html,
        "by-caption",
        "wide",
        "The measures within the reviews that share a column's value; intervals are 95 %",
    );
    markup!(
        html,
        "<thead><tr><th scope='col'>Value</th><th scope='col' class='number'>Reviews</th>"
    );
    markup!(html, "<th scope='col' class='number'>Fakes</th>");
    for (_, name) in BY_COLUMNS {
        markup!(html, "<th scope='col' class='number'>" {name} "</th>");
    }
    markup!(html, "<th scope='col' class='number'>ECE if perfect</th>");
    for rate in &rates {
        markup!(html, "<th scope='col' class='number'>Recall at FPR " {rate} "</th>");
    }
    markup!(html, "<th scope='col' class='number'>Suspect, genuine</th>");
    markup!(
        html,
        "<th scope='col' class='number'>Suspect, fake</th></tr></thead>\n<tbody>\n"
    );
    let parts = metrics["by"]
        .as_object()
        .into_iter()
        .flatten()
        .map(|(name, part)| (name.as_str(), part));
    for (name, part) in std::iter::once(("all", metrics)).chain(parts) {
        markup!(html, "<tr><th scope='row' class='name'><bdi>" {name} "</bdi>");
        if name.ends_with('=') {
            markup!(html, " (empty)");
        }
        markup!(html, "</th>");
        for key in ["n", "positives"] {
            markup!(html, "<td class='number'>" {part[key].as_u64().map_or("-".to_owned(), count)} "</td>");
        }
        for (key, _) in BY_COLUMNS {
            value_cell(html, part[key].as_f64(), interval(part, key));
        }
        value_cell(html, part["ece_perfect"].as_f64(), None);
        for rate in &rates {
            let key = format!("recall_at_fpr_{rate}");
            value_cell(
                html,
                part["recall_at_fpr"][rate.as_str()].as_f64(),
                interval(part, &key),
            );
        }
        for class in ["genuine", "fake"] {
            let share = part["bands"][class]["suspect"]
                .as_f64()
                .filter(|_| reviews_of(part, class) != Some(0));
            markup!(html, "<td class='number'>" {share.map_or("-".to_owned(), percent)} "</td>");
        }
        markup!(html, "</tr>\n");
    }
    close_table(html);
}

fn bands(html: &mut Html, metrics: &Value) {
    markup!(html, "<h2 id='bands'>Bands</h2>\n");
    let classes = ["genuine", "fake"];
    let mut names: Vec<&String> = Vec::new();
    for (name, _) in classes
        .iter()
        .flat_map(|class| metrics["bands"][*class].as_object().into_iter().flatten())
    {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    if names.is_empty() {
        markup!(html, "<p>not given</p>\n");
        return;
    }
    open_table(
        html,
        "bands-caption",
        "bands",
        "Share of each class that each band holds",
    );
    markup!(
        html,
        "<thead><tr><th scope='col'>Band</th><th scope='col'>Genuine reviews</th><th scope='col'>Fakes</th>"
    );
    markup!(html, "</tr></thead>\n<tbody>\n");
    for name in names {
        markup!(html, "<tr><th scope='row'>" {name.replace('_', " ")} "</th>");
        for class in classes {
            let reviews = reviews_of(metrics, class);
            markup!(html, "<td>");
            match metrics["bands"][class][name.as_str()]
                .as_f64()
                .filter(|_| reviews != Some(0))
            {
                Some(share) => {
                    markup!(html, { percent(share) });
                    if let Some(reviews) = reviews {
                        markup!(html, " (" {count((share * reviews as f64).round() as u64)} ")");
                    }
                    share_bar(html, if class == "fake" { "bar-fake" } else { "bar-genuine" }, share);
                }
                None => {
                    markup!(html, "-");
                }
            }
            markup!(html, "</td>");
        }
        markup!(html, "</tr>\n");
    }
    close_table(html);
    markup!(
        html,
        "<p class='note'>Genuine reviews under 'suspect' are the false accusations.</p>\n"
    );
}

fn features(html: &mut Html, metrics: &Value) {
    let codes: Vec<&str> = metrics["features"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    if codes.is_empty() {
        return;
    }
    markup!(html, "<h2>Features</h2>\n<details><summary>" {count(codes.len() as u64)} " features</summary>\n");
    markup!(html, "<ul class='codes'>");
    for code in codes {
        markup!(html, "<li><bdi>" {code} "</bdi></li>");
    }
    markup!(html, "</ul></details>\n");
}

fn has_parts(metrics: &Value) -> bool {
    metrics["by"].as_object().is_some_and(|parts| !parts.is_empty())
}

fn interval(metrics: &Value, key: &str) -> Option<[f64; 2]> {
    let ends = &metrics["ci95"][key];
    Some([ends[0].as_f64()?, ends[1].as_f64()?])
}

fn share_of_fakes(metrics: &Value) -> Option<f64> {
    let (n, fakes) = (metrics["n"].as_f64()?, metrics["positives"].as_f64()?);
    (n > 0.0).then(|| fakes / n)
}

/// Number of reviews of a class, where the metrics tell it.
fn reviews_of(metrics: &Value, class: &str) -> Option<u64> {
    let (n, fakes) = (metrics["n"].as_u64()?, metrics["positives"].as_u64()?);
    Some(if class == "fake" {
        fakes
    } else {
        n.saturating_sub(fakes)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::tests::assert_sound;
    use serde_json::json;

    fn metrics() -> Value {
        json!({
            "n": 240, "positives": 111, "groups": 30, "seed": 1, "accuracy": 0.617, "auc": 0.640, "average_precision": 0.561,
            "precision_at": {"100": 0.595}, "recall_at_fpr": {"0.01": 0.0, "0.05": 0.036}, "brier": 0.265, "ece": 0.153,
            "ece_perfect": 0.056, "ci95": {"auc": [0.597, 0.678], "precision_at_100": [0.5, 0.7], "recall_at_fpr_0.05": [0.0, 0.1]},
            "protocol": "5 folds, seed 1", "model": "hotel@abc", "features": ["A4.brochure_density"],
            "bands": {
                "genuine": {"suspect": 0.0, "review": 0.2, "clear": 0.7, "insufficient_evidence": 0.1},
                "fake": {"suspect": 0.25, "review": 0.35, "clear": 0.3, "insufficient_evidence": 0.1},
            },
            "by": {"lang=en": {"n": 12, "positives": 0, "auc": null, "accuracy": 1.0}, "lang=": {"n": 3, "positives": 3}},
        })
    }

    #[test]
    fn every_measure_stands_with_its_interval_and_its_comparison() {
        let page = page(&metrics(), &[(0.9, true), (0.2, false)]);
        assert_sound(&page);
        for cell in [
            "0.640 <span class='interval'>0.597 to 0.678</span>",
            "0.595 <span class='interval'>0.500 to 0.700</span>",
            "0.036 <span class='interval'>0.000 to 0.100</span>",
            "0.056</span> perfectly calibrated model",
            "0.249</span> always the share of fakes",
            "240, 111 of them labelled fake (46.2 %), in 30 groups",
            "25.0 % (28)",
        ] {
            assert!(page.contains(cell), "{cell}");
        }
    }

    #[test]
    fn names_out_of_files_are_escaped() {
        let hostile = "<script>alert(1)</script>\"'&";
        let mut metrics = metrics();
        metrics["model"] = hostile.into();
        metrics["protocol"] = hostile.into();
        metrics["features"] = json!([hostile]);
        metrics["by"] = json!({ hostile: metrics["by"]["lang=en"] });
        for part in ["precision_at", "recall_at_fpr"] {
            metrics[part] = json!({ hostile: 0.5 });
        }
        for class in ["genuine", "fake"] {
            metrics["bands"][class] = json!({ hostile: 0.5 });
        }
        let page = page(&metrics, &[(0.9, true), (0.2, false)]);
        assert_sound(&page);
        assert!(!page.contains("<script") && !page.contains("</script"));
        let escaped = "&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;";
        // Title, model, protocol, feature, row of `by`, precision, recall twice, band.
        assert_eq!(page.matches(escaped).count(), 9);
    }

    #[test]
    fn missing_numbers_do_not_break_the_page() {
        let nothing = [
            Value::Null,
            json!({}),
            json!([]),
            json!({"n": 0, "positives": 0, "by": {"a=b": null}, "ci95": [1]}),
        ];
        for metrics in &nothing {
            assert_sound(&page(metrics, &[]));
        }
        let rows = [
            (f64::NAN, true),
            (0.5, true),
            (-0.1, false),
            (f64::INFINITY, false),
            (0.5, false),
        ];
        let mut metrics = metrics();
        metrics["auc"] = f64::NAN.into();
        metrics["brier"] = Value::Null;
        metrics["ci95"]["auc"] = json!([null, 0.5]);
        let page = page(&metrics, &rows);
        assert_sound(&page);
        assert!(page.contains("genuine review</span></th><td class='number'>not defined</td>"));
        assert!(page.contains("3 rows without a probability from 0 to 1 are not drawn"));
    }
}
