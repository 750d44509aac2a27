"""Items of JSON documents: a list of works, an API list response, one work object.

A document of up to DOCUMENT_LIMIT bytes is parsed whole; a larger or damaged one
is cut into its items by their brackets, so that one bad item costs one line and
memory holds one item.
"""

import re
from collections.abc import Iterator
from itertools import chain

import msgspec

from bibnet.tables.lines import BLANK, LONGEST_LINE, RAW_KEPT, CutLine, LongLine, split_lines

DOCUMENT_LIMIT = 64 << 20  # bytes parsed whole; memory stays under 200 MB
ITEMS_AT_ONCE = 256
# A string, a bracket, or a comma; the rest of JSON does not matter for where an item ends.
TOKEN = re.compile(rb'"(?:[^"\\]++|\\.)*+"|[\[\]{},]|"', re.DOTALL)
RESULTS = re.compile(rb'"results"\s*:\s*\[')
PAGE_START = 64  # bytes that tell a page
PAGE_LIST = re.compile(rb"\[\s*\{")
PAGE_RESPONSE = re.compile(rb'\{\s*"meta"\s*:')
RESULTS_WITHIN = 64 << 10  # bytes; `meta`, the only key before it, is a few hundred
DEPTH = {b"{": 1, b"[": 1, b"}": -1, b"]": -1}


class ApiList(msgspec.Struct):
    """An API list response; group_by responses have no results."""

    results: list[msgspec.Raw]
    id: msgspec.Raw = msgspec.Raw()  # an object with an id is no response


_LIST = msgspec.json.Decoder(list[msgspec.Raw])
_API_LIST = msgspec.json.Decoder(ApiList)
_ANY = msgspec.json.Decoder(msgspec.Raw)


def is_json(text: bytes) -> bool:
    """Tell whether the bytes are one complete JSON value."""
    try:
        _ANY.decode(text)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return False
    return True


def list_items(text: bytes) -> list[msgspec.Raw] | None:
    """Items of a JSON list, or of the pages in it; None if the text is not a list."""
    try:
        found = _LIST.decode(text)
        return [one for item in found for one in _page_items(item) or (item,)]
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return None


def of_pages(items: Iterator[list[bytes]]) -> Iterator[list[bytes]]:
    """Items, and in the place of a page its items."""
    for group in items:
        yield [bytes(one) for item in group for one in _page_items(item) or (item,)]


def _page_items(item: msgspec.Raw | bytes) -> list[msgspec.Raw] | None:
    """Items of a page: a list of objects, or an API response; None for anything else."""
    start = bytes(memoryview(item)[:PAGE_START])
    if PAGE_LIST.match(start):
        try:
            return _LIST.decode(item)
        except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
            return None
    return api_items(bytes(item)) if PAGE_RESPONSE.match(start) else None


def api_items(text: bytes) -> list[msgspec.Raw] | None:
    """Items of an API list response, None if the text is not one."""
    try:
        page = _API_LIST.decode(text)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return None
    return None if bytes(page.id) else page.results


def in_groups(items: list[msgspec.Raw]) -> Iterator[list[bytes]]:
    """Items as bytes, some at a time."""
    for start in range(0, len(items), ITEMS_AT_ONCE):
        yield [bytes(item) for item in items[start : start + ITEMS_AT_ONCE]]


def take(blocks: Iterator[bytes], limit: int) -> tuple[bytes, bool]:
    """Blocks joined until `limit` bytes are there or the blocks end; tells whether they ended."""
    parts: list[bytes] = []
    size = 0
    for block in blocks:
        parts.append(block)
        size += len(block)
        if size > limit:
            return b"".join(parts), False
    return b"".join(parts), True


def find_results(text: bytes) -> int | None:
    """Place after the bracket that opens `results` at the top level of a response, or None."""
    depth = 0
    for token in TOKEN.finditer(text, 0, RESULTS_WITHIN):
        depth += DEPTH.get(token[0], 0)
        opening = RESULTS.match(text, token.start()) if depth == 1 else None
        if opening:
            return opening.end()
    return None


def scan_list(start: bytes, blocks: Iterator[bytes], *, cut: bool = False) -> Iterator[list[bytes]]:
    """Cut the list that begins in `start` (after its bracket) into items, by brackets alone.

    What is left at the end of a list that never closes is one more item. So is
    an item longer than a line may be, and with it the rest of the list: a quote
    that is missing makes the end of an item unknowable.
    """
    return _Scanner(cut=cut).items(chain([start], blocks))


def scan_list_file(
    start: bytes, blocks: Iterator[bytes], *, cut: bool = False
) -> Iterator[list[bytes]]:
    """Like `scan_list`; lines that follow the list, if any, count as lines."""
    scanner = _Scanner(cut=cut)
    yield from scanner.items(chain([start], blocks))
    if scanner.depth < 0:
        for lines in split_lines(chain([scanner.held], blocks), cut=cut):
            yield [line for line in lines if line.strip(BLANK)]


class _Scanner:
    """Finds the ends of a list's items; holds the item that is not complete yet."""

    def __init__(self, *, cut: bool) -> None:
        self.cut = cut
        self.depth = 0
        self.held = b""
        self.searched = 0  # bytes of `held` whose brackets are counted

    def items(self, blocks: Iterator[bytes]) -> Iterator[list[bytes]]:
        for block in blocks:
            self.held += block
            yield list(self._complete_items())
            if self.depth < 0:
                return
            if len(self.held) > LONGEST_LINE:
                yield [LongLine(self.held[:RAW_KEPT] + b"\0")]
                return
        rest = self.held.strip(BLANK)
        if rest:
            yield [CutLine(rest) if self.cut else rest]

    def _complete_items(self) -> Iterator[bytes]:
        begin = 0
        for token in TOKEN.finditer(self.held, self.searched):
            mark = token[0]
            if mark == b'"':  # a string whose end is not here yet
                break
            self.searched = token.end()
            self.depth += DEPTH.get(mark, 0)
            if self.depth < 0 or (mark == b"," and self.depth == 0):
                item = self.held[begin : token.start()].strip(BLANK)
                begin = token.end()
                if item or self.depth == 0:
                    yield item
            if self.depth < 0:
                break
        self.held = self.held[begin:]
        self.searched -= begin
