import pytest

from bibnet.tag.place_names import PlaceNames, names_city, place_names

PLACES = PlaceNames(
    {"china": "CN", "republic of china": "TW", "japan": "JP", "中国": "CN", "中国台湾": "TW"},
    {
        "shenyang": frozenset({"CN"}),
        "boston": frozenset({"US"}),
        "anyang": frozenset({"CN", "KR"}),
        "沈阳": frozenset({"CN"}),
    },
)


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("Foo, China", {"CN"}),
        ("Foo, Republic of China", {"TW"}),  # the longest name counts
        ("Foo, Shenyang 110819", {"CN"}),
        ("Foo, Boston and Shenyang", {"CN", "US"}),
        ("Foo, Anyang", set()),  # two countries have one
        ("Foo Bostonian", set()),
        ("沈阳某大学", {"CN"}),
        ("中国台湾某大学", {"TW"}),
        ("", set()),
    ],
)
def test_named_countries(text: str, countries: set[str]):
    assert PLACES.named_countries(text) == countries


def test_names_city_needs_whole_words():
    assert [names_city(text, "Xi'an") for text in ("Foo, Xi’an", "Xian", "Xiangtan")] == [
        True,
        True,
        False,
    ]


def test_no_city_is_never_named():
    assert not names_city("Foo", "")


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("Foo, P.R. China", {"CN"}),
        ("Foo, Harbin", {"CN"}),
        ("Foo, Taipei, Taiwan, Republic of China", {"TW"}),
        ("Foo, R. O. China", {"TW"}),
        ("Foo, Peoples Rep. China", {"CN"}),
        ("Foo, Boston, MA, USA", {"US"}),
        ("Foo, Hong Kong", {"HK"}),
        ("南京某大学", {"CN"}),
    ],
)
def test_packaged_place_names(text: str, countries: set[str], packaged: PlaceNames):
    assert packaged.named_countries(text) == countries


@pytest.fixture(scope="module")
def packaged() -> PlaceNames:
    return place_names()
