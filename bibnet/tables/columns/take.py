"""A batch of lines to the rows of all source tables: the same wherever it is done.

Works that the source writes as usual become columns; the others, and all other lines, are read one
by one.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from operator import itemgetter

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from msgspec import UNSET

from bibnet.schema.source import SOURCE_TABLES
from bibnet.tables.columns.batch import Batch, Counts, Refused, Taken
from bibnet.tables.columns.sheets import Sheets, Some
from bibnet.tables.columns.tables import finish, gather
from bibnet.tables.decode.decode import Decoded, LineDecoder, identified
from bibnet.tables.decode.identify import Refusal
from bibnet.tables.decode.objects import WorkObject
from bibnet.tables.lines import RAW_KEPT
from bibnet.tables.rows.pieces import Pieces
from bibnet.tables.rows.works import add_work

LINES_AT_ONCE = 128  # more work objects at once leave the processor's cache


def take(batch: Batch) -> Taken:
    """Decode every line of a batch and make its rows."""
    decoder, sheets, rest = LineDecoder(), Sheets(batch.partition), _Rest(batch)
    left: dict[int, WorkObject | None] = {}
    for start in range(0, len(batch.lines), LINES_AT_ONCE):
        read = decoder.fast(batch.lines[start : start + LINES_AT_ONCE])
        left |= _gathered(sheets, read, start)
    columns = finish(sheets, batch.first)
    left |= {number: decoder.fast([batch.lines[number]])[0] for number in sheets.odd}
    for place, work in sorted(left.items(), key=itemgetter(0)):
        rest.add(place, identified(work) if work else decoder.slow(batch.lines[place]))
    tables = _together(columns.tables, rest.pieces.tables())
    works, issues, rows = tables.get("work"), tables.get("field_issue"), rest.pieces.rows
    counts = Counts(
        lines=len(batch.lines),
        works=works.num_rows if works else 0,
        refused=rest.refused,
        unknown_fields=dict(decoder.unknown_fields),
        newest_updated=_newest(works) if works else None,
        field_issues=issues.num_rows if issues else 0,
        strings_outside=columns.strings_outside + rows.strings_outside_affiliations,
        institutions_outside=columns.institutions_outside + rows.institutions_outside_affiliations,
    )
    return Taken(tables, counts)


def _gathered(
    sheets: Sheets, read: Sequence[WorkObject | None], start: int
) -> dict[int, WorkObject | None]:
    """Gather the works that are as usual; the other lines by their place."""
    usual = [work for work in read if work is not None and _is_usual(work)]
    if len(usual) == len(read):
        gather(sheets, Some(usual, range(start, start + len(read))))
        return {}
    verdicts = [work is not None and _is_usual(work) for work in read]
    numbers = [start + place for place, good in enumerate(verdicts) if good]
    gather(sheets, Some(usual, numbers))
    return {start + place: work for place, work in enumerate(read) if not verdicts[place]}


def _is_usual(work: WorkObject) -> bool:
    """Whether the id is text, and nothing is there that only records of ours have."""
    own = work.affiliations or work.country_labels or work.work_institutions
    return type(work.id) is str and work.authors is UNSET and not own


class _Rest:
    """Lines that are read one by one."""

    def __init__(self, batch: Batch) -> None:
        self._batch = batch
        self.pieces = Pieces()
        self.refused: list[Refused] = []

    def add(self, place: int, decoded: Decoded | Refusal) -> None:
        """Add the rows of a line, or why it has none."""
        line = self._batch.lines[place]
        if isinstance(decoded, Refusal):
            shown = line[:RAW_KEPT]
            self.refused.append(Refused(place, decoded.reason, decoded.detail, shown))
            return
        add_work(self.pieces.rows, self._batch.first + place, decoded, self._batch.partition)
        self.pieces.added(len(line))


def _together(*found: Mapping[str, pa.Table]) -> dict[str, pa.Table]:
    """Rows of all tables in order of the work."""
    pieces = {
        table.name: [one[table.name] for one in found if table.name in one]
        for table in SOURCE_TABLES
    }
    return {
        name: some[0] if len(some) == 1 else _in_order(pa.concat_tables(some))
        for name, some in pieces.items()
        if some
    }


def _in_order(table: pa.Table) -> pa.Table:
    return table.take(pa.array(np.argsort(table[0].to_numpy(), kind="stable")))


def _newest(works: pa.Table) -> datetime | None:
    moment: datetime | None = pc.max(works["updated"]).as_py()
    return moment.astimezone(UTC) if moment else None
