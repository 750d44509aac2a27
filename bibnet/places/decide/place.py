"""Places of each affiliation: its institutions and the countries that were decided.

Institutions come from the source; where it gives none with an id, the organisations that
the registry holds under a name in the string stand in, unless their country contradicts
the one that was decided.
"""

import ibis
import ibis.expr.types as ir

from bibnet.places.decide.evidence import Evidence
from bibnet.places.decide.locations import WHERE, with_locations
from bibnet.schema.source import AFFILIATION_KEY
from bibnet.storage.engine import Tables

PLACE_COLUMNS = ("place_order", "own_id", "ror", "institution", "country", "type", "level")


def openalex_ids(asserted: ir.Table) -> ir.Table:
    """ROR id -> OpenAlex id, for every pair that some work of the corpus shows.

    Two OpenAlex ids with one ROR id: the smaller as text.
    """
    paired = asserted.filter(asserted.ror.notnull() & asserted.institution_id.notnull())
    return paired.group_by("ror").aggregate(openalex_id=paired.institution_id.min())


def places(
    evidence: Evidence, choice: ir.Table, locations: ir.Table, known_ids: ir.Table
) -> ir.Table:
    """Rows of PLACE: institutions first, then decided countries that no institution has.

    `locations` is the table registry_place; `known_ids` are those of `openalex_ids`, of all works.
    """
    institutions = _asserted(evidence)
    if evidence.located is not None:
        institutions = institutions.union(_registered(evidence, evidence.located, choice))
    countries = _bare_countries(institutions, choice)
    texts = evidence.affiliation.select(*AFFILIATION_KEY, "text")
    bare = institutions.union(countries.select(*institutions.columns))
    placed = with_locations(_joined(bare, texts), evidence.located, locations)
    rows = _with_identity(placed, known_ids)
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
        level=ibis.literal(1, "int64"),
    ).select(*AFFILIATION_KEY, *PLACE_COLUMNS)


def _registered(evidence: Evidence, located: ir.Table, choice: ir.Table) -> ir.Table:
    asserted = evidence.asserted
    identified = asserted.filter(asserted.institution_id.notnull() | asserted.ror.notnull())
    open_ones = evidence.affiliation.anti_join(identified, AFFILIATION_KEY)
    organisations = located.filter(located.ror.notnull() | located.own_id.notnull())
    found = open_ones.inner_join(organisations, "text")
    agreeing = found.semi_join(choice, [*AFFILIATION_KEY, "country"])
    undecided = found.anti_join(choice, AFFILIATION_KEY)
    rows = agreeing.union(undecided)
    return rows.mutate(place_order=rows.place_seq).select(*AFFILIATION_KEY, *PLACE_COLUMNS)


def _with_identity(rows: ir.Table, mapping: ir.Table) -> ir.Table:
    joined = rows.left_join(mapping, "ror")
    identified = joined.mutate(
        institution_id=ibis.coalesce(joined.own_id, joined.openalex_id, joined.ror)
    )
    return identified.select(
        *AFFILIATION_KEY,
        *(name for name in PLACE_COLUMNS if name != "own_id"),
        *WHERE,
        "institution_id",
    )


def _joined(rows: ir.Table, texts: ir.Table) -> ir.Table:
    joined = rows.left_join(texts, AFFILIATION_KEY)
    return joined.drop(*(f"{name}_right" for name in AFFILIATION_KEY))


def _bare_countries(institutions: ir.Table, choice: ir.Table) -> ir.Table:
    missing = choice.anti_join(institutions, [*AFFILIATION_KEY, "country"])
    empty = {name: ibis.null("string") for name in ("ror", "institution", "type", "own_id")}
    # After every institution of the affiliation, whatever their number.
    return missing.mutate(place_order=ibis.literal(2**31, "int64"), **empty)


def institutions(tables: Tables, side_country: ir.Table, locations: ir.Table) -> ir.Table:
    """Institutions of the corpus (INSTITUTION), named by the work with the latest `updated`.

    The source's own description (level 1) comes before the registry's. Equal dates: the
    smallest text. Reads place and work; `side_country` has columns country, side; `locations` is
    the table registry_place. A location in another country than the institution's is left out.
    """
    rows = _newest_description(tables)
    own = _beside(rows, locations, "institution_id")
    located = _beside(own, locations, "ror")
    merged = {
        name: ibis.coalesce(located[f"{name}_institution_id"], located[f"{name}_ror"])
        for name in ("province", "city", "lat", "lon", "parents")
    }
    joined = located.mutate(**merged).left_join(side_country, "country")
    return joined.select("institution_id", "ror", "institution", "country", "type", "side", *merged)


def _newest_description(tables: Tables) -> ir.Table:
    place = tables["place"].filter(tables["place"].institution_id.notnull())
    dated = place.inner_join(tables["work"].select("work_key", "updated"), "work_key")
    newest = ibis.window(
        group_by=dated.institution_id,
        order_by=[dated.level, dated.updated.desc(nulls_first=False)],
    )
    ranked = dated.mutate(rank=ibis.rank().over(newest))
    first = ranked.filter(ranked["rank"] == 0)
    return first.group_by("institution_id").aggregate(
        ror=first.ror.min(),
        institution=first.institution.min(),
        country=first.country.min(),
        type=first.type.min(),
    )


def _beside(rows: ir.Table, locations: ir.Table, key: str) -> ir.Table:
    """Institutions with the location of one of their ids, its columns marked by the id."""
    marked = {f"{name}_{key}": name for name in (*WHERE, "parents")}
    location = locations.rename(**marked, **{key: "id"})
    joined = rows.left_join(location, [key, "country"])
    return joined.drop(*(name for name in joined.columns if name.endswith("_right")))
