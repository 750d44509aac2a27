"""The card of a reference list: where its facts are from, when they held, what was chosen."""

import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import Any

from bibnet.schema.errors import Fault, ReferenceListError

CARDS_FILE = "cards.toml"


@dataclass(frozen=True)
class Card:
    """Provenance of one list. `date` is ISO 8601, `rows` counts data rows without the header."""

    title: str
    publisher: str
    address: str
    licence: str
    date: str
    rows: int
    choice: str


def read_cards(folder: Path) -> dict[str, Card]:
    """Read all cards of a folder, by list name.

    Raises ReferenceListError with every fault of the file: unreadable, a missing or unknown
    field, a field of the wrong type.
    """
    tables = _read_toml(folder / CARDS_FILE)
    faults = [fault for name in sorted(tables) for fault in _card_faults(name, tables[name])]
    if faults:
        raise ReferenceListError(faults)
    return {name: Card(**tables[name]) for name in sorted(tables)}


# A run asks for cards a hundred times, of one file.
@lru_cache(maxsize=8)
def _parsed(text: str) -> Mapping[str, Any]:
    return tomllib.loads(text)


def _read_toml(path: Path) -> Mapping[str, Any]:
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
    known = {field.name: field.type for field in fields(Card) if field.default is MISSING}
    missing = [
        Fault(f"the card has no {key}", where, f"add {key} = ...")
        for key in known
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
    return missing + wrong + unknown
