"""The world of these tests: the group Foo (FOO) with numbered bodies, and a unit of troops."""

import pytest

from bibnet.tag.lists.entry import index_entries
from bibnet.tag.lists.numbered import numbered_bodies
from bibnet.tag.lists.parents import parent_names

EMPTY = ("name_zh", "former_names", "generic_aliases", "ror", "openalex_id", "city", "aliases")
PARENTS = parent_names(
    {"parent": "foo", "name": name, "country": "AA"}
    for name in ("Foo Technology Group Corporation", "FOO", "富技术集团")
)


def entry(entry_id: str, name: str, aliases: str = "") -> dict[str, str]:
    row = {**dict.fromkeys(EMPTY, ""), "category": "x", "lists": "A", "country": "AA", "date": ""}
    return {**row, "entry_id": entry_id, "name": name, "aliases": aliases}


BODIES = numbered_bodies(
    index_entries(
        [
            entry("foo-14", "Foo Technology Group Corporation 14th Research Institute (FOO 14)"),
            entry("radar", "Radar Institute", "FOO Research Institute 38|Second Academy of FOO"),
            entry("far", "FOO 3rd Academy, 702 Research Institute"),
            entry("design", "FOO 1st Academy First Design Department"),
            entry("base", "Flight Center", "Unit 63820"),
            entry("group", "Foo Technology Group Corporation", "14th Institute of FOO"),
        ]
    ),
    PARENTS,
)


def found(text: str) -> list[tuple[str, str]]:
    return [(body.entry.entry_id, shown) for body, shown in BODIES.find(text.split(", "))]


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("FOO 14th Research Institute, Aland", "foo-14"),
        ("The 14th Research Institute of Foo Technology Group Corporation", "foo-14"),
        ("FOO No. 14 Institute", "foo-14"),
        ("Foo Technol Grp Corp, 14th Res Inst", "foo-14"),  # as citation indexes write it
        ("Foo Technol Grp Corp, Res Inst 14", "foo-14"),
        ("Research Institute 14 of FOO", "foo-14"),
        ("FOO-14", "foo-14"),
        ("FOO14", "foo-14"),
        ("富技术集团公司第十四研究所", "foo-14"),
        ("富技术集团第14所", "foo-14"),
        ("38th Research Institute, FOO", "radar"),
        ("2nd Academy, FOO", "radar"),
        ("702 Research Institute, 3rd Academy of FOO", "far"),
        ("FOO 702 Institute", "far"),  # numbers from 100 on are the group's own
        ("PLA Unit 63820, Aland", "base"),
        ("63820部队", "base"),
    ],
)
def test_parent_and_number_name_one_body(text: str, body: str):
    assert [entry_id for entry_id, _ in found(text)] == [body]


@pytest.mark.parametrize(
    "text",
    [
        "14th Research Institute, Aland",  # no parent
        "FOO 15th Research Institute",  # no such body
        "FOO Institute of Optics, 14 Foo Street",  # a number of a house
        "1st Academy of FOO",  # listed is a department of it
        "Unit 12345",
        "FOO, Aland 638201",
        "FOO",
        "",
    ],
)
def test_neither_names_a_body_alone(text: str):
    assert found(text) == []


def test_what_matched_is_the_shortest_run_of_segments():
    assert found("Key Lab, 38th Research Institute, FOO, Aland") == [
        ("radar", "38th Research Institute, FOO")
    ]


def test_numbers_without_end_cost_no_time():
    assert len(found(", ".join(["FOO 14"] * 5000))) == 1
