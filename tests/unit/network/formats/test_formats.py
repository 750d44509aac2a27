"""Every format read back by other software: nodes, edges, numbers, names, marks, bytes."""

import csv
import html
import json
import math
import re
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import igraph
import networkx as nx
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from networks import (
    HOSTILE_NAMES,
    INVENTED,
    edges,
    empty_network,
    hostile_network,
    nodes,
    small_network,
)

from bibnet.network.formats import EDGE_WEIGHTS, FORMATS, sheets
from bibnet.network.formats.cells import LONGEST, one_line
from bibnet.network.formats.gexf import write_gexf
from bibnet.network.subnetwork.graph import Network, Years
from bibnet.schema.errors import UsageError

MAKERS = (small_network, hostile_network, empty_network)
# What the hostile names become in every format, in words a person can check.
CLEANED = (
    "<script>alert('x')</script> & \"quoted\"",
    '=HYPERLINK("x"), a; b c d',
    "right to left عربي",
    "[31m controls",
    "🎓 清华大学 \u200d Zürich",
    "I5",  # nothing is left of the name: the id stands for it
    "back\\slash %s {{ x }} ]]>",
    "x" * (LONGEST - 1) + "…",
    "twice",
    "twice",
)


def written(network: Network, name: str, folder: Path, weight: str = "works") -> dict[str, Path]:
    """The files of a format, by ending."""
    paths = {ending: folder / f"net{ending}" for ending in FORMATS[name]}
    for ending, writer in FORMATS[name].items():
        writer(network.drawn(seed=1), paths[ending], weight)
    return paths


def expected_nodes(network: Network) -> dict[str, dict[str, Any]]:
    graph = network.drawn(seed=1).to_networkx()
    cleaned = dict(graph.nodes(data=True))
    for key, row in cleaned.items():
        row |= {name: one_line(cell) for name, cell in row.items() if isinstance(cell, str)}
        row["label"] = row["label"] or key
    return cleaned


def expected_edges(network: Network, weight: str = "works") -> dict[tuple[str, str], Any]:
    ties = network.to_networkx().edges(data=True)
    return {(a, b): row | {"weight": float(row[weight])} for a, b, row in ties}


def read_edges(graph: nx.Graph) -> dict[tuple[str, str], Any]:
    return {(min(a, b), max(a, b)): row for a, b, row in graph.edges(data=True)}


@pytest.mark.parametrize("make", MAKERS)
@pytest.mark.parametrize("weight", ["works", "works_fractional"])
def test_graphml_comes_back_whole_in_networkx(make, weight: str, tmp_path: Path) -> None:
    network = make()
    graph = nx.read_graphml(written(network, "graphml", tmp_path, weight)[".graphml"])
    assert dict(graph.nodes(data=True)) == expected_nodes(network)
    assert read_edges(graph) == expected_edges(network, weight)
    assert graph.graph["title"] == one_line(network.facts["title"])


@pytest.mark.parametrize("make", MAKERS)
def test_graphml_comes_back_whole_in_igraph(make, tmp_path: Path) -> None:
    network = make()
    graph = igraph.Graph.Read_GraphML(str(written(network, "graphml", tmp_path)[".graphml"]))
    wanted = expected_nodes(network)
    assert graph.vs["id"] == list(wanted) if len(wanted) else graph.vcount() == 0
    for vertex, row in zip(graph.vs, wanted.values(), strict=True):
        found = vertex.attributes()
        assert {name: found[name] for name in row} == row
        # igraph knows no undefined text or number but these.
        left = {name: cell for name, cell in found.items() if name not in row and name != "id"}
        assert all(cell == "" or math.isnan(cell) for cell in left.values())
    ids = list(wanted)
    found_edges = {(ids[e.source], ids[e.target]): e.attributes() for e in graph.es}
    assert found_edges == expected_edges(network)


@pytest.mark.parametrize("make", MAKERS)
def test_gexf_comes_back_whole_with_places_and_colours(make, tmp_path: Path) -> None:
    network = make()
    graph = nx.read_gexf(written(network, "gexf", tmp_path)[".gexf"])
    for key, row in expected_nodes(network).items():
        found = dict(graph.nodes[key])
        drawn = found.pop("viz")
        place = (drawn["position"]["x"], drawn["position"]["y"])
        assert place == (round(1000 * row.pop("x"), 1), round(1000 * row.pop("y"), 1))
        assert set(drawn) == {"position", "color", "size"}
        assert found == row
    found_edges = {
        key: {name: cell for name, cell in row.items() if name != "id"}
        for key, row in read_edges(graph).items()
    }
    assert found_edges == expected_edges(network)


def test_gexf_is_of_version_1_3_and_has_no_date(tmp_path: Path) -> None:
    text = written(small_network(), "gexf", tmp_path)[".gexf"].read_text(encoding="utf-8")
    assert '<gexf xmlns="http://gexf.net/1.3"' in text
    assert "lastmodifieddate" not in text
    sizes = [float(size) for size in re.findall(r'viz:size value="([\d.]+)"', text)]
    assert sizes == [20.0, 17.6, 11.0, 14.7]  # the area of a circle follows the works 4, 3, 1, 2


@pytest.mark.parametrize("make", [small_network, hostile_network])
@pytest.mark.parametrize("weight", EDGE_WEIGHTS)
def test_pajek_comes_back_in_igraph_and_networkx(make, weight: str, tmp_path: Path) -> None:
    network = make()
    path = written(network, "pajek", tmp_path, weight)[".net"]
    graph = igraph.Graph.Read_Pajek(str(path))
    wanted = expected_nodes(network)
    ids = list(wanted)
    labels = [row["label"].replace('"', "'").replace("\\", "/") for row in wanted.values()]
    twice = {label for label in labels if labels.count(label) > 1}
    names = [f"{n} ({i})" if n in twice else n for n, i in zip(labels, ids, strict=True)]
    assert graph.vs["name"] == names
    assert graph.vs["x"] == [row["x"] for row in wanted.values()]
    assert graph.vs["y"] == [row["y"] for row in wanted.values()]
    ties = {(ids[e.source], ids[e.target]): e["weight"] for e in graph.es}
    assert ties == {key: row["weight"] for key, row in expected_edges(network, weight).items()}
    other = nx.read_pajek(path)
    assert sorted(other.nodes) == sorted(names)
    assert other.number_of_edges() == len(ties)


def test_pajek_partitions(tmp_path: Path) -> None:
    paths = written(small_network(), "pajek", tmp_path)
    lines = {end: path.read_text(encoding="utf-8-sig").splitlines() for end, path in paths.items()}
    communities = [line for line in lines["-community.clu"] if not line.startswith("%")]
    sides = [line for line in lines["-side.clu"] if not line.startswith("%")]
    assert communities == ["*Vertices 4", "1", "1", "2", "1"]
    assert sides == ["*Vertices 4", "2", "1", "0", "2"]
    assert "% 1 = china" in lines["-side.clu"]
    assert all(path.read_bytes().startswith(b"\xef\xbb\xbf% bibnet\n") for path in paths.values())


def vosviewer_rows(path: Path) -> list[dict[str, str]]:
    lines = path.read_text(encoding="utf-8").split("\n")[:-1]
    head, *rows = [line.split("\t") for line in lines]
    return [dict(zip(head, row, strict=True)) for row in rows]


@pytest.mark.parametrize("make", [small_network, hostile_network])
def test_vosviewer_map_and_network_follow_its_rules(make, tmp_path: Path) -> None:
    network = make()
    paths = written(network, "vosviewer", tmp_path)
    rows = vosviewer_rows(paths["-map.txt"])
    wanted = expected_nodes(network)
    ids = list(wanted)
    assert [row["id"] for row in rows] == [str(i + 1) for i in range(len(wanted))]
    for row, node in zip(rows, wanted.values(), strict=True):
        label = node["label"].replace('"', "'")
        assert row["label"] == (f'"{label}"' if set(",;") & set(label) else label)
        assert -1 <= float(row["x"]) <= 1
        assert float(row["x"]) == pytest.approx(2 * node["x"] - 1, abs=1e-4)
        assert int(row["weight<Works>"]) == node["works"]
        assert 1 <= int(row["cluster"]) <= 1000
        assert all(float(cell) >= 0 for name, cell in row.items() if name.startswith("weight<"))
    lines = paths["-network.txt"].read_text(encoding="utf-8").splitlines()
    found = {
        (ids[int(a) - 1], ids[int(b) - 1]): float(strength)
        for a, b, strength in (line.split("\t") for line in lines)
    }
    assert found == {key: row["weight"] for key, row in expected_edges(network).items()}


def test_vosviewer_counts_links_and_leaves_out_what_is_undefined(tmp_path: Path) -> None:
    rows = vosviewer_rows(written(small_network(), "vosviewer", tmp_path)["-map.txt"])
    links = [(row["weight<Links>"], row["weight<Total link strength>"]) for row in rows]
    assert links == [("2", "1000002"), ("1", "2"), ("0", "0"), ("1", "1000000")]
    assert "score<Closeness>" not in rows[0]  # undefined for the isolate
    assert [row["score<Share of joint works>"] for row in rows][:2] == ["0.25", str(1 / 3)]


def test_vosviewer_json(tmp_path: Path) -> None:
    text = written(hostile_network(), "vosviewer", tmp_path)[".json"].read_text(encoding="utf-8")
    document = json.loads(text)
    items = document["network"]["items"]
    assert [item["label"] for item in items] == [name.replace('"', "'") for name in CLEANED]
    assert all("<" not in item["description"].replace("<br>", "") for item in items)
    assert all(INVENTED.rstrip(".") in item["description"] for item in items)
    assert "listed as civilian_x, by the lists A|B" in html.unescape(items[3]["description"])
    assert "defence" not in text
    ties = {(link["source_id"], link["target_id"]): link["strength"]
            for link in document["network"]["links"]}  # fmt: skip
    assert len(ties) == len(HOSTILE_NAMES)
    assert document["info"]["title"].startswith("INVENTED")


def test_vosviewer_takes_a_thousand_clusters(tmp_path: Path) -> None:
    rows = [("I1", "a", None, None, 1, 0, 1000, 0.1), ("I2", "b", None, None, 1, 0, 1001, 0.1)]
    network = Network("institution", nodes(*rows), edges())
    found = vosviewer_rows(written(network, "vosviewer", tmp_path)["-map.txt"])
    assert [row["cluster"] for row in found] == ["1000", ""]


@pytest.mark.parametrize("name", FORMATS)
def test_a_network_without_places_is_written_without_them(name: str, tmp_path: Path) -> None:
    for ending, writer in FORMATS[name].items():
        writer(small_network(), tmp_path / f"net{ending}", "works")
    if name == "pajek":
        read = igraph.Graph.Read_Pajek(str(tmp_path / "net.net"))
        assert (read.vs["name"], read.ecount()) == (["Ana", "Bo", "Cy", "Dee"], 2)
    if name == "vosviewer":
        assert not {"x", "y"} & set(vosviewer_rows(tmp_path / "net-map.txt")[0])
    if name == "gexf":
        assert "position" not in nx.read_gexf(tmp_path / "net.gexf").nodes["I1"]["viz"]


def csv_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def unguarded(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:2] in tuple("=+-@") else cell


@pytest.mark.parametrize("make", MAKERS)
def test_csv_comes_back_whole(make, tmp_path: Path) -> None:
    network = make()
    paths = written(network, "csv", tmp_path)
    found = csv_rows(paths["-nodes.csv"])
    wanted = expected_nodes(network)
    assert [row["id"] for row in found] == list(wanted)
    for row, node in zip(found, wanted.values(), strict=True):
        as_text = {name: as_cell(cell) for name, cell in node.items()}
        defined = {n: unguarded(c) for n, c in row.items() if c and n not in ("id", "invented")}
        assert defined == {name: cell for name, cell in as_text.items() if cell}
    ties = {(row["source"], row["target"]): float(row["works"]) for row in
            csv_rows(paths["-edges.csv"])}  # fmt: skip
    assert ties == {key: row["weight"] for key, row in expected_edges(network).items()}


def as_cell(cell: object) -> str:
    return str(cell).lower() if isinstance(cell, bool) else str(cell)


def test_no_cell_of_a_csv_is_a_formula(tmp_path: Path) -> None:
    for path in written(hostile_network(), "csv", tmp_path).values():
        with path.open(encoding="utf-8", newline="") as file:
            cells = [cell for row in csv.reader(file) for cell in row]
        assert [cell for cell in cells if cell.startswith(("=", "@", "+", "\t"))] == []


SPREADSHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def sheet_rows(path: Path, place: int) -> list[dict[str, Any]]:
    """The rows of a sheet, by the letters of the columns."""
    with zipfile.ZipFile(path) as book:
        root = ET.fromstring(book.read(f"xl/worksheets/sheet{place}.xml"))  # noqa: S314
    rows = []
    for row in root.iter(f"{SPREADSHEET}row"):
        cells = {}
        for cell in row:
            letters = re.match("[A-Z]+", cell.attrib["r"])[0]
            kind, value = cell.attrib.get("t"), cell.findtext(f"{SPREADSHEET}v")
            text = "".join(part.text or "" for part in cell.iter(f"{SPREADSHEET}t"))
            assert cell.find(f"{SPREADSHEET}f") is None, "a formula"
            cells[letters] = (
                text if kind == "inlineStr" else value == "1" if kind == "b" else float(value)
            )
        rows.append(cells)
    return rows


def table_of(rows: list[dict[str, Any]], first: int) -> list[dict[str, Any]]:
    head = rows[first]
    return [{head[letters]: cell for letters, cell in row.items()} for row in rows[first + 1 :]]


def sixteen_digits(row: Mapping[str, Any]) -> dict[str, Any]:
    """The cells as a spreadsheet file keeps them."""
    return {n: float(f"{c:.16G}") if isinstance(c, float) else c for n, c in row.items()}


@pytest.mark.parametrize("make", MAKERS)
def test_the_workbook_comes_back_whole(make, tmp_path: Path) -> None:
    network = make()
    path = written(network, "xlsx", tmp_path)[".xlsx"]
    first = 1 if "invented" in network.facts else 0
    found = {row.pop("id"): row for row in table_of(sheet_rows(path, 2), first)}
    assert found == {key: sixteen_digits(row) for key, row in expected_nodes(network).items()}
    ties = {(row.pop("source"), row.pop("target")): row
            for row in table_of(sheet_rows(path, 3), first)}  # fmt: skip
    wanted = expected_edges(network)
    assert ties == {key: sixteen_digits({n: c for n, c in row.items() if n != "weight"})
                    for key, row in wanted.items()}  # fmt: skip


def test_a_workbook_too_small_for_the_edges_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheets, "MOST_ROWS", 2)
    with pytest.raises(UsageError, match="a sheet holds 2 rows and the network has 2 edges"):
        written(small_network(), "xlsx", tmp_path)


def all_texts(path: Path) -> str:
    if path.suffix != ".xlsx":
        return path.read_text(encoding="utf-8")
    with zipfile.ZipFile(path) as book:
        return "\n".join(
            book.read(f"xl/worksheets/sheet{place}.xml").decode() for place in (1, 2, 3, 4)
        )


@pytest.mark.parametrize("name", FORMATS)
def test_every_file_of_invented_data_says_so(name: str, tmp_path: Path) -> None:
    """The network file of VOSviewer has numbers only; nothing of it can be read alone."""
    for ending, path in written(hostile_network(), name, tmp_path).items():
        mark = "invented" if ending in ("-nodes.csv", "-edges.csv") else "INVENTED"
        assert mark in all_texts(path) or ending == "-network.txt", ending


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("make", MAKERS)
def test_the_same_network_has_the_same_bytes(name: str, make, tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    first = written(make(), name, tmp_path / "one")
    second = written(make(), name, tmp_path / "two")
    assert {e: p.read_bytes() for e, p in first.items()} == {
        e: p.read_bytes() for e, p in second.items()
    }


def test_hostile_names_become_one_line() -> None:
    found = [one_line(name) or "I5" for name in HOSTILE_NAMES]
    assert tuple(found) == CLEANED
    assert one_line("half \ud800 of a pair") == "half of a pair"


@given(st.text())
def test_a_line_is_one_line_that_xml_can_hold_and_stays_as_it_is(text: str) -> None:
    line = one_line(text)
    assert len(line.splitlines()) <= 1
    assert line == line.strip() == one_line(line)
    assert (ET.fromstring(f"<a>{html.escape(line)}</a>").text or "") == line  # noqa: S314
    if text.isprintable() and text == " ".join(text.split()) and len(text) <= LONGEST:
        assert line == text


@settings(max_examples=40, deadline=None)
@given(labels=st.lists(st.text(min_size=1), min_size=2, max_size=4))
def test_any_name_survives_graphml_and_pajek(
    labels: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("any")
    rows = [(f"I{i}", name, None, None, 1, 0, 1, 0.1) for i, name in enumerate(labels)]
    network = Network("institution", nodes(*rows), edges(("I0", "I1", 1, 1.0, 1, 0, 0)))
    graph = nx.read_graphml(written(network, "graphml", folder)[".graphml"])
    wanted: Mapping[str, Any] = expected_nodes(network)
    assert {k: row["label"] for k, row in graph.nodes(data=True)} == {
        k: row["label"] for k, row in wanted.items()
    }
    pajek = igraph.Graph.Read_Pajek(str(written(network, "pajek", folder)[".net"]))
    assert (pajek.vcount(), pajek.ecount()) == (len(labels), 1)


def test_a_side_keeps_its_colour_where_another_has_no_node(tmp_path: Path) -> None:
    """The first side of the query is blue and the second orange, as in the figures."""
    network = replace(small_network(), sides=("europe", "china"))
    node = network.nodes[network.nodes["side"] == "china"].iloc[:1]
    alone = replace(network, nodes=node, edges=network.edges.iloc[:0])
    drawn = nx.read_gexf(written(alone, "gexf", tmp_path)[".gexf"]).nodes[node["id"].iloc[0]]
    assert drawn["viz"]["color"] == {"r": 209, "g": 102, "b": 10, "a": 1.0}


def test_gexf_declares_last_what_readers_of_one_declaration_need(tmp_path: Path) -> None:
    """Such a reader takes the last list of attributes of a kind: the one that knows most."""
    path = tmp_path / "dated.gexf"
    none = pd.DataFrame({"id": [], "year": [], "works": []})
    ties = pd.DataFrame({"source": [], "target": [], "year": [], "works": []})
    write_gexf(replace(small_network(), years=Years(none, ties)), path, "works")
    kinds = re.findall(r'<attributes class="(\w+)" mode="(\w+)"', path.read_text("utf-8"))
    assert kinds == [
        ("node", "dynamic"),
        ("edge", "dynamic"),
        ("node", "static"),
        ("edge", "static"),
    ]


def test_gexf_shows_when_there_were_works(tmp_path: Path) -> None:
    """Years in a row are one spell; networkx reads spells and the works of each year."""
    network = small_network()
    one, other = network.edges.loc[0, ["source", "target"]]
    years = Years(
        pd.DataFrame({"id": [one] * 3, "year": [2018, 2019, 2021], "works": [1, 2, 4]}),
        pd.DataFrame({"source": [one], "target": [other], "year": [2019], "works": [2]}),
    )
    path = tmp_path / "dated.gexf"
    write_gexf(replace(network, years=years), path, "works")
    found = nx.read_gexf(path)
    assert found.nodes[one]["spells"] == [
        ("2018-01-01", "2019-12-31"),
        ("2021-01-01", "2021-12-31"),
    ]
    assert [works for works, _, _ in found.nodes[one]["works_in_year"]] == [1, 2, 4]
    assert found.edges[one, other]["spells"] == [("2019-01-01", "2019-12-31")]
    assert "spells" not in found.nodes[other]
    assert 'mode="dynamic" timeformat="date"' in path.read_text(encoding="utf-8")
