//! The real files, where they are; elsewhere `NOT MEASURED` is printed.

use super::{folder, table, turfwatch};
use std::path::PathBuf;

/// The folder of real data: `TURFWATCH_SHARED`, else `../shared` beside the project.
fn real() -> Option<PathBuf> {
    let folder = std::env::var_os("TURFWATCH_SHARED").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared")),
        PathBuf::from,
    );
    let found = folder.join("data/tripadvisor").is_dir().then_some(folder);
    if found.is_none() {
        println!("NOT MEASURED: real files are not here");
    }
    found
}

#[test]
fn every_real_file_is_scored_without_losing_a_row() {
    let Some(real) = real() else { return };
    let folder = folder();
    for (name, rows) in [
        ("sf_tripadvisor", 7500),
        ("sf_google", 2361),
        ("stockton_pipe_separated", 1056),
        ("us_hotels_subratings", 1000),
        ("slovakia", 2482),
        ("lyon_restaurants_fr", 15234),
        ("restaurants_es_bom", 3746),
        ("odessa_no_text", 3858),
        ("google_export_ar", 1022),
    ] {
        let output = folder.path().join(format!("{name}.csv"));
        let run = turfwatch()
            .arg("score")
            .arg(real.join(format!("data/tripadvisor/{name}.csv")))
            .arg("-o")
            .arg(&output)
            .output()
            .expect("runs");
        assert!(
            matches!(run.status.code(), Some(0 | 3)),
            "{name}: {}",
            String::from_utf8_lossy(&run.stderr)
        );
        let scored = table(&output).rows.len();
        let rejects = folder.path().join(format!("{name}.csv.rejects.csv"));
        let rejected = if rejects.exists() {
            table(&rejects).rows.len()
        } else {
            0
        };
        assert_eq!(scored + rejected, rows, "{name}: rows in = rows scored + rows rejected");
    }
}

#[test]
fn ott_is_learnt_from_on_hotel_folds() {
    let Some(real) = real() else { return };
    let folder = folder();
    let (csv, json) = (folder.path().join("ott.csv"), folder.path().join("ott.json"));
    turfwatch()
        .args(["import", "ott"])
        .arg(real.join("data/ott"))
        .arg("-o")
        .arg(&csv)
        .assert()
        .success();
    turfwatch()
        .arg("evaluate")
        .arg(&csv)
        .args(["--fold-column", "fold", "--json"])
        .arg(&json)
        .assert()
        .success();
    let metrics: serde_json::Value = serde_json::from_slice(&std::fs::read(&json).expect("written")).expect("JSON");
    println!(
        "Ott, hotel folds: accuracy {}, AUC {}",
        metrics["accuracy"], metrics["auc"]
    );
    assert!(
        metrics["accuracy"].as_f64().is_some_and(|accuracy| accuracy >= 0.88),
        "{metrics}"
    );
}
