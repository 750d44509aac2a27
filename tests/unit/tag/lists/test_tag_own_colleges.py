"""The world of these tests: North University, listed, and colleges that bear its name."""

import pytest

from bibnet.tag.lists.entry import index_entries
from bibnet.tag.lists.own_colleges import at_own_colleges
from bibnet.tag.lists.sighting import packaged_lookout
from bibnet.tag.place_names import PlaceNames

EMPTY = ("former_names", "generic_aliases", "ror", "openalex_id", "city")
NORTH = {
    **dict.fromkeys(EMPTY, ""),
    "entry_id": "north",
    "name": "North University of Flight",
    "name_zh": "北方飞行大学",
    "aliases": "NUFLY",
    "category": "x",
    "lists": "A",
    "country": "CN",
    "date": "",
}
LOOKOUT = packaged_lookout(index_entries([NORTH]), PlaceNames({}, {}))


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("North University of Flight Lumao College", "North University of Flight Lumao College"),
        ("Dept of Law, North Univ Flight Lumao Coll, X", "North Univ Flight Lumao Coll"),
        ("City College of the North University of Flight",) * 2,
        ("Shantou College, North University of Flight", "North University of Flight"),
        ("北方飞行大学鹿毛学院, 汕头", "北方飞行大学鹿毛学院"),
        ("NUFLY Shantou Institute",) * 2,  # an acronym, and what such a college is called, too
        ("NUFLY Lumao College, Foo", "NUFLY Lumao College"),
    ],
)
def test_a_listed_name_in_that_of_a_college(text: str, written: str) -> None:
    found = [(one.entry.entry_id, part) for one, part in at_own_colleges(text, LOOKOUT)]
    assert found == [("north", written)]


@pytest.mark.parametrize(
    "text",
    [
        "Software College, North University of Flight",
        "North University of Flight, Lumao College",  # apart it may be a college of honours
        "College of Flight, North University of Flight, Shantou",
        "Shantou College, South University",
        "North University of Flight, Shantou Institute",  # a part of its own
        "Shantou Institute of North University of Flight",  # its research institute there
        "North University of Flight Software Institute",
        "北方飞行大学软件学院",
        "North University of Flight",
        # It stands for itself in another address.
        "Shantou College, North University of Flight; School of Law, North University of Flight",
        "",
    ],
)
def test_departments_and_others_are_none(text: str) -> None:
    assert at_own_colleges(text, LOOKOUT) == []
