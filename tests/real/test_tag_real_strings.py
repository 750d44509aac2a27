"""The list of defence and security bodies over every affiliation string of the conference papers.

The strings come without places here, so a name must show its country or city in the string.
"""

import gzip
import json
from pathlib import Path

import pandas as pd
import pytest

from bibnet.tag.lists.defence import INPUT_COLUMNS, Flagged, flag_affiliations, packaged_entries
from bibnet.tag.lists.guard import Guards, namesakes
from bibnet.tag.name import folded
from bibnet.tag.place_names import PlaceNames, place_names

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def texts(shared_data: Path) -> list[str]:
    found: set[str] = set()
    with gzip.open(
        shared_data / "conferences" / "papers.jsonl.gz", "rt", encoding="utf-8"
    ) as lines:
        for paper in map(json.loads, lines):
            found.update(paper.get("affiliations") or ())
            for author in paper.get("authors") or ():
                found.update(author.get("affiliations") or ())
    return sorted(found)


@pytest.fixture(scope="module")
def places() -> PlaceNames:
    return place_names()


@pytest.fixture(scope="module")
def flagged(texts: list[str], places: PlaceNames, shared_data: Path) -> Flagged:
    index = packaged_entries()
    with gzip.open(
        shared_data / "registry" / "ror_organisations.jsonl.gz", "rt", encoding="utf-8"
    ) as lines:
        named = [
            (name, organisation["cc"])
            for organisation in map(json.loads, lines)
            for name, _, _ in organisation["names"]
        ]
    table = pd.DataFrame({name: texts if name == "text" else "" for name in INPUT_COLUMNS})
    return flag_affiliations(table, Guards(index, places, namesakes(index, named)))


@pytest.fixture(scope="module")
def read(flagged: Flagged, texts: list[str]) -> list[tuple[str, str, str]]:
    """Entry, matched text and string of every flag."""
    flags = flagged.flags
    numbers = flags["combination"].tolist()
    matched = zip(flags["entry_id"], flags["matched_text"], strict=True)
    return [
        (entry, text, texts[number]) for number, (entry, text) in zip(numbers, matched, strict=True)
    ]


def test_many_strings_are_flagged(read: list[tuple[str, str, str]]):
    assert len(read) > 2500


def test_every_flagged_string_names_the_country_or_a_city_of_it(
    read: list[tuple[str, str, str]], places: PlaceNames
):
    assert [text for _, _, text in read if not {"CN", "HK"} & places.named_countries(text)] == []


def test_northeastern_university_in_boston_is_never_flagged(read: list[tuple[str, str, str]]):
    shared = [text for entry, _, text in read if entry == "northeastern-university"]
    assert shared and all("shenyang" in text.lower() for text in shared)


def test_a_longer_name_never_flags_the_shorter(read: list[tuple[str, str, str]]):
    shorter = [text for entry, _, text in read if entry == "nanjing-university"]
    longer = "Nanjing University of Aeronautics and Astronautics"
    assert [text for text in shorter if longer in text and "Nanjing University," not in text] == []


@pytest.mark.parametrize("acronym", ["usc", "airi", "csic", "hmc", "seu", "hit", "just"])
def test_acronyms_of_others_never_flag(read: list[tuple[str, str, str]], acronym: str):
    assert [text for _, matched, text in read if folded(matched) == acronym] == []


def test_guards_hold_back_what_they_are_for(flagged: Flagged):
    assert {"short_name", "generic_name", "other_country", "namesake_abroad"} <= set(
        flagged.held_back["guard"]
    )
