"""What a harvest asks for: a query, or a kind of entity, as filters of the source."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from bibnet.harvest.budget import LIST_CREDITS, SEARCH_CREDITS
from bibnet.harvest.filters import (
    SIDE_KEYS,
    Filters,
    ai_filters,
    all_of,
    choice_filters,
    country_filters,
)
from bibnet.harvest.listing import Listing
from bibnet.harvest.openalex import address
from bibnet.query import Query
from bibnet.schema.errors import Fault, UsageError

# Every field that becomes a column of a table; what is left out, and why, stands beside the
# reader of works.
WORK_FIELDS = (
    "id",
    "doi",
    "title",
    "publication_year",
    "publication_date",
    "type",
    "language",
    "is_retracted",
    "is_paratext",
    "is_xpac",
    "authorships",
    "cited_by_count",
    "counts_by_year",
    "fwci",
    "citation_normalized_percentile",
    "primary_location",
    "primary_topic",
    "topics",
    "concepts",
    "keywords",
    "funders",
    "awards",
    "abstract_inverted_index",
    "updated_date",
)
ENTITY_FIELDS: Mapping[str, tuple[str, ...]] = {
    "institutions": (
        "id",
        "ror",
        "display_name",
        "display_name_acronyms",
        "display_name_alternatives",
        "country_code",
        "type",
        "lineage",
        "geo",
        "ids",
        "associated_institutions",
        "works_count",
        "updated_date",
    ),
    "funders": (
        "id",
        "display_name",
        "alternate_titles",
        "country_code",
        "description",
        "ids",
        "roles",
        "works_count",
        "updated_date",
    ),
}
ALL_CORPUS = "all"
LONGEST_ADDRESS = 4000  # bytes; the source's documents say about 4 KB, the gateway 8,190
PAGING = 200  # bytes that year, cursor and page size add to an address


@dataclass(frozen=True)
class Selection:
    """One filter of the plan without its years; the plan is the union of its selections."""

    name: str
    filters: Mapping[str, str]

    @property
    def page_credits(self) -> int:
        """What a page is expected to cost; the source's answers say what it did."""
        searches = any(key.endswith(".search") for key in self.filters)
        return SEARCH_CREDITS if searches else LIST_CREDITS


@dataclass(frozen=True)
class Plan:
    """What to harvest. `text` is the query as written; `notes` say what the source cannot do."""

    entity: str
    name: str
    selections: tuple[Selection, ...]
    years: tuple[int, int] | None = None
    corpus: str = ""
    text: str = ""
    notes: tuple[str, ...] = field(default=())

    def listing(self, filters: Mapping[str, str]) -> Listing:
        """A list of the plan's entity with the plan's fields, in an order that does not change.

        The source orders ties by id. Entities are not sorted by name: a cursor holds the
        sort values, and the source refuses its own cursor where a name has an apostrophe.
        """
        works = self.entity == "works"
        fields = WORK_FIELDS if works else ENTITY_FIELDS[self.entity]
        sort = "publication_date" if works else "works_count"
        return Listing(self.entity, dict(filters), fields, sort, self.corpus)

    def identity(self) -> dict[str, Any]:
        """What makes two plans the same harvest."""
        return {
            "entity": self.entity,
            "selections": [asdict(selection) for selection in self.selections],
            "years": list(self.years) if self.years else None,
            "corpus": self.corpus,
        }


def plan(query: Query) -> Plan:
    """The harvest of a query's works. Raises QueryError if a rule cannot be asked for."""
    selections = _selections(query)
    made = Plan(
        "works",
        query.name,
        selections,
        query.years,
        corpus="" if "xpac" in query.exclude else ALL_CORPUS,
        text=query.text,
        notes=_notes(query),
    )
    _check_addresses(made)
    return made


def entity_plan(entity: str) -> Plan:
    """The harvest of all institutions or funders."""
    if entity not in ENTITY_FIELDS:
        known = ", ".join(ENTITY_FIELDS)
        raise UsageError(Fault("no such entities to harvest", entity, f"use one of: {known}"))
    return Plan(entity, entity, (Selection("", {}),))


def _selections(query: Query) -> tuple[Selection, ...]:
    countries, choices = country_filters(query), choice_filters(query)
    found = []
    for rule, ai in ai_filters(query).items():
        for number, places in enumerate(countries, 1):
            for at, choice in enumerate(choices, 1):
                parts = [rule, f"countries-{number}" if len(countries) > 1 else ""]
                parts.append(f"choice-{at}" if len(choices) > 1 else "")
                name = "-".join(part for part in parts if part)
                found += _named(name, all_of([[places], [ai], [choice]]))
    alone = len(found) == 1
    return tuple(Selection("" if alone else name, filters) for name, filters in found)


def _named(name: str, filters: Sequence[Filters]) -> list[tuple[str, Filters]]:
    if len(filters) == 1:
        return [(name, filters[0])]
    return [("-".join(filter(None, (name, f"both-{n}"))), one) for n, one in enumerate(filters, 1)]


def _notes(query: Query) -> tuple[str, ...]:
    notes = []
    if query.harvest == "joint":
        notes.append("joint: columns that need works of one side only stay empty")
        rest = list(query.sides)[len(SIDE_KEYS) :]
        if rest:
            asked = ", ".join(list(query.sides)[: len(SIDE_KEYS)])
            notes.append(f"asked for {asked}; {', '.join(rest)} is found in the works harvested")
    if any(not one.startswith("I") for one in query.institutions):
        notes.append("a ROR id is asked for as it is: give OpenAlex ids to harvest what lies below")
    for name, value in (("venues", query.venues), ("top_cited", query.top_cited)):
        if value:
            notes.append(f"{name} is applied to the works harvested, not asked of the source")
    return tuple(notes)


def _check_addresses(made: Plan) -> None:
    for selection in made.selections:
        asked = address(made.listing(selection.filters))
        if len(asked) + PAGING > LONGEST_ADDRESS:
            what = f"the address of a request would have {len(asked)} bytes"
            remedy = "name fewer countries, or use fewer AI rules"
            raise UsageError(Fault(what, f"query {made.name}", remedy))
