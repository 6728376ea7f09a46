//! The command line as users run it, on the sample and on small files made here.

use assert_cmd::Command;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

mod faults;
mod findings;
mod limits;
mod real_files;

const SAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/datasets/sample_reviews.csv");
const KEY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/datasets/sample_key.csv");
const PROPERTIES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/datasets/sample_properties.csv");

fn turfwatch() -> Command {
    Command::cargo_bin("turfwatch").expect("the program is built")
}

/// A table: its header, and its rows by column name.
struct Table {
    header: Vec<String>,
    rows: Vec<BTreeMap<String, String>>,
}

fn table(path: &Path) -> Table {
    let mut reader = csv::Reader::from_path(path).expect("a readable CSV");
    let header: Vec<String> = reader.headers().expect("a header").iter().map(str::to_owned).collect();
    let rows = reader
        .records()
        .map(|record| {
            header
                .iter()
                .cloned()
                .zip(record.expect("a sound record").iter().map(str::to_owned))
                .collect()
        })
        .collect();
    Table { header, rows }
}

fn score(input: &str, output: &Path, options: &[&str]) -> Table {
    turfwatch()
        .args(["score", input, "-o"])
        .arg(output)
        .args(options)
        .assert()
        .success();
    table(output)
}

fn number(row: &BTreeMap<String, String>, column: &str) -> f64 {
    row[column]
        .parse()
        .unwrap_or_else(|_| panic!("{column} is {:?}", row[column]))
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

fn written(folder: &tempfile::TempDir, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
    let path = folder.path().join(name);
    std::fs::write(&path, content).expect("a writable folder");
    path
}

const COLUMNS: [&str; 7] = [
    "turf_probability",
    "turf_logit",
    "turf_band",
    "turf_evidence",
    "turf_reasons",
    "turf_explanation",
    "turf_model",
];

#[test]
fn the_sample_comes_back_whole_with_scores_that_add_up() {
    let folder = folder();
    let scored = score(SAMPLE, &folder.path().join("scored.csv"), &[]);
    let input = table(Path::new(SAMPLE));
    assert_eq!(
        scored.header[..input.header.len()],
        input.header[..],
        "the input's columns come first, in order"
    );
    assert_eq!(scored.header[input.header.len()..], COLUMNS);
    assert_eq!(scored.rows.len(), input.rows.len());
    for (out, own) in scored.rows.iter().zip(&input.rows) {
        for column in &input.header {
            assert_eq!(out[column], own[column], "{column} is unchanged");
        }
        let logit = number(out, "turf_logit");
        let sum: i64 = out["turf_reasons"]
            .split(';')
            .map(|reason| {
                let (_, contribution) = reason.rsplit_once(':').expect("CODE:+1.234");
                (contribution.parse::<f64>().expect("a number") * 1000.0).round() as i64
            })
            .sum();
        assert_eq!(
            sum,
            (logit * 1000.0).round() as i64,
            "the reasons add up: {}",
            out["turf_reasons"]
        );
        let probability = number(out, "turf_probability");
        assert!((probability - 1.0 / (1.0 + (-logit).exp())).abs() < 1e-6);
        assert!((0.0..=1.0).contains(&number(out, "turf_evidence")));
        assert!(["clear", "review", "suspect", "insufficient_evidence"].contains(&out["turf_band"].as_str()));
        assert!(out["turf_model"].contains('@') && !out["turf_explanation"].is_empty());
    }
}

/// A text unlike the machine-written fakes of its language may still be a fake written by a person: all that n-grams take off
/// together is bounded. Without that French reviews lost 5 to 6.
#[test]
fn ngrams_never_clear_a_review_alone() {
    let folder = folder();
    let scored = score(SAMPLE, &folder.path().join("scored.csv"), &[]);
    let mut against = 0;
    for row in &scored.rows {
        let reasons = row["turf_reasons"].split(';');
        let ngrams = reasons.filter_map(|reason| {
            let (code, contribution) = reason.rsplit_once(':').expect("CODE:+1.234");
            code.starts_with("B4.ngram_")
                .then(|| contribution.parse::<f64>().expect("a number"))
        });
        let sum: f64 = ngrams.sum();
        against += usize::from(sum < -1.0);
        assert!(sum > -2.4, "{sum}");
    }
    assert!(against > 100, "{against}");
}

/// What the detector says of the sample is reported here, and held loosely: the texts were frozen before it first ran.
#[test]
fn the_sample_ranks_planted_reviews_above_innocent_ones_and_accuses_no_look_alike() {
    let folder = folder();
    let scored = score(SAMPLE, &folder.path().join("scored.csv"), &["--properties", PROPERTIES]);
    let key: BTreeMap<String, (String, String)> = table(Path::new(KEY))
        .rows
        .into_iter()
        .map(|row| (row["review_id"].clone(), (row["kind"].clone(), row["label"].clone())))
        .collect();
    let mut by_kind: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let (mut fakes, mut genuine) = (Vec::new(), Vec::new());
    for row in &scored.rows {
        let (kind, label) = &key[&row["review_id"]];
        by_kind.entry(kind).or_default().push(&row["turf_band"]);
        if label == "fake" { &mut fakes } else { &mut genuine }.push(number(row, "turf_probability"));
    }
    for (kind, bands) in &by_kind {
        let count = |band: &str| bands.iter().filter(|other| **other == band).count();
        println!(
            "{kind:<30} {:>3}: suspect {}, review {}, clear {}, insufficient {}",
            bands.len(),
            count("suspect"),
            count("review"),
            count("clear"),
            count("insufficient_evidence")
        );
        if kind.starts_with("innocent") {
            assert_eq!(count("suspect"), 0, "{kind} must not be in suspect");
        }
    }
    let pairs = (fakes.len() * genuine.len()) as f64;
    let above: f64 = fakes
        .iter()
        .map(|fake| {
            genuine
                .iter()
                .map(|other| {
                    if fake > other {
                        1.0
                    } else if fake == other {
                        0.5
                    } else {
                        0.0
                    }
                })
                .sum::<f64>()
        })
        .sum();
    println!("area under the ROC curve on the sample: {:.3}", above / pairs);
    assert!(above / pairs > 0.8, "planted reviews rank above the others");
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let folder = folder();
    let files: Vec<Vec<u8>> = ["1", "2", "8"]
        .iter()
        .map(|threads| {
            let path = folder.path().join(format!("{threads}.csv"));
            score(SAMPLE, &path, &["--threads", threads]);
            std::fs::read(path).expect("was written")
        })
        .collect();
    assert!(files[0] == files[1] && files[1] == files[2]);
}

#[test]
fn no_score_depends_on_row_order_or_on_the_looks_of_an_id() {
    let folder = folder();
    let input = table(Path::new(SAMPLE));
    let mut writer = csv::Writer::from_path(folder.path().join("turned.csv")).expect("a writable folder");
    writer.write_record(&input.header).expect("writes");
    for row in input.rows.iter().rev() {
        let record = input.header.iter().map(|column| match column.as_str() {
            // Another id for each, the same for equal ones.
            "review_id" | "reviewer_id" | "property_id" if !row[column].is_empty() => {
                format!("x{}", row[column].bytes().rev().map(char::from).collect::<String>())
            }
            _ => row[column].clone(),
        });
        writer.write_record(record).expect("writes");
    }
    writer.flush().expect("writes");
    let before = score(SAMPLE, &folder.path().join("before.csv"), &[]);
    let after = score(
        folder.path().join("turned.csv").to_str().expect("a path"),
        &folder.path().join("after.csv"),
        &[],
    );
    for (before, after) in before.rows.iter().zip(after.rows.iter().rev()) {
        assert_eq!(before["turf_logit"], after["turf_logit"], "{}", before["review_id"]);
        assert_eq!(before["turf_band"], after["turf_band"]);
    }
}

#[test]
fn every_form_of_input_and_output_gives_the_same_scores() {
    let folder = folder();
    let csv = score(SAMPLE, &folder.path().join("scored.csv"), &[]);
    for format in ["jsonl", "parquet"] {
        let scored = folder.path().join(format!("scored.{format}"));
        turfwatch()
            .args(["score", SAMPLE, "-o"])
            .arg(&scored)
            .assert()
            .success();
        // What was written is read back as input; its own turf columns are replaced.
        let again = score(
            scored.to_str().expect("a path"),
            &folder.path().join(format!("{format}.csv")),
            &[],
        );
        for (one, other) in csv.rows.iter().zip(&again.rows) {
            assert_eq!(one["turf_logit"], other["turf_logit"], "{format}: {}", one["review_id"]);
        }
    }
    let jsonl = std::fs::read_to_string(folder.path().join("scored.jsonl")).expect("was written");
    let first: serde_json::Value = serde_json::from_str(jsonl.lines().next().expect("a line")).expect("JSON");
    assert!(
        first["turf_reasons"]
            .as_array()
            .is_some_and(|reasons| !reasons.is_empty()),
        "{first}"
    );
    assert!(first["turf_probability"].is_number());
    let piped = turfwatch()
        .args(["score", "-"])
        .write_stdin(std::fs::read(SAMPLE).expect("the sample"))
        .output()
        .expect("runs");
    assert!(piped.status.success());
    assert_eq!(
        piped.stdout,
        std::fs::read(folder.path().join("scored.csv")).expect("was written"),
        "standard input to standard output"
    );
}

#[test]
fn photos_are_read_where_the_user_lets_them_be() {
    let (folder, album) = (folder(), tempfile::tempdir().expect("a temporary folder"));
    let file = album.path().join("view.png");
    image::RgbImage::from_fn(300, 200, |x, y| image::Rgb([x as u8, y as u8, (x + y) as u8]))
        .save(&file)
        .expect("a PNG");
    let reviews = written(
        &folder,
        "reviews.csv",
        format!(
            "hotel,reviewer,rating,review text,photos\n\
             Arbour House,u1,5,The room over the yard was quiet and the porter found us a cot.,{}\n\
             Arbour House,u2,4,Breakfast ends at nine which is early for a Sunday.,https://example.org/a.jpg\n\
             Arbour House,u3,4,A long walk from the station but the beds are good.,missing.jpg\n",
            file.display()
        ),
    );
    let run = |options: &[&str]| {
        let score = turfwatch()
            .arg("score")
            .arg(&reviews)
            .arg("-o")
            .arg(folder.path().join("scored.csv"))
            .args(options)
            .output()
            .expect("runs");
        String::from_utf8(score.stderr).expect("UTF-8")
    };
    let said = run(&[]);
    for words in [
        "1 photos left out: addresses",
        "1 photos left out: outside the folder of the file; --photos DIR",
        "1 photos left out: not readable, the first is ",
        "missing.jpg",
    ] {
        assert!(said.contains(words), "{words} in {said}");
    }
    let said = run(&["--photos", album.path().to_str().expect("a path")]);
    assert!(!said.contains("outside the folder"), "{said}");
    let explained = turfwatch()
        .arg("explain")
        .arg(&reviews)
        .args(["--id", "1", "--photos"])
        .arg(album.path())
        .output()
        .expect("runs");
    let explained = String::from_utf8(explained.stdout).expect("UTF-8");
    assert!(explained.contains("A6.sharpness"), "{explained}");
    turfwatch()
        .arg("score")
        .arg(&reviews)
        .args(["--photos", "no/such/folder"])
        .assert()
        .failure();
}

#[test]
fn broken_records_are_rejected_by_line_and_nothing_is_lost() {
    let folder = folder();
    let input = written(
        &folder,
        "broken.csv",
        "review_id,property_name,reviewer_name,rating,published,text\n\
         1,Inn at Low Mill,anna,5,2024-01-02,A quiet room on the second floor and a good breakfast with local cheese.\n\
         2,Inn at Low Mill,ben,4\n\
         3,Inn at Low Mill,carla,9,soon,The bed was hard but the staff moved us to another room within ten minutes.\n\
         4,,,5,2024-01-03,\n",
    );
    let output = folder.path().join("out.csv");
    let run = turfwatch()
        .arg("score")
        .arg(&input)
        .arg("-o")
        .arg(&output)
        .output()
        .expect("runs");
    assert_eq!(run.status.code(), Some(3), "{}", String::from_utf8_lossy(&run.stderr));
    let rejects = table(&folder.path().join("out.csv.rejects.csv"));
    for command in ["campaigns", "properties"] {
        let (output, kept) = (
            folder.path().join(command),
            folder.path().join(format!("{command}.kept")),
        );
        let beside = folder.path().join(format!("{command}.rejects.csv"));
        for (options, written) in [(None, &beside), (Some(("--rejects", &kept)), &kept)] {
            let mut run = turfwatch();
            run.arg(command).arg(&input).arg("-o").arg(&output);
            if let Some((option, path)) = options {
                run.arg(option).arg(path);
            }
            run.assert().code(3);
            assert_eq!(table(written).rows, rejects.rows, "{command}");
        }
    }
    assert_eq!(
        table(&output).rows.len() + rejects.rows.len(),
        4,
        "rows in = rows scored + rows rejected"
    );
    assert_eq!(
        rejects.rows.iter().map(|row| row["line"].as_str()).collect::<Vec<_>>(),
        ["3", "5"]
    );
    assert!(rejects.rows[0]["raw"].contains("ben"));
    let summary = String::from_utf8_lossy(&run.stderr);
    assert!(summary.contains("published"), "what became missing is said: {summary}");
}

#[test]
fn what_is_no_review_file_gets_a_clear_answer() {
    let folder = folder();
    for (name, content, said) in [
        ("empty.csv", &b""[..], "empty"),
        ("weather.csv", &b"station,temperature\nA,12\nB,14\n"[..], "looked for"),
        ("picture.csv", &b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"[..], ""),
    ] {
        let input = written(&folder, name, content);
        let output = folder.path().join("never.csv");
        let run = turfwatch()
            .arg("score")
            .arg(&input)
            .arg("-o")
            .arg(&output)
            .output()
            .expect("runs");
        let error = String::from_utf8_lossy(&run.stderr).into_owned();
        assert_eq!(run.status.code(), Some(1), "{name}: {error}");
        assert!(error.contains(name) && error.contains(said), "{name}: {error}");
        assert!(!output.exists(), "no half output");
    }
    let header_alone = written(&folder, "header.csv", "review_id,text,rating\n");
    let output = folder.path().join("header.out.csv");
    let run = turfwatch()
        .arg("score")
        .arg(&header_alone)
        .arg("-o")
        .arg(&output)
        .output()
        .expect("runs");
    assert!(
        run.status.code() == Some(0) && table(&output).rows.is_empty(),
        "{}",
        String::from_utf8_lossy(&run.stderr)
    );
    turfwatch().args(["score", "no such file.csv"]).assert().failure();
    turfwatch().args(["score"]).assert().code(2);
}

#[test]
fn explain_shows_one_review_and_its_sum() {
    let id = &table(Path::new(SAMPLE)).rows[7]["review_id"];
    let run = turfwatch()
        .args(["explain", SAMPLE, "--id", id])
        .output()
        .expect("runs");
    let text = String::from_utf8(run.stdout).expect("UTF-8");
    assert!(
        run.status.success() && text.contains(id.as_str()) && text.contains("BASE") && text.contains("missing:"),
        "{text}"
    );
    assert!(!text.contains('\x1b'), "plain where it is no terminal");
    turfwatch()
        .args(["explain", SAMPLE, "--id", "no such review"])
        .assert()
        .failure();
}

/// Invented reviews of twelve properties: one kind gushes, the other names things. `labels` are those of the two kinds.
fn invented(labels: [&str; 2]) -> String {
    let mut rows = String::from("review_id,property_id,text,label\n");
    for i in 0..240 {
        let (hotel, n) = (i % 12, i / 12);
        let text = if i % 2 == 0 {
            format!(
                "Amazing stay number {n} truly the best place ever everything was perfect and we will surely return to this paradise"
            )
        } else {
            format!(
                "Room {n} faced the car park the shower took minutes to warm up and breakfast ended at nine but the bed was fine"
            )
        };
        rows += &format!("r{i},h{hotel},{text},{}\n", labels[i % 2]);
    }
    rows
}

#[test]
fn a_model_is_trained_measured_shown_and_used() {
    let folder = folder();
    let input = written(&folder, "labelled.csv", invented(["fake", "genuine"]));
    let (first, second) = (
        folder.path().join("one.safetensors"),
        folder.path().join("two.safetensors"),
    );
    for model in [&first, &second] {
        turfwatch()
            .arg("train")
            .arg(&input)
            .arg("-o")
            .arg(model)
            .args(["--name", "invented"])
            .assert()
            .success();
    }
    assert!(
        std::fs::read(&first).expect("written") == std::fs::read(&second).expect("written"),
        "the same rows give the same file"
    );
    let json = folder.path().join("metrics.json");
    turfwatch()
        .arg("evaluate")
        .arg(&input)
        .args(["--folds", "3", "--json"])
        .arg(&json)
        .assert()
        .success();
    let metrics: serde_json::Value = serde_json::from_slice(&std::fs::read(&json).expect("written")).expect("JSON");
    assert_eq!(metrics["n"], 240);
    assert!(
        metrics["accuracy"].as_f64().is_some_and(|accuracy| accuracy > 0.95),
        "{metrics}"
    );
    for key in [
        "positives",
        "auc",
        "average_precision",
        "precision_at",
        "recall_at_fpr",
        "brier",
        "ece",
        "ci95",
        "protocol",
        "features",
        "model",
        "by",
    ] {
        assert!(!metrics[key].is_null(), "{key} is in the metrics");
    }
    turfwatch()
        .arg("evaluate")
        .arg(&input)
        .arg("--model")
        .arg(&first)
        .assert()
        .success();
    turfwatch().args(["model", "show"]).arg(&first).assert().success();
    let scored = score(
        SAMPLE,
        &folder.path().join("scored.csv"),
        &["--model", first.to_str().expect("a path")],
    );
    assert!(scored.rows[0]["turf_model"].starts_with("invented@"));

    let bytes = std::fs::read(&first).expect("written");
    for (name, content) in [
        ("cut.safetensors", &bytes[..bytes.len() / 2]),
        ("other.safetensors", b"not a model at all"),
    ] {
        let broken = written(&folder, name, content);
        let run = turfwatch()
            .args(["score", SAMPLE, "--model"])
            .arg(&broken)
            .output()
            .expect("runs");
        let error = String::from_utf8_lossy(&run.stderr).into_owned();
        assert!(
            run.status.code() == Some(1) && error.contains(name) && error.contains("again"),
            "{error}"
        );
    }
}

#[test]
fn labels_in_two_vocabularies_are_refused() {
    let folder = folder();
    let input = written(
        &folder,
        "mixed.csv",
        "review_id,property_id,text,label\n1,a,a long enough text to read here,fake\n2,b,another long enough text to read,1\n",
    );
    let run = turfwatch()
        .arg("train")
        .arg(&input)
        .arg("-o")
        .arg(folder.path().join("m"))
        .output()
        .expect("runs");
    assert_eq!(run.status.code(), Some(1), "{}", String::from_utf8_lossy(&run.stderr));
}

#[test]
fn what_is_measured_is_not_what_was_learnt_from() {
    let folder = folder();
    let learnt = written(&folder, "learnt.csv", invented(["fake", "genuine"]));
    let swapped = written(&folder, "swapped.csv", invented(["genuine", "fake"]));
    let (json, scores) = (folder.path().join("metrics.json"), folder.path().join("scores.csv"));
    turfwatch()
        .arg("evaluate")
        .arg(&learnt)
        .arg("--test")
        .arg(&swapped)
        .args(["--folds", "3", "--by", "corpus", "--by", "length", "--json"])
        .arg(&json)
        .arg("--scores")
        .arg(&scores)
        .assert()
        .success();
    let metrics: serde_json::Value = serde_json::from_slice(&std::fs::read(&json).expect("written")).expect("JSON");
    assert_eq!(metrics["n"], 240, "the rows of the test file only");
    assert!(
        metrics["auc"].as_f64().is_some_and(|auc| auc < 0.05),
        "labels of the test file were learnt from: {}",
        metrics["auc"]
    );
    assert_eq!(metrics["by"]["corpus=swapped"]["n"], 240);
    assert_eq!(metrics["by"]["length=000-049"]["n"], 240);
    let scored = table(&scores);
    assert_eq!(scored.rows.len(), 240);
    for (at, row) in scored.rows.iter().enumerate() {
        assert_eq!(
            (row["corpus"].as_str(), row["record"].as_str()),
            ("swapped", (at + 1).to_string().as_str())
        );
        let sum: f64 = row["reasons"]
            .split(';')
            .filter_map(|reason| reason.rsplit(':').next()?.parse::<f64>().ok())
            .sum();
        let probability: f64 = row["probability"].parse().expect("a number");
        assert!(
            (1.0 / (1.0 + (-sum).exp()) - probability).abs() < 1e-9,
            "reasons add up: {row:?}"
        );
    }
}

#[test]
fn evidence_is_chosen_and_nothing_is_learnt_where_that_is_asked() {
    let folder = folder();
    let input = written(&folder, "labelled.csv", invented(["fake", "genuine"]));
    let swapped = written(&folder, "swapped.csv", invented(["genuine", "fake"]));
    let measured = |input: &Path, options: &[&str]| {
        let (json, scores) = (folder.path().join("metrics.json"), folder.path().join("scores.csv"));
        let mut run = turfwatch();
        run.arg("evaluate")
            .arg(input)
            .args(options)
            .arg("--json")
            .arg(&json)
            .arg("--scores")
            .arg(&scores);
        run.assert().success();
        let metrics: serde_json::Value = serde_json::from_slice(&std::fs::read(&json).expect("written")).expect("JSON");
        let features: Vec<String> = metrics["features"]
            .as_array()
            .expect("a list")
            .iter()
            .map(|code| code.as_str().expect("a code").to_owned())
            .collect();
        let probabilities: Vec<String> = table(&scores)
            .rows
            .iter()
            .map(|row| row["probability"].clone())
            .collect();
        (features, probabilities)
    };
    let (features, _) = measured(&input, &["--folds", "3", "--signals", "A1,A4"]);
    assert!(
        !features.is_empty()
            && features
                .iter()
                .all(|code| code.starts_with("A1.") || code.starts_with("A4.")),
        "{features:?}"
    );
    let (features, _) = measured(&input, &["--folds", "3", "--without", "B4,A4.brochure_words"]);
    assert!(
        features
            .iter()
            .all(|code| !code.starts_with("B4.") && code != "A4.brochure_words"),
        "{features:?}"
    );
    assert!(features.iter().any(|code| code.starts_with("A4.")), "{features:?}");

    let (_, given) = measured(&input, &["--untrained"]);
    let (_, other_way_round) = measured(&swapped, &["--untrained"]);
    assert_eq!(given, other_way_round, "labels were learnt from");
    turfwatch()
        .arg("evaluate")
        .arg(&input)
        .args(["--signals", "A10"])
        .assert()
        .failure();
    turfwatch()
        .arg("evaluate")
        .arg(&input)
        .args(["--signals", "A1", "--model", "hotel"])
        .assert()
        .code(2);
}
