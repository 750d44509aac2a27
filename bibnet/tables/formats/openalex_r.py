"""Works as openalexR (R) hands them out, saved as JSON: a table in each work for its authors.

Until version 1 the table is `author` (one row for an author and institution), since version 2
`authorships`, with the institutions in `affiliations`. They become OpenAlex work objects again.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from bibnet.tables.decode.decode import parse
from bibnet.tables.decode.identify import Refusal
from bibnet.tables.formats.json_content import json_items
from bibnet.tables.formats.record import item
from bibnet.tables.formats.works_format import Blocks, Item, WorksFormat
from bibnet.tables.lines import BLANK, BOM, CutLine

MARKS = re.compile(rb'"(au_id|au_display_name|affiliation_raw)"\s*:')
# Fields that are the same in a work object.
SAME = (
    "id", "doi", "title", "display_name", "publication_year", "publication_date", "type",
    "language", "is_retracted", "is_paratext", "cited_by_count", "counts_by_year", "fwci",
    "concepts", "keywords", "funders", "awards", "abstract",
)  # fmt: skip
LEVELS = ("subfield", "field", "domain")
Object = Mapping[str, Any]


def _begins(head: bytes) -> bool:
    start = head.removeprefix(BOM).lstrip(BLANK)
    return start.startswith((b"{", b"[")) and bool(MARKS.search(head))


def _items(blocks: Blocks) -> Iterator[Item]:
    for lines in json_items(blocks):
        for line in lines:
            if line.strip(BLANK):
                yield _item(line)


def _item(line: bytes) -> Item:
    try:
        found = parse(line, cut=isinstance(line, CutLine))
    except UnicodeDecodeError:
        found = Refusal("invalid_utf8")
    if not isinstance(found, dict | Refusal):
        found = Refusal("not_an_object", type(found).__name__)
    return item(line, found if isinstance(found, Refusal) else work_object(found))


def is_of_openalex_r(row: Object) -> bool:
    """Whether an object has openalexR's table of authors."""
    people = _rows(row.get("authorships"))
    return "author" in row or any("affiliation_raw" in one for one in people)


def work_object(row: Object) -> dict[str, Any]:
    """The OpenAlex work object that a row of openalexR was made from, as far as it is used."""
    venue = row.get("source_display_name") or row.get("so")
    people = _old_authors(row) if "author" in row else _authorships(row)
    return {
        **{name: row[name] for name in SAME if row.get(name) is not None},
        "authorships": people,
        "abstract": row.get("abstract") or row.get("ab"),
        "grants": _grants(row.get("grants")),
        "primary_location": {"source": {"display_name": venue}} if venue else None,
        **_topics(_rows(row.get("topics"))),
    }


def _rows(value: object) -> list[Object]:
    """Rows of a table in a cell: a list of objects, or the one of them in another list."""
    found = value if isinstance(value, list) else [value]
    flat = [one for part in found for one in (part if isinstance(part, list) else [part])]
    return [one for one in flat if isinstance(one, dict)]


def _old_authors(row: Object) -> list[dict[str, Any]]:
    people = groupby(
        _rows(row["author"]), lambda one: (one.get("au_id"), one.get("au_display_name"))
    )
    return [_old_author(list(rows)) for _, rows in people]


def _old_author(rows: Sequence[Object]) -> dict[str, Any]:
    first = rows[0]
    places = [
        {
            "id": one.get("institution_id"),
            "display_name": one.get("institution_display_name"),
            "ror": one.get("institution_ror"),
            "country_code": one.get("institution_country_code"),
            "type": one.get("institution_type"),
        }
        for one in rows
    ]
    named = {"id": first.get("au_id"), "display_name": first.get("au_display_name")}
    strings = [one.get("au_affiliation_raw") for one in rows]
    return _authorship(named, places, [text for text in strings if text])


def _authorships(row: Object) -> list[dict[str, Any]]:
    found = []
    for one in _rows(row.get("authorships")):
        named = {"id": one.get("id"), "display_name": one.get("display_name")}
        text = one.get("affiliation_raw")
        found.append(_authorship(named, _rows(one.get("affiliations")), [text] if text else []))
    return found


def _authorship(author: Object, places: Sequence[Object], strings: Sequence[str]) -> dict[str, Any]:
    """An authorship; a string stays with an institution only where it can be of no other."""
    known = [place for place in places if place.get("id") or place.get("display_name")]
    entries: list[dict[str, Any]] = [{"institution_ids": [place.get("id")]} for place in known]
    if len(entries) == len(strings):
        entries = [
            {**entry, "raw_affiliation_string": text}
            for entry, text in zip(entries, strings, strict=True)
        ]
    elif not entries:
        entries = [{"raw_affiliation_string": text, "institution_ids": []} for text in strings]
    return {
        "author": author,
        "institutions": known,
        "affiliations": entries,
        "raw_affiliation_strings": list(strings),
    }


def _grants(value: object) -> list[Object]:
    return [one for one in _rows(value) if one.get("funder") or one.get("funder_display_name")]


def _topics(rows: Sequence[Object]) -> dict[str, Any]:
    """Topics from rows of one level each (`name` is topic, subfield, field or domain)."""
    found: dict[Any, dict[str, Any]] = {}
    for row in rows:
        level, place = row.get("name") or row.get("type"), row.get("i")
        named = {"id": row.get("id"), "display_name": row.get("display_name")}
        if level == "topic":
            found.setdefault(place, {}).update({**named, "score": row.get("score")})
        elif level in LEVELS:
            found.setdefault(place, {})[str(level)] = named
    topics = [topic for _, topic in sorted(found.items(), key=lambda one: json.dumps(one[0]))]
    return {"topics": topics, "primary_topic": topics[0]} if topics else {}


OPENALEX_R = WorksFormat("openalex_r_json", _begins, _items)
