"""Addresses that are but names side by side, asked name by name."""

import pytest
from small_registry import body

from bibnet.places.locate.answers import Locator
from bibnet.places.registry.organisations import build_registry


@pytest.fixture(scope="module")
def locator() -> Locator:
    firm = {"types": ("company",)}
    return Locator(
        build_registry(
            [
                body("tide", "Lisbon Tide University", "PT Lisbon", aliases=("Kelpnion",)),
                body("wave", "Wavera (Japan)", "JP Osaka", aliases=("Wavera Group",), **firm),
                body("kelp", "Kelp University", "MT Valletta", acronyms=("KEUMC",)),
                body("ring", "Ring & Eddy Institute", "DE Bonn"),
                body("ox", "University of Oxford", "GB Oxford"),
                body("mila", "Milaneta University", "MY Ipoh"),
                body("craft", "Malta Reef University of Crafts and Arts", "MT Valletta"),
            ]
        )
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Kelpnion & Wavera Group", ["tide", "wave"]),
        ("Kelpnion/Wavera", ["tide", "wave"]),
        ("Kelpnion / Wavera Group / Lisbon Tide University", ["tide", "wave"]),
        ("Kelpnion and Wavera, Osaka", ["wave"]),  # more than names is written
        ("Kelpnion and Ripples", ["tide"]),
        ("Ring & Eddy Institute", ["ring"]),  # one name goes across the sign
        ("Kelpnion / Malta Reef University of Crafts and Arts", ["craft", "tide"]),
        ("Oxford & Kelpnion", ["ox", "tide"]),  # a lone city beside a school is its school
        ("Oxford & Wavera Group", ["ox", "wave"]),
        ("Wavera Group & Oxford", ["wave"]),  # where its branch may be
        ("Milaneta / Kelpnion", ["tide"]),  # called by another word than its city
        ("Robotics & Kelpnion", ["tide"]),
    ],
)
def test_names_side_by_side(locator: Locator, text: str, found: list[str]) -> None:
    assert sorted(row.ror or "" for row in locator.locate(text)) == found


def test_a_lone_city_beside_a_school_tells_its_country(locator: Locator) -> None:
    rows = locator.locate("Leiden & Kelpnion")
    assert [(row.ror, row.country) for row in rows] == [("tide", "PT"), (None, "NL")]
