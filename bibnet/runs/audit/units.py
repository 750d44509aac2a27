"""Finds what a user names in a run: an institution, a city or a country, by id or by name."""

from collections.abc import Sequence
from dataclasses import dataclass

import ibis.expr.types as ir
import pandas as pd

from bibnet.reference import load
from bibnet.runs.nearest import nearest_names
from bibnet.runs.open import Run
from bibnet.schema.errors import Fault, UsageError
from bibnet.storage.frames import records

INSTITUTION, CITY, COUNTRY = "institution", "city", "country"
NEAREST = 5  # names that a fault gives
CITY_FORM = "CITY, COUNTRY CODE"


@dataclass(frozen=True)
class Unit:
    """A unit of the run: its kind, its id, its name, and for a city the place it stands for."""

    kind: str
    id: str
    name: str
    country: str = ""

    def within(self, place: ir.Table) -> ir.Table:
        """The rows of the table place that are of the unit."""
        if self.kind == INSTITUTION:
            return place.filter(place.institution_id == self.id)
        if self.kind == COUNTRY:
            return place.filter(place.country == self.id)
        return place.filter((place.city == self.name) & (place.country == self.country))


def find_unit(run: Run, text: str, kinds: Sequence[str] = (INSTITUTION, CITY, COUNTRY)) -> Unit:
    """The unit that a text means: an id, a country code, or a name whatever its case.

    A city may stand with its country ("Cambridge, GB"). Raises UsageError where the run has no
    such unit (naming the nearest) or several.
    """
    known = [unit for kind in kinds for unit in FINDERS[kind](run)]
    wanted = text.strip().rstrip("/").rsplit("/", 1)[-1] if "://" in text else text.strip()
    found = [unit for unit in known if wanted.casefold() in _names(unit)]
    if len(found) == 1:
        return found[0]
    if not found:
        raise UsageError(
            Fault(f"the run has no {' or '.join(kinds)} {text!r}", text, _near(text, known))
        )
    raise UsageError(
        Fault(
            f"{text!r} means {len(found)} units of the run",
            "; ".join(f"{unit.kind} {unit.id} ({unit.name})" for unit in found[: 2 * NEAREST]),
            f"give its id, or a city as {CITY_FORM!r}",
        )
    )


def _names(unit: Unit) -> set[str]:
    names = {unit.id, unit.name}
    if unit.kind == CITY:
        names.add(f"{unit.name}, {unit.country}")
    if unit.kind == INSTITUTION and unit.country:
        names.add(unit.country)  # for an institution: its ROR id
    return {name.casefold() for name in names if name}


def _near(text: str, known: Sequence[Unit]) -> str:
    by_name = {unit.name: unit for unit in known}
    near = nearest_names(text, by_name, NEAREST)
    shown = "; ".join(f"{name} ({by_name[name].id})" for name in near)
    return f"the nearest: {shown}" if near else "no name is near; see institutions.csv"


def _institutions(run: Run) -> list[Unit]:
    columns = ["institution_id", "ror", "institution"]
    rows = run.engine.frame(run.tables["institution"].select(*columns))
    return [
        Unit(INSTITUTION, row["institution_id"], row["institution"] or "", row["ror"] or "")
        for row in records(rows)
    ]


def _cities(run: Run) -> list[Unit]:
    place = run.tables["place"]
    rows = place.filter(place.city.notnull() & place.country.notnull())
    found = run.engine.frame(
        rows.select("country", "city").distinct().order_by(["country", "city"])
    )
    return [
        Unit(CITY, f"{row['city']}, {row['country']}", row["city"], row["country"])
        for row in records(found)
    ]


def _countries(run: Run) -> list[Unit]:
    member = run.tables["country_membership"].select("unit").distinct()
    present = set(run.engine.frame(member)["unit"])
    names = {row["country"]: row["name"] for row in load.rows("countries")}
    return [Unit(COUNTRY, code, names[code]) for code in sorted(present & set(names))]


FINDERS = {INSTITUTION: _institutions, CITY: _cities, COUNTRY: _countries}


def joined_values(values: pd.Series) -> str:
    """Distinct values of a column in order, joined by |; empty where there are none."""
    return "|".join(sorted({str(value) for value in values.dropna() if value != ""}))
