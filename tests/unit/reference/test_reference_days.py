"""Days as lists write them."""

from datetime import date

import pytest

from bibnet.reference.days import read_days


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2024-02-29", (date(2024, 2, 29), date(2024, 2, 29))),
        ("2024-02", (date(2024, 2, 1), date(2024, 2, 29))),
        ("2024", (date(2024, 1, 1), date(2024, 12, 31))),
        ("2023-02-29", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_days_are_spans(text: str, days: tuple[date, date] | None):
    assert read_days(text) == days
