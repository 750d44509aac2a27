"""`bibnet compare`: two finished runs of one query, number by number, with the works behind.

Runs are compared only where query, sides and counting are the same: otherwise the numbers
mean different things. Other lists, another registry, engine or version are allowed and said;
what they do to places shows in the part `resolved_anew`, because the source's affiliations
are compared beside it.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import ibis.expr.types as ir
import pandas as pd
import pyarrow as pa

from bibnet.runs.audit.units import INSTITUTION, find_unit
from bibnet.runs.compare.as_of_now import AsOfNow, as_of_now
from bibnet.runs.compare.change import (
    Question,
    change_totals,
    changed_numbers,
    changed_works,
    compared_works,
)
from bibnet.runs.compare.comparable import (
    differences,
    events_between_runs,
    needs_own_institutions,
    registry_only,
    source_date,
    taken_on,
    warnings_of,
)
from bibnet.runs.compare.parts import Part, parts_of
from bibnet.runs.compare.unit_changes import changed_units, unit_rows, unit_totals
from bibnet.runs.open import load
from bibnet.runs.tables import open_tables
from bibnet.schema import Table
from bibnet.schema.change import (
    AS_OF_NOW,
    CHANGE,
    CHANGE_UNIT,
    CHANGE_UNIT_WORK,
    CHANGE_WORK,
    NUMBERS,
    NUMBERS_OF_JOINT_HARVEST,
)
from bibnet.schema.errors import Fault, InputError, UsageError
from bibnet.storage.arrow import arrow_schema
from bibnet.storage.engine import Engine, Tables, open_engine
from bibnet.storage.exhibits import write_exhibit
from bibnet.storage.folders import writable
from bibnet.storage.manifest import MANIFEST, read_manifest
from bibnet.storage.recorded import RecordedFiles

COMPARISON_NAME = "comparison.json"


def compare_runs(old: Path, new: Path, institutions: Sequence[str] = ()) -> "Comparison":
    """Compare two finished runs of one query, and of `institutions` (ids or names) each number.

    Raises InputError if a folder is not a run, UsageError naming everything in which the
    queries differ, or the nearest names to that of an institution which neither run has.
    """
    return Comparison(old, new, institutions)


class Comparison:
    """Two finished runs of one query; computed when first asked for."""

    def __init__(self, old: Path, new: Path, institutions: Sequence[str] = ()):
        self.folders = (old, new)
        self.manifests = (read_manifest(old), read_manifest(new))
        with _understood(self.folders):
            self.differences = differences(*self.manifests, self.folders)
            old_date, new_date = map(source_date, self.manifests)
        self.source_dates: tuple[datetime | None, datetime | None] = (old_date, new_date)
        self.taken_on = (taken_on(self.manifests[0]), taken_on(self.manifests[1]))
        self.events = events_between_runs(*self.taken_on)
        self.warnings = warnings_of(self.manifests)
        self._institutions = [_institution(text, self.folders) for text in institutions]
        self._query: Mapping[str, Any] = self.manifests[1]["query"]
        self._scratch = TemporaryDirectory(prefix="bibnet-compare-")
        self._engine: Engine = open_engine(Path(self._scratch.name) / "spill")

    @cached_property
    def _rows(self) -> ir.Table:
        rows = changed_numbers(*self._runs, self._works, self._keep)
        return rows.filter(rows.number.isin(self.numbers))

    @cached_property
    def _works(self) -> ir.Table:
        asked = Question(
            self.source_dates[0],
            tuple(self._query["works"]["ai"]),
            registry_only=registry_only(*self.manifests),
        )
        return compared_works(*self._runs, asked, self._keep)

    @cached_property
    def _unit_rows(self) -> ir.Table:
        rows = changed_units(*self._runs, self._works, self._institutions)
        return self._keep(rows.filter(rows.number.isin(self.numbers)), CHANGE_UNIT_WORK)

    @cached_property
    def _runs(self) -> tuple[Tables, Tables]:
        old, new = (self._tables(folder) for folder in self.folders)
        return old, new

    def _keep(self, expression: ir.Table, table: Table) -> ir.Table:
        return self._engine.write(expression, Path(self._scratch.name), table)

    def _tables(self, folder: Path) -> Tables:
        recorded = RecordedFiles(folder, self.manifests[self.folders.index(folder)])
        return open_tables(self._engine, folder, self._query["sides"], recorded)

    @property
    def numbers(self) -> tuple[str, ...]:
        """Numbers that are shown; those of one-sided works only where they were harvested."""
        joint = self._query["works"]["harvest"] == "joint"
        return NUMBERS_OF_JOINT_HARVEST if joint else tuple(NUMBERS)

    @property
    def sides(self) -> tuple[str, ...]:
        """Sides of the query, in its order."""
        return tuple(self._query["sides"])

    @cached_property
    def parts(self) -> list[Part]:
        """Every number (part `all`), the parts of its change, and the shares."""
        totals = self._engine.frame(change_totals(self._rows))
        return parts_of(totals, self.sides, self.numbers)

    @cached_property
    def units(self) -> list[dict[str, Any]]:
        """Rows of CHANGE_UNIT: numbers of listed bodies, funders and chosen institutions."""
        return unit_rows(self._engine.frame(unit_totals(self._unit_rows)))

    def unit_work_batches(self) -> Iterator[pa.RecordBatch]:
        """The works behind the parts of units, sorted as CHANGE_UNIT_WORK is."""
        rows = changed_works(self._unit_rows)
        return self._engine.batches(rows.order_by(list(CHANGE_UNIT_WORK.key)))

    def works(self) -> pd.DataFrame:
        """The works behind the parts: rows of CHANGE_WORK."""
        schema = arrow_schema(CHANGE_WORK)
        batches = [batch.cast(schema) for batch in self.work_batches()]
        frame: pd.DataFrame = pa.Table.from_batches(batches, schema).to_pandas()
        return frame

    def work_batches(self) -> Iterator[pa.RecordBatch]:
        """The works behind the parts, batch by batch, sorted as CHANGE_WORK is."""
        rows = changed_works(self._rows).select(*CHANGE_WORK.column_names)
        return self._engine.batches(rows.order_by(list(CHANGE_WORK.key)))

    def as_of_now(self, registry: Path | None) -> AsOfNow:
        """Both runs by the source and by their strings, read by the present matcher.

        Raises InputError if the registry is unreadable, UsageError if the query counts by
        institutions: strings alone name them by ids of the registry.
        """
        if needs_own_institutions(self._query):
            what, remedy = "the query counts by institutions", "compare without --as-of-now"
            raise UsageError(Fault(what, f"{self.folders[1]}, --as-of-now", remedy))
        with TemporaryDirectory(dir=self._scratch.name) as scratch:
            found = as_of_now(self._engine, Path(scratch), self._runs, registry)
        return replace(found, readings=tuple(r for r in found.readings if r.number in self.numbers))

    def record(self) -> dict[str, Any]:
        """The comparison without its works, as JSON has it."""
        old_date, new_date = (date and date.isoformat() for date in self.source_dates)
        return {
            "old": self.manifests[0]["run"],
            "new": self.manifests[1]["run"],
            "old_source_date": old_date,
            "new_source_date": new_date,
            "source_events": self.events,
            "warnings": self.warnings,
            "differences": self.differences,
            "changes": [part.row() for part in self.parts],
            "units": self.units,
        }

    def close(self) -> None:
        """Give back memory and temporary files."""
        self._engine.close()
        self._scratch.cleanup()


@contextmanager
def _understood(folders: tuple[Path, Path]) -> Iterator[None]:
    """A manifest that lacks what every run writes is the user's input, not an accident."""
    try:
        yield
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        where = " or ".join(str(folder / MANIFEST) for folder in folders)
        what = f"not the manifest of a finished run: {error!r}"
        raise InputError(Fault(what, where, "run the query again")) from error


def _institution(text: str, folders: tuple[Path, Path]) -> str:
    """The id of an institution of the new run, else of the old one."""
    try:
        return find_unit(load(folders[1]), text, (INSTITUTION,)).id
    except UsageError:
        return find_unit(load(folders[0]), text, (INSTITUTION,)).id


def write_comparison(comparison: Comparison, folder: Path, present: AsOfNow | None = None) -> None:
    """Write `comparison.json`, and below `exhibits` the changes and the works behind them.

    `change.csv` and `change_work.csv` hold headline numbers, `change_unit.csv` and
    `change_unit_work.csv` those of listed bodies, funders and chosen institutions; with the
    numbers as of now there is `as_of_now.csv`. Raises UsageError if nothing can be written there.
    """
    writable(folder)
    _write_rows(folder, CHANGE, [part.row() for part in comparison.parts])
    write_exhibit(folder, CHANGE_WORK, comparison.work_batches())
    _write_rows(folder, CHANGE_UNIT, comparison.units)
    write_exhibit(folder, CHANGE_UNIT_WORK, comparison.unit_work_batches())
    if present:
        _write_rows(folder, AS_OF_NOW, [reading.row() for reading in present.readings])
    record = comparison_record(comparison, present)
    text = json.dumps(record, indent=1, ensure_ascii=False, sort_keys=True)
    (folder / COMPARISON_NAME).write_text(text + "\n", encoding="utf-8")


def comparison_record(comparison: Comparison, present: AsOfNow | None) -> dict[str, Any]:
    """The comparison without its works, and the numbers as of now if there are any, for JSON."""
    return comparison.record() | ({"as_of_now": present.record()} if present else {})


def _write_rows(folder: Path, table: Table, rows: list[dict[str, Any]]) -> None:
    write_exhibit(folder, table, [pa.RecordBatch.from_pylist(rows, arrow_schema(table))])
