"""Strings that are but the names of two schools of two countries."""

import pytest
from small_registry import body

from bibnet.places.locate.answers import Locator
from bibnet.places.locate.two_schools import two_schools
from bibnet.places.registry.organisations import build_registry
from tests.unit.places.locate.test_own_names import seen_in


@pytest.fixture(scope="module")
def locator() -> Locator:
    school = {"types": ("education",)}
    return Locator(
        build_registry(
            [
                body("tide", "Lisbon Tide University", "PT Lisbon", **school),
                body("eddy", "Eddy University", "CN Wuhan", **school),
                body("also", "Eddy University", "PT Porto", **school),
                body("wave", "University of Wave Technology", "CN Wuhan", **school),
                body("both", "Lisbon Tide University Ring University", "PT Lisbon", **school),
                body("ring", "Ring University", "CN Wuhan", **school),
                body("law", "School of Tidal Law", "CN Wuhan", **school),
                body("bonn", "Bonn Institute of Ripples", "DE Bonn", **school),
                body("firm", "University Wave Software", "CN Wuhan", types=("company",)),
            ]
        )
    )


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Lisbon Tide University University of Wave Technology",
            ["Lisbon Tide University", "University of Wave Technology"],
        ),
        (
            "Bonn Institute of Ripples, Ring University",
            ["Bonn Institute of Ripples", "Ring University"],
        ),
        ("Lisbon Tide University, Eddy University", []),  # one of that name is in Portugal, too
        ("Lisbon Tide University Ring University", []),  # one school's name
        ("Lisbon Tide University, School of Tidal Law", []),  # it may be a unit of the first
        ("Lisbon Tide University, University Wave Software", []),  # a company
        ("Lisbon Tide University, Ring University, Wuhan, China", []),  # a place is stated
        ("Lisbon Tide University, Ripple Lab, Ring University", []),  # more than two names
    ],
)
def test_two_schools_that_but_a_comma_or_a_blank_parts(
    locator: Locator, text: str, names: list[str]
) -> None:
    assert two_schools(0, seen_in(locator, text, 0.5)) == names


def test_both_schools_are_answers(locator: Locator) -> None:
    rows = locator.locate("Lisbon Tide University University of Wave Technology")
    assert sorted((row.ror, row.country) for row in rows) == [("tide", "PT"), ("wave", "CN")]
