//! `turfwatch properties` and `turfwatch report` as users run them.

use super::{PROPERTIES, SAMPLE, folder, number, table, turfwatch, written};
use std::path::Path;

fn report(input: &Path, output: &Path, options: &[&str]) -> String {
    turfwatch()
        .arg("report")
        .arg(input)
        .arg("-o")
        .arg(output)
        .args(options)
        .assert()
        .success();
    std::fs::read_to_string(output).expect("was written")
}

#[test]
fn properties_of_the_sample_add_up() {
    let folder = folder();
    let path = folder.path().join("properties.csv");
    turfwatch()
        .args(["properties", SAMPLE, "--properties", PROPERTIES, "-o"])
        .arg(&path)
        .assert()
        .success();
    let found = table(&path);
    let sum = |column: &str| found.rows.iter().map(|row| number(row, column)).sum::<f64>();
    assert_eq!((sum("reviews"), found.rows.len()), (318.0, 20));
    for row in &found.rows {
        let (low, mean, high) = (
            "rating_without_suspects_low",
            "rating_without_suspects",
            "rating_without_suspects_high",
        );
        assert!(number(row, low) <= number(row, mean) && number(row, mean) <= number(row, high));
        assert!(number(row, "judged") <= number(row, "reviews") && number(row, "suspect") <= number(row, "judged"));
        assert!((0.0..1.0).contains(&number(row, "evidence")));
        assert!(["worth_a_look", "nothing_stands_out", "not_enough_data"].contains(&row["finding"].as_str()));
        assert!(!row["explanation"].is_empty());
    }
    let lines = folder.path().join("properties.jsonl");
    turfwatch()
        .args(["properties", SAMPLE, "--explain-in", "fr", "-o"])
        .arg(&lines)
        .assert()
        .success();
    let text = std::fs::read_to_string(&lines).expect("was written");
    let objects: Vec<serde_json::Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    assert_eq!(objects.len(), 20);
    assert!(
        objects
            .iter()
            .all(|object| object["campaigns"].is_array() && object["reviews"].is_u64())
    );
}

#[test]
fn the_report_of_the_sample_holds_what_the_commands_say() {
    let folder = folder();
    let page = report(
        Path::new(SAMPLE),
        &folder.path().join("report.html"),
        &["--properties", PROPERTIES, "--top", "25"],
    );
    assert_eq!(page.matches("<article ").count(), 25);
    assert_eq!(page.matches("<tr data-group=").count(), 20);
    let campaigns = turfwatch()
        .args(["campaigns", SAMPLE, "--properties", PROPERTIES, "--format", "csv"])
        .output()
        .expect("runs");
    for line in String::from_utf8_lossy(&campaigns.stdout).lines().skip(1) {
        let id = line.split(',').next().expect("a first field");
        assert!(page.contains(&format!("<bdi>{id}</bdi></h3>")), "{id}");
    }
    for request in ["http://", "https://", "url(", "@import", "src=", " style=", "unsafe-"] {
        assert!(!page.contains(request), "{request}");
    }
    let french = report(
        Path::new(SAMPLE),
        &folder.path().join("rapport.html"),
        &["--explain-in", "fr"],
    );
    assert!(french.contains("<html lang='fr'>") && french.contains("Qualité des données"));
}

#[test]
fn a_page_is_the_same_for_any_number_of_threads() {
    let folder = folder();
    let of = |threads: &str| report(Path::new(SAMPLE), &folder.path().join(threads), &["--threads", threads]);
    assert_eq!(of("1"), of("3"));
}

#[test]
fn a_hostile_review_stays_text() {
    let folder = folder();
    let rows: String = (0..20)
        .map(|row| format!("r{row},<b>House</b>,<i>u{row}</i>,5,2024-01-{:02},\"<script>alert({row})</script>\"\"><img onerror=x> nice stay\"\n", row + 1))
        .collect();
    let input = written(
        &folder,
        "hostile.csv",
        format!("review_id,property_name,reviewer_id,rating,published,text\n{rows}"),
    );
    let page = report(&input, &folder.path().join("page.html"), &[]);
    assert!(page.contains("&lt;script&gt;alert(3)&lt;/script&gt;"));
    assert_eq!(page.matches("<script").count(), 1, "the page's own");
    for broken in ["<img", "<b>House", "<i>u"] {
        assert!(!page.contains(broken), "{broken}");
    }
}

#[test]
fn rejected_records_are_told_and_kept() {
    let folder = folder();
    let input = written(
        &folder,
        "broken.csv",
        "review_id,property_name,rating,text\n1,Gannet,5,Good\n2,Gannet,4\n3,Gannet,3,Fair\n",
    );
    let path = folder.path().join("page.html");
    turfwatch()
        .arg("report")
        .arg(&input)
        .arg("-o")
        .arg(&path)
        .assert()
        .code(3);
    let page = std::fs::read_to_string(&path).expect("was written");
    assert!(page.contains("3 records read: 2 scored, 1 rejected"));
    assert_eq!(table(&folder.path().join("page.html.rejects.csv")).rows.len(), 1);
}
