"""Who paid for each work: country and type of its funders, from the reference list.

A funder is known by its OpenAlex id; a name without id by an exact folded name or alias. Funders
are never merged on ROR ids, because OpenAlex gives one body's ROR id to several funders.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import ibis
import pyarrow as pa

from bibnet.reference import load
from bibnet.schema.derived import FUNDING
from bibnet.tag.name import is_han, letters, name_key

UNCLASSIFIED = "unclassified"
# Ministries and foundations of many countries share acronyms of three letters.
SHORT_ALIAS = 3


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


def funding(tables: Mapping[str, ibis.Table], listed: FunderList | None = None) -> ibis.Table:
    """Return FUNDING of the table work_funder: a row per work and funder, in order of its key.

    A funder that the list does not hold is `unclassified`, without country, under the smallest
    name the corpus shows for its id. A listed name takes the id of the list, so that a name and
    an id of one funder count once. A funder with neither id nor name is left out.
    """
    known, work_funder = listed or FunderList(), tables["work_funder"]
    with_id = work_funder.filter(work_funder.funder_id.notnull())
    unnamed = work_funder.filter(work_funder.funder_id.isnull() & work_funder.funder.notnull())
    found = _of_ids(with_id, known).union(_of_names(unnamed, known))
    return found.distinct().order_by(list(FUNDING.key))


def _of_ids(with_id: ibis.Table, known: FunderList) -> ibis.Table:
    shown = with_id.group_by("funder_id").aggregate(shown=with_id.funder.min())
    entries = _memtable([(row["funder_id"], row) for row in known.rows if row["funder_id"]])
    described = _described(shown, entries, "funder_id")
    works = with_id.select("work_key", key="funder_id")
    return works.join(described, "key").select(FUNDING.column_names)


def _of_names(unnamed: ibis.Table, known: FunderList) -> ibis.Table:
    shown = unnamed.select(shown="funder").distinct()
    entries = known.by_name()
    names = [(name, name_key(name)) for name in sorted(shown.execute()["shown"])]
    matched = _memtable([(name, entries[key]) for name, key in names if key in entries])
    described = _described(shown, matched, "shown")
    works = unnamed.select("work_key", key="funder")
    return works.join(described, "key").select(FUNDING.column_names)


def _described(shown: ibis.Table, entries: ibis.Table, key: str) -> ibis.Table:
    """Funders of the corpus (`key` and the name `shown`) as the list describes them."""
    both = shown.mutate(key=shown[key]).left_join(entries, "key")
    own_id = both["funder_id"] if key == "funder_id" else ibis.null("string")
    return both.select(
        "key",
        funder_id=ibis.coalesce(own_id, both.listed_id.nullif("")),
        funder=ibis.coalesce(both.listed_name, both.shown),
        funder_country=both.listed_country.nullif(""),
        funder_type=both.listed_type.fill_null(UNCLASSIFIED),
    )


def _memtable(entries: Iterable[tuple[str, Mapping[str, str]]]) -> ibis.Table:
    columns = {
        "key": "",
        "listed_id": "funder_id",
        "listed_name": "name",
        "listed_country": "country",
        "listed_type": "type",
    }
    rows = [
        {column: row[cell] if cell else key for column, cell in columns.items()}
        for key, row in entries
    ]
    schema = pa.schema([(column, pa.string()) for column in columns])
    return ibis.memtable(pa.Table.from_pylist(rows, schema=schema))


def _keys(row: Mapping[str, str]) -> set[str]:
    aliases = [
        alias
        for alias in row["aliases"].split("|")
        if is_han(alias) or letters(alias) > SHORT_ALIAS
    ]
    return {name_key(name) for name in (row["name"], row["name_zh"], *aliases)} - {""}
