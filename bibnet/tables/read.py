"""The reader: every line of every input file becomes a work or a quarantined line."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from bibnet.schema.errors import Fault, InputError
from bibnet.schema.source import INPUT_FILE
from bibnet.storage.disk import OUTPUT_REFUSED
from bibnet.storage.progress import Meter, Status, silent
from bibnet.storage.tables import TableWriter
from bibnet.tables.batches import Batches
from bibnet.tables.columns.batch import Taken, no_cycle_search
from bibnet.tables.corpus import KEYS_PER_FILE
from bibnet.tables.decode.decode import Decoded, LineDecoder
from bibnet.tables.decode.identify import Refusal
from bibnet.tables.files.compression import (
    Codec,
    Condition,
    SoundBlocks,
    examine,
    find_codec,
)
from bibnet.tables.files.deleted import read_deletions
from bibnet.tables.files.salvage import untrusted_blocks
from bibnet.tables.files.snapshot_manifest import read_manifests
from bibnet.tables.files.sources import (
    EXPECTED,
    SourceFile,
    list_sources,
    metered,
    nearby,
    not_used,
)
from bibnet.tables.formats.content import PARQUET_MAGIC, read_content
from bibnet.tables.formats.json_content import Content
from bibnet.tables.formats.parquet_rows import is_readable, open_parquet, rows, unknown_columns
from bibnet.tables.formats.works_format import Item
from bibnet.tables.lines import RAW_KEPT, split_lines
from bibnet.tables.quarantine import Quarantine
from bibnet.tables.reading import FileCount, Reading, works_by_date
from bibnet.tables.rows.output import SourceOutput
from bibnet.tables.rows.works import add_work
from bibnet.tables.waiting import Waiting

CHANGED = "changed_while_read"
UNUSED = "the compressed file is damaged; no line of it is used"


def read_works(
    paths: Sequence[Path],
    folder: Path,
    status: Status = silent,
    left_out: Collection[Path] = (),
) -> Reading:
    """Read every work under `paths` and write the source tables into `folder`.

    Also writes the table of input files and `quarantine.jsonl`. Paths are files or folders of
    OpenAlex works or bibnet records in any format of the contract; without works the tables are
    empty. Memory does not grow with the input. `status` is shown how far it is; files `left_out`
    (resolved paths) are passed over. Raises InputError if a path is missing or cannot be read.
    """
    sources = list_sources(paths, left_out)
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        stack.enter_context(no_cycle_search())
        quarantine = stack.enter_context(Quarantine(folder))
        output = stack.enter_context(SourceOutput(folder))
        batches = stack.enter_context(Batches())
        reader = _Reader(folder, quarantine, output, batches, Meter("lines", status))
        counts = [reader.read(source) for source in metered(sources, reader.meter)]
    lines = [(count.source, count.lines) for count in counts if not count.source.passed_over]
    beside = (read_manifests(sources, lines), read_deletions(sources, folder))
    for seq, digest in {**beside[0].hashes, **beside[1].hashes}.items():
        counts[seq].sha256 = digest
    with TableWriter(folder, INPUT_FILE) as writer:
        if counts:
            writer.write_columns(list(zip(*(count.row() for count in counts), strict=True)))
    issues = (*beside[0].issues, *beside[1].issues, *not_used(sources))
    return replace(_reading(counts, reader), snapshot_issues=issues)


def _reading(counts: Sequence[FileCount], reader: "_Reader") -> Reading:
    lines, works = sum(c.lines for c in counts), sum(c.works for c in counts)
    passed_over = sum(bool(c.source.passed_over) for c in counts)
    events = [f"{c.source.name}: {c.event}" for c in counts if c.event and not c.source.passed_over]
    odd = [c.source for c in counts if c.source.passed_over not in ("", *EXPECTED)]
    rows = reader.output.rows
    return Reading(
        files=len(counts) - passed_over,
        lines=lines,
        works=works,
        quarantined=reader.quarantine.reasons.total(),
        reasons=dict(sorted(reader.quarantine.reasons.items())),
        unknown_fields=dict(sorted(reader.decoder.unknown_fields.items())),
        newest_updated=reader.newest_updated,
        field_issues=reader.output.field_issues,
        strings_outside_affiliations=rows.strings_outside_affiliations,
        institutions_outside_affiliations=rows.institutions_outside_affiliations,
        files_passed_over=passed_over,
        damaged_files=tuple(events),
        works_by_date=works_by_date(counts),
        odd_files=tuple(f"{source.name}: {source.passed_over}" for source in odd),
        first_set_aside=reader.quarantine.first_file,
    )


def _state(path: Path) -> tuple[int, ...]:
    """What changes when a file is written or replaced."""
    found = path.stat()
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


class _Reader:
    """Reads file after file into one output and one quarantine."""

    def __init__(
        self,
        folder: Path,
        quarantine: Quarantine,
        output: SourceOutput,
        batches: Batches,
        meter: Meter,
    ) -> None:
        self.folder = folder
        self.meter = meter
        self.quarantine = quarantine
        self.output = output
        self.batches = batches
        self.decoder = LineDecoder()
        self.newest_updated: datetime | None = None

    def read(self, source: SourceFile) -> FileCount:
        """Read one file; raises InputError if the system refuses to open it."""
        count = FileCount(source, event=source.passed_over)
        if source.passed_over:
            return count
        try:
            with nearby(source, self.folder) as here:
                before = _state(here.path)
                self._read_file(here, count)
                if before != _state(here.path):
                    count.event = CHANGED
        except OSError as error:
            if error.errno in OUTPUT_REFUSED:
                raise
            remedy = "check that it can be opened"
            raise InputError(
                Fault(f"reading stopped: {error.strerror or error}", source.shown, remedy)
            ) from error
        return count

    def _read_file(self, source: SourceFile, count: FileCount) -> None:
        with source.path.open("rb") as file:
            start = file.read(RAW_KEPT)
        codec = find_codec(start)
        if codec and self._read_unexamined(source, count, codec):
            return
        condition = examine(source.path)
        count.sha256, count.event = condition.sha256, condition.event
        if not start:
            count.event, count.format = "empty", "json_lines"
        elif start.startswith(PARQUET_MAGIC):
            self._read_parquet(source, count, start)
        elif condition.untrusted:
            self._set_aside(source, count, condition)
        else:
            self._read_text(source, count, condition)
        if condition.event and not count.lines:  # not even a line of it inflates
            self._take(count, Refusal(condition.event, UNUSED), start, None)

    def _read_unexamined(self, source: SourceFile, count: FileCount, codec: Codec) -> bool:
        """Read JSON that is compressed, in one pass; False where the file has to be examined."""
        read = SoundBlocks(source.path, codec)
        blocks = iter(read)
        content = read_content(blocks)
        if not content.is_json:
            return False
        waiting = Waiting(source.path, partial(self._hand_on, count))
        waiting.add_all(self._batches_of(content, count))
        for _ in blocks:  # what no format asks for is part of the hash
            pass
        if not waiting.end(read):
            return False
        count.format, count.sha256 = content.format, read.sha256
        count.event = CHANGED if waiting.changed(read) else ""
        return True

    def _batches_of(self, content: Content, count: FileCount) -> Iterator[int | Taken]:
        first = count.source.seq * KEYS_PER_FILE + count.lines + 1
        return self.batches.taken(content.items, first, count.source.partition)

    def _hand_on(self, count: FileCount, taken: int | Taken) -> None:
        """Write what a batch holds; a number stands for so many empty lines."""
        if isinstance(taken, Taken):
            self._add(count, taken)
        else:
            self._set_blank_aside(count, taken)

    def _read_text(self, source: SourceFile, count: FileCount, condition: Condition) -> None:
        read = SoundBlocks(source.path, condition.codec)
        blocks = iter(read)
        content = read_content(blocks, cut=condition.truncated)
        count.format = content.format
        for taken in self._batches_of(content, count):
            self._hand_on(count, taken)
        for item in content.records:
            self._take(count, self._decoded(item), item.raw, source.partition)
        if condition.trailing:
            self._take(count, Refusal(condition.event), condition.trailing, None)
        for _ in blocks:  # what no format asks for is part of the hash
            pass
        if read.sha256 != condition.sha256:
            count.sha256, count.event = read.sha256, CHANGED

    def _set_blank_aside(self, count: FileCount, number: int) -> None:
        """Count empty lines that follow one another; a compressed file can hold any number."""
        self.quarantine.add_blank(count.source.name, count.lines + 1, number)
        count.lines += number
        self.meter.add(number)

    def _add(self, count: FileCount, taken: Taken) -> None:
        """Count the lines of a batch, write its works and set the others aside."""
        found = taken.counts
        for line in found.refused:
            refusal = Refusal(line.reason, line.detail)
            self.quarantine.add(count.source.name, count.lines + line.place + 1, refusal, line.raw)
        self.output.append(taken.tables, found.field_issues)
        rows = self.output.rows
        rows.strings_outside_affiliations += found.strings_outside
        rows.institutions_outside_affiliations += found.institutions_outside
        self.decoder.unknown_fields.update(found.unknown_fields)
        self._changed(found.newest_updated)
        count.lines += found.lines
        count.works += found.works
        self.meter.add(found.lines)

    def _changed(self, updated: datetime | None) -> None:
        if updated and (self.newest_updated is None or updated > self.newest_updated):
            self.newest_updated = updated

    def _decoded(self, item: Item) -> Decoded | Refusal:
        if isinstance(item.fields, Refusal):
            return item.fields
        return self.decoder.from_object(dict(item.fields), strict=False)

    def _take(
        self, count: FileCount, decoded: Decoded | Refusal, raw: Any, partition: datetime | None
    ) -> None:
        """Count a line, and write its work or set it aside."""
        count.lines += 1
        self.meter.add()
        if isinstance(decoded, Refusal):
            self.quarantine.add(count.source.name, count.lines, decoded, raw)
            return
        key = count.source.seq * KEYS_PER_FILE + count.lines
        self._changed(add_work(self.output.rows, key, decoded, partition))
        count.works += 1
        self.output.added(len(raw))

    def _set_aside(self, source: SourceFile, count: FileCount, condition: Condition) -> None:
        """Count and set aside the lines of a file whose bytes cannot be trusted."""
        assert condition.codec is not None  # noqa: S101 - only a codec finds a file untrusted
        count.format = "json_lines"
        refusal = Refusal(condition.event, UNUSED)
        for lines in split_lines(untrusted_blocks(source.path, condition.codec)):
            for line in lines:
                self._take(count, refusal, line, None)

    def _read_parquet(self, source: SourceFile, count: FileCount, start: bytes) -> None:
        count.format = "parquet"
        file = open_parquet(source.path)
        if file is None:
            count.event = "parquet_unreadable"
            self._take(count, Refusal(count.event), start, None)
        elif is_readable(file):
            self._read_rows(source, count, file)
        else:
            count.event = "parquet_untrusted"
            for _ in range(file.metadata.num_rows):
                self._take(count, Refusal(count.event), b"", None)

    def _read_rows(self, source: SourceFile, count: FileCount, file: pq.ParquetFile) -> None:
        for name in unknown_columns(file):
            self.decoder.unknown_fields[name] += file.metadata.num_rows
        for row, decoded in self._decoded_rows(file):
            self._take(count, decoded, row, source.partition)

    def _decoded_rows(self, file: pq.ParquetFile) -> Iterator[tuple[Any, Decoded | Refusal]]:
        for row in rows(file):
            if row is None:
                yield b"", Refusal("invalid_utf8")
            else:
                yield row, self.decoder.from_object(row)
