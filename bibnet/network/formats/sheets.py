"""CSV and XLSX: nodes and edges as tables, for programs that read no network format."""

import csv
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

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
from bibnet.schema.errors import Fault, UsageError
from bibnet.schema.network import NETWORK_EDGE, NETWORK_NODE
from bibnet.storage.csv_text import guarded_cell
from bibnet.storage.spreadsheet import new_workbook

MOST_ROWS = 1_048_576  # of a sheet, by Excel's own limits
# A workbook holds a date; the day it was written would make other bytes of the same network.
UNDATED = datetime(2000, 1, 1)
Rows = Iterator[Sequence[Any]]


def write_nodes_csv(network: Network, path: Path, _weight: str) -> None:
    """Write one line per node; a last column `invented` where the data are."""
    columns = [*NETWORK_NODE.columns[:1], *node_columns(network)]
    _write_csv(path, network, columns, _node_cells(network, columns))


def write_edges_csv(network: Network, path: Path, _weight: str) -> None:
    """Write one line per edge; a last column `invented` where the data are."""
    columns = [*NETWORK_EDGE.columns[:2], *edge_columns(network)]
    _write_csv(path, network, columns, _edge_cells(network, columns))


def write_about_csv(network: Network, path: Path, _weight: str) -> None:
    """Write what the network is, and what the columns of the two other files mean."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("about", "name", "text"))
        rows = [("network", name, fact) for name, fact in facts_of(network).items()]
        writer.writerows(
            [[guarded_cell(cell) for cell in row] for row in [*rows, *_meanings(network)]]
        )


def write_xlsx(network: Network, path: Path, _weight: str) -> None:
    """Write a workbook: about, nodes, edges, columns. No cell is a formula or a link.

    Numbers have 16 digits there (a spreadsheet shows 15); the other formats keep all 17.
    Raises UsageError where a sheet cannot hold all edges.
    """
    if max(len(network.nodes), len(network.edges)) >= MOST_ROWS:
        remedy = "use --format csv, or --min-works to leave weak ties out"
        rows = f"a sheet holds {MOST_ROWS:,} rows and the network has {len(network.edges):,} edges"
        raise UsageError(Fault(rows, str(path), remedy))
    nodes = [*NETWORK_NODE.columns[:1], *node_columns(network)]
    edges = [*NETWORK_EDGE.columns[:2], *edge_columns(network)]
    with new_workbook(path) as book:
        book.set_properties({"created": UNDATED, "title": "bibnet network"})
        mark = facts_of(network).get(INVENTED_KEY, "")
        _sheet(book, "about", mark, _table(["fact", "text"], iter(facts_of(network).items())))
        _sheet(book, "nodes", mark, _table(_names(nodes), _node_cells(network, nodes)))
        _sheet(book, "edges", mark, _table(_names(edges), _edge_cells(network, edges)))
        heads = ["sheet", "column", "meaning", "unit"]
        _sheet(book, "columns", mark, _table(heads, iter(_meanings(network))))


def _names(columns: Sequence[Column]) -> list[str]:
    return [column.name for column in columns]


def _table(heads: Sequence[str], rows: Rows) -> Rows:
    yield heads
    yield from rows


def _node_cells(network: Network, columns: Sequence[Column]) -> Rows:
    for row in node_rows(network):
        row["label"] = label_of(row)
        yield [_clean(row[column.name]) for column in columns]


def _edge_cells(network: Network, columns: Sequence[Column]) -> Rows:
    for row in edge_rows(network):
        yield [_clean(row[column.name]) for column in columns]


def _clean(cell: Any) -> Any:
    return (one_line(cell) or None) if isinstance(cell, str) else cell


def _meanings(network: Network) -> list[tuple[str, str, str, str]]:
    kinds = (
        ("nodes", [*NETWORK_NODE.columns[:1], *node_columns(network)]),
        ("edges", [*NETWORK_EDGE.columns[:2], *edge_columns(network)]),
    )
    return [(kind, c.name, c.meaning, c.unit) for kind, columns in kinds for c in columns]


def _write_csv(path: Path, network: Network, columns: Sequence[Column], rows: Rows) -> None:
    invented = INVENTED_KEY in network.facts
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([*_names(columns), *([INVENTED_KEY] if invented else [])])
        for row in rows:
            cells = ["" if cell is None else written(cell) for cell in row]
            texts = [
                guarded_cell(cell) if column.type == "text" else cell
                for column, cell in zip(columns, cells, strict=True)
            ]
            writer.writerow([*texts, *(["true"] if invented else [])])


def _sheet(book: Any, name: str, mark: str, rows: Rows) -> None:
    sheet = book.add_worksheet(name)
    first = 1 if mark else 0
    if mark:
        sheet.write_string(0, 0, mark)
    for place, row in enumerate(rows, start=first):
        for column, cell in enumerate(row):
            if isinstance(cell, bool):
                sheet.write_boolean(place, column, cell)
            elif isinstance(cell, str):
                sheet.write_string(place, column, cell)
            elif cell is not None:
                sheet.write_number(place, column, cell)
