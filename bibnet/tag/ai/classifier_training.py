"""Training of the AI classifier: labelled works in, a model and its held-out scores out.

A logistic regression over TF-IDF of words and word pairs (scikit-learn), both labels weighing
the same whatever their numbers. Works fall into three parts by a hash of seed and title, so
that neither the order of files nor a repeated title moves a work from one part to another:
one trains, one sets the threshold, one is held out and only measured.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from bibnet.schema.errors import Fault, InputError
from bibnet.tag.ai.classifier import Model, text_terms
from bibnet.tag.ai.classifier_scores import Confusion, confusion, threshold_of

TRAIN, TUNE, HELD_OUT = "train", "tune", "held_out"
# In hundredths of all works; the two small parts still hold hundreds where thousands are given.
TUNE_FROM, HELD_OUT_FROM = 70, 85
# A term of fewer works is a name or a misprint; more terms do not change a decision.
FEWEST_WORKS, MOST_TERMS = 3, 60_000
# 1, 4 and 10 gave the same F1 on works of another source; the strongest regularisation of them.
STRENGTH = 1.0
MOST_ROUNDS = 1_000
TOLERANCE = 1e-3
# Six digits are beyond what training determines, and the same on any machine.
DIGITS = 6
# Where one label has abstracts more often than the other by this share of its works, a model
# would learn that a text is long, not what it says: then it reads titles only.
UNEVEN_ABSTRACTS = 0.2
# Below this a part cannot be measured at all.
FEWEST_PER_PART = 10


@dataclass(frozen=True)
class Labelled:
    """A labelled work: its texts, whether it is AI, and the group it comes from (venue, field).

    `rules` are the other AI rules that hold for it, `judged` those that can be judged.
    """

    title: str
    abstract: str
    positive: bool
    group: str = ""
    rules: frozenset[str] = frozenset()
    judged: frozenset[str] = frozenset()

    @property
    def key(self) -> str:
        """Words of the title, by which works are told apart."""
        return " ".join(text_terms(self.title or self.abstract))


@dataclass(frozen=True)
class Sorted:
    """Works told apart: one per title, none that both labels claim, by key."""

    works: Sequence[Labelled]
    repeated: int
    contradicted: int


def sort_out(works: Iterable[Labelled]) -> Sorted:
    """One work per title (the one with the longer abstract); titles of both labels leave."""
    by_key: dict[str, list[Labelled]] = {}
    for work in works:
        by_key.setdefault(work.key, []).append(work)
    by_key.pop("", None)
    kept, contradicted = [], 0
    for key in sorted(by_key):
        alike = by_key[key]
        if len({work.positive for work in alike}) > 1:
            contradicted += len(alike)
        else:
            kept.append(min(alike, key=lambda w: (-len(w.abstract), w.abstract, w.group, w.title)))
    repeated = sum(map(len, by_key.values())) - len(kept) - contradicted
    return Sorted(kept, repeated, contradicted)


def part_of(work: Labelled, seed: int) -> str:
    """The part a work falls into, by the hash of seed and title."""
    digest = hashlib.sha256(f"{seed}\0{work.key}".encode()).digest()
    place = int.from_bytes(digest[:8], "big") % 100
    return TRAIN if place < TUNE_FROM else TUNE if place < HELD_OUT_FROM else HELD_OUT


def train(works: Sequence[Labelled], seed: int, precision: float | None = None) -> Model:
    """Train a model on the parts `train` and `tune` of works that are sorted out.

    Abstracts are read where both labels have them about as often, else titles only (a work
    without a title is then not learned from). The threshold is set on `tune`: where F1 is
    highest if both labels were equally many, or the lowest with at least `precision` then.
    Raises InputError where a part has fewer than ten works of a label, or where no threshold
    reaches the precision.
    """
    parts = by_part(works, seed)
    _require_enough(parts)
    model = _fit(parts[TRAIN], seed, abstracts_are_even(works))
    threshold = threshold_of(*scores(model, parts[TUNE]), precision)
    if threshold is None:
        raise InputError(
            Fault(f"no threshold reaches a precision of {precision}", "--precision", "ask for less")
        )
    return replace(model, threshold=threshold)


def abstracts_are_even(works: Sequence[Labelled]) -> bool:
    """Whether both labels have abstracts about as often."""
    shares = abstract_shares(works)
    return abs(shares[True] - shares[False]) <= UNEVEN_ABSTRACTS


def abstract_shares(works: Sequence[Labelled]) -> dict[bool, float]:
    """Label -> the part of its works that have an abstract; 0 where it has no work."""
    labels = {True: [w for w in works if w.positive], False: [w for w in works if not w.positive]}
    return {
        label: sum(bool(work.abstract) for work in found) / max(1, len(found))
        for label, found in labels.items()
    }


def by_part(works: Sequence[Labelled], seed: int) -> Mapping[str, list[Labelled]]:
    """Works by part."""
    parts: dict[str, list[Labelled]] = {TRAIN: [], TUNE: [], HELD_OUT: []}
    for work in works:
        parts[part_of(work, seed)].append(work)
    return parts


def scores(
    model: Model, works: Sequence[Labelled]
) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Labels and scores of works; a work that cannot be judged has the score 0."""
    found = [model.score(work.title, work.abstract) for work in works]
    labels = np.array([work.positive for work in works], dtype=bool)
    return labels, np.array([one.score if one else 0.0 for one in found], dtype="float64")


def measure(model: Model, works: Sequence[Labelled]) -> Confusion:
    """How the model's decisions on works compare with their labels."""
    labels, values = scores(model, works)
    return confusion(labels, values >= model.threshold)


def overlap(model: Model, works: Sequence[Labelled]) -> list[dict[str, Any]]:
    """The model beside every other rule, on the works that the rule can judge.

    Per rule and label: works, those the rule holds for, those the model calls AI, both.
    """
    _, values = scores(model, works)
    judged = list(zip(works, values >= model.threshold, strict=True))
    found = []
    for rule in sorted({rule for work in works for rule in work.judged}):
        for label in (True, False):
            here = [(w, bool(c)) for w, c in judged if rule in w.judged and w.positive is label]
            found.append(
                {
                    "rule": rule,
                    "label": "positive" if label else "negative",
                    "works": len(here),
                    "by_rule": sum(rule in work.rules for work, _ in here),
                    "by_classifier": sum(called for _, called in here),
                    "by_both": sum(called and rule in work.rules for work, called in here),
                }
            )
    return found


def without_group(works: Sequence[Labelled], model: Model, seed: int) -> dict[str, dict[str, Any]]:
    """What the model says of each group when it was trained without it.

    For every group (venue of the positives, field of the negatives) of at least
    FEWEST_PER_PART works: the works, and the part called AI by a model that never saw the
    group, at the threshold of `model`. It tells style of a venue from subject.
    """
    found: dict[str, dict[str, Any]] = {}
    train_part = by_part(works, seed)[TRAIN]
    for group in sorted({work.group for work in works if work.group}):
        left_out = [work for work in works if work.group == group]
        rest = [work for work in train_part if work.group != group]
        if len(left_out) < FEWEST_PER_PART or len({work.positive for work in rest}) < 2:
            continue
        other = _fit(rest, seed, model.abstracts)
        _, values = scores(other, left_out)
        called = int((values >= model.threshold).sum())
        positive = sum(work.positive for work in left_out)
        found[group] = {"works": len(left_out), "positives": positive, "called_ai": called}
    return found


def _require_enough(parts: Mapping[str, Sequence[Labelled]]) -> None:
    faults = [
        Fault(
            f"{number} {label} works in the part {part}, fewer than {FEWEST_PER_PART}",
            f"--{label}s",
            "give more works with different titles",
        )
        for part, works in parts.items()
        for label, sign in (("positive", True), ("negative", False))
        if (number := sum(work.positive is sign for work in works)) < FEWEST_PER_PART
    ]
    if faults:
        raise InputError(faults)


def _fit(works: Sequence[Labelled], seed: int, abstracts: bool) -> Model:
    vectorizer = TfidfVectorizer(
        analyzer=lambda work: text_terms(work.title, work.abstract if abstracts else None),
        sublinear_tf=True,
        min_df=min(FEWEST_WORKS, max(1, len(works) // 100)),
        max_features=MOST_TERMS,
    )
    # Dual coordinate descent is plain loops: the other solvers sum in an order that depends on
    # the number of threads.
    learner = LogisticRegression(
        C=STRENGTH,
        class_weight="balanced",
        solver="liblinear",
        dual=True,
        tol=TOLERANCE,
        max_iter=MOST_ROUNDS,
        random_state=seed,
    )
    matrix = vectorizer.fit_transform(works)
    learner.fit(matrix, [work.positive for work in works])
    return Model(
        terms=[str(term) for term in vectorizer.get_feature_names_out()],
        idf=_rounded(vectorizer.idf_),
        weights=_rounded(learner.coef_[0]),
        intercept=_rounded(learner.intercept_)[0],
        threshold=0.5,
        abstracts=abstracts,
    )


def _rounded(values: np.ndarray[Any, Any]) -> list[float]:
    return [float(value) for value in np.round(values.astype("float64"), DIGITS)]
