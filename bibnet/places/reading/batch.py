"""A batch of affiliation strings as arrays: their words as tokens of a registry, their places."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import compress
from typing import Any

import numpy as np
import numpy.typing as npt

from bibnet.places.address.named_place import Place
from bibnet.places.address.parts import Segment

Array = npt.NDArray[Any]
UNKNOWN = -1
NO_JOINT, JOINT, LEADING, CONJUNCTION = 0, 1, 2, 3
WORD, UNIT, CLINIC, NUMBER = 0, 1, 2, 3  # kinds of words


@dataclass(frozen=True)
class StringBatch:
    """Strings as arrays. token: one row a stem; `first` is where each string's rows begin.

    `source` numbers the text given that each string is, or is an address of; `texts` holds that
    text. `occurrence_key` = string * `vocabulary` + token, sorted; `occurrence_at` the row it
    stands in, `occurrence_reading` how the word was read.
    """

    texts: Sequence[str]
    source: Array
    cleaned: list[str]
    segments: list[list[Segment]]
    places: list[Place | None]
    named: list[frozenset[str]]
    token: dict[str, Array]
    first: Array
    vocabulary: int
    occurrence_key: Array
    occurrence_at: Array
    occurrence_reading: Array

    def __len__(self) -> int:
        return len(self.cleaned)

    def replaced(self, cut: Mapping[int, Sequence[str]], parts: "StringBatch") -> "StringBatch":
        """The batch without the strings that were cut, then the addresses they were cut into.

        `parts` holds the addresses of all of them, in the order of `cut`.
        """
        kept = np.ones(len(self), dtype=bool)
        kept[list(cut)] = False
        rows = kept[self.token["string"]]
        whole = kept[self.occurrence_key // self.vocabulary]
        number, row, offset = np.cumsum(kept) - 1, np.cumsum(rows) - 1, int(kept.sum())
        string, token = np.divmod(self.occurrence_key[whole], self.vocabulary)
        key = np.r_[
            number[string] * self.vocabulary + token,
            parts.occurrence_key + offset * self.vocabulary,
        ]
        table = {name: np.r_[self.token[name][rows], parts.token[name]] for name in self.token}
        table["string"] = np.r_[
            number[self.token["string"][rows]], parts.token["string"] + offset
        ].astype(np.int32)
        source = [at for at, texts in cut.items() for _ in texts]
        return StringBatch(
            texts=[*compress(self.texts, kept), *(self.texts[at] for at in source)],
            source=np.r_[self.source[kept], self.source[source]],
            cleaned=[*compress(self.cleaned, kept), *parts.cleaned],
            segments=[*compress(self.segments, kept), *parts.segments],
            places=[*compress(self.places, kept), *parts.places],
            named=[*compress(self.named, kept), *parts.named],
            token=table,
            first=np.searchsorted(table["string"], np.arange(offset + len(parts) + 1)),
            vocabulary=self.vocabulary,
            occurrence_key=key,
            occurrence_at=np.r_[
                row[self.occurrence_at[whole]], parts.occurrence_at + int(rows.sum())
            ],
            occurrence_reading=np.r_[self.occurrence_reading[whole], parts.occurrence_reading],
        )


def part_bounds(batch: StringBatch) -> tuple[Array, Array]:
    """First and last row of the part of the address each token stands in."""
    string, segment = batch.token["string"], batch.token["segment"]
    changed = (string[1:] != string[:-1]) | (segment[1:] != segment[:-1])
    group = np.cumsum(np.r_[0, changed])
    begin = np.flatnonzero(np.r_[True, changed])
    end = np.r_[begin[1:] - 1, len(string) - 1]
    return begin[group], end[group]
