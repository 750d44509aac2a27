"""Place names alone, without any registry: how often they answer, and how often rightly.

The label of a string is the country or province of its organisation's seat, so that a branch that
is read rightly counts as wrong: most of what misses the floors is that, or a wrong label.
"""

import gzip
import json
from collections import Counter
from pathlib import Path

import pytest

from bibnet.places.address.ending import read_ending
from bibnet.places.address.gazetteer import load_gazetteer
from bibnet.places.address.named_place import Place
from bibnet.places.address.normalise import clean, tokenise
from bibnet.places.address.parts import segments_of
from bibnet.places.address.weak_evidence import weak_place
from bibnet.places.registry.organisations import Organisation, Registry, load_registry
from bibnet.places.registry.province import nearest_city

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def registry(shared_data: Path) -> Registry:
    return load_registry(shared_data / "registry" / "ror_organisations.jsonl.gz")


def read(text: str) -> Place | None:
    cleaned = clean(text)
    segments, gazetteer = segments_of(cleaned, tokenise(cleaned)), load_gazetteer()
    return read_ending(segments, gazetteer) or weak_place(text, segments, gazetteer)


def labelled(shared_data: Path, registry: Registry) -> list[tuple[str, list[Organisation]]]:
    """Strings with their organisations, where the registry has them all."""
    by_ror = {o.ror: o for o in registry.organisations}
    found = []
    with gzip.open(shared_data / "affiliations" / "labelled.jsonl.gz") as lines:
        for record in map(json.loads, lines):
            if record["ror"] and all(record["in_registry"]):
                keys = (registry.successor_of.get(ror, ror) for ror in record["ror"])
                found.append((record["text"], [by_ror[key] for key in keys]))
    return found


def test_country_from_place_names_alone(shared_data: Path, registry: Registry) -> None:
    answered: Counter[str] = Counter()
    right: Counter[str] = Counter()
    strings = labelled(shared_data, registry)
    for text, organisations in strings:
        place = read(text)
        kind = "none" if place is None else "weak" if place.strength == 1 else "firm"
        answered[kind] += 1
        right[kind] += bool(place) and place.country in {o.country for o in organisations}
    assert right["firm"] / answered["firm"] >= 0.994
    assert right["weak"] / answered["weak"] >= 0.99
    assert answered["firm"] / len(strings) >= 0.55
    assert answered["weak"] / len(strings) >= 0.09


def test_chinese_province_from_place_names_alone(shared_data: Path, registry: Registry) -> None:
    answered = right = strings = 0
    for text, organisations in labelled(shared_data, registry):
        provinces = {o.province for o in organisations if o.country == "CN"}
        if provinces:
            strings += 1
            place = read(text)
            if place and place.country == "CN" and place.province:
                answered += 1
                right += place.province in provinces
    # The 61 others, read by hand, are branches or labels that the string contradicts.
    assert right / answered >= 0.945
    assert answered / strings >= 0.82


def test_every_chinese_organisation_has_a_province(registry: Registry) -> None:
    chinese = [o for o in registry.organisations if o.country == "CN"]
    assert [o.name for o in chinese if not o.province] == []
    assert len({o.province for o in chinese}) == 31


def test_the_nearest_city_is_in_the_province_named(shared_data: Path) -> None:
    gazetteer, same, number = load_gazetteer(), 0, 0
    with gzip.open(shared_data / "registry" / "ror_organisations.jsonl.gz") as lines:
        for record in map(json.loads, lines):
            if record["cc"] == "CN" and record["sub"] and record["lat"]:
                city = nearest_city("CN", record["lat"], record["lon"])
                named = gazetteer.province_of("CN", record["sub"])
                same += bool(city) and gazetteer.province("CN", city.admin1) == named
                number += 1
    assert same / number >= 0.994  # 1,689 of 1,698


def test_real_institutions_of_openalex_have_places(shared_data: Path) -> None:
    path = shared_data / "openalex" / "entities" / "institutions_full.jsonl.gz"
    organisations = load_registry(path).organisations
    placed = [o for o in organisations if o.city and o.lat is not None]
    assert len(placed) / len(organisations) >= 0.99
    assert len([o for o in organisations if o.province]) / len(organisations) >= 0.97
