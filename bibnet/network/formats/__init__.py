"""The formats a network can be written in: for each, its files by what their names end in."""

from collections.abc import Callable, Mapping
from pathlib import Path

from bibnet.network.formats.gexf import write_gexf
from bibnet.network.formats.graphml import write_graphml
from bibnet.network.formats.pajek import write_communities, write_net, write_sides
from bibnet.network.formats.sheets import (
    write_about_csv,
    write_edges_csv,
    write_nodes_csv,
    write_xlsx,
)
from bibnet.network.formats.vosviewer import write_json, write_map, write_network
from bibnet.network.subnetwork.graph import Network

Writer = Callable[[Network, Path, str], None]
# The format that shows the network year by year.
DYNAMIC = "gexf-years"
# The first file of a format is the one that is opened.
FORMATS: Mapping[str, Mapping[str, Writer]] = {
    "gexf": {".gexf": write_gexf},
    DYNAMIC: {"-years.gexf": write_gexf},
    "graphml": {".graphml": write_graphml},
    "pajek": {".net": write_net, "-community.clu": write_communities, "-side.clu": write_sides},
    "vosviewer": {".json": write_json, "-map.txt": write_map, "-network.txt": write_network},
    "csv": {
        "-nodes.csv": write_nodes_csv,
        "-edges.csv": write_edges_csv,
        "-about.csv": write_about_csv,
    },
    "xlsx": {".xlsx": write_xlsx},
}
# Formats with one number per edge take one of these columns.
EDGE_WEIGHTS = ("works", "works_fractional", "coauthor_works", "dual_affiliation_works")

__all__ = ["DYNAMIC", "EDGE_WEIGHTS", "FORMATS", "Writer"]
