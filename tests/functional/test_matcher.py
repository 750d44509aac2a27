"""`bibnet matcher train` and `measure` from end to end on a few invented strings."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bibnet.cli import app
from bibnet.places.match.ranker import load_ranker

HOUSES = {
    "a": ("University of Oxford", "GB", "Oxford"),
    "b": ("Nanjing University", "CN", "Nanjing"),
}


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    registry, labels = tmp_path / "ror.jsonl", tmp_path / "labels.jsonl"
    records = [
        {"id": key, "name": name, "cc": country, "city": city, "types": ["education"]}
        for key, (name, country, city) in HOUSES.items()
    ]
    registry.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    strings = [
        {"text": f"Group {word}, {name}, {city}", "ror": [key], "set": "s2aff_gold"}
        for key, (name, _, city) in HOUSES.items()
        for word in ("one", "two", "three", "four", "five", "six")
    ]
    labels.write_text("\n".join(map(json.dumps, strings)), encoding="utf-8")
    return registry, labels


def test_train_writes_models_that_load(files: tuple[Path, Path], tmp_path: Path) -> None:
    registry, labels = files
    asked = ["--labels", str(labels), "--registry", str(registry)]
    done = CliRunner().invoke(app, ["matcher", "train", *asked, "--out", str(tmp_path / "out")])
    assert done.exit_code == 0, done.output
    card = json.loads((tmp_path / "out" / "matcher.json").read_text(encoding="utf-8"))
    assert card["trained_on"] == {"s2aff_gold": 12}
    assert load_ranker(tmp_path / "out").least == card["least"]


def test_measure_prints_the_table_and_writes_errors(
    files: tuple[Path, Path], tmp_path: Path
) -> None:
    registry, labels = files
    asked = ["--labels", str(labels), "--registry", str(registry)]
    errors = tmp_path / "errors.jsonl"
    done = CliRunner().invoke(app, ["matcher", "measure", *asked, "--errors", str(errors)])
    assert done.exit_code == 0, done.output
    assert "| s2aff_gold | 12 |" in done.output
    assert "strings/s in one process" in done.output
    written = [json.loads(line) for line in errors.read_text(encoding="utf-8").splitlines()]
    assert f"{len(written):,} strings written" in done.output
    assert written == [] or {one["set"] for one in written} == {"s2aff_gold"}
