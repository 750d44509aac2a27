"""Runs of worlds too small or too even to say much: they end, and their findings claim nothing."""

from pathlib import Path

import pytest
from build import authorship, institution, work
from runs import run

from bibnet.runs.open import Run

pytestmark = pytest.mark.long
COUNTRIES = ["DE", "CN", "FR", "HK"]


def paper(number: int, letters: str, **more: object) -> dict[str, object]:
    """A work with an author at each institution; a and c are of Europe, b and d of China."""
    places = ["abcd".index(letter) for letter in letters]
    people = [authorship(institution(n + 1, COUNTRIES[n])) for n in places]
    return work(number, *people, type="article", cited_by_count=3, **more)


WORLDS = {
    "one work": ["ab"],
    "one unit": ["a"] * 40,
    "no authors": [""] * 3,
    "works of one size": ["ab", "cd", "ac", "bd"] * 12,
    "everything tied": ["abcd"] * 40,
    "never together": ["ac", "bd"] * 30,
}


@pytest.fixture(scope="module", params=WORLDS.values(), ids=WORLDS.keys())
def found(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Run:
    works = [paper(number, letters) for number, letters in enumerate(request.param, 1)]
    return run(Path(tmp_path_factory.mktemp("world")), *works)


def test_only_pairs_that_could_be_otherwise_differ_from_chance(found: Run) -> None:
    """Where all works hold all units, or one alone, nothing is left to chance."""
    for level in ("country", "institution"):
        rows = found.exhibit(f"{level}_expectation")
        certain = rows["method"] == "certain"
        assert set(rows.loc[certain, "verdict"]) <= {"as_expected"}
        assert (rows.loc[rows["verdict"] == "more", "ratio"] > 1).all()
        assert (rows.loc[rows["verdict"] == "less", "ratio"] < 1).all()


def test_an_interval_holds_its_rank_or_says_why_it_is_empty(found: Run) -> None:
    rows = found.exhibit("centrality")
    for name in ("strength", "pagerank"):
        low, high = rows[f"{name}_rank_low"], rows[f"{name}_rank_high"]
        inside = (low <= rows[f"{name}_rank"]) & (rows[f"{name}_rank"] <= high)
        assert (inside | (low.isna() & rows[f"{name}_rank_reason"].notna())).all()


def test_an_empty_score_says_why(found: Run) -> None:
    for name in ("citations", "citations_by_team", "country_citations", "institution_citations"):
        rows = found.exhibit(name)
        for measure in ("mncs", "pp_top10"):
            told = rows[f"{measure}_reason"].notna()
            assert (rows[f"{measure}_low"].notna() | told).all()


def test_intensities_and_communities_are_numbers_or_nothing(found: Run) -> None:
    pairs = found.exhibit("country_pairs")
    low, high = pairs["ric_ab_resampled_low"], pairs["ric_ab_resampled_high"]
    assert ((low <= high) | low.isna()).all()
    agreement = found.exhibit("communities")["resampled_adjusted_rand"].dropna()
    assert ((agreement >= -1) & (agreement <= 1)).all()


def test_the_report_compares_nothing_without_a_test(found: Run) -> None:
    page = (found.folder / "report.html").read_text(encoding="utf-8")
    assert "That is more than expected" not in page
    assert "Joint works are cited more than" not in page
    assert "Joint works are cited less than" not in page
    assert "The share rose" not in page
