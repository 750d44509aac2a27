"""Grades of organisations returned, told by the relations of an invented registry."""

from collections import Counter

import pytest

from bibnet.places.registry.index import RegistryIndex, build_index
from bibnet.places.registry.organisations import build_registry
from bibnet.places.training.errors import Kinship, grade_lines
from tests.small_registry import body

REGISTRY = build_registry(
    [
        body("academy", "Academy of Gondwana", "GB Ox"),
        body("inst-a", "Institute of Alpha Waves", "GB Ox", parents=("academy",)),
        body("inst-b", "Institute of Beta Waves", "GB Ox", parents=("academy",)),
        body("lab-a", "Alpha Laboratory", "GB Ox", parents=("inst-a",)),
        body("hosp", "Salem Hospital", "US Salem", related=("univ",)),
        body("univ", "Salem University", "US Salem"),
        body("twin", "Salem University", "IN Salem"),
        body("far", "Kiel Institute of Sound", "DE Kiel"),
    ]
)
NUMBER = {one.key: at for at, one in enumerate(REGISTRY.organisations)}


@pytest.fixture(scope="module")
def index() -> RegistryIndex:
    return build_index(REGISTRY)


@pytest.mark.parametrize(
    ("returned", "label", "grade"),
    [
        ("lab-a", "lab-a", "correct"),
        ("inst-a", "lab-a", "over_general"),
        ("academy", "lab-a", "over_general"),
        ("inst-b", "inst-a", "sibling"),
        ("hosp", "univ", "sibling"),  # related
        ("twin", "univ", "sibling"),  # one name, two countries
        ("far", "univ", "context"),
    ],
)
def test_grades(index: RegistryIndex, returned: str, label: str, grade: str) -> None:
    labels = frozenset({NUMBER[label], -1})
    assert Kinship(index).grade(NUMBER[returned], labels, whole=True) == grade


def test_a_name_that_the_string_does_not_hold_whole_is_invented(index: RegistryIndex) -> None:
    assert Kinship(index).grade(NUMBER["far"], frozenset(), whole=False) == "invented"


def test_the_table_of_grades() -> None:
    lines = grade_lines({"s": Counter(correct=3, sibling=1)})
    assert lines == [
        "| set | returned | correct | over_general | sibling | context | invented |",
        "|---|---|---|---|---|---|---|",
        "| s | 4 | 3 | 0 | 1 | 0 | 0 |",
    ]
