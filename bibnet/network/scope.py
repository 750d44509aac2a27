"""What the counts need to know of a work as a whole: its sides, whether it is joint."""

from collections.abc import Mapping, Sequence

import ibis
import ibis.expr.types as ir

from bibnet.schema.units import UNKNOWN
from bibnet.storage.engine import Tables

# What fields of award numbers hold where there is none.
NO_AWARD = frozenset({"none", "n/a", "na", "nil", "-", "null", "not applicable", "no"})


def side_countries(sides: Mapping[str, tuple[str, ...]]) -> ir.Table:
    """The query's sides as rows (side, country); a side without countries has one, empty."""
    rows = [(side, code) for side, countries in sides.items() for code in countries or (None,)]
    return ibis.memtable(rows, schema={"side": "string", "country": "string"})


def institutions_within(tables: Tables, ids: Sequence[str]) -> ir.Table:
    """Rows (root, institution_id): institutions of the corpus that are one of `ids` or below one.

    An id is an OpenAlex or a ROR id. What lies below is told by the source's lineage and by the
    registry's parents. Reads institution and asserted_institution.
    """
    institution = tables["institution"].select("institution_id", "ror", "parents")
    asserted = tables["asserted_institution"]
    stated = asserted.filter(asserted.lineage.notnull() & asserted.institution_id.notnull())
    own = institution.select("institution_id", root="institution_id")
    by_ror = institution.filter(institution.ror.notnull()).select("institution_id", root="ror")
    above = institution.filter(institution.parents.notnull())
    above = above.select("institution_id", root=above.parents.split("|").unnest())
    lineage = stated.select("institution_id", root=stated.lineage.split("|").unnest())
    rows = ibis.union(own, by_ror, above, lineage.distinct(), distinct=True)
    return rows.filter(rows.root.isin(list(ids))).select("root", "institution_id").distinct()


def side_institutions(tables: Tables, sides: Mapping[str, Sequence[str]]) -> ir.Table:
    """Rows of SIDE_INSTITUTION: institutions of the sides that are given by institutions."""
    ids = [(side, one) for side, own in sides.items() for one in own]
    asked = ibis.memtable(ids, schema={"side": "string", "root": "string"})
    found = institutions_within(tables, [one for _, one in ids] or [""])
    return asked.inner_join(found, "root").select("side", "institution_id").distinct()


def work_sides(tables: Tables, side_country: ir.Table) -> ir.Table:
    """Rows of WORK_SIDE: the sides each work has a country or an institution of."""
    member = tables["country_membership"]
    joined = member.inner_join(side_country, member.unit == side_country.country)
    rows = joined.select("work_key", "side")
    if "side_institution" in tables:
        own, side = tables["institution_membership"], tables["side_institution"]
        at = own.inner_join(side, own.unit == side.institution_id)
        rows = rows.union(at.select("work_key", "side"))
    return rows.distinct()


def work_scope(tables: Tables, number_of_sides: int) -> ir.Table:
    """Rows of WORK_SCOPE: year, joint, undecided, coverage and numbers of units of each work."""
    rows = tables["work"].select("work_key", "year")
    for part in (
        _sides(tables),
        _authorships(tables),
        _units(tables["country_membership"], "countries"),
        _units(tables["institution_membership"], "institutions"),
        _disclosed(tables),
    ):
        rows = rows.left_join(part, "work_key").drop("work_key_right")
    joint = rows.sides.fill_null(0) == number_of_sides
    authorships = rows.authorships.fill_null(0)
    located = rows.authorships_with_country.fill_null(0)
    return rows.select(
        "work_key",
        "year",
        joint=joint,
        undecided=~joint & (located < authorships),
        has_country=rows.countries.fill_null(0) > 0,
        is_disclosed=rows.is_disclosed.fill_null(False),
        authorships=authorships,
        authorships_with_country=located,
        countries=rows.countries.fill_null(0),
        institutions=rows.institutions.fill_null(0),
    )


def _sides(tables: Tables) -> ir.Table:
    side = tables["work_side"]
    return side.group_by("work_key").aggregate(sides=side.count())


def _authorships(tables: Tables) -> ir.Table:
    member = tables["country_membership"]
    known = member.filter((member.author_seq > 0) & (member.unit != UNKNOWN))
    located = known.select("work_key", "author_seq").distinct()
    authorship = tables["authorship"].select("work_key", "author_seq")
    rows = authorship.left_join(
        located.mutate(located=ibis.literal(1, "int64")), ["work_key", "author_seq"]
    )
    return rows.group_by("work_key").aggregate(
        authorships=rows.count(), authorships_with_country=rows.located.fill_null(0).sum()
    )


def _units(membership: ir.Table, name: str) -> ir.Table:
    known = membership.filter(membership.unit != UNKNOWN)
    return known.group_by("work_key").aggregate(**{name: known.unit.nunique()})


def _disclosed(tables: Tables) -> ir.Table:
    """Works with a funder or an award; strings that say that nobody paid are no funder."""
    award = tables["award"]
    number = award.award_number.fill_null("unknown").strip().lower()
    numbered = award.filter(~number.isin(sorted(NO_AWARD)))
    named = tables["funding"].select("work_key").union(numbered.select("work_key"))
    return named.distinct().mutate(is_disclosed=ibis.literal(True))
