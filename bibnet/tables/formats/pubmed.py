"""PubMed exports as text (nbib, MEDLINE): an author's affiliations follow the author's name.

The order of the lines ties them together, and readers of such files give it up; so it is read here.
"""

import re
from collections.abc import Iterator, Sequence

from bibnet.tables.decode.identify import Refusal
from bibnet.tables.formats.record import Author, item, paid, year_in
from bibnet.tables.formats.tagged_lines import text_records
from bibnet.tables.formats.works_format import Blocks, Item, WorksFormat
from bibnet.tables.lines import BLANK, BOM

FIRST_LINE = re.compile(rb"PMID- *\d")
TAGGED = re.compile(r"([A-Z]{2,4}) *- (.*)")
ARTICLE_ID = re.compile(r"(.*)\[doi\]")
RETRACTED = "Retracted Publication"


def _begins(head: bytes) -> bool:
    return bool(FIRST_LINE.match(head.removeprefix(BOM).lstrip(BLANK)))


def _items(blocks: Blocks) -> Iterator[Item]:
    for raw, lines in text_records(blocks, lambda line: not line.strip()):
        if not any(line.strip() for line in lines):
            continue
        bad = any("\udc80" <= letter <= "\udcff" for line in lines for letter in line)
        values = [] if bad else _values(lines)
        if bad or not values:
            yield item(raw, Refusal("invalid_utf8" if bad else "no_record"))
        else:
            yield item(raw, _record(values))


def _values(lines: Sequence[str]) -> list[tuple[str, str]]:
    """Tags with their values, in order; a line that is set in goes on with the one before."""
    found: list[tuple[str, str]] = []
    for line in lines:
        match = TAGGED.fullmatch(line.rstrip())
        if match and not line.startswith(" "):
            found.append((match[1], match[2].strip()))
        elif found and line.strip():
            tag, text = found[-1]
            found[-1] = (tag, f"{text} {line.strip()}")
    return found


def _record(values: Sequence[tuple[str, str]]) -> dict[str, object]:
    by_tag: dict[str, list[str]] = {}
    for tag, text in values:
        by_tag.setdefault(tag, []).append(text)
    first = {tag: texts[0] for tag, texts in by_tag.items()}
    found, loose = _authors(values)
    kinds = by_tag.get("PT", [])
    return {
        "id": f"pmid:{first['PMID']}" if first.get("PMID") else "",
        "doi": _doi(by_tag),
        "title": first.get("TI"),
        "year": year_in(first.get("DP")),
        "type": next(iter(kinds), "").lower(),
        "is_retracted": RETRACTED in kinds,
        "venue": first.get("JT") or first.get("TA"),
        "authors": found,
        "affiliations": loose,
        "keywords": by_tag.get("OT", []) + by_tag.get("MH", []),
        "abstract": first.get("AB"),
        **paid(_grant(text) for text in by_tag.get("GR", [])),
    }


def _authors(values: Sequence[tuple[str, str]]) -> tuple[list[Author], list[str]]:
    """Authors with the affiliations behind them; affiliations before the first are the work's.

    AU repeats the name before it (FAU) in short form; alone it is an author too.
    """
    found: list[Author] = []
    loose: list[str] = []
    full = False
    for tag, text in values:
        if tag in ("FAU", "CN") or (tag == "AU" and not full):
            found.append({"name": text, "affiliations": []})
        elif tag == "AD":
            (found[-1]["affiliations"] if found else loose).append(text)
        full = tag == "FAU"
    return found, loose


def _doi(by_tag: dict[str, list[str]]) -> str | None:
    matches = (ARTICLE_ID.fullmatch(text) for tag in ("LID", "AID") for text in by_tag.get(tag, []))
    return next((match[1].rstrip() for match in matches if match), None)


def _grant(text: str) -> tuple[str, list[str]]:
    """Funder and number of `number/acronym/agency/country`; number and acronym may be missing.

    So may the country: of two pieces the first is a number if it holds digits.
    """
    pieces = [piece.strip() for piece in text.split("/")]
    if len(pieces) == 2 and any(map(str.isdigit, pieces[0])):
        pieces.append("")
    agency = pieces[-2] if len(pieces) > 1 else pieces[0]
    number = pieces[0] if len(pieces) > 2 else ""
    return agency, [number] if number else []


PUBMED = WorksFormat("pubmed_text", _begins, _items)
