"""`schemes` and `query new`: what a query can name, and a query written by asking."""

import json
from pathlib import Path

from command_line import bibnet

from bibnet.query import load_query

ANSWERS = [
    *("tum-china", "Who works with TUM?", "2017", "2022", "topics,keywords"),
    *("tum", "I62916508, I58956616", "china", "china_merics", "", "joint", "openalex"),
]


def asked(folder: Path, answers: list[str]) -> tuple[int, str, str]:
    given = ("\n".join(answers) + "\n").encode()
    done = bibnet("query", "new", "--out", folder, given=given)
    return done.returncode, done.stdout.strip(), done.stderr


def test_a_query_is_written_from_answers_and_can_be_read(tmp_path: Path) -> None:
    code, path, _ = asked(tmp_path, ANSWERS)
    assert (code, path) == (0, str(tmp_path / "tum-china.toml"))
    query = load_query(Path(path))
    assert query.years == (2017, 2022)
    assert query.ai == ("topics", "keywords")
    assert query.side_institutions == {"tum": ("I62916508", "I58956616")}
    assert query.sides["china"] == ("CN", "HK")
    assert (query.harvest, query.affiliations) == ("joint", "openalex")
    assert query.question == "Who works with TUM?"


def test_wrong_answers_are_told_together_and_nothing_is_written(tmp_path: Path) -> None:
    answers = [*ANSWERS]
    answers[2:4], answers[8] = ["2022", "2017"], "chinna"
    code, _, said = asked(tmp_path, answers)
    assert code == 10
    assert "years run backwards" in said
    assert "unknown scheme" in said
    assert list(tmp_path.iterdir()) == []


def test_a_query_that_is_there_is_kept(tmp_path: Path) -> None:
    asked(tmp_path, ANSWERS)
    code, _, said = asked(tmp_path, ANSWERS)
    assert (code, "the query is there already" in said) == (2, True)


def test_schemes_lists_countries_schemes_and_venues() -> None:
    found = json.loads(bibnet("schemes", "--json").stdout)
    assert {"scheme": "china_merics", "countries": ["CN", "HK"]} in found["schemes"]
    assert {"country": "DE", "name": "Germany"} in found["countries"]
    assert "NeurIPS" in next(
        row["venues"] for row in found["venues"] if row["scheme"] == "csrankings_ai"
    )
    text = bibnet("schemes").stdout
    assert "  china_merics: CN, HK" in text
