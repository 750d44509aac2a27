"""Networks of any level: which units a work has there, and the ties between them.

| level | unit (its id) | whose |
|---|---|---|
| institution | institution_id | of an affiliation |
| organisation | id of its organisation at the top (roll_up.py) | of an affiliation |
| city | country/province/city, province empty where unknown | of an affiliation |
| province | country/province | of an affiliation |
| country | ISO 3166-1 alpha-2 code | of an affiliation |
| funder_country | ISO code of a funder | of the work as a whole |
| author | OpenAlex author id; a name is never shown | of an authorship |

`level_membership` gives who is on a work with what part, `level_ties` the ties (full: one row;
fractional: `weight` in units of 1/WHOLE; `coauthor` and `dual_affiliation` apart), `in_years` a
period of either. Everything else in the package takes the level's tables as they are.

Authors only where they are asked for by name: the unit of interest is the institution.
"""

from collections.abc import Callable, Mapping

import ibis
import ibis.expr.types as ir

from bibnet.network.membership import membership_of, part_of_work
from bibnet.network.roll_up import at_the_top
from bibnet.network.ties import ties
from bibnet.schema.source import AFFILIATION_KEY
from bibnet.schema.units import UNKNOWN, WHOLE
from bibnet.storage.engine import Tables

SEPARATOR = "/"


def level_membership(tables: Tables, level: str) -> ir.Table:
    """Rows (work_key, author_seq, unit, weight); the weights of a work, `unknown` too, are one.

    Full counting takes each unit of a work once, whatever the rows: a work of two institutes
    of one body counts once for the organisation and has no tie within it. Reads place,
    affiliation, authorship, work; organisation also institution, funder_country funding.
    Raises KeyError for a level that does not exist.
    """
    return MEMBERSHIPS[level](tables)


def level_units(tables: Tables, level: str, units: ir.Table) -> ir.Table:
    """Rows (unit, name, country) of the units (column unit): how they are shown.

    Name and country are null where the tables do not know them: authors stay ids, and an
    organisation that is only a parent has no name in the corpus.
    """
    nothing = ibis.null("string")
    if level in ("institution", "organisation"):
        known = tables["institution"].select("institution_id", "institution", "country")
        rows = units.left_join(known, units.unit == known.institution_id)
        return rows.select("unit", "country", name=rows.institution)
    if level == "author":
        return units.select("unit", name=nothing, country=nothing)
    parts = units.unit.split(SEPARATOR)
    whole = units.unit if level in ("country", "funder_country") else None
    name = whole if whole is not None else parts[parts.length() - 1]
    return units.select("unit", name=name, country=parts[0])


def level_ties(membership: ir.Table) -> ir.Table:
    """Rows (work_key, unit_a, unit_b, weight, coauthor, dual_affiliation) of a membership."""
    return ties(membership)


def _placed(tables: Tables, unit: Callable[[ir.Table], ir.StringValue]) -> ir.Table:
    place = tables["place"]
    return membership_of(tables, place.select(*AFFILIATION_KEY, unit=unit(place)))


def _city(place: ir.Table) -> ir.StringValue:
    """A city by country, province and name: there are 30 Springfields."""
    known = place.country.notnull() & place.city.notnull()
    name = place.country + SEPARATOR + place.province.fill_null("") + SEPARATOR + place.city
    return ibis.ifelse(known, name, ibis.null("string"))


def _province(place: ir.Table) -> ir.StringValue:
    known = place.country.notnull() & place.province.notnull()
    return ibis.ifelse(known, place.country + SEPARATOR + place.province, ibis.null("string"))


def _organisations(tables: Tables) -> ir.Table:
    place = tables["place"].select(*AFFILIATION_KEY, "institution_id")
    rows = place.left_join(at_the_top(tables), "institution_id")
    unit = ibis.coalesce(rows.top_id, rows.institution_id)
    return membership_of(tables, rows.select(*AFFILIATION_KEY, unit=unit))


def _authors(tables: Tables) -> ir.Table:
    """Each authorship a unit, by author id; those without an id are unknown."""
    authorship = tables["authorship"]
    rows = authorship.inner_join(tables["work"].select("work_key", "authors"), "work_key")
    named = rows.select(
        "work_key",
        "author_seq",
        unit=rows.author_id.fill_null(UNKNOWN),
        weight=part_of_work(rows.authors),
    )
    return _with_empty_works(tables, named)


def _funder_countries(tables: Tables) -> ir.Table:
    """Each funder of a work an equal part; of unknown country, or none disclosed: unknown.

    A funder belongs to the work, not to a person (author_seq 0), so that its ties are of
    neither kind.
    """
    funding = tables["funding"]
    per_work = funding.group_by("work_key").aggregate(funders=funding.count())
    rows = funding.inner_join(per_work, "work_key")
    parts = rows.select(
        "work_key",
        author_seq=ibis.literal(0, "int64"),
        unit=rows.funder_country.fill_null(UNKNOWN),
        weight=part_of_work(rows.funders),
    )
    return _with_empty_works(tables, parts)


def _with_empty_works(tables: Tables, rows: ir.Table) -> ir.Table:
    """The rows, and a row `unknown` for each work that has none; one row per unit."""
    empty = tables["work"].select("work_key").anti_join(rows, "work_key")
    alone = empty.select(
        "work_key",
        author_seq=ibis.literal(0, "int64"),
        unit=ibis.literal(UNKNOWN),
        weight=ibis.literal(WHOLE, "int64"),
    )
    both = rows.union(alone)
    return both.group_by(["work_key", "author_seq", "unit"]).aggregate(
        weight=both.weight.sum().cast("int64")
    )


MEMBERSHIPS: Mapping[str, Callable[[Tables], ir.Table]] = {
    "institution": lambda tables: _placed(tables, lambda place: place.institution_id),
    "organisation": _organisations,
    "city": lambda tables: _placed(tables, _city),
    "province": lambda tables: _placed(tables, _province),
    "country": lambda tables: _placed(tables, lambda place: place.country),
    "funder_country": _funder_countries,
    "author": _authors,
}
