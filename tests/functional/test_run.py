"""`bibnet run` as a user calls it: what lands, what is said, which exit code."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from build import SMALL_QUERY, authorship, institution, work, write_lines
from command_line import bibnet
from runs import run

from bibnet.cli import COMMANDS
from bibnet.runs.open import load
from bibnet.schema import EXHIBITS


def written(folder: Path) -> Path:
    """A folder with a small query and two works, one of them joint."""
    (folder / "small.toml").write_text(SMALL_QUERY, encoding="utf-8")
    joint = work(1, authorship(institution(1)), authorship(institution(2, "CN")))
    write_lines(folder / "works.jsonl", joint, work(2, authorship(institution(1))))
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return written(tmp_path)


@pytest.fixture(scope="module")
def landed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A finished run, made by the command in a process of its own."""
    folder = written(tmp_path_factory.mktemp("run"))
    command = [sys.executable, "-m", "bibnet", "run", "small.toml", "--works", "works.jsonl"]
    done = subprocess.run(
        [*command, "--affiliations", "openalex"],
        cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "works/s" in done.stderr
    return folder / done.stdout.strip()


def fails(folder: Path, *arguments: object) -> tuple[int, str]:
    done = bibnet("run", *arguments, cwd=folder)
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    left = [path.name for path in (folder / "outputs").glob("*/*")]
    assert left == []
    return done.returncode, done.stderr


def test_a_run_lands_whole_and_is_verified(landed: Path) -> None:
    assert landed.parent.name == "small"
    assert landed.name.startswith("2026-02-01-")
    names = {path.relative_to(landed).as_posix() for path in landed.rglob("*") if path.is_file()}
    assert {f"exhibits/{name}.csv" for name in EXHIBITS} <= names
    assert {"manifest.json", "report.html", "report.xlsx", "quarantine.jsonl"} <= names
    checked = bibnet("verify", landed)
    assert checked.returncode == 0
    assert "as recorded, counts add up" in checked.stdout


def test_a_changed_file_fails_verification(landed: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(landed, tmp_path / landed.name)
    (copy / "exhibits" / "years.csv").write_text("year\n", encoding="utf-8")
    (copy / "extra.txt").write_text("", encoding="utf-8")
    checked = bibnet("verify", copy)
    assert checked.returncode == 15
    assert "the file is changed" in checked.stderr
    assert "the file is not of the run" in checked.stderr


def test_commands_that_read_a_changed_file_say_so(landed: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(landed, copy)
    exhibit = copy / "exhibits" / "countries.csv"
    exhibit.write_bytes(exhibit.read_bytes() + b" \n")
    said = f"warning: {exhibit} has changed since the run was made"
    assert said in bibnet("works", copy, "countries", "country=DE").stderr
    assert said in bibnet("centrality", copy, "--country", "DE").stderr
    assert "warning" not in bibnet("works", landed, "countries", "country=DE").stderr


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


def test_the_command_line_beats_the_query_and_both_are_kept(landed: Path) -> None:
    manifest = json.loads((landed / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["query"]["count"]["affiliations"] == "openalex"
    assert manifest["command"] == ["--affiliations openalex"]
    assert manifest["query_text"] == SMALL_QUERY


@pytest.mark.parametrize(
    "command",
    [name for name, _, _ in COMMANDS if name not in ("query", "review", "matcher")]
    + ["query new", "review sample", "review score", "matcher train", "matcher measure"],
)
@pytest.mark.parametrize("option", ["--help", "-h"])
def test_every_command_has_help_with_an_example(command: str, option: str) -> None:
    shown = bibnet(*command.split(), option)
    assert shown.returncode == 0
    assert f"Example: bibnet {command}" in " ".join(shown.stdout.split())


def test_commands_stand_in_the_order_a_user_meets_them() -> None:
    shown = bibnet("--help").stdout
    places = [shown.index(f"\u2502 {name} ") for name, _, _ in COMMANDS]
    assert places == sorted(places)


def test_the_version_is_printed() -> None:
    assert bibnet("--version").stdout.startswith("bibnet 0.")


def test_quiet_anywhere_leaves_results_and_errors_alone(landed: Path) -> None:
    for arguments in (("-q", "verify", landed), ("verify", landed, "--quiet")):
        done = bibnet(*arguments)
        assert (done.returncode, done.stderr) == (0, "")
        assert "as recorded" in done.stdout
    assert "not a finished run" in bibnet("verify", "nowhere", "--quiet").stderr


def test_an_interrupted_command_leaves_no_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("bibnet.runs.verify.verify_run", interrupted)
    monkeypatch.setattr("bibnet.runs.verify_run", interrupted, raising=False)
    done = bibnet("verify", "anything")
    assert (done.returncode, "Traceback" in done.stderr) == (130, False)


@pytest.mark.long
def test_defects_are_counted_and_nothing_is_lost(tmp_path: Path) -> None:
    good = work(1, authorship(institution(1)), authorship(institution(2, "CN")))
    newer = {**good, "title": "Newer", "updated_date": "2026-02-03T00:00:00"}
    wide = work(4, *(authorship(institution(at, c)) for at, c in enumerate(("DE", "CN", "US"))))
    lines = (newer, good, wide, "{broken", "", work(2, is_retracted=True), '{"id": "W3"}')
    done = run(tmp_path, *lines, query={"works": {"ai": ["all"], "max_countries": 2}})
    counts = done.manifest["counts"]
    assert counts["lines"] == 7
    assert (counts["works_kept"], counts["duplicates"], counts["excluded"]) == (
        1,
        1,
        {"max_countries": 1, "no_year": 1, "retracted": 1},
    )
    assert counts["quarantined"] == 2
    assert done.works("years", year=2020, side="all")["title"].tolist() == ["Newer"]
    assert done.exhibit("countries").dropna(subset="side")["country"].tolist() == ["CN", "DE"]


@pytest.mark.long
def test_hostile_titles_and_6000_authors(tmp_path: Path) -> None:
    title = '<script>alert(1)</script>"=cmd()\u202e\x00'
    names = {"display_name": '=HYPERLINK("http://x")</script>'}
    authors = [authorship(institution(n % 40, "CN" if n % 2 else "DE")) for n in range(6000)]
    works = (
        work(1, authorship(institution(99, **names)), title=title),
        work(2, *authors, title="x" * 5_000_000),
    )
    done = run(tmp_path, *works)
    page = (done.folder / "report.html").read_text(encoding="utf-8")
    assert "<script>alert" not in page
    assert '=HYPERLINK("http' not in page.replace("&#34;", '"').split("<body", 1)[0]
    raw = (done.folder / "exhibits" / "institutions.csv").read_text(encoding="utf-8")
    assert "'=HYPERLINK" in raw
    assert names["display_name"] in done.exhibit("institutions")["institution"].tolist()
    row = done.exhibit("coverage").iloc[0]
    assert (row["works"], row["authorships"], row["authorships_with_country"]) == (2, 6001, 6001)
    assert len(done.exhibit("institution_pairs")) == 40 * 39 // 2


def test_the_works_of_an_unknown_cell_are_a_usage_error(landed: Path) -> None:
    done = load(landed)
    assert done.works("countries", country="DE")["work_id"].tolist() == ["W1", "W2"]
    assert done.works("countries", country="Germany")["work_id"].tolist() == ["W1", "W2"]
    assert done.works("topics", topic_id=None)["joint_works"].tolist() == [1, 0]
    one_way = done.works("country_pairs", country_a="CN", country_b="DE")
    assert len(one_way) == 1
    assert one_way.equals(done.works("country_pairs", country_a="DE", country_b="CN"))
    with pytest.raises(Exception, match="has no cell country='XX'"):
        done.works("countries", country="XX")
    with pytest.raises(Exception, match="has no column city"):
        done.works("countries", city="Berlin")
    with pytest.raises(Exception, match="no exhibit"):
        done.works("weather")


@pytest.mark.long
def test_a_joint_harvest_and_a_level_of_its_own_are_said(tmp_path: Path) -> None:
    joint = work(1, authorship(institution(1)), authorship(institution(2, "CN")))
    query = {"works": {"ai": ["all"], "harvest": "joint"}, "network": {"level": "city"}}
    done = run(tmp_path, joint, query=query)
    years = done.exhibit("years")
    assert years["joint_works"].tolist() == [1, 1, 1]
    assert years[["works", "works_fractional", "share", "share_high"]].isna().all().all()
    assert any("joint works only" in note for note in done.manifest["notes"])
    rows = done.exhibit("level_city_centrality")
    assert (rows["unit"].tolist(), rows["works"].isna().all()) == ([], True)
    assert any("the level city" in note for note in done.manifest["notes"])
    assert "the level city" in (done.folder / "report.html").read_text(encoding="utf-8")
