"""The peer of benches/whole.sh: text alone, as scikit-learn users do it.

    speed.py FILE.csv OUT.csv ROWS

Words 1-2 and characters 3-6 with TF-IDF, and a logistic regression on them, fitted on the first rows of the file (which
is not timed; the labels are the stars, for speed does not depend on them). Timed is what scoring takes: reading ROWS
rows, transforming, predicting, writing the probability beside the row. Prints seconds, bytes of input and rows.
"""

import csv
import sys
import time

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline, make_union

FITTED = 1600


def rows(path, count):
    with open(path, newline="", encoding="utf-8") as file:
        for row, _ in zip(csv.DictReader(file), range(count)):
            yield row


def main():
    path, out, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
    model = make_pipeline(
        make_union(
            TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True),
            TfidfVectorizer(analyzer="char", ngram_range=(3, 6), sublinear_tf=True),
        ),
        LogisticRegression(max_iter=100),
    )
    sample = list(rows(path, FITTED))
    model.fit([row["text"] for row in sample], [row["rating"] == "5" for row in sample])

    started = time.perf_counter()
    scored = 0
    with open(out, "w", newline="", encoding="utf-8") as file:
        writer = None
        for row in rows(path, count):
            if writer is None:
                writer = csv.DictWriter(file, [*row, "probability"])
                writer.writeheader()
                batch = []
            batch.append(row)
            if len(batch) == 1000:
                scored += score(model, batch, writer)
                batch = []
        scored += score(model, batch, writer)
    seconds = time.perf_counter() - started
    with open(path, newline="", encoding="utf-8") as file:
        lines = csv.reader(file)
        read = sum(sum(len(field.encode()) + 1 for field in line) for line, _ in zip(lines, range(scored + 1)))
    print(f"{seconds:.3f} {read} {scored}")


def score(model, batch, writer):
    if not batch:
        return 0
    probabilities = model.predict_proba([row["text"] for row in batch])[:, 1]
    for row, probability in zip(batch, probabilities):
        row["probability"] = f"{probability:.6f}"
        writer.writerow(row)
    return len(batch)


if __name__ == "__main__":
    main()
