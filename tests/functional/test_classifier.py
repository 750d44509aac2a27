"""bibnet classifier and the rule ai = ["classifier"], from labelled works to a run."""

import json
from pathlib import Path

import pytest
from build import SIDES, authorship, institution, work, write_lines
from typer.testing import CliRunner

from bibnet.cli import app
from bibnet.query import QueryFiles, parse_query
from bibnet.runs.open import load
from bibnet.runs.pipeline.order import run_query
from bibnet.runs.pipeline.request import Request
from bibnet.schema.errors import BibnetError, InputError, QueryError, UsageError

AI = ("learning", "neural", "network", "robot", "vision", "policy", "deep", "planning")
OTHER = ("malaria", "genome", "soil", "protein", "river", "tax", "opera", "nursing")


def title(words: tuple[str, ...], n: int) -> str:
    return f"{words[n % 8]} {words[n // 8 % 8]} {words[n // 64 % 8]} study {'x' * (n % 7)}y"


def labelled(folder: Path, name: str, words: tuple[str, ...]) -> Path:
    records = [
        {"id": f"{name}{n}", "title": title(words, n), "year": 2020, "authors": [],
         "venue": f"{name}-{n % 2}"}
        for n in range(160)
    ]  # fmt: skip
    return write_lines(folder / f"{name}.jsonl", *records)


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict]:
    folder = tmp_path_factory.mktemp("classifier")
    model = folder / "ai.json"
    found = command(folder, "train", "--out", str(model), "--by-group")
    return model, found


def command(folder: Path, action: str, *more: str) -> dict:
    given = ["--positives", str(labelled(folder, "p", AI))]
    given += ["--negatives", str(labelled(folder, "n", OTHER))]
    result = CliRunner().invoke(app, ["classifier", action, *given, *more, "--json"])
    if result.exception and isinstance(result.exception, BibnetError):
        raise result.exception
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_training_says_what_went_in_and_what_came_out(trained: tuple[Path, dict]) -> None:
    _, record = trained
    assert record["counts"]["positive"] == {
        "read": 160, "without_text": 0, "left_out_by_rule": 0, "left_by_hash": 0, "used": 160,
    }  # fmt: skip
    assert [(file["label"], file["works"]) for file in record["inputs"]] == [
        ("positive", 160),
        ("negative", 160),
    ]
    held_out = record["held_out"]
    assert held_out["positives"] >= 10
    assert held_out["f1"] > 0.9
    low, high = held_out["recall_interval"]
    assert low <= held_out["recall"] <= high
    assert set(record["left_out_groups"]) == {"p-0", "p-1", "n-0", "n-1"}
    assert {row["rule"] for row in record["overlap"]} == {"keywords"}


def test_the_same_works_give_the_same_bytes(trained: tuple[Path, dict], tmp_path: Path) -> None:
    model, _ = trained
    again = tmp_path / "again.json"
    command(tmp_path, "train", "--out", str(again), "--by-group")
    assert again.read_bytes() == model.read_bytes()


def test_a_trained_model_is_measured_on_other_works(
    trained: tuple[Path, dict], tmp_path: Path
) -> None:
    found = command(tmp_path, "measure", "--model", str(trained[0]))
    assert found["scores"]["positives"] == 160
    assert found["groups"]["n-0"]["positives"] == 0


def test_negatives_that_a_rule_holds_for_are_left_out(tmp_path: Path) -> None:
    """The keyword rule finds `machine learning` in one of the negatives."""
    more = write_lines(
        tmp_path / "more.jsonl",
        {"id": "m", "title": "machine learning of soil", "year": 2020, "authors": []},
    )
    out = ["--out", str(tmp_path / "ai.json"), "--negatives-unless", "keywords"]
    record = command(tmp_path, "train", *out, "--negatives", str(more))
    assert record["counts"]["negative"]["left_out_by_rule"] >= 1


@pytest.mark.parametrize(
    ("action", "more", "error"),
    [
        ("guess", (), UsageError),
        ("train", (), UsageError),
        ("measure", (), UsageError),
        ("train", ("--out", "ai.json", "--negatives-unless", "taste"), UsageError),
        ("measure", ("--model", "/nowhere/ai.json"), InputError),
    ],
)
def test_a_wrong_call_is_named(
    tmp_path: Path, action: str, more: tuple[str, ...], error: type[BibnetError],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    with pytest.raises(error):
        command(tmp_path, action, *more)


def document(**of_works: object) -> dict:
    return {
        "name": "small",
        "question": "How entangled?",
        "works": of_works,
        "sides": SIDES,
        "count": {"affiliations": "openalex"},
    }


@pytest.mark.long
def test_a_run_by_the_classifier(trained: tuple[Path, dict], tmp_path: Path) -> None:
    """An AI title, another, one of unknown words, and one without text."""
    model, record = trained
    person = authorship(institution(1))
    works = write_lines(
        tmp_path / "works.jsonl",
        work(1, person, title=title(AI, 3)),
        work(2, person, title=title(OTHER, 3)),
        work(3, person, title="Vesmír"),
        work(4, person, title=None),
    )
    asked = parse_query(
        document(ai=["classifier"]), path=tmp_path / "q.toml", files=QueryFiles(classifier=model)
    )
    run = load(run_query(Request(asked, (works,), tmp_path / "out"), lambda line: None))
    assert run.table("work")["work_id"].tolist() == ["W1"]
    hit = run.table("ai_hit").iloc[0]
    assert hit["rule"] == "classifier"
    assert hit["score"] >= record["threshold"]
    assert set(hit["evidence"].split("|")) & {word for t in [title(AI, 3)] for word in t.split()}
    excluded = run.table("excluded").set_index("work_id")["rule"].to_dict()
    assert excluded == {"W2": "not_ai", "W3": "ai_not_judgeable", "W4": "ai_not_judgeable"}
    kept = run.manifest["classifier"]
    assert (kept["sha256"], kept["threshold"]) == (record["sha256"], record["threshold"])
    assert kept["training"]["held_out"] == record["held_out"]
    assert run.manifest["query"]["works"]["classifier"] == "ai.json"


def faults(of_works: dict, files: QueryFiles, folder: Path) -> list[str]:
    with pytest.raises(QueryError) as error:
        parse_query(document(**of_works), path=folder / "q.toml", files=files)
    assert error.value.exit_code == 10
    return [fault.what for fault in error.value.faults]


def test_a_query_without_its_model_is_wrong(tmp_path: Path) -> None:
    none = QueryFiles()
    assert faults({"ai": ["classifier"]}, none, tmp_path) == ["the rule classifier has no model"]
    named = {"ai": ["classifier"], "classifier": "ai.json"}
    assert faults(named, none, tmp_path) == ["there is no such file"]
    (tmp_path / "ai.json").touch()
    assert parse_query(document(**named), path=tmp_path / "q.toml").classifier is not None
    unused = {"ai": ["topics"], "classifier": "ai.json"}
    assert faults(unused, none, tmp_path) == ["a model without its rule"]
    wrong = {"ai": ["classifier"], "classifier": 3}
    assert faults(wrong, none, tmp_path) == ["not the path of a file"]


@pytest.mark.long
def test_a_run_shows_hubs_per_capita_of_a_table_of_the_user(tmp_path: Path) -> None:
    """Strings that name a company count where strings are read; the table is in the manifest."""
    people = tmp_path / "people.csv"
    people.write_text("country,province,city,population\nDE,all,all,84000000\n")
    person = authorship(raw_affiliation_strings=["Acme Robotics GmbH, Munich, Germany"],
                        affiliations=[{"raw_affiliation_string":
                                       "Acme Robotics GmbH, Munich, Germany",
                                       "institution_ids": []}])  # fmt: skip
    works = write_lines(tmp_path / "works.jsonl", work(1, person))
    files = QueryFiles(population=people)
    query = {**document(ai=["all"]), "count": {"affiliations": "resolve"}}
    asked = parse_query(query, path=tmp_path / "q.toml", files=files)
    run = load(run_query(Request(asked, (works,), tmp_path / "out"), lambda line: None))
    assert run.manifest["population"]["file"] == "people.csv"
    company = run.exhibit("companies").iloc[0]
    assert (company["institution"], company["country"], company["recognised_by"]) == (
        "Acme Robotics GmbH", "DE", "legal_form",
    )  # fmt: skip
    assert run.works("companies", institution="Acme Robotics GmbH")["work_id"].tolist() == ["W1"]
    cities = run.exhibit("hubs").query("unit == 'city'")
    assert cities[["country", "city", "works"]].to_numpy().tolist() == [["DE", "Munich", 1]]
    assert run.works("hubs", unit="city", city="Munich")["work_id"].tolist() == ["W1"]
