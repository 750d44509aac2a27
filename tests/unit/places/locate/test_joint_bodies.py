"""A body that is named after two others whose acronyms stand before its own name."""

import pytest
from small_registry import body

from bibnet.places.locate.answers import Locator
from bibnet.places.locate.joint_bodies import joint_body, joint_host
from bibnet.places.locate.standing import without_partners
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


@pytest.mark.parametrize(
    ("text", "hosts"),
    [
        ("Granite Tower College-Gravel Normal University Joint Institute", ["gravel"]),
        ("Granite Tower College \u2013 Gravel Normal University Joint School of Sand", ["gravel"]),
        ("Granite Tower College-GNU Joint College", ["gravel"]),
        ("Granite Tower College-Gravel Normal University Joint Laboratory", []),  # may be anywhere
        ("Granite Tower College-Kelp Tide University Joint Institute", []),  # not in this country
        ("Granite Tower College, Gravel Normal University Joint Institute", []),
        ("Granite Tower College-Gravel Normal University, Joint Institute", []),
        ("Granite Tower College -", []),
    ],
)
def test_a_joint_school_with_one_of_china_is_there(
    locator: Locator, text: str, hosts: list[str]
) -> None:
    seen = seen_in(locator, text, 0.5)
    found = {at: joint_host(0, at, seen) for at in seen.of(0)}
    assert [
        seen.index.texts["ror"][seen.owner(o)] for o in found.values() if o is not None
    ] == hosts


@pytest.mark.parametrize(
    "text",
    [
        "Granite Tower College-Gravel Normal University Joint Institute",
        "Granite Tower College - Gravel Normal University Joint Institute",
    ],
)
def test_it_is_at_its_host_alone(locator: Locator, text: str) -> None:
    seen = seen_in(locator, text, 0.5)
    ror = {at: seen.index.texts["ror"][seen.owner(at)] for at in seen.of(0)}
    (guest,) = (at for at, key in ror.items() if key == "other" and seen.is_exact(at))
    assert [ror[at] for at in without_partners([guest], 0, seen)] == ["gravel"]
