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
                body("mole-us", "Molewood University", "US York"),
                body("mole-ca", "Molewood University", "CA Toronto"),
                body("end-us", "Endwood University", "US Salem", status="inactive"),
                body("end-ca", "Endwood University", "CA Montreal"),
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


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Molewood University, York, USA", ["mole-us"]),
        ("Molewood University, North York, Canada", ["mole-ca"]),  # no city of another country
        ("Molewood University", []),
    ],
)
def test_a_city_of_another_country_than_the_stated_one_tells_nothing(
    locator: Locator, text: str, found: list[str]
) -> None:
    assert [row.ror for row in locator.locate(text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Endwood University", [("end-ca", "guessed_name")]),
        ("Endwood University, Salem, USA", [("end-us", "exact_name")]),
    ],
)
def test_a_body_that_has_ended_is_not_guessed_beside_one_that_has_not(
    locator: Locator, text: str, found: list[tuple[str, str]]
) -> None:
    assert [(row.ror, row.rule) for row in locator.locate(text)] == found
