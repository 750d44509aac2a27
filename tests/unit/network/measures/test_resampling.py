"""Rank intervals: each holds its own rank, or there is none and a reason; the truth is covered."""

import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bibnet.network.centrality import tie_works
from bibnet.network.measures import WeightedNetwork, ranks, resampling, weighted_network
from bibnet.network.measures.empirical_bayes import Levels
from bibnet.network.measures.ranking import settled
from bibnet.network.measures.resampling import (
    RANKED,
    TieWorks,
    _ranks_by_strength,
    rank_intervals,
)
from bibnet.network.measures.spectral import pagerank

sys.path.append(str(Path(__file__).parents[3] / "benchmarks"))
import rank_intervals as coverage
from draws_held import least_mass
from invented_population import invented, zipf


def corpus(*works: str, nodes: int = 5) -> tuple[WeightedNetwork, TieWorks]:
    """Works as words of letters (units); every pair of a word is a tie."""
    tied = [word for word in works if len(word) > 1]
    rows = [
        (number, ord(a) - 97, ord(b) - 97)
        for number, word in enumerate(tied)
        for a, b in ((x, y) for x in word for y in word if x < y)
    ]
    pairs = sorted({(a, b) for _, a, b in rows})
    place = {pair: edge for edge, pair in enumerate(pairs)}
    edge = np.array([place[a, b] for _, a, b in rows], dtype=int)
    ends = np.array(pairs, dtype=int).reshape(-1, 2)
    network = weighted_network(nodes, ends[:, 0], ends[:, 1], np.bincount(edge))
    return network, TieWorks(np.array([k for k, _, _ in rows], dtype=int), edge)


def ends(found: pd.DataFrame, node: int, measure: str = "strength") -> list[float]:
    return found.loc[node, [f"{measure}_rank_low", f"{measure}_rank_high"]].tolist()


def test_a_leader_by_far_is_sure_and_near_equals_are_not() -> None:
    found = rank_intervals(*corpus(*["ab"] * 300, *["ac"] * 60, *["ad"] * 55), seed=1)
    assert ends(found, 0) == ends(found, 0, "pagerank") == [1, 1]
    assert ends(found, 1) == [2, 2]
    assert ends(found, 2) == ends(found, 3) == [3, 4]


def test_no_interval_without_a_tie_or_with_few_works_and_the_reason_is_told() -> None:
    """b has 19 works with a tie: enough for strength (15 here), one too few for PageRank (20)."""
    found = rank_intervals(*corpus(*["ab"] * 19, *["ac"] * 4, "e"), seed=1)
    reasons = found[["strength_rank_reason", "pagerank_rank_reason"]].fillna("given")
    assert reasons.to_numpy().tolist() == [
        ["given", "given"],
        ["given", "few_works"],
        ["few_works", "few_works"],
        ["no_tie", "no_tie"],
        ["no_tie", "no_tie"],
    ]
    for name in RANKED:
        given = found[f"{name}_rank_reason"].isna()
        assert (found[f"{name}_rank_low"].notna() == given).all()
        assert (found[f"{name}_rank_high"].notna() == given).all()


@pytest.mark.parametrize(
    ("units", "works", "reason"),
    [(10, 7, None), (10, 6, "few_works"), (9, 14, "few_works"), (9, 15, None)],
)
def test_units_of_a_small_network_need_more_works(
    units: int, works: int, reason: str | None
) -> None:
    """Pairs of a with each other unit, so many works of the first pair and one of the others."""
    words = ["ab"] * works + ["a" + chr(97 + other) for other in range(2, units)]
    found = rank_intervals(*corpus(*words, nodes=units), seed=1, samples=20)
    assert found["strength_rank_reason"].fillna("given")[1] == (reason or "given")


@pytest.mark.parametrize(("others", "reason"), [(198, "given"), (199, "few_units")])
def test_no_interval_where_hardly_a_unit_has_works_enough(others: int, reason: str) -> None:
    """Two units of 200 and of 201 have seven works with a tie: 1 %, and less."""
    ends = np.array([(0, 1), *((2 + other, 2 + (other + 1) % others) for other in range(others))])
    edge = np.concatenate([np.zeros(7, dtype=int), np.arange(1, 1 + others)])
    network = weighted_network(2 + others, ends[:, 0], ends[:, 1], np.bincount(edge))
    found = rank_intervals(network, TieWorks(np.arange(len(edge)), edge), seed=1, samples=20)
    assert found["strength_rank_reason"].fillna("given").tolist()[:3] == [
        reason,
        reason,
        "few_works",
    ]
    assert found["strength_rank_low"].notna().tolist()[:3] == [reason == "given"] * 2 + [False]


@pytest.mark.parametrize(
    ("above", "known", "reason"),
    [(9, 0, "given"), (10, 0, "few_units"), (10, 4, "few_units"), (10, 5, "given")],
)
def test_no_interval_behind_units_of_few_works(above: int, known: int, reason: str) -> None:
    """a and b have seven works together, all above them one large work; the known ones, six more.

    From ten units above on, half of them must have seven works.
    """
    crowd = "cdefghijkl"[:above]
    words = [*["ab"] * 7, crowd, *[crowd[:known]] * 6]
    found = rank_intervals(*corpus(*words, nodes=2 + above), seed=1, samples=20)
    assert found["strength_rank_reason"].fillna("given")[:2].tolist() == [reason] * 2
    assert found["strength_rank_low"].notna()[:2].tolist() == [reason == "given"] * 2


@settings(deadline=None, max_examples=12)
@given(st.lists(st.text("abcdefg", min_size=1, max_size=5), min_size=1, max_size=60), st.booleans())
def test_every_interval_holds_its_own_rank(works: list[str], alike: bool) -> None:
    """One work, works of one unit, all of one size, everything tied: none is an error."""
    words = ["".join(sorted(set(word))) for word in works] * (5 if alike else 1)
    network, ties = corpus(*words, nodes=7)
    found = rank_intervals(network, ties, seed=1, samples=20)
    for name, value in (("strength", network.strength), ("pagerank", pagerank(network))):
        rank = ranks(settled(value))
        given = found[f"{name}_rank_low"].notna()
        assert (found[f"{name}_rank_low"][given] <= rank[given]).all()
        assert (found[f"{name}_rank_high"][given] >= rank[given]).all()
        tied = [unit for word in words if len(word) > 1 for unit in word]
        fewest = {"strength": 15, "pagerank": 20}[name]  # of networks of less than ten units
        enough = [tied.count(unit) >= fewest for unit in "abcdefg"]
        assert given.tolist() == enough


def test_units_that_are_alike_have_intervals_that_hold_them_all() -> None:
    """Seven units, every pair 30 times: any of them may be first or last."""
    pairs = [a + b for i, a in enumerate("abcdefg") for b in "abcdefg"[i + 1 :]]
    found = rank_intervals(*corpus(*pairs * 30, nodes=7), seed=1)
    assert set(found["strength_rank_low"]) == {1}
    assert (found["strength_rank_high"] >= 6).all()


def test_a_rank_by_strength_counts_the_units_that_are_missing_too() -> None:
    """In the second draw the third unit stands for two: they are above the others."""
    level = np.array([[4.0, 1.0], [2.0, 2.0], [1.0, 3.0]])
    stands_for = np.array([[1.0, 1.0], [1.0, 1.0], [1.0, 2.0]])
    ranks_drawn = _ranks_by_strength(Levels(level, stands_for))
    assert ranks_drawn.tolist() == [[1, 4], [2, 3], [3, 1]]


def test_the_seed_decides_and_the_order_of_the_ties_does_not() -> None:
    network, ties = corpus(*["ab"] * 26, *["ac"] * 25, *["bd"] * 25, *["efgh"] * 24, nodes=8)
    order = np.random.default_rng(0).permutation(len(ties.work))
    found = rank_intervals(network, ties, seed=1)
    shuffled = rank_intervals(network, TieWorks(ties.work[order], ties.edge[order]), seed=1)
    pd.testing.assert_frame_equal(found, shuffled, check_exact=True)
    assert not found.equals(rank_intervals(network, ties, seed=2))


def test_a_resample_that_empties_the_network_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """One work: more than a third of the samples draw it not at all. Both units are first."""
    monkeypatch.setattr(resampling, "FEWEST_WORKS", dict.fromkeys(RANKED, 1))
    monkeypatch.setattr(resampling, "FEWEST_WORKS_IN_SMALL", 1)
    found = rank_intervals(*corpus("ab", nodes=2), seed=1)
    assert [ends(found, node, name) for node in (0, 1) for name in RANKED] == [[1, 1]] * 4


def test_no_work_and_no_tie() -> None:
    nothing = weighted_network(2, *[np.array([], dtype=int)] * 3)
    found = rank_intervals(nothing, TieWorks(*[np.array([], dtype=int)] * 2), seed=1)
    assert found["strength_rank_low"].isna().all()
    assert set(found["pagerank_rank_reason"]) == {"no_tie"}


@pytest.mark.parametrize(
    ("works", "corpora"),
    [(800, 10), pytest.param(3_000, 10, marks=pytest.mark.long)],
)
def test_intervals_cover_the_truth_where_the_plain_bootstrap_does_not(
    works: int, corpora: int
) -> None:
    """Corpora of two populations of heavy-tailed institutions and works.

    Short form of `tests/benchmarks/rank_intervals.py`, whose table has all sizes. About 180 and
    850 intervals: .03 is two and three standard errors, corpora as clusters.
    """
    truths = [invented("power", zipf(1_500, 1.2, seed), 30_000, seed) for seed in (1, 2)]
    found, plain = (
        coverage.of_corpora(truths, works, corpora, others).query(f"measure == '{way}'")
        for others, way in ((False, "strength"), (True, "percentile"))
    )
    assert 0.92 <= 1 - (found["below"] | found["above"]).mean() <= 0.98
    assert 1 - (plain["below"] | plain["above"])[plain["own"] > 50].mean() < 0.9


@pytest.mark.parametrize(
    ("missed", "verdict"),
    [
        (0, "above"),
        (5, "above"),
        (6, "near"),
        (11, "near"),
        (12, "within"),
        (28, "within"),
        (29, "near"),
        (39, "near"),
        (41, "below"),
    ],
)
def test_coverage_is_outside_where_it_is_so_by_two_standard_errors(
    missed: int, verdict: str
) -> None:
    """Of 400 intervals, each a corpus: the error is .0085 at .97, .0128 at .93, .0148 at .9025."""
    rows = pd.DataFrame({"below": np.arange(400) < missed, "above": False, "width": 2.0})
    rows = rows.assign(corpus=rows.index)
    assert coverage.summary(rows, 400)["verdict"] == verdict
    assert coverage.summary(rows.head(99), 99)["verdict"] == "few"


@pytest.mark.parametrize(
    ("own", "least"), [(1, 0.93), (2, 0.93), (3, 0.96), (4, 0.96), (5, 0.97), (6, 0.97)]
)
def test_an_interval_of_whole_ranks_holds_no_less(own: int, least: float) -> None:
    """Ranks 1, 2, 3, 5 have .03, .9, .06 and .01 of the draws; 4 and 6 have none.

    1 to 2 is the least for the first two, 2 to 3 and 2 to 4 for the next, 2 to 5 and 2 to 6.
    """
    whole, mass = np.array([1, 2, 3, 5]), np.array([0.03, 0.9, 0.06, 0.01])
    assert least_mass(whole, mass, own, 0.93) == pytest.approx(least)


@pytest.mark.parametrize("order", [[0, 1, 2, 3], [3, 1, 0, 2]])
def test_works_are_numbered_by_id_whatever_their_order(order: list[int]) -> None:
    units = pd.Series(["a", "b", "c"])
    edges = pd.DataFrame({"unit_a": ["a", "a", "b"], "unit_b": ["b", "c", "c"], "works": [1, 1, 2]})
    ties = pd.DataFrame(
        [("W9", "b", "c"), ("W1", "a", "b"), ("W1", "a", "c"), ("W1", "b", "c")],
        columns=["work_id", "unit_a", "unit_b"],
    ).iloc[order]
    found = tie_works(units, edges, ties, "unit")
    assert sorted(zip(found.work, found.edge, strict=True)) == [(0, 0), (0, 1), (0, 2), (1, 2)]
