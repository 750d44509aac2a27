"""A run's tables for some of its works only, so that every exhibit can be counted over them."""

from collections.abc import Iterator, Mapping

import ibis.expr.types as ir

from bibnet.reference.country_code import country_code
from bibnet.schema.errors import Fault, UsageError
from bibnet.storage.engine import Engine, Tables

WORK_KEY = "work_key"


class NarrowedTables(Mapping[str, ir.Table]):
    """Tables of a run, those with works cut down to the works of `keys` (column work_key).

    Tables without works (institutions, sides) stay whole, and so do edges, which sum works.
    """

    def __init__(self, tables: Tables, keys: ir.Table):
        self._tables, self._keys = tables, keys
        self._narrowed: dict[str, ir.Table] = {}

    def __getitem__(self, name: str) -> ir.Table:
        if name not in self._narrowed:
            table = self._tables[name]
            if WORK_KEY in table.columns:
                table = table.semi_join(self._keys, WORK_KEY)
            self._narrowed[name] = table
        return self._narrowed[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._tables)

    def __len__(self) -> int:
        return len(self._tables)


def works_of_country(engine: Engine, tables: Tables, country: str) -> ir.Table:
    """Keys of the works with a country, given by code or name.

    Raises UsageError naming the countries there are.
    """
    member = tables["country_membership"].select(WORK_KEY, "unit").distinct()
    counted = member.group_by("unit").aggregate(works=member.count())
    known = engine.frame(counted.order_by("unit"))["unit"].tolist()
    code = country_code(country)
    if code not in known:
        remedy = f"one of: {', '.join(known)}"
        raise UsageError(Fault(f"no work of the country {country!r}", "--country", remedy))
    return member.filter(member.unit == code).select(WORK_KEY)
