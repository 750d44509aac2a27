"""`bibnet centrality --edges` as a user runs it."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from bibnet.cli import app
from bibnet.schema.errors import BibnetError

RUNNER = CliRunner()


@pytest.fixture
def edge_file(tmp_path: Path) -> Path:
    path = tmp_path / "pairs.csv"
    path.write_text("a,b,works\nDE,CN,5\nFR,CN,2\nDE,FR,1\n", encoding="utf-8")
    return path


def test_the_table_goes_to_standard_output_and_words_to_standard_error(edge_file: Path) -> None:
    done = RUNNER.invoke(app, ["centrality", "--edges", str(edge_file), "--weights", "none"])
    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    assert [line.split(",")[0] for line in lines] == ["node", "CN", "DE", "FR"]
    assert lines[1].startswith("CN,2,7,0.0,1.0,2.0,")
    assert "3 nodes, 3 edges, 1 components" in done.stderr


def test_the_table_goes_to_a_file_twice_the_same(edge_file: Path, tmp_path: Path) -> None:
    files = [tmp_path / "new" / "one.csv", tmp_path / "two.csv"]
    for file in files:
        done = RUNNER.invoke(app, ["centrality", "--edges", str(edge_file), "--out", str(file)])
        assert done.stdout.strip() == str(file)
    assert files[0].read_bytes() == files[1].read_bytes()
    assert b"\r" not in files[0].read_bytes()


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ([], 2),
        (["RUN", "--edges", "FILE"], 2),
        (["--edges", "FILE", "--weights", "strength"], 2),
        (["--edges", "FILE", "--min-weight", "-1"], 2),
        (["--edges", "FILE", "--min-weight", "nan"], 2),
        (["--edges", "FILE", "--country", "DE"], 2),
        (["--edges", "FILE", "--min-weight", "400"], 11),
        (["--edges", "absent.csv"], 11),
    ],
)
def test_a_mistake_has_its_exit_code(edge_file: Path, arguments: list[str], code: int) -> None:
    given = [str(edge_file) if word == "FILE" else word for word in arguments]
    done = RUNNER.invoke(app, ["centrality", *given])
    assert isinstance(done.exception, BibnetError)
    assert done.exception.exit_code == code
