"""Bodies of one name, and of names that are alike but for a place: the city beside them tells."""

import pytest
from small_registry import body

from bibnet.places.locate.answers import Locator
from bibnet.places.registry.organisations import build_registry


@pytest.fixture(scope="module")
def locator() -> Locator:
    return Locator(
        build_registry(
            [
                body("bend", "University of Kelpnion Bend", "US Salem"),
                body("zouk", "Kelpnion Bend University - Louza", "LB Zouk"),
                body("reef", "Reefal University - Isle", "LB Zouk"),
            ]
        )
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Kelpnion Bend University, Zouk", "zouk"),
        ("Kelpnion Bend University", "bend"),
        ("University of Kelpnion Bend, Salem", "bend"),
        ("Kelpnion Bend University - Louza, Zouk", "zouk"),
    ],
)
def test_the_city_beside_a_name_without_its_place_tells(
    locator: Locator, text: str, found: str
) -> None:
    assert [row.ror for row in locator.locate(text)] == [found]
