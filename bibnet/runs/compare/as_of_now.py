"""The yardstick that does not move: both runs' strings by the present matcher and registry.

The source's number of a run (its own institutions and countries), bibnet's (strings alone) and
the gap stand side by side. Where only ids changed at the source, bibnet's change is exactly 0 for
works in both corpora; over all works it holds what came and went too.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import Any

import ibis
import ibis.expr.types as ir

from bibnet.metrics.counts.shares import ALL_SIDES
from bibnet.places.registry.file import registry_digest
from bibnet.runs.compare.contributions import FRACTIONAL, contributions, exact_sum
from bibnet.runs.compare.parts import SHARE, number_keys, ratio
from bibnet.runs.pipeline.anew import placed_by_source, placed_by_strings, read_strings
from bibnet.schema.change import (
    CONTRIBUTION_OLD,
    GAP,
    IN_BOTH,
    IN_EITHER,
    MEASURES,
    NUMBERS_OF_PLACES,
    RUNS,
)
from bibnet.schema.units import WHOLE
from bibnet.storage.engine import Engine, Tables

Key = tuple[str, str, str]  # number, side, works_of
Ends = tuple[Fraction | None, Fraction | None]  # the number of the old and of the new run


@dataclass(frozen=True)
class Reading:
    """A number of both runs by the source and by bibnet; None = undefined."""

    number: str
    side: str
    works_of: str
    source: Ends
    bibnet: Ends

    def ends(self, measure: str) -> Ends:
        """Old and new of source, bibnet, or the gap: bibnet - source."""
        if measure != GAP:
            return self.source if measure == MEASURES[0] else self.bibnet
        old, new = (_less(b, s) for b, s in zip(self.bibnet, self.source, strict=True))
        return old, new

    def change(self, measure: str) -> Fraction | None:
        """New - old of a measure; None where one of them is undefined."""
        old, new = self.ends(measure)
        return _less(new, old)

    def row(self) -> dict[str, Any]:
        """Row of AS_OF_NOW."""
        row: dict[str, Any] = {
            "number": self.number,
            "side": self.side,
            "works_of": self.works_of,
        }
        for measure in (*MEASURES, GAP):
            values = (*self.ends(measure), self.change(measure))
            for name, value in zip((*RUNS, "change"), values, strict=True):
                row[f"{measure}_{name}"] = None if value is None else float(value)
        return row


@dataclass(frozen=True)
class AsOfNow:
    """The numbers of two runs by the source and by their strings, and the registry they had."""

    readings: tuple[Reading, ...]
    registry: Mapping[str, str] | None

    def record(self) -> dict[str, Any]:
        """The numbers as JSON has them."""
        return {"registry": self.registry, "numbers": [one.row() for one in self.readings]}


def as_of_now(
    engine: Engine, scratch: Path, runs: tuple[Tables, Tables], registry: Path | None
) -> AsOfNow:
    """Read the strings of two runs anew and count by source and by strings.

    `runs` are the tables of the old and the new run; `scratch` is a folder for steps. Without a
    registry only the places that strings name are known.
    """
    said = read_strings(engine, scratch / "strings", runs, registry)
    found: dict[tuple[str, str], ir.Table] = {}
    for (run, tables), measure in product(zip(RUNS, runs, strict=True), MEASURES):
        place = placed_by_source if measure == MEASURES[0] else placed_by_strings
        folder = scratch / f"{run}_{measure}"
        placed = place(engine, folder, tables, said)
        found[measure, run] = engine.write(contributions(placed), folder, CONTRIBUTION_OLD)
    both = runs[0]["work"].select("work_id").semi_join(runs[1]["work"], "work_id")
    sums = {key: _sums(engine, rows, both) for key, rows in found.items()}
    sides = engine.frame(runs[1]["side_country"].select("side").distinct())["side"]
    named = {"file": registry.name, "sha256": registry_digest(registry)} if registry else None
    return AsOfNow(tuple(_readings(sums, sorted(sides))), named)


def _sums(engine: Engine, rows: ir.Table, both: ir.Table) -> dict[Key, Fraction]:
    """Exact sum of each number, over all works and over those in both corpora."""
    of_both = rows.semi_join(both, "work_id").mutate(works_of=ibis.literal(IN_BOTH))
    every = rows.mutate(works_of=ibis.literal(IN_EITHER)).union(of_both)
    total = every.group_by(["number", "side", "works_of"]).aggregate(value=exact_sum(every.value))
    return {
        (row["number"], row["side"], row["works_of"]): Fraction(
            int(row["value"]), WHOLE if row["number"] == FRACTIONAL else 1
        )
        for row in engine.frame(total).to_dict("records")
    }


def _readings(
    sums: Mapping[tuple[str, str], Mapping[Key, Fraction]], sides: Sequence[str]
) -> Iterator[Reading]:
    """A reading for every number, its sides, and both sets of works, sorted."""
    keys = [key for key in number_keys(sides) if key[0] in NUMBERS_OF_PLACES]
    keys += [(SHARE, side) for side in (*sides, ALL_SIDES)]
    for (number, side), works_of in product(sorted(keys), (IN_EITHER, IN_BOTH)):
        key = (number, side, works_of)
        source, bibnet = (
            tuple(_number(sums[measure, run], key) for run in RUNS) for measure in MEASURES
        )
        yield Reading(*key, (source[0], source[1]), (bibnet[0], bibnet[1]))


def _number(sums: Mapping[Key, Fraction], key: Key) -> Fraction | None:
    number, side, works_of = key
    if number != SHARE:
        return sums.get(key, Fraction(0))
    joint = sums.get(("joint_works", ALL_SIDES, works_of), Fraction(0))
    return ratio(joint, sums.get(("works", side, works_of), Fraction(0)))


def _less(one: Fraction | None, other: Fraction | None) -> Fraction | None:
    return None if one is None or other is None else one - other
