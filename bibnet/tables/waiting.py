"""Rows of a compressed file that wait until the end of the file shows that they can be trusted."""

from collections.abc import Callable
from pathlib import Path

from bibnet.tables.columns.batch import Taken
from bibnet.tables.files.compression import Condition, SoundBlocks, examine

# Of Arrow tables. Where there are more, the file is examined before the rest of it is read.
MOST_HELD = 32 << 20


class Waiting:
    """Hands batches of a file on once the whole file is known to be sound.

    A file that is not is given up: nothing of it was handed on then, and it is to be examined and
    read anew.
    """

    def __init__(self, path: Path, hand_on: Callable[[int | Taken], None]) -> None:
        self._path, self._hand_on = path, hand_on
        self._held: list[int | Taken] = []
        self._bytes = 0
        self._condition: Condition | None = None

    def add(self, taken: int | Taken) -> None:
        """Take what a batch of the file holds."""
        self._held.append(taken)
        self._bytes += _size(taken)
        if self._condition is None and self._bytes > MOST_HELD:
            self._condition = examine(self._path)
        if self._condition:
            self._let_go(sound=not self._condition.event)

    def end(self, read: SoundBlocks) -> bool:
        """Hand on what waits, and tell whether the file was read to a sound end."""
        sound = not (self._condition.event if self._condition else read.broken)
        self._let_go(sound=sound)
        return sound

    def changed(self, read: SoundBlocks) -> bool:
        """Tell whether the file is no more what it was when it was examined."""
        return self._condition is not None and self._condition.sha256 != read.sha256

    def _let_go(self, *, sound: bool) -> None:
        for taken in self._held if sound else ():
            self._hand_on(taken)
        self._held, self._bytes = [], 0


def _size(taken: int | Taken) -> int:
    return sum(table.nbytes for table in taken.tables.values()) if isinstance(taken, Taken) else 0
