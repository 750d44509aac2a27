"""Notes of a run: each sentence has the run's own numbers, and is silent where there is none."""

from pathlib import Path

import pandas as pd

from bibnet.metrics.citations.exhibits import CitationCounts
from bibnet.metrics.structure.communities import CommunityCounts
from bibnet.metrics.structure.expectation_exhibits import ExpectationCounts
from bibnet.runs.pipeline.notes import (
    RANK_INTERVALS,
    citation_notes,
    community_notes,
    expectation_notes,
    same_paper_notes,
)
from bibnet.tables.same_paper import SamePapers


def cited(**changes: object) -> CitationCounts:
    plain = {
        "window": None,
        "judged_until": None,
        "unjudged_years": (),
        "states": {"ai_internal": {"scored": 10, "too_young": 2, "unknown_citations": 1}},
        "works_in_small_cells": 0,
        "works_in_cells": 10,
        "small_cell": 10,
        "references": {"citations": "ai_internal", "citations_by_team": None},
    }
    return CitationCounts(**{**plain, **changes})  # type: ignore[arg-type]


def test_the_reference_set_is_named_with_what_it_leaves_out() -> None:
    (said,) = citation_notes(cited())
    assert said == (
        "Normalised citations: the reference set ai_internal is the works of this run themselves. "
        "Of 13 works, 1 has no known citations; 2 are younger than two years (or than the "
        "citation window)."
    )


def test_a_corpus_of_one_work_reads_as_one() -> None:
    undefined = {"ai_internal": {"undefined": 1}}
    said = list(citation_notes(cited(states=undefined, works_in_small_cells=1, works_in_cells=1)))
    assert said[0].endswith("Of 1 work, 1 stands in a field, year and type without a citation, "
                            "where the score is undefined.")  # fmt: skip
    assert said[1].startswith("Of 1 work with known citations, 1 stands in a field, year and type")
    scored = cited(states={"ai_internal": {"scored": 1}})
    assert next(citation_notes(scored)).endswith(" The one work is judged.")


def test_small_cells_an_undated_source_and_a_window_are_said() -> None:
    said = list(
        citation_notes(cited(works_in_small_cells=7, unjudged_years=(2022, 2023), window=2))
    )
    assert said[1].startswith("Of 10 works with known citations, 7 stand in a field, year and type")
    assert said[2] == (
        "The source has no date: 2022 and 2023 are taken as provisional, and no work of them has a "
        "citation score."
    )
    assert said[3] == "Citations are those of the first 2 calendar years of a work."
    (_, _, one) = citation_notes(cited(works_in_small_cells=7, unjudged_years=(2022,)))
    assert one == (
        "The source has no date: 2022 is taken as provisional, and no work of it has a citation "
        "score."
    )


def test_the_last_day_that_is_judged_is_said() -> None:
    assert list(citation_notes(cited(judged_until="2024-02-16")))[1] == (
        "Works that appeared after 2024-02-16 have no citation score yet."
    )


def test_without_a_citation_exhibit_there_is_nothing_to_say() -> None:
    assert list(citation_notes(cited(references={"citations": None}))) == []


def test_pairs_against_chance_are_counted_and_a_miss_is_said() -> None:
    counts = ExpectationCounts(
        units=4, pairs=6, shown=2, least_works=5, largest_miss=0.25, verdicts={"more": 1}
    )
    said = list(expectation_notes({"country": counts}))
    assert said[0].startswith(
        "Ties against chance, country level: 6 pairs of the 4 units with at least 5 works"
    )
    assert said[1] == (
        "At the country level no pair is expected to have 5 works: none can be called less "
        "frequent than chance."
    )
    assert said[2] == (
        "The model of chance at the country level misses a number of works by up to 2.5e-01 of it."
    )
    tested = ExpectationCounts(4, 6, 2, 5, 0.0, expected_pairs=3, less_from=6.25)
    assert list(expectation_notes({"country": tested}))[1:] == [
        "At the country level 3 pairs are expected to have 5 works or more and can be called less "
        "frequent than chance; a pair without a work is called so from about 6.2 expected works on."
    ]


def test_without_two_units_of_enough_works_no_pair_is_tested() -> None:
    counts = ExpectationCounts(units=1, pairs=0, shown=0, least_works=5, largest_miss=0.0)
    assert list(expectation_notes({"country": counts})) == [
        "Ties against chance, country level: no pair is tested, because no two units have 5 works "
        "or more."
    ]


def test_one_expected_pair_is_told_as_one() -> None:
    tested = ExpectationCounts(4, 6, 2, 5, 0.0, expected_pairs=1, less_from=6.25)
    assert list(expectation_notes({"country": tested}))[1].startswith(
        "At the country level 1 pair is expected to have 5 works or more"
    )


def communities(**changes: object) -> CommunityCounts:
    plain = {
        "runs": 10,
        "communities": 3,
        "isolates": 1200,
        "modularity": 0.5,
        "adjusted_rand": 0.875,
        "mutual_information": 0.9,
        "resampled_adjusted_rand": 0.625,
        "resampled_mutual_information": 0.75,
        "samples": 20,
        "previous": None,
    }
    return CommunityCounts(**{**plain, **changes})  # type: ignore[arg-type]


def test_communities_come_with_the_agreement_of_their_runs() -> None:
    (said,) = community_notes(communities())
    assert said.startswith(
        "Communities of resampled works (20 samples) agree with those of the report at an adjusted "
        "Rand index of 0.62 (normalised mutual information 0.75); 10 runs of the algorithm, of "
        "which the best is kept, agree with one another at 0.88 (0.90)."
    )
    assert "1,200 institutions" in said
    assert list(community_notes(communities(communities=0))) == []
    assert list(community_notes(communities(previous="2026-02-16-1a2b3c4d")))[1] == (
        "Labels of communities are carried over from the run 2026-02-16-1a2b3c4d."
    )


def test_pairs_of_one_paper_without_numbers_where_institutions_decide_what_counts() -> None:
    known = SamePapers({"doi": 1}, merged=True, works=4, joint_works=2, left=3, joint_left=1)
    first = (
        "1 pair of works is one paper under two ids, 1 by DOI (duplicates.csv). They are merged: "
        "the numbers count each paper once."
    )
    effect = (
        " With both works 2 joint of 4 works (50.00%), with each paper once 1 joint of 3 works "
        "(33.33%)."
    )
    assert list(same_paper_notes(known)) == [first + effect]
    assert list(same_paper_notes(SamePapers({"doi": 1}, merged=True))) == [first]
    assert list(same_paper_notes(SamePapers())) == []


def test_coverage_of_rank_intervals_is_what_was_measured() -> None:
    """Bands of a population of 800 works and more in which a hundred intervals were printed."""
    folder = Path(__file__).parents[3] / "benchmarks"
    rows = pd.read_csv(folder / "rank_intervals.csv").query("population != 'all' and works >= 800")
    rows = rows[(rows["own_rank"] != "all") & (rows["verdict"] != "few")]

    def between(bands: pd.DataFrame) -> str:
        low, high = bands["coverage"].min(), bands["coverage"].max()
        return f"{100 * low:.1f} to {100 * high:.1f}%"

    top = rows["own_rank"] == "1-10"
    assert f"{between(rows[top])} of the intervals at ranks 1 to 10 hold it" in RANK_INTERVALS
    assert f"{between(rows[~top])} of those in a band of ranks beyond the tenth" in RANK_INTERVALS
