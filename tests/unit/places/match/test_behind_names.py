"""What stands right behind a name and is no part of it, by a small registry."""

import numpy as np
import pytest
from small_registry import body

from bibnet.places.address.gazetteer import load_gazetteer
from bibnet.places.match.behind_names import ends_sentence, is_joined, names_department
from bibnet.places.reading.batch import StringBatch
from bibnet.places.reading.reader import StringReader
from bibnet.places.registry.index import RegistryIndex, build_index
from bibnet.places.registry.organisations import build_registry

INDEX = build_index(
    build_registry(
        [
            body("a", "Computer Science and Engineering School", "NO Oslo"),
            body("b", "University of Tide Technology", "NO Oslo"),
        ]
    )
)


def read(text: str) -> tuple[StringBatch, RegistryIndex]:
    return StringReader(INDEX, load_gazetteer()).read([text]), INDEX


@pytest.mark.parametrize(
    ("behind", "department"),
    [
        ("Computer Science", True),
        ("Computer Science and Engineering", True),
        ("Computer", False),  # one word may be a company's
        ("Science", False),
        ("Engineering Science", False),  # "University of Engineering Science"
        ("Computer Technology", False),  # technical universities are called so
        ("of Computer Science", False),  # the name goes on
        ("Computer Science Tide", False),
    ],
)
def test_a_discipline_behind_a_school_names_its_department(behind: str, department: bool) -> None:
    batch, index = read(f"Tide University {behind}")
    right, end = np.array([2]), np.array([len(batch.token["id"]) - 1])
    assert names_department(batch, index, right, end).tolist() == [department]


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("Tide University and Eddy Inc.", True),
        ("Tide University & Eddy Inc.", True),
        ("Tide University and the Eddy Group", True),
        ("Tide University Eddy Group", False),
        ("Tide University Eddy and Knot Group", False),
    ],
)
def test_a_word_that_joins_bodies_stands_right_behind_the_name(text: str, joined: bool) -> None:
    batch, _ = read(text)
    last, right = np.array([1]), np.array([2])
    assert is_joined(batch, last, right, np.array([True])).tolist() == [joined]
    assert is_joined(batch, last, right, np.array([False])).tolist() == [False]


@pytest.mark.parametrize(
    ("text", "ended"),
    [
        ("Tide University. Research done at Eddy", True),
        ("Tide Univ. Sci. Technol.", False),  # a stop behind a word cut short
        ("Tide University Research", False),
        ("Tide University, Research", False),
    ],
)
def test_a_full_stop_behind_the_whole_noun_ends_the_name(text: str, ended: bool) -> None:
    batch, _ = read(text)
    assert ends_sentence(batch, np.array([1]), np.array([True])).tolist() == [ended]
    assert ends_sentence(batch, np.array([1]), np.array([False])).tolist() == [False]
