"""Counting how often labelled strings mean each organisation, without telling a label away.

Counts that leave out but a string's own label tell it: an organisation that is labelled once has
the count 0 in that string and 1 in all others. So the models learn from the counts of the strings
that come earlier in an order by chance, and are measured with the counts of the other folds.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from bibnet.places.match.prior import Prior
from bibnet.places.registry.index import RegistryIndex

Array = npt.NDArray[Any]


@dataclass(frozen=True)
class Pairs:
    """Pairs of a string's group and an organisation, one a string; `size` organisations in all.

    A group is the strings with the same words.
    """

    group: Array
    owner: Array
    size: int

    @property
    def total(self) -> Array:
        """Number of strings of every organisation."""
        return np.bincount(self.owner, minlength=self.size)

    def earlier(self, group: Array, owner: Array, place: Array) -> Array:
        """Number of strings of each organisation whose group has a lower place than the one given.

        `place` numbers the groups without gaps.
        """
        keys = np.sort(self.owner * len(place) + place[self.group])
        begin = owner * len(place)
        upto = np.searchsorted(keys, begin + place[group])
        return np.asarray(upto - np.searchsorted(keys, begin))

    def elsewhere(self, group: Array, owner: Array, fold: Array) -> Array:
        """Number of strings of each organisation outside the fold of the group given."""
        folds = int(fold.max(initial=0)) + 1
        own = np.bincount(self.owner * folds + fold[self.group], minlength=self.size * folds)
        return np.asarray(self.total[owner] - own[owner * folds + fold[group]])


@dataclass(frozen=True)
class Counted:
    """The three counts of labelled strings: labelled, with the whole name, both."""

    labelled: Pairs
    whole: Pairs
    meant: Pairs
    group: Array

    @property
    def _counts(self) -> tuple[Pairs, Pairs, Pairs]:
        return self.labelled, self.whole, self.meant

    def earlier(self, string: Array, owner: Array, place: Array) -> Array:
        """Counts of the strings before each string in an order of the groups: rows x 3."""
        group = self.group[string]
        return np.stack([pairs.earlier(group, owner, place) for pairs in self._counts], axis=1)

    def elsewhere(self, string: Array, owner: Array, fold: Array) -> Array:
        """Counts of the strings of other folds than each string's; `fold` is one a group."""
        group = self.group[string]
        return np.stack([pairs.elsewhere(group, owner, fold) for pairs in self._counts], axis=1)

    def prior(self, index: RegistryIndex, unheld: Mapping[str, int]) -> Prior:
        """Counts of all strings by ROR id; `unheld` = labels of what the registry lacks."""
        columns = [pairs.total.tolist() for pairs in self._counts]
        found = {ror: (number, 0, 0) for ror, number in unheld.items()}
        rows = zip(index.texts["ror"], *columns, strict=True)
        return Prior(found | {ror: (a, b, c) for ror, a, b, c in rows if ror and (a or b)})


def counted(
    labels: Sequence[frozenset[int]], group: Array, candidates: Mapping[str, Array], size: int
) -> Counted:
    """Count labels and whole names; labels are numbers of `size` organisations, -1 for no number.

    `group` numbers the strings with the same words. `candidates` has the columns string, owner and
    stands: whether the whole name stands there, word behind word, and in no longer whole name.
    """
    pairs = [(at, one) for at, known in enumerate(labels) for one in sorted(known) if one >= 0]
    label = np.array(pairs, dtype=np.int64).reshape(-1, 2) @ (size, 1)
    keys = candidates["string"].astype(np.int64) * size + candidates["owner"]
    whole = np.unique(keys[candidates["stands"]])
    named, held, both = (
        Pairs(group[k // size], k % size, size)
        for k in (label, whole, np.intersect1d(whole, label))
    )
    return Counted(named, held, both, group)
