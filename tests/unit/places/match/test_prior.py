"""Counts of labelled strings: in a file, for a registry, as measures of a candidate."""

import math
from pathlib import Path

import numpy as np
from small_registry import REGISTRY

from bibnet.places.match.features import FEATURES
from bibnet.places.match.matcher import Matcher
from bibnet.places.match.prior import Prior, prior_measures, read_prior, write_prior
from bibnet.places.registry.index import build_index

COUNTS = {"ox": (5, 4, 3), "000000000": (2, 0, 0)}


def test_counts_are_read_back_and_sorted(tmp_path: Path) -> None:
    one, other = tmp_path / "one.csv.gz", tmp_path / "other.csv.gz"
    write_prior(one, Prior(COUNTS))
    write_prior(other, Prior(dict(reversed(COUNTS.items()))))
    assert read_prior(one) == Prior(COUNTS)
    assert one.read_bytes() == other.read_bytes()


def test_an_organisation_that_no_string_names_has_no_counts() -> None:
    index = build_index(REGISTRY)
    counts = Prior(COUNTS).of(index)
    known = index.texts["ror"].index("ox")
    assert counts.shape == (len(index), 3)
    assert counts[known].tolist() == [5, 4, 3]
    assert counts.sum() == 12


def test_measures_are_the_size_and_the_share_pulled_to_one_half() -> None:
    found = prior_measures(np.array([[5, 4, 3], [0, 0, 0]]))
    assert found["labelled"].tolist() == [math.log(6), 0.0]
    assert found["meant"].tolist() == [4 / 6, 0.5]


def test_candidates_carry_the_counts_of_their_organisation() -> None:
    prepared = Matcher(build_index(REGISTRY), Prior(COUNTS)).prepare(["University of Oxford, UK"])
    row = prepared.table["owner"].tolist().index(build_index(REGISTRY).texts["ror"].index("ox"))
    assert prepared.matrix[row, FEATURES.index("meant")] == np.float32(4 / 6)
