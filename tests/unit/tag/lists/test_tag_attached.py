"""The world of these tests: North University of Flight, listed, and bodies attached to it."""

import pytest

from bibnet.tag.lists.attached import in_attached_bodies
from bibnet.tag.lists.entry import Standing, index_entries
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
PLACES = PlaceNames({"aland": "CN"}, {"shantou": frozenset({"CN"})})
LOOKOUT = packaged_lookout(index_entries([NORTH]), PLACES)


@pytest.mark.parametrize(
    "text",
    [
        "High School Affiliated to North University of Flight",
        "The Middle School Attached to the North University of Flight",
        "Affiliated Primary School of North University of Flight",
        "North Univ Flight Affiliated Kindergarten",
        "NUFLY Affiliated Elementary School",
        "Children's Hospital of North University of Flight",
        "Third Hospital of the North University of Flight",
        "School and Hospital of Stomatology of North University of Flight",
        "North University of Flight Cancer Hospital",
        "North University of Flight Cancer Hospital Shantou Aland",
        "North University of Flight School of Medicine Affiliated Sunhill Clinic",
        "North University of Flight Press",
        "North University of Flight Alumni Association",
        "alumni of North University of Flight",
        "北方飞行大学附属中学",
        "北方飞行大学附小",
        "北方飞行大学肺病防治中心",
        "北方飞行大学鹿毛眼科中心",
        "北方飞行大学实验中学",
        "北方飞行大学医学院附属日山医院",
        "北方飞行大学第三医院",
        "北方飞行大学出版社",
    ],
)
def test_a_listed_name_in_that_of_an_attached_body(text: str) -> None:
    found = in_attached_bodies(f"Dept of Law, {text}, Shantou", LOOKOUT)
    assert [(one.entry.entry_id, part) for one, part in found] == [("north", text)]


@pytest.mark.parametrize(
    "text",
    [
        "Third Hospital, North University of Flight",  # a part of its own
        "Affiliated Hospital of North University of Flight, North University of Flight",
        "Affiliated Hospital of North University of Flight; Law Dept, NUFLY",
        "School of Law of North University of Flight and North University of Flight Hospital",
        "Institute of Hospital Management of North University of Flight",
        "Laboratory of High Performance Computing of North University of Flight",
        "affiliated with North University of Flight",  # a person is
        "North University of Flight and its Affiliated Hospital",
        "Affiliated Hospital of South University",
        "北方飞行大学, 附属医院",
        "北方飞行大学附属医院, 北方飞行大学",
        "北方飞行大学医学院",
        "",
    ],
)
def test_the_body_itself_and_others_are_none(text: str) -> None:
    assert in_attached_bodies(text, LOOKOUT) == []


@pytest.mark.parametrize(
    ("text", "attached"),
    [
        ("First Affiliated Hospital of North University of Flight", False),
        ("North Univ Flight Hosp", False),
        ("北方飞行大学第一附属医院", False),
        ("High School Affiliated to North University of Flight", True),
        ("北方飞行大学附属小学", True),
    ],
)
def test_hospitals_of_armed_forces_are_their_own(text: str, attached: bool) -> None:
    """Where the list of categories says so, as of `pla`; their schools and presses are not."""
    forces = index_entries([NORTH], Standing(with_hospitals=["x"]))
    lookout = packaged_lookout(forces, PlaceNames({}, {}))
    found = in_attached_bodies(text, lookout)
    assert [one.entry.entry_id for one, _ in found] == ["north"] * attached


@pytest.mark.parametrize(
    "text",
    ["Sunhill Hospital of North University of Flight, Shantou", "北方飞行大学日山医院外科, 汕头"],
)
def test_a_hospital_of_armed_forces_shows_their_name(text: str) -> None:
    forces = index_entries([NORTH], Standing(with_hospitals=["x"]))
    lookout = packaged_lookout(forces, PlaceNames({}, {}))
    assert {one.candidate.entry.entry_id for one in lookout.sightings(text)} == {"north"}
    assert list(LOOKOUT.sightings(text)) == []
