"""The reader: every line of every input file becomes a work or a quarantined line."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from bibnet.schema.errors import Fault, InputError
from bibnet.schema.source import INPUT_FILE
from bibnet.storage.disk import OUTPUT_REFUSED
from bibnet.storage.progress import Meter, Status, silent
from bibnet.storage.tables import TableWriter
from bibnet.tables.batches import Batches, grouped
from bibnet.tables.columns.batch import Batch, no_cycle_search
from bibnet.tables.corpus import KEYS_PER_FILE
from bibnet.tables.decode.decode import Decoded
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
from bibnet.tables.intake import Intake
from bibnet.tables.lines import RAW_KEPT, split_lines
from bibnet.tables.quarantine import Quarantine
from bibnet.tables.reading import FileCount, Reading, works_by_date
from bibnet.tables.rows.output import SourceOutput
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
        intake = Intake(quarantine, output, Meter("lines", status))
        reader = _Reader(folder, intake, batches)
        counts = [reader.read(source) for source in metered(sources, intake.meter)]
        batches.settle()
    lines = [(count.source, count.lines) for count in counts if not count.source.passed_over]
    beside = (read_manifests(sources, lines), read_deletions(sources, folder))
    for seq, digest in {**beside[0].hashes, **beside[1].hashes}.items():
        counts[seq].sha256 = digest
    with TableWriter(folder, INPUT_FILE) as writer:
        if counts:
            writer.write_columns(list(zip(*(count.row() for count in counts), strict=True)))
    issues = (*beside[0].issues, *beside[1].issues, *not_used(sources))
    return replace(_reading(counts, intake), snapshot_issues=issues)


def _reading(counts: Sequence[FileCount], intake: Intake) -> Reading:
    lines, works = sum(c.lines for c in counts), sum(c.works for c in counts)
    passed_over = sum(bool(c.source.passed_over) for c in counts)
    events = [f"{c.source.name}: {c.event}" for c in counts if c.event and not c.source.passed_over]
    odd = [c.source for c in counts if c.source.passed_over not in ("", *EXPECTED)]
    rows = intake.output.rows
    return Reading(
        files=len(counts) - passed_over,
        lines=lines,
        works=works,
        quarantined=intake.quarantine.reasons.total(),
        reasons=dict(sorted(intake.quarantine.reasons.items())),
        unknown_fields=dict(sorted(intake.decoder.unknown_fields.items())),
        newest_updated=intake.newest_updated,
        field_issues=intake.output.field_issues,
        strings_outside_affiliations=rows.strings_outside_affiliations,
        institutions_outside_affiliations=rows.institutions_outside_affiliations,
        files_passed_over=passed_over,
        damaged_files=tuple(events),
        works_by_date=works_by_date(counts),
        odd_files=tuple(f"{source.name}: {source.passed_over}" for source in odd),
        first_set_aside=intake.quarantine.first_file,
    )


def _state(path: Path) -> tuple[int, ...]:
    """What changes when a file is written or replaced."""
    found = path.stat()
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


@contextmanager
def _refusals(source: SourceFile) -> Iterator[None]:
    """InputError where the system refuses to open or read the file; not where it is the output."""
    try:
        yield
    except OSError as error:
        if error.errno in OUTPUT_REFUSED:
            raise
        remedy = "check that it can be opened"
        raise InputError(
            Fault(f"reading stopped: {error.strerror or error}", source.shown, remedy)
        ) from error


def _note_change(source: SourceFile, count: FileCount, before: tuple[int, ...]) -> None:
    if before != _state(source.path):
        count.event = CHANGED


def _batches(content: Content, count: FileCount) -> Iterator[Batch | int]:
    """The lines of a file in batches, behind those counted already."""
    first = count.source.seq * KEYS_PER_FILE + count.lines + 1
    return grouped(content.items, first, count.source.partition)


class _Reader:
    """Reads file after file into one intake."""

    def __init__(self, folder: Path, intake: Intake, batches: Batches) -> None:
        self.folder = folder
        self.intake = intake
        self.batches = batches

    def read(self, source: SourceFile) -> FileCount:
        """Read one file, the last lines of it perhaps with the next one or when all is settled.

        Raises InputError if the system refuses to open it.
        """
        count = FileCount(source, event=source.passed_over)
        if source.passed_over:
            return count
        with _refusals(source), nearby(source, self.folder) as here:
            self._read_file(here, count, _state(here.path))
            if here is not source:
                self.batches.settle()  # the copy is deleted
        return count

    def _read_file(self, source: SourceFile, count: FileCount, before: tuple[int, ...]) -> None:
        with source.path.open("rb") as file:
            codec = find_codec(file.read(RAW_KEPT))
        if codec and self._read_unexamined(source, count, codec, before):
            return
        self.batches.settle()
        self._read_examined(source, count, self.batches)
        _note_change(source, count, before)

    def _read_unexamined(
        self, source: SourceFile, count: FileCount, codec: Codec, before: tuple[int, ...]
    ) -> bool:
        """Read JSON that is compressed, in one pass; False if it is something else."""
        read = SoundBlocks(source.path, codec)
        blocks = iter(read)
        content = read_content(blocks)
        if not content.is_json:
            return False
        waiting = Waiting(source.path, partial(self.intake.add, count))
        refusals = _refusals(source)  # what is delivered later is of this file, too
        self.batches.ask(_batches(content, count), refusals(waiting.add))
        for _ in blocks:  # what no format asks for is part of the hash
            pass
        count.format = content.format
        end = partial(self._end, source, count, waiting, read)
        self.batches.then(refusals(partial(end, before)))
        return True

    def _end(
        self,
        source: SourceFile,
        count: FileCount,
        waiting: Waiting,
        read: SoundBlocks,
        before: tuple[int, ...],
    ) -> None:
        """End a file that was read unexamined; one that is not sound is read anew."""
        if waiting.end(read):
            count.sha256 = read.sha256
            count.event = CHANGED if waiting.changed(read) else ""
        else:
            # Where batches of the next file are under way nothing can be asked before them.
            batches = self.batches if self.batches.is_settled else Batches(most=0)
            self._read_examined(source, count, batches)
        _note_change(source, count, before)

    def _read_examined(self, source: SourceFile, count: FileCount, batches: Batches) -> None:
        with source.path.open("rb") as file:
            start = file.read(RAW_KEPT)
        condition = examine(source.path)
        count.sha256, count.event = condition.sha256, condition.event
        if not start:
            count.event, count.format = "empty", "json_lines"
        elif start.startswith(PARQUET_MAGIC):
            self._read_parquet(source, count, start)
        elif condition.untrusted:
            self._set_aside(source, count, condition)
        else:
            self._read_text(source, count, condition, batches)
        if condition.event and not count.lines:  # not even a line of it inflates
            self.intake.take(count, Refusal(condition.event, UNUSED), start, None)

    def _read_text(
        self, source: SourceFile, count: FileCount, condition: Condition, batches: Batches
    ) -> None:
        read = SoundBlocks(source.path, condition.codec)
        blocks = iter(read)
        content = read_content(blocks, cut=condition.truncated)
        count.format = content.format
        batches.ask(_batches(content, count), partial(self.intake.add, count))
        batches.settle()
        for item in content.records:
            self.intake.take(count, self.intake.decoded(item), item.raw, source.partition)
        if condition.trailing:
            self.intake.take(count, Refusal(condition.event), condition.trailing, None)
        for _ in blocks:  # what no format asks for is part of the hash
            pass
        if read.sha256 != condition.sha256:
            count.sha256, count.event = read.sha256, CHANGED

    def _set_aside(self, source: SourceFile, count: FileCount, condition: Condition) -> None:
        """Count and set aside the lines of a file whose bytes cannot be trusted."""
        assert condition.codec is not None  # noqa: S101 - only a codec finds a file untrusted
        count.format = "json_lines"
        refusal = Refusal(condition.event, UNUSED)
        for lines in split_lines(untrusted_blocks(source.path, condition.codec)):
            for line in lines:
                self.intake.take(count, refusal, line, None)

    def _read_parquet(self, source: SourceFile, count: FileCount, start: bytes) -> None:
        count.format = "parquet"
        file = open_parquet(source.path)
        if file is None:
            count.event = "parquet_unreadable"
            self.intake.take(count, Refusal(count.event), start, None)
        elif is_readable(file):
            self._read_rows(source, count, file)
        else:
            count.event = "parquet_untrusted"
            for _ in range(file.metadata.num_rows):
                self.intake.take(count, Refusal(count.event), b"", None)

    def _read_rows(self, source: SourceFile, count: FileCount, file: pq.ParquetFile) -> None:
        for name in unknown_columns(file):
            self.intake.decoder.unknown_fields[name] += file.metadata.num_rows
        for row, decoded in self._decoded_rows(file):
            self.intake.take(count, decoded, row, source.partition)

    def _decoded_rows(self, file: pq.ParquetFile) -> Iterator[tuple[Any, Decoded | Refusal]]:
        for row in rows(file):
            if row is None:
                yield b"", Refusal("invalid_utf8")
            else:
                yield row, self.intake.decoder.from_object(row)
