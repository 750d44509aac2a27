"""Lines of all files as they come: counted, their works written, the others set aside."""

from datetime import datetime
from typing import Any

from bibnet.storage.progress import Meter
from bibnet.tables.columns.batch import Taken
from bibnet.tables.corpus import KEYS_PER_FILE
from bibnet.tables.decode.decode import Decoded, LineDecoder
from bibnet.tables.decode.identify import Refusal
from bibnet.tables.formats.works_format import Item
from bibnet.tables.quarantine import Quarantine
from bibnet.tables.reading import FileCount
from bibnet.tables.rows.output import SourceOutput
from bibnet.tables.rows.works import add_work


class Intake:
    """Takes in line after line of one file after the other, into one output and one quarantine."""

    def __init__(self, quarantine: Quarantine, output: SourceOutput, meter: Meter) -> None:
        self.quarantine = quarantine
        self.output = output
        self.meter = meter
        self.decoder = LineDecoder()
        self.newest_updated: datetime | None = None

    def add(self, count: FileCount, taken: int | Taken) -> None:
        """Take in what a batch holds; a number stands for so many empty lines."""
        if isinstance(taken, Taken):
            self._add(count, taken)
        else:
            self._set_blank_aside(count, taken)

    def take(
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

    def decoded(self, item: Item) -> Decoded | Refusal:
        """A record of another format than JSON, read as a work."""
        if isinstance(item.fields, Refusal):
            return item.fields
        return self.decoder.from_object(dict(item.fields), strict=False)

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
