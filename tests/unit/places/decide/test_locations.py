"""Province, city and coordinates of places come from one source, the nearest to the string."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa
import pytest
from build import rows_of, table

from bibnet.places.decide import locations
from bibnet.places.decide.locations import kept_registry_places, registry_places, with_locations
from bibnet.places.registry.organisations import Organisation, Registry, build_registry

SEAT = {"country": "CN", "province": "Heilongjiang", "city": "Harbin", "lat": 45.75, "lon": 126.65}
SEATS = ({"id": "I9", **SEAT}, {"id": "r9", **SEAT})
SHENZHEN = {"province": "Guangdong", "city": "Shenzhen"}


def organisation(key: str, **fields: Any) -> Organisation:
    rest = {"ror": key, "openalex_id": "", "province": "", "city": "", "successors": ()}
    lists = {"names": (key,), "acronyms": (), "types": (), "parents": ()}
    return Organisation(
        **{"key": key, "name": key, "country": "CN", "status": "active", **rest, **lists, **fields}
    )


def whereabouts(*rows: dict, text: str = "x", **named: Any) -> list[tuple[Any, ...]]:
    """(province, city, lat) of the places of one affiliation whose string names a place."""
    key = {"work_key": 1, "author_seq": 1, "affiliation_seq": 1}
    places = table("place", *({**key, "country": "CN", "level": 1, **row} for row in rows))
    given = places.mutate(own_id=places.institution_id, text=ibis.literal(text)).select(
        *key, "text", "own_id", "ror", "country", "type"
    )
    answer = {"text": text, "place_seq": 1, "level": 4, "country": "CN", "rule": "country_name"}
    located = table("located_string", *([{**answer, **named}] if named else []))
    seats = table("registry_place", *SEATS)
    return rows_of(with_locations(given, located, seats), "province", "city", "lat")


@pytest.mark.parametrize(
    "ids", [{"institution_id": "I9"}, {"ror": "r9"}, {"institution_id": "I1", "ror": "r9"}]
)
def test_the_seat_is_found_by_either_id(ids: dict[str, str]) -> None:
    assert whereabouts(ids) == [("Heilongjiang", "Harbin", 45.75)]


def test_a_campus_is_where_its_address_is() -> None:
    assert whereabouts({"ror": "r9"}, **SHENZHEN, lat=22.5) == [("Guangdong", "Shenzhen", 22.5)]
    assert whereabouts({}, **SHENZHEN) == [("Guangdong", "Shenzhen", None)]


def test_a_place_in_a_name_says_less_than_the_seat() -> None:
    weak = {**SHENZHEN, "rule": "city_in_name"}
    assert whereabouts({"ror": "r9"}, **weak) == [("Heilongjiang", "Harbin", 45.75)]
    assert whereabouts({"ror": "r5"}, **weak) == [("Guangdong", "Shenzhen", None)]


def test_the_address_of_several_is_nobody_s() -> None:
    """Two universities, or a semicolon: the address is that of the last one only."""
    schools = ({"ror": "r9", "type": "education"}, {"ror": "r5", "type": "education|funder"})
    seat = ("Heilongjiang", "Harbin", 45.75)
    assert whereabouts(*schools, **SHENZHEN) == [("Guangdong", "Shenzhen", None), seat]
    assert whereabouts({"ror": "r9"}, text="x; y", **SHENZHEN) == [seat]


def test_an_address_in_another_country_is_not_asked() -> None:
    assert whereabouts({"ror": "r9"}, city="Boston", country="US") == [
        ("Heilongjiang", "Harbin", 45.75)
    ]
    assert whereabouts({"ror": "r9", "country": "HK"}) == [(None, None, None)]


def test_registry_places_answer_by_every_id_and_former_ids() -> None:
    registry = build_registry(
        [
            organisation("r2", openalex_id="I2", city="Wuhan", parents=("r3",)),
            organisation("r3", city="Xi'an"),
            organisation("old", status="inactive", successors=("r3",)),
        ]
    )
    rows = registry_places(registry).to_pylist()
    assert [(row["id"], row["city"], row["parents"]) for row in rows] == [
        ("I2", "Wuhan", "r3"),
        ("old", "Xi’an", None),  # spelled as addresses are read
        ("r2", "Wuhan", "r3"),
        ("r3", "Xi’an", None),
    ]
    assert registry_places(Registry()).num_rows == 0


def test_places_of_a_registry_are_kept_by_its_digest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    asked: list[str] = []

    def watched(registry: Registry) -> pa.Table:
        asked.append(registry.digest)
        return registry_places(registry)

    monkeypatch.setattr(locations, "registry_places", watched)
    wuhan = build_registry([organisation("r2", city="Wuhan")])
    named = replace(wuhan, digest="one")
    for registry in (wuhan, named, named, wuhan, replace(named, digest="two")):
        assert kept_registry_places(registry).equals(registry_places(wuhan))
    assert asked == ["", "one", "", "two"]  # without a digest nothing is kept
