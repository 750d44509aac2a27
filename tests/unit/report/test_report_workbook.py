import re
import zipfile
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from invented_report import (
    HOSTILE,
    empty_content,
    hostile_content,
    invented_content,
    with_works,
)
from openpyxl import load_workbook

from bibnet.report.content.report_content import ReportContent, with_declared_frames
from bibnet.report.page.page import all_findings
from bibnet.report.workbook import book
from bibnet.report.workbook.answer import WORK_COLUMNS
from bibnet.report.workbook.book import creation_date, report_workbook
from bibnet.schema import EXHIBITS
from bibnet.schema.units import INVENTED
from bibnet.storage.workbook import write_workbook

ANSWER = [
    "findings",
    "definitions",
    "country_pairs_across_sides",
    "institution_pairs_across_sides",
]


def write(path: Path, content: ReportContent) -> None:
    write_workbook(path, report_workbook(content, all_findings(content)))


def parts(path: Path) -> dict[str, str]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name).decode("utf-8") for name in archive.namelist()}


def test_every_exhibit_is_a_sheet(tmp_path: Path) -> None:
    write(tmp_path / "r.xlsx", with_declared_frames(empty_content()))
    sheets = re.findall(r'<sheet name="(\w+)"', parts(tmp_path / "r.xlsx")["xl/workbook.xml"])
    assert sheets == [*ANSWER, *[table.name for table in EXHIBITS.values()], "columns"]


def test_no_cell_is_a_formula_or_a_link(tmp_path: Path) -> None:
    write(tmp_path / "r.xlsx", with_declared_frames(hostile_content()))
    sheets = {n: text for n, text in parts(tmp_path / "r.xlsx").items() if "worksheets/" in n}
    assert not [name for name, text in sheets.items() if "<f>" in text or "<hyperlink" in text]
    assert any("=HYPERLINK(" in text for text in sheets.values())  # it is there, as text


def test_every_sheet_of_invented_data_says_so(tmp_path: Path) -> None:
    write(tmp_path / "r.xlsx", with_declared_frames(invented_content(20)))
    sheets = {n: text for n, text in parts(tmp_path / "r.xlsx").items() if "worksheets/sheet" in n}
    assert len(sheets) == len(EXHIBITS) + len(ANSWER) + 2  # names of countries, columns
    assert all(INVENTED in text for text in sheets.values())


def test_the_book_begins_with_the_answer(tmp_path: Path) -> None:
    write(tmp_path / "r.xlsx", with_works(with_declared_frames(hostile_content()), HOSTILE))
    read = load_workbook(tmp_path / "r.xlsx", read_only=True)
    assert read.sheetnames[:6] == [*ANSWER, "joint_works", "works_with_listed_bodies"]
    labels = [row[0] for row in read["findings"].iter_rows(values_only=True)]
    assert "question" in labels
    assert "Joint works" in labels
    pairs = list(read["institution_pairs_across_sides"].iter_rows(values_only=True))
    across = pairs[1].index("cross_side")
    assert {row[across] for row in pairs[2:]} == {"yes"}
    works = list(read["joint_works"].iter_rows(values_only=True))
    assert works[1] == tuple(column.name for column in WORK_COLUMNS)
    joint = invented_content().exhibit("years").query("side == 'all'")["joint_works"]
    assert len(works) - 2 == joint.max()  # the works of invented numbers are the first ones
    assert works[2][1] == "10.9999/invented.0"
    listed = list(read["works_with_listed_bodies"].iter_rows(values_only=True))
    assert all(row[-1] for row in listed[1:])


def test_a_long_sheet_is_cut_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(book, "ROW_LIMIT", 10)
    write(tmp_path / "r.xlsx", with_declared_frames(invented_content(24)))
    place = 1 + len(ANSWER) + [table.name for table in EXHIBITS.values()].index("institutions")
    text = parts(tmp_path / "r.xlsx")[f"xl/worksheets/sheet{place}.xml"]
    assert "First 10 of 24 rows, most joint works first; all rows are in" in text
    assert text.count("<row ") == 3 + 10  # mark, note, header


def test_undefined_cells_are_empty(tmp_path: Path) -> None:
    write(tmp_path / "r.xlsx", with_declared_frames(invented_content(20)))
    assert "nan" not in parts(tmp_path / "r.xlsx")["xl/worksheets/sheet14.xml"].lower().replace(
        "finan", ""
    )


def sheet(path: Path, name: str, content: ReportContent) -> Any:
    write(path / "r.xlsx", content)
    return load_workbook(path / "r.xlsx")[name]


def test_headings_are_as_wide_as_their_columns(tmp_path: Path) -> None:
    for rows in load_workbook(written(tmp_path)).worksheets[2:]:
        groups = rows.column_dimensions.values()
        widths = {at: group.width for group in groups for at in range(group.min, group.max + 1)}
        heads = next(row for row in rows.iter_rows() if all(cell.value is not None for cell in row))
        assert all(widths[cell.column] > len(cell.value) + 2 for cell in heads), rows.title
        assert max(widths.values()) < 64


def written(folder: Path) -> Path:
    write(folder / "r.xlsx", with_works(with_declared_frames(hostile_content()), HOSTILE))
    return folder / "r.xlsx"


def test_a_chance_too_small_for_six_digits_is_not_shown_as_none(tmp_path: Path) -> None:
    rows = {"country_a": ["AA"], "country_b": ["ZA"], "p": [5e-9], "q": [0.25], "z": [-5.5]}
    frames = {"country_expectation": pd.DataFrame(rows)}
    found = sheet(
        tmp_path, "country_expectation", replace(empty_content(), exhibits=frames)
    )  # fmt: skip
    head = [cell.value for cell in found[3]]
    formats = {name: found.cell(4, head.index(name) + 1).number_format for name in rows}
    assert (formats["p"], formats["q"], formats["z"]) == (
        "[=0]0;[<0.0001]0.0E+00;#,##0.00####", "#,##0.00####", "#,##0.00####",
    )  # fmt: skip


def test_a_sheet_says_why_it_is_empty_and_which_columns_are(tmp_path: Path) -> None:
    frames = {"topics": pd.DataFrame({"topic_id": ["T1"], "works": [1], "joint_works": [0]})}
    content = replace(empty_content(), exhibits=frames)
    assert sheet(tmp_path, "topics", content)["A2"].value == (
        "Undefined in this run: topic and subfield."
    )
    assert sheet(tmp_path, "duplicates", content)["A2"].value == (
        EXHIBITS["duplicates"].when_empty
    )  # fmt: skip


def test_codes_of_countries_have_a_sheet(tmp_path: Path) -> None:
    content = replace(empty_content(), country_names={"ZA": "Zand", "AA": "Aland"})
    rows = sheet(tmp_path, "country_names", content).iter_rows(min_row=2, values_only=True)
    assert list(rows) == [("country", "name"), ("AA", "Aland"), ("ZA", "Zand")]


def test_a_table_over_time_keeps_its_order(tmp_path: Path) -> None:
    """The years of a network stand in order, whichever has most works."""
    rows = {"level": ["country"] * 2, "network": ["whole"] * 2, "year": [2020, 2021]}
    frames = {"network_years": pd.DataFrame({**rows, "works": [1, 9]})}
    found = sheet(tmp_path, "network_years", replace(empty_content(), exhibits=frames))
    assert [row[2] for row in found.iter_rows(min_row=4, values_only=True)] == [2020, 2021]


@pytest.mark.parametrize(
    ("source", "date"),
    [
        ({}, datetime(2000, 1, 1)),
        ({"newest_updated": "2025-11-11T03:04:05+00:00"}, datetime(2025, 11, 11)),
        ({"newest_updated": None, "dates": {"harvest": "2024-02-03"}}, datetime(2024, 2, 3)),
        ({"newest_updated": "9999-99-99"}, datetime(2000, 1, 1)),
    ],
)
def test_the_creation_date_is_that_of_the_source(source: dict[str, object], date: datetime) -> None:
    assert creation_date({"source": source}) == date


def test_sheets_begin_with_the_rows_of_the_question(tmp_path: Path) -> None:
    content = replace(invented_content(), country_names={"AA": "Zealand", "ZA": "Andor"})
    write(tmp_path / "r.xlsx", content)
    read = load_workbook(tmp_path / "r.xlsx", read_only=True)
    lines = dict(row[:2] for row in read["findings"].iter_rows(min_row=2, values_only=True))
    assert lines["South"] == "Andor (ZA), ZB"
    rows = list(read["institutions"].iter_rows(min_row=2, values_only=True))
    joint = [row[rows[0].index("joint_works")] for row in rows[1:]]
    assert joint == sorted(joint, reverse=True)
