"""`group_by`: how many objects there are of each value of a field."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from bibnet.harvest.sandbox.answers import bad_query
from bibnet.harvest.sandbox.collection import Collection
from bibnet.harvest.sandbox.conditions import find_field
from bibnet.harvest.sandbox.fields import Field, continents, values
from bibnet.harvest.sandbox.identifiers import OPENALEX
from bibnet.harvest.sandbox.listing import START, conditions_of
from bibnet.harvest.sandbox.ordering import decode_text, encode_cursor
from bibnet.harvest.sandbox.parameters import Parameters
from bibnet.harvest.sandbox.words import country_names

Document = dict[str, Any]
UNKNOWN = "unknown"
NOT_GROUPED = frozenset({"date", "from", "to", "search", "cited_by", "prefix"})
# Fields whose keys are addresses made from the value.
ADDRESSES = {"type": "types", "country_code": "countries", "countries": "countries"}


def group(asked: Parameters, collection: Collection) -> Document:
    """`meta` and `group_by` of a request (no `results`, as recorded); raises Refusal.

    By falling count, at most `per_page` groups; with a cursor by key, page after page, until an
    empty page without a next cursor.
    """
    name, _, option = (asked.group_by or "").partition(":")
    field = find_field(name, collection.fields)
    if field.kind in NOT_GROUPED:
        raise bad_query("Cannot group by date, number, or search fields.")
    positions = collection.matching(conditions_of(asked, collection))
    documents = [collection.documents[position] for position in positions]
    counts, names = _count(documents, field, unknown=option == "include_unknown")
    if asked.cursor is None:
        keys = sorted(counts, key=lambda key: (-counts[key], key))[: asked.per_page]
    else:
        after = "" if asked.cursor == START else decode_text(asked.cursor)
        keys = sorted(key for key in counts if key > after)[: asked.per_page]
    meta: Document = {
        "count": len(documents),
        "db_response_time_ms": 5,
        "page": 1 if asked.cursor is None else None,
        "per_page": asked.per_page,
    }
    if asked.cursor is not None:
        meta["next_cursor"] = encode_cursor(keys[-1]) if keys else None
    meta["groups_count"] = len(keys)
    return {"meta": meta, "group_by": [_item(key, field, names, counts) for key in keys]}


def _count(
    documents: Sequence[Document], field: Field, *, unknown: bool
) -> tuple[Counter[str], dict[str, str]]:
    """Objects by key, and the name of each key."""
    counts: Counter[str] = Counter()
    names: dict[str, str] = {}
    for document in documents:
        found = _keys(document, field)
        names |= found
        counts.update(list(found) or ([UNKNOWN] if unknown else []))
    return counts, names


def _keys(document: Document, field: Field) -> dict[str, str]:
    """Keys of an object with their names; names stand beside the ids."""
    if field.kind == "count":
        return {str(sum(1 for _ in values(document, field.path))): ""}
    if field.kind == "exists":
        return {str(any(True for _ in values(document, field.path))).lower(): ""}
    if field.kind == "continent":
        return {continents().get(code, ""): "" for code in values(document, field.path)}
    if not field.path.endswith(".id"):
        return {_text(value): "" for value in values(document, field.path)}
    holders = values(document, field.path.removesuffix(".id"))
    return {
        holder["id"]: holder.get("display_name", "")
        for holder in holders
        if isinstance(holder, dict) and holder.get("id")
    }


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _item(key: str, field: Field, names: dict[str, str], counts: Counter[str]) -> Document:
    folder = ADDRESSES.get(field.path.rsplit(".", 1)[-1])
    address = f"{OPENALEX}{folder}/{key}" if folder and key != UNKNOWN else key
    name = country_names().get(key, key) if folder == "countries" else names.get(key) or key
    return {"key": address, "key_display_name": name, "count": counts[key]}
