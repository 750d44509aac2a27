"""What works can be filtered and counted by: each dimension's members, from what counts exhibits.

The rows are those of the exhibits' own incidences, so that the explorer without a filter shows
the numbers of the exhibits.
"""

from collections.abc import Callable
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from bibnet.metrics.counts.listed import standing_flags
from bibnet.metrics.exhibits import EXHIBITS
from bibnet.storage.engine import Tables

# Columns of `members` and of `names`.
MEMBER, NAMED = ("work_key", "id"), ("id", "label", "country", "side")
# All lists together: what most readers ask for first. No list bears this name.
ANY_LIST, ANY_LIST_WORDS = "*", "any list"
BODY_SEPARATOR = ": "


@dataclass(frozen=True)
class Dimension:
    """Something that works have any number of.

    `name` is the parameter that filters by it, `label` says what one is, `heading` stands above its
    table and `note` below that. `members` gives
    rows (work_key, id), one for each work and member; `names` rows (id, label, country, side),
    one for each id that has a name. `exhibit` is the exhibit whose numbers it counts.
    """

    name: str
    label: str
    heading: str
    members: Callable[[Tables], ir.Table]
    names: Callable[[Tables], ir.Table]
    exhibit: str = ""
    note: str = ""


def _of_exhibit(exhibit: str, key: str) -> Callable[[Tables], ir.Table]:
    def members(tables: Tables) -> ir.Table:
        rows = EXHIBITS[exhibit].incidence(tables).rows
        return rows.select("work_key", id=rows[key]).filter(lambda row: row.id.notnull())

    return members


def _named(rows: ir.Table, **columns: ir.Value) -> ir.Table:
    """Rows (id, label, country, side); what is not given is empty."""
    empty = {name: ibis.literal(None, "string") for name in NAMED[1:]}
    return rows.select(**(empty | columns)).distinct()


def _countries(tables: Tables) -> ir.Table:
    side = tables["side_country"]
    return _named(side, id=side.country, country=side.country, side=side.side)


def _side_members(tables: Tables) -> ir.Table:
    side = tables["work_side"]
    return side.select("work_key", id=side.side).distinct()


def _sides(tables: Tables) -> ir.Table:
    side = tables["work_side"]
    return _named(side, id=side.side, side=side.side)


def _institutions(tables: Tables) -> ir.Table:
    rows = tables["institution"]
    return _named(
        rows, id=rows.institution_id, label=rows.institution, country=rows.country, side=rows.side
    )


def _topics(tables: Tables) -> ir.Table:
    topic = tables["topic"].filter(tables["topic"].topic_seq == 0)
    rows = topic.group_by("topic_id").aggregate(label=topic.topic.min())
    return _named(rows, id=rows.topic_id, label=rows.label)


def _paid(tables: Tables) -> ir.Table:
    """Funding with an id: that of the funder, else its name."""
    funding = tables["funding"]
    return funding.mutate(id=ibis.coalesce(funding.funder_id, funding.funder))


def _funder_members(tables: Tables) -> ir.Table:
    rows = _paid(tables)
    return rows.filter(rows.id.notnull()).select("work_key", "id").distinct()


def _funders(tables: Tables) -> ir.Table:
    rows = _paid(tables)
    named = rows.group_by("id").aggregate(
        label=rows.funder.min(), country=rows.funder_country.min()
    )
    return _named(named, id=named.id, label=named.label, country=named.country)


def _list_members(tables: Tables) -> ir.Table:
    flags = standing_flags(tables)
    rows = flags.select("work_key", id=flags.lists.split("|")).unnest("id")
    named = rows.filter(rows.id.notnull()).distinct()
    return named.union(named.select("work_key", id=ibis.literal(ANY_LIST)), distinct=True)


def _lists(tables: Tables) -> ir.Table:
    rows = _list_members(tables)
    label = ibis.ifelse(rows.id == ANY_LIST, ANY_LIST_WORDS, rows.id)
    return _named(rows, id=rows.id, label=label)


def _bodies(tables: Tables) -> ir.Table:
    """Flags with an id of the body: entry of the list and institution, which may have none."""
    flags = standing_flags(tables)
    institution = ibis.coalesce(flags.institution_id, flags.institution, "")
    return flags.mutate(id=flags.entry_id + BODY_SEPARATOR + institution)


def _body_members(tables: Tables) -> ir.Table:
    return _bodies(tables).select("work_key", "id").distinct()


def _body_names(tables: Tables) -> ir.Table:
    rows = _bodies(tables)
    lists = ibis.coalesce(rows.lists, "").replace("|", ", ")
    named = rows.mutate(label=rows.institution + BODY_SEPARATOR + lists)
    found = named.group_by("id").aggregate(label=named.label.min(), country=named.country.min())
    return _named(found, id=found.id, label=found.label, country=found.country)


DIMENSIONS: tuple[Dimension, ...] = (
    Dimension(
        "country",
        "Country",
        "Countries",
        _of_exhibit("countries", "country"),
        _countries,
        "countries",
    ),
    Dimension("side", "Side", "Sides", _side_members, _sides),
    Dimension(
        "institution",
        "Institution",
        "Institutions",
        _of_exhibit("institutions", "institution_id"),
        _institutions,
        "institutions",
    ),
    Dimension(
        "listed",
        "Listed body",
        "Institutions on named lists",
        _body_members,
        _body_names,
        "defence",
        "Behind each name the lists that hold it; they are all that is said.",
    ),
    Dimension("list", "List", "Lists", _list_members, _lists),
    Dimension("topic", "Topic", "Topics", _of_exhibit("topics", "topic_id"), _topics, "topics"),
    Dimension("funder", "Funder", "Funders", _funder_members, _funders),
)
TIES: tuple[str, ...] = ("country", "institution")
