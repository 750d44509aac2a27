"""Who paid for each work: country and type of its funders, from the reference list.

A funder is known by its OpenAlex id; a name without id by an exact folded name or alias; a defence
programme also by the form of an award number. Funders are never merged on ROR ids, because OpenAlex
gives one body's ROR id to several funders.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import ibis
import pyarrow as pa

from bibnet.reference import load
from bibnet.schema.tags import FUNDING
from bibnet.tag.funders.grants import GrantPatterns, programme_of
from bibnet.tag.name import is_han, letters, name_key

UNCLASSIFIED = "unclassified"
# Ministries and foundations of many countries share acronyms of three letters.
SHORT_ALIAS = 3
CELLS = ("funder_id", "funder", "funder_country", "funder_type")
AWARD_SCHEMA = pa.schema([(name, pa.string()) for name in ("owner", "shown", *CELLS)])


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


def funding(
    tables: Mapping[str, ibis.Table],
    listed: FunderList | None = None,
    patterns: GrantPatterns | None = None,
) -> ibis.Table:
    """Return FUNDING of work_funder and award: a row per work and funder, in order of its key.

    A funder that the list does not hold is `unclassified`, without country, under the smallest
    name the corpus shows for its id. A listed name takes the id of the list, so that a name and
    an id of one funder count once. A funder with neither id nor name is left out. An award number
    of a programme's form adds the programme, with the number in `matched_text`; the smallest, if
    a work has several.
    """
    known, work_funder = listed or FunderList(), tables["work_funder"]
    with_id = work_funder.filter(work_funder.funder_id.notnull())
    unnamed = work_funder.filter(work_funder.funder_id.isnull() & work_funder.funder.notnull())
    named = _of_ids(with_id, known).union(_of_names(unnamed, known))
    found = named.mutate(matched_text=ibis.null("string")).union(
        _of_awards(tables["award"], known, patterns or GrantPatterns())
    )
    one = found.group_by(["work_key", *CELLS]).aggregate(matched_text=found.matched_text.min())
    return one.select(FUNDING.column_names).order_by(list(FUNDING.key))


def _of_awards(award: ibis.Table, known: FunderList, patterns: GrantPatterns) -> ibis.Table:
    """Programmes that the forms of award numbers tell, but for awards of funders elsewhere."""
    entries = {row["entry_id"]: row for row in known.rows}
    country = {row["funder_id"]: row["country"] for row in known.rows if row["funder_id"]}
    programmes = patterns.programmes(known.rows)
    numbered = award.filter(award.award_number.notnull())
    shown = numbered.mutate(owner=numbered.funder_id.fill_null(""), shown=numbered.award_number)
    distinct = shown.select("owner", "shown").distinct().order_by(["owner", "shown"]).execute()
    found = []
    for owner, number in distinct.itertuples(index=False):
        entry = entries.get(programme_of(number, programmes))
        if entry and country.get(owner) in (None, "", entry["country"]):
            found.append({"owner": owner, "shown": number, **_cells(entry)})
    marked = ibis.memtable(pa.Table.from_pylist(found, schema=AWARD_SCHEMA))
    rows = shown.select("work_key", "owner", "shown").join(marked, ["owner", "shown"])
    return rows.select("work_key", *CELLS, matched_text="shown")


def _cells(entry: Mapping[str, str]) -> dict[str, str | None]:
    return {
        "funder_id": entry["funder_id"] or None,
        "funder": entry["name"],
        "funder_country": entry["country"] or None,
        "funder_type": entry["type"],
    }


def _of_ids(with_id: ibis.Table, known: FunderList) -> ibis.Table:
    shown = with_id.group_by("funder_id").aggregate(shown=with_id.funder.min())
    entries = _memtable([(row["funder_id"], row) for row in known.rows if row["funder_id"]])
    described = _described(shown, entries, "funder_id")
    works = with_id.select("work_key", key="funder_id")
    return works.join(described, "key").select("work_key", *CELLS)


def _of_names(unnamed: ibis.Table, known: FunderList) -> ibis.Table:
    shown = unnamed.select(shown="funder").distinct()
    entries = known.by_name()
    names = [(name, name_key(name)) for name in sorted(shown.execute()["shown"])]
    matched = _memtable([(name, entries[key]) for name, key in names if key in entries])
    described = _described(shown, matched, "shown")
    works = unnamed.select("work_key", key="funder")
    return works.join(described, "key").select("work_key", *CELLS)


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
