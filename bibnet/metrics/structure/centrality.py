"""The exhibits of the institution network: centrality with rank intervals, and brokerage."""

import ibis
import numpy as np
import pandas as pd
import pyarrow as pa

from bibnet.metrics.counts import volume
from bibnet.network import centrality
from bibnet.network.incidence import total
from bibnet.network.measures.brokerage import brokerage
from bibnet.network.measures.resampling import SAMPLES
from bibnet.schema.derived import NODE
from bibnet.storage.workbench import NETWORK_FOLDER, Workbench

COMMUNITY_SEED = 1


def centrality_exhibits(bench: Workbench) -> dict[str, ibis.Table]:
    """Compute centrality and brokerage, and write the nodes of the network.

    Leaves the facts network, seeds, partition, strength.
    """
    institutions = bench.frame(bench.tables["institution"].order_by("institution_id"))
    edge = bench.tables["edge"].select("institution_a", "institution_b", "works")
    edges = bench.frame(edge.order_by(["institution_a", "institution_b"]))
    found = _centrality(bench, institutions, edges)
    bench.facts["network"] = {
        "path_min_works": found.path_min_works,
        "largest_component": found.largest_component,
        "institutions": len(institutions),
        "rank_samples": SAMPLES,
    }
    seeds = {"communities": COMMUNITY_SEED, "rank_intervals": centrality.RESAMPLING_SEED}
    bench.facts["seeds"] = seeds
    bench.facts["partition"], bench.facts["strength"] = found.partition, found.rows["strength"]
    rows = _table(found.rows)
    works = total(volume.institutions_incidence(bench.tables)).select("institution_id", "works")
    side = bench.tables["institution"].select("institution_id", "side")
    nodes = rows.inner_join(side, "institution_id").inner_join(works, "institution_id")
    bench.write(nodes, NODE, NETWORK_FOLDER)
    return {"centrality": rows, "brokerage": _brokerage(bench, institutions, edges)}


def _table(rows: pd.DataFrame) -> ibis.Table:
    return ibis.memtable(pa.Table.from_pandas(rows, preserve_index=False))


def _centrality(
    bench: Workbench, institutions: pd.DataFrame, edges: pd.DataFrame
) -> centrality.Centrality:
    tie = centrality.with_work_id(bench.tables["institution_tie"], bench.tables["work"])
    pair = tie.select("work_id", institution_a=tie.unit_a, institution_b=tie.unit_b)
    ties = bench.frame(pair.order_by(["work_id", "institution_a", "institution_b"]))
    ids, works = institutions["institution_id"], bench.number("work")
    return centrality.centrality(
        institutions,
        edges,
        seed=COMMUNITY_SEED,
        min_works=bench.request.query.min_works,
        ties=centrality.tie_works(ids, edges, ties, "institution", works),
    )


def _brokerage(bench: Workbench, institutions: pd.DataFrame, edges: pd.DataFrame) -> ibis.Table:
    sides = list(bench.request.query.sides)
    number = {side: place for place, side in enumerate(sides)}
    # All countries outside the sides, and institutions without a country, are one group.
    group = np.array([number.get(side, len(sides)) for side in institutions["side"]], dtype="int64")
    network = centrality.unit_network(institutions["institution_id"], edges, "institution")
    described = institutions[["institution_id", "institution", "country", "side"]]
    found = brokerage(network, group, len(sides))
    return _table(pd.concat([described.reset_index(drop=True), found], axis=1))
