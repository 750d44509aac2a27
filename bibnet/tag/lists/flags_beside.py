"""Flags of distinct affiliations found by another process, while this one goes on tagging.

The affiliations go out as an Arrow stream, with all that the guards know; rows come back, the same
wherever they are found. Without a second processor, of few affiliations, or where the process is
gone, they are found here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import pandas as pd
import pyarrow as pa

from bibnet.storage.arrow import from_stream, to_stream
from bibnet.storage.processes import Helper, processors, serve
from bibnet.tag.lists.campus import Child
from bibnet.tag.lists.defence import (
    FLAG_COLUMNS,
    HELD_COLUMNS,
    INPUT_COLUMNS,
    Flagged,
    flag_affiliations,
    packaged_entries,
)
from bibnet.tag.lists.guard import Guards
from bibnet.tag.lists.registry_names import RegistryNames
from bibnet.tag.place_names import place_names

SERVE = "from bibnet.tag.lists.flags_beside import serve_flags; serve_flags()"
# So many distinct affiliations take a second and a half, the start of a process half of one.
FEWEST_BESIDE = 10_000
FormerNames = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class FlagRows:
    """The rows of `Flagged` as tuples."""

    flags: list[tuple[Any, ...]]
    held_back: list[tuple[Any, ...]]

    @property
    def frames(self) -> Flagged:
        """The rows as data frames."""
        return Flagged(
            pd.DataFrame(self.flags, columns=list(FLAG_COLUMNS)),
            pd.DataFrame(self.held_back, columns=list(HELD_COLUMNS)),
        )


@dataclass(frozen=True, eq=False)
class Asked:
    """Distinct affiliations (INPUT_COLUMNS) and the guards that judge them.

    The guards' bodies are those of the folder `lists` with the former names that a registry gives.
    """

    combination: pd.DataFrame
    guards: Guards
    lists: Path
    former_names: FormerNames

    def answer(self) -> FlagRows:
        """The flags, found in this process."""
        return _judged(self.combination, self.guards)


class _Request(msgspec.Struct):
    combination: bytes
    lists: str
    former_names: dict[str, tuple[str, ...]]
    children: dict[str, tuple[Child, ...]]
    names: RegistryNames


class FlagsBeside:
    """One question, `asked` at once and answered when it is wanted; to be closed."""

    def __init__(self, asked: Asked, fewest: int = FEWEST_BESIDE) -> None:
        self.asked = asked
        self._helper: Helper | None = None
        if len(asked.combination) >= fewest and processors() > 1:
            helper = Helper(SERVE)
            self._helper = helper if helper.send(packed(asked)) else None

    def close(self) -> None:
        """Let the other process end, at once if its answer is not wanted any more."""
        if self._helper:
            self._helper.close()

    def answer(self) -> FlagRows:
        """The flags; waits for them."""
        received = self._helper.receive() if self._helper else None
        return self.asked.answer() if received is None else unpacked(received)


def packed(asked: Asked) -> bytes:
    """The question as bytes."""
    guards, frame = asked.guards, asked.combination[list(INPUT_COLUMNS)]
    request = _Request(
        to_stream(pa.Table.from_pandas(frame, preserve_index=False)),
        str(asked.lists),
        dict(asked.former_names),
        {identifier: tuple(found) for identifier, found in guards.children.items()},
        guards.registry,
    )
    return msgspec.msgpack.encode(request)


def answered(request: bytes) -> bytes:
    """The flags that a question asks for, as bytes."""
    given = msgspec.msgpack.decode(request, type=_Request)
    entries = packaged_entries(given.former_names, Path(given.lists))
    guards = Guards(entries, place_names(), given.names, given.children)
    combination: pd.DataFrame = from_stream(given.combination).to_pandas()
    return msgspec.msgpack.encode(_judged(combination, guards))


def unpacked(answer: bytes) -> FlagRows:
    """The rows of an answer."""
    return msgspec.msgpack.decode(answer, type=FlagRows)


def serve_flags() -> None:
    """Answer requests from standard input until it ends: what the other process runs."""
    serve(answered)


def _judged(combination: pd.DataFrame, guards: Guards) -> FlagRows:
    found = flag_affiliations(combination, guards)
    return FlagRows(_tuples(found.flags), _tuples(found.held_back))


def _tuples(frame: pd.DataFrame) -> list[tuple[Any, ...]]:
    return list(frame.itertuples(index=False, name=None))
