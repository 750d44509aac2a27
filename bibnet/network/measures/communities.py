"""Communities of a network: Leiden, several seeded runs, the best kept, their agreement beside it.

Modularity, weighted by works in common (Traag, Waltman, van Eck 2019, Scientific Reports 9:5233).
Many partitions are nearly as good: agreement between the runs says how far the optimiser is to be
trusted. Other works give other communities: agreement with those of resampled works says how far a
border is one of the corpus alone.
"""

import random
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import combinations

import igraph
import numpy as np
import pandas as pd
from scipy import sparse

from bibnet.network.measures.resampling import TieWorks

RUNS = 10
# Leiden takes seconds on more edges: three runs still show whether they agree.
MANY_EDGES, FEW_RUNS = 500_000, 3
# Corpora of works drawn anew: the mean agreement of 20 moves by about 0.01 between seeds.
SAMPLES, FEW_SAMPLES = 20, 5


@dataclass(frozen=True)
class Partition:
    """The best partition of several runs.

    `community`: number of each node's community, from 1, by falling size. `quality`: its
    modularity. `adjusted_rand` and `mutual_information` (normalised): means over all pairs of
    runs, nodes without a tie left out because they agree for nothing. `resampled_adjusted_rand`
    and `resampled_mutual_information`: means over `samples` corpora of works drawn anew, against
    this partition. NaN without edges.
    """

    community: np.ndarray
    quality: float
    adjusted_rand: float
    mutual_information: float
    runs: int
    resampled_adjusted_rand: float = float("nan")
    resampled_mutual_information: float = float("nan")
    samples: int = 0


@contextmanager
def seeded_igraph(seed: int) -> Iterator[None]:
    """Give igraph its own seeded chance: Leiden and the eigenvector's solver draw from it."""
    igraph.set_random_number_generator(random.Random(seed))  # noqa: S311
    try:
        yield
    finally:
        igraph.set_random_number_generator(random)


def partition(graph: igraph.Graph, *, seed: int) -> Partition:
    """Communities of a graph whose edges have the attribute `works`; without edges each node."""
    if not graph.ecount():
        nothing = float("nan")
        alone = np.arange(1, graph.vcount() + 1)
        return Partition(alone, nothing, nothing, nothing, 0)
    runs = FEW_RUNS if graph.ecount() > MANY_EDGES else RUNS
    with seeded_igraph(seed):
        found = [
            graph.community_leiden("modularity", weights="works", n_iterations=-1).membership
            for _ in range(runs)
        ]
    quality = [float(graph.modularity(labels, weights="works")) for labels in found]
    best = int(np.argmax(quality))
    linked = np.flatnonzero(graph.degree())
    return Partition(
        by_falling_size(found[best]),
        quality[best],
        _agreement(found, linked, "adjusted_rand"),
        _agreement(found, linked, "nmi"),
        runs,
    )


def with_resampled_agreement(
    found: Partition, graph: igraph.Graph, ties: TieWorks, *, seed: int
) -> Partition:
    """The partition with its agreement with the communities of resampled works.

    Each sample draws as many works as there are with replacement (every work a Poisson number of
    mean 1) and runs the optimiser once on the ties they make; nodes without a tie in it are left
    out. `ties` says which works are behind which edge of the graph.
    """
    if not graph.ecount():
        return found
    works = int(ties.work.max()) + 1
    cells = (np.ones(len(ties.work)), (ties.edge, ties.work))
    behind = sparse.csr_array(cells, shape=(graph.ecount(), works))
    samples = FEW_SAMPLES if graph.ecount() > MANY_EDGES else SAMPLES
    chance = np.random.default_rng(seed)
    with seeded_igraph(seed):
        scores = [
            _agreement_with(found.community, graph, behind @ chance.poisson(1.0, works))
            for _ in range(samples)
        ]
    rand, information = np.nanmean(np.array(scores), axis=0).tolist()
    return replace(
        found,
        resampled_adjusted_rand=rand,
        resampled_mutual_information=information,
        samples=samples,
    )


def _agreement_with(
    community: np.ndarray, graph: igraph.Graph, works: np.ndarray
) -> tuple[float, float]:
    """Adjusted Rand and mutual information with the communities of the edges that have works.

    NaN where no edge has any.
    """
    drawn = graph.subgraph_edges(np.flatnonzero(works).tolist(), delete_vertices=False)
    if not drawn.ecount():
        return float("nan"), float("nan")
    drawn.es["works"] = works[works > 0].tolist()
    labels = drawn.community_leiden("modularity", weights="works", n_iterations=-1).membership
    both, linked = [community.tolist(), labels], np.flatnonzero(drawn.degree())
    return _agreement(both, linked, "adjusted_rand"), _agreement(both, linked, "nmi")


def by_falling_size(labels: list[int]) -> np.ndarray:
    """Number the communities by falling size from 1; of equal ones the first node's is first."""
    sizes = np.bincount(labels) if len(labels) else np.array([], dtype="int64")
    first = {label: place for place, label in reversed(list(enumerate(labels)))}
    order = sorted(range(len(sizes)), key=lambda label: (-sizes[label], first[label]))
    number = {label: place for place, label in enumerate(order, start=1)}
    return np.array([number[label] for label in labels], dtype="int64")


def _agreement(found: list[list[int]], nodes: np.ndarray, method: str) -> float:
    labels = [np.unique(np.array(run)[nodes], return_inverse=True)[1].tolist() for run in found]
    scores = [
        1.0 if one == other else float(igraph.compare_communities(one, other, method=method))
        for one, other in combinations(labels, 2)
    ]
    return float(np.mean(scores))


def carried_labels(
    now: Mapping[str, int], before: Mapping[str, int] | None
) -> tuple[dict[int, int], dict[int, int]]:
    """Label of each community of this run, and the nodes it shares with its namesake.

    `now` and `before` map nodes to community (this run) and label (the previous run). Pairs of a
    community and a label are taken by falling number of nodes in both (ties: the smaller label,
    then the smaller community), each at most once; communities without one are numbered after
    the largest label of the previous run, in their order. Without a previous run the label is
    the community's number.
    """
    communities = sorted(set(now.values()))
    if before is None:
        return {community: community for community in communities}, {}
    both = pd.DataFrame({"community": pd.Series(now), "label": pd.Series(before)}).dropna()
    shared = both.astype("int64").groupby(["community", "label"]).size().reset_index(name="nodes")
    ordered = shared.sort_values(["nodes", "label", "community"], ascending=[False, True, True])
    label: dict[int, int] = {}
    kept: dict[int, int] = {}
    for community, carried, nodes in ordered.to_numpy("int64").tolist():
        if community not in label and carried not in label.values():
            label[community], kept[community] = carried, nodes
    fresh = max(before.values(), default=0)
    for community in communities:
        if community not in label:
            fresh += 1
            label[community] = fresh
    return label, kept
