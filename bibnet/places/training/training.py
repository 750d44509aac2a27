"""Training the two stages of the matcher, and what each string gets from models that never saw it.

Strings with the same set of tokens stand in one fold, so that no model is asked about a string it
was trained on. Stage one learns from every string; stage two from those sets whose labels are
complete, on the probabilities that stage one gave to strings it had not seen.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from bibnet.places.locate.answers import BATCH, answered
from bibnet.places.locate.located import Located
from bibnet.places.match.boosting import lightgbm
from bibnet.places.match.features import FEATURES
from bibnet.places.match.matcher import Matcher, Prepared, Ranked
from bibnet.places.match.prior import prior_measures
from bibnet.places.match.ranker import second_matrix
from bibnet.places.training.counts import Counted, counted

Array = npt.NDArray[Any]
Say = Callable[[str], None]
FOLDS = 5
# Share of the strings that are also shown without the organisations they name, as if the registry
# did not hold them: so the models learn that nothing may fit.
HIDDEN = 0.15
# One thread and no chance but the seed: equal labels give equal models.
COMMON = {
    "objective": "binary",
    "num_threads": 1,
    "deterministic": True,
    "force_row_wise": True,
    "verbose": -1,
    "feature_fraction": 0.6,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "min_data_in_leaf": 30,
    # Without a floor a leaf of a few sure rows answers 1.0 to whatever falls into it.
    "min_sum_hessian_in_leaf": 1.0,
    "lambda_l2": 2.0,
}
FIRST = COMMON | {"num_leaves": 31, "learning_rate": 0.08}
SECOND = COMMON | {"num_leaves": 15, "learning_rate": 0.06}
FIRST_ROUNDS, SECOND_ROUNDS = 200, 150


@dataclass(frozen=True)
class Examples:
    """Candidates of labelled strings: rows of all batches, one after another.

    The first `shown` batches hold every string, those behind them some strings again, without
    their organisations. `string` numbers the strings, `hit` says whether a candidate is a label,
    `fold` and `complete` are one a string. `counted` are the counts of the labels: in `matrix`,
    which the models learn from, those of the strings before each in an order by chance, in `asked`,
    which they are asked about, those of the other folds.
    """

    batches: Sequence[Prepared]
    shown: int
    matrix: Array
    asked: Array
    string: Array
    hit: Array
    fold: Array
    complete: Array
    counted: Counted


def examples(
    matcher: Matcher, texts: Sequence[str], labels: Sequence[frozenset[int]], complete: Array
) -> Callable[[int], Examples]:
    """Candidates of all strings; the function returned deals them into folds by a seed.

    `labels` are numbers of organisations in the index; `complete` says of each string whether all
    its organisations are labelled.
    """
    batches = [matcher.prepare(texts[at : at + BATCH]) for at in range(0, len(texts), BATCH)]
    group = _groups(batches)
    known = _counted(batches, labels, group, len(matcher.index))

    def deal(seed: int) -> Examples:
        chance = np.random.default_rng(seed)
        fold = chance.integers(0, FOLDS, int(group.max(initial=0)) + 1)
        hidden = chance.random(len(texts)) < HIDDEN
        fewer = [
            matcher.without(b, hidden[_strings(b, at)] & ~_hits(b, at, labels))
            for at, b in enumerate(batches)
        ]
        every = [*batches, *fewer]
        string = np.concatenate([_strings(b, at % len(batches)) for at, b in enumerate(every)])
        owner = np.concatenate([b.table["owner"] for b in every])
        matrix = np.concatenate([b.matrix for b in every])
        before = known.earlier(string, owner, chance.permutation(len(fold)))
        return Examples(
            batches=every,
            shown=len(batches),
            matrix=_with_prior(matrix, before),
            asked=_with_prior(matrix, known.elsewhere(string, owner, fold)),
            string=string,
            hit=np.concatenate([_hits(b, at % len(batches), labels) for at, b in enumerate(every)]),
            fold=fold[group],
            complete=complete,
            counted=known,
        )

    return deal


def _counted(
    batches: Sequence[Prepared], labels: Sequence[frozenset[int]], group: Array, size: int
) -> Counted:
    rows = {
        "owner": np.concatenate([b.table["owner"] for b in batches]),
        "stands": np.concatenate([_stands(b) for b in batches]),
    }
    rows["string"] = np.concatenate([_strings(b, at) for at, b in enumerate(batches)])
    return counted(labels, group, rows, size)


def _stands(prepared: Prepared) -> Array:
    """Whether the whole name of each candidate stands in its string, in no longer whole name."""
    whole = prepared.table["whole"]
    return np.asarray(whole & (prepared.rivals.best(prepared.rivals.inside, whole) <= 0))


def _with_prior(matrix: Array, counts: Array) -> Array:
    """A copy of a matrix with the measures of other counts."""
    copied = matrix.copy()
    for name, values in prior_measures(counts).items():
        copied[:, FEATURES.index(name)] = values
    return copied


def _strings(prepared: Prepared, batch: int) -> Array:
    """Number of the text of each candidate, whichever of its addresses it is in."""
    return np.asarray(prepared.batch.source[prepared.table["string"]] + batch * BATCH)


def _hits(prepared: Prepared, batch: int, labels: Sequence[frozenset[int]]) -> Array:
    pairs = zip(_strings(prepared, batch).tolist(), prepared.table["owner"].tolist(), strict=True)
    return np.array([owner in labels[string] for string, owner in pairs], dtype=bool)


def _groups(batches: Sequence[Prepared]) -> Array:
    """Number of the set of tokens that each text holds; words of no token count as written."""
    number: dict[frozenset[object], int] = {}
    found = []
    for prepared in batches:
        batch = prepared.batch
        words: list[set[object]] = [set() for _ in range(int(batch.source.max(initial=-1)) + 1)]
        ids, start, end = (batch.token[c].tolist() for c in ("id", "start", "end"))
        for at, (text, source) in enumerate(zip(batch.cleaned, batch.source.tolist(), strict=True)):
            for row in range(int(batch.first[at]), int(batch.first[at + 1])):
                known = ids[row] >= 0
                words[source].add(ids[row] if known else text[start[row] : end[row]].lower())
        found += [number.setdefault(frozenset(held), len(number)) for held in words]
    return np.array(found, dtype=np.int64)


def trained(given: Examples, seed: int, say: Say) -> tuple[str, str]:
    """Both models in text form, trained on all strings."""
    say("stage one on strings it has not seen")
    learnt, _ = _unseen_first(given, seed)
    say("both stages on all strings")
    first = _fit(FIRST | {"seed": seed}, FIRST_ROUNDS, given.matrix, given.hit)
    rows = given.complete[given.string]
    matrix = _second(given, learnt, given.matrix)
    second = _fit(SECOND | {"seed": seed}, SECOND_ROUNDS, matrix[rows], given.hit[rows])
    return first.model_to_string(), second.model_to_string()


def cross_validated(given: Examples, seed: int, say: Say) -> Array:
    """Probability of every candidate of every string by models that saw none of its fold."""
    learnt, asked = _unseen_first(given, seed)
    say("stage one done")
    matrix = _second(given, learnt, given.matrix)
    unseen = _second(given, asked, given.asked)
    fold = given.fold[given.string]
    complete = given.complete[given.string]
    score = np.zeros(len(given.hit))
    for number in range(FOLDS):
        rows = (fold != number) & complete
        model = _fit(SECOND | {"seed": seed}, SECOND_ROUNDS, matrix[rows], given.hit[rows])
        score[fold == number] = _predict(model, unseen[fold == number])
    return score[: sum(len(b.matrix) for b in given.batches[: given.shown])]


def _unseen_first(given: Examples, seed: int) -> tuple[Array, Array]:
    """Probabilities by models of the other folds: from what is learnt from, what is asked about."""
    fold = given.fold[given.string]
    learnt, asked = np.zeros(len(given.hit)), np.zeros(len(given.hit))
    for number in range(FOLDS):
        rows = fold != number
        model = _fit(FIRST | {"seed": seed}, FIRST_ROUNDS, given.matrix[rows], given.hit[rows])
        learnt[~rows] = _predict(model, given.matrix[~rows])
        asked[~rows] = _predict(model, given.asked[~rows])
    return learnt, asked


def _second(given: Examples, first: Array, matrix: Array) -> Array:
    parts, at = [], 0
    for prepared in given.batches:
        rows = slice(at, at + len(prepared.matrix))
        parts.append(second_matrix(prepared.rivals, first[rows], matrix[rows]))
        at = rows.stop
    return np.concatenate(parts)


def _fit(parameters: dict[str, Any], rounds: int, matrix: Array, hit: Array) -> Any:
    library = lightgbm()
    return library.train(parameters, library.Dataset(matrix, hit), rounds)


def _predict(model: Any, matrix: Array) -> Array:
    if not len(matrix):
        return np.empty(0)
    return np.asarray(model.predict(matrix, num_threads=1))


def ranked_batches(given: Examples, score: Array) -> list[Ranked]:
    """Batches with their candidates ordered by the scores given."""
    found, at = [], 0
    for prepared in given.batches[: given.shown]:
        own = score[at : at + len(prepared.matrix)]
        at += len(prepared.matrix)
        table = prepared.table
        order = np.lexsort((table["owner"], -own, table["string"]))
        ordered = {column: values[order] for column, values in table.items()}
        found.append(Ranked(prepared.batch, prepared.hits, ordered, own[order], own[order]))
    return found


def answers_of(matcher: Matcher, batches: Sequence[Ranked], least: float) -> list[list[Located]]:
    """What the door would answer to every string with these scores."""
    return [rows for batch in batches for rows in answered(matcher.index, batch, least)]
