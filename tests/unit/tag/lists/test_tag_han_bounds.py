"""Where a Chinese name begins: 大湖省, 南城市, 北城区 are places here, 武汉 is a real city."""

import pytest

from bibnet.tag.lists.han_bounds import begins_behind, is_city_in_province
from bibnet.tag.place_names import PlaceNames

PLACES = PlaceNames(
    {}, {"南城": frozenset({"CN"}), "北城": frozenset({"CN"})}, {"大湖": frozenset({"CN"})}
)


@pytest.mark.parametrize(
    "before",
    [
        "",
        "大湖省南城市",
        "南城市北城区",
        "武汉",  # its own city
        "大湖武汉",
        "大湖省武汉",
        "东方大学",  # another body's noun
        "南城医院与",
        "东方研究所和",
    ],
)
def test_a_chinese_name_begins_behind_places_and_nouns(before: str):
    assert begins_behind(before, "Wuhan", PLACES)


@pytest.mark.parametrize("before", ["南城", "新市", "远", "南京", "东方", "东方与", "附属"])
def test_what_stands_before_may_be_a_part_of_another_name(before: str):
    assert not begins_behind(before, "Wuhan", PLACES)


def test_where_the_body_is_unknown_its_city_is_no_boundary():
    assert not begins_behind("武汉", "", PLACES)


@pytest.mark.parametrize(
    ("before", "name", "found"),
    [
        ("大湖", "武汉飞行大学", True),
        ("大湖", "飞行大学", False),  # a province may begin a name
        ("南城", "武汉飞行大学", False),  # so may a city
        ("", "武汉飞行大学", False),
    ],
)
def test_a_bare_province_stands_before_a_name_that_begins_with_a_city(
    before: str, name: str, found: bool
):
    assert is_city_in_province(before, name, PLACES) is found
