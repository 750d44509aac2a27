"""Who connects sides: roles worked out by hand and pair by pair, constraint by networkx."""

from itertools import combinations

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from bibnet.network.measures import weighted_network
from bibnet.network.measures.brokerage import ROLES, brokerage, constraint, participation

EUROPE, CHINA, ELSEWHERE = 0, 1, 2


def brokered(graph: nx.Graph, group: list[int], weight: list[int] | None = None) -> pd.DataFrame:
    ends = np.array(graph.edges, dtype=int).reshape(-1, 2)
    weight = weight or [1] * len(ends)
    network = weighted_network(len(graph), ends[:, 0], ends[:, 1], np.array(weight, dtype=int))
    return brokerage(network, np.array(group), 2)


@pytest.mark.parametrize(
    ("ends", "broker", "role", "bridged"),
    [
        ((EUROPE, EUROPE), EUROPE, "coordinator", 0),
        ((EUROPE, EUROPE), CHINA, "itinerant", 0),
        ((EUROPE, CHINA), EUROPE, "gatekeeper", 1),
        ((CHINA, EUROPE), EUROPE, "gatekeeper", 1),
        ((EUROPE, CHINA), ELSEWHERE, "liaison", 1),
        ((EUROPE, ELSEWHERE), CHINA, "liaison", 0),
        ((EUROPE, ELSEWHERE), EUROPE, "gatekeeper", 0),
        ((ELSEWHERE, ELSEWHERE), ELSEWHERE, "coordinator", 0),
    ],
)
def test_a_path_of_three_has_one_role(
    ends: tuple[int, int], broker: int, role: str, bridged: int
) -> None:
    """Gould and Fernandez (1989), the five roles; without direction two of them are one."""
    found = brokered(nx.path_graph(3), [ends[0], broker, ends[1]])
    assert found.loc[1, list(ROLES)].to_dict() == {one: int(one == role) for one in ROLES}
    assert found.loc[1, "bridged"] == bridged
    assert not found.loc[[0, 2], [*ROLES, "bridged"]].to_numpy().any()


def test_a_closed_triangle_has_no_broker() -> None:
    assert not brokered(nx.complete_graph(3), [0, 1, 2])[list(ROLES)].to_numpy().any()


@pytest.mark.parametrize("seed", range(5))
def test_every_open_pair_has_one_role_of_its_broker(seed: int) -> None:
    chance = np.random.default_rng(seed)
    graph, group = nx.gnm_random_graph(24, 55, seed=seed), chance.integers(0, 3, 24).tolist()
    expected = np.zeros((24, 5), dtype=int)
    for broker in graph:
        for one, other in combinations(graph[broker], 2):
            if graph.has_edge(one, other):
                continue
            a, b, c = group[one], group[broker], group[other]
            role = 0 if a == b == c else 1 if a == c else 2 if b in (a, c) else 3
            expected[broker, role] += 1
            expected[broker, 4] += {a, c} == {EUROPE, CHINA}
    found = brokered(graph, group)
    assert found[[*ROLES, "bridged"]].to_numpy().tolist() == expected.tolist()


def test_rows_are_multiplied_block_by_block(monkeypatch: pytest.MonkeyPatch) -> None:
    graph, group = nx.gnm_random_graph(24, 55, seed=9), [number % 3 for number in range(24)]
    whole = brokered(graph, group)
    monkeypatch.setattr("bibnet.network.measures.brokerage.ROWS", 5)
    pd.testing.assert_frame_equal(whole, brokered(graph, group))


def test_participation_by_hand() -> None:
    """Strength 4: 3 to Europe, 1 to China: 1 - 9/16 - 1/16."""
    found = brokered(nx.star_graph(2), [ELSEWHERE, EUROPE, CHINA], [3, 1])
    assert found["participation"].tolist() == [1 - 10 / 16, 0, 0]


def test_constraint_by_hand() -> None:
    """Burt (1992): ego with two unconnected equal contacts has 1/4 + 1/4; each contact has 1."""
    assert brokered(nx.star_graph(2), [0, 1, 1])["constraint"].tolist() == [0.5, 1, 1]


@pytest.mark.parametrize("seed", range(4))
def test_networkx_agrees_on_constraint(seed: int) -> None:
    graph = nx.gnm_random_graph(20, 35, seed=seed)
    weight = np.random.default_rng(seed).integers(1, 9, 35)
    nx.set_edge_attributes(graph, dict(zip(graph.edges, weight.tolist(), strict=True)), "weight")
    ends = np.array(graph.edges)
    found = constraint(weighted_network(20, ends[:, 0], ends[:, 1], weight))
    known = nx.constraint(graph, weight="weight")
    assert found.tolist() == pytest.approx([known[n] for n in range(20)], abs=1e-9, nan_ok=True)


def test_an_isolate_connects_nobody() -> None:
    found = brokered(nx.empty_graph(2), [0, 1])
    assert found[["participation", "constraint"]].isna().all(axis=None)
    assert not found[[*ROLES, "bridged"]].to_numpy().any()


def test_no_nodes() -> None:
    nothing = weighted_network(0, *[np.array([], dtype=int)] * 3)
    assert len(brokerage(nothing, np.array([], dtype=int), 2)) == 0
    assert participation(nothing, np.array([], dtype=int)).tolist() == []
