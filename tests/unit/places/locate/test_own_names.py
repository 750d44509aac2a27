"""Names that are all of a part: with a slip, beside a parent's acronym, told by their province."""

import numpy as np
import pytest
from small_registry import body

from bibnet.places.locate.answers import Locator
from bibnet.places.locate.namesakes import untold
from bibnet.places.locate.own_names import best_own, without_namesakes_city
from bibnet.places.locate.view import Candidates
from bibnet.places.match.matcher import Ranked
from bibnet.places.registry.organisations import build_registry

SUZHOU = {"province": "Anhui", "lat": 33.64, "lon": 116.98}


@pytest.fixture(scope="module")
def locator() -> Locator:
    centre = {"types": ("facility",)}
    return Locator(
        build_registry(
            [
                body("wit", "Wuhan Institute of Ripples", "CN Wuhan", lat=30.58, lon=114.27),
                body("suz", "Suzhou Tide University", "CN Suzhou", **SUZHOU),
                body("qod", "Quarry Office of Dunes", "FR Lyon", acronyms=("QODN",), **centre),
                body(
                    "kid", "Knoll Depot", "FR Lyon", acronyms=("KILN",), parents=("qod",), **centre
                ),
                body("school", "UC Quarrymoor", "US Salem", types=("education",)),
                body("egg-es", "Eggmoor Sevilla", "ES Seville", aliases=("Eggmoor University",)),
                body("egg-us", "Eggmoor University Salem", "US Salem"),
                body("loft-es", "Loftmoor Sevilla", "ES Seville", aliases=("Loftmoor University",)),
                body("naval", "Naval Academy", "TR Salem", types=("education",)),
                body("kiln-us", "Kelp Inlet", "US Salem", acronyms=("KILN",), **centre),
            ]
        )
    )


def seen_in(locator: Locator, text: str, score: float) -> Candidates:
    """Candidates of a text, each with this score."""
    assert locator.matcher
    prepared = locator.matcher.prepare([text])
    scores = np.full(len(prepared.table["owner"]), score)
    ranked = Ranked(prepared.batch, prepared.hits, prepared.table, scores, scores)
    return Candidates(locator.matcher.index, ranked, untold(ranked))


def own(locator: Locator, text: str, score: float) -> list[str]:
    seen = seen_in(locator, text, score)
    return [seen.index.texts["ror"][seen.owner(at)] for at in best_own(0, seen)]


@pytest.mark.parametrize(
    ("text", "score", "found"),
    [
        ("Wuhna Institute of Ripples", 0.05, ["wit"]),  # two letters swapped
        ("Wuhann Institute of Ripples, China", 0.05, ["wit"]),
        ("Wuhna Institute of Ripples", 0.04, []),
        ("Wuhu Institute of Ripples", 0.3, []),  # another city
        ("Wuhna Institute of Riples", 0.3, []),  # two words wrong
        ("Wuhna Institute of Ripples and Tides", 0.3, []),
    ],
)
def test_a_slip_in_the_word_of_its_city(
    locator: Locator, text: str, score: float, found: list[str]
) -> None:
    assert own(locator, text, score) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("QODN, KILN, Rue des Dunes", ["kid"]),
        ("QODN-KILN, Rue des Dunes", ["kid"]),
        ("QODN Team, KILN, Rue des Dunes", []),  # not beside it
        ("KILN, Rue des Dunes", []),
    ],
)
def test_an_acronym_beside_its_parents(locator: Locator, text: str, found: list[str]) -> None:
    assert [ror for ror in own(locator, text, 0.3) if ror != "qod"] == found


def test_the_province_tells_two_cities_of_one_name(locator: Locator) -> None:
    assert own(locator, "Suzhou Tide University, Suzhou, Anhui", 0.1) == ["suz"]
    assert own(locator, "Suzhou Tide University, Suzhou, Anhui", 0.09) == []
    assert own(locator, "Suzhou Tide University, Suzhou, Jiangsu", 0.1) == []


def test_a_city_read_out_of_a_namesakes_name_is_none(locator: Locator) -> None:
    seen = seen_in(locator, "Suzhou Tide University", 0.1)
    place = without_namesakes_city(0, seen.batch.places[0], seen)
    assert place
    assert (place.country, place.province, place.city) == ("CN", "", "")
    other = seen_in(locator, "Suzhou Ripple University", 0.1)
    kept = without_namesakes_city(0, other.batch.places[0], other)
    assert kept == other.batch.places[0]
    assert without_namesakes_city(0, None, other) is None


@pytest.mark.parametrize(
    ("text", "score", "found"),
    [
        ("Eddy Dept., UC Quarrymoor", 0.35, ["school"]),
        ("Eddy Dept., UC Quarrymoor", 0.34, []),
        ("Eddies at UC Quarrymoor", 0.35, []),  # no whole part
        ("Eddy Dept., UC, Quarrymoor", 0.35, []),  # two parts
        ("UC Quarrymoor Hospital", 0.35, []),
        ("Eddy Dept., Naval Academy", 0.35, []),  # many have such a name
    ],
)
def test_a_schools_whole_name_needs_less_where_no_place_is_written(
    locator: Locator, text: str, score: float, found: list[str]
) -> None:
    assert own(locator, text, score) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Eddy Dept., Eggmoor University", []),  # a longer name abroad begins so
        ("Eddy Dept., Loftmoor University", ["loft-es"]),  # an alias that no other name holds
    ],
)
def test_an_alias_that_begins_a_longer_name_abroad_is_not_taken_with_less(
    locator: Locator, text: str, found: list[str]
) -> None:
    assert locator.matcher
    index, prepared = locator.matcher.index, locator.matcher.prepare([text])
    keys = [index.texts["key"][owner] for owner in prepared.table["owner"].tolist()]
    score = np.array([0.4 if key.endswith("-es") else 0.01 for key in keys])
    ranked = Ranked(prepared.batch, prepared.hits, prepared.table, score, score)
    seen = Candidates(index, ranked, untold(ranked))
    assert [index.texts["key"][seen.owner(at)] for at in best_own(0, seen)] == found
