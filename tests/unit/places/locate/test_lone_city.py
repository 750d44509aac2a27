"""A city that several countries have, where nearly all bodies are in one of them."""

import pytest
from small_registry import body

from bibnet.places.locate.answers import Locator
from bibnet.places.locate.lone_city import lone_city
from bibnet.places.registry.organisations import build_registry
from tests.unit.places.locate.test_own_names import seen_in


@pytest.fixture(scope="module")
def locator() -> Locator:
    return Locator(
        build_registry(
            [
                body("kelp", "Kelp College of Tides", "US Oxford"),
                body("soft", "Softmoor (United States)", "US Salem", types=("company",)),
            ]
        )
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Potter and weaver, Oxford", ("GB", "Oxford")),
        ("Heidelberg", ("DE", "Heidelberg")),
        ("Dunes Ltd., Athens", ("GR", "Athens")),
        ("Potter and weaver, Lund", ("SE", "Lund")),  # a short name
        ("Dunes Ltd., Cambridge", None),  # the bodies are as divided as the people
        ("Athens, Dunes Ltd.", None),  # not where an address ends
        ("Kelp College of Tides, Oxford", None),  # a body of another Oxford
        ("Dunes Board of Mississippi, Oxford", None),  # a province of another country
        ("", None),
    ],
)
def test_a_city_that_ends_an_address_is_where_the_bodies_are(
    locator: Locator, text: str, found: tuple[str, str] | None
) -> None:
    place = lone_city(0, seen_in(locator, text, 0.0))
    assert (place and (place.country, place.city)) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Potter and weaver, Oxford", ("GB", "Oxford")),
        ("Kelp College of Tides, Oxford", ("US", "Oxford")),
        ("Softmoor Research, Vancouver", ("CA", "Vancouver")),
    ],
)
def test_it_speaks_against_no_body(locator: Locator, text: str, found: tuple[str, str]) -> None:
    assert [(row.country, row.city) for row in locator.locate(text)] == [found]
