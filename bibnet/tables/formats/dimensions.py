"""Dimensions exports as CSV: every author with the affiliations in brackets behind the name."""

from collections.abc import Iterator

from bibnet.tables.decode.identify import Refusal
from bibnet.tables.formats.record import Author, authors, item, paid, parts, whole
from bibnet.tables.formats.table_rows import COMMAS, Layout, Row, header, rows
from bibnet.tables.formats.works_format import Blocks, Item, WorksFormat

COLUMNS = {"Publication ID", "Title", "PubYear", "Authors"}
RAW, RESOLVED = "Authors (Raw Affiliation)", "Authors Affiliations"
# A line about the data may stand before the header.
LAYOUTS = (COMMAS, Layout(lines_before=1))


def _begins(head: bytes) -> bool:
    return any(set(header(head, layout)) >= COLUMNS for layout in LAYOUTS)


def _items(blocks: Blocks) -> Iterator[Item]:
    first = next(blocks, b"")
    layout = next(one for one in LAYOUTS if set(header(first, one)) >= COLUMNS)
    for raw, row in rows(_again(first, blocks), layout):
        yield item(raw, row if isinstance(row, Refusal) else _record(row))


def _again(first: bytes, blocks: Blocks) -> Iterator[bytes]:
    yield first
    yield from blocks


def _record(row: Row) -> dict[str, object]:
    return {
        "id": row["Publication ID"] or row.get("DOI"),
        "doi": row.get("DOI"),
        "title": row["Title"],
        "year": whole(row["PubYear"]),
        "type": row.get("Publication Type", "").lower(),
        "venue": row.get("Source title"),
        "authors": _authors(row),
        "keywords": parts(row.get("MeSH terms")),
        "abstract": row.get("Abstract"),
        "citations": whole(row.get("Times cited")),
        **paid((name, ()) for name in parts(row.get("Funder"))),
    }


def _authors(row: Row) -> list[Author]:
    """Authors with their affiliations as printed; one without has the resolved ones."""
    printed, resolved = (
        [_author(entry) for entry in parts(row.get(column))] for column in (RAW, RESOLVED)
    )
    if len(printed) != len(resolved):
        return printed or resolved or authors(parts(row["Authors"]))
    both = zip(printed, resolved, strict=True)
    found = [one if one["affiliations"] else other for one, other in both]
    return found or authors(parts(row["Authors"]))


def _author(entry: str) -> Author:
    name, _, inside = entry.partition("(")
    inside = inside.rstrip().removesuffix(")")
    return {"name": name.strip(), "affiliations": parts(inside)}


DIMENSIONS = WorksFormat("dimensions_csv", _begins, _items)
