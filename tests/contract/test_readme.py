"""The README is true: its commands run, and every command, option, exhibit and table is named."""

import gzip
import json
import re
import shlex
import tomllib
import zipfile
from pathlib import Path

import pytest
from build import authorship, institution, work
from command_line import bibnet
from readme_tables import with_tables

from bibnet.cli import COMMANDS, app
from bibnet.harvest.sandbox.server import serve
from bibnet.harvest.sandbox.world import build_world
from bibnet.query.reader import KEYS

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
TOPIC = {"id": "https://openalex.org/T10028", "display_name": "Topic Modeling", "score": 0.9}
REGISTRY = [
    {
        "id": "https://ror.org/01rxvg760",
        "status": "active",
        "names": [{"value": "Nanjing University", "types": ["ror_display"], "lang": "en"}],
        "locations": [{"geonames_details": {"country_code": "CN", "name": "Nanjing"}}],
        "types": ["education"],
        "relationships": [],
    }
]


def fenced(mark: str) -> list[str]:
    """Lines of the code block after a marker."""
    found = re.search(rf"<!-- {mark} -->\n```\n(.*?)```", README, flags=re.DOTALL)
    assert found, mark
    return found[1].strip().splitlines()


def rows() -> dict[str, str]:
    """The table of commands: what each row says, by the command's name."""
    found = re.findall(r"^\| `bibnet (\w+)(.*)$", README, flags=re.MULTILINE)
    return dict(found)


def options(name: str) -> set[str]:
    """Long options of a command and of its parts, as the application declares them."""
    import typer.main  # noqa: PLC0415 - what the application becomes

    found = typer.main.get_command(app).commands[name]  # type: ignore[attr-defined]
    parts = getattr(found, "commands", {"": found}).values()
    every = {option for part in parts for one in part.params for option in one.opts}
    return {option for option in every if option.startswith("--")} - {"--help"}


def test_every_command_is_named_and_no_other() -> None:
    assert set(rows()) == {name for name, _, _ in COMMANDS}


@pytest.mark.parametrize("name", [name for name, _, _ in COMMANDS])
def test_every_option_of_a_command_is_named_and_no_other(name: str) -> None:
    named = set(re.findall(r"`(--[\w-]+)`", rows()[name].rpartition("|")[0].rpartition("|")[2]))
    assert named == options(name)


def test_options_of_every_command_are_named() -> None:
    shown = ("--help", "-h", "--version", "--quiet", "-q", "--install-completion")
    assert [option for option in shown if f"`{option}`" not in README] == []


def test_tables_of_exhibits_and_of_tables_are_those_declared() -> None:
    """Else: `python tests/contract/readme_tables.py --write`."""
    assert with_tables(README) == README


def test_every_key_of_a_query_is_shown_with_an_example() -> None:
    keys = [key for section, known in KEYS.items() if section for key in known]
    assert [key for key in keys if not re.search(rf"`{key} = |{key}`|{key} = ", README)] == []


def test_every_query_is_named() -> None:
    names = [path.stem for path in (ROOT / "queries").glob("*.toml")]
    assert [name for name in names if f"`{name}`" not in README] == []


def test_every_dependency_has_its_job() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = [re.split(r"[<>=\[]", item)[0] for item in project["dependencies"]]
    said = README.lower().replace("_", "-")
    assert [name for name in names if name.split("-")[0] not in said] == []


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md"])
def test_every_file_it_names_is_there(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:bibnet|tests)/[\w/]+\.?\w*/?)`", text))
    assert named
    assert [name for name in named if "SUBJECT" not in name and not (ROOT / name).exists()] == []


def test_the_two_commands_are_one_line_each() -> None:
    """They are carried out as written: the demo below, the tests by the release check."""
    for mark in ("demo", "tests"):
        (line,) = fenced(mark)
        assert line.startswith("python3 -m venv .venv && .venv/bin/pip install ")
    assert fenced("demo")[0].endswith(" && .venv/bin/bibnet demo")


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    """Small files under the names that the README's commands give."""
    people = (authorship(institution(1)), authorship(institution(2, "CN")))
    works = [work(n, *people, primary_topic=TOPIC, topics=[TOPIC]) for n in (1, 2)]
    lines = "".join(json.dumps(one) + "\n" for one in works).encode()
    (tmp_path / "works.jsonl.gz").write_bytes(gzip.compress(lines))
    with zipfile.ZipFile(tmp_path / "ror-v2-dump.zip", "w") as archive:
        archive.writestr("v2-ror-data_schema_v2.json", json.dumps(REGISTRY))
    return tmp_path


@pytest.mark.usefixtures("loopback")
def test_the_commands_shown_are_carried_out_as_written(
    inputs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only RUN stands for the folder of the last run, and the sandbox stands in for OpenAlex."""
    monkeypatch.setenv("OPENALEX_API_KEY", "invented")
    landed = ""
    with serve(build_world(1, 150)) as server:
        for line in fenced("commands"):
            words = [landed if word == "RUN" else word for word in shlex.split(line)]
            assert words.pop(0) == "bibnet"
            more = ["--url", server.url] if words[0] == "harvest" else []
            done = bibnet(*words, *more, cwd=inputs)
            assert done.returncode == 0, (line, done.stderr)
            assert done.stdout
            landed = done.stdout.strip() if words[0] == "run" else landed


def test_top_level_holds_nothing_else() -> None:
    allowed = {
        "pyproject.toml", "README.md", "CHANGELOG.md", "CONTRIBUTING.md", "CITATION.cff", "LICENSE",
        "bibnet", "queries", "tests", "outputs", ".ci", ".gitignore", ".git",
    }  # fmt: skip
    hidden = {".venv", ".pytest_cache", ".mypy_cache", ".ruff_cache", ".hypothesis", "shared"}
    found = {path.name for path in ROOT.iterdir()} - hidden
    assert found <= allowed


def test_changes_are_dated_sentences() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    said = [line for line in text.splitlines() if line.startswith("- ")]
    assert said
    assert [line for line in said if not re.match(r"- \d{4}-\d\d-\d\d: .*[.]$", line)] == []
