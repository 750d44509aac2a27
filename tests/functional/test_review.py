"""The review as a user does it: run, sample, fill in, score, run again with the verdicts."""

import csv
import json
from pathlib import Path

import pytest
from build import SMALL_QUERY, authorship, institution, work, write_lines
from command_line import bibnet

from bibnet.runs.open import load

BEIHANG = institution(5, "CN", display_name="Beihang University", ror="https://ror.org/00wk2mp56")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "small.toml").write_text(SMALL_QUERY, encoding="utf-8")
    titles = ["Gait recognition", "Crowd counting", "On birds"]
    write_lines(
        tmp_path / "works.jsonl",
        *[work(n, authorship(BEIHANG), title=title) for n, title in enumerate(titles, start=1)],
    )
    return tmp_path


def made(folder: Path, *more: object) -> Path:
    done = bibnet("run", "small.toml", "--works", "works.jsonl", *more, cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder / done.stdout.strip()


def rows(run: Path, exhibit: str) -> list[dict[str, str]]:
    with (run / "exhibits" / f"{exhibit}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def filled(folder: Path, run: Path, **verdicts: str) -> Path:
    """A sample of the run in which keys that hold a word have its verdict, all others accept."""
    said = bibnet("review", "sample", run, "--out", "sample.csv", cwd=folder)
    assert (said.returncode, said.stdout.strip()) == (0, "sample.csv")
    with (folder / "sample.csv").open(encoding="utf-8") as file:
        drawn = list(csv.DictReader(file))
    for row in drawn:
        found = [verdict for word, verdict in verdicts.items() if word in row["key"]]
        row["verdict"] = found[0] if found else "accept"
    with (folder / "sample.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, drawn[0])
        writer.writeheader()
        writer.writerows(drawn)
    return folder / "sample.csv"


@pytest.mark.long
def test_a_dropped_keyword_and_a_rejected_flag_change_the_next_run(folder: Path) -> None:
    first = made(folder)
    assert [(row["work_id"], row["matched_text"]) for row in rows(first, "sensitive_works")] == [
        ("W1", "Gait recognition"),  # biometric_surveillance
        ("W1", "Gait recognition"),  # surveillance
        ("W2", "Crowd counting"),
    ]
    sample = filled(folder, first, gait="reject")
    scored = bibnet("review", "score", first, sample, "--out", "v.csv", "--json", cwd=folder)
    decisions = {one["key"]: one["decision"] for one in json.loads(scored.stdout)}
    assert decisions == {
        "beihang-university:I5": "keep",
        "biometric_surveillance:gait recognition": "drop",
        "surveillance:gait recognition": "drop",
        "surveillance:crowd counting": "keep",
    }
    second = made(folder, "--verdicts", "v.csv")
    assert [row["work_id"] for row in rows(second, "sensitive_works")] == ["W2"]
    assert second.name != first.name
    manifest = json.loads((second / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["review"]["file"] == "v.csv"
    assert len(manifest["review"]["sha256"]) == 64
    assert "surveillance: gait recognition" in manifest["review"]["dropped_keywords"]
    page = (second / "report.html").read_text(encoding="utf-8")
    assert "Keywords dropped by reviewers" in page


def test_a_rejected_flag_stays_visible_in_its_table(folder: Path) -> None:
    text = "kind,key,verdict\nflag,beihang-university,reject\n"
    (folder / "v.csv").write_text(text, encoding="utf-8")
    query = SMALL_QUERY.replace("[sides]", '[review]\nverdicts = "v.csv"\n[sides]')
    (folder / "small.toml").write_text(query, encoding="utf-8")
    landed = made(folder)
    assert rows(landed, "defence") == rows(landed, "sensitive_works") == []
    assert bibnet("verify", landed, cwd=folder).returncode == 0
    assert load(landed).table("list_flag")["rejected_by"].tolist() == ["verdict in row 2"] * 3
    sample = filled(folder, landed, gait="reject")
    scored = bibnet("review", "score", landed, sample, "--out", "w.csv", cwd=folder)
    assert scored.returncode == 0
    assert "biometric_surveillance:gait recognition" in scored.stdout
    assert "keyword,biometric_surveillance:gait recognition,reject" in (
        (folder / "w.csv").read_text(encoding="utf-8")
    )


def test_a_wrong_file_of_verdicts_ends_14_with_every_fault(folder: Path) -> None:
    text = "kind,key,verdict\nflag,nobody,reject\nkeyword,military:no such word,perhaps\n"
    (folder / "v.csv").write_text(text, encoding="utf-8")
    done = bibnet("run", "small.toml", "--works", "works.jsonl", "--verdicts", "v.csv", cwd=folder)
    assert done.returncode == 14
    for what in ("unknown flag 'nobody'", "unknown keyword", "unknown verdict 'perhaps'"):
        assert what in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.long
def test_a_sample_of_another_run_ends_11(folder: Path) -> None:
    first = made(folder)
    sample = filled(folder, first)
    sample.write_text(
        sample.read_text(encoding="utf-8").replace(first.name, "another"), encoding="utf-8"
    )
    done = bibnet("review", "score", first, sample, cwd=folder)
    assert (done.returncode, "a row of another run" in done.stderr) == (11, True)


@pytest.mark.long
def test_an_unknown_family_is_a_usage_error(folder: Path) -> None:
    done = bibnet("review", "sample", made(folder), "--family", "magic", cwd=folder)
    assert (done.returncode, "no keyword of the family 'magic'" in done.stderr) == (2, True)


@pytest.mark.long
def test_the_sample_is_printed_where_no_file_is_asked_for(folder: Path) -> None:
    run = made(folder)
    one, two = (bibnet("review", "sample", run, "--seed", 3, cwd=folder).stdout for _ in range(2))
    assert one == two
    assert one.startswith("sample_id,run,kind,key,")
