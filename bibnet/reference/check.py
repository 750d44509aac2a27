"""Checks of a reference list against its declaration and its card; every fault is reported."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

from bibnet.reference.card import Card
from bibnet.reference.days import read_days
from bibnet.reference.declared import ReferenceList
from bibnet.reference.identifier import is_ror
from bibnet.schema.errors import Fault

Rows = Sequence[dict[str, str]]
# How an identifier of each column is recognised; an empty one is none.
IDENTIFIERS: Mapping[str, Callable[[str], bool]] = {
    "ror": is_ror,
    "openalex_id": lambda text: re.fullmatch("I[0-9]+", text) is not None,
    "funder_id": lambda text: re.fullmatch("F[0-9]+", text) is not None,
    "topic_id": lambda text: re.fullmatch("T[0-9]+", text) is not None,
    "concept_id": lambda text: re.fullmatch("C[0-9]+", text) is not None,
}


@dataclass(frozen=True)
class ListFile:
    """A list as it was read: its file name, header, rows, declaration, card and known countries.

    `known` holds the keys of the other lists that its columns refer to, by column.
    """

    file: str
    header: Sequence[str]
    rows: Rows
    declared: ReferenceList
    card: Card
    countries: Collection[str]
    known: Mapping[str, Collection[str]] = field(default_factory=dict)

    def line(self, row: int) -> str:
        """Name of a row for a message: the header is row 1 of the file."""
        return f"{self.file}: row {row + 2}"


def faults_of(list_file: ListFile) -> list[Fault]:
    """Return every fault of one list; an empty list is a true one.

    Missing or doubled columns end the check, because no other check can be judged then.
    """
    shape = _header_faults(list_file)
    if shape:
        return shape
    checks: tuple[Callable[[ListFile], list[Fault]], ...] = (
        _count_faults,
        _key_faults,
        _identifier_faults,
        _form_faults,
        _country_faults,
        _word_faults,
        _known_faults,
        _interval_faults,
    )
    return [fault for check in checks for fault in check(list_file)]


def _header_faults(list_file: ListFile) -> list[Fault]:
    missing = [column for column in list_file.declared.columns if column not in list_file.header]
    doubled = sorted({name for name in list_file.header if list_file.header.count(name) > 1})
    return [
        *(Fault(f"no column {name}", list_file.file, "add the column") for name in missing),
        *(Fault(f"column {name} stands twice", list_file.file, "keep one") for name in doubled),
    ]


def _count_faults(list_file: ListFile) -> list[Fault]:
    found, stated = len(list_file.rows), list_file.card.rows
    if found == stated:
        return []
    what = f"the card says {stated} rows, the list has {found}"
    return [Fault(what, list_file.file, "mend the list or its card")]


def _key_faults(list_file: ListFile) -> list[Fault]:
    key = list_file.declared.key
    keys = [tuple(row[column] for column in key) for row in list_file.rows]
    empty = [
        Fault(f"empty {' + '.join(key)}", list_file.line(row), "fill it in")
        for row, values in enumerate(keys)
        if "" in values
    ]
    return empty + _repeats(list_file, [" + ".join(values) for values in keys])


def _identifier_faults(list_file: ListFile) -> list[Fault]:
    return [
        fault
        for column in list_file.declared.unique_if_given
        for fault in _repeats(list_file, [row[column] for row in list_file.rows])
    ]


def _repeats(list_file: ListFile, values: Sequence[str]) -> list[Fault]:
    first: dict[str, int] = {}
    return [
        Fault(
            f"{value!r} stands twice",
            f"{list_file.line(row)}, first in row {first[value] + 2}",
            "keep one of the rows",
        )
        for row, value in enumerate(values)
        if value and first.setdefault(value, row) != row
    ]


def _form_faults(list_file: ListFile) -> list[Fault]:
    return [
        Fault(f"unknown identifier {row[column]!r}", list_file.line(number), f"mend the {column}")
        for column, is_one in IDENTIFIERS.items()
        if column in list_file.header
        for number, row in enumerate(list_file.rows)
        if row[column] and not is_one(row[column])
    ]


def _word_faults(list_file: ListFile) -> list[Fault]:
    return [
        Fault(f"unknown {column} {row[column]!r}", list_file.line(number), f"one of: {words}")
        for column, known in list_file.declared.words.items()
        for words in [", ".join(known)]
        for number, row in enumerate(list_file.rows)
        if row[column] not in known
    ]


def _interval_faults(list_file: ListFile) -> list[Fault]:
    """Intervals whose days are none, or that end before they begin."""
    if not list_file.declared.interval:
        return []
    first, last = list_file.declared.interval
    faults = []
    for number, row in enumerate(list_file.rows):
        where = list_file.line(number)
        days = [read_days(row[name]) for name in (first, last) if row[name]]
        if not row[first] or None in days:
            what = f"no interval: {row[first]!r} to {row[last]!r}"
            faults.append(Fault(what, where, "write days as 2024-03-31, or a year"))
        elif len(days) == 2 and days[0] and days[1] and days[1][1] < days[0][0]:
            what = f"the interval ends ({row[last]}) before it begins ({row[first]})"
            faults.append(Fault(what, where, "mend one of the two"))
    return faults


def _known_faults(list_file: ListFile) -> list[Fault]:
    return [
        Fault(
            f"unknown identifier {value!r}",
            f"{list_file.line(number)}, column {column}",
            f"use a key of {list_file.declared.known_in[column]}.csv",
        )
        for column, known in list_file.known.items()
        for number, row in enumerate(list_file.rows)
        for value in row[column].split("|")
        if value not in known
    ]


def _country_faults(list_file: ListFile) -> list[Fault]:
    known = {"", *list_file.declared.other_codes, *list_file.countries}
    return [
        Fault(f"unknown country code {row[column]!r}", list_file.line(number), "see countries.csv")
        for column in list_file.declared.country_columns
        for number, row in enumerate(list_file.rows)
        if row[column] not in known
    ]
