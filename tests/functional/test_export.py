"""`bibnet export` on a run of a few works: every format, what it holds, what is refused."""

import csv
from pathlib import Path
from xml.etree.ElementTree import Element, parse

import igraph
import networkx as nx
import pytest

from bibnet.network.formats import FORMATS
from bibnet.runs.open import Run
from bibnet.storage.manifest import read_manifest, verify_files


@pytest.mark.parametrize("name", FORMATS)
def test_export_lands_beside_and_leaves_the_run_as_it_was(bibnet, small: Run, name: str) -> None:
    code, out, err = bibnet("export", small.folder, "--format", name)
    assert code == 0, err
    paths = [Path(line) for line in out.splitlines()]
    stem = f"small-{small.manifest['run']}-institution"
    assert [path.name for path in paths] == [f"{stem}{ending}" for ending in FORMATS[name]]
    assert all(path.stat().st_size for path in paths)
    assert "6 nodes, 5 edges: institution level" in err
    assert verify_files(small.folder, read_manifest(small.folder))
    before = [path.read_bytes() for path in paths]
    assert bibnet("export", small.folder, "--format", name)[0] == 0  # replaced, the same bytes
    assert [path.read_bytes() for path in paths] == before
    assert [path.name for path in Path().iterdir() if path.name.startswith(".")] == []


def test_figures_become_pictures_on_demand_only(bibnet, small: Run, tmp_path: Path) -> None:
    drawn = {path.stem for path in (small.folder / "figures").iterdir()}
    assert {path.suffix for path in (small.folder / "figures").iterdir()} == {".svg"}
    code, out, _ = bibnet("export", small.folder, "--format", "png", "--out", tmp_path / "pictures")
    assert code == 0
    assert {Path(line).stem for line in out.split()} == drawn
    assert all(Path(line).read_bytes()[1:4] == b"PNG" for line in out.split())
    code, _, err = bibnet("export", small.folder, "--format", "png", "--joint")
    assert (code, "takes the whole run" in err) == (2, True)


def test_an_export_comes_back_as_the_network(bibnet, small: Run) -> None:
    assert bibnet("export", small.folder, "--format", "graphml", "--out", "a.graphml")[0] == 0
    assert bibnet("export", small.folder, "--format", "gexf", "--joint", "--out", "b.gexf")[0] == 0
    read, network = nx.read_graphml("a.graphml"), small.network()
    assert {tuple(sorted(pair)): row["works"] for *pair, row in read.edges(data=True)} == {
        tuple(sorted(pair)): row["works"] for *pair, row in network.to_networkx().edges(data=True)
    }
    assert read.nodes["I6"]["label"] == "=cmd|'/c'!A1 [bold]<b>"
    assert igraph.Graph.Read_GraphML("a.graphml").vcount() == 6
    assert set(nx.read_gexf("b.gexf").edges) == {("I1", "I3"), ("I3", "I6")}


GEXF = "{http://gexf.net/1.3}"
GEXF_TYPES = {"long": int, "double": float, "string": str, "boolean": ["false", "true"].index}


def gexf_spells(element: Element) -> list[tuple[str, str]]:
    return [(str(s.get("start")), str(s.get("end"))) for s in element.iter(f"{GEXF}spell")]


def test_years_of_a_gexf_obey_the_rules_of_its_schema(bibnet, small: Run) -> None:
    """Times of values lie in the spells of their element, those of edges in those of both ends."""
    bibnet("export", small.folder, "--format", "gexf-years", "--out", "rules.gexf")
    graph = parse("rules.gexf").getroot().find(f"{GEXF}graph")  # noqa: S314 - our own file
    assert graph is not None
    assert (graph.get("mode"), graph.get("timeformat")) == ("dynamic", "date")
    declared = {
        (part.get("class"), one.get("id")): (part.get("mode"), GEXF_TYPES[str(one.get("type"))])
        for part in graph.iter(f"{GEXF}attributes")
        for one in part
    }
    spells = {node.get("id"): gexf_spells(node) for node in graph.iter(f"{GEXF}node")}
    for kind in ("node", "edge"):
        for element in graph.iter(GEXF + kind):
            own = gexf_spells(element)
            assert own == sorted(own)
            assert all(start <= end for start, end in own)
            for end in filter(None, (element.get("source"), element.get("target"))):
                assert all(any(a <= s and e <= b for a, b in spells[end]) for s, e in own)
            for value in element.iter(f"{GEXF}attvalue"):
                mode, read = declared[kind, value.get("for")]
                assert read(str(value.get("value"))) is not None
                time = value.get("start"), value.get("end")
                assert (mode == "dynamic") == (None not in time)
                inside = [a <= str(time[0]) and str(time[1]) <= b for a, b in own]
                assert any(inside) or mode == "static"


def test_the_works_of_the_years_are_those_of_nodes_and_edges(bibnet, small: Run) -> None:
    call = ("export", small.folder, "--format", "gexf-years", "--out")
    assert bibnet(*call, "years.gexf")[0] == 0
    read = nx.read_gexf("years.gexf")
    for row in (*dict(read.nodes(data=True)).values(), *(row for *_, row in read.edges(data=True))):
        assert sum(works for works, _, _ in row["works_in_year"]) == row["works"]
    assert bibnet(*call, "joint.gexf", "--joint", "--years", "2020-2020")[0] == 0
    for *_, row in nx.read_gexf("joint.gexf").edges(data=True):
        assert row["spells"] == [("2020-01-01", "2020-12-31")]


def test_files_of_several_parts_share_the_beginning_of_their_names(bibnet, small: Run) -> None:
    call = ("export", small.folder, "--country", "de", "--years", "2019-2020", "--format")
    assert bibnet(*call, "pajek", "--out", "p.net")[1].split() == [
        "p.net", "p-community.clu", "p-side.clu",
    ]  # fmt: skip
    Path("here").mkdir()
    first = bibnet(*call, "csv", "--out", "here")[1].split()[0]
    assert first == f"here/small-{small.manifest['run']}-institution-DE-2019-2020-nodes.csv"
    with Path(first).open(encoding="utf-8", newline="") as file:
        assert [row["inside"] for row in csv.DictReader(file)] == ["true"] * 2 + ["false"] * 2 + [
            "true"
        ]


def test_wrong_exports_say_what_to_do(bibnet, small: Run) -> None:
    code, _, err = bibnet("export", small.folder, "--format", "doc", "--weight", "love")
    assert code == 2
    assert "there is no format 'doc'" in err
    assert "no weight 'love'" in err
    inside = small.folder / "exhibits" / "x.gexf"
    code, _, err = bibnet("export", small.folder, "--format", "gexf", "--out", inside)
    assert (code, inside.exists()) == (2, False)
    assert "a run folder takes no further files" in err
    for words in (("--years", "20x"), ("--country", "XX"), ("--level", "planet")):
        code, out, err = bibnet("export", small.folder, "--format", "csv", *words)
        assert (code, out) == (2, ""), err
        assert "what to do" in err
    assert bibnet("export", "nowhere", "--format", "csv")[0] == 11
    assert list(Path().iterdir()) == []
