"""Every field of a line is used or left out for a stated reason; columns are declared ones."""

import csv
from pathlib import Path

import pytest

from bibnet import tables
from bibnet.schema.source import SOURCE_TABLES
from bibnet.tables.decode.fields import AUTHORSHIP_FIELDS, WORK_FIELDS, StrictWorkObject
from bibnet.tables.decode.objects import Authorship, WorkObject

ROWS = list(
    csv.DictReader((Path(tables.__file__).parent / "decode" / "fields.csv").open(encoding="utf-8"))
)
COLUMNS = {f"{table.name}.{name}" for table in SOURCE_TABLES for name in table.column_names}
TABLES = {table.name for table in SOURCE_TABLES}


def test_each_field_is_listed_once() -> None:
    paths = [row["path"] for row in ROWS]
    assert len(paths) == len(set(paths))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["path"])
def test_field_goes_to_a_declared_column_or_has_a_reason(row: dict[str, str]) -> None:
    assert row["column"] in COLUMNS | TABLES or (row["column"] == "" and row["reason"])


def test_fields_with_a_column_are_those_the_work_object_reads() -> None:
    used = {name for name, column in WORK_FIELDS.items() if column}
    assert used == set(WorkObject.__struct_fields__)


def test_fields_with_a_column_are_those_the_authorship_reads() -> None:
    used = {name for name, column in AUTHORSHIP_FIELDS.items() if column}
    assert used == set(Authorship.__struct_fields__)


def test_fast_path_knows_every_listed_field() -> None:
    assert set(StrictWorkObject.__struct_fields__) == set(WORK_FIELDS)
