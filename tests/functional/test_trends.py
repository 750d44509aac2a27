"""`trends` on invented titles, counted by hand."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from build import authorship, institution, work
from command_line import bibnet

TITLES = [
    (2018, "en", "Security of artificial intelligence in hospitals"),
    (2018, "en", "Artificial Intelligence and national SECURITY"),
    (2018, "en", "Artificial intelligence and securities of a bank"),
    (2018, "zh", "人工智能时代的国家安全"),
    (2019, "en", "Artificial intelligence"),
    (2019, None, "Artificial-intelligence security"),
    (2019, "zh", "网络安全"),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    someone = authorship(institution(1, "CN"))
    works = [
        work(n, someone, publication_year=year, language=language, display_name=title, title=title)
        for n, (year, language, title) in enumerate(TITLES, 1)
    ]
    text = "".join(json.dumps(one) + "\n" for one in works)
    (tmp_path / "works.jsonl.gz").write_bytes(gzip.compress(text.encode()))
    (tmp_path / "q.toml").write_text(
        'name = "q"\nquestion = "invented"\n[works]\nyears = [2018, 2019]\nai = ["all"]\n'
        '[sides]\neurope = "europe_merics"\nchina = "china_merics"\n'
    )
    return tmp_path


def trends(folder: Path, *arguments: object) -> dict[str, Any]:
    done = bibnet(
        "trends", folder / "q.toml", "--works", folder / "works.jsonl.gz", *arguments, "--json"
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def counted(found: dict[str, Any], words: str) -> dict[tuple[int, str], tuple[int, int]]:
    return {
        (row["year"], row["language"]): (row["works"], row["total"])
        for row in found["trends"]
        if row["words"] == words
    }


def test_titles_with_all_the_words_by_year_and_language(folder: Path) -> None:
    found = trends(folder)
    assert found["facts"]["words"] == ["artificial intelligence + security", "人工智能 + 安全"]
    assert counted(found, "artificial intelligence + security") == {
        (2018, "all"): (2, 4),
        (2018, "en"): (2, 3),
        (2018, "zh"): (0, 1),
        (2019, "all"): (1, 3),
        (2019, "en"): (0, 1),
        (2019, "unknown"): (1, 1),
        (2019, "zh"): (0, 1),
    }
    chinese = counted(found, "人工智能 + 安全")
    assert (chinese[2018, "zh"], chinese[2018, "all"], chinese[2019, "zh"]) == (
        (1, 1),
        (1, 4),
        (0, 1),
    )
    assert {row["work_id"] for row in found["works"]} == {"W1", "W2", "W4", "W6"}
    assert found["facts"]["works_of_unknown_language"] == 1


def test_words_of_ones_own(folder: Path) -> None:
    found = trends(folder, "--words", "artificial intelligence + bank")
    assert counted(found, "artificial intelligence + bank")[2018, "all"] == (1, 4)
    done = bibnet(
        "trends", folder / "q.toml", "--works", folder / "works.jsonl.gz", "--words", "a +"
    )
    assert done.returncode == 2
    assert "not a list of words" in done.stderr


def test_without_works_the_remedy_is_named(folder: Path) -> None:
    done = bibnet("trends", folder / "q.toml", "--harvests", folder / "none")
    assert done.returncode == 11
    assert "bibnet harvest" in done.stderr
