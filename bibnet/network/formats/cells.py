"""How a cell of a network is written in a file that another program reads.

Names come from anywhere. In every format a text is one line: tabs and line breaks become
spaces; control characters, those that no XML 1.0 file may hold, halves of surrogate pairs
and the marks that reorder text are removed; the rest stays, other alphabets and pictures too.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from bibnet.network.subnetwork.graph import Network
from bibnet.schema import Column
from bibnet.schema.network import NETWORK_EDGE, NETWORK_NODE, POSITION
from bibnet.storage.frames import plain

# Control characters, bidirectional marks and overrides, non-characters, surrogate halves.
REMOVED = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff"
    "\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]"
)
SPACES = re.compile("[\\s\x1c-\x1f\x85\u2028\u2029]+")
# No honest name is longer; spreadsheets end at 32,767, some programs at less.
LONGEST = 1_000
TRUE, FALSE = "true", "false"
INVENTED_KEY = "invented"


def one_line(text: str) -> str:
    """The text as it is written in every format; what is too long ends in an ellipsis."""
    line = SPACES.sub(" ", REMOVED.sub("", text)).strip()
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1].rstrip()}…"


def written(value: object) -> str:
    """A defined cell as text: whole numbers whole, floats with every digit, flags true or false."""
    if isinstance(value, bool):
        return TRUE if value else FALSE
    return one_line(value) if isinstance(value, str) else repr(value)


def node_columns(network: Network) -> list[Column]:
    """The declared columns that the nodes have, in declared order, without the id."""
    return _present((*NETWORK_NODE.columns, *POSITION), network.nodes.columns, "id")


def edge_columns(network: Network) -> list[Column]:
    """The declared columns that the edges have, in declared order, without the ends."""
    return _present(NETWORK_EDGE.columns, network.edges.columns, "source", "target")


def _present(columns: tuple[Column, ...], names: Any, *left_out: str) -> list[Column]:
    return [c for c in columns if c.name in names and c.name not in left_out]


def node_rows(network: Network) -> Iterator[dict[str, Any]]:
    """The nodes as mappings with every column; undefined cells are None."""
    return _rows(network.nodes)


def edge_rows(network: Network) -> Iterator[dict[str, Any]]:
    """The edges as mappings with every column; undefined cells are None."""
    return _rows(network.edges)


def _rows(frame: Any) -> Iterator[dict[str, Any]]:
    names = [str(name) for name in frame.columns]
    columns = [plain(frame[name]) for name in names]
    for cells in zip(*columns, strict=True):
        yield dict(zip(names, cells, strict=True))


def facts_of(network: Network) -> Mapping[str, str]:
    """What a file says of the network as a whole, one line each; INVENTED first."""
    facts = {name: one_line(fact) for name, fact in network.facts.items()}
    first = {INVENTED_KEY: facts[INVENTED_KEY]} if INVENTED_KEY in facts else {}
    return first | facts


def label_of(row: Mapping[str, Any]) -> str:
    """The name of a node; its id where it has none that is left after cleaning."""
    return one_line(str(row["label"] or "")) or one_line(str(row["id"]))
