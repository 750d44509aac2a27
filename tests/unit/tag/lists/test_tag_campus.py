"""The world of these tests: North University of Aland (AA), listed, and what stands below it."""

from dataclasses import dataclass

import pytest

from bibnet.tag.lists.campus import children_of_listed, former_names
from bibnet.tag.lists.entry import index_entries
from bibnet.tag.place_names import PlaceNames

EMPTY = ("name_zh", "aliases", "former_names", "generic_aliases", "openalex_id", "city")
LISTED = {
    **dict.fromkeys(EMPTY, ""),
    "entry_id": "north",
    "name": "North University",
    "category": "pla",
    "lists": "List A",
    "ror": "0north",
    "country": "AA",
    "date": "2026-01-01",
}
INDEX = index_entries([LISTED])
PLACES = PlaceNames({}, {"sud": frozenset({"AA", "BB"}), "南城": frozenset({"AA"})})


@dataclass(frozen=True)
class Body:
    key: str
    names: tuple[str, ...]
    parents: tuple[str, ...] = ("north",)
    country: str = "AA"
    ror: str = "0child"
    openalex_id: str = ""
    former_names: tuple[str, ...] = ()
    acronyms: tuple[str, ...] = ()


PARENT = Body("north", ("North University", "北大学"), (), ror="0north")


def is_campus(*names: str, **cells: object) -> bool:
    child = Body("child", names, **cells)  # type: ignore[arg-type]
    found = children_of_listed(INDEX, [PARENT, child], PLACES)
    assert [(one.name, one.parent.entry_id) for one in found["0child"]] == [(names[0], "north")]
    return found["0child"][0].is_campus


@pytest.mark.parametrize(
    "name",
    [
        "North University, Sud",
        "North University (Sud)",
        "North University Sud Campus",
        "North University at Sud",
        "North University Sud Graduate School",
        "Sud Campus of North University",
        "北大学（南城）",
        "北大学南城校区",
    ],
)
def test_the_parents_whole_name_with_a_place_is_a_campus(name: str):
    assert is_campus(name)


@pytest.mark.parametrize(
    "name",
    [
        "State Laboratory of Foo",  # bears no name of the parent
        "North University Sud College",  # colleges are often bodies of their own
        "North University Foo Campus",  # no place
        "Joint Institute of North University and South University",
        "Affiliated High School of North University",
        "North Sud University",
        "北大学南城学院",
        "North University",  # the same name again says nothing of a campus
    ],
)
def test_any_other_child_is_no_campus(name: str):
    assert not is_campus(name)


def test_a_child_with_two_parents_is_a_joint_institute():
    assert not is_campus("North University, Sud", parents=("north", "south"))


def test_a_branch_abroad_is_not_what_the_list_holds():
    assert not is_campus("North University, Sud", country="BB")


def test_any_of_its_names_will_do():
    assert is_campus("NU Sud", "North University Sud")


def test_a_child_with_an_entry_of_its_own_needs_no_parent():
    own = {**LISTED, "entry_id": "own", "name": "Own", "ror": "0child"}
    child = Body("child", ("North University, Sud",))
    assert children_of_listed(index_entries([LISTED, own]), [PARENT, child], PLACES) == {}


def test_children_of_children_and_circles_are_not_followed():
    first, second = Body("a", ("A",), ("b",), ror="0a"), Body("b", ("B",), ("a",), ror="0b")
    assert children_of_listed(INDEX, [PARENT, first, second], PLACES) == {}


def test_former_names_stand_under_every_identifier():
    body = Body("north", ("North",), ror="0north", openalex_id="I1", former_names=("Old North",))
    assert former_names([body, PARENT]) == {"0north": ("Old North",), "I1": ("Old North",)}
