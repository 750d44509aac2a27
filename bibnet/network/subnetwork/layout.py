"""Where the nodes of a whole network stand in a drawing: seeded, the same every time.

The report's figure places the few nodes it names by rules of its own (room for names, in
pixels); these places are for files that other programs draw.
"""

import random
from collections.abc import Sequence

import igraph
import numpy as np
import numpy.typing as npt
import pandas as pd

Points = npt.NDArray[np.float64]
# Steps after which the picture of 2,000 nodes no longer changes to the eye; larger networks
# get as many as PAIRS comparisons of two nodes pay for (ten seconds), but never fewer than FEWEST.
FORCE_STEPS, FEWEST_STEPS = 300, 10
PAIRS = 5_000_000_000
# Above this the steps take minutes and the picture shows nothing: whoever draws it lays it out.
MOST_NODES = 30_000
# Part of the rank in a place: opens the dense core and brings far isolates in, keeps neighbours.
RANK_PART = 0.55
# Digits of a place: far finer than a pixel, and the same on machines that round differently.
DIGITS = 4


def positions(
    count: int, ends: npt.NDArray[np.int64], works: "pd.Series[int] | Sequence[int]", *, seed: int
) -> Points:
    """Return x and y of each node between 0 and 1: force-directed, evened out.

    `ends` has a row of two node numbers for each edge, `works` its strength, which counts by
    its logarithm. Places only look alike where nodes are near; distances mean nothing more.
    No nodes give shape (0, 2); one node, or nodes in one place, stand in the middle.
    """
    steps = max(FEWEST_STEPS, min(FORCE_STEPS, PAIRS // max(count, 1) ** 2))
    return force_directed(count, ends, works, seed=seed, steps=steps).round(DIGITS)


def force_directed(
    count: int,
    ends: npt.NDArray[np.int64],
    works: "pd.Series[int] | Sequence[float]",
    *,
    seed: int,
    steps: int,
) -> Points:
    """Fruchterman-Reingold after so many steps, evened out; as `positions`, unrounded."""
    if count == 0:
        return np.zeros((0, 2))
    source = random.Random(seed)  # noqa: S311  # a layout, not a secret
    start = [[source.uniform(-1, 1), source.uniform(-1, 1)] for _node in range(count)]
    graph = igraph.Graph(n=count, edges=ends.tolist())
    weights = np.log1p(np.asarray(works, dtype="float64")).tolist()
    igraph.set_random_number_generator(source)
    try:
        found = graph.layout_fruchterman_reingold(
            weights=weights or None,
            seed=start,
            niter=steps,
            grid="nogrid",  # its grid is slower where a core is dense, as it is here
        )
    finally:
        igraph.set_random_number_generator(random)  # igraph's own default
    places = np.array(found.coords, dtype="float64").reshape(count, 2)
    return np.column_stack([_evened(places[:, axis]) for axis in (0, 1)])


def _evened(values: Points) -> Points:
    span = float(values.max() - values.min())
    if span == 0:
        return np.full(len(values), 0.5)
    linear = (values - values.min()) / span
    rank = np.argsort(np.argsort(values, kind="stable"), kind="stable") / (len(values) - 1)
    return np.asarray(RANK_PART * rank + (1 - RANK_PART) * linear)
