"""What a report needs to know of the works behind its numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from bibnet.report.content.cell import Cell

# Works as places in the order of WorkColumns, rising.
WorkPlaces = npt.NDArray[np.int64]


@dataclass(frozen=True)
class WorkColumns:
    """The works of a run as columns, newest first, each column with one value a work.

    `institutions` and `levels` are the institutions of each work, as places in
    `institution_names`, and the evidence level of each; `funders` and `listed` are places in
    `funder_names` and `listed_names` (pairs: listed institution, lists that hold it); `venue` is
    one in `venue_names`. A work without any has an empty list. Texts are as the source has them,
    untrusted.
    """

    work_id: Sequence[str]
    doi: Sequence[str]
    title: Sequence[str]
    year: Sequence[int | None]
    venue: Sequence[int]
    institutions: Sequence[Sequence[int]]
    levels: Sequence[Sequence[int]]
    funders: Sequence[Sequence[int]]
    listed: Sequence[Sequence[int]]
    venue_names: Sequence[str] = ()
    institution_names: Sequence[tuple[str, str]] = ()
    funder_names: Sequence[str] = ()
    listed_names: Sequence[tuple[str, str]] = ()

    def __len__(self) -> int:
        return len(self.work_id)


class WorksBehind(Protocol):
    """The works of a run, and which of them are behind the cells of its exhibits."""

    def keys(self, exhibit: str) -> tuple[str, ...]:
        """The columns that identify the cells of an exhibit; none if its works are not known."""

    def counts(self, exhibit: str) -> tuple[str, ...]:
        """The columns of an exhibit whose numbers count works, the main one first."""

    def columns(self) -> WorkColumns:
        """The works themselves."""

    def lists(self, exhibit: str, cells: Sequence[Cell]) -> Mapping[str, Sequence[WorkPlaces]]:
        """For each column that counts works, the works of each of `cells`, in their order."""
