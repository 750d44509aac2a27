"""What a finding may say, rule by rule: each has its boundary cases in a table."""

import math
from math import comb, nan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bibnet.report.findings.communities import communities_sentence, of_one_work
from bibnet.report.findings.impact import comparison_sentence, group_sentence
from bibnet.report.findings.pairs import equal_pairs_sentence, shared_sentence
from bibnet.report.findings.participants import disclosure_sentence
from bibnet.report.findings.rules import (
    SIGNIFICANT,
    Hits,
    against_chance,
    difference_of,
    direction,
    family_wise,
    named_part,
    part,
    points,
)
from bibnet.report.findings.volume import (
    change_sentence,
    few_words,
    joint_sentence,
    left_out_sentence,
    side_sentence,
    without_authors_sentence,
)
from bibnet.schema.proportion import difference


@pytest.mark.parametrize(
    ("hits", "number", "said"),
    [
        (21, 1205, "21 of 1,205 works (1.7%)"),
        (0, 5, "0 of 5 works"),
        (1, 1, "1 of 1 work"),
        (1, 9000, "1 of 9,000 works (<0.1%)"),
        (0, 0, "0 of 0 works"),  # no share of nothing
    ],
)
def test_a_share_stands_with_what_it_is_of(hits: int, number: int, said: str) -> None:
    assert part(hits, number, "work") == said


def test_a_named_share() -> None:
    assert named_part("Zand", 10, 40, "joint work") == "Zand (10 of 40 joint works, 25.0%)"
    assert named_part("Zand", 7, 21, "joint work") == "Zand (7 of 21 joint works)"


def test_the_interval_of_a_difference_is_newcombes() -> None:
    """Newcombe 1998, Table II, method 10: 56/70 and 48/80; 9/10 and 3/10; 0/10 and 0/10."""
    for cell, expected in {
        (56, 70, 48, 80): (0.0524, 0.3339),
        (9, 10, 3, 10): (0.1705, 0.8090),
        (0, 10, 0, 10): (-0.2775, 0.2775),
    }.items():
        assert difference(*cell) == pytest.approx(expected, abs=5e-5)
    assert all(map(math.isnan, difference(0, 0, 3, 10)))


@pytest.mark.parametrize(("number", "other"), [(30, 30), (30, 300), (100, 60)])
@pytest.mark.parametrize("chance", [0.02, 0.1, 0.3, 0.5])
def test_equal_shares_are_called_different_at_most_one_time_in_twenty(
    number: int, other: int, chance: float
) -> None:
    """Every outcome of two groups of equal shares, weighed by its probability."""

    def binomial(hits: int, of: int) -> float:
        return comb(of, hits) * chance**hits * (1 - chance) ** (of - hits)

    wrong = sum(
        binomial(a, number) * binomial(b, other)
        for a in range(number + 1)
        for b in range(other + 1)
        if direction(difference_of(Hits(a, number), Hits(b, other)))
    )
    assert wrong < 0.06


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        (Hits(60, 100), Hits(20, 100), 1),
        (Hits(20, 100), Hits(60, 100), -1),
        (Hits(20, 100), Hits(20, 100), 0),
        (Hits(29, 29), Hits(0, 100), 0),  # 29 works are too few
        (Hits(30, 30), Hits(0, 100), 1),
        (Hits(60, 100), Hits(0, 29), 0),
        (Hits(60, 100), Hits(20, 100, undecided=50), 0),  # up to 70 of the others
        (Hits(60, 100, undecided=40), Hits(20, 100), 1),  # it can only be more
        (Hits(0, 0), Hits(20, 100), 0),
    ],
)
def test_two_shares_differ_only_where_the_interval_holds_no_zero(
    one: Hits, other: Hits, told: int
) -> None:
    assert direction(difference_of(one, other)) == told


def hits() -> st.SearchStrategy[Hits]:
    parts = st.tuples(st.integers(0, 40), st.integers(0, 30), st.integers(30, 60))
    return parts.map(lambda part: Hits(part[0], sum(part), part[1]))


@given(hits(), hits())
def test_undecided_works_never_decide(one: Hits, other: Hits) -> None:
    """What is told holds for every way in which the undecided could fall."""
    told = direction(difference_of(one, other))
    for first in (one.hits, one.most):
        for second in (other.hits, other.most):
            if told:
                decided = Hits(first, one.number), Hits(second, other.number)
                assert direction(difference_of(*decided)) == told


@pytest.mark.parametrize(
    ("interval", "told"),
    [((0.1, 0.2), 1), ((-0.2, -0.1), -1), ((0.0, 0.2), 0), ((-0.1, 0.0), 0), ((nan, nan), 0)],
)
def test_an_interval_that_touches_zero_tells_nothing(
    interval: tuple[float, float], told: int
) -> None:
    assert direction(interval) == told


def test_where_works_are_too_few_there_is_no_interval_to_print() -> None:
    assert points((-0.03, 0.041)) == (
        "95% interval of the difference: −3.0 to 4.1 percentage points"
    )
    assert points((nan, nan)) == "fewer than 30 works"


def pair(verdict: str | None, q: float = 0.04) -> dict[str, object]:
    return {"verdict": verdict, "expected": 8.0, "ratio": 1.25, "q": q}


MODEL = "by chance, works and countries each keeping their numbers, 8.00 are expected (ratio 1.25, "


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (pair("more"), f"That is more than expected: {MODEL}q = 0.040)."),
        (pair("less", 0.0002), f"That is less than expected: {MODEL}q < 0.001)."),
        (
            pair("as_expected", 0.4),
            f"Whether that differs from chance cannot be told: {MODEL}q = 0.400).",
        ),
        (None, "Whether that differs from chance cannot be told: the pair is not tested."),
        (pair(None), "Whether that differs from chance cannot be told: the pair is not tested."),
    ],
)
def test_more_than_chance_is_said_where_the_test_says_it(row: dict | None, said: str) -> None:
    assert against_chance(row, "countries") == said


@pytest.mark.parametrize(
    ("joint", "said"),
    [
        (Hits(0, 40), "None of the works has a country of every side (A and B)."),
        (
            Hits(0, 40, 2),
            "None of the works has a country of every side (A and B). 2 works have an author of "
            "unknown country and may be joint; those would make 2 of 40 works (5.0%).",
        ),
        (
            Hits(3, 40, 1),
            "3 of 40 works (7.5%) have a country of every side (A and B). One other work has an "
            "author of unknown country and may be joint too; that would make 4 of 40 works "
            "(10.0%).",
        ),
        (Hits(1, 40), "1 of 40 works (2.5%) has a country of every side (A and B)."),
        (
            Hits(1, 5),
            "1 of 5 works has a country of every side (A and B). Of so few works no share is told: "
            "one work more or less would move it by 20.0 percentage points.",
        ),
    ],
)
def test_joint_works_come_with_those_that_could_be(joint: Hits, said: str) -> None:
    assert joint_sentence(joint, "A and B") == said


@pytest.mark.parametrize(
    ("works", "said"),
    [
        (0, ""),
        (1, " 1 work names no author and is not among the undecided."),
        (12, " 12 works name no author and are not among the undecided."),
    ],
)
def test_works_without_authors_are_told_apart_from_undecided_ones(works: int, said: str) -> None:
    assert without_authors_sentence(works) == said


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (Hits(10, 200), Hits(60, 200), "The share rose ("),
        (Hits(60, 200), Hits(10, 200), "The share fell ("),
        (Hits(20, 200), Hits(25, 200), "Whether the share changed cannot be told ("),
        (Hits(10, 200, 150), Hits(60, 200), "Whether the share changed cannot be told ("),
    ],
)
def test_a_share_rises_or_falls_only_where_the_interval_says_so(
    first: Hits, last: Hits, words: str
) -> None:
    said = change_sentence((2020, first), (2023, last))
    assert said.split(". ")[1].startswith(words)
    assert ("whichever way the undecided works fall" in said) == bool(first.undecided)


@pytest.mark.parametrize(
    ("years", "said"),
    [
        ((), ""),
        ((2025,), " 2025 is provisional and left out."),
        ((2025, 2026), " 2025 and 2026 are provisional and left out."),
    ],
)
def test_provisional_years_are_named(years: tuple[int, ...], said: str) -> None:
    assert left_out_sentence(years) == said


def test_each_side_has_its_own_whole() -> None:
    assert side_sentence({"A": Hits(2, 50), "B": Hits(2, 8, 1)}) == (
        "A: 2 of 50 works (4.0%) are joint. B: 2 of 8 works are joint, 3 of 8 works with "
        "undecided ones."
    )


@pytest.mark.parametrize(("works", "said"), [(0, False), (1, True), (29, True), (30, False)])
def test_few_works_are_said_to_be_few(works: int, said: bool) -> None:
    assert bool(few_words(works)) == said


@pytest.mark.parametrize(
    ("joint", "others", "said"),
    [
        (
            Hits(60, 100),
            Hits(200, 1000),
            "260 of 1,100 works (23.6%) name a funder or an award: 60 of 100 joint works (60.0%) "
            "and 200 of 1,000 others (20.0%). Joint works name one more often (95% interval of the "
            "difference: 29.9 to 49.4 percentage points).",
        ),
        (
            Hits(2, 29),
            Hits(20, 100),
            "22 of 129 works (17.1%) name a funder or an award: 2 of 29 joint works and 20 "
            "of 100 others (20.0%). Whether joint works name one more often cannot be told (fewer "
            "than 30 works).",
        ),
        (Hits(0, 0), Hits(20, 100), "20 of 100 works (20.0%) name a funder or an award."),
        (Hits(20, 100), Hits(0, 0), "20 of 100 works (20.0%) name a funder or an award."),
    ],
)
def test_disclosure_of_joint_works_is_compared_with_the_others(
    joint: Hits, others: Hits, said: str
) -> None:
    assert disclosure_sentence(joint, others) == said


def test_pairs_that_share_the_first_place_are_all_named() -> None:
    assert equal_pairs_sentence(["A and B", "A and C"], 52) == (
        "A and B: 52 works; A and C: 52 works."
    )


@pytest.mark.parametrize(
    ("dual", "said"),
    [
        (None, "3 works."),
        (0, "3 works, none of them with one person at both."),
        (1, "3 works, 1 of them with one person at both."),
    ],
)
def test_works_of_a_pair_tell_ties_of_one_person(dual: int | None, said: str) -> None:
    assert shared_sentence({"works": 3, "dual_affiliation_works": dual}) == said


def group(name: str, works: int, low: float | None = 0.9) -> dict[str, object]:
    return {
        "group": name, "mncs": 1.5, "mncs_low": low, "mncs_high": 2.0, "works_in_mncs": works,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "named"),
    [
        ([group("joint", 30), group("a only", 30)], 2),
        ([group("joint", 30), group("a only", 29)], 0),  # one group alone says nothing
        ([group("joint", 30), group("a only", 30, None)], 0),  # no interval
        ([group("joint", 30), group("a only", 29), group("b only", 30)], 2),
        ([], 0),
    ],
)
def test_groups_are_named_with_intervals_and_enough_works(rows: list, named: int) -> None:
    said = group_sentence(rows, "ai_internal")
    assert said.count("works)") == named
    assert bool(said) == (
        "1 = mean of the works of this run of the same field, year and type" in said
    )


def test_p_of_several_tests_are_corrected_for_all() -> None:
    """As p.adjust(c(.01, .04, .03, .005), "holm") of R."""
    assert family_wise([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert family_wise([0.02]) == [0.02]
    assert family_wise([0.9, 0.8]) == [1.0, 1.0]
    assert family_wise([]) == []
    one, none = family_wise([0.02, math.nan])  # what is not tested is no test
    assert one == 0.02
    assert math.isnan(none)


def test_of_families_without_differences_one_in_twenty_tells_any() -> None:
    draws = np.random.default_rng(3).random((4_000, 6))
    told = sum(min(family_wise(tests)) <= SIGNIFICANT for tests in draws.tolist())
    assert told / 4_000 == pytest.approx(0.05, abs=0.01)


def compared(low: float | None, p: float | None = 0.05, joint: int = 50, other: int = 70) -> dict:
    return {
        "mncs_difference": 0.25, "mncs_difference_low": low, "mncs_difference_high": 0.8,
        "mncs_difference_p": p, "works_in_mncs": joint, "compared_works_in_mncs": other,
    }  # fmt: skip


NUMBER = "0.250 (95% interval 0.100 to 0.800, p = 0.050; 50 joint works, 70 others)"
NOT_TOLD = "it cannot be told (fewer than 30 works that can be compared)"


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ({}, ""),
        ({"nothing": compared(None)}, ""),
        ({"nothing": compared(0.1, joint=29)}, ""),
        ({"nothing": compared(0.1, other=29)}, ""),
        ({"authors": compared(0.1), "countries": compared(0.1)}, ""),
        (
            {"nothing": compared(0.1)},
            f"Joint works are cited more than those of A only: the scores differ by {NUMBER}; at "
            f"equal numbers of authors {NOT_TOLD}; at equal numbers of countries {NOT_TOLD}.",
        ),
        (
            {
                "nothing": compared(0.1),
                "authors": compared(0.1),
                "countries": compared(0.1, other=29),
            },
            f"Joint works are cited more than those of A only: the scores differ by {NUMBER}; at "
            f"equal numbers of authors by {NUMBER}; at equal numbers of countries {NOT_TOLD}.",
        ),
        (
            {
                "nothing": compared(-0.1),
                "authors": compared(-0.1),
                "countries": compared(0.1),
            },
            "Whether joint works are cited more than those of A only cannot be told: the scores "
            "differ by 0.250 (95% interval −0.100 to 0.800, p = 0.050; 50 joint works, 70 others); "
            "at equal numbers of authors by 0.250 (95% interval −0.100 to 0.800, p = 0.050; 50 "
            "joint works, 70 others), so no difference can be told; at equal numbers of countries "
            f"by {NUMBER}.",
        ),
        (  # the interval leaves out zero, the test does not agree
            {
                "nothing": compared(0.1, p=0.0504),
                "authors": compared(0.1, p=0.0004),
                "countries": compared(0.1, p=None),  # a run from before the test
            },
            "Whether joint works are cited more than those of A only cannot be told: the scores "
            f"differ by {NUMBER}; at equal numbers of authors by "
            f"{NUMBER.replace('p = 0.050', 'p < 0.001')}; at equal numbers of countries by "
            f"{NUMBER.replace(', p = 0.050', '')}, so no difference can be told.",
        ),
    ],
)
def test_joint_works_are_cited_more_only_where_the_interval_says_so(
    rows: dict[str, dict], said: str
) -> None:
    assert comparison_sentence(rows, "A only") == said


@pytest.mark.parametrize(
    ("resampled", "single", "told"),
    [
        (0.80, 0, "so they hardly hang on single works"),
        (0.80, 2, "so they hardly hang on single works"),
        (
            0.80,
            3,
            "but 3 of 20 institutions are in communities that one work makes",
        ),
        (0.79, 0, "so it cannot be told to which one a single institution belongs"),
        (0.0, 20, "so it cannot be told to which one a single institution belongs"),
    ],
)
def test_communities_come_with_what_other_works_would_give(
    resampled: float, single: int, told: str
) -> None:
    assert communities_sentence(1, resampled, 0.95, Hits(single, 20)) == (
        "1 community of two institutions or more. Those of resampled works agree with it at an "
        f"adjusted Rand index of {resampled:.2f} (1 = the same, 0 = as by chance), {told}; "
        "repeated runs of the algorithm agree with one another at 0.95."
    )


def test_institutions_of_communities_that_one_work_makes_are_counted() -> None:
    rows = [{"institutions": n, "works": works} for n, works in ((4, 1), (3, 2), (2, None))]
    assert of_one_work(rows) == Hits(4, 9)
