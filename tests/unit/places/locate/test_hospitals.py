"""Hospitals that bear a university's name are in its country; they are no address of it."""

import pytest
from small_registry import body

from bibnet.places.locate.table import Locator
from bibnet.places.registry.index import build_index
from bibnet.places.registry.organisations import build_registry

SCHOOL = {"types": ("education",)}
REGISTRY = build_registry(
    [
        body("wharf", "Wharfmoor University", "CN Wuhan", **SCHOOL),
        body("ebb-cn", "Ebbmoor Medical University", "CN Shenyang", **SCHOOL),
        body("ebb-tw", "Ebbmoor Medical University", "TW Taichung", **SCHOOL),
        body("plain", "Plain Tides", "MX Puebla", aliases=("Universidad",), **SCHOOL),
        body("firm", "Shoalmoor University", "FR Lyon", types=("company",)),
    ]
)


@pytest.fixture(scope="module")
def locator() -> Locator:
    return Locator(build_index(REGISTRY))


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("The Second Affiliated Hospital of Wharfmoor University", ["CN"]),
        ("Department of Tides, Third Xiang Hospital of Wharfmoor University", ["CN"]),
        ("Ring Hospital of Ebbmoor Medical University", []),  # bodies of two countries
        ("Hospital Universidad de Treich", []),  # but a noun of many names
        ("Affiliated Hospital of Shoalmoor University", []),  # no school
    ],
)
def test_a_hospital_is_in_the_country_of_its_university(
    locator: Locator, text: str, countries: list[str]
) -> None:
    rows = locator.locate(text, least=0.99)
    assert [(row.ror, row.country) for row in rows] == [(None, code) for code in countries]
