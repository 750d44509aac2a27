"""The exhibits of citations, from the scores of the works of a run."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

import ibis
import pandas as pd

from bibnet.metrics.citations import groups
from bibnet.metrics.citations.comparison import compared, compared_strata, strata_members
from bibnet.metrics.citations.impact import (
    JOINT_ONLY,
    MEASURES,
    Impact,
    Scores,
    impacts,
    with_impact,
)
from bibnet.metrics.citations.judged import compared_incidence, compared_works, with_judged
from bibnet.metrics.citations.scores import (
    INTERNAL,
    REFERENCES,
    SMALL_CELL,
    citation_scores,
    cited_within,
    settled_until,
    too_young,
    unjudged_years,
)
from bibnet.metrics.counts import volume
from bibnet.metrics.exhibit import Exhibit
from bibnet.metrics.source import SourceTime
from bibnet.network.incidence import Incidence, total
from bibnet.query import Query
from bibnet.schema import Table
from bibnet.schema.exhibits import citations as declared
from bibnet.schema.units import UNKNOWN, WHOLE
from bibnet.storage.engine import Tables
from bibnet.storage.tables import declared_rows
from bibnet.storage.unfinished import UnfinishedRun

CITATION_SEED = 1
ENDS = ("", "_low", "_high")
PLACES: Mapping[Table, tuple[str, Callable[[Tables], Incidence]]] = {
    declared.COUNTRY_CITATIONS: ("country", volume.countries_incidence),
    declared.INSTITUTION_CITATIONS: ("institution_id", volume.institutions_incidence),
}


def _judged(table: Table, of: Callable[[Tables], Incidence]) -> Exhibit:
    """An exhibit that lists the works that are judged, and those that are left out, too."""
    return Exhibit(table, lambda tables: with_judged(of(tables), tables, table.name))


EXHIBITS = (
    _judged(declared.CITATIONS, groups.citations_incidence),
    _judged(declared.CITATIONS_BY_TEAM, groups.citations_by_team_incidence),
    Exhibit(declared.CITATIONS_COMPARED, compared_incidence),
    _judged(declared.COUNTRY_CITATIONS, volume.countries_incidence),
    _judged(declared.INSTITUTION_CITATIONS, volume.institutions_incidence),
)


@dataclass(frozen=True)
class CitationCounts:
    """What the citation scores leave out, and what they are compared with.

    `states` counts works by state for each reference set; `references` is the set that each
    exhibit uses, None where it is empty. `window` is in calendar years, 0 or None = all.
    `judged_until` is the last day of publication that is judged; None where the source has no date:
    then `unjudged_years` are the years of works too near its last one, of which none is judged.
    """

    window: int | None
    judged_until: str | None
    unjudged_years: tuple[int, ...]
    states: Mapping[str, Mapping[str, int]]
    works_in_small_cells: int
    works_in_cells: int
    small_cell: int
    references: Mapping[str, str | None]


def citation_exhibits(
    run: UnfinishedRun, query: Query, source: SourceTime
) -> tuple[dict[str, ibis.Table], CitationCounts]:
    """The exhibits of citations by name, and what they rest on.

    Writes citation_score, citation_reference and compared_stratum.

    `source` is the time of the source: works of its last two years are too young for a score.
    """
    window = query.citation_window
    works = _works(run, window)
    found = citation_scores(works, too_young(works, source, window))
    run.write(declared_rows(declared.CITATION_SCORE, found), declared.CITATION_SCORE)
    frames = _frames(run, Scores(found, window, CITATION_SEED), joint=query.harvest == "joint")
    internal = found[found["reference"] == INTERNAL]
    counts = CitationCounts(
        window=window,
        judged_until=settled_until(source.date).date().isoformat() if source.date else None,
        unjudged_years=() if source.date else unjudged_years(works["year"], source.year, window),
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
    places = {table: _places(run, *place) for table, place in PLACES.items()}
    asked = {
        declared.CITATIONS: groups.citations_incidence(run.tables),
        declared.CITATIONS_BY_TEAM: groups.citations_by_team_incidence(run.tables),
        **places,
    }
    members = {table.name: partial(_members, run, rows) for table, rows in asked.items()}
    found = impacts(members | {declared.CITATIONS_COMPARED.name: partial(_strata, run)}, scores)
    _write_what_is_judged(run, found)
    return {
        declared.CITATIONS: _groups(run, found[declared.CITATIONS.name], joint=joint),
        declared.CITATIONS_BY_TEAM: with_impact(
            run.frame(groups.counted_teams(run.tables)), found[declared.CITATIONS_BY_TEAM.name]
        ),
        declared.CITATIONS_COMPARED: _compared(run, found[declared.CITATIONS_COMPARED.name]),
        **{
            table: with_impact(_counted(run, rows), found[table.name])
            for table, rows in places.items()
        },
    }


def _strata(run: UnfinishedRun) -> pd.DataFrame:
    teams = _members(run, groups.citations_by_team_incidence(run.tables))
    one = (teams["countries"] != groups.ALL) & (teams["authors"] != groups.ALL)
    return strata_members(teams[one])


def _write_what_is_judged(run: UnfinishedRun, found: Mapping[str, Impact]) -> None:
    """Write citation_reference and compared_stratum, by which judged works are listed."""
    names = [(name, impact.reference.name) for name, impact in sorted(found.items())]
    references = pd.DataFrame(names, columns=["exhibit", "reference"])
    strata = compared_strata(found[declared.CITATIONS_COMPARED.name])
    for table, rows in (
        (declared.CITATION_REFERENCE, references),
        (declared.COMPARED_STRATUM, strata),
    ):
        run.write(declared_rows(table, rows), table)


def _tally(states: pd.Series) -> dict[str, int]:
    found = states.astype(object).value_counts()
    return {str(state): int(number) for state, number in sorted(found.items())}


def _works(run: UnfinishedRun, window: int | None) -> pd.DataFrame:
    """The works by their ids, so that the order of an input file changes no sample."""
    work, topic = run.tables["work"], run.tables["topic"]
    primary = topic.filter(topic.topic_seq == 0).select("work_key", "field_id")
    columns = ("work_id", "year", "type", "published", "citations", "fwci", "citation_percentile")
    rows = work.select("work_key", *columns).left_join(primary, "work_key")
    works = run.frame(rows.drop("work_key_right").order_by("work_id"))
    if window:
        citing = run.frame(run.tables["citing_year"].order_by(["work_key", "year"]))
        works["citations"] = cited_within(works, citing, window)
    return works


def _groups(run: UnfinishedRun, impact: Impact, *, joint: bool) -> pd.DataFrame:
    found = with_impact(run.frame(groups.counted_citations(run.tables)), impact)
    # Of joint works alone the corpus is no reference set: they would be compared with themselves.
    if not joint or impact.reference.name != INTERNAL:
        return found
    numbers = {f"{measure}{end}": float("nan") for measure in MEASURES for end in ENDS}
    return found.assign(**numbers, **{f"{measure}_reason": JOINT_ONLY for measure in MEASURES})


def _compared(run: UnfinishedRun, impact: Impact) -> pd.DataFrame:
    counted = run.frame(total(compared_works(run.tables)))
    reference = impact.reference
    named = counted.assign(reference=reference.name, reference_in_intervals=reference.in_intervals)
    return named.merge(compared(impact), on=["compared_with", "adjusted_for"], how="left")


def _places(run: UnfinishedRun, key: str, of: Callable[[Tables], Incidence]) -> Incidence:
    """Countries or institutions; `unknown` is no place."""
    incidence = of(run.tables)
    known = incidence.rows.filter(incidence.rows[key] != UNKNOWN)
    return Incidence(known, incidence.keys, ("works",), incidence.weights)


def _counted(run: UnfinishedRun, places: Incidence) -> pd.DataFrame:
    counted = run.frame(total(places))
    if "institution_id" not in places.keys:
        return counted
    named = run.tables["institution"].select("institution_id", "institution", "country")
    return counted.merge(run.frame(named), on="institution_id")


def _members(run: UnfinishedRun, incidence: Incidence) -> pd.DataFrame:
    """Rows (keys, work_key, weight); the weight is 1 where the incidence has none."""
    rows = run.frame(incidence.rows.select(*incidence.keys, "work_key", *incidence.weights))
    if incidence.weights:
        rows["weight"] = rows.pop(incidence.weights[0]).astype("float64") / WHOLE
        return rows
    return rows.assign(weight=1.0)
