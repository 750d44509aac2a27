"""OpenAlex's own JSON and bibnet records, told apart by content and cut into lines or items.

- json_lines: one object a line (the default: whatever is nothing else);
- json_list: a JSON list of objects or of pages of them, whole or one list a line;
- api_list: an API list response (`results`), whole or one response a line;
- json_object: one object over several lines;
- parquet: see `parquet_rows`.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

import msgspec

from bibnet.tables.formats.documents import (
    DOCUMENT_LIMIT,
    api_items,
    find_results,
    in_groups,
    is_json,
    list_items,
    of_pages,
    scan_list,
    scan_list_file,
    take,
)
from bibnet.tables.formats.works_format import Item
from bibnet.tables.lines import BLANK, BOM, LONGEST_LINE, split_lines

Items = Iterator[list[bytes]]


@dataclass(frozen=True)
class Content:
    """A file's format and its JSON lines or items, list by list; of other formats the records."""

    format: str
    items: Items
    records: Iterable[Item] = ()

    @property
    def is_json(self) -> bool:
        """Whether it holds JSON lines or items, and no records."""
        return self.records == ()


def json_content(
    head: bytes, blocks: Iterator[bytes], *, alone: bool = False, cut: bool = False
) -> Content:
    """Recognise what the blocks hold; `head` is what they begin with (`first_lines`).

    `alone` says that the head is all, `cut` that the file ended before its end.
    """
    first, _, rest = head.removeprefix(BOM).lstrip(BLANK).partition(b"\n")
    if first.startswith((b"{", b"[")):
        if is_json(first):
            content = _documents_by_line(first, blocks, alone=alone and not rest.strip(BLANK))
        else:
            content = _whole_document(first, rest, blocks, cut=cut)
        if content:
            return content
    return Content("json_lines", split_lines(blocks, cut=cut))


def json_items(blocks: Iterator[bytes]) -> Items:
    """Lines or items of JSON, whatever its form."""
    head, ended = first_lines(blocks)
    yield from json_content(head, chain([head], blocks), alone=ended).items


def first_lines(blocks: Iterator[bytes]) -> tuple[bytes, bool]:
    """Blocks until the first line and the start of the next show, and whether they are all.

    Blank lines are passed over.
    """
    head = b""
    for block in blocks:
        head += block
        _, _, rest = head.removeprefix(BOM).lstrip(BLANK).partition(b"\n")
        if rest.strip(BLANK) or len(head) > LONGEST_LINE:
            return head, False
    return head, True


def _documents_by_line(first: bytes, blocks: Iterator[bytes], *, alone: bool) -> Content | None:
    """One list or response a line, told by the first; None for a line that is an object."""
    items = list_items(first)
    if items is not None and (alone or any(bytes(item).startswith(b"{") for item in items)):
        return Content("json_list", _items_by_line(blocks, list_items))
    if api_items(first) is not None:
        return Content("api_list", _items_by_line(blocks, api_items))
    return None


def _items_by_line(
    blocks: Iterator[bytes], items_of: Callable[[bytes], list[msgspec.Raw] | None]
) -> Items:
    """Items of the documents; a line that is no document stands for itself, blank ones do not."""
    for lines in split_lines(blocks):
        for line in lines:
            items = items_of(line.removeprefix(BOM))
            if items is not None:
                yield from in_groups(items)
            elif line.strip(BLANK):
                yield [line]


def _whole_document(
    first: bytes, rest: bytes, blocks: Iterator[bytes], *, cut: bool
) -> Content | None:
    """Read a document over several lines; None if the first is but a damaged line of many."""
    if first.startswith(b"{") and rest.lstrip(BLANK).startswith(b"{"):
        return None
    if first.startswith(b"[") and not (first[1:].strip(BLANK) or b"{").startswith((b"{", b"]")):
        return None
    text, ended = take(blocks, DOCUMENT_LIMIT)
    content = _parsed_document(text.removeprefix(BOM)) if ended else None
    return content or _scanned_document(text.removeprefix(BOM), blocks, cut=cut)


def _parsed_document(text: bytes) -> Content | None:
    for name, items_of in (("json_list", list_items), ("api_list", api_items)):
        items = items_of(text)
        if items is not None:
            return Content(name, in_groups(items))
    return Content("json_object", iter([[text]])) if is_json(text) else None


def _scanned_document(text: bytes, blocks: Iterator[bytes], *, cut: bool) -> Content:
    """Cut a large or damaged document by its brackets; where there is no list, into lines."""
    start = text.lstrip(BLANK)
    if start.startswith(b"["):
        return Content("json_list", of_pages(scan_list_file(start[1:], blocks, cut=cut)))
    results = find_results(text)
    if results is not None:
        return Content("api_list", scan_list(text[results:], blocks, cut=cut))
    return Content("json_lines", split_lines(chain([text], blocks), cut=cut))
