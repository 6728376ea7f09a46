//! What a run leaves behind when something goes wrong around it: a full disk, a closed output, an input that is written to
//! while it is read, a kill at any moment. What never may happen is half an output under its final name.
//!
//! `TURFWATCH_KILLS=N` sets the number of kills.

use crate::{SAMPLE, folder, turfwatch, written};
use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// The program, to be started without waiting for it.
fn program() -> Command {
    Command::new(assert_cmd::cargo::cargo_bin!("turfwatch"))
}

/// The sample so many times over, and after each a row that is rejected.
fn large(times: usize) -> String {
    let sample = std::fs::read_to_string(SAMPLE).expect("the sample is there");
    let (header, rows) = sample.split_once('\n').expect("a header");
    let mut text = format!("{header}\n");
    for _ in 0..times {
        text.push_str(rows);
        text.push_str("broken,row\n");
    }
    text
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("a folder");
    let mut names: Vec<String> = entries
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

/// Files may grow to 32 KB at most, and the attempt to write more fails as on a full disk (without `trap`, the system would
/// end the program).
#[cfg(unix)]
fn with_full_disk(arguments: &str, folder: &Path) -> Output {
    let program = assert_cmd::cargo::cargo_bin!("turfwatch");
    let script = format!("trap '' XFSZ; ulimit -f 64; exec '{}' {arguments}", program.display());
    let mut shell = Command::new("sh");
    shell.args(["-c", &script]).current_dir(folder).env("TMPDIR", folder);
    shell.output().expect("a shell")
}

#[cfg(unix)]
#[test]
fn a_full_disk_is_said_and_leaves_what_was_there() {
    let folder = folder();
    written(&folder, "in.csv", large(1));
    for output in ["out.csv", "out.jsonl", "out.parquet"] {
        written(&folder, output, "before");
        let run = with_full_disk(&format!("score in.csv -o {output}"), folder.path());
        let error = stderr(&run);
        assert_eq!(run.status.code(), Some(1), "{error}");
        assert!(error.contains(output) && error.contains("cannot be written"), "{error}");
        assert_eq!(
            std::fs::read_to_string(folder.path().join(output)).expect("kept"),
            "before"
        );
        std::fs::remove_file(folder.path().join(output)).expect("kept");
    }
    for command in ["report in.csv -o out.html", "features in.csv -o out.parquet"] {
        let run = with_full_disk(command, folder.path());
        assert_eq!(run.status.code(), Some(1), "{command}: {}", stderr(&run));
        assert!(
            stderr(&run).contains("cannot be written"),
            "{command}: {}",
            stderr(&run)
        );
    }
    let piped = with_full_disk("score - < in.csv", folder.path());
    assert_eq!(piped.status.code(), Some(1));
    assert!(stderr(&piped).contains("TMPDIR"), "{}", stderr(&piped));
    let left: Vec<String> = names(folder.path())
        .into_iter()
        .filter(|name| !name.ends_with(".rejects.csv"))
        .collect();
    assert_eq!(left, ["in.csv"]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_device_that_is_full_fails_the_run() {
    let to_device = turfwatch()
        .args(["score", SAMPLE, "-o", "/dev/full"])
        .output()
        .expect("runs");
    let full = std::fs::OpenOptions::new()
        .write(true)
        .open("/dev/full")
        .expect("Linux has it");
    let to_stdout = program().args(["score", SAMPLE]).stdout(full).output().expect("runs");
    for run in [to_device, to_stdout] {
        assert_eq!(run.status.code(), Some(1), "{}", stderr(&run));
        assert!(stderr(&run).contains("No space left"), "{}", stderr(&run));
    }
    _ = std::fs::remove_file("/dev/full.rejects.csv");
}

#[test]
fn a_reader_that_has_enough_is_no_failure() {
    let folder = folder();
    let input = written(&folder, "in.csv", large(2));
    let input = input.to_str().expect("a path");
    for arguments in [
        &["score", input][..],
        &["score", input, "--format", "jsonl"],
        &["score", input, "--format", "parquet"],
        &["inspect", input],
        &["inspect", input, "--json", "-"],
        &["explain", SAMPLE, "--id", "894657469"],
        &["campaigns", input],
        &["properties", input],
        &["signals"],
        &["signals", "--markdown"],
        &["model", "show", "hotel-open"],
        &["--help"],
    ] {
        for stop_at_once in [true, false] {
            let mut child = program();
            child
                .args(arguments)
                .current_dir(folder.path())
                .stdout(Stdio::piped())
                .stderr(Stdio::piped());
            let mut child = child.spawn().expect("runs");
            let mut out = child.stdout.take().expect("piped");
            if !stop_at_once {
                _ = out.read(&mut [0; 40]).expect("readable");
            }
            drop(out);
            let run = child.wait_with_output().expect("ends");
            // Some records are rejected: that is said even where nobody listens.
            assert!(
                matches!(run.status.code(), Some(0 | 3)),
                "{arguments:?}: {:?} {}",
                run.status,
                stderr(&run)
            );
            assert!(!stderr(&run).contains("panicked"), "{arguments:?}: {}", stderr(&run));
        }
    }
}

#[test]
fn messages_that_nobody_reads_cost_no_output() {
    let folder = folder();
    let out = folder.path().join("out.csv");
    let mut child = program();
    child.args(["score", SAMPLE, "-o"]).arg(&out).stderr(Stdio::piped());
    let mut child = child.spawn().expect("runs");
    drop(child.stderr.take());
    assert_eq!(child.wait().expect("ends").code(), Some(0));
    assert!(out.exists());
}

#[test]
fn an_input_that_is_written_to_fails_the_run() {
    let folder = folder();
    let input = written(&folder, "in.csv", large(4));
    let out = folder.path().join("out.csv");
    let done = AtomicBool::new(false);
    let run = std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut file = std::fs::OpenOptions::new()
                .append(true)
                .open(&input)
                .expect("it is there");
            while !done.load(Ordering::Relaxed) {
                file.write_all(b"more,of,it\n").expect("a writable file");
                std::thread::sleep(Duration::from_millis(2));
            }
        });
        let run = program().arg("score").arg(&input).arg("-o").arg(&out).output();
        done.store(true, Ordering::Relaxed);
        run.expect("runs")
    });
    assert_eq!(run.status.code(), Some(1), "{}", stderr(&run));
    assert!(stderr(&run).contains("it was written to"), "{}", stderr(&run));
    assert_eq!(names(folder.path()), ["in.csv"]);
}

#[cfg(unix)]
#[test]
fn an_interrupt_leaves_nothing_behind() {
    let folder = folder();
    written(&folder, "in.csv", large(40));
    for signal in ["INT", "TERM"] {
        let mut run = program();
        run.args(["score", "in.csv", "-o", "out.csv"])
            .current_dir(folder.path());
        let mut child = run.stderr(Stdio::null()).spawn().expect("runs");
        // Until it writes.
        while names(folder.path()).len() == 1 {
            assert!(child.try_wait().expect("a child").is_none(), "it ended before it wrote");
            std::thread::sleep(Duration::from_millis(2));
        }
        let number = child.id().to_string();
        let told = Command::new("kill").args(["-s", signal, &number]).status();
        assert!(told.expect("kill is there").success());
        assert_eq!(child.wait().expect("a child").code(), Some(130), "after {signal}");
        assert_eq!(names(folder.path()), ["in.csv"], "after {signal}");
    }
}

#[test]
fn an_output_that_cannot_be_written_is_said_before_the_work() {
    let folder = folder();
    let nowhere = folder.path().join("missing").join("out");
    // What else is wrong would be said first if the work had begun.
    for arguments in [
        "train no.csv -o",
        "evaluate no.csv --json",
        "simulate no.csv --campaign=insider -o",
        "campaigns no.csv -o",
        "properties no.csv -o",
        "report no.csv -o",
        "features no.csv -o",
    ] {
        let mut run = turfwatch();
        run.args(arguments.split(' ')).arg(&nowhere);
        let output = run.output().expect("runs");
        assert_eq!(output.status.code(), Some(1));
        let said = stderr(&output);
        assert!(said.contains("missing") && said.contains("cannot be written"), "{said}");
    }
}

/// Starts a run and kills it after a while; tells whether it had ended by itself.
fn killed(child: &mut Child, after: Duration) -> bool {
    std::thread::sleep(after);
    let ended = child.try_wait().expect("a child").is_some();
    child.kill().expect("a child");
    child.wait().expect("a child");
    ended
}

#[test]
fn a_kill_at_any_moment_leaves_the_old_output_or_the_new_one() {
    let kills: u32 = std::env::var("TURFWATCH_KILLS").map_or(15, |kills| kills.parse().expect("a number"));
    let folder = folder();
    let input = written(&folder, "in.csv", large(3));
    let start = |output: &Path| {
        let mut run = program();
        run.arg("score").arg(&input).arg("-o").arg(output).stderr(Stdio::null());
        run.spawn().expect("runs")
    };
    let started = Instant::now();
    let mut whole: BTreeMap<&str, Vec<u8>> = BTreeMap::new();
    let endings = ["csv", "jsonl", "parquet"];
    for ending in endings {
        let reference = folder.path().join(format!("reference.{ending}"));
        assert_eq!(
            start(&reference).wait().expect("ends").code(),
            Some(3),
            "the broken rows are rejected"
        );
        whole.insert(ending, std::fs::read(&reference).expect("written"));
    }
    let usual = started.elapsed() / endings.len() as u32;
    let rejects = std::fs::read(folder.path().join("reference.csv.rejects.csv")).expect("written");
    let (mut ended, mut early, mut writing) = (0, 0, 0);
    let mut random = 1_u64;
    for kill in 0..kills {
        let ending = endings[kill as usize % endings.len()];
        let place = tempfile::tempdir_in(folder.path()).expect("a folder");
        let output = place.path().join(format!("out.{ending}"));
        if kill % 2 == 0 {
            std::fs::write(&output, "before").expect("a writable folder");
        }
        let mut child = start(&output);
        // Knuth's generator: what counts is that moments are spread over the run.
        random = random
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let moment = (random >> 40) as f64 / (1_u64 << 24) as f64;
        let by_itself = killed(&mut child, usual.mul_f64(1.1 * moment));
        let left = names(place.path());
        let temporary = left
            .iter()
            .filter(|name| name.starts_with(".turfwatch-") && name.ends_with(".tmp"));
        let temporary = temporary.count();
        match std::fs::read(&output) {
            Ok(content) if content == b"before" => assert!(kill % 2 == 0 && !by_itself),
            Ok(content) => assert!(content == whole[ending], "kill {kill}: half an output of {ending}"),
            Err(_) => assert!(kill % 2 == 1 && !by_itself),
        }
        let rejected = place.path().join(format!("out.{ending}.rejects.csv"));
        if let Ok(content) = std::fs::read(&rejected) {
            assert!(content == rejects, "kill {kill}: half a file of rejects");
        }
        let known = [output.clone(), rejected].iter().filter(|path| path.exists()).count();
        assert_eq!(
            known + temporary,
            left.len(),
            "kill {kill}: something else is left: {left:?}"
        );
        match (by_itself, temporary) {
            (true, _) => ended += 1,
            (false, 0) => early += 1,
            (false, _) => writing += 1,
        }
        // The same run again, beside what the kill left.
        if kill % 5 == 4 {
            assert_eq!(start(&output).wait().expect("ends").code(), Some(3));
            assert!(
                std::fs::read(&output).expect("written") == whole[ending],
                "kill {kill}: the rerun differs"
            );
        }
    }
    println!(
        "kills: {} before anything was written, {writing} while files were written; {ended} runs had ended",
        early
    );
    assert_eq!(early + writing + ended, kills);
}
