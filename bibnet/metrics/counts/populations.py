"""How many people live in a place: the packaged list, and a table of the user's own."""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest
from pathlib import Path

import ibis
import ibis.expr.types as ir

from bibnet.metrics.counts.hubs import ALL, CITY, CLUSTER, PROVINCE, spanned_countries
from bibnet.reference import load
from bibnet.schema.errors import Fault, InputError
from bibnet.storage.csv_text import CSV_ERRORS, csv_remedy, csv_table

COLUMNS = ("country", "province", "city", "population")
TABLE_COLUMNS = ("unit", "country", "province", "city", "of_cluster", "population")
NUMBERS = {"population": "int64"}
PEOPLE = re.compile("0{0,12}[1-9][0-9]{0,11}")
Place = tuple[str, str, str]


def packaged_populations() -> dict[Place, int]:
    """Place (country, province, city; `all` = the whole) -> people, of the reference list."""
    return _by_place(load.rows("populations"))


def read_populations(path: Path) -> dict[Place, int]:
    """Places and their people from a CSV file: country, province, city, population.

    An empty province or city, or `all`, means the whole. Further columns are not used.
    Raises InputError with every fault of the file: unreadable, a missing column, an unknown
    country code, a population that is no whole number above zero, a place that stands twice.
    """
    rows = _rows(path)
    faults = _faults(rows, path)
    if faults:
        raise InputError(faults)
    return _by_place(rows)


def population_record(path: Path | None) -> Mapping[str, str] | None:
    """Name and SHA-256 of the user's table for the manifest; None where there is none."""
    if path is None:
        return None
    return {"file": path.name, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}


def population_table(people: Mapping[Place, int]) -> ir.Table:
    """Rows (unit, country, province, city, of_cluster, population) as hubs shows its places.

    A municipality's people are those of its city, too. A cluster has a population only
    where every member has one; `of_cluster` names it and is empty text elsewhere.
    """
    shown: dict[tuple[str, ...], int] = {
        (PROVINCE if city == ALL else CITY, country, province, city, ""): number
        for (country, province, city), number in people.items()
    }
    for row in load.rows("municipalities"):
        whole = people.get((row["country"], row["province"], ALL))
        if whole is not None:
            shown.setdefault((CITY, row["country"], row["province"], row["city"], ""), whole)
    shown |= _of_clusters(people)
    rows = [(*place, shown[place]) for place in sorted(shown)]
    columns = {name: [row[at] for row in rows] for at, name in enumerate(TABLE_COLUMNS)}
    return ibis.memtable(columns, schema={**dict.fromkeys(TABLE_COLUMNS, "string"), **NUMBERS})


def _of_clusters(people: Mapping[Place, int]) -> dict[tuple[str, ...], int]:
    members: dict[str, list[int | None]] = {}
    for row in load.rows("clusters"):
        number = people.get((row["country"], row["province"], ALL))
        members.setdefault(row["cluster"], []).append(number)
    spans = spanned_countries()
    return {
        (CLUSTER, spans[name], ALL, ALL, name): sum(number or 0 for number in found)
        for name, found in sorted(members.items())
        if None not in found
    }


def _by_place(rows: Iterable[Mapping[str, str]]) -> dict[Place, int]:
    return {_place(row): int(row["population"]) for row in rows}


def _place(row: Mapping[str, str]) -> Place:
    return row["country"].strip(), row["province"].strip() or ALL, row["city"].strip() or ALL


def _rows(path: Path) -> list[dict[str, str]]:
    try:
        table = csv_table(path.read_bytes())
    except CSV_ERRORS as error:
        remedy = f"{csv_remedy(error)}, with the columns {', '.join(COLUMNS)}"
        raise InputError(Fault(f"no table of populations: {error}", str(path), remedy)) from error
    header = table[0] if table else []
    missing = [column for column in COLUMNS if column not in header]
    if missing:
        raise InputError([Fault(f"no column {name}", str(path), "add it") for name in missing])
    return [
        dict(zip_longest(header, cells[: len(header)], fillvalue=""))
        for cells in table[1:]
        if cells
    ]


def _faults(rows: Sequence[Mapping[str, str]], path: Path) -> list[Fault]:
    known = {row["country"] for row in load.rows("countries")}
    first: dict[Place, int] = {}
    faults = []
    for line, row in enumerate(rows, start=2):
        where, place, number = f"{path}: row {line}", _place(row), row["population"].strip()
        if place[0] not in known:
            faults.append(Fault(f"unknown country code {place[0]!r}", where, "see countries.csv"))
        if place[1] == ALL and place[2] != ALL:
            faults.append(Fault("a city without its province", where, "name the province"))
        if not PEOPLE.fullmatch(number):
            remedy = "write a whole number above zero of at most 12 digits, without separators"
            faults.append(Fault(f"no population: {number[:40]!r}", where, remedy))
        if first.setdefault(place, line) != line:
            what = f"{' / '.join(place)} stands twice"
            faults.append(Fault(what, f"{where}, first in row {first[place]}", "keep one"))
    return faults
