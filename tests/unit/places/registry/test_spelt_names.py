"""Names spelt otherwise."""

import pytest
from small_registry import body

from bibnet.places.registry.organisations import build_registry
from bibnet.places.registry.spelt_names import as_one_word, with_compass, with_parents_sign


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Southeast Tide University", ["south east tide university"]),
        ("North-West University", ["northwest university"]),
        ("Northwestern Tide Institute", ["north western tide institute"]),
        ("Northwestern University", []),  # of one stem with "North-West University"
        ("Institute of Tides Southwest", ["institute tides south west"]),
        ("Central South University", []),
        ("University of the West", []),
    ],
)
def test_points_of_the_compass_in_one_word_and_in_two(name: str, found: list[str]) -> None:
    assert [" ".join(words) for words in with_compass([name])] == found


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("海洋学院潮汐研究所", ["海院潮汐研究所", "海院潮汐所"]),
        ("海洋学院潮汐中心", ["海院潮汐中心"]),
        ("潮汐研究所", []),
        ("海洋学院", []),
    ],
)
def test_the_parent_by_another_name_before_a_name_in_signs(name: str, found: list[str]) -> None:
    bodies = [body("tide", name, "CN Wuhan", parents=("sea",)), body("sea", "海院", "CN Wuhan")]
    one = next(o for o in build_registry(bodies).organisations if o.ror == "tide")
    names = with_parents_sign(one, {"sea": ("Sea Academy", "海洋学院", "海院")})
    written = ["".join(words) for words in names]
    assert [text for text in written if text.startswith("海院")] == found


@pytest.mark.parametrize(
    ("name", "one"),
    [
        ("AlphaTech University", "Alphatech University"),
        ("EddyAeroTide", "Eddyaerotide"),
        ("McTide College", "McTide College"),  # a name's own capital
        ("Eddy University of TIDES", "Eddy University of TIDES"),
        ("", ""),
    ],
)
def test_words_with_a_capital_within_are_written_as_one(name: str, one: str) -> None:
    assert as_one_word(name) == one
