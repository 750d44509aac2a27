"""The trained model: two stages of boosted trees over the candidates of a string.

Stage one gives every candidate the probability that the string means it, from its own measures and
its rivals'. Stage two reads those probabilities beside the measures and says which candidates
belong to the answer: none, one or several. Both are LightGBM models in text form; what they were
trained on stands in `matcher.json` beside them, how often labelled strings mean each organisation
in the counts of `prior`.
"""

import gzip
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from bibnet.places.match.boosting import lightgbm
from bibnet.places.match.features import FEATURES
from bibnet.places.match.prior import Prior, read_prior, write_prior
from bibnet.places.match.rivals import STANDING, Rivals, standing
from bibnet.reference.load import PACKAGED
from bibnet.schema.errors import Fault, ReferenceListError

Array = npt.NDArray[Any]
Predict = Callable[[Array], Array]
CARD, FIRST, SECOND = "matcher.json", "matcher_first.txt.gz", "matcher_second.txt.gz"
COUNTED = "matcher_prior.csv.gz"
SECOND_FEATURES = (*STANDING, *FEATURES)
REMEDY = "train it again: bibnet matcher train"
# Of 137,378 candidates of the conference corpus 83 % have less after stage one; stage two gives
# none of them more than .05.
RULED_OUT = 0.005


@dataclass(frozen=True)
class Ranker:
    """Two models, the least probability of a candidate that is returned, and the prior counts."""

    first: Predict
    second: Predict
    least: float
    prior: Prior = field(default_factory=Prior)

    def probabilities(self, rivals: Rivals, matrix: Array) -> tuple[Array, Array]:
        """Probability of each candidate after stage one and stage two.

        Stage two is not asked about what stage one rules out.
        """
        if not len(matrix):
            return np.empty(0), np.empty(0)
        first = self.first(matrix)
        second = first.copy()
        asked = np.flatnonzero(first >= RULED_OUT)
        if len(asked):
            second[asked] = self.second(second_matrix(rivals, first, matrix)[asked])
        return first, second


def second_matrix(rivals: Rivals, first: Array, matrix: Array) -> Array:
    """Matrix of stage two: standing by stage one, then the measures of stage one."""
    if not len(matrix):
        return np.empty((0, len(SECOND_FEATURES)), dtype=np.float32)
    stands = standing(rivals, first)
    columns = [stands[name].astype(np.float32) for name in STANDING]
    return np.concatenate([np.stack(columns, axis=1), matrix], axis=1)


def predictor(text: str) -> Predict:
    """Probabilities by a LightGBM model in text form, on one thread."""
    booster = lightgbm().Booster(model_str=text)

    def predict(matrix: Array) -> Array:
        return np.asarray(booster.predict(matrix, num_threads=1), dtype=np.float64)

    return predict


@lru_cache(maxsize=4)
def load_ranker(folder: Path = PACKAGED) -> Ranker:
    """Read the models of a folder (default: those of the package).

    Raises ReferenceListError if a file is missing, damaged or made for other measures.
    """
    try:
        card = json.loads((folder / CARD).read_text(encoding="utf-8"))
        first, second = (_text(folder / name) for name in (FIRST, SECOND))
        named = (card["features"], card["second_features"])
        least = float(card["least"])
        prior = read_prior(folder / COUNTED)
    except (OSError, EOFError, ValueError, KeyError) as error:
        fault = Fault(f"the matcher's model cannot be read: {error}", str(folder), REMEDY)
        raise ReferenceListError(fault) from error
    if named != (list(FEATURES), list(SECOND_FEATURES)):
        fault = Fault("the matcher's model was made for other measures", str(folder), REMEDY)
        raise ReferenceListError(fault)
    return Ranker(predictor(first), predictor(second), least, prior)


def _text(path: Path) -> str:
    return gzip.decompress(path.read_bytes()).decode("utf-8")


def save_ranker(folder: Path, models: Sequence[str], card: dict[str, Any], prior: Prior) -> None:
    """Write both models, their card and the prior counts; equal models give equal bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, model in zip((FIRST, SECOND), models, strict=True):
        (folder / name).write_bytes(gzip.compress(model.encode(), mtime=0))
    named = {"features": list(FEATURES), "second_features": list(SECOND_FEATURES)}
    text = json.dumps(card | named, indent=1, ensure_ascii=False)
    (folder / CARD).write_text(text + "\n", encoding="utf-8")
    write_prior(folder / COUNTED, prior)
