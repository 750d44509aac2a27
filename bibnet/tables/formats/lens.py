"""Lens exports as CSV: no affiliations at all, so nobody can be placed."""

from collections.abc import Iterator

from bibnet.tables.decode.identify import Refusal
from bibnet.tables.formats.record import authors, item, paid, parts, whole
from bibnet.tables.formats.table_rows import Row, header, rows
from bibnet.tables.formats.works_format import Blocks, Item, WorksFormat

COLUMNS = {"Lens ID", "Title", "Publication Year", "Author/s"}


def _begins(head: bytes) -> bool:
    return set(header(head)) >= COLUMNS


def _items(blocks: Blocks) -> Iterator[Item]:
    for raw, row in rows(blocks):
        yield item(raw, row if isinstance(row, Refusal) else _record(row))


def _record(row: Row) -> dict[str, object]:
    return {
        "id": row["Lens ID"] or row.get("DOI"),
        "doi": row.get("DOI"),
        "title": row["Title"],
        "year": whole(row["Publication Year"]),
        "type": row.get("Publication Type", "").lower(),
        "venue": row.get("Source Title"),
        "authors": authors(parts(row["Author/s"])),
        "keywords": parts(row.get("Keywords")) + parts(row.get("Fields of Study")),
        "abstract": row.get("Abstract"),
        "citations": whole(row.get("Citing Works Count")),
        **paid((name, ()) for name in parts(row.get("Funding"))),
    }


LENS = WorksFormat("lens_csv", _begins, _items)
