"""Works that the source has deleted: `deleted_ids.csv` beside a snapshot's works."""

import csv
import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from bibnet.schema.source import DELETED_WORK
from bibnet.storage.csv_text import csv_rows
from bibnet.storage.tables import TableWriter
from bibnet.tables.files.compression import SoundBlocks, examine
from bibnet.tables.files.sources import NOT_BY_NAME, Beside, SourceFile, nearby
from bibnet.tables.identifiers import instant, openalex_id
from bibnet.tables.lines import split_lines

NAME = re.compile(r"deleted_ids\.csv(\.gz)?")
COLUMNS = ["work_id", "deleted_date"]
ROWS_AT_ONCE = 50_000


def read_deletions(sources: Sequence[SourceFile], folder: Path) -> Beside:
    """Write the table of deleted works (DELETED_WORK) from the lists among the sources.

    A list that cannot be read, or a line of it, is an issue; the works then stay.
    """
    found = Beside()
    with TableWriter(folder, DELETED_WORK) as writer:
        for source in sources:
            if source.passed_over == NOT_BY_NAME and NAME.fullmatch(source.path.name):
                _read(source, folder, writer, found)
    return found


def _read(source: SourceFile, scratch: Path, writer: TableWriter, found: Beside) -> None:
    try:
        with nearby(source, scratch) as here:
            condition = examine(here.path)
            found.hashes[source.seq] = condition.sha256
            if condition.event:
                found.issues.append(f"{source.name}: {condition.event}")
            if not condition.untrusted:
                blocks = iter(SoundBlocks(here.path, condition.codec))
                _write(source, _text(blocks), writer, found)
    except OSError as error:
        found.issues.append(f"{source.name}: cannot be read ({error})")


def _text(blocks: Iterator[bytes]) -> Iterator[str]:
    for lines in split_lines(blocks):
        for line in lines:
            yield line.decode("utf-8-sig", "replace")


def _write(source: SourceFile, lines: Iterator[str], writer: TableWriter, found: Beside) -> None:
    reader = csv_rows(lines, strict=False)
    refused = 0
    try:
        if [name.strip() for name in next(reader, [])][:2] != COLUMNS:
            found.issues.append(f"{source.name}: does not begin with {','.join(COLUMNS)}; not used")
            return
        rows: list[tuple[str, datetime | None]] = []
        for cells in reader:
            work_id = openalex_id(cells[0].strip(), "W") if cells else None
            refused += work_id is None
            if work_id:
                rows.append((work_id, instant(cells[1]) if len(cells) > 1 else None))
            if len(rows) >= ROWS_AT_ONCE:
                writer.write_columns(list(zip(*rows, strict=True)))
                rows = []
        if rows:
            writer.write_columns(list(zip(*rows, strict=True)))
    except csv.Error as error:
        found.issues.append(f"{source.name}: {error}; what follows is not used")
    if refused:
        found.issues.append(f"{source.name}: {refused} lines without the id of a work")
