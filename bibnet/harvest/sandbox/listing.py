"""Lists of objects: pages by number or cursor, samples, selected keys."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from bibnet.harvest.sandbox.answers import bad_query
from bibnet.harvest.sandbox.collection import Collection, Ordered
from bibnet.harvest.sandbox.conditions import Condition, parse_filter, search_condition
from bibnet.harvest.sandbox.fields import AUTHORS_IN_LISTS
from bibnet.harvest.sandbox.ordering import (
    Key,
    decode_cursor,
    encode_cursor,
    full_order,
    parse_sort,
    sort_values,
)
from bibnet.harvest.sandbox.parameters import SEARCH_FIELDS, Parameters

Document = dict[str, Any]
START = "*"


@dataclass(frozen=True)
class Page:
    """Part of a list: objects as stored, their scores, how many there are in all."""

    documents: list[Document]
    scores: list[float]
    count: int
    next_cursor: str | None


@dataclass(frozen=True)
class Lapse:
    """What goes wrong on a page without a word: items left out, items that come again."""

    left_out: int = 0
    again: int = 0


def conditions_of(asked: Parameters, collection: Collection) -> list[Condition]:
    """Filter and search of a request, and the rule on the expansion corpus; raises Refusal."""
    conditions = parse_filter(asked.filter, collection.fields)
    for name, text in asked.searches:
        conditions.append(search_condition(collection.fields[SEARCH_FIELDS[name]], text))
    named = any(condition.field.name == "is_xpac" for condition in conditions)
    if collection.entity == "works" and not named and asked.corpus != "all":
        wanted = "true" if asked.corpus == "expansion" else "!true"
        conditions += parse_filter(f"is_xpac:{wanted}", collection.fields)
    return conditions


def is_search(conditions: Sequence[Condition]) -> bool:
    """Whether a request searches text, which costs ten times as much."""
    return any(condition.field.kind == "search" for condition in conditions)


def read_page(
    asked: Parameters, collection: Collection, *, end: str, lapse: Lapse, chance: Random
) -> Page:
    """The page a request asks for; raises Refusal.

    `end` is how a cursor ends: "null" (a page that is not full has no next cursor) or "empty"
    (every page with items has one, and an empty page follows, as recorded in 2025).
    """
    conditions = conditions_of(asked, collection)
    search = is_search(conditions)
    keys = parse_sort(asked.sort, collection.fields, search=search)
    cursor = asked.cursor is not None
    order = full_order(collection.entity, keys, collection.fields, search=search, cursor=cursor)
    found = collection.ordered(conditions, order)
    if asked.sample is not None:
        return _sample(asked, collection, found, chance)
    start = _start(asked, found, order)
    positions = found.positions[start : start + asked.per_page]
    more = _next_cursor(positions, collection, order, found, lapse) if cursor else None
    if end == "null" and len(positions) < asked.per_page:
        more = None
    kept = positions[: len(positions) - lapse.left_out] if lapse.left_out else positions
    return _page(collection, kept, found, more)


def _page(
    collection: Collection, positions: Sequence[int], found: Ordered, more: str | None
) -> Page:
    documents = [collection.documents[position] for position in positions]
    scores = [found.scores[position] for position in positions]
    return Page(documents, scores, len(found.positions), more)


def _start(asked: Parameters, found: Ordered, order: Sequence[Key]) -> int:
    if asked.cursor is None:
        return (asked.page - 1) * asked.per_page
    if asked.cursor == START:
        return 0
    return bisect_right(found.keys, decode_cursor(asked.cursor, order))


def _next_cursor(
    positions: Sequence[int],
    collection: Collection,
    order: Sequence[Key],
    found: Ordered,
    lapse: Lapse,
) -> str | None:
    """Cursor after the last item, or some items before it when those shall come again."""
    if not positions:
        return None
    last = positions[max(0, len(positions) - 1 - lapse.again)]
    return encode_cursor(sort_values(collection.documents[last], found.scores[last], order))


def _sample(asked: Parameters, collection: Collection, found: Ordered, chance: Random) -> Page:
    drawn = Random(asked.seed) if asked.seed else chance  # noqa: S311
    size = min(asked.sample or 0, len(found.positions))
    positions = drawn.sample(sorted(found.positions), size)
    start = (asked.page - 1) * asked.per_page
    page = _page(collection, positions[start : start + asked.per_page], found, None)
    return Page(page.documents, page.scores, size, None)


def list_item(document: Document, score: float | None) -> Document:
    """An object as lists show it: at most 100 authors, without a flag; a score when searching."""
    item = document
    if len(document.get("authorships", ())) > AUTHORS_IN_LISTS:
        item = item | {"authorships": document["authorships"][:AUTHORS_IN_LISTS]}
    return item if score is None else item | {"relevance_score": score}


def selector(keys: Sequence[str], collection: Collection) -> Callable[[Document], Document]:
    """A function that keeps the selected keys (all when none are named); raises Refusal."""
    for key in keys:
        if key not in collection.selectable:
            known = ", ".join(collection.selectable)
            raise bad_query(
                f"{key} is not a valid select field. Valid fields for select are: {known}."
            )
    if not keys:
        return lambda document: document
    return lambda document: {key: document[key] for key in keys if key in document}
