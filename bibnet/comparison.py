"""`bibnet compare`: two finished runs of one query, number by number, with the works behind.

Runs are compared only where query, sides and counting are the same: otherwise the numbers
mean different things. Other lists, another registry, version or engine is allowed and said;
what it does to places shows in the part `resolved_anew`.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from tempfile import gettempdir
from typing import Any

import ibis.expr.types as ir
import pandas as pd
import pyarrow as pa

from bibnet.engine import Engine, Tables, open_engine
from bibnet.errors import Fault, InputError, UsageError
from bibnet.metrics.change import change_totals, changed_works, compare_runs
from bibnet.provenance import read_manifest
from bibnet.run import open_tables
from bibnet.schema.change import ALL_PARTS, CHANGE, CHANGE_WORK, NUMBERS_OF_JOINT_HARVEST
from bibnet.schema.units import WHOLE
from bibnet.store import arrow_schema, write_exhibit

MEANING = ("works", "sides", "count")  # parts of a query that decide what a number means
COMPARISON_NAME = "comparison.json"


@dataclass(frozen=True)
class Part:
    """A part of a number, or the number itself (part `all`): exact, in 1/unit_parts."""

    number: str
    side: str
    part: str
    works: int | None
    old: Fraction | None
    new: Fraction | None
    unit_parts: int = 1

    @property
    def change(self) -> Fraction | None:
        """New - old; None where one of them is undefined."""
        return None if self.old is None or self.new is None else self.new - self.old

    def row(self) -> dict[str, Any]:
        """Row of CHANGE."""
        values = {"old": self.old, "new": self.new, "change": self.change}
        # A share is no sum: it has no exact units.
        exact = values if self.works is not None else {}
        return {
            "number": self.number,
            "side": self.side,
            "part": self.part,
            "works": self.works,
            "unit_parts": self.unit_parts if exact else None,
            **{name: None if v is None else float(v) for name, v in values.items()},
            **{f"exact_{name}": str(v * self.unit_parts) for name, v in exact.items() if v is not None},
        }


class Comparison:
    """Two finished runs of one query. Computed when first asked for."""

    def __init__(self, old: Path, new: Path):
        self.old, self.new = old, new
        self.manifests = (read_manifest(old), read_manifest(new))
        _same_meaning(self.manifests, (old, new))
        self._engine: Engine = open_engine("duckdb", Path(gettempdir()))

    @cached_property
    def source_date(self) -> datetime | None:
        """Date of the old run's source; None if it has none."""
        said = self.manifests[0]["source"].get("newest_updated")
        return datetime.fromisoformat(said) if said else None

    @cached_property
    def _rows(self) -> ir.Table:
        rows = compare_runs(self._tables(0), self._tables(1), self.source_date)
        if self.manifests[1]["query"]["works"]["harvest"] == "joint":
            return rows.filter(rows.number.isin(NUMBERS_OF_JOINT_HARVEST))
        return rows

    def _tables(self, at: int) -> Tables:
        folder, sides = (self.old, self.new)[at], self.manifests[at]["query"]["sides"]
        tables = open_tables(self._engine, folder, sides)
        if "published" not in tables["work"].columns:
            raise InputError(
                Fault("made by an earlier version of bibnet", str(folder), "run the query again")
            )
        return tables

    @cached_property
    def parts(self) -> list[Part]:
        """Every number (part `all`) and its parts, sorted as CHANGE is."""
        found = [_part(row) for row in self._engine.frame(change_totals(self._rows)).itertuples()]
        split = [part for part in found if part.part != "same"]
        whole = _wholes(found)
        return sorted(split + whole + _shares(whole), key=_order)

    def works(self) -> pd.DataFrame:
        """The works behind the parts: rows of CHANGE_WORK."""
        batches = list(self.work_batches())
        return pa.Table.from_batches(batches, batches[0].schema).to_pandas() if batches else _none()

    def work_batches(self) -> Iterator[pa.RecordBatch]:
        """The works behind the parts, batch by batch, sorted as CHANGE_WORK is."""
        rows = changed_works(self._rows).select(*CHANGE_WORK.column_names)
        return self._engine.batches(rows.order_by(list(CHANGE_WORK.key)))

    def close(self) -> None:
        """Give back memory and temporary files."""
        self._engine.close()
