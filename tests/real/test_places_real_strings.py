"""Labelled strings and conference papers: precision of what the door answers."""

import gzip
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bibnet.places.locate import Locator
from bibnet.places.registry import Registry, load_registry

pytestmark = pytest.mark.real
CLEAN_SETS = ("rorapi_crossref_2024", "rorapi_springer_2023")


@pytest.fixture(scope="module")
def registry(shared_data: Path) -> Registry:
    return load_registry(shared_data / "registry" / "ror_organisations.jsonl.gz")


@pytest.fixture(scope="module")
def locator(registry: Registry) -> Locator:
    return Locator(registry)


def held_strings(shared_data: Path) -> Iterator[dict[str, Any]]:
    """Labelled strings whose labels are all in the registry."""
    with gzip.open(shared_data / "affiliations" / "labelled.jsonl.gz") as lines:
        for line in lines:
            record = json.loads(line)
            if record["ror"] and all(record["in_registry"]):
                yield record


def test_precision_on_labelled_strings(
    shared_data: Path, registry: Registry, locator: Locator
) -> None:
    country_of = {o.ror: o.country for o in registry.organisations}
    counts: Counter[str] = Counter()
    for record in held_strings(shared_data):
        labels = {registry.successor_of.get(ror, ror) for ror in record["ror"]}
        rows = locator.locate(record["text"])
        counts["strings"] += 1
        if rows and rows[0].country:
            counts["placed"] += 1
            counts["country"] += rows[0].country in {country_of.get(ror) for ror in labels}
        if rows and rows[0].ror and record["set"] in CLEAN_SETS:
            counts["answered"] += 1
            counts["organisation"] += rows[0].ror in labels
    assert counts["country"] / counts["placed"] >= 0.99
    assert counts["placed"] / counts["strings"] >= 0.90
    assert counts["organisation"] / counts["answered"] >= 0.975


def test_frequent_strings_of_conference_papers(locator: Locator) -> None:
    answers = {
        text: [(row.institution, row.country) for row in locator.locate(text)]
        for text in ("MIT", "UC Berkeley", "Microsoft Research", "DeepMind", "清华大学, 北京")
    }
    assert answers == {
        "MIT": [("Massachusetts Institute of Technology", "US")],
        "UC Berkeley": [("University of California, Berkeley", "US")],
        "Microsoft Research": [("Microsoft (United States)", "US")],
        "DeepMind": [("Google DeepMind (United Kingdom)", "GB")],
        "清华大学, 北京": [("Tsinghua University", "CN")],
    }
