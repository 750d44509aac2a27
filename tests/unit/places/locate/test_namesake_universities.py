"""Universities that a registry lacks and whose names another body shares: their place is known."""

import pytest
from small_registry import body

from bibnet.places.locate.namesake_universities import NAMESAKE_UNIVERSITY
from bibnet.places.locate.table import Locator
from bibnet.places.registry.index import build_index
from bibnet.places.registry.organisations import build_registry


@pytest.fixture(scope="module")
def locator() -> Locator:
    mainland = body("cn", "Tsinghua University", "CN Beijing", aliases=("清华大学",))
    return Locator(build_index(build_registry([mainland])))


@pytest.mark.parametrize(
    ("text", "city"),
    [
        ("Dept. of Physics, National Tsing-Hua University", "Hsinchu"),
        ("Natl. Tsing Hua Univ.", "Hsinchu"),
        ("國立清華大學物理系", "Hsinchu"),
        ("Graduate School, National Sun Yat Sen University", "Kaohsiung"),
    ],
)
def test_the_list_gives_the_place(locator: Locator, text: str, city: str) -> None:
    (row,) = locator.locate(text)
    assert (row.ror, row.country, row.city, row.rule) == (None, "TW", city, NAMESAKE_UNIVERSITY)


def test_the_body_of_the_registry_is_told_apart(locator: Locator) -> None:
    (row,) = locator.locate("Tsinghua University, Beijing, China", least=0.2)
    assert (row.ror, row.country) == ("cn", "CN")


def test_a_written_place_goes_before_the_list(locator: Locator) -> None:
    (row,) = locator.locate("National Sun Yat-sen University, Taipei, Taiwan")
    assert (row.city, row.rule) == ("Taipei", "country_name")


def test_a_body_of_a_shared_name_is_a_guess_where_no_place_is_written() -> None:
    mainland = body("soo", "Soochow University", "CN Suzhou", province="Jiangsu")
    locator = Locator(build_index(build_registry([mainland])))
    rules = {
        text: [(row.ror, row.rule) for row in locator.locate(text, least=0.01)]
        for text in ("Soochow University", "Soochow University, Suzhou, China")
    }
    assert rules == {
        "Soochow University": [("soo", "guessed_name")],
        "Soochow University, Suzhou, China": [("soo", "exact_name")],
    }


def test_a_shared_name_alone_places_nobody() -> None:
    locator = Locator(build_index(build_registry([body("x", "Ripple Depot", "FR Lyon")])))
    assert locator.locate("School of Law, Soochow University") == []


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("Tide Department, RMIT University", [("AU", "Melbourne", "absent_body")]),
        ("A*STAR", [("SG", "Singapore", "absent_body")]),
        ("Shoal Institute (AIST)", []),  # short for what stands before it
        ("AIST, Leeds, UK", [("GB", "Leeds", "country_name")]),
        ("Tsinghua University, MBZUAI", [("CN", "Beijing", None), ("AE", None, "absent_body")]),
    ],
)
def test_a_known_body_that_the_registry_lacks_is_at_its_place(
    locator: Locator, text: str, rows: list[tuple[str, str | None, str | None]]
) -> None:
    found = [
        (row.country, row.city, None if row.ror else row.rule)
        for row in locator.locate(text, least=0.2)
    ]
    assert found == rows
