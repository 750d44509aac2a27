"""The card of a reference list: where its facts are from, when they held, what was chosen."""

import datetime
import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import Any

from bibnet.reference.days import read_days
from bibnet.schema.errors import Fault, ReferenceListError

CARDS_FILE = "cards.toml"
# Lists that change by law or by release say a shorter time on their cards.
CHECK_AFTER_DAYS = 365


@dataclass(frozen=True)
class Card:
    """Provenance of one list. Dates are ISO 8601, `rows` counts data rows without the header.

    `checked` is the day on which a person last compared the list with its sources (empty: the
    date), and after `check_after_days` it is to be compared again; 0 = a table once printed, never.
    """

    title: str
    publisher: str
    address: str
    licence: str
    date: str
    rows: int
    choice: str
    checked: str = ""
    check_after_days: int = CHECK_AFTER_DAYS

    @property
    def due(self) -> datetime.date:
        """The day from which the list is to be checked again."""
        checked = datetime.date.fromisoformat(self.checked or self.date)
        return checked + datetime.timedelta(self.check_after_days)

    def is_overdue(self, today: datetime.date) -> bool:
        """Say whether the list should have been checked again before a day."""
        return self.check_after_days > 0 and today > self.due


def read_cards(folder: Path) -> dict[str, Card]:
    """Read all cards of a folder, by list name.

    Raises ReferenceListError with every fault of the file: unreadable, a missing or unknown
    field, a field of the wrong type.
    """
    return dict(_read(folder / CARDS_FILE))


# A run asks for cards three hundred times, of one file.
@lru_cache(maxsize=8)
def _parsed(text: str) -> Mapping[str, Card]:
    tables: Mapping[str, Any] = tomllib.loads(text)
    faults = [fault for name in sorted(tables) for fault in _card_faults(name, tables[name])]
    if faults:
        raise ReferenceListError(faults)
    return {name: Card(**tables[name]) for name in sorted(tables)}


def _read(path: Path) -> Mapping[str, Card]:
    try:
        return _parsed(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ReferenceListError(
            Fault(f"the cards cannot be read: {error}", str(path), "restore or mend the file")
        ) from error


def _card_faults(name: str, table: object) -> list[Fault]:
    where = f"{CARDS_FILE}: [{name}]"
    if not isinstance(table, dict):
        return [Fault("a card is not a table", where, "write it as a [name] section")]
    known = {field.name: field.type for field in fields(Card)}
    needed = [field.name for field in fields(Card) if field.default is MISSING]
    missing = [
        Fault(f"the card has no {key}", where, f"add {key} = ...")
        for key in needed
        if key not in table
    ]
    wrong = [
        Fault(f"{key} is not of type {kind.__name__}", where, "write another value")
        for key, kind in known.items()
        if isinstance(kind, type) and key in table and type(table[key]) is not kind
    ]
    unknown = [
        Fault(f"unknown field {key}", where, "remove it or mend its name")
        for key in sorted(set(table) - set(known))
    ]
    undated = [
        Fault(f"{key} is no day: {table[key]!r}", where, "write it as 2026-03-31")
        for key in ("date", "checked")
        if isinstance(table.get(key), str) and table[key] and read_days(table[key]) is None
    ]
    return missing + wrong + unknown + undated
