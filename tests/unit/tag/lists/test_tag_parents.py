"""The world of these tests: an academy of waves (AOW) and a group of companies."""

import pytest

from bibnet.tag.lists.parents import Mention, parent_names

PARENTS = parent_names(
    {"parent": parent, "name": name, "country": "AA"}
    for parent, name in (
        ("academy", "Aland Academy of Sciences"),
        ("academy", "AOW"),
        ("group", "Aland Electronics Technology Group Corporation"),
        ("academy", "阿兰科学院"),
    )
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Aland Acad. of Sci.", Mention("academy", "AA", False, 0, 4)),
        ("Inst X, Aland Acad Sci, Y", Mention("academy", "AA", False, 2, 5)),
        ("the Aland Academy and Sciences", Mention("academy", "AA", False, 0, 4)),
        ("Aland Elect Technol Grp Corp", Mention("group", "AA", False, 0, 5)),
        ("Inst X, AOW", Mention("academy", "AA", True, 2, 3)),
        ("阿兰科学院波浪所", Mention("academy", "AA", False, 0, 0)),
    ],
)
def test_a_parent_in_any_spelling(text: str, found: Mention) -> None:
    assert PARENTS.named(text) == [found]


@pytest.mark.parametrize(
    "text",
    [
        "Aland Acad Agr Sci",  # a word more
        "Aland Academy",
        "Al Acad Sci",  # the first word is whole
        "Aland Electric Technology Group Corporation",
        "",
    ],
)
def test_no_other_body_is_the_parent(text: str) -> None:
    assert PARENTS.named(text) == []


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("Aland Academy of Sciences", True),
        ("Aland Acad. Sci.", True),
        ("Aland Academy of Sciences, Nord", False),
        ("AOW", False),  # an acronym is no name in full
        ("", False),
    ],
)
def test_a_text_that_is_but_a_parents_name(text: str, whole: bool) -> None:
    assert PARENTS.is_whole(text) is whole


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("阿蘭科學院波浪研究所，灣城", "阿兰科学院波浪研究所，灣城"),
        ("國立波浪大學", "國立波浪大學"),  # of no parent
        ("Institute of Waves", "Institute of Waves"),
    ],
)
def test_institutes_of_a_parent_are_read_in_simplified_signs(text: str, read: str) -> None:
    assert PARENTS.in_simplified_signs(text) == read
