"""Training the matcher of affiliation strings from labelled ones.

Labels are JSON Lines (plain or gzipped) with `text`, `ror` (list; empty = no organisation) and
`set`, a set of the list `label_sets`. Training sees every string; a string whose organisations the
registry lacks teaches that nothing fits. No string is remembered: the trees ship, and how often
each organisation is labelled.
"""

import json
import zlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from bibnet.places.match.matcher import Matcher
from bibnet.places.match.ranker import save_ranker
from bibnet.places.registry.cache import open_registry
from bibnet.places.registry.index import RegistryIndex
from bibnet.places.training.training import Examples, cross_validated, examples, trained
from bibnet.reference.load import rows
from bibnet.schema.errors import Fault, InputError
from bibnet.storage.opened import open_binary

Say = Callable[[str], None]
FAULTS_SHOWN = 10
REMEDY = 'give JSON Lines of {"text", "ror": [...], "set"}'
# A threshold tuned to .95 gave .939 to .955 on other strings; half a point above, and the rules
# behind the models add another quarter on the set that is least sure.
PRECISION = 0.955
GRID = np.arange(0.30, 0.96, 0.01)


@dataclass(frozen=True)
class Labels:
    """Labelled strings. `organisations` are numbers in the index, -1 for one it does not hold.

    `unheld` counts the labels of what the index does not hold, by ROR id.
    """

    texts: list[str]
    sets: list[str]
    organisations: list[frozenset[int]]
    unheld: Counter[str] = field(default_factory=Counter)

    @property
    def held(self) -> npt.NDArray[np.bool_]:
        """Strings with labels that are all in the registry."""
        return np.array([bool(o) and -1 not in o for o in self.organisations], dtype=bool)

    @property
    def empty(self) -> npt.NDArray[np.bool_]:
        """Strings that name no organisation."""
        return np.array([not o for o in self.organisations], dtype=bool)


def read_labels(path: Path, index: RegistryIndex) -> Labels:
    """Read labelled strings, each text once; a former organisation counts as its successor.

    Raises InputError with the first faulty lines.
    """
    successor_of = dict(zip(index.texts["former_key"], index.texts["successor_key"], strict=True))
    number = {key: at for at, key in enumerate(index.texts["ror"]) if key}
    number |= {key: number[last] for key, last in successor_of.items() if last in number}
    found: dict[str, tuple[str, frozenset[int]]] = {}
    unheld: Counter[str] = Counter()
    faults = []
    for at, line in enumerate(_lines(path), start=1):
        try:
            record = json.loads(line)
            text, ror = str(record["text"]), [str(r) for r in record["ror"]]
            unheld.update(r for r in ror if r not in number and text not in found)
            found.setdefault(text, (record["set"], frozenset(number.get(r, -1) for r in ror)))
        except (ValueError, KeyError, TypeError) as error:
            faults.append(Fault(f"not a labelled string: {error}", f"{path}: line {at}", REMEDY))
    if faults or not found:
        raise InputError(faults[:FAULTS_SHOWN] or Fault("no labelled string", str(path), REMEDY))
    sets, organisations = zip(*found.values(), strict=True)
    return Labels(list(found), list(sets), list(organisations), unheld)


def _lines(path: Path) -> list[bytes]:
    try:
        with open_binary(path) as file:
            content = file.read()
    except (OSError, EOFError, zlib.error) as error:
        raise InputError(Fault(f"cannot read the labels: {error}", str(path), REMEDY)) from error
    return [line for line in content.splitlines() if line.strip()]


@dataclass(frozen=True)
class Study:
    """A matcher with its labelled strings and their candidates."""

    matcher: Matcher
    labels: Labels
    given: Examples


def study(labels_path: Path, registry: Path, seed: int, say: Say) -> Study:
    """Read labels and registry and find the candidates of every string."""
    index = open_registry(registry, say).index
    labels = read_labels(labels_path, index)
    complete = {row["set"] for row in rows("label_sets") if row["labels"] == "all"}
    whole = np.array([name in complete for name in labels.sets], dtype=bool)
    matcher = Matcher(index)
    say(f"candidates of {len(labels.texts):,} strings")
    deal = examples(matcher, labels.texts, labels.organisations, whole)
    return Study(matcher, labels, deal(seed))


def train(of: Study, out: Path, seed: int, say: Say) -> float:
    """Train on every string and write models and card to a folder; returns the least score.

    The least score of an answer is the smallest whose cross-validated precision reaches PRECISION
    on every set that `label_sets` tunes on.
    """
    least = least_score(of, cross_validated(of.given, seed, say))
    models = trained(of.given, seed, say)
    prior = of.given.counted.prior(of.matcher.index, of.labels.unheld)
    save_ranker(out, models, _card(of, seed, least), prior)
    return least


def least_score(of: Study, score: npt.NDArray[Any]) -> float:
    """Smallest score on the grid at which every tuned set is precise enough; else the largest."""
    tuned = {row["set"] for row in rows("label_sets") if row["tuned"] == "yes"}
    sets = np.array(of.labels.sets)
    judged = of.labels.held | of.labels.empty
    bounds = [0.5]
    for name in sorted(tuned.intersection(of.labels.sets)):
        chosen = (judged & (sets == name))[of.given.string[: len(score)]]
        kept = score[chosen], of.given.hit[: len(score)][chosen]
        bounds.append(next((float(t) for t in GRID if _precision(kept, t) >= PRECISION), GRID[-1]))
    return round(max(bounds), 2)


def _precision(kept: tuple[npt.NDArray[Any], npt.NDArray[Any]], least: float) -> float:
    score, hit = kept
    returned = score >= least
    return float(hit[returned].mean()) if returned.any() else 1.0


def _card(of: Study, seed: int, least: float) -> dict[str, Any]:
    licence = {row["set"]: f"{row['publisher']} ({row['licence']})" for row in rows("label_sets")}
    counts = Counter(of.labels.sets)
    return {
        "title": "Trained matcher of affiliation strings",
        "trained_on": {name: counts[name] for name in sorted(counts)},
        "licences": {name: licence.get(name, "not in label_sets") for name in sorted(counts)},
        "strings": len(of.labels.texts),
        "organisations": len(of.matcher.index),
        "seed": seed,
        "precision": PRECISION,
        "least": least,
    }


def set_names(labels: Labels) -> Sequence[str]:
    """Names of the sets, sorted."""
    return sorted(set(labels.sets))
