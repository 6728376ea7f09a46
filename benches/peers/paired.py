"""Measures of scores, and the difference between two sets of scores of the same rows with an interval: whole groups are
resampled, both sets on the same resamples. Ties are averaged or taken together, as in src/train/metrics.rs."""

import csv
import json

import numpy as np

RESAMPLES = 1000
SEED = 1
METRICS = ("accuracy", "auc", "average_precision")


def read(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class Rows:
    """Rows of a file of `evaluate --scores`, with what resampling needs."""

    def __init__(self, rows):
        self.fake = np.array([row["label"] == "fake" for row in rows])
        names, self.group = np.unique([row["group"] for row in rows], return_inverse=True)
        rng = np.random.default_rng(SEED)
        draws = rng.integers(len(names), size=(RESAMPLES, len(names)))
        self.weights = np.stack([np.bincount(draw, minlength=len(names)) for draw in draws]).astype(float)

    def values(self, metric, score):
        """The measure on all rows, then on each resample; NaN where it is not defined."""
        weights = np.vstack([np.ones(self.weights.shape[1]), self.weights])
        return np.array([value(metric, score, self.fake, weight[self.group]) for weight in weights])


def value(metric, score, fake, weight):
    if metric == "accuracy":
        return float(weight[(score >= 0.5) == fake].sum() / weight.sum())
    levels, at = np.unique(-score, return_inverse=True)
    fakes = np.bincount(at, weight * fake, len(levels))
    genuine = np.bincount(at, weight * ~fake, len(levels))
    found, wrong = fakes.cumsum(), genuine.cumsum()
    if found[-1] == 0 or wrong[-1] == 0:
        return float("nan")
    if metric == "auc":
        return float((fakes * (wrong[-1] - wrong + genuine / 2)).sum() / (found[-1] * wrong[-1]))
    drawn = found + wrong
    precision = np.divide(found, drawn, out=np.zeros_like(found), where=drawn > 0)
    return float((fakes * precision).sum() / found[-1])


def interval(values):
    return [float(x) for x in np.nanpercentile(values, [2.5, 97.5])]


def shown(values):
    low, high = interval(values[1:])
    return f"{values[0]:.3f} [{low:.3f}, {high:.3f}]"


def difference(first, second):
    """First less second, in one string; in bold where the interval leaves 0 out."""
    values = first - second
    low, high = interval(values[1:])
    text = f"{values[0]:+.3f} [{low:+.3f}, {high:+.3f}]"
    return f"**{text}**" if low > 0 or high < 0 else text


def check(rows, score, path):
    """The tool and this file measure the same: a mistake in either would show."""
    with open(path, encoding="utf-8") as file:
        metrics = json.load(file)
    for metric in METRICS:
        ours = value(metric, score, rows.fake, np.ones(len(score)))
        if abs(ours - metrics[metric]) > 1e-9:
            raise SystemExit(f"{path}: {metric} {metrics[metric]}, recomputed {ours}")
