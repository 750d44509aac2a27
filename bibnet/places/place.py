"""Places of each affiliation: its institutions and the countries that were decided.

Institutions come from the source; where it gives none with an id, the organisations that
the registry holds under a name in the string stand in, unless their country contradicts
the one that was decided.
"""

import ibis
import ibis.expr.types as ir

from bibnet.engine import Tables
from bibnet.places.evidence import AFFILIATION_KEY, Evidence

PLACE_COLUMNS = (
    "place_order",
    "own_id",
    "ror",
    "institution",
    "country",
    "province",
    "city",
    "type",
    "level",
)


def openalex_ids(asserted: ir.Table) -> ir.Table:
    """ROR id -> OpenAlex id, for every pair that some work of the corpus shows.

    Two OpenAlex ids with one ROR id: the smaller as text.
    """
    paired = asserted.filter(asserted.ror.notnull() & asserted.institution_id.notnull())
    return paired.group_by("ror").aggregate(openalex_id=paired.institution_id.min())


def places(evidence: Evidence, choice: ir.Table) -> ir.Table:
    """Rows of PLACE: institutions first, then decided countries that no institution has."""
    institutions = _asserted(evidence)
    if evidence.located is not None:
        institutions = institutions.union(_registered(evidence, evidence.located, choice))
    named = _with_identity(institutions, openalex_ids(evidence.asserted))
    countries = _bare_countries(named, choice)
    rows = named.union(countries.select(*named.columns))
    order = ibis.window(
        group_by=AFFILIATION_KEY,
        order_by=[rows.place_order, rows.institution_id, rows.country],
    )
    return rows.mutate(place_seq=ibis.row_number().over(order).cast("int64") + 1)


def _asserted(evidence: Evidence) -> ir.Table:
    rows = evidence.asserted
    return rows.mutate(
        place_order=rows.institution_seq,
        own_id=rows.institution_id,
        province=ibis.null("string"),
        city=ibis.null("string"),
        level=ibis.literal(1, "int64"),
    ).select(*AFFILIATION_KEY, *PLACE_COLUMNS)


def _registered(evidence: Evidence, located: ir.Table, choice: ir.Table) -> ir.Table:
    asserted = evidence.asserted
    identified = asserted.filter(asserted.institution_id.notnull() | asserted.ror.notnull())
    open_ones = evidence.affiliation.anti_join(identified, AFFILIATION_KEY)
    found = open_ones.inner_join(located.filter(located.ror.notnull()), "text")
    agreeing = found.semi_join(choice, [*AFFILIATION_KEY, "country"])
    undecided = found.anti_join(choice, AFFILIATION_KEY)
    rows = agreeing.union(undecided)
    return rows.mutate(place_order=rows.place_seq, own_id=ibis.null("string")).select(
        *AFFILIATION_KEY, *PLACE_COLUMNS
    )


def _with_identity(rows: ir.Table, mapping: ir.Table) -> ir.Table:
    joined = rows.left_join(mapping, "ror")
    identified = joined.mutate(
        institution_id=ibis.coalesce(joined.own_id, joined.openalex_id, joined.ror)
    )
    return identified.select(
        *AFFILIATION_KEY, *(name for name in PLACE_COLUMNS if name != "own_id"), "institution_id"
    )


def _bare_countries(institutions: ir.Table, choice: ir.Table) -> ir.Table:
    missing = choice.anti_join(institutions, [*AFFILIATION_KEY, "country"])
    empty = {
        name: ibis.null("string")
        for name in ("ror", "institution", "province", "city", "type", "institution_id")
    }
    # After every institution of the affiliation, whatever their number.
    return missing.mutate(place_order=ibis.literal(2**31, "int64"), **empty)


def institutions(tables: Tables, side_country: ir.Table) -> ir.Table:
    """Institutions of the corpus (INSTITUTION), named by the work with the latest `updated`.

    The source's own description (level 1) comes before the registry's. Equal dates: the
    smallest text. Reads place and work; `side_country` has columns country, side.
    """
    place = tables["place"].filter(tables["place"].institution_id.notnull())
    dated = place.inner_join(tables["work"].select("work_key", "updated"), "work_key")
    newest = ibis.window(
        group_by=dated.institution_id,
        order_by=[dated.level, dated.updated.desc(nulls_first=False)],
    )
    ranked = dated.mutate(rank=ibis.rank().over(newest))
    first = ranked.filter(ranked["rank"] == 0)
    rows = first.group_by("institution_id").aggregate(
        ror=first.ror.min(),
        institution=first.institution.min(),
        country=first.country.min(),
        type=first.type.min(),
    )
    joined = rows.left_join(side_country, "country")
    return joined.select("institution_id", "ror", "institution", "country", "type", "side")
