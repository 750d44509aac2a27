"""Order of lists, and the cursors made from it.

A cursor is the sort values of the last item, as OpenAlex writes them: text of a Python list, in
JSON, in base64. It is bound to nothing else, does not expire, and shifts with the values.
"""

import base64
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import total_ordering
from typing import Any

from bibnet.harvest.sandbox.answers import bad_page, bad_query
from bibnet.harvest.sandbox.conditions import find_field
from bibnet.harvest.sandbox.fields import ISO_DAY, Field, values

Document = dict[str, Any]
DEFAULT_ORDER: Mapping[str, str] = {
    "works": "cited_by_percentile_year.max:desc,cited_by_count:desc",
    "institutions": "works_count:desc",
    "funders": "works_count:desc",
    "topics": "works_count:desc",
}
TIE_BREAK: Mapping[str, str] = {"works": "publication_date:desc"}
NUMBERS = frozenset({"number", "count", "date"})
SCORE = Field("relevance_score", "score", "")
ID = Field("id", "tail", "id")


@dataclass(frozen=True)
class Key:
    """One column of an order."""

    field: Field
    descending: bool


@total_ordering
@dataclass(frozen=True)
class Backwards:
    """A text that comes before the texts it would come after."""

    text: str

    def __lt__(self, other: "Backwards") -> bool:
        return self.text > other.text


def parse_sort(text: str | None, fields: Mapping[str, Field], *, search: bool) -> list[Key]:
    """Keys of a `sort` parameter (`field`, `field:desc`, comma between); raises Refusal."""
    keys = []
    for part in text.split(",") if text else ():
        name, _, direction = part.partition(":")
        name = name.replace("-", "_")
        if name == "relevance_score":
            _check_relevance(direction, search=search)
            keys.append(Key(SCORE, descending=True))
            continue
        # The source sorts by the day where the year is asked for.
        name = "publication_date" if name == "publication_year" else name
        name = f"from_{name}" if name in ("updated_date", "created_date") else name  # paid only
        keys.append(Key(find_field(name, fields), direction == "desc"))
    return keys


def _check_relevance(direction: str, *, search: bool) -> None:
    if direction != "desc":
        raise bad_query("Sorting relevance score ascending is not allowed.")
    if not search:
        raise bad_query(
            "Must include a search query (such as ?search=example or "
            "/filter=display_name.search:example) in order to sort by relevance_score."
        )


def full_order(
    entity: str, asked: Sequence[Key], fields: Mapping[str, Field], *, search: bool, cursor: bool
) -> list[Key]:
    """The whole order of a list, down to the id.

    With a cursor the default order follows what was asked for, so that works of one day stand in
    the order of their citations, which changes; only a unique key in `sort` is stable.
    """
    default = [*parse_sort(DEFAULT_ORDER[entity], fields, search=False), Key(ID, descending=False)]
    if search and not asked:
        date = [Key(fields["publication_date"], descending=False)] if entity == "works" else []
        return [Key(SCORE, descending=True), *date, default[-1]]
    if cursor or not asked or entity not in TIE_BREAK:
        return [*asked, *default]
    return [*asked, *parse_sort(TIE_BREAK[entity], fields, search=False), default[-1]]


def sort_values(document: Document, score: float, order: Sequence[Key]) -> list[Any]:
    """Values of an object in an order, as a cursor holds them."""
    return [score if key.field is SCORE else _value(document, key) for key in order]


def _value(document: Document, key: Key) -> Any:
    found = list(values(document, key.field.path))
    if key.field.kind == "count":
        return len(found)
    if key.field.kind in NUMBERS:
        infinite = "-Infinity" if key.descending else "Infinity"
        return _number(found[0], key.field.kind) if found else infinite
    return str(found[0]) if found else None


def _number(value: Any, kind: str) -> float:
    if kind != "date":
        return float(value) if isinstance(value, float) else int(value)
    day = datetime.fromisoformat(str(value)[:ISO_DAY]).replace(tzinfo=UTC)
    return int(day.timestamp() * 1000)


def sort_key(document: Document, key: Key) -> Any:
    """What an object is compared by in one column; a missing value comes last either way."""
    return _comparable(_value(document, key), key)


def cursor_key(found: Sequence[Any], order: Sequence[Key]) -> tuple[Any, ...]:
    """What the item of a cursor is compared by."""
    return tuple(_comparable(value, key) for value, key in zip(found, order, strict=True))


def _comparable(value: Any, key: Key) -> Any:
    if key.field.kind in NUMBERS or key.field is SCORE:
        if value in ("Infinity", "-Infinity") or value is None:
            return math.inf
        return -float(value) if key.descending else float(value)
    if value is None:
        return (1, "")
    return (0, Backwards(str(value)) if key.descending else str(value))


def encode_cursor(found: object) -> str:
    """Cursor of sort values (or of the last key of a page of groups)."""
    return base64.b64encode(json.dumps(str(found)).encode()).decode()


def decode_cursor(cursor: str, order: Sequence[Key]) -> tuple[Any, ...]:
    """What a cursor's item is compared by; raises Refusal when it is not a cursor of this order."""
    text = decode_text(cursor).replace("'", '"').replace("None", "null")
    try:
        found = json.loads(text)
        return cursor_key(found, order)
    except (ValueError, TypeError):
        raise bad_page("Invalid cursor value") from None


def decode_text(cursor: str) -> str:
    """The text inside a cursor, without its quotes."""
    if cursor.lower() in ("null", "none"):
        raise bad_page("Cursor is null. Likely reached end of results.")
    try:
        return base64.b64decode(cursor, validate=True).decode().replace('"', "")
    except ValueError:
        raise bad_page("Invalid cursor value") from None
