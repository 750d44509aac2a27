"""Works whose source states countries and no institution: pairs of countries, no network."""

from pathlib import Path

import pytest
from build import authorship, work
from runs import run

pytestmark = pytest.mark.long


def test_a_run_of_countries_without_institutions_ends(tmp_path: Path) -> None:
    authors = (authorship(countries=["DE"]), authorship(countries=["CN"]))
    found = run(tmp_path, work(1, *authors))
    pairs = found.exhibit("country_pairs")[["country_a", "country_b", "works"]]
    assert pairs.to_numpy().tolist() == [["CN", "DE", 1]]
    assert found.exhibit("institution_pairs").empty
    assert "Institutions of Germany" not in (found.folder / "report.html").read_text("utf-8")
