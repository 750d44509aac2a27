"""How works are cited: the scores of the works of a run, and the exhibits made of them."""

import ibis
import pandas as pd
import pyarrow as pa

from bibnet.metrics.citations import groups
from bibnet.metrics.citations.comparison import citations_compared_incidence, compared
from bibnet.metrics.citations.impact import Scores, with_impact
from bibnet.metrics.citations.scores import (
    INTERNAL,
    REFERENCES,
    SMALL_CELL,
    citation_scores,
    last_settled_year,
)
from bibnet.metrics.citations.window import cited_within
from bibnet.metrics.counts import volume
from bibnet.network.incidence import Incidence, total
from bibnet.schema import Table
from bibnet.schema import citations as declared
from bibnet.schema.units import UNKNOWN, WHOLE
from bibnet.storage.store import arrow_schema
from bibnet.storage.workbench import Workbench

CITATION_SEED = 1
PLACES = {
    "country": volume.countries_incidence,
    "institution_id": volume.institutions_incidence,
}


def impact_exhibits(bench: Workbench) -> dict[str, ibis.Table]:
    """The exhibits of citations; leaves CITATION_SCORE and the facts `citations`."""
    scores = _scores(bench)
    frames = {
        declared.CITATIONS: _groups(bench, scores),
        declared.CITATIONS_BY_TEAM: _teams(bench, scores),
        declared.CITATIONS_COMPARED: _compared(bench, scores),
        declared.COUNTRY_CITATIONS: _places(bench, scores, "country"),
        declared.INSTITUTION_CITATIONS: _places(bench, scores, "institution_id"),
    }
    bench.facts["citations"]["references"] = {
        table.name: frame["reference"].iloc[0] if len(frame) else None
        for table, frame in frames.items()
    }
    return {table.name: declared_rows(table, frame) for table, frame in frames.items()}


def declared_rows(table: Table, frame: pd.DataFrame) -> ibis.Table:
    """A frame as an Ibis table with the declared columns and types; NaN is null."""
    rows = pa.Table.from_pandas(
        frame[table.column_names], schema=arrow_schema(table), preserve_index=False
    )
    return ibis.memtable(rows)


def _scores(bench: Workbench) -> Scores:
    source, window = bench.source_date, bench.request.query.citation_window
    last = last_settled_year(source.year if source else None, window)
    found = citation_scores(_works(bench), last)
    bench.write(declared_rows(declared.CITATION_SCORE, found), declared.CITATION_SCORE)
    internal = found[found["reference"] == INTERNAL]
    bench.facts["citations"] = {
        "window": window,
        "last_year": last,
        "states": {
            reference: _tally(found.loc[found["reference"] == reference, "state"])
            for reference in REFERENCES
        },
        "works_in_small_cells": int((internal["cell_works"] < SMALL_CELL).sum()),
        "works_in_cells": int(internal["cell_works"].notna().sum()),
        "small_cell": SMALL_CELL,
    }
    bench.facts["seeds"]["citations"] = CITATION_SEED
    return Scores(found, window, CITATION_SEED)


def _tally(states: pd.Series) -> dict[str, int]:
    return {str(state): int(number) for state, number in sorted(states.value_counts().items())}


def _works(bench: Workbench) -> pd.DataFrame:
    work, topic = bench.tables["work"], bench.tables["topic"]
    primary = topic.filter(topic.topic_seq == 0).select("work_key", "field_id")
    columns = ("year", "type", "citations", "fwci", "citation_percentile")
    rows = work.select("work_key", *columns).left_join(primary, "work_key")
    works = bench.frame(rows.drop("work_key_right").order_by("work_key"))
    window = bench.request.query.citation_window
    if window:
        citing = bench.frame(bench.tables["citing_year"].order_by(["work_key", "year"]))
        works["citations"] = cited_within(works, citing, window)
    return works


def _groups(bench: Workbench, scores: Scores) -> pd.DataFrame:
    counted = bench.frame(groups.counted_citations(bench.tables))
    members = _members(bench, groups.citations_incidence(bench.tables))
    found = with_impact(counted, members, scores, declared.CITATIONS.name)
    # Of joint works alone the corpus is no reference set: they would be compared with themselves.
    alone = bench.request.query.harvest == "joint" and (found["reference"] == INTERNAL).all()
    return found.assign(**{c.name: float("nan") for c in declared.IMPACT}) if alone else found


def _teams(bench: Workbench, scores: Scores) -> pd.DataFrame:
    counted = bench.frame(groups.counted_teams(bench.tables))
    members = _members(bench, groups.citations_by_team_incidence(bench.tables))
    return with_impact(counted, members, scores, declared.CITATIONS_BY_TEAM.name)


def _compared(bench: Workbench, scores: Scores) -> pd.DataFrame:
    counted = bench.frame(total(citations_compared_incidence(bench.tables)))
    members = _members(bench, groups.citations_by_team_incidence(bench.tables))
    single = members[(members["countries"] != groups.ALL) & (members["authors"] != groups.ALL)]
    found = compared(scores.of(single), seed=CITATION_SEED)
    named = counted.assign(reference=scores.reference(single))
    return named.merge(found, on=["compared_with", "adjusted_for"], how="left")


def _places(bench: Workbench, scores: Scores, key: str) -> pd.DataFrame:
    """Countries or institutions; `unknown` is no place."""
    incidence = PLACES[key](bench.tables)
    known = incidence.rows.filter(incidence.rows[key] != UNKNOWN)
    rows = Incidence(known, incidence.keys, ("works",), incidence.weights)
    counted = bench.frame(total(rows))
    if key == "institution_id":
        names = bench.frame(bench.tables["institution"].select(key, "institution", "country"))
        counted = counted.merge(names, on=key)
    return with_impact(counted, _members(bench, rows), scores, f"{key}_citations")


def _members(bench: Workbench, incidence: Incidence) -> pd.DataFrame:
    """Rows (keys, work_key, weight); the weight is 1 where the incidence has none."""
    rows = bench.frame(incidence.rows.select(*incidence.keys, "work_key", *incidence.weights))
    if incidence.weights:
        rows["weight"] = rows.pop(incidence.weights[0]).astype("float64") / WHOLE
        return rows
    return rows.assign(weight=1.0)
