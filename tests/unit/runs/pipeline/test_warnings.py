"""Warnings that are due, and none that are not: each from the smallest reading that shows it."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bibnet.query import parse_query
from bibnet.runs.pipeline.request import Request
from bibnet.runs.pipeline.warnings import NAMED, warnings
from bibnet.tables.reading import Reading
from bibnet.tables.stage import Corpus

QUERY = parse_query(
    {"name": "small", "question": "?", "sides": {"a": ["DE"], "b": ["CN"]}}, path=Path("q.toml")
)
REQUEST = Request(QUERY, (), Path("outputs"))
READING = Reading(files=1, lines=200, works=200, quarantined=0)
CORPUS = Corpus(
    lines=200, works_read=200, works_kept=200, works_excluded=0, duplicates=0, quarantined=0
)


def said(reading: Reading = READING, corpus: Corpus = CORPUS, **request: Any) -> list[str]:
    found = SimpleNamespace(reading=reading, corpus=corpus, source=date(2025, 3, 1))
    return warnings(replace(REQUEST, **request), found)  # type: ignore[arg-type]


def test_a_sound_run_has_none() -> None:
    assert said() == []


def test_losses_of_a_harvest_come_first() -> None:
    broken = replace(READING, damaged_files=("a.gz: gzip_truncated",))
    assert said(broken, losses=("Lost.",)) == [
        "Lost.",
        "An input file is damaged or has changed: a.gz: gzip_truncated.",
    ]


def test_many_files_are_not_all_named() -> None:
    odd = tuple(f"{n}: pipe" for n in range(NAMED + 2))
    found = said(replace(READING, odd_files=odd))
    assert len(found) == NAMED + 1
    assert found[-1] == "Not read, because it is no plain file: 2 more; manifest.json has them all."


@pytest.mark.parametrize(("aside", "due"), [(2, False), (3, True)])
def test_more_than_one_line_in_a_hundred_is_said(aside: int, due: bool) -> None:
    """200 lines and 50 blank ones, which do not count."""
    reading = replace(
        READING,
        lines=250,
        works=200 - aside,
        quarantined=50 + aside,
        reasons={"blank": 50, "malformed_json": aside - 1, "invalid_utf8": 1},
        first_set_aside="latin1.jsonl",
    )
    found = said(reading)
    assert bool(found) == due
    if due:
        assert found == [
            "3 of 200 lines (1.5%) hold no work that can be read and are in no number: "
            "malformed_json 2, invalid_utf8 1. The first file with such lines is latin1.jsonl; "
            "quarantine.jsonl shows them."
        ]


def test_a_file_of_blank_lines_is_no_loss() -> None:
    assert said(replace(READING, lines=250, quarantined=50, reasons={"blank": 50})) == []


@pytest.mark.parametrize(
    ("alone", "begins"),
    [(100, None), (101, "101 works do not have an author"), (200, "No work has an author")],
)
def test_works_without_authors_are_said(alone: int, begins: str | None) -> None:
    found = said(corpus=replace(CORPUS, works_without_authors=alone))
    assert [one.startswith(begins or "-") for one in found] == [True] * bool(begins)


def test_a_field_that_nobody_reads_is_said_where_most_works_have_it() -> None:
    met = {"author": 200, "authorships[].raw": 900, "note": 100, "source_display_name": 101}
    assert said(replace(READING, unknown_fields=met)) == [
        "Most of the 200 works have fields that bibnet does not know and does not read: "
        "author (200), source_display_name (101). If they hold authors, affiliations or funders, "
        "these are missing."
    ]


def test_implausible_years_are_said_with_the_last_that_is_not() -> None:
    assert said(corpus=replace(CORPUS, excluded={"implausible_year": 3, "no_year": 1})) == [
        "3 works are left out by the rule implausible_year: their year is before 1500 or after "
        "2026."
    ]
