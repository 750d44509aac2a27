"""The README is true: its commands run, and every command, exhibit, table and query is named."""

import re
import tomllib
from pathlib import Path

from bibnet.cli import app
from bibnet.schema import EXHIBITS

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def commands() -> set[str]:
    named = [*app.registered_commands, *app.registered_groups]
    return {str(command.name) for command in named}


def fenced(mark: str) -> list[str]:
    """Lines of the code block after a marker."""
    found = re.search(rf"<!-- {mark} -->\n```\n(.*?)```", README, flags=re.DOTALL)
    assert found, mark
    return found[1].strip().splitlines()


def test_every_command_is_named_and_no_other() -> None:
    named = set(re.findall(r"^\| `bibnet (\w+)", README, flags=re.MULTILINE))
    assert named == commands()


def test_every_exhibit_is_named() -> None:
    assert [table.name for table in EXHIBITS.values() if f"`{table.name}.csv`" not in README] == []


def test_every_query_is_named() -> None:
    names = [path.stem for path in (ROOT / "queries").glob("*.toml")]
    assert [name for name in names if f"`{name}`" not in README] == []


def test_every_dependency_has_its_job() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = [re.split(r"[<>=\[]", item)[0] for item in project["dependencies"]]
    missing = [name for name in names if name.split("-")[0] not in README.lower()]
    assert missing == []


def test_every_folder_it_names_is_there() -> None:
    folders = set(re.findall(r"`(bibnet/[\w/]+\.?\w*/?)`", README))
    assert folders
    assert [name for name in folders if not (ROOT / name).exists()] == []


def test_the_two_commands_are_set_up_from_nothing() -> None:
    """They are carried out as written: the demo below, the tests by the release check."""
    for mark in ("demo", "tests"):
        lines = fenced(mark)
        assert lines[0] == "python3 -m venv .venv"
        assert lines[1].startswith(".venv/bin/pip install")
    assert fenced("demo")[-1] == ".venv/bin/bibnet demo"


def test_top_level_holds_nothing_else() -> None:
    allowed = {
        "pyproject.toml", "README.md", "LICENSE", "bibnet", "queries", "tests", "outputs", ".ci",
        ".gitignore", ".git",
    }  # fmt: skip
    hidden = {".venv", ".pytest_cache", ".mypy_cache", ".ruff_cache", ".hypothesis", "shared"}
    found = {path.name for path in ROOT.iterdir()} - hidden
    assert found <= allowed
