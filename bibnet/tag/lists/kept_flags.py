"""Flags of distinct affiliations, kept between runs by the hash of all that they depend on.

That are the affiliations, the lists of bodies, the registry's organisations and the state of
bibnet: a run with other sides takes them, one with another list finds them anew. Few affiliations
are always judged anew.
"""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from bibnet.reference.load import PACKAGED
from bibnet.storage.cache import cached
from bibnet.storage.frames import frame_digest
from bibnet.storage.package import package_digest
from bibnet.tag.lists import campus
from bibnet.tag.lists.defence import (
    FLAG_COLUMNS,
    HELD_COLUMNS,
    INPUT_COLUMNS,
    Flagged,
    flag_affiliations,
    packaged_entries,
)
from bibnet.tag.lists.guard import Guards
from bibnet.tag.lists.registry_names import RegistryNames, registry_names
from bibnet.tag.place_names import place_names

# Fewer distinct affiliations are judged within half a second.
FEWEST_KEPT = 2_000
# The least recently used go first.
MOST_KEPT = 8
# What of an organisation a flag can depend on.
OF_AN_ORGANISATION = tuple(
    name for name, value in vars(campus.Organisation).items() if isinstance(value, property)
)


@dataclass(frozen=True)
class _Rows:
    flags: list[tuple[Any, ...]]
    held_back: list[tuple[Any, ...]]


def flagged(
    combination: pd.DataFrame,
    organisations: Collection[campus.Organisation],
    lists: Path = PACKAGED,
    registry: str = "",
) -> Flagged:
    """As `flag_affiliations`, by the lists of a folder and the organisations of a registry.

    `registry` is its digest, if it has one: what tells it from others without a look at all of it.
    """
    known = _key_of_bodies(organisations, lists, registry)

    def judge() -> _Rows:
        found = flag_affiliations(combination, _guards(organisations, lists, known))
        return _Rows(_tuples(found.flags), _tuples(found.held_back))

    if len(combination) < FEWEST_KEPT:
        rows = judge()
    else:
        key = frame_digest(combination, INPUT_COLUMNS, known)
        rows = cached("flags", key, _Rows, judge, most=MOST_KEPT)
    return Flagged(
        pd.DataFrame(rows.flags, columns=list(FLAG_COLUMNS)),
        pd.DataFrame(rows.held_back, columns=list(HELD_COLUMNS)),
    )


def _guards(organisations: Collection[campus.Organisation], lists: Path, known: str) -> Guards:
    places = place_names()
    entries = packaged_entries(campus.former_names(organisations), lists)
    children = campus.children_of_listed(entries, organisations, places)
    names = cached(
        "registry_names",
        known,
        RegistryNames,
        lambda: registry_names(entries, organisations),
        most=MOST_KEPT,
    )
    return Guards(entries, places, names, children)


def _tuples(frame: pd.DataFrame) -> list[tuple[Any, ...]]:
    return list(frame.itertuples(index=False, name=None))


def _key_of_bodies(
    organisations: Collection[campus.Organisation], lists: Path, registry: str
) -> str:
    """Hash of the organisations, the lists' files and the state of bibnet."""
    found = hashlib.sha256(f"{package_digest()} {registry}\0".encode())
    for organisation in () if registry else organisations:
        parts = [getattr(organisation, name) for name in OF_AN_ORGANISATION]
        found.update(repr(parts).encode("utf-8", "backslashreplace"))
    for path in sorted(lists.rglob("*")) if lists != PACKAGED else ():
        if path.is_file():
            found.update(f"{path.relative_to(lists)}\0{path.stat().st_size}\0".encode())
            found.update(path.read_bytes())
    return found.hexdigest()
