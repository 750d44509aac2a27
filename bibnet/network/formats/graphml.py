"""GraphML: every attribute with its type and its meaning; read by igraph, networkx, Gephi, yEd.

Written here because the libraries' writers keep no meaning of an attribute, and line by line,
so that a large network needs no tree in memory.
"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from bibnet.network.formats.cells import (
    INVENTED_KEY,
    edge_columns,
    edge_rows,
    facts_of,
    label_of,
    node_columns,
    node_rows,
    one_line,
    written,
)
from bibnet.network.subnetwork.graph import Network
from bibnet.schema import Column
from bibnet.schema.column import number

TYPES = {"text": "string", "integer": "long", "number": "double", "flag": "boolean"}
HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns '
    'http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">\n'
)


def write_graphml(network: Network, path: Path, weight: str) -> None:
    """Write the network as one GraphML file; edges carry `weight` besides all columns."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(_document(network, weight))


def _document(network: Network, weight: str) -> Iterator[str]:
    facts = facts_of(network)
    nodes = node_columns(network)
    edges = [number("weight", f"the column {weight}"), *edge_columns(network)]
    yield HEAD
    yield f"<!-- {facts[INVENTED_KEY]} -->\n" if INVENTED_KEY in facts else ""
    yield from (_key("graph", name, "string", "") for name in facts)
    yield from (_key("node", c.name, TYPES[c.type], c.meaning) for c in nodes)
    yield from (_key("edge", c.name, TYPES[c.type], c.meaning) for c in edges)
    yield '<graph id="network" edgedefault="undirected">\n'
    yield from (f"{_data('graph', name, fact)}\n" for name, fact in facts.items())
    for row in node_rows(network):
        row["label"] = label_of(row)
        yield f"<node id={quoteattr(one_line(row['id']))}>{_cells('node', nodes, row)}</node>\n"
    for row in edge_rows(network):
        row["weight"] = float(row[weight] or 0)
        ends = " ".join(f"{end}={quoteattr(one_line(row[end]))}" for end in ("source", "target"))
        yield f"<edge {ends}>{_cells('edge', edges, row)}</edge>\n"
    yield "</graph>\n</graphml>\n"


def _key(kind: str, name: str, type_name: str, meaning: str) -> str:
    said = f"<desc>{escape(meaning)}</desc>" if meaning else ""
    return (
        f'<key id="{kind}_{name}" for="{kind}" attr.name={quoteattr(name)} '
        f'attr.type="{type_name}">{said}</key>\n'
    )


def _cells(kind: str, columns: Iterable[Column], row: Mapping[str, Any]) -> str:
    known = (column.name for column in columns if row[column.name] is not None)
    return "".join(_data(kind, name, written(row[name])) for name in known)


def _data(kind: str, name: str, text: str) -> str:
    return f'<data key="{kind}_{name}">{escape(text)}</data>'
