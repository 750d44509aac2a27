"""Precision, recall and F1 of yes/no decisions, with their intervals, and the threshold."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from bibnet.schema.proportion import wilson

SAMPLES = 1_000  # bootstrap samples of works for the interval of F1


@dataclass(frozen=True)
class Confusion:
    """Decisions by label: AI and called so, not AI but called so, and so on."""

    true_positive: int
    false_positive: int
    false_negative: int
    true_negative: int

    @property
    def precision(self) -> float:
        """Of the works called AI the part that is; NaN where none is called so."""
        return _ratio(self.true_positive, self.true_positive + self.false_positive)

    @property
    def recall(self) -> float:
        """Of the AI works the part called so; NaN where there is none."""
        return _ratio(self.true_positive, self.true_positive + self.false_negative)

    @property
    def false_positive_rate(self) -> float:
        """Of the works that are not AI the part called AI; NaN where there is none."""
        return _ratio(self.false_positive, self.false_positive + self.true_negative)

    @property
    def f1(self) -> float:
        """2 TP / (2 TP + FP + FN); NaN where no work is AI or called so."""
        wrong = self.false_positive + self.false_negative
        return _ratio(2 * self.true_positive, 2 * self.true_positive + wrong)

    def precision_at(self, prevalence: float) -> float:
        """Precision where this part of all works is AI: the files' own mix is an accident."""
        hits = self.recall * prevalence
        called = hits + self.false_positive_rate * (1 - prevalence)
        return hits / called if called > 0 else math.nan

    def record(self, seed: int) -> dict[str, Any]:
        """Everything as numbers by name, undefined ones as None; F1's interval by bootstrap."""
        positives = self.true_positive + self.false_negative
        negatives = self.false_positive + self.true_negative
        called = self.true_positive + self.false_positive
        low, high = self._f1_interval(seed)
        found: dict[str, Any] = {
            "positives": positives,
            "negatives": negatives,
            "true_positive": self.true_positive,
            "false_positive": self.false_positive,
            "precision": self.precision,
            "precision_interval": wilson(self.true_positive, called),
            "recall": self.recall,
            "recall_interval": wilson(self.true_positive, positives),
            "f1": self.f1,
            "f1_interval": (low, high),
            "false_positive_rate": self.false_positive_rate,
            "false_positive_rate_interval": wilson(self.false_positive, negatives),
            "precision_if_half_were_ai": self.precision_at(0.5),
            "precision_if_a_tenth_were_ai": self.precision_at(0.1),
        }
        return {name: _shown(value) for name, value in found.items()}

    def _f1_interval(self, seed: int) -> tuple[float, float]:
        """2.5 and 97.5 percentiles of F1 over samples of the works, both labels kept in number."""
        chance = np.random.default_rng(seed)
        positives = self.true_positive + self.false_negative
        negatives = self.false_positive + self.true_negative
        if not positives or not negatives:
            return math.nan, math.nan
        hits = chance.binomial(positives, self.recall, SAMPLES)
        false = chance.binomial(negatives, self.false_positive_rate, SAMPLES)
        values = 2 * hits / (hits + false + positives)
        low, high = np.percentile(values, [2.5, 97.5])
        return float(low), float(high)


def confusion(labels: np.ndarray[Any, Any], called: np.ndarray[Any, Any]) -> Confusion:
    """Count decisions by label."""
    return Confusion(
        int((labels & called).sum()),
        int((~labels & called).sum()),
        int((labels & ~called).sum()),
        int((~labels & ~called).sum()),
    )


def threshold_of(
    labels: np.ndarray[Any, Any], values: np.ndarray[Any, Any], precision: float | None
) -> float | None:
    """Score from which works are called AI, both labels weighing the same.

    Without `precision` where F1 is highest, with it the lowest score whose precision is at
    least that; None where there is none. The threshold lies midway between the lowest score
    called AI and the next below: the given works are decided alike, others more evenly.
    """
    tried = np.unique(np.round(values, 4))
    hits = np.array([(values[labels] >= at).mean() for at in tried])
    false = np.array([(values[~labels] >= at).mean() for at in tried])
    if precision is not None:
        with np.errstate(invalid="ignore"):
            enough = np.flatnonzero((hits > 0) & (hits / (hits + false) >= precision))
        return _midway(tried, int(enough[0])) if len(enough) else None
    f1 = 2 * hits / (hits + false + 1)
    best = np.flatnonzero(f1 >= f1.max() - 1e-12)
    return _midway(tried, int(best[0]))


def _midway(tried: np.ndarray[Any, Any], at: int) -> float:
    return round(float(tried[max(at - 1, 0)] + tried[at]) / 2, 4)


def _ratio(part: int, whole: int) -> float:
    return part / whole if whole else math.nan


def _shown(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_shown(one) for one in value]
    return None if isinstance(value, float) and math.isnan(value) else value
