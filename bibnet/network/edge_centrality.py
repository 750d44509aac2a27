"""`bibnet centrality --edges`: an edge list in, the centrality of its nodes out."""

import csv
import io
from pathlib import Path

import numpy as np
import pandas as pd

from bibnet.network.edge_list import EdgeList
from bibnet.network.measures import measures, ranks
from bibnet.storage.csv_text import guarded_cell
from bibnet.storage.disk import whole_file

COLUMNS = (
    "degree",
    "strength",
    "betweenness",
    "closeness",
    "harmonic",
    "pagerank",
    "eigenvector",
)


def edge_centrality(edges: EdgeList, weights: str) -> pd.DataFrame:
    """One row per node, by name: node, COLUMNS, and the rank of each as NAME_rank.

    Strength, PageRank and eigenvector are weighted; betweenness, closeness and harmonic use
    the distance 1 / weight, or none. Equal values share the smallest rank; an undefined value
    (closeness of an isolate) and its rank are NaN.
    """
    found = measures(edges.network, weights)[list(COLUMNS)]
    found.insert(0, "node", list(edges.names))
    return found.assign(**{f"{name}_rank": ranks(found[name].to_numpy()) for name in COLUMNS})


def edge_summary(edges: EdgeList, weights: str) -> list[str]:
    """What was computed, in sentences: size, components, how paths are measured, remarks."""
    network = edges.network
    components = len(np.unique(network.component))
    distance = "1 / weight" if weights == "distance" else "one step per edge"
    return [
        f"{network.nodes} nodes, {network.edges} edges, {components} components; the largest "
        f"holds {network.largest_component:.1%} of the nodes",
        f"betweenness, closeness, harmonic: distance is {distance}; PageRank (damping 0.85), "
        "eigenvector and strength are weighted",
        *edges.notes,
    ]


def edge_csv(rows: pd.DataFrame) -> str:
    """The rows as CSV; undefined cells are empty, ranks whole numbers, formulas guarded."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(rows.columns)
    columns = [_cells(rows[name]) for name in rows.columns]
    writer.writerows(zip(*columns, strict=True))
    return file.getvalue()


def _cells(values: pd.Series) -> list[str]:
    if values.dtype.kind not in "if":
        return [guarded_cell(str(value)) for value in values]
    whole = values.dtype.kind == "i" or str(values.name).endswith("_rank")
    return [
        "" if np.isnan(value) else str(int(value)) if whole else repr(float(value))
        for value in values.tolist()
    ]


def write_edge_csv(text: str, path: Path) -> None:
    """Write the table to a file; raises UsageError if it cannot be written."""
    with whole_file(path) as unfinished:
        unfinished.write_text(text, encoding="utf-8", newline="")
