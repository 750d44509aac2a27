"""Stability intervals: works drawn anew, and with them the reference set that they are."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from bibnet.metrics.citations.intervals import (
    SAMPLES,
    ReferenceSet,
    distinct_groups,
    middle,
    resampled_means,
    weighted_mean,
)
from bibnet.metrics.citations.scores import citation_scores

NAN = float("nan")


def world(ncs: list[float], top: list[float]) -> ReferenceSet:
    """The source's own scores of works."""
    return ReferenceSet("openalex", pd.DataFrame({"ncs": ncs, "top10": top}))


def corpus(*cited: tuple[str, float | None]) -> ReferenceSet:
    """Works (field, citations) that are their own reference set."""
    frame = pd.DataFrame(cited, columns=["field_id", "citations"]).astype({"citations": "float64"})
    frame = frame.assign(
        work_key=range(len(frame)), year=2018, type="article", fwci=NAN, citation_percentile=NAN
    )
    found = citation_scores(frame, np.zeros(len(frame), bool))
    rows = found[found["reference"] == "ai_internal"].reset_index(drop=True)
    return ReferenceSet("ai_internal", rows)


def group(*weights: float) -> sparse.csr_array:
    return sparse.csr_array(np.array([weights]))


def interval(reference: ReferenceSet, *weights: float, seed: int = 1) -> list[tuple[float, float]]:
    """Ends of the intervals of MNCS and PP(top 10 %) of one group."""
    means = resampled_means(reference, group(*weights), seed=seed)
    return [tuple(float(end[0]) for end in middle(mean)) for mean in means]  # type: ignore[misc]


def test_the_interval_of_a_share_is_that_of_the_binomial() -> None:
    """100 works of which 30 are top: of 100 drawn works Binomial(100, 0.3) are, whose 2.5 and 97.5
    percentiles are 21 and 39."""
    low, high = interval(world([1.0] * 100, [1.0] * 30 + [0.0] * 70), *[1.0] * 100)[1]
    assert low == pytest.approx(0.21, abs=0.015)
    assert high == pytest.approx(0.39, abs=0.015)


def test_a_whole_corpus_that_is_its_own_reference_always_has_the_mean_one() -> None:
    """However its works are drawn: the mean score of a reference set is 1 and a tenth is top."""
    (low, high), (least, most) = interval(corpus(*[("17", n) for n in range(1, 31)]), *[1.0] * 30)
    assert (low, high) == (pytest.approx(1.0), pytest.approx(1.0))
    assert (least, most) == (pytest.approx(0.1), pytest.approx(0.1))


def scores(reference: ReferenceSet, weight: np.ndarray) -> np.ndarray:
    """NCS and top share of each work, from what it puts into sums; NaN where it puts in nothing."""
    sums = reference.sums(weight[reference.by_cell])
    found = np.full((2, len(weight)), np.nan)
    with np.errstate(invalid="ignore"):
        found[:, reference.by_cell] = sums[1::2] / sums[::2]
    return found


def test_works_weigh_as_in_a_corpus_that_holds_them_so_often() -> None:
    """Weights 2, 0, 1: as the corpus 4, 4, 1 citations, mean 3."""
    reference = corpus(("17", 4), ("17", 9), ("17", 1))
    ncs, top = scores(reference, np.array([2.0, 0.0, 1.0]))
    assert ncs[[0, 2]].tolist() == pytest.approx([4 / 3, 1 / 3])
    assert np.isnan(ncs[1])  # of no weight: it is in no mean
    assert top[[0, 2]].tolist() == pytest.approx([0.15, 0.0])  # 0.3 works of 3 are top, shared


@settings(deadline=None, max_examples=40)
@given(
    st.lists(st.tuples(st.sampled_from("ab"), st.none() | st.integers(0, 5)), min_size=1),
    st.randoms(use_true_random=False),
)
def test_scores_with_weights_are_those_of_the_works_written_out(
    works: list, chance: object
) -> None:
    weight = np.array([float(chance.randrange(1, 4)) for _ in works])
    times = weight.astype(int)
    many = corpus(*[work for work, n in zip(works, times, strict=True) for _ in range(n)])
    first = np.cumsum(times) - times
    for found, expected in zip(
        scores(corpus(*works), weight), scores(many, np.ones(times.sum())), strict=True
    ):
        np.testing.assert_allclose(found, expected[first])


def test_with_weights_of_one_the_scores_are_those_of_the_table() -> None:
    reference = corpus(("17", 4), ("17", 0), ("17", None), ("22", 0), ("22", 0), (None, 3))
    ncs, top = scores(reference, np.ones(6))
    np.testing.assert_allclose(ncs, reference.rows["ncs"])
    np.testing.assert_allclose(top, reference.rows["top10"])


def test_weights_count() -> None:
    assert weighted_mean(np.array([1.0, 4.0]), np.array([3.0, 1.0])) == 1.75
    assert math.isnan(weighted_mean(np.array([1.0]), np.array([0.0])))
    assert math.isnan(weighted_mean(np.array([np.nan]), np.array([1.0])))


def test_undefined_values_are_left_out() -> None:
    assert weighted_mean(np.array([np.nan, 2.0]), np.ones(2)) == 2.0
    assert interval(world([2.0, NAN], [0.0, 1.0]), 1.0, 1.0)[0] == (2.0, 2.0)


def test_a_sample_that_holds_no_work_of_a_group_is_left_out() -> None:
    """One work: a sample has it in 1 - 1/e = 63 % of cases, always with its own score."""
    means, _ = resampled_means(world([3.0, 1.0], [1.0, 0.0]), group(1.0, 0.0), seed=1)
    assert np.isnan(means).mean() == pytest.approx(math.exp(-1), abs=0.05)
    assert middle(means)[0].tolist() == [3.0]


def test_nothing_to_judge_has_no_interval() -> None:
    (low, high), _ = interval(world([NAN], [NAN]), 1.0)
    assert math.isnan(low)
    assert math.isnan(high)
    assert resampled_means(corpus(), sparse.csr_array((0, 0)), seed=1)[0].shape == (0, SAMPLES)


@settings(deadline=None, max_examples=10)
@given(st.permutations([0.0, 0.5, 0.5, 1.0, 2.0, 7.5]))
def test_the_mean_is_the_same_in_every_order(values: list[float]) -> None:
    weights = np.array(values) + 1
    ordered = np.sort(values)
    assert weighted_mean(np.array(values), weights) == weighted_mean(ordered, ordered + 1)


def test_the_seed_decides() -> None:
    reference = world([float(n) for n in range(30)], [0.0] * 30)
    assert interval(reference, *[1.0] * 30) == interval(reference, *[1.0] * 30)
    assert interval(reference, *[1.0] * 30) != interval(reference, *[1.0] * 30, seed=2)


def test_groups_of_the_same_works_are_measured_once() -> None:
    members = sparse.csr_array([[1.0, 0.0, 0.5], [0.0, 2.0, 0.0], [1.0, 0.0, 0.5], [1.0, 0.0, 0.6]])
    found, numbers = distinct_groups(members)
    assert found.toarray().tolist() == [[1.0, 0.0, 0.5], [0.0, 2.0, 0.0], [1.0, 0.0, 0.6]]
    assert numbers.tolist() == [0, 1, 0, 2]
    none, empty = distinct_groups(sparse.csr_array((0, 3)))
    assert (none.shape, empty.tolist()) == ((0, 3), [])


def test_cells_without_a_judged_work_and_unknown_citations_are_left_out() -> None:
    """They weigh in no mean; a work that is too young stands in a cell beside judged ones."""
    reference = corpus(("17", 4), ("18", 9), ("17", None), ("17", 2))
    reference.rows["state"] = ["too_young", "too_young", "unknown_citations", "scored"]
    assert reference.by_cell.tolist() == [0, 3]
    ncs, top = scores(reference, np.array([1.0, 1.0, 1.0, 1.0]))
    assert np.isnan(ncs[:3]).all()
    assert ncs[3] == pytest.approx(2 / 3)
    assert top[3] == pytest.approx(0.0)
