"""A network in hand: frames, igraph, networkx, places; nothing lost, plain numbers."""

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from networks import edges, empty_network, nodes, small_network

from bibnet.network.subnetwork import graph
from bibnet.network.subnetwork.graph import Network
from bibnet.storage.frames import defined_rows, plain


def test_igraph_has_every_column_and_plain_numbers() -> None:
    graph = small_network().to_igraph()
    assert graph.vs["name"] == ["I1", "I2", "I3", "I4"]
    assert graph.vs["country"] == ["DE", "CN", None, "DE"]
    assert graph.vs["closeness"] == [0.5, 0.25, None, 0.125]
    assert graph.vs["works"] == [4, 3, 1, 2]
    assert graph.get_edgelist() == [(0, 1), (0, 3)]
    assert graph.es["works"] == [2, 1_000_000]
    assert graph.es["dual_affiliation_works"] == [1, 1]
    assert graph["title"] == "How entangled?"
    kinds = {type(cell) for name in ("works", "community") for cell in graph.vs[name]}
    assert kinds | {type(cell) for cell in graph.es["works"]} == {int}
    assert {type(cell) for cell in graph.es["works_fractional"]} == {float}
    assert set(graph.vs.attributes()) == {"name", *small_network().nodes.columns} - {"id"}


def test_networkx_leaves_out_what_is_undefined() -> None:
    graph = small_network().to_networkx()
    assert graph.nodes["I3"] == {
        "label": "Cy",
        "inside": True,
        "works": 1,
        "works_fractional": 0.25,
        "joint_works": 0,
        "community": 2,
    }
    assert graph.edges["I1", "I2"] == {
        "cross_side": False,
        "works": 2,
        "works_fractional": 0.75,
        "coauthor_works": 2,
        "dual_affiliation_works": 1,
        "joint_works": 1,
    }
    assert graph.graph == {"title": "How entangled?", "run": "2020-01-01-abc"}
    assert type(graph.nodes["I1"]["works"]) is int


def test_both_libraries_see_one_network() -> None:
    network = small_network()
    strength = dict(network.to_networkx().degree(weight="works"))
    assert network.to_igraph().strength(weights="works") == list(strength.values())
    assert strength["I1"] == 1_000_002


def test_networkx_writes_it_itself(tmp_path) -> None:
    graph = small_network().to_networkx()
    nx.write_graphml(graph, tmp_path / "a.graphml")
    assert nx.read_graphml(tmp_path / "a.graphml").nodes["I1"] == graph.nodes["I1"]


def test_no_node_and_no_edge() -> None:
    network = empty_network().drawn(seed=1)
    assert network.to_igraph().vcount() == 0
    assert network.to_networkx().number_of_nodes() == 0
    assert list(network.nodes[["x", "y"]].itertuples(index=False)) == []


def test_one_node_stands_in_the_middle() -> None:
    one = Network("institution", nodes(("I1", "A", "DE", None, 1, 0, 1, None)), edges())
    assert one.drawn(seed=3).nodes[["x", "y"]].to_numpy().tolist() == [[0.5, 0.5]]


def ring(count: int) -> Network:
    units = nodes(*((f"I{i:04d}", str(i), "DE", None, 1, 0, 1, 0.0) for i in range(count)))
    ties = [(f"I{i:04d}", f"I{i + 1:04d}", i % 7 + 1, 0.5, 1, 0, 0) for i in range(count - 1)]
    return Network("institution", units, edges(*ties))


@pytest.mark.parametrize("count", [40, 600])
def test_places_are_the_same_every_time_and_within_the_drawing(count: int) -> None:
    network = ring(count)
    first, again, other = (network.drawn(seed=seed).nodes[["x", "y"]] for seed in (5, 5, 6))
    pd.testing.assert_frame_equal(first, again)
    assert not first.equals(other)
    assert first.to_numpy().min() == 0
    assert first.to_numpy().max() == 1
    assert len(first.drop_duplicates()) == count


def test_a_network_too_large_to_draw_has_no_places(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(graph, "MOST_NODES", 3)
    assert "x" not in small_network().drawn(seed=1).nodes.columns


def test_neighbours_stand_nearer_than_strangers() -> None:
    places = ring(40).drawn(seed=5).nodes[["x", "y"]].to_numpy()
    near = np.linalg.norm(places[1:] - places[:-1], axis=1).mean()
    far = np.linalg.norm(places[:20] - places[20:], axis=1).mean()
    assert near < far / 3


def test_the_layout_leaves_the_chance_of_others_alone() -> None:
    np.random.seed(1)
    before = np.random.get_state()[1].tolist()
    small_network().drawn(seed=5)
    assert np.random.get_state()[1].tolist() == before


def test_plain_cells() -> None:
    frame = pd.DataFrame({"n": pd.array([1, None], dtype="Int64"), "f": [True, False]})
    assert plain(frame["n"]) == [1, None]
    assert list(defined_rows(frame)) == [{"n": 1, "f": True}, {"f": False}]
