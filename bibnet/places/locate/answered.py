"""Strings to the rows of a declared table: those of earlier runs as kept, the others read now."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path

import ibis
import ibis.expr.types as ir

from bibnet.places.locate.kept import keep, take_kept
from bibnet.schema import Table
from bibnet.storage.arrow import arrow_schema
from bibnet.storage.engine.base import Answer
from bibnet.storage.progress import counted
from bibnet.storage.tables import TableWriter, write_table
from bibnet.storage.unfinished import READ_FOLDER, UnfinishedRun

EARLIER, FRESH, KEEP = "earlier", "fresh", "keep"


@dataclass(frozen=True)
class Answering:
    """How strings are answered: `answer` gives rows of `table`, which has a column `text`.

    `kept` is the folder of what earlier runs answered, None to read all and keep nothing.
    """

    table: Table
    answer: Answer
    kept: Path | None

    def write(self, run: UnfinishedRun, strings: ir.Table, folder: str) -> None:
        """Write the rows of all distinct `strings` as the table, the same whatever was kept."""
        earlier = self._earlier(run)
        if earlier is None:
            self._read(run, strings, run.folder / folder)
            run.read(folder, self.table)
            self._keep(run, strings, run.tables[self.table.name])
            return
        fresh = self._scratch(run, FRESH)
        asked = strings.anti_join(earlier, "text")
        number = self._read(run, asked, fresh)
        rows = run.engine.read(fresh, self.table)
        if number:
            self._keep(run, asked, rows)
        own = earlier.semi_join(strings, "text").select(*self.table.column_names)
        last = own[self.table.key[-1]]
        run.write(ibis.union(own.filter(last.notnull()), rows), self.table, folder)

    def _earlier(self, run: UnfinishedRun) -> ir.Table | None:
        """Rows of earlier runs; a string without any has one with nothing but its text."""
        into = run.folder / READ_FOLDER / EARLIER
        folders = take_kept(self.kept, self.table, into) if self.kept else ()
        parts = [run.engine.read(folder, self.table) for folder in folders]
        if not parts:
            return None
        return parts[0] if len(parts) == 1 else ibis.union(*parts, distinct=True)

    def _read(self, run: UnfinishedRun, strings: ir.Table, folder: Path) -> int:
        """Read strings and write their rows; returns how many strings there are."""
        number = run.number_of(strings)
        if not number:  # nor is a reader made ready for none
            write_table(folder, self.table, arrow_schema(self.table).empty_table())
            return 0
        watch = partial(counted, noun="strings", status=run.status, whole=number)
        with TableWriter(folder, self.table) as writer:
            for rows in run.engine.answers(strings, self.answer, self.table, watch):
                writer.write(rows)
        return number

    def _keep(self, run: UnfinishedRun, strings: ir.Table, rows: ir.Table) -> None:
        if self.kept:
            source = self._scratch(run, KEEP)
            run.engine.write(strings.left_join(rows, "text"), source, self.table)
            keep(self.kept, self.table, source)

    def _scratch(self, run: UnfinishedRun, name: str) -> Path:
        folder = run.folder / READ_FOLDER / name
        folder.mkdir(exist_ok=True)
        return folder
