"""The filters of a query, in the source's terms.

Traps of the source: a value with `|` is split on `|` only, so `CN+DE|FR` means "CN and
DE" or "FR"; and one key may stand once. Two sides are therefore asked for by two keys
that are aliases of one field. Both run on the full author list, not the cut one.
"""

from collections.abc import Mapping, Sequence
from itertools import product

from bibnet.query import Query
from bibnet.reference import load as reference
from bibnet.schema.errors import Fault, QueryError

SIDE_KEYS = ("authorships.institutions.country_code", "institutions.country_code")
LINEAGE_KEY, ROR_KEY = "authorships.institutions.lineage", "authorships.institutions.ror"
IDS_PER_FILTER = 50  # DOIs are long, and an address holds about 4 KB
MOST_VALUES = 100  # of one OR; more is a 400
# Terms in one search: more searches fetch more works twice, longer ones are slow (the source
# gives up after 9 seconds) and must fit into an address of about 4 KB.
TERMS_PER_SEARCH = 20
AI_FAMILY = "ai"

Filters = dict[str, str]


def any_of(values: Sequence[str]) -> list[str]:
    """Values as ORs of at most MOST_VALUES, in the given order."""
    starts = range(0, len(values), MOST_VALUES)
    return ["|".join(values[start : start + MOST_VALUES]) for start in starts]


def country_filters(query: Query) -> list[Filters]:
    """Filters whose union is what `[works] harvest` asks for; `all` gives one empty filter.

    `joint` asks for the first two sides; further sides are found in the works harvested.
    """
    if query.harvest == "all":
        return [{}]
    if query.harvest == "joint":
        sides = [side_filters(query, side, at) for at, side in enumerate(query.sides)]
        return all_of(sides[: len(SIDE_KEYS)])
    codes = sorted({code for codes in query.sides.values() for code in codes})
    found = [{SIDE_KEYS[0]: value} for value in any_of(codes)]
    ids = [one for own in query.side_institutions.values() for one in own]
    return found + institution_filters(ids)


def side_filters(query: Query, side: str, place: int) -> list[Filters]:
    """Filters whose union is the works of one side; `place` tells which alias of the field."""
    at = place % len(SIDE_KEYS)
    codes = [{SIDE_KEYS[at]: value} for value in any_of(query.sides[side])]
    ids = query.side_institutions.get(side, ())
    return codes + institution_filters(ids)


def institution_filters(ids: Sequence[str]) -> list[Filters]:
    """Filters for institutions: OpenAlex ids with all that lies below them, ROR ids as they are."""
    openalex = [one for one in ids if one.startswith("I")]
    ror = [one for one in ids if not one.startswith("I")]
    found = [{LINEAGE_KEY: value} for value in any_of(openalex)]
    return found + [{ROR_KEY: value} for value in any_of(ror)]


def choice_filters(query: Query) -> list[Filters]:
    """Filters whose union is what the query narrows its works to; no narrowing: one empty filter.

    Institutions, funders and ids narrow together: every combination is asked for.
    """
    named = query.ids
    dois = sorted(named.dois) if named else []
    works = sorted(named.work_ids) if named else []
    starts = range(0, max(len(dois), len(works)), IDS_PER_FILTER)
    by_id = [{"doi": "|".join(dois[at : at + IDS_PER_FILTER])} for at in starts if dois[at:]]
    by_id += [
        {"ids.openalex": "|".join(works[at : at + IDS_PER_FILTER])} for at in starts if works[at:]
    ]
    kinds = (
        institution_filters(query.institutions),
        [{"funders.id": value} for value in any_of(query.funders)],
        by_id,
    )
    return all_of([kind for kind in kinds if kind])


def all_of(kinds: Sequence[Sequence[Filters]]) -> list[Filters]:
    """Filters whose union is the works that one filter of every kind finds.

    One key may stand once: where two kinds use one, each pair of their values is asked for by
    itself, as values with a blank between them, which the source reads as both.
    """
    found: list[Filters] = [{}]
    for kind in kinds:
        found = [both for one in found for other in kind for both in _both(one, other)]
    return found


def _both(one: Filters, other: Filters) -> list[Filters]:
    merged = [{**one, **other}]
    for key in sorted(set(one) & set(other)):
        pairs = list(product(one[key].split("|"), other[key].split("|")))
        merged = [{**rest, key: f"{a} {b}"} for rest in merged for a, b in pairs]
    return merged


def ai_filters(query: Query) -> dict[str, Filters]:
    """Filters by a name each whose union covers the AI rules; no rule gives one empty filter.

    Raises QueryError for a rule that the source cannot be asked for.
    """
    rules = [rule for rule in query.ai_rules if not _within_another(rule, query.ai_rules)]
    if not query.ai_rules:
        return {"": {}}
    unknown = [rule for rule in rules if rule not in _FILTERS_OF]
    if unknown:
        known = ", ".join([*_FILTERS_OF, "all"])
        where = f"works.ai = {list(query.ai)}"
        what = f"the source cannot be asked for the AI rule {', '.join(unknown)}"
        raise QueryError(Fault(what, where, f"use any of {known}, or read files with --works"))
    return {name: filters for rule in rules for name, filters in _numbered(rule)}


def _within_another(rule: str, rules: Sequence[str]) -> bool:
    """The primary topic is one of the topics."""
    return rule == "topics" and "topics_any" in rules


def _numbered(rule: str) -> list[tuple[str, Filters]]:
    key, values = _FILTERS_OF[rule]
    found = _terms() if rule == "keywords" else any_of(_included(*values))
    name = rule.replace("_", "-")
    names = [name] if len(found) == 1 else [f"{name}-{n}" for n in range(1, len(found) + 1)]
    return [(name, {key: value}) for name, value in zip(names, found, strict=True)]


def _included(name: str, column: str) -> list[str]:
    return [row[column] for row in reference.rows(name) if row["decision"] == "include"]


def _terms() -> list[str]:
    """Searches of quoted terms; the source stems words, so each finds at least what is meant."""
    terms = [
        f'"{row["term"]}"'
        for row in reference.rows("keywords")
        if row["family"] == AI_FAMILY and row["decision"] == "include"
    ]
    starts = range(0, len(terms), TERMS_PER_SEARCH)
    return [" OR ".join(terms[start : start + TERMS_PER_SEARCH]) for start in starts]


_FILTERS_OF: Mapping[str, tuple[str, tuple[str, str]]] = {
    "topics": ("primary_topic.id", ("ai_topics", "topic_id")),
    "topics_any": ("topics.id", ("ai_topics", "topic_id")),
    "concepts": ("concepts.id", ("ai_concepts", "concept_id")),
    "keywords": ("title_and_abstract.search", ("keywords", "term")),
}
