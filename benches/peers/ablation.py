"""What each family of evidence adds, alone and left out, per corpus.

    ablation.py RESULTS CORPORA

Needs the imported corpora and the scores that `benches/quality.sh CORPORA table` left in RESULTS. A family that a corpus does not
show (alone it ranks nothing) is not left out of it. The difference of leaving out is paired with the whole, whole groups
resampled. Writes RESULTS/ablation.md, and keeps every run beside it: begun again, it runs what this program has not run yet.
"""

import hashlib
import json
import os
import pathlib
import subprocess
import sys

import numpy as np

import paired

METRIC = "auc"
FAMILIES = ["A1", "A2", "A3", "A4", "A5", "A6", "A7", "A8", "A9", "C1", "C2", "B1", "B2", "B3", "B4", "ngrams", "B5", "B6"]
CORPORA = {
    "ott": ["ott.csv", "--fold-column", "fold"],
    "maide_up": ["maide_up.csv", "--folds", "5"],
    "yelp_hotel": ["yelp_hotel.csv", "--folds", "5"],
    "yelpchi_graph": ["yelpchi_graph.csv", "--folds", "5"],
}
# Campaigns planted into real files show the families of behaviour that no labelled corpus has: learnt from one file, measured
# on another, so that no campaign and no background is on both sides. Kind, reviews, files.
PLANTED = [
    ("insider", 60, "sf_tripadvisor", "stockton_pipe_separated"),
    ("paid-burst", 60, "slovakia", "stockton_pipe_separated"),
    ("group", 90, "restaurants_es_bom", "slovakia"),
    ("template", 90, "stockton_pipe_separated", "restaurants_es_bom"),
    ("competitor-attack", 90, "slovakia", "restaurants_es_bom"),
    ("cross-site", 90, "restaurants_es_bom", "stockton_pipe_separated"),
]
SEEDS = (21, 22)


def main():
    results, corpora = (pathlib.Path(path).resolve() for path in sys.argv[1:3])
    folder = results / "ablation"
    folder.mkdir(exist_ok=True)
    turfwatch = os.environ["TURFWATCH"]
    program = hashlib.sha256(pathlib.Path(turfwatch).read_bytes()).hexdigest()

    def evaluate(name, arguments):
        """The rows that a run measured, and their scores."""
        print(f"{name}: turfwatch evaluate {' '.join(arguments)}", file=sys.stderr)
        files = ["--json", str(folder / f"{name}.json"), "--scores", str(folder / f"{name}.csv")]
        ran, command = folder / f"{name}.command", " ".join([program, *arguments])
        if not ran.exists() or ran.read_text() != command:
            done = subprocess.run([turfwatch, "evaluate", *arguments, *files], cwd=results / "files", capture_output=True, text=True, check=False)
            if done.returncode != 0:
                raise SystemExit(f"{name}: {done.stderr}")
            ran.write_text(command)
        rows = paired.read(folder / f"{name}.csv")
        score = np.array([float(row["probability"]) for row in rows])
        measured = paired.Rows(rows)
        paired.check(measured, score, folder / f"{name}.json")
        return measured, score

    wanted = dict(CORPORA)
    for kind, size, *files in PLANTED:
        names = []
        for file, seed in zip(files, SEEDS):
            names.append(f"planted_{kind}_{file}.csv".replace("-", "_"))
            subprocess.run([turfwatch, "simulate", corpora / "tripadvisor" / f"{file}.csv", "--campaign", kind, "--size", str(size), "--seed", str(seed),
                            "-o", results / "files" / names[-1]], check=True, capture_output=True)
        # One insider writes of many properties, the others are many who write of few: so there are fakes in every fold.
        group = "property" if kind == "insider" else "reviewer"
        wanted[f"planted {kind}"] = [names[0], "--test", names[1], "--folds", "3", "--group", group]

    adds = {family: [] for family in FAMILIES}
    lines = []
    for corpus, arguments in wanted.items():
        rows, whole = evaluate(corpus, arguments)
        values = rows.values(METRIC, whole)
        lines += [f"### {corpus}", "", f"All evidence: AUC {paired.shown(values)}.", "", "| family | alone | whole less what is left without it |", "|---|---|---|"]
        for family in FAMILIES:
            rows_alone, alone = evaluate(f"{corpus} only {family}", [*arguments, "--signals", family])
            of = rows_alone.values(METRIC, alone)
            if np.unique(alone).size <= 5:
                continue
            rows_without, without = evaluate(f"{corpus} without {family}", [*arguments, "--without", family])
            text = paired.difference(values, rows_without.values(METRIC, without))
            lines.append(f"| {family} | {paired.shown(of)} | {text} |")
            if text.startswith("**+"):
                adds[family].append(corpus)
            if paired.interval(of[1:])[0] > 0.5:
                adds[family].append(f"{corpus} (alone)")
        lines.append("")
        write(results, lines, adds)


def write(results, lines, adds):
    """After each corpus, so that what an hour measured is not lost with the next."""
    nothing = [family for family in FAMILIES if not adds[family]]
    summary = [
        "AUC on groups held out, 95 % intervals over groups. A family is listed where the corpus shows it; `ngrams`, what is learnt of words and "
        "characters, is part of B4. The difference is in bold where the interval leaves 0 out: the family adds something that no other has.",
        "",
        f"Add nothing on any of these corpora, alone or to the rest: {', '.join(nothing) or 'none'}.",
        "",
    ]
    (results / "ablation.md").write_text("\n".join(summary + lines) + "\n", encoding="utf-8")
    (results / "ablation" / "adds.json").write_text(json.dumps(adds, indent=2), encoding="utf-8")


if __name__ == "__main__":
    main()
