"""Days of lists, intervals that run backwards, and lists that are due to be checked again."""

from datetime import date
from pathlib import Path

import pytest

from bibnet.reference import check, load
from bibnet.reference.card import Card
from bibnet.reference.days import read_days
from bibnet.reference.declared import REFERENCE_LISTS
from bibnet.runs.pipeline.notes import overdue_lists


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


def interval_faults(*rows: tuple[str, str]) -> list[str]:
    declared = REFERENCE_LISTS["list_intervals"]
    header = declared.columns
    card = Card("T", "P", "A", "L", "2026-01-01", len(rows), "all")
    cells = [
        {
            **dict.fromkeys(header, "x"),
            "citation": str(at),
            "listed_from": first,
            "listed_until": last,
        }
        for at, (first, last) in enumerate(rows)
    ]
    found = check.ListFile("list_intervals.csv", header, cells, declared, card, ())
    return [fault.what for fault in check._interval_faults(found)]


def test_an_interval_that_ends_before_it_begins_is_a_fault():
    assert interval_faults(("2020-01-01", "2019-12-31"), ("2020", "2020-06-01")) == [
        "the interval ends (2019-12-31) before it begins (2020-01-01)"
    ]


def test_an_interval_needs_days():
    assert interval_faults(("", ""), ("2020", "soon")) == [
        "no interval: '' to ''",
        "no interval: '2020' to 'soon'",
    ]


def test_every_entry_has_the_intervals_of_its_lists():
    held = {(row["entry_id"], row["list"]) for row in load.rows("list_intervals")}
    listed = {
        (row["entry_id"], name)
        for row in load.rows("defence_institutions")
        for name in row["lists"].split("|")
    }
    assert listed <= held


def test_a_list_is_overdue_after_its_days():
    card = Card("T", "P", "A", "L", "2026-01-01", 1, "all", "2026-02-01", 10)
    assert card.due == date(2026, 2, 11)
    assert [card.is_overdue(date(2026, 2, day)) for day in (11, 12)] == [False, True]


def test_a_table_once_printed_is_never_overdue():
    printed = load.card("ncses_pairs")
    assert printed.date == "2024-03-13"
    assert not printed.is_overdue(date(2126, 1, 1))


def test_a_run_says_which_lists_are_overdue_with_the_date():
    (line,) = (one for one in overdue_lists(date(2027, 1, 1)) if "list_intervals" in one)
    assert "last checked on 2026-08-22" in line
    assert "by 2026-12-20" in line
    assert overdue_lists(None) == []


def test_a_card_with_a_wrong_day_is_a_fault(tmp_path: Path):
    text = (load.PACKAGED / "cards.toml").read_text(encoding="utf-8")
    (tmp_path / "cards.toml").write_text(text.replace('"2026-08-22"', '"2026-13-01"', 1))
    with pytest.raises(Exception, match="is no day"):
        load.names(tmp_path)
