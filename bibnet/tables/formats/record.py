"""Parts of records of other sources, in the form of a bibnet record."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bibnet.tables.decode.identify import Refusal
from bibnet.tables.formats.works_format import Item

Author = dict[str, Any]
NUMBER = re.compile(r"-?\d{1,18}")
YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
OPENING, CLOSING = "([{", ")]}"
ACRONYM = re.compile(r"[A-Z][A-Za-z0-9&./-]{0,11}")


def item(raw: bytes, found: Mapping[str, Any] | Refusal) -> Item:
    """A record of the file; fields without a value are left out, the authors never."""
    if isinstance(found, Refusal):
        return Item(raw, found)
    return Item(raw, {key: value for key, value in found.items() if _is_said(key, value)})


def _is_said(key: str, value: object) -> bool:
    return bool(value) or key == "authors" or (value == 0 and not isinstance(value, bool))


def whole(text: str | None) -> int | None:
    """A whole number; None where there is none."""
    match = NUMBER.fullmatch((text or "").strip())
    return int(match[0]) if match else None


def year_in(text: str | None) -> int | None:
    """The first four digits that stand alone; None where there are none."""
    match = YEAR.search(text or "")
    return int(match[0]) if match else None


def parts(text: str | None, separator: str = ";") -> list[str]:
    """Parts of a cell, trimmed, without empty ones; a separator in brackets does not count."""
    found, depth, start = [], 0, 0
    text = text or ""
    for place, letter in enumerate(text):
        depth += (letter in OPENING) - (letter in CLOSING)
        depth = max(depth, 0)
        if letter == separator and not depth:
            found.append(text[start:place].strip())
            start = place + 1
    found.append(text[start:].strip())
    return [part for part in found if part]


def authors(names: Sequence[str]) -> list[Author]:
    """Authors without affiliations."""
    return [{"name": name, "affiliations": []} for name in names]


def paid(funders: Iterator[tuple[str, Sequence[str]]]) -> dict[str, Any]:
    """Fields of a record for funders, each with its grant numbers."""
    found = [(name, list(numbers)) for name, numbers in funders if name]
    awards = [
        {"funder_display_name": name, "funder_award_id": number}
        for name, numbers in found
        for number in numbers
    ]
    return {"funders": list(dict.fromkeys(name for name, _ in found)), "awards": awards}


def with_numbers(text: str, opening: str) -> tuple[str, list[str]]:
    """A funder and the grant numbers in brackets behind it: `A fund [1, 2]` or `A fund, AF, (1)`.

    An acronym that stands alone behind the name is left out.
    """
    name, found, inside = text.rpartition(opening)
    closing = CLOSING[OPENING.index(opening)]
    if not found or not inside.rstrip().endswith(closing):
        name, inside = text, ""
    numbers = [number.strip() for number in re.split(r"[,;]", inside.rstrip().rstrip(closing))]
    words = [word.strip() for word in name.split(",")]
    while len(words) > 1 and (not words[-1] or ACRONYM.fullmatch(words[-1])):
        words.pop()
    return ", ".join(words).strip(), [number for number in numbers if number]
