"""Every count of who pays over 1,223 real works equals a recount that shares no code with it."""

from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from recount import CHINA, EUROPE, Paper
from recount_funders import ALL, Recount, across, counted, discloses

import bibnet.reference
from bibnet.runs.open import Run

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def recount() -> Recount:
    return Recount(Path(bibnet.reference.__file__).parent)


def assert_counts(
    frame: pd.DataFrame,
    keys: list[str],
    papers: list[Paper],
    key_of: Callable[[Paper], Iterable[Any]],
) -> None:
    """Works and joint works of every cell, no cell too many and none too few."""
    works, joint = counted(papers, key_of)
    found = frame[keys].astype(object)
    found = found.where(found.notna(), None)
    index = list(found.itertuples(index=False, name=None))
    assert len(set(index)) == len(index)
    assert dict(zip(index, frame["works"], strict=True)) == dict(works)
    assert dict(zip(index, frame["joint_works"], strict=True)) == dict(joint)


def test_the_real_works_have_what_is_recounted(papers: list[Paper], recount: Recount) -> None:
    """Each funder has an id that the list holds, and some programmes are told by a number."""
    assert all(f["id"] for paper in papers for f in paper.raw.get("funders") or [])
    told = [entry for paper in papers for entry, by in recount.payers(paper).items() if by]
    assert told
    assert sum(map(discloses, papers)) == 107


def test_funders(real_run: Run, papers: list[Paper], recount: Recount) -> None:
    frame = real_run.exhibit("funders")
    assert_counts(
        frame, ["funder_id", "funder"], papers,
        lambda paper: {recount.payer(entry) for entry in recount.payers(paper)},
    )  # fmt: skip
    by_award = Counter(
        recount.payer(entry)[1]
        for paper in papers
        for entry, told in recount.payers(paper).items()
        if told
    )
    shown = frame[frame["works_by_award"] > 0]
    assert dict(zip(shown["funder"], shown["works_by_award"], strict=True)) == dict(by_award)


def test_funding_by_country_and_type(real_run: Run, papers: list[Paper], recount: Recount) -> None:
    frame = real_run.exhibit("funding")
    assert_counts(frame, ["funder_country", "funder_type"], papers, recount.cells)
    disclosing = [paper for paper in papers if discloses(paper)]
    joint = [paper for paper in papers if paper.joint]
    both = [paper for paper in disclosing if paper.joint]
    for row in frame.to_dict("records"):
        assert row["share_of_disclosed"] == row["works"] / len(disclosing)
        assert row["share_of_works"] == row["works"] / len(papers)
        assert row["share_of_joint"] == row["joint_works"] / len(joint)
        assert row["share_of_joint_disclosed"] == row["joint_works"] / len(both)


def test_disclosure_by_year(real_run: Run, papers: list[Paper]) -> None:
    frame = real_run.exhibit("funding_years")
    expected = {
        year: (
            len(own),
            sum(map(discloses, own)),
            sum(paper.joint for paper in own),
            sum(paper.joint and discloses(paper) for paper in own),
        )
        for year in {paper.year for paper in papers}
        for own in [[paper for paper in papers if paper.year == year]]
    }
    columns = ["works", "disclosed", "joint_works", "joint_disclosed"]
    found = frame.set_index("year")[columns]
    assert {year: tuple(row) for year, row in zip(found.index, found.to_numpy().tolist(),
            strict=True)} == expected  # fmt: skip


def test_programmes(real_run: Run, papers: list[Paper], recount: Recount) -> None:
    frame = real_run.exhibit("programmes")
    assert_counts(
        frame, ["programme_id"], papers,
        lambda paper: {(name,) for name in recount.named_programmes(paper)},
    )  # fmt: skip
    by_award = Counter(
        name for paper in papers for name, told in recount.named_programmes(paper).items() if told
    )
    shown = frame[frame["works_by_award"] > 0]
    assert dict(zip(shown["programme_id"], shown["works_by_award"], strict=True)) == dict(by_award)


def test_pairs_of_countries_by_funder(real_run: Run, papers: list[Paper], recount: Recount) -> None:
    def keys(paper: Paper) -> set[tuple[Any, ...]]:
        payers = {recount.payer(entry) for entry in recount.payers(paper)}
        anybody = {(ALL, None)} if discloses(paper) else set()
        return {(*pair, *payer) for pair in across(paper) for payer in payers | anybody}

    columns = ["country_a", "country_b", "funder_id", "funder"]
    assert_counts(real_run.exhibit("funder_pairs"), columns, papers, keys)


def test_joint_works_by_the_paying_side(
    real_run: Run, papers: list[Paper], recount: Recount
) -> None:
    frame = real_run.exhibit("joint_funding")
    expected = Counter(recount.paid_by(paper) for paper in papers if paper.joint)
    assert dict(zip(frame["paid_by"], frame["joint_works"], strict=True)) == dict(expected)


def test_funders_beside_listed_institutions(
    real_run: Run, papers: list[Paper], recount: Recount
) -> None:
    """From the works that the exhibit defence lists for each institution and entry."""
    by_id = {f"W{paper.raw['id'].rsplit('W', 1)[-1]}": paper for paper in papers}
    expected: Counter = Counter()
    for row in real_run.exhibit("defence").to_dict("records"):
        cell = {
            key: None if pd.isna(row[key]) else row[key]
            for key in ("institution_id", "institution", "entry_id")
        }
        for work_id in real_run.works("defence", **cell)["work_id"]:
            for entry in recount.payers(by_id[work_id]):
                expected[(*recount.payer(entry), *cell.values())] += 1
    frame = real_run.exhibit("listed_funders")
    keys = ["funder_id", "funder", "institution_id", "institution", "entry_id"]
    found = frame[keys].astype(object)
    index = found.where(found.notna(), None).itertuples(index=False, name=None)
    assert dict(zip(index, frame["works"], strict=True)) == dict(expected)


def test_pairs_of_sides(real_run: Run, papers: list[Paper]) -> None:
    codes = {"china": CHINA, "europe": EUROPE}
    rows = real_run.exhibit("side_pairs").to_dict("records")
    years = {paper.year for paper in papers if paper.year is not None}
    assert {row["year"] for row in rows} == set(range(min(years), max(years) + 1))
    for row in rows:
        own = [paper for paper in papers if paper.year == row["year"]]
        for end in "ab":
            side = codes[row[f"side_{end}"]]
            works = sum(bool(paper.countries & side) for paper in own)
            assert row[f"works_{end}"] == works
            joint = sum(paper.joint for paper in own)
            assert row["joint_works"] == joint
            assert (row[f"share_{end}"] == joint / works) if works else pd.isna(row[f"share_{end}"])
