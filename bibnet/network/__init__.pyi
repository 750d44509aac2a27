from .edge_centrality import (
    edge_centrality as edge_centrality,
)
from .edge_centrality import (
    edge_csv as edge_csv,
)
from .edge_centrality import (
    edge_summary as edge_summary,
)
from .edge_centrality import (
    write_edge_csv as write_edge_csv,
)
from .edge_list import read_edge_list as read_edge_list
from .measures.paths import WEIGHTS as WEIGHTS
from .subnetwork.choice import Narrowing as Narrowing
