"""A company's branch is where the words beside its name say, or unknown; else the head office."""

import pytest
from small_registry import REGISTRY, body

from bibnet.places.address.gazetteer import load_gazetteer
from bibnet.places.address.normalise import clean, tokenise
from bibnet.places.address.parts import segments_of
from bibnet.places.locate.branch import branch_place, following_place
from bibnet.places.locate.table import Locator
from bibnet.places.registry.organisations import build_registry

NAME = "Softco"


def branch(text: str, home: str = "US") -> tuple[bool, str | None]:
    """Whether the branch is outside, and its country; the company's name opens the string."""
    segments = segments_of(clean(text), tokenise(clean(text)))
    spans = [(0, len(NAME))] if text.startswith(NAME) else []
    outside, place = branch_place(segments, spans, frozenset((home,)), load_gazetteer())
    return outside, place.country if place else None


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Softco AI Zurich", "CH"),
        ("Softco Research, Brain Team Amsterdam", "NL"),
        ("Softco R&D UK", "GB"),
        ("Softco Technologies Canada Co., Ltd.", "CA"),
        ("Softco AI, Tel Aviv", "IL"),
        ("Softco Bavaria Labs", "DE"),
        ("Softco Research Cambridge", None),  # in England or in Massachusetts
        ("Softco, Hyderabad", "IN"),  # in Pakistan hardly a body is
        ("Softco, Tripoli", None),  # in Libya or in Lebanon
        ("Softco Research Asia", None),
        ("Softco Europe", None),
        ("Softco Labs Europe, Riverside", None),  # a city of no such continent
        ("Softco Labs Europe, Setúbal", "PT"),
        ("Softco Labs Asia, Asia", None),
    ],
)
def test_a_place_outside(text: str, country: str | None) -> None:
    assert branch(text) == (True, country)


@pytest.mark.parametrize(
    "text",
    [
        "Softco Research",
        "Softco Seattle",
        "Softco, San Jose",  # the larger one is at home
        "Softco Research America",
        "Softco North America",
        "Softco Brain Team",
        "Softco",
        "",
    ],
)
def test_no_place_outside(text: str) -> None:
    assert branch(text) == (False, None)


@pytest.mark.parametrize(
    ("text", "city"),
    [
        ("Softco America", ("US", "")),
        ("Softco America Ltd., Santa Rosa", ("US", "Santa Rosa")),
        ("Softco North America", ("US", "")),
        ("Softco North America, Toronto", ("CA", "Toronto")),
        ("Softco Latin America", None),
        ("Softco South America", None),
    ],
)
def test_america_behind_a_company_is_one_country(text: str, city: tuple[str, str] | None) -> None:
    segments = segments_of(clean(text), tokenise(clean(text)))
    outside, place = branch_place(segments, [(0, len(NAME))], frozenset(("JP",)), load_gazetteer())
    assert outside
    assert (place and (place.country, place.city)) == city


def test_a_continent_is_home_to_its_own() -> None:
    assert branch("Softco Research Asia", "JP") == (False, None)


def test_a_place_in_the_name_itself_says_nothing() -> None:
    segments = segments_of("boston softco", tokenise("boston softco"))
    gazetteer, homes = load_gazetteer(), frozenset(("DE",))
    assert branch_place(segments, [(0, 13)], homes, gazetteer) == (False, None)
    assert branch_place(segments, [], homes, gazetteer)[0]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Softco", [("soft", "US")]),
        ("Softco Zurich", [(None, "CH")]),
        ("Softco Research Cambridge", []),
    ],
)
def test_the_door_answers_so(text: str, found: list[tuple[str | None, str]]) -> None:
    rows = Locator(REGISTRY).locate(text, least=0.2)
    assert [(row.ror, row.country) for row in rows] == found


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Tel Aviv, Israel", [("tel", "aviv"), ("israel",)]),
        ("Oxford, tel 01865 270000", [("oxford",)]),
        ("Oxford tel aviva", [("oxford",)]),
    ],
)
def test_a_city_is_no_telephone(text: str, words: list[tuple[str, ...]]) -> None:
    cleaned = clean(text)
    assert [s.words for s in segments_of(cleaned, tokenise(cleaned))] == words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Vistaco, Mountain View", [("vista", "US")]),
        ("Vistaco Research, Mountain View", [("vista", "US")]),
        ("Vistaco Research Institute, Mountain View, CA, USA", [("vista", "US")]),
        ("Vistaco, Zurich", [(None, "CH")]),
        ("Vistaco", []),  # the head office is not in the registry
    ],
)
def test_a_company_is_in_its_own_city_whoever_else_has_one_of_that_name(
    text: str, found: list[tuple[str | None, str]]
) -> None:
    company = body(
        "vista",
        "Vistaco (United States)",
        "US Mountain View",
        types=("company",),
        parents=("elsewhere",),
        has_parent=True,
    )
    rows = Locator(build_registry([company])).locate(text, least=0.2)
    assert [(row.ror, row.country) for row in rows] == found


def following(text: str, home: str) -> str:
    """City that stands behind the name that opens a string, as far as it is a place; else empty."""
    segments = segments_of(clean(text), tokenise(clean(text)))
    place = following_place(text, segments, [(0, len(NAME))], load_gazetteer(), home)
    return place.city if place else ""


@pytest.mark.parametrize(
    ("text", "home", "city"),
    [
        ("Softco-Shenzhen Research Institute", "HK", "Shenzhen"),  # of the state
        ("Softco-Shenzhen Research Institute", "DE", ""),  # a partner
        ("Softco Paris Campus", "DE", "Paris"),
        ("Softco Paris Joint Institute", "DE", ""),
        ("Softco Paris Elite Institute of Technology", "DE", ""),
    ],
)
def test_the_city_of_a_partner_is_no_place(text: str, home: str, city: str) -> None:
    assert following(text, home) == city


def test_a_city_of_several_countries_is_the_listed_one_for_a_branch_alone() -> None:
    assert branch("Softco Research, Barcelona") == (True, "ES")
    text = "Softco Vancouver"
    segments = segments_of(clean(text), tokenise(clean(text)))
    assert following_place(text, segments, [(0, len(NAME))], load_gazetteer()) is None
