"""Writes the measured sections of docs/benchmarks.md from what benches/quality.sh left in its results folder.

    page.py RESULTS PAGE PART...

Each part stands between `<!-- quality: PART -->` and `<!-- end: PART -->`; only the parts named are replaced. Standard
library only. Numbers come from the results; what is written here are the references that they are compared with.
"""

import csv
import datetime
import json
import math
import os
import pathlib
import subprocess
import sys
from collections import defaultdict

RESULTS = pathlib.Path(sys.argv[1])

# measure, published, quick trial in scikit-learn, aim, then run, part (None: all) and metric.
ROWS = [
    ("Ott, hotel folds, positive reviews, accuracy", "0.898 (Ott 2011), 0.912 (Feng 2012)", "0.929", 0.940, "ott", "polarity=positive", "accuracy"),
    ("Ott, hotel folds, negative reviews, accuracy", "0.860 (Ott 2013)", "0.892 to 0.900", 0.915, "ott", "polarity=negative", "accuracy"),
    ("Ott, all 1,600, hotel folds, accuracy", "0.898 ± 0.017 (RoBERTa-base, model card)", "0.911", 0.930, "ott", None, "accuracy"),
    *[(f"MAiDE-up, hotel-disjoint, {name}, accuracy", "not found", trial, 0.975, "maide_up", f"language={code}", "accuracy")
      for code, name, trial in [("en", "English", "0.956"), ("fr", "French", "0.953"), ("de", "German", "0.964"),
                                ("it", "Italian", "0.967"), ("es", "Spanish", "0.964")]],
    ("Yelp hotels, hotel-disjoint, AUC", "text alone near chance on this kind", "0.763", 0.82, "yelp_hotel", None, "auc"),
    ("Yelp hotels, hotel-disjoint, average precision", "", "0.324", 0.42, "yelp_hotel", None, "average_precision"),
    ("Yelp hotels, forward in time, AUC", "not found", "0.729", 0.78, "yelp_forward", None, "auc"),
    ("Yelp hotels, forward in time, average precision", "", "0.370", 0.45, "yelp_forward", None, "average_precision"),
    ("YelpChi graph with priors, no labels, AUC", "0.766 (SpEagle, corrected)", "0.762", 0.785, "graph_priors", None, "auc"),
    ("YelpChi graph with priors, no labels, average precision", "0.302", "0.300", 0.33, "graph_priors", None, "average_precision"),
    ("YelpChi bare graph, no labels, AUC", "0.746 (minus log of the reviewer's count)", "", 0.755, "graph_bare", None, "auc"),
    ("YelpChi bare graph, no labels, average precision", "0.240", "", 0.27, "graph_bare", None, "average_precision"),
]
CALIBRATED = [("ott", "Ott"), ("maide_up", "MAiDE-up"), ("yelp_hotel", "Yelp hotels"), ("yelp_forward", "Yelp hotels, forward in time"), ("pooled", "all corpora, one model")]
CALIBRATION_AIM = 0.03
SUSPECT_AIM = 0.01
BANDS = ["suspect", "review", "clear", "insufficient_evidence"]


def result(run):
    path = RESULTS / f"{run}.json"
    return json.loads(path.read_text()) if path.exists() else None


def part_of(metrics, part):
    return metrics if part is None else metrics["by"][part]


def with_interval(metrics, key):
    if metrics.get(key) is None:
        return "not defined"
    interval = metrics["ci95"].get(key)
    return f"{metrics[key]:.3f}" + (f" [{interval[0]:.3f}, {interval[1]:.3f}]" if interval else "")


def percent(share):
    return "–" if share is None else f"{100 * share:.1f} %"


def table(header, rows):
    yield "| " + " | ".join(header) + " |"
    yield "|" + "---|" * len(header)
    for row in rows:
        yield "| " + " | ".join(str(cell) for cell in row) + " |"
    yield ""


def commands(runs):
    yield "```"
    for run in runs:
        if (path := RESULTS / f"{run}.command").exists():
            yield f"{path.read_text().strip()}    # {(RESULTS / f'{run}.seconds').read_text().strip()} s"
    yield "```"
    yield ""


def scores(run):
    with open(RESULTS / f"{run}.csv", encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def wilson(count, n):
    """95 % interval of a share, reviews taken as independent."""
    if n == 0:
        return (0.0, 1.0)
    z, share = 1.96, count / n
    centre, spread = share + z * z / (2 * n), z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return (max(centre - spread, 0.0) / (1 + z * z / n), (centre + spread) / (1 + z * z / n))


def results_table():
    def rows():
        for measure, published, trial, aim, run, part, metric in ROWS:
            if (metrics := result(run)) is None:
                continue
            metrics = part_of(metrics, part)
            value, interval = metrics[metric], metrics["ci95"][metric]
            reached = "yes" if value >= aim else "not told apart" if interval[1] >= aim else "no"
            yield measure, published, trial, f"**{with_interval(metrics, metric)}**", f"{aim:.3f}".rstrip("0"), reached
    yield from table(["measure", "published", "trial", "Turfwatch [95 %]", "aim", "reached"], rows())
    yield "\"Not told apart\": below the aim, but the aim lies inside the interval.\n"

    yield "### Calibration on groups held out\n"
    def calibration():
        for run, name in CALIBRATED:
            if (metrics := result(run)) is None:
                continue
            excess = metrics["ece"] - metrics["ece_perfect"]
            yield name, metrics["n"], with_interval(metrics, "ece"), f"{metrics['ece_perfect']:.3f}", f"{excess:+.3f}", "yes" if excess <= CALIBRATION_AIM else "no", f"{metrics['brier']:.4f}"
    yield from table(["corpus", "reviews", "expected calibration error", "of a perfectly calibrated model", "excess", f"{CALIBRATION_AIM} or less", "Brier"], calibration())

    yield "### Bands on groups held out\n"
    def bands():
        for name, run, part in [("Ott, own folds", "ott", None), ("MAiDE-up, own folds", "maide_up", None), ("Yelp hotels, own folds", "yelp_hotel", None),
                                ("Ott, one model for all corpora", "pooled", "corpus=ott"), ("MAiDE-up, one model for all corpora", "pooled", "corpus=maide_up"),
                                ("Yelp hotels, one model for all corpora", "pooled", "corpus=yelp_hotel"), ("op_spam_AI, one model for all corpora", "pooled", "corpus=op_spam_ai")]:
            if (metrics := result(run)) is None:
                continue
            metrics = part_of(metrics, part)
            for label, count in [("genuine", metrics["n"] - metrics["positives"]), ("fake", metrics["positives"])]:
                if count:
                    shares = [metrics["bands"][label][band] for band in BANDS]
                    low, high = wilson(shares[0] * count, count)
                    verdict = "" if label == "fake" else "yes" if shares[0] <= SUSPECT_AIM else "no"
                    yield name, label, count, f"{percent(shares[0])} [{100 * low:.1f}, {100 * high:.1f}]", *map(percent, shares[1:]), verdict
    yield from table(["corpus", "reviews", "", "`suspect` [95 %]", "`review`", "`clear`", "`insufficient_evidence`", "1 % or less"], bands())
    yield from fairness(["ott", "maide_up", "yelp_hotel", "yelp_forward"])
    yield from commands(["ott", "maide_up", "yelp_hotel", "yelp_forward", "graph_priors", "graph_bare"])


def fairness(runs):
    """False accusations by part, against the whole; named where more than twice as many and not by chance."""
    yield "### False accusations by part\n"
    def rows():
        for run in runs:
            if (metrics := result(run)) is None:
                continue
            overall = metrics["bands"]["genuine"]
            marked = overall["suspect"] + overall["review"]
            for part, values in [("all", metrics), *metrics["by"].items()]:
                n = values["n"] - values["positives"]
                if n == 0:
                    continue
                suspect = values["bands"]["genuine"]["suspect"]
                either = suspect + values["bands"]["genuine"]["review"]
                low, high = wilson(suspect * n, n)
                twice = []
                for name, share, whole in [("suspect", suspect, overall["suspect"]), ("suspect or review", either, marked)]:
                    if share > 2 * whole:
                        twice.append(f"{name}: {share / whole:.1f} times" if whole else f"{name}: none in all")
                        if wilson(share * n, n)[0] <= 2 * whole:
                            twice[-1] += " (within chance)"
                yield run, part, n, f"{percent(suspect)} [{100 * low:.1f}, {100 * high:.1f}]", percent(either), with_interval(values, "auc"), "; ".join(twice)
    yield from table(["run", "part", "genuine reviews", "`suspect` [95 %]", "`suspect` or `review`", "AUC", "more than twice the whole"], rows())


def pooled():
    if (metrics := result("pooled")) is None:
        return
    rows = [(part, values["n"], values["positives"], with_interval(values, "accuracy"), with_interval(values, "auc"), with_interval(values, "average_precision"), f"{values['ece']:.3f} ({values['ece_perfect']:.3f})")
            for part, values in [("all", metrics), *metrics["by"].items()]]
    yield from table(["part", "reviews", "fakes", "accuracy", "AUC", "average precision", "calibration error (perfect)"], rows)
    yield from fairness(["pooled"])
    yield from commands(["pooled"])


CORPORA = ["ott", "op_spam_ai_truthful", "maide_up", "maide_up_en", "yelp_hotel", "yelpchi_graph"]
OWN = {"ott": "ott", "maide_up": "maide_up", "yelp_hotel": "yelp_hotel", "op_spam_ai_truthful": "matrix_own_op_spam_ai_truthful", "maide_up_en": "matrix_own_maide_up_en", "yelpchi_graph": "matrix_own_yelpchi_graph"}


def matrix():
    yield "No group (hotel, and what was derived from its reviews) is on both sides. On the diagonal folds of one corpus.\n"
    shown = [
        ("AUC", lambda of: with_interval(of, "auc")),
        ("Accuracy at the prevalence of the corpus learnt from, which the other need not share", lambda of: f"{of['accuracy']:.3f}"),
        ("Genuine reviews in `suspect`, fakes in `suspect`", lambda of: f"{percent(of['bands']['genuine']['suspect'])}, {percent(of['bands']['fake']['suspect'])}"),
    ]
    for title, cell in shown:
        yield f"{title}:\n"
        rows = []
        for learnt in CORPORA:
            metrics, own = result(f"matrix_{learnt}"), result(OWN[learnt])
            if metrics is None or own is None:
                continue
            rows.append([learnt, *[f"**{cell(own)}**" if other == learnt else cell(metrics["by"][f"corpus={other}"]) for other in CORPORA]])
        yield from table(["learnt from \\ measured on", *CORPORA], rows)
    yield from commands([f"matrix_{learnt}" for learnt in CORPORA] + [OWN[corpus] for corpus in CORPORA if OWN[corpus].startswith("matrix")])


def contributions(run):
    """Mean log-odds by code over the fakes of each corpus of a run: {corpus: {code: mean}}, and mean logit."""
    sums, logits, counts = defaultdict(lambda: defaultdict(float)), defaultdict(float), defaultdict(int)
    for row in scores(run):
        if row["label"] != "fake":
            continue
        counts[row["corpus"]] += 1
        for reason in row["reasons"].split(";"):
            code, _, value = reason.rpartition(":")
            # The base differs by fold, not by attack; n-gram columns are one piece of evidence each.
            if code != "BASE":
                sums[row["corpus"]][code] += float(value)
            logits[row["corpus"]] += float(value)
    means = {corpus: {code: value / counts[corpus] for code, value in codes.items()} for corpus, codes in sums.items()}
    return means, {corpus: value / counts[corpus] for corpus, value in logits.items()}


def untouched(run):
    """By code, how much it moves genuine reviews, which no file rewrites: the change of its mean over a hotel, as the mean of
    all hotels, in the file where that is most."""
    sums, hotels = defaultdict(lambda: defaultdict(float)), defaultdict(set)
    for row in scores(run):
        if row["label"] == "genuine":
            hotels[row["corpus"]].add(row["group"])
            for reason in row["reasons"].split(";"):
                code, _, value = reason.rpartition(":")
                sums[row["corpus"]][code, row["group"]] += float(value)
    genuine = sum(row["label"] == "genuine" for row in scores(run)) / len(hotels)
    most = defaultdict(float)
    for own in sums.values():
        changes = defaultdict(float)
        for key in own.keys() | sums["attack_none"].keys():
            changes[key[0]] += abs(own.get(key, 0.0) - sums["attack_none"].get(key, 0.0)) / genuine
        for code, change in changes.items():
            most[code] = max(most[code], change)
    return most


def attacks():
    changed = json.loads((RESULTS / "files" / "attacks.json").read_text())
    for run, title in [("attacks", "Learnt from paid human fakes (`ott`)"), ("attacks_machine", "Learnt from machine-written fakes too, but from no paraphrase")]:
        if (metrics := result(run)) is None:
            continue
        yield f"### {title}\n"
        means, logits = contributions(run)
        none = metrics["by"]["corpus=attack_none"]
        rows = []
        for corpus, values in metrics["by"].items():
            name = corpus.removeprefix("corpus=attack_")
            own = means[f"attack_{name}"]
            falls = sorted((own.get(code, 0.0) - before, code) for code, before in means["attack_none"].items())
            weakest = ", ".join(f"`{code}` {fall:+.2f}" for fall, code in falls[:3] if fall < -0.01) if name != "none" else ""
            rows.append((values["auc"], (name.replace("_", " "), "" if name == "none" else changed.get(name, ""), with_interval(values, "auc"), f"{values['auc'] - none['auc']:+.3f}",
                         percent(values["recall_at_fpr"]["0.05"]), percent(values["bands"]["fake"]["suspect"]), f"{logits[f'attack_{name}'] - logits['attack_none']:+.2f}", weakest)))
        rows.sort(key=lambda row: -row[0])
        yield from table(["rewritten", "fakes changed", "AUC", "against unchanged", "recall at 5 % false positives", "fakes in `suspect`", "mean log-odds", "what falls most"], [row for _, row in rows])
        falls = defaultdict(float)
        for name in {corpus.removeprefix("attack_") for corpus in means} - {"none", "gpt3", "llama", "t5_paraphrase"}:
            for code, before in means["attack_none"].items():
                falls[code] += min(means[f"attack_{name}"].get(code, 0.0) - before, 0.0)
        weakest = sorted(falls.items(), key=lambda item: item[1])[:5]
        moved = sorted(((mean, code) for code, mean in untouched(run).items()), reverse=True)[:3]
        yield "What moves genuine reviews, none of which was rewritten, when only those around them change (log-odds, in the file where it is most): " + ", ".join(f"`{code}` {mean:.2f}" for mean, code in moved) + ".\n"
        yield "Weakest signals, by mean log-odds lost over the rewritings (without the machines'): " + ", ".join(f"`{code}` {fall / 7:+.2f}" for code, fall in weakest) + ".\n"
    yield from commands(["attacks", "attacks_machine"])


def real():
    """Without labels nobody knows which are fake: the shares say whether the bands are plausible, the reasons what fills them."""
    def rows():
        for path in sorted(RESULTS.glob("real_*.csv")):
            counts, reasons, n = defaultdict(int), defaultdict(float), 0
            with open(path, encoding="utf-8", newline="") as file:
                for row in csv.DictReader(file):
                    n += 1
                    counts[row["turf_band"]] += 1
                    if row["turf_band"] == "suspect":
                        for reason in row["turf_reasons"].split(";"):
                            code, _, value = reason.rpartition(":")
                            reasons[code] += float(value)
            reasons.pop("BASE", None)
            strongest = sorted(reasons, key=reasons.get, reverse=True)[:3]
            yield (path.stem.removeprefix("real_"), n, *(percent(counts[band] / n) for band in BANDS),
                   ", ".join(f"`{code}` {reasons[code] / counts['suspect']:+.2f}" for code in strongest if counts["suspect"]))
    yield from table(["file", "reviews", "`suspect`", "`review`", "`clear`", "`insufficient_evidence`", "mean log-odds of what makes `suspect`"], rows())


def listed(name):
    """A section that another script wrote as finished Markdown."""
    def lines():
        path = RESULTS / f"{name}.md"
        if path.exists():
            yield path.read_text().rstrip("\n")
            yield ""
    return lines


PARTS = {
    "table": ("Results", results_table),
    "pooled": ("One model for all corpora", pooled),
    "matrix": ("Learnt from one corpus, measured on another", matrix),
    "attacks": ("Fakes rewritten", attacks),
    "real": ("Bands on unlabelled files", real),
    "ablation": ("What each family adds", listed("ablation")),
    "peers": ("Other methods on the same folds", listed("peers")),
}


def main():
    page, parts = pathlib.Path(sys.argv[2]), sys.argv[3:]
    version = subprocess.run([os.environ["TURFWATCH"], "--version"], capture_output=True, text=True, check=True).stdout.split()[-1]
    day = datetime.datetime.now(datetime.timezone.utc).date()
    text = page.read_text(encoding="utf-8")
    for part in parts:
        title, lines = PARTS[part]
        begin, end = f"<!-- quality: {part} -->", f"<!-- end: {part} -->"
        if begin not in text or end not in text:
            sys.exit(f"{page}: expected the lines {begin} and {end}")
        body = f"\n## {title}\n\n`benches/quality.sh CORPORA {part}`, {day}, turfwatch {version}.\n\n" + "\n".join(lines())
        before, rest = text.split(begin, 1)
        text = before + begin + "\n" + body.rstrip("\n") + "\n\n" + end + rest.split(end, 1)[1]
    page.write_text(text, encoding="utf-8")
    for part in parts:
        print("\n".join(PARTS[part][1]()))


if __name__ == "__main__":
    main()
