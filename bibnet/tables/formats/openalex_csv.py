"""Works exported as CSV from OpenAlex's website: cells hold lists joined by |.

Which institution belongs to which author is lost in it: institutions are the work's as a whole.
"""

from collections.abc import Iterator
from typing import Any

from bibnet.tables.decode.identify import Refusal
from bibnet.tables.formats.record import item, whole
from bibnet.tables.formats.table_rows import Row, header, rows
from bibnet.tables.formats.works_format import Blocks, Item, WorksFormat

COLUMNS = {"id", "publication_year"}
TITLES = {"title", "display_name"}
PLACE = "authorships.institutions."


def _begins(head: bytes) -> bool:
    names = set(header(head))
    return names >= COLUMNS and bool(names & TITLES)


def _items(blocks: Blocks) -> Iterator[Item]:
    for raw, row in rows(blocks):
        yield item(raw, row if isinstance(row, Refusal) else _work(row))


def _work(row: Row) -> dict[str, Any]:
    names, ids = _list(row, "authorships.author.display_name"), _list(row, "authorships.author.id")
    people = names or ids
    identified = ids if len(ids) == len(people) else [""] * len(people)
    venue = row.get("primary_location.source.display_name")
    places = _institutions(row)
    return {
        "id": row["id"],
        "doi": row.get("doi"),
        "title": row.get("title") or row.get("display_name"),
        "publication_year": whole(row["publication_year"]),
        "publication_date": row.get("publication_date"),
        "type": row.get("type"),
        "language": row.get("language"),
        "is_retracted": row.get("is_retracted", "").lower() == "true",
        "cited_by_count": whole(row.get("cited_by_count")),
        "authorships": [
            {"author": {"id": identifier or None, "display_name": name}}
            for identifier, name in zip(identified, people, strict=True)
        ],
        "work_institutions": places,
        "affiliations": [] if places else _list(row, "authorships.raw_affiliation_strings"),
        "primary_location": {"source": {"display_name": venue}} if venue else None,
        "keywords": _list(row, "keywords.display_name"),
        "abstract": row.get("abstract"),
        **_topic(row),
        **_funding(row),
    }


def _list(row: Row, column: str) -> list[str]:
    return [part.strip() for part in row.get(column, "").split("|") if part.strip()]


def _institutions(row: Row) -> list[dict[str, str]]:
    """Institutions with whatever stands as often as their ids, and so beside them.

    Not so what says two things of one institution: parts were left out of it.
    """
    ids = _list(row, f"{PLACE}id")
    columns = {name: _list(row, f"{PLACE}{name}") for name in ("display_name", "ror", "type")}
    columns["country_code"] = _list(row, f"{PLACE}country_code") or _list(
        row, "authorships.countries"
    )
    beside = {name: cells for name, cells in columns.items() if _is_beside(ids, cells)}
    return [
        {"id": identifier, **{name: cells[at] for name, cells in beside.items()}}
        for at, identifier in enumerate(ids)
    ]


def _is_beside(ids: list[str], cells: list[str]) -> bool:
    return len(cells) == len(ids) and len(set(zip(ids, cells, strict=True))) == len(set(ids))


def _topic(row: Row) -> dict[str, Any]:
    identifier, name = row.get("primary_topic.id"), row.get("primary_topic.display_name")
    if not identifier:
        return {}
    levels = {
        level: {
            "id": row.get(f"primary_topic.{level}.id"),
            "display_name": row.get(f"primary_topic.{level}.display_name"),
        }
        for level in ("subfield", "field")
    }
    return {"primary_topic": {"id": identifier, "display_name": name, **levels}}


def _funding(row: Row) -> dict[str, Any]:
    """Funders by id, else by name; grant numbers only where each has its funder beside it."""
    funders, numbers = _list(row, "grants.funder"), _list(row, "grants.award_id")
    pairs = zip(funders, numbers, strict=True) if len(funders) == len(numbers) else ()
    return {
        "funders": _list(row, "funders.id") or funders or _list(row, "funders.display_name"),
        "grants": [{"funder": funder, "award_id": number} for funder, number in pairs],
    }


OPENALEX_CSV = WorksFormat("openalex_csv", _begins, _items)
