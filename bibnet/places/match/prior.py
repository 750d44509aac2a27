"""How often labelled strings mean each organisation: what is known before a string is read.

"CERN" or "Yale" without its noun is nearly always the body of that name, a ministry beside a
laboratory hardly ever what is labelled. Counts of organisations only: no string is remembered. The
counts of a labelled string's own label are left out where the models learn from it or are measured
on it (`training.counts`).
"""

import csv
import gzip
import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from bibnet.places.registry.index import RegistryIndex

Array = npt.NDArray[Any]
PRIOR = ("labelled", "meant")  # measures of a candidate
COUNTS = ("labelled", "whole", "meant")  # columns of the file, behind `ror`


@dataclass(frozen=True)
class Prior:
    """Counts by ROR id: strings labelled with it; strings that hold its whole name; both.

    Its name inside a longer whole name of another organisation does not count.
    """

    counts: Mapping[str, tuple[int, int, int]] = field(default_factory=dict)

    def of(self, index: RegistryIndex) -> Array:
        """Counts of every organisation of a registry, zeros where none are known: N x 3."""
        none = (0, 0, 0)
        found = [self.counts.get(ror, none) for ror in index.texts["ror"]]
        return np.array(found, dtype=np.int64).reshape(-1, len(COUNTS))


def prior_measures(counts: Array) -> dict[str, Array]:
    """Measures from rows of counts: the size of the first, and the share of the name's strings.

    The share is (meant + 1) / (whole + 2): one half where nothing is known.
    """
    labelled, whole, meant = counts.T
    return {"labelled": np.log1p(labelled), "meant": (meant + 1) / (whole + 2)}


def read_prior(path: Path) -> Prior:
    """Read the counts of a file. Raises OSError, EOFError, ValueError or KeyError if damaged."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    one, two, three = COUNTS
    return Prior({r["ror"]: (int(r[one]), int(r[two]), int(r[three])) for r in rows})


def write_prior(path: Path, prior: Prior) -> None:
    """Write the counts, sorted by ROR id; equal counts give equal bytes."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("ror", *COUNTS))
    writer.writerows((ror, *counts) for ror, counts in sorted(prior.counts.items()))
    path.write_bytes(gzip.compress(text.getvalue().encode(), mtime=0))
