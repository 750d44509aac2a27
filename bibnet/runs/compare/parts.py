"""Headline numbers of two runs and the parts of their change, as exact fractions."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import pandas as pd

from bibnet.metrics.counts.shares import ALL_SIDES
from bibnet.runs.compare.contributions import FRACTIONAL
from bibnet.schema.change import ALL_PARTS, UNMOVED
from bibnet.schema.units import WHOLE

# Numbers that have a row for all works, and numbers that have one for each side.
OF_ALL = (
    "works",
    "joint_works",
    "works_with_country",
    "works_with_funder",
    "works_listed",
    "joint_works_listed",
    "citations_joint",
    UNMOVED,
)
OF_SIDES = ("works", "works_fractional", "citations_one_side")
SHARE = "share"
NOTHING = Fraction(0)


@dataclass(frozen=True)
class Part:
    """A part of a number's change, or the number itself (part `all`).

    `old` and `new` are what its works give to the number in either run; None = undefined.
    Exact columns are in 1/`unit_parts`, which is None for a quotient.
    """

    number: str
    side: str
    part: str
    works: int | None
    old: Fraction | None
    new: Fraction | None
    unit_parts: int | None = 1

    @property
    def change(self) -> Fraction | None:
        """New - old; None where one of them is undefined."""
        return None if self.old is None or self.new is None else self.new - self.old

    def row(self) -> dict[str, Any]:
        """Row of CHANGE."""
        values = {"old": self.old, "new": self.new, "change": self.change}
        row: dict[str, Any] = {**vars(self), **values}
        for name, value in values.items():
            row[name] = None if value is None else float(value)
            row[f"exact_{name}"] = self._exact(value)
        return row

    def _exact(self, value: Fraction | None) -> str | None:
        return None if value is None or self.unit_parts is None else str(value * self.unit_parts)


def parts_of(totals: pd.DataFrame, sides: Iterable[str], numbers: Sequence[str]) -> list[Part]:
    """Every number (part `all`), its parts and the shares, sorted as CHANGE is.

    `totals` are the rows of change_totals; of the numbers only `numbers` are shown. A number
    without works in both runs is shown as zero.
    """
    sides = list(sides)
    found = [_part(row) for row in totals.to_dict("records")]
    whole = [_whole(key, found) for key in number_keys(sides) if key[0] in numbers]
    split = [part for part in found if part.part != "same" and part.number in numbers]
    shares = _shares(whole, sides) if SHARE in numbers else []
    return sorted([*split, *whole, *shares], key=lambda p: (p.number, p.side, p.part))


def _part(row: Mapping[Hashable, Any]) -> Part:
    units = int(row["unit_parts"])
    return Part(
        number=str(row["number"]),
        side=str(row["side"]),
        part=str(row["part"]),
        works=int(row["works"]),
        old=Fraction(int(row["old"]), units),
        new=Fraction(int(row["new"]), units),
        unit_parts=units,
    )


def number_keys(sides: Sequence[str]) -> list[tuple[str, str]]:
    """Number and side of every headline number but the shares."""
    whole = [(number, ALL_SIDES) for number in OF_ALL]
    return whole + [(number, side) for number in OF_SIDES for side in sides]


def _whole(key: tuple[str, str], found: Sequence[Part]) -> Part:
    """The number: the sum of its parts, those works too that gave the same to both runs."""
    units = WHOLE if key[0] == FRACTIONAL else 1
    whole = Part(*key, ALL_PARTS, 0, NOTHING, NOTHING, units)
    for part in found:
        if (part.number, part.side) == key:
            whole = _sum(whole, part)
    return whole


def _sum(whole: Part, part: Part) -> Part:
    return replace(
        whole,
        works=(whole.works or 0) + (part.works or 0),
        old=(whole.old or NOTHING) + (part.old or NOTHING),
        new=(whole.new or NOTHING) + (part.new or NOTHING),
    )


def _shares(whole: Sequence[Part], sides: Sequence[str]) -> list[Part]:
    """Joint works / works of each side and of all works, in both runs."""
    number = {(part.number, part.side): part for part in whole}
    joint = number["joint_works", ALL_SIDES]
    rows = [(side, number["works", side]) for side in (*sides, ALL_SIDES)]
    return [
        Part(
            SHARE,
            side,
            ALL_PARTS,
            works=None,
            old=ratio(joint.old, works.old),
            new=ratio(joint.new, works.new),
            unit_parts=None,
        )
        for side, works in rows
    ]


def ratio(part: Fraction | None, whole: Fraction | None) -> Fraction | None:
    """A quotient; None where the whole is zero or either is undefined."""
    return part / whole if part is not None and whole else None
