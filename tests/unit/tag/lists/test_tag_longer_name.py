"""North University of Nord is listed; North University (Sud) is a body of its own."""

import pandas as pd
import pytest

from bibnet.tag.lists.defence import INPUT_COLUMNS, flag_affiliations
from bibnet.tag.lists.entry import index_entries
from bibnet.tag.lists.guard import Guards
from bibnet.tag.lists.registry_names import RegistryNames
from bibnet.tag.place_names import PlaceNames

EMPTY = ("aliases", "former_names", "generic_aliases", "openalex_id")
NORTH = {
    **dict.fromkeys(EMPTY, ""),
    **{"entry_id": "north", "name": "North University", "name_zh": "北海大学", "ror": "0north"},
    **{"category": "x", "lists": "List A", "country": "AA", "city": "Nord", "date": "2026-01-01"},
}
PLACES = PlaceNames(
    {"aland": "AA"},
    {"nord": frozenset({"AA"}), "sud": frozenset({"AA"}), "南城": frozenset({"AA"})},
)
REGISTRY = RegistryNames(organisations=2, further={"north": frozenset({"sud", "南城"})})


def found(text: str, ror: str = "") -> tuple[list[str], list[str]]:
    row = dict.fromkeys(INPUT_COLUMNS, "") | {"text": text, "country": "AA", "ror": ror}
    guards = Guards(index_entries([NORTH]), PLACES, REGISTRY)
    flagged = flag_affiliations(pd.DataFrame([row]), guards)
    return flagged.flags["rule"].tolist(), sorted(set(flagged.held_back["guard"]))


@pytest.mark.parametrize(
    "text",
    [
        "North University (Sud), Sud, Aland",
        "Dept of Foo, North University, Sud 100, Aland",
        "北海大学（南城）",
        "北海大学南城校区",
    ],
)
def test_what_another_body_has_behind_the_name_holds_it_back(text: str) -> None:
    assert found(text) == ([], ["longer_name"])
    assert found(text, "0north") == ([], ["longer_name"])  # the identifier was guessed from it


@pytest.mark.parametrize(
    "text",
    ["North University, Nord, Aland", "North University, Sud and Nord, Aland", "北海大学海洋学院"],
)
def test_its_own_city_or_none_does_not(text: str) -> None:
    assert found(text) == (["exact_name"], [])
    assert found(text, "0north") == (["identifier"], [])


@pytest.mark.parametrize(
    "text",
    [
        "Lab of Foo, North University Town, Nord, Aland",  # a district
        "Sud North University, Aland",  # the city of another
        "Sud North University Co., Ltd.",
    ],
)
def test_an_identifier_yields_to_a_longer_name(text: str) -> None:
    assert found(text, "0north") == ([], ["longer_name"])


@pytest.mark.parametrize(
    "text", ["Nord North University, Aland", "Law School North University, Aland"]
)
def test_an_identifier_does_not_yield_to_its_own_city(text: str) -> None:
    assert found(text, "0north") == (["identifier"], [])


def test_a_name_that_loses_its_signs_is_none() -> None:
    index = index_entries([{**NORTH, "aliases": "Norrr++"}])
    assert [index.known_as(key) for key in ("norrr", "norrr++")] == [[], []]


def test_an_identifier_yields_to_a_listed_name_in_signs_that_holds_its_own() -> None:
    west = {**NORTH, "entry_id": "west", "name": "West University", "ror": ""}
    west |= {"name_zh": "西城北海大学", "city": "West"}
    row = dict.fromkeys(INPUT_COLUMNS, "") | {"country": "AA", "ror": "0north"}
    guards = Guards(index_entries([NORTH, west]), PLACES, REGISTRY)
    flagged = flag_affiliations(pd.DataFrame([row | {"text": "西城北海大学"}]), guards)
    assert flagged.flags["entry_id"].tolist() == ["west"]
    assert flagged.held_back[["entry_id", "guard"]].to_numpy().tolist() == [
        ["north", "longer_name"]
    ]


def test_a_long_name_in_signs_needs_no_place() -> None:
    """Six signs and no namesake abroad: nobody else is called so."""
    force = {**NORTH, "entry_id": "force", "name_zh": "北军工程大学", "ror": "", "city": ""}
    row = dict.fromkeys(INPUT_COLUMNS, "")
    guards = Guards(index_entries([force]), PLACES, REGISTRY)
    texts = ["北军工程大学", "北军工程大学计算机学院", "北海大学"]
    flagged = flag_affiliations(pd.DataFrame([row | {"text": text} for text in texts]), guards)
    assert flagged.flags["combination"].tolist() == [0, 1]
