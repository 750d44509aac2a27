"""Bodies of a larger one that stands beside them in the string."""

import pytest
from small_registry import body

from bibnet.places.locate.answers import Locator
from bibnet.places.locate.children import LEAST_BELOW, at_childs_seat, children
from bibnet.places.locate.located import organisation_row
from bibnet.places.registry.organisations import build_registry
from tests.unit.places.locate.test_own_names import seen_in

FACILITY = {"types": ("facility",)}
OTHERS = [f"Institute of Stone {letter}" for letter in "ABCDEFGHIJKLMNOPQ"]


@pytest.fixture(scope="module")
def locator() -> Locator:
    below = {"parents": ("pad",), **FACILITY}
    assert len(OTHERS) + 3 == LEAST_BELOW
    return Locator(
        build_registry(
            [
                body("pad", "Portuguese Academy of Tides", "PT Lisbon", types=("government",)),
                *(body(name[-1], name, "PT Braga", **below) for name in OTHERS),
                body(
                    "adv",
                    "Porto Institute of Advanced Kelp",
                    "PT Porto",
                    lat=41.15,
                    lon=-8.61,
                    **below,
                ),
                body(
                    "psy", "Institute of Seaweed, Portuguese Academy of Tides", "PT Braga", **below
                ),
                body("dun", "Institute of Computing Dunes", "PT Lisbon", **below),
                body("cmp", "Comp Depot", "FR Lyon", types=("company",)),
                body("uni", "University of Kelp", "PT Lisbon", types=("education",)),
                body("lab", "Institute of Algae", "PT Porto", parents=("uni",), **FACILITY),
                body("own", "Society of Waves", "PT Lisbon", types=("government",)),
                body("few", "Institute of Breakers", "PT Porto", parents=("own",), **FACILITY),
            ]
        )
    )


def found(locator: Locator, text: str, standing: str, score: float) -> list[str]:
    """Bodies beside the standing one, each candidate with this score."""
    seen = seen_in(locator, text, score)
    ror = {at: seen.index.texts["ror"][seen.owner(at)] for at in seen.of(0)}
    chosen = [at for at in seen.of(0) if ror[at] == standing]
    return [ror[at] for at in children(0, chosen, seen)]


@pytest.mark.parametrize(
    ("text", "standing", "score", "beside"),
    [
        ("Portuguese Acad Tides, Porto Inst Adv Kelp, Porto, Portugal", "pad", 0.1, ["adv"]),
        ("Portuguese Acad Tides, Porto Inst Adv Kelp, Porto, Portugal", "pad", 0.09, []),
        ("Wave Group of Porto Institute of Advanced Kelp, Portuguese Academy of Tides", "pad", 0.1,
         ["adv"]),
        ("Porto Institute of Advanced Kelp (PIAK), Portuguese Acad Tides", "pad", 0.1, ["adv"]),
        # All of a name, of which a word is cut short to one that another body has.
        ("Portuguese Acad Tides, Inst Comp Dunes, Lisbon, Portugal", "pad", 0.1, ["dun"]),
        ("Inst Comp Dunes, Portuguese Acad Tides, Lisbon", "pad", 0.1, ["dun"]),
        ("Portuguese Acad Tides, Inst Comp, Lisbon, Portugal", "pad", 0.5, []),
        # The rest of the institute's name is its academy's: so both stand there, however likely.
        ("Portuguese Acad Tides, Inst Seaweed, Portugal", "pad", 0.01, ["psy"]),
        ("Institute of Seaweed, Portuguese Academy of Tides, Braga", "pad", 0.2, ["psy"]),
        # Words stand between the two, the name goes on, or another city is stated.
        ("Portuguese Academy of Tides, opposite Porto Institute of Advanced Kelp", "pad", 0.5, []),
        ("Portuguese Academy of Tides, Porto Institute of Advanced Kelp Roads", "pad", 0.5, []),
        ("Portuguese Acad Tides, Porto Inst Adv Kelp, Faro, Portugal", "pad", 0.5, []),
        # Units of a school, and of a society with few below it.
        ("University of Kelp, Institute of Algae, Portugal", "uni", 0.5, []),
        ("Society of Waves, Institute of Breakers, Portugal", "own", 0.5, []),
    ],
)  # fmt: skip
def test_a_body_right_beside_its_larger_one_is_an_answer_of_its_own(
    locator: Locator, text: str, standing: str, score: float, beside: list[str]
) -> None:
    assert found(locator, text, standing, score) == beside


@pytest.mark.parametrize(
    ("text", "cities"),
    [
        ("Portuguese Academy of Tides, Porto Institute of Advanced Kelp", ["Porto", "Porto"]),
        ("Portuguese Academy of Tides, Porto Institute of Advanced Kelp, Lisbon, Portugal",
         ["Lisbon", "Porto"]),
    ],
)  # fmt: skip
def test_a_larger_body_without_a_place_is_where_its_one_institute_is(
    locator: Locator, text: str, cities: list[str]
) -> None:
    seen = seen_in(locator, text, 0.5)
    chosen = [at for at in seen.of(0) if seen.index.texts["ror"][seen.owner(at)] in ("pad", "adv")]
    rows = [organisation_row(text, seen.index, seen.owner(at), "") for at in chosen]
    assert sorted(row.city or "" for row in at_childs_seat(rows, chosen, {}, seen)) == cities
