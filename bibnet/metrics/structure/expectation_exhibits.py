"""The exhibits of ties against chance: pairs of countries and pairs of institutions."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import ibis
import pandas as pd

from bibnet.metrics.counts import pairs
from bibnet.metrics.exhibit import Exhibit
from bibnet.metrics.structure.expectation import (
    FALSE_DISCOVERY,
    FLOOR_WORKS,
    Expected,
    expectation,
)
from bibnet.query import Query
from bibnet.schema.exhibits.structure import COUNTRY_EXPECTATION, INSTITUTION_EXPECTATION
from bibnet.schema.units import UNKNOWN
from bibnet.storage.tables import declared_rows
from bibnet.storage.unfinished import UnfinishedRun

NO_FIELD = "none"
EXHIBITS = (
    Exhibit(COUNTRY_EXPECTATION, pairs.country_pairs_incidence),
    Exhibit(INSTITUTION_EXPECTATION, pairs.institution_pairs_incidence),
)


@dataclass(frozen=True)
class ExpectationCounts:
    """Which pairs of a level were tested against chance, and how many got which verdict.

    `largest_miss` is how far, relatively, the model misses a unit's number of works. `less_from`:
    works that must be expected of a pair that has none before it is `less`, None without such pairs
    among the `expected_pairs`.
    """

    units: int
    pairs: int
    shown: int
    least_works: int
    largest_miss: float
    expected_pairs: int = 0
    less_from: float | None = None
    verdicts: Mapping[str, int] = field(default_factory=dict)
    floor_works: int = FLOOR_WORKS
    false_discovery: float = FALSE_DISCOVERY


def expectation_exhibits(
    run: UnfinishedRun, query: Query
) -> tuple[dict[str, ibis.Table], dict[str, ExpectationCounts]]:
    """The two exhibits by name, and what was tested by level."""
    country = _tested(run, query, "country")
    institution = _tested(run, query, "institution")
    counts = {"country": _counts(country), "institution": _counts(institution)}
    named = _named(run, _keyed(institution, "institution"))
    exhibits = {
        COUNTRY_EXPECTATION.name: declared_rows(COUNTRY_EXPECTATION, _keyed(country, "country")),
        INSTITUTION_EXPECTATION.name: declared_rows(INSTITUTION_EXPECTATION, named),
    }
    return exhibits, counts


def _tested(run: UnfinishedRun, query: Query, level: str) -> Expected:
    member = run.tables[f"{level}_membership"]
    known = member.filter(member.unit != UNKNOWN).select("work_key", "unit").distinct()
    strata = _strata(run, query.strata)
    rows = known.inner_join(strata, "work_key").select("work_key", "unit", "stratum")
    return expectation(run.frame(rows.order_by(["work_key", "unit"])))


def _strata(run: UnfinishedRun, asked: str) -> ibis.Table:
    """Rows (work_key, stratum): the year, or the year and field, as the query asks."""
    scope = run.tables["work_scope"].select("work_key", "year")
    if asked == "year":
        return scope.select("work_key", stratum=scope.year.cast("string"))
    topic = run.tables["topic"]
    primary = topic.filter(topic.topic_seq == 0).select("work_key", "field_id")
    rows = scope.left_join(primary, "work_key")
    field_id = rows.field_id.fill_null(NO_FIELD)
    return rows.select("work_key", stratum=rows.year.cast("string") + "/" + field_id)


def _counts(found: Expected) -> ExpectationCounts:
    verdicts = found.rows["verdict"].value_counts()
    return ExpectationCounts(
        units=found.units,
        pairs=found.pairs,
        shown=len(found.rows),
        least_works=found.least_works,
        largest_miss=found.miss,
        expected_pairs=found.expected_pairs,
        less_from=round(found.less_from, 1) if found.expected_pairs else None,
        verdicts={str(name): int(number) for name, number in sorted(verdicts.items())},
    )


def _keyed(found: Expected, level: str) -> pd.DataFrame:
    return found.rows.rename(columns={"unit_a": f"{level}_a", "unit_b": f"{level}_b"})


def _named(run: UnfinishedRun, rows: pd.DataFrame) -> pd.DataFrame:
    table = run.tables["institution"].select("institution_id", "institution", "country")
    known = run.frame(table).set_index("institution_id")
    for end in ("a", "b"):
        rows[f"name_{end}"] = rows[f"institution_{end}"].map(known["institution"])
        rows[f"country_{end}"] = rows[f"institution_{end}"].map(known["country"])
    return rows
