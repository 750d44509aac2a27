"""The stage metrics: tables and ties to the exhibits, each written as CSV."""

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import ibis

from bibnet.metrics.citations.exhibits import CITATION_SEED, CitationCounts, citation_exhibits
from bibnet.metrics.counts import funding, hubs, populations, shares, side_pairs
from bibnet.metrics.counts.intensity_intervals import SEED as INTENSITY_SEED
from bibnet.metrics.counts.intensity_intervals import with_resampled_intensities
from bibnet.metrics.exhibit import without_one_sided
from bibnet.metrics.exhibits import EXHIBITS
from bibnet.metrics.source import SourceTime
from bibnet.metrics.structure.centrality import (
    COMMUNITY_SEED,
    NetworkCounts,
    asked_centrality,
    institution_network,
)
from bibnet.metrics.structure.communities import CommunityCounts, community_exhibit
from bibnet.metrics.structure.expectation_exhibits import ExpectationCounts, expectation_exhibits
from bibnet.metrics.structure.levels import LevelCounts, write_level_exhibits
from bibnet.metrics.structure.network_years import network_years_exhibit
from bibnet.network.centrality import RESAMPLING_SEED
from bibnet.query import Query
from bibnet.schema import EXHIBITS as DECLARED
from bibnet.storage.exhibits import write_exhibit
from bibnet.storage.progress import counted
from bibnet.storage.unfinished import UnfinishedRun

# Of everything in the exhibits that is drawn by chance.
SEEDS: Mapping[str, int] = {
    "communities": COMMUNITY_SEED,
    "rank_intervals": RESAMPLING_SEED,
    "citations": CITATION_SEED,
    "intensity_intervals": INTENSITY_SEED,
}


@dataclass(frozen=True)
class Metrics:
    """What the exhibits rest on, subject by subject; `query_level` is None for institutions."""

    network: NetworkCounts
    query_level: LevelCounts | None
    citations: CitationCounts
    expectation: Mapping[str, ExpectationCounts]
    communities: CommunityCounts
    seeds: Mapping[str, int]


def write_exhibits(
    run: UnfinishedRun, query: Query, source: SourceTime, previous: Path | None
) -> Metrics:
    """Compute and write every exhibit of a run.

    `source` is the time of the source; `previous` a finished run whose communities lend
    their labels.
    """
    rows = {name: one.rows(run.tables) for name, one in EXHIBITS.items() if one.rows}
    with closing(asked_centrality(run, query)) as beside:
        run.step("strength of ties")
        for level in ("country", "institution"):
            pairs = f"{level}_pairs"
            rows[pairs] = with_resampled_intensities(run, rows[pairs], level)
        run.step("citations")
        cited, citations = citation_exhibits(run, query, source)
        run.step("pairs against chance")
        compared, expectation = expectation_exhibits(run, query)
        run.step("network of institutions")
        rows["network_years"] = network_years_exhibit(run, query)
        network = institution_network(run, query, beside)
    run.step("communities")
    rows["communities"], communities = community_exhibit(run, network, previous)
    rows |= network.exhibits | cited | compared
    rows |= {"years": _years(run, query, source.year), "hubs": _hubs(run, query)}
    rows["side_pairs"] = side_pairs.side_pairs(run.tables, _shown_years(run, query))
    rows["funding_years"] = funding.funding_years(run.tables, source.date)
    noun = f"of {len(DECLARED)} exhibits"
    for name, declared in counted(DECLARED.items(), noun, run.status, len(DECLARED)):
        _write(run, query, name, rows[name].select(*declared.column_names))
    at_level = write_level_exhibits(run, query)
    return Metrics(network.counts, at_level, citations, expectation, communities, SEEDS)


def _write(run: UnfinishedRun, query: Query, name: str, rows: ibis.Table) -> None:
    table = DECLARED[name]
    if query.harvest == "joint":
        rows = without_one_sided(table, rows)
    write_exhibit(run.folder, table, run.engine.batches(rows.order_by(list(table.key))))


def _years(run: UnfinishedRun, query: Query, last: int | None) -> ibis.Table:
    grid = shares.year_grid(_shown_years(run, query), list(query.sides))
    return shares.years(run.tables, grid, last)


def _shown_years(run: UnfinishedRun, query: Query) -> list[int]:
    return shares.shown_years(_observed_years(run), query.years)


def _observed_years(run: UnfinishedRun) -> list[int]:
    years = run.tables["work_scope"].select("year").distinct().order_by("year")
    return [int(year) for year in run.frame(years)["year"]]


def _hubs(run: UnfinishedRun, query: Query) -> ibis.Table:
    """Per capita by the packaged populations and those of the user."""
    people = populations.packaged_populations()
    if query.population:
        people |= populations.read_populations(query.population)
    return hubs.hubs(run.tables, populations.population_table(people))
