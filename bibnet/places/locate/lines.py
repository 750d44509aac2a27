"""Affiliation strings -> organisations and places, one JSON line a string, in the order given.

Strings are read and answered in portions, so that memory does not grow with the input; equal
strings of a portion are answered once.
"""

import json
import re
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from bibnet.places.locate.answers import BATCH, Locator
from bibnet.places.locate.located import Located
from bibnet.places.locate.workers import Workers
from bibnet.places.registry.cache import open_registry
from bibnet.schema.errors import Fault, InputError
from bibnet.storage.opened import open_binary

PORTION = 10 * BATCH  # lines answered together: about 10 MB of text
STANDARD_INPUT = "-"
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
ORGANISATION_KEYS = (
    ("ror", "ror"),
    ("name", "institution"),
    ("country", "country"),
    ("province", "province"),
    ("city", "city"),
    ("lat", "lat"),
    ("lon", "lon"),
    ("score", "score"),
    ("rule", "rule"),
    ("matched_text", "matched_text"),
)
PLACE_KEYS = ("country", "province", "city", "lat", "lon", "rule", "matched_text")
# Signs that move the cursor or turn the line of a terminal; JSON reads their escapes the same.
_UNSEEN = re.compile("[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")


@dataclass
class Lines:
    """Lines of a file (plain or gzip) as text; `mended` counts those whose bytes are not UTF-8."""

    path: str
    mended: int = 0
    number: int = field(default=0)

    def __iter__(self) -> Iterator[str]:
        """Every line without its end, blank ones too.

        Raises InputError if the file cannot be read, or breaks off while it is read.
        """
        try:
            with _opened(self.path) as stream:
                for raw in stream:
                    self.number += 1
                    yield self._text(raw.removesuffix(b"\n").removesuffix(b"\r"))
        except (OSError, EOFError, zlib.error) as error:
            if isinstance(error, BrokenPipeError):
                raise
            where = f"{self.path}: after line {self.number}" if self.number else self.path
            remedy = "give a text file, plain or gzip, one affiliation string a line"
            reason = getattr(error, "strerror", None) or error
            raise InputError(Fault(f"cannot read the strings: {reason}", where, remedy)) from error

    def _text(self, raw: bytes) -> str:
        if self.number == 1:
            raw = raw.removeprefix(BYTE_ORDER_MARK)
        try:
            return raw.decode("utf-8")
        except UnicodeDecodeError:
            self.mended += 1
            return raw.decode("utf-8", "replace")


def _opened(path: str) -> BinaryIO:
    if path == STANDARD_INPUT:
        return sys.stdin.buffer
    return open_binary(Path(path))


def located_lines(
    texts: Iterable[str], registry: Path | None, say: Callable[[str], None], jobs: int = 1
) -> Iterator[str]:
    """One JSON object a string, in the order of the strings.

    Keys: text (unchanged), organisations (best first), and country, province, city, lat, lon,
    rule, matched_text of the best answer, null where nothing is known; then places, the same of
    every address in which no organisation is found, empty if there is none. Raises InputError if
    the registry cannot be read.
    """
    opened = open_registry(registry, say) if registry else None
    if opened is None:
        say("no --registry: strings are read for places only, no organisation is looked up")
    locator = Locator(opened.index if opened else None)
    remaining = iter(texts)
    with Workers(locator, opened.folder if opened else None, jobs) as workers:
        while portion := list(islice(remaining, PORTION)):
            answers = _answers(portion, workers)
            yield from (_line(text, answers.get(text, [])) for text in portion)


def _answers(portion: list[str], workers: Workers) -> dict[str, list[Located]]:
    distinct = iter(dict.fromkeys(portion))
    found: dict[str, list[Located]] = {}
    for row in workers.rows(iter(lambda: list(islice(distinct, BATCH)), [])):
        found.setdefault(row.text, []).append(row)
    return found


def _line(text: str, rows: list[Located]) -> str:
    organisations = [
        {key: getattr(row, column) for key, column in ORGANISATION_KEYS}
        for row in rows
        if row.institution
    ]
    best: dict[str, Any] = rows[0]._asdict() if rows else {}
    record: dict[str, Any] = {"text": text, "organisations": organisations}
    record |= {key: best.get(key) for key in PLACE_KEYS}
    places = (row._asdict() for row in rows if not row.institution)
    record["places"] = [{key: place[key] for key in PLACE_KEYS} for place in places]
    shown = json.dumps(record, ensure_ascii=False)
    return _UNSEEN.sub(lambda sign: f"\\u{ord(sign.group()):04x}", shown)
