"""The exhibits of the institution network: centrality with rank intervals, and brokerage."""

from dataclasses import dataclass

import ibis
import numpy as np
import pandas as pd
import pyarrow as pa

from bibnet.metrics.counts import volume
from bibnet.metrics.exhibit import Exhibit
from bibnet.network import centrality
from bibnet.network.beside import Asked, CentralityBeside
from bibnet.network.counting import ends, with_work_id
from bibnet.network.incidence import Incidence, total
from bibnet.network.measures.brokerage import brokerage
from bibnet.network.measures.communities import Partition
from bibnet.network.measures.resampling import SAMPLES
from bibnet.query import Query
from bibnet.schema.exhibits.structure import BROKERAGE, CENTRALITY
from bibnet.schema.ties import NODE
from bibnet.storage.engine import Tables
from bibnet.storage.unfinished import NETWORK_FOLDER, UnfinishedRun

COMMUNITY_SEED = 1


@dataclass(frozen=True)
class NetworkCounts:
    """How the centrality of the institutions was computed.

    Ties of fewer than `path_min_works` works leave the paths; `largest_component` is its share of
    the institutions, NaN without any.
    """

    path_min_works: int
    largest_component: float
    institutions: int
    rank_samples: int = SAMPLES


@dataclass(frozen=True)
class InstitutionNetwork:
    """The measured network: its exhibits by name, communities, strength by institution, counts."""

    exhibits: dict[str, ibis.Table]
    partition: Partition
    strength: pd.Series
    counts: NetworkCounts


def links_incidence(tables: Tables) -> Incidence:
    """Cells by institution: the links of each work, which sum to the strength."""
    tie = tables["institution_tie"]
    both = ends(
        tie.select(institution_a=tie.unit_a, institution_b=tie.unit_b, work_key=tie.work_key),
        "institution",
    )
    rows = both.group_by(["unit", "work_key"]).aggregate(strength=both.count())
    rows = rows.rename(institution_id="unit").mutate(works=ibis.literal(1, "int64"))
    return Incidence(rows, ("institution_id",), ("works", "strength"))


EXHIBITS = (Exhibit(CENTRALITY, links_incidence), Exhibit(BROKERAGE, links_incidence))


def asked_centrality(run: UnfinishedRun, query: Query) -> CentralityBeside:
    """Ask for the centrality of the institutions; another process may be at it from now on."""
    institutions = run.frame(run.tables["institution"].order_by("institution_id"))
    edge = run.tables["edge"].select("institution_a", "institution_b", "works")
    edges = run.frame(edge.order_by(["institution_a", "institution_b"]))
    tie = with_work_id(run.tables["institution_tie"], run.tables["work"])
    pair = tie.select("work_id", institution_a=tie.unit_a, institution_b=tie.unit_b)
    ties = run.frame(pair.order_by(["work_id", "institution_a", "institution_b"]))
    tied = centrality.tie_works(institutions["institution_id"], edges, ties, "institution")
    return CentralityBeside(Asked(institutions, edges, tied, COMMUNITY_SEED, query.min_works))


def institution_network(
    run: UnfinishedRun, query: Query, beside: CentralityBeside
) -> InstitutionNetwork:
    """Take centrality and communities, compute brokerage, and write the network's nodes."""
    institutions, edges = beside.asked.institutions, beside.asked.edges
    found = beside.answer()
    rows = _table(found.rows)
    works = total(volume.institutions_incidence(run.tables)).select("institution_id", "works")
    side = run.tables["institution"].select("institution_id", "side")
    nodes = rows.inner_join(side, "institution_id").inner_join(works, "institution_id")
    run.write(nodes, NODE, NETWORK_FOLDER)
    brokers = _brokerage(institutions, edges, list(query.sides))
    counts = NetworkCounts(found.path_min_works, found.largest_component, len(institutions))
    exhibits = {CENTRALITY.name: rows, BROKERAGE.name: brokers}
    return InstitutionNetwork(exhibits, found.partition, found.rows["strength"], counts)


def _table(rows: pd.DataFrame) -> ibis.Table:
    return ibis.memtable(pa.Table.from_pandas(rows, preserve_index=False))


def _brokerage(institutions: pd.DataFrame, edges: pd.DataFrame, sides: list[str]) -> ibis.Table:
    number = {side: place for place, side in enumerate(sides)}
    # All countries outside the sides, and institutions without a country, are one group.
    group = np.array([number.get(side, len(sides)) for side in institutions["side"]], dtype="int64")
    network = centrality.unit_network(institutions["institution_id"], edges, "institution")
    described = institutions[["institution_id", "institution", "country", "side"]]
    found = brokerage(network, group, len(sides))
    return _table(pd.concat([described.reset_index(drop=True), found], axis=1))
