"""Which candidates stand: names turned round, units of many bodies, partners in a name."""

import pytest
from small_registry import body

from bibnet.places.locate.answers import Locator
from bibnet.places.registry.organisations import build_registry

TIDES = ("Japanese Society of Tides",)


@pytest.fixture(scope="module")
def locator() -> Locator:
    facility = {"types": ("facility",)}
    return Locator(
        build_registry(
            [
                body("bonn", "University of Bonn", "DE Bonn"),
                body("fr", "University of Freiburg", "DE Freiburg im Breisgau"),
                body("unit", "Institute of Computer Science", "CH Zurich", **facility),
                body("ox", "University of Oxford", "GB Oxford"),
                body("nju", "Nanjing University", "CN Nanjing", acronyms=("NJWU",)),
                body("eddy", "Eddy University", "US Salem", acronyms=("EDYU",)),
                body("tide-gb", "Japanese Society of Tides London", "GB London", aliases=TIDES),
                body("kyu", "Kelp York University", "US Salem", acronyms=("KYUN",)),
                body("kyu-cn", "Kelp York University Wuhan", "CN Wuhan", aliases=("KYUN Wuhan",)),
                body("tide-jp", "Japanese Institute of Tides", "JP Osaka"),
            ]
        )
    )


def answers(
    locator: Locator, text: str, least: float | None = None
) -> list[tuple[str | None, str | None]]:
    return [(row.ror, row.country) for row in locator.locate(text, least)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Bonn University, Germany", [("bonn", "DE")]),
        ("Freiburg University, Germany", [("fr", "DE")]),
        ("Freiburg University of Sound and Tone, Germany", [(None, "DE")]),
        ("Bonn University, Switzerland", [(None, "CH")]),
    ],
)
def test_a_schools_name_turned_round_is_its_own_in_its_country(
    locator: Locator, text: str, found: list[tuple[str | None, str | None]]
) -> None:
    assert answers(locator, text, least=1.0) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("FH Dresden, Institute for Computer Science", [(None, "DE")]),
        ("Institute for Computer Science, ETH Zurich", [("unit", "CH")]),
    ],
)
def test_a_city_abroad_beside_the_name_of_a_unit_of_many_bodies_tells(
    locator: Locator, text: str, found: list[tuple[str | None, str | None]]
) -> None:
    assert answers(locator, text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Nanjing University-University of Oxford Institute, Nanjing University",
            [("nju", "CN")],
        ),
        (
            "University of Oxford; Nanjing University",
            [("nju", "CN"), ("ox", "GB")],
        ),
    ],
)
def test_the_partner_in_the_name_of_a_unit_is_no_second_place(
    locator: Locator, text: str, found: list[tuple[str | None, str | None]]
) -> None:
    assert sorted(answers(locator, text, least=0.01)) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("NJWU-EDYU Institute", [("nju", "CN")]),
        ("NJWU - EDYU Institute", [("eddy", "US"), ("nju", "CN")]),  # two bodies
        ("Eddy University, NJWU", [("eddy", "US"), ("nju", "CN")]),
    ],
)
def test_a_joint_institute_of_two_acronyms_is_at_the_first(
    locator: Locator, text: str, found: list[tuple[str | None, str | None]]
) -> None:
    assert sorted(answers(locator, text, least=0.01)) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Japanese Society of Tides", []),
        ("Japanese Society of Tides, London", [("tide-gb", "GB")]),
        ("Japanese Society of Tides London", [("tide-gb", "GB")]),
        ("Japanese Institute of Tides", [("tide-jp", "JP")]),
    ],
)
def test_the_name_of_a_society_is_not_that_of_its_office_abroad(
    locator: Locator, text: str, found: list[tuple[str | None, str | None]]
) -> None:
    assert answers(locator, text, least=0.1) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("KYUN Wuhan", [("kyu-cn", "CN")]),
        ("School of Physics, KYUN, Salem, USA", [("kyu", "US")]),
    ],
)
def test_a_name_inside_that_of_a_body_abroad_is_no_second_place(
    locator: Locator, text: str, found: list[tuple[str | None, str | None]]
) -> None:
    assert answers(locator, text, least=0.01) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Eddy University and the Kelp York University, USA", [("eddy", "US"), ("kyu", "US")]),
        ("Eddy University, near the Kelp York University, USA", [("eddy", "US")]),
    ],
)
def test_a_name_that_a_word_joins_to_one_that_stands_needs_less_likeness(
    locator: Locator, text: str, found: list[tuple[str | None, str | None]]
) -> None:
    scores = {row.ror: row.score or 0 for row in locator.locate(text, least=0)}
    assert min(scores["eddy"], scores["kyu"]) > 0.2
    between = (scores["eddy"] + scores["kyu"]) / 2
    assert sorted(answers(locator, text, least=between)) == found
