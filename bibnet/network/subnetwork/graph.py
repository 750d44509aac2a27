"""A network in hand: nodes and edges as data frames, and as a graph of igraph or networkx."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import igraph
import networkx
import numpy as np
import pandas as pd

from bibnet.network.subnetwork.layout import MOST_NODES, positions
from bibnet.schema.network import POSITION
from bibnet.storage.frames import defined_rows, plain


@dataclass(frozen=True)
class Years:
    """Works by year of a network: rows (id, year, works) and (source, target, year, works).

    Sorted by these columns; works without a year are in no row.
    """

    nodes: pd.DataFrame
    edges: pd.DataFrame


@dataclass(frozen=True)
class Network:
    """An undirected network of a run: who is in it, and who has works in common.

    `nodes` has the columns of NETWORK_NODE (and of POSITION once it is drawn), `edges` those
    of NETWORK_EDGE, each sorted by its key; undefined cells are missing values. `facts` say
    what the network is: title, run, level, what was chosen, INVENTED where the data are.
    `years` says when there are works behind nodes and edges, where that was asked for; `sides`
    are those of the query, in its order, whether or not a node is of one.
    """

    level: str
    nodes: pd.DataFrame
    edges: pd.DataFrame
    facts: Mapping[str, str] = field(default_factory=dict)
    years: "Years | None" = None
    sides: tuple[str, ...] = ()

    def to_igraph(self) -> igraph.Graph:
        """The network as an igraph graph; all columns are attributes, undefined cells None.

        The vertex attribute `name` is the id. No attribute is called `weight`: say
        `weights="works"` (a strength: for a distance take one over it).
        """
        place = pd.Index(self.nodes["id"])
        ends = [place.get_indexer(self.edges[end]) for end in ("source", "target")]
        graph = igraph.Graph(n=len(place), edges=np.column_stack(ends).tolist())
        graph.vs["name"] = self.nodes["id"].tolist()
        for name in self.nodes.columns.drop("id"):
            graph.vs[name] = plain(self.nodes[name])
        for name in self.edges.columns.drop(["source", "target"]):
            graph.es[name] = plain(self.edges[name])
        for name, fact in self.facts.items():
            graph[name] = fact
        return graph

    def to_networkx(self) -> "networkx.Graph[str]":
        """The network as a networkx graph; a node or edge has no attribute that is undefined.

        Nodes are the ids. No attribute is called `weight`: say `weight="works"`.
        """
        graph: networkx.Graph[str] = networkx.Graph()
        graph.graph.update(self.facts)
        graph.add_nodes_from((row.pop("id"), row) for row in defined_rows(self.nodes))
        graph.add_edges_from(
            (row.pop("source"), row.pop("target"), row) for row in defined_rows(self.edges)
        )
        return graph

    def drawn(self, *, seed: int) -> "Network":
        """The network with a place for each node (columns x and y, 0 to 1).

        One of more than MOST_NODES nodes stays as it is: it has no places.
        """
        if len(self.nodes) > MOST_NODES:
            return self
        place = pd.Index(self.nodes["id"])
        ends = [place.get_indexer(self.edges[end]) for end in ("source", "target")]
        places = positions(len(place), np.column_stack(ends), self.edges["works"], seed=seed)
        columns = {column.name: places[:, axis] for axis, column in enumerate(POSITION)}
        return replace(self, nodes=self.nodes.assign(**columns))
