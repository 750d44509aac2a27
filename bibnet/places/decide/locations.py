"""Province, city and coordinates of each place, all four from one source.

In this order: the city that the string ends with, if it is that of one institution (a campus is
where its address is, its parent is kept beside it), the location that the registry has, a province
or a place in a name. A source of another country than the one decided is not asked.
"""

from collections.abc import Iterable, Iterator

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from bibnet.places.address.gazetteer import load_gazetteer, place_key
from bibnet.places.registry.organisations import Organisation, Registry
from bibnet.schema.places import REGISTRY_PLACE
from bibnet.schema.source import AFFILIATION_KEY
from bibnet.storage.arrow import arrow_schema, from_stream, to_stream
from bibnet.storage.cache import cached
from bibnet.storage.package import package_digest

WHERE = ("province", "city", "lat", "lon")
NAMED_LEVEL = 4
EDUCATION = "education"
# What stands in a name, a postcode or a host name says less than the location of the organisation.
WEAK_RULES = (
    "country_in_name",
    "province_in_name",
    "city_in_name",
    "postcode",
    "troop_number",
    "mail_domain",
    "shared_name",
)
SEPARATOR = "|"
# The least recently used go first.
MOST_KEPT = 8


def kept_registry_places(registry: Registry) -> pa.Table:
    """As `registry_places`, kept between runs where the registry has a digest."""
    if not registry.digest:
        return registry_places(registry)
    key = f"{registry.digest} {package_digest()}"
    rows = cached(
        "registry_places", key, bytes, lambda: to_stream(registry_places(registry)), most=MOST_KEPT
    )
    return from_stream(rows)


def registry_places(registry: Registry) -> pa.Table:
    """Rows of REGISTRY_PLACE: every organisation by its ids, former ids too; sorted by id.

    Of two organisations with one id the first by key counts.
    """
    found: dict[str, Organisation] = {}
    by_key = {organisation.key: organisation for organisation in registry.organisations}
    for organisation in registry.organisations:
        for identity in filter(None, (organisation.ror, organisation.openalex_id)):
            found.setdefault(identity, organisation)
    for former, successor in registry.successor_of.items():
        found.setdefault(former, by_key[successor])
    schema = arrow_schema(REGISTRY_PLACE)
    if not found:
        return schema.empty_table()
    columns = zip(*_rows(sorted(found.items())), strict=True)
    arrays = [pa.array(c, field.type) for c, field in zip(columns, schema, strict=True)]
    return pa.Table.from_arrays(arrays, schema=schema)


def _rows(items: Iterable[tuple[str, Organisation]]) -> Iterator[tuple[object, ...]]:
    for identity, one in items:
        location = (one.country or None, one.province or None, _city(one) or None, one.lat, one.lon)
        yield identity, *location, SEPARATOR.join(one.parents) or None


def _city(one: Organisation) -> str:
    """City of a location, spelled as addresses are read, so that one city has one name."""
    city = load_gazetteer().city_named(one.city, one.country) if one.city else None
    return city.name if city and place_key(city.name) == place_key(one.city) else one.city


def with_locations(rows: ir.Table, located: ir.Table | None, locations: ir.Table) -> ir.Table:
    """Rows of places (with the affiliation's key, text, own_id, ror, country, type) with WHERE.

    `located` holds what strings say (level 4: places), None where strings are not asked;
    `locations` is the table registry_place.
    """
    sources = [_locations(locations, "own_id"), _locations(locations, "ror")]
    if located is not None:
        named = located.filter(located.level == NAMED_LEVEL).select(
            "text", "country", "rule", *WHERE
        )
        weak = named.rule.isin(WEAK_RULES)
        address = named.filter(~weak & named.city.notnull()).drop("rule")
        address = address.mutate(single=ibis.literal(True))
        sources = [address, *sources, named.drop("rule")]
        rows = rows.mutate(single=_is_single(rows))
    for number, source in enumerate(sources):
        rows = _beside(rows, source, number)
    return rows.mutate(**{name: _first_known(rows, name, range(len(sources))) for name in WHERE})


def _is_single(rows: ir.Table) -> ir.BooleanValue:
    """Whether the address is that of every institution: one string, one university at most.

    "Quillwater University; Brindlemoor University, Bonn" says nothing of where the first is.
    """
    affiliation = ibis.window(group_by=AFFILIATION_KEY)
    schools = rows.type.contains(EDUCATION).fill_null(False).cast("int64").sum().over(affiliation)
    return (schools <= 1) & ~rows.text.fill_null("").contains(";")


def _locations(locations: ir.Table, key: str) -> ir.Table:
    return locations.select("country", *WHERE, **{key: locations.id})


def _beside(rows: ir.Table, source: ir.Table, number: int) -> ir.Table:
    """Rows with the columns of a source under names of their own; no row is added."""
    key = [name for name in source.columns if name not in WHERE]
    named = source.rename({f"{name}_{number}": name for name in WHERE})
    joined = rows.left_join(named, key)
    return joined.drop(*(name for name in joined.columns if name.endswith("_right")))


def _first_known(rows: ir.Table, name: str, sources: Iterable[int]) -> ir.Value:
    """A column of the first source that knows the province or the city."""
    known = [
        (rows[f"province_{n}"].notnull() | rows[f"city_{n}"].notnull(), rows[f"{name}_{n}"])
        for n in sources
    ]
    return ibis.cases(*known)
