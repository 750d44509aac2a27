"""The reference lists: rows, cards, hashes, country schemes.

Every function takes a folder; the default is the folder of the package. Another folder replaces
the lists as a whole: it needs the CSV files and their cards.
"""

import hashlib
from datetime import date
from functools import lru_cache
from pathlib import Path

from bibnet.reference.card import Card, read_cards
from bibnet.reference.check import ListFile, faults_of
from bibnet.reference.declared import REFERENCE_LISTS
from bibnet.schema.errors import Fault, ReferenceListError
from bibnet.storage.csv_text import CSV_ERRORS, CSV_REMEDY, csv_table

PACKAGED = Path(__file__).parent
COUNTRIES = "countries"
SCHEMES = "country_schemes"


def names(folder: Path = PACKAGED) -> list[str]:
    """Names of the lists that have a card, sorted."""
    return sorted(read_cards(folder))


def card(name: str, folder: Path = PACKAGED) -> Card:
    """Card of a list; raises ReferenceListError if there is none."""
    cards = read_cards(folder)
    if name not in cards:
        known = ", ".join(sorted(cards))
        raise ReferenceListError(Fault(f"no card for {name!r}", str(folder), f"one of: {known}"))
    return cards[name]


def rows(name: str, folder: Path = PACKAGED) -> list[dict[str, str]]:
    """Rows of a list in file order, every cell as text, an empty cell as "".

    Raises ReferenceListError with every fault of the file.
    """
    list_file = _read(name, folder)
    faults = faults_of(list_file)
    if faults:
        raise ReferenceListError(faults)
    return list(list_file.rows)


def overdue(today: date, folder: Path = PACKAGED) -> dict[str, Card]:
    """Lists that a person should have checked again before a day, with their cards, by name."""
    cards = read_cards(folder)
    return {name: cards[name] for name in sorted(cards) if cards[name].is_overdue(today)}


def digest(name: str, folder: Path = PACKAGED) -> str:
    """SHA-256 of the list's file, in hexadecimal."""
    return hashlib.sha256(_bytes(name, folder)).hexdigest()


def schemes(folder: Path = PACKAGED) -> dict[str, frozenset[str]]:
    """Country codes of each named scheme."""
    members: dict[str, set[str]] = {}
    for row in rows(SCHEMES, folder):
        members.setdefault(row["scheme"], set()).add(row["country"])
    return {scheme: frozenset(members[scheme]) for scheme in sorted(members)}


def check_all(folder: Path = PACKAGED) -> None:
    """Check every declared list of a folder; raises ReferenceListError with all faults."""
    faults: list[Fault] = []
    for name in sorted(set(REFERENCE_LISTS) | set(names(folder))):
        try:
            rows(name, folder)
        except ReferenceListError as error:
            faults += error.faults
    if faults:
        # A list that others refer to may be reported by each of them.
        raise ReferenceListError(list(dict.fromkeys(faults)))


def _bytes(name: str, folder: Path) -> bytes:
    if name not in REFERENCE_LISTS:
        known = ", ".join(sorted(REFERENCE_LISTS))
        raise ReferenceListError(Fault(f"no list {name!r}", str(folder), f"one of: {known}"))
    path = folder / f"{name}.csv"
    try:
        return path.read_bytes()
    except OSError as error:
        raise ReferenceListError(
            Fault(f"the list cannot be read: {error.strerror}", str(path), "restore the file")
        ) from error


def _table(name: str, folder: Path) -> list[list[str]]:
    try:
        return csv_table(_bytes(name, folder))
    except CSV_ERRORS as error:
        where = str(folder / f"{name}.csv")
        raise ReferenceListError(
            Fault(f"not a CSV file in UTF-8: {error}", where, CSV_REMEDY)
        ) from error


def _read(name: str, folder: Path) -> ListFile:
    table = _table(name, folder)
    header, cells = (table[0], table[1:]) if table else ([], [])
    file = str(folder / f"{name}.csv")
    ragged = [
        Fault(f"{len(row)} cells, the header has {len(header)}", f"{file}: row {number}", "mend it")
        for number, row in enumerate(cells, start=2)
        if len(row) != len(header)
    ]
    if ragged:
        raise ReferenceListError(ragged)
    return ListFile(
        file=file,
        header=header,
        rows=[dict(zip(header, row, strict=True)) for row in cells],
        declared=REFERENCE_LISTS[name],
        card=card(name, folder),
        countries=_codes(folder) if REFERENCE_LISTS[name].country_columns else (),
        known={
            column: _keys(other, folder) for column, other in REFERENCE_LISTS[name].known_in.items()
        },
    )


def _keys(name: str, folder: Path) -> frozenset[str]:
    """Values of the first key column of a list, whatever else is wrong with it."""
    header, *cells = _table(name, folder) or [[]]
    column = REFERENCE_LISTS[name].key[0]
    at = header.index(column) if column in header else len(header)
    return frozenset(row[at] for row in cells if at < len(row))


def _codes(folder: Path) -> frozenset[str]:
    return _codes_of(_bytes(COUNTRIES, folder), folder)


# Most lists hold countries, and each is checked against the one list of them.
@lru_cache(maxsize=8)
def _codes_of(_content: bytes, folder: Path) -> frozenset[str]:
    return frozenset(row["country"] for row in rows(COUNTRIES, folder))
