"""Lines to work objects: a fast path for what fits the declaration, a slow path that explains.

The slow path asks in this order: blank, too long, not UTF-8, malformed or too
deep, not an object, id missing or not of a work, authors not a list. Only such
structural damage refuses a line; a bad field is mended or emptied and noted.
"""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import msgspec

from bibnet.tables.decode.coerce import Issue, coerce
from bibnet.tables.decode.fields import StrictWorkObject, count_unknown
from bibnet.tables.decode.identify import BLANK_LINE, Identity, Refusal, identify
from bibnet.tables.decode.objects import WorkObject
from bibnet.tables.lines import BLANK, BOM, CutLine, LongLine

AUTHOR_LISTS = ("authorships", "authors")
REFUSED = (msgspec.MsgspecError, ValueError, RecursionError)  # bad UTF-8 is a ValueError


class Decoded(NamedTuple):
    """A line that holds a work: its identity, its fields and the issues of the slow path."""

    identity: Identity
    work: WorkObject
    issues: Sequence[Issue] = ()


@dataclass
class LineDecoder:
    """Decodes lines and counts the fields that no one has declared."""

    unknown_fields: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self._decode = msgspec.json.Decoder(StrictWorkObject).decode

    def fast(self, lines: Sequence[bytes]) -> list[WorkObject | None]:
        """Decode line by line; None where the slow path has to look.

        `extend` keeps what came before a failure and the iterator has moved past the
        failing line, so nothing is decoded twice.
        """
        read: list[WorkObject | None] = []
        decoding = map(self._decode, lines)
        while len(read) < len(lines):
            try:
                read.extend(decoding)
            except REFUSED:
                read.append(None)
        for place, line in enumerate(lines):
            if not line.isascii() and not is_utf8(line):  # msgspec skips unread fields unchecked
                read[place] = None
        return read

    def slow(self, line: bytes) -> Decoded | Refusal:
        """Read a line that the fast path refused, or say why it holds no work."""
        refusal = unreadable(line)
        if refusal:
            return refusal
        text = line.removeprefix(BOM)
        try:
            return self.from_object(msgspec.json.decode(text))
        except REFUSED:
            parsed = parse(text, cut=isinstance(line, CutLine))
        return parsed if isinstance(parsed, Refusal) else self.from_object(parsed, strict=False)

    def from_object(self, line: Any, *, strict: bool = True) -> Decoded | Refusal:
        """Read a parsed line, or a row of a Parquet file, field by field if need be.

        `strict` says that its text and numbers are known to be storable.
        """
        if not isinstance(line, dict):
            return Refusal("not_an_object", type(line).__name__)
        lists = {name: line.get(name, msgspec.UNSET) for name in AUTHOR_LISTS}
        identity = identify(line.get("id"), **lists)
        if isinstance(identity, Refusal):
            return identity
        for name, value in lists.items():
            if not isinstance(value, list | None | msgspec.UnsetType):
                return Refusal(f"{name}_not_array", type(value).__name__)
        count_unknown(line, self.unknown_fields)
        return (_typed(line, identity) if strict else None) or _mended(line, identity)


def identified(work: WorkObject) -> Decoded | Refusal:
    """A work that the fast path read with its identity, or why it is none."""
    identity = identify(work.id, authorships=work.authorships, authors=work.authors)
    return Decoded(identity, work) if isinstance(identity, Identity) else identity


def _typed(line: dict[str, Any], identity: Identity) -> Decoded | None:
    try:
        return Decoded(identity, msgspec.convert(line, WorkObject))
    except REFUSED:
        return None


def _mended(line: dict[str, Any], identity: Identity) -> Decoded:
    issues: list[Issue] = []
    return Decoded(identity, coerce(line, WorkObject, issues), issues)


def unreadable(line: bytes) -> Refusal | None:
    """Why a line cannot even be parsed, if so."""
    if not line.strip(BLANK):
        return BLANK_LINE
    if isinstance(line, LongLine):
        return Refusal("line_too_long")
    return None if is_utf8(line) else Refusal("invalid_utf8")


def parse(line: bytes, *, cut: bool) -> Any:
    """JSON value of a line that msgspec refused, or the Refusal that says why there is none.

    Python's own parser takes what JSON allows and msgspec does not: half
    surrogate pairs and numbers beyond the range of a float.
    """
    try:
        return json.loads(line.decode(), parse_constant=_no_constant)
    except RecursionError:
        return Refusal("too_deep")
    except ValueError as error:
        return Refusal("cut_by_truncation" if cut else "malformed_json", str(error))


def is_utf8(line: bytes) -> bool:
    """Tell whether a line is UTF-8 throughout."""
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")
