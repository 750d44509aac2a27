"""Schools whose names hold their city: written with another name of it, or with it elsewhere."""

import pytest
from small_registry import body

from bibnet.places.locate.answers import Locator
from bibnet.places.locate.city_in_name import is_named_with_its_city
from bibnet.places.registry.organisations import build_registry
from tests.unit.places.locate.test_own_names import seen_in


@pytest.fixture(scope="module")
def locator() -> Locator:
    iowa = {"province": "Iowa"}
    return Locator(
        build_registry(
            [
                body("kyiv", "Ripple National University of Kyiv", "UA Kyiv"),
                body("roma", "University of Roma Quarry", "IT Rome"),
                body("praha", "Ripple Technical University in Prague", "CZ Prague"),
                body("iowa", "Ripple University Iowa", "US Ames", **iowa),
                body("inst", "Ripple Institute of Tides Ames", "US Ames", **iowa),
                body("suz", "Suzhou Dune University", "CN Suzhou", province="Anhui"),
                body("wuh", "Wuhan Dune University", "CN Wuhan", province="Hubei"),
                body("poly", "Wuhan Ripple Polytechnic", "CN Wuhan", province="Hubei"),
                body("main", "Gausswave University Frankfurt", "DE Frankfurt am Main"),
                body("temasek", "Temasek Ripple College", "SG Singapore"),
            ]
        )
    )


@pytest.mark.parametrize(
    ("ror", "text"),
    [
        ("kyiv", "Ripple National University of Kiev, Ukraine"),
        ("roma", "Dept. of Tides, University of Rome Quarry, Rome, Italy"),
        ("roma", "University of Rome Quarry"),  # no other Rome is meant
        ("praha", "Ripple Tech Univ, Fac Tides, Prague 16627, Czech Republic"),
        ("praha", "Ripple Technical University, University of Prague, Czech Republic"),
        ("inst", "Ripple Institute of Tides (RIT), Ames, Iowa, USA"),
        ("iowa", "School of Law, Ripple University, Ames, Iowa, USA"),
        ("wuh", "School of Law, Wuhan Dune University, China"),
        ("wuh", "Wuhan Dune University, Wuhan"),
    ],
)
def test_all_of_the_name_is_there(locator: Locator, ror: str, text: str) -> None:
    assert told(locator, text) == [ror]


@pytest.mark.parametrize(
    "text",
    [
        "Ripple National University of Lviv, Ukraine",  # another city
        "Ripple National University of Kiev Town, Ukraine",  # another word
        "University of Rome Quarry, Ohio, USA",
        "Ripple Tech Univ, Fac Tides, Brno, Czech Republic",
        "Ripple University, Des Moines, Iowa, USA",
        "Wuhan Dune University, Beijing, China",  # the name as it is, elsewhere
        "Suzhou Dune University, China",  # may be in the other Suzhou
        "Ripple Technical University, Prague, Texas",  # not in its country
        "Tang Ripple Polytechnic, Wuhan, China",
        "Singapore Ripple College, Singapore",  # another body in the same city
    ],
)
def test_another_body_may_be_meant(locator: Locator, text: str) -> None:
    assert told(locator, text) == []


def test_too_unlikely_is_none(locator: Locator) -> None:
    assert told(locator, "School of Law, Wuhan Dune University, China", 0.01) == []


@pytest.mark.parametrize(
    ("text", "score", "found"),
    [
        ("Gausswave University", 0.1, ["main"]),
        ("School of Law, Gausswave University", 0.1, ["main"]),
        ("Gausswave University", 0.09, []),
        ("Gausswave University of Tides", 0.5, []),
        ("Gausswave University, Brno", 0.5, []),
        ("Ripple Technical University", 0.5, []),  # no word tells it
    ],
)
def test_a_name_without_its_city(
    locator: Locator, text: str, score: float, found: list[str]
) -> None:
    assert told(locator, text, score) == found


def told(locator: Locator, text: str, score: float = 0.02) -> list[str]:
    seen = seen_in(locator, text, score)
    found = (at for at in seen.of(0) if is_named_with_its_city(0, at, seen))
    return [seen.index.texts["ror"][seen.owner(at)] for at in found]
