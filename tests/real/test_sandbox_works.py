"""The invented objects beside real ones: same keys, same types; rates as measured."""

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bibnet.harvest.sandbox import calibration as rates
from bibnet.harvest.sandbox.world import World, build_world

pytestmark = pytest.mark.real

# Keys that no real object at hand has: documented, or read in test fixtures of the source.
DOCUMENTED = {
    "authorships[].raw_orcid",  # since 2026-04-29
    *(f"awards[].{key}" for key in ("id", "display_name", "funder_award_id", "funder_id")),
    *(f"awards[].{key}" for key in ("funder_display_name", "doi")),
    "awards[]",  # empty in every recorded work
    "is_super_system",
    "awards_count",  # was grants_count
    "location.source.host_organization_lineage_names[]",  # holds nulls (openalex.md 1.2)
    # Null in an institution of a work (openalex.md 1.3), hence in its entity.
    *("ror", "type", "type_id", "geo.country"),
}
LOCATION = re.compile(r"^(primary_location|best_oa_location|locations\[\])(?=\.)")
FREE_KEYS = "abstract_inverted_index"  # its keys are words
Shape = dict[str, set[str]]


def lines(path: Path) -> list[Any]:
    with gzip.open(path, "rt", encoding="utf-8") as text:
        return [json.loads(line) for line in text]


def paths(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every path of a JSON value with the type found there; numbers are one type."""
    names = {bool: "flag", int: "number", float: "number", str: "text", type(None): "null"}
    yield path, names.get(type(value), type(value).__name__)
    if isinstance(value, dict) and path != FREE_KEYS:
        for key, item in value.items():
            yield from paths(item, f"{path}.{key}".lstrip("."))
    elif isinstance(value, list):
        for item in value:
            yield from paths(item, f"{path}[]")


def shape(objects: list[Any]) -> Shape:
    found: Shape = {}
    for each in objects:
        for path, name in paths(each):
            found.setdefault(LOCATION.sub("location", path), set()).add(name)
    return found


def strangers(invented: list[Any], real: list[Any]) -> Shape:
    """Paths and types of the invented objects that no real object has."""
    known = shape(real)
    return {
        path: types - known.get(path, set())
        for path, types in shape(invented).items()
        if path not in DOCUMENTED and types - known.get(path, set())
    }


@pytest.fixture(scope="module")
def world() -> World:
    return build_world(1, 1500)


@pytest.fixture(scope="module")
def works(shared_data: Path) -> list[Any]:
    return lines(shared_data / "openalex" / "works.jsonl.gz")


def test_works_have_real_keys_and_types_only(world: World, works: list[Any]) -> None:
    assert strangers(world.works, works) == {}


def test_every_current_key_occurs(world: World, works: list[Any]) -> None:
    """All keys of the newest recorded works but the score, which comes with a search."""
    current = max(works, key=lambda work: work.get("updated_date") or "")
    assert set(current) - {"relevance_score"} <= {key for work in world.works for key in work}


@pytest.mark.parametrize("entity", ["institutions", "funders"])
def test_entities_have_real_keys_and_types_only(
    world: World, shared_data: Path, entity: str
) -> None:
    real = lines(shared_data / "openalex" / "entities" / f"{entity}_full.jsonl.gz")
    assert strangers(getattr(world, entity), real) == {}


def test_the_rates_are_the_measured_ones(works: list[Any]) -> None:
    """The named numbers of the calibration, counted again."""
    current = [work for work in works if "is_xpac" in work]
    authorships = [item for work in current for item in work["authorships"]]
    assert (len(current), len(authorships)) == (287, 793)

    def without(key: str) -> float:
        return sum(work.get(key) is None for work in current) / 287

    assert without("doi") == rates.NO_DOI
    assert without("title") == rates.NO_TITLE
    assert without("abstract_inverted_index") == rates.NO_ABSTRACT
    assert without("fwci") == rates.NO_FWCI
    assert without("primary_topic") == rates.NO_TOPIC
    assert without("citation_normalized_percentile") == rates.NO_PERCENTILE
    assert sum(w["is_xpac"] for w in current) / 287 == rates.XPAC
    assert sum(not a["author"].get("id") for a in authorships) / 793 == rates.NO_AUTHOR_ID
    assert sum(len(a["institutions"]) > 1 for a in authorships) / 793 == rates.DUAL_AFFILIATION
    unresolved = [a for a in authorships if a["raw_affiliation_strings"] and not a["institutions"]]
    assert len(unresolved) / 793 == rates.UNRESOLVED_STRING
    assert {key: sum(key not in w for w in current) / 287 for key in rates.ABSENT_KEYS} == dict(
        rates.ABSENT_KEYS
    )


def texts(value: Any) -> Iterator[str]:
    """Every text inside a JSON value, in lower case."""
    if isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from texts(item)
    elif isinstance(value, str):
        yield value.lower()


def test_no_invented_name_or_id_is_real(world: World, shared_data: Path) -> None:
    registry = lines(shared_data / "registry" / "ror_organisations.jsonl.gz")
    real = {text.rsplit("/", 1)[-1] for each in registry for text in texts(each)}
    for each in world.institutions:
        assert each["display_name"].lower() not in real
        assert not each["ror"] or each["ror"].rsplit("/", 1)[-1] not in real
