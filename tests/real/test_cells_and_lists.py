"""200 random cells of all exhibits equal the recount of the works they list."""

import math
import random
from pathlib import Path

import pandas as pd
import pytest
from build import authorship, institution, work, write_lines

from bibnet.metrics.exhibits import EXHIBITS as COUNTED
from bibnet.query import parse_query
from bibnet.report.content.report_content import with_declared_frames
from bibnet.report.page.page import all_findings
from bibnet.runs.explore.behind import RunWorks
from bibnet.runs.open import Run, load
from bibnet.runs.pipeline.order import run_query
from bibnet.runs.pipeline.request import Request
from bibnet.runs.report_content import report_content
from bibnet.schema import EXHIBITS

pytestmark = [pytest.mark.real, pytest.mark.long]
CELLS, SEED = 200, 20261121
QUERY = {
    "name": "cells",
    "question": "How entangled?",
    "works": {"ai": ["all"]},
    "sides": {"europe": "europe_merics", "china": "china_merics"},
    "count": {"affiliations": "resolve"},
}

# No real work of the sample is sensitive: this invented one is, by a listed body and a keyword.
LISTED = institution(
    82880672, "CN", display_name="Beihang University", ror="https://ror.org/00wk2mp56"
)
PLANTED = work(
    9_000_000_001, authorship(LISTED), authorship(institution(1)), title="Gait recognition"
)
# Exhibits that count pairs of partners; their works are listed, but add up to nothing in them.
OF_PAIRS = {"brokerage"}


@pytest.fixture(scope="module")
def run(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    out = tmp_path_factory.mktemp("cells")
    works = (
        shared_data / "openalex" / "works.jsonl.gz",
        write_lines(out / "planted.jsonl", PLANTED),
    )
    registry = shared_data / "registry" / "ror_organisations.jsonl.gz"
    query = parse_query(QUERY, path=out / "cells.toml")
    return load(run_query(Request(query, works, out, registry=registry), lambda line: None))


def test_random_cells_are_the_works_they_list(run: Run) -> None:
    chance = random.Random(SEED)
    frames = {table.name: run.exhibit(table.name) for table in EXHIBITS.values()}
    filled = sorted(name for name in frames if len(frames[name]))
    drawn = filled + chance.choices(filled, k=CELLS - len(filled))  # each exhibit at least once
    for name in drawn:
        row = frames[name].iloc[chance.randrange(len(frames[name]))]
        keys = COUNTED[name].incidence(run.tables).keys
        cell = {key: None if pd.isna(row[key]) else row[key] for key in keys}
        listed = run.works(name, **cell)
        assert_same(name, row, listed)


def assert_same(name: str, row: pd.Series, listed: pd.DataFrame) -> None:
    assert listed["work_id"].is_unique
    about = {"work_id", "doi", "title", "year"}  # what the list says of a work, not of the cell
    counted = [column for column in listed.columns if column in row.index and column not in about]
    if name == "duplicates":
        assert set(listed["work_id"]) == {row["work_a"], row["work_b"]}
    else:
        assert counted or name in OF_PAIRS
    for column in counted:
        found = listed[column].sum()
        assert math.isclose(found, row[column], abs_tol=1e-9), (name, dict(row), column, found)
    if "works" in row.index and "works" in listed.columns:
        assert len(listed) == row["works"], (name, dict(row))


def test_numbers_of_findings_are_those_of_the_works_they_lead_to(run: Run) -> None:
    content = report_content(run.folder, run.manifest, RunWorks(run.engine, run.tables))
    counted = [
        one for found in all_findings(with_declared_frames(content)) for one in found.counted
    ]
    assert len(counted) > 12
    for one in counted:
        listed = run.works(one.cell.exhibit, on_lists=one.cell.on_lists, **one.cell.keys)
        assert f"{(listed[one.cell.count] > 0).sum():,}" == one.number, one


def test_every_exhibit_was_filled(run: Run) -> None:
    empty = {table.name for table in EXHIBITS.values() if not len(run.exhibit(table.name))}
    assert not empty
