"""`bibnet run` as a user calls it: what lands, what is said, which exit code."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from build import SMALL_QUERY, authorship, institution, work, write_lines
from runs import run

from bibnet.schema import EXHIBITS


def bibnet(*arguments: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "bibnet", *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "small.toml").write_text(SMALL_QUERY, encoding="utf-8")
    joint = work(1, authorship(institution(1)), authorship(institution(2, "CN")))
    write_lines(tmp_path / "works.jsonl", joint, work(2, authorship(institution(1))))
    return tmp_path


def fails(folder: Path, *arguments: object) -> tuple[int, str]:
    done = bibnet("run", *arguments, cwd=folder)
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    left = [path.name for path in (folder / "outputs").glob("*/*")]
    assert left == []
    return done.returncode, done.stderr


def test_a_run_lands_whole_and_is_verified(folder: Path) -> None:
    done = bibnet("run", "small.toml", "--works", "works.jsonl", cwd=folder)
    assert done.returncode == 0, done.stderr
    landed = folder / done.stdout.strip()
    assert landed.parent == folder / "outputs" / "small"
    assert landed.name.startswith("2026-02-01-")
    names = {path.relative_to(landed).as_posix() for path in landed.rglob("*") if path.is_file()}
    assert {f"exhibits/{table.name}.csv" for table in EXHIBITS.values()} <= names
    assert {"manifest.json", "report.html", "report.xlsx", "quarantine.jsonl"} <= names
    assert "works/s" in done.stderr
    checked = bibnet("verify", landed, cwd=folder)
    assert checked.returncode == 0
    assert "as recorded, counts add up" in checked.stdout


def test_a_changed_file_fails_verification(folder: Path) -> None:
    landed = bibnet("run", "small.toml", "--works", "works.jsonl", cwd=folder).stdout.strip()
    (folder / landed / "exhibits" / "years.csv").write_text("year\n", encoding="utf-8")
    (folder / landed / "extra.txt").write_text("", encoding="utf-8")
    checked = bibnet("verify", landed, cwd=folder)
    assert checked.returncode == 15
    assert "the file is changed" in checked.stderr
    assert "the file is not of the run" in checked.stderr


def test_a_folder_that_is_no_run_cannot_be_verified(folder: Path) -> None:
    checked = bibnet("verify", folder, cwd=folder)
    assert (checked.returncode, "not a finished run" in checked.stderr) == (11, True)


def test_three_mistakes_of_a_query_are_reported_together(folder: Path) -> None:
    text = (
        SMALL_QUERY.replace('["CN", "HK"]', '["CN", "DE"]')
        + "[works2]\n[network]\nlevel = 'street'\n"
    )
    (folder / "wrong.toml").write_text(text, encoding="utf-8")
    code, said = fails(folder, "wrong.toml", "--works", "works.jsonl")
    assert code == 10
    for what in ("unknown key", "unknown value", "sides overlap in DE"):
        assert what in said


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "no work is left of 0 lines"),
        ("id,title\nW1,A title\n", "no work is left of 2 lines"),
        ('{"id": "https://openalex.org/A1", "display_name": "An author"}\n', "other_entity"),
        ('{"id": "https://openalex.org/W1", "title": "No year", "authorships": []}\n', "no_year"),
    ],
)
def test_a_run_that_keeps_no_work_says_why(folder: Path, content: str, reason: str) -> None:
    (folder / "input").write_text(content, encoding="utf-8")
    code, said = fails(folder, "small.toml", "--works", "input")
    assert code == 11
    assert reason in said


def test_a_missing_input_is_named(folder: Path) -> None:
    code, said = fails(folder, "small.toml", "--works", "nowhere.jsonl")
    assert (code, "nowhere.jsonl" in said) == (11, True)


def test_a_folder_without_works_is_named(folder: Path) -> None:
    (folder / "empty").mkdir()
    code, said = fails(folder, "small.toml", "--works", "empty")
    assert (code, "empty" in said) == (11, True)


def test_without_works_and_without_a_key_the_command_says_what_to_do(folder: Path) -> None:
    code, said = fails(folder, "small.toml")
    assert (code, "OPENALEX_API_KEY" in said) == (2, True)


def test_an_output_that_cannot_be_written_is_named(folder: Path) -> None:
    (folder / "taken").write_text("", encoding="utf-8")
    code, said = fails(folder, "small.toml", "--works", "works.jsonl", "--out", "taken")
    assert (code, "cannot write the output" in said) == (2, True)


def test_an_unknown_option_value_is_a_usage_error(folder: Path) -> None:
    code, _ = fails(folder, "small.toml", "--works", "works.jsonl", "--affiliations", "guess")
    assert code == 2
    code, _ = fails(folder, "small.toml", "--works", "works.jsonl", "--engine", "abacus")
    assert code == 2


def test_the_command_line_beats_the_query_and_both_are_kept(folder: Path) -> None:
    arguments = ("small.toml", "--works", "works.jsonl", "--affiliations", "openalex")
    landed = bibnet("run", *arguments, cwd=folder).stdout.strip()
    manifest = json.loads((folder / landed / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["query"]["count"]["affiliations"] == "openalex"
    assert manifest["command"] == ["--affiliations openalex"]
    assert manifest["query_text"] == SMALL_QUERY


def test_every_command_has_help_with_an_example(tmp_path: Path) -> None:
    for command in ("demo", "harvest", "run", "compare", "verify"):
        shown = bibnet(command, "--help", cwd=tmp_path)
        assert shown.returncode == 0
        assert "Example: bibnet" in shown.stdout


def test_defects_are_counted_and_nothing_is_lost(tmp_path: Path) -> None:
    good = work(1, authorship(institution(1)), authorship(institution(2, "CN")))
    newer = {**good, "title": "Newer", "updated_date": "2026-02-03T00:00:00"}
    done = run(tmp_path, newer, good, "{broken", "", work(2, is_retracted=True), '{"id": "W3"}')
    counts = done.manifest["counts"]
    assert counts["lines"] == 6
    assert (counts["works_kept"], counts["duplicates"], counts["excluded"]) == (
        1,
        1,
        {"no_year": 1, "retracted": 1},
    )
    assert counts["quarantined"] == 2
    assert done.works("years", year=2020, side="all")["title"].tolist() == ["Newer"]


def test_hostile_titles_and_names_stay_text(tmp_path: Path) -> None:
    title = '<script>alert(1)</script>"=cmd()\u202e\x00'
    names = {"display_name": '=HYPERLINK("http://x")</script>'}
    done = run(tmp_path, work(1, authorship(institution(1, **names)), title=title))
    page = (done.folder / "report.html").read_text(encoding="utf-8")
    assert "<script>alert" not in page
    assert '=HYPERLINK("http' not in page.replace("&#34;", '"').split("<body", 1)[0]
    raw = (done.folder / "exhibits" / "institutions.csv").read_text(encoding="utf-8")
    assert "'=HYPERLINK" in raw
    assert done.exhibit("institutions")["institution"].tolist() == [names["display_name"]]


def test_a_work_with_6000_authors_and_a_title_of_5_megabytes(tmp_path: Path) -> None:
    authors = [
        authorship(institution(number % 40, "CN" if number % 2 else "DE")) for number in range(6000)
    ]
    done = run(tmp_path, work(1, *authors, title="x" * 5_000_000))
    row = done.exhibit("coverage").iloc[0]
    assert (row["works"], row["authorships"], row["authorships_with_country"]) == (1, 6000, 6000)
    assert len(done.exhibit("institution_pairs")) == 40 * 39 // 2


def test_the_works_of_an_unknown_cell_are_a_usage_error(tmp_path: Path) -> None:
    done = run(tmp_path, work(1, authorship(institution(1))))
    assert done.works("countries", country="DE")["work_id"].tolist() == ["W1"]
    assert done.works("topics", topic_id=None)["joint_works"].tolist() == [0]
    with pytest.raises(Exception, match="has no key city"):
        done.works("countries", city="Berlin")
    with pytest.raises(Exception, match="no exhibit"):
        done.works("weather")


def test_works_of_many_countries_can_be_left_out(tmp_path: Path) -> None:
    wide = work(1, *(authorship(institution(at, c)) for at, c in enumerate(("DE", "CN", "US"))))
    narrow = work(2, authorship(institution(9)))
    done = run(tmp_path, wide, narrow, query={"works": {"ai": ["all"], "max_countries": 2}})
    assert done.manifest["counts"]["excluded"] == {"max_countries": 1}
    assert done.exhibit("countries").dropna(subset="side")["country"].tolist() == ["DE"]


def test_a_joint_harvest_leaves_what_needs_one_sided_works_empty(tmp_path: Path) -> None:
    joint = work(1, authorship(institution(1)), authorship(institution(2, "CN")))
    done = run(tmp_path, joint, query={"works": {"ai": ["all"], "harvest": "joint"}})
    years = done.exhibit("years")
    assert years["joint_works"].tolist() == [1, 1, 1]
    assert years[["works", "works_fractional", "share", "share_high"]].isna().all().all()
    assert any("joint works only" in note for note in done.manifest["notes"])


def test_a_level_that_is_not_computed_is_said(tmp_path: Path) -> None:
    joint = work(1, authorship(institution(1)), authorship(institution(2, "CN")))
    done = run(tmp_path, joint, query={"network": {"level": "city"}})
    assert any("the level city" in note for note in done.manifest["notes"])
    assert "the level city" in (done.folder / "report.html").read_text(encoding="utf-8")
