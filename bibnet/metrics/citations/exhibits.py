"""The exhibits of citations, from the scores of the works of a run."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import ibis
import pandas as pd

from bibnet.metrics.citations import groups
from bibnet.metrics.citations.comparison import citations_compared_incidence, compared
from bibnet.metrics.citations.impact import Scores, with_impact
from bibnet.metrics.citations.scores import (
    INTERNAL,
    REFERENCES,
    SMALL_CELL,
    citation_scores,
    cited_within,
    last_settled_year,
)
from bibnet.metrics.counts import volume
from bibnet.metrics.exhibit import Exhibit
from bibnet.network.incidence import Incidence, total
from bibnet.query import Query
from bibnet.schema import Table
from bibnet.schema.exhibits import citations as declared
from bibnet.schema.units import UNKNOWN, WHOLE
from bibnet.storage.tables import declared_rows
from bibnet.storage.unfinished import UnfinishedRun

CITATION_SEED = 1
PLACES = {
    "country": volume.countries_incidence,
    "institution_id": volume.institutions_incidence,
}
EXHIBITS = (
    Exhibit(declared.CITATIONS, groups.citations_incidence),
    Exhibit(declared.CITATIONS_BY_TEAM, groups.citations_by_team_incidence),
    Exhibit(declared.CITATIONS_COMPARED, citations_compared_incidence),
    Exhibit(declared.COUNTRY_CITATIONS, volume.countries_incidence),
    Exhibit(declared.INSTITUTION_CITATIONS, volume.institutions_incidence),
)


@dataclass(frozen=True)
class CitationCounts:
    """What the citation scores leave out, and what they are compared with.

    `states` counts works by state for each reference set; `references` is the set that each
    exhibit uses, None where it is empty. `window` is in calendar years, 0 or None = all.
    """

    window: int | None
    last_year: int | None
    states: Mapping[str, Mapping[str, int]]
    works_in_small_cells: int
    works_in_cells: int
    small_cell: int
    references: Mapping[str, str | None]


def citation_exhibits(
    run: UnfinishedRun, query: Query, source: date | None
) -> tuple[dict[str, ibis.Table], CitationCounts]:
    """The exhibits of citations by name, and what they rest on; writes citation_score.

    `source` is the date of the source: works of its last years are too young for a score.
    """
    window = query.citation_window
    last = last_settled_year(source.year if source else None, window)
    found = citation_scores(_works(run, window), last)
    run.write(declared_rows(declared.CITATION_SCORE, found), declared.CITATION_SCORE)
    frames = _frames(run, Scores(found, window, CITATION_SEED), joint=query.harvest == "joint")
    internal = found[found["reference"] == INTERNAL]
    counts = CitationCounts(
        window=window,
        last_year=last,
        states={
            name: _tally(found.loc[found["reference"] == name, "state"]) for name in REFERENCES
        },
        works_in_small_cells=int((internal["cell_works"] < SMALL_CELL).sum()),
        works_in_cells=int(internal["cell_works"].notna().sum()),
        small_cell=SMALL_CELL,
        references={
            table.name: frame["reference"].iloc[0] if len(frame) else None
            for table, frame in frames.items()
        },
    )
    return {table.name: declared_rows(table, frame) for table, frame in frames.items()}, counts


def _frames(run: UnfinishedRun, scores: Scores, *, joint: bool) -> dict[Table, pd.DataFrame]:
    return {
        declared.CITATIONS: _groups(run, scores, joint=joint),
        declared.CITATIONS_BY_TEAM: _teams(run, scores),
        declared.CITATIONS_COMPARED: _compared(run, scores),
        declared.COUNTRY_CITATIONS: _places(run, scores, "country"),
        declared.INSTITUTION_CITATIONS: _places(run, scores, "institution_id"),
    }


def _tally(states: pd.Series) -> dict[str, int]:
    return {str(state): int(number) for state, number in sorted(states.value_counts().items())}


def _works(run: UnfinishedRun, window: int | None) -> pd.DataFrame:
    work, topic = run.tables["work"], run.tables["topic"]
    primary = topic.filter(topic.topic_seq == 0).select("work_key", "field_id")
    columns = ("year", "type", "citations", "fwci", "citation_percentile")
    rows = work.select("work_key", *columns).left_join(primary, "work_key")
    works = run.frame(rows.drop("work_key_right").order_by("work_key"))
    if window:
        citing = run.frame(run.tables["citing_year"].order_by(["work_key", "year"]))
        works["citations"] = cited_within(works, citing, window)
    return works


def _groups(run: UnfinishedRun, scores: Scores, *, joint: bool) -> pd.DataFrame:
    counted = run.frame(groups.counted_citations(run.tables))
    members = _members(run, groups.citations_incidence(run.tables))
    found = with_impact(counted, members, scores, declared.CITATIONS.name)
    # Of joint works alone the corpus is no reference set: they would be compared with themselves.
    alone = joint and (found["reference"] == INTERNAL).all()
    return found.assign(**{c.name: float("nan") for c in declared.IMPACT}) if alone else found


def _teams(run: UnfinishedRun, scores: Scores) -> pd.DataFrame:
    counted = run.frame(groups.counted_teams(run.tables))
    members = _members(run, groups.citations_by_team_incidence(run.tables))
    return with_impact(counted, members, scores, declared.CITATIONS_BY_TEAM.name)


def _compared(run: UnfinishedRun, scores: Scores) -> pd.DataFrame:
    counted = run.frame(total(citations_compared_incidence(run.tables)))
    members = _members(run, groups.citations_by_team_incidence(run.tables))
    single = members[(members["countries"] != groups.ALL) & (members["authors"] != groups.ALL)]
    found = compared(scores.of(single), seed=CITATION_SEED)
    named = counted.assign(reference=scores.reference(single))
    return named.merge(found, on=["compared_with", "adjusted_for"], how="left")


def _places(run: UnfinishedRun, scores: Scores, key: str) -> pd.DataFrame:
    """Countries or institutions; `unknown` is no place."""
    incidence = PLACES[key](run.tables)
    known = incidence.rows.filter(incidence.rows[key] != UNKNOWN)
    rows = Incidence(known, incidence.keys, ("works",), incidence.weights)
    counted = run.frame(total(rows))
    if key == "institution_id":
        names = run.frame(run.tables["institution"].select(key, "institution", "country"))
        counted = counted.merge(names, on=key)
    return with_impact(counted, _members(run, rows), scores, f"{key}_citations")


def _members(run: UnfinishedRun, incidence: Incidence) -> pd.DataFrame:
    """Rows (keys, work_key, weight); the weight is 1 where the incidence has none."""
    rows = run.frame(incidence.rows.select(*incidence.keys, "work_key", *incidence.weights))
    if incidence.weights:
        rows["weight"] = rows.pop(incidence.weights[0]).astype("float64") / WHOLE
        return rows
    return rows.assign(weight=1.0)
