"""Flags of distinct affiliations, kept between runs by the hash of all that they depend on.

That are the affiliations, the lists of bodies, the registry's organisations and the state of
bibnet: a run with other sides takes them, one with another list finds them anew. Few affiliations
are always judged anew.
"""

import hashlib
from collections.abc import Collection
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from bibnet.reference.load import PACKAGED
from bibnet.storage.cache import cached, keep, kept
from bibnet.storage.frames import frame_digest
from bibnet.storage.package import package_digest
from bibnet.tag.lists import campus
from bibnet.tag.lists.defence import INPUT_COLUMNS, Flagged, packaged_entries
from bibnet.tag.lists.flags_beside import Asked, FlagRows, FlagsBeside
from bibnet.tag.lists.guard import Guards
from bibnet.tag.lists.registry_names import RegistryNames, registry_names
from bibnet.tag.place_names import place_names

# Fewer distinct affiliations are judged within half a second.
FEWEST_KEPT = 2_000
# The least recently used go first.
KEPT, MOST_KEPT = "flags", 8
# What of an organisation a flag can depend on.
OF_AN_ORGANISATION = tuple(
    name for name, value in vars(campus.Organisation).items() if isinstance(value, property)
)


@dataclass(frozen=True)
class Bodies:
    """The lists of a folder and the organisations of a registry.

    `registry` is its digest, if it has one: what tells it from others without a look at all of it.
    """

    organisations: Collection[campus.Organisation]
    lists: Path = PACKAGED
    registry: str = ""


class FlagsAsked:
    """Flags as `flag_affiliations` finds them, asked at once, taken when wanted; to be closed."""

    def __init__(self, combination: pd.DataFrame, bodies: Bodies) -> None:
        known = _key_of_bodies(bodies.organisations, bodies.lists, bodies.registry)
        self._key = ""
        if len(combination) >= FEWEST_KEPT:
            self._key = frame_digest(combination, INPUT_COLUMNS, known)
        self._known = kept(KEPT, self._key, FlagRows) if self._key else None
        self._beside: FlagsBeside | None = None
        if self._known is None:
            self._beside = FlagsBeside(_asked(combination, bodies, known))

    def close(self) -> None:
        """Let another process that may be at it end."""
        if self._beside:
            self._beside.close()

    def answer(self) -> Flagged:
        """The flags and the names held back; waits for them."""
        if self._beside and self._known is None:
            self._known = self._beside.answer()
            if self._key:
                keep(KEPT, self._key, self._known, most=MOST_KEPT)
        return (self._known or FlagRows([], [])).frames


def flagged(combination: pd.DataFrame, bodies: Bodies) -> Flagged:
    """The flags of `FlagsAsked`, waited for."""
    with closing(FlagsAsked(combination, bodies)) as asked:
        return asked.answer()


def _asked(combination: pd.DataFrame, bodies: Bodies, known: str) -> Asked:
    places, former = place_names(), campus.former_names(bodies.organisations)
    entries = packaged_entries(former, bodies.lists)
    children = campus.children_of_listed(entries, bodies.organisations, places)
    names = cached(
        "registry_names",
        known,
        RegistryNames,
        lambda: registry_names(entries, bodies.organisations),
        most=MOST_KEPT,
    )
    guards = Guards(entries, places, names, children)
    return Asked(combination, guards, bodies.lists, former)


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
