"""`bibnet export`, `bibnet centrality RUN` and `Run.network` on a run of a few works."""

import csv
import json
from collections import Counter
from itertools import combinations
from pathlib import Path
from xml.etree.ElementTree import Element, parse

import command_line
import igraph
import networkx as nx
import pandas as pd
import pytest
from build import authorship, institution, work
from runs import run

from bibnet.network.formats import FORMATS
from bibnet.runs.centrality.report import Question, _lists, centrality_report
from bibnet.runs.open import Run
from bibnet.schema.errors import UsageError
from bibnet.storage.manifest import read_manifest, verify_files

# I1, I2, I5 in DE, I3 in CN, I4 in US, I6 (hostile name) in FR; each list is a work's authors.
PLACES = {1: "DE", 2: "DE", 3: "CN", 4: "US", 5: "DE", 6: "FR"}
TEAMS = {
    1: (2018, [[1], [3]]),
    2: (2019, [[1], [3]]),
    3: (2019, [[1, 3]]),
    4: (2020, [[1], [2], [4]]),
    5: (2020, [[6], [3]]),
    6: (2020, [[5]]),
}
HOSTILE = "=cmd|'/c'!A1 [bold]<b>\u202e\n"


def body(number: int) -> dict[str, object]:
    name = {"display_name": HOSTILE} if number == 6 else {}
    return institution(number, PLACES[number], **name)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Run:
    works = [
        work(key, *(authorship(*map(body, units)) for units in team), publication_year=year)
        for key, (year, team) in TEAMS.items()
    ]
    return run(tmp_path_factory.mktemp("small"), *works)


@pytest.fixture
def bibnet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """The command line in a folder of its own: (exit code, standard output, standard error)."""
    monkeypatch.chdir(tmp_path)

    def call(*words: object) -> tuple[int, str, str]:
        done = command_line.bibnet(*words, cwd=tmp_path)
        return done.returncode, done.stdout, done.stderr

    return call


def counted(first: int, last: int) -> tuple[Counter, Counter]:
    """Works of each institution and of each pair, recounted from TEAMS."""
    units, pairs = Counter(), Counter()
    for year, team in TEAMS.values():
        if first <= year <= last:
            on_work = sorted({f"I{unit}" for people in team for unit in people})
            units.update(on_work)
            pairs.update(combinations(on_work, 2))
    return units, pairs


@pytest.mark.parametrize("years", [None, (2019, 2020), (2018, 2018)])
def test_the_network_is_a_recount(small: Run, years: tuple[int, int] | None) -> None:
    network = small.network(years=years)
    units, pairs = counted(*(years or (0, 9999)))
    assert dict(zip(network.nodes["id"], network.nodes["works"], strict=True)) == units
    ends = zip(network.edges["source"], network.edges["target"], strict=True)
    assert dict(zip(ends, network.edges["works"], strict=True)) == pairs


def test_the_whole_network_has_the_numbers_of_the_exhibits(small: Run) -> None:
    network = small.network()
    exhibit = small.exhibit("institutions").sort_values("institution_id", ignore_index=True)
    for name in ("works", "works_fractional", "joint_works"):
        assert network.nodes[name].tolist() == exhibit[name].tolist()
    centrality = small.exhibit("centrality").set_index("institution_id").loc[network.nodes["id"]]
    for name in ("degree", "strength", "betweenness", "pagerank", "community", "strength_rank"):
        assert network.nodes[name].tolist() == centrality[name].tolist(), name
    pairs = small.exhibit("institution_pairs")
    for name in ("works", "works_fractional", "coauthor_works", "dual_affiliation_works"):
        assert network.edges[name].tolist() == pairs[name].tolist()
    countries = small.network("country").edges
    published = small.exhibit("country_pairs")
    assert countries["works_fractional"].tolist() == published["works_fractional"].tolist()


def test_the_network_of_a_country(small: Run) -> None:
    network = small.network("institution", country="DE")
    inside = dict(zip(network.nodes["id"], network.nodes["inside"], strict=True))
    assert inside == {"I1": True, "I2": True, "I3": False, "I4": False, "I5": True}
    assert ("I3", "I6") not in set(
        zip(network.edges["source"], network.edges["target"], strict=True)
    )
    assert network.to_networkx().edges["I1", "I3"]["dual_affiliation_works"] == 1
    assert network.to_igraph().vs["name"] == ["I1", "I2", "I3", "I4", "I5"]
    assert small.network(country="LI").to_networkx().number_of_nodes() == 0


def test_the_measures_of_a_level_are_those_of_its_whole_network(small: Run) -> None:
    whole = small.network("country").nodes.set_index("id")
    part = small.network("country", country="FR", years=(2020, 2020)).nodes.set_index("id")
    assert whole["degree"].to_dict() == {"CN": 2, "DE": 2, "FR": 1, "US": 1}
    assert part["degree"].to_dict() == {"CN": 2, "FR": 1}
    assert part["works"].to_dict() == {"CN": 1, "FR": 1}
    assert whole["label"].to_dict()["DE"] == "Germany"


def test_a_level_or_country_that_is_none(small: Run) -> None:
    with pytest.raises(UsageError, match="no network level 'planet'"):
        small.network("planet")
    with pytest.raises(UsageError, match="no country 'XX'"):
        small.network(country="XX")


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


def test_the_report_of_a_country_is_in_the_exhibits(bibnet, small: Run) -> None:
    code, out, _ = bibnet("centrality", small.folder, "--country", "de", "--json")
    assert code == 0
    report = json.loads(out)
    assert {name: report["totals"][name] for name in ("works", "joint_works", "institutions")} == {
        "works": 5, "joint_works": 3, "institutions": 3,
    }  # fmt: skip
    institutions = {row["institution_id"]: row for row in report["institutions"]}
    centrality = small.exhibit("centrality").set_index("institution_id")
    assert list(institutions) == ["I1", "I2", "I5"]
    for name, row in institutions.items():
        assert row["strength_rank"] == centrality.loc[name, "strength_rank"]
        assert row["works"] == counted(0, 9999)[0][name]
    assert institutions["I5"]["closeness"] is None
    ties = [(t["institution_id"], t["partner_id"], t["works"]) for t in report["ties"]]
    assert ties == [("I1", "I3", 3), ("I1", "I4", 1), ("I2", "I4", 1)]
    assert [(row["partner_country"], row["works"]) for row in report["partners"]] == [
        ("CN", 3), ("US", 1),
    ]  # fmt: skip
    assert [(row["year"], row["works"]) for row in report["years"]] == [
        (2018, 1), (2019, 2), (2020, 2),
    ]  # fmt: skip
    joint = next(row for row in report["distribution"] if row["number"] == "joint_works")
    assert (joint["institutions_none"], joint["institutions_2_to_4"]) == (2, 1)
    assert joint["fewer_than_ten"] == joint["institutions"] == 3


def test_the_table_on_a_terminal_and_as_csv(bibnet, small: Run) -> None:
    code, out, _ = bibnet("centrality", small.folder, "--country", "FR")
    assert code == 0
    assert "France (FR, Europe)" in out
    assert "=cmd|'/c'!A1 [bold]<b>" in out  # shown, not read as markup
    assert bibnet("centrality", small.folder, "--country", "FR", "--out", "fr.csv")[1] == "fr.csv\n"
    with Path("fr.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["institution"], row["works"]) for row in rows] == [
        ("'=cmd|'/c'!A1 [bold]<b>", "1")
    ]


def test_rows_stand_by_the_column_that_is_asked_for(bibnet, small: Run) -> None:
    words = ("--country", "DE", "--sort")
    code, out, _ = bibnet("centrality", small.folder, *words, "joint_works")
    assert (code, "institutions, most joint first" in out) == (0, True)
    _, out, _ = bibnet("centrality", small.folder, *words, "works", "--json")
    rows = json.loads(out)["institutions"]
    assert [row["works"] for row in rows] == sorted((row["works"] for row in rows), reverse=True)
    assert all(row["lists"] is None for row in rows)
    code, _, err = bibnet("centrality", small.folder, *words, "institution")
    assert code == 2
    assert "there is no column of numbers 'institution'" in err


def test_lists_that_hold_an_institution_are_named_once() -> None:
    defence = pd.DataFrame(
        {"institution_id": ["I1", "I1", "I2", None], "lists": ["b|a", "a", "c", "d"]}
    )
    assert _lists(defence) == {"I1": "a|b", "I2": "c"}


def test_a_country_without_an_institution_says_so(bibnet, small: Run) -> None:
    code, out, _ = bibnet("centrality", small.folder, "--country", "LI")
    assert code == 0
    assert "no institution of this corpus is in Liechtenstein" in out
    code, _, err = bibnet("centrality", small.folder, "--country", "ZZ")
    assert code == 2
    assert "there is no country 'ZZ'" in err


def test_the_ranking_of_a_level(bibnet, small: Run) -> None:
    code, out, _ = bibnet("centrality", small.folder, "--json")
    found = json.loads(out)
    assert code == 0
    assert [row["institution_id"] for row in found["ranking"]][:2] == ["I1", "I3"]
    assert {row["country"]: row["institutions"] for row in found["countries"]} == {
        "CN": 1, "DE": 3, "FR": 1, "US": 1,
    }  # fmt: skip
    countries = json.loads(bibnet("centrality", small.folder, "--level", "country", "--json")[1])
    assert {row["id"]: row["strength"] for row in countries["ranking"]} == {
        "DE": 4, "CN": 4, "FR": 1, "US": 1,
    }  # fmt: skip
    assert (
        "no city is known in this run" in bibnet("centrality", small.folder, "--level", "city")[1]
    )


def test_paths_without_weights_are_those_of_networkx(bibnet, small: Run) -> None:
    words = ("--country", "DE", "--weights", "none", "--json")
    found = json.loads(bibnet("centrality", small.folder, *words)[1])
    graph = small.network().to_networkx()
    betweenness = nx.betweenness_centrality(graph, normalized=False)
    harmonic = nx.harmonic_centrality(graph)
    for row in found["institutions"]:
        assert row["betweenness"] == pytest.approx(betweenness[row["institution_id"]])
        assert row["harmonic"] == pytest.approx(harmonic[row["institution_id"]])


def test_the_run_has_a_page_of_its_countries(small: Run) -> None:
    page = (small.folder / "countries.html").read_text(encoding="utf-8")
    assert 'href="countries.html"' in (small.folder / "report.html").read_text(encoding="utf-8")
    assert 'id="country-DE"' in page
    assert "5 works, 3 of them joint (" in page
    assert "of them with a joint work, none with ten or more." in page
    assert "Without a work in this run: Hong Kong." in page
    assert "[bold]&lt;b&gt;" in page
    assert "\u202e" not in page
    assert page.count("<script") == 1  # the page's own


def test_pandas_adds_up_the_ties_of_every_country(small: Run) -> None:
    """A recount of the overview from the exhibit of pairs, in plain pandas."""
    overview = centrality_report(small.folder, Question()).countries.set_index("country")
    pairs = small.exhibit("institution_pairs")
    for code in overview.index:
        ends = (pairs["country_a"] == code).astype(int) + (pairs["country_b"] == code).astype(int)
        assert overview.loc[code, "ties_elsewhere"] == int((ends == 1).sum())
        assert overview.loc[code, "ties_inside"] == int((ends == 2).sum())
        across = pairs["cross_side"].astype(bool) & (ends == 1)
        assert overview.loc[code, "ties_across_sides"] == int(across.sum())
