"""scikit-learn on the very folds of the tool: TF-IDF with logistic regression, and NB-SVM (Wang & Manning 2012).

    peers.py RESULTS

RESULTS is where `benches/quality.sh CORPORA table` left its scores. Both see the text alone, words singly and in pairs; their C is
chosen, and their probabilities calibrated, on inner folds by group within the training rows. Writes RESULTS/peers.md.
"""

import pathlib
import sys

import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, average_precision_score, roc_auc_score
from sklearn.model_selection import GroupKFold
from sklearn.svm import LinearSVC

import paired

WORDS = {"ngram_range": (1, 2), "min_df": 2, "token_pattern": r"(?u)\b\w+\b|[^\w\s]", "lowercase": True}
INNER = 4


class TfidfLogistic:
    """TF-IDF of words and pairs, L2 logistic regression."""

    name = "TF-IDF and logistic regression"
    strengths = (1.0, 10.0, 100.0)

    @staticmethod
    def matrices(learn, _, test):
        words = TfidfVectorizer(sublinear_tf=True, **WORDS)
        return words.fit_transform(learn), words.transform(test)

    @staticmethod
    def margins(strength, learn, fake, test):
        return LogisticRegression(C=strength, solver="liblinear").fit(learn, fake).decision_function(test)


class NaiveBayesSvm:
    """A linear SVM over binary counts times their naive-Bayes log-count ratio, its weights interpolated with their mean
    magnitude (beta 0.25), as in the paper."""

    name = "NB-SVM"
    strengths = (0.01, 0.1, 1.0)
    beta = 0.25

    @staticmethod
    def matrices(learn, fake, test):
        words = CountVectorizer(binary=True, **WORDS)
        counts = words.fit_transform(learn)
        p, q = (1 + np.asarray(counts[of].sum(axis=0)).ravel() for of in (fake, ~fake))
        ratio = sparse.diags_array(np.log((p / p.sum()) / (q / q.sum())))
        return counts @ ratio, words.transform(test) @ ratio

    @classmethod
    def margins(cls, strength, learn, fake, test):
        classifier = LinearSVC(C=strength, max_iter=10_000).fit(learn, fake)
        weights = classifier.coef_[0]
        weights = (1 - cls.beta) * np.abs(weights).mean() + cls.beta * weights
        return test @ weights + classifier.intercept_[0]


def probabilities(peer, texts, fake, groups, test, metric):
    """Of the test texts. The strength is the one that does best on inner folds by group of the training rows; the margins left
    out there are also what turns margins into probabilities (Platt), at the prevalence of the training rows."""
    left_out = {strength: np.empty(len(fake)) for strength in peer.strengths}
    for learn, held in GroupKFold(INNER).split(texts, fake, groups):
        x, y = peer.matrices(texts[learn], fake[learn], texts[held])
        for strength, margins in left_out.items():
            margins[held] = peer.margins(strength, x, fake[learn], y)
    fits = {strength: LogisticRegression(C=1e6).fit(margins[:, None], fake) for strength, margins in left_out.items()}
    best = max(peer.strengths, key=lambda strength: metric(fake, fits[strength].predict_proba(left_out[strength][:, None])[:, 1]))
    x, y = peer.matrices(texts, fake, test)
    return fits[best].predict_proba(peer.margins(best, x, fake, y)[:, None])[:, 1]


CHOICE = {
    "accuracy": lambda fake, score: accuracy_score(fake, score >= 0.5),
    "auc": roc_auc_score,
    "average_precision": average_precision_score,
}

# Run, corpus file, what C is chosen by, column of the parts, measures shown.
RUNS = [
    ("ott", "ott", "accuracy", "polarity", ("accuracy", "auc")),
    ("yelp_forward", "yelp_hotel", "average_precision", None, ("auc", "average_precision")),
    ("yelp_hotel", "yelp_hotel", "average_precision", None, ("auc", "average_precision")),
    ("maide_up", "maide_up", "accuracy", "language", ("accuracy", "auc")),
]


def out_of_fold(peer, corpus, scored, choice):
    """Scores of the tested rows, each by a model fitted on the rows that the tool's model of its fold was fitted on: those
    of the other folds, or where there is one fold (forward in time) those that were not tested."""
    texts = np.array([row["text"] for row in corpus], dtype=object)
    fake = np.array([row["label"] == "fake" for row in corpus])
    groups = np.array([row["property_id"] for row in corpus])
    at = np.array([int(row["record"]) - 1 for row in scored])
    assert all(corpus[i]["property_id"] == row["group"] and corpus[i]["label"] == row["label"] for i, row in zip(at, scored))
    fold = np.array([row["fold"] for row in scored])
    score = np.empty(len(scored))
    for this in np.unique(fold):
        test = at[fold == this]
        learn = np.setdiff1d(np.arange(len(corpus)), test)
        score[fold == this] = probabilities(peer, texts[learn], fake[learn], groups[learn], texts[test], CHOICE[choice])
    return score


def main():
    results = pathlib.Path(sys.argv[1])
    lines = ["Differences are paired: both scored the same rows by models of the same folds, and whole hotels are resampled. In bold where "
             "the interval leaves 0 out. The peers read the text alone.\n"]
    for run, file, choice, column, metrics in RUNS:
        if not (results / f"{run}.csv").exists():
            continue
        corpus, scored = paired.read(results / "files" / f"{file}.csv"), paired.read(results / f"{run}.csv")
        ours = np.array([float(row["probability"]) for row in scored])
        paired.check(paired.Rows(scored), ours, results / f"{run}.json")
        peers = []
        for peer in (TfidfLogistic, NaiveBayesSvm):
            print(f"{run}: {peer.name}", file=sys.stderr)
            peers.append((peer, out_of_fold(peer, corpus, scored, choice)))
        lines += [f"### {run}", "", "| part | measure | Turfwatch | " + " | ".join(f"{peer.name} | Turfwatch less it" for peer, _ in peers) + " |", "|---|---|---|" + "---|---|" * len(peers)]
        parts = [("all", np.ones(len(scored), bool))]
        for value in sorted({row[column] for row in scored}) if column else []:
            parts.append((f"{column}={value}", np.array([row[column] == value for row in scored])))
        for name, of in parts:
            rows = paired.Rows([row for row, kept in zip(scored, of) if kept])
            for metric in metrics:
                own = rows.values(metric, ours[of])
                cells = [paired.shown(own)]
                for peer, score in peers:
                    other = rows.values(metric, score[of])
                    cells += [paired.shown(other), paired.difference(own, other)]
                lines.append(f"| {name} | {metric.replace('_', ' ')} | " + " | ".join(cells) + " |")
        lines.append("")
        # After each, so that what was measured is not lost with the next.
        (results / "peers.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
