"""A run of files from both sides of a re-match says so, and keeps the later copy of a work."""

import pytest
from build import SIDES, authorship, institution, work, write_lines

from bibnet.query import parse_query
from bibnet.runs.open import Run, load
from bibnet.runs.pipeline.order import run_query
from bibnet.runs.pipeline.request import Request
from bibnet.schema.exhibits.volume import YEARS
from bibnet.storage.exhibits import read_exhibit

pytestmark = pytest.mark.long

DE, CN = authorship(institution(1, "DE")), authorship(institution(2, "CN"))


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Work 1 in a file of each side, with one `updated_date`; the older file is read last."""
    folder = tmp_path_factory.mktemp("mixed")
    for day, works in (("2026-10-05", [work(1, DE, CN)]), ("2026-09-01", [work(1, DE), work(2)])):
        (folder / day).mkdir()
        write_lines(folder / day / "works.jsonl", *works)
    asked = parse_query(
        {
            "name": "small",
            "question": "How entangled?",
            "works": {"ai": ["all"]},
            "sides": SIDES,
            "count": {"affiliations": "openalex"},
        },
        path=folder / "small.toml",
    )
    inputs = (folder / "2026-10-05", folder / "2026-09-01")
    return load(run_query(Request(asked, inputs, folder / "outputs"), lambda line: None))


WARNING = "2 works were taken before it and 1 after. 2026-09-28, OpenAlex: affiliation matcher"


def test_the_warning_has_the_counts_and_stands_in_manifest_and_report(mixed: Run) -> None:
    assert [WARNING in text for text in mixed.manifest["warnings"]] == [True]
    assert WARNING in (mixed.folder / "report.html").read_text(encoding="utf-8")


def test_of_two_copies_with_one_date_the_later_file_counts(mixed: Run) -> None:
    years = read_exhibit(mixed.folder, YEARS)
    assert set(years["joint_works"]) == {1}


def test_events_within_the_years_are_in_manifest_and_report(mixed: Run) -> None:
    events = mixed.manifest["source"]["events"]
    assert {"2021", "2025-11-12", "2026-09-28"} <= {event["date"] for event in events}
    assert "2026-10-15" not in {event["date"] for event in events}  # a change of access only
    page = (mixed.folder / "report.html").read_text(encoding="utf-8")
    assert "Events at the source since the first year of the works" in page
