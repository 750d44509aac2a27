"""Centrality against the raw igraph call, in one run, the two alternated. Prints ratios.

    python tests/benchmarks/centrality_speed.py [--small]

An invented network: 30,000 nodes, 2,000,000 edges, heavy-tailed, whole weights (`--small`: 12,411
nodes, 65,878 edges, as 200,000 works gave). Rows: seconds of igraph and of bibnet (medians),
ratio, target. igraph's graph and bibnet's arrays stand before the clock starts, except in the rows
`build`. igraph's exact harmonic of all nodes takes six minutes at this size: it is timed on
SOURCES nodes and scaled; bibnet's is timed on all of them.
"""

import sys
import time
from collections.abc import Callable
from statistics import median

import igraph
import numpy as np

from bibnet.network.measures import measures, spectral, unweighted, weighted_network
from bibnet.network.measures.resampling import TieWorks, rank_intervals
from bibnet.network.measures.weighted import WeightedNetwork

ROUNDS = 5
SOURCES = 200
# An edge list is checked and put in order before igraph sees it; its graph is then the bare one.
OVERHEAD = 1.10


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def invented(nodes: int, edges: int, seed: int = 1) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Edges (source < target, sorted) drawn by heavy-tailed activity, and whole weights."""
    chance = np.random.default_rng(seed)
    activity = chance.pareto(1.5, nodes) + 1
    ends = chance.choice(nodes, size=(int(edges * 1.35), 2), p=activity / activity.sum())
    pair = np.unique(np.minimum(*ends.T) * nodes + np.maximum(*ends.T))
    pair = pair[pair // nodes != pair % nodes]
    pair = np.sort(chance.permutation(pair)[:edges])
    return pair // nodes, pair % nodes, chance.integers(1, 50, len(pair))


def seconds(call: Callable[[], object]) -> float:
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


def compare(
    name: str,
    raw: Callable[[], object],
    ours: Callable[[], object],
    target: float,
    *,
    scale: float = 1,
    rounds: int = ROUNDS,
) -> None:
    times = [(seconds(raw) * scale, seconds(ours)) for _ in range(rounds)]
    theirs, mine = median(t for t, _ in times), median(t for _, t in times)
    ratios = sorted(b / a for a, b in times)
    said = f"{ratios[0]:.3f}/{median(ratios):.3f}/{ratios[-1]:.3f}"
    say(f"{name:<44} {theirs:9.3f} {mine:9.3f}  {said:<22} <= {target}")


def _spectra(graph: igraph.Graph, made: Callable[[], WeightedNetwork]) -> None:
    def spectra(fresh: WeightedNetwork) -> list[np.ndarray]:
        return [fresh.strength, spectral.pagerank(fresh), spectral.eigenvector(fresh)]

    def igraph_spectra() -> list[list[float]]:
        return [
            graph.strength(weights="weight"),
            graph.pagerank(weights="weight"),
            graph.eigenvector_centrality(weights="weight"),
        ]

    worst = max(
        np.abs(np.array(theirs) - mine).max() / max(np.abs(mine).max(), 1)
        for theirs, mine in zip(igraph_spectra(), spectra(made()), strict=True)
    )
    compare("strength + PageRank + eigenvector", igraph_spectra, lambda: spectra(made()), 0.35)
    say(f"  largest difference from igraph {worst:.1e}; bibnet's time holds the sparse matrix")


def _paths(graph: igraph.Graph, made: Callable[[], WeightedNetwork], sample: list[int]) -> None:
    network = made()
    scale = network.nodes / SOURCES
    compare(
        "closeness and harmonic, no weights, exact",
        lambda: (graph.closeness(vertices=sample), _harmonic(graph, sample)),
        lambda: unweighted.closeness_and_harmonic(made()),
        0.3,
        scale=scale,
        rounds=2,
    )
    near, harmonic = unweighted.closeness_and_harmonic(network)
    known = np.array(_harmonic(graph, sample)), np.array(graph.closeness(vertices=sample))
    worst = max(
        np.abs(harmonic[sample] / known[0] - 1).max(), np.abs(near[sample] / known[1] - 1).max()
    )
    say(f"  largest relative difference from igraph on {SOURCES} nodes {worst:.1e}")


def main() -> None:
    nodes, edges = (12_411, 65_878) if "--small" in sys.argv else (30_000, 2_000_000)
    source, target, weight = invented(nodes, edges)
    made = lambda: weighted_network(nodes, source, target, weight)  # noqa: E731
    network = made()
    graph = network.igraph()
    say(f"{nodes:,} nodes, {network.edges:,} edges; igraph {igraph.__version__}")
    say(f"{'':<44} {'igraph s':>9} {'bibnet s':>9}  ratio min/median/max")

    _spectra(graph, made)
    sample = list(range(0, nodes, nodes // SOURCES))[:SOURCES]
    _paths(graph, made, sample)
    compare(
        "build: edges and weights to a graph",
        lambda: _bare_graph(nodes, source, target, weight),
        lambda: made().igraph(),
        OVERHEAD,
        rounds=3,
    )
    compare(
        "coreness",
        graph.coreness,
        lambda: np.array(network.igraph().coreness(), dtype="int64"),
        OVERHEAD,
    )
    compare(
        f"betweenness from {SOURCES // 10} sources",
        lambda: graph.betweenness(directed=False, sources=sample[::10]),
        lambda: np.array(network.igraph().betweenness(directed=False, sources=sample[::10])),
        OVERHEAD,
        rounds=3,
    )
    _whole(nodes, source, target, weight)
    _bootstrap(network)


def _harmonic(graph: igraph.Graph, sample: list[int]) -> list[float]:
    found: list[float] = graph.harmonic_centrality(vertices=sample, normalized=False)
    return found


def _bare_graph(
    nodes: int, source: np.ndarray, target: np.ndarray, weight: np.ndarray
) -> igraph.Graph:
    graph = igraph.Graph(n=nodes, edges=np.column_stack([source, target]))
    graph.es["weight"] = weight.tolist()
    return graph


def _whole(nodes: int, source: np.ndarray, target: np.ndarray, weight: np.ndarray) -> None:
    """All eight measures by distance of a smaller part, against the eight bare calls."""
    inside = (source < nodes // 10) & (target < nodes // 10)
    ends, ties = (source[inside], target[inside]), weight[inside]

    def bare() -> None:
        graph = _bare_graph(nodes // 10, *ends, ties)
        distance = (1 / ties).tolist()
        graph.degree(), graph.strength(weights="weight"), graph.coreness()
        graph.betweenness(directed=False, weights=distance)
        graph.closeness(weights=distance)
        graph.harmonic_centrality(weights=distance, normalized=False)
        graph.pagerank(weights="weight"), graph.eigenvector_centrality(weights="weight")

    def ours() -> None:
        measures(weighted_network(nodes // 10, *ends, ties))

    compare(f"all measures by distance, {inside.sum():,} edges", bare, ours, OVERHEAD, rounds=3)


def _bootstrap(network: WeightedNetwork, works: int = 200_000) -> None:
    chance = np.random.default_rng(3)
    edge = np.repeat(np.arange(network.edges), network.weight.clip(max=3))
    ties = TieWorks(chance.integers(0, works, len(edge)), edge)
    taken = seconds(lambda: rank_intervals(network, ties, seed=1, samples=20))
    say(f"{'rank intervals, one of 200 samples':<44} {'':>9} {taken / 20:9.3f}")


if __name__ == "__main__":
    main()
