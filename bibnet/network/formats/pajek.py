"""Pajek: a network (.net) with places, and partitions (.clu) of communities and sides.

Pajek knows one number per edge, no attributes, and no quote inside a name: double quotes
become single ones, backslashes become slashes, and names that stand twice get their id.
The files begin with a byte order mark, by which Pajek knows UTF-8.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from bibnet.network.formats.cells import (
    INVENTED_KEY,
    edge_rows,
    facts_of,
    label_of,
    node_rows,
    one_line,
)
from bibnet.network.subnetwork.graph import Network

UTF8_WITH_MARK = "utf-8-sig"
MIDDLE = 0.5
QUOTES = str.maketrans({'"': "'", "\\": "/"})
NO_CLASS = 0


def write_net(network: Network, path: Path, weight: str) -> None:
    """Write vertices, their places and edges; the column `weight` is the value of an edge."""
    _write(path, _net(network, weight))


def write_communities(network: Network, path: Path, _weight: str) -> None:
    """Write the partition of the nodes into communities; 0 where there is none."""
    _write(path, _partition(network, [row.get("community") for row in node_rows(network)], {}))


def write_sides(network: Network, path: Path, _weight: str) -> None:
    """Write the partition of the nodes into the query's sides; 0 is no side."""
    sides = [row["side"] for row in node_rows(network)]
    number = {side: place for place, side in enumerate(sorted(set(filter(None, sides))), start=1)}
    _write(path, _partition(network, [number.get(side) for side in sides], number))


def _write(path: Path, lines: Iterable[str]) -> None:
    with path.open("w", encoding=UTF8_WITH_MARK, newline="\n") as file:
        file.writelines(f"{line}\n" for line in lines)


def _remarks(network: Network) -> Iterator[str]:
    # The first line is a remark whatever there is to say: it stands behind the byte order mark.
    yield "% bibnet"
    yield from (f"% {name}: {fact}" for name, fact in facts_of(network).items())


def _net(network: Network, weight: str) -> Iterator[str]:
    facts = facts_of(network)
    yield from _remarks(network)
    yield f"*Network {' '.join(filter(None, (facts.get(INVENTED_KEY), facts.get('title'))))}"
    yield f"*Vertices {len(network.nodes)}"
    number = {}
    for place, (row, name) in enumerate(zip(node_rows(network), _names(network), strict=True), 1):
        number[row["id"]] = place
        at = f" {row['x']!r} {row['y']!r} {MIDDLE!r}" if "x" in row else ""
        yield f'{place} "{name}"{at}'
    yield "*Edges"
    for row in edge_rows(network):
        yield f"{number[row['source']]} {number[row['target']]} {row[weight] or 0!r}"


def _names(network: Network) -> list[str]:
    names = [label_of(row).translate(QUOTES) for row in node_rows(network)]
    ids = [one_line(row["id"]).translate(QUOTES) for row in node_rows(network)]
    times = Counter(names)
    return [
        name if times[name] == 1 else f"{name} ({own})"
        for name, own in zip(names, ids, strict=True)
    ]


def _partition(
    network: Network, classes: list[int | None], meaning: dict[str, int]
) -> Iterator[str]:
    yield from _remarks(network)
    yield from (f"% {place} = {name}" for name, place in meaning.items())
    yield f"*Vertices {len(classes)}"
    yield from (str(found or NO_CLASS) for found in classes)
