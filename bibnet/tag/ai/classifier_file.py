"""A classifier as a file: JSON and nothing that can run. What is read is checked."""

import math
from pathlib import Path
from typing import Any

import msgspec

from bibnet.schema.errors import Fault, InputError
from bibnet.storage.disk import whole_file
from bibnet.tag.ai.classifier import Model

FORMAT = "bibnet-classifier-1"
# Beyond what 16 MB of terms need: a file that large is no model of this program.
MOST_BYTES = 256 << 20


class _File(msgspec.Struct, forbid_unknown_fields=True):
    """The file as it is written."""

    format: str
    threshold: float
    intercept: float
    abstracts: bool
    terms: list[str]
    idf: list[float]
    weights: list[float]
    training: dict[str, Any]


def write_model(model: Model, path: Path) -> None:
    """Write a model; the same model gives the same bytes."""
    file = _File(
        FORMAT,
        model.threshold,
        model.intercept,
        model.abstracts,
        list(model.terms),
        list(model.idf),
        list(model.weights),
        dict(model.training),
    )
    with whole_file(path) as unfinished:
        unfinished.write_bytes(msgspec.json.encode(file, order="deterministic") + b"\n")


def read_model(path: Path) -> Model:
    """Read a model; raises InputError if the file is none: unreadable, uneven, not finite."""
    remedy = "give a file that bibnet classifier train has written"
    try:
        if path.stat().st_size > MOST_BYTES:
            raise ValueError(f"larger than {MOST_BYTES:,} bytes")
        file = msgspec.json.decode(path.read_bytes(), type=_File)
    except (OSError, ValueError, msgspec.MsgspecError, RecursionError) as error:
        raise InputError(Fault(f"not a classifier: {error}", str(path), remedy)) from error
    wrong = _wrong(file)
    if wrong:
        raise InputError([Fault(f"not a classifier: {what}", str(path), remedy) for what in wrong])
    return Model(
        file.terms,
        file.idf,
        file.weights,
        file.intercept,
        file.threshold,
        file.abstracts,
        file.training,
    )


def _wrong(file: _File) -> list[str]:
    numbers = [file.threshold, file.intercept, *file.idf, *file.weights]
    checks = {
        f"its format is {file.format[:40]!r}, not {FORMAT}": file.format == FORMAT,
        "terms, idf and weights are of different length": len(file.terms)
        == len(file.idf)
        == len(file.weights),
        "a term stands twice": len(set(file.terms)) == len(file.terms),
        "a number is not finite": all(map(math.isfinite, numbers)),
        "an idf is not above zero": all(value > 0 for value in file.idf),
        "the threshold is not from 0 to 1": 0 <= file.threshold <= 1,
    }
    return [what for what, right in checks.items() if not right]
