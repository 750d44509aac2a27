"""VOSviewer: a map file and a network file (tab-delimited), and the JSON of VOSviewer Online.

As app.vosviewer.com/docs/file-types says: a cluster is a number from 1 to 1,000, a weight is
not negative, a text with a comma or semicolon stands in double quotes, a description is HTML.
Double quotes inside a text become single ones. Items are numbered from 1.
"""

import html
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bibnet.network.formats.cells import (
    INVENTED_KEY,
    edge_rows,
    facts_of,
    label_of,
    node_rows,
    one_line,
    written,
)
from bibnet.network.subnetwork.graph import Network

MOST_CLUSTERS = 1_000
WEIGHTS = {"Works": "works", "Works, fractional": "works_fractional", "Joint works": "joint_works"}
SCORES = {
    "PageRank": "pagerank",
    "Betweenness": "betweenness",
    "Closeness": "closeness",
    "Harmonic": "harmonic",
    "Eigenvector": "eigenvector",
}
JOINT_SHARE = "Share of joint works"
Item = dict[str, Any]


def write_map(network: Network, path: Path, weight: str) -> None:
    """Write the map file. A score that is undefined for some node is left to the JSON."""
    items = _items(network, weight)
    _write(path, _map_lines(items))


def write_network(network: Network, path: Path, weight: str) -> None:
    """Write the network file: two numbers of items and the column `weight`, no header."""
    _write(
        path,
        (f"{a}\t{b}\t{written(strength)}" for a, b, strength in _links(network, weight)),
    )


def write_json(network: Network, path: Path, weight: str) -> None:
    """Write one file for VOSviewer Online: items, links, and what the network is."""
    facts = facts_of(network)
    named = {"item": network.level, "link_strength": weight.replace("_", " ")}
    title = " ".join(filter(None, (facts.get(INVENTED_KEY), facts.get("title"))))
    said = "<br>".join(f"{html.escape(n)}: {html.escape(f)}" for n, f in facts.items())
    links = [
        {"source_id": a, "target_id": b, "strength": strength}
        for a, b, strength in _links(network, weight)
    ]
    document = {
        "network": {"items": _items(network, weight), "links": links},
        "config": {"terminology": named},
        "info": {"title": html.escape(title), "description": said},
    }
    text = json.dumps(document, ensure_ascii=False, indent=0, allow_nan=False)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


def _write(path: Path, lines: Iterator[str]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{line}\n" for line in lines)


def _links(network: Network, weight: str) -> list[tuple[int, int, int | float]]:
    number = {row["id"]: place for place, row in enumerate(node_rows(network), start=1)}
    return [
        (number[row["source"]], number[row["target"]], row[weight] or 0)
        for row in edge_rows(network)
    ]


def _items(network: Network, weight: str) -> list[Item]:
    links = [0] * (len(network.nodes) + 1)
    strength: list[int | float] = [0] * (len(network.nodes) + 1)
    for first, second, value in _links(network, weight):
        for end in (first, second):
            links[end] += 1
            strength[end] += value
    mark = facts_of(network).get(INVENTED_KEY, "")
    return [
        _item(place, row, mark) | {"weights": _weights(row, links[place], strength[place])}
        for place, row in enumerate(node_rows(network), start=1)
    ]


def _item(place: int, row: Mapping[str, Any], mark: str) -> Item:
    item = {
        "id": place,
        "label": _quoteless(label_of(row)),
        "description": _description(row, mark),
        # VOSviewer's own maps lie between -1 and 1; without places it lays the map out.
        **{axis: round(2 * row[axis] - 1, 4) for axis in ("x", "y") if axis in row},
        "cluster": row.get("community"),
        "scores": _scores(row),
    }
    if item["cluster"] is None or item["cluster"] > MOST_CLUSTERS:
        del item["cluster"]
    return item


def _weights(row: Mapping[str, Any], links: int, strength: float) -> dict[str, Any]:
    own = {label: row[name] for label, name in WEIGHTS.items() if row.get(name) is not None}
    return {"Links": links, "Total link strength": strength, **own}


def _scores(row: Mapping[str, Any]) -> dict[str, float]:
    scores = {label: row[name] for label, name in SCORES.items() if row.get(name) is not None}
    if row["works"] and row["joint_works"] is not None:
        scores[JOINT_SHARE] = row["joint_works"] / row["works"]
    return scores


def _description(row: Mapping[str, Any], mark: str) -> str:
    parts = (
        mark,
        f"id {row['id']}",
        f"country {row['country']}" if row["country"] else "country unknown",
        f"side {row['side']}" if row["side"] else "",
        f"works {row['works']}" if row["works"] is not None else "",
        f"joint works {row['joint_works']}",
        f"listed as {row['listed_categories']}" if row["listed_categories"] else "",
        f"by the lists {row['lists']}" if row["lists"] else "",
    )
    text = ", ".join(one_line(part).rstrip(".") for part in parts if part)
    return html.escape(_quoteless(text), quote=False)


def _quoteless(text: str) -> str:
    return text.replace('"', "'")


def _map_lines(items: Sequence[Item]) -> Iterator[str]:
    weights = list(items[0]["weights"]) if items else []
    scores = [
        label
        for label in (*SCORES, JOINT_SHARE)
        if items and all(label in item["scores"] for item in items)
    ]
    places = [axis for axis in ("x", "y") if items and axis in items[0]]
    plain = ["id", "label", "description", *places, "cluster"]
    marked = [f"weight<{label}>" for label in weights] + [f"score<{label}>" for label in scores]
    yield "\t".join([*plain, *marked])
    for item in items:
        cells = [item["id"], _quoted(item["label"]), _quoted(item["description"])]
        cells += [*(item[axis] for axis in places), item.get("cluster", "")]
        cells += [item["weights"][label] for label in weights]
        cells += [item["scores"][label] for label in scores]
        yield "\t".join(str(cell) for cell in cells)


def _quoted(text: str) -> str:
    return f'"{text}"' if any(mark in text for mark in ",;") else text
