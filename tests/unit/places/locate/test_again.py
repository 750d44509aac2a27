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
    ],
)
def test_names_side_by_side(locator: Locator, text: str, found: list[str]) -> None:
    assert sorted(row.ror or "" for row in locator.locate(text)) == found
