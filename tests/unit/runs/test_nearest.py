"""Names that were perhaps meant: with a slip, of one word of several, shortened; none at all."""

import pytest

from bibnet.runs.nearest import nearest_names

NAMES = ("Siena", "University of Oxford", "Oxford", "Singapore", "Tsinghua University", "",
         "Chinese University of Hong Kong", "IMEC", "清华大学")  # fmt: skip


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Tsingua", ["Tsinghua University"]),
        ("oxfrd", ["Oxford", "University of Oxford"]),
        ("Chinese Univ. Hong Kong", ["Chinese University of Hong Kong"]),
        ("清华", ["清华大学"]),
        ("", []),
        ("%", []),
    ],
)
def test_the_nearest_names_come_first(text: str, first: list[str]) -> None:
    assert nearest_names(text, NAMES, 3)[: len(first)] == first
    assert first or not nearest_names(text, NAMES, 3)


def test_no_more_names_than_asked_for_and_none_that_is_far() -> None:
    assert nearest_names("University", NAMES, 1) == ["Tsinghua University"]
    assert nearest_names("Zzyx", NAMES, 3) == []
    # Siena and Singapore share letters with it, no more.
    assert nearest_names("Tsingua", NAMES, 5) == ["Tsinghua University"]
