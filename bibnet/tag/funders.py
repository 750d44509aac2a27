"""Who paid for each work: country and type of its funders, from the reference list.

A funder is known by its OpenAlex id; a name without id by an exact folded name or alias. Funders
are never merged on ROR ids, because OpenAlex gives one body's ROR id to several funders.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import ibis
import pandas as pd

from bibnet.reference import load
from bibnet.schema.derived import FUNDING
from bibnet.tag.name import is_han, letters, name_key

UNCLASSIFIED = "unclassified"
# Ministries and foundations of many countries share acronyms of three letters.
SHORT_ALIAS = 3
LISTED_COLUMNS = ("listed_id", "listed_name", "listed_country", "listed_type")
Rows = Iterable[Mapping[str, str]]


@dataclass(frozen=True)
class FunderList:
    """The reference list of funders; the default is the packaged one."""

    rows: list[dict[str, str]] = field(default_factory=lambda: load.rows("funders"))

    def by_name(self) -> dict[str, dict[str, str]]:
        """Entries by `name_key` of every name and alias that only one entry has."""
        owners: dict[str, list[dict[str, str]]] = defaultdict(list)
        for row in self.rows:
            for key in _keys(row):
                owners[key].append(row)
        return {key: rows[0] for key, rows in owners.items() if len(rows) == 1}


def funding(work_funder: ibis.Table, listed: FunderList | None = None) -> ibis.Table:
    """Return the table FUNDING: one row per work and funder, in the order of its key.

    A funder that the list does not hold is `unclassified`, without country, under the smallest
    name the corpus shows for its id. A listed name takes the id of the list, so that a name and
    an id of one funder count once. A funder with neither id nor name is left out.
    """
    known = listed or FunderList()
    with_id = work_funder.filter(work_funder.funder_id.notnull())
    unnamed = work_funder.filter(work_funder.funder_id.isnull() & work_funder.funder.notnull())
    found = _of_ids(with_id, known).union(_of_names(unnamed, known))
    return found.distinct().order_by(list(FUNDING.key))


def _of_ids(with_id: ibis.Table, known: FunderList) -> ibis.Table:
    shown = with_id.group_by("funder_id").aggregate(shown=with_id.funder.min())
    entries = _memtable(
        [(row["funder_id"], *_listed(row)) for row in known.rows if row["funder_id"]], "funder_id"
    )
    named = shown.left_join(entries, "funder_id")
    described = named.select("funder_id", **_described(named, named.funder_id, named.shown))
    works = with_id.select("work_key", "funder_id")
    return works.join(described, "funder_id").select(FUNDING.column_names)


def _of_names(unnamed: ibis.Table, known: FunderList) -> ibis.Table:
    shown = unnamed.select(shown="funder").distinct()
    entries = known.by_name()
    matched = [
        (name, *_listed(entries[key]))
        for name in shown.execute()["shown"].sort_values()
        if (key := name_key(name)) in entries
    ]
    named = shown.left_join(_memtable(matched, "shown"), "shown")
    identifier = named.listed_id.nullif("")
    described = named.select("shown", funder_id=identifier, **_described(named, None, named.shown))
    works = unnamed.select("work_key", shown="funder")
    return works.join(described, "shown").select(FUNDING.column_names)


def _keys(row: Mapping[str, str]) -> set[str]:
    aliases = [
        alias
        for alias in row["aliases"].split("|")
        if is_han(alias) or letters(alias) > SHORT_ALIAS
    ]
    return {name_key(name) for name in (row["name"], row["name_zh"], *aliases)} - {""}


def _listed(row: Mapping[str, str]) -> tuple[str, str, str, str]:
    return row["funder_id"], row["name"], row["country"], row["type"]
