"""The world of these tests: North University (北方大学) and an institute of optics."""

import pytest

from bibnet.tag.lists.entry import index_entries
from bibnet.tag.lists.parents import parent_names
from bibnet.tag.lists.sighting import Lookout, readable
from bibnet.tag.lists.units import packaged_units
from bibnet.tag.place_names import PlaceNames

EMPTY = ("former_names", "generic_aliases", "ror", "openalex_id", "city", "aliases", "name_zh")


def row(entry_id: str, name: str, **cells: str) -> dict[str, str]:
    base = {**dict.fromkeys(EMPTY, ""), "category": "x", "lists": "A", "country": "CN", "date": ""}
    return {**base, "entry_id": entry_id, "name": name, **cells}


LOOKOUT = Lookout(
    index_entries(
        [
            row("north", "North University", name_zh="北方大学", aliases="NORTHU"),
            row("tech", "North University of Technology", name_zh="北方理工大学"),
            row("optics", "Optics Institute of Nanjing (OI-7)"),
            row("softco", "Softco 77 Works Ltd.", aliases="Softco 77", category="x_company"),
            row("group", "Quarry Industries Group", aliases="QIGRO", category="x_soe"),
        ]
    ),
    PlaceNames(
        {"china": "CN", "bland": "BB"},
        {"nanjing": frozenset({"CN"}), "busta": frozenset({"BB"}), "南京": frozenset({"CN"})},
    ),
    parent_names([]),
    packaged_units(),
)


def seen(text: str) -> set[tuple[str, str]]:
    return {(s.candidate.entry.entry_id, s.written) for s in LOOKOUT.sightings(readable(text))}


@pytest.mark.parametrize(
    ("text", "entry", "written"),
    [
        ("North University Nanjing", "north", "North University"),
        ("North University, Nanjing 210094, China", "north", "North University"),
        ("North University (Nanjing)", "north", "North University"),
        ("♦North University2, China", "north", "North University"),
        ("a North University, Nanjing, China b Busta College", "north", "North University"),
        ("China North University", "north", "North University"),
        ("North University and Busta College, Busta", "north", "North University"),
        ("Busta College and with North University", "north", "North University"),
        ("Lab of Foo of North University, Nanjing", "north", "North University"),
        ("<p>Foo,<br>North&nbsp;University</p>", "north", "North University"),
        ("Ｎｏｒｔｈ　Ｕｎｉｖｅｒｓｉｔｙ，China", "north", "North University"),
        ("NorthUniversity of Tech nology", "tech", "NorthUniversity of Tech nology"),
        ("North Univ Technol, Nanjing", "tech", "North Univ Technol"),
        ("Optics Institute of Nanjing", "optics", "Optics Institute of Nanjing"),
        ("Foo; Optics Inst Nanjing; Nanjing", "optics", "Optics Inst Nanjing"),
        ("Softco 77 AI Institute, Nanjing", "softco", "Softco 77"),
        ("Foo and Softco 77 Research, Nanjing", "softco", "Softco 77"),
        ("Quarry Industries Group Tide Research Institute", "group", "Quarry Industries Group"),
        ("Quarry Industries Group Ripple Academy, Busta", "group", "Quarry Industries Group"),
        ("北方大学计算机学院, 南京", "north", "北方大学"),
        ("江苏, 北方大学图像处理实验室", "north", "北方大学"),
        ("南京市北方大学", "north", "北方大学"),
        ("南方医院与北方大学", "north", "北方大学"),
        ("北方大学和南方医院", "north", "北方大学"),
        ("南方研究所北方大学网络中心", "north", "北方大学"),
        ("School of Foo, North University슠, China", "north", "North University"),
    ],
)
def test_a_name_is_seen_in_any_spelling(text: str, entry: str, written: str):
    assert seen(text) == {(entry, written)}


@pytest.mark.parametrize(
    "text",
    [
        "Far North University, China",
        "North University of Fish, China",
        "North University and Fish",  # the end of a name, not a second body
        "North University Hospital, Nanjing",
        "Nanjing North University College of Fish and Nets",
        "Friends of North University",
        "远北方大学",
        "北方大学附属医院",
        "北方大学金陵学院",
        "北方大学城",
        "北方大学与南方公司联合实验室",
        "南京北方大学",  # of which nobody knows that it is in Nanjing
        "Busta, Bland",
        "",
    ],
)
def test_a_part_of_another_name_is_not_seen(text: str):
    assert seen(text) == set()


def test_each_sighting_knows_its_own_address():
    text = "North University, Nanjing; Busta College, Bland"
    (found,) = LOOKOUT.sightings(text)
    assert (found.address, found.rest) == (
        "North University, Nanjing",
        "Nanjing; Busta College, Bland",
    )


@pytest.mark.parametrize(
    "text",
    [
        "North University AI Lab, Nanjing",  # whose a school's unit is the words before it may say
        "Softco 77 College, Nanjing",
        "Softco 77 Wharf Research, Nanjing",
        "AI Research, Nanjing",
    ],
)
def test_words_for_parts_of_companies_stand_behind_a_companys_name(text: str):
    assert seen(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "Quarry Industries Group Hospital",  # a body of its own
        "Quarry Industries Group of Institutes",
        "Quarry Industries Tide Institute",  # no name of the group
        "QIGRO Tide Institute",  # a short form, which others bear
        "North University Tide Institute",  # no group
        "New Quarry Industries Group Institute",
    ],
)
def test_an_institute_of_a_group_begins_with_the_groups_name(text: str):
    assert seen(text) == set()
