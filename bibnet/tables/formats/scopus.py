"""Scopus exports as CSV: an author's affiliations are told apart by the list of all of them."""

import re
from collections.abc import Iterator, Sequence

from bibnet.tables.decode.identify import Refusal
from bibnet.tables.formats.record import Author, item, paid, parts, whole, with_numbers
from bibnet.tables.formats.table_rows import Row, header, rows
from bibnet.tables.formats.works_format import Blocks, Item, WorksFormat

COLUMNS = {"Authors", "Title", "Year", "EID"}
RETRACTED = "retracted"
NOBODY = "[No author name available]"


def _begins(head: bytes) -> bool:
    return set(header(head)) >= COLUMNS


def _items(blocks: Blocks) -> Iterator[Item]:
    for raw, row in rows(blocks):
        yield item(raw, row if isinstance(row, Refusal) else _record(row))


def _record(row: Row) -> dict[str, object]:
    kind = row.get("Document Type", "").lower()
    addresses = parts(row.get("Affiliations"))
    listed = _authors(row, addresses)
    tied = any(author["affiliations"] for author in listed)
    funders = (with_numbers(text, "(") for text in parts(row.get("Funding Details")))
    return {
        "id": row["EID"] or row.get("DOI"),
        "doi": row.get("DOI"),
        "title": row["Title"],
        "year": whole(row["Year"]),
        "type": kind,
        "is_retracted": kind == RETRACTED,
        "venue": row.get("Source title"),
        "authors": listed,
        "affiliations": [] if tied else addresses,
        "keywords": parts(row.get("Author Keywords")) + parts(row.get("Index Keywords")),
        "abstract": row.get("Abstract"),
        "citations": whole(row.get("Cited by") or "0") if "Cited by" in row else None,
        **paid(funders),
    }


def _authors(row: Row, addresses: Sequence[str]) -> list[Author]:
    names = parts(row.get("Author full names")) or parts(row["Authors"])
    if names == [NOBODY]:
        return []
    tied = parts(row.get("Authors with affiliations"))
    if len(names) == 1 and len(tied) > 1:  # exports before 2023 separate names by commas
        names = [""] * len(tied)
    if len(tied) != len(names):
        return [{"name": name, "affiliations": []} for name in names]
    alone = {_key(name) for name in (*names, *parts(row["Authors"]))}
    split = [(entry, []) if _key(entry) in alone else _split(entry, addresses) for entry in tied]
    return [
        {"name": name or before, "affiliations": found}
        for name, (before, found) in zip(names, split, strict=True)
    ]


def _key(name: str) -> str:
    """The letters of a name, without the number of the author in brackets."""
    return re.sub(r"\W", "", name.partition("(")[0]).casefold()


def _split(entry: str, addresses: Sequence[str]) -> tuple[str, list[str]]:
    """Name and affiliations of an author: those of the work's list that the entry holds.

    An entry that holds none of them is a name of one or two parts, and one affiliation.
    """
    places = sorted(
        (entry.find(address), -len(address), address) for address in addresses if address in entry
    )
    found: list[str] = []
    end = 0
    for start, _, address in places:
        if start >= end:
            found.append(address)
            end = start + len(address)
    if found:
        return entry[: entry.find(found[0])].rstrip(" ,"), found
    pieces = entry.split(", ")
    given = 2 if len(pieces) > 1 and pieces[1].rstrip().endswith(".") else 1
    rest = ", ".join(pieces[given:])
    return ", ".join(pieces[:given]), [rest] if rest else []


SCOPUS = WorksFormat("scopus_csv", _begins, _items)
