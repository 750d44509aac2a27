"""The works of some years of a run, and the frames that published figures are taken from."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import ibis.expr.types as ir
import pandas as pd

from bibnet.metrics.counts import pairs, volume
from bibnet.network.incidence import total
from bibnet.runs.narrowed import NarrowedTables
from bibnet.runs.open import Run
from bibnet.storage.engine import Tables

Arguments = Mapping[str, str]
Value = float | str | None


@dataclass(frozen=True)
class Period:
    """A run's works of some years: its tables, and the frames that figures are taken from."""

    run: Run
    years: tuple[int, ...]

    @cached_property
    def tables(self) -> Tables:
        """The tables, works cut down to the years."""
        scope = self.run.tables["work_scope"]
        keys = scope.filter(scope.year.isin(self.years)).select("work_key")
        return NarrowedTables(self.run.tables, keys)

    def frame(self, rows: ir.Table) -> pd.DataFrame:
        """Carry an expression out."""
        return self.run.engine.frame(rows)

    def number(self, rows: ir.Table) -> int:
        """How many rows an expression has."""
        return int(self.frame(rows.aggregate(rows=rows.count()))["rows"][0])

    @cached_property
    def joint(self) -> ir.Table:
        """Keys of the joint works."""
        scope = self.tables["work_scope"]
        return scope.filter(scope.joint).select("work_key")

    @cached_property
    def countries(self) -> pd.DataFrame:
        """Works and joint works by country, with its side."""
        found = self.frame(total(volume.countries_incidence(self.tables)))
        return found.assign(side=found["country"].map(self.side_of)).set_index("country")

    @cached_property
    def side_of(self) -> dict[str, str]:
        """Country -> side of the query."""
        sides = self.run.manifest["query"]["sides"]
        return {code: side for side, codes in sides.items() for code in codes}

    @cached_property
    def institutions(self) -> pd.DataFrame:
        """Joint works and links across sides by institution, with ror, name, country, side."""
        counted = total(volume.institutions_incidence(self.tables))
        about = self.tables["institution"].select("institution_id", "ror", "institution", "country")
        rows = self.frame(counted.inner_join(about, "institution_id"))
        links = self.joint_ties.groupby("unit")["joint_works"].sum()
        return rows.assign(
            side=rows["country"].map(self.side_of),
            joint_links=rows["institution_id"].map(links).fillna(0),
        )

    @cached_property
    def joint_pairs(self) -> pd.DataFrame:
        """Pairs of institutions in different sides with their joint works."""
        counted = self.frame(total(pairs.institution_pairs_incidence(self.tables)))
        about = self.frame(self.tables["institution"].select("institution_id", "country"))
        country = about.set_index("institution_id")["country"]
        for end in ("a", "b"):
            counted[f"country_{end}"] = counted[f"institution_{end}"].map(country)
            counted[f"side_{end}"] = counted[f"country_{end}"].map(self.side_of)
        known = counted["side_a"].notna() & counted["side_b"].notna()
        return counted[known & (counted["side_a"] != counted["side_b"])]

    @cached_property
    def joint_ties(self) -> pd.DataFrame:
        """Both ends of every pair across sides: unit, joint_works."""
        ends = [
            self.joint_pairs.rename(columns={f"institution_{end}": "unit"})[["unit", "joint_works"]]
            for end in ("a", "b")
        ]
        return pd.concat(ends)

    def works_of_pair(self, a: str, b: str) -> int:
        """Works that two countries have in common."""
        tie = self.tables["country_tie"]
        one, other = sorted((a, b))
        return self.number(tie.filter((tie.unit_a == one) & (tie.unit_b == other)))

    def by_year(self, year: int) -> "Period":
        """One year of the period."""
        return Period(self.run, (year,))


def ratio(part: float, whole: float) -> float | None:
    """Part / whole; None where the whole is zero."""
    return part / whole if whole else None


def percent(part: float, whole: float) -> float | None:
    """Part / whole in per cent; None where the whole is zero."""
    return 100 * part / whole if whole else None
