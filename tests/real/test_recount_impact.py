"""Citation impact, change by year and chance over real works equal a recount in plain Python.

The recount reads the JSON itself; means are exact fractions, thresholds are found by sorting.
"""

import json
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from fractions import Fraction
from itertools import combinations

import pytest
from recount import CHINA, EUROPE, UNKNOWN, Paper, bare, by_year, fractions

from bibnet.runs.open import Run

pytestmark = pytest.mark.real
Score = tuple[Fraction | None, Fraction, bool]


@pytest.fixture(scope="module")
def run(real_run: Run) -> Run:
    return real_run


def cell_of(paper: Paper) -> tuple[object, ...]:
    topic = paper.raw.get("primary_topic") or {}
    field = (topic.get("field") or {}).get("id")
    # Older objects have the number, later ones the address that ends in it.
    return bare(str(field)) if field else None, paper.year, paper.raw.get("type")


def top_part(cited: int, cell: list[int]) -> Fraction:
    """How much of the work lies in the first tenth of the cell, sorted by falling citations."""
    room = Fraction(len(cell), 10)
    before = sum(1 for other in cell if other > cited)
    alike = sum(1 for other in cell if other == cited)
    return max(Fraction(0), min(Fraction(1), (room - before) / alike))


@pytest.fixture(scope="module")
def scores(run: Run, papers: list[Paper]) -> dict[str, Score]:
    """Work id -> NCS (None in a cell without citations), top part, whether its cell is small.

    Works younger than two years to the day are left out.
    """
    year, day = run.manifest["source"]["date"].split("-", 1)
    last = f"{int(year) - 2}-{day}"
    cells: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for paper in papers:
        cells[cell_of(paper)].append(paper.raw["cited_by_count"])
    found = {}
    for paper in papers:
        cell, cited = cells[cell_of(paper)], paper.raw["cited_by_count"]
        if (paper.raw.get("publication_date") or f"{paper.year}-12-31") <= last:
            ncs = Fraction(cited * len(cell), sum(cell)) if sum(cell) else None
            found[bare(paper.raw["id"])] = ncs, top_part(cited, cell), len(cell) < 10
    return found


def means(
    weighed: Iterable[tuple[str, Fraction]], scores: Mapping[str, Score]
) -> tuple[float, float]:
    """MNCS and PP(top 10 %) of works with weights; NaN where nothing is judged, and where more
    than half of the judged works stand in small cells."""
    judged = [(weight, *scores[work]) for work, weight in weighed if work in scores]
    if 2 * sum(small for *_, small in judged) > len(judged):
        return float("nan"), float("nan")
    ncs = [(weight, value) for weight, value, _, _ in judged if value is not None]
    return (
        quotient(sum(w * v for w, v in ncs), sum(w for w, _ in ncs)),
        quotient(sum(w * t for w, _, t, _ in judged), sum(w for w, *_ in judged)),
    )


def quotient(part: Fraction | int, whole: Fraction | int) -> float:
    return float(part / whole) if whole else float("nan")


def groups_of(papers: list[Paper]) -> dict[str, list[Paper]]:
    return {
        "europe only": [p for p in papers if p.countries & EUROPE and not p.countries & CHINA],
        "china only": [p for p in papers if p.countries & CHINA and not p.countries & EUROPE],
        "joint": [paper for paper in papers if paper.joint],
    }


def whole(papers: Iterable[Paper]) -> list[tuple[str, Fraction]]:
    return [(bare(paper.raw["id"]), Fraction(1)) for paper in papers]


def test_scores_of_single_works(run: Run, scores: dict[str, Score]) -> None:
    """The numbers of groups are mostly empty: nearly all works stand in cells of fewer than ten."""
    rows = run.table("citation_score").query("reference == 'ai_internal' and top10.notna()")
    ids = run.table("work").set_index("work_key")["work_id"]
    found = rows.assign(work_id=rows["work_key"].map(ids)).set_index("work_id")
    assert set(found.index) == set(scores)
    for work, (ncs, top, _) in scores.items():
        row = found.loc[work]
        assert row["ncs"] == pytest.approx(float("nan") if ncs is None else float(ncs), nan_ok=True)
        assert row["top10"] == pytest.approx(float(top))


def test_impact_of_the_groups(run: Run, papers: list[Paper], scores: dict) -> None:
    frame = run.exhibit("citations").set_index("group")
    assert set(frame["reference"]) == {"ai_internal"}  # four works of five have an fwci
    for group, found in groups_of(papers).items():
        row, (mncs, top) = frame.loc[group], means(whole(found), scores)
        assert row["mncs"] == pytest.approx(mncs, nan_ok=True)
        assert row["pp_top10"] == pytest.approx(top, nan_ok=True)
        assert (row["mncs_reason"] == "small_cells") == math.isnan(mncs)
        judged = [scores[i] for i, _ in whole(found) if i in scores]
        assert row["works_in_pp_top10"] == len(judged)
        assert row["works_undefined"] == sum(ncs is None for ncs, *_ in judged)
        assert row["works_in_small_cells"] == sum(small for *_, small in judged)
        assert row["works_too_young"] == len(found) - len(judged)


def test_impact_by_team(run: Run, papers: list[Paper], scores: dict) -> None:
    frame = run.exhibit("citations_by_team").set_index(["group", "countries", "authors"])
    for group, found in groups_of(papers).items():
        for countries in ("1", "2", "3", "4+", "all"):
            for authors in ("1", "2", "3-5", "6-10", "11+", "none", "all"):
                here = [p for p in found if matches(p, countries, authors)]
                assert ((group, countries, authors) in frame.index) == bool(here)
                if here:
                    row = frame.loc[group, countries, authors]
                    mncs, top = means(whole(here), scores)
                    assert row["works"] == len(here)
                    assert row["mncs"] == pytest.approx(mncs, nan_ok=True)
                    assert row["pp_top10"] == pytest.approx(top, nan_ok=True)


def matches(paper: Paper, countries: str, authors: str) -> bool:
    number = len(paper.countries)
    if countries != "all" and countries != ("4+" if number >= 4 else str(number)):
        return False
    people = len(paper.people)
    bands = {"none": people == 0, "1": people == 1, "2": people == 2, "3-5": 3 <= people <= 5}
    bands |= {"6-10": 6 <= people <= 10, "11+": people > 10, "all": True}
    return bands[authors]


@pytest.mark.parametrize(
    "place",
    [
        ("country_citations", "country", "countries"),
        ("institution_citations", "institution_id", "institutions"),
    ],
)
def test_impact_of_places_is_weighed_by_their_parts(
    run: Run, papers: list[Paper], scores: dict, place: tuple[str, str, str]
) -> None:
    exhibit, key, level = place
    parts: dict[str, list[tuple[str, Fraction]]] = defaultdict(list)
    for paper in papers:
        for unit, part in fractions(paper, level).items():
            if unit != UNKNOWN:
                parts[unit].append((bare(paper.raw["id"]), part))
    frame = run.exhibit(exhibit).set_index(key)
    assert set(frame.index) == set(parts)
    for unit, weighed in parts.items():
        mncs, top = means(weighed, scores)
        row = frame.loc[unit]
        assert row["works_fractional"] == pytest.approx(float(sum(part for _, part in weighed)))
        assert row["mncs"] == pytest.approx(mncs, nan_ok=True, rel=1e-9)
        assert row["pp_top10"] == pytest.approx(top, nan_ok=True, rel=1e-9)


def test_ties_by_year(run: Run, papers: list[Paper]) -> None:
    frame = run.exhibit("network_years").query("level == 'institution' and network == 'whole'")
    frame = frame.set_index("year")
    seen: set[tuple[str, str]] = set()
    last: dict[int, set[tuple[str, str]]] = {}
    for year, here in by_year(papers):
        pairs = {pair for p in here for pair in combinations(sorted(p.institutions), 2)}
        row = frame.loc[year]
        assert (row["ties"], row["works"]) == (
            len(pairs),
            sum(len(p.institutions) > 1 for p in here),
        )
        if last:
            kept = pairs & last.get(year - 1, set())
            assert (row["ties_new"], row["ties_kept"]) == (len(pairs - seen), len(kept))
            assert row["ties_lost"] == len(last.get(year - 1, set()) - pairs)
        seen |= pairs
        last[year] = pairs


def test_expected_ties_sum_to_the_ties_there_are(run: Run, papers: list[Paper]) -> None:
    """Works keep their sizes, so that chance gives as many pairs as there are, only other ones."""
    observed = run.exhibit("country_expectation").set_index(["country_a", "country_b"])
    counted: dict[tuple[str, str], int] = defaultdict(int)
    for paper in papers:
        for pair in combinations(sorted(paper.countries), 2):
            counted[pair] += 1
    assert {pair: number for pair, number in counted.items() if number >= 5}.items() <= {
        pair: int(number) for pair, number in observed["works"].items()
    }.items()
    assert observed["works"].sum() <= sum(counted.values())
    assert (observed["expected"] < observed["expected_sdsm"]).all()
    shown = json.dumps(run.manifest["expectation"]["country"])
    assert '"least_works": 5' in shown
