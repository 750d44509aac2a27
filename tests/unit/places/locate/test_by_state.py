"""Bodies that the code of their state, or their own city, tells."""

import pytest
from small_registry import body

from bibnet.places.locate.answers import Locator
from bibnet.places.locate.by_state import at_own_cities, is_in_its_state
from bibnet.places.registry.index import curated_names
from bibnet.places.registry.organisations import build_registry
from tests.unit.places.locate.test_own_names import seen_in

INRIA = curated_names()["Inria"]


@pytest.fixture(scope="module")
def locator() -> Locator:
    school = {"types": ("education",)}
    return Locator(
        build_registry(
            [
                body("us", "Eddy University", "US Athens", province="Georgia", **school),
                body("ga", "Eddy University", "GA Libreville", **school),
                body("two", "Ripple University", "US Athens", province="Georgia", **school),
                body("too", "Ripple University", "US Salem", province="Georgia", **school),
                body("or", "Kelp University", "US Salem", province="Oregon", **school),
                body(INRIA, "Institut de Marées", "FR Paris"),
                body("val", "Inria Tidevalley Centre", "FR Lyon", parents=(INRIA,)),
                body("war", "University of Warsaw", "PL Warsaw", **school),
            ]
        )
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Tide Lab, Eddy University, GA", ["us"]),
        ("Eddy University, Ga", []),  # a code stands in capitals
        ("Ripple University, GA", []),  # two of that name in the state
        ("Kelp University, GA", []),
        ("Eddy University Press, GA", []),
    ],
)
def test_the_code_of_its_state_tells_a_body(locator: Locator, text: str, found: list[str]) -> None:
    seen = seen_in(locator, text, 0.1)
    rors = seen.index.texts["ror"]
    assert [rors[seen.owner(at)] for at in seen.of(0) if is_in_its_state(0, at, seen)] == found


def test_a_shared_name_before_the_code_is_the_one_of_the_state(locator: Locator) -> None:
    rows = locator.locate("Tide Lab, Eddy University, GA")
    assert [(row.ror, row.province, row.score) for row in rows] == [("us", "Georgia", None)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Inria Rennes, University of Warsaw", [INRIA]),
        ("Tide Lab, Inria Lyon / University of Warsaw", [INRIA]),
        ("Inria Tidevalley, University of Warsaw", [INRIA]),  # one of its centres
        ("Inria, University of Warsaw", []),
        ("Inria Warsaw, University of Warsaw", []),  # no city of its country
        ("Inria Rennes Press, University of Warsaw", []),
    ],
)
def test_a_short_form_with_a_city_of_its_country_is_a_body_of_its_own(
    locator: Locator, text: str, found: list[str]
) -> None:
    seen = seen_in(locator, text, 0.01)
    rors = seen.index.texts["ror"]
    standing = [at for at in seen.of(0) if rors[seen.owner(at)] == "war"]
    assert [rors[seen.owner(at)] for at in at_own_cities(0, standing, seen)] == found
