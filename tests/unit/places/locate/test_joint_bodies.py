"""A body that is named after two others whose acronyms stand before its own name."""

import pytest
from small_registry import body

from bibnet.places.locate.answers import Locator
from bibnet.places.locate.joint_bodies import joint_body
from bibnet.places.registry.organisations import build_registry
from tests.unit.places.locate.test_own_names import seen_in


@pytest.fixture(scope="module")
def locator() -> Locator:
    joint = {"acronyms": ("GTC",), "aliases": ("Gravel Tide College",)}
    return Locator(
        build_registry(
            [
                body("gravel", "Gravel Normal University", "CN Wuhan", acronyms=("GNU",)),
                body("tide", "Kelp Tide University", "HK Hong Kong", acronyms=("KTU",)),
                body("joint", "Gravel Normal-Kelp Tide University", "CN Zhuhai", **joint),
                body("other", "Granite Tower College", "US Salem", acronyms=("GTC",)),
            ]
        )
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("GNU-KTU GTC", ["joint"]),
        ("Gravel Tide College, GNU-KTU, Zhuhai, China", ["joint"]),
        ("GNU-KTU Institute", []),  # no name of its own
        ("GNU, Gravel Tide College", []),  # one partner alone
        ("GTC", []),
    ],
)
def test_a_joint_body_is_meant_and_none_of_its_partners(
    locator: Locator, text: str, found: list[str]
) -> None:
    seen = seen_in(locator, text, 0.3)
    assert [seen.index.texts["ror"][seen.owner(at)] for at in joint_body(0, seen)] == found


def test_its_answer_is_the_only_one(locator: Locator) -> None:
    assert [row.ror for row in locator.locate("GNU-KTU GTC, Zhuhai, China")] == ["joint"]
