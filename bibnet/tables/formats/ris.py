"""RIS files of any source: affiliations, where there are any, are the work's as a whole."""

import hashlib
import re
from collections.abc import Iterator, Sequence

from rispy.parser import RisParser

from bibnet.tables.decode.identify import Refusal
from bibnet.tables.formats.record import authors, item, whole, year_in
from bibnet.tables.formats.tagged_lines import Tags, tags, text_records
from bibnet.tables.formats.works_format import Blocks, Item, WorksFormat
from bibnet.tables.lines import BLANK, BOM

FIRST_LINE = re.compile(rb"TY  - ?")
END = re.compile(r"ER  ?-\s*")
CITED = re.compile(r"Cited [Bb]y:? *(\d+)")
ID_DIGITS = 16


def _begins(head: bytes) -> bool:
    return bool(FIRST_LINE.match(head.removeprefix(BOM).lstrip(BLANK)))


def _items(blocks: Blocks) -> Iterator[Item]:
    for raw, lines in text_records(blocks, lambda line: bool(END.fullmatch(line))):
        ended = lines if END.fullmatch(lines[-1]) else [*lines, "ER  - "]
        found = tags(ended, RisParser)
        yield item(raw, found if isinstance(found, Refusal) else _record(found))


def _record(found: Tags) -> dict[str, object]:
    title = _first(found, "TI", "T1", "CT")
    names = [*found.get("AU", ()), *found.get("A1", ())]
    year = year_in(_first(found, "PY", "Y1", "DA"))
    doi = _first(found, "DO", "M3") if _first(found, "DO") else None
    return {
        "id": _first(found, "AN", "ID") or doi or _own_id(title, year, names),
        "doi": doi,
        "title": title,
        "year": year,
        "type": _first(found, "TY").lower(),
        "venue": _first(found, "T2", "JF", "JO", "JA"),
        "authors": authors(names),
        "affiliations": list(found.get("AD", ())),
        "keywords": list(found.get("KW", ())),
        "abstract": " ".join(found.get("AB", ()) or found.get("N2", ())),
        "citations": _cited(found.get("N1", ())),
    }


def _first(found: Tags, *names: str) -> str:
    texts = (text for name in names for text in found.get(name, ()) if text)
    return next(texts, "")


def _own_id(title: str, year: int | None, names: Sequence[str]) -> str:
    """An id for a record that has none: the same record has the same."""
    if not title:
        return ""
    text = f"{title}\n{year}\n{names[:1]}"
    return f"ris:{hashlib.sha256(text.encode()).hexdigest()[:ID_DIGITS]}"


def _cited(notes: Sequence[str]) -> int | None:
    matches = (CITED.search(note) for note in notes)
    return next((whole(match[1]) for match in matches if match), None)


RIS = WorksFormat("ris", _begins, _items)
