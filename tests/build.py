"""Builders for tests: declared tables from literal rows, and OpenAlex works."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa

from bibnet.schema import NETWORK_TABLES, RUN_TABLES
from bibnet.schema.places import NAMED_PLACE, REGISTRY_PLACE
from bibnet.schema.source import AFFILIATION, DELETED_WORK
from bibnet.storage.arrow import arrow_schema

DECLARED = {
    table.name: table
    for table in (
        AFFILIATION,
        DELETED_WORK,
        NAMED_PLACE,
        REGISTRY_PLACE,
        *RUN_TABLES,
        *NETWORK_TABLES,
    )
}
SMALL_QUERY = """
name = "small"
question = "How entangled?"
[works]
ai = ["all"]
[sides]
europe = ["DE", "FR"]
china = ["CN", "HK"]
"""
SIDES = {"europe": ["DE", "FR"], "china": ["CN", "HK"]}


def table(name: str, *rows: Mapping[str, Any]) -> ibis.Table:
    """A declared table from rows; columns that a row does not name are null."""
    schema = arrow_schema(DECLARED[name])
    columns = {field.name: [row.get(field.name) for row in rows] for field in schema}
    return ibis.memtable(pa.table(columns, schema=schema))


def tables(**rows: Sequence[Mapping[str, Any]]) -> dict[str, ibis.Table]:
    """Declared tables by name, each from its rows."""
    return {name: table(name, *found) for name, found in rows.items()}


def rows_of(expression: ibis.Table, *columns: str) -> list[tuple[Any, ...]]:
    """All rows of an expression as sorted tuples; nulls are None."""
    found = ibis.duckdb.connect().to_pyarrow(expression).to_pylist()
    names = columns or tuple(expression.columns)
    return sorted((tuple(row[name] for name in names) for row in found), key=str)


def institution(number: int, country: str | None = "DE", **more: Any) -> dict[str, Any]:
    """An institution as OpenAlex shows it in an authorship."""
    return {
        "id": f"https://openalex.org/I{number}",
        "display_name": f"Institution {number}",
        "ror": f"https://ror.org/0{number:08d}",
        "country_code": country,
        "type": "education",
        **more,
    }


def authorship(*institutions: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    """An authorship with one affiliation per institution."""
    return {
        "author": {"id": "https://openalex.org/A1", "display_name": "Author"},
        "institutions": list(institutions),
        "countries": sorted({i["country_code"] for i in institutions if i["country_code"]}),
        "affiliations": [
            {"raw_affiliation_string": i["display_name"], "institution_ids": [i["id"]]}
            for i in institutions
        ],
        "raw_affiliation_strings": [i["display_name"] for i in institutions],
        **more,
    }


def work(number: int, *authorships: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    """An OpenAlex work of 2020."""
    return {
        "id": f"https://openalex.org/W{number}",
        "title": f"Work {number}",
        "publication_year": 2020,
        "authorships": list(authorships),
        "updated_date": "2026-02-01T00:00:00",
        "cited_by_count": 1,
        **more,
    }


def write_lines(path: Path, *objects: object) -> Path:
    """A JSON Lines file; text is written as it is."""
    lines = [item if isinstance(item, str) else json.dumps(item) for item in objects]
    path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    return path
