"""What a string says where no organisation is likely enough: its place, or nothing."""

import pytest
from small_registry import body

from bibnet.places.locate.answers import Locator
from bibnet.places.registry.organisations import build_registry

TIDES = ("Centre of Applied Tides",)


@pytest.fixture(scope="module")
def locator() -> Locator:
    facility = {"types": ("facility",)}
    return Locator(
        build_registry(
            [
                body("one", "Lyon Tides", "FR Lyon", aliases=TIDES, **facility),
                body("two", "Paris Tides", "FR Paris", aliases=TIDES, **facility),
                body("dub", "College of Dublin, Wharf Board of Ireland, Dublin", "IE Dublin"),
            ]
        )
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Centre of Applied Tides", [(None, "FR", "shared_name")]),
        # Another body of a name that holds theirs says nothing of their country.
        ("National Centre of Applied Tides Shenzhen (NCATS)", []),
    ],
)
def test_the_country_of_bodies_of_one_name(
    locator: Locator, text: str, found: list[tuple[str | None, str | None, str]]
) -> None:
    assert [(row.ror, row.country, row.rule) for row in locator.locate(text)] == found


@pytest.mark.parametrize(
    "text", ["Moor Technologies (Ireland) Co., Ltd., Dublin", "Moor, Dublin, Ireland"]
)
def test_a_country_and_a_city_are_no_body_whose_name_holds_them(
    locator: Locator, text: str
) -> None:
    [row] = locator.locate(text, least=0.001)
    assert (row.ror, row.country, row.city) == (None, "IE", "Dublin")
