"""Hubs: works by city, by province (or region) and by cluster of provinces.

Every level has rows of its own, marked by `unit`, and a work counts once in a row:

=========  ============  ========  ======  =======================================
unit       country       province  city    a work counts if one of its places
=========  ============  ========  ======  =======================================
city       code          name      name    is in the city of that province
province   code          name      all     is in the province
cluster    codes by |    all       all     is in a member of the cluster
=========  ============  ========  ======  =======================================

An empty province or city is unknown, never a total: totals say `all`. Rows of one level do
not add up to the country, because a work can be in several; the rows of two levels must
not be added at all. In municipalities (reference list) every place is in the city of the
province's name. `cluster` names the cluster that holds the row's place, at every level.
Hong Kong, Macau and Taiwan are countries of their own; a cluster that spans codes shows
them joined.
"""

import ibis
import ibis.expr.types as ir

from bibnet.metrics.exhibit import Exhibit
from bibnet.network.counting import joint_flag
from bibnet.network.incidence import Incidence, ratio, total
from bibnet.reference import load
from bibnet.schema.exhibits.participants import HUBS
from bibnet.storage.engine import Tables

ALL = "all"
CITY, PROVINCE, CLUSTER = "city", "province", "cluster"
KEYS = ("unit", "country", "province", "city", "cluster")
MILLION = 1_000_000


def hubs_incidence(tables: Tables) -> Incidence:
    """Cells by unit, country, province, city and cluster; works with an unknown place too."""
    located = _located(tables)
    levels = (_cities(located), _provinces(located), _clusters(located))
    rows = ibis.union(*(level.select("work_key", *KEYS) for level in levels), distinct=True)
    rows = rows.inner_join(joint_flag(tables), "work_key").mutate(works=ibis.literal(1, "int64"))
    return Incidence(rows, KEYS, ("works", "joint_works"))


def hubs(tables: Tables, population: ir.Table) -> ir.Table:
    """The hubs exhibit.

    share = works / works of the row's country (of any of its countries, for a cluster that
    spans several); empty nowhere, since a row has a work. `population` is what
    `populations.population_table` gives; works_per_million = 1,000,000 * works /
    population, empty where the population is not known. lat and lon of a city are those that
    most affiliations to it have (a tie: the most southern, the most western); empty where no
    source has any, and in rows of other units.
    """
    rows = _with_points(total(hubs_incidence(tables)), tables)
    rows = rows.inner_join(_works_of_countries(tables), "country")
    known = population.rename(people="population")
    own = ibis.ifelse(rows.unit == CLUSTER, rows.cluster, "")
    place = ["unit", "country", "province", "city", "of_cluster"]
    found = rows.mutate(of_cluster=own).left_join(known, place)
    return found.mutate(
        share=ratio(found.works, found.works_of_country),
        population=found.people,
        works_per_million=ratio(found.works * MILLION, found.people),
    )


def _located(tables: Tables) -> ir.Table:
    """Rows (work_key, country, province, city, cluster, spanned), municipalities folded.

    `spanned` is what the cluster's own row shows as country.
    """
    place = tables["place"].filter(tables["place"].country.notnull())
    rows = place.select("work_key", "country", "province", "city").distinct()
    return _with_cluster(_folded(rows).select("work_key", "country", "province", "city"))


def _with_points(rows: ir.Table, tables: Tables) -> ir.Table:
    """Add lat and lon to the rows of cities."""
    place = tables["place"].filter(tables["place"].city.notnull(), tables["place"].lat.notnull())
    located = _folded(place.select("country", "province", "city", "lat", "lon"))
    points = located.group_by("country", "province", "city", "lat", "lon").aggregate(
        affiliations=located.count()
    )
    order = [points.affiliations.desc(), points.lat, points.lon]
    city = [points.country, points.province.fill_null(""), points.city]
    ranked = points.mutate(rank=ibis.row_number().over(group_by=city, order_by=order))
    first = ranked.filter(ranked["rank"] == 0).select(
        point_country="country",
        point_province=ranked.province.fill_null(""),
        point_city="city",
        lat="lat",
        lon="lon",
    )
    same = [
        rows.country == first.point_country,
        rows.province.fill_null("") == first.point_province,
        rows.city == first.point_city,
    ]
    return rows.left_join(first, same).drop("point_country", "point_province", "point_city")


def _folded(rows: ir.Table) -> ir.Table:
    """Rows with a country, a province and a city: those of municipalities by one name."""
    town = _list("municipalities", "country", "province", "city")
    by_city = town.select(town_country=town.country, town_city=town.city, of_city=town.province)
    rows = rows.left_join(
        by_city, [rows.country == by_city.town_country, rows.city == by_city.town_city]
    )
    rows = rows.mutate(province=rows.province.fill_null(rows.of_city))
    by_province = town.select(own_country=town.country, own_province=town.province, seat=town.city)
    rows = rows.left_join(
        by_province,
        [rows.country == by_province.own_country, rows.province == by_province.own_province],
    )
    return rows.mutate(city=rows.seat.fill_null(rows.city))


def _with_cluster(rows: ir.Table) -> ir.Table:
    """Add the cluster that holds the province, or the whole country."""
    member = ibis.memtable(
        {
            "member_country": [row["country"] for row in _members()],
            "member_province": [row["province"] for row in _members()],
            "cluster": [row["cluster"] for row in _members()],
            "spanned": [spanned_countries()[row["cluster"]] for row in _members()],
        }
    )
    whole = member.member_province == ALL
    found = rows.left_join(
        member,
        [
            rows.country == member.member_country,
            whole | (rows.province == member.member_province),
        ],
    )
    return found.select("work_key", "country", "province", "city", "cluster", "spanned").distinct()


def _members() -> list[dict[str, str]]:
    return load.rows("clusters")


def spanned_countries() -> dict[str, str]:
    """Cluster -> the country codes of its members, sorted and joined by |."""
    found: dict[str, set[str]] = {}
    for row in _members():
        found.setdefault(row["cluster"], set()).add(row["country"])
    return {cluster: "|".join(sorted(codes)) for cluster, codes in sorted(found.items())}


def _cities(located: ir.Table) -> ir.Table:
    return located.mutate(unit=ibis.literal(CITY))


def _provinces(located: ir.Table) -> ir.Table:
    return located.mutate(unit=ibis.literal(PROVINCE), city=ibis.literal(ALL))


def _clusters(located: ir.Table) -> ir.Table:
    held = located.filter(located.cluster.notnull())
    return held.mutate(
        unit=ibis.literal(CLUSTER),
        country=held.spanned,
        province=ibis.literal(ALL),
        city=ibis.literal(ALL),
    )


def _works_of_countries(tables: Tables) -> ir.Table:
    """Rows (country, works_of_country) by code, and by the codes that a cluster spans."""
    place = tables["place"].filter(tables["place"].country.notnull())
    present = place.select("work_key", "country").distinct()
    spans = [
        (code, codes)
        for codes in sorted(set(spanned_countries().values()))
        if "|" in codes
        for code in codes.split("|")
    ]
    span = ibis.memtable(
        {"country": [code for code, _ in spans], "codes": [codes for _, codes in spans]},
        schema={"country": "string", "codes": "string"},
    )
    joined = present.inner_join(span, "country").select("work_key", country="codes").distinct()
    rows = present.union(joined)
    return rows.group_by("country").aggregate(works_of_country=rows.count())


def _list(name: str, *columns: str) -> ir.Table:
    rows = load.rows(name)
    return ibis.memtable({column: [row[column] for row in rows] for column in columns})


EXHIBITS = (Exhibit(HUBS, hubs_incidence),)
