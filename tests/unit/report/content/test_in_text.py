"""Names inside sentences: which have an article."""

import pytest

from bibnet.report.content.in_text import country_in_text, group_in_text, side_in_text


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("United Kingdom", "the United Kingdom"),
        ("The Netherlands", "the Netherlands"),
        ("Dominican Republic", "the Dominican Republic"),
        ("Philippines", "the Philippines"),
        ("United States", "the United States"),
        ("Ireland", "Ireland"),
        ("Germany", "Germany"),
        ("XK", "XK"),
        ("", ""),
    ],
)
def test_countries(name: str, said: str) -> None:
    assert country_in_text(name) == said


@pytest.mark.parametrize(
    ("side", "said"),
    [
        ("us", "the US"),
        ("eu", "the EU"),  # no country's code
        ("cn", "CN"),
        ("tum", "TUM"),
        ("europe", "Europe"),
        ("south_asia", "South asia"),
        ("", ""),
    ],
)
def test_sides(side: str, said: str) -> None:
    assert side_in_text(side) == said


def test_groups_of_the_citation_table() -> None:
    assert [group_in_text(group) for group in ("us only", "europe only", "joint")] == [
        "the US only", "Europe only", "joint works",
    ]  # fmt: skip
