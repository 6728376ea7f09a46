//! Input made to exhaust a program: each ends with a message that says what is wrong, in little memory.

use crate::{SAMPLE, folder, written};
use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output};

/// Runs the program with so many megabytes of address space: what needs more fails.
fn within(megabytes: u32, arguments: &[&str], folder: &Path) -> (Option<i32>, String) {
    let program = assert_cmd::cargo::cargo_bin!("turfwatch");
    let script = format!("ulimit -v {}; exec \"$0\" \"$@\"", u64::from(megabytes) * 1024);
    let mut shell = Command::new("sh");
    let Output { status, stderr, .. } = shell
        .args(["-c", &script])
        .arg(program)
        .args(arguments)
        .current_dir(folder)
        .output()
        .expect("a shell");
    (status.code(), String::from_utf8_lossy(&stderr).into_owned())
}

/// A file that begins and ends as given, with so many megabytes of words between.
fn endless(path: &Path, begin: &str, megabytes: usize, end: &str) {
    let mut file = File::create(path).expect("a writable folder");
    let words = "and on ".repeat(1 << 20);
    file.write_all(begin.as_bytes()).expect("a writable folder");
    (0..megabytes / 7).for_each(|_| file.write_all(words.as_bytes()).expect("a writable folder"));
    file.write_all(end.as_bytes()).expect("a writable folder");
}

#[cfg(target_os = "linux")]
#[test]
fn compression_bombs_end_with_a_message() {
    let folder = folder();
    let rows = format!("1,{}\n", "fine and ".repeat(100)).repeat(1 << 10);
    let bomb = |out: &mut dyn Write| {
        out.write_all(b"id,text\n").expect("a writable folder");
        (0..300).for_each(|_| out.write_all(rows.as_bytes()).expect("a writable folder"));
    };
    let file = File::create(folder.path().join("bomb.csv.gz")).expect("a writable folder");
    let mut gzip = flate2::write::GzEncoder::new(file, flate2::Compression::best());
    bomb(&mut gzip);
    gzip.finish().expect("a writable folder");
    let file = File::create(folder.path().join("bomb.csv.zst")).expect("a writable folder");
    let mut zstd = zstd::Encoder::new(file, 1).expect("a level");
    bomb(&mut zstd);
    zstd.finish().expect("a writable folder");
    for name in ["bomb.csv.zst", "bomb.csv.gz"] {
        let (code, error) = within(1000, &["score", name, "-o", "out.csv"], folder.path());
        let expands = error.contains("at most 250 times its size") && error.contains("decompress it first");
        assert!(
            code == Some(1) && error.contains(name) && expands,
            "{name}: {code:?} {error}"
        );
        assert!(!folder.path().join("out.csv").exists());
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_line_without_end_is_rejected_in_a_stream() {
    const MEGABYTES: usize = 140;
    let folder = folder();
    let sound = "2,We liked the quiet room and the view\n";
    for (name, begin, end) in [
        ("line.csv", "id,text\n1,", format!("\n{sound}")),
        ("quote.csv", "id,text\n1,\"", format!("\n{sound}")),
        (
            "line.jsonl",
            "{\"id\":1,\"text\":\"",
            "\"}\n{\"id\":2,\"text\":\"We liked the quiet room\"}\n".to_owned(),
        ),
        (
            "array.json",
            "[{\"id\":1,\"text\":\"",
            "\"},\n{\"id\":2,\"text\":\"We liked the quiet room\"}]".to_owned(),
        ),
    ] {
        endless(&folder.path().join(name), begin, MEGABYTES, &end);
        let (code, error) = within(1000, &["score", name, "-o", "out.csv"], folder.path());
        assert_eq!(code, Some(3), "{name}: {error}");
        assert!(error.contains("1 reviews scored, 1 rejected"), "{name}: {error}");
        let rejects = std::fs::read_to_string(folder.path().join("out.csv.rejects.csv")).expect("written");
        assert!(rejects.contains("at most 64 MiB"), "{name}: {}", &rejects[..200]);
    }
    endless(&folder.path().join("header.csv"), "id,te", MEGABYTES, "\n1,fine\n");
    let (code, error) = within(1000, &["score", "header.csv"], folder.path());
    assert!(code == Some(1) && error.contains("header.csv"), "{error}");
}

#[cfg(target_os = "linux")]
#[test]
fn more_columns_than_a_table_has() {
    let folder = folder();
    let pairs = |of: std::ops::Range<u32>| of.map(|n| format!(",\"k{n}\":1")).collect::<String>();
    let wide = format!("{{\"text\":\"fine\"{}}}\n", pairs(0..1_000_000));
    written(&folder, "wide.jsonl", wide);
    let mut growing = String::new();
    for row in 0..20_000 {
        growing.push_str(&format!("{{\"text\":\"fine\"{}}}\n", pairs(10 * row..10 * row + 10)));
    }
    written(&folder, "growing.jsonl", growing);
    written(&folder, "wide.csv", format!("text{}\nfine\n", ",c".repeat(1_000_000)));
    for name in ["wide.jsonl", "growing.jsonl", "wide.csv"] {
        let (code, error) = within(1000, &["score", name], folder.path());
        assert!(
            code == Some(1) && error.contains("expected at most 10000 columns"),
            "{name}: {error}"
        );
    }
}

#[cfg(target_os = "linux")]
#[test]
fn nesting_has_no_end() {
    const DEPTH: usize = 1_000_000;
    let folder = folder();
    let mut lines = String::new();
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        for field in ["photos", "text", "other"] {
            let (open, close) = (open.repeat(DEPTH), close.repeat(DEPTH));
            lines.push_str(&format!(
                "{{\"id\":7,\"text\":\"We liked the quiet room\",\"{field}\":{open}1{close}}}\n"
            ));
        }
    }
    lines.push_str("{\"id\":8,\"text\":\"We liked the quiet room and the view\"}\n");
    written(&folder, "deep.jsonl", lines);
    let (code, error) = within(1500, &["score", "deep.jsonl", "-o", "out.jsonl"], folder.path());
    assert!(matches!(code, Some(0 | 3)), "{code:?} {error}");
    written(&folder, "open.json", "[".repeat(DEPTH));
    let (code, error) = within(1000, &["score", "open.json"], folder.path());
    assert!(code == Some(1) && error.contains("open.json"), "{error}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_model_that_claims_more_than_it_holds() {
    let folder = folder();
    let header = |json: &str| [&(json.len() as u64).to_le_bytes(), json.as_bytes()].concat();
    let huge =
        "{\"block.0\":{\"dtype\":\"I8\",\"shape\":[9223372036854775807],\"data_offsets\":[0,9223372036854775807]}}";
    for (name, bytes) in [
        ("tensor.safetensors", header(huge)),
        ("header.safetensors", [&u64::MAX.to_le_bytes()[..], b"{}"].concat()),
        (
            "long.safetensors",
            [&(90_000_000_u64).to_le_bytes()[..], b"{}"].concat(),
        ),
    ] {
        written(&folder, name, bytes);
        let (code, error) = within(1000, &["score", SAMPLE, "--model", name], folder.path());
        assert!(
            code == Some(1) && error.contains("not a readable model file"),
            "{name}: {error}"
        );
    }
}
