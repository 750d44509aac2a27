"""GEXF 1.3: Gephi's format, with positions, sizes and colours.

Written here because networkx's writer stamps the date of the day into the file and knows no
description of an attribute; line by line, so that a large network needs no tree in memory.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import pandas as pd

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

WorksByYear = Sequence[tuple[int, int]]
TYPES = {"text": "string", "integer": "long", "number": "double", "flag": "boolean"}
CANVAS = 1_000  # units of Gephi's drawing: circles of the sizes below stay apart
SMALLEST, LARGEST = 2.0, 20.0
# Those of the report's figures, in the order of the query's sides: two far apart in every kind
# of colour vision, then three that stay distinct.
SIDE_COLOURS = ((10, 95, 180), (209, 102, 10), (43, 47, 56), (122, 59, 0), (46, 158, 107))
NO_SIDE = (154, 163, 175)
DYNAMIC = 'mode="dynamic" timeformat="date" timerepresentation="interval"'
IN_YEAR = (
    '<attributes class="{}" mode="dynamic">\n'
    '<attribute id="works_in_year" title="works_in_year" type="long"/>\n</attributes>\n'
)
HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">\n'
)


def write_gexf(network: Network, path: Path, weight: str) -> None:
    """Write the network as one GEXF file; the column `weight` is the weight of an edge.

    With `network.years` for Gephi's timeline: a spell is a run of years with a work, and
    `works_in_year` counts the works of each. A node or edge whose works have no year is always
    there.
    """
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(_document(network, weight))


def _document(network: Network, weight: str) -> Iterator[str]:
    facts = facts_of(network)
    yield HEAD
    yield f"<!-- {facts[INVENTED_KEY]} -->\n" if INVENTED_KEY in facts else ""
    described = " | ".join(f"{name}: {fact}" for name, fact in facts.items())
    yield f"<meta><creator>bibnet</creator><description>{escape(described)}</description></meta>\n"
    dated = DYNAMIC if network.years else 'mode="static"'
    yield f'<graph defaultedgetype="undirected" {dated}>\n'
    # The name stands in the node itself, the place in viz:position.
    nodes = [c for c in node_columns(network) if c.name not in ("label", "x", "y")]
    edges = edge_columns(network)
    # Readers that know one declaration of a kind take the last one: that of most attributes.
    yield from (IN_YEAR.format(kind) for kind in ("node", "edge") if network.years)
    yield from _declarations("node", nodes)
    yield from _declarations("edge", edges)
    yield f'<nodes count="{len(network.nodes)}">\n'
    yield from _nodes(network, nodes)
    yield f'</nodes>\n<edges count="{len(network.edges)}">\n'
    yield from _edges(network, edges, weight)
    yield "</edges>\n</graph>\n</gexf>\n"


def _declarations(kind: str, columns: Iterable[Column]) -> Iterator[str]:
    yield f'<attributes class="{kind}" mode="static">\n'
    for column in columns:
        name = quoteattr(column.name)
        yield f'<attribute id={name} title={name} type="{TYPES[column.type]}"/>\n'
    yield "</attributes>\n"


def _values(columns: Iterable[Column], row: Mapping[str, Any], years: WorksByYear = ()) -> str:
    """The attributes of a node or edge, and the years in which it has works."""
    cells = "".join(
        f"<attvalue for={quoteattr(c.name)} value={quoteattr(written(row[c.name]))}/>"
        for c in columns
        if row[c.name] is not None
    )
    dated = "".join(
        f'<attvalue for="works_in_year" value="{works}" {_interval(year, year)}/>'
        for year, works in years
    )
    return f"<attvalues>{cells}{dated}</attvalues>{_spells(years)}"


def _spells(years: WorksByYear) -> str:
    """Years in a row as one spell each; nothing where no year is known."""
    spells: list[list[int]] = []
    for year, _works in years:
        if spells and spells[-1][1] == year - 1:
            spells[-1][1] = year
        else:
            spells.append([year, year])
    shown = "".join(f"<spell {_interval(first, last)}/>" for first, last in spells)
    return f"<spells>{shown}</spells>" if shown else ""


def _interval(first: int, last: int) -> str:
    return f'start="{first:04d}-01-01" end="{last:04d}-12-31"'


def _works_by_year(frame: pd.DataFrame | None, key: list[str]) -> dict[Any, list[tuple[int, int]]]:
    """(year, works) of each node or edge, by its id or ids, years rising."""
    found: dict[Any, list[tuple[int, int]]] = {}
    if frame is not None:
        ids = zip(*(frame[name].tolist() for name in key), strict=True)
        rows = zip(ids, frame["year"].tolist(), frame["works"].tolist(), strict=True)
        for one, year, works in rows:
            found.setdefault(one, []).append((int(year), int(works)))
    return found


def _nodes(network: Network, columns: list[Column]) -> Iterator[str]:
    # A side keeps its colour where a part of the network holds none of another side.
    colours = dict(zip(network.sides, SIDE_COLOURS, strict=False))
    most = max((row["works"] or 0 for row in node_rows(network)), default=0)
    years = _works_by_year(network.years.nodes if network.years else None, ["id"])
    for row in node_rows(network):
        node = f"<node id={quoteattr(one_line(row['id']))} label={quoteattr(label_of(row))}>"
        values = _values(columns, row, years.get((row["id"],), ()))
        yield f"{node}{values}{_appearance(row, colours, most)}</node>\n"


def _appearance(row: Mapping[str, Any], colours: Mapping[str, Any], most: int) -> str:
    red, green, blue = colours.get(row["side"], NO_SIDE)
    part = math.sqrt((row["works"] or 0) / most) if most else 0.0
    size = round(SMALLEST + (LARGEST - SMALLEST) * part, 1)
    place = ""
    if row.get("x") is not None:
        x, y = (round(CANVAS * row[axis], 1) for axis in ("x", "y"))
        place = f'<viz:position x="{x}" y="{y}" z="0.0"/>'
    return f'<viz:color r="{red}" g="{green}" b="{blue}"/>{place}<viz:size value="{size}"/>'


def _edges(network: Network, columns: list[Column], weight: str) -> Iterator[str]:
    keys = ["source", "target"]
    years = _works_by_year(network.years.edges if network.years else None, keys)
    for number, row in enumerate(edge_rows(network)):
        ends = " ".join(f"{end}={quoteattr(one_line(row[end]))}" for end in ("source", "target"))
        yield f'<edge id="{number}" {ends} weight="{float(row[weight] or 0)!r}">'
        yield f"{_values(columns, row, years.get(tuple(row[key] for key in keys), ()))}</edge>\n"
